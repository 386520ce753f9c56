//! The ledger: facts, subjects and payload of every entry in tables of their own, numbered without gaps.

use domain::ids::{AccountId, PublicId};
use domain::ledger::{Entry, NewEntry, Payload};
use domain::subject::Subject;
use domain::time::Instant;

use crate::{Conn, Result};

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
/// that is out already, with `NotThere("entry")` when it names none.
pub fn append(conn: &mut Conn<'_>, account: AccountId, new: &NewEntry, public_id: PublicId) -> Result<Entry> {
    todo!()
}

/// All facts, in order.
pub fn facts(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Entry>> {
    todo!()
}

/// The facts as they were when the ledger's last number was `seq`.
pub fn facts_upto(conn: &mut Conn<'_>, account: AccountId, seq: u32) -> Result<Vec<Entry>> {
    todo!()
}

/// Entries with what was written, newest first; no payload: redacted.
pub fn with_payload(conn: &mut Conn<'_>, account: AccountId, filter: &LedgerFilter) -> Result<Vec<(PublicId, Entry, Option<Payload>)>> {
    todo!()
}

/// Fails with `NotThere` when the account has no such entry.
pub fn by_public_id(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<(PublicId, Entry, Option<Payload>)> {
    todo!()
}

/// Blanks what was written; facts stay, so no score changes. Twice is fine.
pub fn redact(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, now: Instant) -> Result<()> {
    todo!()
}
