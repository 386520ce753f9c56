//! The audit trail: who changed rights, plugins, standing or accounts.

use domain::ids::AccountId;
use domain::time::Instant;

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
    todo!()
}

/// Newest first; `after` is the number of the last row of the page before.
pub fn list(conn: &mut Conn<'_>, after: Option<i64>, limit: i64) -> Result<Vec<(i64, AuditRow)>> {
    todo!()
}
