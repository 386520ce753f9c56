//! Sessions: who is signed in with which browser.

use domain::account::Account;
use domain::cohort::Membership;
use domain::ids::{AccountId, SessionId};
use domain::time::Instant;

use crate::{Conn, Result};

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
    todo!()
}

/// The session that has not expired at `now`, of an account that is neither disabled nor erased.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32], now: Instant) -> Result<Option<(SessionId, Account, Vec<Membership>)>> {
    todo!()
}

/// Notes that the session was used.
pub fn touch(conn: &mut Conn<'_>, id: SessionId, now: Instant) -> Result<()> {
    todo!()
}

/// Newest first.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Session>> {
    todo!()
}

/// Fails with `NotThere` when it is not a session of the account.
pub fn revoke(conn: &mut Conn<'_>, account: AccountId, id: SessionId) -> Result<()> {
    todo!()
}

/// How many were revoked.
pub fn revoke_all(conn: &mut Conn<'_>, account: AccountId, except: Option<SessionId>) -> Result<usize> {
    todo!()
}

/// How many were purged.
pub fn purge_expired(conn: &mut Conn<'_>, now: Instant) -> Result<usize> {
    todo!()
}
