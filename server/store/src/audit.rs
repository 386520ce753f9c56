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
    search(conn, &AuditFilter::default(), after, limit)
}

/// Which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Rows of this account's acts.
    pub actor: Option<AccountId>,
    /// Rows whose actor's name, as it was written, is this.
    pub actor_name: Option<String>,
    /// One act, or with a dot at the end all that begin so: `account.`.
    pub act: Option<String>,
    /// From this moment on.
    pub from: Option<Instant>,
    /// Before this moment.
    pub until: Option<Instant>,
}

/// As [`list`], of the rows that the filter takes.
pub fn search(conn: &mut Conn<'_>, filter: &AuditFilter, after: Option<i64>, limit: i64) -> Result<Vec<(i64, AuditRow)>> {
    let rows: Vec<Row> = on_backend!(conn, c => {
        let mut query = audit::table
            .filter(audit::id.lt(after.unwrap_or(i64::MAX)))
            .order(audit::id.desc())
            .limit(limit)
            .select(Row::as_select())
            .into_boxed();
        if let Some(actor) = filter.actor {
            query = query.filter(audit::actor.eq(actor.0));
        }
        if let Some(name) = &filter.actor_name {
            query = query.filter(audit::actor_name.eq(name));
        }
        match filter.act.as_deref() {
            Some(act) if act.ends_with('.') => {
                let pattern = format!("{}%", act.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
                query = query.filter(audit::act.like(pattern).escape('\\'));
            }
            Some(act) => query = query.filter(audit::act.eq(act.to_owned())),
            None => {}
        }
        if let Some(from) = filter.from {
            query = query.filter(audit::at.ge(from.micros()));
        }
        if let Some(until) = filter.until {
            query = query.filter(audit::at.lt(until.micros()));
        }
        query.load(c)
    })?;
    rows.into_iter().map(Row::numbered).collect()
}

/// Every act that stands in the trail, and every name that acted, sorted: what a filter can offer.
pub fn acts_and_names(conn: &mut Conn<'_>) -> Result<(Vec<String>, Vec<String>)> {
    Ok(on_backend!(conn, c => {
        let acts = audit::table.select(audit::act).distinct().order(audit::act).load(c)?;
        let names = audit::table.select(audit::actor_name).distinct().order(audit::actor_name).load(c)?;
        (acts, names)
    }))
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
