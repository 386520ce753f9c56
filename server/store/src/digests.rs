//! Digests: when each is due, and the outbox from which workers send them.

use domain::digest::DigestKind;
use domain::ids::{AccountId, OutboxId};
use domain::schedule::{Due, Period, Rule};
use domain::time::{Instant, Zone};

use crate::{Conn, Result};

/// When an account gets a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub rule: Rule,
    /// None: off, or unsubscribed.
    pub next: Option<Due>,
    pub unsubscribed: bool,
}

/// A schedule whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueSchedule {
    pub account: AccountId,
    pub kind: DigestKind,
    pub rule: Rule,
    pub zone: Zone,
    pub due_at: Instant,
    pub period: Period,
}

/// What becomes of due work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Queue {
        message_id: String,
    },
    /// A stable word that says why: `too_late`, `no_address`, …
    Skip {
        why: String,
    },
}

/// Due work, decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub account: AccountId,
    pub kind: DigestKind,
    pub period: Period,
    pub due_at: Instant,
    pub outcome: Outcome,
    /// Where the schedule goes from here.
    pub next: Option<Due>,
    pub now: Instant,
}

/// A row that a worker holds until its lease is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: OutboxId,
    /// Grows with every claim of the row; an old one is refused.
    pub fence: i64,
    pub recipient: AccountId,
    pub kind: DigestKind,
    pub period: Period,
    pub due_at: Instant,
    pub message_id: String,
    /// How often the row was claimed, this time included.
    pub attempts: u32,
    /// A worker before had handed it to the mail server and was not heard of again: it may have been sent.
    pub handed_off: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutboxState {
    Queued,
    Sent,
    Skipped,
    /// Given up after too many attempts.
    Dead,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    pub id: OutboxId,
    pub recipient: AccountId,
    pub kind: DigestKind,
    pub period: Period,
    pub message_id: String,
    pub state: OutboxState,
    pub due_at: Instant,
    /// The earliest next attempt.
    pub retry_at: Instant,
    pub attempts: u32,
    pub handed_off: bool,
    /// It may have been sent twice, with the same Message-ID.
    pub ambiguous: bool,
    pub sent_at: Option<Instant>,
    /// Why it was skipped, or what the last attempt died of.
    pub reason: Option<String>,
    pub created_at: Instant,
}

/// Which rows, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    pub state: Option<OutboxState>,
    pub account: Option<AccountId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    pub queued: i64,
    pub sent: i64,
    pub skipped: i64,
    pub dead: i64,
    pub ambiguous: i64,
}

pub fn schedule(conn: &mut Conn<'_>, account: AccountId, kind: DigestKind) -> Result<Option<Schedule>> {
    todo!()
}

/// Sets rule and next sending. While unsubscribed nothing is due, whatever `next` says.
pub fn set_schedule(
    conn: &mut Conn<'_>,
    account: AccountId,
    kind: DigestKind,
    rule: &Rule,
    next: Option<&Due>,
    unsubscribed: bool,
) -> Result<()> {
    todo!()
}

/// Schedules due at `now` or before, of accounts that are neither disabled nor erased, the longest overdue first.
pub fn due(conn: &mut Conn<'_>, now: Instant, limit: i64) -> Result<Vec<DueSchedule>> {
    todo!()
}

/// Puts due work into the outbox and advances the schedule, together. False when the period was planned before: then
/// only the schedule advances, and only if it still stands at `due_at`.
pub fn plan(conn: &mut Conn<'_>, planned: &Planned) -> Result<bool> {
    todo!()
}

/// Leases up to `limit` queued rows whose time has come at `now` and that nobody holds. Leases go by the database's
/// clock. Two workers never get the same row.
pub fn claim(conn: &mut Conn<'_>, worker: &str, now: Instant, lease_seconds: i64, limit: i64) -> Result<Vec<Claim>> {
    todo!()
}

/// Notes that the letter goes to the mail server now; false when the fence is old.
pub fn hand_off(conn: &mut Conn<'_>, id: OutboxId, fence: i64) -> Result<bool> {
    todo!()
}

/// False when the fence is old.
pub fn sent(conn: &mut Conn<'_>, id: OutboxId, fence: i64, now: Instant) -> Result<bool> {
    todo!()
}

/// The mail server said no, for now (`retry_at`) or for good (none: dead). False when the fence is old.
pub fn failed(conn: &mut Conn<'_>, id: OutboxId, fence: i64, retry_at: Option<Instant>, error: &str, now: Instant) -> Result<bool> {
    todo!()
}

/// There is nothing to send after all; false when the fence is old.
pub fn skip(conn: &mut Conn<'_>, id: OutboxId, fence: i64, why: &str) -> Result<bool> {
    todo!()
}

/// Gives a worker's leases back that were not handed off; how many.
pub fn release(conn: &mut Conn<'_>, worker: &str) -> Result<usize> {
    todo!()
}

/// Newest first; `after` is the last row of the page before.
pub fn list(conn: &mut Conn<'_>, filter: &OutboxFilter, after: Option<OutboxId>, limit: i64) -> Result<Vec<OutboxRow>> {
    todo!()
}

/// Newest first.
pub fn for_account(conn: &mut Conn<'_>, account: AccountId, limit: i64) -> Result<Vec<OutboxRow>> {
    todo!()
}

pub fn counts(conn: &mut Conn<'_>) -> Result<OutboxCounts> {
    todo!()
}
