use std::collections::BTreeSet;

use super::*;
use crate::cohort::{Calendar, PartKey, Weekdays, plan};
use crate::ids::{AccountId, CohortId};
use crate::path::RuleChoice;
use crate::samples::{maker, maker_as, today};
use crate::subject::{Step, Trust};
use crate::template::{Document, Template};

/// The sample role with one change; the version is never the same.
fn changed(change: impl FnOnce(&mut Document)) -> Template {
    maker_as(|document| {
        document.version = "2.0.0".to_owned();
        change(document);
    })
}

fn of<'a>(lines: &'a [Line], id: &str) -> &'a Line {
    lines.iter().find(|line| line.id == id).unwrap()
}

#[test]
fn a_version_is_newer_as_semver_says() {
    for (version, than, newer) in [
        ("1.10.0", "1.9.0", true),
        ("1.9.0", "1.10.0", false),
        ("2.0.0-rc.1", "2.0.0", false),
        ("2.0.0", "2.0.0-rc.1", true),
        ("1.0.0", "1.0.0", false),
        ("next", "1.0.0", false),
        ("1.0.0", "next", true),
    ] {
        assert_eq!(is_newer(version, than), newer, "{version} than {than}");
    }
}

#[test]
fn the_lead_decides_for_those_who_take_part_in_a_role_of_the_cohort() {
    use crate::cohort::{MemberState, Standing};
    let member = |standing, state| Membership { cohort: CohortId(1), account: AccountId(1), standing, state };
    for (follows, standing, state, led) in [
        (true, Standing::Learner, MemberState::Active, true),
        (true, Standing::Learner, MemberState::Paused, true),
        (true, Standing::Learner, MemberState::Dropped, false),
        (true, Standing::Learner, MemberState::Completed, false),
        (true, Standing::Mentor, MemberState::Active, false),
        (false, Standing::Learner, MemberState::Active, false),
    ] {
        assert_eq!(is_led(follows, Some(&member(standing, state))), led, "{follows} {standing} {state}");
    }
    assert!(!is_led(true, None));
}

#[test]
fn what_differs_of_a_requirement_is_named() {
    type Change = fn(&mut Document);
    let cases: [(&str, Change, Fate, &[Difference]); 12] = [
        ("level", |d| d.requirements[3].level = "senior".into(), Fate::Moves, &[Difference::Level]),
        ("group", |d| d.requirements[3].group = "craft".into(), Fate::Moves, &[Difference::Group]),
        ("criteria", |d| d.requirements[3].criteria[0].weight = 4, Fate::Changes, &[Difference::Asks]),
        ("order of criteria", |d| d.requirements[3].criteria.reverse(), Fate::Stays, &[]),
        ("a criterion less", |d| d.requirements[3].criteria.truncate(1), Fate::Changes, &[Difference::Asks]),
        ("trust", |d| d.requirements[3].trust = Trust::Peer, Fate::Changes, &[Difference::Trust]),
        ("weight", |d| d.requirements[3].weight = 11, Fate::Changes, &[Difference::Weight]),
        ("hours", |d| d.requirements[3].hours = 41, Fate::Changes, &[Difference::Hours]),
        ("what comes before", |d| d.requirements[3].requires.clear(), Fate::Changes, &[Difference::Requires]),
        ("name", |d| d.requirements[3].name = "Services".into(), Fate::Changes, &[Difference::Name]),
        ("words", |d| d.requirements[3].asks = "Run two.".into(), Fate::Changes, &[Difference::Words]),
        (
            "several",
            |d| {
                d.requirements[3].hours = 1;
                d.requirements[3].level = "junior".into();
            },
            Fate::Moves,
            &[Difference::Level, Difference::Hours],
        ),
    ];
    for (what, change, fate, differences) in cases {
        let migration = Migration::between(&maker(), &changed(change));
        let line = of(&migration.requirements, "service");
        assert_eq!((line.fate, line.differences.as_slice()), (fate, differences), "{what}");
        assert_eq!(migration.count(Fate::Stays), 5 + usize::from(fate == Fate::Stays), "{what}: only one differs");
        assert_eq!(migration.is_empty(), fate == Fate::Stays, "{what}");
        assert!(!migration.guide, "{what}");
    }
    let step = changed(|d| d.requirements[0].step = Some(Step::Leading));
    assert_eq!(of(&Migration::between(&maker(), &step).requirements, "git-basics").differences, [Difference::Asks]);
}

#[test]
fn what_comes_and_goes_is_told_in_the_order_of_the_roles() {
    let after = changed(|document| {
        let mut new = document.requirements[4].clone();
        new.id = "new-cert".to_owned();
        document.requirements.insert(0, new);
        document.requirements.retain(|requirement| requirement.id != "api-talk");
        document.facts.clear();
        document.summary = "Makes more.".to_owned();
    });
    let migration = Migration::between(&maker(), &after);
    let fates: Vec<(&str, Fate)> = migration.requirements.iter().map(|line| (line.id.as_str(), line.fate)).collect();
    assert_eq!(fates[0], ("new-cert", Fate::Comes));
    assert_eq!(fates[6], ("api-talk", Fate::Goes));
    assert!(fates[1..6].iter().all(|(_, fate)| *fate == Fate::Stays), "{fates:?}");
    assert!(migration.guide, "the summary differs");
}

#[test]
fn a_subject_that_has_another_name_by_now_is_the_same() {
    // The catalogue knows `scm` as the former id of `git`, so both documents ask for one subject.
    let renamed = changed(|document| document.requirements[0].skill = Some("scm".to_owned()));
    assert!(Migration::between(&maker(), &renamed).is_empty());
    assert!(Migration::between(&renamed, &maker()).is_empty());
}

#[test]
fn what_differs_of_groups_and_levels_is_named() {
    let after = changed(|document| {
        document.groups[1].need = Some(2);
        document.groups[1].parent = Some("proof".to_owned());
        document.groups.swap(1, 2);
        document.groups[0].name = "Handwork".to_owned();
        document.levels.insert(0, crate::template::Level { id: "trainee".into(), name: "Trainee".into(), ..document.levels[0].clone() });
        document.levels[3].name = "Master".to_owned();
    });
    let migration = Migration::between(&maker(), &after);
    let languages = of(&migration.groups, "languages");
    assert_eq!((languages.fate, languages.differences.as_slice()), (Fate::Moves, &[Difference::Parent, Difference::Need][..]));
    assert_eq!(of(&migration.groups, "craft").differences, [Difference::Name]);
    assert_eq!(of(&migration.groups, "proof").fate, Fate::Stays);
    assert_eq!(of(&migration.levels, "trainee").fate, Fate::Comes);
    assert_eq!(of(&migration.levels, "maker").fate, Fate::Stays, "one that comes below moves no other");
    assert_eq!(of(&migration.levels, "senior").differences, [Difference::Name]);
    let swapped = changed(|document| {
        document.levels.swap(1, 2);
        document.requirements[5].requires.clear();
    });
    assert_eq!(of(&Migration::between(&maker(), &swapped).levels, "maker").differences, [Difference::Place]);
}

fn aims(level: &str, chosen: &[&str]) -> Aims {
    Aims { target_level: level.to_owned(), chosen: chosen.iter().map(|id| (*id).to_owned()).collect(), rule: RuleChoice::BuiltIn }
}

/// The role without Go, whose second level has another id.
fn smaller() -> Template {
    changed(|document| {
        document.requirements.retain(|requirement| requirement.id != "go-lang");
        document.levels[1].id = "journeyman".to_owned();
        for requirement in document.requirements.iter_mut().filter(|requirement| requirement.level == "maker") {
            requirement.level = "journeyman".to_owned();
        }
    })
}

#[test]
fn members_that_are_there_stay_chosen_and_a_target_keeps_its_place() {
    let (old, new) = (maker(), smaller());
    for (before, after) in [
        (aims("maker", &["go-lang", "rust-lang"]), aims("journeyman", &["rust-lang"])),
        (aims("senior", &["rust-lang"]), aims("senior", &["rust-lang"])),
        (aims("junior", &["go-lang"]), aims("junior", &[])),
    ] {
        assert_eq!(carry(&before, &old, &new), after);
        assert_eq!(give_back(&after, &before, &after, &new, &old), before, "and back");
    }
    let whole = changed(|document| document.groups[1].need = None);
    assert_eq!(carry(&aims("maker", &["go-lang"]), &old, &whole), aims("maker", &[]), "all of a group: nothing is chosen");
    let one = changed(|document| {
        document.levels.truncate(1);
        document.requirements.iter_mut().for_each(|requirement| requirement.level = "junior".to_owned());
    });
    assert_eq!(carry(&aims("senior", &[]), &old, &one).target_level, "junior");
}

#[test]
fn an_undo_keeps_what_was_changed_since() {
    let (old, new) = (maker(), smaller());
    let (before, after) = (aims("maker", &["go-lang"]), aims("journeyman", &[]));
    let back = |now: Aims| give_back(&now, &before, &after, &new, &old);
    assert_eq!(back(aims("senior", &[])), aims("senior", &["go-lang"]), "another target");
    assert_eq!(back(aims("journeyman", &["rust-lang"])), aims("maker", &["go-lang", "rust-lang"]), "another member");
    let plugin = RuleChoice::Plugin("acme/rule".to_owned());
    assert_eq!(back(Aims { rule: plugin.clone(), ..after.clone() }), Aims { rule: plugin, ..before.clone() }, "another rule");
    let given =
        Aims { rule: RuleChoice::Plugin("acme/rule".to_owned()), chosen: BTreeSet::from(["rust-lang".to_owned()]), ..after.clone() };
    assert_eq!(give_back(&given, &before, &given, &new, &old), before, "what the upgrade itself gave goes");
}

fn key(id: &str) -> PartKey {
    PartKey { is_group: id == "languages", id: id.to_owned() }
}

#[test]
fn weeks_go_along_with_their_parts_and_come_back_with_them() {
    let old = maker();
    let new = changed(|document| {
        document.groups[1].need = None;
        document.requirements.retain(|requirement| requirement.id != "cloud-cert" && requirement.id != "api-talk");
    });
    let before: Weeks = [("languages", 2), ("service", 5), ("cloud-cert", 7)].map(|(id, week)| (key(id), week)).into();
    let carried = carry_weeks(&before, &new);
    assert_eq!(carried.keys().map(|key| key.id.as_str()).collect::<Vec<_>>(), ["service"], "a group that asks for all is no part");
    assert_eq!(give_back_weeks(&carried, &before, &new, &old), before);
    let since: Weeks = [("service", 6), ("go-lang", 3)].map(|(id, week)| (key(id), week)).into();
    let back: Weeks = [("languages", 2), ("service", 6), ("cloud-cert", 7)].map(|(id, week)| (key(id), week)).into();
    assert_eq!(give_back_weeks(&since, &before, &new, &old), back, "a week that a lead chose since stays where its part is one");
}

#[test]
fn parts_whose_week_differs_are_told() {
    let (old, new) = (
        maker(),
        changed(|document| document.requirements.retain(|requirement| requirement.id != "cloud-cert" && requirement.id != "api-talk")),
    );
    let calendar = Calendar::new(today(), today().plus(27), Weekdays::WORKING, &[]);
    let of = |template: &Template| {
        let weeks = [(key("service"), 4)].into();
        plan(template, 1, &BTreeSet::new(), &calendar, &weeks).unwrap()
    };
    let (before, after) = (of(&old), of(&new));
    assert!(compare_plans((&old, &before), (&old, &before)).is_empty());
    let told = compare_plans((&old, &before), (&new, &after));
    let gone = told.iter().find(|line| line.key.id == "cloud-cert").unwrap();
    assert!(gone.before.is_some() && gone.after.is_none());
    assert!(told.iter().all(|line| line.key.id != "service"), "a week that was chosen holds");
    assert!(told.iter().any(|line| line.before != line.after && line.after.is_some()), "the suggestion moves: {told:?}");
}
