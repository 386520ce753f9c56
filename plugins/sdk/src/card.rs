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
        let of = |receipt: &&Receipt| receipt.requirement as usize == requirement;
        // Most rules book receipts in the input's order.
        let receipt = self.receipts.get(requirement).filter(of).or_else(|| self.receipts.iter().find(of));
        if let Some(gain) = receipt.map(missing).filter(|&gain| gain > 0) {
            self.next.push(NextAction { requirement: requirement as u32, gain, why });
        }
    }

    /// Says of the best twenty receipts that miss points that their requirements could be finished; `why` is asked for
    /// those only. For rules that would name everything unfinished by [`Card::action`].
    pub fn actions(&mut self, why: impl Fn(usize) -> Message) {
        let ranking = Ranking::of(self.input, &self.receipts);
        let mut places: Vec<Place> =
            self.receipts.iter().filter(|receipt| missing(receipt) > 0).map(|r| ranking.place(r.requirement, missing(r))).collect();
        if places.len() > MOST_ACTIONS {
            places.select_nth_unstable_by(MOST_ACTIONS, |a, b| ranking.better(a, b));
            places.truncate(MOST_ACTIONS);
        }
        let action = |place: Place| NextAction { requirement: place.requirement, gain: place.gain, why: why(place.requirement as usize) };
        self.next.extend(places.into_iter().map(action));
    }

    /// The card: actions whose prerequisites are begun first, then most points an hour, ties by id; the best twenty.
    pub fn finish(mut self) -> Scorecard {
        let ranking = Ranking::of(self.input, &self.receipts);
        let place = |action: &NextAction| ranking.place(action.requirement, action.gain);
        self.next.sort_by(|a, b| ranking.better(&place(a), &place(b)));
        self.next.truncate(MOST_ACTIONS);
        let readiness = self.receipts.iter().map(|receipt| receipt.points).sum();
        Scorecard { readiness, receipts: self.receipts, next: self.next }
    }
}

fn missing(receipt: &Receipt) -> u32 {
    receipt.possible - receipt.points
}

/// What decides between next actions.
struct Ranking<'a> {
    input: &'a ScoreInput,
    /// Requirements with evidence that counts.
    begun: Vec<bool>,
}

/// Where an action stands.
struct Place {
    requirement: u32,
    gain: u32,
    hours: u32,
    /// Something before it is not begun.
    waits: bool,
}

impl<'a> Ranking<'a> {
    fn of(input: &'a ScoreInput, receipts: &[Receipt]) -> Self {
        let mut begun = vec![false; input.requirements.len()];
        for receipt in receipts {
            begun[receipt.requirement as usize] = !receipt.evidence.is_empty();
        }
        Self { input, begun }
    }

    fn place(&self, requirement: u32, gain: u32) -> Place {
        let asked = &self.input.requirements[requirement as usize];
        let waits = asked.requires.iter().any(|&before| self.begun.get(before as usize) == Some(&false));
        Place { requirement, gain, hours: asked.hours.max(1), waits }
    }

    /// What waits for nothing, then more points an hour (compared by cross-multiplying), then the smaller id.
    fn better(&self, a: &Place, b: &Place) -> Ordering {
        let id = |place: &Place| self.input.requirements[place.requirement as usize].id.as_str();
        let (left, right) = (u64::from(a.gain) * u64::from(b.hours), u64::from(b.gain) * u64::from(a.hours));
        a.waits.cmp(&b.waits).then_with(|| right.cmp(&left)).then_with(|| id(a).cmp(id(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Requirement, Trust};

    fn input(count: u32) -> ScoreInput {
        let requirement = |index: u32| Requirement {
            id: format!("r{:02}", (index * 7) % count),
            kind: Kind::Topic,
            group: 0,
            level: 0,
            step: 0,
            possible: 10_000 / count,
            least_trust: Trust::Claimed,
            hours: (index * 5) % 11,
            criteria: Vec::new(),
            requires: if index.is_multiple_of(3) { vec![(index + 1) % count] } else { Vec::new() },
            attributes: Vec::new(),
        };
        ScoreInput {
            template: String::new(),
            revision: String::new(),
            today: 0,
            groups: Vec::new(),
            requirements: (0..count).map(requirement).collect(),
            evidence: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// A card whose receipts are booked from the last requirement to the first.
    fn card(input: &ScoreInput) -> Card<'_> {
        let mut card = Card::new(input);
        for (index, requirement) in input.requirements.iter().enumerate().rev() {
            let begun = if index % 2 == 0 { vec![index as u32] } else { Vec::new() };
            card.receipt(index, requirement.possible, (index as u32 * 1_300) % 10_001, Message::new("counted"), begun);
        }
        card
    }

    #[test]
    fn the_best_twenty_actions_are_those_that_naming_all_of_them_leaves() {
        let why = |index: usize| Message::new(&format!("why-{index}"));
        for count in [1, 5, 20, 21, 50] {
            let input = input(count);
            let (mut all, mut best) = (card(&input), card(&input));
            (0..count as usize).for_each(|index| all.action(index, why(index)));
            best.actions(why);
            let best = best.finish();
            assert_eq!(all.finish(), best, "{count} requirements");
            assert!(best.next.iter().all(|action| action.why == why(action.requirement as usize)));
            assert!(best.next.len() <= MOST_ACTIONS && !best.next.is_empty());
        }
    }

    #[test]
    fn what_misses_nothing_is_no_action() {
        let input = input(2);
        let mut card = Card::new(&input);
        card.receipt(0, 5_000, FULL, Message::new("counted"), vec![0]);
        card.action(0, Message::new("why"));
        card.action(1, Message::new("why"));
        card.actions(|_| Message::new("why"));
        let card = card.finish();
        assert_eq!((card.readiness, card.next), (5_000, Vec::new()));
    }
}
