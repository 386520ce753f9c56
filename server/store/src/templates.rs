//! Revisions of role templates: immutable, known by their hash, never purged.

use domain::ids::RevisionId;
use domain::time::Instant;

use crate::{Conn, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    /// The template's id.
    pub role: String,
    pub version: String,
    /// SHA-256 of `canonical`, hexadecimal.
    pub hash: String,
    /// The canonical text of the template with its aliases.
    pub canonical: String,
    /// `builtin`, `file`, or `plugin:publisher/name@version`.
    pub origin: String,
    pub created_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub id: RevisionId,
    pub role: String,
    pub version: String,
    pub hash: String,
    pub canonical: String,
    /// Where it first came from.
    pub origin: String,
    pub created_at: Instant,
}

/// A revision without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionHead {
    pub id: RevisionId,
    pub role: String,
    pub version: String,
    pub hash: String,
    pub origin: String,
    pub created_at: Instant,
}

/// Keeps a revision. The same hash again returns the id that it has; the same role and version with another hash fails
/// with `revision_differs`.
pub fn put(conn: &mut Conn<'_>, new: &NewRevision) -> Result<RevisionId> {
    todo!()
}

pub fn get(conn: &mut Conn<'_>, id: RevisionId) -> Result<Revision> {
    todo!()
}

pub fn by_hash(conn: &mut Conn<'_>, hash: &str) -> Result<Option<Revision>> {
    todo!()
}

/// The revision with the highest version that is on offer: built-in, from a file, or of a pack that is active and enabled.
pub fn newest(conn: &mut Conn<'_>, role: &str) -> Result<Option<Revision>> {
    todo!()
}

/// The newest on offer of every role, by role.
pub fn list_newest(conn: &mut Conn<'_>) -> Result<Vec<RevisionHead>> {
    todo!()
}

/// All revisions of a role, on offer or not, newest version first.
pub fn list(conn: &mut Conn<'_>, role: &str) -> Result<Vec<RevisionHead>> {
    todo!()
}
