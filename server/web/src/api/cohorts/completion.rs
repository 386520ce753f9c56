//! Completion of a cohort, and what became of its learners.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::{CompletionRule, Lack, MemberState, Outcome, OutcomeWish, Required, check_outcome, shown};
use domain::ids::PublicId;
use serde::{Deserialize, Serialize};
use store::cohorts::OutcomeRow;
use utoipa::ToSchema;

use super::day;
use crate::api::{id, ok, word};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{Candidate, Change, SeenOutcome};
use crate::services::{Actor, cohorts, once};
use crate::state::Shared;

/// A requirement of one of the cohort's roles.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = CompletionRequirement)]
#[serde(deny_unknown_fields)]
pub struct RequiredJson {
    role: String,
    requirement: String,
}

/// What a cohort asks of who completes it.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = CompletionRule)]
#[serde(deny_unknown_fields)]
pub struct RuleJson {
    /// Points, 1 to 100, in at least one of the cohort's roles.
    readiness: Option<u32>,
    /// `claimed` or `proven`; claimed where absent.
    measure: Option<String>,
    /// All of them proven.
    #[serde(default)]
    requirements: Vec<RequiredJson>,
    /// A lead's word, with a reason, is enough for who lacks something.
    word: bool,
}

impl RuleJson {
    fn of(rule: &CompletionRule) -> Self {
        let required = |of: &Required| RequiredJson { role: of.role.clone(), requirement: of.requirement.clone() };
        Self {
            readiness: rule.readiness.map(|points| points / 100),
            measure: Some(rule.measure.word().to_owned()),
            requirements: rule.requirements.iter().map(required).collect(),
            word: rule.word,
        }
    }

    fn rule(self) -> Result<CompletionRule, Error> {
        let required = |of: RequiredJson| Required { role: of.role, requirement: of.requirement };
        Ok(CompletionRule {
            readiness: self.readiness.map(|points| points.saturating_mul(100)),
            measure: self.measure.map(|measure| word("measure", &measure)).transpose()?.unwrap_or_default(),
            requirements: self.requirements.into_iter().map(required).collect(),
            word: self.word,
        })
    }
}

/// The rule, and where everybody stands by it.
#[derive(Serialize, ToSchema)]
#[schema(as = Completion)]
pub struct CompletionJson {
    rule: RuleJson,
    people: Vec<CandidateJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CompletionCandidate)]
pub struct CandidateJson {
    person: String,
    name: String,
    /// `active`, `paused`, `dropped`, `completed`.
    state: &'static str,
    since: Option<String>,
    reason: Option<String>,
    /// Nothing is missing.
    fulfils: bool,
    /// Basis points that are missing to the readiness.
    lacks_readiness: Option<u32>,
    lacks_requirements: Vec<RequiredJson>,
    outcome: Option<SeenOutcomeJson>,
}

/// That something was told, and what, if its person consents.
#[derive(Serialize, ToSchema)]
#[schema(as = SeenOutcome)]
pub struct SeenOutcomeJson {
    consented: bool,
    outcome: Option<OutcomeJson>,
}

/// What became of somebody.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Outcome)]
#[serde(deny_unknown_fields)]
pub struct OutcomeJson {
    /// `hired`, `study`, `business`, `other`, `unknown`.
    kind: String,
    /// Today where absent.
    day: Option<String>,
    /// For who was hired.
    title: Option<String>,
    employer: Option<String>,
}

impl OutcomeJson {
    fn of(outcome: &Outcome) -> Self {
        Self {
            kind: outcome.kind.word().to_owned(),
            day: Some(outcome.day.to_string()),
            title: outcome.title.clone(),
            employer: outcome.employer.clone(),
        }
    }

    fn wish(self) -> Result<OutcomeWish, Error> {
        Ok(OutcomeWish {
            kind: Some(word("kind", &self.kind)?),
            day: self.day.map(|text| day("day", &text)).transpose()?,
            title: self.title,
            employer: self.employer,
        })
    }
}

impl From<&Candidate> for CandidateJson {
    fn from(candidate: &Candidate) -> Self {
        let short = candidate.lacks.iter().find_map(|lack| match lack {
            Lack::Readiness { has, needs } => Some(needs - has),
            _ => None,
        });
        let required = candidate.lacks.iter().filter_map(|lack| match lack {
            Lack::Requirement(of) => Some(RequiredJson { role: of.role.clone(), requirement: of.requirement.clone() }),
            _ => None,
        });
        let outcome = match SeenOutcome::of(candidate.outcome.as_ref()) {
            SeenOutcome::Nothing => None,
            SeenOutcome::Withheld => Some(SeenOutcomeJson { consented: false, outcome: None }),
            SeenOutcome::Told(outcome) => Some(SeenOutcomeJson { consented: true, outcome: Some(OutcomeJson::of(&outcome)) }),
        };
        Self {
            person: candidate.account.public_id.to_string(),
            name: candidate.account.name.to_string(),
            state: candidate.state.word(),
            since: candidate.span.as_ref().map(|span| span.first_day.to_string()),
            reason: candidate.span.as_ref().and_then(|span| span.reason.clone()),
            fulfils: candidate.lacks.is_empty(),
            lacks_readiness: short,
            lacks_requirements: required.collect(),
            outcome,
        }
    }
}

pub async fn show(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    let found = cohorts::completion(&state, &opened).await?;
    let people = found.candidates.iter().map(CandidateJson::from).collect();
    Ok(ok(&CompletionJson { rule: RuleJson::of(&found.rule), people }))
}

pub async fn change(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<RuleJson>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let rule = cohorts::check_completion(&state, &opened, body.value.rule()?).await?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(cohorts::change_completion(conn, &actor, &cohort, &rule)?.map(|()| RuleJson::of(&rule)))
    })
    .await
}

/// Whom to complete, all or nobody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCompletions {
    /// Ids of learners.
    people: Vec<String>,
    /// Today in the cohort's zone where absent.
    day: Option<String>,
    /// Needed for who lacks something, where the rule takes a lead's word.
    reason: Option<String>,
}

/// How many were completed.
#[derive(Serialize, ToSchema)]
pub struct Completed {
    completed: usize,
}

pub async fn complete(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<NewCompletions>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let NewCompletions { people, day: on, reason } = body.value;
    let people: BTreeSet<PublicId> = people.iter().map(|person| id(person, "member")).collect::<Result<_, _>>()?;
    let on = on.map(|text| day("day", &text)).transpose()?;
    cohorts::check_people(&state, &opened, &people, reason.as_deref()).await?;
    let change = Change { state: Some(MemberState::Completed), day: on, reason };
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(cohorts::complete(conn, &actor, &cohort, &people, &change)?.map(|completed| Completed { completed }))
    })
    .await
}

pub async fn reopen(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    body: Once,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let person = id(&at.1, "member")?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body, StatusCode::NO_CONTENT, move |conn| cohorts::reopen(conn, &actor, &cohort, person)).await
}

/// A learner's own, with what leads see of it.
#[derive(Serialize, ToSchema)]
pub struct OwnOutcome {
    outcome: Option<OutcomeJson>,
    /// A lead told it.
    by_lead: bool,
    /// Since when leads see it.
    consented_at: Option<String>,
}

impl OwnOutcome {
    fn of(row: Option<&OutcomeRow>, me: domain::ids::AccountId) -> Self {
        Self {
            outcome: row.map(|row| OutcomeJson::of(&row.outcome)),
            by_lead: row.is_some_and(|row| row.recorded_by != Some(me)),
            consented_at: row.and_then(|row| row.consented_at).map(|at| at.to_string()),
        }
    }
}

/// What became of oneself, and whether leads may see it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOutcome {
    outcome: OutcomeJson,
    consents: bool,
}

/// Whether leads may see it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    consents: bool,
}

pub async fn show_own(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let (_, row) = cohorts::own_outcome(&state, &who, id(&at, "cohort")?).await?;
    Ok(ok(&OwnOutcome::of(row.as_ref(), who.account.id)))
}

pub async fn tell_own(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<NewOutcome>,
) -> Result<HttpResponse, Error> {
    let (cohort, _) = cohorts::own_outcome(&state, &who, id(&at, "cohort")?).await?;
    let NewOutcome { outcome, consents } = body.value;
    let told = check_outcome(outcome.wish()?, state.clock.now().day_in(&who.account.zone))?;
    let (actor, me) = (Actor::new(&state, &request, Some(&who)), who.account.id);
    once::write(&state, me, body.once, StatusCode::OK, move |conn| {
        Ok(cohorts::tell_own(conn, &actor, &cohort, me, &told, consents)?.map(|row| OwnOutcome::of(Some(&row), me)))
    })
    .await
}

pub async fn consent(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<Consent>,
) -> Result<HttpResponse, Error> {
    let (cohort, _) = cohorts::own_outcome(&state, &who, id(&at, "cohort")?).await?;
    let (actor, me, consents) = (Actor::new(&state, &request, Some(&who)), who.account.id, body.value.consents);
    once::write(&state, me, body.once, StatusCode::OK, move |conn| {
        Ok(cohorts::consent(conn, &actor, &cohort, me, consents)?.map(|row| OwnOutcome::of(Some(&row), me)))
    })
    .await
}

pub async fn forget(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, body: Once) -> Result<HttpResponse, Error> {
    let (cohort, _) = cohorts::own_outcome(&state, &who, id(&at, "cohort")?).await?;
    let (actor, me) = (Actor::new(&state, &request, Some(&who)), who.account.id);
    once::write(&state, me, body, StatusCode::NO_CONTENT, move |conn| cohorts::forget(conn, &actor, &cohort, me)).await
}

pub async fn tell_of(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    body: Json<OutcomeJson>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let person = id(&at.1, "member")?;
    let told = check_outcome(body.value.wish()?, state.clock.now().day_in(&opened.cohort.zone))?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::NO_CONTENT, move |conn| {
        cohorts::tell_of(conn, &actor, &cohort, person, &told)
    })
    .await
}

/// A number of people.
#[derive(Serialize, ToSchema)]
#[schema(as = CountOf)]
pub struct CountJson {
    of: String,
    /// Absent: fewer than five, for who is no lead.
    people: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CompletedLearner)]
pub struct CompletedJson {
    name: String,
    day: String,
}

/// A cohort that ended, in numbers.
#[derive(Serialize, ToSchema)]
#[schema(as = EndedCohort)]
pub struct EndedJson {
    learners: usize,
    /// `active`, `paused`, `dropped`, `completed`.
    states: Vec<CountJson>,
    /// With consent: `hired`, `study`, `business`, `other`, `unknown`; and `withheld`.
    outcomes: Vec<CountJson>,
    /// `claimed` or `proven`.
    measure: &'static str,
    /// Readiness in fifths: `0` to `4`.
    spread: Vec<CountJson>,
    /// The first first.
    completed: Vec<CompletedJson>,
}

pub async fn ended(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    let found = cohorts::ended(&state, &opened).await?;
    let count = |of: &str, people: usize| CountJson { of: of.to_owned(), people: shown(people, found.sees_all) };
    let counted = &found.counted;
    let told = counted.outcomes.iter().map(|(kind, people)| count(kind.word(), *people));
    Ok(ok(&EndedJson {
        learners: counted.learners,
        states: counted.states.iter().map(|(state, people)| count(state.word(), *people)).collect(),
        outcomes: told.chain([count("withheld", counted.withheld)]).collect(),
        measure: found.measure.word(),
        spread: counted.spread.iter().enumerate().map(|(step, people)| count(&step.to_string(), *people)).collect(),
        completed: counted.completed.iter().map(|(name, day)| CompletedJson { name: name.clone(), day: day.to_string() }).collect(),
    }))
}
