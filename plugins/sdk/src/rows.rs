//! Which evidence is whose.

use std::ops::Index;

use crate::ScoreInput;

/// The indexes of each requirement's evidence, in the input's order: `rows[requirement]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Where each requirement's begin; one more, where the last one's end.
    starts: Vec<u32>,
    indexes: Vec<u32>,
}

/// Sorts an input's evidence by what it is of. Rows of requirements that do not exist are left out.
pub fn rows(input: &ScoreInput) -> Rows {
    let count = input.requirements.len();
    let of = |requirement: u32| (requirement as usize) < count;
    // How many each has, shifted by one place; summed up, where each begins; filled in, where each ends, which is where
    // the one after it begins.
    let mut starts = vec![0; count + 2];
    for row in input.evidence.iter().filter(|row| of(row.requirement)) {
        starts[row.requirement as usize + 2] += 1;
    }
    for index in 2..starts.len() {
        starts[index] += starts[index - 1];
    }
    let mut indexes = vec![0; starts[count + 1] as usize];
    for (index, row) in input.evidence.iter().enumerate().filter(|(_, row)| of(row.requirement)) {
        let next = &mut starts[row.requirement as usize + 1];
        indexes[*next as usize] = index as u32;
        *next += 1;
    }
    starts.truncate(count + 1);
    Rows { starts, indexes }
}

impl Rows {
    /// The number of requirements.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// True where there are no requirements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each requirement's, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|requirement| &self[requirement])
    }
}

impl Index<usize> for Rows {
    type Output = [u32];

    fn index(&self, requirement: usize) -> &[u32] {
        &self.indexes[self.starts[requirement] as usize..self.starts[requirement + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Evidence, Kind, Requirement, Trust};

    #[test]
    fn every_row_stands_with_its_requirement_in_the_inputs_order() {
        let requirement = Requirement {
            id: String::new(),
            kind: Kind::Topic,
            group: 0,
            level: 0,
            step: 0,
            possible: 0,
            least_trust: Trust::Claimed,
            hours: 1,
            criteria: Vec::new(),
            requires: Vec::new(),
            attributes: Vec::new(),
        };
        let row =
            |requirement| Evidence { requirement, criteria: Vec::new(), share: 1, trust: Trust::Linked, on: 0, attributes: Vec::new() };
        let input = |count, of: &[u32]| ScoreInput {
            template: String::new(),
            revision: String::new(),
            today: 0,
            groups: Vec::new(),
            requirements: vec![requirement.clone(); count],
            evidence: of.iter().map(|&of| row(of)).collect(),
            settings: Vec::new(),
        };
        let found = rows(&input(4, &[3, 0, 9, 3, 1, u32::MAX, 3]));
        assert_eq!(found.iter().collect::<Vec<_>>(), [&[1][..], &[4], &[], &[0, 3, 6]]);
        assert_eq!((found.len(), found.is_empty()), (4, false));
        assert!(rows(&input(0, &[0])).is_empty());
    }
}
