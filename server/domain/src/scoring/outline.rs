//! What a template asks for up to a level, before any ledger: the part of an input that everybody has in common who aims there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::scoring::{Attribute, CHOSEN, InputCriterion, InputGroup, InputRequirement, RequirementKind, Scope, Value, apportion};
use crate::template::{Asks, AttributeValue, LevelIndex, Requirement, RequirementIndex, Template};

/// Groups and requirements of a template up to a level, with their points.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The template's requirement behind each requirement of an input.
    pub requirements: Vec<RequirementIndex>,
    /// Their ids, in the same order.
    pub ids: Arc<[String]>,
    /// For each requirement of the template its place in an input; none above the level.
    pub(super) place: Vec<Option<u32>>,
    pub(super) groups: Vec<InputGroup>,
    /// As on a path with a mentor whose learner chose nothing, before the slots of any-N groups have holders.
    inputs: Vec<InputRequirement>,
}

impl Outline {
    fn new(template: &Template, target: LevelIndex) -> Self {
        let requirements: Vec<RequirementIndex> =
            (0..template.requirements.len()).filter(|&i| template.requirements[i].level <= target).collect();
        let mut place: Vec<Option<u32>> = vec![None; template.requirements.len()];
        for (new, &old) in requirements.iter().enumerate() {
            place[old] = Some(new as u32);
        }
        let points = spread(template, &place);
        let mut group_place: Vec<u32> = vec![0; template.groups.len()];
        let mut groups = Vec::new();
        for (i, group) in template.groups.iter().enumerate() {
            let Some(weight) = points.groups[i] else { continue };
            group_place[i] = groups.len() as u32;
            let counted = group.members.iter().filter(|&&member| place[member].is_some()).count() as u32;
            let written = template.document.groups.iter().find(|written| written.id == group.id);
            groups.push(InputGroup {
                parent: group.parent.map(|parent| group_place[parent]),
                need: group.need.map(|need| need.min(counted)),
                weight,
                attributes: written.map(|written| attributes(&written.attributes)).unwrap_or_default(),
            });
        }
        let input = |&i: &RequirementIndex| {
            let requirement = &template.requirements[i];
            let written = template.document.requirements.get(i).filter(|written| written.id == requirement.id);
            let mut attributes = written.map(|written| attributes(&written.attributes)).unwrap_or_default();
            attributes.retain(|attribute| attribute.key != CHOSEN);
            InputRequirement {
                group: group_place[requirement.group],
                possible: points.requirements[i],
                requires: requirement.requires.iter().filter_map(|&before| place[before]).collect(),
                attributes,
                ..asked_of(requirement)
            }
        };
        Self {
            ids: requirements.iter().map(|&i| template.requirements[i].id.clone()).collect(),
            inputs: requirements.iter().map(input).collect(),
            requirements,
            place,
            groups,
        }
    }

    /// The requirements of an input on one path: with the learner's choice, and with the least trust that is asked there.
    pub(super) fn of(&self, scope: &Scope<'_>) -> Vec<InputRequirement> {
        let mut inputs = self.inputs.clone();
        for (input, &i) in inputs.iter_mut().zip(&self.requirements) {
            let requirement = &scope.template.requirements[i];
            input.least_trust = scope.least_trust(requirement);
            if scope.template.groups[requirement.group].need.is_some() && scope.chosen.contains(&requirement.id) {
                input.attributes.push(Attribute { key: Cow::Borrowed(CHOSEN), value: Value::Truth(true) });
                input.attributes.sort();
            }
        }
        inputs
    }
}

/// The outlines of a template, each made when it is asked for first: every score begins with one.
#[derive(Default)]
pub(crate) struct Outlines(Mutex<BTreeMap<LevelIndex, Arc<Outline>>>);

impl Clone for Outlines {
    /// A copy may be changed, so it begins without any.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// It says nothing that the template does not say, and which were asked for so far.
impl fmt::Debug for Outlines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outlines")
    }
}

impl Template {
    /// What is asked for up to a level; beyond the last one, everything.
    pub(crate) fn outline(&self, target: LevelIndex) -> Arc<Outline> {
        let mut known = self.outlines.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(target).or_insert_with(|| Arc::new(Outline::new(self, target))))
    }
}

/// All requirements of a template as [`crate::scoring::best`] wants them, whatever the target: kind, step and criteria,
/// nothing of groups, points and trust.
pub(crate) fn outline_of(template: &Template) -> Vec<InputRequirement> {
    template.requirements.iter().map(asked_of).collect()
}

/// What a requirement asks for, without its place among others.
fn asked_of(requirement: &Requirement) -> InputRequirement {
    let (kind, step, criteria) = match &requirement.asks {
        Asks::Skill { step, .. } => (RequirementKind::Skill, *step as u8, Arc::default()),
        Asks::Certification(_) => (RequirementKind::Certification, 0, Arc::default()),
        Asks::Topic(_) => (RequirementKind::Topic, 0, Arc::default()),
        Asks::Project(criteria) => {
            (RequirementKind::Project, 0, criteria.iter().map(|criterion| InputCriterion { weight: criterion.weight }).collect())
        }
    };
    InputRequirement {
        id: requirement.id.as_str().into(),
        kind,
        group: 0,
        level: requirement.level as u8,
        step,
        possible: 0,
        least_trust: requirement.least_trust,
        hours: requirement.hours,
        criteria,
        requires: Arc::default(),
        attributes: Vec::new(),
    }
}

struct Points {
    /// None for a group without counted requirements.
    groups: Vec<Option<u32>>,
    /// Zero for what is not counted and for members of any-N groups.
    requirements: Vec<u32>,
}

/// 10 000 points from the outside in; `counted` says which requirements count.
fn spread(template: &Template, counted: &[Option<u32>]) -> Points {
    let members = |group: usize| template.groups[group].members.iter().copied().filter(|&member| counted[member].is_some());
    // Parents come first, so backwards every group is weighed after all that it holds.
    let mut weights: Vec<Option<u32>> = vec![None; template.groups.len()];
    for (i, group) in template.groups.iter().enumerate().rev() {
        let of_members = members(i).map(|member| template.requirements[member].weight);
        let of_children = group.children.iter().filter_map(|&child| weights[child]);
        let inner: Vec<u32> = of_members.chain(of_children).collect();
        if !inner.is_empty() {
            weights[i] = Some(group.weight.unwrap_or_else(|| inner.iter().fold(0, |sum, &weight| sum.saturating_add(weight))));
        }
    }
    let mut points = Points { groups: vec![None; template.groups.len()], requirements: vec![0; template.requirements.len()] };
    let live = |group: &usize| weights[*group].is_some();
    let split = |total: u32, members: Vec<usize>, groups: Vec<usize>, points: &mut Points| {
        let ids: Vec<&str> = (members.iter().map(|&i| template.requirements[i].id.as_str()))
            .chain(groups.iter().map(|&i| template.groups[i].id.as_str()))
            .collect();
        let parts: Vec<u32> =
            (members.iter().map(|&i| template.requirements[i].weight)).chain(groups.iter().map(|&i| weights[i].unwrap_or(0))).collect();
        let shares = apportion(total, &parts, &ids);
        for (&member, &share) in members.iter().zip(&shares) {
            points.requirements[member] = share;
        }
        for (&group, &share) in groups.iter().zip(&shares[members.len()..]) {
            points.groups[group] = Some(share);
        }
    };
    split(10_000, Vec::new(), template.areas().filter(live).collect(), &mut points);
    for (i, group) in template.groups.iter().enumerate() {
        if let (Some(total), None) = (points.groups[i], group.need) {
            split(total, members(i).collect(), group.children.iter().copied().filter(live).collect(), &mut points);
        }
    }
    points
}

fn attributes(written: &BTreeMap<String, AttributeValue>) -> Vec<Attribute> {
    let value = |value: &AttributeValue| match value {
        AttributeValue::Truth(truth) => Value::Truth(*truth),
        AttributeValue::Number(number) => Value::Number(*number),
        AttributeValue::Text(text) => Value::Text(Cow::Owned(text.clone())),
    };
    written.iter().map(|(key, written)| Attribute { key: Cow::Owned(key.clone()), value: value(written) }).collect()
}
