//! Tokens of the API, with a scope and perhaps an end.

use domain::account::{Account, CleanName};
use domain::cohort::Membership;
use domain::ids::{AccountId, PublicId, TokenId};
use domain::policy::Scope;
use domain::time::Instant;

use crate::{Conn, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    pub account: AccountId,
    pub public_id: PublicId,
    pub name: CleanName,
    /// SHA-256 of the token's secret.
    pub token_hash: [u8; 32],
    pub scope: Scope,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub public_id: PublicId,
    pub name: CleanName,
    pub scope: Scope,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    pub last_used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// Who stands behind a bearer token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOwner {
    pub token: TokenId,
    pub scope: Scope,
    pub account: Account,
    pub memberships: Vec<Membership>,
}

pub fn create(conn: &mut Conn<'_>, new: &NewToken) -> Result<Token> {
    todo!()
}

/// The owner of a token that is neither revoked nor expired at `now`, whose account is neither disabled nor erased.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32], now: Instant) -> Result<Option<TokenOwner>> {
    todo!()
}

/// Notes that the token was used.
pub fn touch(conn: &mut Conn<'_>, id: TokenId, now: Instant) -> Result<()> {
    todo!()
}

/// Newest first, revoked ones too.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Token>> {
    todo!()
}

/// Fails with `NotThere` when the account has no such token; revoking twice is fine.
pub fn revoke(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, now: Instant) -> Result<()> {
    todo!()
}
