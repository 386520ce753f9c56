//! From evidence to the share of a requirement.

use crate::{Evidence, FULL, ScoreInput};

/// How much of a requirement is there, and because of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combined {
    /// Basis points of the requirement.
    pub share: u32,
    /// Indexes of the rows that it comes from, sorted.
    pub evidence: Vec<u32>,
}

/// The share of one requirement: that of its best row; for a project the mean of the best row for each criterion,
/// weighted and rounded down. `worth` says in basis points what a row is worth to the rule, usually `row.share` or less.
///
/// More rows never lower it as long as `worth` looks at nothing but the row and the day. Which rows are cited does not
/// depend on their order.
pub fn combined(input: &ScoreInput, requirement: usize, rows: &[u32], worth: impl Fn(&Evidence) -> u32) -> Combined {
    let criteria = &input.requirements[requirement].criteria;
    let valued = rows
        .iter()
        .filter_map(|&index| input.evidence.get(index as usize).map(|row| (worth(row).min(FULL), index, row)))
        .filter(|(worth, ..)| *worth > 0);
    if criteria.is_empty() {
        let best = valued.max_by(better);
        return best
            .map_or(Combined { share: 0, evidence: Vec::new() }, |(worth, index, _)| Combined { share: worth, evidence: vec![index] });
    }
    let valued: Vec<(u32, u32, &Evidence)> = valued.collect();
    let (mut sum, mut weights) = (0, 0);
    let mut evidence = Vec::new();
    for (criterion, weight) in criteria.iter().map(|criterion| u64::from(criterion.weight)).enumerate() {
        weights += weight;
        let shows = |row: &Evidence| row.criteria.is_empty() || row.criteria.contains(&(criterion as u32));
        if let Some((worth, index, _)) = valued.iter().filter(|(.., row)| shows(row)).max_by(|a, b| better(a, b)) {
            sum += u64::from(*worth) * weight;
            evidence.push(*index);
        }
    }
    evidence.sort_unstable();
    evidence.dedup();
    Combined { share: sum.checked_div(weights).unwrap_or(0) as u32, evidence }
}

/// By worth, then by what else the rows say, so that only equal rows are left to their order.
fn better(a: &(u32, u32, &Evidence), b: &(u32, u32, &Evidence)) -> std::cmp::Ordering {
    let key = |(worth, _, row): &(u32, u32, &Evidence)| (*worth, row.trust as u8, row.on, row.share);
    key(a).cmp(&key(b)).then_with(|| a.2.criteria.cmp(&b.2.criteria)).then_with(|| b.1.cmp(&a.1))
}
