//! When a digest is due: typed rules, read in the recipient's zone through every change of the clocks.

use serde::{Deserialize, Serialize};

use crate::subject::words;
use crate::time::{Instant, Zone};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Monday = 1,
    Tuesday = 2,
    Wednesday = 3,
    Thursday = 4,
    Friday = 5,
    Saturday = 6,
    Sunday = 7,
}

words!(Weekday {
    Monday = "monday",
    Tuesday = "tuesday",
    Wednesday = "wednesday",
    Thursday = "thursday",
    Friday = "friday",
    Saturday = "saturday",
    Sunday = "sunday",
});

/// A local time of day, to the minute. Written `18:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// `None` beyond 23:59.
    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self { hour, minute }) } else { None }
    }

    pub const fn hour(self) -> u8 {
        self.hour
    }

    pub const fn minute(self) -> u8 {
        self.minute
    }

    pub const fn minutes(self) -> u32 {
        self.hour as u32 * 60 + self.minute as u32
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl std::str::FromStr for TimeOfDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is not a time like 18:30");
        let two = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
        let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
        two(hour).zip(two(minute)).and_then(|(hour, minute)| Self::new(hour, minute)).ok_or_else(wrong)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "cadence")]
pub enum Cadence {
    Off,
    Daily,
    Weekly {
        weekday: Weekday,
    },
    /// Day 1 to 31; past the month's end means its last day.
    Monthly {
        day: u8,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    #[serde(flatten)]
    pub cadence: Cadence,
    pub time: TimeOfDay,
}

/// The period that a digest is about, in the recipient's zone: `2026-11-22`, `2026-W47`, `2026-11`. With recipient and
/// kind it is the outbox's unique key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Period(pub String);

/// One sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Instant,
    pub period: Period,
}

/// The first sending strictly after `after`; none when off.
///
/// Local times are read as RFC 5545, 3.3.5: a time in a gap takes the offset before the gap (02:30 runs at 03:30), a time
/// in a fold means its first pass. Exactly one sending a local day, ISO week or month: a run moved by a gap to the next
/// local day keeps the period of the day it was meant for.
pub fn next_due(rule: Rule, zone: &Zone, after: Instant) -> Option<Due> {
    let _ = (rule, zone, after);
    todo!()
}

/// The next `n` sendings after `after`.
pub fn upcoming(rule: Rule, zone: &Zone, after: Instant, n: usize) -> Vec<Due> {
    let _ = (rule, zone, after, n);
    todo!()
}

/// What to do with a sending that was due at `due` when it is `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    OnTime,
    /// One late digest.
    Late,
    /// The next sending is nearer than this one: skip and say so.
    TooLate,
}

/// Too late is when more than half of the way to the next sending is over.
pub fn lateness(rule: Rule, zone: &Zone, due: Instant, now: Instant) -> Lateness {
    let _ = (rule, zone, due, now);
    todo!()
}
