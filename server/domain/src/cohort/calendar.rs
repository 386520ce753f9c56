//! Session days: which days a cohort meets, and how far a member has come on a calendar of their own.

use serde::{Deserialize, Serialize};

use crate::cohort::{MemberState, Span, Terms};
use crate::schedule::Weekday;
use crate::time::{Day, Instant, Zone};

/// Some weekdays, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Weekday>", into = "Vec<Weekday>")]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);

    /// `None` where there is none.
    pub fn new(days: &[Weekday]) -> Option<Self> {
        Self::from_bits(days.iter().fold(0, |bits, &day| bits | bit(day)))
    }

    /// Monday is the lowest bit. `None` for no day and for bits beyond Sunday's.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits == 0 || bits > 0b111_1111 { None } else { Some(Self(bits)) }
    }

    pub const fn bits(self) -> u8 {
        self.0
    }

    pub fn has(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// In the order of the week.
    pub fn days(self) -> Vec<Weekday> {
        Weekday::ALL.iter().copied().filter(|&day| self.has(day)).collect()
    }

    fn holds(self, day: Day) -> bool {
        self.0 & (1 << weekday_number(day)) != 0
    }
}

fn bit(day: Weekday) -> u8 {
    1 << (day as u8 - 1)
}

/// Monday 0 to Sunday 6; 1970-01-01 was a Thursday.
fn weekday_number(day: Day) -> i32 {
    (day.number() + 3).rem_euclid(7)
}

impl TryFrom<Vec<Weekday>> for Weekdays {
    type Error = &'static str;

    fn try_from(days: Vec<Weekday>) -> Result<Self, &'static str> {
        Self::new(&days).ok_or("at least one weekday is needed")
    }
}

impl From<Weekdays> for Vec<Weekday> {
    fn from(days: Weekdays) -> Self {
        days.days()
    }
}

/// Days on which a cohort does not meet, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub first: Day,
    pub last: Day,
    pub name: String,
}

/// The session days of a cohort: its weekdays without its holidays. They go on after its last day in the same way, for
/// those who finish later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    first: Day,
    last: Day,
    weekdays: Weekdays,
    off: Vec<(Day, Day)>,
}

/// Where nobody looks further for a session day: holidays could fill every year.
const FURTHEST: i32 = 10 * 366;

impl Calendar {
    /// A last day before the first one counts as the first one.
    pub fn new(first: Day, last: Day, weekdays: Weekdays, holidays: &[Holiday]) -> Self {
        Self { first, last: last.max(first), weekdays, off: holidays.iter().map(|holiday| (holiday.first, holiday.last)).collect() }
    }

    pub fn first(&self) -> Day {
        self.first
    }

    pub fn last(&self) -> Day {
        self.last
    }

    pub fn is_session(&self, day: Day) -> bool {
        self.weekdays.holds(day) && !self.off.iter().any(|&(first, last)| (first..=last).contains(&day))
    }

    /// Session days from `first` to `last`, both included.
    pub fn sessions(&self, first: Day, last: Day) -> u32 {
        days(first, last).filter(|&day| self.is_session(day)).count() as u32
    }

    /// Session days between the cohort's two dates: the length of its plan.
    pub fn length(&self) -> u32 {
        self.sessions(self.first, self.last)
    }

    /// Weeks of the cohort. A week begins on Monday; the first and the last may be cut.
    pub fn weeks(&self) -> u32 {
        self.week_of(self.last)
    }

    /// Number of the week that a day is in, from 1; days outside belong to the first or the last week.
    pub fn week_of(&self, day: Day) -> u32 {
        let day = day.clamp(self.first, self.last);
        ((monday(day).number() - monday(self.first).number()) / 7) as u32 + 1
    }

    /// First and last day of a week, cut to the cohort's dates.
    pub fn week(&self, week: u32) -> (Day, Day) {
        let week = week.clamp(1, self.weeks()) as i32 - 1;
        let begins = monday(self.first).plus(7 * week);
        (begins.max(self.first), begins.plus(6).min(self.last))
    }

    /// Session days from the cohort's first day to the end of a week.
    pub fn sessions_through(&self, week: u32) -> u32 {
        self.sessions(self.first, self.week(week).1)
    }
}

fn monday(day: Day) -> Day {
    day.plus(-weekday_number(day))
}

fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    (first.number()..=last.number()).map(Day::from_number)
}

/// The last session day that has ended by `now`: a day ends in the cohort's zone, for members everywhere.
pub fn ended(now: Instant, zone: &Zone) -> Day {
    now.day_in(zone).plus(-1)
}

/// A member's own calendar: the cohort's session days from the member's start, without those on which the member did not
/// take part.
#[derive(Clone, Copy, Debug)]
pub struct MemberCalendar<'a> {
    pub calendar: &'a Calendar,
    pub terms: &'a Terms,
    /// In the order in which they hold.
    pub spans: &'a [Span],
}

impl MemberCalendar<'_> {
    pub fn starts_on(&self) -> Day {
        self.terms.starts_on.unwrap_or(self.calendar.first)
    }

    /// Whether the member takes part in a session of that day. What lies before the first span counts as active: whoever
    /// joins late and is not to be measured by the days before has a start of their own.
    pub fn attends(&self, day: Day) -> bool {
        day >= self.starts_on() && self.calendar.is_session(day) && state_on(self.spans, day) == MemberState::Active
    }

    /// The member's session days from `first` to `last`, both included.
    pub fn sessions(&self, first: Day, last: Day) -> u32 {
        days(first.max(self.starts_on()), last).filter(|&day| self.attends(day)).count() as u32
    }

    /// How many session days of the cohort's plan lie behind the member at the end of `through`: the member's own
    /// session days without the extension, times the hours factor, rounded down.
    pub fn reached(&self, through: Day) -> u32 {
        let own = u64::from(self.sessions(self.starts_on(), through)).saturating_sub(self.terms.extension.into());
        u32::try_from(own * u64::from(self.terms.factor) / 100).unwrap_or(u32::MAX)
    }

    /// The day at whose end the plan's session day `session` (from 1) lies behind the member. Days after `today` count as
    /// if a member who is paused came back tomorrow; none for one who dropped out or completed before it, or where ten
    /// years do not suffice.
    pub fn due(&self, session: u32, today: Day) -> Option<Day> {
        let needed = (u64::from(session.max(1)) * 100).div_ceil(self.terms.factor.max(1).into()) + u64::from(self.terms.extension);
        let start = self.starts_on();
        let rests = state_on(self.spans, today) == MemberState::Paused;
        let takes_part = |day: Day| self.attends(day) || (rests && day > today && day >= start && self.calendar.is_session(day));
        let mut own = 0;
        days(start, start.plus(FURTHEST)).filter(|&day| takes_part(day)).find(|_| {
            own += 1;
            own == needed
        })
    }
}

/// The span that holds on a day.
pub fn span_on(spans: &[Span], day: Day) -> Option<&Span> {
    spans.iter().rev().find(|span| span.first_day <= day)
}

/// Since when, on a day, a member was another cohort's.
pub fn moved_by(spans: &[Span], day: Day) -> Option<Day> {
    span_on(spans, day).filter(|span| span.moved_to.is_some()).map(|span| span.first_day)
}

/// What a member was on a day.
pub fn state_on(spans: &[Span], day: Day) -> MemberState {
    span_on(spans, day).map_or(MemberState::Active, |span| span.state)
}
