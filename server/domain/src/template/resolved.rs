//! A template that passed validation, with every reference turned into an index.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use crate::scoring::Outlines;
use crate::subject::{Step, Subject, Trust};
use crate::template::{Document, RubricLevelDocument};

/// Index into [`Template::requirements`].
pub type RequirementIndex = usize;
/// Index into [`Template::groups`].
pub type GroupIndex = usize;
/// Index into the document's levels, lowest first.
pub type LevelIndex = usize;

/// An immutable revision of a role. Made by [`crate::template::validate`] only, and not changed once it was scored.
#[derive(Clone, Debug)]
pub struct Template {
    pub document: Document,
    /// Former ids of the subjects asked for, as the catalogue had them when the revision was made.
    pub aliases: BTreeMap<Subject, Subject>,
    /// SHA-256 of [`Template::canonical`], in hexadecimal: the identity of the revision.
    pub hash: String,
    /// Parents come before their children.
    pub groups: Vec<GroupNode>,
    /// In the document's order.
    pub requirements: Vec<Requirement>,
    pub(super) index: Index,
    pub(crate) outlines: Outlines,
}

/// Look-ups that every score makes many times, made once a revision.
#[derive(Clone, Default)]
pub(super) struct Index {
    ids: HashMap<String, RequirementIndex>,
    asked: HashMap<Subject, Vec<(RequirementIndex, u32)>>,
}

/// It says nothing that the requirements do not say.
impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index")
    }
}

impl Index {
    pub(super) fn of(requirements: &[Requirement]) -> Self {
        let mut index = Self::default();
        for (i, requirement) in requirements.iter().enumerate() {
            index.ids.entry(requirement.id.clone()).or_insert(i);
            for (criterion, subject) in requirement.subjects().into_iter().enumerate() {
                index.asked.entry(subject.clone()).or_default().push((i, criterion as u32));
            }
        }
        index
    }
}

#[derive(Clone, Debug)]
pub struct GroupNode {
    pub id: String,
    pub name: String,
    pub parent: Option<GroupIndex>,
    /// The outermost group it belongs to: itself for an area.
    pub area: GroupIndex,
    pub need: Option<u32>,
    pub weight: Option<u32>,
    pub members: Vec<RequirementIndex>,
    pub children: Vec<GroupIndex>,
}

#[derive(Clone, Debug)]
pub struct Requirement {
    pub id: String,
    pub name: String,
    pub short: String,
    pub group: GroupIndex,
    pub area: GroupIndex,
    pub level: LevelIndex,
    pub weight: u32,
    pub hours: u32,
    pub least_trust: Trust,
    pub asks: Asks,
    pub requires: Vec<RequirementIndex>,
}

/// What evidence must be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    Skill { subject: Subject, step: Step },
    Certification(Subject),
    Topic(Subject),
    Project(Vec<Criterion>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    pub subject: Subject,
    pub weight: u32,
    /// How well it can be met, where the role says more than yes and no.
    pub rubric: Option<Rubric>,
}

/// Levels of a criterion, lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubric {
    pub levels: Vec<RubricLevelDocument>,
    /// Place of the lowest level that counts as met; never the first.
    pub met_from: usize,
}

impl Template {
    pub fn id(&self) -> &str {
        &self.document.id
    }

    pub fn version(&self) -> &str {
        &self.document.version
    }

    pub fn requirement(&self, id: &str) -> Option<RequirementIndex> {
        self.index.ids.get(id).copied()
    }

    /// The requirements that ask for what an entry's subject means in this revision, in order; of a project with the place of the
    /// criterion, of others with 0.
    pub fn asking(&self, subject: &Subject) -> &[(RequirementIndex, u32)] {
        self.index.asked.get(self.resolve(subject)).map_or(&[], Vec::as_slice)
    }

    pub fn level(&self, id: &str) -> Option<LevelIndex> {
        self.document.levels.iter().position(|level| level.id == id)
    }

    pub fn group(&self, id: &str) -> Option<GroupIndex> {
        self.groups.iter().position(|group| group.id == id)
    }

    /// Whether an id is of a member of an any-N group.
    pub fn can_be_chosen(&self, id: &str) -> bool {
        self.requirement(id).is_some_and(|index| self.groups[self.requirements[index].group].need.is_some())
    }

    /// The role's areas: groups without a parent, in order.
    pub fn areas(&self) -> impl Iterator<Item = GroupIndex> {
        (0..self.groups.len()).filter(|&group| self.groups[group].parent.is_none())
    }

    /// The rubric of a criterion: of the first project that has one for it, so that work for several projects is judged once.
    pub fn rubric(&self, criterion: &Subject) -> Option<&Rubric> {
        let criterion = self.resolve(criterion);
        self.requirements.iter().find_map(|requirement| match &requirement.asks {
            Asks::Project(criteria) => criteria.iter().find(|asked| asked.subject == *criterion)?.rubric.as_ref(),
            _ => None,
        })
    }

    /// The subject that an entry's subject means in this revision.
    pub fn resolve<'a>(&'a self, subject: &'a Subject) -> &'a Subject {
        self.aliases.get(subject).unwrap_or(subject)
    }
}

impl Requirement {
    /// All subjects that count for it.
    pub fn subjects(&self) -> Vec<&Subject> {
        match &self.asks {
            Asks::Skill { subject, .. } | Asks::Certification(subject) | Asks::Topic(subject) => vec![subject],
            Asks::Project(criteria) => criteria.iter().map(|criterion| &criterion.subject).collect(),
        }
    }

    pub fn is_project(&self) -> bool {
        matches!(self.asks, Asks::Project(_))
    }
}
