//! What of a path and of a cohort's plan has to fit the revision, carried over and given back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cohort::{PartKey, Planned};
use crate::path::{Path, RuleChoice};
use crate::template::Template;

/// What a path, or a role of a cohort, says in the revision's own ids, and the rule that it is scored by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aims {
    /// Id of a level.
    pub target_level: String,
    /// Ids of members of any-N groups.
    pub chosen: BTreeSet<String>,
    pub rule: RuleChoice,
}

impl Aims {
    pub fn of(path: &Path) -> Self {
        Self { target_level: path.target_level.clone(), chosen: path.chosen.clone(), rule: path.rule.clone() }
    }
}

/// Aims as they are in another revision. Members that can still be chosen stay chosen. A target level that is gone becomes
/// the one at its place on the ladder, counted from below, or the highest.
pub fn carry(aims: &Aims, from: &Template, to: &Template) -> Aims {
    Aims {
        target_level: level(&aims.target_level, from, to),
        chosen: aims.chosen.iter().filter(|id| to.can_be_chosen(id)).cloned().collect(),
        rule: aims.rule.clone(),
    }
}

fn level(id: &str, from: &Template, to: &Template) -> String {
    if to.level(id).is_some() {
        return id.to_owned();
    }
    let levels = &to.document.levels;
    let place = from.level(id).unwrap_or(0).min(levels.len().saturating_sub(1));
    levels.get(place).map(|level| level.id.clone()).unwrap_or_default()
}

/// Aims as they are once an upgrade is undone that made `after` of `before`. What was changed since stays where the older
/// revision knows it; all else is what it was.
pub fn give_back(now: &Aims, before: &Aims, after: &Aims, newer: &Template, older: &Template) -> Aims {
    let put_aside = before.chosen.difference(&after.chosen);
    let own = |id: &&String| before.chosen.contains(*id) || (!after.chosen.contains(*id) && older.can_be_chosen(id));
    let kept = now.chosen.iter().filter(own);
    let is_as_left = now.target_level == after.target_level;
    Aims {
        target_level: if is_as_left { before.target_level.clone() } else { level(&now.target_level, newer, older) },
        chosen: put_aside.chain(kept).cloned().collect(),
        rule: if now.rule == after.rule { before.rule.clone() } else { now.rule.clone() },
    }
}

/// Weeks that a lead chose for parts of a role.
pub type Weeks = BTreeMap<PartKey, u32>;

/// Weeks of parts that a revision has: those go along.
pub fn carry_weeks(weeks: &Weeks, to: &Template) -> Weeks {
    weeks.iter().filter(|(key, _)| has_part(to, key)).map(|(key, week)| (key.clone(), *week)).collect()
}

/// Weeks once an upgrade is undone: those of before come back where the newer revision did not have their part.
pub fn give_back_weeks(now: &Weeks, before: &Weeks, newer: &Template, older: &Template) -> Weeks {
    let put_aside = before.iter().filter(|(key, _)| !has_part(newer, key)).map(|(key, week)| (key.clone(), *week));
    carry_weeks(now, older).into_iter().chain(put_aside).collect()
}

fn has_part(template: &Template, key: &PartKey) -> bool {
    if key.is_group {
        template.group(&key.id).is_some_and(|group| template.groups[group].need.is_some())
    } else {
        template.requirement(&key.id).is_some() && !template.can_be_chosen(&key.id)
    }
}

/// A part of the plan whose week differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekLine {
    pub key: PartKey,
    pub name: String,
    pub before: Option<u32>,
    pub after: Option<u32>,
}

/// Parts that come into the plan, leave it, or get another week: by the week of after, then those that leave.
pub fn compare_plans(before: (&Template, &[Planned]), after: (&Template, &[Planned])) -> Vec<WeekLine> {
    let of = |(template, parts): (&Template, &[Planned])| -> Vec<(PartKey, String, u32)> {
        parts.iter().map(|planned| (planned.part.key(template), planned.part.name(template).to_owned(), planned.week)).collect()
    };
    let (was, is) = (of(before), of(after));
    let week = |parts: &[(PartKey, String, u32)], key: &PartKey| parts.iter().find(|(own, ..)| own == key).map(|(.., week)| *week);
    let now =
        is.iter().map(|(key, name, own)| WeekLine { key: key.clone(), name: name.clone(), before: week(&was, key), after: Some(*own) });
    let gone = was.iter().filter(|(key, ..)| week(&is, key).is_none());
    let gone = gone.map(|(key, name, own)| WeekLine { key: key.clone(), name: name.clone(), before: Some(*own), after: None });
    now.chain(gone).filter(|line| line.before != line.after).collect()
}
