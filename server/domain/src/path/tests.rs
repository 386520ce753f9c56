use super::*;
use crate::ledger::EvidenceKind;
use crate::samples::{certificate, claim, entry, link, maker, today};
use crate::scoring::{DefaultRule, score};

const GIT: usize = 0;
const SERVICE: usize = 3;
const CERT: usize = 4;
const TALK: usize = 5;

fn scope<'a>(template: &'a Template, chosen: &'a BTreeSet<String>) -> Scope<'a> {
    Scope { template, target: 1, chosen, mentored: false, today: today(), settings: &[] }
}

fn standings(mentored: bool, ledger: &[Entry], doing: &[&str]) -> Vec<RequirementStanding> {
    let (template, none) = (maker(), BTreeSet::new());
    standing_of(Scope { mentored, ..scope(&template, &none) }, ledger, &doing.iter().map(|&id| id.to_owned()).collect())
}

#[test]
fn settings_take_what_fits_and_fill_in_the_rest() {
    let expected = CheckedSettings {
        target_level: "maker".to_owned(),
        target_day: None,
        hours_week: 6,
        chosen: BTreeSet::new(),
        rule: RuleChoice::BuiltIn,
    };
    assert_eq!(check_settings(PathSettings::default(), &maker(), today()), Ok(expected));

    let mut one_level = maker();
    one_level.document.levels.truncate(1);
    assert_eq!(check_settings(PathSettings::default(), &one_level, today()).unwrap().target_level, "junior");

    let all = PathSettings {
        target_level: Some("senior".to_owned()),
        target_day: Some("2036-11-22".parse().unwrap()),
        hours_week: Some(80),
        chosen: Some(BTreeSet::from(["go-lang".to_owned(), "rust-lang".to_owned()])),
        rule: Some(RuleChoice::Plugin("waymark/recency".to_owned())),
    };
    let checked = check_settings(all.clone(), &maker(), today()).unwrap();
    assert_eq!(
        (Some(checked.target_level), checked.target_day, Some(checked.hours_week)),
        (all.target_level, all.target_day, all.hours_week)
    );
    assert_eq!((Some(checked.chosen), Some(checked.rule)), (all.chosen, all.rule));
}

#[test]
fn every_setting_that_does_not_fit_is_named() {
    let none = PathSettings::default;
    let day = |text: &str| PathSettings { target_day: Some(text.parse().unwrap()), ..none() };
    let hours = |hours| PathSettings { hours_week: Some(hours), ..none() };
    let chosen = |id: &str| PathSettings { chosen: Some(BTreeSet::from([id.to_owned()])), ..none() };
    let rule = |id: &str| PathSettings { rule: Some(RuleChoice::Plugin(id.to_owned())), ..none() };
    let table = [
        (PathSettings { target_level: Some("chief".to_owned()), ..none() }, "target_level", "level_unknown"),
        (day("2026-11-22"), "target_day", "target_day_past"),
        (day("2036-11-23"), "target_day", "target_day_too_far"),
        (hours(0), "hours_week", "hours_out_of_range"),
        (hours(81), "hours_week", "hours_out_of_range"),
        (chosen("nobody"), "chosen", "chosen_unknown"),
        (chosen("git-basics"), "chosen", "chosen_unknown"),
        (rule("recency"), "rule", "rule_unknown"),
        (rule("a/b/c"), "rule", "rule_unknown"),
        (rule("/x"), "rule", "rule_unknown"),
    ];
    for (settings, field, code) in table {
        assert_eq!(check_settings(settings.clone(), &maker(), today()), Err(vec![FieldError { field, code }]), "{settings:?}");
    }
    let all_wrong = PathSettings { hours_week: Some(0), ..chosen("nobody") };
    assert_eq!(check_settings(all_wrong, &maker(), today()).unwrap_err().len(), 2);
}

#[test]
fn each_state_has_its_precedence() {
    use State::{Claimed, Doing, Expired, Locked, Open, Proven};
    let both = ["criterion:has-tests", "criterion:deployed"];
    type Row<'a> = (&'a str, Vec<Entry>, &'a [&'a str], bool, usize, State, Option<Trust>);
    let table: Vec<Row<'_>> = vec![
        ("nothing", vec![], &[], false, GIT, Open, None),
        ("marked", vec![], &["git-basics"], false, GIT, Doing, None),
        ("a former id", vec![claim(1, &["skill:scm@leading"])], &[], false, GIT, Claimed, Some(Trust::Claimed)),
        ("a step short", vec![link(1, &["skill:git@working"])], &[], false, GIT, Doing, Some(Trust::Linked)),
        ("linked", vec![link(1, &["skill:git@independent"])], &[], false, GIT, Proven, Some(Trust::Linked)),
        (
            "claimed in full beats linked in part",
            vec![link(1, &["skill:git@working"]), claim(2, &["skill:git@independent"])],
            &[],
            false,
            GIT,
            Claimed,
            Some(Trust::Claimed),
        ),
        ("before it nothing", vec![], &[], false, SERVICE, Locked, None),
        ("marked though locked", vec![], &["service"], false, SERVICE, Doing, None),
        ("before it a little", vec![claim(1, &["skill:git@aware"])], &[], false, SERVICE, Open, None),
        ("one criterion", vec![link(1, &["criterion:deployed"])], &[], false, SERVICE, Doing, Some(Trust::Linked)),
        (
            "the least of the criteria's trust",
            vec![entry(1, EvidenceKind::Review, Trust::Mentor, &both[..1]), link(2, &both[1..]), claim(3, &both)],
            &[],
            true,
            SERVICE,
            Claimed,
            Some(Trust::Linked),
        ),
        ("mentor's trust without a mentor is capped", vec![link(1, &both)], &[], false, SERVICE, Proven, Some(Trust::Linked)),
        ("mentor's trust with a mentor", vec![link(1, &both)], &[], true, SERVICE, Claimed, Some(Trust::Linked)),
        (
            "mentored and reviewed",
            vec![entry(1, EvidenceKind::Review, Trust::Mentor, &both)],
            &[],
            true,
            SERVICE,
            Proven,
            Some(Trust::Mentor),
        ),
        ("its last day", vec![certificate(1, 0)], &[], false, CERT, Proven, Some(Trust::Linked)),
        ("ran out", vec![certificate(1, -1)], &["cloud-cert"], false, CERT, Expired, None),
        ("renewed", vec![certificate(1, -1), certificate(2, 30)], &[], false, CERT, Proven, Some(Trust::Linked)),
        ("a link is no certificate", vec![link(1, &["certification:cloud"])], &[], false, CERT, Open, None),
        ("beyond the target, before it nothing", vec![], &[], false, TALK, Locked, None),
        ("beyond the target, before it ran out", vec![certificate(1, -1)], &[], false, TALK, Open, None),
    ];
    for (what, ledger, doing, mentored, requirement, state, trust) in table {
        let standing = standings(mentored, &ledger, doing)[requirement];
        assert_eq!((standing.state, standing.trust), (state, trust), "{what}");
    }
}

#[test]
fn shares_and_the_last_evidence_are_told() {
    let mut late = link(3, &["skill:git@aware"]);
    late.day = today().plus(1);
    let ledger = [claim(1, &["skill:git@independent"]), link(2, &["skill:git@working"]), late];
    let standing = standings(false, &ledger, &[])[0];
    assert_eq!((standing.claimed_share, standing.proven_share), (10_000, 6_666));
    assert_eq!(standing.last_evidence, Some(today().plus(-98)));
    let project = standings(false, &[claim(1, &["criterion:has-tests"]), link(2, &["criterion:deployed"])], &[])[3];
    assert_eq!((project.claimed_share, project.proven_share), (10_000, 2_500));
    assert_eq!(standings(false, &[certificate(1, -1)], &[])[4].last_evidence, Some(today().plus(-99)));
}

fn ledger() -> Vec<Entry> {
    vec![claim(1, &["skill:git@independent"]), link(2, &["skill:go@working", "criterion:has-tests"]), certificate(3, 10)]
}

#[test]
fn areas_sum_to_both_readinesses() {
    let (template, none) = (maker(), BTreeSet::new());
    let score = score(&DefaultRule, scope(&template, &none), &ledger()).unwrap();
    // craft weighs 10 + 20, proof 20; the service brings three quarters of its half, the certificate its half
    let expected = [
        AreaSum { group: 0, possible: 6_000, claimed: 6_000, proven: 4_000 },
        AreaSum { group: 2, possible: 4_000, claimed: 3_500, proven: 3_500 },
    ];
    assert_eq!(areas(&template, &score), expected);
    assert_eq!((score.claimed.readiness, score.proven.readiness), (9_500, 7_500));
}

#[test]
fn next_actions_come_with_names_and_turn_to_proof_when_all_is_claimed() {
    let (template, none) = (maker(), BTreeSet::new());
    let names = |ledger: &[Entry]| -> Vec<(String, String, u32, u32, bool)> {
        let score = score(&DefaultRule, scope(&template, &none), ledger).unwrap();
        let step = |step: &NextStep<'_>| (step.name.to_owned(), step.area.to_owned(), step.gain, step.hours, step.is_proof);
        next_actions(&template, &score).iter().map(step).collect()
    };
    assert_eq!(names(&ledger()), [("A service".to_owned(), "Proof of work".to_owned(), 500, 40, false)]);
    let mut all = ledger();
    all.push(claim(4, &["criterion:deployed"]));
    let proofs = [
        ("Version control".to_owned(), "Craft".to_owned(), 2_000, 10, true),
        ("A service".to_owned(), "Proof of work".to_owned(), 500, 40, true),
    ];
    // the service waits for nothing that lacks evidence on the claimed card, but on the proven one git has none
    assert_eq!(names(&all), proofs);
}

#[test]
fn another_role_is_measured_at_its_first_level() {
    // Both git and go count there; only go is proven. A role shares everything with itself, and nothing with none.
    let also = |shared, top| Some(AlsoReady { claimed: 10_000, proven: 6_667, shared, top });
    assert_eq!(also_ready(&maker(), Some(&maker()), &ledger(), today()), also(2, vec![2]));
    assert_eq!(also_ready(&maker(), None, &ledger(), today()), also(0, vec![]));
    let nothing = AlsoReady { claimed: 0, proven: 0, shared: 0, top: vec![] };
    assert_eq!(also_ready(&maker(), Some(&maker()), &[], today()), Some(nothing));
    let mut empty = maker();
    empty.requirements.iter_mut().for_each(|requirement| requirement.level = 2);
    assert_eq!(also_ready(&empty, None, &[], today()), None);
}

#[test]
fn a_list_is_filtered_and_ordered() {
    let (template, none) = (maker(), BTreeSet::new());
    let standings = standing_of(scope(&template, &none), &ledger(), &BTreeSet::new());
    let score = score(&DefaultRule, scope(&template, &none), &ledger()).unwrap();
    let rows = list_rows(&template, &standings, Some(&score));
    assert_eq!((rows[3].possible, rows[3].claimed, rows[3].proven, rows[5].possible), (2_000, 1_500, 1_500, 0));

    let all = ListFilter::default;
    let words = |words: &str| ListFilter { words: words.to_owned(), ..all() };
    let order = |order| ListFilter { order, ..all() };
    let table: [(ListFilter, &str); 17] = [
        (all(), "git-basics rust-lang go-lang service cloud-cert api-talk"),
        (words("LANG"), "rust-lang go-lang"),
        (words("languages  rust"), "rust-lang"),
        (words("proof"), "service cloud-cert api-talk"),
        (words("has-tests"), "service"),
        (words("nothing"), ""),
        (ListFilter { area: Some(0), ..all() }, "git-basics rust-lang go-lang"),
        (ListFilter { levels: Levels::UpTo(1), ..all() }, "git-basics rust-lang go-lang service cloud-cert"),
        (ListFilter { levels: Levels::Only(1), ..all() }, "service cloud-cert"),
        (ListFilter { state: Some(State::Proven), ..all() }, "go-lang cloud-cert"),
        (ListFilter { state: Some(State::Open), ..all() }, "rust-lang api-talk"),
        (ListFilter { trust_below: Some(Trust::Linked), ..all() }, "git-basics rust-lang api-talk"),
        (ListFilter { trust_below: Some(Trust::Claimed), ..all() }, "rust-lang api-talk"),
        (ListFilter { area: Some(2), state: Some(State::Doing), ..words("service") }, "service"),
        (order(ListOrder::Missing), "service git-basics rust-lang go-lang cloud-cert api-talk"),
        (order(ListOrder::Rate), "service git-basics rust-lang go-lang cloud-cert api-talk"),
        (order(ListOrder::Recent), "cloud-cert go-lang service git-basics rust-lang api-talk"),
    ];
    let ids = |rows: &[ListRow], filter: &ListFilter| -> String {
        let shown = list(&template, rows, filter);
        shown.iter().map(|row| template.requirements[row.requirement].id.as_str()).collect::<Vec<_>>().join(" ")
    };
    for (filter, expected) in table {
        assert_eq!(ids(&rows, &filter), expected, "{filter:?}");
    }

    let nothing = crate::scoring::score(&DefaultRule, scope(&template, &none), &[]).unwrap();
    let bare = list_rows(&template, &standing_of(scope(&template, &none), &[], &BTreeSet::new()), Some(&nothing));
    // 4 000 points for go in 80 hours, 2 000 each for git in 10, the service in 40 and the certificate in 60
    assert_eq!(ids(&bare, &order(ListOrder::Rate)), "git-basics go-lang service cloud-cert rust-lang api-talk");
    assert_eq!(ids(&bare, &order(ListOrder::Missing)), "go-lang git-basics service cloud-cert rust-lang api-talk");
    assert_eq!(list_rows(&template, &standings, None)[0].possible, 0);
}

#[test]
fn receipts_are_ordered_as_asked() {
    let (template, none) = (maker(), BTreeSet::new());
    // git is claimed only; go counts, so rust is not needed; the service lacks a quarter; the certificate is missing
    let ledger = [claim(1, &["skill:git@independent"]), link(2, &["skill:go@working", "criterion:has-tests"])];
    let score = score(&DefaultRule, scope(&template, &none), &ledger).unwrap();
    let table = [
        (ReceiptOrder::Rate, "cloud-cert service git-basics go-lang"),
        (ReceiptOrder::Gain, "git-basics cloud-cert service go-lang"),
        (ReceiptOrder::Missing, "cloud-cert service git-basics go-lang"),
        (ReceiptOrder::Weight, "go-lang git-basics service cloud-cert"),
        (ReceiptOrder::Name, "service cloud-cert go-lang git-basics"),
        (ReceiptOrder::Role, "git-basics go-lang service cloud-cert"),
    ];
    for (order, expected) in table {
        let rows = receipt_rows(&template, &score, order);
        let ids: Vec<&str> = rows.iter().map(|row| template.requirements[row.requirement].id.as_str()).collect();
        assert_eq!(ids.join(" "), expected, "{order}");
        let sum = |of: fn(&ReceiptRow<'_>) -> u32| rows.iter().map(of).sum::<u32>();
        assert_eq!((sum(|row| row.claimed.points), sum(|row| row.claimed.possible)), (score.claimed.readiness, 10_000), "{order}");
    }
    let first = receipt_rows(&template, &score, ReceiptOrder::Role)[0];
    assert_eq!((first.missing, first.to_prove, first.rank), (0, 2_000, None));
}

fn supposing(finish: &[usize], trust: Trust, ledger: &[Entry]) -> WhatIf {
    let (template, none) = (maker(), BTreeSet::new());
    let supposed = supposed(&template, finish, trust, ledger, today());
    what_if(&DefaultRule, scope(&template, &none), ledger, &supposed).unwrap()
}

#[test]
fn what_would_be_is_told_with_the_receipts_that_change() {
    let ledger = [claim(1, &["skill:git@independent"])];
    let both = |claimed, proven| Both { claimed, proven };
    let table: [(&str, &[usize], Trust, Both); 8] = [
        ("nothing", &[], Trust::Verified, both(2_000, 0)),
        ("what is claimed, claimed again", &[0], Trust::Claimed, both(2_000, 0)),
        ("what is claimed, with a link", &[0], Trust::Linked, both(2_000, 2_000)),
        ("a language by claim", &[2], Trust::Claimed, both(6_000, 0)),
        ("two languages fill one slot", &[1, 2], Trust::Linked, both(6_000, 4_000)),
        ("a project with all its criteria", &[SERVICE], Trust::Linked, both(4_000, 2_000)),
        ("a certificate and a project", &[CERT, SERVICE], Trust::Verified, both(6_000, 4_000)),
        ("beyond the target", &[TALK], Trust::Verified, both(2_000, 0)),
    ];
    for (what, finish, trust, after) in table {
        let shown = supposing(finish, trust, &ledger);
        assert_eq!((shown.before, shown.after), (both(2_000, 0), after), "{what}");
    }
    let moved = supposing(&[0, CERT], Trust::Linked, &ledger).moved;
    let receipt = |id: &str, before, after| MovedReceipt { requirement: id.to_owned(), before, after };
    assert_eq!(moved, [receipt("git-basics", both(2_000, 0), both(2_000, 2_000)), receipt("cloud-cert", both(0, 0), both(2_000, 2_000))]);
}

#[test]
fn what_is_supposed_is_numbered_after_the_ledger_and_wanted_in_full() {
    let found = supposed(&maker(), &[0, SERVICE, CERT, 99], Trust::Mentor, &[claim(7, &["skill:git@aware"])], today());
    let told: Vec<(u32, EvidenceKind, usize)> = found.iter().map(|entry| (entry.seq, entry.kind, entry.held.len())).collect();
    assert_eq!(told, [(8, EvidenceKind::Assessment, 1), (9, EvidenceKind::Assessment, 2), (10, EvidenceKind::Certificate, 1)]);
    assert_eq!(found[0].held[0].step, Some(crate::subject::Step::Independent));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(300) })]

    #[test]
    fn what_if_never_lowers_a_number_and_changes_no_ledger(
        had in proptest::collection::vec((0_usize..6, 0_usize..5), 0..8),
        finish in proptest::collection::btree_set(0_usize..6, 0..6),
        trust in 0_usize..5,
    ) {
        let template = maker();
        let mut ledger: Vec<Entry> = Vec::new();
        for (requirement, trust) in had {
            let next = supposed(&template, &[requirement], Trust::ALL[trust], &ledger, today());
            ledger.extend(next);
        }
        let before = ledger.clone();
        let finish: Vec<usize> = finish.into_iter().collect();
        let shown = supposing(&finish, Trust::ALL[trust], &ledger);
        proptest::prop_assert_eq!(&ledger, &before);
        proptest::prop_assert!(shown.after.claimed >= shown.before.claimed && shown.after.proven >= shown.before.proven);
        let moved = |of: fn(&MovedReceipt) -> i64| shown.moved.iter().map(of).sum::<i64>();
        proptest::prop_assert_eq!(
            moved(|receipt| i64::from(receipt.after.claimed) - i64::from(receipt.before.claimed)),
            i64::from(shown.after.claimed) - i64::from(shown.before.claimed)
        );
        // all of it in the end
        let all = supposing(&[0, 1, 2, 3, 4, 5], Trust::Verified, &ledger);
        proptest::prop_assert_eq!(all.after, Both { claimed: 10_000, proven: 10_000 });
    }
}
