//! Cohorts: making and setting them up.

pub mod alerts;
pub mod board;
pub mod completion;
pub mod members;
pub mod pauses;
pub mod plan;
pub mod report;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::{Cohort, FrameWish, Holiday, SetUp, Weekdays};
use domain::path::RuleChoice;
use domain::schedule::Weekday;
use domain::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{Listed, id, ok, word};
use crate::body::Json;
use crate::caller::{Admin, SignedIn};
use crate::errors::Error;
use crate::services::cohorts::{self, Listed as ListedCohort, Opened, Wish};
use crate::services::{Actor, once};
use crate::state::Shared;

/// A cohort.
#[derive(Serialize, ToSchema)]
#[schema(as = Cohort)]
pub struct CohortJson {
    id: String,
    name: String,
    starts_on: String,
    ends_on: String,
    zone: String,
    /// One's own: `learner`, `mentor`, `lead`; absent for who is no member.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<String>,
}

impl From<&Cohort> for CohortJson {
    fn from(cohort: &Cohort) -> Self {
        Self {
            id: cohort.public_id.to_string(),
            name: cohort.name.to_string(),
            starts_on: cohort.starts_on.to_string(),
            ends_on: cohort.ends_on.to_string(),
            zone: cohort.zone.name().to_owned(),
            standing: None,
        }
    }
}

impl From<ListedCohort> for CohortJson {
    fn from(listed: ListedCohort) -> Self {
        let standing = listed.own.map(|own| own.standing.word().to_owned());
        Self { standing, ..Self::from(&listed.cohort) }
    }
}

/// Name, dates and zone of a new cohort.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCohort {
    name: String,
    starts_on: String,
    ends_on: String,
    /// IANA time zone: session days end at its midnight.
    zone: String,
}

impl NewCohort {
    fn wish(self) -> Result<FrameWish, Error> {
        let (starts_on, ends_on) = (day("starts_on", &self.starts_on)?, day("ends_on", &self.ends_on)?);
        Ok(FrameWish { name: self.name, starts_on: Some(starts_on), ends_on: Some(ends_on), zone: self.zone })
    }
}

/// Days without sessions, both ends included.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = CohortHoliday)]
#[serde(deny_unknown_fields)]
pub struct HolidayJson {
    first: String,
    last: String,
    name: String,
}

/// A role that a cohort follows.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = CohortRole)]
#[serde(deny_unknown_fields)]
pub struct RoleJson {
    role: String,
    target_level: String,
    /// Members of any-N groups that the school fixes.
    #[serde(default)]
    chosen: Vec<String>,
}

/// A cohort with its set-up.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortSetUp)]
pub struct SetUpJson {
    #[serde(flatten)]
    cohort: CohortJson,
    /// `monday` to `sunday`.
    weekdays: Vec<String>,
    holidays: Vec<HolidayJson>,
    roles: Vec<RoleJson>,
    /// `publisher/name`.
    rule: String,
    /// What is held against the plan: `claimed` or `proven`.
    measure: String,
    /// Points by which a learner may miss the plan and is still on pace.
    band: u32,
    /// Session days after which a learner is silent.
    silent_after: Option<u32>,
    /// Days after which a waiting review is told.
    waiting_after: Option<u32>,
    /// Session days between both dates.
    sessions: u32,
    weeks: u32,
    /// Paths of learners who take part or rest with their target on the cohort’s last day: they move with it.
    paths_ending: usize,
    /// In the answer to a change: how many moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    paths_moved: Option<usize>,
}

impl SetUpJson {
    fn of(cohort: &Cohort, set_up: &SetUp, paths_ending: usize, paths_moved: Option<usize>) -> Self {
        let calendar = set_up.calendar(cohort);
        let holiday = |holiday: &Holiday| HolidayJson {
            first: holiday.first.to_string(),
            last: holiday.last.to_string(),
            name: holiday.name.clone(),
        };
        Self {
            cohort: cohort.into(),
            weekdays: set_up.weekdays.days().iter().map(|day| day.word().to_owned()).collect(),
            holidays: set_up.holidays.iter().map(holiday).collect(),
            roles: set_up
                .roles
                .iter()
                .map(|role| RoleJson {
                    role: role.role.clone(),
                    target_level: role.target_level.clone(),
                    chosen: role.chosen.iter().cloned().collect(),
                })
                .collect(),
            rule: set_up.rule.clone().into(),
            measure: set_up.measure.word().to_owned(),
            band: set_up.band / 100,
            silent_after: set_up.silent_after,
            waiting_after: set_up.waiting_after,
            sessions: calendar.length(),
            weeks: calendar.weeks(),
            paths_ending,
            paths_moved,
        }
    }
}

/// The whole set-up; what is absent gets the default.
#[derive(Deserialize, ToSchema)]
#[schema(as = CohortSetUpWish)]
#[serde(deny_unknown_fields)]
pub struct SetUpWish {
    name: String,
    starts_on: String,
    ends_on: String,
    zone: String,
    /// Monday to Friday where absent.
    weekdays: Option<Vec<String>>,
    #[serde(default)]
    holidays: Vec<HolidayJson>,
    roles: Vec<RoleJson>,
    rule: Option<String>,
    measure: Option<String>,
    /// Points, 1 to 50; 10 where absent.
    band: Option<u32>,
    /// Session days, 1 to 60; absent: nobody is silent.
    silent_after: Option<u32>,
    /// Days, 1 to 60; absent: never told.
    waiting_after: Option<u32>,
}

impl SetUpWish {
    fn wish(self) -> Result<Wish, Error> {
        let days = self.weekdays.map_or(Ok(Weekdays::WORKING.days()), |days| {
            days.iter().map(|day| word::<Weekday>("weekdays", day)).collect::<Result<Vec<_>, _>>()
        })?;
        let holiday = |holiday: HolidayJson| {
            Ok(Holiday { first: day("holidays", &holiday.first)?, last: day("holidays", &holiday.last)?, name: holiday.name })
        };
        Ok(Wish {
            frame: FrameWish {
                name: self.name,
                starts_on: Some(day("starts_on", &self.starts_on)?),
                ends_on: Some(day("ends_on", &self.ends_on)?),
                zone: self.zone,
            },
            weekdays: Weekdays::new(&days),
            holidays: self.holidays.into_iter().map(holiday).collect::<Result<_, Error>>()?,
            roles: self.roles.into_iter().map(|role| (role.role, role.target_level, role.chosen)).collect(),
            rule: self.rule.map_or(Ok(RuleChoice::BuiltIn), RuleChoice::try_from).map_err(|_| Error::field("rule", "rule_unknown"))?,
            measure: self.measure.map(|measure| word("measure", &measure)).transpose()?.unwrap_or_default(),
            band: self.band.map_or(SetUp::default().band, |points| points.saturating_mul(100)),
            silent_after: self.silent_after,
            waiting_after: self.waiting_after,
        })
    }
}

/// A day of a body.
pub(super) fn day(field: &'static str, text: &str) -> Result<Day, Error> {
    text.parse().map_err(|_| Error::field(field, "day_malformed"))
}

pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let items = cohorts::list(&state, &who).await?.into_iter().map(CohortJson::from).collect();
    Ok(ok(&Listed::whole(items)))
}

pub async fn create(state: Shared, request: HttpRequest, who: Admin, body: Json<NewCohort>) -> Result<HttpResponse, Error> {
    let draft = cohorts::draft(&state, &body.value.wish()?)?;
    let actor = Actor::new(&state, &request, Some(&who));
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        Ok(cohorts::keep(conn, &actor, &draft)?.map(|cohort| CohortJson::from(&cohort)))
    })
    .await
}

pub async fn copy(
    state: Shared,
    request: HttpRequest,
    who: Admin,
    at: web::Path<String>,
    body: Json<NewCohort>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    let draft = cohorts::draft_copy(&state, &opened, &body.value.wish()?).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        Ok(cohorts::keep(conn, &actor, &draft)?.map(|cohort| CohortJson::from(&cohort)))
    })
    .await
}

pub async fn show(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let Opened { cohort, set_up, .. } = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    let (id, last) = (cohort.id, cohort.ends_on);
    let ending = state.store.read(move |conn| store::cohorts::paths_ending_on(conn, id, last)).await?;
    Ok(ok(&SetUpJson::of(&cohort, &set_up, ending, None)))
}

pub async fn change(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<SetUpWish>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let (frame, set_up) = cohorts::check(&state, body.value.wish()?, &opened.set_up).await?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        let changed = cohorts::change(conn, &actor, &cohort, &frame, &set_up)?;
        let now = store::cohorts::by_id(conn, cohort.id)?;
        let ending = store::cohorts::paths_ending_on(conn, cohort.id, now.ends_on)?;
        Ok(changed.map(|moved| SetUpJson::of(&now, &set_up, ending, Some(moved))))
    })
    .await
}
