//! Who stands behind a secret, remembered while nothing in the database changes. A session that is revoked, an account that
//! is disabled, a right that is taken: each is a commit, whoever makes it, and after a commit everybody is asked anew.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::time::Instant;
use store::Mark;

use crate::caller::Signed;

/// People in memory at most; above that all are forgotten.
const MOST: usize = 4_096;

#[derive(Default)]
pub(crate) struct Remembered(RwLock<People>);

#[derive(Default)]
struct People {
    /// The database's state that all of them were found in.
    mark: Option<Mark>,
    /// By the hash of their secret, with the moment at which it expires by itself.
    found: HashMap<[u8; 32], (Arc<Signed>, Option<Instant>)>,
}

impl Remembered {
    /// Who was found in just this state, if the secret has not expired since.
    pub(crate) fn get(&self, hash: &[u8; 32], mark: Option<Mark>, now: Instant) -> Option<Arc<Signed>> {
        let people = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if mark.is_none() || people.mark != mark {
            return None;
        }
        people.found.get(hash).filter(|(_, end)| end.is_none_or(|end| now < end)).map(|(signed, _)| Arc::clone(signed))
    }

    /// `mark` has to be older than the read that found them.
    pub(crate) fn keep(&self, hash: [u8; 32], mark: Option<Mark>, signed: Arc<Signed>, end: Option<Instant>) {
        if mark.is_none() {
            return;
        }
        let mut people = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if people.mark != mark || people.found.len() >= MOST {
            people.found.clear();
            people.mark = mark;
        }
        people.found.insert(hash, (signed, end));
    }
}
