//! Tokens of the API, with a scope and perhaps an end.

use diesel::prelude::*;
use domain::account::{Account, CleanName};
use domain::cohort::Membership;
use domain::ids::{AccountId, PublicId, TokenId};
use domain::policy::Scope;
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::{accounts, tokens};
use crate::{Conn, Result, cohorts};

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
    pub expires_at: Option<Instant>,
    pub account: Account,
    pub memberships: Vec<Membership>,
}

pub fn create(conn: &mut Conn<'_>, new: &NewToken) -> Result<Token> {
    let row: Row = on_backend!(conn, c => diesel::insert_into(tokens::table)
        .values((
            tokens::account.eq(new.account.0),
            tokens::public_id.eq(new.public_id.bytes().as_slice()),
            tokens::name.eq(new.name.as_str()),
            tokens::token_hash.eq(new.token_hash.as_slice()),
            tokens::scope.eq(new.scope.word()),
            tokens::created_at.eq(new.created_at.micros()),
            tokens::expires_at.eq(new.expires_at.map(Instant::micros)),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.token()
}

/// The owner of a token that is neither revoked nor expired at `now`, whose account is neither disabled nor erased.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32], now: Instant) -> Result<Option<TokenOwner>> {
    let found: Option<(i64, String, Option<i64>, crate::accounts::Row)> = on_backend!(conn, c => tokens::table
        .inner_join(accounts::table)
        .filter(tokens::token_hash.eq(token_hash.as_slice()))
        .filter(tokens::revoked_at.is_null())
        .filter(tokens::expires_at.is_null().or(tokens::expires_at.gt(now.micros()).assume_not_null()))
        .filter(accounts::disabled.eq(false))
        .filter(accounts::erased_at.is_null())
        .select((tokens::id, tokens::scope, tokens::expires_at, crate::accounts::Row::as_select()))
        .first(c)
        .optional())?;
    let Some((id, scope, expires_at, row)) = found else { return Ok(None) };
    let account = row.account()?;
    let memberships = cohorts::memberships(conn, account.id)?;
    let expires_at = expires_at.map(Instant::from_micros);
    Ok(Some(TokenOwner { token: TokenId(id), scope: rows::word(&scope)?, expires_at, account, memberships }))
}

/// Notes that the token was used.
pub fn touch(conn: &mut Conn<'_>, id: TokenId, now: Instant) -> Result<()> {
    on_backend!(conn, c => diesel::update(tokens::table.find(id.0)).set(tokens::last_used_at.eq(now.micros())).execute(c))?;
    Ok(())
}

/// Newest first, revoked ones too.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Token>> {
    let rows: Vec<Row> = on_backend!(conn, c =>
        tokens::table.filter(tokens::account.eq(account.0)).order(tokens::id.desc()).select(Row::as_select()).load(c))?;
    rows.into_iter().map(Row::token).collect()
}

/// Fails with `NotThere` when the account has no such token; revoking twice is fine.
pub fn revoke(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, now: Instant) -> Result<()> {
    let own = tokens::account.eq(account.0).and(tokens::public_id.eq(public_id.bytes().as_slice()));
    let revoked = on_backend!(conn, c => diesel::update(tokens::table.filter(own)).set(tokens::revoked_at.eq(now.micros())).execute(c))?;
    one(revoked, "token")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tokens, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    name: String,
    scope: String,
    created_at: i64,
    expires_at: Option<i64>,
    last_used_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl Row {
    fn token(self) -> Result<Token> {
        Ok(Token {
            id: TokenId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            name: rows::clean_name(&self.name)?,
            scope: rows::word(&self.scope)?,
            created_at: Instant::from_micros(self.created_at),
            expires_at: self.expires_at.map(Instant::from_micros),
            last_used_at: self.last_used_at.map(Instant::from_micros),
            revoked_at: self.revoked_at.map(Instant::from_micros),
        })
    }
}
