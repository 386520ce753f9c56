//! Completion: who fulfils the rule, completing them, taking it back; and what asks for it.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{CompletionRule, Lack, Measure, MemberState, Required};
use domain::ids::PublicId;
use serde::Deserialize;

use super::outcome::{OutcomeView, outcome_view};
use super::{Top, id, person_id};
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{self, Candidate, Change, Completion, Opened};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// Value, what it says, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "cohorts/completion.html")]
struct CompletionPage {
    w: View,
    top: Top,
    done: Option<String>,
    errors: FormErrors,
    rule_errors: FormErrors,
    /// Active and paused ones, those who fulfil the rule first.
    open: Vec<Row>,
    completed: Vec<Row>,
    day: String,
    reason: String,
    asks: Vec<String>,
    readiness: String,
    measures: Vec<(&'static str, String, bool)>,
    roles: Vec<Role>,
    word: bool,
    ended: bool,
}

struct Row {
    id: PublicId,
    name: String,
    state: Option<String>,
    ticked: bool,
    fulfils: bool,
    lacks: Vec<String>,
    since: String,
    reason: Option<String>,
    outcome: OutcomeView,
}

struct Role {
    id: String,
    name: String,
    /// How many are asked for.
    number: usize,
    areas: Vec<(String, Vec<Choice>)>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: Option<String>,
}

type At = web::Path<(String, String)>;

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    let mut shown = filled(&state, &request, &who, &opened).await?;
    shown.done = match query.0.done.as_deref() {
        Some("saved") => Some(shown.w.t("path-saved")),
        Some("completed") => Some(shown.w.t("completion-done")),
        Some("reopened") => Some(shown.w.t("completion-reopened")),
        Some("told") => Some(shown.w.t("outcome-told-of")),
        _ => None,
    };
    page(&shown)
}

/// POST: another rule.
pub async fn change(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let roles: Vec<String> = opened.set_up.roles.iter().map(|role| role.role.clone()).collect();
    let checked = match rule(&form, &roles) {
        Ok(rule) => cohorts::check_completion(&state, &opened, rule).await,
        Err(error) => Err(error),
    };
    let done = match checked {
        Ok(rule) => {
            let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone());
            state.store.write(move |conn| cohorts::change_completion(conn, &actor, &cohort, &rule)).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(saved(&state, &at, "saved")),
        Err(error) => {
            let rule_errors = FormErrors::of(error)?;
            let mut shown = filled(&state, &request, &who, &opened).await?;
            shown.readiness = form.raw("readiness").to_owned();
            shown.word = form.has("word");
            for measure in &mut shown.measures {
                measure.2 = measure.0 == form.raw("measure");
            }
            for role in &mut shown.roles {
                let ticked = form.all(&format!("required.{}", role.id));
                for choice in role.areas.iter_mut().flat_map(|(_, choices)| choices) {
                    choice.2 = ticked.contains(&choice.0);
                }
            }
            page_again(&CompletionPage { rule_errors, ..shown })
        }
    }
}

/// POST: completes all who are ticked, or nobody.
pub async fn complete(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let people: BTreeSet<PublicId> = form.all("people").iter().map(|text| person_id(text)).collect::<Result<_, _>>()?;
    let reason = form.text("reason");
    let read = match form.parsed("day", "day_malformed") {
        Ok(day) => {
            let change = Change { state: Some(MemberState::Completed), day, reason: reason.clone() };
            cohorts::check_people(&state, &opened, &people, reason.as_deref()).await.map(|()| change)
        }
        Err(error) => Err(error),
    };
    let done = match read {
        Ok(change) => {
            let (actor, cohort, people) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone(), people.clone());
            state.store.write(move |conn| cohorts::complete(conn, &actor, &cohort, &people, &change)).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(saved(&state, &at, "completed")),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let mut shown = filled(&state, &request, &who, &opened).await?;
            for row in &mut shown.open {
                row.ticked = people.contains(&row.id);
            }
            let (day, reason) = (form.raw("day").to_owned(), form.raw("reason").to_owned());
            page_again(&CompletionPage { errors, day, reason, ..shown })
        }
    }
}

/// POST: takes a completion back.
pub async fn reopen(state: Shared, request: HttpRequest, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let person = person_id(&at.1)?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    state.store.write(move |conn| cohorts::reopen(conn, &actor, &cohort, person)).await??;
    Ok(saved(&state, &at.0, "reopened"))
}

fn saved(state: &State, at: &str, done: &str) -> HttpResponse {
    see(format!("{}?done={done}", state.links.path("cohort-completion", &[at])))
}

fn rule(form: &Form, roles: &[String]) -> Result<CompletionRule, Error> {
    let of = |role: &String| {
        let ticked = form.all(&format!("required.{role}")).iter();
        ticked.map(|requirement| Required { role: role.clone(), requirement: requirement.clone() }).collect::<Vec<_>>()
    };
    Ok(CompletionRule {
        readiness: form.parsed::<u32>("readiness", "out_of_range")?.map(|points| points.saturating_mul(100)),
        measure: form.parsed("measure", "field_malformed")?.unwrap_or_default(),
        requirements: roles.iter().flat_map(of).collect(),
        word: form.has("word"),
    })
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened) -> Result<CompletionPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let found = cohorts::completion(state, opened).await?;
    let today = w.now.day_in(&opened.cohort.zone);
    let (completed, rest): (Vec<&Candidate>, Vec<&Candidate>) =
        found.candidates.iter().partition(|candidate| candidate.state == MemberState::Completed);
    let mut open: Vec<Row> =
        rest.into_iter().filter(|candidate| candidate.state != MemberState::Dropped).map(|one| row(&w, &found, one)).collect();
    open.sort_by_key(|row| !row.fulfils);
    Ok(CompletionPage {
        done: None,
        errors: FormErrors::default(),
        rule_errors: FormErrors::default(),
        open,
        completed: completed.into_iter().map(|one| row(&w, &found, one)).collect(),
        day: String::new(),
        reason: String::new(),
        asks: asks(&w, &found),
        readiness: found.rule.readiness.map(|points| (points / 100).to_string()).unwrap_or_default(),
        measures: Measure::ALL
            .iter()
            .map(|measure| (measure.word(), w.t(&format!("cohort-measure-{measure}")), *measure == found.rule.measure))
            .collect(),
        roles: roles(&found),
        word: found.rule.word,
        ended: today > opened.cohort.ends_on,
        top: Top::new(&w, opened, "completion"),
        w,
    })
}

fn row(w: &View, found: &Completion, candidate: &Candidate) -> Row {
    let fulfils = matches!(candidate.lacks.as_slice(), [] | [Lack::Word]);
    Row {
        id: candidate.account.public_id,
        name: candidate.account.name.to_string(),
        state: (candidate.state != MemberState::Active).then(|| w.t(&format!("cohort-state-{}", candidate.state))),
        // By the lead's word alone nobody is ticked for them.
        ticked: candidate.lacks.is_empty() && candidate.state == MemberState::Active,
        fulfils,
        lacks: candidate.lacks.iter().filter_map(|lack| lack_words(w, found, lack)).collect(),
        since: candidate.span.as_ref().map(|span| w.lang.day_long(span.first_day)).unwrap_or_default(),
        reason: candidate.span.as_ref().and_then(|span| span.reason.clone()),
        outcome: outcome_view(w, candidate.outcome.as_ref(), candidate.account.id),
    }
}

fn lack_words(w: &View, found: &Completion, lack: &Lack) -> Option<String> {
    match lack {
        Lack::Readiness { has, needs } => {
            Some(w.t2("completion-lacks-readiness", "has", w.lang.readiness(*has), "needs", w.lang.readiness(*needs)))
        }
        Lack::Requirement(required) => Some(w.t1("completion-lacks-requirement", "name", name_of(found, required))),
        Lack::Word => None,
    }
}

/// A requirement's name; its id where the role has none by that id any more.
fn name_of(found: &Completion, required: &Required) -> String {
    let template = found.templates.iter().find(|template| template.id() == required.role);
    let name = template.and_then(|template| Some(template.requirements[template.requirement(&required.requirement)?].name.clone()));
    name.unwrap_or_else(|| required.requirement.clone())
}

/// The rule in words.
fn asks(w: &View, found: &Completion) -> Vec<String> {
    let rule = &found.rule;
    let mut asks = Vec::new();
    if let Some(needs) = rule.readiness {
        let measure = w.t(&format!("cohort-measure-{}", rule.measure));
        asks.push(w.t2("completion-asks-readiness", "needs", w.lang.readiness(needs), "measure", measure));
    }
    if !rule.requirements.is_empty() {
        let names: Vec<String> = rule.requirements.iter().map(|required| name_of(found, required)).collect();
        asks.push(w.t1("completion-asks-requirements", "names", names.join(", ")));
    }
    asks.push(w.t(match (rule.asks(), rule.word) {
        (false, _) => "completion-asks-word",
        (true, true) => "completion-asks-or-word",
        (true, false) => "completion-asks-all",
    }));
    asks
}

fn roles(found: &Completion) -> Vec<Role> {
    let role = |template: &std::sync::Arc<domain::template::Template>| {
        let is_on = |requirement: &str| {
            let required = Required { role: template.id().to_owned(), requirement: requirement.to_owned() };
            found.rule.requirements.contains(&required)
        };
        let area = |area: domain::template::GroupIndex| {
            let own = template.requirements.iter().filter(|requirement| requirement.area == area);
            (
                template.groups[area].name.clone(),
                own.map(|requirement| (requirement.id.clone(), requirement.name.clone(), is_on(&requirement.id))).collect(),
            )
        };
        Role {
            id: template.id().to_owned(),
            name: template.document.name.clone(),
            number: found.rule.requirements.iter().filter(|required| required.role == template.id()).count(),
            areas: template.areas().map(area).collect(),
        }
    };
    found.templates.iter().map(role).collect()
}
