//! One requirement across a cohort: who has proven it, who has claimed it, who has not begun.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::path::State as Standing;

use super::learner::RoleQuery;
use super::{Top, id};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::marks::Mark;
use crate::services::cohorts;
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "cohorts/requirement.html")]
struct RequirementPage {
    w: View,
    top: Top,
    name: String,
    area: String,
    level: String,
    planned: Option<String>,
    sums: Vec<(String, usize)>,
    rows: Vec<Row>,
}

struct Row {
    link: String,
    name: String,
    mark: Mark,
    claimed: u32,
    proven: u32,
    last: String,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    query: Query<RoleQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at.0)?).await?;
    let board = cohorts::board(&state, &opened, query.0.role.as_deref()).await?;
    let asked = cohorts::asked(&state, &opened, &board, &at.1).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let template = &asked.template;
    let requirement = &template.requirements[asked.requirement];
    let part = domain::cohort::part_of(template, asked.requirement);
    let planned = board.plan.iter().find(|planned| planned.part == part).map(|planned| {
        let (first, last) = board.calendar.week(planned.week);
        let dates = w.t2("cohort-dates", "first", w.lang.day_short(first), "last", w.lang.day_short(last));
        w.t2("cohort-planned", "week", planned.week, "dates", dates)
    });
    let today = w.today();
    let sums = Standing::ALL
        .iter()
        .map(|state| (crate::pages::marks::state_words(&w, *state), asked.rows.iter().filter(|row| row.standing.state == *state).count()))
        .filter(|(_, number)| *number > 0)
        .collect();
    let rows = asked
        .rows
        .iter()
        .map(|row| Row {
            link: w.link2("cohort-learner", opened.cohort.public_id, row.person),
            name: row.name.clone(),
            mark: Mark::new(&w, &row.standing),
            claimed: row.standing.claimed_share / 100,
            proven: row.standing.proven_share / 100,
            last: row.standing.last_evidence.map(|day| w.lang.day_near(day, today)).unwrap_or_default(),
        })
        .collect();
    page(&RequirementPage {
        name: requirement.name.clone(),
        area: template.groups[requirement.area].name.clone(),
        level: template.document.levels[requirement.level].name.clone(),
        planned,
        sums,
        rows,
        top: Top::new(&w, &opened, "board"),
        w,
    })
}
