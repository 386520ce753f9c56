//! Joining: who may, what becomes of paths, and which entries the cohort sees.

use std::collections::BTreeSet;

use crate::cohort::{CohortRole, MemberState, Membership, SetUp, Standing};
use crate::ids::{CohortId, PathId};
use crate::ledger::{Entry, standing};
use crate::path::{CheckedSettings, Path};
use crate::scoring::rows;
use crate::template::Template;
use crate::time::Day;

/// Whether somebody with that membership becomes a member by a link: false for who is one already. Who paused, left or
/// completed comes back by a lead's word only, or a link would undo it; a link changes nobody's standing.
pub fn joins(member: Option<&Membership>, by_link: Standing) -> Result<bool, &'static str> {
    match member {
        None => Ok(true),
        Some(member) if member.state != MemberState::Active => Err("left_cohort"),
        Some(member) if member.standing != by_link => Err("member_already"),
        Some(_) => Ok(false),
    }
}

/// What becomes of a cohort's role when a learner joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFate {
    /// A path of the role belongs to the cohort already.
    Here(PathId),
    /// The learner's own path comes along.
    Joins(PathId),
    /// A new one begins.
    Begins,
}

/// The fate of a role, given the learner's paths with the roles that they follow. The newest path of one's own joins; one
/// that belongs to another cohort stays there.
pub fn path_fate<'a>(paths: impl IntoIterator<Item = (&'a Path, &'a str)>, cohort: CohortId, role: &str) -> PathFate {
    let mut own: Option<&Path> = None;
    for (path, _) in paths.into_iter().filter(|(_, followed)| *followed == role) {
        if path.cohort == Some(cohort) {
            return PathFate::Here(path.id);
        }
        if path.cohort.is_none() && own.is_none_or(|own| (own.created_at, own.id) < (path.created_at, path.id)) {
            own = Some(path);
        }
    }
    own.map_or(PathFate::Begins, |path| PathFate::Joins(path.id))
}

/// The settings of a path that joins: target level, rule and last day of the cohort, and the members that the school
/// fixes; in groups of which it fixes none the learner's own stay. `template` is that of the path's own revision: a level or
/// a member that it lacks is left as it was.
pub fn joined_settings(path: &Path, template: &Template, role: &CohortRole, set_up: &SetUp, ends_on: Day) -> CheckedSettings {
    let group_of = |id: &String| {
        let group = template.requirements[template.requirement(id)?].group;
        template.groups[group].need.is_some().then_some(group)
    };
    let fixed: Vec<(&String, _)> = role.chosen.iter().filter_map(|id| Some((id, group_of(id)?))).collect();
    let own = path.chosen.iter().filter(|id| !fixed.iter().any(|(_, group)| group_of(id) == Some(*group)));
    let chosen: BTreeSet<String> = own.chain(fixed.iter().map(|(id, _)| *id)).cloned().collect();
    let level = if template.level(&role.target_level).is_some() { &role.target_level } else { &path.target_level };
    CheckedSettings {
        target_level: level.clone(),
        target_day: Some(ends_on),
        hours_week: path.hours_week,
        chosen,
        rule: set_up.rule.clone(),
    }
}

/// Numbers of the entries that a cohort may come to see: those that stand and say something of what the template asks,
/// whether its receipts cite them today or would once a better one is withheld.
pub fn concerned(template: &Template, ledger: &[Entry], today: Day) -> BTreeSet<u32> {
    let found = rows(template, &standing(ledger), today);
    found.counting.iter().chain(&found.expired).map(|row| row.entry).collect()
}

/// What is withheld after a learner ticked `ticked` of the entries `listed`. What was not on the list stays as it was.
pub fn withheld_after(before: &BTreeSet<u32>, listed: &BTreeSet<u32>, ticked: &BTreeSet<u32>) -> BTreeSet<u32> {
    before.difference(listed).chain(ticked.intersection(listed)).copied().collect()
}
