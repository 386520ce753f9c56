//! Members of a cohort.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::TermsWish;
use domain::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::day;
use crate::api::{Listed, id, ok, word};
use crate::body::Json;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Added, Begin, Change, Member, Move};
use crate::services::{Actor, once};
use crate::state::Shared;

/// A member.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortMember)]
pub struct MemberJson {
    id: String,
    username: String,
    name: String,
    /// `learner`, `mentor`, `lead`.
    standing: String,
    /// `active`, `paused`, `dropped`, `completed`.
    state: String,
    /// In the order in which they hold.
    history: Vec<SpanJson>,
    terms: TermsJson,
    /// Public id of the primary mentor.
    mentor: Option<String>,
}

/// A state, from a day on until the next one's.
#[derive(Serialize, ToSchema)]
#[schema(as = MemberSpan)]
pub struct SpanJson {
    state: String,
    first_day: String,
    reason: Option<String>,
    /// `dropped` because the member went to another cohort.
    moved: bool,
}

/// What of the plan is a learner's own.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = MemberTerms)]
#[serde(deny_unknown_fields)]
pub struct TermsJson {
    /// Absent: the cohort's first day.
    starts_on: Option<String>,
    /// Per cent of the cohort's hours, 10 to 200; 100 where absent.
    factor: Option<u32>,
    /// Session days, up to 250; 0 where absent.
    extension: Option<u32>,
}

impl MemberJson {
    fn of(member: &Member, mentor: Option<String>) -> Self {
        let span = |span: &domain::cohort::Span| SpanJson {
            state: span.state.word().to_owned(),
            first_day: span.first_day.to_string(),
            reason: span.reason.clone(),
            moved: span.moved_to.is_some(),
        };
        Self {
            id: member.account.public_id.to_string(),
            username: member.account.username.to_string(),
            name: member.account.name.to_string(),
            standing: member.membership.standing.word().to_owned(),
            state: member.membership.state.word().to_owned(),
            history: member.spans.iter().map(span).collect(),
            terms: TermsJson {
                starts_on: member.terms.starts_on.map(|day| day.to_string()),
                factor: Some(member.terms.factor),
                extension: Some(member.terms.extension),
            },
            mentor,
        }
    }

    /// Looks the mentor up.
    fn told(conn: &mut store::Conn<'_>, member: &Member) -> store::Result<Self> {
        let of = |conn: &mut store::Conn<'_>, mentor: AccountId| store::accounts::by_id(conn, mentor);
        let mentor = member.terms.mentor.map(|mentor| of(conn, mentor)).transpose()?;
        Ok(Self::of(member, mentor.map(|mentor| mentor.public_id.to_string())))
    }
}

/// Somebody who comes in.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewCohortMember)]
#[serde(deny_unknown_fields)]
pub struct NewMember {
    username: String,
    /// `learner`, `mentor`, `lead`.
    standing: String,
}

/// Another state.
#[derive(Deserialize, ToSchema)]
#[schema(as = MemberStateChange)]
#[serde(deny_unknown_fields)]
pub struct StateChange {
    /// `active`, `paused`, `dropped`, `completed`; not the one that holds.
    state: String,
    /// Since when; absent: today in the cohort's zone. Not ahead, and not before the span that it ends.
    day: Option<String>,
    reason: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[schema(as = MemberMentor)]
#[serde(deny_unknown_fields)]
pub struct MentorJson {
    /// Public id of an active mentor or lead of the cohort; null: nobody.
    mentor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[schema(as = MemberMove)]
#[serde(deny_unknown_fields)]
pub struct MoveJson {
    /// Public id of a cohort that one leads.
    to: String,
    reason: Option<String>,
}

type At = web::Path<(String, String)>;

pub async fn list(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    let (members, _) = cohorts::members(&state, &opened).await?;
    let name = |mentor: AccountId| members.iter().find(|other| other.account.id == mentor).map(|other| other.account.public_id.to_string());
    let items = members.iter().map(|member| MemberJson::of(member, member.terms.mentor.and_then(name))).collect();
    Ok(ok(&Listed::whole(items)))
}

pub async fn show(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at.0, "cohort")?).await?;
    let member = cohorts::member(&state, &opened, id(&at.1, "member")?).await?;
    Ok(ok(&state.store.read(move |conn| MemberJson::told(conn, &member)).await?))
}

pub async fn add(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<NewMember>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let added = Added { username: body.value.username, standing: word("standing", &body.value.standing)? };
    let begin = Begin::of(&state, &opened.cohort, &opened.set_up).await?;
    let (actor, cohort, dice) = (Actor::new(&state, &request, Some(&who)), opened.cohort, Arc::clone(&state.dice));
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        match cohorts::add(conn, &actor, &cohort, &begin, &*dice, &added)? {
            Err(refused) => Ok(Err(refused)),
            Ok((account, membership)) => {
                let spans = store::cohorts::spans(conn, cohort.id, account.id)?;
                let terms = store::cohorts::terms(conn, cohort.id)?.get(&account.id).copied().unwrap_or_default();
                MemberJson::told(conn, &Member { account, membership, spans, terms }).map(Ok)
            }
        }
    })
    .await
}

pub async fn change_state(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: At,
    body: Json<StateChange>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let person = id(&at.1, "member")?;
    let StateChange { state: wanted, day: since, reason } = body.value;
    let since = since.map(|since| day("day", &since)).transpose()?;
    let change = Change { state: Some(word("state", &wanted)?), day: since, reason };
    cohorts::permits(&state, &opened, person, &change).await?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        match cohorts::change_state(conn, &actor, &cohort, person, &change)? {
            Ok(member) => MemberJson::told(conn, &member).map(Ok),
            Err(refused) => Ok(Err(refused)),
        }
    })
    .await
}

pub async fn change_terms(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: At,
    body: Json<TermsJson>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let person = id(&at.1, "member")?;
    let TermsJson { starts_on, factor, extension } = body.value;
    let wish = TermsWish { starts_on: starts_on.map(|start| day("starts_on", &start)).transpose()?, factor, extension };
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        match cohorts::change_terms(conn, &actor, &cohort, person, wish)? {
            Ok(member) => MemberJson::told(conn, &member).map(Ok),
            Err(refused) => Ok(Err(refused)),
        }
    })
    .await
}

pub async fn assign(state: Shared, request: HttpRequest, who: SignedIn, at: At, body: Json<MentorJson>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let person = id(&at.1, "member")?;
    let mentor = body.value.mentor.map(|mentor| mentor.parse().map_err(|_| Error::field("mentor", "mentor_unknown"))).transpose()?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        match cohorts::assign(conn, &actor, &cohort, person, mentor)? {
            Ok(member) => MemberJson::told(conn, &member).map(Ok),
            Err(refused) => Ok(Err(refused)),
        }
    })
    .await
}

pub async fn relocate(state: Shared, request: HttpRequest, who: SignedIn, at: At, body: Json<MoveJson>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let person = id(&at.1, "member")?;
    let to = body.value.to.parse().map_err(|_| Error::field("to", "cohort_unknown"))?;
    let wish = Move::checked(&state, &who, Some(to), body.value.reason).await?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::NO_CONTENT, move |conn| {
        Ok(cohorts::relocate(conn, &actor, &cohort, person, &wish)?.map(|_| ()))
    })
    .await
}
