//! A cohort's last day, and the paths that end with it.

use diesel::prelude::*;
use domain::cohort::{MemberState, Standing};
use domain::ids::CohortId;
use domain::time::Day;

use crate::schema::{cohorts, memberships, paths};
use crate::{Conn, Error, Result};

/// Those who are still on their way: who completed or dropped out decides alone.
const GOING: [MemberState; 2] = [MemberState::Active, MemberState::Paused];

/// Holds a cohort until the end of the transaction and gives its last day: whoever changes it meanwhile waits and then sees
/// what was written. Fails with `NotThere("cohort")`.
pub fn lock_end(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Day> {
    let day: Option<i32> = on_backend!(conn, c => diesel::update(cohorts::table.find(cohort.0))
        .set(cohorts::ends_on.eq(cohorts::ends_on))
        .returning(cohorts::ends_on)
        .get_result(c)
        .optional())?;
    day.map(Day::from_number).ok_or(Error::NotThere("cohort"))
}

/// How many paths of a cohort, of learners who take part or rest, have their target on that day.
pub fn paths_ending_on(conn: &mut Conn<'_>, cohort: CohortId, day: Day) -> Result<usize> {
    let number: i64 = on_backend!(conn, c => {
        let going = memberships::table
            .filter(memberships::cohort.eq(cohort.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .filter(memberships::state.eq_any(GOING.map(|state| state.word())))
            .select(memberships::account);
        paths::table
            .filter(paths::cohort.eq(cohort.0))
            .filter(paths::target_day.eq(day.number()))
            .filter(paths::account.eq_any(going))
            .count()
            .get_result(c)
    })?;
    usize::try_from(number).map_err(|_| Error::Machine(format!("{number} paths")))
}

/// Gives those another target day; how many. A learner who chooses a day meanwhile keeps it, whichever of the two is stored
/// first.
pub fn move_paths_ending_on(conn: &mut Conn<'_>, cohort: CohortId, day: Day, to: Day) -> Result<usize> {
    let moved = on_backend!(conn, c => {
        let going = memberships::table
            .filter(memberships::cohort.eq(cohort.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .filter(memberships::state.eq_any(GOING.map(|state| state.word())))
            .select(memberships::account);
        let ending = paths::table
            .filter(paths::cohort.eq(cohort.0))
            .filter(paths::target_day.eq(day.number()))
            .filter(paths::account.eq_any(going));
        diesel::update(ending).set(paths::target_day.eq(to.number())).execute(c)
    })?;
    Ok(moved)
}
