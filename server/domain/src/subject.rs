//! Subjects: what evidence is about. A subject is a kind and an id of the catalogue; it is the key that lets one
//! proof count in every role that asks for it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kinds of subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    Skill,
    Criterion,
    Certification,
    Topic,
}

/// How well a skill is held, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Aware = 1,
    Working = 2,
    Independent = 3,
    Leading = 4,
}

/// How far evidence is believed, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    Claimed,
    Linked,
    Peer,
    Mentor,
    Verified,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in documents, in the database and in the API.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(format!("“{text}” is none of {}", [$($word),*].join(", "))),
                }
            }
        }
    };
}
pub(crate) use words;

words!(SubjectKind { Skill = "skill", Criterion = "criterion", Certification = "certification", Topic = "topic" });
words!(Step { Aware = "aware", Working = "working", Independent = "independent", Leading = "leading" });
words!(Trust { Claimed = "claimed", Linked = "linked", Peer = "peer", Mentor = "mentor", Verified = "verified" });

/// A kind and an id. Ids of the built-in catalogue have no prefix; a pack's own read `publisher/name/id`.
/// Written `skill:postgresql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject {
    pub kind: SubjectKind,
    pub id: String,
}

impl Subject {
    pub fn new(kind: SubjectKind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// True for one to three parts of lower-case letters, digits, hyphens and dots between slashes, at most 120 characters.
pub fn is_subject_id(id: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
    };
    id.len() <= 120 && matches!(id.split('/').count(), 1 | 3) && id.split('/').all(part)
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, id) = text.split_once(':').ok_or_else(|| format!("“{text}” is not a subject like skill:postgresql"))?;
        if !is_subject_id(id) {
            return Err(format!("“{id}” is not an id: use lower-case letters, digits, hyphens and dots"));
        }
        Ok(Self { kind: kind.parse()?, id: id.to_owned() })
    }
}

impl TryFrom<String> for Subject {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> String {
        subject.to_string()
    }
}
