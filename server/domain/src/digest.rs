//! What is in a digest, and whether there is anything to say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ledger::{Entry, EvidenceKind};
use crate::path::{NextStep, next_actions};
use crate::schedule::{Cadence, Rule, next_due};
use crate::scoring::Score;
use crate::subject::{Subject, SubjectKind, Trust, words};
use crate::template::Template;
use crate::time::{Day, Instant, Zone};

/// The kinds of periodic mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DigestKind {
    Learner,
}

words!(DigestKind { Learner = "learner" });

/// A learner's digest, ready to be put into words. Points are basis points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnerDigest {
    pub paths: Vec<PathDigest>,
    /// What was recorded in the period, newest first.
    pub changes: Vec<Change>,
    /// Certificates that lapse within 60 days of the day, or lapsed in the period; soonest first.
    pub lapsing: Vec<Lapse>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathDigest {
    /// Public id.
    pub path: String,
    pub role: String,
    pub target: String,
    pub target_day: Option<Day>,
    pub claimed: u32,
    pub proven: u32,
    /// At the end of the period before; none where nothing was scored then.
    pub claimed_before: Option<u32>,
    pub proven_before: Option<u32>,
    /// At most three.
    pub next: Vec<DigestAction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestAction {
    pub requirement: String,
    pub name: String,
    pub area: String,
    pub gain: u32,
    pub hours: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub day: Day,
    pub kind: EvidenceKind,
    pub trust: Trust,
    /// Names of the subjects, at most three, and how many more.
    pub names: Vec<String>,
    pub more: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    pub name: String,
    pub on: Day,
}

impl LearnerDigest {
    /// Nothing was recorded, nothing lapses, no number moved: then no mail is sent.
    pub fn is_silent(&self) -> bool {
        let moved = |path: &PathDigest| {
            path.claimed_before.is_some_and(|before| before != path.claimed)
                || path.proven_before.is_some_and(|before| before != path.proven)
        };
        self.changes.is_empty() && self.lapsing.is_empty() && !self.paths.iter().any(moved)
    }
}

/// Everything that a learner's digest is made of.
pub struct DigestFacts<'a> {
    /// All entries, in order, none recorded after the moment that the digest is about.
    pub ledger: &'a [Entry],
    /// The sending before: what was recorded later is new.
    pub since: Instant,
    /// The same as the learner's own day, and today.
    pub since_day: Day,
    pub today: Day,
    pub paths: Vec<PathFacts<'a>>,
    /// A subject's name in the catalogue.
    pub name: &'a dyn Fn(&Subject) -> Option<String>,
}

/// One path of the learner, scored today.
pub struct PathFacts<'a> {
    /// Public id.
    pub path: String,
    pub template: &'a Template,
    /// Id of the target level.
    pub target_level: &'a str,
    pub target_day: Option<Day>,
    pub score: &'a Score,
    /// Claimed and proven at the sending before.
    pub before: Option<(u32, u32)>,
}

/// The sending before the one at `due`, as the rule has it now: from there on everything is new. Seven days where nothing
/// is sent.
pub fn since(rule: Rule, zone: &Zone, due: Instant) -> Instant {
    const DAY: i64 = 86_400;
    // Far enough back for two sendings, whatever the clocks and the months do.
    let back = match rule.cadence {
        Cadence::Off => return due.plus_seconds(-7 * DAY),
        Cadence::Daily => 3,
        Cadence::Weekly { .. } => 15,
        Cadence::Monthly { .. } => 63,
    };
    let (mut before, mut at) = (due.plus_seconds(-7 * DAY), due.plus_seconds(-back * DAY));
    while let Some(next) = next_due(rule, zone, at).filter(|next| next.at < due) {
        (before, at) = (next.at, next.at);
    }
    before
}

/// Days ahead in which a certificate's end is worth a line.
pub const LAPSING_DAYS: i32 = 60;
const MOST_NAMES: usize = 3;
const MOST_ACTIONS: usize = 3;

/// Makes the digest: entries of one day, kind and trust become one change; what was recorded and taken back in between
/// is none; a certificate that was renewed does not lapse.
pub fn compose(facts: &DigestFacts<'_>) -> LearnerDigest {
    LearnerDigest { paths: facts.paths.iter().map(path_digest).collect(), changes: changes(facts), lapsing: lapsing(facts) }
}

fn path_digest(facts: &PathFacts<'_>) -> PathDigest {
    let (template, score) = (facts.template, facts.score);
    let action = |step: NextStep<'_>| DigestAction {
        requirement: step.id.to_owned(),
        name: step.name.to_owned(),
        area: step.area.to_owned(),
        gain: step.gain,
        hours: step.hours,
    };
    let level = template.level(facts.target_level).map_or(facts.target_level, |level| &template.document.levels[level].name);
    PathDigest {
        path: facts.path.clone(),
        role: template.document.name.clone(),
        target: level.to_owned(),
        target_day: facts.target_day,
        claimed: score.claimed.readiness,
        proven: score.proven.readiness,
        claimed_before: facts.before.map(|(claimed, _)| claimed),
        proven_before: facts.before.map(|(_, proven)| proven),
        next: next_actions(template, score).into_iter().take(MOST_ACTIONS).map(action).collect(),
    }
}

fn changes(facts: &DigestFacts<'_>) -> Vec<Change> {
    let is_new = |entry: &Entry| entry.recorded_at > facts.since;
    let new: BTreeMap<u32, &Entry> = facts.ledger.iter().filter(|entry| is_new(entry)).map(|entry| (entry.seq, entry)).collect();
    let undone: BTreeSet<u32> = new.values().filter_map(|entry| entry.retracts).filter(|seq| new.contains_key(seq)).collect();
    let by_seq = |seq: u32| facts.ledger.iter().find(|entry| entry.seq == seq);
    // (day, kind, trust), newest first; names in the order in which they were recorded.
    let mut groups: Vec<((Day, EvidenceKind, Trust), Vec<String>)> = Vec::new();
    for entry in new.values().rev() {
        if undone.contains(&entry.seq) || entry.retracts.is_some_and(|seq| undone.contains(&seq)) {
            continue;
        }
        let about = entry.retracts.and_then(by_seq).unwrap_or(entry);
        let key = (entry.day, entry.kind, entry.trust);
        let at = groups.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        for held in &about.held {
            let name = name_of(facts, &held.subject);
            if !groups[at].1.contains(&name) {
                groups[at].1.push(name);
            }
        }
    }
    groups.sort_by_key(|((day, ..), _)| std::cmp::Reverse(*day));
    let change = |((day, kind, trust), mut names): ((Day, EvidenceKind, Trust), Vec<String>)| {
        let more = names.len().saturating_sub(MOST_NAMES) as u32;
        names.truncate(MOST_NAMES);
        Change { day, kind, trust, names, more }
    };
    groups.into_iter().map(change).collect()
}

fn lapsing(facts: &DigestFacts<'_>) -> Vec<Lapse> {
    let out: BTreeSet<u32> = facts.ledger.iter().filter_map(|entry| entry.retracts).collect();
    let mut last: BTreeMap<&Subject, Option<Day>> = BTreeMap::new();
    for entry in facts.ledger.iter().filter(|entry| entry.kind == EvidenceKind::Certificate && !out.contains(&entry.seq)) {
        for held in entry.held.iter().filter(|held| held.subject.kind == SubjectKind::Certification) {
            let known = last.entry(&held.subject).or_insert(entry.expires_on);
            // One without an end holds for good.
            *known = known.zip(entry.expires_on).map(|(known, other)| known.max(other));
        }
    }
    let soon = |on: &Day| (facts.since_day..=facts.today.plus(LAPSING_DAYS)).contains(on);
    let mut lapsing: Vec<Lapse> =
        last.into_iter().filter_map(|(subject, on)| on.filter(soon).map(|on| Lapse { name: name_of(facts, subject), on })).collect();
    lapsing.sort_by(|a, b| (a.on, &a.name).cmp(&(b.on, &b.name)));
    lapsing
}

fn name_of(facts: &DigestFacts<'_>, subject: &Subject) -> String {
    (facts.name)(subject).unwrap_or_else(|| subject.id.clone())
}

#[cfg(test)]
mod tests;
