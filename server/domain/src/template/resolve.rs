//! Turns a document's references into indexes.

use std::collections::{BTreeMap, HashMap};

use crate::scoring::Outlines;
use crate::subject::{Subject, SubjectKind};
use crate::template::problem::item;
use crate::template::resolved::Index;
use crate::template::{
    Asks, Criterion, CriterionDocument, Document, GroupIndex, GroupNode, Problems, Requirement, RequirementDocument, RequirementIndex,
    Rubric, Template,
};

/// A template without its hash. `subject` says what a subject means today. A reference that leads nowhere is a problem;
/// in a document that was checked there is none.
pub(super) fn template(
    document: Document,
    subject: &dyn Fn(&Subject) -> Option<Subject>,
    aliases: BTreeMap<Subject, Subject>,
) -> Result<Template, Problems> {
    let groups = groups(&document)?;
    let mut template = Template {
        aliases,
        hash: String::new(),
        groups,
        requirements: Vec::new(),
        index: Index::default(),
        outlines: Outlines::default(),
        document,
    };
    let group_of = indexes(template.groups.iter().map(|group| group.id.as_str()));
    let level_of = indexes(template.document.levels.iter().map(|level| level.id.as_str()));
    let requirement_of = indexes(template.document.requirements.iter().map(|requirement| requirement.id.as_str()));

    let mut requirements = Vec::with_capacity(template.document.requirements.len());
    for (index, asked) in template.document.requirements.iter().enumerate() {
        let nowhere = |field: &str, id: &str| dangling(&format!("{}.{field}", item("requirements", index, &asked.id)), id);
        let find = |map: &HashMap<&str, usize>, field: &str, id: &str| map.get(id).copied().ok_or_else(|| nowhere(field, id));
        let group = find(&group_of, "group", &asked.group)?;
        requirements.push(Requirement {
            id: asked.id.clone(),
            name: asked.name.clone(),
            short: asked.short.clone().unwrap_or_else(|| asked.name.clone()),
            group,
            area: template.groups[group].area,
            level: find(&level_of, "level", &asked.level)?,
            weight: asked.weight,
            hours: asked.hours,
            least_trust: asked.trust,
            asks: asks(asked, subject).map_err(|id| nowhere("subject", &id))?,
            requires: asked.requires.iter().map(|id| find(&requirement_of, "requires", id)).collect::<Result<_, _>>()?,
        });
    }
    for (index, requirement) in requirements.iter().enumerate() {
        template.groups[requirement.group].members.push(index as RequirementIndex);
    }
    template.index = Index::of(&requirements);
    template.requirements = requirements;
    Ok(template)
}

fn groups(document: &Document) -> Result<Vec<GroupNode>, Problems> {
    let mut nodes: Vec<GroupNode> = Vec::with_capacity(document.groups.len());
    for (index, group) in document.groups.iter().enumerate() {
        let parent: Option<GroupIndex> = match &group.parent {
            None => None,
            Some(id) => {
                let parent = nodes.iter().position(|node| node.id == *id);
                Some(parent.ok_or_else(|| dangling(&format!("{}.parent", item("groups", index, &group.id)), id))?)
            }
        };
        if let Some(parent) = parent {
            nodes[parent].children.push(index);
        }
        nodes.push(GroupNode {
            id: group.id.clone(),
            name: group.name.clone(),
            parent,
            area: parent.map_or(index, |parent| nodes[parent].area),
            need: group.need,
            weight: group.weight,
            members: Vec::new(),
            children: Vec::new(),
        });
    }
    Ok(nodes)
}

/// What a requirement asks for; `Err` names what is not there.
fn asks(asked: &RequirementDocument, subject: &dyn Fn(&Subject) -> Option<Subject>) -> Result<Asks, String> {
    let find = |kind, id: &str| subject(&Subject::new(kind, id)).ok_or_else(|| id.to_owned());
    match (&asked.skill, asked.step, &asked.certification, &asked.topic) {
        (Some(id), Some(step), None, None) => Ok(Asks::Skill { subject: find(SubjectKind::Skill, id)?, step }),
        (None, None, Some(id), None) => Ok(Asks::Certification(find(SubjectKind::Certification, id)?)),
        (None, None, None, Some(id)) => Ok(Asks::Topic(find(SubjectKind::Topic, id)?)),
        (None, None, None, None) if !asked.criteria.is_empty() => asked
            .criteria
            .iter()
            .map(|criterion| {
                let subject = find(SubjectKind::Criterion, &criterion.id)?;
                Ok(Criterion { subject, weight: criterion.weight, rubric: rubric(criterion)? })
            })
            .collect::<Result<_, String>>()
            .map(Asks::Project),
        _ => Err(asked.id.clone()),
    }
}

/// Levels with the place from which on they count as met; `Err` names what is not there.
fn rubric(criterion: &CriterionDocument) -> Result<Option<Rubric>, String> {
    let Some(id) = &criterion.met_from else { return Ok(None) };
    let met_from = criterion.levels.iter().position(|level| level.id == *id).ok_or_else(|| id.clone())?;
    Ok(Some(Rubric { levels: criterion.levels.clone(), met_from }))
}

fn indexes<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    ids.enumerate().map(|(index, id)| (id, index)).collect()
}

fn dangling(place: &str, id: &str) -> Problems {
    Problems::one(place, format!("“{id}” leads nowhere"), "Name something that the document or the catalogue has")
}
