//! The cohorts that one guides beside each other, in the same week of each and now; as a page and as CSV.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::cohort::Compared;
use domain::ids::PublicId;
use serde::Deserialize;

use super::export;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Beside};
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
    csv: String,
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

impl WeekQuery {
    /// What is no week counts as not said.
    fn week(&self) -> Option<u32> {
        self.week.as_deref().and_then(|week| week.parse().ok())
    }
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<WeekQuery>) -> Result<HttpResponse, Error> {
    let found = cohorts::comparison(&state, &who, query.0.week()).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let rows = found.rows.into_iter().map(|beside| Row {
        id: beside.cohort.public_id,
        name: beside.cohort.name.to_string(),
        role: beside.role.map(|(_, name)| name).unwrap_or_default(),
        then: beside.then.map(|then| figures(&w, &then)),
        now: figures(&w, &beside.now),
    });
    let csv = w.link("reports-csv");
    let csv = found.week.map_or_else(|| csv.clone(), |week| format!("{csv}?week={week}"));
    page(&ComparisonPage { week: found.week, last: found.last, rows: rows.collect(), csv, w })
}

/// Two lines a cohort, of the end of the week and of now; names of columns are for programs: stable, in English.
pub async fn csv(state: Shared, who: SignedIn, query: Query<WeekQuery>) -> Result<HttpResponse, Error> {
    let found = cohorts::comparison(&state, &who, query.0.week()).await?;
    let head = [
        "cohort",
        "name",
        "role",
        "starts_on",
        "ends_on",
        "moment",
        "week",
        "learners",
        "active",
        "claimed_median",
        "proven_median",
        "behind_share",
        "recorded_share",
        "median_days_waited",
        "dropped_share",
        "completed_share",
    ];
    let rows = found.rows.iter().flat_map(|beside| {
        let week = found.week.map(|week| week.to_string()).unwrap_or_default();
        let then = beside.then.as_ref().map(|then| line(beside, "then", week, then));
        then.into_iter().chain([line(beside, "now", String::new(), &beside.now)])
    });
    export::csv("cohorts", &head.map(str::to_owned), &rows.collect::<Vec<_>>())
}

fn line(beside: &Beside, moment: &str, week: String, of: &Compared) -> Vec<String> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let points = |points: Option<u32>| points.map(|points| format!("{}.{:02}", points / 100, points % 100)).unwrap_or_default();
    let cohort = &beside.cohort;
    vec![
        cohort.public_id.to_string(),
        cohort.name.to_string(),
        beside.role.as_ref().map(|(role, _)| role.clone()).unwrap_or_default(),
        cohort.starts_on.to_string(),
        cohort.ends_on.to_string(),
        moment.to_owned(),
        week,
        of.learners.to_string(),
        of.active.to_string(),
        points(of.claimed),
        points(of.proven),
        number(of.behind),
        number(of.recorded),
        number(of.waited),
        number(of.dropped),
        number(of.completed),
    ]
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
