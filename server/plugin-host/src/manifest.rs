//! `plugin.toml`: who a plugin is, what it wants, and what its pack holds.

use std::collections::BTreeMap;

use domain::scoring::{Attribute, Value};
use domain::template::Problem;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The contract that this host speaks.
pub const CONTRACT: &str = "0.1.0";
/// The newest format of the manifest that this host reads.
pub const FORMAT: i64 = 1;

/// A manifest that passed its checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// `publisher/name`.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Version of the contract that the component was built with; packs of documents need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    pub kind: Kind,
    pub name: String,
    pub summary: String,
    /// SPDX expression.
    pub license: String,
    pub authors: Vec<String>,
    #[serde(default)]
    pub templates: Templates,
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// SHA-256 of every other file of the pack, hexadecimal; written when it is packed.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
}

/// What a plugin brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Roles,
    Scoring,
    Both,
}

impl Kind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Scoring => "scoring",
            Self::Both => "both",
        }
    }

    pub const fn scores(self) -> bool {
        matches!(self, Self::Scoring | Self::Both)
    }

    pub const fn brings_roles(self) -> bool {
        matches!(self, Self::Roles | Self::Both)
    }
}

/// Where the role templates come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Templates {
    /// `templates/*.toml` in the pack.
    #[default]
    Documents,
    /// The component's `catalog` export; a folder `templates` beside the manifest is its source and is not packed.
    Computed,
}

/// One setting of a rule, with what it may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    pub key: String,
    #[serde(rename = "type")]
    pub kind: SettingKind,
    pub name: String,
    pub about: String,
    pub default: Plain,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// What a text may be; empty: anything of at most 200 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SettingKind {
    Number,
    Text,
    Truth,
}

/// A value as a document writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plain {
    Truth(bool),
    Number(i64),
    Text(String),
}

impl From<&Plain> for Value {
    fn from(plain: &Plain) -> Self {
        match plain {
            Plain::Truth(truth) => Self::Truth(*truth),
            Plain::Number(number) => Self::Number(*number),
            Plain::Text(text) => Self::Text(text.clone().into()),
        }
    }
}

impl Manifest {
    /// Reads `plugin.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place and its mend.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let refuse =
            |problems| Refusal::new("manifest", "plugin.toml is not a manifest", "Mend what is listed and pack it again").with(problems);
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| refuse(vec![problem("plugin.toml", error.to_string().trim(), "Write valid TOML")]))?;
        let mut problems = Vec::new();
        check_keys(&table, &mut problems);
        check_words(&table, &mut problems);
        if !problems.is_empty() {
            return Err(refuse(problems));
        }
        let manifest: Self = table.try_into().map_err(|error: toml::de::Error| {
            refuse(vec![problem("plugin.toml", error.to_string().trim(), "See the manifest of a pack that ships")])
        })?;
        let mut problems = Vec::new();
        manifest.settings.iter().for_each(|setting| setting.check(&manifest.settings, &mut problems));
        if problems.is_empty() { Ok(manifest) } else { Err(refuse(problems)) }
    }

    /// `publisher/name@version`.
    pub fn full_name(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// `publisher.name-version.waypack`.
    pub fn file_name(&self) -> String {
        format!("{}-{}.waypack", self.id.replace('/', "."), self.version)
    }

    /// Every setting once, in the schema's order: as given, else its default.
    ///
    /// # Errors
    /// Unknown keys and values that the schema does not allow.
    pub fn settings_with_defaults(&self, given: &[Attribute]) -> Result<Vec<Attribute>, Vec<Problem>> {
        let mut problems = Vec::new();
        for attribute in given {
            match self.settings.iter().find(|setting| setting.key == attribute.key) {
                None => problems.push(problem(&attribute.key, "there is no such setting", "Leave it out")),
                Some(setting) => problems.extend(setting.refuses(&attribute.value).map(|(what, mend)| problem(&setting.key, &what, &mend))),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let value = |setting: &Setting| {
            given
                .iter()
                .find(|attribute| attribute.key == setting.key)
                .map_or_else(|| (&setting.default).into(), |given| given.value.clone())
        };
        Ok(self.settings.iter().map(|setting| Attribute { key: setting.key.clone().into(), value: value(setting) }).collect())
    }
}

impl Setting {
    fn check(&self, all: &[Self], problems: &mut Vec<Problem>) {
        let place = format!("settings ({})", self.key);
        if !is_name(&self.key) {
            problems.push(problem(&place, "the key is not a name", "Use lower-case letters, digits and hyphens"));
        }
        if all.iter().filter(|other| other.key == self.key).count() > 1 {
            problems.push(problem(&place, "the key is there twice", "Give each setting a key of its own"));
        }
        if let Some((what, mend)) = self.refuses(&(&self.default).into()) {
            problems.push(problem(&format!("{place}.default"), &what, &mend));
        }
    }

    fn refuses(&self, value: &Value) -> Option<(String, String)> {
        let refuse = |what: String, mend: String| Some((what, mend));
        match (self.kind, value) {
            (SettingKind::Number, Value::Number(number)) => {
                let (least, most) = (self.least.unwrap_or(i64::MIN), self.most.unwrap_or(i64::MAX));
                if (least..=most).contains(number) {
                    None
                } else {
                    refuse(format!("{number} is out of range"), format!("Give {least} to {most}"))
                }
            }
            (SettingKind::Text, Value::Text(text)) if !self.choices.is_empty() && !self.choices.iter().any(|choice| choice == text) => {
                refuse(format!("“{text}” is not one of the choices"), format!("Give one of {}", self.choices.join(", ")))
            }
            (SettingKind::Text, Value::Text(text)) if text.chars().count() > 200 => {
                refuse("the text is too long".to_owned(), "Give at most 200 characters".to_owned())
            }
            (SettingKind::Text, Value::Text(_)) | (SettingKind::Truth, Value::Truth(_)) => None,
            (kind, _) => refuse("the value is of another type".to_owned(), format!("Give a {kind:?}").to_lowercase()),
        }
    }
}

const KEYS: &[(&str, bool)] = &[
    ("format", true),
    ("id", true),
    ("version", true),
    ("contract", false),
    ("kind", true),
    ("name", true),
    ("summary", true),
    ("license", true),
    ("authors", true),
    ("templates", false),
    ("settings", false),
    ("files", false),
];

fn check_keys(table: &toml::Table, problems: &mut Vec<Problem>) {
    for (key, _) in KEYS.iter().filter(|(key, required)| *required && !table.contains_key(*key)) {
        problems.push(problem(key, "it is missing", "Add it"));
    }
    for key in table.keys().filter(|key| !KEYS.iter().any(|(known, _)| known == key)) {
        problems.push(problem(key, "there is no such key", "Remove it"));
    }
}

/// What can be wrong with single values; types are left to serde.
fn check_words(table: &toml::Table, problems: &mut Vec<Problem>) {
    if table.get("format").is_some_and(|format| format.as_integer() != Some(FORMAT)) {
        problems.push(problem("format", "this Waymark does not know it", "Give 1, or install a newer Waymark"));
    }
    let mut word = |key: &str, fits: &dyn Fn(&str) -> bool, what: &str, mend: &str| match table.get(key) {
        Some(toml::Value::String(text)) if !fits(text) => problems.push(problem(key, what, mend)),
        Some(other) if !other.is_str() => problems.push(problem(key, "it is not a text", "Put it in quotes")),
        _ => {}
    };
    let id = |id: &str| id.split_once('/').is_some_and(|(publisher, name)| is_name(publisher) && is_name(name)) && id.len() <= 80;
    word("id", &id, "it is not publisher/name", "Use lower-case letters, digits and hyphens on both sides of one slash");
    let version = |version: &str| semver::Version::parse(version).is_ok();
    word("version", &version, "it is not a semantic version", "Give something like 1.0.0");
    word("contract", &version, "it is not a version", &format!("Give {CONTRACT}"));
    word("kind", &|kind| matches!(kind, "roles" | "scoring" | "both"), "there is no such kind", "Give roles, scoring or both");
    word("templates", &|from| matches!(from, "documents" | "computed"), "templates do not come from there", "Give documents or computed");
    let line =
        |most: usize| move |text: &str| !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control);
    word("name", &line(60), "it is empty, too long or not one line", "Give at most 60 characters");
    word("summary", &line(300), "it is empty, too long or not one line", "Give at most 300 characters");
    word("license", &line(100), "it is empty, too long or not one line", "Give an SPDX expression");
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 40
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(crate) fn problem(place: &str, what: &str, mend: &str) -> Problem {
    Problem { place: place.to_owned(), what: what.to_owned(), mend: mend.to_owned() }
}
