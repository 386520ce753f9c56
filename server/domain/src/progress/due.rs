//! What is due: certificates that lapse, reviews that came back, work that waits for one.

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::LAPSING_DAYS;
use crate::ledger::{Entry, EvidenceKind, standing};
use crate::subject::{Subject, SubjectKind};
use crate::time::Day;

/// The last day on which each certification holds, by all its certificates; none: for good.
pub fn last_days(ledger: &[Entry]) -> BTreeMap<&Subject, Option<Day>> {
    let mut last: BTreeMap<&Subject, Option<Day>> = BTreeMap::new();
    for entry in standing(ledger).into_iter().filter(|entry| entry.kind == EvidenceKind::Certificate) {
        for held in entry.held.iter().filter(|held| held.subject.kind == SubjectKind::Certification) {
            let known = last.entry(&held.subject).or_insert(entry.expires_on);
            // One without an end holds for good.
            *known = known.zip(entry.expires_on).map(|(known, other)| known.max(other));
        }
    }
    last
}

/// A certification that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub subject: Subject,
    /// The last day on which it holds.
    pub last_day: Day,
    /// It holds no more.
    pub is_over: bool,
}

/// Certifications that ended in the last [`LAPSING_DAYS`] or will in the next ones, soonest first. One that was renewed
/// does not end.
pub fn ending(ledger: &[Entry], today: Day) -> Vec<Ending> {
    let near = |last_day: &Day| (today.plus(-LAPSING_DAYS)..=today.plus(LAPSING_DAYS)).contains(last_day);
    let mut found: Vec<Ending> = last_days(ledger)
        .into_iter()
        .filter_map(|(subject, last)| last.filter(near).map(|last_day| (subject, last_day)))
        .map(|(subject, last_day)| Ending { subject: subject.clone(), last_day, is_over: last_day < today })
        .collect();
    found.sort_by(|a, b| (a.last_day, &a.subject).cmp(&(b.last_day, &b.subject)));
    found
}

/// What somebody else said of one's work since a day, newest first: reviews and assessments.
pub fn answered(ledger: &[Entry], since: Day) -> Vec<&Entry> {
    let is_answer = |entry: &&Entry| matches!(entry.kind, EvidenceKind::Review | EvidenceKind::Assessment) && entry.day >= since;
    let mut found: Vec<&Entry> = standing(ledger).into_iter().filter(is_answer).collect();
    found.sort_by_key(|entry| std::cmp::Reverse((entry.day, entry.seq)));
    found
}

/// Submissions that nobody has looked at yet, oldest first: no later review or assessment is about any of their subjects,
/// and no later submission takes their place.
pub fn waiting(ledger: &[Entry]) -> Vec<&Entry> {
    let standing = standing(ledger);
    let subjects = |entry: &Entry| entry.held.iter().map(|held| held.subject.clone()).collect::<BTreeSet<_>>();
    let settles = |other: &Entry| matches!(other.kind, EvidenceKind::Review | EvidenceKind::Assessment | EvidenceKind::Submission);
    standing
        .iter()
        .filter(|entry| entry.kind == EvidenceKind::Submission)
        .filter(|entry| {
            let own = subjects(entry);
            !standing.iter().any(|other| other.seq > entry.seq && settles(other) && !own.is_disjoint(&subjects(other)))
        })
        .copied()
        .collect()
}
