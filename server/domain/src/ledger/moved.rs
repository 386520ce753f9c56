//! Evidence that was recorded elsewhere: what becomes of it when its learner brings it along.
//!
//! Nobody here saw what a reviewer saw there, and a file can be edited. So nothing arrives with more trust than *linked*:
//! reviews, assessments and recall fall to it, claims stay claims, and whatever rests on its link is worth what it would be
//! worth if it were recorded here. Days stay as they were frozen. An entry keeps the id that it had where it was recorded;
//! by that it is known again and comes once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{EvidenceKind, FieldError, Held, NewEntry, Payload, Recall, Wrong};
use crate::account::strip;
use crate::ids::PublicId;
use crate::subject::{Subject, SubjectKind, Trust};
use crate::time::{Day, Instant};

/// An entry as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedEntry {
    /// Of the place where it was recorded first.
    pub id: PublicId,
    pub kind: EvidenceKind,
    pub trust: Trust,
    pub day: Day,
    pub recorded_at: Instant,
    #[serde(default)]
    pub subjects: Vec<Held>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// The entry that a retraction takes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retracts: Option<PublicId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Recall>,
    /// The entry that this one renews or reviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<PublicId>,
    /// What was written has been blanked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redacted: bool,
    /// Its own `follows`, a number, stays behind.
    #[serde(flatten)]
    pub payload: Payload,
}

/// The place where entries arrive.
pub struct Here<'a> {
    /// The learner's own day.
    pub today: Day,
    pub now: Instant,
    /// What the instance that they come from calls itself.
    pub from: &'a str,
    /// What a subject is called now; none for one that the catalogue lacks.
    pub resolve: &'a dyn Fn(&Subject) -> Option<Subject>,
}

/// What is in the ledger already.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Number by the id that it has or had.
    pub numbers: BTreeMap<PublicId, u32>,
    /// Numbers of entries that are taken back.
    pub retracted: BTreeSet<u32>,
    /// Numbers of retractions.
    pub retractions: BTreeSet<u32>,
}

/// An entry that may be recorded. `entry.retracts` and `entry.payload.follows` are for whoever numbers it: the numbers that
/// `retracts` and `follows` have got by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub id: PublicId,
    pub entry: NewEntry,
    pub retracts: Option<PublicId>,
    pub follows: Option<PublicId>,
    pub redacted: bool,
    /// The trust that it had, where it has less now.
    pub lowered_from: Option<Trust>,
    /// Subjects that no catalogue here knows. They are kept, and count once a pack brings them.
    pub unknown: Vec<Subject>,
}

/// What becomes of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    pub new: Vec<Arrival>,
    /// How many are here already.
    pub known: usize,
    pub refused: Vec<(PublicId, Vec<FieldError>)>,
}

/// Looks through entries in the order in which they were recorded; a retraction comes after what it takes out, wherever it
/// stands.
pub fn arrivals(entries: Vec<MovedEntry>, known: &Known, here: &Here<'_>) -> Arrivals {
    let mut result = Arrivals::default();
    // The last of an id: what stands before it may be refused.
    let places: BTreeMap<PublicId, usize> = entries.iter().enumerate().map(|(place, entry)| (entry.id, place)).collect();
    let mut entries: Vec<(usize, MovedEntry)> = entries.into_iter().enumerate().collect();
    entries.sort_by_key(|(place, entry)| {
        let target = entry.retracts.and_then(|target| places.get(&target).copied());
        (target.map_or(*place, |target| target.max(*place)), target.is_some())
    });
    let mut taken: BTreeMap<PublicId, EvidenceKind> = BTreeMap::new();
    let mut taken_back: BTreeSet<PublicId> = BTreeSet::new();
    for (_, entry) in entries {
        let id = entry.id;
        if known.numbers.contains_key(&id) {
            result.known += 1;
            continue;
        }
        if taken.contains_key(&id) {
            result.refused.push((id, vec![FieldError::new("id", "entry_twice")]));
            continue;
        }
        if let Some(target) = entry.retracts {
            let number = known.numbers.get(&target);
            let kind = taken.get(&target);
            let refused = if number.is_none() && kind.is_none() {
                Some("no_such_entry")
            } else if kind == Some(&EvidenceKind::Retraction) || number.is_some_and(|number| known.retractions.contains(number)) {
                Some("retracts_a_retraction")
            } else if taken_back.contains(&target) || number.is_some_and(|number| known.retracted.contains(number)) {
                Some("already_retracted")
            } else {
                None
            };
            if let Some(code) = refused {
                result.refused.push((id, vec![FieldError::new("retracts", code)]));
                continue;
            }
        }
        match arrive(entry, here) {
            Ok(arrival) => {
                taken.insert(id, arrival.entry.kind);
                taken_back.extend(arrival.retracts);
                result.new.push(arrival);
            }
            Err(wrong) => result.refused.push((id, wrong)),
        }
    }
    result
}

/// One entry, or everything that is wrong with it. The rules are those of [`super::check`], for all kinds.
fn arrive(moved: MovedEntry, here: &Here<'_>) -> Result<Arrival, Vec<FieldError>> {
    use EvidenceKind::{Assessment, Certificate, Experience, Link, Recall, Retraction, Review, Submission};
    let mut wrong = Wrong::default();
    let (kind, redacted) = (moved.kind, moved.redacted);
    let written = if redacted { Payload::default() } else { moved.payload };
    let payload = Payload {
        title: wrong.short("title", written.title),
        issuer: wrong.short("issuer", written.issuer),
        number: wrong.short("number", written.number),
        note: wrong.note(written.note),
        url: wrong.url(written.url),
        issued_on: written.issued_on,
        minutes: written.minutes,
        by: wrong.short("by", written.by).map(|by| from_there(&by, here.from)),
        follows: None,
    };
    if payload.minutes.is_some_and(|minutes| minutes == 0 || minutes > super::MAX_MINUTES) {
        wrong.add("minutes", "out_of_range");
    }
    wrong.past("day", Some(moved.day), here.today);
    wrong.past("issued_on", payload.issued_on, here.today);

    let mut unknown = Vec::new();
    let named = moved.subjects.into_iter().map(|held| match (here.resolve)(&held.subject) {
        Some(subject) => Held { subject, ..held },
        None => {
            unknown.push(held.subject.clone());
            held
        }
    });
    let named: Vec<Held> = named.collect();
    let held = wrong.held(named);
    let about = |kind: SubjectKind| held.iter().any(|held| held.subject.kind == kind);
    if held.is_empty() && !matches!(kind, Experience | Retraction) {
        wrong.add("subjects", "missing");
    } else if kind == Certificate && held.iter().any(|held| held.subject.kind != SubjectKind::Certification) {
        wrong.add("subjects", "only_certifications");
    } else if !matches!(kind, Certificate | Retraction) && about(SubjectKind::Certification) {
        wrong.add("subjects", "certification_needs_certificate");
    } else if kind == Submission && held.iter().any(|held| held.subject.kind != SubjectKind::Criterion) {
        wrong.add("subjects", "only_criteria");
    }
    if kind == Certificate {
        wrong.needs("issuer", redacted || payload.issuer.is_some());
        if moved.expires_on.is_some_and(|last| last < payload.issued_on.unwrap_or(moved.day)) {
            wrong.add("expires_on", "expires_before_issue");
        }
    } else {
        wrong.not_here("number", payload.number.is_some());
        wrong.not_here("issued_on", payload.issued_on.is_some());
        wrong.not_here("expires_on", moved.expires_on.is_some());
        wrong.not_here("issuer", payload.issuer.is_some() && kind != Experience);
    }
    wrong.needs("title", redacted || kind != Experience || payload.title.is_some());
    wrong.needs("url", redacted || kind != Link || payload.url.is_some());
    wrong.not_here("by", payload.by.is_some() && !matches!(kind, Review | Assessment));
    wrong.needs("recall", kind != Recall || moved.recall.is_some());
    wrong.not_here("recall", kind != Recall && moved.recall.is_some());
    wrong.needs("retracts", kind != Retraction || moved.retracts.is_some());
    wrong.not_here("retracts", kind != Retraction && moved.retracts.is_some());
    wrong.none()?;

    let trust = trust_here(kind, moved.trust, redacted || payload.url.is_some());
    Ok(Arrival {
        id: moved.id,
        entry: NewEntry {
            kind,
            trust,
            day: moved.day,
            // A clock that went ahead there does not reach into the future here.
            recorded_at: moved.recorded_at.min(here.now),
            held,
            expires_on: moved.expires_on,
            retracts: None,
            recall: moved.recall,
            payload,
        },
        retracts: moved.retracts,
        follows: moved.follows.filter(|_| !redacted),
        redacted,
        lowered_from: (trust < moved.trust).then_some(moved.trust),
        unknown,
    })
}

/// Never more than it had, never more than *linked*. A certificate that somebody looked up there was not looked up here:
/// like everything that rests on a link it is *linked* with one and *claimed* without.
fn trust_here(kind: EvidenceKind, had: Trust, has_link: bool) -> Trust {
    use EvidenceKind::{Assessment, Certificate, Claim, Experience, Link, Recall, Retraction, Review, Submission};
    let most = match kind {
        Claim | Retraction => Trust::Claimed,
        Review | Assessment | Recall => Trust::Linked,
        Link | Submission | Experience | Certificate if has_link => Trust::Linked,
        Link | Submission | Experience | Certificate => Trust::Claimed,
    };
    had.min(most)
}

/// A reviewer's name with the place that it comes from, so that nobody takes them for somebody here.
fn from_there(by: &str, from: &str) -> String {
    let from = strip(from);
    let text = if from.is_empty() { by.to_owned() } else { format!("{by} · {from}") };
    text.chars().take(super::MAX_SHORT_TEXT).collect()
}

#[cfg(test)]
mod tests;
