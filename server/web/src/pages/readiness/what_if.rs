//! What if: the form, and the answer.

use domain::path::{RequirementStanding, State as Standing, next_actions};
use domain::subject::Trust;

use super::Asked;
use crate::errors::Error;
use crate::pages::marks;
use crate::services::paths::OpenPath;
use crate::services::readiness::{Elsewhere, Readiness};
use crate::services::what_if;
use crate::state::State;
use crate::view::{FormErrors, View};

pub struct WhatIfPart {
    pub errors: FormErrors,
    /// The next actions.
    pub first: Vec<Tick>,
    /// All others that are not proven, by area.
    pub others: Vec<(String, Vec<Tick>)>,
    /// One of the others is ticked.
    pub others_open: bool,
    pub trusts: Vec<Choice>,
    pub against: Vec<Choice>,
    pub answer: Option<AnswerPart>,
}

pub struct Tick {
    pub id: String,
    pub name: String,
    pub gain: Option<String>,
    pub on: bool,
}

pub struct Choice {
    pub value: String,
    pub words: String,
    pub on: bool,
}

pub struct AnswerPart {
    /// Before and after, whole points.
    pub claimed: (String, String),
    pub proven: (String, String),
    pub moved: Vec<Moved>,
    pub more: usize,
    pub stand_in: Option<String>,
}

pub struct Moved {
    pub name: String,
    pub claimed: Option<(String, String)>,
    pub proven: Option<(String, String)>,
}

/// Next actions that are offered first, and receipts that are told.
const FIRST: usize = 5;
const MOST_MOVED: usize = 8;

pub async fn part(
    state: &State,
    w: &View,
    asked: &Asked,
    open: &OpenPath,
    readiness: &Readiness,
    also: &[Elsewhere],
) -> Result<WhatIfPart, Error> {
    let (mut errors, mut answer) = (FormErrors::default(), None);
    if let Some(question) = &asked.question {
        match what_if::check(state, open, question).await {
            Ok(checked) => answer = Some(answered(w, open, &what_if::answer(state, open, checked).await?)),
            Err(error) => errors = FormErrors::of(error)?,
        }
    }
    let (first, others) = ticks(w, asked, open, readiness);
    let least = if open.mentored { Trust::Mentor } else { Trust::Linked };
    let trust = asked.question.as_ref().map_or(least.word(), |question| question.trust.as_str());
    Ok(WhatIfPart {
        errors,
        others_open: others.iter().any(|(_, ticks)| ticks.iter().any(|tick| tick.on)),
        first,
        others,
        trusts: Trust::ALL
            .iter()
            .map(|of| Choice { value: of.word().to_owned(), words: marks::trust_words(w, Some(*of)), on: of.word() == trust })
            .collect(),
        against: against(w, asked, open, also),
        answer,
    })
}

fn ticks(w: &View, asked: &Asked, open: &OpenPath, readiness: &Readiness) -> (Vec<Tick>, Vec<(String, Vec<Tick>)>) {
    let template = &open.template;
    let is_on = |id: &str| asked.question.as_ref().is_some_and(|question| question.finish.iter().any(|other| other == id));
    let tick = |requirement: usize, gain: Option<u32>| {
        let requirement = &template.requirements[requirement];
        Tick {
            id: requirement.id.clone(),
            name: requirement.name.clone(),
            gain: gain.map(|gain| w.lang.points_moved(i64::from(gain))),
            on: is_on(&requirement.id),
        }
    };
    let next: Vec<_> = next_actions(template, &readiness.score).into_iter().take(FIRST).collect();
    let standings: Vec<RequirementStanding> = open.standings();
    let is_left = |i: &usize| standings[*i].state != Standing::Proven && !next.iter().any(|step| step.requirement == *i);
    let others = template.areas().filter_map(|area| {
        let of_area = (0..template.requirements.len()).filter(|&i| template.requirements[i].area == area).filter(is_left);
        let ticks: Vec<Tick> = of_area.map(|i| tick(i, None)).collect();
        (!ticks.is_empty()).then(|| (template.groups[area].name.clone(), ticks))
    });
    let others = others.collect();
    (next.iter().map(|step| tick(step.requirement, Some(step.gain))).collect(), others)
}

/// Levels of the path's own revision, then the first level of each other role.
fn against(w: &View, asked: &Asked, open: &OpenPath, also: &[Elsewhere]) -> Vec<Choice> {
    let chosen = match &asked.question {
        Some(question) => Asked::against(question),
        None => open.path.target_level.clone(),
    };
    let role = &open.template.document;
    let own = role.levels.iter().map(|level| (level.id.clone(), w.lang.goal(&role.name, &level.name)));
    let others = also.iter().filter_map(|other| {
        let (role, level) = (&other.template.document, other.template.document.levels.first()?);
        Some((format!("{}:{}", other.role, level.id), w.lang.goal(&role.name, &level.name)))
    });
    own.chain(others).map(|(value, words)| Choice { on: value == chosen, value, words }).collect()
}

fn answered(w: &View, open: &OpenPath, answer: &what_if::Answer) -> AnswerPart {
    let what = &answer.what;
    let whole = |before: u32, after: u32| (w.lang.points(before), w.lang.points(after));
    let exact = |before: u32, after: u32| (before != after).then(|| (w.lang.points_exact(before), w.lang.points_exact(after)));
    let name = |id: &str| {
        let requirement = answer.template.requirement(id);
        requirement.map_or_else(|| id.to_owned(), |index| answer.template.requirements[index].name.clone())
    };
    let moved = what.moved.iter().take(MOST_MOVED).map(|moved| Moved {
        name: name(&moved.requirement),
        claimed: exact(moved.before.claimed, moved.after.claimed),
        proven: exact(moved.before.proven, moved.after.proven),
    });
    AnswerPart {
        claimed: whole(what.before.claimed, what.after.claimed),
        proven: whole(what.before.proven, what.after.proven),
        moved: moved.collect(),
        more: what.moved.len().saturating_sub(MOST_MOVED),
        stand_in: answer
            .stand_in
            .as_ref()
            .map(|failure| w.t2("what-if-stand-in", "rule", String::from(open.path.rule.clone()), "code", &failure.code)),
    }
}
