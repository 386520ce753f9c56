//! Instants, days and zones. One embedded time-zone database (jiff's) serves all of Waymark.

use std::fmt;

use jiff::civil;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Instant(i64);

impl Instant {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    /// Seconds from `earlier` to `self`, rounded down.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(1_000_000)
    }

    pub(crate) fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX })
    }

    /// The local date and time that a wall clock in `zone` shows.
    pub fn civil_in(self, zone: &Zone) -> civil::DateTime {
        zone.tz.to_datetime(self.timestamp())
    }

    pub fn day_in(self, zone: &Zone) -> Day {
        Day::from_date(self.civil_in(zone).date())
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

/// RFC 3339 in UTC, to the microsecond where there are any.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.timestamp(), f)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> String {
        instant.to_string()
    }
}

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse::<jiff::Timestamp>().map(Self::from).map_err(|_| format!("“{text}” is not a time like 2026-11-19T08:00:00Z"))
    }
}

/// A calendar day, counted from 1970-01-01 (day 0). Which instants it covers depends on whose zone is meant.
/// In JSON and forms it reads `2026-11-19`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(i32);

impl Day {
    pub const MIN: Self = Self(-719_528); // 0000-01-01
    pub const MAX: Self = Self(2_932_896); // 9999-12-31

    /// Clamped to the years 0 to 9999.
    pub const fn from_number(days: i32) -> Self {
        if days < Self::MIN.0 {
            Self::MIN
        } else if days > Self::MAX.0 {
            Self::MAX
        } else {
            Self(days)
        }
    }

    pub const fn number(self) -> i32 {
        self.0
    }

    pub const fn plus(self, days: i32) -> Self {
        Self::from_number(self.0.saturating_add(days))
    }

    pub fn date(self) -> civil::Date {
        const EPOCH: civil::Date = civil::date(1970, 1, 1);
        EPOCH.saturating_add(jiff::Span::new().days(i64::from(self.0)))
    }

    pub fn from_date(date: civil::Date) -> Self {
        const EPOCH: civil::Date = civil::date(1970, 1, 1);
        Self(EPOCH.until(date).map(|span| span.get_days()).unwrap_or_default())
    }

    /// The first instant of this day in `zone`: midnight, or the first instant after a gap at midnight.
    pub fn starts_in(self, zone: &Zone) -> Instant {
        match self.date().to_zoned(zone.tz.clone()) {
            Ok(zoned) => Instant::from(zoned.timestamp()),
            Err(_) => Instant(i64::from(self.0) * 86_400_000_000),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date(), f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is not a day like 2026-11-19");
        if text.len() != 10 {
            return Err(wrong());
        }
        text.parse::<civil::Date>().map(Self::from_date).map_err(|_| wrong())
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

/// A time zone of the IANA database, known to exist.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    name: String,
    pub(crate) tz: TimeZone,
}

impl Zone {
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), tz: TimeZone::UTC }
    }

    /// The zone of that name, in any case; it keeps the database's spelling.
    pub fn parse(name: &str) -> Result<Self, NoSuchZone> {
        let name = name.trim();
        if name.eq_ignore_ascii_case("utc") {
            return Ok(Self::utc());
        }
        let wrong = || NoSuchZone(name.chars().take(64).collect());
        let tz = jiff::tz::db().get(name).map_err(|_| wrong())?;
        let spelled = tz.iana_name().ok_or_else(wrong)?.to_owned();
        Ok(Self { name: spelled, tz })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// All names of the embedded database, sorted.
    pub fn all_names() -> Vec<String> {
        let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        names.sort();
        names
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no time zone “{0}”; write one like Europe/Lisbon")]
pub struct NoSuchZone(pub String);

impl TryFrom<String> for Zone {
    type Error = NoSuchZone;

    fn try_from(name: String) -> Result<Self, NoSuchZone> {
        Self::parse(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
