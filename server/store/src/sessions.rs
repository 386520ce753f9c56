//! Sessions: who is signed in with which browser.

use diesel::prelude::*;
use domain::account::Account;
use domain::cohort::Membership;
use domain::ids::{AccountId, SessionId};
use domain::time::Instant;

use crate::rows::one;
use crate::schema::{accounts, sessions};
use crate::{Conn, Result, cohorts};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    pub account: AccountId,
    /// SHA-256 of the cookie's secret.
    pub token_hash: [u8; 32],
    pub created_at: Instant,
    pub expires_at: Instant,
    pub user_agent: String,
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    pub created_at: Instant,
    pub last_seen_at: Instant,
    pub expires_at: Instant,
    pub user_agent: String,
    pub address: String,
}

pub fn create(conn: &mut Conn<'_>, new: &NewSession) -> Result<SessionId> {
    let id = on_backend!(conn, c => diesel::insert_into(sessions::table)
        .values((
            sessions::account.eq(new.account.0),
            sessions::token_hash.eq(new.token_hash.as_slice()),
            sessions::created_at.eq(new.created_at.micros()),
            sessions::last_seen_at.eq(new.created_at.micros()),
            sessions::expires_at.eq(new.expires_at.micros()),
            sessions::user_agent.eq(&new.user_agent),
            sessions::address.eq(&new.address),
        ))
        .returning(sessions::id)
        .get_result(c))?;
    Ok(SessionId(id))
}

/// Who stands behind a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionOwner {
    pub session: SessionId,
    pub expires_at: Instant,
    pub account: Account,
    pub memberships: Vec<Membership>,
}

/// The session that has not expired at `now`, of an account that is neither disabled nor erased.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32], now: Instant) -> Result<Option<SessionOwner>> {
    let found: Option<(i64, i64, crate::accounts::Row)> = on_backend!(conn, c => sessions::table
        .inner_join(accounts::table)
        .filter(sessions::token_hash.eq(token_hash.as_slice()))
        .filter(sessions::expires_at.gt(now.micros()))
        .filter(accounts::disabled.eq(false))
        .filter(accounts::erased_at.is_null())
        .select((sessions::id, sessions::expires_at, crate::accounts::Row::as_select()))
        .first(c)
        .optional())?;
    let Some((id, expires_at, row)) = found else { return Ok(None) };
    let account = row.account()?;
    let memberships = cohorts::memberships(conn, account.id)?;
    Ok(Some(SessionOwner { session: SessionId(id), expires_at: Instant::from_micros(expires_at), account, memberships }))
}

/// Notes that the session was used.
pub fn touch(conn: &mut Conn<'_>, id: SessionId, now: Instant) -> Result<()> {
    on_backend!(conn, c => diesel::update(sessions::table.filter(sessions::id.eq(id.0)).filter(sessions::last_seen_at.lt(now.micros())))
        .set(sessions::last_seen_at.eq(now.micros()))
        .execute(c))?;
    Ok(())
}

/// Moves the session's end.
pub fn prolong(conn: &mut Conn<'_>, id: SessionId, expires_at: Instant) -> Result<()> {
    on_backend!(conn, c => diesel::update(sessions::table.filter(sessions::id.eq(id.0)).filter(sessions::expires_at.lt(expires_at.micros())))
        .set(sessions::expires_at.eq(expires_at.micros()))
        .execute(c))?;
    Ok(())
}

/// Newest first.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Session>> {
    let rows: Vec<Row> = on_backend!(conn, c => sessions::table
        .filter(sessions::account.eq(account.0))
        .order(sessions::id.desc())
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Row::session).collect())
}

/// Fails with `NotThere` when it is not a session of the account.
pub fn revoke(conn: &mut Conn<'_>, account: AccountId, id: SessionId) -> Result<()> {
    let gone = on_backend!(conn, c =>
        diesel::delete(sessions::table.filter(sessions::id.eq(id.0)).filter(sessions::account.eq(account.0))).execute(c))?;
    one(gone, "session")
}

/// How many were revoked.
pub fn revoke_all(conn: &mut Conn<'_>, account: AccountId, except: Option<SessionId>) -> Result<usize> {
    let kept = except.map_or(0, |id| id.0);
    Ok(on_backend!(conn, c =>
        diesel::delete(sessions::table.filter(sessions::account.eq(account.0)).filter(sessions::id.ne(kept))).execute(c))?)
}

/// How many were purged.
pub fn purge_expired(conn: &mut Conn<'_>, now: Instant) -> Result<usize> {
    Ok(on_backend!(conn, c => diesel::delete(sessions::table.filter(sessions::expires_at.le(now.micros()))).execute(c))?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    account: i64,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
    user_agent: String,
    address: String,
}

impl Row {
    fn session(self) -> Session {
        Session {
            id: SessionId(self.id),
            account: AccountId(self.account),
            created_at: Instant::from_micros(self.created_at),
            last_seen_at: Instant::from_micros(self.last_seen_at),
            expires_at: Instant::from_micros(self.expires_at),
            user_agent: self.user_agent,
            address: self.address,
        }
    }
}
