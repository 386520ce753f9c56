//! The built-in scoring rule, version 1.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::points::BasisPoints;
use crate::scoring::{
    Attribute, Best, InputRequirement, MAX_NEXT, Message, NextAction, Outcome, Receipt, RequirementKind, RuleFailure, RuleIdentity,
    ScoreInput, Scorecard, ScoringRule, Value, best,
};
use crate::subject::Trust;

/// Readiness is the sum over requirements of `possible × share`, rounded down. A requirement's share is that of its
/// best evidence; a project's is the weighted mean over its criteria of the best evidence for each.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultRule;

pub const DEFAULT_RULE: &str = "waymark/default@1";

/// The card of one input. A receipt cites the evidence that makes its share: the first of the best rows; for a project
/// the first of the best rows for each criterion.
///
/// Next actions: what is missing, most points an hour first (compared by cross-multiplying), those whose prerequisites
/// are all begun before those that wait, ties by id; at most [`MAX_NEXT`]. Members of an any-N group without a slot have
/// nothing to bring, so they are no actions.
pub fn judge(input: &ScoreInput) -> Scorecard {
    let best = best(input);
    let receipts: Vec<Receipt> = (0..input.requirements.len()).map(|i| receipt(input, i, &best[i])).collect();
    let readiness = receipts.iter().map(|receipt| receipt.points).sum();
    let next = next_actions(input, &best, &receipts);
    Scorecard { readiness, receipts, next }
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

/// Ids of `config/messages/*/rule.ftl` that the default rule uses, and their arguments:
///
/// - `rule-nothing-yet`, `rule-not-needed`: none.
/// - `rule-earned`: `evidence`, the number of rows cited; `trust`, the word of the least trust among them.
/// - `rule-partly`: `percent`, the share in whole per cent; `evidence` and `trust` as above; for a project also `met`
///   and `of`, its criteria with evidence and all of them.
/// - `rule-finish`, `rule-continue`: `hours`, what the template guesses; `points`, the gain in basis points.
/// - `rule-after`: `hours` and `points` as above; `waits`, the number of requirements before it that are not begun.
pub const MESSAGES: &[&str] =
    &["rule-nothing-yet", "rule-earned", "rule-partly", "rule-not-needed", "rule-finish", "rule-continue", "rule-after"];

fn receipt(input: &ScoreInput, i: usize, best: &Best) -> Receipt {
    let requirement = &input.requirements[i];
    let points = BasisPoints::clamped(u64::from(best.share)).of(requirement.possible);
    let has_no_slot = requirement.possible == 0 && input.groups.get(requirement.group as usize).is_some_and(|group| group.need.is_some());
    let trust = best.rows.iter().map(|&row| input.evidence[row as usize].trust).min().unwrap_or(Trust::Claimed);
    let cited = || vec![number("evidence", best.rows.len() as u32), text("trust", trust.word())];
    let reason = if has_no_slot {
        message("rule-not-needed", Vec::new())
    } else if best.rows.is_empty() {
        message("rule-nothing-yet", Vec::new())
    } else if best.share == 10_000 {
        message("rule-earned", cited())
    } else {
        let mut arguments = cited();
        arguments.push(number("percent", best.share / 100));
        if requirement.kind == RequirementKind::Project {
            arguments.push(number("met", best.criteria_met));
            arguments.push(number("of", requirement.criteria.len() as u32));
        }
        message("rule-partly", arguments)
    };
    Receipt { requirement: i as u32, points, possible: requirement.possible, reason, evidence: best.rows.clone() }
}

fn next_actions(input: &ScoreInput, best: &[Best], receipts: &[Receipt]) -> Vec<NextAction> {
    struct Candidate {
        requirement: usize,
        gain: u32,
        hours: u32,
        waits: u32,
    }
    let begun = |&&before: &&u32| best.get(before as usize).is_some_and(|best| best.share > 0);
    let mut candidates: Vec<Candidate> = receipts
        .iter()
        .enumerate()
        .filter(|(_, receipt)| receipt.possible > receipt.points)
        .map(|(requirement, receipt)| {
            let InputRequirement { hours, ref requires, .. } = input.requirements[requirement];
            let waits = (requires.len() - requires.iter().filter(begun).count()) as u32;
            Candidate { requirement, gain: receipt.possible - receipt.points, hours: hours.max(1), waits }
        })
        .collect();
    let id = |candidate: &Candidate| &input.requirements[candidate.requirement].id;
    let points_an_hour = |a: &Candidate, b: &Candidate| -> Ordering {
        (u64::from(a.gain) * u64::from(b.hours)).cmp(&(u64::from(b.gain) * u64::from(a.hours)))
    };
    candidates.sort_by(|a, b| (a.waits > 0).cmp(&(b.waits > 0)).then_with(|| points_an_hour(b, a)).then_with(|| id(a).cmp(id(b))));
    candidates.truncate(MAX_NEXT);
    let action = |candidate: Candidate| {
        let mut arguments = vec![number("hours", candidate.hours), number("points", candidate.gain)];
        let why = if candidate.waits > 0 {
            arguments.push(number("waits", candidate.waits));
            "rule-after"
        } else if best[candidate.requirement].share > 0 {
            "rule-continue"
        } else {
            "rule-finish"
        };
        NextAction { requirement: candidate.requirement as u32, gain: candidate.gain, why: message(why, arguments) }
    };
    candidates.into_iter().map(action).collect()
}

fn message(id: &'static str, arguments: Vec<Attribute>) -> Message {
    Message { id: Cow::Borrowed(id), arguments }
}

fn number(key: &'static str, value: u32) -> Attribute {
    Attribute { key: Cow::Borrowed(key), value: Value::Number(i64::from(value)) }
}

fn text(key: &'static str, value: &'static str) -> Attribute {
    Attribute { key: Cow::Borrowed(key), value: Value::Text(Cow::Borrowed(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::samples::{any_of, evidence, project, requirement};
    use crate::scoring::{InputEvidence, check};

    #[test]
    fn points_are_rounded_down_and_receipts_say_why() {
        let mut spare = requirement("spare", 0);
        spare.group = 1;
        let input = ScoreInput {
            groups: vec![crate::scoring::InputGroup { need: None, ..any_of(1) }, any_of(1)],
            requirements: vec![
                requirement("whole", 3_333),
                requirement("part", 1_667),
                InputRequirement { possible: 4_000, ..project("work", &[1, 2]) },
                requirement("nothing", 1_000),
                spare,
            ],
            evidence: vec![
                InputEvidence { trust: Trust::Mentor, ..evidence(0, 10_000) },
                evidence(0, 10_000),
                evidence(1, 6_666),
                InputEvidence { criteria: vec![1], trust: Trust::Peer, ..evidence(2, 10_000) },
                evidence(4, 10_000),
            ],
            ..ScoreInput::default()
        };
        let card = judge(&input);
        let table: [(u32, u32, &str, &[u32]); 5] = [
            (0, 3_333, "rule-earned", &[0]),
            (1, 1_111, "rule-partly", &[2]),
            (2, 2_666, "rule-partly", &[3]),
            (3, 0, "rule-nothing-yet", &[]),
            (4, 0, "rule-not-needed", &[4]),
        ];
        for (requirement, points, reason, cited) in table {
            let receipt = &card.receipts[requirement as usize];
            assert_eq!((receipt.points, &*receipt.reason.id, receipt.evidence.as_slice()), (points, reason, cited), "{requirement}");
        }
        assert_eq!(card.receipts[0].reason.arguments, [number("evidence", 1), text("trust", "mentor")]);
        let of_project = [number("evidence", 1), text("trust", "peer"), number("percent", 66), number("met", 1), number("of", 2)];
        assert_eq!(card.receipts[2].reason.arguments, of_project);
        assert_eq!(card.readiness, 7_110);
        assert!(check(&input, card, &|id| DefaultRule.knows_message(id)).is_ok());
    }

    #[test]
    fn next_actions_are_unlocked_first_then_most_points_an_hour_then_by_id() {
        let needs = |id: &str, possible: u32, hours: u32, requires: &[u32]| InputRequirement {
            hours,
            requires: requires.into(),
            ..requirement(id, possible)
        };
        let input = ScoreInput {
            requirements: vec![
                needs("slow", 100, 10, &[]),
                needs("quick", 100, 1, &[]),
                needs("waits", 9_000, 1, &[0, 1, 6]),
                needs("b-same", 200, 20, &[]),
                needs("a-same", 50, 5, &[]),
                needs("done", 100, 1, &[]),
                needs("begun", 400, 1, &[5]),
                needs("no-hours", 50, 0, &[6]),
            ],
            evidence: vec![evidence(5, 10_000), evidence(6, 5_000)],
            ..ScoreInput::default()
        };
        let next = judge(&input).next;
        let told: Vec<(&str, u32, &str)> =
            next.iter().map(|action| (&*input.requirements[action.requirement as usize].id, action.gain, &*action.why.id)).collect();
        let expected = [
            ("begun", 200, "rule-continue"),
            ("quick", 100, "rule-finish"),
            ("no-hours", 50, "rule-finish"),
            ("a-same", 50, "rule-finish"),
            ("b-same", 200, "rule-finish"),
            ("slow", 100, "rule-finish"),
            ("waits", 9_000, "rule-after"),
        ];
        assert_eq!(told, expected);
        assert_eq!(next[6].why.arguments, [number("hours", 1), number("points", 9_000), number("waits", 2)]);
    }

    #[test]
    fn there_are_at_most_twenty_next_actions() {
        let requirements = (0..25).map(|i| requirement(&format!("r{i:02}"), 400)).collect();
        let next = judge(&ScoreInput { requirements, ..ScoreInput::default() }).next;
        assert_eq!(next.len(), 20);
        assert_eq!(next.last().map(|action| action.requirement), Some(19));
    }
}
