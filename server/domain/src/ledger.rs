//! The ledger: all evidence of a learner, append-only, numbered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::account::CleanName;
use crate::points::BasisPoints;
use crate::subject::{Step, Subject, SubjectKind, Trust, words};
use crate::time::{Day, Instant};

mod moved;
mod wrong;

pub use moved::{Arrival, Arrivals, Here, Known, MovedEntry, arrivals};
pub(crate) use wrong::Wrong;

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

impl NewEntry {
    /// As it stands once it is recorded with that number.
    pub fn numbered(&self, seq: u32) -> Entry {
        Entry {
            seq,
            kind: self.kind,
            trust: self.trust,
            day: self.day,
            recorded_at: self.recorded_at,
            held: self.held.clone(),
            expires_on: self.expires_on,
            retracts: self.retracts,
            recall: self.recall,
        }
    }
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
    /// Number of the entry that this one renews (a certificate), takes the place of (a submission) or reviews (a review).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<u32>,
}

/// What a learner sends: a form or a JSON body, before it is looked at. Flat, so that unknown fields can be refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Offer {
    /// `claim`, `link`, `submission`, `certificate`, `experience`.
    pub kind: Option<EvidenceKind>,
    pub subjects: Vec<Held>,
    /// Absent: for a certificate its day of issue, else today.
    pub day: Option<Day>,
    /// Certificates only: the last day on which it holds.
    pub expires_on: Option<Day>,
    pub title: Option<String>,
    /// Markdown.
    pub note: Option<String>,
    /// http or https.
    pub url: Option<String>,
    /// Of a link or a submission: the whole hash of the commit that the link is to name ([`crate::pinned`]).
    pub commit: Option<String>,
    /// Of a certificate; of experience: the employer or the school.
    pub issuer: Option<String>,
    /// Certificates only.
    pub number: Option<String>,
    /// Certificates only.
    pub issued_on: Option<Day>,
    /// Time spent.
    pub minutes: Option<u32>,
    /// Number of the certificate that it renews, or of the submission that it takes the place of. Whether that is there is
    /// for [`renews`] to say.
    pub renews: Option<u32>,
}

/// One field of an offer that cannot be taken; `field` is its name in the form and in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: &'static str,
    /// Stable, `snake_case`; the words are looked up by it.
    pub code: &'static str,
}

impl FieldError {
    pub const fn new(field: &'static str, code: &'static str) -> Self {
        Self { field, code }
    }
}

/// Every code that [`check`], [`renews`], [`assessed`], [`retract`] and [`arrivals`] give, for those who put them into words.
pub const FIELD_CODES: &[&str] = &[
    "already_retracted",
    "bad_characters",
    "certification_needs_certificate",
    "day_in_future",
    "day_too_early",
    "entry_twice",
    "expires_before_issue",
    "kind_missing",
    "kind_not_offered",
    "missing",
    "no_such_entry",
    "not_for_this_kind",
    "only_certifications",
    "only_criteria",
    "out_of_range",
    "renews_another",
    "retracts_a_retraction",
    "step_missing",
    "step_unexpected",
    "subject_twice",
    "subject_unknown",
    "too_long",
    "too_many",
    "trust_not_given",
    "url_malformed",
];

pub const MAX_NOTE: usize = 10_000;
pub const MAX_SHORT_TEXT: usize = 200;
pub const MAX_URL: usize = crate::text::MAX_URL;
pub const MAX_SUBJECTS: usize = 60;
/// Seventy days and nights; what is longer is a slip of the keyboard.
pub const MAX_MINUTES: u32 = 100_000;
/// 1950-01-01.
pub const EARLIEST_DAY: Day = Day::from_number(-7_305);

/// Turns what a learner sends into an entry, or says every field that is wrong.
///
/// Trust follows from the kind: a claim is *claimed*; a link, a submission, experience with a link and a certificate
/// with a link to look it up are *linked*; what lacks its link is *claimed*. Days lie between 1950 and `today`; a
/// certificate may expire later. A URL is http or https. `known` says whether a subject is in the catalogue.
///
/// A certificate is about certifications and nothing else is; a submission is about criteria; experience may be about
/// nothing in particular. A link needs its `url`, a certificate its `issuer`, experience its `title`. Blank texts count
/// as absent. Subjects are sorted, so that the same offer gives the same entry.
pub fn check(offer: Offer, today: Day, now: Instant, known: &dyn Fn(&Subject) -> bool) -> Result<NewEntry, Vec<FieldError>> {
    use EvidenceKind::{Certificate, Claim, Experience, Link, Submission};
    let mut wrong = Wrong::default();

    let title = wrong.short("title", offer.title);
    let issuer = wrong.short("issuer", offer.issuer);
    let number = wrong.short("number", offer.number);
    let note = wrong.note(offer.note);
    let url = wrong.url(offer.url);
    let url = match offer.commit.filter(|commit| !commit.trim().is_empty()) {
        Some(commit) => wrong.pinned(offer.kind, url, &commit),
        None => url,
    };
    if offer.minutes.is_some_and(|minutes| minutes == 0 || minutes > MAX_MINUTES) {
        wrong.add("minutes", "out_of_range");
    }
    wrong.past("day", offer.day, today);
    wrong.past("issued_on", offer.issued_on, today);
    let held = wrong.held(offer.subjects);
    if held.iter().any(|held| !known(&held.subject)) {
        wrong.add("subjects", "subject_unknown");
    }

    let kind = match offer.kind {
        Some(kind @ (Claim | Link | Submission | Certificate | Experience)) => kind,
        Some(_) => return wrong.refuse("kind", "kind_not_offered"),
        None => return wrong.refuse("kind", "kind_missing"),
    };
    let about = |kind: SubjectKind| held.iter().any(|held| held.subject.kind == kind);
    if held.is_empty() && kind != Experience {
        wrong.add("subjects", "missing");
    } else if kind == Certificate && held.iter().any(|held| held.subject.kind != SubjectKind::Certification) {
        wrong.add("subjects", "only_certifications");
    } else if kind != Certificate && about(SubjectKind::Certification) {
        wrong.add("subjects", "certification_needs_certificate");
    } else if kind == Submission && held.iter().any(|held| held.subject.kind != SubjectKind::Criterion) {
        wrong.add("subjects", "only_criteria");
    }
    let day = offer.day.or(offer.issued_on).unwrap_or(today);
    if kind == Certificate {
        wrong.needs("issuer", issuer.is_some());
        if offer.expires_on.is_some_and(|last| last < offer.issued_on.unwrap_or(day)) {
            wrong.add("expires_on", "expires_before_issue");
        }
    } else {
        wrong.not_here("number", number.is_some());
        wrong.not_here("issued_on", offer.issued_on.is_some());
        wrong.not_here("expires_on", offer.expires_on.is_some());
        wrong.not_here("renews", offer.renews.is_some() && kind != Submission);
        wrong.not_here("issuer", issuer.is_some() && kind != Experience);
    }
    if kind == Experience {
        wrong.needs("title", title.is_some());
    }
    if kind == Link && !wrong.names("url") {
        wrong.needs("url", url.is_some());
    }

    wrong.none()?;
    let trust = if kind != Claim && url.is_some() { Trust::Linked } else { Trust::Claimed };
    Ok(NewEntry {
        kind,
        trust,
        day,
        recorded_at: now,
        held,
        expires_on: offer.expires_on,
        retracts: None,
        recall: None,
        payload: Payload {
            title,
            note,
            url,
            issuer,
            number,
            issued_on: offer.issued_on,
            minutes: offer.minutes,
            by: None,
            follows: offer.renews,
        },
    })
}

/// What a mentor (or an outside reviewer, as *peer*) saw of a learner, without a submission. `day` is the learner's own.
///
/// The caller has asked [`crate::policy::decide`], and takes the subjects from a template, so they are known. A
/// certification is proven by its certificate only.
pub fn assessed(
    held: Vec<Held>,
    trust: Trust,
    day: Day,
    now: Instant,
    by: &CleanName,
    note: Option<String>,
) -> Result<NewEntry, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let note = wrong.note(note);
    let held = wrong.held(held);
    if held.is_empty() {
        wrong.add("subjects", "missing");
    } else if held.iter().any(|held| held.subject.kind == SubjectKind::Certification) {
        wrong.add("subjects", "certification_needs_certificate");
    }
    if !matches!(trust, Trust::Peer | Trust::Mentor) {
        wrong.add("trust", "trust_not_given");
    }
    wrong.none()?;
    Ok(NewEntry {
        kind: EvidenceKind::Assessment,
        trust,
        day,
        recorded_at: now,
        held,
        expires_on: None,
        retracts: None,
        recall: None,
        payload: Payload { note, by: Some(by.to_string()), ..Payload::default() },
    })
}

/// A retraction of entry `seq`, or why it cannot be: no such entry, a retraction itself, retracted already.
///
/// It carries the subjects of what it takes out, so that a requirement's history shows it.
pub fn retract(ledger: &[Entry], seq: u32, today: Day, now: Instant, note: Option<String>) -> Result<NewEntry, FieldError> {
    let refuse = |code| Err(FieldError::new("entry", code));
    let mut wrong = Wrong::default();
    let note = wrong.note(note);
    if let Some(first) = wrong.0.pop() {
        return Err(first);
    }
    let Some(entry) = ledger.iter().find(|entry| entry.seq == seq) else { return refuse("no_such_entry") };
    if entry.kind == EvidenceKind::Retraction {
        return refuse("retracts_a_retraction");
    }
    if ledger.iter().any(|other| other.retracts == Some(seq)) {
        return refuse("already_retracted");
    }
    Ok(NewEntry {
        kind: EvidenceKind::Retraction,
        trust: Trust::Claimed,
        day: today,
        recorded_at: now,
        held: entry.held.clone(),
        expires_on: None,
        retracts: Some(seq),
        recall: None,
        payload: Payload { note, ..Payload::default() },
    })
}

/// Whether a certificate may say that it renews the one it names, or a submission that it takes the place of one: that is
/// there, has not been taken back, and is about something that both prove. The old one stays in the ledger as it was.
pub fn renews(ledger: &[Entry], new: &NewEntry) -> Result<(), FieldError> {
    let follows = matches!(new.kind, EvidenceKind::Certificate | EvidenceKind::Submission);
    let Some(seq) = new.payload.follows.filter(|_| follows) else { return Ok(()) };
    let old = standing(ledger).into_iter().find(|entry| entry.seq == seq && entry.kind == new.kind);
    let old = old.ok_or(FieldError::new("renews", "no_such_entry"))?;
    let shared = old.held.iter().any(|held| new.held.iter().any(|other| other.subject == held.subject));
    if shared { Ok(()) } else { Err(FieldError::new("renews", "renews_another")) }
}

/// The entries that no retraction has taken out, retractions themselves left out, in order.
pub fn standing(ledger: &[Entry]) -> Vec<&Entry> {
    let gone: BTreeSet<u32> = ledger.iter().filter_map(|entry| entry.retracts).collect();
    ledger.iter().filter(|entry| entry.kind != EvidenceKind::Retraction && !gone.contains(&entry.seq)).collect()
}

#[cfg(test)]
mod tests;
