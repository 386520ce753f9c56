//! Paths with their plans, and the history of their scores.

use std::collections::{BTreeMap, BTreeSet};

use domain::account::Account;
use domain::ids::PathId;
use domain::ledger::FieldError;
use domain::path::{PathSettings, RuleChoice, check_settings};
use domain::plan::Plan;
use domain::template::{self, Template};
use domain::time::Day;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::paths::NewPath;
use store::templates::Revision;

use super::{Arriving, Finding, clipped, list};

/// A path as it travels.
#[derive(Serialize, Deserialize)]
struct MovedPath {
    role: String,
    #[serde(default)]
    version: String,
    /// Of the revision that it pins.
    #[serde(default)]
    hash: String,
    target_level: String,
    #[serde(default)]
    target_day: Option<Day>,
    hours_week: u32,
    #[serde(default)]
    chosen: BTreeSet<String>,
    #[serde(default)]
    rule: RuleChoice,
    started_on: Day,
    /// By requirement.
    #[serde(default)]
    plans: BTreeMap<String, MovedPlan>,
}

/// What the learner marked, wrote, kept and spent at one requirement.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct MovedPlan {
    doing: bool,
    skipped: bool,
    note: Option<String>,
    links: Vec<MovedLink>,
    minutes: BTreeMap<Day, u32>,
}

#[derive(Serialize, Deserialize)]
struct MovedLink {
    #[serde(default)]
    title: Option<String>,
    url: String,
}

pub(super) fn export(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let mut paths = Vec::new();
    for path in store::paths::list(conn, account.id)? {
        let revision = store::templates::get(conn, path.revision)?;
        let plans = plans_of(conn, path.id, &template_of(&revision)?)?;
        paths.push(MovedPath {
            role: revision.role,
            version: revision.version,
            hash: revision.hash,
            target_level: path.target_level,
            target_day: path.target_day,
            hours_week: path.hours_week,
            chosen: path.chosen,
            rule: path.rule,
            started_on: path.started_on,
            plans,
        });
    }
    serde_json::to_value(paths).map_err(|error| store::Error::Machine(error.to_string()))
}

fn plans_of(conn: &mut store::Conn<'_>, path: PathId, template: &Template) -> store::Result<BTreeMap<String, MovedPlan>> {
    let marked = store::plans::get(conn, path)?;
    let mut found = BTreeMap::new();
    let known = template.requirements.iter().map(|requirement| requirement.id.as_str());
    for id in known.chain(marked.keys().map(String::as_str)) {
        let links = store::plans::links(conn, path, id)?.into_iter();
        let minutes = store::plans::minutes(conn, path, id)?.into_iter().collect();
        let plan = marked.get(id).cloned().unwrap_or_default();
        let links = links.map(|(_, link)| MovedLink { title: Some(link.title), url: link.url }).collect();
        let moved = MovedPlan { doing: plan.doing, skipped: plan.skipped, note: plan.note, links, minutes };
        if moved.doing || moved.skipped || moved.note.is_some() || !moved.links.is_empty() || !moved.minutes.is_empty() {
            found.insert(id.to_owned(), moved);
        }
    }
    Ok(found)
}

/// Scores are made again from the ledger wherever it goes; what they were stays readable.
pub(super) fn scores(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let mut all = Vec::new();
    for path in store::paths::list(conn, account.id)? {
        let role = store::templates::get(conn, path.revision)?.role;
        let days = store::scorecards::history(conn, path.id, Day::MIN)?;
        let days = days.into_iter().map(|point| json!({ "day": point.day, "claimed": point.claimed, "proven": point.proven }));
        let days: Vec<Value> = days.collect();
        all.push(json!({ "role": role, "days": days }));
    }
    Ok(Value::Array(all))
}

/// A role that is followed here already keeps its path; only plans that it lacks are added. A new path pins the revision
/// that it pinned there, or the newest of the role; it joins no cohort, since nobody has asked.
pub(super) fn import(conn: &mut store::Conn<'_>, arriving: &Arriving, value: Value) -> store::Result<Vec<Finding>> {
    let items = match list("paths", value) {
        Ok(items) => items,
        Err(refused) => return Ok(refused),
    };
    let mut findings = Vec::new();
    for (place, item) in (0..).zip(items) {
        match serde_json::from_value::<MovedPath>(item) {
            Ok(moved) => one(conn, arriving, moved, &format!("paths[{place}]"), &mut findings)?,
            Err(_) => findings.push(Finding::refused(format!("paths[{place}]"), "", "field_malformed")),
        }
    }
    Ok(findings)
}

fn one(conn: &mut store::Conn<'_>, arriving: &Arriving, moved: MovedPath, place: &str, findings: &mut Vec<Finding>) -> store::Result<()> {
    let account = arriving.account.id;
    for path in store::paths::list(conn, account)? {
        let revision = store::templates::get(conn, path.revision)?;
        if revision.role == moved.role {
            let template = template_of(&revision)?;
            findings.push(Finding::new("path_known", template.document.name.as_str(), 1));
            return plans(conn, arriving, path.id, &template, moved.plans, place, findings);
        }
    }
    let pinned = store::templates::by_hash(conn, &moved.hash)?.filter(|revision| revision.role == moved.role);
    let same = pinned.is_some();
    let Some(revision) = (match pinned {
        Some(revision) => Some(revision),
        None => store::templates::newest(conn, &moved.role)?,
    }) else {
        findings.push(Finding::refused(place, "role", "role_unknown"));
        return Ok(());
    };
    let template = template_of(&revision)?;
    let rule = match &moved.rule {
        RuleChoice::Plugin(plugin) => {
            let pack = store::packs::active(conn, plugin)?;
            let scores = pack.is_some_and(|pack| pack.enabled && pack.kind != "roles");
            if !scores {
                findings.push(Finding::new("path_rule", clipped(plugin), 1));
            }
            if scores { moved.rule.clone() } else { RuleChoice::BuiltIn }
        }
        RuleChoice::BuiltIn => RuleChoice::BuiltIn,
    };
    let known =
        |id: &String| template.requirement(id).is_some_and(|index| template.groups[template.requirements[index].group].need.is_some());
    let wish = PathSettings {
        target_level: template.level(&moved.target_level).map(|_| moved.target_level.clone()),
        target_day: moved.target_day.filter(|day| *day > arriving.today),
        hours_week: Some(moved.hours_week),
        chosen: Some(moved.chosen.into_iter().filter(known).collect()),
        rule: Some(rule),
    };
    let settings = match check_settings(wish, &template, arriving.today) {
        Ok(settings) => settings,
        Err(wrong) => {
            findings.extend(wrong.into_iter().map(|wrong| Finding::refused(place, wrong.field, wrong.code)));
            return Ok(());
        }
    };
    let new = NewPath {
        public_id: arriving.dice.public_id(),
        account,
        revision: revision.id,
        settings,
        cohort: None,
        started_on: moved.started_on.min(arriving.today),
        created_at: arriving.now,
    };
    let path = store::paths::create(conn, &new)?;
    findings.push(Finding::new(if same { "path_new" } else { "path_other_revision" }, template.document.name.as_str(), 1));
    plans(conn, arriving, path.id, &template, moved.plans, place, findings)
}

fn plans(
    conn: &mut store::Conn<'_>,
    arriving: &Arriving,
    path: PathId,
    template: &Template,
    plans: BTreeMap<String, MovedPlan>,
    place: &str,
    findings: &mut Vec<Finding>,
) -> store::Result<()> {
    let has = store::plans::get(conn, path)?;
    let mut kept = 0;
    for (id, moved) in plans {
        if template.requirement(&id).is_none() {
            findings.push(Finding::refused(place, format!("plans.{}", clipped(&id)), "requirement_unknown"));
            continue;
        }
        let mut refuse = |wrong: Vec<FieldError>| {
            findings.extend(wrong.into_iter().map(|wrong| Finding::refused(place, format!("plans.{id}.{}", wrong.field), wrong.code)));
        };
        if !has.contains_key(&id) {
            match domain::plan::check(Plan { doing: moved.doing, skipped: moved.skipped, note: moved.note }) {
                Ok(plan) if plan == Plan::default() => {}
                Ok(plan) => {
                    store::plans::put(conn, path, &id, &plan, arriving.now)?;
                    kept += 1;
                }
                Err(wrong) => refuse(wrong),
            }
        }
        let mut urls: BTreeSet<String> = store::plans::links(conn, path, &id)?.into_iter().map(|(_, link)| link.url).collect();
        for link in moved.links {
            match domain::plan::check_link(link.title, Some(link.url)) {
                Ok(link) if urls.contains(&link.url) => {}
                Ok(_) if urls.len() >= domain::plan::MAX_LINKS => refuse(vec![FieldError::new("links", "too_many_links")]),
                Ok(link) => {
                    store::plans::add_link(conn, path, &id, &link)?;
                    urls.insert(link.url);
                    kept += 1;
                }
                Err(wrong) => refuse(wrong),
            }
        }
        let days: BTreeSet<Day> = store::plans::minutes(conn, path, &id)?.into_iter().map(|(day, _)| day).collect();
        for (day, minutes) in moved.minutes.into_iter().filter(|(day, _)| !days.contains(day)) {
            match domain::plan::check_minutes(Some(day), Some(minutes), arriving.today) {
                // Refused before anything is written.
                Ok((day, minutes)) => match store::plans::add_minutes(conn, path, &id, day, minutes) {
                    Ok(_) => kept += 1,
                    Err(store::Error::Rule(code)) => refuse(vec![FieldError::new("minutes", code)]),
                    Err(broken) => return Err(broken),
                },
                Err(wrong) => refuse(wrong),
            }
        }
    }
    if kept > 0 {
        findings.push(Finding::new("plans", template.document.name.as_str(), kept));
    }
    Ok(())
}

fn template_of(revision: &Revision) -> store::Result<Template> {
    template::restore(&revision.canonical).map_err(|problems| store::Error::Machine(problems.to_string()))
}
