//! Everything that a requirement's page shows, loaded and put into words.

use std::collections::BTreeSet;

use askama::Template;
use domain::certificate::{CertificateState, certificates};
use domain::ids::PublicId;
use domain::path::{RequirementStanding, unlocked};
use domain::subject::{Subject, SubjectKind};
use domain::template::{Asks, Requirement, RequirementIndex, ResourceKind, Rubric, RubricLevelDocument};

use super::evidence::Draft;
use super::mentoring::MentorPart;
use super::plan::PlanPart;
use super::points::{Neighbour, Points, elsewhere, neighbour, points, similar};
use super::reviews::ReviewPart;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::pages::ledger::{EntryRow, OwnWork, rows};
use crate::pages::marks::{self, Mark};
use crate::pages::readiness::{Notice, notice};
use crate::services::ledger::Written;
use crate::services::paths::OpenPath;
use crate::services::{ledger, paths, plans, readiness};
use crate::state::State;
use crate::view::View;

#[derive(Template)]
#[template(path = "requirement.html")]
pub struct RequirementPage {
    pub w: View,
    pub path: PublicId,
    role: String,
    id: String,
    name: String,
    area: (String, String),
    mark: Mark,
    skipped: bool,
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
    /// Older ones that are not among them.
    older: usize,
    here: String,
    points: Points,
    your_time: String,
    estimate: String,
    needs: Vec<Neighbour>,
    unlocks: Vec<Neighbour>,
    similar: Vec<Neighbour>,
    also: Vec<Neighbour>,
    resources: Vec<ResourceRow>,
    exams: Vec<ExamRow>,
    exams_checked: String,
    /// What was just done; empty for nothing.
    pub done: String,
    pub form: Draft,
    pub plan: PlanPart,
    pub reviews: ReviewPart,
    pub mentoring: MentorPart,
    /// Asks for a certification: only a certificate proves it.
    certificate: bool,
    /// Why it should be renewed, where the certificate lapses soon or did.
    renewal: Option<String>,
    project: bool,
}

struct CriterionRow {
    subject: String,
    name: String,
    asks: String,
    mark: Mark,
    open: bool,
    /// What the newest review said of it.
    said: Option<String>,
    /// Levels by which mentors judge it: name, what it means, whether it counts as met.
    levels: Vec<(String, String, bool)>,
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

impl RequirementPage {
    /// Leaves the older entries to those who ask for all.
    pub fn keep_newest(&mut self) {
        self.older = self.entries.len().saturating_sub(NEWEST);
        self.entries.truncate(NEWEST);
    }

    /// The words beside the form in which something was done, where it was this.
    fn done(&self, what: &str) -> Option<String> {
        let key = match what {
            "evidence" => "requirement-recorded",
            "plan" => "requirement-notes-saved",
            "link" => "requirement-link-added",
            "link-removed" => "requirement-link-removed",
            "minutes" => "requirement-minutes-added",
            "minutes-removed" => "requirement-minutes-removed",
            "review-revoked" => "review-revoked",
            "help" => "help-asked-done",
            "help-closed" => "help-closed-done",
            _ => return None,
        };
        (self.done == what).then(|| self.w.t(key))
    }
}

/// So many entries are shown before the older ones are asked for.
const NEWEST: usize = 20;

pub async fn filled(state: &State, w: View, who: &SignedIn, open: &OpenPath, index: RequirementIndex) -> Result<RequirementPage, Error> {
    let template = &open.template;
    let requirement = &template.requirements[index];
    let document = &template.document.requirements[index];
    let readiness = readiness::of(state, open).await?;
    let standings = open.standings();
    let beside = |other: RequirementIndex| neighbour(&w, open, &standings, other);
    let subjects: Vec<Subject> = requirement.subjects().into_iter().cloned().collect();
    let written = ledger::list(state, open.learner.id, Some(subjects.clone()), None, 100).await?;
    let work = OwnWork::load(state, open.learner.id, &written).await?;
    let kept = plans::kept(state, open, &requirement.id).await?;
    let plan = open.plans.get(&requirement.id).cloned().unwrap_or_default();
    let begun = paths::begun(state, who).await?;
    let reviews = ReviewPart::load(state, &w, open, &written).await?;
    let mentoring = MentorPart::load(state, &w, open, &requirement.id, &reviews).await?;
    let criteria = criteria(state, &w, open, requirement, &reviews);
    let open_criteria: BTreeSet<String> = criteria.iter().filter(|row| row.open).map(|row| row.subject.clone()).collect();
    let (kind, step) = match &requirement.asks {
        Asks::Skill { step, .. } => ("kind-skill", Some(marks::step_words(&w, *step))),
        Asks::Project(_) => ("kind-project", None),
        Asks::Certification(_) => ("kind-certification", None),
        Asks::Topic(_) => ("kind-topic", None),
    };
    let certification = subjects.iter().find(|subject| subject.kind == SubjectKind::Certification).map(|subject| subject.id.clone());
    let exams = template.document.exams.as_ref().filter(|_| certification.is_some());
    let mut form = Draft::new(&w, requirement, open_criteria);
    let renewal = renewal(&w, open, &subjects, &written, &mut form);
    form.follow(&w, open, &written, &reviews);
    Ok(RequirementPage {
        path: open.path.public_id,
        role: template.document.name.clone(),
        id: requirement.id.clone(),
        name: requirement.name.clone(),
        area: (template.groups[requirement.area].id.clone(), template.groups[requirement.area].name.clone()),
        mark: Mark::new(&w, &standings[index]),
        skipped: plan.skipped,
        kind: w.t(kind),
        level: template.document.levels[requirement.level].name.clone(),
        step,
        asks_for: marks::trust_words(&w, Some(open.scope().least_trust(requirement))),
        asks: markdown::to_html(&document.asks),
        sources: document.sources.join(", "),
        notice: notice(&w, open, &readiness.origin),
        criteria_count: w.t3(
            "requirement-criteria-count",
            "proven",
            criteria.iter().filter(|row| row.mark.blazes > 0 && !row.open).count(),
            "all",
            criteria.len(),
            "claimed",
            criteria.iter().filter(|row| row.mark.blazes > 0 && row.open).count(),
        ),
        criteria,
        entries: rows(&w, state, &written, &open.facts, &begun, Some(&work)),
        older: 0,
        here: w.link2("requirement", open.path.public_id, &requirement.id),
        points: points(&w, open, index, &readiness.score),
        your_time: w.lang.effort(spent(&written, &kept)),
        estimate: w.lang.hours(requirement.hours),
        needs: requirement.requires.iter().map(|&before| beside(before)).collect(),
        unlocks: unlocked(template, index).into_iter().map(beside).collect(),
        similar: similar(&w, open, &standings, &readiness.score, index, &subjects),
        also: elsewhere(state, &w, who, open, &subjects).await?,
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
        done: String::new(),
        form,
        plan: PlanPart::new(&w, &plan, &kept),
        reviews,
        mentoring,
        certificate: certification.is_some(),
        renewal,
        project: requirement.is_project(),
        w,
    })
}

/// Minutes of the evidence and of the learner's own notes.
fn spent(written: &[Written], kept: &plans::Kept) -> u32 {
    let of_evidence = written.iter().filter_map(|(_, _, payload)| payload.as_ref()?.minutes);
    of_evidence.chain(kept.minutes.iter().map(|(_, minutes)| *minutes)).fold(0, u32::saturating_add)
}

/// Why to renew the certificate, where it lapses within 60 days or did; then the form begins with what it says.
fn renewal(w: &View, open: &OpenPath, subjects: &[Subject], written: &[Written], form: &mut Draft) -> Option<String> {
    let ends = |state: &CertificateState| matches!(state, CertificateState::Lapsing | CertificateState::Expired);
    let (entry, state) = certificates(&open.facts, open.today)
        .into_iter()
        .filter(|(entry, state)| ends(state) && entry.held.iter().any(|held| subjects.contains(open.template.resolve(&held.subject))))
        .max_by_key(|(entry, _)| entry.expires_on)?;
    form.renew(written.iter().find(|(_, other, _)| other.seq == entry.seq)?);
    let key = if state == CertificateState::Expired { "requirement-renew-expired" } else { "requirement-renew-lapsing" };
    Some(w.t2(key, "day", w.lang.day_near(entry.expires_on?, w.today()), "number", entry.seq))
}

fn resource_key(kind: ResourceKind) -> &'static str {
    use ResourceKind::{Book, Community, Course, Documentation, Practice};
    match kind {
        Course => "resource-course",
        Book => "resource-book",
        Community => "resource-community",
        Documentation => "resource-documentation",
        Practice => "resource-practice",
    }
}

fn levels(rubric: &Rubric) -> Vec<(String, String, bool)> {
    let level = |(at, level): (usize, &RubricLevelDocument)| (level.name.clone(), level.means.clone(), at >= rubric.met_from);
    rubric.levels.iter().enumerate().map(level).collect()
}

/// A project's criteria, each with where it stands.
fn criteria(state: &State, w: &View, open: &OpenPath, requirement: &Requirement, reviews: &ReviewPart) -> Vec<CriterionRow> {
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
                said: reviews.said_of(w, &criterion.subject),
                levels: criterion.rubric.iter().flat_map(levels).collect(),
            }
        })
        .collect()
}
