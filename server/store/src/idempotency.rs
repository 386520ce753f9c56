//! Idempotency keys: the answer to a write, kept so that a repeated request gets the same one.

use diesel::prelude::*;
use domain::ids::AccountId;
use domain::time::Instant;

use crate::rows::hash;
use crate::schema::idempotency_keys;
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// SHA-256 of the request that was answered.
    pub fingerprint: [u8; 32],
    /// HTTP status.
    pub status: u16,
    pub body: String,
    pub at: Instant,
}

pub fn find(conn: &mut Conn<'_>, account: AccountId, key: &str) -> Result<Option<StoredAnswer>> {
    let row: Option<(Vec<u8>, i32, String, i64)> = on_backend!(conn, c => idempotency_keys::table
        .find((account.0, key))
        .select((idempotency_keys::fingerprint, idempotency_keys::status, idempotency_keys::body, idempotency_keys::at))
        .first(c)
        .optional())?;
    let Some((fingerprint, status, body, at)) = row else { return Ok(None) };
    let status = u16::try_from(status).map_err(|_| Error::Machine(format!("{status} is stored where a status belongs")))?;
    Ok(Some(StoredAnswer { fingerprint: hash(&fingerprint)?, status, body, at: Instant::from_micros(at) }))
}

/// In the same transaction as the write. Fails with `idempotency_key_used` when the account used the key before: then
/// nothing of the transaction stays.
pub fn put(
    conn: &mut Conn<'_>,
    account: AccountId,
    key: &str,
    fingerprint: &[u8; 32],
    status: u16,
    body: &str,
    now: Instant,
) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::account.eq(account.0),
            idempotency_keys::key.eq(key),
            idempotency_keys::fingerprint.eq(fingerprint.as_slice()),
            idempotency_keys::status.eq(i32::from(status)),
            idempotency_keys::body.eq(body),
            idempotency_keys::at.eq(now.micros()),
        ))
        .execute(c))?;
    Ok(())
}

/// How many older than `before` were purged.
pub fn purge(conn: &mut Conn<'_>, before: Instant) -> Result<usize> {
    Ok(on_backend!(conn, c => diesel::delete(idempotency_keys::table.filter(idempotency_keys::at.lt(before.micros()))).execute(c))?)
}
