//! Paths: a learner following one template revision to a target level by a target date; and what each requirement's
//! state is on it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CohortId, PathId, PublicId, RevisionId};
use crate::ledger::Entry;
use crate::scoring::Scope;
use crate::subject::{Trust, words};
use crate::template::Template;
use crate::time::{Day, Instant};

/// Which rule scores a path: the built-in one, or an installed plugin's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RuleChoice {
    #[default]
    BuiltIn,
    /// `publisher/name`.
    Plugin(String),
}

impl From<RuleChoice> for String {
    fn from(choice: RuleChoice) -> String {
        match choice {
            RuleChoice::BuiltIn => "waymark/default".to_owned(),
            RuleChoice::Plugin(id) => id,
        }
    }
}

impl TryFrom<String> for RuleChoice {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "waymark/default" { Ok(Self::BuiltIn) } else { Ok(Self::Plugin(text)) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub id: PathId,
    pub public_id: PublicId,
    pub account: AccountId,
    pub revision: RevisionId,
    /// Id of the target level in the template.
    pub target_level: String,
    pub target_day: Option<Day>,
    pub hours_week: u32,
    /// Ids of the chosen members of any-N groups.
    pub chosen: BTreeSet<String>,
    pub rule: RuleChoice,
    /// The cohort it belongs to; its mentors make trust above *linked* possible.
    pub cohort: Option<CohortId>,
    pub started_on: Day,
    pub created_at: Instant,
}

/// What a learner sends to start a path or change it. Absent fields: as it is, or the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PathSettings {
    pub target_level: Option<String>,
    pub target_day: Option<Day>,
    pub hours_week: Option<u32>,
    pub chosen: Option<BTreeSet<String>>,
    pub rule: Option<RuleChoice>,
}

/// Settings that fit a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedSettings {
    pub target_level: String,
    pub target_day: Option<Day>,
    pub hours_week: u32,
    pub chosen: BTreeSet<String>,
    pub rule: RuleChoice,
}

/// Checks settings against a template: the level exists; the day is after `today` and within ten years; hours 1 to 80
/// (6 where absent); chosen ids are members of any-N groups. The target level where absent is the second of the ladder,
/// or the only one. `field` and `code` as in [`crate::ledger::FieldError`].
pub fn check_settings(settings: PathSettings, template: &Template, today: Day) -> Result<CheckedSettings, Vec<crate::ledger::FieldError>> {
    let _ = (settings, template, today);
    todo!()
}

/// A requirement's state on a path; precedence as listed in [`standing_of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Open,
    Locked,
    Doing,
    Claimed,
    Proven,
    Expired,
}

words!(State { Open = "open", Locked = "locked", Doing = "doing", Claimed = "claimed", Proven = "proven", Expired = "expired" });

/// Where one requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementStanding {
    pub state: State,
    /// Of the evidence that makes the state; none where there is none.
    pub trust: Option<Trust>,
    /// Basis points of the requirement itself, by all evidence, and by evidence of the least trust.
    pub claimed_share: u32,
    pub proven_share: u32,
    pub last_evidence: Option<Day>,
}

/// State and trust of every requirement of the template, in its order, those beyond the target too.
///
/// *Expired*: its only evidence is certificates that ran out. *Proven*: the proven share is full. *Claimed*: the claimed
/// share is full. *Doing*: some evidence, or the learner marked it. *Locked*: none, and a requirement before it has no
/// evidence at all. *Open*: else. Trust: the least over what makes the whole (criteria of a project), the best where one
/// entry is enough.
pub fn standing_of(scope: Scope<'_>, ledger: &[Entry], doing: &BTreeSet<String>) -> Vec<RequirementStanding> {
    let _ = (scope, ledger, doing);
    todo!()
}
