//! The one thread that writes to SQLite. It drains its queue into one transaction, without waiting for more, so that
//! many writers share one fsync; every answer is held until COMMIT.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use diesel::RunQueryDsl;
use diesel::SqliteConnection;
use diesel::connection::{AnsiTransactionManager, TransactionManager};

use crate::prepared::Prepared;
use crate::sqlite::{File, cause_of};
use crate::{Conn, Error, OpenError};

/// The most members that one transaction takes: what comes later waits for the next.
pub(crate) const MAX_BATCH: usize = 256;

/// A write in the queue. It may run twice, and is answered once.
pub(crate) trait Member: Send {
    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), Error>;
    fn answer(self: Box<Self>, outcome: Result<(), Error>);
}

/// A closure, what it gave, and where the answer goes.
pub(crate) struct Job<F, T, A> {
    act: F,
    value: Option<T>,
    answer: A,
}

impl<F, T, A> Job<F, T, A> {
    pub(crate) fn new(act: F, answer: A) -> Self {
        Self { act, value: None, answer }
    }
}

impl<F, T, A> Member for Job<F, T, A>
where
    F: Fn(&mut Conn<'_>) -> Result<T, Error> + Send,
    T: Send,
    A: FnOnce(Result<T, Error>) + Send,
{
    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), Error> {
        self.value = None;
        self.value = Some((self.act)(conn)?);
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<(), Error>) {
        let Self { value, answer, .. } = *self;
        answer(outcome.and_then(|()| value.ok_or_else(|| Error::Machine("a write has no answer".to_owned()))));
    }
}

/// The thread and its queue. Dropping it finishes what is queued.
pub(crate) struct Writer {
    pub(crate) queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(file: File) -> Result<Self, OpenError> {
        let connection = file.writer()?;
        let queue = Arc::new(Queue::default());
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn({
                let queue = queue.clone();
                move || Work { file, connection: Some(connection), queue }.run()
            })
            .map_err(|why| OpenError::Sqlite { path: String::new(), cause: why.to_string() })?;
        Ok(Self { queue, thread: Some(thread) })
    }

    pub(crate) fn push(&self, member: Box<dyn Member>) {
        self.queue.state().members.push_back(member);
        self.queue.changed.notify_all();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.state().closed = true;
        self.queue.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // a member may hold the last store: then this is the writer's own thread, which ends by itself
            if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
                tracing::error!("the writer thread ended in a panic");
            }
        }
    }
}

#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    pub(crate) changed: Condvar,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) members: VecDeque<Box<dyn Member>>,
    closed: bool,
    #[cfg(feature = "test-support")]
    pub(crate) test: crate::test_support::WriterHooks,
}

impl Queue {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next batch; none when the store is gone and the queue is empty.
    fn next(&self) -> Option<Vec<Box<dyn Member>>> {
        let mut state = self.state();
        loop {
            #[cfg(feature = "test-support")]
            let held = state.test.held && !state.closed;
            #[cfg(not(feature = "test-support"))]
            let held = false;
            if !held && !state.members.is_empty() {
                let size = state.members.len().min(MAX_BATCH);
                #[cfg(feature = "test-support")]
                state.test.batches.push(size);
                return Some(state.members.drain(..size).collect());
            }
            if state.members.is_empty() && state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

struct Work {
    file: File,
    /// None after a failure: it is opened again when it is needed.
    connection: Option<SqliteConnection>,
    queue: Arc<Queue>,
}

impl Work {
    fn run(mut self) {
        while let Some(mut members) = self.queue.next() {
            let outcomes = match self.together(&mut members) {
                Ok(outcomes) => outcomes,
                Err(Broken::Before(cause)) => {
                    tracing::error!(cause, "a batch could not begin");
                    vec![Err(Error::Machine(cause)); members.len()]
                }
                Err(Broken::Within(cause)) => {
                    tracing::warn!(cause, members = members.len(), "a batch was discarded; its members run once more, alone");
                    members.iter_mut().map(|member| self.alone(member)).collect()
                }
            };
            for (member, outcome) in members.into_iter().zip(outcomes) {
                member.answer(outcome);
            }
        }
    }

    /// One member in a transaction of its own.
    fn alone(&mut self, member: &mut Box<dyn Member>) -> Result<(), Error> {
        #[cfg(feature = "test-support")]
        {
            self.queue.state().test.alone += 1;
        }
        match self.together(std::slice::from_mut(member)) {
            Ok(mut outcomes) => outcomes.pop().unwrap_or(Ok(())),
            Err(Broken::Before(cause) | Broken::Within(cause)) => Err(Error::Machine(cause)),
        }
    }

    /// All members in one transaction. On any failure that is not a member's own the connection is discarded.
    fn together(&mut self, members: &mut [Box<dyn Member>]) -> Result<Vec<Result<(), Error>>, Broken> {
        let mut connection = self.begin()?;
        let outcomes = run_members(&mut connection, members).map_err(Broken::Within)?;
        self.connection = Some(connection);
        Ok(outcomes)
    }

    /// A connection in a transaction. A connection that cannot begin is opened anew, once.
    fn begin(&mut self) -> Result<SqliteConnection, Broken> {
        let begin = |connection: &mut SqliteConnection| AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE");
        if let Some(mut connection) = self.connection.take() {
            match begin(&mut connection) {
                Ok(()) => return Ok(connection),
                Err(why) => tracing::warn!(%why, "the writer opens its connection again"),
            }
        }
        let mut connection = self.file.writer().map_err(|why| Broken::Before(why.to_string()))?;
        #[cfg(feature = "test-support")]
        self.queue.state().test.limit(&mut connection);
        begin(&mut connection).map_err(|why| Broken::Before(why.to_string()))?;
        Ok(connection)
    }
}

enum Broken {
    /// No member ran.
    Before(String),
    /// Members ran, and nothing of them is there.
    Within(String),
}

/// Runs members one after another, each in a savepoint, then commits. An error means that the connection is of no use.
fn run_members(connection: &mut SqliteConnection, members: &mut [Box<dyn Member>]) -> Result<Vec<Result<(), Error>>, String> {
    let mut outcomes = Vec::with_capacity(members.len());
    for member in members {
        outcomes.push(run_member(connection, member)?);
    }
    AnsiTransactionManager::commit_transaction(connection).map_err(|why| format!("COMMIT failed: {why}"))?;
    Ok(outcomes)
}

fn run_member(connection: &mut SqliteConnection, member: &mut Box<dyn Member>) -> Result<Result<(), Error>, String> {
    let text = |why: diesel::result::Error| why.to_string();
    BEGIN.execute(connection).map_err(text)?;
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| member.run(&mut Conn::Sqlite(connection))));
    match outcome {
        // fails when SQLite has rolled the transaction back behind a member that answered Ok: a full disk does that
        Ok(Ok(())) => KEEP.execute(connection).map_err(text).map(|_| Ok(())),
        Ok(Err(Error::Machine(cause))) => Err(cause),
        Ok(Err(refusal)) => {
            UNDO.execute(connection).map_err(text)?;
            KEEP.execute(connection).map_err(text).map(|_| Err(refusal))
        }
        Err(panic) => Err(cause_of(&*panic)),
    }
}

// A member's savepoint. diesel's own are prepared anew each time.
const BEGIN: Prepared<'static> = Prepared::new(&["SAVEPOINT member"], &[]);
const UNDO: Prepared<'static> = Prepared::new(&["ROLLBACK TO member"], &[]);
const KEEP: Prepared<'static> = Prepared::new(&["RELEASE member"], &[]);
