//! Workers' side of the outbox: leases by the database's clock, and a fence that grows with every claim.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::ids::{AccountId, OutboxId};
use domain::schedule::Period;
use domain::time::Instant;

use super::{Claim, OutboxState};
use crate::prepared::Prepared;
use crate::schema::outbox;
use crate::{Conn, Result, rows};

const QUEUED: &str = OutboxState::Queued.word();

/// Leases up to `limit` queued rows whose time has come at `now` and that nobody holds, the longest waiting first. Two
/// workers never get the same row. A lease of no seconds is over at once.
pub fn claim(conn: &mut Conn<'_>, worker: &str, now: Instant, lease_seconds: i64, limit: i64) -> Result<Vec<Claim>> {
    let clock = database_clock(conn)?;
    let free = outbox::table
        .filter(outbox::state.eq(QUEUED))
        .filter(outbox::retry_at.le(now.micros()))
        .filter(outbox::lease_until.is_null().or(outbox::lease_until.le(clock).assume_not_null()))
        .order((outbox::retry_at, outbox::id))
        .limit(limit)
        .select((outbox::id, outbox::ambiguous));
    // SQLite has one writer; PostgreSQL locks the rows and passes over those that another worker locks
    let found: Vec<(i64, bool)> = match conn {
        Conn::Sqlite(c) => free.load(*c)?,
        Conn::Postgres(c) => free.for_update().skip_locked().load(*c)?,
    };
    let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
    let mut claimed: Vec<Row> = on_backend!(conn, c => diesel::update(outbox::table.filter(outbox::id.eq_any(ids)))
        .set((
            outbox::lease_owner.eq(worker),
            outbox::lease_until.eq(clock + lease_seconds * 1_000_000),
            outbox::fence.eq(outbox::fence + 1),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::ambiguous.eq(outbox::ambiguous.or(outbox::handed_off_fence.is_not_null())),
        ))
        .returning(Row::as_returning())
        .get_results(c))?;
    claimed.sort_by_key(|row| found.iter().position(|(id, _)| *id == row.id));
    let ambiguous_before = |id: i64| found.iter().any(|(known, ambiguous)| *known == id && *ambiguous);
    claimed.into_iter().map(|row| row.claim(ambiguous_before)).collect()
}

/// Notes that the letter goes to the mail server now; false when the fence is old.
pub fn hand_off(conn: &mut Conn<'_>, id: OutboxId, fence: i64) -> Result<bool> {
    const HAND_OFF: &[&str] = &["UPDATE outbox SET handed_off_fence = ", " WHERE id = ", " AND fence = ", " AND state = 'queued'"];
    let changed = on_backend!(conn, c => Prepared::<()>::new(HAND_OFF, &[fence.into(), id.0.into(), fence.into()]).execute(c))?;
    Ok(changed > 0)
}

/// False when the fence is old.
pub fn sent(conn: &mut Conn<'_>, id: OutboxId, fence: i64, now: Instant) -> Result<bool> {
    const SENT: &[&str] = &[
        "UPDATE outbox SET state = 'sent', reason = NULL, lease_owner = NULL, lease_until = NULL, sent_at = ",
        " WHERE id = ",
        " AND fence = ",
        " AND state = 'queued'",
    ];
    let changed = on_backend!(conn, c => Prepared::<()>::new(SENT, &[now.micros().into(), id.0.into(), fence.into()]).execute(c))?;
    Ok(changed > 0)
}

/// The mail server said no, for now (`retry_at`) or for good (none: dead), so it was not sent. False when the fence is old.
pub fn failed(conn: &mut Conn<'_>, id: OutboxId, fence: i64, retry_at: Option<Instant>, error: &str, now: Instant) -> Result<bool> {
    let state = if retry_at.is_some() { OutboxState::Queued } else { OutboxState::Dead };
    let held = held(id, fence);
    let changed = on_backend!(conn, c => diesel::update(held)
        .set((
            outbox::state.eq(state.word()),
            outbox::retry_at.eq(retry_at.unwrap_or(now).micros()),
            outbox::reason.eq(error),
            outbox::handed_off_fence.eq(None::<i64>),
            outbox::lease_owner.eq(None::<String>),
            outbox::lease_until.eq(None::<i64>),
        ))
        .execute(c))?;
    Ok(changed > 0)
}

/// There is nothing to send after all; false when the fence is old.
pub fn skip(conn: &mut Conn<'_>, id: OutboxId, fence: i64, why: &str) -> Result<bool> {
    let held = held(id, fence);
    let changed = on_backend!(conn, c => diesel::update(held)
        .set((
            outbox::state.eq(OutboxState::Skipped.word()),
            outbox::reason.eq(why),
            outbox::lease_owner.eq(None::<String>),
            outbox::lease_until.eq(None::<i64>),
        ))
        .execute(c))?;
    Ok(changed > 0)
}

/// Gives a worker's leases back that it has not handed off; how many. A new claim of them counts as another attempt.
pub fn release(conn: &mut Conn<'_>, worker: &str) -> Result<usize> {
    Ok(on_backend!(conn, c => diesel::update(
            outbox::table
                .filter(outbox::lease_owner.eq(worker))
                .filter(outbox::state.eq(QUEUED))
                .filter(outbox::handed_off_fence.is_null().or(outbox::handed_off_fence.ne(outbox::fence.nullable()).assume_not_null())),
        )
        .set((outbox::lease_owner.eq(None::<String>), outbox::lease_until.eq(None::<i64>)))
        .execute(c))?)
}

/// A queued row as long as no later claim took it. The lease itself may be over: what the worker says still counts until
/// another one holds the row.
#[diesel::dsl::auto_type(no_type_alias)]
fn held(id: OutboxId, fence: i64) -> _ {
    let key: i64 = id.0;
    let queued: &'static str = QUEUED;
    outbox::table.filter(outbox::id.eq(key)).filter(outbox::fence.eq(fence)).filter(outbox::state.eq(queued))
}

/// Microseconds since 1970. Servers' clocks may differ; there is one database.
pub(crate) fn database_clock(conn: &mut Conn<'_>) -> Result<i64> {
    const SQLITE: &[&str] = &["SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER)"];
    const POSTGRES: &[&str] = &["SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"];
    Ok(match conn {
        Conn::Sqlite(c) => Prepared::<BigInt>::new(SQLITE, &[]).get_result(*c)?,
        Conn::Postgres(c) => Prepared::<BigInt>::new(POSTGRES, &[]).get_result(*c)?,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    fence: i64,
    recipient: i64,
    kind: String,
    period: String,
    due_at: i64,
    message_id: String,
    attempts: i32,
    handed_off_fence: Option<i64>,
}

impl Row {
    fn claim(self, ambiguous_before: impl Fn(i64) -> bool) -> Result<Claim> {
        Ok(Claim {
            id: OutboxId(self.id),
            fence: self.fence,
            recipient: AccountId(self.recipient),
            kind: rows::word(&self.kind)?,
            period: Period(self.period),
            due_at: Instant::from_micros(self.due_at),
            message_id: self.message_id,
            attempts: rows::unsigned(self.attempts)?,
            handed_off: self.handed_off_fence.is_some(),
            ambiguous: ambiguous_before(self.id),
        })
    }
}
