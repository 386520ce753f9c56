//! When a plugin is left alone for a while.

use std::collections::VecDeque;

use domain::time::Instant;

/// Calls that are looked at, and failures among them that open the breaker.
const WINDOW: usize = 10;
const FAILURES: usize = 3;
/// Seconds of the first pause, which doubles, and of the longest.
const FIRST: i64 = 60;
const LONGEST: i64 = 3_600;

/// Opens after three failures in ten calls, for 60 s, then twice as long each time up to an hour. After a pause one call
/// is let through: if it fails the next pause begins, if it goes well all is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    /// True for a failure.
    calls: VecDeque<bool>,
    open_until: Option<Instant>,
    pause: i64,
}

impl Breaker {
    /// When calls are let through again, if they are not now.
    pub(crate) fn open(&self, now: Instant) -> Option<Instant> {
        self.open_until.filter(|until| now < *until)
    }

    /// Takes down how a call went.
    pub(crate) fn record(&mut self, failed: bool, now: Instant) {
        let after_pause = self.open_until.is_some();
        if self.open(now).is_some() {
            // A call that had begun before: the pause stands.
            return;
        }
        if after_pause && !failed {
            *self = Self::default();
        }
        self.calls.push_back(failed);
        if self.calls.len() > WINDOW {
            self.calls.pop_front();
        }
        if (after_pause && failed) || self.calls.iter().filter(|&&failed| failed).count() >= FAILURES {
            self.pause = if self.pause == 0 { FIRST } else { (self.pause * 2).min(LONGEST) };
            self.open_until = Some(now.plus_seconds(self.pause));
            self.calls.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(0).plus_seconds(seconds)
    }

    #[test]
    fn three_failures_in_ten_calls_open_it_for_a_minute() {
        let mut breaker = Breaker::default();
        for failed in [true, false, false, false, true, false, false, false, false] {
            breaker.record(failed, at(0));
        }
        assert_eq!(breaker.open(at(0)), None);
        breaker.record(true, at(1));
        assert_eq!(breaker.open(at(60)), Some(at(61)));
        assert_eq!(breaker.open(at(61)), None);
    }

    #[test]
    fn failures_that_are_far_apart_do_not_open_it() {
        let mut breaker = Breaker::default();
        for call in 0..100 {
            breaker.record(call % 5 == 0, at(call));
            assert_eq!(breaker.open(at(call)), None, "call {call}");
        }
    }

    #[test]
    fn the_pause_doubles_up_to_an_hour_and_one_good_call_ends_it_all() {
        let mut breaker = Breaker::default();
        let mut now = 0;
        (0..3).for_each(|_| breaker.record(true, at(now)));
        for pause in [60, 120, 240, 480, 960, 1_920, 3_600, 3_600] {
            assert_eq!(breaker.open(at(now)), Some(at(now + pause)));
            now += pause;
            breaker.record(true, at(now));
        }
        let until = breaker.open(at(now)).unwrap();
        breaker.record(false, until);
        (0..2).for_each(|_| breaker.record(true, until));
        assert_eq!(breaker.open(until), None);
        breaker.record(true, until);
        assert_eq!(breaker.open(until), Some(until.plus_seconds(60)));
    }
}
