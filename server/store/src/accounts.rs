//! Accounts: people who may sign in, and the tombstones of those who left.

use domain::account::{Account, CleanName, MailAddress, Theme, Username};
use domain::ids::{AccountId, PublicId};
use domain::time::{Instant, Zone};

use crate::{Conn, Result};

/// An account before the store gives it a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub public_id: PublicId,
    pub username: Username,
    pub name: CleanName,
    pub mail: Option<MailAddress>,
    pub language: Option<String>,
    pub zone: Zone,
    pub theme: Theme,
    pub is_admin: bool,
    /// None: nobody can sign in with a password yet.
    pub password_hash: Option<String>,
    pub created_at: Instant,
}

/// Fails with `username_taken`.
pub fn create(conn: &mut Conn<'_>, new: &NewAccount) -> Result<Account> {
    todo!()
}

/// Tombstones too: `disabled`, with the name “—”.
pub fn by_id(conn: &mut Conn<'_>, id: AccountId) -> Result<Account> {
    todo!()
}

/// Tombstones are not there.
pub fn by_public_id(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Account> {
    todo!()
}

/// The account and its password hash, disabled ones too; none for tombstones.
pub fn by_username(conn: &mut Conn<'_>, username: &Username) -> Result<Option<(Account, Option<String>)>> {
    todo!()
}

/// By key, without tombstones.
pub fn list(conn: &mut Conn<'_>, after: Option<AccountId>, limit: i64) -> Result<Vec<Account>> {
    todo!()
}

/// Without tombstones.
pub fn count(conn: &mut Conn<'_>) -> Result<i64> {
    todo!()
}

pub fn set_password_hash(conn: &mut Conn<'_>, id: AccountId, hash: &str) -> Result<()> {
    todo!()
}

pub fn set_profile(
    conn: &mut Conn<'_>,
    id: AccountId,
    name: &CleanName,
    mail: Option<&MailAddress>,
    language: Option<&str>,
    zone: &Zone,
    theme: Theme,
) -> Result<()> {
    todo!()
}

pub fn set_disabled(conn: &mut Conn<'_>, id: AccountId, disabled: bool) -> Result<()> {
    todo!()
}

pub fn set_admin(conn: &mut Conn<'_>, id: AccountId, is_admin: bool) -> Result<()> {
    todo!()
}

/// Erases what the person left: ledger, paths, plans, scorecards, digests, sessions, tokens, invitations, memberships.
/// The account becomes a tombstone; the erasure is recorded, so that it can be replayed on a restored backup.
pub fn erase(conn: &mut Conn<'_>, id: AccountId, now: Instant) -> Result<()> {
    todo!()
}

/// Whether the account is a tombstone, and since when.
pub fn erased_at(conn: &mut Conn<'_>, id: AccountId) -> Result<Option<Instant>> {
    todo!()
}

/// All erasures, oldest first: public ids and when.
pub fn erasures(conn: &mut Conn<'_>) -> Result<Vec<(PublicId, Instant)>> {
    todo!()
}
