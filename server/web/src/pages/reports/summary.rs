//! A sponsor's page, behind the secret of a link: a learner or a cohort as of today, without an account, without a word that
//! anybody wrote.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::suppress::Told;
use domain::cohort::{Cell, Measure};

use crate::errors::Error;
use crate::pages::cohorts::pace_words;
use crate::pages::marks;
use crate::services::Actor;
use crate::services::summaries::{self, OfCohort, OfLearner, Shown};
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "reports/summary.html")]
struct SummaryPage {
    w: View,
    /// Whom it is for.
    label: String,
    until: String,
    shown: Option<Filled>,
    /// Why nothing is shown.
    why: String,
}

struct Filled {
    title: String,
    lede: String,
    as_of: String,
    claimed: String,
    proven: String,
    /// By word; of a cohort, how many there are of each.
    pace: Option<String>,
    areas: Vec<AreaRow>,
    /// Title and rows of what is counted.
    counts: Vec<(String, Vec<(String, String)>)>,
    hint: String,
}

struct AreaRow {
    name: String,
    claimed: u32,
    proven: u32,
    claimed_width: String,
    proven_width: String,
}

pub async fn show(state: Shared, request: HttpRequest, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    let (link, shown) = summaries::shown(&state, &Actor::new(&state, &request, None), &secret).await?;
    let w = View::new(&state, &request, None, "");
    let (shown, why) = match shown {
        Shown::Waits => (None, w.t("summary-waits-why")),
        Shown::TooFew => (None, w.t("summary-too-few")),
        Shown::Learner(of) => (Some(learner(&w, &of)), String::new()),
        Shown::Cohort(of) => (Some(cohort(&w, &of)), String::new()),
    };
    let filled = SummaryPage {
        label: link.terms.label.to_string(),
        // Nobody knows the reader's zone.
        until: format!("{} UTC", w.moment(&link.terms.expires_at)),
        shown,
        why,
        w,
    };
    Ok(private(page(&filled)?))
}

/// Kept by nobody on the way, found by no search engine.
pub(crate) fn private(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

fn area(name: String, cell: Cell) -> AreaRow {
    AreaRow {
        name,
        claimed: cell.claimed,
        proven: cell.proven,
        claimed_width: marks::width_of(cell.claimed, 100),
        proven_width: marks::width_of(cell.proven, 100),
    }
}

fn learner(w: &View, of: &OfLearner) -> Filled {
    let entries: Vec<(String, String)> =
        of.entries.iter().map(|(trust, number)| (marks::trust_words(w, Some(*trust)), number.to_string())).collect();
    Filled {
        title: of.name.clone(),
        lede: of.goal.as_ref().map_or_else(|| w.t("summary-no-path"), |(role, level)| w.lang.goal(role, level)),
        as_of: w.t1("report-printed", "day", w.lang.day_long(of.today)),
        claimed: w.lang.readiness(of.claimed),
        proven: w.lang.readiness(of.proven),
        pace: Some(pace_words(w, &of.why)),
        areas: of.areas.iter().map(|(name, cell)| area(name.clone(), *cell)).collect(),
        counts: vec![(w.t("summary-entries"), entries)],
        hint: w.t("summary-learner-hint"),
    }
}

fn cohort(w: &View, of: &OfCohort) -> Filled {
    let counted = |told: &Told, words: &dyn Fn(&str) -> String| -> Vec<(String, String)> {
        let count = |count: Option<usize>| count.map_or_else(|| w.t("summary-not-told"), |count| count.to_string());
        told.kinds.iter().zip(&told.counts).map(|(kind, number)| (words(kind), count(*number))).collect()
    };
    let measured = match of.measure {
        Measure::Claimed => "summary-bands-claimed",
        Measure::Proven => "summary-bands-proven",
    };
    let cells = of.columns.iter().zip(&of.together.areas);
    Filled {
        title: of.name.clone(),
        lede: w.t2("summary-cohort-lede", "role", &of.role, "learners", of.together.learners),
        as_of: w.t1("report-printed", "day", w.lang.day_long(of.today)),
        claimed: w.lang.readiness(of.together.claimed),
        proven: w.lang.readiness(of.together.proven),
        pace: None,
        areas: cells.filter_map(|(name, cell)| Some(area(name.clone(), (*cell)?))).collect(),
        counts: vec![
            (w.t("summary-paces"), counted(&of.together.pace, &|pace| w.t(&format!("cohort-pace-{pace}")))),
            (w.t(measured), counted(&of.together.readiness, &|band| w.t1("summary-band", "band", band.replace('-', "–")))),
        ],
        hint: w.t("summary-cohort-hint"),
    }
}
