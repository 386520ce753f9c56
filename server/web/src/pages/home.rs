//! Today: for each path the next three actions and where it stands; what lapses; what was recorded lately.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::ids::PublicId;
use domain::path::suggested;
use domain::time::Day;

use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::ledger::{EntryRow, rows};
use crate::pages::marks::width;
use crate::pages::readiness::{Notice, notice};
use crate::services::paths::{self, OpenPath, level_name};
use crate::services::{ledger, readiness};
use crate::state::{Shared, State};
use crate::view::{View, page};

/// How far ahead certificates that lapse are named, in days; the digest says the same.
const LAPSE_DAYS: i32 = 60;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    w: View,
    paths: Vec<PathCard>,
    lapsing: Vec<(String, String)>,
    recent: Vec<EntryRow>,
}

struct PathCard {
    id: PublicId,
    target: String,
    claimed: String,
    proven: String,
    bar: String,
    claimed_width: String,
    proven_width: String,
    next: Vec<Action>,
    notice: Option<Notice>,
}

struct Action {
    id: String,
    name: String,
    area: String,
    time: String,
    gain: String,
    why: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "home");
    let mut cards = Vec::new();
    let mut facts = Vec::new();
    for (path, _) in paths::list(&state, &who).await? {
        let open = paths::open(&state, &who, path.public_id).await?;
        cards.push(card(&state, &w, &open).await?);
        facts = open.facts;
    }
    let written = ledger::list(&state, who.account.id, None, None, 5).await?;
    if facts.is_empty() && !written.is_empty() {
        let id = who.account.id;
        facts = state.store.read(move |conn| store::ledger::facts(conn, id)).await?;
    }
    let recent = rows(&w, &state, &written, &facts);
    let lapsing = lapsing(&state, &w, &facts);
    page(&HomePage { w, paths: cards, lapsing, recent })
}

async fn card(state: &State, w: &View, open: &OpenPath) -> Result<PathCard, Error> {
    let readiness = readiness::of(state, open).await?;
    let words = readiness::words_of(state, &readiness.score.rule).await?;
    let (template, score) = (&open.template, &readiness.score);
    let goal = w.lang.goal(&template.document.name, &level_name(template, &open.path.target_level));
    let (claimed, proven) = (score.claimed.readiness, score.proven.readiness);
    Ok(PathCard {
        id: open.path.public_id,
        target: match open.path.target_day {
            Some(day) => w.t2("home-target-by", "goal", goal, "day", w.lang.day_near(day, open.today)),
            None => goal,
        },
        claimed: (claimed / 100).to_string(),
        proven: (proven / 100).to_string(),
        bar: w.t2("home-bar", "claimed", claimed / 100, "proven", proven / 100),
        claimed_width: width(claimed),
        proven_width: width(proven),
        next: suggested(template, score, &open.skipped())
            .into_iter()
            .take(3)
            .map(|step| Action {
                id: step.id.to_owned(),
                name: step.name.to_owned(),
                area: step.area.to_owned(),
                time: w.t1("home-about", "time", w.lang.hours(step.hours)),
                gain: w.lang.points_moved(i64::from(step.gain)),
                why: w.lang.reason(step.why, words.as_deref()),
            })
            .collect(),
        notice: notice(w, open, &readiness.origin),
    })
}

/// Certificates that stand and lapse soon or did lately, soonest first.
fn lapsing(state: &State, w: &View, facts: &[domain::ledger::Entry]) -> Vec<(String, String)> {
    let (catalogue, today) = (state.catalogue(), w.today());
    let mut found: Vec<(Day, String)> = domain::ledger::standing(facts)
        .into_iter()
        .filter_map(|entry| Some((entry.expires_on?, entry.held.first()?)))
        .filter(|(day, _)| *day <= today.plus(LAPSE_DAYS) && *day >= today.plus(-LAPSE_DAYS))
        .map(|(day, held)| (day, catalogue.get(&held.subject).map_or_else(|| held.subject.id.clone(), |document| document.name.clone())))
        .collect();
    found.sort();
    let words = |day: Day| w.t1(if day < today { "home-lapsed" } else { "home-lapses" }, "day", w.lang.day_near(day, today));
    found.into_iter().map(|(day, name)| (name, words(day))).collect()
}
