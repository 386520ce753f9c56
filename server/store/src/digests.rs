//! Digests: when each is due, and the outbox from which workers send them.

use domain::digest::DigestKind;
use domain::ids::{AccountId, OutboxId};
use domain::schedule::{Due, Period, Rule};
use domain::time::{Instant, Zone};

mod outbox;
mod schedules;
mod work;

pub(crate) use work::database_clock;

pub use outbox::{counts, for_account, list};
pub use schedules::{due, plan, schedule, set_schedule};
pub use work::{claim, failed, hand_off, release, sent, skip};

/// When an account gets a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub rule: Rule,
    /// None: off, or unsubscribed.
    pub next: Option<Due>,
    pub unsubscribed: bool,
}

/// A schedule whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueSchedule {
    pub account: AccountId,
    pub kind: DigestKind,
    pub rule: Rule,
    pub zone: Zone,
    pub due_at: Instant,
    pub period: Period,
}

/// What becomes of due work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Queue {
        message_id: String,
    },
    /// A stable word that says why: `too_late`, `no_address`, …
    Skip {
        why: String,
    },
}

/// Due work, decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub account: AccountId,
    pub kind: DigestKind,
    pub period: Period,
    pub due_at: Instant,
    pub outcome: Outcome,
    /// Where the schedule goes from here.
    pub next: Option<Due>,
    pub now: Instant,
}

/// A row that a worker holds until its lease is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: OutboxId,
    /// Grows with every claim of the row; an old one is refused.
    pub fence: i64,
    pub recipient: AccountId,
    pub kind: DigestKind,
    pub period: Period,
    pub due_at: Instant,
    pub message_id: String,
    /// How often the row was claimed, this time included.
    pub attempts: u32,
    /// A worker before had handed it to the mail server and was not heard of again: it may have been sent.
    pub handed_off: bool,
    /// It was sent once more for that reason already.
    pub ambiguous: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutboxState {
    Queued,
    Sent,
    Skipped,
    /// Given up after too many attempts.
    Dead,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    pub id: OutboxId,
    pub recipient: AccountId,
    pub kind: DigestKind,
    pub period: Period,
    pub message_id: String,
    pub state: OutboxState,
    pub due_at: Instant,
    /// The earliest next attempt.
    pub retry_at: Instant,
    pub attempts: u32,
    pub handed_off: bool,
    /// It may have been sent twice, with the same Message-ID.
    pub ambiguous: bool,
    pub sent_at: Option<Instant>,
    /// Why it was skipped, or what the last attempt died of.
    pub reason: Option<String>,
    pub created_at: Instant,
}

/// Which rows, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    pub state: Option<OutboxState>,
    pub account: Option<AccountId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    pub queued: i64,
    pub sent: i64,
    pub skipped: i64,
    pub dead: i64,
    pub ambiguous: i64,
}

impl OutboxState {
    pub const ALL: &'static [Self] = &[Self::Queued, Self::Sent, Self::Skipped, Self::Dead];

    /// The word in the database and in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Skipped => "skipped",
            Self::Dead => "dead",
        }
    }
}

impl std::str::FromStr for OutboxState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|state| state.word() == text).ok_or_else(|| format!("“{text}” is no state of the outbox"))
    }
}
