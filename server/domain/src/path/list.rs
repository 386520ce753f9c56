//! A path as a list: filtered and ordered.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::path::{RequirementStanding, State};
use crate::scoring::Score;
use crate::subject::{Trust, words};
use crate::template::{GroupIndex, LevelIndex, RequirementIndex, Template};

/// One requirement of the list. Points are basis points of the whole; zero for what lies beyond the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListRow {
    pub requirement: RequirementIndex,
    pub standing: RequirementStanding,
    pub possible: u32,
    pub claimed: u32,
    pub proven: u32,
}

/// Levels to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Levels {
    UpTo(LevelIndex),
    Only(LevelIndex),
    /// Above this one.
    Beyond(LevelIndex),
    #[default]
    All,
}

/// Orders of the list; equal ones stay as in the role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListOrder {
    /// As in the role.
    #[default]
    Role,
    /// Missing points an hour, most first.
    Rate,
    /// Missing points, most first.
    Missing,
    /// Last evidence, newest first, those without at the end.
    Recent,
}

words!(ListOrder { Role = "role", Rate = "rate", Missing = "missing", Recent = "recent" });

/// What to show of a list, and in which order. The default shows everything as in the role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Every word, in any case, has to be part of the requirement's name, its id, its group's or area's name, or the id of
    /// a subject that it asks for.
    pub words: String,
    /// An area, or one group of it.
    pub area: Option<GroupIndex>,
    pub levels: Levels,
    pub state: Option<State>,
    /// Trust below this one, or none.
    pub trust_below: Option<Trust>,
    pub order: ListOrder,
}

/// The whole list in the template's order, from [`crate::path::standing_of`] and a score.
pub fn list_rows(template: &Template, standings: &[RequirementStanding], score: Option<&Score>) -> Vec<ListRow> {
    let bare = |(requirement, &standing)| ListRow { requirement, standing, possible: 0, claimed: 0, proven: 0 };
    let mut rows: Vec<ListRow> = standings.iter().enumerate().map(bare).collect();
    let Some(score) = score else { return rows };
    for (claimed, proven) in score.claimed.receipts.iter().zip(&score.proven.receipts) {
        let id = score.requirements.get(claimed.requirement as usize);
        if let Some(row) = id.and_then(|id| template.requirement(id)).and_then(|requirement| rows.get_mut(requirement)) {
            (row.possible, row.claimed, row.proven) = (claimed.possible, claimed.points, proven.points);
        }
    }
    rows
}

/// The rows that pass the filter, in its order.
pub fn list(template: &Template, rows: &[ListRow], filter: &ListFilter) -> Vec<ListRow> {
    let words: Vec<String> = filter.words.split_whitespace().map(str::to_lowercase).collect();
    let passes = |row: &&ListRow| {
        let requirement = &template.requirements[row.requirement];
        let level = match filter.levels {
            Levels::UpTo(level) => requirement.level <= level,
            Levels::Only(level) => requirement.level == level,
            Levels::Beyond(level) => requirement.level > level,
            Levels::All => true,
        };
        level
            && filter.area.is_none_or(|area| requirement.area == area || requirement.group == area)
            && filter.state.is_none_or(|state| row.standing.state == state)
            && filter.trust_below.is_none_or(|trust| row.standing.trust < Some(trust))
            && has_words(template, row.requirement, &words)
    };
    let mut shown: Vec<ListRow> = rows.iter().filter(passes).copied().collect();
    let missing = |row: &ListRow| u64::from(row.possible.saturating_sub(row.claimed));
    let hours = |row: &ListRow| u64::from(template.requirements[row.requirement].hours.max(1));
    match filter.order {
        ListOrder::Role => {}
        ListOrder::Rate => shown.sort_by(|a, b| (missing(b) * hours(a)).cmp(&(missing(a) * hours(b)))),
        ListOrder::Missing => shown.sort_by_key(|row| Reverse(missing(row))),
        ListOrder::Recent => shown.sort_by_key(|row| Reverse(row.standing.last_evidence)),
    }
    shown
}

fn has_words(template: &Template, requirement: RequirementIndex, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let requirement = &template.requirements[requirement];
    let named = [&requirement.name, &requirement.id, &template.groups[requirement.group].name, &template.groups[requirement.area].name];
    let mut text: Vec<String> = named.iter().map(|text| text.to_lowercase()).collect();
    text.extend(requirement.subjects().into_iter().map(|subject| subject.id.clone()));
    words.iter().all(|word| text.iter().any(|text| text.contains(word)))
}
