//! Alerts: what of a learner the lead is told without looking, once an event, with a quiet period, and never of who rests.

use serde::{Deserialize, Serialize};

use crate::cohort::{Curve, Measure, MemberCalendar, MemberState, state_on};
use crate::ledger::{FieldError, Wrong};
use crate::subject::words;
use crate::time::Day;

/// What a lead can switch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertKind {
    Silent,
    Behind,
    Waiting,
    Lapsing,
}

words!(AlertKind { Silent = "silent", Behind = "behind", Waiting = "waiting", Lapsing = "lapsing" });

/// The alerts of a cohort. A kind without a limit is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertSettings {
    /// Session days of the learner's own without anything recorded, 1 to 60.
    pub silent: Option<u32>,
    /// Basis points below what the plan asks, 100 to 10 000.
    pub behind: Option<u32>,
    /// Days that work or a certificate waits for a review, 1 to 60.
    pub waiting: Option<u32>,
    /// Days before the last one of a certificate that the learner's score cites, 1 to 180.
    pub lapsing: Option<u32>,
    /// Days after an alert in which no other one of its kind is raised about the same learner, 1 to 90.
    pub quiet: u32,
}

impl Default for AlertSettings {
    /// All off.
    fn default() -> Self {
        Self { silent: None, behind: None, waiting: None, lapsing: None, quiet: 7 }
    }
}

impl AlertSettings {
    pub const fn limit(&self, kind: AlertKind) -> Option<u32> {
        match kind {
            AlertKind::Silent => self.silent,
            AlertKind::Behind => self.behind,
            AlertKind::Waiting => self.waiting,
            AlertKind::Lapsing => self.lapsing,
        }
    }

    pub fn is_on(&self) -> bool {
        AlertKind::ALL.iter().any(|&kind| self.limit(kind).is_some())
    }

    /// The same if every figure is in its range, else all that is not.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut wrong = Wrong::default();
        for (field, figure, range) in [
            ("silent", self.silent, 1..=60),
            ("behind", self.behind, 100..=10_000),
            ("waiting", self.waiting, 1..=60),
            ("lapsing", self.lapsing, 1..=180),
            ("quiet", Some(self.quiet), 1..=90),
        ] {
            if figure.is_some_and(|figure| !range.contains(&figure)) {
                wrong.add(field, "out_of_range");
            }
        }
        wrong.none()?;
        Ok(self)
    }
}

/// What is known of a learner at the end of a session day.
#[derive(Clone, Copy, Debug)]
pub struct AlertFacts<'a> {
    pub member: MemberCalendar<'a>,
    /// The learner's own day of what they recorded last.
    pub last_active: Option<Day>,
    /// See [`short`]; of several paths the worst, without one none.
    pub short: Option<u32>,
    /// What waits for a review: number of its entry, and since which day of the cohort. Oldest first.
    pub waiting: &'a [(u32, Day)],
    /// Standing certificates that the score cites, soonest end first.
    pub certificates: &'a [Ending],
    /// The learner's own.
    pub today: Day,
}

/// A certificate that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Number of its entry.
    pub entry: u32,
    /// On which it still holds.
    pub last: Day,
    /// When a school brought it along: whose time had begun by then is no news.
    pub brought_on: Option<Day>,
}

/// Something that happened. Kind and key together are one event, however often it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub kind: AlertKind,
    /// Silent since that day, behind since that day, the entry that waits, the certificate's entry.
    pub key: String,
    /// Session days, basis points, days that it has waited, days that are left.
    pub figure: u32,
    /// The first day that counts as silent, the day on which it was seen, since when it waits, the certificate's last.
    pub day: Day,
}

/// An alert that was raised before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAlert {
    pub kind: AlertKind,
    pub key: String,
    /// The cohort's day.
    pub raised_on: Day,
    /// What it told holds no more.
    pub is_over: bool,
}

/// What a look at a learner comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// At most one a kind.
    pub raised: Vec<Event>,
    /// Places in what was known: they hold no more.
    pub over: Vec<usize>,
}

/// Basis points by which a learner is below what the plan asks at the end of `through`.
pub fn short(member: MemberCalendar<'_>, measure: Measure, plan: &Curve, ready: (u32, u32), through: Day) -> u32 {
    let ready = match measure {
        Measure::Claimed => ready.0,
        Measure::Proven => ready.1,
    };
    plan.at(member.reached(through)).saturating_sub(ready)
}

/// Looks at a learner at the end of `through`, the last session day that ended. What is known stays known for ever: an event
/// is raised once. Who is not active, or has not begun, raises nothing, and what was told of them is over.
pub fn look(settings: &AlertSettings, facts: &AlertFacts<'_>, known: &[KnownAlert], through: Day) -> Look {
    let today = through.plus(1);
    let holding = holding(settings, facts, through);
    let is_of = |alert: &KnownAlert, event: &Event| {
        // One is behind until one is not: the day on which that was seen first is the event.
        alert.kind == event.kind && (alert.key == event.key || (event.kind == AlertKind::Behind && !alert.is_over))
    };
    let mut look = Look::default();
    for &kind in AlertKind::ALL {
        let last = known.iter().filter(|alert| alert.kind == kind).map(|alert| alert.raised_on).max();
        if last.is_some_and(|last| today.number() - last.number() < settings.quiet as i32) {
            continue;
        }
        let is_new = |event: &&Event| event.kind == kind && !known.iter().any(|alert| is_of(alert, event));
        look.raised.extend(holding.iter().find(is_new).cloned());
    }
    let is_over = |alert: &KnownAlert| !alert.is_over && !holding.iter().any(|event| is_of(alert, event));
    look.over = known.iter().enumerate().filter(|(_, alert)| is_over(alert)).map(|(place, _)| place).collect();
    look
}

/// All that holds, new or not.
fn holding(settings: &AlertSettings, facts: &AlertFacts<'_>, through: Day) -> Vec<Event> {
    let (member, today) = (facts.member, through.plus(1));
    let mut events = Vec::new();
    if state_on(member.spans, today) != MemberState::Active || member.starts_on() > today {
        return events;
    }
    if let Some(limit) = settings.silent {
        // Whoever comes back has the whole time again, however long they were silent before they left.
        let back = member.spans.iter().rev().find(|span| span.first_day <= today).map(|span| span.first_day);
        let active = facts.last_active.map(|day| day.plus(1));
        let from = [active, back].into_iter().flatten().fold(member.starts_on(), Day::max);
        let sessions = member.sessions(from, through);
        if sessions >= limit {
            events.push(Event { kind: AlertKind::Silent, key: from.to_string(), figure: sessions, day: from });
        }
    }
    if let (Some(limit), Some(short)) = (settings.behind, facts.short)
        && short >= limit
    {
        events.push(Event { kind: AlertKind::Behind, key: today.to_string(), figure: short, day: today });
    }
    if let Some(limit) = settings.waiting {
        for &(entry, since) in facts.waiting {
            let days = u32::try_from(today.number() - since.number()).unwrap_or(0);
            if days >= limit {
                events.push(Event { kind: AlertKind::Waiting, key: entry.to_string(), figure: days, day: since });
            }
        }
    }
    if let Some(limit) = settings.lapsing {
        for ending in facts.certificates {
            let begins = ending.last.plus(-(limit as i32));
            let is_old = ending.brought_on.is_some_and(|day| day >= begins);
            if !is_old && (begins..=ending.last).contains(&facts.today) {
                let days = (ending.last.number() - facts.today.number()) as u32;
                events.push(Event { kind: AlertKind::Lapsing, key: ending.entry.to_string(), figure: days, day: ending.last });
            }
        }
    }
    events
}

#[cfg(test)]
mod tests;
