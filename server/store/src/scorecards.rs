//! Scorecards: every score that was shown, with all that is needed to compute it again.

use std::collections::BTreeSet;

use domain::ids::{AccountId, PathId, RevisionId, ScorecardId};
use domain::scoring::{Attribute, Score};
use domain::time::{Day, Instant};

use crate::{Conn, Result};

/// What a score was asked with, beside template, rule, ledger and day.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub settings: &'a [Attribute],
    pub target_level: &'a str,
    pub chosen: &'a BTreeSet<String>,
    pub mentored: bool,
}

/// What makes two scores of a path the same.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// Hash of the template revision.
    pub revision: &'a str,
    pub rule_digest: &'a str,
    pub projection: u32,
    pub terms: Terms<'a>,
    pub ledger_seq: u32,
    pub today: Day,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredScore {
    pub id: ScorecardId,
    pub path: PathId,
    pub account: AccountId,
    pub revision: RevisionId,
    pub settings: Vec<Attribute>,
    pub target_level: String,
    pub chosen: BTreeSet<String>,
    pub mentored: bool,
    pub score: Score,
    pub made_at: Instant,
}

/// Keeps a score; a second one with the same [`Key`] returns the first one's id. Fails with `NotThere("revision")` when
/// the store does not have the template.
pub fn save(conn: &mut Conn<'_>, path: PathId, score: &Score, terms: Terms<'_>, made_at: Instant) -> Result<ScorecardId> {
    todo!()
}

pub fn latest(conn: &mut Conn<'_>, path: PathId) -> Result<Option<StoredScore>> {
    todo!()
}

pub fn find(conn: &mut Conn<'_>, path: PathId, key: &Key<'_>) -> Result<Option<StoredScore>> {
    todo!()
}

/// Day, claimed and proven in basis points: the last score of each day since `from`, oldest first.
pub fn history(conn: &mut Conn<'_>, path: PathId, from: Day) -> Result<Vec<(Day, u32, u32)>> {
    todo!()
}

/// The last score of that day or of the nearest day before it.
pub fn on_or_before(conn: &mut Conn<'_>, path: PathId, day: Day) -> Result<Option<StoredScore>> {
    todo!()
}

/// All scores by key, for verification.
pub fn page_for_verify(conn: &mut Conn<'_>, after: Option<ScorecardId>, limit: i64) -> Result<Vec<StoredScore>> {
    todo!()
}
