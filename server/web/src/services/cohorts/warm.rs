//! Boards of large cohorts, made before anybody asks: the first look at one scores everybody, after a start and with every new day.

use domain::cohort::Cohort;

use super::{board, scored};
use crate::errors::Error;
use crate::state::State;

/// The days of all zones begin with a quarter of an hour.
const QUARTER: i64 = 15 * 60 * 1_000_000;

/// When boards were made ahead last.
#[derive(Default)]
pub struct Warming {
    /// Quarter of an hour, and the version of the instance, whose rules may be others since.
    made: Option<(i64, i64)>,
}

impl Warming {
    /// Makes boards that are read in more than one go, of cohorts that have not ended; nothing while the last time still holds.
    /// A board that fails is logged, keeps no other from being made, and is tried again with the next quarter of an hour.
    pub async fn round(&mut self, state: &State) -> Result<(), Error> {
        let due = (state.clock.now().micros().div_euclid(QUARTER), state.catalogue_version());
        if self.made.replace(due) == Some(due) {
            return Ok(());
        }
        // More than the memory holds would push out what was made before it.
        let mut room = scored::MOST;
        for cohort in state.store.scan(|conn| store::cohorts::with_more_learners(conn, scored::IN_ONE_GO)).await? {
            if room == 0 {
                break;
            }
            if state.clock.now().day_in(&cohort.zone) > cohort.ends_on {
                continue;
            }
            match warm(state, &cohort).await {
                Ok(rows) => room = room.saturating_sub(rows),
                Err(error) => tracing::warn!(%error, cohort = %cohort.public_id, "a board could not be made ahead"),
            }
        }
        Ok(())
    }
}

/// One role after the other, as the cohort's people look at them; how many rows that are.
async fn warm(state: &State, cohort: &Cohort) -> Result<usize, Error> {
    let id = cohort.id;
    let roles = state.store.read(move |conn| store::cohorts::set_up(conn, id)).await?.roles;
    let mut wanted: Vec<Option<&str>> = roles.iter().map(|role| Some(role.role.as_str())).collect();
    if wanted.is_empty() {
        wanted.push(None);
    }
    let mut rows = 0;
    for role in wanted {
        rows += board::told(state, cohort, role, false).await?.rows.len();
    }
    Ok(rows)
}
