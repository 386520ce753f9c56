//! Cohorts: people following paths together between two dates. What a school sets up, how members come and go, which
//! days count for whom, and who is behind.

mod alerts;
mod board;
mod calendar;
mod change;
mod completion;
mod guiding;
mod member;
mod pace;
mod plan;
mod report;
mod set_up;
mod stand;
mod summary;
pub mod suppress;

use serde::{Deserialize, Serialize};

use crate::account::CleanName;
use crate::ids::{AccountId, CohortId, PublicId};
use crate::subject::words;
use crate::time::{Day, Zone};

pub use alerts::*;
pub use board::*;
pub use calendar::*;
pub use change::*;
pub use completion::*;
pub use guiding::*;
pub use member::*;
pub use pace::*;
pub use plan::*;
pub use report::*;
pub use set_up::*;
pub use stand::*;
pub use summary::*;

/// What a person may do in a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    Learner,
    Mentor,
    Lead,
}

words!(Standing { Learner = "learner", Mentor = "mentor", Lead = "lead" });

/// Whether a member takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MemberState {
    Active,
    Paused,
    Dropped,
    Completed,
}

words!(MemberState { Active = "active", Paused = "paused", Dropped = "dropped", Completed = "completed" });

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    pub id: CohortId,
    pub public_id: PublicId,
    pub name: CleanName,
    pub starts_on: Day,
    pub ends_on: Day,
    pub zone: Zone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub cohort: CohortId,
    pub account: AccountId,
    pub standing: Standing,
    pub state: MemberState,
}

/// Codes of this module that the ledger's own list lacks.
pub const FIELD_CODES: &[&str] = &[
    "cohort_too_long",
    "completion_asks_nothing",
    "completion_lacks",
    "completion_needs_reason",
    "ends_before_start",
    "holidays_overlap",
    "no_session_days",
    "role_twice",
    "state_is_same",
];

#[cfg(test)]
mod tests;
