//! The queue: what waits for a mentor, in one cohort or in all that they guide.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::mentoring::ItemKind;
use serde::Deserialize;

use super::{HoldView, hold_view, item_id};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::{Top, id};
use crate::services::mentoring::{self, Taking, Waiting};
use crate::state::Shared;
use crate::view::{View, page, see};

#[derive(Template)]
#[template(path = "mentoring/queue.html")]
struct QueuePage {
    w: View,
    /// The cohort; none for all that one guides.
    top: Option<Top>,
    waits: String,
    mine: Vec<Row>,
    others: Vec<Row>,
    /// What was just done.
    done: Option<String>,
}

struct Row {
    id: PublicId,
    cohort: PublicId,
    cohort_name: String,
    learner: String,
    learner_link: String,
    kind: String,
    icon: &'static str,
    about: String,
    said: Option<String>,
    since: String,
    hold: HoldView,
    link: String,
    /// What one does about it, for this learner.
    act: String,
    act_named: String,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// Everywhere.
pub async fn mine(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let waiting = mentoring::everywhere(&state, &who).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    page(&filled(w, None, &waiting, query.0.done.as_deref()))
}

/// In one cohort.
pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    cohort: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&cohort)?).await?;
    let waiting = mentoring::of_cohort(&state, &who, &opened.cohort).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let top = Top::new(&w, &opened, "queue");
    page(&filled(w, Some(top), &waiting, query.0.done.as_deref()))
}

fn filled(w: View, top: Option<Top>, waiting: &[Waiting], done: Option<&str>) -> QueuePage {
    let done = match done {
        Some("accept") => Some(w.t("queue-accepted")),
        Some("return") => Some(w.t("queue-returned")),
        Some("help") => Some(w.t("queue-helped")),
        Some("undo") => Some(w.t("queue-undone")),
        Some("release") => Some(w.t("queue-released")),
        _ => None,
    };
    let rows = |is_mine: bool| waiting.iter().filter(|waiting| waiting.is_mine == is_mine).map(|waiting| row(&w, waiting)).collect();
    QueuePage { waits: w.t1("queue-waits", "number", waiting.len()), mine: rows(true), others: rows(false), done, top, w }
}

fn row(w: &View, waiting: &Waiting) -> Row {
    let cohort = waiting.cohort.public_id;
    let name = waiting.learner.name.as_str();
    let (icon, route, act) = match waiting.kind {
        ItemKind::Submission => ("i-review", "cohort-review", "queue-review"),
        ItemKind::Certificate => ("i-cert", "cohort-review", "queue-check"),
        ItemKind::Help => ("i-help", "cohort-help", "queue-answer"),
    };
    Row {
        id: waiting.id,
        cohort,
        cohort_name: waiting.cohort.name.to_string(),
        learner: name.to_owned(),
        learner_link: w.link2("cohort-learner", cohort, waiting.learner.public_id),
        kind: w.t(&format!("queue-kind-{}", waiting.kind)),
        icon,
        about: waiting.about.join(", "),
        said: waiting.said.clone(),
        since: w.t2(
            "queue-since",
            "day",
            w.lang.day_near(waiting.since.day_in(&w.zone()), w.today()),
            "days",
            (w.today().number() - waiting.since.day_in(&w.zone()).number()).max(0),
        ),
        hold: hold_view(w, waiting.hold, waiting.holder.as_deref()),
        link: w.link2(route, cohort, waiting.id),
        act: w.t(act),
        act_named: w.t1(&format!("{act}-named"), "name", name),
    }
}

/// POST: takes something up, and leads to it. Who has it already is told there.
pub async fn claim(state: Shared, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let (taking, kind) = Taking::of(&state, &who, &opened.cohort, item_id(&at.1)?).await?;
    match state.store.write(move |conn| taking.take(conn)).await {
        Ok(()) | Err(store::Error::Rule("claimed_by_another")) => {}
        Err(other) => return Err(other.into()),
    }
    let route = if kind == ItemKind::Help { "cohort-help" } else { "cohort-review" };
    Ok(see(state.links.path(route, &[&at.0, &at.1])))
}

/// POST: gives something back.
pub async fn release(state: Shared, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let (taking, _) = Taking::of(&state, &who, &opened.cohort, item_id(&at.1)?).await?;
    state.store.write(move |conn| taking.give_back(conn)).await?;
    Ok(see(format!("{}?done=release", state.links.path("cohort-queue", &[&at.0]))))
}
