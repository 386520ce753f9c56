//! The receipts of a score as rows, in the orders that people ask for.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::scoring::{Receipt, Score};
use crate::subject::words;
use crate::template::{RequirementIndex, Template};

/// Orders of receipts; equal ones stay as in the role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptOrder {
    /// What would add most for an hour: the rule's next actions in their order, then missing points an hour, then what
    /// only proof is missing for.
    #[default]
    Rate,
    /// What would add most, to claimed and proven together.
    Gain,
    /// Missing points, most first.
    Missing,
    /// Possible points, most first.
    Weight,
    /// By name, in any case.
    Name,
    /// As in the role.
    Role,
}

words!(ReceiptOrder { Rate = "rate", Gain = "gain", Missing = "missing", Weight = "weight", Name = "name", Role = "role" });

/// Both receipts of one requirement. Basis points of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptRow<'a> {
    pub requirement: RequirementIndex,
    pub claimed: &'a Receipt,
    pub proven: &'a Receipt,
    /// Possible, and not claimed.
    pub missing: u32,
    /// Claimed, and not proven.
    pub to_prove: u32,
    /// Place among the next actions.
    pub rank: Option<usize>,
}

/// The receipts that bring or could bring points, in an order.
pub fn receipt_rows<'a>(template: &Template, score: &'a Score, order: ReceiptOrder) -> Vec<ReceiptRow<'a>> {
    let mut rows: Vec<ReceiptRow<'a>> = score
        .claimed
        .receipts
        .iter()
        .zip(&score.proven.receipts)
        .filter(|(claimed, proven)| claimed.possible > 0 || claimed.points > 0 || proven.points > 0)
        .filter_map(|(claimed, proven)| {
            let id = score.requirements.get(claimed.requirement as usize)?;
            Some(ReceiptRow {
                requirement: template.requirement(id)?,
                claimed,
                proven,
                missing: claimed.possible - claimed.points,
                to_prove: claimed.points.saturating_sub(proven.points),
                rank: score.claimed.next.iter().position(|next| next.requirement == claimed.requirement),
            })
        })
        .collect();
    let hours = |row: &ReceiptRow<'_>| u64::from(template.requirements[row.requirement].hours.max(1));
    match order {
        ReceiptOrder::Rate => rows.sort_by(|a, b| {
            let rank = |row: &ReceiptRow<'_>| row.rank.unwrap_or(usize::MAX);
            let rate = (u64::from(b.missing) * hours(a)).cmp(&(u64::from(a.missing) * hours(b)));
            rank(a).cmp(&rank(b)).then(rate).then(b.to_prove.cmp(&a.to_prove))
        }),
        ReceiptOrder::Gain => rows.sort_by_key(|row| Reverse(row.missing + row.to_prove)),
        ReceiptOrder::Missing => rows.sort_by_key(|row| Reverse(row.missing)),
        ReceiptOrder::Weight => rows.sort_by_key(|row| Reverse(row.claimed.possible)),
        ReceiptOrder::Name => rows.sort_by_cached_key(|row| template.requirements[row.requirement].name.to_lowercase()),
        ReceiptOrder::Role => {}
    }
    rows
}
