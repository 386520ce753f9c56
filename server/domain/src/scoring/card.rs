//! Scorecards, and the check that stands between a rule and the page.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::account::strip;
use crate::scoring::{Attribute, ScoreInput, Value};

/// Why a receipt or an action says what it says: an id of the rule's message catalogue, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: Cow<'static, str>,
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
/// Characters of an argument's text.
pub const MAX_ARGUMENT_TEXT: usize = 200;
/// Characters of an argument's key: letters, digits, hyphens and underscores, as Fluent's variables have them.
pub const MAX_ARGUMENT_KEY: usize = 40;

/// A card that breaks a rule of the contract. `rule` is stable and shown to admins and authors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{rule}: {detail}")]
pub struct BrokenCard {
    pub rule: String,
    pub detail: String,
}

impl BrokenCard {
    pub(crate) fn new(rule: &str, detail: impl Into<String>) -> Self {
        Self { rule: rule.to_owned(), detail: detail.into() }
    }
}

/// The host's check of a card: receipts one a requirement and in order, cited evidence is that requirement's and cited
/// once, points at most possible, possible sums to 10 000, readiness is the sum of the points and at most 10 000,
/// gains at most what is missing, message ids known, arguments plain and bounded.
///
/// A rule may apportion otherwise than the host, so a receipt's `possible` need not be the input's.
///
/// Rules, in the order in which they are looked at: `readiness_out_of_range`, `receipt_missing`, `receipt_twice`,
/// `receipt_unknown`, `points_above_possible`, `possible_sum`, `readiness_sum`, `evidence_unknown`,
/// `evidence_of_another`, `evidence_twice`, `too_many_actions`, `action_unknown`, `gain_above_missing`,
/// `message_unknown`, `argument_bounds`. On success receipts are sorted by requirement and their evidence by index.
pub fn check(input: &ScoreInput, mut card: Scorecard, knows_message: &dyn Fn(&str) -> bool) -> Result<Scorecard, BrokenCard> {
    check_receipts(input, &card.receipts, card.readiness)?;
    card.receipts.sort_by_key(|receipt| receipt.requirement);
    check_evidence(input, &card.receipts)?;
    check_actions(&card)?;
    let messages = || card.receipts.iter().map(|receipt| &receipt.reason).chain(card.next.iter().map(|action| &action.why));
    if let Some(message) = messages().find(|message| !knows_message(&message.id)) {
        let id: String = message.id.chars().take(MAX_ARGUMENT_TEXT).collect();
        return Err(BrokenCard::new("message_unknown", format!("there is no message “{}”", strip(&id))));
    }
    messages().try_for_each(check_arguments)?;
    for receipt in &mut card.receipts {
        receipt.evidence.sort_unstable();
    }
    Ok(card)
}

fn check_receipts(input: &ScoreInput, receipts: &[Receipt], readiness: u32) -> Result<(), BrokenCard> {
    if readiness > 10_000 {
        return Err(BrokenCard::new("readiness_out_of_range", format!("readiness is {readiness}, at most 10000 is allowed")));
    }
    if !is_one_each(input.requirements.len(), receipts) {
        return Err(not_one_each(input, receipts));
    }
    if let Some(receipt) = receipts.iter().find(|receipt| receipt.points > receipt.possible) {
        let detail = format!("requirement {} got {} of {} possible points", receipt.requirement, receipt.points, receipt.possible);
        return Err(BrokenCard::new("points_above_possible", detail));
    }
    let sum = |of: fn(&Receipt) -> u32| receipts.iter().map(|receipt| u64::from(of(receipt))).sum::<u64>();
    let possible = sum(|receipt| receipt.possible);
    if possible != 10_000 {
        return Err(BrokenCard::new("possible_sum", format!("possible points sum to {possible}, not to 10000")));
    }
    let points = sum(|receipt| receipt.points);
    if points != u64::from(readiness) {
        return Err(BrokenCard::new("readiness_sum", format!("readiness is {readiness}, the receipts sum to {points}")));
    }
    Ok(())
}

fn is_one_each(requirements: usize, receipts: &[Receipt]) -> bool {
    let mut given = vec![false; requirements];
    let first = |receipt: &Receipt| given.get_mut(receipt.requirement as usize).is_some_and(|given| !std::mem::replace(given, true));
    receipts.len() == requirements && receipts.iter().all(first)
}

/// Names what receipts that are not one a requirement lack.
fn not_one_each(input: &ScoreInput, receipts: &[Receipt]) -> BrokenCard {
    let given: BTreeSet<usize> = receipts.iter().map(|receipt| receipt.requirement as usize).collect();
    if let Some(missing) = (0..input.requirements.len()).find(|i| !given.contains(i)) {
        return BrokenCard::new("receipt_missing", format!("requirement {missing} ({}) has no receipt", input.requirements[missing].id));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = receipts.iter().find(|receipt| !seen.insert(receipt.requirement)) {
        return BrokenCard::new("receipt_twice", format!("requirement {} has more than one receipt", twice.requirement));
    }
    let unknown = given.range(input.requirements.len()..).next().copied().unwrap_or_default();
    BrokenCard::new("receipt_unknown", format!("there is no requirement {unknown}"))
}

fn check_evidence(input: &ScoreInput, receipts: &[Receipt]) -> Result<(), BrokenCard> {
    let cited = || receipts.iter().flat_map(|receipt| receipt.evidence.iter().map(move |&row| (receipt.requirement, row)));
    if let Some((requirement, row)) = cited().find(|&(_, row)| row as usize >= input.evidence.len()) {
        return Err(BrokenCard::new("evidence_unknown", format!("requirement {requirement} cites evidence {row}, which is not there")));
    }
    if let Some((requirement, row)) = cited().find(|&(requirement, row)| input.evidence[row as usize].requirement != requirement) {
        let of = input.evidence[row as usize].requirement;
        return Err(BrokenCard::new(
            "evidence_of_another",
            format!("requirement {requirement} cites evidence {row}, which is of requirement {of}"),
        ));
    }
    // Evidence belongs to one requirement, so a row seen before was cited by the same receipt.
    let mut seen = vec![false; input.evidence.len()];
    match cited().find(|&(_, row)| std::mem::replace(&mut seen[row as usize], true)) {
        Some((requirement, row)) => Err(BrokenCard::new("evidence_twice", format!("requirement {requirement} cites evidence {row} twice"))),
        None => Ok(()),
    }
}

/// Receipts are sorted and complete by now, so an index into requirements is one into receipts.
fn check_actions(card: &Scorecard) -> Result<(), BrokenCard> {
    if card.next.len() > MAX_NEXT {
        return Err(BrokenCard::new("too_many_actions", format!("{} next actions, at most {MAX_NEXT} are allowed", card.next.len())));
    }
    if let Some(action) = card.next.iter().find(|action| action.requirement as usize >= card.receipts.len()) {
        return Err(BrokenCard::new("action_unknown", format!("there is no requirement {}", action.requirement)));
    }
    for action in &card.next {
        let receipt = &card.receipts[action.requirement as usize];
        let missing = receipt.possible - receipt.points;
        if action.gain > missing {
            let detail = format!("requirement {} would gain {}, but only {missing} is missing", action.requirement, action.gain);
            return Err(BrokenCard::new("gain_above_missing", detail));
        }
    }
    Ok(())
}

fn check_arguments(message: &Message) -> Result<(), BrokenCard> {
    let broken = |detail: String| Err(BrokenCard::new("argument_bounds", format!("message {}: {detail}", message.id)));
    if message.arguments.len() > MAX_ARGUMENTS {
        return broken(format!("{} arguments, at most {MAX_ARGUMENTS} are allowed", message.arguments.len()));
    }
    for (i, argument) in message.arguments.iter().enumerate() {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if argument.key.is_empty() || argument.key.len() > MAX_ARGUMENT_KEY || !argument.key.chars().all(plain) {
            return broken(format!("the key of argument {i} is not 1 to {MAX_ARGUMENT_KEY} letters, digits, hyphens and underscores"));
        }
        if let Value::Text(text) = &argument.value {
            if text.chars().count() > MAX_ARGUMENT_TEXT {
                return broken(format!("argument {} is longer than {MAX_ARGUMENT_TEXT} characters", argument.key));
            }
            if !is_plain(text) {
                return broken(format!("argument {} holds control or invisible characters", argument.key));
            }
        }
    }
    Ok(())
}

/// One line without what [`strip`] takes out; blanks may stand anywhere.
fn is_plain(text: &str) -> bool {
    // Most texts are that; of them [`strip`] takes nothing but blanks.
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return true;
    }
    let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    !text.chars().any(char::is_control) && ink(text) == ink(&strip(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::samples::{evidence, requirement};

    fn input() -> ScoreInput {
        ScoreInput {
            requirements: vec![requirement("a", 6_000), requirement("b", 4_000)],
            evidence: vec![evidence(0, 10_000), evidence(0, 5_000), evidence(1, 10_000)],
            ..ScoreInput::default()
        }
    }

    fn said(id: &str) -> Message {
        Message { id: id.to_owned().into(), arguments: Vec::new() }
    }

    fn receipt(requirement: u32, points: u32, possible: u32, evidence: &[u32]) -> Receipt {
        Receipt { requirement, points, possible, reason: said("known"), evidence: evidence.to_vec() }
    }

    fn card() -> Scorecard {
        Scorecard {
            readiness: 7_000,
            receipts: vec![receipt(0, 6_000, 6_000, &[1, 0]), receipt(1, 1_000, 4_000, &[2])],
            next: vec![NextAction { requirement: 1, gain: 3_000, why: said("known") }],
        }
    }

    fn argument(key: &str, value: Value) -> Attribute {
        Attribute { key: key.to_owned().into(), value }
    }

    fn verdict(change: &dyn Fn(&mut Scorecard)) -> Result<Scorecard, BrokenCard> {
        let mut card = card();
        change(&mut card);
        check(&input(), card, &|id| id == "known")
    }

    type Change = Box<dyn Fn(&mut Scorecard)>;

    #[test]
    fn each_broken_rule_is_named() {
        let argued = |arguments: Vec<Attribute>| -> Change { Box::new(move |card| card.next[0].why.arguments.clone_from(&arguments)) };
        let table: Vec<(&str, Change)> = vec![
            ("readiness_out_of_range", Box::new(|card| card.readiness = 10_001)),
            ("receipt_missing", Box::new(|card| drop(card.receipts.pop()))),
            ("receipt_missing", Box::new(|card| card.receipts[1].requirement = 2)),
            ("receipt_twice", Box::new(|card| card.receipts.push(receipt(0, 0, 0, &[])))),
            ("receipt_unknown", Box::new(|card| card.receipts.push(receipt(2, 0, 0, &[])))),
            ("points_above_possible", Box::new(|card| card.receipts[1].points = 4_001)),
            ("possible_sum", Box::new(|card| card.receipts[1].possible = 4_001)),
            ("possible_sum", Box::new(|card| card.receipts[1].possible = u32::MAX)),
            ("readiness_sum", Box::new(|card| card.readiness = 6_999)),
            ("evidence_unknown", Box::new(|card| card.receipts[0].evidence.push(3))),
            ("evidence_of_another", Box::new(|card| card.receipts[0].evidence.push(2))),
            ("evidence_twice", Box::new(|card| card.receipts[0].evidence.push(1))),
            ("too_many_actions", Box::new(|card| card.next = vec![card.next[0].clone(); 21])),
            ("action_unknown", Box::new(|card| card.next[0].requirement = 2)),
            ("gain_above_missing", Box::new(|card| card.next[0].gain = 3_001)),
            ("message_unknown", Box::new(|card| card.receipts[0].reason = said("unheard-of"))),
            ("message_unknown", Box::new(|card| card.next[0].why = said("unheard-of"))),
            ("argument_bounds", argued(vec![argument("n", Value::Number(1)); 9])),
            ("argument_bounds", argued(vec![argument("", Value::Number(1))])),
            ("argument_bounds", argued(vec![argument("a b", Value::Number(1))])),
            ("argument_bounds", argued(vec![argument(&"k".repeat(41), Value::Number(1))])),
            ("argument_bounds", argued(vec![argument("t", Value::Text("x".repeat(201).into()))])),
            ("argument_bounds", argued(vec![argument("t", Value::Text("two\nlines".into()))])),
            ("argument_bounds", argued(vec![argument("t", Value::Text("turned\u{202e}round".into()))])),
        ];
        for (rule, change) in table {
            assert_eq!(verdict(&*change).map_err(|broken| broken.rule), Err(rule.to_owned()));
        }
    }

    #[test]
    fn a_good_card_comes_back_with_receipts_and_evidence_in_order() {
        let checked = verdict(&|card| card.receipts.reverse());
        let mut expected = card();
        expected.receipts[0].evidence = vec![0, 1];
        assert_eq!(checked, Ok(expected));
    }

    #[test]
    fn what_is_just_within_the_bounds_passes() {
        let text = argument("long_key-1", Value::Text(" é ".repeat(66).into()));
        assert!(verdict(&move |card| card.next[0].why.arguments = vec![text.clone(); 8]).is_ok());
        assert!(verdict(&|card| card.next = vec![card.next[0].clone(); 20]).is_ok());
    }

    #[test]
    fn a_rule_may_apportion_otherwise_than_the_host() {
        let other = verdict(&|card| {
            card.receipts = vec![receipt(0, 5_000, 5_000, &[0]), receipt(1, 2_000, 5_000, &[2])];
        });
        assert!(other.is_ok());
    }
}
