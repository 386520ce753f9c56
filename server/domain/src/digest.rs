//! What is in a digest, and whether there is anything to say.

use serde::{Deserialize, Serialize};

use crate::ledger::EvidenceKind;
use crate::subject::Trust;
use crate::subject::words;
use crate::time::Day;

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
            path.claimed_before.is_some_and(|before| before != path.claimed) || path.proven_before.is_some_and(|before| before != path.proven)
        };
        self.changes.is_empty() && self.lapsing.is_empty() && !self.paths.iter().any(moved)
    }
}
