//! When a digest is due: typed rules, read in the recipient's zone through every change of the clocks.

use jiff::civil::{Date, ISOWeekDate};
use serde::{Deserialize, Deserializer, Serialize};

use crate::subject::words;
use crate::time::{Day, Instant, Zone};

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
        let two = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u8>().ok()).flatten();
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
        #[serde(deserialize_with = "day_of_month")]
        day: u8,
    },
}

fn day_of_month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let day = u8::deserialize(deserializer)?;
    if (1..=31).contains(&day) { Ok(day) } else { Err(serde::de::Error::custom(format!("{day} is not a day of the month, 1 to 31"))) }
}

/// When digests go out, in the recipient's zone.
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
/// local day keeps the period of the day it was meant for. A day that a zone left out (Samoa's 2011-12-30) has no daily
/// sending; its week and its month have theirs, on the day after.
pub fn next_due(rule: Rule, zone: &Zone, after: Instant) -> Option<Due> {
    // one period back, for a time that a gap moved beyond its own day; then past every first pass that is over
    Meant::around(rule.cadence, after.civil_in(zone).date())?.find_map(|meant| {
        let due = Due { at: at(meant.date, rule.time, zone)?, period: meant.period };
        let is_left_out = rule.cadence == Cadence::Daily && is_left_out(meant.date, zone);
        (due.at > after && !is_left_out).then_some(due)
    })
}

/// The next `n` sendings after `after`.
pub fn upcoming(rule: Rule, zone: &Zone, after: Instant, n: usize) -> Vec<Due> {
    std::iter::successors(next_due(rule, zone, after), |due| next_due(rule, zone, due.at)).take(n).collect()
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

/// Up to this many seconds after its time a sending is on time: queues and retries take some.
pub const PUNCTUAL_SECONDS: i64 = 3_600;

/// Too late is when more than half of the way to the next sending is over, or when none follows because it was turned off.
pub fn lateness(rule: Rule, zone: &Zone, due: Instant, now: Instant) -> Lateness {
    if now.micros() - due.micros() <= PUNCTUAL_SECONDS * 1_000_000 {
        return Lateness::OnTime;
    }
    match next_due(rule, zone, due) {
        Some(next) if now.micros() - due.micros() <= next.at.micros() - now.micros() => Lateness::Late,
        _ => Lateness::TooLate,
    }
}

/// The dates that a rule means, one a period, in order, without end: from the period before the one of a date.
struct Meant {
    date: Date,
    period: Period,
}

impl Meant {
    fn around(cadence: Cadence, date: Date) -> Option<Box<dyn Iterator<Item = Self>>> {
        match cadence {
            Cadence::Off => None,
            Cadence::Daily => {
                let first = date.yesterday().ok()?;
                let days = std::iter::successors(Some(first), |date| date.tomorrow().ok());
                Some(Box::new(days.map(|date| Self { date, period: Period(date.to_string()) })))
            }
            Cadence::Weekly { weekday } => {
                let first = on_weekday(date, weekday)?.checked_sub(jiff::Span::new().weeks(1)).ok()?;
                let weeks = std::iter::successors(Some(first), |date| date.checked_add(jiff::Span::new().weeks(1)).ok());
                Some(Box::new(weeks.map(|date| {
                    let week = date.iso_week_date();
                    Self { date, period: Period(format!("{:04}-W{:02}", week.year(), week.week())) }
                })))
            }
            Cadence::Monthly { day } => {
                let first = date.first_of_month().yesterday().ok()?.first_of_month();
                let months = std::iter::successors(Some(first), |first| first.last_of_month().tomorrow().ok());
                Some(Box::new(months.filter_map(move |first| {
                    let day = i8::try_from(day).unwrap_or(i8::MAX).clamp(1, first.days_in_month());
                    let date = first.with().day(day).build().ok()?;
                    Some(Self { date, period: Period(format!("{:04}-{:02}", date.year(), date.month())) })
                })))
            }
        }
    }
}

fn on_weekday(date: Date, weekday: Weekday) -> Option<Date> {
    let week = date.iso_week_date();
    let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday as i8).ok()?;
    ISOWeekDate::new(week.year(), week.week(), weekday).ok().map(|day| day.date())
}

/// The instant of a local time, read as RFC 5545 does.
fn at(date: Date, time: TimeOfDay, zone: &Zone) -> Option<Instant> {
    let local = date.at(i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?, 0, 0);
    // jiff's “compatible” is RFC 5545's reading
    zone.tz.to_ambiguous_timestamp(local).compatible().ok().map(Instant::from)
}

/// No clock in the zone ever showed this date.
fn is_left_out(date: Date, zone: &Zone) -> bool {
    let day = Day::from_date(date);
    day.starts_in(zone).day_in(zone) != day
}

#[cfg(test)]
mod tests;
