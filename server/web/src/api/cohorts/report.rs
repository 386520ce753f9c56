//! Reports: a cohort week by week, cohorts beside each other, and learners under pseudonyms.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use domain::cohort::{Compared, ReportRow, Spread};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::plan::RoleQuery;
use crate::api::{id, ok};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Beside, Weeks};
use crate::state::Shared;

/// A cohort over time. Every week is told from what was recorded by its end, against today's role, plan and terms.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortReport)]
pub struct ReportJson {
    role: Option<String>,
    /// Weeks that are over, oldest first.
    weeks: Vec<ReportRowJson>,
    now: ReportRowJson,
}

/// A cohort at one moment.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortReportRow)]
pub struct ReportRowJson {
    /// From 1.
    week: u32,
    /// First day of the week.
    first: String,
    /// The last day that was over.
    through: String,
    learners: usize,
    /// How many were `active`, `paused`, `dropped`, `completed`.
    #[schema(value_type = std::collections::HashMap<String, usize>)]
    states: BTreeMap<String, usize>,
    /// How many were `silent`, `behind`, `waiting`, `on-pace`, `ahead`, `resting`.
    #[schema(value_type = std::collections::HashMap<String, usize>)]
    paces: BTreeMap<String, usize>,
    /// Of active learners with a path.
    claimed: Option<SpreadJson>,
    proven: Option<SpreadJson>,
    /// Basis points that the plan asked of a learner without terms of their own.
    expected: u32,
    /// Active learners who recorded something in the week that the cohort sees.
    recorded: usize,
    /// Reviews answered in the week, and the median of the days that they waited.
    reviews_answered: usize,
    median_days_waited: Option<u32>,
    reviews_open: usize,
}

/// Basis points; quartiles are values that somebody has (Hyndman and Fan, definition 1).
#[derive(Serialize, ToSchema)]
#[schema(as = Spread)]
pub struct SpreadJson {
    lowest: u32,
    lower_quartile: u32,
    median: u32,
    upper_quartile: u32,
    highest: u32,
}

impl From<Spread> for SpreadJson {
    fn from(spread: Spread) -> Self {
        let Spread { lowest, lower, median, upper, highest } = spread;
        Self { lowest, lower_quartile: lower, median, upper_quartile: upper, highest }
    }
}

fn row_json(row: &ReportRow, expected: u32) -> ReportRowJson {
    ReportRowJson {
        week: row.moment.week,
        first: row.moment.first.to_string(),
        through: row.moment.through.to_string(),
        learners: row.learners(),
        states: row.states.iter().map(|(state, number)| (state.word().to_owned(), *number)).collect(),
        paces: row.paces.iter().map(|(pace, number)| (pace.word().to_owned(), *number)).collect(),
        claimed: row.claimed.map(SpreadJson::from),
        proven: row.proven.map(SpreadJson::from),
        expected,
        recorded: row.recorded,
        reviews_answered: row.answered,
        median_days_waited: row.waited,
        reviews_open: row.open,
    }
}

pub async fn show(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<RoleQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    let report = cohorts::report(&state, &opened, query.0.role.as_deref(), Weeks::All).await?;
    Ok(ok(&ReportJson {
        weeks: report.weeks.iter().zip(&report.expected).map(|(row, &expected)| row_json(row, expected)).collect(),
        now: row_json(&report.now, report.expected.last().copied().unwrap_or_default()),
        role: report.role.map(|(role, _)| role),
    }))
}

/// Which week.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct WeekQuery {
    /// Absent, or none that is over anywhere: the last that all cohorts that have begun have behind them.
    week: Option<u32>,
}

/// Cohorts beside each other.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortComparison)]
pub struct ComparisonJson {
    /// The week of each cohort that `then` is about.
    week: Option<u32>,
    /// Those that begin latest first.
    items: Vec<BesideJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ComparedCohort)]
pub struct BesideJson {
    /// Public id of the cohort.
    id: String,
    name: String,
    /// Id of the role that it is measured against: its first; null while it follows none.
    role: Option<String>,
    starts_on: String,
    ends_on: String,
    /// At the end of the week; null where it is not over there.
    then: Option<FiguresJson>,
    now: FiguresJson,
}

/// Shares are per cent, rounded down, medians basis points; null of none.
#[derive(Serialize, ToSchema)]
#[schema(as = ComparedFigures)]
pub struct FiguresJson {
    learners: usize,
    active: usize,
    dropped_share: Option<u32>,
    completed_share: Option<u32>,
    claimed_median: Option<u32>,
    proven_median: Option<u32>,
    /// Behind or silent, of the active ones.
    behind_share: Option<u32>,
    /// Recorded something in the week, of the active ones.
    recorded_share: Option<u32>,
    /// Of all reviews answered so far.
    median_days_waited: Option<u32>,
}

impl From<Compared> for FiguresJson {
    fn from(of: Compared) -> Self {
        Self {
            learners: of.learners,
            active: of.active,
            dropped_share: of.dropped,
            completed_share: of.completed,
            claimed_median: of.claimed,
            proven_median: of.proven,
            behind_share: of.behind,
            recorded_share: of.recorded,
            median_days_waited: of.waited,
        }
    }
}

pub async fn comparison(state: Shared, who: SignedIn, query: Query<WeekQuery>) -> Result<HttpResponse, Error> {
    let found = cohorts::comparison(&state, &who, query.0.week).await?;
    let beside = |beside: Beside| BesideJson {
        id: beside.cohort.public_id.to_string(),
        name: beside.cohort.name.to_string(),
        role: beside.role.map(|(role, _)| role),
        starts_on: beside.cohort.starts_on.to_string(),
        ends_on: beside.cohort.ends_on.to_string(),
        then: beside.then.map(FiguresJson::from),
        now: beside.now.into(),
    };
    Ok(ok(&ComparisonJson { week: found.week, items: found.rows.into_iter().map(beside).collect() }))
}

/// Learners under pseudonyms, and how many there are of each kind. What fewer than five share is null in both, and so is
/// another one where it could be worked out from the rest.
#[derive(Serialize, ToSchema)]
#[schema(as = PseudonymousCohort)]
pub struct PublishedJson {
    role: Option<String>,
    /// What readiness and areas are: `claimed` or `proven`.
    measure: String,
    /// As of which week of how many.
    week: u32,
    weeks: u32,
    learners: usize,
    counts: Vec<CountsJson>,
    rows: Vec<PseudonymJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PublishedCounts)]
pub struct CountsJson {
    /// `readiness`, `pace`, or `area_` with the id of an area.
    what: String,
    kinds: Vec<KindJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PublishedCount)]
pub struct KindJson {
    /// A band of per cent, or a pace.
    kind: &'static str,
    count: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PseudonymousLearner)]
pub struct PseudonymJson {
    pseudonym: String,
    /// By what the counts are called.
    #[schema(value_type = std::collections::HashMap<String, Option<String>>)]
    kinds: BTreeMap<String, Option<&'static str>>,
}

pub async fn pseudonymous(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<RoleQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at, "cohort")?).await?;
    let published = cohorts::published(&state, &opened, query.0.role.as_deref()).await?;
    let rows = published.pseudonyms.iter().enumerate().map(|(place, pseudonym)| PseudonymJson {
        pseudonym: pseudonym.clone(),
        kinds: published.told.iter().map(|told| (told.id.clone(), told.of.get(place).copied().flatten())).collect(),
    });
    Ok(ok(&PublishedJson {
        measure: published.measure.word().to_owned(),
        week: published.week,
        weeks: published.weeks,
        learners: published.pseudonyms.len(),
        counts: published
            .told
            .iter()
            .map(|told| CountsJson {
                what: told.id.clone(),
                kinds: told.kinds.iter().zip(&told.counts).map(|(kind, count)| KindJson { kind, count: *count }).collect(),
            })
            .collect(),
        rows: rows.collect(),
        role: published.role.clone(),
    }))
}
