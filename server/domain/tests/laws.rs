//! The laws of scoring, over generated roles and ledgers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;

use domain::ledger::{Entry, standing};
use domain::path::{State, areas, next_actions, standing_of};
use domain::scoring::{DefaultRule, Outlook, Score, ScoreInput, judged, laws, project, score};
use domain::template;
use proptest::prelude::*;
use support::{Case, case, entry, retraction};

fn scored(case: &Case, ledger: &[Entry]) -> Score {
    score(&DefaultRule, case.scope(), ledger).unwrap()
}

/// All that a score says but the numbers of entries in the ledger.
fn said(score: &Score) -> (&str, &str) {
    (&score.input_hash, &score.card_hash)
}

fn next_seq(ledger: &[Entry]) -> u32 {
    ledger.iter().map(|entry| entry.seq).max().unwrap_or(0) + 1
}

fn both(case: &Case, ledger: &[Entry]) -> [ScoreInput; 2] {
    let projection = project(case.scope(), ledger).unwrap();
    [projection.claimed, projection.proven]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_score_is_bounded_and_its_receipts_sum(case in case()) {
        let score = scored(&case, &case.ledger);
        for card in [&score.claimed, &score.proven] {
            prop_assert!(card.readiness <= 10_000);
            prop_assert_eq!(card.receipts.iter().map(|receipt| receipt.points).sum::<u32>(), card.readiness);
            prop_assert_eq!(card.receipts.iter().map(|receipt| receipt.possible).sum::<u32>(), 10_000);
            prop_assert!(card.receipts.iter().all(|receipt| receipt.points <= receipt.possible));
        }
        let areas = areas(&case.template, &score);
        let sums = areas.iter().fold((0, 0, 0), |sum, area| (sum.0 + area.possible, sum.1 + area.claimed, sum.2 + area.proven));
        prop_assert_eq!(sums, (10_000, score.claimed.readiness, score.proven.readiness));
    }

    #[test]
    fn proven_is_at_most_claimed_in_every_receipt_outside_any_n_groups(case in case()) {
        let score = scored(&case, &case.ledger);
        prop_assert!(score.proven.readiness <= score.claimed.readiness);
        for (claimed, proven) in score.claimed.receipts.iter().zip(&score.proven.receipts) {
            let requirement = case.template.requirement(&score.requirements[claimed.requirement as usize]).unwrap();
            if case.template.groups[case.template.requirements[requirement].group].need.is_none() {
                prop_assert!(proven.points <= claimed.points);
            }
        }
    }

    #[test]
    fn nothing_gives_zero(case in case()) {
        let score = scored(&case, &[]);
        prop_assert_eq!((score.claimed.readiness, score.proven.readiness), (0, 0));
        prop_assert!(score.claimed.receipts.iter().all(|receipt| receipt.evidence.is_empty()));
        prop_assert!(!score.claimed.next.is_empty());
    }

    #[test]
    fn what_is_told_without_a_whole_score_is_what_the_whole_would_tell(case in case()) {
        let whole = scored(&case, &case.ledger);
        let told = judged(&DefaultRule, case.scope(), &case.ledger).unwrap();
        prop_assert_eq!((&told.claimed, &told.proven, &told.requirements[..]), (&whole.claimed, &whole.proven, &whole.requirements[..]));
        let outlook = Outlook::from(&whole);
        let next: Vec<(&str, u32)> = outlook.next.iter().map(|ahead| (ahead.requirement.as_str(), ahead.gain)).collect();
        let steps: Vec<(&str, u32)> = next_actions(&case.template, &whole).iter().map(|step| (step.id, step.gain)).collect();
        prop_assert_eq!(next, steps, "what pages say of it");
        prop_assert_eq!(Outlook::from(&told), outlook);
    }

    #[test]
    fn one_more_entry_never_lowers_either_number(case in case(), more in proptest::collection::vec(entry(), 1..4)) {
        let mut ledger = case.ledger.clone();
        let mut before = scored(&case, &ledger);
        for entry in more {
            ledger.push(Entry { seq: next_seq(&ledger), ..entry });
            let after = scored(&case, &ledger);
            prop_assert!(after.claimed.readiness >= before.claimed.readiness, "claimed fell");
            prop_assert!(after.proven.readiness >= before.proven.readiness, "proven fell");
            before = after;
        }
    }

    #[test]
    fn more_trust_or_a_mentor_less_never_lowers_proven(case in case()) {
        let alone = Case { mentored: false, ..case.clone() };
        let guided = Case { mentored: true, ..case.clone() };
        prop_assert!(scored(&alone, &case.ledger).proven.readiness >= scored(&guided, &case.ledger).proven.readiness);
        let believed: Vec<Entry> = case.ledger.iter().map(|entry| Entry { trust: domain::subject::Trust::Verified, ..entry.clone() }).collect();
        let verified = scored(&case, &believed);
        prop_assert!(verified.proven.readiness >= scored(&case, &case.ledger).proven.readiness);
        prop_assert_eq!(verified.proven.readiness, verified.claimed.readiness);
    }

    #[test]
    fn the_order_of_the_ledger_carries_no_meaning(case in case(), keys in proptest::collection::vec(any::<u32>(), 30)) {
        let first = scored(&case, &case.ledger);
        let mut mixed: Vec<(u32, Entry)> = keys.iter().copied().zip(standing(&case.ledger).into_iter().cloned()).collect();
        mixed.sort_by_key(|(key, _)| *key);
        let renumbered: Vec<Entry> = (1..).zip(mixed).map(|(seq, (_, entry))| Entry { seq, ..entry }).collect();
        let second = scored(&case, &renumbered);
        prop_assert_eq!(said(&first), said(&second));
    }

    #[test]
    fn a_retraction_equals_never_having_been_there(case in case(), entry in entry()) {
        let without = scored(&case, &case.ledger);
        let seq = next_seq(&case.ledger);
        let mut ledger = case.ledger.clone();
        ledger.push(Entry { seq, ..entry });
        ledger.push(retraction(seq + 1, seq));
        let taken_back = scored(&case, &ledger);
        prop_assert_eq!(said(&without), said(&taken_back));
        prop_assert_eq!(taken_back.ledger_seq, seq + 1);
        prop_assert_eq!(without.claimed_entries, taken_back.claimed_entries);
    }

    #[test]
    fn the_same_input_gives_the_same_bytes_also_from_the_stored_revision(case in case()) {
        let first = serde_json::to_string(&scored(&case, &case.ledger)).unwrap();
        let restored = Case { template: template::restore(&case.template.canonical()).unwrap(), ..case.clone() };
        prop_assert_eq!(first, serde_json::to_string(&scored(&restored, &case.ledger)).unwrap());
    }

    #[test]
    fn points_add_up_at_every_group_whatever_the_evidence(case in case()) {
        let [empty, _] = both(&case, &[]);
        for input in both(&case, &case.ledger) {
            prop_assert_eq!(input.requirements.iter().map(|requirement| requirement.possible).sum::<u32>(), 10_000);
            for (i, group) in input.groups.iter().enumerate() {
                let members = || input.requirements.iter().filter(|requirement| requirement.group as usize == i);
                let children = input.groups.iter().filter(|child| child.parent == Some(i as u32));
                let held: u32 = members().map(|member| member.possible).sum();
                prop_assert_eq!(held + children.map(|child| child.weight).sum::<u32>(), group.weight);
                prop_assert_eq!(group.weight, empty.groups[i].weight);
                prop_assert!(group.parent.is_none_or(|parent| (parent as usize) < i));
                if let Some(need) = group.need {
                    prop_assert!(need as usize <= members().count());
                    prop_assert!(members().filter(|member| member.possible > 0).count() <= need as usize);
                    // an unchosen holder means that every chosen one holds, too
                    let unchosen = members().any(|member| member.possible > 0 && !member.is_chosen());
                    let idle = members().any(|member| member.possible == 0 && member.is_chosen());
                    prop_assert!(!(unchosen && idle && group.weight >= need));
                }
            }
        }
    }

    #[test]
    fn inputs_hold_what_is_in_scope_and_sound_indexes(case in case()) {
        for input in both(&case, &case.ledger) {
            let counted = case.template.requirements.iter().filter(|requirement| requirement.level <= case.target);
            let ids: Vec<&str> = counted.map(|requirement| &*requirement.id).collect();
            prop_assert_eq!(&ids, &input.requirements.iter().map(|requirement| &*requirement.id).collect::<Vec<_>>());
            prop_assert!(input.requirements.iter().all(|requirement| (requirement.group as usize) < input.groups.len()));
            for row in &input.evidence {
                let requirement = &input.requirements[row.requirement as usize];
                prop_assert!((1..=10_000).contains(&row.share) && row.on <= input.today);
                prop_assert!(row.criteria.iter().all(|&criterion| (criterion as usize) < requirement.criteria.len()));
                prop_assert_eq!(row.criteria.is_empty(), requirement.criteria.is_empty());
            }
        }
        let [claimed, proven] = both(&case, &case.ledger);
        prop_assert!(proven.evidence.iter().all(|row| row.trust >= proven.requirements[row.requirement as usize].least_trust));
        prop_assert!(proven.evidence.iter().all(|row| claimed.evidence.contains(row)));
    }

    #[test]
    fn states_agree_with_the_receipts(case in case()) {
        let score = scored(&case, &case.ledger);
        let standings = standing_of(case.scope(), &case.ledger, &BTreeSet::new());
        for (claimed, proven) in score.claimed.receipts.iter().zip(&score.proven.receipts) {
            let requirement = case.template.requirement(&score.requirements[claimed.requirement as usize]).unwrap();
            let standing = standings[requirement];
            prop_assert_eq!(claimed.points, claimed.possible * standing.claimed_share / 10_000);
            prop_assert_eq!(proven.points, proven.possible * standing.proven_share / 10_000);
            let has_evidence = !claimed.evidence.is_empty();
            prop_assert_eq!(has_evidence, matches!(standing.state, State::Doing | State::Claimed | State::Proven));
            prop_assert_eq!(has_evidence, standing.trust.is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_default_rule_keeps_the_laws_that_plugins_are_held_to(case in case()) {
        prop_assert_eq!(laws(&DefaultRule, &both(&case, &case.ledger)), Ok(()));
    }
}

/// The generator is only worth something if it reaches what the laws are about.
#[test]
fn generated_cases_reach_what_the_laws_are_about() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut reached = [0_u32; 6];
    for _ in 0..300 {
        let case = case().new_tree(&mut runner).unwrap().current();
        let score = scored(&case, &case.ledger);
        let any_of = case.template.groups.iter().any(|group| group.need.is_some());
        let seen = [
            any_of && !case.chosen.is_empty(),
            any_of && case.chosen.is_empty(),
            case.template.groups.iter().any(|group| group.parent.is_some_and(|parent| case.template.groups[parent].parent.is_some())),
            score.proven.readiness > 0 && score.proven.readiness < score.claimed.readiness,
            score.claimed.receipts.iter().any(|receipt| receipt.evidence.len() > 1),
            score.claimed.receipts.iter().zip(&score.proven.receipts).any(|(claimed, proven)| claimed.possible != proven.possible),
        ];
        for (count, seen) in reached.iter_mut().zip(seen) {
            *count += u32::from(seen);
        }
    }
    assert!(reached.iter().all(|&count| count >= 15), "{reached:?}");
}
