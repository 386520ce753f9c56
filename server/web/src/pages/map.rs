//! A path as the map of its role: the drawn picture, the same as strips for narrow windows, and sheets for paper.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::map::{Map, MapInput, PillKind, draw};
use domain::path::{ListRow, list_rows, next_actions, only_ticked};
use domain::subject::Trust;
use domain::template::RequirementIndex;
use serde::Deserialize;

use crate::base::query_value;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::pages::readiness::{Notice, notice};
use crate::pages::{marks, path};
use crate::services::paths::{self, OpenPath};
use crate::services::readiness::{self, Readiness};
use crate::state::Shared;
use crate::view::View;

mod picture;
mod strips;

use picture::KindView;
use strips::{Sign, Stop};

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    w: View,
    path: PublicId,
    role: String,
    /// Id of the role.
    guide: String,
    eyebrow: String,
    facts: Vec<String>,
    notice: Option<Notice>,
    begun: Option<Notice>,
    /// The version of a newer revision.
    newer: Option<String>,
    picture: picture::Picture,
    strips: Vec<strips::Strip>,
}

#[derive(Deserialize)]
pub struct MapQuery {
    /// The path has just begun with ticks.
    begun: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    id: web::Path<String>,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("path"))?;
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let ask = Ask::page(&state, &request, &who, &w).of_path(id);
    ask.or_make(async || {
        let open = paths::open(&state, &who, id).await?;
        let readiness = readiness::of(&state, &open).await?;
        let begun = query.0.begun.as_ref().and_then(|_| begun(&w, &open));
        Ok(Fresh::page(&filled(w, &open, &readiness, begun))?.shows_only(&who, &open))
    })
    .await
}

fn filled(w: View, open: &OpenPath, readiness: &Readiness, begun: Option<Notice>) -> MapPage {
    let rows = list_rows(&open.template, &open.standings(), Some(&readiness.score));
    let map = drawn(open, readiness, &rows);
    let say = Say { w: &w, open, rows: &rows, map: &map };
    let (picture, strips) = (picture::of(&say), strips::of(&say));
    MapPage {
        path: open.path.public_id,
        role: open.template.document.name.clone(),
        guide: open.template.id().to_owned(),
        eyebrow: path::eyebrow(&w, open),
        facts: path::facts(&w, open, readiness),
        notice: notice(&w, open, &readiness.origin),
        begun,
        newer: open.newer.as_ref().map(|newer| newer.version.clone()),
        picture,
        strips,
        w,
    }
}

/// What counts only because it was ticked when the path began, and what would prove it; none where nothing does.
fn begun(w: &View, open: &OpenPath) -> Option<Notice> {
    let only = only_ticked(open.scope(), &open.facts, open.path.created_at);
    if only.is_empty() {
        return None;
    }
    let needs = Trust::ALL.iter().filter_map(|&trust| {
        let count = only.iter().filter(|only| only.needs == trust).count();
        (count > 0).then(|| w.t2("begun-needs", "count", count, "trust", marks::trust_words(w, Some(trust))))
    });
    Some(Notice {
        what: w.t2("begun-only", "count", only.len(), "whole", only.iter().filter(|only| only.is_whole).count()),
        why: w.t1("begun-prove", "needs", needs.collect::<Vec<_>>().join(", ")),
    })
}

/// The layout of a path's map; *here* is the requirement of the first next action.
pub(crate) fn drawn(open: &OpenPath, readiness: &Readiness, rows: &[ListRow]) -> Map {
    let here = next_actions(&open.template, &readiness.score).first().map(|step| step.requirement);
    draw(MapInput { template: &open.template, rows, target: open.target(), chosen: &open.path.chosen, here })
}

/// What picture and strips are made of, and how both say and link it.
struct Say<'a> {
    w: &'a View,
    open: &'a OpenPath,
    rows: &'a [ListRow],
    map: &'a Map,
}

impl Say<'_> {
    fn short(&self, requirement: RequirementIndex) -> &str {
        &self.open.template.requirements[requirement].short
    }

    fn level(&self, level: usize) -> &str {
        let level = &self.open.template.document.levels[level];
        level.short.as_deref().unwrap_or(&level.name)
    }

    fn link(&self, requirement: RequirementIndex) -> String {
        self.w.link2("requirement", self.open.path.public_id, &self.open.template.requirements[requirement].id)
    }

    /// The list, at an area.
    fn area_link(&self, area: usize) -> String {
        format!("{}#{}", self.w.link1("path-list", self.open.path.public_id), self.open.template.groups[area].id)
    }

    /// The list, filtered to what a pill stands for.
    fn pill_link(&self, kind: PillKind, first: RequirementIndex) -> String {
        let template = &self.open.template;
        let requirement = &template.requirements[first];
        let (group, level) = match kind {
            PillKind::More(group) | PillKind::Whole(group) => (group, "all"),
            PillKind::Rest => (requirement.area, template.document.levels[requirement.level].id.as_str()),
            PillKind::Further => (requirement.area, path::BEYOND),
        };
        let list = self.w.link1("path-list", self.open.path.public_id);
        format!("{list}?area={}&level={}", query_value(&template.groups[group].id), query_value(level))
    }

    fn names(&self, requirements: impl IntoIterator<Item = RequirementIndex>) -> String {
        requirements.into_iter().map(|requirement| self.short(requirement)).collect::<Vec<_>>().join(", ")
    }
}
