//! A cohort that ended: who completed and when, what became of them, and how ready they are, in numbers.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{LEAST_SHOWN, shown};

use super::{Top, id};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts;
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "cohorts/ended.html")]
struct EndedPage {
    w: View,
    top: Top,
    learners: String,
    states: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
    spread: Vec<(String, String)>,
    measure: String,
    completed: Vec<(String, String)>,
    /// What is said of small numbers, for who does not see them.
    hidden: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let found = cohorts::ended(&state, &opened).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let number = |number: usize| shown(number, found.sees_all).map_or_else(|| w.t("ended-few"), |number| number.to_string());
    let counted = &found.counted;
    let mut outcomes: Vec<(String, String)> =
        counted.outcomes.iter().map(|(kind, people)| (w.t(&format!("outcome-kind-{kind}")), number(*people))).collect();
    outcomes.push((w.t("ended-withheld"), number(counted.withheld)));
    page(&EndedPage {
        learners: w.t1("ended-learners", "learners", counted.learners),
        states: counted.states.iter().map(|(state, people)| (w.t(&format!("cohort-state-{state}")), number(*people))).collect(),
        outcomes,
        spread: counted
            .spread
            .iter()
            .enumerate()
            .map(|(step, people)| {
                let last = if step == 4 { 100 } else { step * 20 + 19 };
                (w.t2("ended-step", "first", step * 20, "last", last), number(*people))
            })
            .collect(),
        measure: w.t(&format!("cohort-measure-{}", found.measure)),
        completed: counted.completed.iter().map(|(name, day)| (name.clone(), w.lang.day_long(*day))).collect(),
        hidden: (!found.sees_all).then(|| w.t1("ended-hidden", "least", LEAST_SHOWN)),
        top: Top::new(&w, &opened, "ended"),
        w,
    })
}
