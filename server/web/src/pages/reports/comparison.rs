//! The cohorts that one guides beside each other, in the same week of each and now.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::cohort::Compared;
use domain::ids::PublicId;
use serde::Deserialize;

use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts;
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "reports/comparison.html")]
struct ComparisonPage {
    w: View,
    week: Option<u32>,
    /// The last week that any of them has behind it.
    last: u32,
    rows: Vec<Row>,
}

struct Row {
    id: PublicId,
    name: String,
    role: String,
    /// At the end of the week, where it is over there.
    then: Option<Figures>,
    now: Figures,
}

struct Figures {
    learners: String,
    dropped: String,
    completed: String,
    claimed: String,
    proven: String,
    behind: String,
    recorded: String,
    waited: String,
}

#[derive(Deserialize)]
pub struct WeekQuery {
    week: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<WeekQuery>) -> Result<HttpResponse, Error> {
    // What is no week counts as not said.
    let week = query.0.week.and_then(|week| week.parse().ok());
    let found = cohorts::comparison(&state, &who, week).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let rows = found.rows.into_iter().map(|beside| Row {
        id: beside.cohort.public_id,
        name: beside.cohort.name.to_string(),
        role: beside.role.unwrap_or_default(),
        then: beside.then.map(|then| figures(&w, &then)),
        now: figures(&w, &beside.now),
    });
    page(&ComparisonPage { week: found.week, last: found.last, rows: rows.collect(), w })
}

fn figures(w: &View, of: &Compared) -> Figures {
    let share = |share: Option<u32>| share.map_or_else(|| w.t("report-nothing"), |share| w.t1("report-share", "share", share));
    let points = |points: Option<u32>| points.map_or_else(|| w.t("report-nothing"), |points| w.lang.readiness(points));
    Figures {
        learners: w.t2("report-active", "active", of.active, "of", of.learners),
        dropped: share(of.dropped),
        completed: share(of.completed),
        claimed: points(of.claimed),
        proven: points(of.proven),
        behind: share(of.behind),
        recorded: share(of.recorded),
        waited: of.waited.map_or_else(|| w.t("report-nothing"), |days| w.t1("report-days", "days", days)),
    }
}
