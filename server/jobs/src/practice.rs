//! Practice that somebody left without ending the session: the ledger is told of it all the same.

use std::sync::Arc;

use domain::ids::AccountId;
use domain::practice::{Desk, Library};
use domain::time::Instant;
use domain::world::Dice;
use store::{Conn, accounts, practice};

use crate::{Jobs, JobsError};

/// A session in which nothing was answered for so long is over.
const IDLE_SECONDS: i64 = 15 * 60;
/// Learners at a time.
const CHUNK: i64 = 50;

impl Jobs {
    /// Tells the ledgers of all who stopped practising a while ago how their topics stand; how many learners.
    pub(crate) async fn settle_practice(&self, now: Instant) -> Result<usize, JobsError> {
        let mut settled = 0;
        while !self.is_stopping() {
            let before = now.plus_seconds(-IDLE_SECONDS);
            let ids = self.store.read(move |conn| practice::unsettled_since(conn, before, CHUNK)).await?;
            if ids.is_empty() {
                break;
            }
            let (_, library) = self.content.documents().await?;
            for id in ids {
                let (library, dice) = (Arc::clone(&library), Arc::clone(&self.dice));
                self.store.write(move |conn| settle(conn, id, &library, now, dice.as_ref())).await?;
                settled += 1;
            }
        }
        Ok(settled)
    }
}

fn settle(conn: &mut Conn<'_>, id: AccountId, library: &Library, now: Instant, dice: &dyn Dice) -> store::Result<()> {
    let today = now.day_in(&accounts::by_id(conn, id)?.zone);
    let topics = practice::unsettled(conn, id)?;
    let desk = desk(practice::load(conn, id, today)?, library, now, today);
    practice::settle(conn, id, &desk, &topics, (today, now), &mut || dice.public_id())
}

/// A desk for counting what was begun: which topics are wanted matters for new cards only.
pub(crate) fn desk(practice: practice::Practice, library: &Library, now: Instant, today: domain::time::Day) -> Desk {
    let seats = library.seats().chain(practice.own);
    Desk::new(seats, practice.states, Default::default(), (practice.limits, practice.done), (today, now))
}
