//! The audit trail: who changed rights, plugins, standing or accounts.

use diesel::prelude::*;
use domain::ids::AccountId;
use domain::time::Instant;

use crate::rows::{from_json, to_json};
use crate::schema::audit;
use crate::{Conn, Result};

#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    pub at: Instant,
    /// None: the command line or the system.
    pub actor: Option<AccountId>,
    pub actor_name: String,
    /// Stable word of what was done: `account.create`, `pack.activate`, …
    pub act: String,
    /// What it was done to: `account:<public id>`, `plugin:<publisher/name>`, …
    pub subject: String,
    pub detail: serde_json::Value,
    pub request_id: Option<String>,
}

/// In the same transaction as the act; returns the row's number.
pub fn append(conn: &mut Conn<'_>, row: &AuditRow) -> Result<i64> {
    let detail = to_json(&row.detail)?;
    Ok(on_backend!(conn, c => diesel::insert_into(audit::table)
        .values((
            audit::at.eq(row.at.micros()),
            audit::actor.eq(row.actor.map(|account| account.0)),
            audit::actor_name.eq(&row.actor_name),
            audit::act.eq(&row.act),
            audit::subject.eq(&row.subject),
            audit::detail.eq(detail),
            audit::request_id.eq(row.request_id.as_deref()),
        ))
        .returning(audit::id)
        .get_result(c))?)
}

/// Newest first; `after` is the number of the last row of the page before.
pub fn list(conn: &mut Conn<'_>, after: Option<i64>, limit: i64) -> Result<Vec<(i64, AuditRow)>> {
    let rows: Vec<Row> = on_backend!(conn, c => audit::table
        .filter(audit::id.lt(after.unwrap_or(i64::MAX)))
        .order(audit::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::numbered).collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    at: i64,
    actor: Option<i64>,
    actor_name: String,
    act: String,
    subject: String,
    detail: String,
    request_id: Option<String>,
}

impl Row {
    fn numbered(self) -> Result<(i64, AuditRow)> {
        let row = AuditRow {
            at: Instant::from_micros(self.at),
            actor: self.actor.map(AccountId),
            actor_name: self.actor_name,
            act: self.act,
            subject: self.subject,
            detail: from_json(&self.detail)?,
            request_id: self.request_id,
        };
        Ok((self.id, row))
    }
}
