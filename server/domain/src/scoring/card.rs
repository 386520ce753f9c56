//! Scorecards, and the check that stands between a rule and the page.

use serde::{Deserialize, Serialize};

use crate::scoring::{Attribute, ScoreInput};

/// Why a receipt or an action says what it says: an id of the rule's message catalogue, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: String,
    pub arguments: Vec<Attribute>,
}

/// For one requirement: what it could bring, what it brought, because of which evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Index into the input's requirements.
    pub requirement: u32,
    /// Basis points of the whole.
    pub points: u32,
    pub possible: u32,
    pub reason: Message,
    /// Indexes into the input's evidence.
    pub evidence: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextAction {
    pub requirement: u32,
    /// Basis points of the whole that finishing it would add.
    pub gain: u32,
    pub why: Message,
}

/// What a rule answers. Nothing of it is believed before [`check`] has passed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorecard {
    /// Basis points, 0 to 10 000: the sum of the receipts' points.
    pub readiness: u32,
    /// One for each requirement of the input, in its order.
    pub receipts: Vec<Receipt>,
    /// At most 20, best first.
    pub next: Vec<NextAction>,
}

pub const MAX_NEXT: usize = 20;
pub const MAX_ARGUMENTS: usize = 8;
pub const MAX_ARGUMENT_TEXT: usize = 200;

/// A card that breaks a rule of the contract. `rule` is stable and shown to admins and authors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{rule}: {detail}")]
pub struct BrokenCard {
    pub rule: String,
    pub detail: String,
}

/// The host's check of a card: receipts one a requirement and in order, cited evidence is that requirement's and cited
/// once, points at most possible, possible sums to 10 000, readiness is the sum of the points and at most 10 000,
/// gains at most what is missing, message ids known, arguments plain and bounded.
///
/// Rules, in the order in which they are looked at: `readiness_out_of_range`, `receipt_missing`, `receipt_twice`,
/// `receipt_unknown`, `points_above_possible`, `possible_sum`, `readiness_sum`, `evidence_unknown`,
/// `evidence_of_another`, `evidence_twice`, `too_many_actions`, `action_unknown`, `gain_above_missing`,
/// `message_unknown`, `argument_bounds`. On success receipts are sorted by requirement and their evidence by index.
pub fn check(input: &ScoreInput, card: Scorecard, knows_message: &dyn Fn(&str) -> bool) -> Result<Scorecard, BrokenCard> {
    let _ = (input, knows_message);
    todo!("{}", card.readiness)
}
