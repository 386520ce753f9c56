//! The plan: each part of a role gets a week of the cohort. A part is a requirement, or an any-N group as a whole, since
//! nobody knows which of its members a learner takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::cohort::Calendar;
use crate::scoring::{ProjectionError, Scope, project};
use crate::template::{GroupIndex, LevelIndex, RequirementIndex, Template};
use crate::time::Day;

/// What is planned as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Requirement(RequirementIndex),
    /// Any N of its members.
    Group(GroupIndex),
}

/// The key of a part in the database, in forms and in the API: the template's id, and which kind of id that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartKey {
    pub is_group: bool,
    pub id: String,
}

impl Part {
    pub fn key(self, template: &Template) -> PartKey {
        match self {
            Self::Requirement(index) => PartKey { is_group: false, id: template.requirements[index].id.clone() },
            Self::Group(index) => PartKey { is_group: true, id: template.groups[index].id.clone() },
        }
    }

    pub fn name(self, template: &Template) -> &str {
        match self {
            Self::Requirement(index) => &template.requirements[index].name,
            Self::Group(index) => &template.groups[index].name,
        }
    }

    pub fn area(self, template: &Template) -> GroupIndex {
        match self {
            Self::Requirement(index) => template.requirements[index].area,
            Self::Group(index) => template.groups[index].area,
        }
    }
}

/// A part with its week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub part: Part,
    /// Basis points of the whole; all parts together have 10 000.
    pub points: u32,
    /// Of any-N groups those of the members that the school chose, or else of as many of the shortest as are needed.
    pub hours: u32,
    /// From 1.
    pub week: u32,
    /// The week that [`plan`] suggests.
    pub suggested: u32,
}

/// The plan of a role in a cohort: every part of the levels up to the target, by its week and then as in the role. Weeks
/// that a lead chose hold, cut to the cohort's; every other part has the suggested one.
///
/// The suggestion walks the parts in the template's order, those of lower levels first and each after all that it
/// requires, and spreads their hours evenly over the session days: a part belongs to the week in which the last of its
/// hours falls.
pub fn plan(
    template: &Template,
    target: LevelIndex,
    chosen: &BTreeSet<String>,
    calendar: &Calendar,
    weeks: &BTreeMap<PartKey, u32>,
) -> Result<Vec<Planned>, ProjectionError> {
    let scope = Scope { template, target, chosen, mentored: true, today: Day::from_number(0), settings: &[] };
    let asked = project(scope, &[])?;
    let mut points: BTreeMap<Part, u32> = BTreeMap::new();
    for (input, &requirement) in asked.claimed.requirements.iter().zip(&asked.outline.requirements) {
        *points.entry(part_of(template, requirement)).or_default() += input.possible;
    }
    let order = walk(template, target, &points.keys().copied().collect());
    let hours: Vec<u64> = order.iter().map(|&part| u64::from(hours(template, target, chosen, part)).max(1)).collect();
    let (whole, length, last) = (hours.iter().sum::<u64>(), u64::from(calendar.length()).max(1), calendar.weeks());
    let through: Vec<u64> = (1..=last).map(|week| calendar.sessions_through(week).into()).collect();
    let mut done = 0;
    let mut planned: Vec<Planned> = Vec::with_capacity(order.len());
    for (part, hours) in order.into_iter().zip(hours) {
        done += hours;
        let session = (done * length).div_ceil(whole);
        let suggested = through.iter().position(|&sessions| sessions >= session).map_or(last, |week| week as u32 + 1);
        let week = weeks.get(&part.key(template)).map_or(suggested, |&week| week.clamp(1, last));
        planned.push(Planned { part, points: points[&part], hours: hours as u32, week, suggested });
    }
    planned.sort_by_key(|planned| planned.week);
    Ok(planned)
}

/// What a plan asks for as the session days go by: worked out once, looked up for every learner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    /// Session days, and the points that are asked for once they are over; both rise.
    steps: Vec<(u32, u32)>,
}

impl Curve {
    pub fn new(plan: &[Planned], calendar: &Calendar) -> Self {
        let mut steps: Vec<(u32, u32)> = Vec::new();
        let (mut week, mut sum) = (0, 0);
        for planned in plan {
            sum += planned.points;
            match steps.last_mut() {
                Some(last) if planned.week == week => last.1 = sum,
                _ => {
                    week = planned.week;
                    steps.push((calendar.sessions_through(week).max(1), sum));
                }
            }
        }
        Self { steps }
    }

    /// Points that are asked for once so many session days lie behind a learner: those of every week that is over.
    pub fn at(&self, reached: u32) -> u32 {
        let over = self.steps.partition_point(|&(sessions, _)| sessions <= reached);
        over.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(0, |&(_, points)| points)
    }
}

/// What a requirement is planned as.
pub fn part_of(template: &Template, requirement: RequirementIndex) -> Part {
    let group = template.requirements[requirement].group;
    if template.groups[group].need.is_some() { Part::Group(group) } else { Part::Requirement(requirement) }
}

fn members(template: &Template, target: LevelIndex, part: Part) -> Vec<RequirementIndex> {
    match part {
        Part::Requirement(index) => vec![index],
        Part::Group(group) => {
            let members = template.groups[group].members.iter().copied();
            members.filter(|&member| template.requirements[member].level <= target).collect()
        }
    }
}

fn hours(template: &Template, target: LevelIndex, chosen: &BTreeSet<String>, part: Part) -> u32 {
    let members = members(template, target, part);
    let of = |member: &RequirementIndex| template.requirements[*member].hours;
    let Part::Group(group) = part else { return members.iter().map(of).sum() };
    let fixed: Vec<u32> = members.iter().filter(|&&member| chosen.contains(&template.requirements[member].id)).map(of).collect();
    if !fixed.is_empty() {
        return fixed.into_iter().sum();
    }
    let mut all: Vec<u32> = members.iter().map(of).collect();
    all.sort_unstable();
    all.into_iter().take(template.groups[group].need.unwrap_or(1) as usize).sum()
}

/// Parts in the order of work: again and again the first by level and template of those whose prerequisites are behind.
/// Two groups may require members of each other; then the first of all is taken, so that the walk ends.
fn walk(template: &Template, target: LevelIndex, parts: &BTreeSet<Part>) -> Vec<Part> {
    struct Step {
        part: Part,
        before: BTreeSet<Part>,
    }
    let step = |&part: &Part| {
        let members = members(template, target, part);
        let level = members.iter().map(|&member| template.requirements[member].level).min().unwrap_or(0);
        let before = members.iter().flat_map(|&member| &template.requirements[member].requires).map(|&before| part_of(template, before));
        let place = members.first().copied().unwrap_or(usize::MAX);
        ((level, place), Step { part, before: before.filter(|before| *before != part && parts.contains(before)).collect() })
    };
    let mut waiting: Vec<((LevelIndex, usize), Step)> = parts.iter().map(step).collect();
    waiting.sort_by_key(|(place, _)| *place);
    let mut done: BTreeSet<Part> = BTreeSet::new();
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let next = waiting.iter().position(|(_, step)| step.before.is_subset(&done)).unwrap_or(0);
        let (_, step) = waiting.remove(next);
        done.insert(step.part);
        order.push(step.part);
    }
    order
}
