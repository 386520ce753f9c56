//! PostgreSQL: a pool, transactions that run again when the database asks for it.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as Cause};
use diesel::{Connection, PgConnection};

use crate::sqlite::cause_of;
use crate::{Conn, Error, OpenError};

/// A write that fails through no fault of its own (a deadlock, a serialization failure, a lost connection before COMMIT)
/// runs this often.
const ATTEMPTS: u32 = 3;

/// Waiting longer for a connection means that the database is broken or overrun.
const WAIT: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub(crate) struct Database {
    pool: Pool<ConnectionManager<PgConnection>>,
}

impl Database {
    pub(crate) fn open(url: &str, connections: u32) -> Result<Self, OpenError> {
        let fail = |cause: String| OpenError::Postgres { cause: cause.trim().to_owned() };
        // the pool's own error would say only that it timed out
        drop(PgConnection::establish(url).map_err(|why| fail(why.to_string()))?);
        let pool = Pool::builder()
            .max_size(connections)
            .min_idle(Some(0))
            .connection_timeout(WAIT)
            .test_on_check_out(true)
            .build(ConnectionManager::new(url))
            .map_err(|why| fail(why.to_string()))?;
        Ok(Self { pool })
    }

    pub(crate) fn connection(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
        self.pool.get().map_err(|why| Error::Machine(format!("no connection to PostgreSQL: {why}")))
    }

    /// Runs `f` on one snapshot.
    pub(crate) fn read<T>(&self, f: impl FnOnce(&mut Conn<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = self.connection()?;
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| {
            connection.build_transaction().read_only().repeatable_read().run::<T, Error, _>(|c| f(&mut Conn::Postgres(c)))
        }));
        outcome.unwrap_or_else(|panic| Err(Error::Machine(cause_of(&*panic))))
    }

    pub(crate) fn write<T>(&self, f: &impl Fn(&mut Conn<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut attempt = 1;
        loop {
            match self.attempt(f) {
                Ok(value) => return Ok(value),
                Err(Failure::Again(Error::Machine(cause))) if attempt < ATTEMPTS => {
                    tracing::warn!(cause, attempt, "a transaction runs again");
                    attempt += 1;
                }
                Err(Failure::Again(error) | Failure::Final(error)) => return Err(error),
            }
        }
    }

    fn attempt<T>(&self, f: &impl Fn(&mut Conn<'_>) -> Result<T, Error>) -> Result<T, Failure> {
        let again = |why: Cause| Failure::Again(Error::Machine(why.to_string()));
        let mut pooled = self.connection().map_err(Failure::Final)?;
        let connection: &mut PgConnection = &mut pooled;
        AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").map_err(again)?;
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| f(&mut Conn::Postgres(connection))));
        let value = match outcome {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => {
                // a connection that cannot roll back is broken, and the pool throws it away
                let _ = AnsiTransactionManager::rollback_transaction(connection);
                return Err(match error {
                    Error::Machine(_) => Failure::Again(error),
                    refusal => Failure::Final(refusal),
                });
            }
            Err(panic) => return Err(Failure::Again(Error::Machine(cause_of(&*panic)))),
        };
        // COMMIT of a transaction in which a statement failed rolls back and reports success: ask first
        connection.batch_execute("SELECT 1").map_err(|why| {
            let _ = AnsiTransactionManager::rollback_transaction(connection);
            Failure::Again(Error::Machine(why.to_string()))
        })?;
        AnsiTransactionManager::commit_transaction(connection).map_err(|why| match why {
            Cause::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => again(why),
            // whether it took place is not known: running it again could do it twice
            other => Failure::Final(Error::Machine(format!("COMMIT failed: {other}"))),
        })?;
        Ok(value)
    }
}

enum Failure {
    Again(Error),
    Final(Error),
}
