//! What a rule is given. Mirrors `record score-input` of the plugin contract 0.1.0: numbers and indexes, no prose, no
//! names, no ids of people or rows.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::subject::Trust;

/// An attribute's value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    Text(Cow<'static, str>),
    Number(i64),
    Truth(bool),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    pub key: Cow<'static, str>,
    pub value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequirementKind {
    Skill,
    Project,
    Certification,
    Topic,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputCriterion {
    pub weight: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRequirement {
    /// The template's id of the requirement.
    pub id: Arc<str>,
    pub kind: RequirementKind,
    /// Index into groups.
    pub group: u32,
    /// Index into the template's levels.
    pub level: u8,
    /// 1 to 4; 0 where the kind has none.
    pub step: u8,
    /// Points it could bring as the host apportions them; all sum to 10 000. A member of an any-N group that holds no
    /// slot has 0.
    pub possible: u32,
    pub least_trust: Trust,
    pub hours: u32,
    pub criteria: Arc<[InputCriterion]>,
    /// Indexes of requirements that come before this one.
    pub requires: Arc<[u32]>,
    /// What the author put there, and `chosen: true` where the learner chose this member of an any-N group.
    pub attributes: Vec<Attribute>,
}

impl InputRequirement {
    /// True where the learner chose this member of an any-N group.
    pub fn is_chosen(&self) -> bool {
        self.attributes.iter().any(|attribute| attribute.key == CHOSEN && attribute.value == Value::Truth(true))
    }
}

/// Key of the attribute that the host gives to chosen members of any-N groups; an author's own of that name is dropped.
pub const CHOSEN: &str = "chosen";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputGroup {
    /// Index of the parent; parents come first.
    pub parent: Option<u32>,
    /// How many members are enough; none = all. Never more than the members in scope.
    pub need: Option<u32>,
    /// Points of the whole group in basis points, as apportioned.
    pub weight: u32,
    pub attributes: Vec<Attribute>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputEvidence {
    /// Index into requirements.
    pub requirement: u32,
    /// Indexes of the requirement's criteria that it shows; empty = the whole.
    pub criteria: Vec<u32>,
    /// Basis points after step, fading and marks.
    pub share: u32,
    pub trust: Trust,
    /// Days since 1970-01-01, the learner's own.
    pub on: i32,
    pub attributes: Vec<Attribute>,
}

/// Only requirements in scope (levels up to the target) are in it, in the template's order; evidence is sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreInput {
    pub template: String,
    pub revision: String,
    pub today: i32,
    pub groups: Vec<InputGroup>,
    pub requirements: Vec<InputRequirement>,
    pub evidence: Vec<InputEvidence>,
    pub settings: Vec<Attribute>,
}
