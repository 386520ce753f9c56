//! Pace: where a learner stands against the plan, and by which rule.

use serde::{Deserialize, Serialize};

use crate::cohort::{Curve, MemberCalendar, MemberState, SetUp, moved_by, span_on, state_on};
use crate::subject::words;
use crate::time::{Day, Instant, Zone};

/// What of a learner's readiness is held against the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    #[default]
    Claimed,
    Proven,
}

words!(Measure { Claimed = "claimed", Proven = "proven" });

/// Where a learner stands, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    Silent,
    Behind,
    Waiting,
    #[serde(rename = "on-pace")]
    OnPace,
    Ahead,
    /// Paused, dropped or completed: measured against nothing.
    Resting,
}

words!(Pace { Silent = "silent", Behind = "behind", Waiting = "waiting", OnPace = "on-pace", Ahead = "ahead", Resting = "resting" });

/// The rule that put a learner there, with its figures. Points are basis points of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing recorded for so many of the learner's session days; the cohort's limit.
    Silent {
        sessions: u32,
        limit: u32,
    },
    /// More than `band` below what the plan asks by now.
    Behind {
        short: u32,
        expected: u32,
        band: u32,
    },
    /// A review has waited for so many days.
    Waiting {
        days: u32,
    },
    OnPace {
        expected: u32,
        band: u32,
    },
    /// More than `band` above what the plan asks by now.
    Ahead {
        over: u32,
        expected: u32,
        band: u32,
    },
    /// The learner's own start lies ahead.
    NotStarted {
        starts_on: Day,
    },
    /// The learner follows none of the cohort's roles with it.
    NoPath,
    /// Another cohort's, since that day.
    Moved {
        since: Day,
    },
    /// Not active, since that day.
    Resting {
        state: MemberState,
        since: Option<Day>,
    },
}

impl Why {
    pub const fn pace(&self) -> Pace {
        match self {
            Self::Silent { .. } => Pace::Silent,
            Self::Behind { .. } => Pace::Behind,
            Self::Waiting { .. } => Pace::Waiting,
            Self::OnPace { .. } | Self::NotStarted { .. } | Self::NoPath => Pace::OnPace,
            Self::Ahead { .. } => Pace::Ahead,
            Self::Moved { .. } | Self::Resting { .. } => Pace::Resting,
        }
    }
}

impl Why {
    /// Whether a learner counts among those of a pace: who moved to another cohort counts nowhere in this one.
    pub fn is(&self, pace: Pace) -> bool {
        self.pace() == pace && !matches!(self, Self::Moved { .. })
    }

    /// What the plan asks of the learner by now, where that was looked at.
    pub const fn expected(&self) -> Option<u32> {
        match self {
            Self::Behind { expected, .. } | Self::OnPace { expected, .. } | Self::Ahead { expected, .. } => Some(*expected),
            _ => None,
        }
    }
}

/// What is known of a learner.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Claimed and proven readiness; none without a path.
    pub ready: Option<(u32, u32)>,
    /// The learner's own day of what they recorded last.
    pub last_active: Option<Day>,
    /// Since when the oldest open review waits.
    pub waiting_since: Option<Instant>,
}

/// Where a learner stands at the end of `through`, the last session day that ended. The first rule that holds: another cohort's, resting,
/// not started, silent, without a path, behind, waiting for a review, ahead, on pace.
pub fn pace(member: MemberCalendar<'_>, set_up: &SetUp, plan: &Curve, seen: Seen, through: Day, now: Instant, zone: &Zone) -> Why {
    let today = through.plus(1);
    if let Some(since) = moved_by(member.spans, today) {
        return Why::Moved { since };
    }
    let state = state_on(member.spans, today);
    if state != MemberState::Active {
        return Why::Resting { state, since: span_on(member.spans, today).map(|span| span.first_day) };
    }
    if member.starts_on() > today {
        return Why::NotStarted { starts_on: member.starts_on() };
    }
    if let Some(limit) = set_up.silent_after {
        let from = seen.last_active.map_or(member.starts_on(), |day| day.plus(1));
        let sessions = member.sessions(from, through);
        if sessions >= limit {
            return Why::Silent { sessions, limit };
        }
    }
    let Some((claimed, proven)) = seen.ready else { return Why::NoPath };
    let ready = match set_up.measure {
        Measure::Claimed => claimed,
        Measure::Proven => proven,
    };
    let (expected, band) = (plan.at(member.reached(through)), set_up.band);
    if ready + band < expected {
        return Why::Behind { short: expected - ready, expected, band };
    }
    if let Some(since) = seen.waiting_since {
        let days = now.day_in(zone).number() - since.day_in(zone).number();
        return Why::Waiting { days: days.max(0) as u32 };
    }
    if ready > expected + band {
        return Why::Ahead { over: ready - expected, expected, band };
    }
    Why::OnPace { expected, band }
}
