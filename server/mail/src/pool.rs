//! Connections that are kept for the next letter, and that the server takes no more of them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use lettre::transport::smtp::client::AsyncSmtpConnection;
use tokio::sync::Notify;

#[derive(Default)]
pub(crate) struct Pool {
    state: Mutex<State>,
    /// One came back, was closed, or could not be made.
    pub(crate) changed: Notify,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    /// Connections that are idle, in use, or being made.
    open: usize,
    /// The server refused another one; until one is closed.
    full: bool,
    /// How often the last one that was being made failed, so that none was left.
    failures: u64,
}

/// Has its place until it is dropped.
pub(crate) struct Connection {
    pub(crate) smtp: AsyncSmtpConnection,
    _place: Place,
}

impl Connection {
    pub(crate) fn new(smtp: AsyncSmtpConnection, place: Place) -> Self {
        Self { smtp, _place: place }
    }
}

/// For a connection that is there or being made.
pub(crate) struct Place(Weak<Pool>);

impl Pool {
    pub(crate) fn idle(&self) -> Option<Connection> {
        self.state().idle.pop()
    }

    pub(crate) fn keep(&self, connection: Connection) {
        self.state().idle.push(connection);
        self.changed.notify_one();
    }

    /// For a further connection; none while the server takes no more.
    pub(crate) fn place(self: &Arc<Self>) -> Option<Place> {
        let mut state = self.state();
        if state.full {
            return None;
        }
        state.open += 1;
        Some(Place(Arc::downgrade(self)))
    }

    /// Notes that a connection could not be made. Where others are left or being made, whoever wanted it waits for one of those, as
    /// long as [`Self::failures`] is the number that is given.
    pub(crate) fn failed(&self, mut place: Place) -> Option<u64> {
        place.0 = Weak::new();
        let mut state = self.state();
        state.open -= 1;
        state.full = state.open > 0;
        if state.full {
            return Some(state.failures);
        }
        state.failures += 1;
        drop(state);
        self.changed.notify_waiters();
        None
    }

    pub(crate) fn failures(&self) -> u64 {
        self.state().failures
    }

    /// All that are idle.
    pub(crate) fn take(&self) -> Vec<Connection> {
        std::mem::take(&mut self.state().idle)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(pool) = self.0.upgrade() else { return };
        let mut state = pool.state();
        state.open -= 1;
        state.full = false;
        drop(state);
        pool.changed.notify_one();
    }
}
