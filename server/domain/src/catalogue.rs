//! The catalogue: every subject by its stable id. `config/skills.toml` is the built-in one; packs add their own.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::subject::{Subject, SubjectKind};

/// A catalogue as its author writes it, in TOML or JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CatalogueDocument {
    pub skills: Vec<SubjectDocument>,
    pub criteria: Vec<SubjectDocument>,
    pub certifications: Vec<SubjectDocument>,
    pub topics: Vec<SubjectDocument>,
}

/// One subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SubjectDocument {
    /// Stable: lower-case letters, digits, hyphens and dots; `publisher/name/id` in a pack.
    pub id: String,
    pub name: String,
    /// Other names that people search for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Ids that this subject had before; evidence recorded under them still counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_ids: Vec<String>,
    /// What a criterion asks, in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<String>,
    /// The concept's URI in ESCO, the European classification of skills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub esco: Option<String>,
    /// For a pack's subject: the built-in id that means the same. An admin accepts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// A catalogue that passed validation: ids unique a kind, former ids leading to one subject each.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    subjects: BTreeMap<Subject, SubjectDocument>,
    former: BTreeMap<Subject, Subject>,
}

impl Catalogue {
    /// Used by validation, which has checked what this relies on.
    pub(crate) fn from_parts(subjects: BTreeMap<Subject, SubjectDocument>, former: BTreeMap<Subject, Subject>) -> Self {
        Self { subjects, former }
    }

    pub fn get(&self, subject: &Subject) -> Option<&SubjectDocument> {
        self.subjects.get(subject)
    }

    /// The subject that an id means today: itself, or what it became.
    pub fn resolve(&self, subject: &Subject) -> Option<Subject> {
        if self.subjects.contains_key(subject) { Some(subject.clone()) } else { self.former.get(subject).cloned() }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Subject, &SubjectDocument)> {
        self.subjects.iter()
    }

    pub fn of_kind(&self, kind: SubjectKind) -> impl Iterator<Item = (&Subject, &SubjectDocument)> {
        self.subjects.iter().filter(move |(subject, _)| subject.kind == kind)
    }

    /// Former ids and what they became.
    pub fn former(&self) -> impl Iterator<Item = (&Subject, &Subject)> {
        self.former.iter()
    }

    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }
}
