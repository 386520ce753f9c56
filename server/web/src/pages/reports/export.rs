//! Reports as CSV: weeks for everybody who guides the cohort, counts and pseudonyms for its leads. Names of columns are for
//! programs: stable, in English.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use domain::cohort::{MemberState, Pace, ReportRow, Spread, board_csv};

use super::RoleQuery;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::id;
use crate::services::cohorts::{self, Published, Weeks};
use crate::state::Shared;

pub async fn weeks(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<RoleQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let report = cohorts::report(&state, &opened, query.0.role.as_deref(), Weeks::All).await?;
    let mut head: Vec<String> = ["week", "through", "is_over", "learners"].map(str::to_owned).to_vec();
    head.extend(MemberState::ALL.iter().map(|state| state.word().to_owned()));
    for measure in ["claimed", "proven"] {
        head.extend(["lowest", "lower_quartile", "median", "upper_quartile", "highest"].map(|part| format!("{measure}_{part}")));
    }
    head.extend(Pace::ALL.iter().map(|pace| format!("pace_{}", pace.word().replace('-', "_"))));
    let rest = ["recorded", "reviews_answered", "median_days_waited", "reviews_open", "expected"];
    head.extend(rest.map(str::to_owned));
    let rows = report.weeks.iter().map(|row| (row, true)).chain([(&report.now, false)]).zip(&report.expected);
    let rows: Vec<_> = rows.map(|((row, is_over), &expected)| line(row, is_over, expected)).collect();
    csv("report", &head, &rows)
}

fn line(row: &ReportRow, is_over: bool, expected: u32) -> Vec<String> {
    let points = |points: u32| format!("{}.{:02}", points / 100, points % 100);
    let mut line = vec![row.moment.week.to_string(), row.moment.through.to_string(), is_over.to_string(), row.learners().to_string()];
    line.extend(row.states.iter().map(|(_, number)| number.to_string()));
    for spread in [row.claimed, row.proven] {
        match spread {
            Some(Spread { lowest, lower, median, upper, highest }) => line.extend([lowest, lower, median, upper, highest].map(points)),
            None => line.extend(std::array::from_fn::<_, 5, _>(|_| String::new())),
        }
    }
    line.extend(row.paces.iter().map(|(_, number)| number.to_string()));
    let waited = row.waited.map(|days| days.to_string()).unwrap_or_default();
    line.extend([row.recorded.to_string(), row.answered.to_string(), waited, row.open.to_string(), points(expected)]);
    line
}

pub async fn counts(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<RoleQuery>) -> Result<HttpResponse, Error> {
    let published = published(&state, &who, &at, &query.0).await?;
    let head = ["week", "learners", "what", "kind", "count"].map(str::to_owned);
    let (week, learners) = (published.week.to_string(), published.pseudonyms.len().to_string());
    let rows = published.told.iter().flat_map(|told| {
        let kinds = told.kinds.iter().zip(&told.counts);
        kinds.map(|(kind, count)| {
            let count = count.map(|count| count.to_string()).unwrap_or_default();
            vec![week.clone(), learners.clone(), told.id.clone(), (*kind).to_owned(), count]
        })
    });
    csv("counts", &head, &rows.collect::<Vec<_>>())
}

pub async fn pseudonyms(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<RoleQuery>) -> Result<HttpResponse, Error> {
    let published = published(&state, &who, &at, &query.0).await?;
    let own = ["week", "pseudonym"].map(str::to_owned).into_iter();
    let head: Vec<String> = own.chain(published.told.iter().map(|told| told.id.clone())).collect();
    let rows = published.pseudonyms.iter().enumerate().map(|(place, pseudonym)| {
        let kinds = published.told.iter().map(|told| told.of.get(place).copied().flatten().unwrap_or_default().to_owned());
        [published.week.to_string(), pseudonym.clone()].into_iter().chain(kinds).collect::<Vec<_>>()
    });
    csv("pseudonyms", &head, &rows.collect::<Vec<_>>())
}

async fn published(state: &Shared, who: &SignedIn, at: &str, query: &RoleQuery) -> Result<Published, Error> {
    let opened = cohorts::open_as_lead(state, who, id(at)?).await?;
    cohorts::published(state, &opened, query.role.as_deref()).await
}

pub(super) fn csv(name: &str, head: &[String], rows: &[Vec<String>]) -> Result<HttpResponse, Error> {
    let text = board_csv(head, rows).map_err(Error::machine)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")))
        .body(text))
}
