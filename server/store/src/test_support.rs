//! What tests of failure need: to hold the writer, fill the disk, see how batches went, take migrations back.

use diesel::connection::SimpleConnection;
use diesel::{RunQueryDsl, SqliteConnection};

use crate::store::Engine;
use crate::writer::Queue;
use crate::{Error, OpenError, Store, migrations};

/// What the writer looks at and notes in tests.
#[derive(Default)]
pub(crate) struct WriterHooks {
    pub(crate) held: bool,
    pub(crate) batches: Vec<usize>,
    pub(crate) alone: usize,
    max_pages: Option<i64>,
}

impl WriterHooks {
    /// A disk that is full stays full for the next connection.
    pub(crate) fn limit(&self, connection: &mut SqliteConnection) {
        if let Some(pages) = self.max_pages
            && let Err(why) = connection.batch_execute(&format!("PRAGMA max_page_count = {pages}"))
        {
            tracing::error!(%why, "the test's limit could not be set");
        }
    }
}

/// Keeps the writer from taking a batch until it is dropped. SQLite only.
pub struct Held<'a> {
    queue: &'a Queue,
}

impl Held<'_> {
    /// Waits until `n` members stand in the queue.
    pub fn wait_for(&self, n: usize) {
        let mut state = self.queue.state();
        while state.members.len() < n {
            state = self.queue.changed.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.queue.state().test.held = false;
        self.queue.changed.notify_all();
    }
}

fn queue(store: &Store) -> Option<&Queue> {
    match &store.inner.engine {
        Engine::Sqlite { writer, .. } => Some(&writer.queue),
        Engine::Postgres(_) => None,
    }
}

/// None on PostgreSQL, which has no writer thread.
pub fn hold_writer(store: &Store) -> Option<Held<'_>> {
    let queue = queue(store)?;
    queue.state().test.held = true;
    Some(Held { queue })
}

/// Sizes of the batches that the writer took, in order.
pub fn batches(store: &Store) -> Vec<usize> {
    queue(store).map(|queue| queue.state().test.batches.clone()).unwrap_or_default()
}

/// How many members ran once more, alone.
pub fn runs_alone(store: &Store) -> usize {
    queue(store).map(|queue| queue.state().test.alone).unwrap_or_default()
}

/// Lets the SQLite database grow by `extra` pages at most, for this and every later connection of the writer.
pub fn fill_disk(store: &Store, extra: i64) -> Result<(), Error> {
    #[derive(diesel::QueryableByName)]
    struct Pages {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        page_count: i64,
    }
    let pages = store.write_blocking(move |conn| match conn {
        crate::Conn::Sqlite(c) => {
            let pages: Pages = diesel::sql_query("SELECT page_count FROM pragma_page_count()").get_result(*c)?;
            c.batch_execute(&format!("PRAGMA max_page_count = {}", pages.page_count + extra))?;
            Ok(pages.page_count + extra)
        }
        crate::Conn::Postgres(_) => Err(Error::Machine("only SQLite's disk can be filled".to_owned())),
    })?;
    if let Some(queue) = queue(store) {
        queue.state().test.max_pages = Some(pages);
    }
    Ok(())
}

/// Takes every migration back.
pub fn revert_all(store: &Store) -> Result<Vec<String>, OpenError> {
    store.on_schema(migrations::revert_all)
}

static QUERIES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

/// Counts the queries of every connection that this process opens from now on.
pub struct QueryCount(());

impl QueryCount {
    /// # Panics
    ///
    /// When diesel does not let itself be watched.
    #[allow(clippy::unwrap_used, reason = "a test that counts nothing must fail")]
    pub fn of_this_process() -> Self {
        use diesel::connection::{InstrumentationEvent, set_default_instrumentation};
        use std::sync::atomic::Ordering;
        fn watch() -> Option<Box<dyn diesel::connection::Instrumentation>> {
            Some(Box::new(|event: InstrumentationEvent<'_>| {
                if let InstrumentationEvent::StartQuery { .. } = event {
                    QUERIES.fetch_add(1, Ordering::SeqCst);
                }
            }))
        }
        set_default_instrumentation(watch).unwrap();
        Self(())
    }

    pub fn now(&self) -> u64 {
        QUERIES.load(std::sync::atomic::Ordering::SeqCst)
    }
}
