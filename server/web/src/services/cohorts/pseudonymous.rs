//! What of a cohort may be handed on: learners under pseudonyms, in bands and without words of theirs, and how many there
//! are of each kind. What fewer than five share is left out of both.

use domain::cohort::suppress::{BANDS, Told, Trait, band};
use domain::cohort::{BoardRow, Measure, Pace, heat};
use domain::ids::PublicId;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::board;
use crate::errors::Error;
use crate::services::cohorts::{Board, Opened};
use crate::state::State;

/// A cohort as of a week.
pub struct Published {
    /// Id of the role.
    pub role: Option<String>,
    pub measure: Measure,
    pub week: u32,
    pub weeks: u32,
    /// Of the learners' order below.
    pub pseudonyms: Vec<String>,
    /// Readiness, pace, then areas; those that are asked of everybody.
    pub told: Vec<Told>,
}

/// Everybody who follows the role. Fails with `too_few_learners` where they are fewer than five.
pub async fn published(state: &State, opened: &Opened, role: Option<&str>) -> Result<Published, Error> {
    let board = board(state, opened, role).await?;
    let fresh = state.dice.secret();
    let secret = state.store.write(move |conn| store::instance::secret(conn, "pseudonyms", &fresh)).await?;
    let name = |row: &&BoardRow| {
        let learner = board.people.get(&row.account).map(|person| person.account.public_id);
        learner.map_or(Ok(String::new()), |learner| pseudonym(&secret, opened.cohort.public_id, learner))
    };
    let mut rows: Vec<&BoardRow> = board.rows.iter().filter(|row| row.ready.is_some()).collect();
    let mut named = rows.drain(..).map(|row| Ok((name(&row)?, row))).collect::<Result<Vec<_>, Error>>()?;
    // By pseudonym: the order tells nothing.
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    let (pseudonyms, rows): (Vec<String>, Vec<&BoardRow>) = named.into_iter().unzip();
    let told = traits(&board, &rows, opened.set_up.measure).into_iter().map(Told::new).collect::<Option<Vec<_>>>();
    Ok(Published {
        role: board.role.as_ref().map(|(role, _)| role.role.clone()),
        measure: opened.set_up.measure,
        week: board.calendar.week_of(board.through),
        weeks: board.calendar.weeks(),
        pseudonyms,
        told: told.ok_or(Error::Rule("too_few_learners"))?,
    })
}

/// Only what the school measures by: whoever had both numbers could fill in one from the other, since proven is at most
/// claimed.
fn traits(board: &Board, rows: &[&BoardRow], measure: Measure) -> Vec<Trait> {
    let pick = |claimed: u32, proven: u32| if measure == Measure::Proven { proven } else { claimed };
    let trait_of = |id: &str, of: Vec<usize>| Trait { id: id.to_owned(), kinds: BANDS.to_vec(), of };
    let ready = rows.iter().filter_map(|row| row.ready).map(|(claimed, proven)| band(pick(claimed, proven)));
    let pace = rows.iter().map(|row| Pace::ALL.iter().position(|pace| *pace == row.why.pace()).unwrap_or_default());
    let mut all = vec![
        trait_of("readiness", ready.collect()),
        Trait { id: "pace".to_owned(), kinds: Pace::ALL.iter().map(|pace| pace.word()).collect(), of: pace.collect() },
    ];
    for (place, column) in board.columns.iter().enumerate() {
        let cells = rows.iter().map(|row| row.areas.get(place).copied().flatten());
        let of: Option<Vec<usize>> = cells.map(|cell| cell.map(|cell| heat(pick(cell.claimed, cell.proven)) as usize)).collect();
        all.extend(of.map(|of| trait_of(&format!("area_{}", column.id), of)));
    }
    all
}

/// The same in every export of this cohort, another one in another cohort: 64 bits of an HMAC under a secret of the instance.
fn pseudonym(secret: &[u8; 32], cohort: PublicId, learner: PublicId) -> Result<String, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(Error::machine)?;
    mac.update(cohort.bytes());
    mac.update(learner.bytes());
    Ok(mac.finalize().into_bytes().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}
