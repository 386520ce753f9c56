//! A copy of a SQLite database that was looked at before it is called one. PostgreSQL has its own tools, and
//! [`crate::transfer`].

use std::fs::File;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Text};

use crate::store::Engine;
use crate::{Error, Result, Store};

/// Copies the database to `to`, beside whatever is being written: `VACUUM INTO` a file next to it, checked, synced to
/// disk, then renamed, so that `to` is either not there or whole. Fails with `backup_exists` when `to` is there already,
/// with `not_sqlite` on PostgreSQL.
pub fn snapshot(store: &Store, to: &Path) -> Result<()> {
    let Engine::Sqlite { file, .. } = &store.inner.engine else { return Err(Error::Rule("not_sqlite")) };
    if to.exists() {
        return Err(Error::Rule("backup_exists"));
    }
    let part = to.with_extension("part");
    let name = part.to_str().ok_or_else(|| Error::Machine("the backup's name is not UTF-8".to_owned()))?;
    if part.exists() {
        std::fs::remove_file(&part).map_err(broken)?;
    }
    let mut source = file.writer().map_err(broken)?;
    sql_query("VACUUM INTO ?").bind::<Text, _>(name).execute(&mut source)?;
    check(name)?;
    File::open(&part).and_then(|copy| copy.sync_all()).map_err(broken)?;
    std::fs::rename(&part, to).map_err(broken)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(broken)
}

/// Moves what was written last from the database's log into its one file, so that the file alone is the whole database.
/// Fails with `database_busy` while somebody reads what was before, with `not_sqlite` on PostgreSQL.
pub fn settle(store: &Store) -> Result<()> {
    let Engine::Sqlite { file, .. } = &store.inner.engine else { return Err(Error::Rule("not_sqlite")) };
    let mut connection = file.writer().map_err(broken)?;
    // The pragma is a statement with a row; only as one does it say whether it came to its end.
    let left: Left = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(&mut connection)?;
    if left.busy == 0 { Ok(()) } else { Err(Error::Rule("database_busy")) }
}

#[derive(QueryableByName)]
struct Left {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// Whether a file is a sound database of Waymark: what `restore` asks before it replaces anything.
pub fn check_file(path: &Path) -> Result<()> {
    let name = path.to_str().ok_or_else(|| Error::Machine("the backup's name is not UTF-8".to_owned()))?;
    if !path.is_file() {
        return Err(Error::NotThere("backup"));
    }
    check(name)
}

#[derive(QueryableByName)]
struct Finding {
    #[diesel(sql_type = Text)]
    finding: String,
}

fn check(name: &str) -> Result<()> {
    let mut copy = SqliteConnection::establish(name).map_err(broken)?;
    let mut findings: Vec<Finding> = sql_query("SELECT integrity_check AS finding FROM pragma_integrity_check").load(&mut copy)?;
    findings.retain(|found| found.finding != "ok");
    let dangling: Vec<Finding> = sql_query("SELECT \"table\" AS finding FROM pragma_foreign_key_check").load(&mut copy)?;
    let ours: Vec<Finding> =
        sql_query("SELECT name AS finding FROM sqlite_master WHERE name = '__diesel_schema_migrations'").load(&mut copy)?;
    if ours.is_empty() {
        return Err(Error::Rule("not_a_backup"));
    }
    match findings.iter().chain(&dangling).next() {
        None => Ok(()),
        Some(found) => Err(Error::Machine(format!("the copy is not sound: {}", found.finding))),
    }
}

fn broken(why: impl std::fmt::Display) -> Error {
    Error::Machine(why.to_string())
}
