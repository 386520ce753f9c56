//! The scoring laws: what every rule must hold, tested on inputs when a rule is installed.

use serde::{Deserialize, Serialize};

use crate::scoring::{BrokenCard, Outcome, RuleFailure, ScoreInput, Scorecard, ScoringRule, check, reapportion};

/// A law that a rule broke, with the smallest input found that shows it. `law` is one of [`LAWS`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{law}: {detail}")]
pub struct LawBroken {
    pub law: String,
    pub detail: String,
    pub input: Box<ScoreInput>,
}

/// The laws, in the order in which they are tested:
///
/// - `answers`: every input gets a card.
/// - `deterministic`: the same input twice gets equal cards.
/// - `bounded`: readiness lies between 0 and 10 000, points between 0 and what is possible.
/// - `receipts_sum`: possible points sum to 10 000, points to readiness.
/// - `contract`: the card passes every other rule of [`check`].
/// - `order_free`: evidence in another order gets the same readiness and points.
/// - `nothing_gives_zero`: no evidence, no readiness.
/// - `monotone`: one more accepted item never lowers readiness. Each row of evidence is left out in turn, then the rows are
///   added one after another, with the holders of any-N slots found anew, as the host does.
pub const LAWS: &[&str] =
    &["answers", "deterministic", "bounded", "receipts_sum", "contract", "order_free", "nothing_gives_zero", "monotone"];

/// Rows of one input that are left out and added in turn for `monotone`; of longer inputs as many, evenly spread.
pub const MAX_LEFT_OUT: usize = 200;

/// Trials that are spent on making a counter-example smaller.
const MAX_SHRINKS: usize = 200;

/// Inputs that go to a rule at once: a batch may cross to another process.
const BATCH: usize = 32;

/// Tests a rule on inputs, small ones first. A first law that breaks ends the test; its input is made smaller by leaving
/// out evidence for as long as the same law stays broken. A failure that is `passing` is reported as `answers`, too: the
/// caller may try again.
pub fn laws(rule: &dyn ScoringRule, inputs: &[ScoreInput]) -> Result<(), LawBroken> {
    let mut order: Vec<&ScoreInput> = inputs.iter().collect();
    order.sort_by_key(|input| (input.evidence.len(), input.requirements.len()));
    for input in order {
        if let Err((law, detail)) = holds(rule, input) {
            return Err(shrink(rule, law, detail, input));
        }
    }
    Ok(())
}

type Broken = (&'static str, String);

fn holds(rule: &dyn ScoringRule, input: &ScoreInput) -> Result<(), Broken> {
    let card = one(rule, input)?;
    if one(rule, input)? != card {
        return Err(("deterministic", "the same input got two different cards".to_owned()));
    }
    for (other, what) in [(turned(input), "turned round"), (shuffled(input), "shuffled")] {
        let other = one(rule, &other)?;
        if worth(&other) != worth(&card) {
            let detail = format!("readiness is {}, with the evidence {what} {}", card.readiness, other.readiness);
            return Err(("order_free", detail));
        }
    }
    let nothing = one(rule, &without(input, |_| false))?;
    if nothing.readiness > 0 {
        return Err(("nothing_gives_zero", format!("readiness without evidence is {}", nothing.readiness)));
    }
    let full = if is_as_apportioned(input) { card } else { one(rule, &without(input, |_| true))? };
    let count = input.evidence.len();
    let picked: Vec<usize> = (0..count.min(MAX_LEFT_OUT)).map(|i| i * count / count.min(MAX_LEFT_OUT)).collect();
    let lower = |more: &Scorecard, fewer: &Scorecard, what: String| {
        let detail = format!("readiness is {} without {what} and {} with it", fewer.readiness, more.readiness);
        if fewer.readiness > more.readiness { Err(("monotone", detail)) } else { Ok(()) }
    };
    let mut before = nothing;
    for chunk in picked.chunks(BATCH) {
        let fewer: Vec<ScoreInput> = chunk.iter().map(|&out| without(input, |row| row != out)).collect();
        for (card, out) in cards(rule, &fewer)?.iter().zip(chunk) {
            lower(&full, card, format!("evidence {out}"))?;
        }
        let grown: Vec<ScoreInput> = chunk.iter().map(|&last| without(input, |row| row <= last)).collect();
        for (card, last) in cards(rule, &grown)?.into_iter().zip(chunk) {
            lower(&card, &before, format!("evidence {last} after all before it"))?;
            before = card;
        }
    }
    Ok(())
}

fn worth(card: &Scorecard) -> (u32, Vec<(u32, u32)>) {
    (card.readiness, card.receipts.iter().map(|receipt| (receipt.points, receipt.possible)).collect())
}

/// The input with the rows that `keep` names, and the slots of any-N groups held accordingly. An input that the host
/// cannot have apportioned like that (written by hand) keeps its `possible`.
fn without(input: &ScoreInput, keep: impl Fn(usize) -> bool) -> ScoreInput {
    let evidence = input.evidence.iter().enumerate().filter(|(row, _)| keep(*row)).map(|(_, evidence)| evidence.clone()).collect();
    let mut fewer = ScoreInput { evidence, ..input.clone() };
    if is_as_apportioned(input) {
        reapportion(&mut fewer);
    }
    fewer
}

fn is_as_apportioned(input: &ScoreInput) -> bool {
    let mut again = input.clone();
    reapportion(&mut again);
    again.requirements == input.requirements
}

fn turned(input: &ScoreInput) -> ScoreInput {
    ScoreInput { evidence: input.evidence.iter().rev().cloned().collect(), ..input.clone() }
}

/// A fixed order that is neither the given one nor its reverse: every third row from each of three starts.
fn shuffled(input: &ScoreInput) -> ScoreInput {
    let evidence = [1, 2, 0].iter().flat_map(|&start| input.evidence.iter().skip(start).step_by(3)).cloned().collect();
    ScoreInput { evidence, ..input.clone() }
}

fn one(rule: &dyn ScoringRule, input: &ScoreInput) -> Result<Scorecard, Broken> {
    let mut cards = cards(rule, std::slice::from_ref(input))?;
    cards.pop().ok_or_else(|| ("answers", "no card came back".to_owned()))
}

fn cards(rule: &dyn ScoringRule, inputs: &[ScoreInput]) -> Result<Vec<Scorecard>, Broken> {
    let answers = rule.score(inputs);
    if answers.len() != inputs.len() {
        return Err(("answers", format!("{} inputs got {} cards", inputs.len(), answers.len())));
    }
    let checked = |(answer, input): (Result<Outcome, RuleFailure>, &ScoreInput)| {
        let outcome = answer.map_err(|failure| ("answers", failure.to_string()))?;
        check(input, outcome.card, &|id| rule.knows_message(id)).map_err(|broken| (law_of(&broken), broken.to_string()))
    };
    answers.into_iter().zip(inputs).map(checked).collect()
}

fn law_of(broken: &BrokenCard) -> &'static str {
    match broken.rule.as_str() {
        "readiness_out_of_range" | "points_above_possible" => "bounded",
        "possible_sum" | "readiness_sum" => "receipts_sum",
        _ => "contract",
    }
}

/// Leaves out halves, then quarters and so on, then single rows, for as long as the same law stays broken.
fn shrink(rule: &dyn ScoringRule, law: &'static str, detail: String, input: &ScoreInput) -> LawBroken {
    let mut smallest = LawBroken { law: law.to_owned(), detail, input: Box::new(input.clone()) };
    let mut trials = MAX_SHRINKS;
    let mut size = input.evidence.len().div_ceil(2);
    while size > 0 {
        let mut start = 0;
        while start < smallest.input.evidence.len() && trials > 0 {
            trials -= 1;
            let fewer = without(&smallest.input, |row| !(start..start + size).contains(&row));
            match holds(rule, &fewer) {
                Err((same, detail)) if same == law => smallest = LawBroken { detail, input: Box::new(fewer), ..smallest },
                _ => start += size,
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    smallest
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::scoring::samples::{any_of, evidence, requirement};
    use crate::scoring::{DefaultRule, InputGroup, RuleIdentity, judge};

    /// The default rule with something broken in it.
    struct Broken<F: Fn(&ScoreInput, &mut Scorecard) + Send + Sync>(F);

    impl<F: Fn(&ScoreInput, &mut Scorecard) + Send + Sync> ScoringRule for Broken<F> {
        fn identity(&self) -> RuleIdentity {
            RuleIdentity { name: "test/broken@1.0.0".to_owned(), digest: String::new() }
        }

        fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
            let card = |input| {
                let mut card = judge(input);
                (self.0)(input, &mut card);
                Ok(Outcome { card, fuel: None })
            };
            inputs.iter().map(card).collect()
        }

        fn knows_message(&self, id: &str) -> bool {
            DefaultRule.knows_message(id)
        }
    }

    fn inputs() -> Vec<ScoreInput> {
        let mut long = ScoreInput {
            groups: vec![InputGroup { need: None, weight: 6_000, ..any_of(1) }, InputGroup { weight: 4_000, ..any_of(2) }],
            requirements: ["a", "b", "c", "d", "e"].map(|id| requirement(id, 0)).to_vec(),
            evidence: (0..40).map(|i| evidence(i % 5, 250 * i)).collect(),
            ..ScoreInput::default()
        };
        long.requirements[0].possible = 6_000;
        for member in &mut long.requirements[1..] {
            member.group = 1;
        }
        reapportion(&mut long);
        let short = without(&long, |row| row < 6);
        vec![long, short]
    }

    fn set_first(card: &mut Scorecard, points: u32) {
        card.readiness = card.readiness - card.receipts[0].points + points;
        card.receipts[0].points = points;
        card.next.clear();
    }

    fn broken(rule: impl Fn(&ScoreInput, &mut Scorecard) + Send + Sync) -> (String, usize) {
        match laws(&Broken(rule), &inputs()) {
            Ok(()) => ("none".to_owned(), 0),
            Err(broken) => {
                assert!(LAWS.contains(&broken.law.as_str()));
                (broken.law, broken.input.evidence.len())
            }
        }
    }

    #[test]
    fn the_default_rule_keeps_every_law() {
        assert_eq!(laws(&DefaultRule, &inputs()), Ok(()));
    }

    #[test]
    fn each_broken_law_is_found_and_its_input_is_small() {
        let calls = AtomicU32::new(0);
        assert_eq!(broken(|_, card| set_first(card, calls.fetch_add(1, Ordering::Relaxed))).0, "deterministic");
        assert_eq!(broken(|_, card| set_first(card, 6_001)), ("bounded".to_owned(), 0));
        assert_eq!(broken(|_, card| card.readiness += 1), ("receipts_sum".to_owned(), 0));
        assert_eq!(broken(|_, card| card.receipts[0].reason.id = "".into()), ("contract".to_owned(), 0));
        assert_eq!(broken(|_, card| set_first(card, 1)), ("nothing_gives_zero".to_owned(), 0));
        // looks at the last row only: two rows show it
        let last = |input: &ScoreInput, card: &mut Scorecard| set_first(card, input.evidence.last().map_or(0, |row| row.share / 10));
        assert_eq!(broken(last), ("order_free".to_owned(), 2));
        // punishes the eighth row: eight rows show it, one of them of use
        let many = |input: &ScoreInput, card: &mut Scorecard| {
            if input.evidence.len() > 7 {
                set_first(card, 0);
            }
        };
        assert_eq!(broken(many), ("monotone".to_owned(), 8));
    }

    #[test]
    fn a_rule_that_fails_or_forgets_does_not_answer() {
        struct Silent(bool);
        impl ScoringRule for Silent {
            fn identity(&self) -> RuleIdentity {
                DefaultRule.identity()
            }
            fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
                if self.0 { Vec::new() } else { inputs.iter().map(|_| Err(RuleFailure::lasting("trap", "out of bounds"))).collect() }
            }
            fn knows_message(&self, _: &str) -> bool {
                true
            }
        }
        for forgets in [true, false] {
            assert_eq!(laws(&Silent(forgets), &inputs()).map_err(|broken| broken.law), Err("answers".to_owned()));
        }
    }

    #[test]
    fn an_input_written_by_hand_keeps_its_points() {
        let mut odd = inputs().remove(1);
        odd.requirements[1..].iter_mut().zip([1_000; 4]).for_each(|(member, points)| member.possible = points);
        assert!(!is_as_apportioned(&odd));
        assert_eq!(without(&odd, |_| false).requirements, odd.requirements);
        assert_eq!(laws(&DefaultRule, &[odd]), Ok(()));
    }
}
