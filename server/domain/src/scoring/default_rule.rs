//! The built-in scoring rule, version 1.

use crate::scoring::{Outcome, RuleFailure, RuleIdentity, ScoreInput, Scorecard, ScoringRule};

/// Readiness is the sum over requirements of `possible × share`, rounded down. A requirement's share is that of its
/// best evidence; a project's is the weighted mean over its criteria of the best evidence for each.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultRule;

pub const DEFAULT_RULE: &str = "waymark/default@1";

/// The card of one input. Next actions: what is missing, most points an hour first (compared by cross-multiplying),
/// those whose prerequisites are all begun before those that wait, ties by id.
pub fn judge(input: &ScoreInput) -> Scorecard {
    let _ = input;
    todo!()
}

impl ScoringRule for DefaultRule {
    fn identity(&self) -> RuleIdentity {
        RuleIdentity { name: DEFAULT_RULE.to_owned(), digest: DEFAULT_RULE.to_owned() }
    }

    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
        inputs.iter().map(|input| Ok(Outcome { card: judge(input), fuel: None })).collect()
    }

    fn knows_message(&self, id: &str) -> bool {
        MESSAGES.contains(&id)
    }
}

/// Ids of `config/messages/*/rule.ftl` that the default rule uses.
pub const MESSAGES: &[&str] = &[
    "rule-nothing-yet",
    "rule-earned",
    "rule-partly",
    "rule-not-needed",
    "rule-finish",
    "rule-continue",
    "rule-after",
];
