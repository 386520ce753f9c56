//! Mentoring: what waits for the mentors of a cohort, who has taken it up, and what they say of it.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, PublicId};
use crate::ledger::{Entry, EvidenceKind, FieldError, Wrong};
use crate::review::{Review, Verdict, WrongReply};
use crate::subject::{Subject, words};
use crate::template::{RequirementIndex, Template};
use crate::time::Instant;

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    Submission,
    Certificate,
    /// A learner is stuck.
    Help,
}

words!(ItemKind { Submission = "submission", Certificate = "certificate", Help = "help" });

impl ItemKind {
    /// What an entry waits as; none for kinds that nobody looks at.
    pub const fn of(entry: &Entry) -> Option<Self> {
        match entry.kind {
            EvidenceKind::Submission => Some(Self::Submission),
            EvidenceKind::Certificate => Some(Self::Certificate),
            _ => None,
        }
    }
}

/// How a review ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    Accept,
    /// Sent back for more work. What is met counts all the same.
    Return,
}

words!(Decision { Accept = "accept", Return = "return" });

/// What a mentor saw without a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Occasion {
    Oral,
    Attendance,
    Checkpoint,
}

words!(Occasion { Oral = "oral", Attendance = "attendance", Checkpoint = "checkpoint" });

/// How long one has what one took up: long enough to read a project, short enough that nothing is forgotten for a day.
pub const LEASE_SECONDS: i64 = 45 * 60;
/// Characters of a cry for help, and of its answer.
pub const MAX_WORDS: usize = 4_000;
/// Learners that one act assesses.
pub const MAX_ASSESSED: usize = 200;

/// Codes of this module that the ledger's own list lacks.
pub const FIELD_CODES: &[&str] =
    &["accepts_not_met", "accepts_nothing", "decision_missing", "only_learners", "return_needs_words", "too_many_learners"];

/// That somebody has taken something up, until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    pub by: AccountId,
    pub until: Instant,
}

/// Who has it, for the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Free,
    Mine(Instant),
    Another(Lease),
}

/// A lease that ran out holds nothing; its end is over.
pub fn hold(lease: Option<Lease>, me: AccountId, now: Instant) -> Hold {
    match lease.filter(|lease| lease.until > now) {
        None => Hold::Free,
        Some(lease) if lease.by == me => Hold::Mine(lease.until),
        Some(lease) => Hold::Another(lease),
    }
}

/// The place of an item in a mentor's queue: learners of one's own first, then what has waited longest. Smaller is sooner.
pub fn place(mentor: Option<AccountId>, me: AccountId, since: Instant, id: PublicId) -> (bool, Instant, PublicId) {
    (mentor != Some(me), since, id)
}

/// Requirements of a role that ask for any of these, in its order. An entry about nothing that the role asks is not the
/// cohort's to see.
pub fn asking(template: &Template, entry: &Entry) -> Vec<RequirementIndex> {
    let about: Vec<&Subject> = entry.held.iter().map(|held| template.resolve(&held.subject)).collect();
    let asks = |&index: &RequirementIndex| template.requirements[index].subjects().iter().any(|subject| about.contains(subject));
    (0..template.requirements.len()).filter(asks).collect()
}

/// Whether a review may end so. What is accepted has something met and nothing that is not; what is sent back says why,
/// on the whole or of a criterion.
pub fn decide(decision: Option<Decision>, review: &Review) -> Result<Decision, WrongReply> {
    let has = |verdict| review.criteria.iter().any(|judged| judged.verdict == verdict);
    let refuse = |code| Err(WrongReply { about: None, field: "decision", code });
    match decision {
        None => refuse("decision_missing"),
        Some(Decision::Accept) if has(Verdict::NotMet) => refuse("accepts_not_met"),
        Some(Decision::Accept) if !has(Verdict::Met) => refuse("accepts_nothing"),
        Some(Decision::Return) if review.comment.is_none() && review.criteria.iter().all(|judged| judged.comment.is_none()) => {
            refuse("return_needs_words")
        }
        Some(decision) => Ok(decision),
    }
}

/// Words that somebody has to write: a cry for help, an answer, a note, a message. Markdown; never blank.
pub fn said(words: Option<String>) -> Result<String, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let said = wrong.prose("words", words, MAX_WORDS);
    wrong.needs("words", said.is_some());
    wrong.none()?;
    Ok(said.unwrap_or_default())
}

#[cfg(test)]
mod tests;
