//! What happens by itself: digests are planned and sent, scores are kept for the history, what is over is cleaned up.
//!
//! [`Jobs::tick`] does all the work of one round at a given moment and returns what it did; tests call it, and so does
//! [`Jobs::run`], which adds nothing but waiting. Digests go by typed schedules in their recipients' zones
//! ([`domain::schedule`]); only system jobs have cron expressions, read in UTC.

mod cohorts;
mod content;
mod crons;
mod deliver;
mod error;
mod guiding;
mod plan;
mod practice;
mod rules;
mod run;
mod scores;
mod system;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::catalogue::CatalogueDocument;
use domain::ids::AccountId;
use domain::practice::Deck;
use domain::scoring::{RuleFailure, ScoringRule};
use domain::time::Instant;
use domain::world::{Clock, Dice};
use letters::{Letter, Links};
use mail::Mailer;
use store::Store;
use tokio::sync::{Notify, Semaphore};
use words::Words;

use content::{Content, Name};
pub use crons::{Crons, JobsConfig};
pub use error::JobsError;
pub use rules::{MAX_ATTEMPTS, SKIPS};

/// What the binary brings.
pub struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
    pub words: Words,
    pub mailer: Mailer,
    pub rules: Arc<dyn Rules>,
    /// The catalogue that is compiled in; packs' are read from the store.
    pub catalogue: Arc<CatalogueDocument>,
    /// Decks of questions that are compiled in; packs' are read from the store.
    pub decks: Vec<Arc<Deck>>,
    /// With its path, as configured.
    pub base_url: String,
    /// The instance's name, as it stands in letters.
    pub instance: String,
    /// The configuration says that name; else admins may change it while the server runs.
    pub instance_is_set: bool,
    pub crons: Crons,
    /// From how long one sending may take and how many connections there may be; see [`Pace::new`].
    pub pace: Pace,
}

/// Where scoring rules of plugins come from. Calls block.
pub trait Rules: Send + Sync {
    /// The scoring rule of an installed pack. `archive` is called when its component is not loaded yet.
    fn rule(&self, digest: &str, archive: &mut dyn FnMut() -> Result<Vec<u8>, String>) -> Result<Arc<dyn ScoringRule>, RuleFailure>;
}

/// How fast the worker goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub lease_seconds: i64,
    /// Letters under way at once: being rendered, waiting for a connection, on one, or being noted as sent. What they write
    /// at the same time shares a commit.
    pub at_once: usize,
    /// Letters that go to the mail server at once, each over a connection of its own. What waits for one is not handed off
    /// yet, so that nobody has to doubt whether it arrived if the server dies.
    pub connections: usize,
}

impl Pace {
    /// A lease of three sendings of at most `smtp` each and half a minute for the rendering; as many letters for
    /// each connection as the lease has time for.
    pub fn new(smtp: Duration, connections: u32) -> Self {
        const SENDINGS: usize = 3;
        let connections = usize::try_from(connections).unwrap_or(1).max(1);
        let lease_seconds = i64::try_from(SENDINGS as u64 * smtp.as_secs()).unwrap_or(i64::MAX / 8) + 30;
        Self { lease_seconds, at_once: SENDINGS * connections, connections }
    }
}

/// What one round did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// System jobs that ran.
    pub system: Vec<&'static str>,
    /// Learners of whose practice the ledger was told.
    pub settled: usize,
    /// Alerts about learners of cohorts.
    pub raised: usize,
    /// Digests put into the outbox, and those recorded as too late.
    pub planned: usize,
    pub too_late: usize,
    pub sent: usize,
    /// Nothing to send after all.
    pub skipped: usize,
    /// Refused for now.
    pub retried: usize,
    /// Given up.
    pub dead: usize,
    /// No answer came; the lease decides.
    pub unanswered: usize,
    /// Another worker took over in between.
    pub lost: usize,
}

/// The jobs of one process.
pub struct Jobs {
    store: Store,
    clock: Arc<dyn Clock>,
    dice: Arc<dyn Dice>,
    mailer: Mailer,
    crons: Crons,
    pace: Pace,
    /// As many permits as the pace has connections.
    lines: Semaphore,
    content: Content,
    worker: String,
    wake: Notify,
    stopping: AtomicBool,
}

impl Jobs {
    /// Reads or makes the secret of unsubscribe links, so the database has to be open and migrated.
    pub async fn new(parts: Parts) -> Result<Self, JobsError> {
        let fresh = parts.dice.secret();
        let secret = parts.store.write(move |conn| store::instance::secret(conn, UNSUBSCRIBE_SECRET, &fresh)).await?;
        let content = Content::new(
            parts.store.clone(),
            parts.words,
            parts.rules,
            (parts.catalogue, parts.decks),
            Links::new(&parts.base_url),
            Name { said: parts.instance, is_set: parts.instance_is_set },
            secret,
        );
        Ok(Self {
            worker: format!("worker-{}", parts.dice.public_id()),
            store: parts.store,
            clock: parts.clock,
            dice: parts.dice,
            mailer: parts.mailer,
            crons: parts.crons,
            lines: Semaphore::new(parts.pace.connections.max(1)),
            pace: parts.pace,
            content,
            wake: Notify::new(),
            stopping: AtomicBool::new(false),
        })
    }

    /// Does everything that is due at `now`: system jobs, practice that was left, alerts of cohorts, then planning and sending until nothing is left to
    /// plan or send or the jobs are told to stop. A failure of one part does not keep the others from their work.
    pub async fn tick(self: &Arc<Self>, now: Instant) -> Round {
        let mut round = Round::default();
        self.system(now, &mut round).await;
        match self.settle_practice(now).await {
            Ok(settled) => round.settled = settled,
            Err(error) => tracing::error!(%error, "the ledger could not be told of practice"),
        }
        match self.raise_alerts(now).await {
            Ok(raised) => round.raised = raised,
            Err(error) => tracing::error!(%error, "alerts could not be raised"),
        }
        if let Err(error) = self.plan_messages(now, &mut round).await {
            tracing::error!(%error, "messages could not be planned");
        }
        self.deliver(now, &mut round).await;
        round
    }

    /// The letter that the account would get now, without regard to whether there is anything to say; nothing is stored
    /// or sent.
    pub async fn preview(&self, account: AccountId, now: Instant) -> Result<Letter, JobsError> {
        self.content.preview(account, now).await
    }

    /// The same of the digest about the learners that the account guides; none where it guides nobody.
    pub async fn preview_of_guide(&self, account: AccountId, now: Instant) -> Result<Option<Letter>, JobsError> {
        self.content.guide_preview(account, now).await
    }

    /// Makes [`Jobs::run`] look now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

/// Under which name the store keeps the secret that seals unsubscribe links.
pub const UNSUBSCRIBE_SECRET: &str = "unsubscribe";
