//! A card that sums.

use std::cmp::Ordering;

use crate::{FULL, Message, NextAction, Receipt, ScoreInput, Scorecard};

/// Most next actions that a card may have.
const MOST_ACTIONS: usize = 20;

/// Builds a card from one receipt a requirement; readiness is their sum.
#[derive(Debug)]
pub struct Card<'a> {
    input: &'a ScoreInput,
    receipts: Vec<Receipt>,
    next: Vec<NextAction>,
}

impl<'a> Card<'a> {
    pub fn new(input: &'a ScoreInput) -> Self {
        Self { input, receipts: Vec::with_capacity(input.requirements.len()), next: Vec::new() }
    }

    /// Books `share` (basis points) of `possible`, rounded down, and says how many points that is.
    pub fn receipt(&mut self, requirement: usize, possible: u32, share: u32, reason: Message, evidence: Vec<u32>) -> u32 {
        let points = (u64::from(possible) * u64::from(share.min(FULL)) / u64::from(FULL)) as u32;
        self.receipts.push(Receipt { requirement: requirement as u32, points, possible, reason, evidence });
        points
    }

    /// Says that a requirement could be finished, which would add what its receipt is missing. One without a receipt, or
    /// with nothing missing, is passed over.
    pub fn action(&mut self, requirement: usize, why: Message) {
        let gain = self.receipts.iter().find(|receipt| receipt.requirement as usize == requirement).map(|r| r.possible - r.points);
        if let Some(gain) = gain.filter(|&gain| gain > 0) {
            self.next.push(NextAction { requirement: requirement as u32, gain, why });
        }
    }

    /// The card: actions whose prerequisites are begun first, then most points an hour, ties by id; the best twenty.
    pub fn finish(mut self) -> Scorecard {
        let input = self.input;
        let mut begun = vec![false; input.requirements.len()];
        for receipt in &self.receipts {
            begun[receipt.requirement as usize] = !receipt.evidence.is_empty();
        }
        let waits = |action: &NextAction| {
            let requires = &input.requirements[action.requirement as usize].requires;
            requires.iter().any(|&before| !begun.get(before as usize).copied().unwrap_or(true))
        };
        self.next.sort_by(|a, b| waits(a).cmp(&waits(b)).then_with(|| by_gain_an_hour(input, a, b)));
        self.next.truncate(MOST_ACTIONS);
        let readiness = self.receipts.iter().map(|receipt| receipt.points).sum();
        Scorecard { readiness, receipts: self.receipts, next: self.next }
    }
}

/// More points an hour first, compared by cross-multiplying.
fn by_gain_an_hour(input: &ScoreInput, a: &NextAction, b: &NextAction) -> Ordering {
    let (first, second) = (&input.requirements[a.requirement as usize], &input.requirements[b.requirement as usize]);
    let left = u64::from(a.gain) * u64::from(second.hours.max(1));
    let right = u64::from(b.gain) * u64::from(first.hours.max(1));
    right.cmp(&left).then_with(|| first.id.cmp(&second.id))
}
