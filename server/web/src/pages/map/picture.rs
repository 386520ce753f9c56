//! The layout as SVG: paths, texts and links, ready for the template.

use std::fmt::Write;

use domain::map::{
    Band, BandKind, Curve, FLAG, Fitted, GroupBox, HEAD, Lane, PIN, Pill, PillKind, Relation, Spot, SpotKind, Station, TrailKind, fit,
};
use domain::points::BasisPoints;

use crate::pages::map::Say;
use crate::pages::marks::{glyph, state_words, trust_words};

pub struct Picture {
    pub width: i32,
    pub height: i32,
    pub label: String,
    pub bands: Vec<BandView>,
    /// Rules between bands and lanes.
    pub rules: String,
    pub target_x: i32,
    pub flag: String,
    pub flag_text: Line,
    pub base: String,
    pub claimed: String,
    pub proven: String,
    pub quiet: String,
    pub lanes: Vec<LaneView>,
    pub groups: Vec<GroupView>,
    pub spots: Vec<SpotView>,
    pub sheets: Vec<Sheet>,
}

/// A line of text at its baseline; `textLength` where it has to be squeezed.
pub struct Line {
    pub x: i32,
    pub y: i32,
    pub text: String,
    pub squeeze: Option<i32>,
}

pub struct BandView {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub beyond: bool,
    pub head: Line,
    pub small: Vec<Line>,
}

pub struct LaneView {
    pub href: String,
    pub label: String,
    pub lines: Vec<Line>,
    pub ring_y: i32,
    pub bar_y: i32,
    /// Widths in tenths are written as decimals.
    pub claimed: String,
    pub proven: String,
    pub percent: u32,
}

pub struct GroupView {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub title: Line,
    pub met: bool,
}

pub struct SpotView {
    pub href: String,
    pub label: String,
    pub class: &'static str,
    pub x: i32,
    pub y: i32,
    pub lines: Vec<Line>,
    /// Height of what can be clicked.
    pub hit: i32,
    pub kind: KindView,
}

pub enum KindView {
    Station { glyph: &'static str, needs: RelationView, unlocks: RelationView, pin: Option<String>, dim: bool },
    Pill { words: String, half: i32 },
    Further { words: String },
}

#[derive(Default)]
pub struct RelationView {
    pub path: String,
    pub rings: Vec<(i32, i32)>,
}

/// A stretch of lanes for one sheet of paper, below the heads of the bands.
pub struct Sheet {
    pub y: i32,
    pub height: i32,
    pub total: i32,
}

const FLAG_WIDTH: i32 = 134;
const BAR: u32 = 96;
/// Lanes of a sheet of A4 across are together so high at most, beside the heads; the first has the page's title above.
const FIRST_SHEET: i32 = 570;
const SHEET: i32 = 730;

pub fn of(say: &Say<'_>) -> Picture {
    let (w, map) = (say.w, say.map);
    let trail = |kind: TrailKind| {
        let mut path = String::new();
        for trail in map.trails.iter().filter(|trail| trail.kind == kind) {
            let _ = write!(path, "M{} {}L{} {}", trail.from.0, trail.from.1, trail.to.0, trail.to.1);
        }
        path
    };
    let mut rules = String::new();
    for lane in &map.lanes {
        let _ = write!(rules, "M0 {}H{}", lane.y, map.width);
    }
    for band in map.bands.iter().skip(1).filter(|band| band.x != map.target_x) {
        let _ = write!(rules, "M{} {FLAG}V{}", band.x, map.height);
    }
    let mut quiet = String::new();
    map.quiet.iter().for_each(|curve| bezier(&mut quiet, curve));
    let target = match say.open.path.target_day {
        Some(day) => w.t1("map-target-by", "day", w.lang.day_short(day)),
        None => w.t("map-target"),
    };
    let (x, left) = (map.target_x, map.target_x - FLAG_WIDTH);
    Picture {
        width: map.width,
        height: map.height,
        label: w.t1("map-label", "count", map.lanes.len()),
        bands: map.bands.iter().map(|of| band(say, of)).collect(),
        rules,
        target_x: x,
        flag: format!("M{x} 2H{left}l8 9-8 9H{x}z"),
        flag_text: line(x - 8, 15, fit(&target, 120, true, FLAG_WIDTH - 22)),
        base: trail(TrailKind::Base),
        claimed: trail(TrailKind::Claimed),
        proven: trail(TrailKind::Proven),
        quiet,
        lanes: map.lanes.iter().map(|of| lane(say, of)).collect(),
        groups: map.groups.iter().map(|of| group(say, of)).collect(),
        spots: map.spots.iter().map(|of| spot(say, of)).collect(),
        sheets: sheets(&map.lanes),
    }
}

fn line(x: i32, y: i32, Fitted { text, squeeze }: Fitted) -> Line {
    Line { x, y, text, squeeze }
}

fn bezier(path: &mut String, [from, a, b, to]: &Curve) {
    let _ = write!(path, "M{} {}C{} {} {} {} {} {}", from.0, from.1, a.0, a.1, b.0, b.1, to.0, to.1);
}

fn percent(part: u32, whole: u32) -> u32 {
    BasisPoints::ratio(u64::from(part), u64::from(whole)).get() / 100
}

/// Name of the level or levels, years, and how much of their points is there.
fn band(say: &Say<'_>, band: &Band) -> BandView {
    let (w, levels) = (say.w, &say.open.template.document.levels);
    let is_beyond = band.kind != BandKind::Within;
    let name = match band.kind {
        BandKind::Further => w.t("map-further"),
        _ if band.first < band.last => w.t2("map-levels", "first", say.level(band.first), "last", say.level(band.last)),
        _ => say.level(band.first).to_owned(),
    };
    let (from, to) = (levels[band.first].years, levels[band.last].years);
    let years = from.zip(to).map(|(from, to)| match to.to {
        Some(to) => w.t2("map-years", "from", from.from, "to", to),
        None => w.t1("map-years-open", "from", from.from),
    });
    let (claimed, proven) = (percent(band.sums.claimed, band.sums.possible), percent(band.sums.proven, band.sums.possible));
    let room = band.width - 22;
    let small = |text: &str| fit(text, 115, false, room);
    // The longer words where they fit.
    let either = |long: String, short: &str| Some(small(&long)).filter(|fitted| fitted.squeeze.is_none()).unwrap_or_else(|| small(short));
    let lines: Vec<Fitted> = match band.kind {
        BandKind::Further => vec![small(&w.t1("map-further-levels", "count", band.last - band.first + 1))],
        BandKind::Beyond => years.iter().map(|text| small(text)).chain([either(w.t("map-beyond"), &w.t("map-beyond-narrow"))]).collect(),
        BandKind::Within => {
            let long = w.t2("map-band-points", "claimed", claimed, "proven", proven);
            let short = w.t2("map-band-points-narrow", "claimed", claimed, "proven", proven);
            years.iter().map(|text| small(text)).chain([either(long, &short)]).collect()
        }
    };
    let x = band.x + 14;
    BandView {
        x: band.x,
        y: FLAG,
        width: band.width,
        height: say.map.height - FLAG,
        beyond: is_beyond,
        head: line(x, FLAG + 25, fit(&name, 140, true, room)),
        small: lines.into_iter().zip([43, 59]).map(|(text, y)| line(x, FLAG + y, text)).collect(),
    }
}

fn lane(say: &Say<'_>, lane: &Lane) -> LaneView {
    let name = &say.open.template.groups[lane.area].name;
    let (y, sums) = (lane.rows[0], lane.sums);
    let two_lines = lane.label.len() > 1;
    let first = if two_lines { y - 12 } else { y - 1 };
    let bar_y = if two_lines { y + 11 } else { y + 8 };
    let (claimed, proven) = (percent(sums.claimed, sums.possible), percent(sums.proven, sums.possible));
    // Tenths of a unit.
    let width = |part: u32| BasisPoints::ratio(u64::from(part), u64::from(sums.possible)).of(BAR * 10);
    let decimal = |tenths: u32| format!("{}.{}", tenths / 10, tenths % 10);
    LaneView {
        href: say.area_link(lane.area),
        label: say.w.t3("map-lane", "name", name, "claimed", claimed, "proven", proven),
        lines: lane.label.iter().zip([first, first + 15]).map(|(text, y)| line(6, y, text.clone())).collect(),
        ring_y: y - 27,
        bar_y,
        claimed: decimal(width(sums.claimed)),
        proven: decimal(width(sums.proven)),
        percent: claimed,
    }
}

fn group(say: &Say<'_>, of: &GroupBox) -> GroupView {
    let key = if of.met { "map-group-met" } else { "map-group" };
    let title = say.w.t2(key, "need", of.need, "of", of.of);
    let title = line(of.title_x, of.title_y, fit(&title, 115, false, of.title_room));
    GroupView { x: of.x, y: of.y, width: of.width, height: of.height, title, met: of.met }
}

fn spot(say: &Say<'_>, spot: &Spot) -> SpotView {
    let is_later = say.map.bands[spot.band].kind != BandKind::Within;
    let lines: Vec<Line> = spot.label.iter().zip([26, 39]).map(|(text, below)| line(spot.x, spot.y + below, text.clone())).collect();
    let hit = if lines.len() > 1 { 57 } else { 44 };
    let (x, y) = (spot.x, spot.y);
    match &spot.kind {
        SpotKind::Station(of) => SpotView {
            href: say.link(of.requirement),
            label: station_label(say, of),
            class: match (of.here, is_later) {
                (true, _) => "node here",
                (false, true) => "node later",
                (false, false) => "node",
            },
            kind: station(say, spot, of, is_later),
            x,
            y,
            lines,
            hit,
        },
        SpotKind::Pill(pill) => {
            let (label, words) = pill_words(say, pill);
            let more = || vec![Line { x, y: y + 26, text: say.w.t("map-more"), squeeze: None }];
            let is_further = pill.kind == PillKind::Further;
            SpotView {
                href: say.pill_link(pill.kind, pill.requirements[0]),
                label,
                class: if is_later { "node later" } else { "node" },
                lines: if lines.is_empty() && !is_further { more() } else { lines },
                kind: match is_further {
                    true => KindView::Further { words },
                    false => KindView::Pill { half: if words.chars().count() > 3 { 22 } else { 15 }, words },
                },
                x,
                y,
                hit,
            }
        }
    }
}

fn station(say: &Say<'_>, spot: &Spot, of: &Station, is_later: bool) -> KindView {
    let standing = say.rows[of.requirement].standing;
    // The ring is at the other end: where a need begins, where what is unlocked ends.
    let view = |relations: &[Relation]| {
        let mut view = RelationView::default();
        for relation in relations {
            bezier(&mut view.path, &relation.curve);
            view.rings.extend(say.map.station(relation.other).map(|(spot, _)| (spot.x, spot.y)));
        }
        view
    };
    let half = PIN / 2 - 5;
    let pin = format!(
        "M{} {}h{}a5 5 0 0 1 5 5v8a5 5 0 0 1-5 5h-{}l-5 6-5-6h-{}a5 5 0 0 1-5-5v-8a5 5 0 0 1 5-5z",
        spot.x - half,
        spot.y - 39,
        2 * half,
        half - 5,
        half - 5
    );
    KindView::Station {
        glyph: glyph(standing.state, standing.trust),
        needs: view(&of.needs),
        unlocks: view(&of.unlocks),
        pin: of.here.then_some(pin),
        dim: is_later || standing.state == domain::path::State::Locked,
    }
}

/// What can be seen of a station comes first, so that it can be called by that; then state, trust, level, points, needs.
fn station_label(say: &Say<'_>, of: &Station) -> String {
    let (w, template) = (say.w, &say.open.template);
    let (row, requirement) = (&say.rows[of.requirement], &template.requirements[of.requirement]);
    let seen = if of.here { format!("{} {}", requirement.short, w.t("map-here")) } else { requirement.short.clone() };
    let mut label = w.t2("map-node", "name", seen, "state", state_words(w, row.standing.state));
    if row.standing.trust.is_some() {
        label = w.t2("map-node-trust", "node", label, "trust", trust_words(w, row.standing.trust));
    }
    let level = say.level(requirement.level);
    let mut sentences = vec![label];
    sentences.push(if row.possible > 0 {
        w.t2("map-node-points", "level", level, "points", w.lang.points(row.possible))
    } else {
        w.t1("map-node-level", "level", level)
    });
    if requirement.name != requirement.short {
        sentences.push(w.t1("map-node-name", "name", &requirement.name));
    }
    if !requirement.requires.is_empty() {
        sentences.push(w.t1("map-node-needs", "names", say.names(requirement.requires.iter().copied())));
    }
    sentences.join(" ")
}

/// What a pill is called, and what stands in it.
fn pill_words(say: &Say<'_>, pill: &Pill) -> (String, String) {
    let (w, template) = (say.w, &say.open.template);
    let count = pill.requirements.len();
    let names = say.names(pill.requirements.iter().copied());
    match pill.kind {
        PillKind::Whole(group) => {
            let group = &template.groups[group];
            let words = w.t2("map-pill-group", "need", group.need.unwrap_or(1), "of", group.members.len());
            (w.t3("map-pill-group-label", "words", &words, "name", &group.name, "names", names), words)
        }
        PillKind::More(_) | PillKind::Rest => {
            (w.t2("map-pill-more-label", "count", count, "names", names), w.t1("map-pill-more", "count", count))
        }
        PillKind::Further => {
            let area = &template.groups[template.requirements[pill.requirements[0]].area].name;
            (w.t2("map-pill-further-label", "count", count, "area", area), w.t1("map-pill-more", "count", count))
        }
    }
}

/// Whole lanes, as many as a sheet holds.
fn sheets(lanes: &[Lane]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for lane in lanes {
        let room = if sheets.len() > 1 { SHEET } else { FIRST_SHEET };
        match sheets.last_mut() {
            Some(sheet) if sheet.height + lane.height <= room => sheet.height += lane.height,
            _ => sheets.push(Sheet { y: lane.y, height: lane.height, total: 0 }),
        }
    }
    sheets.iter_mut().for_each(|sheet| sheet.total = HEAD + sheet.height);
    sheets
}

impl Picture {
    pub fn head(&self) -> i32 {
        HEAD
    }
}
