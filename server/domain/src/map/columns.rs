//! Which levels share a band, and how many slots each band has.

use crate::map::cells::{self, Cell};
use crate::map::{BANDS_AT, BandKind, MARGIN, MapInput, SLOT, WIDTH};
use crate::template::LevelIndex;

/// Bands beside the last one, which has pills only.
const MOST_BANDS: usize = 4;
/// What lies beyond the target is looked at, not worked on; where many bands share the picture, it gets one slot.
const SLOTS_BEYOND: usize = 2;

pub(super) struct Plan {
    pub bands: Vec<BandPlan>,
    /// A row an area, a cell a band.
    pub cells: Vec<Vec<Cell>>,
    pub depths: Vec<usize>,
}

pub(super) struct BandPlan {
    pub kind: BandKind,
    pub first: LevelIndex,
    pub last: LevelIndex,
    pub slots: usize,
}

impl BandPlan {
    pub fn width(&self) -> i32 {
        match self.kind {
            BandKind::Further => SLOT,
            _ => units(self.slots) * SLOT + MARGIN,
        }
    }
}

/// A count as a number of units. Counts here are small: a template has 600 requirements at most.
pub(super) fn units(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

pub(super) fn plan(input: &MapInput<'_>) -> Plan {
    let mut bands = bands(input);
    let depths = cells::depths(input);
    let cells: Vec<Vec<Cell>> = input
        .template
        .areas()
        .map(|area| bands.iter().map(|band| Cell::new(input, area, band.kind, band.first..=band.last)).collect())
        .collect();
    share_slots(input, &mut bands, &cells, &depths);
    Plan { bands, cells, depths }
}

/// A band for each level up to the one after the target. Where that is too many, the first levels share one.
fn bands(input: &MapInput<'_>) -> Vec<BandPlan> {
    let levels = input.template.document.levels.len();
    let beyond = input.target + 1;
    let most_within = if beyond < levels { MOST_BANDS - 1 } else { MOST_BANDS };
    let merged = beyond.saturating_sub(most_within);
    let band = |kind, first, last| BandPlan { kind, first, last, slots: 0 };
    let mut bands = vec![band(BandKind::Within, 0, merged)];
    bands.extend((merged + 1..beyond).map(|level| band(BandKind::Within, level, level)));
    if beyond < levels {
        bands.push(band(BandKind::Beyond, beyond, beyond));
    }
    if beyond + 1 < levels {
        bands.push(band(BandKind::Further, beyond + 1, levels - 1));
    }
    bands
}

/// The picture has so many slots side by side. Bands up to the target share them so that the picture is as low as it can
/// be, and among those ways evenly.
fn share_slots(input: &MapInput<'_>, bands: &mut [BandPlan], cells: &[Vec<Cell>], depths: &[usize]) {
    let margins: i32 = bands.iter().map(|band| if band.kind == BandKind::Further { SLOT } else { MARGIN }).sum();
    let within = bands.iter().filter(|band| band.kind == BandKind::Within).count();
    let mut left = usize::try_from((WIDTH - BANDS_AT - margins) / SLOT).unwrap_or(0);
    if let Some(at) = bands.iter().position(|band| band.kind == BandKind::Beyond) {
        let widest = cells.iter().map(|lane| lane[at].requirements.len()).max().unwrap_or(0);
        bands[at].slots = widest.clamp(1, if within > 2 { 1 } else { SLOTS_BEYOND });
        left -= bands[at].slots;
    }
    // A group needs a station and a pill side by side.
    let fewest: Vec<usize> = (0..within).map(|at| if cells.iter().any(|lane| lane[at].has_choice(input)) { 2 } else { 1 }).collect();
    // How many rows each cell takes, by lane, band and number of slots.
    let rows_of = |at: usize, cell: &Cell| -> Vec<usize> {
        let rows = |slots| if slots < fewest[at] { 0 } else { cell.rows(input, depths, slots).len() };
        (0..=left).map(rows).collect()
    };
    let rows: Vec<Vec<Vec<usize>>> = cells.iter().map(|lane| (0..within).map(|at| rows_of(at, &lane[at])).collect()).collect();
    let height = |slots: &[usize]| -> usize {
        rows.iter().map(|lane| lane.iter().zip(slots).map(|(cell, &slots)| cell[slots]).max().unwrap_or(0).max(1)).sum()
    };
    let unevenness = |slots: &[usize]| -> usize { slots.iter().map(|slots| slots * slots).sum() };
    let mut ways = Vec::new();
    split(left, &fewest, &mut Vec::new(), &mut ways);
    if let Some(best) = ways.iter().min_by_key(|slots| (height(slots), unevenness(slots))) {
        bands.iter_mut().zip(best).for_each(|(band, &slots)| band.slots = slots);
    }
}

/// All ways to split `left` slots into parts, each with its fewest.
fn split(left: usize, fewest: &[usize], so_far: &mut Vec<usize>, ways: &mut Vec<Vec<usize>>) {
    let [own, others @ ..] = fewest else { return };
    if others.is_empty() {
        ways.push(so_far.iter().copied().chain([left]).collect());
        return;
    }
    for slots in *own..=left.saturating_sub(others.iter().sum()) {
        so_far.push(slots);
        split(left - slots, others, so_far, ways);
        so_far.pop();
    }
}
