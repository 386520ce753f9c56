//! The map of a role: laws of its layout, over generated roles of 10 to 400 requirements and the roles that ship.

#![allow(clippy::unwrap_used, reason = "a test")]

#[allow(dead_code, reason = "each test program uses a part")]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use domain::map::{HEAD, LABEL, Map, MapInput, PIN, Pill, PillKind, Spot, SpotKind, draw};
use domain::path::{ListRow, RequirementStanding, State};
use domain::subject::Trust;
use domain::template::{self, Template, catalogue, parse_catalogue_toml, parse_toml, validate};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A role with where its learner stands.
#[derive(Clone, Debug)]
struct Case {
    template: Template,
    rows: Vec<ListRow>,
    target: usize,
    chosen: BTreeSet<String>,
    here: Option<usize>,
}

impl Case {
    fn input(&self) -> MapInput<'_> {
        MapInput { template: &self.template, rows: &self.rows, target: self.target, chosen: &self.chosen, here: self.here }
    }
}

const NAMES: [&str; 10] = [
    "SQL",
    "Rate limiting",
    "System design basics",
    "Documentation",
    "Production-style",
    "WWWWWWWWWWWWWW MMMMMMMMMMMMMM",
    "Donaudampfschifffahrtsgesellschaft",
    "A name that is far longer than any two lines of fourteen characters could ever hold",
    "契約による設計と品質保証の基礎知識",
    "i",
];

/// Place of the group, level, name, requirements before it, state, trust, chosen.
type RequirementPlan = (usize, usize, usize, Vec<usize>, usize, usize, bool);

fn case() -> impl Strategy<Value = Case> {
    let requirement = (
        0..1_000_usize,
        0..1_000_usize,
        0..NAMES.len(),
        proptest::collection::vec(0..1_000_usize, 0..4),
        0..6_usize,
        0..5_usize,
        any::<bool>(),
    );
    let area = (0..NAMES.len(), proptest::collection::vec(1..9_u32, 0..4));
    (
        1..=9_usize,
        proptest::collection::vec(area, 1..=16),
        proptest::collection::vec(requirement, 10..=400),
        0..9_usize,
        proptest::option::weighted(0.8, 0..1_000_usize),
    )
        .prop_map(|(levels, areas, plans, target, here)| build(levels, &areas, &plans, target, here))
}

fn build(levels: usize, areas: &[(usize, Vec<u32>)], plans: &[RequirementPlan], target: usize, here: Option<usize>) -> Case {
    // Every area may hold requirements itself, and any-N groups.
    let mut places: Vec<(String, Option<u32>)> = Vec::new();
    for (a, (_, choices)) in areas.iter().enumerate() {
        places.push((format!("a{a}"), None));
        places.extend(choices.iter().enumerate().map(|(c, need)| (format!("a{a}-c{c}"), Some(*need))));
    }
    let mut levels_of: Vec<usize> = Vec::new();
    let mut members: BTreeMap<String, u32> = BTreeMap::new();
    let mut requirements: Vec<Value> = Vec::new();
    for (n, (place, level, name, before, ..)) in plans.iter().enumerate() {
        let (group, _) = &places[place % places.len()];
        let level = if n == 0 { 0 } else { level % levels };
        let requires: BTreeSet<String> =
            before.iter().map(|at| at % n.max(1)).filter(|&at| at < n && levels_of[at] <= level).map(|at| format!("r{at}")).collect();
        levels_of.push(level);
        *members.entry(group.clone()).or_default() += 1;
        requirements.push(json!({
            "id": format!("r{n}"), "name": NAMES[*name], "group": group, "level": format!("l{level}"), "hours": 3,
            "skill": format!("s{}", n % 5), "step": "working", "requires": requires, "asks": "Do it.",
        }));
    }
    // What nothing fell into is not there.
    let mut groups: Vec<Value> = Vec::new();
    for (a, (name, choices)) in areas.iter().enumerate() {
        let inside = format!("a{a}-");
        if members.keys().any(|id| *id == format!("a{a}") || id.starts_with(&inside)) {
            groups.push(json!({ "id": format!("a{a}"), "name": format!("{} {a}", NAMES[*name]) }));
        }
        for (c, need) in choices.iter().enumerate() {
            let id = format!("a{a}-c{c}");
            if let Some(&count) = members.get(&id) {
                groups.push(json!({ "id": id, "name": NAMES[c], "parent": format!("a{a}"), "need": (*need).min(count), "weight": 20 }));
            }
        }
    }
    let levels_json: Vec<Value> = (0..levels).map(|level| json!({ "id": format!("l{level}"), "name": format!("Level {level}") })).collect();
    let document = json!({
        "format": 1, "id": "generated", "version": "1.0.0", "name": "Generated", "summary": "A role.",
        "levels": levels_json, "groups": groups, "requirements": requirements,
    });
    let template = template::validate(template::parse_json(&document.to_string()).unwrap(), &support::catalogue()).unwrap();
    let rows = plans.iter().enumerate().map(|(n, plan)| row(n, plan.4, plan.5)).collect();
    let is_choice = |n: usize| template.groups[template.requirements[n].group].need.is_some();
    let chosen = (0..plans.len()).filter(|&n| plans[n].6 && is_choice(n)).map(|n| format!("r{n}")).collect();
    Case { rows, target: target % levels, chosen, here: here.map(|at| at % plans.len()), template }
}

fn row(requirement: usize, state: usize, trust: usize) -> ListRow {
    let state = State::ALL[state];
    let whole = matches!(state, State::Claimed | State::Proven);
    let standing = RequirementStanding {
        state,
        trust: whole.then(|| Trust::ALL[trust]),
        claimed_share: if whole { 10_000 } else { 0 },
        proven_share: if state == State::Proven { 10_000 } else { 0 },
        last_evidence: None,
    };
    ListRow { requirement, standing, possible: 10, claimed: if whole { 10 } else { 0 }, proven: 0 }
}

#[derive(Clone, Debug)]
struct Rect {
    what: String,
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Rect {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

/// A station or pill with its label: first baseline 26 below the middle, the next 13 lower, letters reach 4 below.
fn rect_of(spot: &Spot, at: usize) -> Rect {
    let lines = i32::try_from(spot.label.len()).unwrap().max(1);
    let half = if matches!(&spot.kind, SpotKind::Pill(Pill { kind: PillKind::Further, .. })) { 33 } else { LABEL / 2 };
    let (x, y) = (spot.x, spot.y);
    Rect { what: format!("spot {at}"), left: x - half, top: y - 13, right: x + half, bottom: y + 30 + 13 * (lines - 1) }
}

/// All that must not lie upon another: stations, pills, labels of lanes, titles of groups, the pin; beside whose group each
/// of them belongs to.
fn rects(map: &Map) -> Vec<(Rect, Option<usize>)> {
    let mut all: Vec<(Rect, Option<usize>)> = map.spots.iter().enumerate().map(|(at, spot)| (rect_of(spot, at), spot.group)).collect();
    for (at, lane) in map.lanes.iter().enumerate() {
        let y = lane.rows[0];
        let rect = Rect { what: format!("lane {at}"), left: 2, top: y - 27, right: 146, bottom: y + 22 };
        all.push((rect, None));
    }
    for around in &map.groups {
        let (x, y) = (around.title_x, around.title_y);
        let rect = Rect { what: format!("title of {}", around.group), left: x, top: y - 10, right: x + around.title_room, bottom: y + 3 };
        all.push((rect, Some(around.group)));
    }
    for spot in map.spots.iter().filter(|spot| spot.is_here()) {
        let rect = Rect { what: "pin".to_owned(), left: spot.x - PIN / 2, top: spot.y - 39, right: spot.x + PIN / 2, bottom: spot.y - 13 };
        all.push((rect, spot.group));
    }
    all
}

fn check(case: &Case, map: &Map) -> Result<(), String> {
    let picture = Rect { what: "picture".to_owned(), left: 0, top: 0, right: map.width, bottom: map.height };
    let rects = rects(map);
    for (at, (rect, _)) in rects.iter().enumerate() {
        if !picture.holds(rect) || rect.top < HEAD && rect.what != "lane 0" {
            return Err(format!("{rect:?} is outside of {picture:?}"));
        }
        if let Some((other, _)) = rects[at + 1..].iter().find(|(other, _)| rect.meets(other)) {
            return Err(format!("{rect:?} lies upon {other:?}"));
        }
    }
    let boxes: Vec<(Rect, usize)> = map
        .groups
        .iter()
        .map(|of| {
            (
                Rect { what: format!("box of {}", of.group), left: of.x, top: of.y, right: of.x + of.width, bottom: of.y + of.height },
                of.group,
            )
        })
        .collect();
    for (at, (around, group)) in boxes.iter().enumerate() {
        if !picture.holds(around) {
            return Err(format!("{around:?} is outside"));
        }
        if let Some((other, _)) = boxes[at + 1..].iter().find(|(other, _)| around.meets(other)) {
            return Err(format!("{around:?} lies upon {other:?}"));
        }
        // A label may reach over the edge of its own box, never into another's.
        if let Some((rect, _)) = rects.iter().find(|(rect, of)| *of != Some(*group) && around.meets(rect)) {
            return Err(format!("{around:?} meets {rect:?}"));
        }
    }
    for (at, lane) in map.lanes.iter().enumerate() {
        let strip = Rect { what: format!("strip {at}"), left: 0, top: lane.y, right: map.width, bottom: lane.y + lane.height };
        let own = map.spots.iter().enumerate().filter(|(_, spot)| spot.lane == at).map(|(n, spot)| rect_of(spot, n));
        if let Some(rect) = own
            .chain(boxes.iter().zip(&map.groups).filter(|(_, of)| of.lane == at).map(|((rect, _), _)| rect.clone()))
            .find(|rect| !strip.holds(rect))
        {
            return Err(format!("{rect:?} leaves its lane {strip:?}"));
        }
        if map.lanes.get(at + 1).is_some_and(|next| next.y != lane.y + lane.height) {
            return Err(format!("lane {at} does not end where the next begins"));
        }
    }
    for spot in &map.spots {
        let band = &map.bands[spot.band];
        if !(band.x + 42 <= spot.x && spot.x + 42 <= band.x + band.width) {
            return Err(format!("{spot:?} leaves its band {band:?}"));
        }
    }
    for curve in map.quiet.iter().chain(map.spots.iter().flat_map(curves)) {
        // A cubic lies within the hull of its points.
        if curve.iter().any(|&(x, y)| x < 0 || x > map.width || y < 0 || y > map.height) {
            return Err(format!("{curve:?} leaves the picture"));
        }
    }
    everything_is_there(case, map)
}

fn curves(spot: &Spot) -> Vec<&domain::map::Curve> {
    match &spot.kind {
        SpotKind::Station(station) => station.needs.iter().chain(&station.unlocks).map(|relation| &relation.curve).collect(),
        SpotKind::Pill(_) => Vec::new(),
    }
}

/// Every requirement is one station or in one pill, in its area's lane and its level's band.
fn everything_is_there(case: &Case, map: &Map) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for spot in &map.spots {
        let held: &[usize] = match &spot.kind {
            SpotKind::Station(station) => std::slice::from_ref(&station.requirement),
            SpotKind::Pill(pill) => &pill.requirements,
        };
        let band = &map.bands[spot.band];
        for &requirement in held {
            let wanted = &case.template.requirements[requirement];
            if !seen.insert(requirement) {
                return Err(format!("{requirement} is there twice"));
            }
            if map.lanes[spot.lane].area != wanted.area || !(band.first..=band.last).contains(&wanted.level) {
                return Err(format!("{requirement} stands in {spot:?}"));
            }
            let is_left_out =
                matches!(&spot.kind, SpotKind::Pill(Pill { kind: PillKind::Rest | PillKind::Further | PillKind::Whole(_), .. }));
            if is_left_out && wanted.level <= case.target {
                return Err(format!("{requirement} is up to the target and left out"));
            }
        }
    }
    let all = case.template.requirements.len();
    if seen.len() == all { Ok(()) } else { Err(format!("{} of {all} are there", seen.len())) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_upon_another_nothing_is_outside_and_everything_is_there(case in case()) {
        let map = draw(case.input());
        if let Err(wrong) = check(&case, &map) {
            return Err(TestCaseError::fail(wrong));
        }
        prop_assert!(map.spots.iter().filter(|spot| spot.is_here()).count() <= 1);
        if let Some(here) = case.here.filter(|&here| case.template.requirements[here].level <= case.target) {
            prop_assert!(map.station(here).is_some_and(|(spot, _)| spot.is_here()), "one is here, and it is not drawn");
        }
        prop_assert_eq!(draw(case.clone().input()), map, "the same input gave another picture");
    }
}

fn shipped() -> [Template; 4] {
    let skills = include_str!("../../../config/skills.toml");
    let pack = include_str!("../../../plugins/site-reliability/skills.toml");
    let backend = include_str!("../../../config/roles/backend-developer.toml");
    let full_stack = include_str!("../../../config/roles/full-stack-developer.toml");
    let platform = include_str!("../../../config/roles/platform-engineer.toml");
    let reliability = include_str!("../../../plugins/site-reliability/templates/site-reliability-engineer.toml");
    let built_in = || (None, parse_catalogue_toml(skills).unwrap());
    let both = catalogue(&[built_in(), (Some("waymark/site-reliability"), parse_catalogue_toml(pack).unwrap())]).unwrap();
    [backend, full_stack, platform, reliability].map(|role| validate(parse_toml(role).unwrap(), &both).unwrap())
}

#[test]
fn the_roles_that_ship_are_drawn_without_overlap_at_every_target() {
    for template in shipped() {
        for target in 0..template.document.levels.len() {
            // From an empty ledger to every member of every group begun.
            for begun in [0, 3, 1] {
                let is_begun = |n: usize| begun > 0 && n.is_multiple_of(begun);
                let rows: Vec<ListRow> =
                    (0..template.requirements.len()).map(|n| row(n, if is_begun(n) { 3 + n % 2 } else { 0 }, n % 5)).collect();
                for here in (0..template.requirements.len()).step_by(7) {
                    let case = Case { template: template.clone(), rows: rows.clone(), target, chosen: BTreeSet::new(), here: Some(here) };
                    let map = draw(case.input());
                    check(&case, &map).unwrap_or_else(|wrong| panic!("{} at {target}: {wrong}", template.id()));
                }
            }
        }
    }
}
