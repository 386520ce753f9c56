//! Limits on guessing: failures in a sliding window, by client network and by account, in memory.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::time::Instant;

use crate::caller::Means;
use crate::errors::Error;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Network(IpAddr),
    /// By the name as typed and folded, so that names that do not exist are limited alike.
    Account(String),
    /// Links of invitations and first admins.
    Link(IpAddr),
}

/// Failures allowed within the window.
const WINDOW_SECONDS: i64 = 15 * 60;
const A_NETWORK: usize = 30;
const AN_ACCOUNT: usize = 8;
const A_LINK: usize = 20;
/// Above this many keys those whose window is over are dropped.
const MANY_KEYS: usize = 10_000;

/// Counts attempts.
#[derive(Default)]
pub struct Limiter {
    attempts: Mutex<HashMap<Key, VecDeque<Instant>>>,
}

impl Limiter {
    /// Counts one attempt against all `keys`, or says after how many seconds to try again. Counted before the work is
    /// done, so that a hundred at once are a hundred attempts; [`Limiter::forgive`] takes a success back.
    pub fn attempt(&self, keys: &[Key], now: Instant) -> Result<(), Error> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() > MANY_KEYS {
            attempts.retain(|_, times| times.back().is_some_and(|last| now.seconds_since(*last) < WINDOW_SECONDS));
        }
        let wait = keys.iter().filter_map(|key| wait(attempts.get_mut(key)?, limit(key), now)).max();
        if let Some(seconds) = wait {
            return Err(Error::TooMany { seconds });
        }
        for key in keys {
            attempts.entry(key.clone()).or_default().push_back(now);
        }
        Ok(())
    }

    /// Takes the last attempt against `keys` back.
    pub fn forgive(&self, keys: &[Key]) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            if let Some(times) = attempts.get_mut(key) {
                times.pop_back();
            }
        }
    }

    /// Attempts that are left.
    pub fn left(&self, key: &Key, now: Instant) -> usize {
        let attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let used = attempts.get(key).map_or(0, |times| times.iter().filter(|at| now.seconds_since(**at) < WINDOW_SECONDS).count());
        limit(key).saturating_sub(used)
    }
}

fn limit(key: &Key) -> usize {
    match key {
        Key::Network(_) => A_NETWORK,
        Key::Account(_) => AN_ACCOUNT,
        Key::Link(_) => A_LINK,
    }
}

/// Seconds until the oldest attempt leaves the window, if the limit is reached.
fn wait(times: &mut VecDeque<Instant>, limit: usize, now: Instant) -> Option<i64> {
    while times.front().is_some_and(|first| now.seconds_since(*first) >= WINDOW_SECONDS) {
        times.pop_front();
    }
    let first = times.front().filter(|_| times.len() >= limit)?;
    Some((WINDOW_SECONDS - now.seconds_since(*first)).max(1))
}

/// Remembers when sessions and tokens were last marked as used, so that reading a page is not a write.
#[derive(Default)]
pub(crate) struct Touched {
    at: Mutex<HashMap<(bool, i64), Instant>>,
}

impl Touched {
    /// True once in `seconds` for each key.
    pub(crate) fn is_due(&self, means: Means, now: Instant, seconds: i64) -> bool {
        let key = match means {
            Means::Session(id) => (true, id.0),
            Means::Token(id) => (false, id.0),
        };
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        if at.len() > MANY_KEYS {
            at.retain(|_, last| now.seconds_since(*last) < seconds);
        }
        let due = at.get(&key).is_none_or(|last| now.seconds_since(*last) >= seconds);
        if due {
            at.insert(key, now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn the_ninth_failure_within_a_quarter_of_an_hour_waits_for_the_first_to_pass() {
        let limiter = Limiter::default();
        let key = [Key::Account("ada".to_owned())];
        for second in 0..8 {
            limiter.attempt(&key, at(second)).unwrap();
        }
        assert_eq!(limiter.left(&key[0], at(8)), 0);
        assert!(matches!(limiter.attempt(&key, at(100)), Err(Error::TooMany { seconds: 800 })));
        limiter.attempt(&key, at(900)).unwrap();
        assert!(limiter.attempt(&key, at(900)).is_err());
    }

    #[test]
    fn a_refused_attempt_counts_against_nothing_else() {
        let limiter = Limiter::default();
        let (ada, bob) = (Key::Account("ada".to_owned()), Key::Account("bob".to_owned()));
        for _ in 0..8 {
            limiter.attempt(std::slice::from_ref(&ada), at(0)).unwrap();
        }
        assert!(limiter.attempt(&[ada, bob.clone()], at(1)).is_err());
        assert_eq!(limiter.left(&bob, at(1)), 8);
    }

    #[test]
    fn a_success_is_forgiven() {
        let limiter = Limiter::default();
        let key = [Key::Network("1.2.3.4".parse().unwrap())];
        for _ in 0..100 {
            limiter.attempt(&key, at(0)).unwrap();
            limiter.forgive(&key);
        }
        assert_eq!(limiter.left(&key[0], at(0)), A_NETWORK);
    }
}
