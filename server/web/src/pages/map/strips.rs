//! The map for narrow windows: a strip an area, with the same links in the same order.

use domain::map::{BandKind, PillKind, SpotKind};
use domain::points::BasisPoints;
use domain::template::{LevelIndex, RequirementIndex};

use crate::pages::map::Say;
use crate::pages::marks::{glyph, state_words};

pub struct Strip {
    pub name: String,
    pub points: String,
    /// The area of *here*.
    pub open: bool,
    pub signs: Vec<Sign>,
    pub stops: Vec<Stop>,
}

/// One sign of a strip's head.
pub enum Sign {
    Glyph(&'static str),
    Pill(String),
    /// Here lies the target.
    Target,
}

pub enum Stop {
    Level(String),
    Station(StationStop),
    /// Members of an any-N group that are not drawn.
    Choice {
        words: String,
        stations: Vec<StationStop>,
    },
    /// What lies beyond the target.
    Later {
        words: String,
        href: String,
    },
}

pub struct StationStop {
    pub href: String,
    pub glyph: &'static str,
    pub name: String,
    pub state: String,
    /// Of the any-N group that it belongs to.
    pub group: Option<String>,
    pub here: bool,
}

pub fn of(say: &Say<'_>) -> Vec<Strip> {
    let has_here = say.map.spots.iter().any(domain::map::Spot::is_here);
    (0..say.map.lanes.len()).map(|lane| strip(say, lane, has_here)).collect()
}

fn strip(say: &Say<'_>, lane: usize, has_here: bool) -> Strip {
    let (w, map) = (say.w, say.map);
    let area = &map.lanes[lane];
    let spots: Vec<_> = map.spots.iter().filter(|spot| spot.lane == lane).collect();
    let mut strip = Strip {
        name: say.open.template.groups[area.area].name.clone(),
        points: {
            let percent = |part: u32| BasisPoints::ratio(u64::from(part), u64::from(area.sums.possible)).get() / 100;
            w.t2("map-strip-points", "claimed", percent(area.sums.claimed), "proven", percent(area.sums.proven))
        },
        open: spots.iter().any(|spot| spot.is_here()) || (!has_here && lane == 0),
        signs: Vec::new(),
        stops: Vec::new(),
    };
    let mut level = None;
    let mut is_beyond = false;
    for spot in spots {
        let kind = map.bands[spot.band].kind;
        if kind != BandKind::Within && !is_beyond {
            is_beyond = true;
            strip.signs.push(Sign::Target);
        }
        let first = match &spot.kind {
            SpotKind::Station(station) => station.requirement,
            SpotKind::Pill(pill) => pill.requirements[0],
        };
        let own = say.open.template.requirements[first].level;
        if level != Some(own) && kind != BandKind::Further {
            level = Some(own);
            strip.stops.push(Stop::Level(level_words(say, own)));
        }
        match &spot.kind {
            SpotKind::Station(station) => {
                strip.signs.push(Sign::Glyph(glyph_of(say, station.requirement)));
                strip.stops.push(Stop::Station(stop(say, station.requirement, station.here)));
            }
            SpotKind::Pill(pill) => {
                let count = pill.requirements.len();
                if kind != BandKind::Further {
                    strip.signs.push(Sign::Pill(w.t1("map-pill-more", "count", count)));
                }
                strip.stops.push(match pill.kind {
                    PillKind::More(_) | PillKind::Whole(_) => Stop::Choice {
                        words: w.t1("map-strip-choice", "count", count),
                        stations: pill.requirements.iter().map(|&member| stop(say, member, false)).collect(),
                    },
                    PillKind::Rest | PillKind::Further => {
                        Stop::Later { words: w.t1("map-strip-later", "count", count), href: say.pill_link(pill.kind, first) }
                    }
                });
            }
        }
    }
    if !is_beyond {
        strip.signs.push(Sign::Target);
    }
    strip
}

fn level_words(say: &Say<'_>, level: LevelIndex) -> String {
    let name = &say.open.template.document.levels[level].name;
    if level > say.open.target() { say.w.t1("map-strip-beyond", "level", name) } else { name.clone() }
}

fn glyph_of(say: &Say<'_>, requirement: RequirementIndex) -> &'static str {
    let standing = say.rows[requirement].standing;
    glyph(standing.state, standing.trust)
}

fn stop(say: &Say<'_>, requirement: RequirementIndex, here: bool) -> StationStop {
    let template = &say.open.template;
    let wanted = &template.requirements[requirement];
    let group = &template.groups[wanted.group];
    StationStop {
        href: say.link(requirement),
        glyph: glyph_of(say, requirement),
        name: wanted.name.clone(),
        state: state_words(say.w, say.rows[requirement].standing.state),
        group: group.need.map(|need| say.w.t2("map-group", "need", need, "of", group.members.len())),
        here,
    }
}
