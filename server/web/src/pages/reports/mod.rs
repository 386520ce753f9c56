//! Reports: a cohort week by week, cohorts beside each other, and what of them is handed on.

pub mod comparison;
mod drawing;
pub mod export;
pub mod summaries;
pub mod summary;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::suppress::FEWEST;
use domain::cohort::{MemberState, Pace, ReportRow, Spread};
use serde::Deserialize;

use crate::base::query_value;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::{Top, id};
use crate::services::cohorts::{self, Weeks};
use crate::state::Shared;
use crate::view::{View, page};

use drawing::Drawing;

#[derive(Template)]
#[template(path = "reports/cohort.html")]
struct ReportPage {
    w: View,
    top: Top,
    /// Other roles of the cohort, with their links.
    roles: Vec<(String, String, bool)>,
    role: Option<String>,
    printed: String,
    drawing: Option<Drawing>,
    rows: Vec<RowView>,
    stand_ins: Option<String>,
    links: Links,
}

/// What is handed on; pseudonyms are for leads.
struct Links {
    csv: String,
    json: String,
    pseudonymous: Option<[String; 3]>,
    summaries: Option<String>,
}

struct RowView {
    week: String,
    dates: String,
    learners: String,
    /// Those who do not take part.
    rest: String,
    claimed: Option<SpreadView>,
    proven: Option<SpreadView>,
    paces: Vec<String>,
    recorded: String,
    answered: String,
    open: String,
}

struct SpreadView {
    median: String,
    /// From quartile to quartile, and from the lowest to the highest.
    middle: String,
    whole: String,
}

#[derive(Deserialize)]
pub struct RoleQuery {
    pub(super) role: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<RoleQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let report = cohorts::report(&state, &opened, query.0.role.as_deref(), Weeks::All).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let mut roles = Vec::new();
    let shown = report.role.as_ref().map(|(role, _)| role.as_str());
    for role in &opened.set_up.roles {
        let name = state.template(role.revision).await?.document.name.clone();
        let link = format!("{}?role={}", w.link1("cohort-report", opened.cohort.public_id), query_value(&role.role));
        roles.push((link, name, shown == Some(role.role.as_str())));
    }
    let cohort = opened.cohort.public_id;
    let of_role = |link: String| match &query.0.role {
        Some(role) => format!("{link}?role={}", query_value(role)),
        None => link,
    };
    let rows = report.weeks.iter().map(|row| row_view(&w, row, false)).chain([row_view(&w, &report.now, true)]);
    page(&ReportPage {
        roles,
        role: report.role.as_ref().map(|(_, name)| name.clone()),
        printed: w.t1("report-printed", "day", w.lang.day_long(w.today())),
        drawing: drawing::drawing(&w, &report),
        rows: rows.collect(),
        stand_ins: (report.stand_ins > 0).then(|| w.t1("cohort-stand-ins", "number", report.stand_ins)),
        links: Links {
            csv: of_role(w.link1("cohort-report-csv", cohort)),
            json: of_role(w.link1("api-cohort-report", cohort)),
            // Of fewer nothing is handed on.
            pseudonymous: (opened.sees_as_lead && report.followers >= FEWEST).then(|| {
                ["cohort-counts-csv", "cohort-pseudonyms-csv", "api-cohort-pseudonymous"].map(|link| of_role(w.link1(link, cohort)))
            }),
            summaries: opened.sees_as_lead.then(|| w.link1("cohort-summaries", cohort)),
        },
        top: Top::new(&w, &opened, "report"),
        w,
    })
}

fn row_view(w: &View, row: &ReportRow, is_now: bool) -> RowView {
    let moment = row.moment;
    let rest = [MemberState::Paused, MemberState::Dropped, MemberState::Completed].into_iter().filter_map(|state| {
        let number = row.of_state(state);
        (number > 0).then(|| w.t2("report-number-of", "number", number, "what", w.t(&format!("cohort-state-{state}"))))
    });
    let paces = row.paces.iter().filter(|(pace, number)| *number > 0 && *pace != Pace::Resting);
    RowView {
        week: if is_now { w.t("report-now") } else { w.t1("cohort-plan-week-number", "week", moment.week) },
        dates: if is_now {
            w.lang.day_short(moment.through.plus(1))
        } else if moment.first == moment.through {
            w.lang.day_short(moment.first)
        } else {
            w.t2("cohort-dates", "first", w.lang.day_short(moment.first), "last", w.lang.day_short(moment.through))
        },
        learners: w.t2("report-active", "active", row.of_state(MemberState::Active), "of", row.learners()),
        rest: rest.collect::<Vec<_>>().join(", "),
        claimed: row.claimed.map(|spread| spread_view(w, spread)),
        proven: row.proven.map(|spread| spread_view(w, spread)),
        paces: paces
            .map(|(pace, number)| w.t2("report-number-of", "number", *number, "what", w.t(&format!("cohort-pace-{pace}"))))
            .collect(),
        recorded: w.t2("report-of", "number", row.recorded, "of", row.of_state(MemberState::Active)),
        answered: match row.waited {
            Some(days) => w.t2("report-answered", "number", row.answered, "days", days),
            None => w.t("report-answered-none"),
        },
        open: if row.open > 0 { w.t1("report-open", "number", row.open) } else { String::new() },
    }
}

fn spread_view(w: &View, spread: Spread) -> SpreadView {
    let range = |low: u32, high: u32| w.t2("report-range", "low", w.lang.readiness(low), "high", w.lang.readiness(high));
    SpreadView {
        median: w.lang.readiness(spread.median),
        middle: range(spread.lower, spread.upper),
        whole: range(spread.lowest, spread.highest),
    }
}
