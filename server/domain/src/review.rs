//! Reviews of a submission, criterion by criterion. A learner asks somebody outside by an expiring link; what that person
//! finds met becomes evidence of trust *peer*. An outside reviewer answers once: what was sent is in the learner's ledger,
//! where nothing is edited. Who wants a second look is asked again.

use serde::{Deserialize, Serialize};

use crate::account::CleanName;
use crate::ledger::{Entry, EvidenceKind, FieldError, MAX_NOTE, NewEntry, Payload, Wrong, standing};
use crate::subject::{Subject, Trust, words};
use crate::template::Rubric;
use crate::time::{Day, Instant};

/// What a reviewer says of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Met,
    NotMet,
    CannotSay,
}

words!(Verdict { Met = "met", NotMet = "not-met", CannotSay = "cannot-say" });

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestState {
    /// The link works.
    Open,
    Answered,
    /// Its time ran out without an answer.
    Expired,
    /// The learner took it back.
    Revoked,
}

words!(RequestState { Open = "open", Answered = "answered", Expired = "expired", Revoked = "revoked" });

/// Days that a link works where the learner says nothing.
pub const DAYS: u32 = 14;
pub const MAX_DAYS: u32 = 30;
/// Links that may be open for one submission at once.
pub const MAX_OPEN: usize = 5;
/// Characters of the words to the reviewer.
pub const MAX_MESSAGE: usize = 2_000;
/// Characters of what is said of one criterion.
pub const MAX_COMMENT: usize = 2_000;

/// Codes of this module that the ledger's own list lacks.
pub const FIELD_CODES: &[&str] = &[
    "days_out_of_range",
    "level_contradicts",
    "level_missing",
    "level_not_asked",
    "level_not_there",
    "name_bad_characters",
    "name_empty",
    "name_too_long",
    "only_submissions",
    "too_many_reviews",
];

/// What a learner sends to ask for a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whom they ask, by name.
    pub reviewer: String,
    /// Their own words to that person.
    pub message: Option<String>,
    /// Days until the link ends, 1 to 30.
    pub days: Option<u32>,
}

/// A wish that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub reviewer: CleanName,
    pub message: Option<String>,
    pub days: u32,
}

/// Checks a wish about entry `seq` of a ledger: it is a submission that has not been taken back.
pub fn ask(ledger: &[Entry], seq: u32, wish: Wish) -> Result<Asked, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    match standing(ledger).into_iter().find(|entry| entry.seq == seq) {
        None => wrong.add("entry", "no_such_entry"),
        Some(entry) if entry.kind != EvidenceKind::Submission => wrong.add("entry", "only_submissions"),
        Some(_) => {}
    }
    let reviewer = CleanName::parse(&wish.reviewer).map_err(|bad| wrong.add("reviewer", bad.code()));
    let message = wrong.prose("message", wish.message, MAX_MESSAGE);
    let days = wish.days.unwrap_or(DAYS);
    if !(1..=MAX_DAYS).contains(&days) {
        wrong.add("days", "days_out_of_range");
    }
    match reviewer {
        Ok(reviewer) if wrong.0.is_empty() => Ok(Asked { reviewer, message, days }),
        _ => Err(wrong.0),
    }
}

/// Without an end it stays open.
pub fn state(is_answered: bool, is_revoked: bool, expires_at: Option<Instant>, now: Instant) -> RequestState {
    if is_answered {
        RequestState::Answered
    } else if is_revoked {
        RequestState::Revoked
    } else if expires_at.is_some_and(|end| end <= now) {
        RequestState::Expired
    } else {
        RequestState::Open
    }
}

/// What a reviewer sends, or keeps for later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// On the whole; Markdown.
    pub comment: Option<String>,
    pub criteria: Vec<Said>,
}

/// Of one criterion, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub subject: Subject,
    pub verdict: Option<Verdict>,
    /// Id of the level of its rubric; the verdict follows from it.
    pub level: Option<String>,
    pub comment: Option<String>,
}

/// A reply that was looked at: every criterion of the submission has its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub by: CleanName,
    pub comment: Option<String>,
    pub criteria: Vec<Judged>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub subject: Subject,
    pub verdict: Verdict,
    /// Where the role has a rubric for it, and the reviewer could say.
    pub level: Option<Reached>,
    pub comment: Option<String>,
}

/// A level of a rubric, as it was called when somebody judged by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub id: String,
    pub name: String,
}

/// What of a reply cannot be taken; `about` names the criterion where it is about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongReply {
    pub about: Option<Subject>,
    /// `name`, `comment`, `verdict`, `level`, `subject`.
    pub field: &'static str,
    pub code: &'static str,
}

/// Checks a reply about a submission. Each of its criteria wants a verdict; nothing else is judged. Where `rubric` has levels for
/// one, the reviewer says which it reaches, or that they cannot say.
pub fn check<'a>(submission: &Entry, reply: Reply, rubric: &dyn Fn(&Subject) -> Option<&'a Rubric>) -> Result<Review, Vec<WrongReply>> {
    let mut found = Vec::new();
    let mut whole = Wrong::default();
    let by = CleanName::parse(&reply.name).map_err(|bad| whole.add("name", bad.code()));
    let comment = whole.prose("comment", reply.comment, MAX_NOTE);
    found.extend(whole.0.into_iter().map(|error| WrongReply { about: None, field: error.field, code: error.code }));

    let asked = |subject: &Subject| submission.held.iter().any(|held| held.subject == *subject);
    for (at, said) in reply.criteria.iter().enumerate() {
        let code = if !asked(&said.subject) {
            "subject_unknown"
        } else if reply.criteria[..at].iter().any(|other| other.subject == said.subject) {
            "subject_twice"
        } else {
            continue;
        };
        found.push(WrongReply { about: Some(said.subject.clone()), field: "subject", code });
    }
    let mut criteria = Vec::with_capacity(submission.held.len());
    for held in &submission.held {
        let said = reply.criteria.iter().find(|said| said.subject == held.subject);
        let mut wrong = Wrong::default();
        let comment = wrong.prose("comment", said.and_then(|said| said.comment.clone()), MAX_COMMENT);
        match verdict(said, rubric(&held.subject)) {
            Ok((verdict, level)) => criteria.push(Judged { subject: held.subject.clone(), verdict, level, comment }),
            Err(error) => wrong.0.push(error),
        }
        let about = || Some(held.subject.clone());
        found.extend(wrong.0.into_iter().map(|error| WrongReply { about: about(), field: error.field, code: error.code }));
    }
    match by {
        Ok(by) if found.is_empty() => Ok(Review { by, comment, criteria }),
        _ => Err(found),
    }
}

/// A reply that is not ready: what is there is looked at as [`check`] does, and nothing has to be there.
pub fn draft<'a>(submission: &Entry, reply: Reply, rubric: &dyn Fn(&Subject) -> Option<&'a Rubric>) -> Result<Reply, Vec<WrongReply>> {
    // A name is no part of a draft, and has to be one for the check.
    let named = Reply { name: "Draft".to_owned(), ..reply.clone() };
    let is_wrong = |wrong: &WrongReply| !(wrong.field == "verdict" && wrong.code == "missing");
    let found: Vec<WrongReply> = check(submission, named, rubric).err().into_iter().flatten().filter(is_wrong).collect();
    if found.is_empty() { Ok(Reply { name: String::new(), ..reply }) } else { Err(found) }
}

/// What is said of one criterion. A level says more than a verdict, so one that contradicts it is a mistake.
fn verdict(said: Option<&Said>, rubric: Option<&Rubric>) -> Result<(Verdict, Option<Reached>), FieldError> {
    let (verdict, level) = said.map_or((None, None), |said| (said.verdict, said.level.as_deref()));
    let Some(rubric) = rubric else {
        return match (verdict, level) {
            (_, Some(_)) => Err(FieldError::new("level", "level_not_asked")),
            (Some(verdict), None) => Ok((verdict, None)),
            (None, None) => Err(FieldError::new("verdict", "missing")),
        };
    };
    let Some(level) = level else {
        return match verdict {
            Some(Verdict::CannotSay) => Ok((Verdict::CannotSay, None)),
            Some(_) => Err(FieldError::new("level", "level_missing")),
            None => Err(FieldError::new("verdict", "missing")),
        };
    };
    let place = rubric.levels.iter().position(|known| known.id == level).ok_or(FieldError::new("level", "level_not_there"))?;
    let follows = if place >= rubric.met_from { Verdict::Met } else { Verdict::NotMet };
    if verdict.is_some_and(|verdict| verdict != follows) {
        return Err(FieldError::new("verdict", "level_contradicts"));
    }
    Ok((follows, Some(Reached { id: level.to_owned(), name: rubric.levels[place].name.clone() })))
}

/// What a review becomes in the learner's ledger: evidence for exactly the criteria that are met. Where none is, it is
/// about nothing and earns nothing, but the history shows that somebody looked. `today` is the learner's own day.
pub fn entry(submission: &Entry, review: &Review, trust: Trust, today: Day, now: Instant) -> NewEntry {
    let is_met = |subject: &Subject| review.criteria.iter().any(|judged| judged.subject == *subject && judged.verdict == Verdict::Met);
    NewEntry {
        kind: EvidenceKind::Review,
        trust,
        day: today,
        recorded_at: now,
        held: submission.held.iter().filter(|held| is_met(&held.subject)).cloned().collect(),
        // A certificate that was looked at ends when it ends.
        expires_on: submission.expires_on,
        retracts: None,
        recall: None,
        payload: Payload {
            note: review.comment.clone(),
            by: Some(review.by.to_string()),
            follows: Some(submission.seq),
            ..Payload::default()
        },
    }
}

#[cfg(test)]
mod tests;
