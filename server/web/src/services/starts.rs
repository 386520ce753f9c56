//! Starting a path with what a newcomer knows: one act that makes the path and the claims, and what would come of it.

use std::sync::Arc;

use domain::ledger::{Held, NewEntry};
use domain::path::{Path, PathSettings, WhatIf, as_recorded, claims, what_if};
use domain::scoring::{DefaultRule, Scope, ScoreError};
use domain::template::Template;
use domain::world::Dice;
use store::paths::NewPath;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::paths;
use crate::state::State;

/// A path that may be started, and answers that fit its role.
pub struct Start {
    pub path: NewPath,
    pub template: Arc<Template>,
    known: Vec<Held>,
    dice: Arc<dyn Dice>,
}

/// What would be recorded, and where the path would stand.
pub struct Preview {
    pub new: Vec<NewEntry>,
    /// By the built-in rule.
    pub what: WhatIf,
}

/// Looks at settings and answers; `may_exist` as in [`paths::prepare`].
pub async fn prepare(
    state: &State,
    who: &Signed,
    role: &str,
    settings: PathSettings,
    known: Vec<Held>,
    may_exist: bool,
) -> Result<Start, Error> {
    let path = paths::prepare(state, who, role, settings, may_exist).await?;
    let template = state.template(path.revision).await?;
    claims(&template, &known, &[], path.started_on, path.created_at)?;
    Ok(Start { path, template, known, dice: Arc::clone(&state.dice) })
}

/// Stores the path and its claims, all or nothing. The ledger is looked at here, inside the transaction, so that nothing
/// is said twice.
pub fn keep(conn: &mut store::Conn<'_>, start: &Start) -> Result<Result<Path, Error>, store::Error> {
    let Start { path, template, known, dice } = start;
    let ledger = store::ledger::facts(conn, path.account)?;
    let new = match claims(template, known, &ledger, path.started_on, path.created_at) {
        Ok(new) => new,
        Err(wrong) => return Ok(Err(wrong.into())),
    };
    let made = match paths::keep(conn, path)? {
        Ok(made) => made,
        Err(refused) => return Ok(Err(refused)),
    };
    for claim in &new {
        store::ledger::append(conn, path.account, claim, dice.public_id())?;
    }
    Ok(Ok(made))
}

pub async fn start(state: &State, start: Start) -> Result<Path, Error> {
    state.store.write(move |conn| keep(conn, &start)).await?
}

/// What [`start`] would do now. Nothing is stored.
pub async fn preview(state: &State, start: &Start) -> Result<Preview, Error> {
    let Start { path, template, known, .. } = start;
    let (account, cohort) = (path.account, path.cohort);
    let (ledger, mentored) = state
        .store
        .read(move |conn| {
            let mentored = cohort.map(|cohort| store::cohorts::has_guide(conn, cohort, account)).transpose()?.unwrap_or(false);
            Ok((store::ledger::facts(conn, account)?, mentored))
        })
        .await?;
    let new = claims(template, known, &ledger, path.started_on, path.created_at)?;
    let settings = &path.settings;
    let target = template.level(&settings.target_level).unwrap_or(0);
    let scope = Scope { template, target, chosen: &settings.chosen, mentored, today: path.started_on, settings: &[] };
    let what = what_if(&DefaultRule, scope, &ledger, &as_recorded(&new, &ledger)).map_err(|error| match error {
        ScoreError::Projection(_) => Error::field("target_level", "level_empty"),
        other => Error::machine(other),
    })?;
    Ok(Preview { new, what })
}
