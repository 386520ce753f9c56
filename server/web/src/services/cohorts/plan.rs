//! The plan of a role in a cohort.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::cohort::{Calendar, Cohort, CohortRole, PartKey, Planned};
use domain::ledger::FieldError;
use domain::template::Template;
use serde_json::json;

use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::Opened;
use crate::services::once::Outcome;
use crate::state::State;

/// A role's plan, by week.
pub struct PlanOf {
    pub role: CohortRole,
    pub template: Arc<Template>,
    pub calendar: Calendar,
    pub parts: Vec<Planned>,
}

/// The plan of a role that the cohort follows; without one, of its first.
pub async fn plan(state: &State, opened: &Opened, role: Option<&str>) -> Result<PlanOf, Error> {
    let roles = &opened.set_up.roles;
    let role = roles.iter().find(|own| role.is_none_or(|role| own.role == role)).ok_or(Error::NotThere("role"))?.clone();
    let (cohort, id) = (opened.cohort.id, role.role.clone());
    let weeks = state.store.read(move |conn| store::cohorts::weeks(conn, cohort, &id)).await?;
    of(state, &opened.set_up.calendar(&opened.cohort), &role, &weeks).await
}

pub(super) async fn of(state: &State, calendar: &Calendar, role: &CohortRole, weeks: &BTreeMap<PartKey, u32>) -> Result<PlanOf, Error> {
    let template = state.template(role.revision).await?;
    let target = template.level(&role.target_level).unwrap_or(0);
    let parts = domain::cohort::plan(&template, target, &role.chosen, calendar, weeks).map_err(Error::machine)?;
    Ok(PlanOf { role: role.clone(), template, calendar: calendar.clone(), parts })
}

/// Replaces the weeks, inside a transaction. Parts that get the week that is suggested anyway follow the suggestion from
/// then on, also when dates or roles change.
pub fn put_plan(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    of: &PlanOf,
    wished: &BTreeMap<PartKey, u32>,
) -> Result<Outcome<()>, store::Error> {
    if store::upgrades::lock_role(conn, cohort.id, &of.role.role)?.is_none_or(|now| now.revision != of.role.revision) {
        return Ok(Err(Error::Rule("revision_changed")));
    }
    let last = of.calendar.weeks();
    let known = |key: &PartKey| of.parts.iter().find(|planned| planned.part.key(&of.template) == *key);
    let mut wrong = Vec::new();
    let mut weeks = BTreeMap::new();
    for (key, &week) in wished {
        match known(key) {
            None => wrong.push(FieldError::new("parts", "requirement_unknown")),
            Some(_) if week == 0 || week > last => wrong.push(FieldError::new("parts", "week_out_of_range")),
            Some(planned) if planned.suggested == week => {}
            Some(_) => {
                weeks.insert(key.clone(), week);
            }
        }
    }
    if !wrong.is_empty() {
        wrong.dedup();
        return Ok(Err(wrong.into()));
    }
    store::cohorts::put_weeks(conn, cohort.id, &of.role.role, &weeks)?;
    let detail = json!({ "role": of.role.role });
    store::audit::append(conn, &actor.row("cohort.plan", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(()))
}
