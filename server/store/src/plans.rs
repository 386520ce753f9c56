//! Plans: what a learner marks and notes on a requirement. Not evidence.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::ids::PathId;
use domain::time::Instant;

use crate::schema::plans;
use crate::{Conn, Result};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The learner is on it.
    pub doing: bool,
    pub note: Option<String>,
}

/// By id of the requirement.
pub fn get(conn: &mut Conn<'_>, path: PathId) -> Result<BTreeMap<String, Plan>> {
    let rows: Vec<(String, bool, Option<String>)> = on_backend!(conn, c => plans::table
        .filter(plans::path.eq(path.0))
        .select((plans::requirement, plans::doing, plans::note))
        .load(c))?;
    Ok(rows.into_iter().map(|(requirement, doing, note)| (requirement, Plan { doing, note })).collect())
}

/// Replaces the plan of one requirement; an empty one is taken away. Fails with `NotThere("path")`.
pub fn put(conn: &mut Conn<'_>, path: PathId, requirement: &str, plan: &Plan, now: Instant) -> Result<()> {
    if *plan == Plan::default() {
        on_backend!(conn, c => diesel::delete(plans::table.find((path.0, requirement))).execute(c))?;
        return Ok(());
    }
    let kept = on_backend!(conn, c => diesel::insert_into(plans::table)
        .values((
            plans::path.eq(path.0),
            plans::requirement.eq(requirement),
            plans::doing.eq(plan.doing),
            plans::note.eq(plan.note.as_deref()),
            plans::updated_at.eq(now.micros()),
        ))
        .on_conflict((plans::path, plans::requirement))
        .do_update()
        .set((plans::doing.eq(plan.doing), plans::note.eq(plan.note.as_deref()), plans::updated_at.eq(now.micros())))
        .execute(c));
    kept.map_err(|why| crate::Error::from(why).naming("path"))?;
    Ok(())
}
