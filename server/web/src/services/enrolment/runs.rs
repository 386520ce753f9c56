//! Imports that go on while somebody watches: how far each is, and how it ended. They live in this process, and each is one
//! transaction: when the process ends, what was not committed has not happened.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::Instant;

use super::people::Progress;

/// An import under way, or over.
#[derive(Debug)]
pub struct Run {
    pub owner: AccountId,
    pub cohort: CohortId,
    /// Of rows.
    pub total: usize,
    pub progress: Progress,
    began: Instant,
    end: Mutex<Option<Ended>>,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// How many rows were recorded, and how many were known already.
    Done {
        new: usize,
        known: usize,
    },
    Cancelled,
    /// A rule was broken that the look before did not see; somebody changed something meanwhile.
    Refused,
    /// Something broke; the log knows what.
    Failed,
}

impl Run {
    pub fn end(&self) -> Option<Ended> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn finish(&self, end: Ended) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
    }
}

/// Runs by id.
#[derive(Default)]
pub struct Runs(Mutex<HashMap<PublicId, Arc<Run>>>);

/// An hour after it began a run that has ended is forgotten.
const KEPT_SECONDS: i64 = 3_600;

impl Runs {
    pub(crate) fn begin(&self, id: PublicId, owner: AccountId, cohort: CohortId, total: usize, now: Instant) -> Arc<Run> {
        let run = Arc::new(Run { owner, cohort, total, progress: Progress::default(), began: now, end: Mutex::new(None) });
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        runs.retain(|_, old| old.end().is_none() || old.began.plus_seconds(KEPT_SECONDS) > now);
        runs.insert(id, Arc::clone(&run));
        run
    }

    /// Of whoever began it, in that cohort.
    pub fn get(&self, id: PublicId, owner: AccountId, cohort: CohortId) -> Option<Arc<Run>> {
        let runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        runs.get(&id).filter(|run| run.owner == owner && run.cohort == cohort).cloned()
    }
}
