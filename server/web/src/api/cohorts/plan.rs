//! The plan of a role.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::PartKey;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{id, ok};
use crate::body::{Json, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, PlanOf};
use crate::services::{Actor, once};
use crate::state::Shared;

/// Which role.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct RoleQuery {
    /// Absent: the cohort's first.
    pub(super) role: Option<String>,
}

/// A plan, by week.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortPlan)]
pub struct PlanJson {
    role: String,
    weeks: Vec<WeekJson>,
    parts: Vec<PartJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CohortWeek)]
pub struct WeekJson {
    week: u32,
    first: String,
    last: String,
    sessions: u32,
}

/// A requirement, or an any-N group as a whole.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedPart)]
pub struct PartJson {
    /// `requirement` or `group`.
    kind: &'static str,
    id: String,
    name: String,
    week: u32,
    suggested: u32,
    /// Basis points of the whole.
    points: u32,
    hours: u32,
}

/// Weeks that the school chooses.
#[derive(Deserialize, ToSchema)]
#[schema(as = CohortPlanWish)]
#[serde(deny_unknown_fields)]
pub struct PlanWish {
    /// Absent: the cohort's first.
    role: Option<String>,
    parts: Vec<WeekWish>,
}

#[derive(Deserialize, ToSchema)]
#[schema(as = PlannedWeek)]
#[serde(deny_unknown_fields)]
pub struct WeekWish {
    /// `requirement` or `group`.
    kind: String,
    id: String,
    week: u32,
}

fn plan_json(plan: &PlanOf) -> PlanJson {
    let part = |planned: &domain::cohort::Planned| {
        let key = planned.part.key(&plan.template);
        PartJson {
            kind: if key.is_group { "group" } else { "requirement" },
            name: planned.part.name(&plan.template).to_owned(),
            id: key.id,
            week: planned.week,
            suggested: planned.suggested,
            points: planned.points,
            hours: planned.hours,
        }
    };
    let week = |week: u32| {
        let (first, last) = plan.calendar.week(week);
        WeekJson { week, first: first.to_string(), last: last.to_string(), sessions: plan.calendar.sessions(first, last) }
    };
    PlanJson {
        role: plan.role.role.clone(),
        weeks: (1..=plan.calendar.weeks()).map(week).collect(),
        parts: plan.parts.iter().map(part).collect(),
    }
}

pub async fn show(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<RoleQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    Ok(ok(&plan_json(&cohorts::plan(&state, &opened, query.0.role.as_deref()).await?)))
}

pub async fn change(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<PlanWish>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let plan = cohorts::plan(&state, &opened, body.value.role.as_deref()).await?;
    let key = |wish: WeekWish| match wish.kind.as_str() {
        "group" | "requirement" => Ok((PartKey { is_group: wish.kind == "group", id: wish.id }, wish.week)),
        _ => Err(Error::field("parts", "field_malformed")),
    };
    let weeks: BTreeMap<PartKey, u32> = body.value.parts.into_iter().map(key).collect::<Result<_, _>>()?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::NO_CONTENT, move |conn| {
        cohorts::put_plan(conn, &actor, &cohort, &plan, &weeks)
    })
    .await
}
