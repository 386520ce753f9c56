//! A cohort over time: what its board said at the end of each week, and what it says now.
//!
//! Every week is told from what was written by its end: nothing that comes later changes it. Role, target, plan and terms are
//! those of today, so that all weeks are measured alike.

use super::change::end_of;
use crate::cohort::{Calendar, Curve, MemberCalendar, MemberState, Pace, Seen, SetUp, Span, Terms, Why, ended, moved_by, pace, state_on};
use crate::progress::monday_of;
use crate::time::{Day, Instant, Zone};

/// When the cohort is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// From 1.
    pub week: u32,
    /// First day of the week, cut to the cohort's.
    pub first: Day,
    /// The last day that is over.
    pub through: Day,
    /// What was written later is not seen.
    pub at: Instant,
}

/// The ends of the weeks that are over, oldest first: a week ends with its last day, in the cohort's zone.
pub fn weeks_over(calendar: &Calendar, zone: &Zone, now: Instant) -> Vec<Moment> {
    (1..=calendar.weeks())
        .map(|week| {
            let (first, last) = calendar.week(week);
            Moment { week, first, through: last, at: end_of(last, zone) }
        })
        .take_while(|moment| moment.at < now)
        .collect()
}

/// As it is now; the week is the running one, and after the cohort's end that of the calendar.
pub fn moment_now(calendar: &Calendar, zone: &Zone, now: Instant) -> Moment {
    let today = now.day_in(zone);
    Moment { week: calendar.week_of(today), first: monday_of(today).max(calendar.first()), through: ended(now, zone), at: now }
}

/// What is known of a learner's time in a cohort.
#[derive(Clone, Debug, Default)]
pub struct Past {
    pub terms: Terms,
    /// In the order in which they hold.
    pub spans: Vec<Span>,
    /// Claimed and proven readiness at each of the moments, made of what was written by then; none without a path.
    pub ready: Vec<Option<(u32, u32)>>,
    /// What the learner wrote themselves and the cohort sees.
    pub wrote: Vec<Wrote>,
    /// Reviews that were asked of mentors, without those that the cohort does not see.
    pub reviews: Vec<AskedReview>,
}

/// An entry of one's own: no review, no assessment, nothing brought along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrote {
    pub at: Instant,
    /// The learner's day.
    pub day: Day,
}

/// A review from asking to its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedReview {
    pub asked_at: Instant,
    /// Nobody need look any more.
    pub withdrawn_at: Option<Instant>,
    /// Each with the time at which it was taken back.
    pub answers: Vec<(Instant, Option<Instant>)>,
}

impl AskedReview {
    /// Whether it waited then.
    pub fn waits(&self, at: Instant) -> bool {
        let by = |when: Option<Instant>| when.is_some_and(|when| when <= at);
        let stands = |&(answered, undone): &(Instant, Option<Instant>)| answered <= at && !by(undone);
        self.asked_at <= at && !by(self.withdrawn_at) && !self.answers.iter().any(stands)
    }

    /// How many of the cohort's days each answer was waited for that came from `first` on and stood then.
    fn waited(&self, first: Day, at: Instant, zone: &Zone) -> impl Iterator<Item = u32> {
        let asked = self.asked_at.day_in(zone);
        let stood = move |&&(answered, undone): &&(Instant, Option<Instant>)| answered <= at && undone.is_none_or(|undone| undone > at);
        let days = self.answers.iter().filter(stood).map(move |(answered, _)| answered.day_in(zone));
        days.filter(move |&day| day >= first).map(move |day| (day.number() - asked.number()).max(0) as u32)
    }
}

/// Five numbers of some: each is one of them, and none lies between two.
///
/// Quartiles are those of the inverse of the empirical distribution function: the smallest value that at least a quarter,
/// half, three quarters of all do not exceed. Definition 1 in Hyndman and Fan, "Sample Quantiles in Statistical Packages",
/// The American Statistician 50 (1996), 361–365. The median is that of [`crate::cohort::median`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub lowest: u32,
    pub lower: u32,
    pub median: u32,
    pub upper: u32,
    pub highest: u32,
}

impl Spread {
    /// None of none.
    pub fn of(mut values: Vec<u32>) -> Option<Self> {
        values.sort_unstable();
        let quarter = |quarters: usize| values.get((values.len() * quarters).div_ceil(4).saturating_sub(1)).copied();
        Some(Self { lowest: quarter(0)?, lower: quarter(1)?, median: quarter(2)?, upper: quarter(3)?, highest: quarter(4)? })
    }
}

/// A cohort at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    pub moment: Moment,
    /// Who had come in by then and not moved to another cohort, of each state how many, in the order of [`MemberState::ALL`].
    pub states: Vec<(MemberState, usize)>,
    /// In the order of [`Pace::ALL`]; they add up to as many.
    pub paces: Vec<(Pace, usize)>,
    /// Of the active ones with a path, in basis points.
    pub claimed: Option<Spread>,
    pub proven: Option<Spread>,
    /// Active ones who wrote something in the week that the cohort sees.
    pub recorded: usize,
    /// Reviews answered in the week, and the median of the days that they waited.
    pub answered: usize,
    pub waited: Option<u32>,
    /// The same of all that were answered so far.
    pub answered_so_far: usize,
    pub waited_so_far: Option<u32>,
    /// Reviews that waited then, of learners who had not dropped out.
    pub open: usize,
}

impl ReportRow {
    pub fn learners(&self) -> usize {
        self.states.iter().map(|(_, number)| number).sum()
    }

    pub fn of_state(&self, state: MemberState) -> usize {
        self.states.iter().find(|(own, _)| *own == state).map_or(0, |(_, number)| *number)
    }

    pub fn of_pace(&self, pace: Pace) -> usize {
        self.paces.iter().find(|(own, _)| *own == pace).map_or(0, |(_, number)| *number)
    }
}

/// What a report measures with.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    pub calendar: &'a Calendar,
    pub set_up: &'a SetUp,
    pub plan: &'a Curve,
    /// The cohort's.
    pub zone: &'a Zone,
}

/// A row for each moment. Every learner's `ready` has as many places as there are moments.
pub fn report(by: Measured<'_>, moments: &[Moment], learners: &[Past]) -> Vec<ReportRow> {
    moments.iter().enumerate().map(|(place, &moment)| row(by, place, moment, learners)).collect()
}

fn row(by: Measured<'_>, place: usize, moment: Moment, learners: &[Past]) -> ReportRow {
    let (mut states, mut paces) = (Vec::new(), Vec::new());
    let (mut claimed, mut proven) = (Vec::new(), Vec::new());
    let (mut waited, mut waited_so_far) = (Vec::new(), Vec::new());
    let (mut recorded, mut open) = (0, 0);
    for learner in learners {
        let Some(spans) = by_then(&learner.spans, moment.at.day_in(by.zone)) else { continue };
        // What was answered before or after is another cohort's.
        let came = spans.first().map_or(Day::MIN, |span| span.first_day);
        let moved = moved_by(spans, moment.through.plus(1));
        let until = moved.map_or(moment.at, |since| end_of(since.plus(-1), by.zone).min(moment.at));
        for review in &learner.reviews {
            waited.extend(review.waited(moment.first.max(came), until, by.zone));
            waited_so_far.extend(review.waited(came, until, by.zone));
        }
        if moved.is_some() {
            continue;
        }
        let state = state_on(spans, moment.through.plus(1));
        states.push(state);
        paces.push(why(by, moment, learner, spans, place).pace());
        if state == MemberState::Active {
            if let Some((own_claimed, own_proven)) = learner.ready.get(place).copied().flatten() {
                claimed.push(own_claimed);
                proven.push(own_proven);
            }
            recorded += usize::from(learner.wrote.iter().any(|wrote| wrote.at <= moment.at && wrote.day >= moment.first));
        }
        if state != MemberState::Dropped {
            open += learner.reviews.iter().filter(|review| review.waits(moment.at)).count();
        }
    }
    let number_of = |state: MemberState| states.iter().filter(|own| **own == state).count();
    let number_at = |pace: Pace| paces.iter().filter(|own| **own == pace).count();
    ReportRow {
        moment,
        states: MemberState::ALL.iter().map(|&state| (state, number_of(state))).collect(),
        paces: Pace::ALL.iter().map(|&pace| (pace, number_at(pace))).collect(),
        claimed: Spread::of(claimed),
        proven: Spread::of(proven),
        recorded,
        answered: waited.len(),
        waited: super::median(waited),
        answered_so_far: waited_so_far.len(),
        waited_so_far: super::median(waited_so_far),
        open,
    }
}

/// The spans that had begun; none where the learner had not come in. Who has no span was there from the beginning.
pub(super) fn by_then(spans: &[Span], day: Day) -> Option<&[Span]> {
    let begun = spans.iter().position(|span| span.first_day > day).unwrap_or(spans.len());
    (spans.is_empty() || begun > 0).then(|| &spans[..begun])
}

fn why(by: Measured<'_>, moment: Moment, learner: &Past, spans: &[Span], place: usize) -> Why {
    let member = MemberCalendar { calendar: by.calendar, terms: &learner.terms, spans };
    let seen = Seen {
        ready: learner.ready.get(place).copied().flatten(),
        last_active: learner.wrote.iter().filter(|wrote| wrote.at <= moment.at).map(|wrote| wrote.day).max(),
        waiting_since: learner.reviews.iter().filter(|review| review.waits(moment.at)).map(|review| review.asked_at).min(),
    };
    pace(member, by.set_up, by.plan, seen, moment.through, moment.at, by.zone)
}

/// A cohort beside others: shares are per cent, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    pub learners: usize,
    pub active: usize,
    /// Of all; none of none.
    pub dropped: Option<u32>,
    pub completed: Option<u32>,
    /// Median in basis points, of the active ones.
    pub claimed: Option<u32>,
    pub proven: Option<u32>,
    /// Of the active ones: those who are behind or silent, and those who recorded something in the week.
    pub behind: Option<u32>,
    pub recorded: Option<u32>,
    /// Median of the days that reviews waited, so far.
    pub waited: Option<u32>,
}

pub fn compared(row: &ReportRow) -> Compared {
    let share = |part: usize, of: usize| (part as u64 * 100).checked_div(of as u64).map(|share| share as u32);
    let (learners, active) = (row.learners(), row.of_state(MemberState::Active));
    Compared {
        learners,
        active,
        dropped: share(row.of_state(MemberState::Dropped), learners),
        completed: share(row.of_state(MemberState::Completed), learners),
        claimed: row.claimed.map(|spread| spread.median),
        proven: row.proven.map(|spread| spread.median),
        behind: share(row.of_pace(Pace::Behind) + row.of_pace(Pace::Silent), active),
        recorded: share(row.recorded, active),
        waited: row.waited_so_far,
    }
}

#[cfg(test)]
mod tests;
