//! Coordinates: bands, lanes and their rows, stations and pills, boxes of groups, trails.

use std::collections::BTreeMap;

use crate::map::cells::{Item, Rows, Run};
use crate::map::columns::{BandPlan, Plan, units};
use crate::map::labels::{label, lane_label};
use crate::map::{
    BANDS_AT, Band, BandKind, GroupBox, HEAD, LABEL, LANE_LABEL, Lane, Map, MapInput, Pill, PillKind, SLOT, Spot, SpotKind, Station, Sums,
    Trail, TrailKind,
};
use crate::path::State;
use crate::template::{GroupIndex, RequirementIndex};

/// From a row's upper edge to the middle of its stations: bare, with a group's title, with the pin of *here*, and with that
/// pin inside of a group.
const ABOVE: i32 = 28;
const ABOVE_BOX: i32 = 34;
const ABOVE_PIN: i32 = 48;
const ABOVE_BOXED_PIN: i32 = 62;
/// From the middle of the stations to the row's lower edge with labels of one line and of two; what boxes of groups add.
const BELOW: i32 = 36;
const BELOW_TWO: i32 = 49;
const BOX_GAP: i32 = 5;
/// From the middle of its stations to a box's upper edge, without and with the pin.
const BOX_UP: i32 = 20;
const BOX_UP_PIN: i32 = 48;
/// From a band's edge to its first slot.
const INSET: i32 = 8;
/// A group's box reaches so far from the middle of its first and last station.
const BOX: i32 = 39;
/// From a box's left edge to its title.
const TITLE: i32 = 12;

pub(super) fn place(input: &MapInput<'_>, plan: &Plan) -> Map {
    let bands = bands(input, plan);
    let width = bands.last().map_or(BANDS_AT, |band| band.x + band.width);
    let target_x = bands.iter().filter(|band| band.kind == BandKind::Within).map(|band| band.x + band.width).max().unwrap_or(width);
    let mut map = Map {
        width,
        height: HEAD,
        bands,
        lanes: Vec::new(),
        spots: Vec::new(),
        groups: Vec::new(),
        trails: Vec::new(),
        quiet: Vec::new(),
        target_x,
    };
    for (area, cells) in input.template.areas().zip(&plan.cells) {
        let within = |at: &usize| plan.bands[*at].kind == BandKind::Within;
        let mut rows: BTreeMap<usize, Rows> =
            (0..cells.len()).filter(within).map(|at| (at, cells[at].rows(input, &plan.depths, plan.bands[at].slots))).collect();
        let most = rows.values().map(Vec::len).max().unwrap_or(0).max(1);
        if let Some(at) = plan.bands.iter().position(|band| band.kind == BandKind::Beyond) {
            rows.insert(at, cells[at].rows_at_most(input, &plan.depths, plan.bands[at].slots, most));
        }
        if let Some(at) = plan.bands.iter().position(|band| band.kind == BandKind::Further)
            && !cells[at].requirements.is_empty()
        {
            rows.insert(at, further(&cells[at].requirements));
        }
        lane(input, &mut map, area, &rows, most);
    }
    map.height += INSET;
    map
}

fn bands(input: &MapInput<'_>, plan: &Plan) -> Vec<Band> {
    let mut x = BANDS_AT;
    let band = |band: &BandPlan| {
        let levels = band.first..=band.last;
        let rows = input.rows.iter().filter(|row| levels.contains(&input.template.requirements[row.requirement].level));
        let placed = Band { kind: band.kind, first: band.first, last: band.last, x, width: band.width(), sums: Sums::of(rows) };
        x += placed.width;
        placed
    };
    plan.bands.iter().map(band).collect()
}

fn further(requirements: &[RequirementIndex]) -> Rows {
    vec![vec![(0, Run::single(Item::Pill(PillKind::Further, requirements.to_vec())))]]
}

/// Appends a lane of so many rows: first where everything stands from left to right, then how high its rows have to be.
fn lane(input: &MapInput<'_>, map: &mut Map, area: GroupIndex, cells: &BTreeMap<usize, Rows>, count: usize) {
    let (lane, first_spot, y) = (map.lanes.len(), map.spots.len(), map.height);
    let mut boxes: Vec<(usize, GroupBox)> = Vec::new();
    for (&band, rows) in cells {
        let left = map.bands[band].x + if map.bands[band].kind == BandKind::Further { 0 } else { INSET };
        for (row, runs) in rows.iter().enumerate() {
            for (slot, run) in runs {
                let middle = |slot: usize| left + units(slot) * SLOT + SLOT / 2;
                let items = run.items.iter().enumerate();
                map.spots.extend(items.map(|(at, item)| spot(input, item, run.group, (lane, band, row), middle(slot + at))));
                if let Some(group) = run.group {
                    boxes.push((row, group_box(input, group, lane, middle(*slot), middle(slot + run.items.len() - 1))));
                }
            }
        }
    }
    let mut middles = Vec::with_capacity(count);
    for row in 0..count {
        let spots = || map.spots[first_spot..].iter().filter(|spot| spot.row == row);
        let two_lines = spots().any(|spot| spot.label.len() > 1);
        let pin = spots().find(|spot| spot.is_here()).map(|spot| (spot.x, spot.group.is_some()));
        let has_boxes = boxes.iter().any(|(of, _)| *of == row);
        let above = match pin {
            Some((_, true)) => ABOVE_BOXED_PIN,
            Some((_, false)) => ABOVE_PIN,
            None if has_boxes => ABOVE_BOX,
            None => ABOVE,
        };
        let middle = map.height + above;
        map.height = middle + if two_lines { BELOW_TWO } else { BELOW } + if has_boxes { BOX_GAP } else { 0 };
        middles.push(middle);
        for (_, around) in boxes.iter_mut().filter(|(of, _)| *of == row) {
            let holds_pin = pin.is_some_and(|(x, boxed)| boxed && (around.x..around.x + around.width).contains(&x));
            around.y = middle - if holds_pin { BOX_UP_PIN } else { BOX_UP };
            around.height = middle + if two_lines { BELOW_TWO } else { BELOW } - around.y;
            around.title_y = around.y + 4;
        }
    }
    map.spots[first_spot..].iter_mut().for_each(|spot| spot.y = middles[spot.row]);
    map.groups.extend(boxes.into_iter().map(|(_, around)| around));
    trails(input, map, lane, first_spot, &middles);
    let sums = Sums::of(input.rows.iter().filter(|row| input.template.requirements[row.requirement].area == area));
    let label = lane_label(&input.template.groups[area].name, LANE_LABEL);
    map.lanes.push(Lane { area, y, height: map.height - y, rows: middles, label, sums });
}

fn spot(input: &MapInput<'_>, item: &Item, group: Option<GroupIndex>, (lane, band, row): (usize, usize, usize), x: i32) -> Spot {
    let (label, kind) = match item {
        Item::Station(requirement) => {
            let here = input.here == Some(*requirement);
            let station = Station { requirement: *requirement, here, needs: Vec::new(), unlocks: Vec::new() };
            (label(&input.template.requirements[*requirement].short, here, LABEL), SpotKind::Station(station))
        }
        Item::Pill(kind, requirements) => {
            let label = match kind {
                PillKind::Whole(group) => label(&input.template.groups[*group].name, false, LABEL),
                PillKind::More(_) | PillKind::Rest | PillKind::Further => Vec::new(),
            };
            (label, SpotKind::Pill(Pill { kind: *kind, requirements: requirements.clone() }))
        }
    };
    Spot { lane, band, row, x, y: 0, label, group, kind }
}

/// From its first station to its last; the row says later how high it stands.
fn group_box(input: &MapInput<'_>, group: GroupIndex, lane: usize, first: i32, last: i32) -> GroupBox {
    let node = &input.template.groups[group];
    let need = node.need.unwrap_or(1);
    let whole = node.members.iter().filter(|&&member| input.rows[member].standing.claimed_share == 10_000).count();
    let (x, width) = (first - BOX, last - first + 2 * BOX);
    let met = whole >= usize::try_from(need).unwrap_or(usize::MAX);
    let (title_x, title_room) = (x + TITLE, width - TITLE - 6);
    GroupBox { group, lane, x, y: 0, width, height: 0, title_x, title_y: 0, title_room, need, of: node.members.len(), met }
}

/// The lane's line through its first row, and a siding in each band for each further row.
fn trails(input: &MapInput<'_>, map: &mut Map, lane: usize, first_spot: usize, middles: &[i32]) {
    let spots = &map.spots[first_spot..];
    let mut trails = Vec::new();
    let mut add = |kind, from, to| trails.push(Trail { kind, lane, from, to });
    let start = |band: usize| map.bands[band].x + INSET - 1;
    for (row, &y) in middles.iter().enumerate() {
        if row == 0 {
            let pill = spots.iter().find(|spot| map.bands[spot.band].kind == BandKind::Further).map(|spot| spot.x);
            add(TrailKind::Base, (start(0), y), (pill.unwrap_or(map.width - 2 * INSET), y));
            stretches(input, spots.iter().filter(|spot| spot.row == 0), start(0), &mut |kind, from, to| add(kind, (from, y), (to, y)));
            continue;
        }
        for band in 0..map.bands.len() {
            let inside = || spots.iter().filter(move |spot| spot.row == row && spot.band == band);
            let Some(last) = inside().next_back() else { continue };
            add(TrailKind::Base, (start(band), middles[row - 1]), (start(band), y));
            add(TrailKind::Base, (start(band), y), (last.x, y));
            stretches(input, inside(), start(band), &mut |kind, from, to| add(kind, (from, y), (to, y)));
        }
    }
    map.trails.append(&mut trails);
}

/// From station to station: as proven or claimed as the less sure of both ends.
fn stretches<'a>(input: &MapInput<'_>, spots: impl Iterator<Item = &'a Spot>, start: i32, add: &mut impl FnMut(TrailKind, i32, i32)) {
    let (mut before, mut from) = (TrailKind::Proven, start);
    for spot in spots {
        let SpotKind::Station(station) = &spot.kind else { continue };
        let here = match input.rows[station.requirement].standing.state {
            State::Proven => TrailKind::Proven,
            State::Claimed => TrailKind::Claimed,
            State::Open | State::Locked | State::Doing | State::Expired => TrailKind::Base,
        };
        let kind = before.min(here);
        if kind != TrailKind::Base {
            add(kind, from, spot.x);
        }
        (before, from) = (here, spot.x);
    }
}

impl Spot {
    pub fn is_here(&self) -> bool {
        matches!(&self.kind, SpotKind::Station(station) if station.here)
    }
}
