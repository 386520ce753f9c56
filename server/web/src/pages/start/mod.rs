//! Starting a path in four steps: the role; how far, by when, and the members of any-N groups; what is known already; what
//! will be recorded. All that was said travels in the forms, so nothing is kept before the last step and nothing is lost on
//! the way back. The form of the second step changes a path later.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::path::{PathSettings, RuleChoice};
use domain::template::Template as Role;
use domain::time::Day;
use serde::Deserialize;

use crate::base::query_value;
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::roles::origin;
use crate::services::paths::OpenPath;
use crate::services::{paths, pauses, starts};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

mod steps;

use steps::Said;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    w: View,
    errors: FormErrors,
    roles: Vec<RoleRow>,
    chosen: Option<Wish>,
    /// What was ticked in a later step, to be kept.
    known: Vec<String>,
}

struct RoleRow {
    id: String,
    /// The role's id, for a query string.
    query: String,
    name: String,
    summary: String,
    facts: String,
    version: String,
    taken: Option<PublicId>,
}

/// The form for one role, for a new path or for one that is there.
struct Wish {
    role: String,
    name: String,
    levels: Vec<(String, String, bool)>,
    day: String,
    hours: String,
    rules: Vec<(String, String, bool)>,
    groups: Vec<Members>,
}

struct Members {
    id: String,
    name: String,
    area: String,
    need: String,
    members: Vec<(String, String, bool)>,
}

#[derive(Deserialize)]
pub struct StartQuery {
    role: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<StartQuery>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let roles = roles(&state, &who, &w).await?;
    let chosen = match &query.0.role {
        None => None,
        Some(role) => {
            // A role is followed once: whoever follows it is led to their path.
            if let Some(path) = roles.iter().find(|row| row.id == *role).and_then(|row| row.taken) {
                return Ok(see(state.links.path("path", &[&path.to_string()])));
            }
            Some(wish(&state, &w, &*newest(&state, role).await?, &Current::default()).await?)
        }
    };
    page(&StartPage { w, errors: FormErrors::default(), roles, chosen, known: Vec::new() })
}

/// POST: the button says which step comes next; without one the path begins.
pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let said = Said::of_form(&form);
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let wanted = form.raw("step");
    if wanted == "target" {
        return target(&state, w, &who, &said, FormErrors::default()).await;
    }
    let prepared = match said.read(&form) {
        Ok((settings, known)) => starts::prepare(&state, &who, &said.role, settings, known, false).await,
        Err(error) => Err(error),
    };
    let failed = match prepared {
        Ok(start) if wanted == "know" => return steps::know(&state, w, &who, &said, &start.template, FormErrors::default()).await,
        Ok(start) if wanted == "check" => match starts::preview(&state, &start).await {
            Ok(preview) => return steps::check(&state, w, &said, &start, &preview),
            Err(error) => error,
        },
        Ok(start) => match starts::start(&state, start).await {
            Ok(path) => {
                let map = state.links.path("path", &[&path.public_id.to_string()]);
                return Ok(see(if said.known.is_empty() { map } else { format!("{map}?begun=1") }));
            }
            Err(error) => error,
        },
        Err(error) => error,
    };
    let errors = FormErrors::beside("role", failed)?;
    // Only what is wrong with the ticks is mended where they are.
    if errors.only("known") {
        let template = newest(&state, &said.role).await?;
        return steps::know(&state, w, &who, &said, &template, errors).await;
    }
    target(&state, w, &who, &said, errors).await
}

/// The second step again, with all that was said.
async fn target(state: &State, w: View, who: &SignedIn, said: &Said, errors: FormErrors) -> Result<HttpResponse, Error> {
    let template = newest(state, &said.role).await?;
    let chosen = Some(wish(state, &w, &template, &said.current).await?);
    let roles = roles(state, who, &w).await?;
    let again = errors.any();
    let shown = StartPage { w, errors, roles, chosen, known: said.known.clone() };
    if again { page_again(&shown) } else { page(&shown) }
}

#[derive(Template)]
#[template(path = "path_settings.html")]
struct SettingsPage {
    w: View,
    errors: FormErrors,
    rest_errors: FormErrors,
    /// That the path rests, and until when.
    rests: Option<String>,
    rest_last: String,
    path: PublicId,
    role: String,
    done: bool,
    /// The target day as the form first showed it.
    day_shown: String,
    /// The version of a newer revision.
    newer: Option<String>,
    /// There is a revision that can be undone.
    can_undo: bool,
    wish: Wish,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn show_settings(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    id: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("path"))?;
    let open = paths::open(&state, &who, id).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let mut shown = settings_page(&state, w, &open, &Current::of_path(&open), FormErrors::default()).await?;
    shown.done = query.0.done.is_some();
    page(&shown)
}

pub async fn submit_settings(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    id: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let id: PublicId = id.parse().map_err(|_| Error::NotThere("path"))?;
    let open = paths::open(&state, &who, id).await?;
    let updated = match settings(&form) {
        Ok(mut settings) => {
            // What the form showed was not chosen: a cohort's new end may have moved it since.
            settings.target_day = settings.target_day.filter(|day| day.to_string() != form.raw("day_shown"));
            paths::update(&state, &open, settings).await
        }
        Err(error) => Err(error),
    };
    match updated {
        Ok(()) => Ok(see(format!("{}?done=1", state.links.path("path-settings", &[&id.to_string()])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let w = View::new(&state, &request, Some(who.0.clone()), "path");
            let shown = settings_page(&state, w, &open, &Current::of_form(&form), errors).await?;
            page_again(&SettingsPage { day_shown: form.raw("day_shown").to_owned(), ..shown })
        }
    }
}

/// POST: the path rests from today on.
pub async fn rest(state: Shared, request: HttpRequest, who: SignedIn, id: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let id: PublicId = id.parse().map_err(|_| Error::NotThere("path"))?;
    let open = paths::open(&state, &who, id).await?;
    let (path, today) = (open.path.id, open.today);
    let done = match form.parsed("last", "day_malformed") {
        Ok(last) => state.store.write(move |conn| pauses::begin(conn, path, today, last)).await?,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see(format!("{}?done=1", state.links.path("path-settings", &[&id.to_string()])))),
        Err(error) => {
            let rest_errors = FormErrors::of(error)?;
            let w = View::new(&state, &request, Some(who.0.clone()), "path");
            let shown = settings_page(&state, w, &open, &Current::of_path(&open), FormErrors::default()).await?;
            page_again(&SettingsPage { rest_errors, rest_last: form.raw("last").to_owned(), ..shown })
        }
    }
}

/// POST: the path goes on.
pub async fn go_on(state: Shared, who: SignedIn, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id: PublicId = id.parse().map_err(|_| Error::NotThere("path"))?;
    let open = paths::open(&state, &who, id).await?;
    let (path, today) = (open.path.id, open.today);
    state.store.write(move |conn| pauses::end(conn, path, today)).await?;
    Ok(see(format!("{}?done=1", state.links.path("path-settings", &[&id.to_string()]))))
}

async fn settings_page(state: &State, w: View, open: &OpenPath, current: &Current, errors: FormErrors) -> Result<SettingsPage, Error> {
    let path = open.path.id;
    let read = state.store.read(move |conn| Ok((store::paths::pauses(conn, path)?, store::upgrades::last_of_path(conn, path)?)));
    let (held, last) = read.await?;
    let rests = held.iter().find(|pause| pause.holds(open.today)).map(|pause| match pause.last {
        Some(last) => w.t2("path-rests-until", "first", w.lang.day_long(pause.first), "last", w.lang.day_long(last)),
        None => w.t1("path-rests", "first", w.lang.day_long(pause.first)),
    });
    Ok(SettingsPage {
        errors,
        rest_errors: FormErrors::default(),
        rests,
        rest_last: String::new(),
        path: open.path.public_id,
        role: open.template.document.name.clone(),
        done: false,
        day_shown: open.path.target_day.map(|day| day.to_string()).unwrap_or_default(),
        newer: open.newer.as_ref().map(|newer| newer.version.clone()),
        can_undo: last.is_some_and(|last| last.step.to == open.path.revision && last.step.from != last.step.to),
        wish: wish(state, &w, &open.template, current).await?,
        w,
    })
}

/// What the form says now.
struct Current {
    level: Option<String>,
    day: String,
    hours: String,
    rule: String,
    chosen: BTreeSet<String>,
}

impl Default for Current {
    fn default() -> Self {
        Self { level: None, day: String::new(), hours: "6".to_owned(), rule: String::from(RuleChoice::BuiltIn), chosen: BTreeSet::new() }
    }
}

impl Current {
    fn of_path(open: &OpenPath) -> Self {
        Self {
            level: Some(open.path.target_level.clone()),
            day: open.path.target_day.map(|day| day.to_string()).unwrap_or_default(),
            hours: open.path.hours_week.to_string(),
            rule: String::from(open.path.rule.clone()),
            chosen: open.path.chosen.clone(),
        }
    }

    fn of_form(form: &Form) -> Self {
        Self {
            level: form.text("level"),
            day: form.raw("day").to_owned(),
            hours: form.raw("hours").to_owned(),
            rule: form.raw("rule").to_owned(),
            chosen: form.all("member").iter().cloned().collect(),
        }
    }
}

/// Errors name the fields as the domain does.
fn settings(form: &Form) -> Result<PathSettings, Error> {
    let day = form.parsed::<Day>("day", "day_malformed").map_err(|_| Error::field("target_day", "day_malformed"))?;
    let hours = form.parsed::<u32>("hours", "hours_out_of_range").map_err(|_| Error::field("hours_week", "hours_out_of_range"))?;
    Ok(PathSettings {
        target_level: form.text("level"),
        target_day: day,
        hours_week: hours,
        chosen: Some(form.all("member").iter().cloned().collect()),
        rule: form.text("rule").map(RuleChoice::try_from).transpose().map_err(|_| Error::field("rule", "field_malformed"))?,
    })
}

async fn newest(state: &State, role: &str) -> Result<std::sync::Arc<Role>, Error> {
    let wanted = role.to_owned();
    let heads = state.store.read(store::templates::list_newest).await?;
    let head = heads.into_iter().find(|head| head.role == wanted).ok_or(Error::NotThere("role"))?;
    state.template(head.id).await
}

async fn roles(state: &State, who: &SignedIn, w: &View) -> Result<Vec<RoleRow>, Error> {
    let followed = paths::list(state, who).await?;
    let heads = state.store.read(store::templates::list_newest).await?;
    let mut rows = Vec::new();
    for head in heads {
        let template = state.template(head.id).await?;
        rows.push(RoleRow {
            id: head.role.clone(),
            name: template.document.name.clone(),
            summary: template.document.summary.clone(),
            facts: w.t3(
                "start-role-facts",
                "requirements",
                template.requirements.len(),
                "areas",
                template.areas().count(),
                "levels",
                template.document.levels.len(),
            ),
            version: w.t2("start-role-version", "version", &head.version, "origin", origin(w, &head.origin)),
            taken: followed.iter().find(|(_, other)| other.id() == head.role).map(|(path, _)| path.public_id),
            query: query_value(&head.role),
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rows)
}

/// The rules that may be chosen: id, words, whether it is the current one, which is among them even if nothing offers it.
pub(crate) async fn rules(state: &State, w: &View, current: &str) -> Result<Vec<(String, String, bool)>, Error> {
    let packs = state.store.read(store::packs::list).await?;
    let mut rules = vec![(String::from(RuleChoice::BuiltIn), w.t("start-rule-builtin"))];
    rules.extend(
        packs
            .into_iter()
            .filter(|pack| pack.active && pack.enabled && pack.kind != "roles")
            .map(|pack| (pack.plugin.clone(), w.t2("start-rule-plugin", "plugin", &pack.plugin, "version", &pack.version))),
    );
    if !rules.iter().any(|(id, _)| id == current) {
        rules.push((current.to_owned(), current.to_owned()));
    }
    let with_choice = rules.into_iter().map(|(id, name)| {
        let on = id == current;
        (id, name, on)
    });
    Ok(with_choice.collect())
}

async fn wish(state: &State, w: &View, template: &Role, current: &Current) -> Result<Wish, Error> {
    let levels = &template.document.levels;
    // As the domain has it where nothing is said: the second of the ladder.
    let wanted = current.level.clone().or_else(|| levels.get(1).or(levels.first()).map(|level| level.id.clone()));
    let rules = rules(state, w, &current.rule).await?;
    Ok(Wish {
        role: template.id().to_owned(),
        name: template.document.name.clone(),
        levels: levels.iter().map(|level| (level.id.clone(), level.name.clone(), wanted.as_deref() == Some(level.id.as_str()))).collect(),
        day: current.day.clone(),
        hours: current.hours.clone(),
        rules,
        groups: template
            .groups
            .iter()
            .filter_map(|group| {
                let need = group.need?;
                Some(Members {
                    id: group.id.clone(),
                    name: group.name.clone(),
                    area: template.groups[group.area].name.clone(),
                    need: w.t2("start-any", "need", need, "of", group.members.len()),
                    members: group
                        .members
                        .iter()
                        .map(|&member| &template.requirements[member])
                        .map(|member| (member.id.clone(), member.name.clone(), current.chosen.contains(&member.id)))
                        .collect(),
                })
            })
            .collect(),
    })
}
