//! Evidence that a school brings along: what becomes of each row, and the whole of it in one transaction. No mail, no alert
//! and no streak comes of it: it is told by where it comes from.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::account::CleanName;
use domain::catalogue::Catalogue;
use domain::cohort::Cohort;
use domain::enrolment::{EvidenceFate, TypedEvidence, evidence_fates};
use domain::ids::{AccountId, PublicId};
use domain::ledger::NewEntry;
use domain::time::Instant;
use domain::world::Dice;
use serde_json::json;

use super::people::Progress;
use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::Actor;
use crate::services::once::Outcome;
use crate::state::State;

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    pub new: usize,
    pub known: usize,
    pub refused: usize,
}

impl Recorded {
    pub fn of(fates: &[EvidenceFate]) -> Self {
        let mut counts = Self::default();
        for fate in fates {
            *match fate {
                EvidenceFate::New(..) => &mut counts.new,
                EvidenceFate::Known => &mut counts.known,
                EvidenceFate::Refused(_) => &mut counts.refused,
            } += 1;
        }
        counts
    }
}

/// Who brings evidence, and what subjects mean here.
#[derive(Clone)]
pub struct Bringer {
    pub by: CleanName,
    pub catalogue: Arc<Catalogue>,
    pub now: Instant,
}

impl Bringer {
    pub fn new(state: &State, who: &Signed) -> Self {
        Self { by: who.account.name.clone(), catalogue: state.catalogue(), now: state.clock.now() }
    }
}

/// What would become of each row, as the database is now; nothing is written, and nobody who writes has to wait.
pub async fn look_at_evidence(
    state: &State,
    cohort: &Cohort,
    bringer: Bringer,
    typed: Vec<TypedEvidence>,
) -> Result<Vec<(TypedEvidence, EvidenceFate)>, Error> {
    let cohort = cohort.clone();
    let found = state.store.scan(move |conn| {
        let fates = fates(conn, &cohort, &bringer, &typed)?;
        Ok(typed.into_iter().zip(fates).collect())
    });
    Ok(found.await?)
}

fn fates(
    conn: &mut store::Conn<'_>,
    cohort: &Cohort,
    bringer: &Bringer,
    typed: &[TypedEvidence],
) -> Result<Vec<EvidenceFate>, store::Error> {
    let known = store::enrolment::known_learners(conn, cohort.id)?;
    Ok(evidence_fates(typed, &known, &bringer.by, bringer.now, &|subject| bringer.catalogue.resolve(subject)))
}

/// Records all rows that are not known, inside a transaction; with one row refused none.
pub fn record(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    bringer: &Bringer,
    dice: &dyn Dice,
    typed: &[TypedEvidence],
    progress: &Progress,
) -> Result<Outcome<Recorded>, store::Error> {
    progress.begin();
    let fates = fates(conn, cohort, bringer, typed)?;
    let wrong = typed.iter().zip(&fates).filter_map(|(row, fate)| match fate {
        EvidenceFate::Refused(errors) => {
            Some(errors.iter().map(|error| Field::new(format!("rows.{}.{}", row.line, error.field), error.code)))
        }
        _ => None,
    });
    let wrong: Vec<Field> = wrong.flatten().collect();
    if !wrong.is_empty() {
        return Ok(Err(Error::Fields(wrong)));
    }
    let mut of: BTreeMap<AccountId, Vec<(&NewEntry, PublicId, PublicId)>> = BTreeMap::new();
    for fate in &fates {
        match fate {
            EvidenceFate::New(account, entry, from) => of.entry(*account).or_default().push((entry, dice.public_id(), *from)),
            _ => progress.step()?,
        }
    }
    for (account, entries) in of {
        for part in entries.chunks(100) {
            store::enrolment::record(conn, account, part)?;
            for _ in part {
                progress.step()?;
            }
        }
    }
    let counts = Recorded::of(&fates);
    let detail = json!({ "new": counts.new, "known": counts.known });
    store::audit::append(conn, &actor.row("cohort.evidence", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(counts))
}
