//! The ledger: all evidence of a learner, append-only, numbered.

use serde::{Deserialize, Serialize};

use crate::points::BasisPoints;
use crate::subject::{Step, Subject, SubjectKind, Trust, words};
use crate::time::{Day, Instant};

/// The kinds of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// The learner's word.
    Claim,
    /// Something that can be looked at.
    Link,
    /// Work handed in against criteria.
    Submission,
    /// What a reviewer accepted of a submission.
    Review,
    /// What a mentor saw, without a submission.
    Assessment,
    /// A certificate with issuer, number and days.
    Certificate,
    /// A job or a study.
    Experience,
    /// An interview card that was remembered; the system kept the record.
    Recall,
    /// Takes an earlier entry out of the count.
    Retraction,
}

words!(EvidenceKind {
    Claim = "claim",
    Link = "link",
    Submission = "submission",
    Review = "review",
    Assessment = "assessment",
    Certificate = "certificate",
    Experience = "experience",
    Recall = "recall",
    Retraction = "retraction",
});

/// A subject as an entry froze it: with the step for a skill, without for the other kinds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Held {
    pub subject: Subject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
}

/// The facts of an entry: all that scoring ever reads. Text, links and names are its payload and kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Number in the learner's own ledger, from 1, without gaps.
    pub seq: u32,
    pub kind: EvidenceKind,
    pub trust: Trust,
    /// The learner's local day that the entry is about.
    pub day: Day,
    /// When it was written down.
    pub recorded_at: Instant,
    pub held: Vec<Held>,
    /// The last day on which a certificate holds.
    pub expires_on: Option<Day>,
    /// The entry that a retraction takes out.
    pub retracts: Option<u32>,
    pub recall: Option<Recall>,
}

/// How well a card sat when it was last answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// Share of the topic's cards that were known.
    pub share: BasisPoints,
    /// Days after which nine in ten are still remembered (FSRS's stability), at least 1.
    pub stability: u32,
}

/// An entry before the store numbers it: facts that [`check`] has looked at, and the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub kind: EvidenceKind,
    pub trust: Trust,
    pub day: Day,
    pub recorded_at: Instant,
    pub held: Vec<Held>,
    pub expires_on: Option<Day>,
    pub retracts: Option<u32>,
    pub recall: Option<Recall>,
    pub payload: Payload,
}

/// What people wrote: never read by scoring, can be blanked without touching a score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payload {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Name of the one who recorded it, where that is not the learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What a learner sends: a form or a JSON body, before it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Offer {
    /// `claim`, `link`, `submission`, `certificate`, `experience`.
    pub kind: Option<EvidenceKind>,
    pub subjects: Vec<Held>,
    /// Absent: today.
    pub day: Option<Day>,
    pub expires_on: Option<Day>,
    #[serde(flatten)]
    pub payload: OfferPayload,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferPayload {
    pub title: Option<String>,
    pub note: Option<String>,
    pub url: Option<String>,
    pub issuer: Option<String>,
    pub number: Option<String>,
    pub issued_on: Option<Day>,
    pub minutes: Option<u32>,
}

/// One field of an offer that cannot be taken; `field` is its name in the form and in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: &'static str,
    /// Stable, `snake_case`; the words are looked up by it.
    pub code: &'static str,
}

pub const MAX_NOTE: usize = 10_000;
pub const MAX_SHORT_TEXT: usize = 200;
pub const MAX_URL: usize = 2_000;
pub const MAX_SUBJECTS: usize = 60;

/// Turns what a learner sends into an entry, or says every field that is wrong.
///
/// Trust follows from the kind: a claim is *claimed*; a link, a submission, experience with a link and a certificate
/// with a link to look it up are *linked*; what lacks its link is *claimed*. Days lie between 1950 and `today`; a
/// certificate may expire later. A URL is http or https. `known` says whether a subject is in the catalogue.
pub fn check(offer: Offer, today: Day, now: Instant, known: &dyn Fn(&Subject) -> bool) -> Result<NewEntry, Vec<FieldError>> {
    let _ = (offer, today, now, known, SubjectKind::Skill);
    todo!()
}

/// A retraction of entry `seq`, or why it cannot be: no such entry, a retraction itself, retracted already.
pub fn retract(ledger: &[Entry], seq: u32, today: Day, now: Instant, note: Option<String>) -> Result<NewEntry, FieldError> {
    let _ = (ledger, seq, today, now, note);
    todo!()
}

/// The entries that no retraction has taken out, retractions themselves left out, in order.
pub fn standing(ledger: &[Entry]) -> Vec<&Entry> {
    let _ = ledger;
    todo!()
}
