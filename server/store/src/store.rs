//! Opening a database and running closures on it.

use crate::{Conn, Error, OpenError};

/// Where the database is.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:/path/to/waymark.db` or `postgres://…`.
    pub url: String,
    /// How many blocking threads may read at once, at least 1.
    pub readers: u32,
}

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database. Cheap to clone; the last one to go finishes what was queued.
#[derive(Clone)]
pub struct Store {}

impl Store {
    /// Opens a database; does not migrate it.
    pub fn open(options: &Options) -> Result<Self, OpenError> {
        todo!("{options:?}")
    }

    /// Runs the migrations that have not run yet and names them.
    pub fn migrate(&self) -> Result<Vec<String>, OpenError> {
        todo!()
    }

    /// Whether the schema is the one that this program knows.
    pub fn check_schema(&self) -> Result<(), OpenError> {
        todo!()
    }

    pub fn backend(&self) -> Backend {
        todo!()
    }

    /// A bounded read of a few keys, on one snapshot: inline on SQLite, on a blocking thread on PostgreSQL.
    pub async fn read<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        let _ = f;
        todo!()
    }

    /// A long read (boards, search, exports, rescoring), on one snapshot: always on a blocking thread, few at a time.
    pub async fn scan<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        let _ = f;
        todo!()
    }

    /// One transaction, answered after COMMIT. `f` may run twice, so it must have no effect outside the database, and it
    /// lets errors of queries out: a transaction with a failed statement cannot go on.
    pub async fn write<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        let _ = f;
        todo!()
    }

    /// As [`Store::read`], for the command line and worker threads.
    pub fn read_blocking<T, F>(&self, f: F) -> Result<T, Error>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, Error>,
    {
        let _ = f;
        todo!()
    }

    /// As [`Store::write`], for the command line and worker threads.
    pub fn write_blocking<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        let _ = f;
        todo!()
    }
}
