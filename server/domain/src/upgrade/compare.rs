//! Two revisions of a role, side by side.

use std::collections::{BTreeMap, HashMap};

use crate::subject::{Subject, words};
use crate::template::{Asks, Criterion, Document, Group, Level, Requirement, RequirementDocument, Template};

/// What becomes of a requirement, a group or a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    Comes,
    Goes,
    /// To another level or group; more of it may differ.
    Moves,
    Changes,
    Stays,
}

words!(Fate { Comes = "comes", Goes = "goes", Moves = "moves", Changes = "changes", Stays = "stays" });

/// In what two revisions of one thing differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// Of a requirement: it moves.
    Level,
    /// Of a requirement: it moves.
    Group,
    /// The group that a group belongs to: it moves.
    Parent,
    /// Of a level among those that both revisions have: it moves.
    Place,
    /// How many members of a group are enough.
    Need,
    /// Of a requirement: subjects, a skill's step, weights of criteria.
    Asks,
    Trust,
    Weight,
    Hours,
    /// Requirements that come before it.
    Requires,
    Name,
    /// The text that says it, and what pages tell beside it.
    Words,
    /// Read by rules of plugins only.
    Attributes,
}

words!(Difference {
    Level = "level",
    Group = "group",
    Parent = "parent",
    Place = "place",
    Need = "need",
    Asks = "asks",
    Trust = "trust",
    Weight = "weight",
    Hours = "hours",
    Requires = "requires",
    Name = "name",
    Words = "words",
    Attributes = "attributes",
});

impl Difference {
    fn moves(self) -> bool {
        matches!(self, Self::Level | Self::Group | Self::Parent | Self::Place)
    }
}

/// One thing of either revision. Things are the same that have the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: String,
    /// Index in the revision of before.
    pub before: Option<usize>,
    /// Index in the revision that is taken over.
    pub after: Option<usize>,
    pub fate: Fate,
    /// Of what both have; in the order of [`Difference`].
    pub differences: Vec<Difference>,
}

/// How a revision of a role becomes another one. Each list has what comes after in its order, then what goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    pub requirements: Vec<Line>,
    pub groups: Vec<Line>,
    pub levels: Vec<Line>,
    /// Facts, pay, sources, resources or the role's own words differ; no score reads them.
    pub guide: bool,
}

impl Migration {
    /// Between two revisions of one role.
    pub fn between(before: &Template, after: &Template) -> Self {
        let (old, new) = (&before.document, &after.document);
        let places = [common_places(old, new), common_places(new, old)];
        let requirement = |b: usize, a: usize| {
            let (old, new) = (&old.requirements[b], &new.requirements[a]);
            let mut found = differing(&[(Difference::Level, old.level != new.level), (Difference::Group, old.group != new.group)]);
            found.extend(differing(&[
                (Difference::Asks, !asks_same(before, &before.requirements[b], after, &after.requirements[a])),
                (Difference::Trust, old.trust != new.trust),
                (Difference::Weight, old.weight != new.weight),
                (Difference::Hours, old.hours != new.hours),
                (Difference::Requires, sorted(&old.requires) != sorted(&new.requires)),
                (Difference::Name, old.name != new.name),
                (Difference::Words, told(old) != told(new)),
                (Difference::Attributes, old.attributes != new.attributes),
            ]));
            found
        };
        let group = |b: usize, a: usize| {
            let (old, new): (&Group, &Group) = (&old.groups[b], &new.groups[a]);
            differing(&[
                (Difference::Parent, old.parent != new.parent),
                (Difference::Need, old.need != new.need),
                (Difference::Weight, old.weight != new.weight),
                (Difference::Name, old.name != new.name),
                (Difference::Words, (&old.note, &old.sources) != (&new.note, &new.sources)),
                (Difference::Attributes, old.attributes != new.attributes),
            ])
        };
        let level = |b: usize, a: usize| {
            let (old, new): (&Level, &Level) = (&old.levels[b], &new.levels[a]);
            let told =
                |level: &Level| (level.short.clone(), level.years, level.works_as.clone(), level.focus.clone(), level.sources.clone());
            differing(&[
                (Difference::Place, places[0].get(old.id.as_str()) != places[1].get(new.id.as_str())),
                (Difference::Name, old.name != new.name),
                (Difference::Words, told(old) != told(new)),
            ])
        };
        Self {
            requirements: lines(ids(&before.requirements, |own| &own.id), ids(&after.requirements, |own| &own.id), requirement),
            groups: lines(ids(&old.groups, |own| &own.id), ids(&new.groups, |own| &own.id), group),
            levels: lines(ids(&old.levels, |own| &own.id), ids(&new.levels, |own| &own.id), level),
            guide: guide(old) != guide(new),
        }
    }

    /// Nothing that a path or a score reads differs.
    pub fn is_empty(&self) -> bool {
        [&self.requirements, &self.groups, &self.levels].into_iter().flatten().all(|line| line.fate == Fate::Stays)
    }

    /// How many requirements fare so.
    pub fn count(&self, fate: Fate) -> usize {
        self.requirements.iter().filter(|line| line.fate == fate).count()
    }
}

fn ids<T>(things: &[T], id: impl Fn(&T) -> &String) -> Vec<&str> {
    things.iter().map(|thing| id(thing).as_str()).collect()
}

fn lines(before: Vec<&str>, after: Vec<&str>, differences: impl Fn(usize, usize) -> Vec<Difference>) -> Vec<Line> {
    let index = |ids: &[&str]| ids.iter().enumerate().map(|(index, id)| ((*id).to_owned(), index)).collect::<HashMap<String, usize>>();
    let (was, is) = (index(&before), index(&after));
    let kept = after.iter().enumerate().map(|(a, id)| {
        let b = was.get(*id).copied();
        let differences = b.map(|b| differences(b, a)).unwrap_or_default();
        let fate = match b {
            None => Fate::Comes,
            Some(_) if differences.iter().any(|difference| difference.moves()) => Fate::Moves,
            Some(_) if !differences.is_empty() => Fate::Changes,
            Some(_) => Fate::Stays,
        };
        Line { id: (*id).to_owned(), before: b, after: Some(a), fate, differences }
    });
    let gone = before.iter().enumerate().filter(|(_, id)| !is.contains_key(**id));
    let gone = gone.map(|(b, id)| Line { id: (*id).to_owned(), before: Some(b), after: None, fate: Fate::Goes, differences: Vec::new() });
    kept.chain(gone).collect()
}

fn differing(asked: &[(Difference, bool)]) -> Vec<Difference> {
    asked.iter().filter(|(_, differs)| *differs).map(|(difference, _)| *difference).collect()
}

/// Where levels stand among those that the other revision has too: one that comes or goes moves no other.
fn common_places<'a>(document: &'a Document, other: &Document) -> BTreeMap<&'a str, usize> {
    let common = document.levels.iter().filter(|level| other.levels.iter().any(|own| own.id == level.id));
    common.enumerate().map(|(place, level)| (level.id.as_str(), place)).collect()
}

/// A subject that has only another name by now is the same.
fn same_subject(before: &Template, old: &Subject, after: &Template, new: &Subject) -> bool {
    after.resolve(old) == after.resolve(new) || before.resolve(old) == before.resolve(new)
}

/// They ask for the same: the order of a project's criteria says nothing.
fn asks_same(before: &Template, old: &Requirement, after: &Template, new: &Requirement) -> bool {
    let same = |old: &Subject, new: &Subject| same_subject(before, old, after, new);
    match (&old.asks, &new.asks) {
        (Asks::Skill { subject, step }, Asks::Skill { subject: other, step: asked }) => step == asked && same(subject, other),
        (Asks::Certification(subject), Asks::Certification(other)) | (Asks::Topic(subject), Asks::Topic(other)) => same(subject, other),
        (Asks::Project(old), Asks::Project(new)) => {
            let equal = |old: &Criterion, new: &Criterion| old.weight == new.weight && same(&old.subject, &new.subject);
            // Both ways: of two subjects that became one, one has no partner.
            old.iter().all(|old| new.iter().any(|new| equal(old, new))) && new.iter().all(|new| old.iter().any(|old| equal(old, new)))
        }
        _ => false,
    }
}

fn sorted(ids: &[String]) -> Vec<&String> {
    let mut ids: Vec<&String> = ids.iter().collect();
    ids.sort();
    ids
}

fn told(of: &RequirementDocument) -> (&String, &Option<String>, &Vec<String>, &Vec<String>) {
    (&of.asks, &of.short, &of.resources, &of.sources)
}

/// A document without what a score reads, and without its version.
fn guide(document: &Document) -> Document {
    Document {
        format: 0,
        version: String::new(),
        levels: Vec::new(),
        groups: Vec::new(),
        requirements: Vec::new(),
        based_on: None,
        ..document.clone()
    }
}
