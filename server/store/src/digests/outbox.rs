//! The outbox as admins and recipients see it.

use diesel::prelude::*;
use domain::ids::{AccountId, OutboxId};
use domain::schedule::Period;
use domain::time::Instant;

use super::{OutboxCounts, OutboxFilter, OutboxRow, OutboxState};
use crate::schema::outbox;
use crate::{Conn, Result, rows};

/// Newest first; `after` is the last row of the page before.
pub fn list(conn: &mut Conn<'_>, filter: &OutboxFilter, after: Option<OutboxId>, limit: i64) -> Result<Vec<OutboxRow>> {
    let rows: Vec<Row> = on_backend!(conn, c => {
        let mut query = outbox::table
            .filter(outbox::id.lt(after.map_or(i64::MAX, |id| id.0)))
            .order(outbox::id.desc())
            .limit(limit)
            .select(Row::as_select())
            .into_boxed();
        if let Some(state) = filter.state {
            query = query.filter(outbox::state.eq(state.word()));
        }
        if let Some(account) = filter.account {
            query = query.filter(outbox::recipient.eq(account.0));
        }
        query.load(c)
    })?;
    rows.into_iter().map(Row::outbox_row).collect()
}

/// Newest first.
pub fn for_account(conn: &mut Conn<'_>, account: AccountId, limit: i64) -> Result<Vec<OutboxRow>> {
    list(conn, &OutboxFilter { state: None, account: Some(account) }, None, limit)
}

pub fn counts(conn: &mut Conn<'_>) -> Result<OutboxCounts> {
    let (states, ambiguous): (Vec<(String, i64)>, i64) = on_backend!(conn, c => {
        let states = outbox::table.group_by(outbox::state).select((outbox::state, diesel::dsl::count_star())).load(c)?;
        let ambiguous = outbox::table.filter(outbox::ambiguous.eq(true)).count().get_result(c)?;
        (states, ambiguous)
    });
    let of = |state: OutboxState| states.iter().find(|(word, _)| word == state.word()).map_or(0, |(_, count)| *count);
    Ok(OutboxCounts {
        queued: of(OutboxState::Queued),
        sent: of(OutboxState::Sent),
        skipped: of(OutboxState::Skipped),
        dead: of(OutboxState::Dead),
        ambiguous,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    recipient: i64,
    kind: String,
    period: String,
    message_id: String,
    state: String,
    due_at: i64,
    retry_at: i64,
    attempts: i32,
    handed_off_fence: Option<i64>,
    ambiguous: bool,
    sent_at: Option<i64>,
    reason: Option<String>,
    created_at: i64,
}

impl Row {
    fn outbox_row(self) -> Result<OutboxRow> {
        Ok(OutboxRow {
            id: OutboxId(self.id),
            recipient: AccountId(self.recipient),
            kind: rows::word(&self.kind)?,
            period: Period(self.period),
            message_id: self.message_id,
            state: rows::word(&self.state)?,
            due_at: Instant::from_micros(self.due_at),
            retry_at: Instant::from_micros(self.retry_at),
            attempts: rows::unsigned(self.attempts)?,
            handed_off: self.handed_off_fence.is_some(),
            ambiguous: self.ambiguous,
            sent_at: self.sent_at.map(Instant::from_micros),
            reason: self.reason,
            created_at: Instant::from_micros(self.created_at),
        })
    }
}
