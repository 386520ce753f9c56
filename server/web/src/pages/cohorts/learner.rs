//! A mentor's page for a learner: where they stand and by which rule, receipts by area, what they cite, reviews. Read-only.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::path::{areas, list_rows};
use domain::review::RequestState;
use serde::Deserialize;

use super::{CellView, PaceView, Top, id, pace_view, person_id, seen};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::ledger::{EntryRow, rows};
use crate::pages::marks::Mark;
use crate::pages::mentoring::learner::MentorNotes;
use crate::services::cohorts::{self, LearnerPath};
use crate::services::paths::level_name;
use crate::state::{Shared, State};
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "cohorts/learner.html")]
struct LearnerPage {
    w: View,
    top: Top,
    id: PublicId,
    name: String,
    username: String,
    pace: PaceView,
    facts: Vec<(String, String)>,
    path: Option<PathView>,
    mentors: Option<MentorNotes>,
}

struct PathView {
    role: String,
    claimed: String,
    proven: String,
    areas: Vec<AreaView>,
    entries: Vec<EntryRow>,
    reviews: Vec<ReviewView>,
}

struct AreaView {
    name: String,
    cell: Option<CellView>,
    claimed: String,
    proven: String,
    possible: String,
    requirements: Vec<RequirementView>,
}

struct RequirementView {
    mark: Mark,
    name: String,
    link: String,
    points: String,
}

struct ReviewView {
    entry: u32,
    reviewer: String,
    what: String,
    comment: Option<String>,
}

#[derive(Deserialize)]
pub struct RoleQuery {
    pub role: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    query: Query<RoleQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at.0)?).await?;
    let found = cohorts::learner(&state, &who, &opened, person_id(&at.1)?, query.0.role.as_deref()).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let account = &found.member.account;
    let today = w.now.day_in(&account.zone);
    let mut facts = vec![(w.t("cohort-fact-seen"), seen(&w, found.last_active, today))];
    facts.push((w.t("cohort-fact-mentor"), found.mentor.unwrap_or_else(|| w.t("cohort-mentor-none"))));
    if let Some(day) = found.plan_ends {
        facts.push((w.t("cohort-fact-plan-ends"), w.lang.day_long(day)));
    }
    facts.push((w.t("cohort-fact-zone"), account.zone.name().to_owned()));
    page(&LearnerPage {
        id: account.public_id,
        name: account.name.to_string(),
        username: account.username.to_string(),
        pace: pace_view(&w, &found.why),
        facts,
        path: found.path.as_ref().map(|path| path_view(&w, &state, &opened.cohort.public_id, path)),
        mentors: MentorNotes::load(&state, &w, &who, &opened, &found.member).await?,
        top: Top::new(&w, &opened, "board"),
        w,
    })
}

fn path_view(w: &View, state: &State, cohort: &PublicId, of: &LearnerPath) -> PathView {
    let template = &of.template;
    let listed = list_rows(template, &of.standings, Some(&of.score));
    let mut by_area: HashMap<usize, Vec<RequirementView>> = HashMap::new();
    for row in listed.iter().filter(|row| row.possible > 0 || row.claimed > 0) {
        let requirement = &template.requirements[row.requirement];
        by_area.entry(requirement.area).or_default().push(RequirementView {
            mark: Mark::new(w, &row.standing),
            name: requirement.name.clone(),
            link: w.link2("cohort-requirement", cohort, &requirement.id),
            points: w.t2("cohort-points-of", "points", w.lang.points(row.claimed), "of", w.lang.points(row.possible)),
        });
    }
    let areas = areas(template, &of.score)
        .into_iter()
        .filter(|sum| sum.possible > 0)
        .map(|sum| AreaView {
            name: template.groups[sum.group].name.clone(),
            cell: domain::cohort::Cell::of(&sum).map(|cell| CellView::new(cell.claimed)),
            claimed: w.lang.points(sum.claimed),
            proven: w.lang.points(sum.proven),
            possible: w.lang.points(sum.possible),
            requirements: by_area.remove(&sum.group).unwrap_or_default(),
        })
        .collect();
    let mut entries = rows(w, state, &of.entries, &[], &[], None);
    for entry in &mut entries {
        // Not the mentor's to take back.
        entry.can_retract = false;
    }
    let review = |request: &store::reviews::Request| ReviewView {
        entry: request.entry,
        reviewer: match &request.answer {
            Some(answer) if request.is_for_mentors => answer.review.by.to_string(),
            None if request.is_for_mentors => w.t("mentoring-mentors"),
            _ => request.reviewer.to_string(),
        },
        what: match (request.state(w.now), &request.answer) {
            (_, Some(answer)) => w.t1("cohort-review-answered", "day", w.lang.day_long(answer.at.day_in(&w.zone()))),
            (RequestState::Open, None) => w.t1("cohort-review-waits", "day", w.lang.day_long(request.created_at.day_in(&w.zone()))),
            _ => w.t("cohort-review-over"),
        },
        comment: request.answer.as_ref().and_then(|answer| answer.review.comment.clone()),
    };
    PathView {
        role: w.lang.goal(&template.document.name, &level_name(template, &of.path.target_level)),
        claimed: w.lang.readiness(of.score.claimed.readiness),
        proven: w.lang.readiness(of.score.proven.readiness),
        areas,
        entries,
        reviews: of.reviews.iter().map(review).collect(),
    }
}
