//! The week in the learner's own days.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{Entry, standing};
use crate::time::Day;

/// One day of a week, and the minutes that entries about it say were spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekDay {
    pub day: Day,
    pub minutes: u32,
}

/// Monday to Sunday (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    pub days: [WeekDay; 7],
    /// Of all days together.
    pub minutes: u32,
}

/// The week that holds `today`. `minutes` are those written with entries, by their numbers.
///
/// An entry's minutes count for the day that it is about. What was taken back does not count: a slip is mended by taking
/// back and writing anew, and both together would count the same hour twice. Nothing else is counted: Waymark does not
/// watch how long a page is open.
pub fn week(ledger: &[Entry], minutes: &BTreeMap<u32, u32>, today: Day) -> Week {
    let monday = monday_of(today);
    let mut days = [0, 1, 2, 3, 4, 5, 6].map(|i| WeekDay { day: monday.plus(i), minutes: 0 });
    for entry in standing(ledger) {
        let place = usize::try_from(entry.day.number() - monday.number()).ok().and_then(|i| days.get_mut(i));
        if let (Some(day), Some(spent)) = (place, minutes.get(&entry.seq)) {
            day.minutes = day.minutes.saturating_add(*spent);
        }
    }
    let minutes = days.iter().fold(0_u32, |sum, day| sum.saturating_add(day.minutes));
    Week { days, minutes }
}

/// Monday of the week that holds `day`.
pub fn monday_of(day: Day) -> Day {
    // Day 0, 1970-01-01, was a Thursday.
    day.plus(-(day.number() + 3).rem_euclid(7))
}

/// Days in a row with something in the ledger, the last of them today or yesterday: today is not over, so a day without
/// an entry breaks nothing before it ends. What was taken back does not count.
pub fn streak(ledger: &[Entry], today: Day) -> u32 {
    let days: BTreeSet<Day> = standing(ledger).into_iter().map(|entry| entry.day).filter(|day| *day <= today).collect();
    let mut at = if days.contains(&today) { today } else { today.plus(-1) };
    let mut count = 0;
    while days.contains(&at) {
        count += 1;
        at = at.plus(-1);
    }
    count
}

/// Which week of how many `today` lies in, between two days; none outside of them.
pub fn week_of(from: Day, to: Day, today: Day) -> Option<(u32, u32)> {
    if today < from || today > to {
        return None;
    }
    let weeks = |days: i32| days.unsigned_abs() / 7 + 1;
    Some((weeks(today.number() - from.number()), weeks(to.number() - from.number())))
}
