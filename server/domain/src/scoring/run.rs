//! One score, from projection to a checked pair of cards with everything needed to compute it again.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ledger::Entry;
use crate::scoring::{
    BrokenCard, NextAction, PROJECTION_VERSION, Projection, ProjectionError, Scope, ScoreInput, Scorecard, check, project,
};
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

impl Score {
    /// Numbers of the ledger's entries that the receipts of either card cite.
    pub fn cited(&self) -> BTreeSet<u32> {
        let of = |card: &Scorecard, entries: &[u32]| -> Vec<u32> {
            card.receipts.iter().flat_map(|receipt| &receipt.evidence).filter_map(|&row| entries.get(row as usize).copied()).collect()
        };
        of(&self.claimed, &self.claimed_entries).into_iter().chain(of(&self.proven, &self.proven_entries)).collect()
    }
}

/// What of a score is told where nobody looks at receipts or reasons, as in a digest; it is stored beside the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Readiness, in basis points.
    pub claimed: u32,
    pub proven: u32,
    /// What to do next, best first: what the claimed card lacks; where it lacks nothing, what the proven card does.
    pub next: Vec<Ahead>,
}

/// A [`NextAction`] without its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// The requirement's id.
    pub requirement: String,
    /// Basis points of the whole that finishing it would add.
    pub gain: u32,
}

impl<'a, S: Into<Both<'a>>> From<S> for Outlook {
    fn from(score: S) -> Self {
        let Both { claimed, proven, requirements } = score.into();
        let next = if claimed.next.is_empty() { &proven.next } else { &claimed.next };
        let ahead = |action: &NextAction| {
            let requirement = requirements.get(action.requirement as usize)?.clone();
            Some(Ahead { requirement, gain: action.gain })
        };
        Self { claimed: claimed.readiness, proven: proven.readiness, next: next.iter().filter_map(ahead).collect() }
    }
}

/// Both cards of a path, without what it takes to store them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub claimed: Scorecard,
    pub proven: Scorecard,
    /// Ids of the requirements behind the cards' indexes.
    pub requirements: Arc<[String]>,
}

/// Cards of either.
#[derive(Clone, Copy, Debug)]
pub struct Both<'a> {
    pub claimed: &'a Scorecard,
    pub proven: &'a Scorecard,
    pub requirements: &'a [String],
}

impl<'a> From<&'a Score> for Both<'a> {
    fn from(score: &'a Score) -> Self {
        Self { claimed: &score.claimed, proven: &score.proven, requirements: &score.requirements }
    }
}

impl<'a> From<&'a Judged> for Both<'a> {
    fn from(judged: &'a Judged) -> Self {
        Self { claimed: &judged.claimed, proven: &judged.proven, requirements: &judged.requirements }
    }
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
    let Projection { claimed, proven, outline, claimed_entries, proven_entries } = projection;
    let inputs = [claimed, proven];
    let Cards { claimed, proven, fuel } = judge(rule, &inputs)?;
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
        requirements: outline.ids.to_vec(),
        fuel,
    })
}

/// As much of a [`score`] as boards and alerts tell. Hashing inputs and cards, which only what is stored needs, is more work
/// than judging.
pub fn judged(rule: &dyn ScoringRule, scope: Scope<'_>, ledger: &[Entry]) -> Result<Judged, ScoreError> {
    let Projection { claimed, proven, outline, .. } = project(scope, ledger)?;
    let Cards { claimed, proven, .. } = judge(rule, &[claimed, proven])?;
    Ok(Judged { claimed, proven, requirements: Arc::clone(&outline.ids) })
}

/// Both cards, checked.
struct Cards {
    claimed: Scorecard,
    proven: Scorecard,
    fuel: Option<u64>,
}

/// The rule's answers to both inputs, claimed first.
fn judge(rule: &dyn ScoringRule, inputs: &[ScoreInput; 2]) -> Result<Cards, ScoreError> {
    let mut answers = rule.score(inputs).into_iter();
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
    Ok(Cards { claimed, proven, fuel })
}

/// SHA-256 over the JSON array of both, claimed first.
fn hash<T: Serialize>(both: &[T; 2]) -> Result<String, RuleFailure> {
    // At once: a hash over pieces of some bytes each takes longer than to write them.
    let json = serde_json::to_vec(both).map_err(|error| RuleFailure::lasting("not_written_as_json", error.to_string()))?;
    Ok(Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{claim, link, maker, today};
    use crate::scoring::{DefaultRule, judge};

    /// Answers the first so many inputs, with what `card` makes of the default rule's card.
    struct Told<F: Fn(usize, &mut Scorecard) + Send + Sync> {
        answers: usize,
        fuel: [Option<u64>; 2],
        card: F,
    }

    impl<F: Fn(usize, &mut Scorecard) + Send + Sync> ScoringRule for Told<F> {
        fn identity(&self) -> RuleIdentity {
            RuleIdentity { name: "test/told@1.0.0".to_owned(), digest: "d".to_owned() }
        }

        fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
            let outcome = |(i, input)| {
                let mut card = judge(input);
                (self.card)(i, &mut card);
                Ok(Outcome { card, fuel: self.fuel[i] })
            };
            inputs.iter().enumerate().take(self.answers).map(outcome).collect()
        }

        fn knows_message(&self, id: &str) -> bool {
            DefaultRule.knows_message(id)
        }
    }

    fn told<F: Fn(usize, &mut Scorecard) + Send + Sync>(answers: usize, fuel: [Option<u64>; 2], card: F) -> Result<Score, ScoreError> {
        let (template, chosen) = (maker(), BTreeSet::new());
        let scope = Scope { template: &template, target: 1, chosen: &chosen, mentored: false, today: today(), settings: &[] };
        score(&Told { answers, fuel, card }, scope, &[claim(1, &["skill:git@independent"]), link(7, &["skill:go@working"])])
    }

    #[test]
    fn a_score_names_what_it_was_made_of() {
        let score = told(2, [Some(3), Some(4)], |_, _| {}).unwrap();
        assert_eq!((score.claimed.readiness, score.proven.readiness), (6_000, 4_000));
        assert_eq!(
            (score.rule.name.as_str(), score.projection, score.ledger_seq, score.today),
            ("test/told@1.0.0", PROJECTION_VERSION, 7, today())
        );
        assert_eq!((score.revision.as_str(), score.input_hash.len(), score.card_hash.len()), (maker().hash.as_str(), 64, 64));
        assert_eq!(score.cited(), BTreeSet::from([1, 7]));
        assert_eq!((score.claimed_entries, score.proven_entries), (vec![1, 7], vec![7]));
        assert_eq!(score.requirements, ["git-basics", "rust-lang", "go-lang", "service", "cloud-cert"]);
    }

    #[test]
    fn fuel_is_summed_and_outside_the_hashes() {
        let with = told(2, [Some(3), Some(4)], |_, _| {}).unwrap();
        let without = told(2, [None, None], |_, _| {}).unwrap();
        assert_eq!((with.fuel, without.fuel, told(2, [Some(u64::MAX), Some(4)], |_, _| {}).unwrap().fuel), (Some(7), None, Some(u64::MAX)));
        assert_eq!((&with.input_hash, &with.card_hash), (&without.input_hash, &without.card_hash));
        assert_eq!(serde_json::to_string(&with).unwrap(), serde_json::to_string(&without).unwrap());
    }

    #[test]
    fn the_card_hash_sees_the_smallest_change() {
        let plain = told(2, [None, None], |_, _| {}).unwrap();
        let changed = told(2, [None, None], |i, card| card.next[0].gain -= i as u32).unwrap();
        assert_eq!(plain.input_hash, changed.input_hash);
        assert_ne!(plain.card_hash, changed.card_hash);
    }

    #[test]
    fn what_breaks_the_contract_is_no_score() {
        let lower = |i: usize, card: &mut Scorecard| {
            if i == 0 {
                card.receipts.iter_mut().for_each(|receipt| receipt.points = 0);
                card.readiness = 0;
            }
        };
        let refused = told(2, [None, None], lower).unwrap_err();
        assert_eq!(refused.to_string(), "the rule broke its contract: proven_above_claimed: proven is 4000, claimed is 0");
        let unsummed = told(2, [None, None], |i, card| card.readiness += i as u32).unwrap_err();
        assert!(matches!(unsummed, ScoreError::Card(broken) if broken.rule == "readiness_sum"));
        let missing = told(1, [None, None], |_, _| {}).unwrap_err();
        assert!(matches!(missing, ScoreError::Rule(failure) if failure.code == "answer_missing" && !failure.passing));
    }
}
