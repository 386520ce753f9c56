//! How people come into a cohort: links, joining, what one shares.

pub mod evidence;
pub mod people;

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::Standing;
use domain::enrolment::{LinkWish, PathFate};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use store::enrolment::CohortLink;
use utoipa::ToSchema;

use crate::api::{Listed, id, nothing, ok, word};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::{Actor, cohorts, enrolment, once};
use crate::state::{Shared, State};

/// A link with which people join a cohort.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortLink)]
pub struct LinkJson {
    id: String,
    /// `learner`, `mentor`.
    standing: String,
    places: u32,
    taken: u32,
    /// `open`, `full`, `expired`, `revoked`.
    state: &'static str,
    created_at: String,
    expires_at: String,
}

impl LinkJson {
    fn of(link: &CohortLink, now: Instant) -> Self {
        Self {
            id: link.public_id.to_string(),
            standing: link.terms.standing.word().to_owned(),
            places: link.terms.places,
            taken: link.taken,
            state: link.state(now).word(),
            created_at: link.created_at.to_string(),
            expires_at: link.terms.expires_at.to_string(),
        }
    }
}

/// A new link.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewCohortLink)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// `learner` where absent, or `mentor`.
    standing: Option<String>,
    /// How many may come by it, up to 1 000; 30 where absent.
    places: Option<u32>,
    /// Until it ends, up to 180; 14 where absent.
    days: Option<u32>,
}

/// A link that was just made; the address is shown here only.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeCohortLink)]
pub struct MadeLink {
    link: LinkJson,
    address: String,
}

pub async fn links(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    let (now, links) = (state.clock.now(), enrolment::links(&state, opened.cohort.id).await?);
    Ok(ok(&Listed::whole(links.iter().map(|link| LinkJson::of(link, now)).collect())))
}

/// Takes no `Idempotency-Key`: the answer holds a secret, which is kept nowhere.
pub async fn create_link(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<NewLink>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let NewLink { standing, places, days } = body.value;
    let standing = standing.map(|standing| word::<Standing>("standing", &standing)).transpose()?;
    let actor = Actor::new(&state, &request, Some(&who));
    let (new, address) = enrolment::new_link(&state, &actor, opened.cohort.id, LinkWish { standing, places, days })?;
    let now = actor.now;
    let link = state.store.write(move |conn| enrolment::keep_link(conn, &actor, &opened.cohort, &new)).await?;
    Ok(crate::api::json(StatusCode::CREATED, &MadeLink { link: LinkJson::of(&link, now), address }))
}

pub async fn revoke_link(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let (link, actor) = (id(&at.1, "link")?, Actor::new(&state, &request, Some(&who)));
    state.store.write(move |conn| enrolment::revoke_link(conn, &actor, &opened.cohort, link)).await?;
    Ok(nothing())
}

/// What a cohort sees, or would see, of whoever asks.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortSharing)]
pub struct SharingJson {
    /// Public id.
    cohort: String,
    name: String,
    /// Names of active mentors and leads.
    guides: Vec<String>,
    roles: Vec<SharedRoleJson>,
    /// Entries that say something of what the roles ask, newest first. Notes, minutes, other entries and other paths are
    /// never shown.
    entries: Vec<SharedEntryJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SharedRole)]
pub struct SharedRoleJson {
    role: String,
    /// Name of the target level.
    level: String,
    /// `here`: a path belongs to the cohort; `joins`: one's own would come along; `begins`: a new one would begin.
    path: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SharedEntry)]
pub struct SharedEntryJson {
    id: String,
    number: u32,
    kind: String,
    trust: String,
    day: String,
    /// The receipts cite it, as the ledger is now.
    cited: bool,
    withheld: bool,
}

impl From<enrolment::Shared> for SharingJson {
    fn from(shared: enrolment::Shared) -> Self {
        let role = |role: enrolment::SharedRole| SharedRoleJson {
            role: role.name,
            level: role.level,
            path: match role.fate {
                PathFate::Here(_) => "here",
                PathFate::Joins(_) => "joins",
                PathFate::Begins => "begins",
            },
        };
        let entry = |one: enrolment::SharedEntry| SharedEntryJson {
            id: one.id.to_string(),
            number: one.entry.seq,
            kind: one.entry.kind.word().to_owned(),
            trust: one.entry.trust.word().to_owned(),
            day: one.entry.day.to_string(),
            cited: one.cited,
            withheld: one.withheld,
        };
        Self {
            cohort: shared.cohort.public_id.to_string(),
            name: shared.cohort.name.to_string(),
            guides: shared.guides,
            roles: shared.roles.into_iter().map(role).collect(),
            entries: shared.entries.into_iter().map(entry).collect(),
        }
    }
}

/// Entries that the cohort is not to see.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = WithheldEntries)]
#[serde(default, deny_unknown_fields)]
pub struct Withheld {
    /// Public ids of one's own entries.
    withheld: Vec<String>,
}

impl Withheld {
    async fn numbers(self, state: &State, who: &SignedIn) -> Result<BTreeSet<u32>, Error> {
        let refused = || Error::field("withheld", "no_such_entry");
        let ids = self.withheld.iter().map(|id| id.parse().map_err(|_| refused())).collect::<Result<Vec<_>, _>>()?;
        let me = who.account.id;
        state.store.read(move |conn| enrolment::numbers(conn, me, &ids)).await?.ok_or_else(refused)
    }
}

/// Whether somebody became a member.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortJoined)]
pub struct JoinedJson {
    /// Public id.
    cohort: String,
    /// False for who was a member already.
    joined: bool,
}

pub async fn preview(state: Shared, request: HttpRequest, who: SignedIn, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let joining = enrolment::find(&state, &actor, &secret).await?.still_open(&actor)?;
    Ok(ok(&SharingJson::from(enrolment::shared(&state, &who, joining.cohort, &joining.set_up).await?)))
}

pub async fn join(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    secret: web::Path<String>,
    body: Json<Withheld>,
) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let joining = enrolment::find(&state, &actor, &secret).await?;
    let withheld = body.value.numbers(&state, &who).await?;
    let bringing = enrolment::prepare(&state, &who, &joining).await?;
    let (account, dice, cohort) = (who.account.clone(), Arc::clone(&state.dice), joining.cohort.public_id.to_string());
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        let joined = enrolment::join(conn, &actor, &joining, &bringing, &*dice, &account, &withheld)?;
        Ok(joined.map(|joined| JoinedJson { cohort: cohort.clone(), joined }))
    })
    .await
}

pub async fn sharing(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let (cohort, set_up) = enrolment::sharing(&state, &who, id(&at, "cohort")?).await?;
    Ok(ok(&SharingJson::from(enrolment::shared(&state, &who, cohort, &set_up).await?)))
}

/// Replaces the whole list.
pub async fn withhold(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<Withheld>,
) -> Result<HttpResponse, Error> {
    let (cohort, _) = enrolment::sharing(&state, &who, id(&at, "cohort")?).await?;
    let withheld = body.value.numbers(&state, &who).await?;
    let (actor, me) = (Actor::new(&state, &request, Some(&who)), who.account.id);
    once::write(&state, me, body.once, StatusCode::NO_CONTENT, move |conn| {
        let all: BTreeSet<u32> = store::ledger::facts(conn, me)?.iter().map(|entry| entry.seq).collect();
        Ok(enrolment::withhold(conn, &actor, &cohort, me, &all, &withheld)?.map(|_| ()))
    })
    .await
}

pub async fn bring(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, once: Once) -> Result<HttpResponse, Error> {
    let (cohort, set_up) = enrolment::sharing(&state, &who, id(&at, "cohort")?).await?;
    let bringing = enrolment::Bringing::of(&state, Some(who.account.id), &cohort, &set_up).await?;
    let (actor, account, dice) = (Actor::new(&state, &request, Some(&who)), who.account.clone(), Arc::clone(&state.dice));
    once::write(&state, who.account.id, once, StatusCode::NO_CONTENT, move |conn| {
        enrolment::share(conn, &actor, &cohort, &bringing, &*dice, &account).map(|_| Ok(()))
    })
    .await
}
