//! The plan: a week for each part of a role, by week or by area, as one form.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{Curve, PartKey};
use domain::ids::PublicId;
use serde::Deserialize;

use super::{Top, id};
use crate::base::query_value;
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{self, Opened, PlanOf};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "cohorts/plan.html")]
struct PlanPage {
    w: View,
    top: Top,
    errors: FormErrors,
    done: bool,
    /// None: the cohort follows no role yet.
    role: Option<Shown>,
    roles: Vec<(String, String, bool)>,
}

struct Shown {
    id: String,
    name: String,
    weeks: Vec<Week>,
    last: u32,
}

struct Week {
    number: u32,
    dates: String,
    sessions: String,
    /// What is asked once it is over, of the whole.
    sum: String,
    parts: Vec<PartRow>,
}

struct PartRow {
    /// The field of the form.
    field: String,
    name: String,
    /// Of a requirement: where the cohort stands in it.
    link: Option<String>,
    area: String,
    points: String,
    hours: String,
    week: String,
    suggested: Option<String>,
}

#[derive(Deserialize)]
pub struct PlanQuery {
    role: Option<String>,
    done: Option<String>,
}

/// The field of a part: `requirement.ID` or `group.ID`.
fn field(key: &PartKey) -> String {
    format!("{}.{}", if key.is_group { "group" } else { "requirement" }, key.id)
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<PlanQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let mut shown = filled(&state, &request, &who, &opened, query.0.role.as_deref(), None).await?;
    shown.done = query.0.done.is_some();
    page(&shown)
}

pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let role = form.text("role");
    let plan = cohorts::plan(&state, &opened, role.as_deref()).await?;
    let actor = Actor::new(&state, &request, Some(&who));
    let done = match wished(&form, &plan) {
        Err(error) => Err(error),
        Ok(weeks) => {
            let cohort = opened.cohort.clone();
            state.store.write(move |conn| cohorts::put_plan(conn, &actor, &cohort, &plan, &weeks)).await?
        }
    };
    match done {
        Ok(()) => {
            let role = role.map(|role| format!("&role={}", query_value(&role))).unwrap_or_default();
            Ok(see(format!("{}?done=1{role}", state.links.path("cohort-plan", &[&at]))))
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&PlanPage { errors, ..filled(&state, &request, &who, &opened, role.as_deref(), Some(&form)).await? })
        }
    }
}

/// The weeks of the form; an empty field follows the suggestion, and "as suggested" empties all.
fn wished(form: &Form, plan: &PlanOf) -> Result<BTreeMap<PartKey, u32>, Error> {
    if form.has("reset") {
        return Ok(BTreeMap::new());
    }
    let mut weeks = BTreeMap::new();
    for planned in &plan.parts {
        let key = planned.part.key(&plan.template);
        if let Some(text) = form.text(&field(&key)) {
            weeks.insert(key, text.parse().map_err(|_| Error::field("parts", "week_out_of_range"))?);
        }
    }
    Ok(weeks)
}

async fn filled(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    opened: &Opened,
    role: Option<&str>,
    typed: Option<&Form>,
) -> Result<PlanPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let mut roles = Vec::new();
    for own in &opened.set_up.roles {
        let template = state.template(own.revision).await?;
        let link = format!("{}?role={}", w.link1("cohort-plan", opened.cohort.public_id), query_value(&own.role));
        roles.push((link, template.document.name.clone(), role.is_none_or(|role| role == own.role)));
    }
    if role.is_none() {
        roles.iter_mut().skip(1).for_each(|role| role.2 = false);
    }
    let shown = if opened.set_up.roles.is_empty() {
        None
    } else {
        Some(shown(&w, opened.cohort.public_id, &cohorts::plan(state, opened, role).await?, typed))
    };
    Ok(PlanPage { errors: FormErrors::default(), done: false, role: shown, roles, top: Top::new(&w, opened, "plan"), w })
}

fn shown(w: &View, cohort: PublicId, plan: &PlanOf, typed: Option<&Form>) -> Shown {
    let (calendar, template) = (&plan.calendar, &plan.template);
    let part = |planned: &domain::cohort::Planned| {
        let key = planned.part.key(template);
        let name = field(&key);
        PartRow {
            name: planned.part.name(template).to_owned(),
            link: (!key.is_group)
                .then(|| format!("{}?role={}", w.link2("cohort-requirement", cohort, &key.id), query_value(&plan.role.role))),
            area: template.groups[planned.part.area(template)].name.clone(),
            points: w.lang.points(planned.points),
            hours: w.lang.hours(planned.hours),
            week: typed.map_or_else(|| planned.week.to_string(), |form| form.raw(&name).to_owned()),
            suggested: (planned.week != planned.suggested).then(|| w.t1("cohort-suggested", "week", planned.suggested)),
            field: name,
        }
    };
    let curve = Curve::new(&plan.parts, calendar);
    let week = |number: u32| {
        let (first, last) = calendar.week(number);
        let reached = calendar.sessions_through(number).max(1);
        Week {
            number,
            dates: w.t2("cohort-dates", "first", w.lang.day_short(first), "last", w.lang.day_short(last)),
            sessions: w.t1("cohort-sessions", "sessions", calendar.sessions(first, last)),
            sum: w.t1("cohort-asked-by-then", "points", w.lang.readiness(curve.at(reached))),
            parts: plan.parts.iter().filter(|planned| planned.week == number).map(part).collect(),
        }
    };
    Shown {
        id: plan.role.role.clone(),
        name: template.document.name.clone(),
        weeks: (1..=calendar.weeks()).map(week).collect(),
        last: calendar.weeks(),
    }
}
