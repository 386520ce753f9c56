//! Groups of any N: who holds the points.

use std::cmp::Reverse;

use crate::{Requirement, ScoreInput, truth};

/// True for a member of an any-N group that the learner chose.
pub fn chosen(requirement: &Requirement) -> bool {
    truth(&requirement.attributes, "chosen") == Some(true)
}

/// What each requirement can bring when the slots of any-N groups go to the members with the most of `shares` (basis
/// points a requirement, as the rule sees them).
///
/// The host hands out slots by its own shares. A rule that values evidence otherwise has to hand them out anew, or more
/// evidence could lower a readiness: what was best to the host may not be best to the rule. As at the host, chosen members
/// hold slots first, then those with the largest share (ties by id), and larger shares get larger slots. All of them still
/// sum to 10 000.
pub fn slots(input: &ScoreInput, shares: &[u32]) -> Vec<u32> {
    let mut possible: Vec<u32> = input.requirements.iter().map(|requirement| requirement.possible).collect();
    let rank = |index: usize| (Reverse(shares.get(index).copied().unwrap_or(0)), &input.requirements[index].id, index);
    for (group, need) in input.groups.iter().enumerate().filter_map(|(index, group)| Some((index, group.need?))) {
        let mut members: Vec<usize> =
            (0..input.requirements.len()).filter(|&index| input.requirements[index].group as usize == group).collect();
        let mut sizes: Vec<u32> = members.iter().map(|&index| possible[index]).collect();
        sizes.sort_unstable_by_key(|&size| Reverse(size));
        members.sort_by_key(|&index| (!chosen(&input.requirements[index]), rank(index)));
        let holders = members.len().min(need as usize);
        members[..holders].sort_by_key(|&index| rank(index));
        for (member, size) in members.into_iter().zip(sizes) {
            possible[member] = size;
        }
    }
    possible
}
