//! Summaries for a sponsor: links of leads, consents of learners, and what a link leads to.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::suppress::Told;
use domain::cohort::{Cell, SummaryWish};
use domain::ids::AccountId;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use store::summaries::SummaryLink;
use utoipa::ToSchema;

use crate::api::cohorts::board::CellJson;
use crate::api::{Listed, id, json, nothing, ok};
use crate::body::Json;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::reports::summary::private;
use crate::services::summaries::{self, Shown};
use crate::services::{Actor, cohorts, enrolment, once};
use crate::state::Shared;

/// A link to a summary.
#[derive(Serialize, ToSchema)]
#[schema(as = SummaryLink)]
pub struct LinkJson {
    id: String,
    /// Whom it is for.
    label: String,
    /// Public id of the learner that it is of; null: of all of the cohort who consent.
    learner: Option<String>,
    /// `open`, `expired`, `revoked`.
    state: &'static str,
    created_at: String,
    expires_at: String,
    /// How many consent.
    consents: usize,
}

impl LinkJson {
    fn of(link: &SummaryLink, consents: usize, people: &BTreeMap<AccountId, String>, now: Instant) -> Self {
        Self {
            id: link.public_id.to_string(),
            label: link.terms.label.to_string(),
            learner: link.learner.map(|learner| people.get(&learner).cloned().unwrap_or_default()),
            state: link.state(now).word(),
            created_at: link.created_at.to_string(),
            expires_at: link.terms.expires_at.to_string(),
            consents,
        }
    }
}

/// A new link.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewSummaryLink)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// Whom it is for, as the learners read it.
    label: String,
    /// Public id of a learner; absent: of all of the cohort who consent.
    learner: Option<String>,
    /// Until it ends, up to 180; 90 where absent.
    days: Option<u32>,
}

/// A link that was just made; the address is shown here only.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeSummaryLink)]
pub struct MadeLink {
    link: LinkJson,
    address: String,
}

/// Public ids of a cohort's members.
async fn people(state: &Shared, opened: &cohorts::Opened) -> Result<BTreeMap<AccountId, String>, Error> {
    let (members, _) = cohorts::members(state, opened).await?;
    Ok(members.into_iter().map(|member| (member.account.id, member.account.public_id.to_string())).collect())
}

pub async fn links(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    let (people, links) = (people(&state, &opened).await?, summaries::links(&state, opened.cohort.id).await?);
    let now = state.clock.now();
    Ok(ok(&Listed::whole(links.iter().map(|(link, consents)| LinkJson::of(link, *consents, &people, now)).collect())))
}

/// Takes no `Idempotency-Key`: the answer holds a secret, which is kept nowhere.
pub async fn create(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<NewLink>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let NewLink { label, learner, days } = body.value;
    let learner = learner.map(|learner| learner.parse().map_err(|_| Error::field("learner", "person_unknown"))).transpose()?;
    let actor = Actor::new(&state, &request, Some(&who));
    let (new, address) = summaries::new_link(&state, &actor, opened.cohort.id, learner, SummaryWish { label, days }).await?;
    let (people, now, cohort) = (people(&state, &opened).await?, actor.now, opened.cohort);
    let link = state.store.write(move |conn| summaries::keep_link(conn, &actor, &cohort, &new)).await?;
    Ok(json(StatusCode::CREATED, &MadeLink { link: LinkJson::of(&link, 0, &people, now), address }))
}

pub async fn revoke(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let (link, actor) = (id(&at.1, "link")?, Actor::new(&state, &request, Some(&who)));
    state.store.write(move |conn| summaries::revoke_link(conn, &actor, &opened.cohort, link)).await?;
    Ok(nothing())
}

/// What a learner is asked to show.
#[derive(Serialize, ToSchema)]
#[schema(as = AskedSummary)]
pub struct AskedJson {
    id: String,
    /// Whom it is for.
    label: String,
    /// `learner`: of the one who is asked; `cohort`: of all who consent together.
    of: &'static str,
    expires_at: String,
    consents: bool,
}

pub async fn asked(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let (cohort, _) = enrolment::sharing(&state, &who, id(&at, "cohort")?).await?;
    let asked = summaries::asked(&state, cohort.id, who.account.id).await?;
    let item = |(link, consents): (SummaryLink, bool)| AskedJson {
        id: link.public_id.to_string(),
        label: link.terms.label.to_string(),
        of: if link.learner.is_some() { "learner" } else { "cohort" },
        expires_at: link.terms.expires_at.to_string(),
        consents,
    };
    Ok(ok(&Listed::whole(asked.into_iter().map(item).collect())))
}

/// A learner's decision.
#[derive(Deserialize, ToSchema)]
#[schema(as = SummaryConsent)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    consents: bool,
}

pub async fn decide(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    body: Json<Consent>,
) -> Result<HttpResponse, Error> {
    let (cohort, _) = enrolment::sharing(&state, &who, id(&at.0, "cohort")?).await?;
    let (link, actor, me) = (id(&at.1, "link")?, Actor::new(&state, &request, Some(&who)), who.account.id);
    let consents = body.value.consents;
    once::write(&state, me, body.once, StatusCode::NO_CONTENT, move |conn| summaries::decide(conn, &actor, &cohort, me, link, consents))
        .await
}

/// What a sponsor's link shows, as of today.
#[derive(Serialize, ToSchema)]
#[schema(as = Summary)]
pub struct SummaryJson {
    /// Whom it is for.
    label: String,
    expires_at: String,
    /// `waits`: the learner does not consent, or not yet; `too-few`: fewer than five consent; `learner`; `cohort`. The first
    /// two show nothing.
    shows: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    learner: Option<OfLearnerJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cohort: Option<OfCohortJson>,
}

/// A learner, without anything that they wrote.
#[derive(Serialize, ToSchema)]
#[schema(as = LearnerSummary)]
pub struct OfLearnerJson {
    name: String,
    role: Option<String>,
    level: Option<String>,
    day: String,
    /// Basis points.
    claimed: u32,
    proven: u32,
    pace: &'static str,
    areas: Vec<AreaJson>,
    /// Entries that count, by trust.
    #[schema(value_type = std::collections::HashMap<String, usize>)]
    entries: BTreeMap<&'static str, usize>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SummaryArea)]
pub struct AreaJson {
    name: String,
    /// Of a cohort, medians; null where it is asked of fewer than five.
    share: Option<CellJson>,
}

/// Those of a cohort who consent, together. What fewer than five share is null.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortSummary)]
pub struct OfCohortJson {
    name: String,
    role: String,
    day: String,
    learners: usize,
    /// Medians in basis points.
    claimed: u32,
    proven: u32,
    areas: Vec<AreaJson>,
    /// How many are in which band of per cent.
    #[schema(value_type = std::collections::HashMap<String, Option<usize>>)]
    readiness: BTreeMap<&'static str, Option<usize>>,
    #[schema(value_type = std::collections::HashMap<String, Option<usize>>)]
    paces: BTreeMap<&'static str, Option<usize>>,
}

fn area(name: &str, cell: Option<Cell>) -> AreaJson {
    AreaJson { name: name.to_owned(), share: cell.map(CellJson::from) }
}

fn counts(told: &Told) -> BTreeMap<&'static str, Option<usize>> {
    told.kinds.iter().copied().zip(told.counts.iter().copied()).collect()
}

pub async fn show(state: Shared, request: HttpRequest, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    let (link, shown) = summaries::shown(&state, &Actor::new(&state, &request, None), &secret).await?;
    let (mut learner, mut cohort) = (None, None);
    let shows = match shown {
        Shown::Waits => "waits",
        Shown::TooFew => "too-few",
        Shown::Learner(of) => {
            let (role, level) = of.goal.clone().unzip();
            learner = Some(OfLearnerJson {
                name: of.name.clone(),
                role,
                level,
                day: of.today.to_string(),
                claimed: of.claimed,
                proven: of.proven,
                pace: of.why.pace().word(),
                areas: of.areas.iter().map(|(name, cell)| area(name, Some(*cell))).collect(),
                entries: of.entries.iter().map(|(trust, number)| (trust.word(), *number)).collect(),
            });
            "learner"
        }
        Shown::Cohort(of) => {
            cohort = Some(OfCohortJson {
                name: of.name.clone(),
                role: of.role.clone(),
                day: of.today.to_string(),
                learners: of.together.learners,
                claimed: of.together.claimed,
                proven: of.together.proven,
                areas: of.columns.iter().zip(&of.together.areas).map(|(name, cell)| area(name, *cell)).collect(),
                readiness: counts(&of.together.readiness),
                paces: counts(&of.together.pace),
            });
            "cohort"
        }
    };
    let (label, expires_at) = (link.terms.label.to_string(), link.terms.expires_at.to_string());
    Ok(private(ok(&SummaryJson { label, expires_at, shows, learner, cohort })))
}
