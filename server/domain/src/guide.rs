//! The guide of a role: what a page needs of a template's facts beyond showing them. Sources may disagree; nothing here
//! merges what they say.

use std::collections::BTreeMap;

use crate::path::{RequirementStanding, State};
use crate::search::fold;
use crate::template::{Document, Fact, RequirementIndex, Section, Template, Transition};

mod pay;
mod ready;
mod roads;

pub use pay::*;
pub use ready::*;
pub use roads::*;

/// The facts of one section in the document's order.
pub fn facts_of(document: &Document, section: Section) -> Vec<&Fact> {
    document.facts.iter().filter(|fact| fact.section == section).collect()
}

/// Keys of the sources that give more than one of these facts for the same time: each contradicts itself, where the facts
/// are figures for one and the same thing.
pub fn contradicts_itself<'a>(facts: &[&'a Fact]) -> Vec<&'a str> {
    let mut said: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for fact in facts {
        for source in &fact.sources {
            *said.entry((source, fact.period.as_deref())).or_default() += 1;
        }
    }
    let mut twice: Vec<&str> = said.into_iter().filter(|(_, times)| *times > 1).map(|((source, _), _)| source).collect();
    twice.dedup();
    twice
}

/// A role that can be followed: what a transition is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
}

/// The role that a transition leads to, where it is on offer: by its id, else by its name or an alias. A role does not lead
/// to itself.
pub fn leads_to<'a>(transition: &Transition, from: &str, offered: &'a [Offered]) -> Option<&'a Offered> {
    let others = || offered.iter().filter(|role| role.id != from);
    let by_id = transition.role.as_ref().and_then(|id| others().find(|role| role.id == *id));
    by_id.or_else(|| {
        let wanted = fold(&transition.to);
        others().find(|role| fold(&role.name) == wanted || role.aliases.iter().any(|alias| fold(alias) == wanted))
    })
}

/// Where several requirements stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// Basis points, weighted as the template weighs them.
    pub claimed_share: u32,
    pub proven_share: u32,
    pub state: State,
}

/// Sums up requirements of one template; none where there is none. *Proven* and *claimed*: all of them are. *Locked*: all
/// are. *Open*: nothing is begun. *Doing*: else.
pub fn together(template: &Template, standings: &[RequirementStanding], requirements: &[RequirementIndex]) -> Option<Together> {
    let of: Vec<(u64, &RequirementStanding)> = requirements
        .iter()
        .filter_map(|&index| Some((u64::from(template.requirements.get(index)?.weight), standings.get(index)?)))
        .collect();
    let weight: u64 = of.iter().map(|(weight, _)| weight).sum();
    if weight == 0 {
        return None;
    }
    let mean = |share: fn(&RequirementStanding) -> u32| {
        let sum: u64 = of.iter().map(|(weight, standing)| weight * u64::from(share(standing))).sum();
        u32::try_from(sum / weight).unwrap_or(u32::MAX)
    };
    let all = |wanted: &[State]| of.iter().all(|(_, standing)| wanted.contains(&standing.state));
    let state = if all(&[State::Proven]) {
        State::Proven
    } else if all(&[State::Proven, State::Claimed]) {
        State::Claimed
    } else if all(&[State::Locked]) {
        State::Locked
    } else if all(&[State::Locked, State::Open]) {
        State::Open
    } else {
        State::Doing
    };
    Some(Together { claimed_share: mean(|standing| standing.claimed_share), proven_share: mean(|standing| standing.proven_share), state })
}

#[cfg(test)]
mod tests;
