//! What a mentor's or a lead's digest says of the cohorts that they guide, and whether anything happened.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::cohort::{AlertKind, Cohort, Pace, Why};
use crate::ids::AccountId;
use crate::scoring::{DefaultRule, Scope, ScoreError, ScoringRule, judged};
use crate::time::Day;
use crate::{ledger::Entry, time::Instant};

/// A mentor's digest, ready to be put into words. Points are basis points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideDigest {
    /// Those with learners, in the order in which they were given.
    pub cohorts: Vec<CohortNews>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortNews {
    /// Public id.
    pub cohort: String,
    pub name: String,
    /// How many learners it is about.
    pub learners: u32,
    /// Raised since the sending before and still open, for leads.
    pub alerts: Vec<AlertNews>,
    /// Longest first.
    pub waiting: Vec<Waits>,
    /// The longest silent first; figures are session days.
    pub silent: Vec<Told>,
    /// The furthest behind first; figures are points.
    pub behind: Vec<Told>,
    /// Who gained most first.
    pub moved: Vec<Moved>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Public id.
    pub person: String,
    pub name: String,
    pub figure: u32,
    /// Was not so at the sending before.
    pub is_new: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    pub person: String,
    pub name: String,
    /// Work, certificates and questions that wait, and the days of the one that has waited longest.
    pub number: u32,
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub person: String,
    pub name: String,
    pub from: u32,
    pub to: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertNews {
    pub person: String,
    pub name: String,
    pub kind: AlertKind,
    pub figure: u32,
    pub day: Day,
}

impl GuideDigest {
    /// Nothing waits, nobody moved, nobody became silent or fell behind, and no alert was raised: then no mail is sent. Who was
    /// silent or behind before and still is stands in a letter, and is no reason for one.
    pub fn is_silent(&self) -> bool {
        let is_new = |told: &Told| told.is_new;
        self.cohorts.iter().all(|news| {
            news.alerts.is_empty()
                && news.waiting.is_empty()
                && news.moved.is_empty()
                && !news.silent.iter().chain(&news.behind).any(is_new)
        })
    }
}

/// A cohort as one of its guides sees it.
pub struct GuidedCohort<'a> {
    pub cohort: &'a Cohort,
    /// Sees everybody, and alerts.
    pub is_lead: bool,
    pub learners: &'a [GuidedLearner],
    /// Open ones that were raised since the sending before, newest first.
    pub alerts: &'a [(AccountId, AlertKind, u32, Day)],
}

/// A learner now and at the sending before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidedLearner {
    pub account: AccountId,
    /// Public id.
    pub person: String,
    pub name: String,
    /// The primary mentor.
    pub mentor: Option<AccountId>,
    pub why: Why,
    /// None for who was not in the cohort by then.
    pub before: Option<Why>,
    /// Readiness by the cohort's measure, then and now, by the same rule from what the cohort sees now.
    pub moved: Option<(u32, u32)>,
    /// Days that each open request and question has waited.
    pub waiting: Vec<u32>,
}

/// Less is noise: recall fades a little every day.
const LEAST_MOVE: u32 = 100;

/// Makes the digest of `viewer`. A lead is told of every learner; a mentor of those who are theirs, or while nobody is, of
/// every one. Who rests waits for nothing and moves nowhere.
pub fn guide_digest(viewer: AccountId, cohorts: &[GuidedCohort<'_>]) -> GuideDigest {
    GuideDigest { cohorts: cohorts.iter().map(|cohort| news(viewer, cohort)).filter(|news| news.learners > 0).collect() }
}

fn news(viewer: AccountId, guided: &GuidedCohort<'_>) -> CohortNews {
    let is_own = |learner: &&GuidedLearner| learner.mentor == Some(viewer);
    let sees_all = guided.is_lead || !guided.learners.iter().any(|learner| is_own(&learner));
    let active = guided.learners.iter().filter(|learner| learner.why.pace() != Pace::Resting);
    let learners: Vec<&GuidedLearner> = active.filter(|learner| sees_all || is_own(learner)).collect();
    let told = |learner: &GuidedLearner, figure: u32| Told {
        person: learner.person.clone(),
        name: learner.name.clone(),
        figure,
        is_new: learner.before.is_none_or(|before| before.pace() != learner.why.pace()),
    };
    let mut silent = Vec::new();
    let mut behind = Vec::new();
    let mut waiting = Vec::new();
    let mut moved = Vec::new();
    for learner in &learners {
        match learner.why {
            Why::Silent { sessions, .. } => silent.push(told(learner, sessions)),
            Why::Behind { short, .. } => behind.push(told(learner, short)),
            _ => {}
        }
        if let Some(&days) = learner.waiting.iter().max() {
            let number = learner.waiting.len() as u32;
            waiting.push(Waits { person: learner.person.clone(), name: learner.name.clone(), number, days });
        }
        if let Some((from, to)) = learner.moved.filter(|(from, to)| from.abs_diff(*to) >= LEAST_MOVE) {
            moved.push(Moved { person: learner.person.clone(), name: learner.name.clone(), from, to });
        }
    }
    // Equal ones stay by name, as they came.
    silent.sort_by_key(|told| Reverse(told.figure));
    behind.sort_by_key(|told| Reverse(told.figure));
    waiting.sort_by_key(|waits| Reverse(waits.days));
    moved.sort_by_key(|moved| i64::from(moved.from) - i64::from(moved.to));
    let alert = |&(account, kind, figure, day): &(AccountId, AlertKind, u32, Day)| {
        let learner = learners.iter().find(|learner| learner.account == account)?;
        Some(AlertNews { person: learner.person.clone(), name: learner.name.clone(), kind, figure, day })
    };
    CohortNews {
        cohort: guided.cohort.public_id.to_string(),
        name: guided.cohort.name.to_string(),
        learners: learners.len() as u32,
        alerts: if guided.is_lead { guided.alerts.iter().filter_map(alert).collect() } else { Vec::new() },
        waiting,
        silent,
        behind,
        moved,
    }
}

/// A score as of now and as of a moment before. A rule that fails in either is replaced by the built-in one in both, so that
/// only what happened moves a number. `brought` are the numbers of entries that a school brought along: they count as
/// always having been there.
pub fn then_and_now(
    rule: &dyn ScoringRule,
    scope: Scope<'_>,
    shown: &[Entry],
    brought: &dyn Fn(u32) -> bool,
    since: Instant,
    since_day: Day,
) -> Result<[(u32, u32); 2], ScoreError> {
    let before: Vec<Entry> = shown.iter().filter(|entry| entry.recorded_at <= since || brought(entry.seq)).cloned().collect();
    let by = |rule: &dyn ScoringRule| {
        let then = judged(rule, Scope { today: since_day, ..scope }, &before)?;
        let now = judged(rule, scope, shown)?;
        Ok([then, now].map(|judged| (judged.claimed.readiness, judged.proven.readiness)))
    };
    match by(rule) {
        Err(ScoreError::Rule(_) | ScoreError::Card(_)) => by(&DefaultRule),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::CleanName;
    use crate::ids::{CohortId, PublicId};
    use crate::time::Zone;

    fn autumn() -> Cohort {
        Cohort {
            id: CohortId(1),
            public_id: PublicId::new([1; 16]),
            name: CleanName::parse("Autumn").unwrap(),
            starts_on: Day::from_number(0),
            ends_on: Day::from_number(90),
            zone: Zone::utc(),
        }
    }

    const FINE: Why = Why::OnPace { expected: 3_000, band: 1_000 };
    const BEHIND: Why = Why::Behind { short: 1_500, expected: 4_000, band: 1_000 };
    const SILENT: Why = Why::Silent { sessions: 6, limit: 5 };

    fn learner(number: i64, mentor: Option<i64>, why: Why, before: Why) -> GuidedLearner {
        GuidedLearner {
            account: AccountId(number),
            person: number.to_string(),
            name: format!("Learner {number}"),
            mentor: mentor.map(AccountId),
            why,
            before: Some(before),
            moved: None,
            waiting: Vec::new(),
        }
    }

    fn digest(viewer: i64, is_lead: bool, learners: &[GuidedLearner]) -> GuideDigest {
        let alerts = [(AccountId(1), AlertKind::Silent, 6, Day::from_number(3))];
        let cohort = autumn();
        guide_digest(AccountId(viewer), &[GuidedCohort { cohort: &cohort, is_lead, learners, alerts: &alerts }])
    }

    #[test]
    fn a_mentor_is_told_of_their_own_a_lead_of_all_with_alerts_and_a_mentor_without_any_of_all() {
        let learners = [learner(1, Some(10), SILENT, FINE), learner(2, Some(11), BEHIND, BEHIND), learner(3, None, FINE, FINE)];
        let seen = |viewer, is_lead| {
            let news = digest(viewer, is_lead, &learners).cohorts.remove(0);
            (news.learners, news.silent.len(), news.behind.len(), news.alerts.len())
        };
        assert_eq!(seen(10, false), (1, 1, 0, 0));
        assert_eq!(seen(11, false), (1, 0, 1, 0));
        assert_eq!(seen(12, false), (3, 1, 1, 0));
        assert_eq!(seen(10, true), (3, 1, 1, 1));
    }

    #[test]
    fn a_digest_is_silent_until_something_happened() {
        let moved = |from, to| GuidedLearner { moved: Some((from, to)), ..learner(2, None, FINE, FINE) };
        let waits = GuidedLearner { waiting: vec![2, 9], ..learner(2, None, FINE, FINE) };
        let resting = Why::Resting { state: crate::cohort::MemberState::Paused, since: None };
        let cases = [
            ("nobody changed", learner(2, None, FINE, FINE), true),
            ("still behind", learner(2, None, BEHIND, BEHIND), true),
            ("came behind", learner(2, None, BEHIND, FINE), false),
            ("is new and silent", GuidedLearner { before: None, ..learner(2, None, SILENT, FINE) }, false),
            ("moved", moved(3_000, 3_100), false),
            ("moved a hair", moved(3_000, 3_099), true),
            ("fell", moved(3_100, 3_000), false),
            ("waits", waits.clone(), false),
            ("rests", GuidedLearner { why: resting, ..waits }, true),
        ];
        for (what, learner, silent) in cases {
            assert_eq!(digest(10, false, &[learner]).is_silent(), silent, "{what}");
        }
        assert!(!digest(10, true, &[learner(1, None, FINE, FINE)]).is_silent(), "an alert was raised");
        assert!(guide_digest(AccountId(1), &[]).is_silent());
    }

    #[test]
    fn the_worst_come_first() {
        let silent = |number, sessions| learner(number, None, Why::Silent { sessions, limit: 5 }, FINE);
        let moved = |number, from, to| GuidedLearner { moved: Some((from, to)), ..learner(number, None, FINE, FINE) };
        let waits = |number, days: &[u32]| GuidedLearner { waiting: days.to_vec(), ..learner(number, None, FINE, FINE) };
        let all = [silent(1, 6), silent(2, 9), moved(3, 2_000, 1_500), moved(4, 2_000, 4_000), waits(5, &[1, 2]), waits(6, &[8])];
        let news = digest(10, false, &all).cohorts.remove(0);
        assert_eq!(news.silent.iter().map(|told| told.person.as_str()).collect::<Vec<_>>(), ["2", "1"]);
        assert_eq!(news.moved.iter().map(|moved| moved.person.as_str()).collect::<Vec<_>>(), ["4", "3"]);
        assert_eq!(news.waiting.iter().map(|waits| (waits.days, waits.number)).collect::<Vec<_>>(), [(8, 1), (2, 2)]);
    }
}
