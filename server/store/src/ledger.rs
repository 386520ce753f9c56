//! The ledger: facts, subjects and payload of every entry in tables of their own, numbered without gaps.

use diesel::prelude::*;
use domain::ids::{AccountId, PublicId};
use domain::ledger::{Entry, NewEntry, Payload};
use domain::subject::Subject;
use domain::time::{Day, Instant};

use crate::rows::{self, one};
use crate::schema::{accounts, evidence, evidence_payloads, evidence_subjects};
use crate::{Conn, Error, Result};

mod read;

pub use read::{Told, by_public_id, entries_of, facts, facts_upto, public_ids, told_since, with_payload};
pub(crate) use read::{facts_of, facts_of_learners};

/// Which entries, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Entries about any of these; none: all. An empty list asks for nothing.
    pub subjects: Option<Vec<Subject>>,
    /// Entries with smaller numbers.
    pub before_seq: Option<u32>,
    pub limit: i64,
}

/// Gives the entry the account's next number and keeps it. Fails with `already_retracted` when `retracts` names an entry
/// that is out already, with `NotThere("entry")` when it names none, with `NotThere("account")` for a tombstone.
pub fn append(conn: &mut Conn<'_>, account: AccountId, new: &NewEntry, public_id: PublicId) -> Result<Entry> {
    let seq = next_number(conn, account)?;
    let retracts = new.retracts.map(rows::signed).transpose()?;
    // numbers have no gaps, so every smaller one is there
    if retracts.is_some_and(|retracted| retracted < 1 || retracted >= seq) {
        return Err(Error::NotThere("entry"));
    }
    let recall =
        new.recall.map(|recall| Ok::<_, Error>((rows::signed(recall.share.get())?, rows::signed(recall.stability)?))).transpose()?;
    on_backend!(conn, c => diesel::insert_into(evidence::table)
        .values((
            evidence::account.eq(account.0),
            evidence::seq.eq(seq),
            evidence::public_id.eq(public_id.bytes().as_slice()),
            evidence::kind.eq(new.kind.word()),
            evidence::trust.eq(new.trust.word()),
            evidence::day.eq(new.day.number()),
            evidence::recorded_at.eq(new.recorded_at.micros()),
            evidence::expires_on.eq(new.expires_on.map(Day::number)),
            evidence::retracts.eq(retracts),
            evidence::recall_share.eq(recall.map(|(share, _)| share)),
            evidence::recall_stability.eq(recall.map(|(_, stability)| stability)),
        ))
        .execute(c))?;
    insert_subjects(conn, account, seq, new)?;
    insert_payload(conn, account, seq, &new.payload)?;
    if let Some(retracted) = new.retracts {
        // Nobody is kept waiting over what is taken back.
        crate::reviews::withdraw(conn, account, retracted, new.recorded_at)?;
    }
    Ok(new.numbered(rows::unsigned(seq)?))
}

/// Blanks what was written; facts stay, so no score changes. Twice is fine.
pub fn redact(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, now: Instant) -> Result<()> {
    let seq: Option<i32> = on_backend!(conn, c => evidence::table
        .filter(evidence::public_id.eq(public_id.bytes().as_slice()))
        .filter(evidence::account.eq(account.0))
        .select(evidence::seq)
        .first(c)
        .optional())?;
    let seq = seq.ok_or(Error::NotThere("entry"))?;
    let blanked = on_backend!(conn, c => diesel::update(evidence_payloads::table.find((account.0, seq)))
        .set((
            evidence_payloads::title.eq(None::<String>),
            evidence_payloads::note.eq(None::<String>),
            evidence_payloads::url.eq(None::<String>),
            evidence_payloads::issuer.eq(None::<String>),
            evidence_payloads::number.eq(None::<String>),
            evidence_payloads::issued_on.eq(None::<i32>),
            evidence_payloads::minutes.eq(None::<i32>),
            evidence_payloads::by_name.eq(None::<String>),
            evidence_payloads::follows.eq(None::<i32>),
            evidence_payloads::redacted_at.eq(now.micros()),
        ))
        .execute(c))?;
    one(blanked, "entry")
}

/// Takes the account's row lock, so that two writers get two numbers; what fails afterwards rolls this back, so there is
/// no gap.
fn next_number(conn: &mut Conn<'_>, account: AccountId) -> Result<i32> {
    let seq: Option<i32> = on_backend!(conn, c => diesel::update(
            accounts::table.filter(accounts::id.eq(account.0)).filter(accounts::erased_at.is_null()),
        )
        .set(accounts::ledger_seq.eq(accounts::ledger_seq + 1))
        .returning(accounts::ledger_seq)
        .get_result(c)
        .optional())?;
    seq.ok_or(Error::NotThere("account"))
}

fn insert_subjects(conn: &mut Conn<'_>, account: AccountId, seq: i32, new: &NewEntry) -> Result<()> {
    let subjects: Vec<_> = new
        .held
        .iter()
        .zip(0_i32..)
        .map(|(held, position)| {
            (
                evidence_subjects::account.eq(account.0),
                evidence_subjects::seq.eq(seq),
                evidence_subjects::position.eq(position),
                evidence_subjects::kind.eq(held.subject.kind.word()),
                evidence_subjects::subject.eq(held.subject.id.as_str()),
                evidence_subjects::step.eq(held.step.map(|step| step.word())),
            )
        })
        .collect();
    if !subjects.is_empty() {
        on_backend!(conn, c => diesel::insert_into(evidence_subjects::table).values(&subjects).execute(c))?;
    }
    Ok(())
}

fn insert_payload(conn: &mut Conn<'_>, account: AccountId, seq: i32, payload: &Payload) -> Result<()> {
    let minutes = payload.minutes.map(rows::signed).transpose()?;
    let follows = payload.follows.map(rows::signed).transpose()?;
    on_backend!(conn, c => diesel::insert_into(evidence_payloads::table)
        .values((
            evidence_payloads::account.eq(account.0),
            evidence_payloads::seq.eq(seq),
            evidence_payloads::title.eq(payload.title.as_deref()),
            evidence_payloads::note.eq(payload.note.as_deref()),
            evidence_payloads::url.eq(payload.url.as_deref()),
            evidence_payloads::issuer.eq(payload.issuer.as_deref()),
            evidence_payloads::number.eq(payload.number.as_deref()),
            evidence_payloads::issued_on.eq(payload.issued_on.map(Day::number)),
            evidence_payloads::minutes.eq(minutes),
            evidence_payloads::by_name.eq(payload.by.as_deref()),
            evidence_payloads::follows.eq(follows),
        ))
        .execute(c))?;
    Ok(())
}
