//! The ledger: facts, subjects and payload of every entry in tables of their own, numbered without gaps.

use diesel::prelude::*;
use diesel::sql_types::Integer;
use domain::ids::{AccountId, PublicId};
use domain::ledger::{Entry, Held, NewEntry, Payload};
use domain::subject::Subject;
use domain::time::{Day, Instant};

use crate::prepared::Prepared;
use crate::rows::{self, one};
use crate::schema::{accounts, attachments, evidence, evidence_payloads, evidence_subjects};
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

/// The same for many entries without retractions and recall, in few statements; the number of the first. They stand in the
/// ledger one after another.
pub(crate) fn append_all(conn: &mut Conn<'_>, account: AccountId, new: &[(&NewEntry, PublicId)]) -> Result<i32> {
    let count = i32::try_from(new.len()).map_err(|_| Error::Machine("too many entries at once".to_owned()))?;
    let last: Option<i32> = on_backend!(conn, c => diesel::update(
            accounts::table.filter(accounts::id.eq(account.0)).filter(accounts::erased_at.is_null()),
        )
        .set(accounts::ledger_seq.eq(accounts::ledger_seq + count))
        .returning(accounts::ledger_seq)
        .get_result(c)
        .optional())?;
    let first = last.ok_or(Error::NotThere("account"))? - count + 1;
    let facts: Vec<_> = new
        .iter()
        .zip(first..)
        .map(|((entry, public_id), seq)| {
            (
                evidence::account.eq(account.0),
                evidence::seq.eq(seq),
                evidence::public_id.eq(public_id.bytes().to_vec()),
                evidence::kind.eq(entry.kind.word()),
                evidence::trust.eq(entry.trust.word()),
                evidence::day.eq(entry.day.number()),
                evidence::recorded_at.eq(entry.recorded_at.micros()),
                evidence::expires_on.eq(entry.expires_on.map(Day::number)),
            )
        })
        .collect();
    on_backend!(conn, c => diesel::insert_into(evidence::table).values(&facts).execute(c))?;
    let subjects: Vec<_> = new.iter().zip(first..).flat_map(|((entry, _), seq)| subject_rows(account, seq, entry)).collect();
    if !subjects.is_empty() {
        on_backend!(conn, c => diesel::insert_into(evidence_subjects::table).values(&subjects).execute(c))?;
    }
    let payloads: Vec<_> =
        new.iter().zip(first..).map(|((entry, _), seq)| payload_row(account, seq, &entry.payload)).collect::<Result<_>>()?;
    on_backend!(conn, c => diesel::insert_into(evidence_payloads::table).values(&payloads).execute(c))?;
    Ok(first)
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
    // Files are what was written with it, too.
    on_backend!(conn, c => diesel::delete(
            attachments::table.filter(attachments::account.eq(account.0)).filter(attachments::entry.eq(seq)),
        )
        .execute(c))?;
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

/// Takes the account's row lock without writing an entry: until the transaction ends nobody else writes into this ledger.
pub fn hold(conn: &mut Conn<'_>, account: AccountId) -> Result<()> {
    let held = on_backend!(conn, c => diesel::update(
            accounts::table.filter(accounts::id.eq(account.0)).filter(accounts::erased_at.is_null()),
        )
        .set(accounts::ledger_seq.eq(accounts::ledger_seq))
        .execute(c))?;
    one(held, "account")
}

/// Takes the account's row lock, so that two writers get two numbers; what fails afterwards rolls this back, so there is
/// no gap.
fn next_number(conn: &mut Conn<'_>, account: AccountId) -> Result<i32> {
    const NEXT: &[&str] = &["UPDATE accounts SET ledger_seq = ledger_seq + 1 WHERE id = ", " AND erased_at IS NULL RETURNING ledger_seq"];
    let seq: Option<i32> = on_backend!(conn, c => Prepared::<Integer>::new(NEXT, &[account.0.into()]).get_result(c).optional())?;
    seq.ok_or(Error::NotThere("account"))
}

fn insert_subjects(conn: &mut Conn<'_>, account: AccountId, seq: i32, new: &NewEntry) -> Result<()> {
    match subject_rows(account, seq, new).as_slice() {
        [] => {}
        // Most have one. Several at once are a statement that is prepared anew each time.
        [one] => {
            on_backend!(conn, c => diesel::insert_into(evidence_subjects::table).values(one).execute(c))?;
        }
        several => {
            on_backend!(conn, c => diesel::insert_into(evidence_subjects::table).values(several).execute(c))?;
        }
    }
    Ok(())
}

fn insert_payload(conn: &mut Conn<'_>, account: AccountId, seq: i32, payload: &Payload) -> Result<()> {
    let row = payload_row(account, seq, payload)?;
    on_backend!(conn, c => diesel::insert_into(evidence_payloads::table).values(&row).execute(c))?;
    Ok(())
}

fn subject_rows(account: AccountId, seq: i32, new: &NewEntry) -> Vec<SubjectRow> {
    let row = |(held, position): (&Held, i32)| SubjectRow {
        account: account.0,
        seq,
        position,
        kind: held.subject.kind.word(),
        subject: held.subject.id.clone(),
        step: held.step.map(|step| step.word()),
    };
    new.held.iter().zip(0_i32..).map(row).collect()
}

fn payload_row(account: AccountId, seq: i32, payload: &Payload) -> Result<PayloadRow<'_>> {
    Ok(PayloadRow {
        account: account.0,
        seq,
        title: payload.title.as_deref(),
        note: payload.note.as_deref(),
        url: payload.url.as_deref(),
        issuer: payload.issuer.as_deref(),
        number: payload.number.as_deref(),
        issued_on: payload.issued_on.map(Day::number),
        minutes: payload.minutes.map(rows::signed).transpose()?,
        by_name: payload.by.as_deref(),
        follows: payload.follows.map(rows::signed).transpose()?,
    })
}

#[derive(Insertable)]
#[diesel(table_name = evidence_subjects)]
struct SubjectRow {
    account: i64,
    seq: i32,
    position: i32,
    kind: &'static str,
    subject: String,
    step: Option<&'static str>,
}

#[derive(Insertable)]
#[diesel(table_name = evidence_payloads)]
struct PayloadRow<'a> {
    account: i64,
    seq: i32,
    title: Option<&'a str>,
    note: Option<&'a str>,
    url: Option<&'a str>,
    issuer: Option<&'a str>,
    number: Option<&'a str>,
    issued_on: Option<i32>,
    minutes: Option<i32>,
    by_name: Option<&'a str>,
    follows: Option<i32>,
}
