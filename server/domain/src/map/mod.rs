//! The map of a role: a lane an area, a band a level, a station a requirement, laid out in whole numbers.
//!
//! Lanes and bands stay where they are from week to week, so progress is seen as the solid line that grows to the right.
//! The picture is a function of its input and of nothing else: no font is measured, so texts are estimated by the widest
//! common one and the drawing squeezes what might be wider ([`fit`]).

use std::collections::BTreeSet;

use crate::path::ListRow;
use crate::template::{GroupIndex, LevelIndex, RequirementIndex, Template};

mod cells;
mod columns;
mod curves;
mod labels;
mod place;

pub use curves::{Curve, Relation};
pub use labels::{Fitted, fit};

/// Widest picture. At the width of the pages' content a unit is about a pixel.
pub const WIDTH: i32 = 1_230;
/// Where bands begin: the labels of the lanes stand before.
pub const BANDS_AT: i32 = 150;
/// Above the bands flies the flag of the target.
pub const FLAG: i32 = 22;
/// Bottom of the bands' heads.
pub const HEAD: i32 = 94;
/// From station to station.
pub const SLOT: i32 = 86;
/// What a band has beside its slots.
pub const MARGIN: i32 = 16;
/// Widest line of a station's label.
pub const LABEL: i32 = 84;
/// Width of the pin that says "you are here". Its lower edge is 21 above the middle of its station.
pub const PIN: i32 = 92;
/// Widest line of a lane's label.
pub const LANE_LABEL: i32 = 136;

/// What a map is made of.
#[derive(Clone, Copy, Debug)]
pub struct MapInput<'a> {
    pub template: &'a Template,
    /// Every requirement of the template in its order, as [`crate::path::list_rows`] gives them.
    pub rows: &'a [ListRow],
    pub target: LevelIndex,
    /// Ids of the chosen members of any-N groups.
    pub chosen: &'a BTreeSet<String>,
    /// The requirement of the first next action.
    pub here: Option<RequirementIndex>,
}

/// Points in basis points of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub possible: u32,
    pub claimed: u32,
    pub proven: u32,
}

/// A picture `width` by `height`; everything lies inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    pub width: i32,
    pub height: i32,
    pub bands: Vec<Band>,
    /// One an area, in the template's order.
    pub lanes: Vec<Lane>,
    /// Stations and pills in reading order: lane by lane, band by band, row by row, left to right.
    pub spots: Vec<Spot>,
    pub groups: Vec<GroupBox>,
    pub trails: Vec<Trail>,
    /// Prerequisites that are drawn at rest: towards stations up to the target that are not claimed, from another lane.
    pub quiet: Vec<Curve>,
    /// Where the line of the target stands.
    pub target_x: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandKind {
    /// One level or several up to the target; the last of these bands ends at the target.
    Within,
    /// The level after the target.
    Beyond,
    /// All levels after that one: a pill a lane.
    Further,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub kind: BandKind,
    pub first: LevelIndex,
    pub last: LevelIndex,
    pub x: i32,
    pub width: i32,
    pub sums: Sums,
}

/// An area's strip of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub area: GroupIndex,
    pub y: i32,
    pub height: i32,
    /// Middle of each row of stations; the first bears the label.
    pub rows: Vec<i32>,
    /// One line or two.
    pub label: Vec<Fitted>,
    pub sums: Sums,
}

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Places in [`Map::lanes`] and [`Map::bands`].
    pub lane: usize,
    pub band: usize,
    pub row: usize,
    pub x: i32,
    pub y: i32,
    /// One line or two of at most [`LABEL`]; none for the pills of the last band.
    pub label: Vec<Fitted>,
    /// The any-N group whose box it stands in.
    pub group: Option<GroupIndex>,
    pub kind: SpotKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpotKind {
    Station(Station),
    Pill(Pill),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    pub requirement: RequirementIndex,
    /// "You are here".
    pub here: bool,
    /// Requirements before this one that are drawn.
    pub needs: Vec<Relation>,
    /// Those after it that are drawn.
    pub unlocks: Vec<Relation>,
}

/// Stands for requirements that are not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pill {
    pub kind: PillKind,
    /// At least one, in the template's order.
    pub requirements: Vec<RequirementIndex>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    /// More members of the any-N group beside it.
    More(GroupIndex),
    /// A whole any-N group that nobody has begun.
    Whole(GroupIndex),
    /// More requirements of the lane in this band, which lies beyond the target.
    Rest,
    /// The lane's requirements at all further levels.
    Further,
}

/// The bracket around drawn members of an any-N group. A group with members in several bands has a box in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupBox {
    pub group: GroupIndex,
    pub lane: usize,
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// Baseline of its title, which sits on the upper edge and has this room.
    pub title_x: i32,
    pub title_y: i32,
    pub title_room: i32,
    pub need: u32,
    pub of: usize,
    /// Members whose claim is whole are enough.
    pub met: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrailKind {
    /// The ground.
    Base,
    /// Both ends are claimed at least.
    Claimed,
    /// Both ends are proven. The lane's start counts as proven.
    Proven,
}

/// A straight stretch of a lane's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trail {
    pub kind: TrailKind,
    pub lane: usize,
    pub from: (i32, i32),
    pub to: (i32, i32),
}

/// Lays out the map. Every requirement up to the target is a station, or stands in a pill; every other one too.
pub fn draw(input: MapInput<'_>) -> Map {
    let plan = columns::plan(&input);
    let mut map = place::place(&input, &plan);
    curves::connect(&input, &mut map);
    map
}

impl Map {
    pub fn station(&self, requirement: RequirementIndex) -> Option<(&Spot, &Station)> {
        self.spots.iter().find_map(|spot| match &spot.kind {
            SpotKind::Station(station) if station.requirement == requirement => Some((spot, station)),
            _ => None,
        })
    }
}

impl Sums {
    fn of<'a>(rows: impl Iterator<Item = &'a ListRow>) -> Self {
        rows.fold(Self::default(), |sums, row| Self {
            possible: sums.possible + row.possible,
            claimed: sums.claimed + row.claimed,
            proven: sums.proven + row.proven,
        })
    }
}
