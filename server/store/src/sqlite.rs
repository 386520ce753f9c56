//! SQLite: how its connections are set up, and the readers.

use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, RunQueryDsl, SqliteConnection};

use crate::prepared::Prepared;
use crate::{Conn, Error, OpenError};

/// Where the file is. Connections are opened from it.
#[derive(Clone, Debug)]
pub(crate) struct File {
    path: String,
}

impl File {
    pub(crate) fn new(path: &str) -> Result<Self, OpenError> {
        if path.is_empty() || path.contains(":memory:") || path.starts_with("file:") {
            return Err(OpenError::Sqlite { path: path.to_owned(), cause: "it is not the path of a file".to_owned() });
        }
        Ok(Self { path: path.to_owned() })
    }

    /// A connection that writes. `busy_timeout` comes first, because even the pragmas after it may have to wait.
    pub(crate) fn writer(&self) -> Result<SqliteConnection, OpenError> {
        self.connect(
            "PRAGMA busy_timeout = 5000;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA journal_size_limit = 67108864;
             PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;",
        )
    }

    fn reader(&self) -> Result<SqliteConnection, OpenError> {
        self.connect(
            "PRAGMA busy_timeout = 5000;
             PRAGMA query_only = ON;
             PRAGMA trusted_schema = OFF;",
        )
    }

    fn connect(&self, pragmas: &str) -> Result<SqliteConnection, OpenError> {
        let fail = |cause: String| OpenError::Sqlite { path: self.path.clone(), cause };
        let mut connection = SqliteConnection::establish(&self.path).map_err(|why| fail(why.to_string()))?;
        connection.batch_execute(pragmas).map_err(|why| fail(why.to_string()))?;
        Ok(connection)
    }
}

/// Idle connections that read. Not a pool that waits: inline reads must never block a runtime's thread, and how many
/// read at once is bounded by the threads there are.
pub(crate) struct Readers {
    file: File,
    idle: Mutex<Vec<SqliteConnection>>,
    keep: usize,
}

impl Readers {
    pub(crate) fn new(file: File, keep: usize) -> Self {
        Self { file, idle: Mutex::new(Vec::new()), keep }
    }

    /// Runs `f` on one snapshot.
    pub(crate) fn read<T>(&self, f: impl FnOnce(&mut Conn<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.file.reader().map_err(|why| Error::Machine(why.to_string()))?,
        };
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| on_one_snapshot(&mut connection, f)));
        match outcome {
            Ok(outcome) => {
                if !matches!(outcome, Err(Error::Machine(_))) {
                    let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
                    if idle.len() < self.keep {
                        idle.push(connection);
                    }
                }
                outcome
            }
            Err(panic) => Err(Error::Machine(cause_of(&*panic))),
        }
    }
}

/// diesel's own transactions prepare their two statements anew every time, which a small read would feel. diesel does not know of
/// this one, so that nothing within may begin another.
fn on_one_snapshot<T>(connection: &mut SqliteConnection, f: impl FnOnce(&mut Conn<'_>) -> Result<T, Error>) -> Result<T, Error> {
    const BEGIN: Prepared<'static> = Prepared::new(&["BEGIN"], &[]);
    const END: Prepared<'static> = Prepared::new(&["COMMIT"], &[]);
    BEGIN.execute(connection)?;
    let outcome = f(&mut Conn::Sqlite(connection));
    // There is nothing to roll back; and a connection on which a statement failed is closed.
    if !matches!(outcome, Err(Error::Machine(_))) {
        END.execute(connection)?;
    }
    outcome
}

/// A connection that only looks whether anything was committed. SQLite counts for each connection by itself, so this is
/// one, and its own: all that is committed is committed by others.
pub(crate) struct Watch {
    file: File,
    connection: Mutex<Option<SqliteConnection>>,
}

impl Watch {
    pub(crate) fn new(file: File) -> Self {
        Self { file, connection: Mutex::new(None) }
    }

    /// Another number after every commit of this or another process. None when the file cannot be read.
    pub(crate) fn look(&self) -> Option<i64> {
        let mut kept = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // Opened once: another connection would count anew, and might come to a number that was there before.
        let connection = match &mut *kept {
            Some(connection) => connection,
            none => none.insert(self.file.reader().inspect_err(|why| tracing::warn!(%why, "commits cannot be watched")).ok()?),
        };
        let counted = Prepared::<BigInt>::new(&["PRAGMA data_version"], &[]).get_result::<i64>(connection);
        counted.inspect_err(|why| tracing::warn!(%why, "commits cannot be counted")).ok()
    }
}

/// What a panic said.
pub(crate) fn cause_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panic: {}", text.unwrap_or_default())
}
