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
}

/// Whether a path rests on a day.
pub fn is_paused(pauses: &[Pause], day: Day) -> bool {
    pauses.iter().any(|pause| pause.holds(day))
}

/// A target day moved by the days on which the path has rested so far, up to and with `today`.
pub fn shifted(target: Day, pauses: &[Pause], today: Day) -> Day {
    let rested = |pause: &Pause| {
        let last = pause.last.unwrap_or(today).min(today);
        (last.number() - pause.first.number() + 1).max(0)
    };
    target.plus(pauses.iter().map(rested).sum())
}
