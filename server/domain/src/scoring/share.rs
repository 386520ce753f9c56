//! What evidence makes of a requirement, and who holds the slots of an any-N group.

use std::cmp::Reverse;

use crate::points::BasisPoints;
use crate::scoring::{InputRequirement, RequirementKind, ScoreInput, slots};

/// The best that the evidence makes of one requirement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Best {
    /// Basis points of the requirement: the best row's share; for a project the mean of its criteria's best shares by
    /// their weights, rounded down.
    pub share: u32,
    /// Indexes of the evidence that makes it, ascending: the first of the best rows; for a project the first of the best
    /// for each criterion.
    pub rows: Vec<u32>,
    /// Criteria that have some evidence, for a project.
    pub criteria_met: u32,
}

/// The best of every requirement, in the input's order. A project's row without criteria shows all of them; criteria of
/// other kinds mean nothing. Shares above the whole count as the whole. Rows of requirements that do not exist are
/// passed over.
pub fn best(input: &ScoreInput) -> Vec<Best> {
    let offers = Offers::of(input);
    (0..input.requirements.len())
        .map(|i| {
            let shown = || offers.places(i).iter().filter(|(share, _)| *share > 0);
            let mut rows: Vec<u32> = shown().map(|&(_, row)| row).collect();
            rows.sort_unstable();
            rows.dedup();
            let criteria_met = if is_project(&input.requirements[i]) { shown().count() as u32 } else { 0 };
            Best { share: offers.share(i), rows, criteria_met }
        })
        .collect()
}

fn is_project(requirement: &InputRequirement) -> bool {
    requirement.kind == RequirementKind::Project && !requirement.criteria.is_empty()
}

/// The best share that is offered for each requirement, or for each criterion of a project.
struct Offers<'a> {
    input: &'a ScoreInput,
    /// Where the places of each requirement begin, and at the end how many there are.
    starts: Vec<usize>,
    /// Share and row; a share of 0 is nothing.
    places: Vec<(u32, u32)>,
}

impl<'a> Offers<'a> {
    fn of(input: &'a ScoreInput) -> Self {
        let mut starts = Vec::with_capacity(input.requirements.len() + 1);
        let mut count = 0;
        for requirement in &input.requirements {
            starts.push(count);
            count += if is_project(requirement) { requirement.criteria.len() } else { 1 };
        }
        starts.push(count);
        let mut places: Vec<(u32, u32)> = vec![(0, 0); count];
        for (row, evidence) in input.evidence.iter().enumerate() {
            let i = evidence.requirement as usize;
            let Some(requirement) = input.requirements.get(i) else { continue };
            let own = &mut places[starts[i]..starts[i + 1]];
            let candidate = (evidence.share.min(10_000), row as u32);
            let offer = |place: &mut (u32, u32)| {
                if candidate.0 > place.0 {
                    *place = candidate;
                }
            };
            if evidence.criteria.is_empty() || !is_project(requirement) {
                own.iter_mut().for_each(offer);
            } else {
                evidence.criteria.iter().for_each(|&criterion| {
                    if let Some(place) = own.get_mut(criterion as usize) {
                        offer(place);
                    }
                });
            }
        }
        Self { input, starts, places }
    }

    fn places(&self, requirement: usize) -> &[(u32, u32)] {
        &self.places[self.starts[requirement]..self.starts[requirement + 1]]
    }

    fn share(&self, requirement: usize) -> u32 {
        let own = self.places(requirement);
        let asked = &self.input.requirements[requirement];
        if !is_project(asked) {
            return own.first().map_or(0, |place| place.0);
        }
        let weights = || asked.criteria.iter().map(|criterion| u64::from(criterion.weight));
        let earned: u64 = own.iter().zip(weights()).map(|(&(share, _), weight)| u64::from(share) * weight).sum();
        BasisPoints::clamped(earned.checked_div(weights().sum()).unwrap_or(0)).get()
    }
}

/// Finds the holders of every any-N group anew: recomputes `possible` of their members from the groups' points and the
/// evidence, as the host does for each input. Everything else stays as it is.
///
/// A group's points are split into as many slots as it needs, largest first. The chosen members hold them, at most as
/// many as there are slots, the best by [`best`] (ties by id); slots that are left go to the best of the others. The
/// holders in order of their shares (ties by id) get the slots in order of their size. All other members get nothing.
pub fn reapportion(input: &mut ScoreInput) {
    if input.groups.iter().all(|group| group.need.is_none()) {
        return;
    }
    let offers = Offers::of(input);
    let shares: Vec<u32> = (0..input.requirements.len()).map(|i| offers.share(i)).collect();
    for group in 0..input.groups.len() {
        let Some(need) = input.groups[group].need else { continue };
        let mut members: Vec<usize> = (0..shares.len()).filter(|&i| input.requirements[i].group as usize == group).collect();
        let need = need.min(members.len() as u32);
        let rank = |&i: &usize| (Reverse(shares[i]), &input.requirements[i].id, i);
        members.sort_by(|a, b| {
            let waits = |&i: &usize| !input.requirements[i].is_chosen();
            (waits(a), rank(a)).cmp(&(waits(b), rank(b)))
        });
        let mut holders = members[..need as usize].to_vec();
        holders.sort_by(|a, b| rank(a).cmp(&rank(b)));
        for i in members {
            input.requirements[i].possible = 0;
        }
        for (i, points) in holders.into_iter().zip(slots(input.groups[group].weight, need)) {
            input.requirements[i].possible = points;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::samples::{any_of, choose, evidence, project, requirement};
    use crate::scoring::{InputEvidence, InputGroup};

    #[test]
    fn the_first_of_the_best_rows_makes_the_share() {
        let input = ScoreInput {
            requirements: vec![requirement("a", 5_000), requirement("b", 5_000)],
            evidence: vec![evidence(0, 3_333), evidence(0, 6_666), evidence(0, 6_666), evidence(7, 10_000)],
            ..ScoreInput::default()
        };
        assert_eq!(best(&input), [Best { share: 6_666, rows: vec![1], criteria_met: 0 }, Best::default()]);
    }

    #[test]
    fn criteria_are_unioned_and_weighed() {
        let shows = |criteria: &[u32], share| InputEvidence { criteria: criteria.to_vec(), ..evidence(0, share) };
        let table: [(&[InputEvidence], u32, &[u32], u32); 6] = [
            (&[], 0, &[], 0),
            // two repositories that prove {0,1} and {1,2} of weights 1, 1, 1, 3 prove three of six parts
            (&[shows(&[0, 1], 10_000), shows(&[1, 2], 10_000)], 5_000, &[0, 1], 3),
            (&[shows(&[3], 10_000)], 5_000, &[0], 1),
            // the second is better for criterion 1 only
            (&[shows(&[0, 1], 3_000), shows(&[1], 9_000)], 2_000, &[0, 1], 2),
            (&[shows(&[0, 1], 10_000), shows(&[], 10_000)], 10_000, &[0, 1], 4),
            (&[shows(&[4, 9], 10_000)], 0, &[], 0),
        ];
        for (rows, share, cited, criteria_met) in table {
            let input = ScoreInput { requirements: vec![project("p", &[1, 1, 1, 3])], evidence: rows.to_vec(), ..ScoreInput::default() };
            assert_eq!(best(&input), [Best { share, rows: cited.to_vec(), criteria_met }], "{rows:?}");
        }
    }

    #[test]
    fn a_mean_is_rounded_down() {
        let one_of_three = InputEvidence { criteria: vec![0], ..evidence(0, 10_000) };
        let input = ScoreInput { requirements: vec![project("p", &[1, 1, 1])], evidence: vec![one_of_three], ..ScoreInput::default() };
        assert_eq!(best(&input)[0].share, 3_333);
    }

    fn holders(need: u32, chosen: &[&str], shares: [u32; 4]) -> [u32; 4] {
        let mut input = ScoreInput {
            groups: vec![InputGroup { weight: 10_001, ..any_of(need) }],
            requirements: ["d", "c", "b", "a"].map(|id| requirement(id, 77)).to_vec(),
            evidence: shares.iter().enumerate().map(|(i, &share)| evidence(i as u32, share)).collect(),
            ..ScoreInput::default()
        };
        for requirement in &mut input.requirements {
            if chosen.contains(&&*requirement.id) {
                choose(requirement);
            }
        }
        reapportion(&mut input);
        [0, 1, 2, 3].map(|i| input.requirements[i].possible)
    }

    #[test]
    fn slots_go_to_the_chosen_then_to_the_best_and_ties_go_by_id() {
        // members in the input's order: d, c, b, a
        type Row = (u32, &'static [&'static str], [u32; 4], [u32; 4]);
        let table: [Row; 8] = [
            (2, &[], [0, 0, 0, 0], [0, 0, 5_000, 5_001]),
            (2, &[], [100, 0, 0, 0], [5_001, 0, 0, 5_000]),
            (2, &[], [100, 300, 200, 0], [0, 5_001, 5_000, 0]),
            // the chosen one holds a slot without evidence, the larger slot goes to the larger share
            (2, &["d"], [0, 300, 200, 0], [5_000, 5_001, 0, 0]),
            (2, &["d", "c"], [0, 1, 200, 900], [5_000, 5_001, 0, 0]),
            // more chosen than slots: the best of them
            (1, &["d", "c"], [10, 20, 30, 0], [0, 10_001, 0, 0]),
            (1, &["d", "c"], [0, 0, 30, 0], [0, 10_001, 0, 0]),
            (9, &[], [0, 0, 0, 0], [2_500, 2_500, 2_500, 2_501]),
        ];
        for (need, chosen, shares, expected) in table {
            assert_eq!(holders(need, chosen, shares), expected, "any {need}, chosen {chosen:?}, shares {shares:?}");
        }
    }

    #[test]
    fn groups_of_all_are_left_alone() {
        let mut input = ScoreInput {
            groups: vec![InputGroup { parent: None, need: None, weight: 10_000, attributes: Vec::new() }],
            requirements: vec![requirement("a", 1), requirement("b", 2)],
            ..ScoreInput::default()
        };
        let before = input.clone();
        reapportion(&mut input);
        assert_eq!(input, before);
    }
}
