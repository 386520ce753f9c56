use std::collections::BTreeSet;

use super::*;
use crate::cohort::{CohortRole, MemberState, Membership, SetUp, Standing};
use crate::ids::{AccountId, CohortId, PathId, PublicId, RevisionId};
use crate::path::{Path, RuleChoice};
use crate::samples::maker;
use crate::time::{Day, Instant};

fn at(seconds: i64) -> Instant {
    Instant::from_micros(1_790_000_000_000_000).plus_seconds(seconds)
}

fn path(id: i64, cohort: Option<i64>, chosen: &[&str]) -> Path {
    Path {
        id: PathId(id),
        public_id: PublicId::new([0; 16]),
        account: AccountId(1),
        revision: RevisionId(1),
        target_level: "senior".to_owned(),
        target_day: None,
        hours_week: 9,
        chosen: chosen.iter().map(|id| (*id).to_owned()).collect(),
        rule: RuleChoice::BuiltIn,
        cohort: cohort.map(CohortId),
        started_on: Day::from_number(20_000),
        created_at: at(id),
    }
}

#[test]
fn a_link_says_for_whom_for_how_many_and_until_when() {
    let ok = check_link(LinkWish::default(), at(0)).unwrap();
    assert_eq!((ok.standing, ok.places, ok.expires_at), (Standing::Learner, 30, at(14 * 86_400)));
    let wrong = check_link(LinkWish { standing: Some(Standing::Lead), places: Some(0), days: Some(181) }, at(0)).unwrap_err();
    let wrong: Vec<_> = wrong.iter().map(|error| (error.field, error.code)).collect();
    assert_eq!(wrong, [("standing", "standing_not_by_link"), ("places", "out_of_range"), ("days", "out_of_range")]);
    for (revoked, ends, taken, state) in [
        (false, 1, 2, LinkState::Open),
        (false, 1, 3, LinkState::Full),
        (false, 0, 3, LinkState::Expired),
        (true, 0, 3, LinkState::Revoked),
        (true, 1, 0, LinkState::Revoked),
    ] {
        assert_eq!(link_state(revoked, at(ends), taken, 3, at(0)), state);
    }
}

#[test]
fn a_link_lets_newcomers_in_and_undoes_nothing_that_a_lead_did() {
    let member = |standing, state| Membership { cohort: CohortId(1), account: AccountId(1), standing, state };
    assert_eq!(joins(None, Standing::Mentor), Ok(true));
    assert_eq!(joins(Some(&member(Standing::Learner, MemberState::Active)), Standing::Learner), Ok(false));
    assert_eq!(joins(Some(&member(Standing::Lead, MemberState::Active)), Standing::Learner), Err("member_already"));
    for state in [MemberState::Paused, MemberState::Dropped, MemberState::Completed] {
        assert_eq!(joins(Some(&member(Standing::Learner, state)), Standing::Learner), Err("left_cohort"), "{state}");
    }
}

#[test]
fn the_newest_path_of_ones_own_joins_and_one_of_another_cohort_stays_there() {
    let fate = |paths: &[(i64, Option<i64>, &str)]| {
        let paths: Vec<(Path, &str)> = paths.iter().map(|(id, cohort, role)| (path(*id, *cohort, &[]), *role)).collect();
        path_fate(paths.iter().map(|(path, role)| (path, *role)), CohortId(7), "maker")
    };
    assert_eq!(fate(&[]), PathFate::Begins);
    assert_eq!(fate(&[(1, None, "keeper")]), PathFate::Begins);
    assert_eq!(fate(&[(1, Some(8), "maker")]), PathFate::Begins);
    assert_eq!(fate(&[(1, None, "maker"), (2, None, "maker"), (3, Some(8), "maker")]), PathFate::Joins(PathId(2)));
    assert_eq!(fate(&[(1, None, "maker"), (2, Some(7), "maker"), (3, None, "maker")]), PathFate::Here(PathId(2)));
}

#[test]
fn a_path_that_joins_takes_over_what_the_school_fixes_and_keeps_the_rest() {
    let template = maker();
    let set_up = SetUp { rule: RuleChoice::Plugin("acme/rule".to_owned()), ..SetUp::default() };
    let role = |level: &str, chosen: &[&str]| CohortRole {
        role: "maker".to_owned(),
        revision: RevisionId(2),
        target_level: level.to_owned(),
        chosen: chosen.iter().map(|id| (*id).to_owned()).collect(),
    };
    let ends = Day::from_number(20_100);
    let joined = joined_settings(&path(1, None, &["go-lang"]), &template, &role("maker", &["rust-lang"]), &set_up, ends);
    assert_eq!(joined.target_level, "maker");
    assert_eq!(joined.chosen, BTreeSet::from(["rust-lang".to_owned()]), "the school’s in place of one’s own");
    assert_eq!((joined.target_day, joined.hours_week, joined.rule), (Some(ends), 9, set_up.rule.clone()));
    let joined = joined_settings(&path(1, None, &["go-lang"]), &template, &role("elder", &["zig-lang"]), &set_up, ends);
    assert_eq!(joined.target_level, "senior", "a level that the path’s revision lacks");
    assert_eq!(joined.chosen, BTreeSet::from(["go-lang".to_owned()]));
}

#[test]
fn what_was_not_on_the_list_stays_withheld() {
    let set = |numbers: &[u32]| numbers.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(withheld_after(&set(&[1, 2, 9]), &set(&[1, 2, 3]), &set(&[2, 3, 4])), set(&[2, 3, 9]));
}

#[test]
fn what_a_cohort_may_come_to_see_is_what_the_role_asks_for_and_nothing_else() {
    use crate::ledger::{Entry, EvidenceKind, Held};
    use crate::subject::{Step, Subject, SubjectKind, Trust};
    let entry = |seq, skill: &str, retracts| Entry {
        seq,
        kind: if retracts == Some(0) { EvidenceKind::Claim } else { EvidenceKind::Retraction },
        trust: Trust::Claimed,
        day: Day::from_number(20_000),
        recorded_at: at(i64::from(seq)),
        held: vec![Held { subject: Subject::new(SubjectKind::Skill, skill), step: Some(Step::Working) }],
        expires_on: None,
        retracts: retracts.filter(|seq| *seq > 0),
        recall: None,
    };
    let ledger = [
        entry(1, "git", Some(0)),
        entry(2, "git", Some(0)),
        entry(3, "knitting", Some(0)),
        entry(4, "go", Some(0)),
        entry(5, "go", Some(4)),
    ];
    assert_eq!(concerned(&maker(), &ledger, Day::from_number(20_001)), BTreeSet::from([1, 2]), "neither hobbies nor what was taken back");
}
