//! What a newcomer knows already: what can be asked when a path starts, the claims that follow from the answers, and what
//! counts afterwards only because of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{Entry, EvidenceKind, FieldError, Held, NewEntry, Payload, standing};
use crate::path::{State, standing_of};
use crate::scoring::Scope;
use crate::subject::{Step, Subject, SubjectKind, Trust};
use crate::template::{Asks, LevelIndex, RequirementIndex, Template};
use crate::time::{Day, Instant};

/// More answers than the longest role asks; what is longer was not ticked by hand.
pub const MAX_KNOWN: usize = 500;

/// Every code that [`claims`] gives, for those who put them into words.
pub const KNOWN_CODES: &[&str] =
    &["certification_needs_certificate", "step_missing", "step_unexpected", "subject_twice", "subject_unknown", "too_many_known"];

/// Something that can be ticked: a skill, a criterion or a topic. A certification is not, its certificate proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub subject: Subject,
    /// The first requirement that asks for it, where it is shown.
    pub requirement: RequirementIndex,
    /// The lowest level at which it is asked.
    pub level: LevelIndex,
    /// Of a skill: the highest step that is asked up to the target, or at all where it is asked beyond only.
    pub asked: Option<Step>,
    /// What the ledger says of it already. A skill that stands there without a step counts as *aware*.
    pub held: Option<Held>,
}

/// All that a role can ask a newcomer, each subject once, in the template's order; what is asked beyond `target` too.
pub fn questions(template: &Template, target: LevelIndex, ledger: &[Entry]) -> Vec<Question> {
    let held = held(template, ledger);
    let mut found: Vec<Question> = Vec::new();
    let mut places: BTreeMap<&Subject, usize> = BTreeMap::new();
    // Requirements up to the target first: a subject is shown where it is needed.
    let near = |near: bool| (0..template.requirements.len()).filter(move |&i| (template.requirements[i].level <= target) == near);
    for i in near(true).chain(near(false)) {
        let requirement = &template.requirements[i];
        let step = match &requirement.asks {
            Asks::Certification(_) => continue,
            Asks::Skill { step, .. } => Some(*step),
            Asks::Topic(_) | Asks::Project(_) => None,
        };
        for subject in requirement.subjects() {
            let at = *places.entry(subject).or_insert(found.len());
            match found.get_mut(at) {
                Some(question) => {
                    question.level = question.level.min(requirement.level);
                    if requirement.level <= target || question.level > target {
                        question.asked = question.asked.max(step);
                    }
                }
                None => found.push(Question {
                    subject: subject.clone(),
                    requirement: i,
                    level: requirement.level,
                    asked: step,
                    held: held.get(subject).map(|&step| Held { subject: subject.clone(), step }),
                }),
            }
        }
    }
    found.sort_by_key(|question| question.requirement);
    found
}

/// What stands in a ledger, under today's names, with the highest step. What a card remembered fades, so it says nothing
/// here.
fn held(template: &Template, ledger: &[Entry]) -> BTreeMap<Subject, Option<Step>> {
    let mut found: BTreeMap<Subject, Option<Step>> = BTreeMap::new();
    for entry in standing(ledger).into_iter().filter(|entry| !matches!(entry.kind, EvidenceKind::Recall | EvidenceKind::Certificate)) {
        for held in &entry.held {
            let step = (held.subject.kind == SubjectKind::Skill).then(|| held.step.unwrap_or(Step::Aware));
            let kept = found.entry(template.resolve(&held.subject).clone()).or_insert(step);
            *kept = (*kept).max(step);
        }
    }
    found
}

/// The claims that a newcomer's answers make, in the template's order: one for each skill and topic, one for all ticked
/// criteria of a project, so that each can be taken back without the others. What the ledger says already, at that step or
/// a higher one, is not said again. Never more than [`MAX_KNOWN`] answers; each is something the role asks, said once, with
/// a step where it is a skill. All errors are at the field `known`.
pub fn claims(template: &Template, known: &[Held], ledger: &[Entry], today: Day, now: Instant) -> Result<Vec<NewEntry>, Vec<FieldError>> {
    if known.len() > MAX_KNOWN {
        return Err(vec![FieldError::new("known", "too_many_known")]);
    }
    // The target only says where a question is shown; what is known beyond it is known too.
    let questions = questions(template, usize::MAX, ledger);
    let mut answers: BTreeMap<&Subject, Option<Step>> = BTreeMap::new();
    let mut wrong = BTreeSet::new();
    for held in known {
        let subject = template.resolve(&held.subject);
        let is_skill = subject.kind == SubjectKind::Skill;
        if subject.kind == SubjectKind::Certification {
            wrong.insert("certification_needs_certificate");
        } else if !questions.iter().any(|question| question.subject == *subject) {
            wrong.insert("subject_unknown");
        } else if is_skill != held.step.is_some() {
            wrong.insert(if is_skill { "step_missing" } else { "step_unexpected" });
        } else if answers.insert(subject, held.step).is_some() {
            wrong.insert("subject_twice");
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.into_iter().map(|code| FieldError::new("known", code)).collect());
    }
    // Sorted by requirement, and a requirement with several subjects is a project.
    let mut grouped: BTreeMap<RequirementIndex, Vec<Held>> = BTreeMap::new();
    for question in &questions {
        let Some(&step) = answers.get(&question.subject) else { continue };
        if question.held.as_ref().is_some_and(|held| held.step >= step) {
            continue;
        }
        grouped.entry(question.requirement).or_default().push(Held { subject: question.subject.clone(), step });
    }
    let claim = |mut held: Vec<Held>| {
        held.sort();
        NewEntry {
            kind: EvidenceKind::Claim,
            trust: Trust::Claimed,
            day: today,
            recorded_at: now,
            held,
            expires_on: None,
            retracts: None,
            recall: None,
            payload: Payload::default(),
        }
    };
    let sized = grouped.into_values().flat_map(|held| held.chunks(crate::ledger::MAX_SUBJECTS).map(<[Held]>::to_vec).collect::<Vec<_>>());
    Ok(sized.map(claim).collect())
}

/// Entries as they will stand once they are recorded, numbered after the ledger's last.
pub fn as_recorded(new: &[NewEntry], ledger: &[Entry]) -> Vec<Entry> {
    let last = ledger.last().map_or(0, |entry| entry.seq);
    new.iter().zip(last + 1..).map(|(new, seq)| new.numbered(seq)).collect()
}

/// Whether an entry was ticked when one of these paths began. Both are written in one act and carry its one moment, which no
/// other act shares; so the fact is in the ledger from the first and needs no mark that could be changed.
pub fn was_ticked(entry: &Entry, begun: &[Instant]) -> bool {
    entry.kind == EvidenceKind::Claim && begun.contains(&entry.recorded_at)
}

/// A requirement that would count less, had nothing been ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnlyTicked {
    pub requirement: RequirementIndex,
    /// It is claimed in full, not in part.
    pub is_whole: bool,
    /// The least trust that would prove it on this path.
    pub needs: Trust,
}

/// Requirements up to the target that count, or count for more, only because of what was ticked when the path began at
/// `begun`, in the template's order. What a claim proves is left out: nobody has to prove it.
pub fn only_ticked(scope: Scope<'_>, ledger: &[Entry], begun: Instant) -> Vec<OnlyTicked> {
    let ticked = |entry: &Entry| was_ticked(entry, &[begun]);
    if !ledger.iter().any(ticked) {
        return Vec::new();
    }
    let without: Vec<Entry> = ledger.iter().filter(|entry| !ticked(entry)).cloned().collect();
    let (with, without) = (standing_of(scope, ledger, &BTreeSet::new()), standing_of(scope, &without, &BTreeSet::new()));
    with.iter()
        .zip(&without)
        .enumerate()
        .filter(|(i, (with, without))| scope.template.requirements[*i].level <= scope.target && with.claimed_share > without.claimed_share)
        .map(|(i, (with, _))| OnlyTicked {
            requirement: i,
            is_whole: with.state == State::Claimed,
            needs: scope.least_trust(&scope.template.requirements[i]),
        })
        .filter(|only| only.needs > Trust::Claimed)
        .collect()
}

#[cfg(test)]
mod tests;
