//! The loop around [`Jobs::tick`]: it waits, and it stops in order.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::time::Instant;
use store::digests;
use tokio::sync::watch;

use crate::{Jobs, JobsError};

/// The longest wait between two rounds: other servers and the command line change what is due without telling us.
const LONGEST: i64 = 20;

/// How long letters under way may take when the server stops.
const GRACE: Duration = Duration::from_secs(8);

impl Jobs {
    /// Runs rounds until `stop` becomes true or its sender is gone, then gives leases back and closes connections.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() && stop.has_changed().is_ok() {
            let (jobs, now) = (Arc::clone(&self), self.clock.now());
            // In a task of its own, so that a panic ends the round and not the jobs.
            let mut round = tokio::spawn(async move { jobs.tick(now).await });
            let ended = tokio::select! {
                ended = &mut round => ended,
                () = told(&mut stop) => {
                    self.stopping.store(true, Ordering::Release);
                    if tokio::time::timeout(GRACE, &mut round).await.is_err() {
                        tracing::warn!("letters were under way when the time to stop was over");
                        round.abort();
                    }
                    break;
                }
            };
            match ended {
                Ok(round) => tracing::debug!(?round, "a round of the jobs"),
                Err(error) => tracing::error!(%error, "a round of the jobs was lost"),
            }
            let wait = self.until_next(self.clock.now()).await;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.wake.notified() => {}
                () = told(&mut stop) => {}
            }
        }
        self.stop().await;
    }

    /// Gives back the leases of letters that were not handed off, and says goodbye to the mail server. For those who call
    /// [`Jobs::tick`] themselves; [`Jobs::run`] ends with it.
    pub async fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        let worker = self.worker.clone();
        match self.store.write(move |conn| digests::release(conn, &worker)).await {
            Ok(0) => {}
            Ok(leases) => tracing::info!(leases, "gave leases back"),
            Err(error) => tracing::error!(%error, "leases could not be given back; they run out by themselves"),
        }
        self.mailer.close().await;
    }

    /// Until the next digest is due, at most [`LONGEST`] seconds.
    async fn until_next(&self, now: Instant) -> Duration {
        let soon = now.plus_seconds(LONGEST);
        let due: Result<_, JobsError> = self.store.read(move |conn| digests::due(conn, soon, 1)).await.map_err(JobsError::from);
        let next = due.ok().and_then(|due| due.first().map(|due| due.due_at)).unwrap_or(soon).min(soon);
        Duration::from_micros(u64::try_from(next.micros() - now.micros()).unwrap_or(0).max(50_000))
    }
}

/// Returns once `stop` is true, or nobody is left to say so.
async fn told(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}
