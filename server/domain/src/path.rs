//! Paths: a learner following one template revision to a target level by a target date; what each requirement's state
//! is on it, and what pages sum up and list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, CohortId, PathId, PublicId, RevisionId};
use crate::ledger::{Entry, FieldError, standing};
use crate::scoring::{Row, Scope, ScoreInput, best, outline_of, rows};
use crate::subject::{Trust, words};
use crate::template::Template;
use crate::time::{Day, Instant};

mod gain;
mod known;
mod list;
mod overview;
mod receipts;
mod what_if;

pub use gain::*;
pub use known::*;
pub use list::*;
pub use overview::*;
pub use receipts::*;
pub use what_if::*;

/// Which rule scores a path: the built-in one, or an installed plugin's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RuleChoice {
    #[default]
    BuiltIn,
    /// `publisher/name`.
    Plugin(String),
}

impl From<RuleChoice> for String {
    fn from(choice: RuleChoice) -> String {
        match choice {
            RuleChoice::BuiltIn => "waymark/default".to_owned(),
            RuleChoice::Plugin(id) => id,
        }
    }
}

impl TryFrom<String> for RuleChoice {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "waymark/default" { Ok(Self::BuiltIn) } else { Ok(Self::Plugin(text)) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub id: PathId,
    pub public_id: PublicId,
    pub account: AccountId,
    pub revision: RevisionId,
    /// Id of the target level in the template.
    pub target_level: String,
    pub target_day: Option<Day>,
    pub hours_week: u32,
    /// Ids of the chosen members of any-N groups.
    pub chosen: BTreeSet<String>,
    pub rule: RuleChoice,
    /// The cohort it belongs to; its mentors make trust above *linked* possible.
    pub cohort: Option<CohortId>,
    pub started_on: Day,
    pub created_at: Instant,
}

/// What a learner sends to start a path or change it. Absent fields: as it is, or the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PathSettings {
    pub target_level: Option<String>,
    pub target_day: Option<Day>,
    pub hours_week: Option<u32>,
    pub chosen: Option<BTreeSet<String>>,
    pub rule: Option<RuleChoice>,
}

/// Settings that fit a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedSettings {
    pub target_level: String,
    pub target_day: Option<Day>,
    pub hours_week: u32,
    pub chosen: BTreeSet<String>,
    pub rule: RuleChoice,
}

/// Hours a week where a learner says nothing.
pub const HOURS_A_WEEK: u32 = 6;
/// A target day lies at most so many years ahead.
pub const MAX_YEARS: i16 = 10;

/// Checks settings against a template: the level exists; the day is after `today` and within ten years; hours 1 to 80
/// (6 where absent); chosen ids are members of any-N groups. The target level where absent is the second of the ladder,
/// or the only one. `field` and `code` as in [`crate::ledger::FieldError`]; all that is wrong at once.
///
/// More members may be chosen than a group needs: the best of them count. Whether a plugin is installed is for the
/// caller to say, here its id only has to read `publisher/name`.
pub fn check_settings(settings: PathSettings, template: &Template, today: Day) -> Result<CheckedSettings, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let mut refuse = |field, code| wrong.push(FieldError { field, code });
    let levels = &template.document.levels;
    let target_level = settings.target_level.or_else(|| levels.get(1).or(levels.first()).map(|level| level.id.clone())).unwrap_or_default();
    if template.level(&target_level).is_none() {
        refuse("target_level", "level_unknown");
    }
    let latest = Day::from_date(today.date().saturating_add(jiff::Span::new().years(MAX_YEARS)));
    match settings.target_day {
        Some(day) if day <= today => refuse("target_day", "target_day_past"),
        Some(day) if day > latest => refuse("target_day", "target_day_too_far"),
        _ => {}
    }
    let hours_week = settings.hours_week.unwrap_or(HOURS_A_WEEK);
    if !(1..=80).contains(&hours_week) {
        refuse("hours_week", "hours_out_of_range");
    }
    let chosen = settings.chosen.unwrap_or_default();
    if !chosen.iter().all(|id| template.can_be_chosen(id)) {
        refuse("chosen", "chosen_unknown");
    }
    let rule = settings.rule.unwrap_or_default();
    if let RuleChoice::Plugin(id) = &rule {
        let parts: Vec<&str> = id.split('/').collect();
        if parts.len() != 2 || !parts.iter().all(|part| crate::subject::is_subject_id(part)) {
            refuse("rule", "rule_unknown");
        }
    }
    if wrong.is_empty() {
        Ok(CheckedSettings { target_level, target_day: settings.target_day, hours_week, chosen, rule })
    } else {
        Err(wrong)
    }
}

/// A requirement's state on a path; precedence as listed in [`standing_of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Open,
    Locked,
    Doing,
    Claimed,
    Proven,
    Expired,
}

words!(State { Open = "open", Locked = "locked", Doing = "doing", Claimed = "claimed", Proven = "proven", Expired = "expired" });

/// Where one requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementStanding {
    pub state: State,
    /// Of the evidence that makes the state; none where there is none.
    pub trust: Option<Trust>,
    /// Basis points of the requirement itself, by all evidence, and by evidence of the least trust.
    pub claimed_share: u32,
    pub proven_share: u32,
    pub last_evidence: Option<Day>,
}

/// State and trust of every requirement of the template, in its order, those beyond the target too.
///
/// *Expired*: its only evidence is certificates that ran out. *Proven*: the proven share is full. *Claimed*: the claimed
/// share is full. *Doing*: some evidence, or the learner marked it. *Locked*: none, and a requirement before it has no
/// evidence at all. *Open*: else. Trust: the least over what makes the whole (criteria of a project), the best where one
/// entry is enough.
///
/// A certificate that ran out is evidence enough to unlock what comes after it. The last evidence is of any kind that
/// counts or has counted.
pub fn standing_of(scope: Scope<'_>, ledger: &[Entry], doing: &BTreeSet<String>) -> Vec<RequirementStanding> {
    let template = scope.template;
    let found = rows(template, &standing(ledger), scope.today);
    let shares = |keep: &dyn Fn(&Row) -> bool| {
        let evidence = found.counting.iter().filter(|row| keep(row)).map(|row| row.evidence.clone()).collect();
        best(&ScoreInput { requirements: outline_of(template), evidence, ..ScoreInput::default() })
    };
    let claimed = shares(&|_| true);
    let proven = shares(&|row| row.evidence.trust >= scope.least_trust(&template.requirements[row.evidence.requirement as usize]));

    let mut ran_out = vec![false; template.requirements.len()];
    let mut last: Vec<Option<Day>> = vec![None; template.requirements.len()];
    for (row, expired) in found.counting.iter().map(|row| (row, false)).chain(found.expired.iter().map(|row| (row, true))) {
        let requirement = row.evidence.requirement as usize;
        ran_out[requirement] |= expired;
        last[requirement] = last[requirement].max(Some(Day::from_number(row.evidence.on)));
    }
    let trusts = trusts(template, &found.counting, &claimed);

    (0..template.requirements.len())
        .map(|i| {
            let requirement = &template.requirements[i];
            let (claimed_share, proven_share) = (claimed[i].share, proven[i].share);
            let is_begun = !claimed[i].rows.is_empty();
            let state = if !is_begun && ran_out[i] {
                State::Expired
            } else if proven_share == 10_000 {
                State::Proven
            } else if claimed_share == 10_000 {
                State::Claimed
            } else if is_begun || doing.contains(&requirement.id) {
                State::Doing
            } else if requirement.requires.iter().any(|&before| last[before].is_none()) {
                State::Locked
            } else {
                State::Open
            };
            RequirementStanding { state, trust: trusts[i], claimed_share, proven_share, last_evidence: last[i] }
        })
        .collect()
}

/// For each requirement the best trust of the evidence with the best share; for a project the least of its criteria's,
/// among those that are shown.
fn trusts(template: &Template, counting: &[Row], claimed: &[crate::scoring::Best]) -> Vec<Option<Trust>> {
    let mut of_criteria: Vec<Vec<Option<Trust>>> =
        template.requirements.iter().map(|requirement| vec![None; requirement.subjects().len()]).collect();
    for Row { evidence, .. } in counting {
        let requirement = evidence.requirement as usize;
        let own = &mut of_criteria[requirement];
        if template.requirements[requirement].is_project() {
            for &criterion in &evidence.criteria {
                own[criterion as usize] = own[criterion as usize].max(Some(evidence.trust));
            }
        } else if evidence.share == claimed[requirement].share {
            own[0] = own[0].max(Some(evidence.trust));
        }
    }
    of_criteria.into_iter().map(|own| own.into_iter().flatten().min()).collect()
}

#[cfg(test)]
mod tests;
