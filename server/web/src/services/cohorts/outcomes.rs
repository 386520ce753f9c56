//! What became of a learner: told by themselves, or by a lead for them; seen by leads as long as the learner consents.

use domain::cohort::{Cohort, Outcome as Told, Standing};
use domain::ids::{AccountId, PublicId};
use serde_json::json;
use store::cohorts::OutcomeRow;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::once::Outcome;
use crate::state::State;

/// What a lead sees of an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeenOutcome {
    Nothing,
    /// It was told, and its person has not consented.
    Withheld,
    Told(Told),
}

impl SeenOutcome {
    pub fn of(row: Option<&OutcomeRow>) -> Self {
        match row {
            None => Self::Nothing,
            Some(row) if row.consented_at.is_none() => Self::Withheld,
            Some(row) => Self::Told(row.outcome.clone()),
        }
    }
}

/// A cohort in which one is or was a learner, with what was told of oneself. Any other one is not there.
pub async fn own_outcome(state: &State, who: &Signed, id: PublicId) -> Result<(Cohort, Option<OutcomeRow>), Error> {
    let me = who.account.id;
    let (cohort, row) = state
        .store
        .read(move |conn| {
            let cohort = store::cohorts::by_public_id(conn, id)?;
            let row = store::cohorts::outcome(conn, cohort.id, me)?;
            Ok((cohort, row))
        })
        .await?;
    let learns = who.memberships.iter().any(|member| member.cohort == cohort.id && member.standing == Standing::Learner);
    if learns { Ok((cohort, row)) } else { Err(Error::NotThere("cohort")) }
}

/// A learner tells what became of them, inside a transaction, and whether leads may see it.
pub fn tell_own(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    me: AccountId,
    told: &Told,
    consents: bool,
) -> Result<Outcome<OutcomeRow>, store::Error> {
    store::cohorts::lock_outcome(conn, cohort.id, me)?;
    let row =
        OutcomeRow { outcome: told.clone(), recorded_by: Some(me), recorded_at: actor.now, consented_at: consents.then_some(actor.now) };
    store::cohorts::put_outcome(conn, cohort.id, me, &row)?;
    store::audit::append(conn, &actor.row("outcome.tell", format!("cohort:{}", cohort.public_id), json!({ "consents": consents })))?;
    Ok(Ok(row))
}

/// A lead tells it for a learner, inside a transaction. Nobody sees it before the learner consents; what the learner told
/// stays.
pub fn tell_of(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    person: PublicId,
    told: &Told,
) -> Result<Outcome<()>, store::Error> {
    let (account, member) = store::cohorts::find_member(conn, cohort.id, person)?;
    if member.standing != Standing::Learner {
        return Ok(Err(Error::Rule("only_learners")));
    }
    let before = store::cohorts::lock_outcome(conn, cohort.id, account.id)?;
    if before.is_some_and(|row| row.recorded_by == Some(account.id)) {
        return Ok(Err(Error::Rule("outcome_is_theirs")));
    }
    let row = OutcomeRow { outcome: told.clone(), recorded_by: actor.account, recorded_at: actor.now, consented_at: None };
    store::cohorts::put_outcome(conn, cohort.id, account.id, &row)?;
    let detail = json!({ "account": person.to_string() });
    store::audit::append(conn, &actor.row("outcome.tell", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(()))
}

/// A learner lets leads see it, or not any more, inside a transaction.
pub fn consent(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    me: AccountId,
    consents: bool,
) -> Result<Outcome<OutcomeRow>, store::Error> {
    let Some(row) = store::cohorts::lock_outcome(conn, cohort.id, me)? else { return Ok(Err(Error::NotThere("outcome"))) };
    // Once given, the day stays.
    let consented_at = consents.then(|| row.consented_at.unwrap_or(actor.now));
    store::cohorts::consent(conn, cohort.id, me, consented_at)?;
    store::audit::append(conn, &actor.row("outcome.consent", format!("cohort:{}", cohort.public_id), json!({ "consents": consents })))?;
    Ok(Ok(OutcomeRow { consented_at, ..row }))
}

/// A learner takes it all back, inside a transaction, whoever told it. Twice is fine.
pub fn forget(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, me: AccountId) -> Result<Outcome<()>, store::Error> {
    if store::cohorts::lock_outcome(conn, cohort.id, me)?.is_some() {
        store::cohorts::remove_outcome(conn, cohort.id, me)?;
        store::audit::append(conn, &actor.row("outcome.remove", format!("cohort:{}", cohort.public_id), json!({})))?;
    }
    Ok(Ok(()))
}
