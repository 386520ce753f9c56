//! Pauses of a path: solo learners rest too. While a path rests no digest tells of it, and its target moves by the days.

use domain::cohort::{Pause, ended_pause, is_paused, pause};
use domain::ids::PathId;
use domain::time::Day;

use crate::errors::Error;
use crate::services::once::Outcome;

/// Lets a path rest from today on, until a day or until further notice, inside a transaction. A path that rests already is
/// told anew until when.
pub fn begin(conn: &mut store::Conn<'_>, path: PathId, today: Day, last: Option<Day>) -> Result<Outcome<Pause>, store::Error> {
    let pauses = store::paths::pauses(conn, path)?;
    let new = match pause(&pauses, today, last) {
        Ok(new) => new,
        Err(wrong) => return Ok(Err(Error::from(wrong))),
    };
    let before = pauses.iter().find(|old| old.first == new.first).map_or(0, Pause::days);
    store::paths::put_pause(conn, path, new)?;
    store::paths::move_target(conn, path, new.days() - before)?;
    Ok(Ok(new))
}

/// Goes on today, inside a transaction. Where no pause holds nothing changes.
pub fn end(conn: &mut store::Conn<'_>, path: PathId, today: Day) -> Result<(), store::Error> {
    for held in store::paths::pauses(conn, path)?.into_iter().filter(|held| is_paused(&[*held], today)) {
        let rested = ended_pause(held, today);
        match rested {
            Some(ended) => store::paths::put_pause(conn, path, ended)?,
            None => store::paths::remove_pause(conn, path, held.first)?,
        }
        store::paths::move_target(conn, path, rested.map_or(0, |rested| rested.days()) - held.days())?;
    }
    Ok(())
}
