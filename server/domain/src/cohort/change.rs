//! What a board changed by in four weeks: the same scores, made of what was there then and of what is there now.
//!
//! "Then" is what a report means by it: what had been recorded, less what the cohort does not see today, measured against
//! today's role, target and terms.

use super::report::by_then;
use crate::cohort::{Cell, Measure, MemberState, Span};
use crate::ledger::Entry;
use crate::time::{Day, Instant, Zone};

/// Days between what is compared.
pub const CHANGE_DAYS: i32 = 28;

/// The end of a learner's day, four weeks before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// The learner's own.
    pub day: Day,
    /// What was written later is not seen.
    pub at: Instant,
}

impl Before {
    /// Four weeks before now, in the learner's zone: the same all day long.
    pub fn of(now: Instant, zone: &Zone) -> Self {
        let day = now.day_in(zone).plus(-CHANGE_DAYS);
        Self { day, at: end_of(day, zone) }
    }

    /// The day on which a member came in, if that was later. Days of spans are the cohort's.
    pub fn joined_since(self, spans: &[Span], zone: &Zone) -> Option<Day> {
        let there = by_then(spans, self.at.day_in(zone)).is_some();
        spans.first().filter(|_| !there).map(|first| first.first_day)
    }
}

/// The last microsecond of a day: midnight belongs to the next one.
pub(super) fn end_of(day: Day, zone: &Zone) -> Instant {
    Instant::from_micros(day.plus(1).starts_in(zone).micros() - 1)
}

/// What of a ledger had been recorded by a moment.
pub fn as_it_was(ledger: &[Entry], at: Instant) -> Vec<Entry> {
    ledger.iter().filter(|entry| entry.recorded_at <= at).cloned().collect()
}

/// The day on which a cohort saw a member last, of the day on which they wrote something last: who dropped out is not seen
/// any more, and what they do since is nothing to that cohort.
pub fn last_seen(wrote: Day, spans: &[Span]) -> Day {
    let left = spans.last().filter(|span| span.state == MemberState::Dropped);
    left.map_or(wrote, |left| wrote.min(left.first_day))
}

/// A difference of both measures, of now from then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delta {
    pub claimed: i32,
    pub proven: i32,
}

impl Delta {
    /// Of numbers far below `i32::MAX`: basis points or per cent.
    pub const fn of(then: (u32, u32), now: (u32, u32)) -> Self {
        Self { claimed: now.0 as i32 - then.0 as i32, proven: now.1 as i32 - then.1 as i32 }
    }

    /// None where one of the two lacks the area.
    pub fn of_cells(then: Option<Cell>, now: Option<Cell>) -> Option<Self> {
        then.zip(now).map(|(then, now)| Self::of((then.claimed, then.proven), (now.claimed, now.proven)))
    }

    pub const fn by(self, measure: Measure) -> i32 {
        match measure {
            Measure::Claimed => self.claimed,
            Measure::Proven => self.proven,
        }
    }
}

/// What a row of the board changed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Came into the cohort on that day, less than four weeks ago: nothing there to compare with.
    Joined(Day),
    Since {
        before: Day,
        /// Basis points.
        ready: Delta,
        /// Per cent, in the order of the board's areas.
        areas: Vec<Option<Delta>>,
    },
}

impl Change {
    /// Of the readiness, in basis points.
    pub const fn ready(&self) -> Option<Delta> {
        match self {
            Self::Joined(_) => None,
            Self::Since { ready, .. } => Some(*ready),
        }
    }
}

/// How a change of a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    Loss,
    /// A step of the heat map, 0 for no change.
    Gain(u32),
}

/// Steps of gains from 1, 5, 10 and 20 points; a loss is one however small.
pub const fn drift(points: i32) -> Drift {
    match points {
        ..0 => Drift::Loss,
        0 => Drift::Gain(0),
        1..5 => Drift::Gain(1),
        5..10 => Drift::Gain(2),
        10..20 => Drift::Gain(3),
        _ => Drift::Gain(4),
    }
}

#[cfg(test)]
mod tests;
