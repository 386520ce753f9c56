//! Alerts of a cohort, for its leads.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::cohort::AlertSettings;
use serde::{Deserialize, Serialize};
use store::cohorts::Alert;
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, cursor, id, ok, read_cursor};
use crate::body::{Json, Once, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::{Actor, cohorts, once};
use crate::state::Shared;

/// What is switched on; a kind without a figure is off.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = AlertSettings)]
#[serde(deny_unknown_fields)]
pub struct AlertSettingsJson {
    /// Session days without anything recorded, 1 to 60.
    silent: Option<u32>,
    /// Points below the plan, 1 to 100.
    behind: Option<u32>,
    /// Days that something waits for a review, 1 to 60.
    waiting: Option<u32>,
    /// Days before the end of a certificate, 1 to 180.
    lapsing: Option<u32>,
    /// Days after an alert in which no other one of its kind is raised about the same learner, 1 to 90; 7 where absent.
    quiet: Option<u32>,
}

impl AlertSettingsJson {
    fn of(settings: &AlertSettings) -> Self {
        let AlertSettings { silent, behind, waiting, lapsing, quiet } = *settings;
        Self { silent, behind: behind.map(|points| points / 100), waiting, lapsing, quiet: Some(quiet) }
    }

    fn settings(&self) -> Result<AlertSettings, Error> {
        let settings = AlertSettings {
            silent: self.silent,
            behind: self.behind.map(|points| points.saturating_mul(100)),
            waiting: self.waiting,
            lapsing: self.lapsing,
            quiet: self.quiet.unwrap_or(AlertSettings::default().quiet),
        };
        Ok(settings.checked()?)
    }
}

/// An alert about a learner.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortAlert)]
pub struct AlertJson {
    id: String,
    /// Id of the learner.
    person: String,
    name: String,
    /// `silent`, `behind`, `waiting`, `lapsing`.
    kind: &'static str,
    /// Session days, basis points, days that it has waited, days that are left: when it was raised.
    figure: u32,
    /// The first silent day, the day on which it was seen, since when it waits, the certificate's last day.
    day: String,
    /// The cohort's day.
    raised_on: String,
    /// Since when it does not hold any more.
    over_on: Option<String>,
    dismissed_at: Option<String>,
}

impl From<&Alert> for AlertJson {
    fn from(alert: &Alert) -> Self {
        Self {
            id: alert.public_id.to_string(),
            person: alert.account.public_id.to_string(),
            name: alert.account.name.to_string(),
            kind: alert.event.kind.word(),
            figure: alert.event.figure,
            day: alert.event.day.to_string(),
            raised_on: alert.raised_on.to_string(),
            over_on: alert.over_on.map(|day| day.to_string()),
            dismissed_at: alert.dismissed_at.map(|at| at.to_string()),
        }
    }
}

/// Which alerts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AlertQuery {
    /// `true`: those that are over or were put away too.
    all: Option<bool>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<i64>,
}

pub async fn list(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<AlertQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    let AlertQuery { all, cursor: begin, limit } = query.0;
    let after = begin.as_deref().map(read_cursor).transpose()?;
    let found = cohorts::alerts(&state, &opened, !all.unwrap_or(false), after, limit.unwrap_or(50).clamp(1, 200)).await?;
    Ok(ok(&Listed { items: found.alerts.iter().map(AlertJson::from).collect(), next: found.next.map(cursor) }))
}

pub async fn dismiss(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    body: Once,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0, "cohort")?).await?;
    let alert = id(&at.1, "alert")?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body, StatusCode::OK, move |conn| {
        Ok(cohorts::dismiss(conn, &actor, &cohort, alert)?.map(|alert| AlertJson::from(&alert)))
    })
    .await
}

pub async fn settings(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    Ok(ok(&AlertSettingsJson::of(&cohorts::alert_settings(&state, &opened).await?)))
}

pub async fn change(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    body: Json<AlertSettingsJson>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let settings = body.value.settings()?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| {
        Ok(cohorts::change_alerts(conn, &actor, &cohort, &settings)?.map(|()| AlertSettingsJson::of(&settings)))
    })
    .await
}
