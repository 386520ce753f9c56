//! Prerequisites as curves between stations.

use std::collections::HashMap;

use crate::map::{Map, MapInput, SpotKind};
use crate::path::State;
use crate::template::RequirementIndex;

/// A cubic Bézier curve: begin, two handles, end.
pub type Curve = [(i32, i32); 4];

/// A curve between a station and another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    pub other: RequirementIndex,
    /// From the prerequisite to what it unlocks.
    pub curve: Curve,
}

/// Radius of a station where curves dock.
const DOCK: i32 = 11;
/// Height of an arc along a row, width of a bow along a column.
const ARC: i32 = 26;
const BOW: i32 = 46;

pub(super) fn connect(input: &MapInput<'_>, map: &mut Map) {
    let stations: HashMap<RequirementIndex, usize> = map
        .spots
        .iter()
        .enumerate()
        .filter_map(|(at, spot)| match &spot.kind {
            SpotKind::Station(station) => Some((station.requirement, at)),
            SpotKind::Pill(_) => None,
        })
        .collect();
    for at in 0..map.spots.len() {
        let SpotKind::Station(station) = &map.spots[at].kind else { continue };
        let requirement = station.requirement;
        let wanted = &input.template.requirements[requirement];
        let is_claimed = matches!(input.rows[requirement].standing.state, State::Claimed | State::Proven);
        for &before in &wanted.requires {
            let Some(&other) = stations.get(&before) else { continue };
            let (from, to) = (&map.spots[other], &map.spots[at]);
            let curve = curve((from.x, from.y), (to.x, to.y));
            if !is_claimed && wanted.level <= input.target && from.lane != to.lane {
                map.quiet.push(curve);
            }
            if let SpotKind::Station(station) = &mut map.spots[at].kind {
                station.needs.push(Relation { other: before, curve });
            }
            if let SpotKind::Station(station) = &mut map.spots[other].kind {
                station.unlocks.push(Relation { other: requirement, curve });
            }
        }
    }
}

/// An arc above a row, a bow beside a column, else a curve that leaves and arrives level.
fn curve((x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> Curve {
    if y1 == y2 {
        let lean = 8 * (x2 - x1).signum();
        return [(x1, y1 - DOCK), (x1 + lean, y1 - ARC), (x2 - lean, y2 - ARC), (x2, y2 - DOCK)];
    }
    if x1 == x2 {
        return [(x1 + DOCK, y1), (x1 + BOW, y1), (x2 + BOW, y2), (x2 + DOCK, y2)];
    }
    let side = (x2 - x1).signum();
    let reach = ((x2 - x1).abs() / 2).clamp(43, 90) * side;
    let (begin, end) = (x1 + DOCK * side, x2 - DOCK * side);
    [(begin, y1), (begin + reach, y1), (end - reach, y2), (end, y2)]
}
