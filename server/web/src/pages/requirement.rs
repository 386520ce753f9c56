//! One requirement on a path: what it asks, the evidence so far, forms for more, notes, what it is worth.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::ledger::{EvidenceKind, Held, Offer};
use domain::path::RequirementStanding;
use domain::subject::{Step, Subject, SubjectKind};
use domain::template::{Asks, Requirement, RequirementIndex};
use domain::time::Day;
use serde::Deserialize;
use store::plans::Plan;

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::pages::ledger::{EntryRow, rows};
use crate::pages::marks::{self, Mark, width_of};
use crate::pages::readiness::{Notice, notice};
use crate::services::paths::{self, OpenPath};
use crate::services::{ledger, readiness};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "requirement.html")]
struct RequirementPage {
    w: View,
    path: PublicId,
    role: String,
    id: String,
    name: String,
    area: (String, String),
    mark: Mark,
    kind: String,
    level: String,
    step: Option<String>,
    asks_for: String,
    asks: String,
    sources: String,
    notice: Option<Notice>,
    criteria: Vec<CriterionRow>,
    criteria_count: String,
    entries: Vec<EntryRow>,
    here: String,
    points: Points,
    your_time: String,
    estimate: String,
    needs: Vec<Neighbour>,
    unlocks: Vec<Neighbour>,
    also: Vec<(PublicId, String, String, String)>,
    resources: Vec<ResourceRow>,
    exams: Vec<ExamRow>,
    exams_checked: String,
    plan: Plan,
    done: Option<String>,
    errors: FormErrors,
    form: Draft,
    certificate: bool,
}

struct CriterionRow {
    subject: String,
    name: String,
    asks: String,
    mark: Mark,
    open: bool,
}

struct Points {
    claimed: String,
    proven: String,
    possible: String,
    missing: String,
    claimed_width: String,
    proven_width: String,
    /// Why it counts nothing, where it does not.
    uncounted: Option<String>,
}

struct Neighbour {
    id: String,
    name: String,
    mark: Mark,
}

struct ResourceRow {
    name: String,
    kind: String,
    url: Option<String>,
    note: Option<String>,
}

struct ExamRow {
    name: String,
    issuer: String,
    url: Option<String>,
}

/// What was typed, shown again when something was wrong.
struct Draft {
    kind: String,
    url: String,
    note: String,
    minutes: String,
    day: String,
    title: String,
    issuer: String,
    number: String,
    issued_on: String,
    expires_on: String,
    step: String,
    /// Written subjects of the ticked criteria.
    criteria: BTreeSet<String>,
    steps: Vec<(&'static str, String)>,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let (open, index) = find(&state, &who, &at).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let mut filled = filled(&state, w, &who, &open, index).await?;
    filled.done = match query.0.done.as_deref() {
        Some("evidence") => Some(filled.w.t("requirement-recorded")),
        Some("plan") => Some(filled.w.t("requirement-notes-saved")),
        _ => None,
    };
    page(&filled)
}

/// POST: evidence for this requirement, which counts wherever its subjects are asked for.
pub async fn record(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let (open, index) = find(&state, &who, &at).await?;
    let recorded = match offer(&open.template.requirements[index], &form) {
        Ok(offer) => ledger::record(&state, &who, offer).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match recorded {
        Ok(()) => Ok(see(format!("{}?done=evidence#ev", state.links.path("requirement", &[&at.0, &at.1])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let w = View::new(&state, &request, Some(who.0.clone()), "path");
            let mut filled = filled(&state, w, &who, &open, index).await?;
            filled.form.take(&form);
            filled.errors = errors;
            page_again(&filled)
        }
    }
}

/// POST: notes and "I am working on it".
pub async fn plan(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let (open, index) = find(&state, &who, &at).await?;
    let plan = Plan { doing: form.has("doing"), note: form.text("note") };
    match paths::plan(&state, &open, &at.1, plan.clone()).await {
        Ok(()) => Ok(see(format!("{}?done=plan#nt", state.links.path("requirement", &[&at.0, &at.1])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let w = View::new(&state, &request, Some(who.0.clone()), "path");
            page_again(&RequirementPage { errors, plan, ..filled(&state, w, &who, &open, index).await? })
        }
    }
}

async fn find(state: &State, who: &SignedIn, at: &(String, String)) -> Result<(OpenPath, RequirementIndex), Error> {
    let id = at.0.parse().map_err(|_| Error::NotThere("path"))?;
    let open = paths::open(state, who, id).await?;
    let index = open.template.requirement(&at.1).ok_or(Error::NotThere("requirement"))?;
    Ok((open, index))
}

/// The form as an offer; which subjects it is about follows from what the requirement asks.
fn offer(requirement: &Requirement, form: &Form) -> Result<Offer, Error> {
    let held = |subject: &Subject, step| Held { subject: subject.clone(), step };
    let subjects = match &requirement.asks {
        Asks::Skill { subject, step } => vec![held(subject, form.parsed::<Step>("step", "field_malformed")?.or(Some(*step)))],
        Asks::Certification(subject) | Asks::Topic(subject) => vec![held(subject, None)],
        Asks::Project(criteria) => {
            let ticked = form.all("criterion");
            criteria
                .iter()
                .filter(|criterion| ticked.contains(&criterion.subject.to_string()))
                .map(|criterion| held(&criterion.subject, None))
                .collect()
        }
    };
    Ok(Offer {
        kind: form.parsed::<EvidenceKind>("kind", "field_malformed")?,
        subjects,
        day: form.parsed::<Day>("day", "field_malformed")?,
        expires_on: form.parsed::<Day>("expires_on", "field_malformed")?,
        title: form.text("title"),
        note: form.text("note"),
        url: form.text("url"),
        issuer: form.text("issuer"),
        number: form.text("number"),
        issued_on: form.parsed::<Day>("issued_on", "field_malformed")?,
        minutes: form.parsed::<u32>("minutes", "field_malformed")?,
    })
}

impl Draft {
    fn new(w: &View, requirement: &Requirement, open_criteria: BTreeSet<String>) -> Self {
        let (kind, step) = match &requirement.asks {
            Asks::Certification(_) => ("certificate", None),
            Asks::Skill { step, .. } => ("claim", Some(*step)),
            Asks::Project(_) => ("link", None),
            Asks::Topic(_) => ("claim", None),
        };
        Self {
            kind: kind.to_owned(),
            step: step.map(|step| step.word().to_owned()).unwrap_or_default(),
            steps: if step.is_some() {
                Step::ALL.iter().map(|&step| (step.word(), marks::step_words(w, step))).collect()
            } else {
                Vec::new()
            },
            criteria: open_criteria,
            url: String::new(),
            note: String::new(),
            minutes: String::new(),
            day: String::new(),
            title: String::new(),
            issuer: String::new(),
            number: String::new(),
            issued_on: String::new(),
            expires_on: String::new(),
        }
    }

    fn take(&mut self, form: &Form) {
        let raw = |name: &str| form.raw(name).to_owned();
        (self.kind, self.url, self.note, self.minutes) = (raw("kind"), raw("url"), raw("note"), raw("minutes"));
        (self.day, self.title, self.issuer, self.number) = (raw("day"), raw("title"), raw("issuer"), raw("number"));
        (self.issued_on, self.expires_on, self.step) = (raw("issued_on"), raw("expires_on"), raw("step"));
        self.criteria = form.all("criterion").iter().cloned().collect();
    }
}

async fn filled(state: &State, w: View, who: &SignedIn, open: &OpenPath, index: RequirementIndex) -> Result<RequirementPage, Error> {
    let template = &open.template;
    let requirement = &template.requirements[index];
    let document = &template.document.requirements[index];
    let readiness = readiness::of(state, open).await?;
    let standings = open.standings();
    let neighbour = |other: RequirementIndex| Neighbour {
        id: template.requirements[other].id.clone(),
        name: template.requirements[other].name.clone(),
        mark: Mark::new(&w, &standings[other]),
    };
    let subjects: Vec<Subject> = requirement.subjects().into_iter().cloned().collect();
    let written = ledger::list(state, open.learner.id, Some(subjects.clone()), None, 100).await?;
    let minutes: u32 = written.iter().filter_map(|(_, _, payload)| payload.as_ref()?.minutes).fold(0, u32::saturating_add);
    let criteria = criteria(state, &w, open, requirement);
    let open_criteria = criteria.iter().filter(|row| row.open).map(|row| row.subject.clone()).collect();
    let (kind, step) = match &requirement.asks {
        Asks::Skill { step, .. } => ("kind-skill", Some(marks::step_words(&w, *step))),
        Asks::Project(_) => ("kind-project", None),
        Asks::Certification(_) => ("kind-certification", None),
        Asks::Topic(_) => ("kind-topic", None),
    };
    let certification = subjects.iter().find(|subject| subject.kind == SubjectKind::Certification).map(|subject| subject.id.clone());
    let exams = template.document.exams.as_ref().filter(|_| certification.is_some());
    let criteria_count = w.t3(
        "requirement-criteria-count",
        "proven",
        criteria.iter().filter(|row| row.mark.blazes > 0 && !row.open).count(),
        "all",
        criteria.len(),
        "claimed",
        criteria.iter().filter(|row| row.mark.blazes > 0 && row.open).count(),
    );
    Ok(RequirementPage {
        path: open.path.public_id,
        role: template.document.name.clone(),
        id: requirement.id.clone(),
        name: requirement.name.clone(),
        area: (template.groups[requirement.area].id.clone(), template.groups[requirement.area].name.clone()),
        mark: Mark::new(&w, &standings[index]),
        kind: w.t(kind),
        level: template.document.levels[requirement.level].name.clone(),
        step,
        asks_for: marks::trust_words(&w, Some(open.scope().least_trust(requirement))),
        asks: markdown::to_html(&document.asks),
        sources: document.sources.join(", "),
        notice: notice(&w, open, &readiness.origin),
        criteria_count,
        criteria,
        entries: rows(&w, state, &written, &open.facts),
        here: w.link2("requirement", open.path.public_id, &requirement.id),
        points: points(&w, open, index, &readiness.score),
        your_time: w.lang.effort(minutes),
        estimate: w.lang.hours(requirement.hours),
        needs: requirement.requires.iter().map(|&before| neighbour(before)).collect(),
        unlocks: (0..template.requirements.len())
            .filter(|&other| template.requirements[other].requires.contains(&index))
            .map(neighbour)
            .collect(),
        also: also(state, who, open, &subjects).await?,
        resources: template
            .document
            .resources
            .iter()
            .filter(|resource| document.resources.contains(&resource.id))
            .map(|resource| ResourceRow {
                name: resource.name.clone(),
                kind: w.t(resource_key(resource.kind)),
                url: resource.url.clone(),
                note: resource.note.clone(),
            })
            .collect(),
        exams: exams
            .iter()
            .flat_map(|list| &list.exams)
            .filter(|exam| certification.as_deref() == Some(exam.certification.as_str()))
            .map(|exam| ExamRow { name: exam.name.clone(), issuer: exam.issuer.clone(), url: exam.url.clone() })
            .collect(),
        exams_checked: exams.map(|list| w.t1("requirement-exams-checked", "day", &list.checked)).unwrap_or_default(),
        plan: open.plans.get(&requirement.id).cloned().unwrap_or(Plan { doing: false, note: None }),
        done: None,
        errors: FormErrors::default(),
        form: Draft::new(&w, requirement, open_criteria),
        certificate: certification.is_some(),
        w,
    })
}

fn resource_key(kind: domain::template::ResourceKind) -> &'static str {
    use domain::template::ResourceKind::{Book, Community, Course, Documentation, Practice};
    match kind {
        Course => "resource-course",
        Book => "resource-book",
        Community => "resource-community",
        Documentation => "resource-documentation",
        Practice => "resource-practice",
    }
}

/// A project's criteria, each with where it stands.
fn criteria(state: &State, w: &View, open: &OpenPath, requirement: &Requirement) -> Vec<CriterionRow> {
    let Asks::Project(criteria) = &requirement.asks else { return Vec::new() };
    let (catalogue, least) = (state.catalogue(), open.scope().least_trust(requirement));
    let standing = domain::ledger::standing(&open.facts);
    criteria
        .iter()
        .map(|criterion| {
            let entries = standing.iter().filter(|entry| {
                entry.day <= open.today && entry.held.iter().any(|held| *open.template.resolve(&held.subject) == criterion.subject)
            });
            let best = entries.max_by_key(|entry| (entry.trust, entry.day));
            let trust = best.map(|entry| entry.trust);
            let proven = trust.is_some_and(|trust| trust >= least);
            let state = match trust {
                None => domain::path::State::Open,
                Some(_) if proven => domain::path::State::Proven,
                Some(_) => domain::path::State::Claimed,
            };
            let document = catalogue.get(&criterion.subject);
            let standing =
                RequirementStanding { state, trust, claimed_share: 0, proven_share: 0, last_evidence: best.map(|entry| entry.day) };
            CriterionRow {
                subject: criterion.subject.to_string(),
                name: document.map_or_else(|| criterion.subject.id.clone(), |document| document.name.clone()),
                asks: document.and_then(|document| document.asks.clone()).unwrap_or_default(),
                mark: Mark::new(w, &standing),
                open: !proven,
            }
        })
        .collect()
}

fn points(w: &View, open: &OpenPath, index: RequirementIndex, score: &domain::scoring::Score) -> Points {
    let requirement = &open.template.requirements[index];
    let place = score.requirements.iter().position(|id| *id == requirement.id).map(|place| place as u32);
    let receipt = |card: &domain::scoring::Scorecard| {
        card.receipts.iter().find(|receipt| Some(receipt.requirement) == place).map_or((0, 0), |receipt| (receipt.points, receipt.possible))
    };
    let ((claimed, possible), (proven, _)) = (receipt(&score.claimed), receipt(&score.proven));
    let uncounted = match place {
        None => Some(w.t("requirement-beyond")),
        Some(_) if possible == 0 => Some(w.t("requirement-spare")),
        Some(_) => None,
    };
    Points {
        claimed: w.lang.points_exact(claimed),
        proven: w.lang.points_exact(proven),
        possible: w.lang.points_exact(possible),
        missing: w.lang.points_exact(possible - claimed),
        claimed_width: width_of(claimed, possible),
        proven_width: width_of(proven, possible),
        uncounted,
    }
}

/// Requirements of the learner's other paths that the same evidence counts for.
async fn also(
    state: &State,
    who: &SignedIn,
    open: &OpenPath,
    subjects: &[Subject],
) -> Result<Vec<(PublicId, String, String, String)>, Error> {
    let mut found = Vec::new();
    for (path, template) in paths::list(state, who).await? {
        let other = path.id != open.path.id;
        let shared =
            template.requirements.iter().filter(|requirement| requirement.subjects().iter().any(|subject| subjects.contains(subject)));
        found.extend(
            shared
                .filter(|requirement| other || !requirement.subjects().iter().all(|subject| subjects.contains(subject)))
                .map(|requirement| (path.public_id, requirement.id.clone(), requirement.name.clone(), template.document.name.clone())),
        );
    }
    Ok(found)
}
