//! The role template as authors write it (TOML) and as packs give it (JSON). Its JSON Schema is generated from here.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::subject::{Step, Trust};

/// The newest format of the document that this version reads.
pub const FORMAT: u32 = 1;

/// What a role asks, with the facts about it. Unknown keys are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Document {
    /// Format of this document; 1 is the only one so far.
    pub format: u32,
    /// `backend-developer`, or `publisher/name/id` in a pack.
    pub id: String,
    /// Semantic version of this revision.
    pub version: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// One or two sentences.
    pub summary: String,
    /// BCP 47 tag of the language the words are in.
    #[serde(default = "english")]
    pub language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<BasedOn>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// In the order of the ladder, lowest first. Order and years never gate anything.
    pub levels: Vec<Level>,
    /// Groups without a parent are the role's areas, in the order in which pages show them. Parents come first.
    pub groups: Vec<Group>,
    pub requirements: Vec<RequirementDocument>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// Named exams for the role's certification categories: curated, dated, never from the sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exams: Option<ExamList>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub salaries: Vec<Salary>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
}

fn english() -> String {
    "en".to_owned()
}

/// The template that this one was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BasedOn {
    pub id: String,
    pub version: String,
}

/// Where facts come from; other parts of the document name it by its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    pub key: String,
    pub title: String,
    /// When it was read or published, `2026-11-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Known faults: contradictions, headings without a body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A rung of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Level {
    pub id: String,
    pub name: String,
    /// For narrow places, at most 24 characters; the name where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<Years>,
    /// How people on this rung work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works_as: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// Years of total experience, as a source gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    pub from: u32,
    /// Absent: and more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

/// Requirements that roll up together: all of them, or any `need` of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Group {
    pub id: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// How many members are enough. Such a group holds requirements only, no groups. Absent: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<u32>,
    /// Weight among its siblings, 1 to 10 000. Required with `need`; else the sum of its members' weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, AttributeValue>,
}

/// One line of the template. It asks for exactly one of `skill`, `certification`, `topic` and `criteria` (a project).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequirementDocument {
    /// Local to the template; never stored in a ledger.
    pub id: String,
    pub name: String,
    /// For the map: at most two lines of 14 characters. The name where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    pub group: String,
    pub level: String,
    /// Weight among its siblings, 1 to 10 000.
    #[serde(default = "weight_of_ten")]
    pub weight: u32,
    /// A fair guess of the hours it takes someone who is ready for it, 1 to 2 000.
    pub hours: u32,
    /// Least trust at which evidence counts as proven.
    #[serde(default = "linked")]
    pub trust: Trust,
    /// Catalogue id of a skill; needs `step`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// A project's criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<CriterionDocument>,
    /// Ids of requirements that come before this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// What it asks, Markdown.
    pub asks: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// For scoring rules; the default rule reads none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, AttributeValue>,
}

fn weight_of_ten() -> u32 {
    10
}

fn linked() -> Trust {
    Trust::Linked
}

/// A criterion of a project, by its catalogue id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionDocument {
    pub id: String,
    /// 1 to 10 000.
    #[serde(default = "weight_of_one")]
    pub weight: u32,
    /// A rubric: how well it can be met, lowest first. Reviewers choose one of these in place of met and not met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<RubricLevelDocument>,
    /// Id of the lowest of these levels that counts as met; goes with `levels`.
    #[serde(default, rename = "met-from", skip_serializing_if = "Option::is_none")]
    pub met_from: Option<String>,
}

/// One level of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RubricLevelDocument {
    /// Local to the criterion.
    pub id: String,
    pub name: String,
    /// What work of this level is like.
    pub means: String,
}

fn weight_of_one() -> u32 {
    1
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AttributeValue {
    Truth(bool),
    Number(i64),
    Text(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceKind {
    Course,
    Book,
    Community,
    Documentation,
    Practice,
}

/// Something to learn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Resource {
    pub id: String,
    pub name: String,
    pub kind: ResourceKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// Named exams, each for one certification of the role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExamList {
    /// The day on which the list was last looked through, `2026-11-01`.
    pub checked: String,
    /// Who chose them and how.
    pub curation: String,
    pub exams: Vec<Exam>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exam {
    /// Catalogue id of the certification that it proves.
    pub certification: String,
    pub name: String,
    pub issuer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_months: Option<u32>,
}

/// Parts of the role's guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    Duty,
    Ladder,
    Seniority,
    SoftSkill,
    Practice,
    NextStep,
    Phase,
    Gap,
    Specialisation,
    Education,
    Growth,
    Openings,
    Market,
    Trend,
    Employer,
    Sector,
    Setting,
    Upside,
    Downside,
    Question,
    WayIn,
    Elsewhere,
}

/// One fact in our own words, with where it comes from. Sources may disagree: then there are several facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fact {
    pub section: Section,
    /// A question, a name, a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Markdown.
    pub text: String,
    /// Single names in it: employers, sectors, rungs of a ladder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The requirements it speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<String>,
    /// When it held, as the source says: `2025`, `2022 to 2032`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    pub sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    Range,
    MedianRange,
    Median,
    Average,
}

/// One figure of pay a year, as one source gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Salary {
    pub source: String,
    /// The source's own word: `entry`, `0–2 years`, `Poland/Romania`.
    pub label: String,
    /// The template's level that comes nearest, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Country or region; absent: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// ISO 4217.
    pub currency: String,
    pub measure: Measure,
    /// Whole units of the currency a year.
    pub low: u32,
    /// The same as `low` for a median or an average.
    pub high: u32,
    /// "and more".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_end: bool,
    /// About the same in USD, where the source says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_usd: Option<[u32; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Up,
    Sideways,
    Related,
}

/// Another role that this one leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Transition {
    pub to: String,
    pub direction: Direction,
    /// Id of the role's template, where one is installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub sources: Vec<String>,
}
