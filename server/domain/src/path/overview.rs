//! What pages sum up of a score.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::ledger::{Entry, standing};
use crate::scoring::{Both, DefaultRule, Message, NextAction, Receipt, Scope, Score, score};
use crate::subject::Subject;
use crate::template::{GroupIndex, RequirementIndex, Template};
use crate::time::Day;

/// Points of one area, in basis points of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaSum {
    /// The area's place in the template's groups.
    pub group: GroupIndex,
    /// As the claimed card has it. The built-in apportionment gives an area the same on both cards; a plugin's rule may not.
    pub possible: u32,
    pub claimed: u32,
    pub proven: u32,
}

/// Every area of the template in its order, those that bring nothing at this target too. The claimed sums add up to the
/// claimed readiness, the proven sums to the proven one.
pub fn areas<'a>(template: &Template, score: impl Into<Both<'a>>) -> Vec<AreaSum> {
    let score = score.into();
    let mut sums: Vec<AreaSum> = template.areas().map(|group| AreaSum { group, possible: 0, claimed: 0, proven: 0 }).collect();
    // Looked up once a requirement, not at each of its receipts.
    let place_of = |id: &String| {
        let area = template.requirements[template.requirement(id)?].area;
        sums.iter().position(|sum| sum.group == area)
    };
    let places: Vec<Option<usize>> = score.requirements.iter().map(place_of).collect();
    let place_of = |receipt: &Receipt| places.get(receipt.requirement as usize).copied().flatten();
    for receipt in &score.claimed.receipts {
        if let Some(place) = place_of(receipt) {
            sums[place].possible += receipt.possible;
            sums[place].claimed += receipt.points;
        }
    }
    for receipt in &score.proven.receipts {
        if let Some(place) = place_of(receipt) {
            sums[place].proven += receipt.points;
        }
    }
    sums
}

/// A next action with what a page says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep<'a> {
    pub requirement: RequirementIndex,
    pub id: &'a str,
    pub name: &'a str,
    pub area: &'a str,
    /// Basis points that finishing it would add.
    pub gain: u32,
    pub hours: u32,
    pub why: &'a Message,
    /// What it adds is proof: everything is claimed already.
    pub is_proof: bool,
}

/// What to do next, best first: what the claimed card lacks; where it lacks nothing, what the proven card does.
pub fn next_actions<'a>(template: &'a Template, score: &'a Score) -> Vec<NextStep<'a>> {
    let (claimed, proven) = (&score.claimed.next, &score.proven.next);
    let is_proof = claimed.is_empty();
    let step = |action: &'a NextAction| {
        let index = template.requirement(score.requirements.get(action.requirement as usize)?)?;
        let requirement = &template.requirements[index];
        Some(NextStep {
            requirement: index,
            id: &requirement.id,
            name: &requirement.name,
            area: &template.groups[requirement.area].name,
            gain: action.gain,
            hours: requirement.hours,
            why: &action.why,
            is_proof,
        })
    };
    let next = if is_proof { proven } else { claimed };
    next.iter().filter_map(step).collect()
}

/// [`next_actions`] without those that the learner leaves out for now.
pub fn suggested<'a>(template: &'a Template, score: &'a Score, skipped: &BTreeSet<String>) -> Vec<NextStep<'a>> {
    next_actions(template, score).into_iter().filter(|step| !skipped.contains(step.id)).collect()
}

/// How ready a ledger makes for a role that nobody has to follow, and what that role shares with one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlsoReady {
    /// Basis points.
    pub claimed: u32,
    pub proven: u32,
    /// Subjects that both roles ask for, the other one at its first level, and on which points of the other rest.
    pub shared: u32,
    /// The other role's requirements that rest on such subjects and are proven, most proven points first.
    pub top: Vec<RequirementIndex>,
}

/// "Also 41 % ready": claimed and proven readiness by the built-in rule for the first level, without choices or a mentor.
/// None where the first level asks nothing.
pub fn also_ready(template: &Template, own: Option<&Template>, ledger: &[Entry], today: Day) -> Option<AlsoReady> {
    let chosen = BTreeSet::new();
    let scope = Scope { template, target: 0, chosen: &chosen, mentored: false, today, settings: &[] };
    let score = score(&DefaultRule, scope, ledger).ok()?;
    let ours: BTreeSet<&Subject> = own
        .into_iter()
        .flat_map(|own| own.requirements.iter().flat_map(|requirement| requirement.subjects()))
        .map(|subject| template.resolve(subject))
        .collect();
    let held: BTreeSet<&Subject> =
        standing(ledger).into_iter().flat_map(|entry| &entry.held).map(|held| template.resolve(&held.subject)).collect();
    let mut shared: BTreeSet<&Subject> = BTreeSet::new();
    let mut top: Vec<(u32, RequirementIndex)> = Vec::new();
    for (claimed, proven) in score.claimed.receipts.iter().zip(&score.proven.receipts).filter(|(claimed, _)| claimed.points > 0) {
        let id = score.requirements.get(claimed.requirement as usize)?;
        let index = template.requirement(id)?;
        let both = template.requirements[index].subjects().into_iter().filter(|subject| ours.contains(subject) && held.contains(subject));
        let both: Vec<&Subject> = both.collect();
        if !both.is_empty() && proven.points > 0 {
            top.push((proven.points, index));
        }
        shared.extend(both);
    }
    top.sort_by_key(|&(points, index)| (Reverse(points), index));
    Some(AlsoReady {
        claimed: score.claimed.readiness,
        proven: score.proven.readiness,
        shared: shared.len() as u32,
        top: top.into_iter().map(|(_, index)| index).collect(),
    })
}
