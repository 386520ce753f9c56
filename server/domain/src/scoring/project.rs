//! Projection: a ledger onto a template's requirements, before any rule sees it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ledger::{Entry, EvidenceKind, Held, Recall, standing};
use crate::scoring::{Attribute, InputEvidence, Outline, ScoreInput, reapportion};
use crate::subject::{Step, Trust};
use crate::template::{Asks, LevelIndex, Requirement, Template};
use crate::time::Day;

/// Version of everything in this file, in `outline.rs`, `apportion.rs` and `share.rs`; a stored score names it. A change that can
/// change a number raises it.
pub const PROJECTION_VERSION: u32 = 1;

/// Whose ledger against what.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub template: &'a Template,
    pub target: LevelIndex,
    /// Members of any-N groups that the learner chose. Ids of anything else mean nothing.
    pub chosen: &'a BTreeSet<String>,
    /// A path without a mentor cannot earn more than *linked*, so least trust is capped there.
    pub mentored: bool,
    pub today: Day,
    pub settings: &'a [Attribute],
}

impl Scope<'_> {
    /// The least trust at which evidence counts as proven for a requirement, on this path.
    pub fn least_trust(&self, requirement: &Requirement) -> Trust {
        if self.mentored { requirement.least_trust } else { requirement.least_trust.min(Trust::Linked) }
    }
}

/// Both inputs of a score, and where the numbers in them come from.
#[derive(Clone, Debug)]
pub struct Projection {
    /// All evidence.
    pub claimed: ScoreInput,
    /// Only evidence of the least trust asked.
    pub proven: ScoreInput,
    /// Which requirements of the template the inputs are about.
    pub outline: Arc<Outline>,
    /// The number in the ledger behind each evidence row of `claimed`, and of `proven`.
    pub claimed_entries: Vec<u32>,
    pub proven_entries: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProjectionError {
    #[error("no requirement lies within the target level")]
    NothingInScope,
}

/// Projects a ledger.
///
/// - Requirements of levels up to the target, in the template's order; only groups with such requirements.
/// - Evidence as [`rows`] finds it, sorted by requirement, trust and share (both falling), day and criteria, so that the
///   input tells nothing of the order in the ledger.
/// - Points: 10 000 over areas, groups and requirements from the outside in, by largest remainder, ties by id. A group
///   weighs its own weight, or the sum of its counted members' and groups' weights. A group of any N splits its points
///   into as many slots as it needs and has counted members, and [`reapportion`] finds their holders, anew for each
///   input, so that more evidence never lowers either number.
/// - `proven` keeps rows whose trust is at least what the requirement asks; `least_trust` of both inputs is what is asked
///   on this path, after the cap for a path without a mentor.
/// - Attributes and settings are sorted by key.
pub fn project(scope: Scope<'_>, ledger: &[Entry]) -> Result<Projection, ProjectionError> {
    let template = scope.template;
    let outline = template.outline(scope.target);
    if outline.requirements.is_empty() {
        return Err(ProjectionError::NothingInScope);
    }
    let inputs = outline.of(&scope);

    let mut found: Vec<(InputEvidence, u32)> = rows(template, &standing(ledger), scope.today)
        .counting
        .into_iter()
        .filter_map(|mut row| {
            row.evidence.requirement = outline.place[row.evidence.requirement as usize]?;
            Some((row.evidence, row.entry))
        })
        .collect();
    found.sort_by(|(a, a_entry), (b, b_entry)| {
        let key = |row: &InputEvidence| (row.requirement, Reverse(row.trust), Reverse(row.share), row.on);
        key(a).cmp(&key(b)).then_with(|| a.criteria.cmp(&b.criteria)).then(a_entry.cmp(b_entry))
    });
    let believed = |(row, _): &&(InputEvidence, u32)| row.trust >= inputs[row.requirement as usize].least_trust;
    let (proven_evidence, proven_entries) = found.iter().filter(believed).cloned().unzip();
    let (claimed_evidence, claimed_entries) = found.into_iter().unzip();

    let mut settings = scope.settings.to_vec();
    settings.sort();
    let mut claimed = ScoreInput {
        template: template.id().to_owned(),
        revision: template.hash.clone(),
        today: scope.today.number(),
        groups: outline.groups.clone(),
        requirements: inputs,
        evidence: claimed_evidence,
        settings,
    };
    let mut proven = ScoreInput {
        template: claimed.template.clone(),
        revision: claimed.revision.clone(),
        groups: claimed.groups.clone(),
        requirements: claimed.requirements.clone(),
        settings: claimed.settings.clone(),
        evidence: proven_evidence,
        ..claimed
    };
    reapportion(&mut claimed);
    reapportion(&mut proven);
    Ok(Projection { claimed, proven, outline, claimed_entries, proven_entries })
}

/// One entry's evidence for one requirement. `evidence.requirement` is the template's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub evidence: InputEvidence,
    /// The entry's number in the ledger.
    pub entry: u32,
}

/// What a ledger says of a template's requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// What counts today.
    pub counting: Vec<Row>,
    /// What would, had its certificate not run out.
    pub expired: Vec<Row>,
}

/// What entries bring to the requirements of a template, in the entries' order. Retractions are settled before
/// ([`standing`]).
///
/// - Entries about `today` or before; what has a last day counts through it.
/// - One entry gives at most one row a requirement: for a skill, a certification or a topic the best of its subjects; for
///   a project the criteria that it shows. Former ids count as what they became.
/// - A step short of what is asked earns 6 666, two steps 3 333, three 1 000 basis points; a skill without a step counts
///   as *aware*.
/// - A certificate counts for a certification, nothing else does, and it counts for nothing else. Recall counts for topics
///   only. Claims, links, submissions, reviews, assessments and experience count for skills, criteria and topics.
/// - Recall brings the share that was known times what is left of it ([`faded`]); a row that brings nothing is left out.
pub fn rows(template: &Template, entries: &[&Entry], today: Day) -> Rows {
    let mut rows = Rows::default();
    let mut own: Vec<InputEvidence> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.day <= today) {
        own.clear();
        for held in &entry.held {
            for &(i, criterion) in template.asking(&held.subject) {
                let asks = &template.requirements[i].asks;
                let share = worth(entry, held, asks, today);
                if share == 0 {
                    continue;
                }
                let row = match own.iter_mut().find(|row| row.requirement == i as u32) {
                    Some(row) => row,
                    None => {
                        own.push(InputEvidence {
                            requirement: i as u32,
                            criteria: Vec::new(),
                            share,
                            trust: entry.trust,
                            on: entry.day.number(),
                            attributes: Vec::new(),
                        });
                        let last = own.len() - 1;
                        &mut own[last]
                    }
                };
                row.share = row.share.max(share);
                if matches!(asks, Asks::Project(_)) {
                    row.criteria.push(criterion);
                }
            }
        }
        let holds = entry.expires_on.is_none_or(|last| last >= today);
        let list = if holds { &mut rows.counting } else { &mut rows.expired };
        list.extend(own.drain(..).map(|mut evidence| {
            evidence.criteria.sort_unstable();
            evidence.criteria.dedup();
            Row { evidence, entry: entry.seq }
        }));
    }
    rows
}

/// What is left of a recall after some days, in basis points, rounded down: FSRS-4.5's forgetting curve
/// `R = (1 + 19/81 · t/S)^(-1/2)`, by integer square root: nine tenths after `stability` days.
/// Source: <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>.
pub fn faded(recall: Recall, days: u32) -> u32 {
    let stability = 81 * u128::from(recall.stability.max(1));
    let left = (100_000_000 * stability / (stability + 19 * u128::from(days))).isqrt();
    recall.share.of(left as u32)
}

fn worth(entry: &Entry, held: &Held, asks: &Asks, today: Day) -> u32 {
    use EvidenceKind::{Assessment, Certificate, Claim, Experience, Link, Recall, Retraction, Review, Submission};
    match (entry.kind, asks) {
        (Retraction, _) => 0,
        (Certificate, Asks::Certification(_)) => 10_000,
        (_, Asks::Certification(_)) | (Certificate, _) => 0,
        (Recall, Asks::Topic(_)) => {
            let days = (i64::from(today.number()) - i64::from(entry.day.number())).max(0);
            entry.recall.map_or(0, |recall| faded(recall, days as u32))
        }
        (Recall, _) => 0,
        (Claim | Link | Submission | Review | Assessment | Experience, Asks::Skill { step, .. }) => {
            match (*step as u8).saturating_sub(held.step.unwrap_or(Step::Aware) as u8) {
                0 => 10_000,
                1 => 6_666,
                2 => 3_333,
                _ => 1_000,
            }
        }
        (Claim | Link | Submission | Review | Assessment | Experience, Asks::Topic(_) | Asks::Project(_)) => 10_000,
    }
}

#[cfg(test)]
mod tests;
