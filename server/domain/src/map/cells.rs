//! What stands in a cell, an area's part of a band: stations, any-N groups, pills; and how it breaks into rows.

use std::cmp::Reverse;

use crate::map::{BandKind, MapInput, PillKind};
use crate::path::State;
use crate::template::{GroupIndex, LevelIndex, RequirementIndex};

/// Longest chain of prerequisites that shows as an indent.
const DEEPEST: usize = 3;

#[derive(Clone, Debug)]
pub(super) enum Item {
    Station(RequirementIndex),
    Pill(PillKind, Vec<RequirementIndex>),
}

/// Items that stay together: a single one, or the drawn members of an any-N group.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub items: Vec<Item>,
    /// Set where the run has a box.
    pub group: Option<GroupIndex>,
    depth: usize,
}

impl Run {
    pub fn single(item: Item) -> Self {
        Self { items: vec![item], group: None, depth: 0 }
    }
}

/// Rows of runs with the slot of each run's first item.
pub(super) type Rows = Vec<Vec<(usize, Run)>>;

/// A cell's requirements in the template's order, and what there is to say of them.
pub(super) struct Cell {
    pub requirements: Vec<RequirementIndex>,
    pub kind: BandKind,
}

impl Cell {
    pub fn new(input: &MapInput<'_>, area: GroupIndex, kind: BandKind, levels: std::ops::RangeInclusive<LevelIndex>) -> Self {
        let all = &input.template.requirements;
        let inside = |&at: &RequirementIndex| all[at].area == area && levels.contains(&all[at].level);
        Self { requirements: (0..all.len()).filter(inside).collect(), kind }
    }

    /// Whether several members of an any-N group stand here.
    pub fn has_choice(&self, input: &MapInput<'_>) -> bool {
        let all = &input.template.requirements;
        let of = |at: RequirementIndex| all[at].group;
        let is_choice = |at: RequirementIndex| input.template.groups[of(at)].need.is_some();
        self.requirements.iter().any(|&at| is_choice(at) && self.requirements.iter().any(|&other| other != at && of(other) == of(at)))
    }

    /// The cell broken into rows of so many slots. Groups are never broken.
    pub fn rows(&self, input: &MapInput<'_>, depths: &[usize], slots: usize) -> Rows {
        pack(self.runs(input, depths, slots), slots)
    }

    /// As [`Cell::rows`], in at most `most` rows: what is too much goes into a pill at the end.
    pub fn rows_at_most(&self, input: &MapInput<'_>, depths: &[usize], slots: usize, most: usize) -> Rows {
        let mut runs = self.runs(input, depths, slots);
        let mut rest: Vec<RequirementIndex> = Vec::new();
        loop {
            let mut shown = runs.clone();
            if !rest.is_empty() {
                rest.sort_unstable();
                shown.push(Run::single(Item::Pill(PillKind::Rest, rest.clone())));
            }
            let rows = pack(shown, slots);
            let Some(last) = (if rows.len() > most { runs.pop() } else { None }) else { return rows };
            rest.extend(last.items.into_iter().flat_map(|item| match item {
                Item::Station(requirement) => vec![requirement],
                Item::Pill(_, requirements) => requirements,
            }));
        }
    }

    /// In the template's order, a group at the place of its first member; where no group is, by depth.
    fn runs(&self, input: &MapInput<'_>, depths: &[usize], slots: usize) -> Vec<Run> {
        let all = &input.template.requirements;
        let any = |requirement: RequirementIndex| Some(all[requirement].group).filter(|&group| input.template.groups[group].need.is_some());
        let mut order = self.requirements.clone();
        let has_groups = order.iter().any(|&requirement| any(requirement).is_some());
        order.sort_by_key(|&at| (all[at].level, if has_groups { 0 } else { depths[at] }, at));
        let mut runs: Vec<Run> = Vec::new();
        let mut seen: Vec<GroupIndex> = Vec::new();
        for &requirement in &order {
            match any(requirement) {
                None => runs.push(Run { items: vec![Item::Station(requirement)], group: None, depth: depths[requirement] }),
                Some(group) if !seen.contains(&group) => {
                    seen.push(group);
                    let members = order.iter().copied().filter(|&member| all[member].group == group).collect();
                    runs.push(self.group(input, group, members, slots));
                }
                Some(_) => {}
            }
        }
        runs
    }

    /// Members that were begun or chosen, by trust falling, else the first; then a pill for the others. A single other one
    /// is shown itself. A group beyond the target that nobody has begun is one pill.
    fn group(&self, input: &MapInput<'_>, group: GroupIndex, members: Vec<RequirementIndex>, slots: usize) -> Run {
        let is_chosen = |at: RequirementIndex| input.chosen.contains(&input.template.requirements[at].id);
        let is_begun = |at: RequirementIndex| !matches!(input.rows[at].standing.state, State::Open | State::Locked);
        let is_here = |at: RequirementIndex| input.here == Some(at);
        let mut shown: Vec<RequirementIndex> = members.iter().copied().filter(|&at| is_begun(at) || is_chosen(at) || is_here(at)).collect();
        if shown.is_empty() && self.kind == BandKind::Beyond && members.len() > 1 {
            return Run::single(Item::Pill(PillKind::Whole(group), members));
        }
        shown.sort_by_key(|&at| (Reverse(input.rows[at].standing.trust), Reverse(is_begun(at)), at));
        if shown.is_empty() {
            shown.extend(members.first());
        }
        // One slot goes to the pill, unless there is nothing or a single one to put into it.
        let room = if members.len() <= slots && members.len() <= shown.len() + 1 { members.len() } else { slots - 1 };
        if let Some(at) = shown.iter().position(|&at| is_here(at)).filter(|&at| at >= room && room > 0) {
            shown.swap(at, room - 1);
        }
        shown.truncate(room);
        let others: Vec<RequirementIndex> = members.into_iter().filter(|at| !shown.contains(at)).collect();
        let mut items: Vec<Item> = shown.into_iter().map(Item::Station).collect();
        match others.as_slice() {
            [] => {}
            [only] => items.push(Item::Station(*only)),
            _ => items.push(Item::Pill(PillKind::More(group), others)),
        }
        Run { items, group: Some(group), depth: 0 }
    }
}

/// Fills rows in order, then gives each item its slot: its depth, where that leaves room for those after it.
fn pack(runs: Vec<Run>, slots: usize) -> Rows {
    let mut rows: Vec<Vec<Run>> = Vec::new();
    let mut taken = slots;
    for run in runs {
        if taken + run.items.len() > slots {
            rows.push(Vec::new());
            taken = 0;
        }
        taken += run.items.len();
        if let Some(row) = rows.last_mut() {
            row.push(run);
        }
    }
    rows.into_iter().map(|row| slotted(row, slots)).collect()
}

fn slotted(row: Vec<Run>, slots: usize) -> Vec<(usize, Run)> {
    let mut to_come: usize = row.iter().map(|run| run.items.len()).sum();
    let mut next = 0;
    row.into_iter()
        .map(|run| {
            let slot = next.max(run.depth.min(slots - to_come));
            to_come -= run.items.len();
            next = slot + run.items.len();
            (slot, run)
        })
        .collect()
}

/// Longest chain of prerequisites within a requirement's own level, at most [`DEEPEST`], of every requirement.
pub(super) fn depths(input: &MapInput<'_>) -> Vec<usize> {
    let all = &input.template.requirements;
    let mut depths = vec![0; all.len()];
    // A chain may run against the template's order; no chain is followed further than the deepest.
    for _ in 0..DEEPEST {
        for at in 0..all.len() {
            let same_level = all[at].requires.iter().filter(|&&before| all[before].level == all[at].level);
            depths[at] = same_level.map(|&before| depths[before] + 1).max().unwrap_or(0).min(DEEPEST);
        }
    }
    depths
}
