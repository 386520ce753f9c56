//! When system jobs run: cron expressions with seconds, read in UTC, where no hour is missing or comes twice.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use cron::Schedule;
use domain::time::Instant;

/// The expressions as configured: `second minute hour day month weekday`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobsConfig {
    /// When each path's score of the day is kept for its history.
    pub snapshot: String,
    /// When expired sessions, used invitations and old idempotency keys go.
    pub cleanup: String,
}

/// The expressions, understood.
#[derive(Clone, Debug)]
pub struct Crons {
    pub(crate) snapshot: Schedule,
    pub(crate) cleanup: Schedule,
}

impl Crons {
    /// All errors at once, a sentence each, with the key of the configuration.
    pub fn parse(config: &JobsConfig) -> Result<Self, Vec<String>> {
        match (schedule("jobs.snapshot", &config.snapshot), schedule("jobs.cleanup", &config.cleanup)) {
            (Ok(snapshot), Ok(cleanup)) => Ok(Self { snapshot, cleanup }),
            (snapshot, cleanup) => Err([snapshot.err(), cleanup.err()].into_iter().flatten().collect()),
        }
    }
}

fn schedule(key: &str, text: &str) -> Result<Schedule, String> {
    let wrong = |why: &str| format!("{key}: “{text}” {why}; write six fields like “0 15 2 * * *” for every day at 02:15 UTC.");
    if !(6..=7).contains(&text.split_whitespace().count()) {
        return Err(wrong("does not have the fields second, minute, hour, day, month and weekday"));
    }
    let schedule = Schedule::from_str(text).map_err(|_| wrong("is no cron expression"))?;
    if next(&schedule, Instant::from_micros(0)).is_none() {
        return Err(wrong("never comes"));
    }
    Ok(schedule)
}

/// The first time after `after`.
pub(crate) fn next(schedule: &Schedule, after: Instant) -> Option<Instant> {
    let after = DateTime::<Utc>::from_timestamp_micros(after.micros())?;
    schedule.after(&after).next().map(|at| Instant::from_micros(at.timestamp_micros()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.to_owned().try_into().unwrap()
    }

    #[test]
    fn expressions_are_read_in_utc() {
        let cases = [
            ("0 15 2 * * *", "2026-11-22T02:14:59Z", "2026-11-22T02:15:00Z"),
            ("0 15 2 * * *", "2026-11-22T02:15:00Z", "2026-11-23T02:15:00Z"),
            ("0 30 1 * * *", "2027-03-28T00:00:00Z", "2027-03-28T01:30:00Z"),
            ("0 0 7 * * Mon", "2026-11-22T00:00:00Z", "2026-11-23T07:00:00Z"),
            ("0 0 0 29 2 *", "2026-11-22T00:00:00Z", "2028-02-29T00:00:00Z"),
        ];
        for (text, after, expected) in cases {
            assert_eq!(next(&schedule("jobs.snapshot", text).unwrap(), at(after)), Some(at(expected)), "{text}");
        }
    }

    #[test]
    fn wrong_expressions_are_all_told_in_sentences_with_their_keys() {
        let config = JobsConfig { snapshot: "15 2 * * *".to_owned(), cleanup: "0 99 2 * * *".to_owned() };
        let errors = Crons::parse(&config).unwrap_err();
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert!(errors[0].starts_with("jobs.snapshot: “15 2 * * *” does not have the fields"), "{errors:?}");
        assert!(errors[1].starts_with("jobs.cleanup: “0 99 2 * * *” is no cron expression; write six fields"), "{errors:?}");
    }

    #[test]
    fn an_expression_that_never_comes_is_refused() {
        let config = JobsConfig { snapshot: "0 0 0 30 2 *".to_owned(), cleanup: "0 15 2 * * *".to_owned() };
        assert!(Crons::parse(&config).unwrap_err()[0].contains("never comes"));
    }
}
