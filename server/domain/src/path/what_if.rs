//! What if: the ledger as it would be with evidence that nobody has recorded, in memory only.

use crate::ledger::{Entry, EvidenceKind, Held};
use crate::scoring::{Scope, Score, ScoreError, ScoringRule, score};
use crate::subject::Trust;
use crate::template::{Asks, RequirementIndex, Template};
use crate::time::Day;

/// Both numbers, in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    pub claimed: u32,
    pub proven: u32,
}

/// Where a score would stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIf {
    pub before: Both,
    pub after: Both,
    /// In the template's order.
    pub moved: Vec<MovedReceipt>,
}

/// A receipt that differs. A member of an any-N group can lose its slot to one that is finished, so one may fall; the sum
/// does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedReceipt {
    /// Id in the template.
    pub requirement: String,
    pub before: Both,
    pub after: Both,
}

/// Entries as if requirements of `template` had been finished today, with that trust: all that each asks for, at the step
/// it asks. They are numbered after the ledger's last, and stand in no ledger.
pub fn supposed(template: &Template, finish: &[RequirementIndex], trust: Trust, ledger: &[Entry], today: Day) -> Vec<Entry> {
    let last = ledger.last().map_or(0, |entry| entry.seq);
    // Nothing that counts reads it; the ledger's last moment keeps time in order.
    let recorded_at = ledger.last().map_or(crate::time::Instant::from_micros(0), |entry| entry.recorded_at);
    let plain = |subject: &crate::subject::Subject| Held { subject: subject.clone(), step: None };
    finish
        .iter()
        .filter_map(|&requirement| template.requirements.get(requirement))
        .zip(last + 1..)
        .map(|(requirement, seq)| {
            let (kind, held) = match &requirement.asks {
                Asks::Skill { subject, step } => (of(trust), vec![Held { subject: subject.clone(), step: Some(*step) }]),
                Asks::Certification(subject) => (EvidenceKind::Certificate, vec![plain(subject)]),
                Asks::Topic(subject) => (of(trust), vec![plain(subject)]),
                Asks::Project(criteria) => (of(trust), criteria.iter().map(|criterion| plain(&criterion.subject)).collect()),
            };
            Entry { seq, kind, trust, day: today, recorded_at, held, expires_on: None, retracts: None, recall: None }
        })
        .collect()
}

/// The kind that such trust comes with.
fn of(trust: Trust) -> EvidenceKind {
    match trust {
        Trust::Claimed => EvidenceKind::Claim,
        Trust::Linked => EvidenceKind::Link,
        Trust::Peer | Trust::Mentor | Trust::Verified => EvidenceKind::Assessment,
    }
}

/// The score with and without entries that are only supposed. Nothing is stored; neither number falls, since the rule
/// keeps the law that more evidence never lowers one.
pub fn what_if(rule: &dyn ScoringRule, scope: Scope<'_>, ledger: &[Entry], supposed: &[Entry]) -> Result<WhatIf, ScoreError> {
    let before = score(rule, scope, ledger)?;
    let with: Vec<Entry> = ledger.iter().chain(supposed).cloned().collect();
    let after = score(rule, scope, &with)?;
    let both = |score: &Score| Both { claimed: score.claimed.readiness, proven: score.proven.readiness };
    // Checked cards have one receipt a requirement, in order, and both scores have the same requirements.
    let receipt = |score: &Score, i: usize| Both { claimed: score.claimed.receipts[i].points, proven: score.proven.receipts[i].points };
    let moved = before
        .requirements
        .iter()
        .enumerate()
        .map(|(i, id)| MovedReceipt { requirement: id.clone(), before: receipt(&before, i), after: receipt(&after, i) })
        .filter(|moved| moved.before != moved.after)
        .collect();
    Ok(WhatIf { before: both(&before), after: both(&after), moved })
}
