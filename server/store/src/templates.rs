//! Revisions of role templates: immutable, known by their hash, never purged.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::ids::RevisionId;
use domain::time::Instant;
use semver::Version;

use crate::schema::{packs, plugins, revision_origins, revisions};
use crate::{Conn, Error, Result, instance};

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

/// Keeps a revision. The same hash again returns the id that it has, and notes the other origin; the same role and version
/// with another hash fails with `revision_differs`.
pub fn put(conn: &mut Conn<'_>, new: &NewRevision) -> Result<RevisionId> {
    let known: Option<i64> = on_backend!(conn, c => revisions::table
        .filter(revisions::hash.eq(&new.hash))
        .select(revisions::id)
        .first(c)
        .optional())?;
    let id = match known {
        Some(id) => id,
        None => on_backend!(conn, c => diesel::insert_into(revisions::table)
            .values((
                revisions::role.eq(&new.role),
                revisions::version.eq(&new.version),
                revisions::hash.eq(&new.hash),
                revisions::origin.eq(&new.origin),
                revisions::created_at.eq(new.created_at.micros()),
                revisions::canonical.eq(&new.canonical),
            ))
            .returning(revisions::id)
            .get_result(c))?,
    };
    let added = on_backend!(conn, c => diesel::insert_into(revision_origins::table)
        .values((revision_origins::revision.eq(id), revision_origins::origin.eq(&new.origin)))
        .on_conflict_do_nothing()
        .execute(c))?;
    if added > 0 {
        instance::bump(conn)?;
    }
    Ok(RevisionId(id))
}

pub fn get(conn: &mut Conn<'_>, id: RevisionId) -> Result<Revision> {
    let row: Option<(HeadRow, String)> = on_backend!(conn, c => revisions::table
        .find(id.0)
        .select((HeadRow::as_select(), revisions::canonical))
        .first(c)
        .optional())?;
    row.map(revision).ok_or(Error::NotThere("revision"))
}

pub fn by_hash(conn: &mut Conn<'_>, hash: &str) -> Result<Option<Revision>> {
    let row: Option<(HeadRow, String)> = on_backend!(conn, c => revisions::table
        .filter(revisions::hash.eq(hash))
        .select((HeadRow::as_select(), revisions::canonical))
        .first(c)
        .optional())?;
    Ok(row.map(revision))
}

/// The revision with the highest version that is on offer: built-in, from a file, or of a pack that is active and enabled.
pub fn newest(conn: &mut Conn<'_>, role: &str) -> Result<Option<Revision>> {
    newest_head(conn, role)?.map(|head| get(conn, head.id)).transpose()
}

/// The same without its text.
pub fn newest_head(conn: &mut Conn<'_>, role: &str) -> Result<Option<RevisionHead>> {
    let rows: Vec<HeadRow> =
        on_backend!(conn, c => revisions::table.filter(revisions::role.eq(role)).select(HeadRow::as_select()).load(c))?;
    Ok(on_offer(conn, rows)?.into_iter().max_by_key(precedence))
}

/// The newest on offer of every role, by role.
pub fn list_newest(conn: &mut Conn<'_>) -> Result<Vec<RevisionHead>> {
    let rows: Vec<HeadRow> = on_backend!(conn, c => revisions::table.select(HeadRow::as_select()).load(c))?;
    let mut newest: BTreeMap<String, RevisionHead> = BTreeMap::new();
    for head in on_offer(conn, rows)? {
        if newest.get(&head.role).is_none_or(|best| precedence(best) < precedence(&head)) {
            newest.insert(head.role.clone(), head);
        }
    }
    Ok(newest.into_values().collect())
}

/// All revisions of a role, on offer or not, newest version first.
pub fn list(conn: &mut Conn<'_>, role: &str) -> Result<Vec<RevisionHead>> {
    let rows: Vec<HeadRow> =
        on_backend!(conn, c => revisions::table.filter(revisions::role.eq(role)).select(HeadRow::as_select()).load(c))?;
    let mut heads: Vec<RevisionHead> = rows.into_iter().map(head).collect();
    heads.sort_by_cached_key(|head| std::cmp::Reverse(precedence(head)));
    Ok(heads)
}

/// By version as semver orders them, then by age; a version that is none comes first.
fn precedence(head: &RevisionHead) -> (Option<Version>, RevisionId) {
    (Version::parse(&head.version).ok(), head.id)
}

fn on_offer(conn: &mut Conn<'_>, rows: Vec<HeadRow>) -> Result<Vec<RevisionHead>> {
    let (origins, enabled) = on_backend!(conn, c => {
        let origins: Vec<(i64, String)> =
            revision_origins::table.select((revision_origins::revision, revision_origins::origin)).load(c)?;
        let enabled: Vec<(String, String)> = packs::table
            .inner_join(plugins::table)
            .filter(packs::active.eq(true))
            .filter(plugins::enabled.eq(true))
            .select((packs::plugin, packs::version))
            .load(c)?;
        (origins, enabled)
    });
    let enabled: BTreeSet<String> = enabled.into_iter().map(|(plugin, version)| format!("plugin:{plugin}@{version}")).collect();
    let offered: BTreeSet<i64> = origins
        .into_iter()
        .filter(|(_, origin)| !origin.starts_with("plugin:") || enabled.contains(origin))
        .map(|(revision, _)| revision)
        .collect();
    Ok(rows.into_iter().filter(|row| offered.contains(&row.id)).map(head).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = revisions, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct HeadRow {
    id: i64,
    role: String,
    version: String,
    hash: String,
    origin: String,
    created_at: i64,
}

fn head(row: HeadRow) -> RevisionHead {
    RevisionHead {
        id: RevisionId(row.id),
        role: row.role,
        version: row.version,
        hash: row.hash,
        origin: row.origin,
        created_at: Instant::from_micros(row.created_at),
    }
}

fn revision((row, canonical): (HeadRow, String)) -> Revision {
    let head = head(row);
    Revision {
        id: head.id,
        role: head.role,
        version: head.version,
        hash: head.hash,
        canonical,
        origin: head.origin,
        created_at: head.created_at,
    }
}
