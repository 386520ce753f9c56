//! Boards of large cohorts, made before anybody asks: the first look at one scores everybody, after a start and with every new day.

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
    /// Makes what boards are made of that are read in more than one go, of cohorts that have not ended; nothing while the last time
    /// still holds. What fails is logged, keeps no other from being made, and is tried again with the next quarter of an hour.
    pub async fn round(&mut self, state: &State) -> Result<(), Error> {
        let due = (state.clock.now().micros().div_euclid(QUARTER), state.catalogue_version());
        if self.made == Some(due) {
            return Ok(());
        }
        let large = state.store.scan(|conn| store::cohorts::with_more_learners(conn, scored::IN_ONE_GO)).await?;
        self.made = Some(due);
        // With a path a learner: more than the memory holds would push out what was made before it.
        let (mut room, mut made) = (scored::MOST, 0);
        for (cohort, learners) in large {
            if learners > room || state.clock.now().day_in(&cohort.zone) > cohort.ends_on {
                continue;
            }
            room -= learners;
            let id = cohort.public_id;
            match board::warm(state, cohort).await {
                Ok(()) => made += 1,
                Err(error) => tracing::warn!(%error, cohort = %id, "a board could not be made ahead"),
            }
        }
        tracing::debug!(cohorts = made, "boards were made ahead");
        Ok(())
    }
}
