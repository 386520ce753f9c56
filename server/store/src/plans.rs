//! Plans: what a learner marks and notes on a requirement. Not evidence.

use std::collections::BTreeMap;

use domain::ids::PathId;
use domain::time::Instant;

use crate::{Conn, Result};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The learner is on it.
    pub doing: bool,
    pub note: Option<String>,
}

/// By id of the requirement.
pub fn get(conn: &mut Conn<'_>, path: PathId) -> Result<BTreeMap<String, Plan>> {
    todo!()
}

/// Replaces the plan of one requirement; an empty one is taken away.
pub fn put(conn: &mut Conn<'_>, path: PathId, requirement: &str, plan: &Plan, now: Instant) -> Result<()> {
    todo!()
}
