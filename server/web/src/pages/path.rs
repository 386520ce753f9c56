//! A path as a list: every requirement with its state, trust and points, with filters.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::path::{Levels, ListFilter, ListOrder, ListRow, State as Standing, areas, list, list_rows};
use domain::subject::Trust;
use domain::template::GroupIndex;
use serde::Deserialize;

use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::pages::marks::{self, Mark};
use crate::pages::readiness::{Notice, notice};
use crate::services::paths::{self, OpenPath, level_name};
use crate::services::readiness::{self, Readiness};
use crate::state::Shared;
use crate::view::{View, see};

/// In the query, where else the id of a level stands: all levels beyond the target.
pub(super) const BEYOND: &str = "beyond";

#[derive(Template)]
#[template(path = "path.html")]
struct PathPage {
    w: View,
    path: PublicId,
    role: String,
    /// Id of the role.
    guide: String,
    eyebrow: String,
    facts: Vec<String>,
    notice: Option<Notice>,
    /// The version of a newer revision.
    newer: Option<String>,
    filter: Filter,
    count: String,
    caption: String,
    areas: Vec<AreaBlock>,
    /// Set when the list is not in the role's order: then it has no areas.
    flat: bool,
}

struct Filter {
    words: String,
    areas_all: String,
    areas: Vec<Choice>,
    levels: Vec<Choice>,
    states: Vec<Choice>,
    trusts: Vec<Choice>,
    orders: Vec<Choice>,
}

struct Choice {
    value: String,
    words: String,
    on: bool,
}

struct AreaBlock {
    id: String,
    name: String,
    points: String,
    lines: Vec<Line>,
}

enum Line {
    /// Head of an any-N group.
    Group {
        id: String,
        name: String,
        need: String,
        met: bool,
    },
    Row(Row),
}

struct Row {
    id: String,
    name: String,
    mark: Mark,
    level: String,
    points: String,
    hours: String,
    in_group: bool,
    /// The learner leaves it out for now.
    skipped: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    q: String,
    area: String,
    level: String,
    state: String,
    trust: String,
    order: String,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    id: web::Path<String>,
    query: Query<ListQuery>,
) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("path"))?;
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let ask = Ask::page(&state, &request, &who, &w).of_path(id);
    ask.or_make(async || {
        let open = paths::open(&state, &who, id).await?;
        let readiness = readiness::of(&state, &open).await?;
        Ok(Fresh::page(&filled(w, &open, &readiness, &query.0)?)?.shows_only(&who, &open))
    })
    .await
}

/// The navigation's entry: the oldest path, or the start of one.
pub async fn mine(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    to_first(&state, &who, "path").await
}

/// Leads to the page `route` of the oldest path; where there is none, to the start of one.
pub async fn to_first(state: &Shared, who: &SignedIn, route: &str) -> Result<HttpResponse, Error> {
    let first = paths::list(state, who).await?.into_iter().next();
    Ok(see(match first {
        Some((path, _)) => state.links.path(route, &[&path.public_id.to_string()]),
        None => state.links.path("start", &[]),
    }))
}

fn filled(w: View, open: &OpenPath, readiness: &Readiness, query: &ListQuery) -> Result<PathPage, Error> {
    let (template, score) = (&open.template, &readiness.score);
    let chosen = filter_of(open, query)?;
    let rows = list_rows(template, &open.standings(), Some(score));
    let shown = list(template, &rows, &chosen);
    let claimed: u32 = shown.iter().map(|row| row.claimed).sum();
    let flat = chosen.order != ListOrder::default();
    Ok(PathPage {
        path: open.path.public_id,
        role: template.document.name.clone(),
        guide: template.id().to_owned(),
        eyebrow: eyebrow(&w, open),
        facts: facts(&w, open, readiness),
        notice: notice(&w, open, &readiness.origin),
        newer: open.newer.as_ref().map(|newer| newer.version.clone()),
        filter: filter_words(&w, open, query),
        count: w.t2("path-count", "count", shown.len(), "points", w.lang.points(claimed)),
        caption: w.t1("path-caption", "role", &template.document.name),
        areas: blocks(&w, open, readiness, &rows, &shown, flat),
        flat,
        w,
    })
}

pub(super) fn eyebrow(w: &View, open: &OpenPath) -> String {
    let template = &open.template;
    let target = level_name(template, &open.path.target_level);
    match open.path.target_day {
        Some(day) => w.t3("path-eyebrow-by", "version", template.version(), "level", target, "day", w.lang.day_long(day)),
        None => w.t2("path-eyebrow", "version", template.version(), "level", target),
    }
}

pub(super) fn facts(w: &View, open: &OpenPath, readiness: &Readiness) -> Vec<String> {
    let score = &readiness.score;
    let mut facts =
        vec![w.t1("path-claimed", "points", score.claimed.readiness / 100), w.t1("path-proven", "points", score.proven.readiness / 100)];
    if let Some(days) = open.path.target_day.map(|day| day.number() - open.today.number()).filter(|days| *days >= 0) {
        facts.push(w.t1("path-days-left", "days", days));
    }
    facts.push(w.t1("path-to-go", "points", w.lang.points(10_000 - score.claimed.readiness)));
    // Hours of what is not claimed, in proportion to what is missing of each.
    let hours: u64 = score
        .claimed
        .receipts
        .iter()
        .filter_map(|receipt| {
            let index = template_index(open, score.requirements.get(receipt.requirement as usize)?)?;
            let missing = u64::from(receipt.possible - receipt.points);
            (receipt.possible > 0).then(|| u64::from(open.template.requirements[index].hours) * 60 * missing / u64::from(receipt.possible))
        })
        .sum();
    let hours = u32::try_from(hours / 60).unwrap_or(u32::MAX);
    if hours > 0 {
        facts.push(w.t2("path-hours-to-go", "hours", w.lang.hours(hours), "week", open.path.hours_week));
    }
    facts
}

fn template_index(open: &OpenPath, id: &str) -> Option<usize> {
    open.template.requirement(id)
}

fn filter_of(open: &OpenPath, query: &ListQuery) -> Result<ListFilter, Error> {
    let template = &open.template;
    let levels = match query.level.as_str() {
        "" => Levels::UpTo(open.target()),
        "all" => Levels::All,
        BEYOND => Levels::Beyond(open.target()),
        id => Levels::Only(template.level(id).ok_or_else(|| Error::field("level", "field_malformed"))?),
    };
    let area = match query.area.as_str() {
        "" => None,
        id => Some(template.group(id).ok_or_else(|| Error::field("area", "field_malformed"))?),
    };
    let parsed = |text: &str, field: &'static str| -> Result<Option<Standing>, Error> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Error::field(field, "field_malformed")) }
    };
    let trust = if query.trust.is_empty() {
        None
    } else {
        Some(query.trust.parse::<Trust>().map_err(|_| Error::field("trust", "field_malformed"))?)
    };
    let order = if query.order.is_empty() {
        ListOrder::default()
    } else {
        query.order.parse().map_err(|_| Error::field("order", "field_malformed"))?
    };
    Ok(ListFilter { words: query.q.clone(), area, levels, state: parsed(&query.state, "state")?, trust_below: trust, order })
}

fn filter_words(w: &View, open: &OpenPath, query: &ListQuery) -> Filter {
    let template = &open.template;
    let choice = |value: &str, words: String, chosen: &str| Choice { value: value.to_owned(), words, on: value == chosen };
    let mut levels = vec![choice("", w.t("path-levels-target"), &query.level)];
    levels.extend(template.document.levels.iter().map(|level| choice(&level.id, level.name.clone(), &query.level)));
    if open.target() + 1 < template.document.levels.len() {
        levels.push(choice(BEYOND, w.t("path-levels-beyond"), &query.level));
    }
    levels.push(choice("all", w.t("path-levels-all"), &query.level));
    Filter {
        words: query.q.clone(),
        areas_all: w.t1("path-areas-all", "count", template.areas().count()),
        // A group is on offer only while the list shows it: pills of the map lead there.
        areas: template
            .groups
            .iter()
            .filter(|group| group.parent.is_none() || group.id == query.area)
            .map(|group| choice(&group.id, group.name.clone(), &query.area))
            .collect(),
        levels,
        states: Standing::ALL.iter().map(|state| choice(state.word(), marks::state_words(w, *state), &query.state)).collect(),
        trusts: Trust::ALL.iter().skip(1).map(|trust| choice(trust.word(), marks::trust_words(w, Some(*trust)), &query.trust)).collect(),
        orders: ListOrder::ALL
            .iter()
            .map(|order| {
                choice(
                    order.word(),
                    w.t(&format!("path-order-{order}")),
                    if query.order.is_empty() { ListOrder::default().word() } else { &query.order },
                )
            })
            .collect(),
    }
}

/// Areas with their rows; members of an any-N group stand together under the group's name. Ordered by points or days, the
/// list is flat.
fn blocks(w: &View, open: &OpenPath, readiness: &Readiness, all: &[ListRow], shown: &[ListRow], flat: bool) -> Vec<AreaBlock> {
    let template = &open.template;
    if flat {
        let lines: Vec<Line> = shown.iter().map(|row| Line::Row(line(w, open, row, false))).collect();
        let empty = lines.is_empty();
        let block = AreaBlock { id: "all".to_owned(), name: String::new(), points: String::new(), lines };
        return if empty { Vec::new() } else { vec![block] };
    }
    let sums: BTreeMap<GroupIndex, _> = areas(template, &readiness.score).into_iter().map(|sum| (sum.group, sum)).collect();
    template
        .areas()
        .filter_map(|area| {
            let rows: Vec<&ListRow> = shown.iter().filter(|row| template.requirements[row.requirement].area == area).collect();
            if rows.is_empty() {
                return None;
            }
            let mut lines = Vec::new();
            let mut open_group = None;
            for row in rows {
                let group = template.requirements[row.requirement].group;
                let any = template.groups[group].need;
                if any.is_some() && open_group != Some(group) {
                    let members = &template.groups[group].members;
                    let begun = all.iter().filter(|row| members.contains(&row.requirement) && row.standing.claimed_share == 10_000).count();
                    lines.push(Line::Group {
                        id: template.groups[group].id.clone(),
                        name: template.groups[group].name.clone(),
                        need: w.t2("path-group-any", "need", any.unwrap_or(1), "of", members.len()),
                        met: begun >= any.unwrap_or(1) as usize,
                    });
                }
                open_group = any.map(|_| group);
                lines.push(Line::Row(line(w, open, row, any.is_some())));
            }
            let sum = sums.get(&area);
            let points = |pick: fn(&domain::path::AreaSum) -> u32| w.lang.points(sum.map_or(0, pick));
            Some(AreaBlock {
                id: template.groups[area].id.clone(),
                name: template.groups[area].name.clone(),
                points: w.t3(
                    "path-area-points",
                    "claimed",
                    points(|s| s.claimed),
                    "possible",
                    points(|s| s.possible),
                    "proven",
                    points(|s| s.proven),
                ),
                lines,
            })
        })
        .collect()
}

fn line(w: &View, open: &OpenPath, row: &ListRow, in_group: bool) -> Row {
    let requirement = &open.template.requirements[row.requirement];
    let points = if row.possible == 0 {
        w.t("path-not-counted")
    } else {
        w.t2("path-points", "claimed", w.lang.points_exact(row.claimed), "possible", w.lang.points_exact(row.possible))
    };
    Row {
        id: requirement.id.clone(),
        name: requirement.name.clone(),
        mark: Mark::new(w, &row.standing),
        level: open.template.document.levels[requirement.level].name.clone(),
        points,
        hours: w.lang.hours(requirement.hours),
        in_group,
        skipped: open.plans.get(&requirement.id).is_some_and(|plan| plan.skipped),
    }
}
