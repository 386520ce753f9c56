//! One score, from projection to a checked pair of cards with everything needed to compute it again.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ledger::Entry;
use crate::scoring::{BrokenCard, PROJECTION_VERSION, Projection, ProjectionError, Scope, ScoreInput, Scorecard, check, project};
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

impl RuleFailure {
    /// A failure that the same input would bring again.
    pub fn lasting(code: &str, detail: impl Into<String>) -> Self {
        Self { code: code.to_owned(), detail: detail.into(), passing: false }
    }
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
    /// SHA-256 over the JSON array of both inputs, claimed first, hexadecimal. The ledger's numbers are no part of them.
    pub input_hash: String,
    /// SHA-256 over the JSON array of both cards, claimed first, hexadecimal.
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
    let projection = project(scope, ledger)?;
    let ledger_seq = ledger.iter().map(|entry| entry.seq).max().unwrap_or(0);
    judge_projection(rule, scope, projection, ledger_seq)
}

/// As [`score`], from a projection that is there already.
pub fn judge_projection(rule: &dyn ScoringRule, scope: Scope<'_>, projection: Projection, ledger_seq: u32) -> Result<Score, ScoreError> {
    let Projection { claimed, proven, requirements, claimed_entries, proven_entries } = projection;
    let inputs = [claimed, proven];
    let mut answers = rule.score(&inputs).into_iter();
    let mut next =
        || answers.next().unwrap_or_else(|| Err(RuleFailure::lasting("answer_missing", "the rule gave fewer cards than it got inputs")));
    let (claimed, proven) = (next()?, next()?);
    let fuel = match (claimed.fuel, proven.fuel) {
        (None, None) => None,
        (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
    };
    let knows = |id: &str| rule.knows_message(id);
    let claimed = check(&inputs[0], claimed.card, &knows)?;
    let proven = check(&inputs[1], proven.card, &knows)?;
    if proven.readiness > claimed.readiness {
        let detail = format!("proven is {}, claimed is {}", proven.readiness, claimed.readiness);
        return Err(BrokenCard::new("proven_above_claimed", detail).into());
    }
    Ok(Score {
        rule: rule.identity(),
        revision: scope.template.hash.clone(),
        projection: PROJECTION_VERSION,
        ledger_seq,
        today: scope.today,
        input_hash: hash(&inputs)?,
        card_hash: hash(&[&claimed, &proven])?,
        claimed,
        proven,
        claimed_entries,
        proven_entries,
        requirements: requirements.iter().map(|&i| scope.template.requirements[i].id.clone()).collect(),
        fuel,
    })
}

/// SHA-256 over the JSON array of both, claimed first.
fn hash<T: Serialize>(both: &[T; 2]) -> Result<String, RuleFailure> {
    let mut digest = Sha256::new();
    serde_json::to_writer(&mut digest, both).map_err(|error| RuleFailure::lasting("not_written_as_json", error.to_string()))?;
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
