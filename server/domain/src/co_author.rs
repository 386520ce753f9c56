//! Work that several made. One hands it in and names the others; each of them says whether they did, and from then on has it
//! as evidence of their own. Mentors judge it once, and may say something else of one of them.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::account::Username;
use crate::ids::AccountId;
use crate::ledger::{Entry, EvidenceKind, FieldError, NewEntry, Payload};
use crate::review::{Reply, Review, Said, Verdict, WrongReply, check};
use crate::subject::{Subject, words};
use crate::template::Rubric;
use crate::time::{Day, Instant};

/// What somebody who was named has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CoAuthorState {
    Asked,
    Confirmed,
    Declined,
}

words!(CoAuthorState { Asked = "asked", Confirmed = "confirmed", Declined = "declined" });

/// People that one submission names.
pub const MAX_CO_AUTHORS: usize = 5;

/// Codes of this module.
pub const FIELD_CODES: &[&str] = &["co_author_is_self", "co_author_unknown", "co_authors_too_many", "only_submissions"];

/// Usernames in one field, with commas or spaces between them; each once. Who is meant is for the caller to look up.
pub fn named(text: &str, me: &Username) -> Result<Vec<Username>, FieldError> {
    let refuse = |code| Err(FieldError::new("co_authors", code));
    let mut names = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty()) {
        let Ok(name) = Username::parse(word.trim_start_matches('@')) else { return refuse("co_author_unknown") };
        if name == *me {
            return refuse("co_author_is_self");
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > MAX_CO_AUTHORS { refuse("co_authors_too_many") } else { Ok(names) }
}

/// What a piece of work becomes in the ledger of somebody who confirms it: the same subjects, title and address, about the day
/// that the work is about, in their own zone no later than today. What the other wrote beside it stays theirs. `follows` is
/// the number of their own entry of the version before.
pub fn entry(work: &Entry, payload: &Payload, follows: Option<u32>, today: Day, now: Instant) -> NewEntry {
    NewEntry {
        kind: EvidenceKind::Submission,
        trust: work.trust,
        day: work.day.min(today),
        recorded_at: now,
        held: work.held.clone(),
        expires_on: None,
        retracts: None,
        recall: None,
        payload: Payload { title: payload.title.clone(), url: payload.url.clone(), follows, ..Payload::default() },
    }
}

/// An entry of somebody's ledger.
pub type EntryOf = (AccountId, u32);

/// What waits for mentors, each piece of work once: a co-author's entry stands behind that of who handed it in, as long as that
/// one waits too. When it ends, in whatever way, the other comes to the front. `behind` names for an entry the one before it.
pub fn at_the_front<T>(waiting: Vec<T>, entry: impl Fn(&T) -> EntryOf, behind: &HashMap<EntryOf, EntryOf>) -> Vec<T> {
    let all: HashSet<EntryOf> = waiting.iter().map(&entry).collect();
    waiting.into_iter().filter(|one| behind.get(&entry(one)).is_none_or(|first| !all.contains(first))).collect()
}

/// The review of one member: that of the work, but for what is said otherwise of them.
pub fn of_member<'a>(
    submission: &Entry,
    whole: &Reply,
    own: &[Said],
    rubric: &dyn Fn(&Subject) -> Option<&'a Rubric>,
) -> Result<Review, Vec<WrongReply>> {
    let said = |said: &Said| match own.iter().find(|own| own.subject == said.subject) {
        Some(own) => Said { comment: own.comment.clone().or_else(|| said.comment.clone()), ..own.clone() },
        None => said.clone(),
    };
    let unknown = own.iter().filter(|own| whole.criteria.iter().all(|said| said.subject != own.subject)).cloned();
    check(submission, Reply { criteria: whole.criteria.iter().map(said).chain(unknown).collect(), ..whole.clone() }, rubric)
}

/// Whether a member gets the work back: with everybody, or because something is not met by them.
pub fn is_returned(whole: bool, review: &Review) -> bool {
    whole || review.criteria.iter().any(|judged| judged.verdict == Verdict::NotMet)
}

#[cfg(test)]
mod tests;
