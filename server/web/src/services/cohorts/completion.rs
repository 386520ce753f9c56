//! Completion: who fulfils a cohort's rule, completing them and taking it back; and the cohort that ended, in numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::account::Account;
use domain::cohort::{
    Attended, Cohort, CompletionRule, Ended, Lack, Measure, MemberState, Required, RoleStanding, Span, count_ended, lacks, may_complete,
};
use domain::ids::{AccountId, PublicId};
use domain::ledger::FieldError;
use domain::template::Template;
use serde_json::json;
use store::cohorts::{OutcomeRow, Written};

use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{Change, Loaded, Opened};
use crate::services::once::Outcome;
use crate::state::State;

/// A cohort's rule, and where everybody stands by it.
pub struct Completion {
    pub rule: CompletionRule,
    /// By name.
    pub candidates: Vec<Candidate>,
    /// Of the cohort's roles, in their order.
    pub templates: Vec<Arc<Template>>,
}

pub struct Candidate {
    pub account: Account,
    pub state: MemberState,
    /// The one that holds.
    pub span: Option<Span>,
    /// What is missing; nothing for who fulfils the rule.
    pub lacks: Vec<Lack>,
    /// What became of them, consented to or not.
    pub outcome: Option<OutcomeRow>,
}

pub async fn completion(state: &State, opened: &Opened) -> Result<Completion, Error> {
    let (loaded, roles) = stood(state, opened).await?;
    let cohort = opened.cohort.id;
    let read = state.store.read(move |conn| Ok((store::cohorts::completion_rule(conn, cohort)?, store::cohorts::outcomes(conn, cohort)?)));
    let (rule, mut outcomes) = read.await?;
    let candidates = loaded
        .attending
        .facts
        .board
        .learners
        .iter()
        .map(|learner| Candidate {
            state: learner.state,
            span: learner.spans.last().cloned(),
            lacks: lacks(&rule, roles.get(&learner.account.id).map_or(&[], Vec::as_slice)),
            outcome: outcomes.remove(&learner.account.id),
            account: learner.account.clone(),
        })
        .collect();
    Ok(Completion { rule, candidates, templates: templates(state, opened).await? })
}

async fn stood(state: &State, opened: &Opened) -> Result<(Arc<Loaded>, HashMap<AccountId, Vec<RoleStanding>>), Error> {
    let loaded = Arc::new(Loaded::of(state, opened.cohort.id).await?);
    let (scored, now) = (Arc::clone(&loaded), state.clock.now());
    let roles = tokio::task::spawn_blocking(move || scored.roles(now)).await.map_err(Error::machine)?.map_err(Error::machine)?;
    Ok((loaded, roles))
}

async fn templates(state: &State, opened: &Opened) -> Result<Vec<Arc<Template>>, Error> {
    let mut templates = Vec::new();
    for role in &opened.set_up.roles {
        templates.push(state.template(role.revision).await?);
    }
    Ok(templates)
}

/// Checks a rule against the cohort's roles.
pub async fn check_completion(state: &State, opened: &Opened, rule: CompletionRule) -> Result<CompletionRule, Error> {
    let templates = templates(state, opened).await?;
    let known = |required: &Required| {
        templates.iter().any(|template| template.id() == required.role && template.requirement(&required.requirement).is_some())
    };
    Ok(rule.checked(known)?)
}

/// Replaces the rule, inside a transaction.
pub fn change_completion(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    rule: &CompletionRule,
) -> Result<Outcome<()>, store::Error> {
    store::cohorts::put_completion_rule(conn, cohort.id, rule)?;
    let detail = json!({ "readiness": rule.readiness, "requirements": rule.requirements.len(), "word": rule.word });
    store::audit::append(conn, &actor.row("cohort.completion", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(()))
}

/// Whether all of them may be completed by the rule, as they stand now; who is no learner of the cohort is not there.
pub async fn check_people(state: &State, opened: &Opened, people: &BTreeSet<PublicId>, reason: Option<&str>) -> Result<(), Error> {
    if people.is_empty() {
        return Err(Error::field("people", "missing"));
    }
    let Completion { rule, candidates, .. } = completion(state, opened).await?;
    for person in people {
        let found = candidates.iter().find(|candidate| candidate.account.public_id == *person);
        may_complete(&rule, &found.ok_or(Error::NotThere("member"))?.lacks, reason)?;
    }
    Ok(())
}

/// The same for a change of one member's state: only completing asks for anything.
pub async fn permits(state: &State, opened: &Opened, person: PublicId, change: &Change) -> Result<(), Error> {
    let cohort = opened.cohort.id;
    if change.state != Some(MemberState::Completed)
        || !state.store.read(move |conn| store::cohorts::completion_rule(conn, cohort)).await?.asks()
    {
        return Ok(());
    }
    match check_people(state, opened, &BTreeSet::from([person]), change.reason.as_deref()).await {
        // A mentor who completes is no learner: the rule says nothing of them.
        Err(Error::NotThere(_)) => Ok(()),
        Err(Error::Fields(fields)) if fields.iter().any(|field| field.code == "completion_lacks") => {
            Err(Error::field("state", "completion_lacks"))
        }
        other => other,
    }
}

/// Completes them all, or nobody, inside a transaction: who was completed meanwhile, or joined after that day, is told at
/// `people` and `day`.
pub fn complete(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    people: &BTreeSet<PublicId>,
    change: &Change,
) -> Result<Outcome<usize>, store::Error> {
    let today = actor.now.day_in(&cohort.zone);
    // By key, so that two who complete at once hold members in the same order.
    let mut members = BTreeMap::new();
    for person in people {
        members.insert(store::cohorts::find_member(conn, cohort.id, *person)?.0.id, *person);
    }
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut spans = Vec::new();
    for (account, person) in members {
        let before = store::cohorts::lock_member(conn, cohort.id, account)?;
        let state = Some(MemberState::Completed);
        match domain::cohort::change_state(&before, state, change.day, change.reason.clone(), today) {
            Ok(span) => spans.push((account, person, span)),
            Err(errors) => wrong.extend(errors.into_iter().map(|error| match error.field {
                "state" => FieldError::new("people", error.code),
                _ => error,
            })),
        }
    }
    if !wrong.is_empty() {
        wrong.dedup();
        return Ok(Err(wrong.into()));
    }
    for (account, person, span) in &spans {
        store::cohorts::add_span(conn, cohort.id, *account, span, Written { by: actor.account, at: actor.now })?;
        let detail = json!({ "account": person.to_string(), "state": span.state.word(), "day": span.first_day });
        store::audit::append(conn, &actor.row("member.state", format!("cohort:{}", cohort.public_id), detail))?;
    }
    Ok(Ok(spans.len()))
}

/// Takes a completion back, inside a transaction: the member goes on today, and the history keeps both.
pub fn reopen(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, person: PublicId) -> Result<Outcome<()>, store::Error> {
    let (account, member) = store::cohorts::find_member(conn, cohort.id, person)?;
    if member.state != MemberState::Completed {
        return Ok(Err(Error::Rule("state_is_same")));
    }
    let change = Change { state: Some(MemberState::Active), ..Change::default() };
    let done = super::change_state(conn, actor, cohort, account.public_id, &change)?;
    Ok(done.map(|_| ()))
}

/// A cohort after its last day.
pub struct EndedCohort {
    pub counted: Ended,
    /// Of what was set up.
    pub measure: Measure,
    /// Small numbers are shown too.
    pub sees_all: bool,
}

/// Counts what it came to. Before its last day is over there is nothing.
pub async fn ended(state: &State, opened: &Opened) -> Result<EndedCohort, Error> {
    let today = state.clock.now().day_in(&opened.cohort.zone);
    if today <= opened.cohort.ends_on {
        return Err(Error::NotThere("end"));
    }
    let (loaded, roles) = stood(state, opened).await?;
    let cohort = opened.cohort.id;
    let outcomes = state.store.read(move |conn| store::cohorts::outcomes(conn, cohort)).await?;
    let measure = opened.set_up.measure;
    let learners: Vec<Attended<'_>> = loaded
        .attending
        .facts
        .board
        .learners
        .iter()
        .map(|learner| {
            let id = learner.account.id;
            let best = |standing: &&RoleStanding| if measure == Measure::Claimed { standing.ready.0 } else { standing.ready.1 };
            Attended {
                name: learner.account.name.as_str(),
                spans: &learner.spans,
                ready: roles.get(&id).and_then(|roles| roles.iter().max_by_key(best)).map(|standing| standing.ready),
                outcome: outcomes.get(&id).map(|row| (row.outcome.kind, row.consented_at.is_some())),
            }
        })
        .collect();
    Ok(EndedCohort { counted: count_ended(&learners, measure, today), measure, sees_all: opened.sees_as_lead })
}
