//! One score, from projection to a checked pair of cards with everything needed to compute it again.

use serde::{Deserialize, Serialize};

use crate::ledger::Entry;
use crate::scoring::{BrokenCard, ProjectionError, Projection, Scope, ScoreInput, Scorecard};
use crate::time::Day;

/// Names a rule: `waymark/default@1`, or a plugin's `publisher/name@1.2.0`; the digest is of what is executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleIdentity {
    pub name: String,
    pub digest: String,
}

/// A rule's answer; fuel is what a sandboxed rule used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub card: Scorecard,
    pub fuel: Option<u64>,
}

/// A rule that gave no card.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{code}: {detail}")]
pub struct RuleFailure {
    /// Stable: `fuel_exhausted`, `memory_limit`, `deadline`, `trap`, `output_too_large`, …
    pub code: String,
    pub detail: String,
    /// True for what may go well next time (the wall clock, a busy machine): not stored, not counted by the breaker.
    pub passing: bool,
}

/// A pure function from inputs to cards; batch-shaped, because a sandbox may live in another process.
pub trait ScoringRule: Send + Sync {
    fn identity(&self) -> RuleIdentity;
    /// One result for each input, in order.
    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>>;
    fn knows_message(&self, id: &str) -> bool;
}

/// Both cards of a path on a day, and what they were made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub rule: RuleIdentity,
    /// Hash of the template revision.
    pub revision: String,
    pub projection: u32,
    /// Number of the last ledger entry that was looked at; 0 for an empty ledger.
    pub ledger_seq: u32,
    pub today: Day,
    /// SHA-256 over the JSON of both inputs, hexadecimal.
    pub input_hash: String,
    /// SHA-256 over the JSON of both cards, hexadecimal.
    pub card_hash: String,
    pub claimed: Scorecard,
    pub proven: Scorecard,
    /// Evidence rows' numbers in the ledger, for the cards' evidence indexes.
    pub claimed_entries: Vec<u32>,
    pub proven_entries: Vec<u32>,
    /// Ids of the requirements behind the cards' indexes.
    pub requirements: Vec<String>,
    /// Fuel of both calls together; outside every hash.
    #[serde(skip)]
    pub fuel: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    #[error(transparent)]
    Projection(#[from] ProjectionError),
    #[error(transparent)]
    Rule(#[from] RuleFailure),
    #[error("the rule broke its contract: {0}")]
    Card(#[from] BrokenCard),
}

/// Projects, judges, checks. Proven is at most claimed, or the score is refused (`proven_above_claimed`).
pub fn score(rule: &dyn ScoringRule, scope: Scope<'_>, ledger: &[Entry]) -> Result<Score, ScoreError> {
    let _ = (rule, scope, ledger);
    todo!()
}

/// As [`score`], from a projection that is there already.
pub fn judge_projection(rule: &dyn ScoringRule, scope: Scope<'_>, projection: Projection, ledger_seq: u32) -> Result<Score, ScoreError> {
    let _ = (rule, scope, projection, ledger_seq);
    todo!()
}
