//! For admins: system jobs, and settings of the instance.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use store::system_jobs::SystemJob;
use utoipa::ToSchema;

use crate::api::{Listed, nothing, ok};
use crate::body::{Json, Once};
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::instance::{self, InstanceWish};
use crate::services::{Actor, upkeep};
use crate::state::Shared;

/// A system job as a server noted it.
#[derive(Serialize, ToSchema)]
#[schema(as = Job)]
pub struct JobJson {
    name: String,
    /// Cron with seconds, in UTC.
    expression: String,
    next_at: Option<String>,
    ran_at: Option<String>,
    took_micros: Option<i64>,
    /// When it broke, if that was after it ran last; why stands in the log.
    failed_at: Option<String>,
    /// Since when it is wished to run.
    asked_at: Option<String>,
}

impl From<SystemJob> for JobJson {
    fn from(job: SystemJob) -> Self {
        let record = job.record;
        Self {
            name: job.name,
            expression: record.expression,
            next_at: record.next_at.map(|at| at.to_string()),
            ran_at: record.ran_at.map(|at| at.to_string()),
            took_micros: record.took_micros,
            failed_at: record.failed_at.map(|at| at.to_string()),
            asked_at: job.asked_at.map(|at| at.to_string()),
        }
    }
}

pub async fn jobs(state: Shared, _: Admin) -> Result<HttpResponse, Error> {
    let (jobs, _) = upkeep::look(&state).await?;
    Ok(ok(&Listed::whole(jobs.into_iter().map(JobJson::from).collect())))
}

/// Asking twice is asking once.
pub async fn run(state: Shared, request: HttpRequest, who: Admin, job: web::Path<String>, _: Once) -> Result<HttpResponse, Error> {
    upkeep::ask(&state, &Actor::new(&state, &request, Some(&who)), &job).await?;
    Ok(nothing())
}

/// What admins change while the server runs.
#[derive(Serialize, ToSchema)]
#[schema(as = InstanceSettings)]
pub struct SettingsJson {
    name: String,
    /// The file or variable that says the name; then it cannot be changed.
    name_set_by: Option<String>,
    /// What stands below the sign-in form; empty: Waymark's own words.
    notice: String,
}

pub async fn settings(state: Shared, _: Admin) -> Result<HttpResponse, Error> {
    let now = state.instance_now();
    let name_set_by = state.instance.source_of("instance.name").map(str::to_owned);
    Ok(ok(&SettingsJson { name: now.name.clone(), name_set_by, notice: now.notice.clone() }))
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    name: Option<String>,
    notice: Option<String>,
}

pub async fn change_settings(state: Shared, request: HttpRequest, who: Admin, body: Json<SettingsChange>) -> Result<HttpResponse, Error> {
    if body.value.name.is_some() && state.name_is_set() {
        return Err(Error::field("name", "set_by_configuration"));
    }
    let now = state.instance_now();
    let wish = InstanceWish {
        name: body.value.name.unwrap_or_else(|| now.name.clone()),
        notice: body.value.notice.unwrap_or_else(|| now.notice.clone()),
    };
    instance::set(&state, &Actor::new(&state, &request, Some(&who)), &wish).await?;
    Ok(nothing())
}
