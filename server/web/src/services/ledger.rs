//! The ledger: recording evidence, taking it back, blanking what was written.

use std::sync::Arc;

use domain::ids::{AccountId, PublicId};
use domain::ledger::{Entry, EvidenceKind, NewEntry, Offer, Payload};
use domain::subject::Subject;
use store::attachments::NewAttachment;
use store::ledger::LedgerFilter;

use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::attachments;
use crate::services::co_authors::Named;
use crate::services::mentoring::{self, Handing};
use crate::state::State;

/// An entry as pages and API show it: its public id, its facts, and what was written (none: blanked).
pub type Written = (PublicId, Entry, Option<Payload>);

/// Checks what a learner sends. Subjects sent under a former id are frozen under what they are called now.
pub fn prepare(state: &State, who: &Signed, mut offer: Offer) -> Result<NewEntry, Error> {
    let catalogue = state.catalogue();
    for held in &mut offer.subjects {
        if let Some(now_called) = catalogue.resolve(&held.subject) {
            held.subject = now_called;
        }
    }
    let now = state.clock.now();
    let today = now.day_in(&who.account.zone);
    Ok(domain::ledger::check(offer, today, now, &|subject| catalogue.get(subject).is_some())?)
}

/// What comes with work that is handed in.
#[derive(Default)]
pub struct Beside {
    pub files: Vec<NewAttachment>,
    pub co_authors: Named,
}

impl Beside {
    /// Only work has any of it.
    pub fn check(&self, kind: EvidenceKind) -> Result<(), Error> {
        let wrong = [("files", self.files.is_empty()), ("co_authors", self.co_authors.is_empty())];
        let wrong: Vec<Field> =
            wrong.into_iter().filter(|(_, none)| !none).map(|(field, _)| Field::new(field, "only_submissions")).collect();
        if kind == EvidenceKind::Submission || wrong.is_empty() { Ok(()) } else { Err(Error::Fields(wrong)) }
    }
}

/// Records evidence, and what was handed in with it: all or nothing.
pub async fn record(state: &State, who: &Signed, offer: Offer, beside: Beside) -> Result<(PublicId, Entry), Error> {
    let new = prepare(state, who, offer)?;
    beside.check(new.kind)?;
    let Beside { files, co_authors } = beside;
    let handing = mentoring::handing(state, who, &new).await?;
    let (account, id, quota) = (who.account.id, state.dice.public_id(), state.instance.attachment_quota);
    let kept = state.store.write(move |conn| {
        let kept = keep(conn, account, &new, id, handing)?;
        if let Ok(entry) = &kept {
            store::attachments::add(conn, account, entry.seq, &files, quota)?;
            store::co_authors::ask(conn, account, entry.seq, &co_authors, entry.recorded_at)?;
        }
        Ok(kept)
    });
    let entry = kept.await.map_err(|error| attachments::beside("files", error.into()))??;
    Ok((id, entry))
}

/// The work of [`record`], for a transaction: only the ledger knows whether an entry may say what it follows. What mentors are
/// to look at waits for them from then on, in the place of what it follows.
pub fn keep(
    conn: &mut store::Conn<'_>,
    account: AccountId,
    new: &NewEntry,
    id: PublicId,
    handing: Option<Handing>,
) -> Result<Result<Entry, Error>, store::Error> {
    if new.payload.follows.is_some()
        && let Err(refused) = domain::ledger::renews(&store::ledger::facts(conn, account)?, new)
    {
        return Ok(Err(refused.into()));
    }
    let entry = store::ledger::append(conn, account, new, id)?;
    if let Some(before) = new.payload.follows {
        store::reviews::withdraw(conn, account, before, new.recorded_at)?;
    }
    if let Some(Handing(request)) = handing {
        store::reviews::ask_mentors(conn, account, entry.seq, request, new.recorded_at)?;
    }
    Ok(Ok(entry))
}

/// Newest first.
pub async fn list(
    state: &State,
    account: AccountId,
    subjects: Option<Vec<Subject>>,
    before: Option<u32>,
    limit: i64,
) -> Result<Vec<Written>, Error> {
    let filter = LedgerFilter { subjects, before_seq: before, limit };
    Ok(state.store.read(move |conn| store::ledger::with_payload(conn, account, &filter)).await?)
}

pub async fn get(state: &State, account: AccountId, id: PublicId) -> Result<Written, Error> {
    Ok(state.store.read(move |conn| store::ledger::by_public_id(conn, account, id)).await?)
}

/// Takes an entry out of the count, and reviews of it; what they say stays. The retraction gets the public id `new_id`.
pub async fn retract(state: &State, who: &Signed, id: PublicId, note: Option<String>) -> Result<(PublicId, Entry), Error> {
    let new_id = state.dice.public_id();
    let act = retraction(state, who, id, new_id, note);
    let entry = state.store.write(act).await??;
    Ok((new_id, entry))
}

/// The work of [`retract`], for a transaction.
pub fn retraction(
    state: &State,
    who: &Signed,
    id: PublicId,
    new_id: PublicId,
    note: Option<String>,
) -> impl Fn(&mut store::Conn<'_>) -> Result<Result<Entry, Error>, store::Error> + Send + 'static {
    let (account, now) = (who.account.id, state.clock.now());
    let today = now.day_in(&who.account.zone);
    let dice = Arc::clone(&state.dice);
    move |conn| {
        let (_, entry, _) = store::ledger::by_public_id(conn, account, id)?;
        let facts = store::ledger::facts(conn, account)?;
        let new = match domain::ledger::retract(&facts, entry.seq, today, now, note.clone()) {
            Ok(new) => new,
            Err(refused) if refused.field == "entry" => return Ok(Err(Error::Rule(refused.code))),
            Err(refused) => return Ok(Err(refused.into())),
        };
        let retracted = store::ledger::append(conn, account, &new, new_id)?;
        // A review is of that submission and of nothing else: it goes with it.
        for review in store::reviews::entries_of(conn, account, entry.seq)? {
            if let Ok(new) = domain::ledger::retract(&facts, review, today, now, None) {
                store::ledger::append(conn, account, &new, dice.public_id())?;
            }
        }
        Ok(Ok(retracted))
    }
}

/// Blanks what was written with an entry; no score changes.
pub async fn redact(state: &State, who: &Signed, id: PublicId) -> Result<(), Error> {
    let (account, now) = (who.account.id, state.clock.now());
    Ok(state.store.write(move |conn| store::ledger::redact(conn, account, id, now)).await?)
}
