//! Members: a history of spans, and what of the plan is a learner's own.

use crate::cohort::MemberState;
use crate::ids::{AccountId, CohortId};
use crate::ledger::{FieldError, Wrong};
use crate::time::Day;

/// A member's state from a day on, until the next span's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub state: MemberState,
    pub first_day: Day,
    pub reason: Option<String>,
    /// The cohort that the member went to, where the span ends a membership in that way.
    pub moved_to: Option<CohortId>,
}

impl Span {
    /// Without a reason.
    pub const fn new(state: MemberState, first_day: Day) -> Self {
        Self { state, first_day, reason: None, moved_to: None }
    }
}

/// What of the plan is a learner's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Absent: the cohort's first day.
    pub starts_on: Option<Day>,
    /// Per cent of the cohort's hours, 10 to 200: at 50 the plan takes twice as many session days.
    pub factor: u32,
    /// Session days by which everything is due later, up to 250.
    pub extension: u32,
    /// The primary mentor.
    pub mentor: Option<AccountId>,
}

impl Default for Terms {
    fn default() -> Self {
        Self { starts_on: None, factor: 100, extension: 0, mentor: None }
    }
}

/// What a lead sends of a learner's terms, the mentor apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermsWish {
    pub starts_on: Option<Day>,
    pub factor: Option<u32>,
    pub extension: Option<u32>,
}

/// A start of one's own lies within a year of the cohort's dates.
const START_SLACK: i32 = 366;

/// Checks a learner's terms; what is absent is the default.
pub fn check_terms(wish: TermsWish, starts_on: Day, ends_on: Day, mentor: Option<AccountId>) -> Result<Terms, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let default = Terms::default();
    let (factor, extension) = (wish.factor.unwrap_or(default.factor), wish.extension.unwrap_or(default.extension));
    if wish.starts_on.is_some_and(|day| day < starts_on.plus(-START_SLACK) || day > ends_on.plus(START_SLACK)) {
        wrong.add("starts_on", "out_of_range");
    }
    if !(10..=200).contains(&factor) {
        wrong.add("factor", "out_of_range");
    }
    if extension > 250 {
        wrong.add("extension", "out_of_range");
    }
    wrong.none()?;
    Ok(Terms { starts_on: wish.starts_on.filter(|&day| day != starts_on), factor, extension, mentor })
}

/// A change of a member's state. It may be told late, not ahead, and never before the span that it ends: the day lies
/// between that one's first day and `today`. The state has to be another one. Leaving (`dropped`) and coming back are both
/// allowed, at any time.
pub fn change_state(
    spans: &[Span],
    state: Option<MemberState>,
    day: Option<Day>,
    reason: Option<String>,
    today: Day,
) -> Result<Span, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let reason = wrong.short("reason", reason);
    let last = spans.last();
    let first_day = day.unwrap_or(today);
    if first_day > today {
        wrong.add("day", "day_in_future");
    } else if last.is_some_and(|last| first_day < last.first_day) {
        wrong.add("day", "day_too_early");
    }
    wrong.needs("state", state.is_some());
    let state = state.unwrap_or(MemberState::Active);
    if !wrong.names("state") && last.map_or(MemberState::Active, |last| last.state) == state {
        wrong.add("state", "state_is_same");
    }
    wrong.none()?;
    Ok(Span { state, first_day, reason, moved_to: None })
}

/// Days on which a path rests; without a last day until further notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pause {
    pub first: Day,
    pub last: Option<Day>,
}

impl Pause {
    pub fn holds(&self, day: Day) -> bool {
        day >= self.first && self.last.is_none_or(|last| day <= last)
    }

    /// Days by which it moves the path's target; one without an end has moved nothing yet.
    pub fn days(&self) -> i32 {
        self.last.map_or(0, |last| last.number() - self.first.number() + 1)
    }
}

/// A pause that begins today, until a day or until further notice. Where the path rests already its pause is told anew.
/// The last day lies at most a year ahead.
pub fn pause(pauses: &[Pause], today: Day, last: Option<Day>) -> Result<Pause, FieldError> {
    if last.is_some_and(|last| last < today) {
        return Err(FieldError::new("last", "ends_before_start"));
    }
    if last.is_some_and(|last| last > today.plus(START_SLACK)) {
        return Err(FieldError::new("last", "out_of_range"));
    }
    let first = pauses.iter().find(|pause| pause.holds(today)).map_or(today, |pause| pause.first);
    Ok(Pause { first, last })
}

/// What a pause is when the path goes on today: it ended yesterday, or has not been where it began today.
pub fn ended_pause(pause: Pause, today: Day) -> Option<Pause> {
    (pause.first < today).then(|| Pause { last: Some(today.plus(-1)), ..pause })
}

/// Whether a path rests on a day.
pub fn is_paused(pauses: &[Pause], day: Day) -> bool {
    pauses.iter().any(|pause| pause.holds(day))
}
