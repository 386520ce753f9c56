//! What moved readiness, for the line of its history.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::ids::RevisionId;
use crate::ledger::{Entry, EvidenceKind, standing};
use crate::progress::last_days;
use crate::subject::Subject;
use crate::template::Template;
use crate::time::Day;

/// The last score of a day, with what it was measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScorePoint {
    pub day: Day,
    /// Basis points.
    pub claimed: u32,
    pub proven: u32,
    pub revision: RevisionId,
    pub rule_digest: String,
    /// Id in the template.
    pub target_level: String,
}

impl ScorePoint {
    /// Numbers of both can be compared: the same revision, rule and target.
    pub fn is_measured_as(&self, other: &Self) -> bool {
        self.revision == other.revision && self.rule_digest == other.rule_digest && self.target_level == other.target_level
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// Another level is the target.
    Target { level: String },
    /// The path follows another revision.
    Revision { revision: RevisionId },
    /// Another rule scores.
    Rule,
    /// A certification holds no more since this day.
    Expired { subject: Subject },
    /// Reviews and assessments came back between two scores, the last on this day, about so many subjects; the first is
    /// named.
    Reviewed { first: Subject, more: u32 },
}

/// One event of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub day: Day,
    pub kind: EventKind,
    /// Claimed in the first score of this day or after it: where the event is marked.
    pub at: u32,
    /// The day of the score before.
    pub since: Day,
    /// Basis points from that score to this one. Other things may have happened between them.
    pub claimed: i64,
    pub proven: i64,
}

/// Events that are worth marking in one picture.
pub const MOST_EVENTS: usize = 5;

/// The events that moved a path's numbers between its first and its last score, oldest first, at most [`MOST_EVENTS`].
///
/// A new target, revision or rule always is one. A certification that lapsed and was not held otherwise, and reviews that
/// came back, are one where the template asks for what they are about and a number moved. Where there are more, changes of
/// the measure come first, then what moved the numbers most, then what is newer.
pub fn events(points: &[ScorePoint], ledger: &[Entry], template: &Template) -> Vec<Event> {
    let asked: BTreeSet<&Subject> = template.requirements.iter().flat_map(|requirement| requirement.subjects()).collect();
    let asks = |subject: &Subject| asked.contains(template.resolve(subject));
    let mut found: Vec<Event> = Vec::new();
    for pair in points.windows(2) {
        let [before, now] = pair else { continue };
        let changes = [
            (before.target_level != now.target_level).then(|| EventKind::Target { level: now.target_level.clone() }),
            (before.revision != now.revision).then_some(EventKind::Revision { revision: now.revision }),
            (before.rule_digest != now.rule_digest).then_some(EventKind::Rule),
        ];
        found.extend(changes.into_iter().flatten().map(|kind| event(now.day, kind, before, now)));
    }
    let expired = last_days(ledger).into_iter().filter(|(subject, _)| asks(subject)).filter_map(|(subject, last)| {
        let kind = EventKind::Expired { subject: subject.clone() };
        Some((last?.plus(1), kind))
    });
    for (day, kind) in expired.chain(reviews(points, ledger, &asks)) {
        let after = points.partition_point(|point| point.day < day);
        if let (Some(before), Some(now)) = (after.checked_sub(1).and_then(|i| points.get(i)), points.get(after)) {
            found.extend(Some(event(day, kind, before, now)).filter(|event| event.claimed != 0 || event.proven != 0));
        }
    }
    let is_measure = |event: &Event| matches!(event.kind, EventKind::Target { .. } | EventKind::Revision { .. } | EventKind::Rule);
    let size = |event: &Event| event.claimed.unsigned_abs() + event.proven.unsigned_abs();
    found.sort_by(|a, b| {
        let rank = |event: &Event| (Reverse(is_measure(event)), Reverse(size(event)), Reverse(event.day));
        rank(a).cmp(&rank(b)).then_with(|| a.kind.cmp(&b.kind))
    });
    found.truncate(MOST_EVENTS);
    found.sort_by(|a, b| (a.day, &a.kind).cmp(&(b.day, &b.kind)));
    found
}

fn event(day: Day, kind: EventKind, before: &ScorePoint, now: &ScorePoint) -> Event {
    let moved = |from: u32, to: u32| i64::from(to) - i64::from(from);
    Event {
        day,
        kind,
        at: now.claimed,
        since: before.day,
        claimed: moved(before.claimed, now.claimed),
        proven: moved(before.proven, now.proven),
    }
}

/// Reviews and assessments, those between two scores together: nobody can say which of them moved what.
fn reviews(points: &[ScorePoint], ledger: &[Entry], asks: &dyn Fn(&Subject) -> bool) -> Vec<(Day, EventKind)> {
    // By the score that has seen them: the last of their days, and what they are about.
    let mut seen: BTreeMap<usize, (Day, Vec<&Subject>)> = BTreeMap::new();
    for entry in standing(ledger).into_iter().filter(|entry| matches!(entry.kind, EvidenceKind::Review | EvidenceKind::Assessment)) {
        let after = points.partition_point(|point| point.day < entry.day);
        for subject in entry.held.iter().map(|held| &held.subject).filter(|subject| asks(subject)) {
            let (day, subjects) = seen.entry(after).or_insert((entry.day, Vec::new()));
            *day = entry.day.max(*day);
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
    }
    let reviewed = |(day, subjects): (Day, Vec<&Subject>)| {
        let first = (*subjects.first()?).clone();
        Some((day, EventKind::Reviewed { first, more: subjects.len() as u32 - 1 }))
    };
    seen.into_values().filter_map(reviewed).collect()
}
