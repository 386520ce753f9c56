//! Assessments of a cohort: recording what one saw of one or many learners, and what was recorded.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template as Page;
use domain::ids::PublicId;
use domain::mentoring::Occasion;
use domain::subject::{Step, Subject};
use domain::template::{Asks, RequirementIndex, Template};
use domain::time::Day;
use serde::Deserialize;

use super::item_id;
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::pages::cohorts::{Top, id};
use crate::pages::marks;
use crate::services::cohorts::{self, Opened};
use crate::services::mentoring::{self, Assessing, AssessmentAct, AssessmentWish};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// Value, what it says, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Page)]
#[template(path = "mentoring/assessments.html")]
struct AssessmentsPage {
    w: View,
    top: Top,
    /// Areas with their requirements.
    areas: Vec<(String, Vec<Choice>)>,
    form: Option<AssessmentForm>,
    acts: Vec<ActRow>,
    done: Option<String>,
    errors: FormErrors,
}

/// About the requirement that was chosen.
struct AssessmentForm {
    id: String,
    name: String,
    /// Word, what it says, whether it is chosen.
    occasions: Vec<(&'static str, String, bool)>,
    steps: Vec<(&'static str, String, bool)>,
    criteria: Vec<Choice>,
    learners: Vec<Choice>,
    day: String,
    note: String,
}

struct ActRow {
    batch: PublicId,
    occasion: String,
    about: String,
    by: String,
    note: Option<String>,
    /// Names, and whether it was taken back.
    learners: Vec<(String, bool)>,
    may_undo: bool,
}

#[derive(Deserialize)]
pub struct Chosen {
    requirement: Option<String>,
    done: Option<String>,
}

type Role = (Arc<Template>, Option<RequirementIndex>);

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Chosen>,
) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at)?).await?;
    let role = role(&state, &opened, query.0.requirement.as_deref()).await?;
    let mut filled = filled(&state, &request, &who, &opened, role, &Form::default(), FormErrors::default()).await?;
    filled.done = match query.0.done.as_deref() {
        Some("assessed") => Some(filled.w.t("assessments-recorded")),
        Some("undone") => Some(filled.w.t("assessments-undone")),
        _ => None,
    };
    page(&filled)
}

/// POST: records it for all who are ticked, or for nobody.
pub async fn record(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at)?).await?;
    let role = role(&state, &opened, Some(form.raw("requirement"))).await?;
    let sent = match &role {
        Some((template, Some(index))) => match wish(&form) {
            Ok(wish) => Assessing::of(&state, &who, &opened, (template, *index), wish).await,
            Err(error) => Err(error),
        },
        _ => Err(Error::field("requirement", "requirement_unknown")),
    };
    let recorded = match sent {
        Ok(assessing) => state.store.write(move |conn| assessing.keep(conn)).await.map_err(Error::from),
        Err(error) => Err(error),
    };
    match recorded {
        Ok(_) => Ok(see(format!("{}?done=assessed", state.links.path("cohort-assessments", &[&at])))),
        Err(error) => {
            let errors = FormErrors::beside("learners", error)?;
            page_again(&filled(&state, &request, &who, &opened, role, &form, errors).await?)
        }
    }
}

/// POST: takes an act back.
pub async fn undo(state: Shared, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let act = mentoring::undo_assessment(&state, &who, &opened, item_id(&at.1)?).await?;
    state.store.write(act).await?;
    Ok(see(format!("{}?done=undone", state.links.path("cohort-assessments", &[&at.0]))))
}

fn wish(form: &Form) -> Result<AssessmentWish, Error> {
    let learner = |text: &String| text.parse::<PublicId>().map_err(|_| Error::field("learners", "only_learners"));
    Ok(AssessmentWish {
        learners: form.all("learner").iter().map(learner).collect::<Result<_, _>>()?,
        occasion: form.parsed::<Occasion>("occasion", "field_malformed")?,
        step: form.parsed::<Step>("step", "field_malformed")?,
        // A form says which are ticked, none too.
        criteria: Some(form.all("criterion").iter().filter_map(|text| text.parse::<Subject>().ok()).collect()),
        day: form.parsed::<Day>("day", "day_malformed")?,
        note: form.text("note"),
    })
}

/// The role that the cohort follows, its first, and the requirement that was chosen.
async fn role(state: &State, opened: &Opened, requirement: Option<&str>) -> Result<Option<Role>, Error> {
    let Some(first) = opened.set_up.roles.first() else { return Ok(None) };
    let found = cohorts::revision(state, &first.role, &opened.set_up).await?;
    Ok(found.map(|(_, template)| {
        let index = requirement.and_then(|id| template.requirement(id));
        (template, index)
    }))
}

async fn filled(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    opened: &Opened,
    role: Option<Role>,
    typed: &Form,
    errors: FormErrors,
) -> Result<AssessmentsPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let acts = mentoring::acts(state, who, opened).await?;
    let mut areas = Vec::new();
    let mut form = None;
    if let Some((template, chosen)) = &role {
        for area in template.areas() {
            let of_area = template.requirements.iter().enumerate().filter(|(_, requirement)| {
                // A certification is proven by its certificate.
                requirement.area == area && !matches!(requirement.asks, Asks::Certification(_))
            });
            let of_area: Vec<(String, String, bool)> =
                of_area.map(|(index, requirement)| (requirement.id.clone(), requirement.name.clone(), Some(index) == *chosen)).collect();
            if !of_area.is_empty() {
                areas.push((template.groups[area].name.clone(), of_area));
            }
        }
        if let Some(index) = chosen {
            form = Some(form_of(state, &w, opened, template, *index, typed).await?);
        }
    }
    let acts = acts.into_iter().map(|act| act_row(state, &w, act)).collect();
    Ok(AssessmentsPage { top: Top::new(&w, opened, "queue"), areas, form, acts, done: None, errors, w })
}

async fn form_of(
    state: &State,
    w: &View,
    opened: &Opened,
    template: &Template,
    index: RequirementIndex,
    typed: &Form,
) -> Result<AssessmentForm, Error> {
    let requirement = &template.requirements[index];
    let catalogue = state.catalogue();
    let was_sent = typed.has("requirement");
    let (ticked, named): (BTreeSet<&String>, BTreeSet<&String>) =
        (typed.all("criterion").iter().collect(), typed.all("learner").iter().collect());
    let steps = match &requirement.asks {
        Asks::Skill { step, .. } => {
            let chosen = if was_sent { typed.raw("step").to_owned() } else { step.word().to_owned() };
            Step::ALL.iter().map(|&step| (step.word(), marks::step_words(w, step), step.word() == chosen)).collect()
        }
        _ => Vec::new(),
    };
    let criteria = match &requirement.asks {
        Asks::Project(criteria) => criteria
            .iter()
            .map(|criterion| {
                let (id, known) = (criterion.subject.to_string(), catalogue.get(&criterion.subject));
                let name = known.map_or_else(|| criterion.subject.id.clone(), |document| document.name.clone());
                let is_ticked = ticked.contains(&id);
                (id, name, is_ticked)
            })
            .collect(),
        _ => Vec::new(),
    };
    let occasion = |&occasion: &Occasion| {
        let chosen = if was_sent { typed.raw("occasion") == occasion.word() } else { occasion == Occasion::Oral };
        (occasion.word(), w.t(&format!("assessment-{occasion}")), chosen)
    };
    let learners = mentoring::learners(state, opened).await?;
    Ok(AssessmentForm {
        id: requirement.id.clone(),
        name: requirement.name.clone(),
        occasions: Occasion::ALL.iter().map(occasion).collect(),
        steps,
        criteria,
        learners: learners
            .iter()
            .map(|account| {
                let id = account.public_id.to_string();
                let is_named = named.contains(&id);
                (id, account.name.to_string(), is_named)
            })
            .collect(),
        day: typed.raw("day").to_owned(),
        note: typed.raw("note").to_owned(),
    })
}

fn act_row(state: &State, w: &View, act: AssessmentAct) -> ActRow {
    let catalogue = state.catalogue();
    let name = |held: &domain::ledger::Held| {
        let name = catalogue.get(&held.subject).map_or_else(|| held.subject.id.clone(), |document| document.name.clone());
        match held.step {
            Some(step) => format!("{name} ({})", marks::step_words(w, step)),
            None => name,
        }
    };
    ActRow {
        batch: act.batch,
        occasion: w.t(&format!("assessment-{}", act.occasion)),
        about: act.about.iter().map(name).collect::<Vec<_>>().join(", "),
        by: w.t2("assessments-by", "by", act.by, "day", w.lang.day_long(act.day)),
        note: act.note.as_deref().map(markdown::to_html),
        learners: act.learners.into_iter().map(|(_, name, undone)| (name, undone)).collect(),
        may_undo: act.may_undo,
    }
}
