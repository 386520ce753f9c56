//! A cohort takes over another revision, or brings its paths to what is set up.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::MemberState;
use domain::ids::PublicId;
use domain::path::RuleChoice;
use domain::upgrade::Aims;
use serde::Deserialize;

use super::{Compared, Numbers, UndoView, Versions, compared, named, numbers, undo};
use crate::base::query_value;
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::{Top, id};
use crate::services::Actor;
use crate::services::cohorts::{self, Opened};
use crate::services::paths::level_name;
use crate::services::upgrades::{self, CohortUpgradeLook, CohortWish, LearnerLine};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "upgrade/cohort.html")]
struct UpgradePage {
    w: View,
    top: Top,
    errors: FormErrors,
    done: Option<String>,
    role: String,
    role_name: String,
    roles: Vec<(String, String, bool)>,
    versions: Versions,
    /// The role's revision becomes another one; else paths are brought to the one that is set up.
    is_newer: bool,
    is_something: bool,
    compared: Compared,
    own: Vec<String>,
    settings: Option<SettingsView>,
    /// The same page with or without the settings that are set up.
    other: String,
    learners: Vec<LearnerRow>,
    summary: String,
    stand_ins: usize,
    staying: usize,
    weeks: Vec<WeekRow>,
    undo: Option<UndoView>,
}

struct SettingsView {
    level_id: String,
    chosen: BTreeSet<String>,
    rule: String,
    words: String,
}

struct LearnerRow {
    id: PublicId,
    name: String,
    /// Where it is not active.
    state: Option<String>,
    numbers: Numbers,
    what: Vec<String>,
}

struct WeekRow {
    name: String,
    before: Option<u32>,
    after: Option<u32>,
}

#[derive(Deserialize)]
pub struct UpgradeQuery {
    role: Option<String>,
    settings: Option<String>,
    done: Option<String>,
    count: Option<usize>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<UpgradeQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    let UpgradeQuery { role, settings, done, count } = query.0;
    let mut shown = filled(&state, &request, &who, &opened, role.as_deref(), settings.is_some()).await?;
    let count = count.unwrap_or_default();
    shown.done = match done.as_deref() {
        Some("taken") => Some(shown.w.t2("upgrade-cohort-taken", "version", &shown.versions.from, "count", count)),
        Some("undone") => Some(shown.w.t2("upgrade-cohort-undone", "version", &shown.versions.from, "count", count)),
        _ => None,
    };
    page(&shown)
}

pub async fn take(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let wish = CohortWish { role: form.raw("role").to_owned(), named: named(&form), settings: settings(&form)? };
    let actor = Actor::new(&state, &request, Some(&who));
    let done = match upgrades::check_cohort(&state, &opened, &wish).await {
        Ok(take) => {
            let write = state.store.write(move |conn| upgrades::take_with_cohort(conn, &actor, &take)).await;
            write.unwrap_or_else(|error| Err(error.into()))
        }
        Err(error) => Err(error),
    };
    answer(&state, &request, &who, &opened, (&wish.role, wish.settings.is_some()), done.map(|count| ("taken", count))).await
}

pub async fn undo_it(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let role = form.raw("role").to_owned();
    let actor = Actor::new(&state, &request, Some(&who));
    let done = match upgrades::check_cohort_undo(&state, &opened, &role, &named(&form)).await {
        Ok(back) => {
            let write = state.store.write(move |conn| upgrades::undo_with_cohort(conn, &actor, &back)).await;
            write.unwrap_or_else(|error| Err(error.into()))
        }
        Err(error) => Err(error),
    };
    answer(&state, &request, &who, &opened, (&role, false), done.map(|count| ("undone", count))).await
}

/// The settings that a preview showed; none where paths keep their own.
fn settings(form: &Form) -> Result<Option<Aims>, Error> {
    let Some(target_level) = form.text("target_level") else { return Ok(None) };
    let rule = RuleChoice::try_from(form.raw("rule").to_owned()).map_err(|_| Error::field("rule", "rule_unknown"))?;
    Ok(Some(Aims { target_level, chosen: form.all("chosen").iter().cloned().collect(), rule }))
}

/// Leads to what became of it; a refusal is told above what there is by now.
async fn answer(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    opened: &Opened,
    (role, settings): (&str, bool),
    done: Result<(&str, usize), Error>,
) -> Result<HttpResponse, Error> {
    match done {
        Ok((done, count)) => {
            let page = state.links.path("cohort-upgrade", &[&opened.cohort.public_id.to_string()]);
            Ok(see(format!("{page}?role={}&done={done}&count={count}", query_value(role))))
        }
        Err(error) => {
            let errors = FormErrors::beside("to", error)?;
            // As it is by now, which may be another set-up than the one that this request began with.
            let opened = cohorts::open_to_lead(state, who, opened.cohort.public_id).await?;
            page_again(&UpgradePage { errors, ..filled(state, request, who, &opened, Some(role), settings).await? })
        }
    }
}

async fn filled(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    opened: &Opened,
    role: Option<&str>,
    settings: bool,
) -> Result<UpgradePage, Error> {
    let look = upgrades::look_at_cohort(state, opened, role, settings).await?;
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let here = |role: &str| format!("{}?role={}", w.link1("cohort-upgrade", opened.cohort.public_id), query_value(role));
    let mut roles = Vec::new();
    for own in &opened.set_up.roles {
        roles.push((here(&own.role), state.template(own.revision).await?.document.name.clone(), own.role == look.role.role));
    }
    let (from, to) = (&look.pair.from.1, &look.pair.to.1);
    let other = here(&look.role.role);
    Ok(UpgradePage {
        top: Top::new(&w, opened, "set-up"),
        errors: FormErrors::default(),
        done: None,
        role: look.role.role.clone(),
        role_name: from.document.name.clone(),
        roles,
        versions: Versions::new(from, to),
        is_newer: look.pair.from.0 != look.pair.to.0,
        is_something: look.is_something(),
        compared: compared(state, &w, &look.pair),
        own: own(&w, &look),
        settings: look.settings.then(|| settings_view(&w, &look)),
        other: if look.settings { other } else { format!("{other}&settings=1") },
        summary: summary(&w, &look),
        stand_ins: look.learners.iter().filter(|line| line.measured.stand_in).count(),
        staying: look.staying,
        weeks: look.weeks.iter().map(|line| WeekRow { name: line.name.clone(), before: line.before, after: line.after }).collect(),
        undo: look.undo.as_ref().map(|of| undo(&w, from, of)),
        learners: look.learners.iter().map(|line| learner(&w, from.version(), line)).collect(),
        w,
    })
}

/// What of the role's set-up becomes another.
fn own(w: &View, look: &CohortUpgradeLook) -> Vec<String> {
    let (from, to) = (&look.pair.from.1, &look.pair.to.1);
    let mut own = Vec::new();
    if look.aims.target_level != look.role.target_level {
        let (from, to) = (level_name(from, &look.role.target_level), level_name(to, &look.aims.target_level));
        own.push(w.t2("upgrade-cohort-target", "from", from, "to", to));
    }
    if !look.put_aside.is_empty() {
        let name = |id: &String| from.requirement(id).map_or_else(|| id.clone(), |at| from.requirements[at].name.clone());
        own.push(w.t1("upgrade-cohort-put-aside", "names", look.put_aside.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    own
}

fn settings_view(w: &View, look: &CohortUpgradeLook) -> SettingsView {
    let to = &look.pair.to.1;
    let level = level_name(to, &look.aims.target_level);
    let rule = String::from(look.aims.rule.clone());
    let name = |id: &String| to.requirement(id).map_or_else(|| id.clone(), |at| to.requirements[at].name.clone());
    let names: Vec<String> = look.aims.chosen.iter().map(name).collect();
    let called = if look.aims.rule == RuleChoice::BuiltIn { w.t("start-rule-builtin") } else { rule.clone() };
    let words = if names.is_empty() {
        w.t2("upgrade-settings", "level", &level, "rule", called)
    } else {
        w.t3("upgrade-settings-chosen", "level", &level, "rule", called, "names", names.join(", "))
    };
    SettingsView { level_id: look.aims.target_level.clone(), chosen: look.aims.chosen.clone(), rule, words }
}

fn summary(w: &View, look: &CohortUpgradeLook) -> String {
    let moved = |line: &&LearnerLine| line.measured.before != line.measured.after;
    let lower = look.learners.iter().filter(|line| line.measured.after.claimed < line.measured.before.claimed).count();
    let moving = look.learners.iter().filter(moved).count();
    w.t3("upgrade-summary", "paths", look.moving(), "scores", moving, "lower", lower)
}

fn learner(w: &View, pinned: &str, line: &LearnerLine) -> LearnerRow {
    let mut what = Vec::new();
    if !line.moves {
        what.push(w.t("upgrade-learner-stays"));
    }
    if line.target_moves {
        what.push(w.t("upgrade-learner-target"));
    }
    if line.put_aside > 0 {
        what.push(w.t1("upgrade-learner-put-aside", "count", line.put_aside));
    }
    if line.version != pinned {
        what.push(w.t1("upgrade-learner-version", "version", &line.version));
    }
    LearnerRow {
        id: line.account.public_id,
        name: line.account.name.to_string(),
        state: (line.state != MemberState::Active).then(|| w.t(&format!("cohort-state-{}", line.state))),
        numbers: numbers(w, line.measured.before, line.measured.after),
        what,
    }
}
