//! Where a learner stands in a cohort, over all roles that they follow with it: for alerts, digests and completion. The board
//! shows one role at a time and keeps what it worked out; this looks at everything, once a day or a letter.

use std::collections::BTreeSet;

use crate::certificate::{CertificateState, certificates};
use crate::cohort::{
    AlertFacts, Curve, Ending, GuidedLearner, Measure, MemberCalendar, RoleStanding, Seen, SetUp, Why, as_it_was, ended, pace, short,
    then_and_now,
};
use crate::ids::AccountId;
use crate::ledger::{Entry, EvidenceKind};
use crate::path::{State, standing_of};
use crate::scoring::{DefaultRule, Judged, Scope, ScoreError, ScoringRule, judged, score};
use crate::template::{LevelIndex, Template};
use crate::time::{Day, Instant, Zone};

/// A learner with all that is known of them.
#[derive(Clone, Copy)]
pub struct Attendee<'a> {
    pub member: MemberCalendar<'a>,
    /// The learner's own.
    pub zone: &'a Zone,
    /// All entries, in order.
    pub ledger: &'a [Entry],
    /// Numbers of entries that the cohort does not see.
    pub withheld: &'a BTreeSet<u32>,
    /// Numbers of entries that were brought along: no activity, no news.
    pub brought: &'a BTreeSet<u32>,
    /// Entries that wait for a review, and since when; oldest first.
    pub waiting: &'a [(u32, Instant)],
    /// When each question that nobody has answered yet was asked.
    pub questions: &'a [Instant],
    /// Somebody else is an active mentor or lead.
    pub mentored: bool,
    /// With the cohort.
    pub paths: &'a [Followed<'a>],
}

/// A path and what the cohort plans for its role.
#[derive(Clone, Copy)]
pub struct Followed<'a> {
    pub template: &'a Template,
    pub target: LevelIndex,
    pub chosen: &'a BTreeSet<String>,
    pub rule: &'a dyn ScoringRule,
    pub plan: &'a Curve,
}

/// Where a learner stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The worst of their paths.
    pub why: Why,
    /// The learner's own day of what they recorded last.
    pub last_active: Option<Day>,
    /// Basis points below the plan, on the path on which it is most.
    pub short: Option<u32>,
    /// What waits for a review: number of its entry, and since which day of the cohort.
    pub waiting: Vec<(u32, Day)>,
    /// See [`AlertFacts::certificates`].
    pub certificates: Vec<Ending>,
    /// The learner's own day.
    pub today: Day,
}

impl Stand {
    pub fn facts<'a>(&'a self, member: MemberCalendar<'a>) -> AlertFacts<'a> {
        AlertFacts {
            member,
            last_active: self.last_active,
            short: self.short,
            waiting: &self.waiting,
            certificates: &self.certificates,
            today: self.today,
        }
    }
}

/// A cohort's rules at a moment.
#[derive(Clone, Copy)]
pub struct Looking<'a> {
    pub set_up: &'a SetUp,
    /// The cohort's.
    pub zone: &'a Zone,
    pub now: Instant,
}

/// Where a learner stands at the end of the last session day that ended by `looking.now`.
pub fn stand(learner: &Attendee<'_>, looking: Looking<'_>) -> Result<Stand, ScoreError> {
    let Looking { set_up, zone, now } = looking;
    let today = now.day_in(learner.zone);
    let shown = shown(learner, now);
    let mut cited = BTreeSet::new();
    let mut ready = Vec::with_capacity(learner.paths.len());
    for path in learner.paths {
        let score = by_rule(path, |rule| score(rule, scope(learner, path, today), &shown))?;
        cited.extend(score.cited());
        ready.push((score.claimed.readiness, score.proven.readiness));
    }
    let through = ended(now, zone);
    let (why, last_active) = why(learner, looking, &ready);
    let mut endings: Vec<Ending> = certificates(&shown, today)
        .into_iter()
        .filter(|(entry, state)| matches!(state, CertificateState::Holds | CertificateState::Lapsing) && cited.contains(&entry.seq))
        .filter_map(|(entry, _)| {
            let brought_on = learner.brought.contains(&entry.seq).then(|| entry.recorded_at.day_in(learner.zone));
            Some(Ending { entry: entry.seq, last: entry.expires_on?, brought_on })
        })
        .collect();
    endings.sort_by_key(|ending| (ending.last, ending.entry));
    Ok(Stand {
        why,
        last_active,
        short: learner
            .paths
            .iter()
            .zip(&ready)
            .map(|(path, ready)| short(learner.member, set_up.measure, path.plan, *ready, through))
            .max(),
        waiting: learner.waiting.iter().map(|(entry, since)| (*entry, since.day_in(zone))).collect(),
        certificates: endings,
        today,
    })
}

/// Who a learner is, for a digest.
pub struct Named<'a> {
    pub account: AccountId,
    /// Public id.
    pub person: String,
    pub name: &'a str,
}

/// A learner now and at `since`, by what the cohort sees of them now. Of several paths the one counts that moved most.
pub fn guided(named: Named<'_>, learner: &Attendee<'_>, looking: Looking<'_>, since: Instant) -> Result<GuidedLearner, ScoreError> {
    let Looking { set_up, zone, now } = looking;
    let (today, since_day) = (now.day_in(learner.zone), since.day_in(learner.zone));
    let shown = shown(learner, now);
    let (mut then, mut ready) = (Vec::new(), Vec::new());
    for path in learner.paths {
        let scope = scope(learner, path, today);
        let [before, after] = then_and_now(path.rule, scope, &shown, &|seq| learner.brought.contains(&seq), since, since_day)?;
        then.push(before);
        ready.push(after);
    }
    let of = |(claimed, proven): &(u32, u32)| if set_up.measure == Measure::Claimed { *claimed } else { *proven };
    let moved = then.iter().zip(&ready).map(|(then, now)| (of(then), of(now))).max_by_key(|(then, now)| then.abs_diff(*now));
    // Who came since was nowhere before.
    let was_there = learner.member.spans.first().is_none_or(|span| span.first_day <= since.day_in(zone));
    let then_looking = Looking { now: since, ..looking };
    Ok(GuidedLearner {
        account: named.account,
        person: named.person,
        name: named.name.to_owned(),
        mentor: learner.member.terms.mentor,
        why: why(learner, looking, &ready).0,
        before: was_there.then(|| why(learner, then_looking, &then).0),
        moved: moved.filter(|_| was_there),
        waiting: learner
            .waiting
            .iter()
            .map(|(_, since)| since)
            .chain(learner.questions)
            .map(|since| u32::try_from(now.day_in(zone).number() - since.day_in(zone).number()).unwrap_or(0))
            .collect(),
    })
}

/// Where a learner stands in each of the roles, for the cohort's rule of completion.
pub fn role_standings(learner: &Attendee<'_>, now: Instant) -> Result<Vec<RoleStanding>, ScoreError> {
    let today = now.day_in(learner.zone);
    let shown = shown(learner, now);
    let role = |path: &Followed<'_>| {
        let score = scored(learner, path, &shown, today)?;
        let standings = standing_of(scope(learner, path, today), &shown, &BTreeSet::new());
        let proven = standings.iter().zip(&path.template.requirements).filter(|(standing, _)| standing.state == State::Proven);
        Ok(RoleStanding {
            role: path.template.id().to_owned(),
            ready: (score.claimed.readiness, score.proven.readiness),
            proven: proven.map(|(_, requirement)| requirement.id.clone()).collect(),
        })
    };
    learner.paths.iter().map(role).collect()
}

/// Whether a cohort sees that somebody wrote an entry: not where that is withheld, nor of one that takes back what is.
pub fn is_told(withheld: &BTreeSet<u32>, entry: u32, retracts: Option<u32>) -> bool {
    !withheld.contains(&entry) && retracts.is_none_or(|retracted| !withheld.contains(&retracted))
}

/// What the cohort sees by `now`.
fn shown(learner: &Attendee<'_>, now: Instant) -> Vec<Entry> {
    let mut shown = as_it_was(learner.ledger, now);
    shown.retain(|entry| !learner.withheld.contains(&entry.seq));
    shown
}

fn scope<'a>(learner: &Attendee<'_>, path: &Followed<'a>, today: Day) -> Scope<'a> {
    Scope { template: path.template, target: path.target, chosen: path.chosen, mentored: learner.mentored, today, settings: &[] }
}

fn scored(learner: &Attendee<'_>, path: &Followed<'_>, shown: &[Entry], today: Day) -> Result<Judged, ScoreError> {
    by_rule(path, |rule| judged(rule, scope(learner, path, today), shown))
}

/// By the path's rule, or where that fails by the built-in one.
fn by_rule<T>(path: &Followed<'_>, act: impl Fn(&dyn ScoringRule) -> Result<T, ScoreError>) -> Result<T, ScoreError> {
    match act(path.rule) {
        Err(ScoreError::Rule(_) | ScoreError::Card(_)) => act(&DefaultRule),
        other => other,
    }
}

/// When a learner last recorded something that the cohort knows of. What reviewers and mentors recorded is no activity of the
/// learner's, nor is what was brought along; what is withheld is none that the cohort knows of, nor that it was taken back.
pub fn last_written<'a>(ledger: impl IntoIterator<Item = &'a Entry>, brought: &BTreeSet<u32>, withheld: &BTreeSet<u32>) -> Option<Instant> {
    let is_own = |entry: &&Entry| {
        !matches!(entry.kind, EvidenceKind::Review | EvidenceKind::Assessment)
            && !brought.contains(&entry.seq)
            && is_told(withheld, entry.seq, entry.retracts)
    };
    ledger.into_iter().filter(is_own).map(|entry| entry.recorded_at).max()
}

/// The worst pace of the paths, and the day of what the learner recorded last, as of `looking.now`.
fn why(learner: &Attendee<'_>, looking: Looking<'_>, ready: &[(u32, u32)]) -> (Why, Option<Day>) {
    let Looking { set_up, zone, now } = looking;
    let last = last_written(learner.ledger.iter().filter(|entry| entry.recorded_at <= now), learner.brought, learner.withheld);
    let last_active = last.map(|at| at.day_in(learner.zone));
    let waiting_since = learner.waiting.iter().map(|(_, since)| *since).filter(|since| *since <= now).min();
    let nothing = Curve::default();
    let of = |ready: Option<(u32, u32)>, plan: &Curve| {
        let seen = Seen { ready, last_active, waiting_since };
        pace(learner.member, set_up, plan, seen, ended(now, zone), now, zone)
    };
    let paths = learner.paths.iter().zip(ready).map(|(path, ready)| of(Some(*ready), path.plan));
    let worst = paths.min_by_key(|why| (why.pace(), std::cmp::Reverse(why.expected())));
    (worst.unwrap_or_else(|| of(None, &nothing)), last_active)
}

#[cfg(test)]
mod tests;
