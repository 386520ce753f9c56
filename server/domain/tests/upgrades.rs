//! The laws of taking over another revision, over generated roles: ids of the generator overlap, so any two of them are
//! two revisions of one role.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[allow(dead_code, reason = "each test program uses a part")]
mod support;

use std::collections::BTreeSet;

use domain::cohort::PartKey;
use domain::path::RuleChoice;
use domain::template::Template;
use domain::upgrade::{Aims, Difference, Fate, Line, Migration, Weeks, carry, carry_weeks, give_back, give_back_weeks};
use proptest::prelude::*;
use support::{Case, case};

fn aims(case: &Case) -> Aims {
    let target_level = case.template.document.levels[case.target].id.clone();
    Aims { target_level, chosen: case.chosen.clone(), rule: RuleChoice::BuiltIn }
}

/// A week for every part of a role.
fn weeks(template: &Template) -> Weeks {
    let groups = template.groups.iter().filter(|group| group.need.is_some()).map(|group| PartKey { is_group: true, id: group.id.clone() });
    let whole = template.requirements.iter().filter(|own| template.groups[own.group].need.is_none());
    groups.chain(whole.map(|own| PartKey { is_group: false, id: own.id.clone() })).zip(1..).collect()
}

/// What a line says when it is read from the other side.
fn mirrored(line: &Line) -> Line {
    let fate = match line.fate {
        Fate::Comes => Fate::Goes,
        Fate::Goes => Fate::Comes,
        other => other,
    };
    Line { before: line.after, after: line.before, fate, ..line.clone() }
}

fn by_id(lines: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.into_iter().collect();
    lines.sort_by(|a, b| a.id.cmp(&b.id));
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_revision_does_not_differ_from_itself(case in case()) {
        let migration = Migration::between(&case.template, &case.template);
        prop_assert!(migration.is_empty() && !migration.guide);
        let (aims, weeks) = (aims(&case), weeks(&case.template));
        prop_assert_eq!(carry(&aims, &case.template, &case.template), aims);
        prop_assert_eq!(carry_weeks(&weeks, &case.template), weeks);
    }

    #[test]
    fn every_requirement_of_both_revisions_has_one_fate(a in case(), b in case()) {
        let migration = Migration::between(&a.template, &b.template);
        let after: Vec<usize> = migration.requirements.iter().filter_map(|line| line.after).collect();
        prop_assert_eq!(after, (0..b.template.requirements.len()).collect::<Vec<_>>());
        let before: BTreeSet<usize> = migration.requirements.iter().filter_map(|line| line.before).collect();
        prop_assert_eq!(before.len(), a.template.requirements.len());
        prop_assert_eq!(migration.requirements.iter().filter(|line| line.before.is_some()).count(), a.template.requirements.len());
        for line in &migration.requirements {
            let told = match (line.before, line.after) {
                (None, Some(_)) => line.fate == Fate::Comes,
                (Some(_), None) => line.fate == Fate::Goes,
                (Some(before), Some(after)) => {
                    let (old, new) = (&a.template.requirements[before], &b.template.requirements[after]);
                    let level = a.template.document.levels[old.level].id != b.template.document.levels[new.level].id;
                    let group = a.template.groups[old.group].id != b.template.groups[new.group].id;
                    prop_assert!(old.asks != new.asks || !line.differences.contains(&Difference::Asks));
                    prop_assert_eq!(line.differences.contains(&Difference::Weight), old.weight != new.weight);
                    old.id == line.id && new.id == line.id && match line.fate {
                        Fate::Moves => level || group,
                        Fate::Changes => !level && !group && !line.differences.is_empty(),
                        Fate::Stays => !level && !group && line.differences.is_empty(),
                        Fate::Comes | Fate::Goes => false,
                    }
                }
                (None, None) => false,
            };
            prop_assert!(told, "{line:?}");
        }
    }

    #[test]
    fn the_way_back_is_the_mirror_image(a in case(), b in case()) {
        let (there, back) = (Migration::between(&a.template, &b.template), Migration::between(&b.template, &a.template));
        for (there, back) in [(there.requirements, back.requirements), (there.groups, back.groups), (there.levels, back.levels)] {
            prop_assert_eq!(by_id(there.iter().map(mirrored)), by_id(back));
        }
        prop_assert_eq!(there.guide, back.guide);
    }

    #[test]
    fn what_is_carried_over_fits_and_what_is_given_back_is_what_it_was(a in case(), b in case()) {
        let before = aims(&a);
        let after = carry(&before, &a.template, &b.template);
        prop_assert!(b.template.level(&after.target_level).is_some());
        prop_assert!(after.chosen.iter().all(|id| b.template.can_be_chosen(id)));
        let still: BTreeSet<String> = before.chosen.iter().filter(|id| b.template.can_be_chosen(id)).cloned().collect();
        prop_assert_eq!(&after.chosen, &still, "members that are still there stay, and no other is chosen");
        prop_assert_eq!(give_back(&after, &before, &after, &b.template, &a.template), before);

        let before = weeks(&a.template);
        let after = carry_weeks(&before, &b.template);
        prop_assert!(after.iter().all(|(key, week)| before.get(key) == Some(week) && weeks(&b.template).contains_key(key)));
        prop_assert_eq!(give_back_weeks(&after, &before, &b.template, &a.template), before);
    }

    #[test]
    fn whatever_is_changed_before_an_undo_fits_the_older_revision(a in case(), b in case(), c in case()) {
        let before = aims(&a);
        let after = carry(&before, &a.template, &b.template);
        // What a learner set since, against the newer revision.
        let now = carry(&aims(&c), &c.template, &b.template);
        let back = give_back(&now, &before, &after, &b.template, &a.template);
        prop_assert!(a.template.level(&back.target_level).is_some());
        prop_assert!(back.chosen.iter().all(|id| a.template.can_be_chosen(id)));
        prop_assert!(before.chosen.difference(&after.chosen).all(|id| back.chosen.contains(id)), "what was put aside comes back");
    }
}
