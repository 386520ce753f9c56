//! The schema: migrations compiled in, run, and compared with what a database has.

use diesel::backend::Backend;
use diesel::{PgConnection, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Conn, OpenError};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Runs what has not run; names of what ran.
pub(crate) fn run(conn: &mut Conn<'_>) -> Result<Vec<String>, OpenError> {
    alone(conn, |conn| match conn {
        Conn::Sqlite(c) => run_on(*c, || SQLITE),
        Conn::Postgres(c) => run_on(*c, || POSTGRES),
    })
}

/// Whether the schema is the one that this program knows.
pub(crate) fn check(conn: &mut Conn<'_>) -> Result<(), OpenError> {
    let pending = alone(conn, |conn| match conn {
        Conn::Sqlite(c) => pending_on(*c, || SQLITE),
        Conn::Postgres(c) => pending_on(*c, || POSTGRES),
    })?;
    if pending.is_empty() { Ok(()) } else { Err(OpenError::Older(pending)) }
}

/// Takes every migration back, the newest first; names of what was reverted.
#[cfg(feature = "test-support")]
pub(crate) fn revert_all(conn: &mut Conn<'_>) -> Result<Vec<String>, OpenError> {
    let reverted = match conn {
        Conn::Sqlite(c) => c.revert_all_migrations(SQLITE),
        Conn::Postgres(c) => c.revert_all_migrations(POSTGRES),
    };
    Ok(reverted.map_err(failed)?.iter().map(ToString::to_string).collect())
}

/// Two programs that start at once take turns.
fn alone<T>(conn: &mut Conn<'_>, act: impl FnOnce(&mut Conn<'_>) -> Result<T, OpenError>) -> Result<T, OpenError> {
    match conn {
        Conn::Sqlite(c) => {
            c.immediate_transaction::<T, Failed, _>(|c| act(&mut Conn::Sqlite(c)).map_err(Failed::Act)).map_err(|failed| match failed {
                Failed::Act(why) => why,
                Failed::Transaction(why) => OpenError::Migration(why.to_string()),
            })
        }
        Conn::Postgres(c) => {
            lock(c, "pg_advisory_lock")?;
            let outcome = act(&mut Conn::Postgres(c));
            lock(c, "pg_advisory_unlock")?;
            outcome
        }
    }
}

enum Failed {
    Act(OpenError),
    Transaction(diesel::result::Error),
}

impl From<diesel::result::Error> for Failed {
    fn from(cause: diesel::result::Error) -> Self {
        Self::Transaction(cause)
    }
}

/// One lock a schema; the first number is Waymark's.
fn lock(c: &mut PgConnection, act: &str) -> Result<(), OpenError> {
    sql_query(format!("SELECT {act}(7823461, hashtext(current_schema()))"))
        .execute(c)
        .map_err(|why| OpenError::Migration(why.to_string()))?;
    Ok(())
}

fn failed(why: Box<dyn std::error::Error + Send + Sync>) -> OpenError {
    OpenError::Migration(why.to_string())
}

/// Names of what has not run; refuses what this program does not know.
fn pending_on<C, DB>(c: &mut C, known: fn() -> EmbeddedMigrations) -> Result<Vec<String>, OpenError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
{
    use diesel::migration::MigrationSource;
    let versions: Vec<String> = MigrationSource::<DB>::migrations(&known())
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    let newer: Vec<String> =
        c.applied_migrations().map_err(failed)?.iter().map(ToString::to_string).filter(|version| !versions.contains(version)).collect();
    if !newer.is_empty() {
        return Err(OpenError::Newer(newer));
    }
    Ok(c.pending_migrations(known()).map_err(failed)?.iter().map(|migration| migration.name().to_string()).collect())
}

fn run_on<C, DB>(c: &mut C, known: fn() -> EmbeddedMigrations) -> Result<Vec<String>, OpenError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
{
    let names = pending_on(c, known)?;
    for _ in &names {
        c.run_next_migration(known()).map_err(failed)?;
    }
    Ok(names)
}
