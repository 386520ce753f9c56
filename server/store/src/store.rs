//! Opening a database and running closures on it.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

use crate::postgres::Database;
use crate::sqlite::{File, Readers, Watch};
use crate::writer::{Job, Writer};
use crate::{Conn, Error, OpenError, migrations};

/// Where the database is.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:/path/to/waymark.db` or `postgres://user@host/database`.
    pub url: String,
    /// How many blocking threads may work on the database at once, at least 1.
    pub readers: u32,
}

impl Options {
    /// With eight readers.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), readers: 8 }
    }
}

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A state of the whole database: two are equal only if nothing was committed between them, by whichever process. What
/// was read after one was taken still stands as long as a new one is equal to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(i64);

/// A database. Cheap to clone; the last one to go finishes what was queued.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Engine,
    /// Everything that runs on a blocking thread.
    blocking: Arc<Semaphore>,
    /// Long reads among it: fewer, so that they never keep the short ones waiting.
    scans: Arc<Semaphore>,
}

pub(crate) enum Engine {
    Sqlite { file: File, readers: Readers, writer: Writer, watch: Box<Watch> },
    Postgres(Database),
}

impl Store {
    /// Opens a database; does not migrate it. Makes the file when there is none.
    pub fn open(options: &Options) -> Result<Self, OpenError> {
        let readers = options.readers.max(1);
        let engine = match options.url.split_once(':') {
            Some(("sqlite", rest)) => {
                let file = File::new(rest.strip_prefix("//").unwrap_or(rest))?;
                let writer = Writer::start(file.clone())?;
                Engine::Sqlite {
                    readers: Readers::new(file.clone(), 2 * readers as usize),
                    watch: Box::new(Watch::new(file.clone())),
                    file,
                    writer,
                }
            }
            // the pool is a little larger than what async callers may take, so that the command line and worker threads go on
            Some(("postgres" | "postgresql", _)) => Engine::Postgres(Database::open(&options.url, readers + 2)?),
            _ => return Err(OpenError::UnknownScheme(without_password(&options.url))),
        };
        let (blocking, scans) = (Semaphore::new(readers as usize), Semaphore::new((readers as usize / 2).max(1)));
        Ok(Self { inner: Arc::new(Inner { engine, blocking: Arc::new(blocking), scans: Arc::new(scans) }) })
    }

    /// Runs the migrations that have not run yet and names them. Refuses a schema newer than this program.
    pub fn migrate(&self) -> Result<Vec<String>, OpenError> {
        self.on_schema(migrations::run)
    }

    /// Whether the schema is the one that this program knows.
    pub fn check_schema(&self) -> Result<(), OpenError> {
        self.on_schema(migrations::check)
    }

    /// Names of the migrations that have not run yet.
    pub fn pending(&self) -> Result<Vec<String>, OpenError> {
        match self.check_schema() {
            Ok(()) => Ok(Vec::new()),
            Err(OpenError::Older(pending)) => Ok(pending),
            Err(other) => Err(other),
        }
    }

    pub fn backend(&self) -> Backend {
        match self.inner.engine {
            Engine::Sqlite { .. } => Backend::Sqlite,
            Engine::Postgres(_) => Backend::Postgres,
        }
    }

    /// The database's state now, for a few microseconds. None on PostgreSQL, which has nothing as cheap.
    pub fn mark(&self) -> Option<Mark> {
        match &self.inner.engine {
            Engine::Sqlite { watch, .. } => watch.look().map(Mark),
            Engine::Postgres(_) => None,
        }
    }

    /// A bounded read of a few keys, on one snapshot: inline on SQLite, where it costs less than a hop to another thread,
    /// on a blocking thread on PostgreSQL.
    pub async fn read<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        match &self.inner.engine {
            Engine::Sqlite { readers, .. } => readers.read(f),
            Engine::Postgres(_) => self.on_thread(move |store| store.read_blocking(f)).await,
        }
    }

    /// A long read (boards, search, exports, rescoring), on one snapshot: always on a blocking thread, few at a time.
    pub async fn scan<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        let _few = self.inner.scans.clone().acquire_owned().await.map_err(|why| Error::Machine(why.to_string()))?;
        self.on_thread(move |store| store.read_blocking(f)).await
    }

    /// One transaction, answered after COMMIT. `f` may run more than once, so it must have no effect outside the database;
    /// and it lets errors of queries out, because a transaction in which a statement failed cannot go on.
    pub async fn write<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        match &self.inner.engine {
            Engine::Sqlite { writer, .. } => {
                let (sender, receiver) = oneshot::channel();
                // whoever asked may be gone: the write stands all the same
                writer.push(Box::new(Job::new(f, move |answer| drop(sender.send(answer)))));
                receiver.await.unwrap_or_else(|_| Err(Error::Machine("the writer is gone".to_owned())))
            }
            Engine::Postgres(_) => self.on_thread(move |store| store.write_blocking(f)).await,
        }
    }

    /// As [`Store::read`], for the command line and worker threads.
    pub fn read_blocking<T, F>(&self, f: F) -> Result<T, Error>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, Error>,
    {
        match &self.inner.engine {
            Engine::Sqlite { readers, .. } => readers.read(f),
            Engine::Postgres(database) => database.read(f),
        }
    }

    /// As [`Store::write`], for the command line and worker threads.
    pub fn write_blocking<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&mut Conn<'_>) -> Result<T, Error> + Send + 'static,
    {
        match &self.inner.engine {
            Engine::Sqlite { writer, .. } => {
                let (sender, receiver) = std::sync::mpsc::sync_channel(1);
                writer.push(Box::new(Job::new(f, move |answer| drop(sender.send(answer)))));
                receiver.recv().unwrap_or_else(|_| Err(Error::Machine("the writer is gone".to_owned())))
            }
            Engine::Postgres(database) => database.write(&f),
        }
    }

    async fn on_thread<T: Send + 'static>(&self, act: impl FnOnce(&Self) -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let permit = self.inner.blocking.clone().acquire_owned().await.map_err(|why| Error::Machine(why.to_string()))?;
        let store = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            act(&store)
        });
        task.await.unwrap_or_else(|why| Err(Error::Machine(why.to_string())))
    }

    pub(crate) fn on_schema<T>(&self, act: impl FnOnce(&mut Conn<'_>) -> Result<T, OpenError>) -> Result<T, OpenError> {
        match &self.inner.engine {
            Engine::Sqlite { file, .. } => act(&mut Conn::Sqlite(&mut file.writer()?)),
            Engine::Postgres(database) => {
                let mut connection = database.connection().map_err(|why| OpenError::Postgres { cause: why.to_string() })?;
                act(&mut Conn::Postgres(&mut connection))
            }
        }
    }
}

/// A refused URL is shown, but not the secret in it.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rfind('@')) {
        (Some((scheme, rest)), Some(at)) if url.len() - rest.len() <= at => format!("{scheme}://…{}", &url[at..]),
        _ => url.to_owned(),
    }
}
