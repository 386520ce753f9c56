//! Time that stands still until it is moved, and dice that fall the same way every time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::time::Instant;
use domain::world::{Clock, Dice};

/// A clock that the test sets.
pub struct FakeClock(AtomicI64);

impl FakeClock {
    pub fn at(now: Instant) -> Self {
        Self(AtomicI64::new(now.micros()))
    }

    /// RFC 3339, such as `2026-11-23T08:00:00Z`.
    pub fn reading(text: &str) -> Self {
        Self::at(Instant::try_from(text.to_owned()).unwrap())
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub fn set(&self, now: Instant) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// SplitMix64 from a seed: not secret, never the same twice.
pub struct FixedDice(Mutex<u64>);

impl FixedDice {
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Dice for FixedDice {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_and_never_twice_alike() {
        let (one, other) = (FixedDice::seeded(7), FixedDice::seeded(7));
        let (first, second) = (one.secret(), one.secret());
        assert_eq!(first, other.secret());
        assert_ne!(first, second);
    }

    #[test]
    fn time_moves_when_it_is_moved() {
        let clock = FakeClock::reading("2026-11-23T08:00:00Z");
        let before = clock.now();
        assert_eq!(clock.now(), before);
        clock.advance_seconds(90);
        assert_eq!(clock.now().seconds_since(before), 90);
    }
}
