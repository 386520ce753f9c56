//! What is in a digest, and whether there is anything to say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::certificate::{CertificateState, certificates, reminds};
use crate::ledger::{Entry, EvidenceKind};
use crate::review::Verdict;
use crate::schedule::{Cadence, Rule, TimeOfDay, Weekday, next_due};
use crate::scoring::{Ahead, Outlook};
use crate::subject::{Subject, Trust, words};
use crate::template::Template;
use crate::time::{Day, Instant, Zone};

/// The kinds of periodic mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DigestKind {
    Learner,
    /// For mentors and leads, about all cohorts that they guide.
    Mentor,
    /// No digest: what a mentor writes to a learner. It has no schedule, and its id is its period.
    Message,
}

words!(DigestKind { Learner = "learner", Mentor = "mentor", Message = "message" });

impl DigestKind {
    /// What is suggested to who has not chosen yet: a learner looks back on Sunday evening, a mentor begins the week with it.
    pub const fn suggested(self) -> Rule {
        match self {
            Self::Mentor => Rule { cadence: Cadence::Weekly { weekday: Weekday::Monday }, time: MORNING },
            Self::Learner | Self::Message => Rule { cadence: Cadence::Weekly { weekday: Weekday::Sunday }, time: EVENING },
        }
    }
}

const MORNING: TimeOfDay = match TimeOfDay::new(7, 0) {
    Some(morning) => morning,
    None => panic!("every day has a 7:00"),
};

const EVENING: TimeOfDay = match TimeOfDay::new(18, 0) {
    Some(evening) => evening,
    None => panic!("every day has an 18:00"),
};

/// A learner's digest, ready to be put into words. Points are basis points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnerDigest {
    pub paths: Vec<PathDigest>,
    /// What was recorded in the period, newest first.
    pub changes: Vec<Change>,
    /// Certificates whose end is worth a reminder now ([`crate::certificate::reminds`]); soonest first.
    pub lapsing: Vec<Lapse>,
    /// Reviews that were answered in the period, newest first.
    pub reviews: Vec<ReviewAnswer>,
    /// What the learner was asked in the period and has not answered, oldest first.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Interview cards that were begun and are due. By themselves no reason for a mail: they are due again and again.
    #[serde(default)]
    pub cards_due: u32,
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

/// What a reviewer said of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewAnswer {
    pub by: String,
    pub on: Day,
    /// Criteria that were met, of all that were asked.
    pub met: u32,
    pub all: u32,
    /// Names of the criteria that were asked, at most three, and how many more.
    pub names: Vec<String>,
    pub more: u32,
}

/// What somebody wants a yes or no to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub asked_at: Instant,
    #[serde(flatten)]
    pub about: QuestionAbout,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum QuestionAbout {
    /// Whether the learner made a piece of work too: who handed it in, and what they called it.
    Work { by: String, title: Option<String> },
    /// Whether a sponsor may read a summary: whom it is for, and in which cohort, by its public id and name.
    Summary { label: String, cohort: String, name: String },
}

impl LearnerDigest {
    /// Nothing was recorded, reviewed or asked, nothing lapses, no number moved: then no mail is sent.
    pub fn is_silent(&self) -> bool {
        let moved = |path: &PathDigest| {
            path.claimed_before.is_some_and(|before| before != path.claimed)
                || path.proven_before.is_some_and(|before| before != path.proven)
        };
        self.changes.is_empty()
            && self.lapsing.is_empty()
            && self.reviews.is_empty()
            && self.questions.is_empty()
            && !self.paths.iter().any(moved)
    }
}

/// Everything that a learner's digest is made of.
pub struct DigestFacts<'a> {
    /// All entries, in order, none recorded after the moment that the digest is about.
    pub ledger: &'a [Entry],
    /// Numbers of entries that were brought along from elsewhere: they are no news, nor is what they move.
    pub brought: &'a BTreeSet<u32>,
    /// The sending before: what was recorded later is new.
    pub since: Instant,
    /// The same as the learner's own day, and today.
    pub since_day: Day,
    pub today: Day,
    pub paths: Vec<PathFacts<'a>>,
    /// Answered since then, oldest first.
    pub reviews: &'a [AnsweredReview],
    /// Asked since then and open, oldest first.
    pub questions: &'a [Question],
    /// Interview cards that were begun and are due.
    pub cards_due: u32,
    /// A subject's name in the catalogue.
    pub name: &'a dyn Fn(&Subject) -> Option<String>,
}

/// A review that was answered, as the store has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredReview {
    /// Number of the entry that it became.
    pub entry: u32,
    pub by: String,
    pub at: Instant,
    pub on: Day,
    pub verdicts: Vec<(Subject, Verdict)>,
}

/// One path of the learner, scored today.
pub struct PathFacts<'a> {
    /// Public id.
    pub path: String,
    pub template: &'a Template,
    /// Id of the target level.
    pub target_level: &'a str,
    pub target_day: Option<Day>,
    pub outlook: &'a Outlook,
    /// Claimed and proven at the sending before.
    pub before: Option<(u32, u32)>,
    /// Ids of requirements that the learner leaves out for now.
    pub skipped: BTreeSet<String>,
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

const MOST_NAMES: usize = 3;
const MOST_ACTIONS: usize = 3;

/// Makes the digest: entries of one day, kind and trust become one change; what was recorded and taken back in between
/// is none; a certificate that was renewed does not lapse, nor is one named every time. An answered review stands by
/// itself, not among the changes too.
pub fn compose(facts: &DigestFacts<'_>) -> LearnerDigest {
    // What was brought along since the sending before moves the numbers: there is no before to compare with.
    let moved_in = facts.ledger.iter().any(|entry| entry.recorded_at > facts.since && facts.brought.contains(&entry.seq));
    LearnerDigest {
        paths: facts.paths.iter().map(|path| path_digest(path, moved_in)).collect(),
        changes: changes(facts),
        lapsing: lapsing(facts),
        reviews: reviews(facts),
        questions: facts.questions.to_vec(),
        cards_due: facts.cards_due,
    }
}

fn path_digest(facts: &PathFacts<'_>, moved_in: bool) -> PathDigest {
    let before = facts.before.filter(|_| !moved_in);
    let (template, outlook) = (facts.template, facts.outlook);
    let action = |ahead: &Ahead| {
        let requirement = &template.requirements[template.requirement(&ahead.requirement)?];
        Some(DigestAction {
            requirement: requirement.id.clone(),
            name: requirement.name.clone(),
            area: template.groups[requirement.area].name.clone(),
            gain: ahead.gain,
            hours: requirement.hours,
        })
    };
    let wanted = outlook.next.iter().filter(|ahead| !facts.skipped.contains(&ahead.requirement));
    let level = template.level(facts.target_level).map_or(facts.target_level, |level| &template.document.levels[level].name);
    PathDigest {
        path: facts.path.clone(),
        role: template.document.name.clone(),
        target: level.to_owned(),
        target_day: facts.target_day,
        claimed: outlook.claimed,
        proven: outlook.proven,
        claimed_before: before.map(|(claimed, _)| claimed),
        proven_before: before.map(|(_, proven)| proven),
        next: wanted.filter_map(action).take(MOST_ACTIONS).collect(),
    }
}

fn changes(facts: &DigestFacts<'_>) -> Vec<Change> {
    let is_new = |entry: &Entry| entry.recorded_at > facts.since && !facts.brought.contains(&entry.seq);
    let new: BTreeMap<u32, &Entry> = facts.ledger.iter().filter(|entry| is_new(entry)).map(|entry| (entry.seq, entry)).collect();
    let undone: BTreeSet<u32> = new.values().filter_map(|entry| entry.retracts).filter(|seq| new.contains_key(seq)).collect();
    let by_seq = |seq: u32| facts.ledger.iter().find(|entry| entry.seq == seq);
    // (day, kind, trust), newest first; names in the order in which they were recorded.
    let mut groups: Vec<((Day, EvidenceKind, Trust), Vec<String>)> = Vec::new();
    for entry in new.values().rev() {
        let is_review = facts.reviews.iter().any(|review| review.entry == entry.seq);
        if is_review || undone.contains(&entry.seq) || entry.retracts.is_some_and(|seq| undone.contains(&seq)) {
            continue;
        }
        let about = entry.retracts.and_then(by_seq).unwrap_or(entry);
        // A topic that was practised again has a new entry in place of the old one; only that one is news.
        if entry.retracts.is_some() && about.kind == EvidenceKind::Recall {
            continue;
        }
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
    let mut lapsing: Vec<Lapse> = certificates(facts.ledger, facts.today)
        .into_iter()
        .filter(|(_, state)| matches!(state, CertificateState::Lapsing | CertificateState::Expired))
        // One that has just moved in is told when its next day comes, not for coming late.
        .filter(|(entry, _)| entry.recorded_at <= facts.since || !facts.brought.contains(&entry.seq))
        .filter_map(|(entry, _)| {
            let on = entry.expires_on.filter(|&on| reminds(on, entry.recorded_at, facts.since, facts.since_day, facts.today))?;
            Some(entry.held.iter().map(move |held| Lapse { name: name_of(facts, &held.subject), on }))
        })
        .flatten()
        .collect();
    lapsing.sort_by(|a, b| (a.on, &a.name).cmp(&(b.on, &b.name)));
    lapsing.dedup();
    lapsing
}

fn reviews(facts: &DigestFacts<'_>) -> Vec<ReviewAnswer> {
    let is_out = |entry: u32| facts.ledger.iter().any(|other| other.retracts == Some(entry));
    let answered = facts.reviews.iter().rev().filter(|review| review.at > facts.since && !is_out(review.entry));
    answered
        .map(|review| {
            let mut names: Vec<String> = review.verdicts.iter().map(|(subject, _)| name_of(facts, subject)).collect();
            let more = names.len().saturating_sub(MOST_NAMES) as u32;
            names.truncate(MOST_NAMES);
            let met = review.verdicts.iter().filter(|(_, verdict)| *verdict == Verdict::Met).count() as u32;
            ReviewAnswer { by: review.by.clone(), on: review.on, met, all: review.verdicts.len() as u32, names, more }
        })
        .collect()
}

fn name_of(facts: &DigestFacts<'_>, subject: &Subject) -> String {
    (facts.name)(subject).unwrap_or_else(|| subject.id.clone())
}

#[cfg(test)]
mod tests;
