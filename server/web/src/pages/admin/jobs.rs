//! What the instance does for itself: each job with its schedule, how it went, and when it comes next.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use store::digests::OutboxCounts;
use store::system_jobs::SystemJob;

use crate::body::Query;
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::{Actor, upkeep};
use crate::state::Shared;
use crate::view::{View, page, see};

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct JobsPage {
    w: View,
    asked: bool,
    /// This server runs them too.
    enabled: bool,
    jobs: Vec<Job>,
    counts: OutboxCounts,
}

struct Job {
    name: String,
    what: String,
    expression: String,
    ran: Option<String>,
    took: Option<String>,
    next: Option<String>,
    failed: Option<String>,
    waits: bool,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<Done>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    let (jobs, counts) = upkeep::look(&state).await?;
    let disabled = state.instance.settings.iter().any(|setting| setting.key == "jobs.enabled" && setting.value == "false");
    let jobs = jobs.into_iter().map(|job| row(&w, job)).collect();
    page(&JobsPage { asked: query.0.done.is_some(), enabled: !disabled, jobs, counts, w })
}

/// POST: wishes that the job runs.
pub async fn ask(state: Shared, request: HttpRequest, who: Admin, job: web::Path<String>) -> Result<HttpResponse, Error> {
    upkeep::ask(&state, &Actor::new(&state, &request, Some(&who)), &job).await?;
    Ok(see(format!("{}?done=1", state.links.path("admin-jobs", &[]))))
}

fn row(w: &View, job: SystemJob) -> Job {
    let key = format!("job-{}", job.name);
    let record = job.record;
    Job {
        what: if w.lang.has(&key) { w.t(&key) } else { job.name.clone() },
        name: job.name,
        expression: record.expression,
        ran: record.ran_at.map(|at| w.moment(&at)),
        took: record.took_micros.map(|micros| w.t1("jobs-milliseconds", "count", micros / 1_000)),
        next: record.next_at.map(|at| w.moment(&at)),
        failed: record.failed_at.map(|at| w.moment(&at)),
        waits: job.asked_at.is_some(),
    }
}
