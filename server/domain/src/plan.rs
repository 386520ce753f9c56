//! Plans: what a learner means to do with a requirement, notes, own links, minutes spent. The learner's own, and no
//! evidence: none of it moves a score.

use crate::ledger::{EARLIEST_DAY, FieldError, Wrong};
use crate::time::Day;

/// What is marked and noted. The default is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The learner is on it.
    pub doing: bool,
    /// The learner leaves it out for now: it is not suggested. Never together with `doing`.
    pub skipped: bool,
    /// Markdown.
    pub note: Option<String>,
}

/// A link that the learner keeps beside a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLink {
    pub title: String,
    pub url: String,
}

/// Links of one requirement at most.
pub const MAX_LINKS: usize = 20;
/// Minutes of one day.
pub const DAY_MINUTES: u32 = 1_440;

/// Codes of this module that the ledger's own list lacks.
pub const FIELD_CODES: &[&str] = &["day_is_full", "doing_and_skipped", "too_many_links"];

pub fn check(plan: Plan) -> Result<Plan, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let note = wrong.note(plan.note);
    if plan.doing && plan.skipped {
        wrong.add("skipped", "doing_and_skipped");
    }
    wrong.none()?;
    Ok(Plan { note, ..plan })
}

/// A link without a title is called by its address.
pub fn check_link(title: Option<String>, url: Option<String>) -> Result<OwnLink, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let (title, url) = (wrong.short("title", title), wrong.url(url));
    wrong.needs("url", url.is_some());
    wrong.none()?;
    let url = url.unwrap_or_default();
    Ok(OwnLink { title: title.unwrap_or_else(|| url.split_once("://").map_or("", |(_, rest)| rest).chars().take(80).collect()), url })
}

/// Minutes of a day that is today or before; where no day is said, today.
pub fn check_minutes(day: Option<Day>, minutes: Option<u32>, today: Day) -> Result<(Day, u32), Vec<FieldError>> {
    let mut wrong = Wrong::default();
    wrong.past("day", day, today);
    wrong.needs("minutes", minutes.is_some());
    if minutes.is_some_and(|minutes| !(1..=DAY_MINUTES).contains(&minutes)) {
        wrong.add("minutes", "out_of_range");
    }
    wrong.none()?;
    Ok((day.unwrap_or(today).max(EARLIEST_DAY), minutes.unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn codes<T>(checked: Result<T, Vec<FieldError>>) -> Vec<(&'static str, &'static str)> {
        checked.err().unwrap_or_default().iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn a_plan_is_trimmed_and_cannot_be_done_and_skipped_at_once() {
        let plan = |doing, skipped, note: &str| check(Plan { doing, skipped, note: Some(note.to_owned()) });
        assert_eq!(plan(true, false, " chapter 3\r\nthen 4 ").unwrap().note.as_deref(), Some("chapter 3\nthen 4"));
        assert_eq!(plan(false, true, "  ").unwrap(), Plan { skipped: true, ..Plan::default() });
        assert_eq!(codes(plan(true, true, "a\u{202e}b")), [("note", "bad_characters"), ("skipped", "doing_and_skipped")]);
    }

    #[test]
    fn a_link_needs_an_address_and_takes_it_for_a_title() {
        let link = |title: &str, url: &str| check_link(Some(title.to_owned()), Some(url.to_owned()));
        let bare = link(" ", "https://rfc.example/6585#section-4").unwrap();
        assert_eq!((bare.title.as_str(), bare.url.as_str()), ("rfc.example/6585#section-4", "https://rfc.example/6585#section-4"));
        assert_eq!(link("RFC 6585", "https://rfc.example/6585").unwrap().title, "RFC 6585");
        assert_eq!(codes(check_link(None, None)), [("url", "missing")]);
        assert_eq!(codes(link(&"x".repeat(201), "javascript:alert(1)")), [("title", "too_long"), ("url", "url_malformed")]);
    }

    #[test]
    fn minutes_are_of_a_day_that_has_come() {
        let today = day("2026-11-19");
        assert_eq!(check_minutes(None, Some(45), today).unwrap(), (today, 45));
        assert_eq!(check_minutes(Some(day("2026-11-01")), Some(1_440), today).unwrap(), (day("2026-11-01"), 1_440));
        assert_eq!(codes(check_minutes(Some(day("2026-11-20")), None, today)), [("day", "day_in_future"), ("minutes", "missing")]);
        for minutes in [0, 1_441] {
            assert_eq!(codes(check_minutes(None, Some(minutes), today)), [("minutes", "out_of_range")]);
        }
    }
}
