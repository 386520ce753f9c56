//! Summaries for a sponsor: behind a link, of one learner or of a cohort, and of nobody who did not consent.

use crate::account::CleanName;
use crate::cohort::suppress::{BANDS, FEWEST, Told, Trait, band};
use crate::cohort::{BoardRow, Cell, Measure, Pace, median};
use crate::enrolment::MAX_LINK_DAYS;
use crate::ledger::{FieldError, Wrong};
use crate::subject::words;
use crate::time::Instant;

/// What a lead says of a new link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryWish {
    /// Whom it is for, as the learners read it.
    pub label: String,
    /// Absent: the default.
    pub days: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryTerms {
    pub label: CleanName,
    pub expires_at: Instant,
}

pub const DEFAULT_SUMMARY_DAYS: u32 = 90;

/// Checks a wish: a label like a name, and as many days as links hold at most.
pub fn check_summary(wish: &SummaryWish, now: Instant) -> Result<SummaryTerms, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let label = CleanName::parse(&wish.label).map_err(|bad| wrong.add("label", bad.code()));
    let days = wish.days.unwrap_or(DEFAULT_SUMMARY_DAYS);
    if !(1..=MAX_LINK_DAYS).contains(&days) {
        wrong.add("days", "out_of_range");
    }
    match label {
        Ok(label) if wrong.0.is_empty() => Ok(SummaryTerms { label, expires_at: now.plus_seconds(i64::from(days) * 86_400) }),
        _ => Err(wrong.0),
    }
}

/// Whether a link still opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SummaryState {
    Open,
    Expired,
    Revoked,
}

words!(SummaryState { Open = "open", Expired = "expired", Revoked = "revoked" });

/// The state of a link at `now`. What a lead took back stays so.
pub fn summary_state(revoked: bool, expires_at: Instant, now: Instant) -> SummaryState {
    if revoked {
        SummaryState::Revoked
    } else if expires_at <= now {
        SummaryState::Expired
    } else {
        SummaryState::Open
    }
}

/// What is told of some learners of a cohort together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    pub learners: usize,
    /// Medians in basis points.
    pub claimed: u32,
    pub proven: u32,
    /// Medians of each area in per cent, in the board's order; none where it is not asked of five of them.
    pub areas: Vec<Option<Cell>>,
    /// By what the school measures with.
    pub readiness: Told,
    pub pace: Told,
}

/// Nothing of fewer than five. Who follows no role of the cohort is not among them.
pub fn together(rows: &[&BoardRow], columns: usize, measure: Measure) -> Option<Together> {
    let rows: Vec<(&BoardRow, (u32, u32))> = rows.iter().filter_map(|row| Some((*row, row.ready?))).collect();
    let area = |place: usize| {
        let cells = || rows.iter().filter_map(move |(row, _)| row.areas.get(place).copied().flatten());
        Some(Cell { claimed: of_five(cells().map(|cell| cell.claimed))?, proven: of_five(cells().map(|cell| cell.proven))? })
    };
    let measured = |(claimed, proven): (u32, u32)| if measure == Measure::Proven { proven } else { claimed };
    let bands = rows.iter().map(|&(_, ready)| band(measured(ready))).collect();
    let paces = rows.iter().map(|(row, _)| Pace::ALL.iter().position(|pace| *pace == row.why.pace()).unwrap_or_default()).collect();
    Some(Together {
        learners: rows.len(),
        claimed: of_five(rows.iter().map(|(_, (claimed, _))| *claimed))?,
        proven: of_five(rows.iter().map(|(_, (_, proven))| *proven))?,
        areas: (0..columns).map(area).collect(),
        readiness: Told::new(Trait { id: "readiness".to_owned(), kinds: BANDS.to_vec(), of: bands })?,
        pace: Told::new(Trait { id: "pace".to_owned(), kinds: Pace::ALL.iter().map(|pace| pace.word()).collect(), of: paces })?,
    })
}

/// The median of five at least.
fn of_five(values: impl Iterator<Item = u32>) -> Option<u32> {
    let values: Vec<u32> = values.collect();
    if values.len() < FEWEST { None } else { median(values) }
}

#[cfg(test)]
mod tests;
