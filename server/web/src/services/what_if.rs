//! What if: a score as it would be with evidence that is only supposed. Nothing here writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::path::{WhatIf, supposed, what_if};
use domain::scoring::{DefaultRule, RuleFailure, Scope, ScoreError, ScoringRule};
use domain::subject::Trust;
use domain::template::{LevelIndex, RequirementIndex, Template};

use crate::errors::{Error, Field};
use crate::services::paths::OpenPath;
use crate::services::readiness;
use crate::state::State;

/// What is supposed, as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Ids of requirements of the path's role.
    pub finish: Vec<String>,
    /// A trust's word.
    pub trust: String,
    /// Id of the role to measure against; none: the path's own.
    pub role: Option<String>,
    /// Id of a level of that role; none: the path's target, or the other role's first.
    pub level: Option<String>,
}

/// A question that can be answered.
pub struct Checked {
    finish: Vec<RequirementIndex>,
    trust: Trust,
    /// Another role; none: the path's own revision.
    other: Option<Arc<Template>>,
    level: LevelIndex,
}

/// What would be.
pub struct Answer {
    pub what: WhatIf,
    /// What it was measured against.
    pub template: Arc<Template>,
    pub level: LevelIndex,
    /// The path's rule failed so, and the built-in one answers instead.
    pub stand_in: Option<RuleFailure>,
}

/// Checks a question; all fields that are wrong at once: `finish` (at least one, all of the path's role), `trust`, `role`,
/// `level`.
pub async fn check(state: &State, open: &OpenPath, question: &Question) -> Result<Checked, Error> {
    let mut wrong = Vec::new();
    let finish: BTreeSet<RequirementIndex> = question.finish.iter().filter_map(|id| open.template.requirement(id)).collect();
    if question.finish.is_empty() {
        wrong.push(Field::new("finish", "missing"));
    } else if question.finish.iter().any(|id| open.template.requirement(id).is_none()) {
        wrong.push(Field::new("finish", "requirement_unknown"));
    }
    let trust = question.trust.parse::<Trust>();
    if trust.is_err() {
        wrong.push(Field::new("trust", "field_malformed"));
    }
    let other = match question.role.as_deref().filter(|role| *role != open.template.id()) {
        None => None,
        Some(role) => {
            let role = role.to_owned();
            match state.store.read(move |conn| store::templates::newest(conn, &role)).await? {
                Some(head) => Some(state.template(head.id).await?),
                None => {
                    wrong.push(Field::new("role", "role_unknown"));
                    None
                }
            }
        }
    };
    let template = other.as_ref().unwrap_or(&open.template);
    let level = match &question.level {
        Some(id) => template.level(id),
        None => Some(if other.is_some() { 0 } else { open.target() }),
    };
    if level.is_none() {
        wrong.push(Field::new("level", "level_unknown"));
    }
    match (trust, level) {
        (Ok(trust), Some(level)) if wrong.is_empty() => Ok(Checked { finish: finish.into_iter().collect(), trust, other, level }),
        _ => Err(Error::Fields(wrong)),
    }
}

/// Answers by the path's rule; another role by the built-in one, without choices or a mentor, as "also ready" is. A rule
/// that fails is stood in for, and the answer says so.
pub async fn answer(state: &State, open: &OpenPath, asked: Checked) -> Result<Answer, Error> {
    let Checked { finish, trust, other, level } = asked;
    let supposed = supposed(&open.template, &finish, trust, &open.facts, open.today);
    let (chosen, mentored) = if other.is_some() { (BTreeSet::new(), false) } else { (open.path.chosen.clone(), open.mentored) };
    let rule = if other.is_some() { Ok(Arc::new(DefaultRule) as Arc<dyn ScoringRule>) } else { readiness::rule_of(state, open).await? };
    let (template, today, facts) = (other.unwrap_or_else(|| Arc::clone(&open.template)), open.today, open.facts.clone());
    let measured = Arc::clone(&template);
    // A plugin's rule is called as long as it may take, so never on the runtime's own threads.
    let told = tokio::task::spawn_blocking(move || {
        let scope = Scope { template: &measured, target: level, chosen: &chosen, mentored, today, settings: &[] };
        let failure = match rule {
            Err(failure) => failure,
            Ok(rule) => match what_if(rule.as_ref(), scope, &facts, &supposed) {
                Ok(what) => return Ok((what, None)),
                Err(ScoreError::Rule(failure)) => failure,
                Err(ScoreError::Card(card)) => RuleFailure { code: card.rule, detail: card.detail, passing: false },
                Err(ScoreError::Projection(_)) => return Err(Error::field("level", "level_empty")),
            },
        };
        let what = what_if(&DefaultRule, scope, &facts, &supposed).map_err(Error::machine)?;
        Ok((what, Some(failure)))
    });
    let (what, stand_in) = told.await.map_err(Error::machine)??;
    Ok(Answer { what, template, level, stand_in })
}
