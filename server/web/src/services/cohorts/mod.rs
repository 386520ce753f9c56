//! Cohorts: making one, setting it up, and opening it for those who may see it.

mod alerts;
mod board;
mod completion;
mod learner;
mod members;
mod outcomes;
mod plan;
mod pseudonymous;
mod report;
mod scored;
mod standing;
mod warm;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::cohort::{
    AlertSettings, Cohort, CohortRole, CompletionRule, Frame, FrameWish, Holiday, Measure, MemberState, Membership, RoleWish, SetUp,
    SetUpWish, Standing, Weekdays, check_frame, check_set_up, moved_by,
};
use domain::ids::PublicId;
use domain::path::RuleChoice;
use domain::policy::Act;
use domain::template::Template;
use domain::time::Day;
use serde_json::json;
use store::cohorts::NewCohort;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::once::Outcome;
use crate::services::{Actor, paths};
use crate::state::State;

pub(in crate::services) use alerts::is_seen;
pub use alerts::{Alerts, alert_settings, alerts, change_alerts, dismiss};
pub use board::{Board, Column, Person, board, board_with_change};
pub use completion::{
    Candidate, Completion, EndedCohort, change_completion, check_completion, check_people, complete, completion, ended, permits, reopen,
};
pub(in crate::services) use learner::as_seen;
pub use learner::{Asked, AskedRow, LearnerPath, Seen, asked, learner};
pub(crate) use members::begin_paths;
pub use members::{Added, Begin, Change, Member, Move, add, assign, change_state, change_terms, member, members, relocate};
pub use outcomes::{SeenOutcome, consent, forget, own_outcome, tell_of, tell_own};
pub use plan::{PlanOf, plan, put_plan};
pub use pseudonymous::{Published, published};
pub use report::{Beside, Comparison, PastScores, Report, Weeks, comparison, report};
pub use scored::Scored;
pub(in crate::services) use scored::visible;
pub use standing::Loaded;
pub use warm::Warming;

/// A cohort, and what the one who asks may do with it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub cohort: Cohort,
    pub set_up: SetUp,
    /// What only leads see may be seen.
    pub sees_as_lead: bool,
    /// Set-up, members and plan may be changed.
    pub may_lead: bool,
}

/// Opens a cohort for its mentors, leads, and admins; for anybody else it is not there.
pub async fn open(state: &State, who: &Signed, id: PublicId) -> Result<Opened, Error> {
    let (cohort, set_up) = state
        .store
        .read(move |conn| {
            let cohort = store::cohorts::by_public_id(conn, id)?;
            let set_up = store::cohorts::set_up(conn, cohort.id)?;
            Ok((cohort, set_up))
        })
        .await?;
    who.may(Act::SeeCohort { cohort: cohort.id }, "cohort")?;
    let sees_as_lead = who.may(Act::SeeAsLead { cohort: cohort.id }, "cohort").is_ok();
    let may_lead = who.may(Act::LeadCohort { cohort: cohort.id }, "cohort").is_ok();
    Ok(Opened { cohort, set_up, sees_as_lead, may_lead })
}

/// The same for those who see what only leads see: a mentor is refused, for anybody else it is not there.
pub async fn open_as_lead(state: &State, who: &Signed, id: PublicId) -> Result<Opened, Error> {
    let opened = open(state, who, id).await?;
    who.may(Act::SeeAsLead { cohort: opened.cohort.id }, "cohort")?;
    Ok(opened)
}

/// The same for those who may change it: a mentor is refused, for anybody else it is not there.
pub async fn open_to_lead(state: &State, who: &Signed, id: PublicId) -> Result<Opened, Error> {
    let opened = open(state, who, id).await?;
    who.may(Act::LeadCohort { cohort: opened.cohort.id }, "cohort")?;
    Ok(opened)
}

/// A cohort of a list, and one's own standing there.
#[derive(Clone, Debug)]
pub struct Listed {
    pub cohort: Cohort,
    pub own: Option<Membership>,
    /// One left it for another.
    pub moved: bool,
    /// The name of one's primary mentor.
    pub mentor: Option<String>,
    /// Its board may be seen.
    pub may_see: bool,
}

/// Those that one belongs to, and for who administers the instance, all: what is under way, then what is to come, then what ended; of
/// each the latest start first.
pub async fn list(state: &State, who: &Signed) -> Result<Vec<Listed>, Error> {
    let (own, id) = (who.memberships.clone(), who.account.id);
    let read = state.store.scan(move |conn| {
        let (mut mentors, mut moved) = (HashMap::new(), HashSet::new());
        for member in own.iter().filter(|member| member.standing == Standing::Learner) {
            if let Some(mentor) = store::cohorts::terms(conn, member.cohort)?.get(&id).and_then(|terms| terms.mentor) {
                mentors.insert(member.cohort, store::accounts::by_id(conn, mentor)?.name.to_string());
            }
            let spans = if member.state == MemberState::Dropped { store::cohorts::spans(conn, member.cohort, id)? } else { Vec::new() };
            if moved_by(&spans, Day::MAX).is_some() {
                moved.insert(member.cohort);
            }
        }
        Ok((store::cohorts::list(conn)?, mentors, moved))
    });
    let (all, mut mentors, moved) = read.await?;
    let listed = all.into_iter().filter_map(|cohort| {
        let own = who.memberships.iter().find(|member| member.cohort == cohort.id).cloned();
        let may_see = who.may(Act::SeeCohort { cohort: cohort.id }, "cohort").is_ok();
        let (mentor, moved) = (mentors.remove(&cohort.id), moved.contains(&cohort.id));
        (may_see || own.is_some()).then_some(Listed { cohort, own, moved, mentor, may_see })
    });
    let mut listed: Vec<Listed> = listed.collect();
    let now = state.clock.now();
    listed.sort_by_key(|Listed { cohort, .. }| {
        let today = now.day_in(&cohort.zone);
        (today > cohort.ends_on, today < cohort.starts_on)
    });
    Ok(listed)
}

/// What a lead sends of the set-up. A role without a level is left out.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub frame: FrameWish,
    pub weekdays: Option<Weekdays>,
    pub holidays: Vec<Holiday>,
    /// Role, target level, chosen members of any-N groups.
    pub roles: Vec<(String, String, Vec<String>)>,
    pub rule: RuleChoice,
    pub measure: Measure,
    /// Basis points.
    pub band: u32,
    pub silent_after: Option<u32>,
    pub waiting_after: Option<u32>,
}

impl Wish {
    /// As it is set up.
    pub fn of(opened: &Opened) -> Self {
        let Opened { cohort, set_up, .. } = opened;
        let role = |role: &CohortRole| (role.role.clone(), role.target_level.clone(), role.chosen.iter().cloned().collect());
        Self {
            frame: FrameWish {
                name: cohort.name.to_string(),
                starts_on: Some(cohort.starts_on),
                ends_on: Some(cohort.ends_on),
                zone: cohort.zone.name().to_owned(),
            },
            weekdays: Some(set_up.weekdays),
            holidays: set_up.holidays.clone(),
            roles: set_up.roles.iter().map(role).collect(),
            rule: set_up.rule.clone(),
            measure: set_up.measure,
            band: set_up.band,
            silent_after: set_up.silent_after,
            waiting_after: set_up.waiting_after,
        }
    }
}

/// Checks a whole set-up: all that is wrong with it at once. A role that the cohort follows already keeps its revision, a
/// new one gets the newest.
pub async fn check(state: &State, wish: Wish, before: &SetUp) -> Result<(Frame, SetUp), Error> {
    let mut wrong = Vec::new();
    let frame = check_frame(&wish.frame).map_err(|errors| wrong.extend(errors)).ok();
    let mut roles = Vec::new();
    for (role, level, chosen) in wish.roles {
        match revision(state, &role, before).await? {
            Some((id, template)) => roles.push((id, template, level, chosen)),
            None => wrong.push(domain::ledger::FieldError::new("roles", "role_unknown")),
        }
    }
    if let Err(error) = paths::check_rule(state, &wish.rule).await {
        match error {
            Error::Fields(_) => wrong.push(domain::ledger::FieldError::new("rule", "rule_unknown")),
            other => return Err(other),
        }
    }
    // Without dates there is nothing to hold the weekdays against; any dates do to find what else is wrong.
    let dates = frame.clone().or_else(|| {
        let epoch =
            FrameWish { name: "-".into(), starts_on: Some(Day::from_number(0)), ends_on: Some(Day::from_number(30)), zone: "UTC".into() };
        check_frame(&epoch).ok()
    });
    let wish = SetUpWish {
        weekdays: wish.weekdays,
        holidays: wish.holidays,
        roles: roles
            .iter()
            .map(|(revision, template, level, chosen)| RoleWish {
                revision: *revision,
                template,
                target_level: level.clone(),
                chosen: chosen.iter().cloned().collect(),
            })
            .collect(),
        rule: wish.rule,
        measure: wish.measure,
        band: wish.band,
        silent_after: wish.silent_after,
        waiting_after: wish.waiting_after,
    };
    let Some(dates) = dates else { return Err(wrong.into()) };
    match (check_set_up(wish, &dates), frame) {
        (Ok(set_up), Some(frame)) if wrong.is_empty() => Ok((frame, set_up)),
        (Err(errors), _) => {
            wrong.extend(errors);
            Err(wrong.into())
        }
        _ => Err(wrong.into()),
    }
}

/// The revision of a role that a cohort follows or would follow.
pub async fn revision(state: &State, role: &str, set_up: &SetUp) -> Result<Option<(domain::ids::RevisionId, Arc<Template>)>, Error> {
    if let Some(own) = set_up.role(role) {
        return Ok(Some((own.revision, state.template(own.revision).await?)));
    }
    let wanted = role.to_owned();
    match state.store.read(move |conn| store::templates::newest(conn, &wanted)).await? {
        Some(newest) => Ok(Some((newest.id, state.template(newest.id).await?))),
        None => Ok(None),
    }
}

/// A cohort that may be made: with a set-up, and the weeks that were chosen for the parts of its roles.
pub struct Draft {
    pub new: NewCohort,
    pub set_up: SetUp,
    pub alerts: AlertSettings,
    pub completion: CompletionRule,
    pub weeks: Vec<(String, BTreeMap<domain::cohort::PartKey, u32>)>,
}

/// A new cohort with the defaults.
pub fn draft(state: &State, wish: &FrameWish) -> Result<Draft, Error> {
    let frame = check_frame(wish)?;
    Ok(Draft {
        new: named(state, frame),
        set_up: SetUp::default(),
        alerts: AlertSettings::default(),
        completion: CompletionRule::default(),
        weeks: Vec::new(),
    })
}

/// The same set-up for the next batch: roles, session days, rules, alerts, completion and the plan, not the holidays, whose days have
/// passed, and no people.
pub async fn draft_copy(state: &State, of: &Opened, wish: &FrameWish) -> Result<Draft, Error> {
    let frame = check_frame(wish)?;
    let (cohort, roles) = (of.cohort.id, of.set_up.roles.clone());
    let read = state.store.read(move |conn| {
        let weeks = |role: CohortRole| Ok((role.role.clone(), store::cohorts::weeks(conn, cohort, &role.role)?));
        let weeks = roles.into_iter().map(weeks).collect::<Result<_, store::Error>>()?;
        Ok((weeks, store::cohorts::alert_settings(conn, cohort)?, store::cohorts::completion_rule(conn, cohort)?))
    });
    let (weeks, alerts, completion) = read.await?;
    let within = |holiday: &Holiday| holiday.last >= frame.starts_on && holiday.first <= frame.ends_on;
    let holidays = of.set_up.holidays.iter().filter(|holiday| within(holiday)).cloned().collect();
    Ok(Draft { new: named(state, frame), set_up: SetUp { holidays, ..of.set_up.clone() }, alerts, completion, weeks })
}

fn named(state: &State, frame: Frame) -> NewCohort {
    let Frame { name, starts_on, ends_on, zone } = frame;
    NewCohort { public_id: state.dice.public_id(), name, starts_on, ends_on, zone, created_at: state.clock.now() }
}

/// Makes a cohort with its row of the audit, inside a transaction.
pub fn keep(conn: &mut store::Conn<'_>, actor: &Actor, draft: &Draft) -> Result<Outcome<Cohort>, store::Error> {
    let made = match store::cohorts::create(conn, &draft.new) {
        Err(store::Error::Rule(code)) => return Ok(Err(Error::field("name", code))),
        other => other?,
    };
    store::cohorts::put_set_up(conn, made.id, &draft.set_up)?;
    if draft.alerts.is_on() {
        store::cohorts::put_alert_settings(conn, made.id, &draft.alerts)?;
    }
    store::cohorts::put_completion_rule(conn, made.id, &draft.completion)?;
    for (role, weeks) in &draft.weeks {
        store::cohorts::put_weeks(conn, made.id, role, weeks)?;
    }
    let detail = json!({ "name": made.name.as_str() });
    store::audit::append(conn, &actor.row("cohort.create", format!("cohort:{}", made.public_id), detail))?;
    Ok(Ok(made))
}

/// Replaces name, dates, zone and set-up, inside a transaction; how many paths moved with the last day. Those move that ended
/// with the cohort, of learners who take part or rest; a target day that somebody chose stays.
pub fn change(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    frame: &Frame,
    set_up: &SetUp,
) -> Result<Outcome<usize>, store::Error> {
    for role in &set_up.roles {
        // Level and members were checked against that revision.
        if store::upgrades::lock_role(conn, cohort.id, &role.role)?.is_some_and(|now| now.revision != role.revision) {
            return Ok(Err(Error::Rule("revision_changed")));
        }
    }
    let former = store::cohorts::lock_end(conn, cohort.id)?;
    match store::cohorts::set_frame(conn, cohort.id, frame) {
        Err(store::Error::Rule(code)) => return Ok(Err(Error::field("name", code))),
        other => other?,
    }
    store::cohorts::put_set_up(conn, cohort.id, set_up)?;
    let mut detail = json!({ "name": frame.name.as_str() });
    let mut moved = 0;
    if former != frame.ends_on {
        moved = store::cohorts::move_paths_ending_on(conn, cohort.id, former, frame.ends_on)?;
        detail["ended_on"] = json!(former.to_string());
        detail["ends_on"] = json!(frame.ends_on.to_string());
        detail["paths_moved"] = json!(moved);
    }
    store::audit::append(conn, &actor.row("cohort.change", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(moved))
}
