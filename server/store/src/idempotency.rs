//! Idempotency keys: the answer to a write, kept so that a repeated request gets the same one.

use domain::ids::AccountId;
use domain::time::Instant;

use crate::{Conn, Result};

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
    todo!()
}

/// In the same transaction as the write. Fails with `idempotency_key_used` when the account used the key before.
pub fn put(conn: &mut Conn<'_>, account: AccountId, key: &str, fingerprint: &[u8; 32], status: u16, body: &str, now: Instant) -> Result<()> {
    todo!()
}

/// How many older than `before` were purged.
pub fn purge(conn: &mut Conn<'_>, before: Instant) -> Result<usize> {
    todo!()
}
