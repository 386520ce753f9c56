//! What the instance knows of itself: secrets, settings, and a number that grows with every change that other processes
//! must see.

use crate::{Conn, Result};

/// The secret of that name; `fresh` becomes it when there is none. Writes.
pub fn secret(conn: &mut Conn<'_>, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32]> {
    todo!()
}

pub fn get(conn: &mut Conn<'_>, key: &str) -> Result<Option<String>> {
    todo!()
}

/// Sets and raises [`version`].
pub fn set(conn: &mut Conn<'_>, key: &str, value: &str) -> Result<()> {
    todo!()
}

/// Grows with every change of packs, templates, catalogue and settings.
pub fn version(conn: &mut Conn<'_>) -> Result<i64> {
    todo!()
}

/// Whether the database answers.
pub fn health(conn: &mut Conn<'_>) -> Result<()> {
    todo!()
}
