use super::*;
use crate::points::BasisPoints;
use crate::samples::{certificate, claim, entry, link, maker, today};
use crate::scoring::{InputRequirement, Value};
use crate::template::AttributeValue;

/// Claimed rows as `requirement share criteria`, in the input's order.
fn found(ledger: &[Entry]) -> Vec<String> {
    let projection = projected(ledger, &[]);
    let row = |row: &InputEvidence| {
        let criteria: Vec<String> = row.criteria.iter().map(u32::to_string).collect();
        format!("{} {} {}", projection.claimed.requirements[row.requirement as usize].id, row.share, criteria.join(","))
    };
    projection.claimed.evidence.iter().map(|evidence| row(evidence).trim_end().to_owned()).collect()
}

fn projected(ledger: &[Entry], chosen: &[&str]) -> Projection {
    let chosen = chosen.iter().map(|&id| id.to_owned()).collect();
    let scope = Scope { template: &maker(), target: 2, chosen: &chosen, mentored: true, today: today(), settings: &[] };
    project(scope, ledger).unwrap()
}

#[test]
fn each_step_short_earns_less() {
    for (step, share) in [("leading", 10_000), ("independent", 10_000), ("working", 6_666), ("aware", 3_333)] {
        assert_eq!(found(&[claim(1, &[&format!("skill:git@{step}")])]), [format!("git-basics {share}")], "{step}");
    }
    assert_eq!(found(&[claim(1, &["skill:git"])]), ["git-basics 3333"], "without a step");
    let mut template = maker();
    template.requirements[0].asks = Asks::Skill { subject: "skill:git".parse().unwrap(), step: Step::Leading };
    let aware = claim(1, &["skill:git@aware"]);
    assert_eq!(rows(&template, &[&aware], today()).counting[0].evidence.share, 1_000, "three steps short");
}

#[test]
fn each_kind_counts_for_its_subjects_only() {
    use EvidenceKind::{Assessment, Certificate, Claim, Experience, Link, Recall, Review, Submission};
    let subjects = ["skill:git@leading", "criterion:deployed", "certification:cloud", "topic:apis"];
    let work = ["git-basics 10000", "service 10000 1", "api-talk 10000"];
    for kind in [Claim, Link, Submission, Review, Assessment, Experience] {
        assert_eq!(found(&[entry(1, kind, Trust::Linked, &subjects)]), work, "{kind}");
    }
    assert_eq!(found(&[entry(1, Certificate, Trust::Linked, &subjects)]), ["cloud-cert 10000"]);
    let known = crate::ledger::Recall { share: BasisPoints::FULL, stability: 99 };
    assert_eq!(found(&[Entry { recall: Some(known), ..entry(1, Recall, Trust::Linked, &subjects) }]), ["api-talk 9000"]);
    assert_eq!(found(&[entry(1, Recall, Trust::Linked, &subjects)]), [""; 0], "without a record");
}

#[test]
fn recall_fades_along_the_forgetting_curve() {
    let left = |share, stability, days| faded(Recall { share: BasisPoints::new(share).unwrap(), stability }, days);
    // (1 + 19/81 · t/S)^(-1/2)
    let table = [
        (10_000, 10, 0, 10_000),
        (10_000, 10, 10, 9_000),
        (10_000, 1, 1, 9_000),
        (10_000, 10, 40, 7_182),
        (10_000, 10, 365, 3_233),
        (8_000, 10, 10, 7_200),
        (0, 10, 10, 0),
        (10_000, 0, 1, 9_000),
    ];
    for (share, stability, days, expected) in table {
        assert_eq!(left(share, stability, days), expected, "{share} known, stability {stability}, {days} days");
    }
    assert!(left(10_000, 1, u32::MAX) < 100);
    assert_eq!(left(10_000, u32::MAX, u32::MAX), 9_000);
}

#[test]
fn days_decide_what_counts() {
    let on = |day| Entry { day: today().plus(day), ..link(1, &["skill:git@leading"]) };
    assert_eq!(found(&[on(0)]), ["git-basics 10000"]);
    assert_eq!(found(&[on(1)]), [""; 0]);
    assert_eq!(found(&[certificate(1, 0)]), ["cloud-cert 10000"]);
    assert_eq!(found(&[certificate(1, -1)]), [""; 0]);
    assert_eq!(found(&[Entry { expires_on: None, ..certificate(1, 0) }]), ["cloud-cert 10000"]);
}

#[test]
fn one_entry_gives_one_row_a_requirement() {
    for best_of_both in [["skill:scm@aware", "skill:git@working"], ["skill:git@working", "skill:scm@aware"]] {
        assert_eq!(found(&[claim(1, &best_of_both)]), ["git-basics 6666"], "{best_of_both:?}");
    }
    let both = claim(1, &["criterion:deployed", "criterion:has-tests", "criterion:deployed"]);
    assert_eq!(found(&[both]), ["service 10000 0,1"]);
    let unknown = claim(1, &["skill:juggling@leading"]);
    assert_eq!(found(&[unknown]), [""; 0]);
}

#[test]
fn rows_are_sorted_by_requirement_trust_share_day_and_criteria() {
    let ledger = [
        claim(1, &["criterion:deployed"]),
        link(2, &["skill:git@aware"]),
        link(3, &["skill:git@leading"]),
        entry(4, EvidenceKind::Assessment, Trust::Mentor, &["skill:git@aware"]),
        link(5, &["skill:git@leading"]),
        Entry { day: claim(1, &[]).day, ..claim(6, &["criterion:has-tests"]) },
    ];
    let projection = projected(&ledger, &[]);
    assert_eq!(projection.claimed_entries, [4, 3, 5, 2, 6, 1]);
    // the service asks a mentor's trust
    assert_eq!(projection.proven_entries, [4, 3, 5, 2]);
}

#[test]
fn a_path_without_a_mentor_is_asked_for_links_at_most() {
    let (template, chosen) = (maker(), BTreeSet::new());
    let asked = |mentored| {
        let scope = Scope { template: &template, target: 2, chosen: &chosen, mentored, today: today(), settings: &[] };
        let projection = project(scope, &[link(1, &["criterion:deployed"])]).unwrap();
        (projection.proven.requirements[3].least_trust, projection.proven.evidence.len())
    };
    assert_eq!(asked(false), (Trust::Linked, 1));
    assert_eq!(asked(true), (Trust::Mentor, 0));
}

#[test]
fn points_go_from_the_outside_in_over_what_counts() {
    let (template, chosen) = (maker(), BTreeSet::new());
    let points = |target| {
        let scope = Scope { template: &template, target, chosen: &chosen, mentored: true, today: today(), settings: &[] };
        let input = project(scope, &[]).unwrap().claimed;
        let groups: Vec<(Option<u32>, Option<u32>, u32)> =
            input.groups.iter().map(|group| (group.parent, group.need, group.weight)).collect();
        let requirements: Vec<(String, u32, u32)> =
            input.requirements.into_iter().map(|r| (r.id.to_string(), r.group, r.possible)).collect();
        (groups, requirements)
    };
    let named = |rows: &[(&str, u32, u32)]| rows.iter().map(|&(id, group, possible)| (id.to_owned(), group, possible)).collect::<Vec<_>>();
    let (groups, requirements) = points(0);
    assert_eq!(groups, [(None, None, 10_000), (Some(0), Some(1), 6_667)]);
    assert_eq!(requirements, named(&[("git-basics", 0, 3_333), ("rust-lang", 1, 0), ("go-lang", 1, 6_667)]));
    let (groups, requirements) = points(2);
    assert_eq!(groups, [(None, None, 5_000), (Some(0), Some(1), 3_333), (None, None, 5_000)]);
    let all = [
        ("git-basics", 0, 1_667),
        ("rust-lang", 1, 0),
        ("go-lang", 1, 3_333),
        ("service", 2, 1_666),
        ("cloud-cert", 2, 1_667),
        ("api-talk", 2, 1_667),
    ];
    assert_eq!(requirements, named(&all));
}

#[test]
fn each_card_finds_its_own_holders_and_knows_the_chosen() {
    let ledger = [claim(1, &["skill:rust@working"]), link(2, &["skill:go@aware"])];
    let holders = |chosen: &[&str]| {
        let projection = projected(&ledger, chosen);
        [projection.claimed, projection.proven].map(|input| [1, 2].map(|i| input.requirements[i].possible > 0))
    };
    assert_eq!(holders(&[]), [[true, false], [false, true]]);
    assert_eq!(holders(&["rust-lang"]), [[true, false], [true, false]]);
    let is_chosen =
        |chosen: &[&str]| projected(&[], chosen).claimed.requirements.iter().map(InputRequirement::is_chosen).collect::<Vec<_>>();
    assert_eq!(is_chosen(&["rust-lang", "git-basics"]), [false, true, false, false, false, false], "only members of any-N groups");
}

#[test]
fn attributes_and_settings_cross_sorted_and_the_choice_is_ours() {
    let mut template = maker();
    let written =
        [("zone", AttributeValue::Number(3)), ("chosen", AttributeValue::Truth(true)), ("area", AttributeValue::Text("x".to_owned()))];
    template.document.requirements[1].attributes = written.map(|(key, value)| (key.to_owned(), value)).into();
    let chosen = BTreeSet::new();
    let setting = |key: &str| Attribute { key: key.to_owned().into(), value: Value::Number(1) };
    let settings = [setting("b"), setting("a")];
    let scope = Scope { template: &template, target: 0, chosen: &chosen, mentored: true, today: today(), settings: &settings };
    let input = project(scope, &[]).unwrap().claimed;
    assert_eq!(input.settings, [setting("a"), setting("b")]);
    let keys: Vec<&str> = input.requirements[1].attributes.iter().map(|attribute| &*attribute.key).collect();
    assert_eq!(keys, ["area", "zone"]);
}

#[test]
fn a_scope_without_requirements_is_refused() {
    let (mut template, chosen) = (maker(), BTreeSet::new());
    template.requirements.iter_mut().for_each(|requirement| requirement.level = 1);
    let scope = Scope { template: &template, target: 0, chosen: &chosen, mentored: true, today: today(), settings: &[] };
    assert_eq!(project(scope, &[]).map(|projection| projection.outline.requirements.clone()), Err(ProjectionError::NothingInScope));
}
