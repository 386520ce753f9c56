//! The map of a path's role as a layout, for programs that draw it themselves.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::map::{BandKind, Fitted, Pill, PillKind, Spot, SpotKind, Station};
use domain::path::list_rows;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::id;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::pages::map::drawn;
use crate::services::paths::{self, OpenPath};
use crate::services::readiness::{self, Readiness};
use crate::state::Shared;

/// Where everything of the map stands: whole units, the origin at the upper left, lists in reading order.
#[derive(Serialize, ToSchema)]
#[schema(as = Map)]
pub struct MapJson {
    width: i32,
    height: i32,
    /// Where the line of the target stands.
    target_x: i32,
    bands: Vec<BandJson>,
    lanes: Vec<LaneJson>,
    stations: Vec<StationJson>,
    pills: Vec<PillJson>,
    groups: Vec<GroupJson>,
}

/// A column: one level or several.
#[derive(Serialize, ToSchema)]
#[schema(as = MapBand)]
pub struct BandJson {
    /// `within` the target, the level `beyond` it, all `further` levels.
    kind: &'static str,
    levels: Vec<String>,
    x: i32,
    width: i32,
    /// Basis points of the whole.
    possible: u32,
    claimed: u32,
    proven: u32,
}

/// A row of the picture: an area.
#[derive(Serialize, ToSchema)]
#[schema(as = MapLane)]
pub struct LaneJson {
    area: String,
    name: String,
    y: i32,
    height: i32,
    /// Middles of its rows of stations.
    rows: Vec<i32>,
    possible: u32,
    claimed: u32,
    proven: u32,
}

/// A requirement that is drawn, at its middle.
#[derive(Serialize, ToSchema)]
#[schema(as = MapStation)]
pub struct StationJson {
    requirement: String,
    /// One line or two.
    label: Vec<String>,
    x: i32,
    y: i32,
    area: String,
    level: String,
    /// Id of the any-N group in whose box it stands.
    group: Option<String>,
    /// As in a path's requirements.
    state: &'static str,
    trust: Option<&'static str>,
    possible: u32,
    claimed: u32,
    proven: u32,
    /// The requirement of the first next action.
    here: bool,
    /// Requirements before it that are drawn.
    needs: Vec<String>,
}

/// Stands for requirements that are not drawn, at its middle.
#[derive(Serialize, ToSchema)]
#[schema(as = MapPill)]
pub struct PillJson {
    /// `more` members of a group, a `whole` group, the `rest` of a level beyond the target, `further` levels.
    kind: &'static str,
    x: i32,
    y: i32,
    area: String,
    group: Option<String>,
    requirements: Vec<String>,
}

/// The box of an any-N group.
#[derive(Serialize, ToSchema)]
#[schema(as = MapGroup)]
pub struct GroupJson {
    group: String,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    need: u32,
    of: usize,
    met: bool,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = id(&path, "path")?;
    let ask = Ask::json(&state, &request, &who).of_path(id);
    ask.or_make(async || {
        let open = paths::open(&state, &who, id).await?;
        let readiness = readiness::of(&state, &open).await?;
        Ok(Fresh::json(&layout(&open, &readiness))?.shows_only(&who, &open))
    })
    .await
}

fn layout(open: &OpenPath, readiness: &Readiness) -> MapJson {
    let template = &open.template;
    let rows = list_rows(template, &open.standings(), Some(&readiness.score));
    let map = drawn(open, readiness, &rows);
    let name = |requirement: usize| template.requirements[requirement].id.clone();
    let group_id = |group: usize| template.groups[group].id.clone();
    let text = |lines: &[Fitted]| lines.iter().map(|line| line.text.clone()).collect();

    let station = |spot: &Spot, of: &Station| {
        let (requirement, row) = (&template.requirements[of.requirement], &rows[of.requirement]);
        StationJson {
            requirement: requirement.id.clone(),
            label: text(&spot.label),
            x: spot.x,
            y: spot.y,
            area: group_id(requirement.area),
            level: template.document.levels[requirement.level].id.clone(),
            group: spot.group.map(group_id),
            state: row.standing.state.word(),
            trust: row.standing.trust.map(|trust| trust.word()),
            possible: row.possible,
            claimed: row.claimed,
            proven: row.proven,
            here: of.here,
            needs: of.needs.iter().map(|need| name(need.other)).collect(),
        }
    };
    let pill = |spot: &Spot, of: &Pill| {
        let (kind, group) = match of.kind {
            PillKind::More(group) => ("more", Some(group)),
            PillKind::Whole(group) => ("whole", Some(group)),
            PillKind::Rest => ("rest", None),
            PillKind::Further => ("further", None),
        };
        let area = group_id(map.lanes[spot.lane].area);
        let requirements = of.requirements.iter().copied().map(name).collect();
        PillJson { kind, x: spot.x, y: spot.y, area, group: group.map(group_id), requirements }
    };
    let (mut stations, mut pills) = (Vec::new(), Vec::new());
    for spot in &map.spots {
        match &spot.kind {
            SpotKind::Station(of) => stations.push(station(spot, of)),
            SpotKind::Pill(of) => pills.push(pill(spot, of)),
        }
    }
    let bands = map.bands.iter().map(|band| BandJson {
        kind: match band.kind {
            BandKind::Within => "within",
            BandKind::Beyond => "beyond",
            BandKind::Further => "further",
        },
        levels: template.document.levels[band.first..=band.last].iter().map(|level| level.id.clone()).collect(),
        x: band.x,
        width: band.width,
        possible: band.sums.possible,
        claimed: band.sums.claimed,
        proven: band.sums.proven,
    });
    let lanes = map.lanes.iter().map(|lane| LaneJson {
        area: group_id(lane.area),
        name: template.groups[lane.area].name.clone(),
        y: lane.y,
        height: lane.height,
        rows: lane.rows.clone(),
        possible: lane.sums.possible,
        claimed: lane.sums.claimed,
        proven: lane.sums.proven,
    });
    let groups = map.groups.iter().map(|of| GroupJson {
        group: group_id(of.group),
        x: of.x,
        y: of.y,
        width: of.width,
        height: of.height,
        need: of.need,
        of: of.of,
        met: of.met,
    });
    MapJson {
        width: map.width,
        height: map.height,
        target_x: map.target_x,
        bands: bands.collect(),
        lanes: lanes.collect(),
        groups: groups.collect(),
        stations,
        pills,
    }
}
