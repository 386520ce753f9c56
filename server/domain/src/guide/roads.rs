//! Where a role leads, as a small picture: the role on the left, a road to each other role. Whole numbers, and nothing but
//! the transitions decides where a thing lies.

use crate::template::{Direction, Transition};

/// Width of the picture; a page scales it.
pub const WIDTH: u32 = 340;
/// Where the names begin.
pub const NAMES: u32 = 152;
const ROW: u32 = 25;
const GAP: u32 = 14;
/// Room for a group's own name.
const HEAD: u32 = 22;

/// The picture's geometry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roads {
    pub height: u32,
    /// Middle of the role that all roads begin at.
    pub home: u32,
    pub groups: Vec<RoadGroup>,
}

/// Roads in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadGroup {
    pub direction: Direction,
    /// Base line of its name.
    pub head: u32,
    pub stops: Vec<Stop>,
}

/// The end of a road.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Index into the document's transitions.
    pub transition: usize,
    pub y: u32,
    /// The road, as the data of an SVG path.
    pub road: String,
}

/// Lays out the transitions: upwards first, then sideways, then related ones. None where there is none.
pub fn roads(transitions: &[Transition]) -> Option<Roads> {
    let mut y = 0;
    let mut groups = Vec::new();
    for direction in [Direction::Up, Direction::Sideways, Direction::Related] {
        let of: Vec<usize> = (0..transitions.len()).filter(|&index| transitions[index].direction == direction).collect();
        if of.is_empty() {
            continue;
        }
        y += if groups.is_empty() { 0 } else { GAP };
        let head = y + 14;
        y += HEAD;
        let stops: Vec<(usize, u32)> = of
            .into_iter()
            .map(|transition| {
                y += ROW;
                (transition, y - ROW / 2)
            })
            .collect();
        groups.push((direction, head, stops));
    }
    if groups.is_empty() {
        return None;
    }
    // Beside the first group that is not upwards: what leads up lies above.
    let sideways = groups.iter().find(|(direction, ..)| *direction != Direction::Up);
    let home = sideways.and_then(|(_, _, stops)| stops.first()).map_or(y / 2, |(_, first)| *first);
    let groups = groups
        .into_iter()
        .map(|(direction, head, stops)| RoadGroup {
            direction,
            head,
            stops: stops.into_iter().map(|(transition, y)| Stop { transition, y, road: road(home, y) }).collect(),
        })
        .collect();
    Some(Roads { height: y + 6, home, groups })
}

/// From the role's right edge to the stop's circle.
fn road(home: u32, stop: u32) -> String {
    let (from, to) = (92, NAMES - 16);
    let middle = u32::midpoint(from, to);
    format!("M{from} {home}C{middle} {home} {middle} {stop} {to} {stop}")
}
