//! Readiness: both numbers, areas, every receipt, history, and how the card was made.

mod asked;
mod chart;
mod receipts;
mod what_if;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::path::areas;
use domain::scoring::RuleFailure;

use crate::base::query_value;
use crate::caller::{Signed, SignedIn};
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::pages::marks::{self, width_of};
use crate::services::paths::{self, OpenPath, level_name};
use crate::services::readiness::{self, Elsewhere, Origin, Readiness};
use crate::state::{Shared, State};
use crate::view::{View, page, page_again};

use asked::Asked;
pub(in crate::pages) use chart::hundredths;
use chart::{Chart, EventRow, SpanLink};
use receipts::Receipts;
use what_if::WhatIfPart;

#[derive(Template)]
#[template(path = "readiness.html")]
struct ReadinessPage {
    w: View,
    path: PublicId,
    /// The page's own address, for forms.
    here: String,
    eyebrow: String,
    title: String,
    notice: Option<Notice>,
    areas: Vec<AreaRow>,
    chart: Option<Chart>,
    spans: Vec<SpanLink>,
    events: Vec<EventRow>,
    forecast: Vec<String>,
    made: Made,
    also: Vec<Also>,
    what_if: WhatIfPart,
    asked: Asked,
    receipts: Receipts,
}

/// Why it is not the rule's own card of today.
pub struct Notice {
    pub what: String,
    pub why: String,
}

struct AreaRow {
    id: String,
    name: String,
    /// Pixels.
    height: u32,
    claimed_width: String,
    proven_width: String,
    claimed: String,
    proven: String,
    possible: String,
}

struct Made {
    rule: String,
    template: String,
    input: String,
    card: String,
    fuel: Option<u64>,
}

struct Also {
    id: String,
    /// The id for a query string.
    query: String,
    name: String,
    claimed: u32,
    proven: String,
    claimed_width: String,
    proven_width: String,
    shared: String,
    top: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = path.parse().map_err(|_| Error::NotThere("path"))?;
    let asked = Asked::read(request.query_string())?;
    let w = View::new(&state, &request, Some(who.0.clone()), "readiness");
    if asked.question.is_some() {
        // Seldom asked twice, and the answer may be that a field is wrong.
        let (shown, _) = filled(&state, w, &who, id, asked).await?;
        return if shown.what_if.errors.any() { page_again(&shown) } else { page(&shown) };
    }
    let make = async || {
        let (shown, open) = filled(&state, w.clone(), &who, id, asked.clone()).await?;
        Ok(Fresh::page(&shown)?.shows(&open))
    };
    Ask::page(&state, &request, &who, &w).or_make(make).await
}

async fn filled(state: &State, w: View, who: &Signed, id: PublicId, asked: Asked) -> Result<(ReadinessPage, OpenPath), Error> {
    let open = paths::open(state, who, id).await?;
    let readiness = readiness::of(state, &open).await?;
    let history = readiness::history(state, &open).await?;
    let also = readiness::elsewhere(state, &open, &[open.template.id().to_owned()]).await?;
    let pack_words = readiness::words_of(state, &readiness.score.rule).await?;

    let here = w.link1("readiness", open.path.public_id);
    let events = readiness::events(&open, &history, asked.span.from(open.today));
    let ahead = readiness::forecast(&open, &readiness.score, &history);
    let what_if = what_if::part(state, &w, &asked, &open, &readiness, &also).await?;
    let filled = ReadinessPage {
        path: open.path.public_id,
        eyebrow: w.t2(
            "readiness-eyebrow",
            "goal",
            w.lang.goal(&open.template.document.name, &level_name(&open.template, &open.path.target_level)),
            "day",
            w.lang.day(readiness.score.today),
        ),
        title: w.t2(
            "readiness-title",
            "claimed",
            readiness.score.claimed.readiness / 100,
            "proven",
            readiness.score.proven.readiness / 100,
        ),
        notice: notice(&w, &open, &readiness.origin),
        areas: area_rows(&w, &open, &readiness),
        chart: chart::chart(&w, &open, &history, &events, &ahead, asked.span),
        spans: chart::spans(&w, &here, &asked),
        events: chart::event_rows(state, &w, &open, &events),
        forecast: chart::sentences(&w, &ahead),
        made: made(&open, &readiness),
        also: also.iter().map(|other| also_row(&w, other)).collect(),
        what_if,
        receipts: receipts::receipts(&w, &here, &asked, &open, &readiness, pack_words.as_deref()),
        asked,
        here,
        w,
    };
    Ok((filled, open))
}

/// The navigation's entry: the oldest path's readiness, or the start of one.
pub async fn mine(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    super::path::to_first(&state, &who, "readiness").await
}

/// What a page says when the card is not the rule's own of today.
pub fn notice(w: &View, open: &OpenPath, origin: &Origin) -> Option<Notice> {
    let rule = String::from(open.path.rule.clone());
    // A rule that is away has not failed, and somebody has to bring it back.
    let why = |failure: &RuleFailure, key: &str| match failure.code.as_str() {
        "plugin_missing" => w.t1("readiness-rule-missing", "rule", &rule),
        code => w.t2(key, "rule", &rule, "code", code),
    };
    match origin {
        Origin::Current => None,
        Origin::Stale { day, failure } => {
            Some(Notice { what: w.t1("readiness-stale", "day", w.lang.day_long(*day)), why: why(failure, "readiness-stale-why") })
        }
        Origin::StandIn { failure } => Some(Notice { what: w.t("readiness-stand-in"), why: why(failure, "readiness-stand-in-why") }),
    }
}

fn area_rows(w: &View, open: &OpenPath, readiness: &Readiness) -> Vec<AreaRow> {
    let template = &open.template;
    areas(template, &readiness.score)
        .into_iter()
        .filter(|area| area.possible > 0)
        .map(|area| AreaRow {
            id: template.groups[area.group].id.clone(),
            name: template.groups[area.group].name.clone(),
            height: (460 * area.possible / 10_000).max(20),
            claimed_width: width_of(area.claimed, area.possible),
            proven_width: width_of(area.proven, area.possible),
            claimed: w.lang.points(area.claimed),
            proven: w.lang.points(area.proven),
            possible: w.lang.points(area.possible),
        })
        .collect()
}

fn made(open: &OpenPath, readiness: &Readiness) -> Made {
    let (score, template) = (&readiness.score, &open.template);
    Made {
        rule: score.rule.name.clone(),
        template: format!("{} {}", template.id(), template.version()),
        input: short(&score.input_hash),
        card: short(&score.card_hash),
        fuel: score.fuel,
    }
}

fn short(hash: &str) -> String {
    if hash.len() > 12 { format!("{}…{}", &hash[..4], &hash[hash.len() - 4..]) } else { hash.to_owned() }
}

fn also_row(w: &View, other: &Elsewhere) -> Also {
    let ready = &other.ready;
    let names: Vec<&str> = ready.top.iter().take(3).map(|&index| other.template.requirements[index].name.as_str()).collect();
    Also {
        id: other.role.clone(),
        query: query_value(&other.role),
        name: other.template.document.name.clone(),
        claimed: ready.claimed / 100,
        proven: w.t1("also-proven", "proven", ready.proven / 100),
        claimed_width: marks::width(ready.claimed),
        proven_width: marks::width(ready.proven),
        shared: w.t1("also-shared", "count", ready.shared),
        top: (!names.is_empty()).then(|| w.t1("also-top", "names", names.join(", "))),
    }
}
