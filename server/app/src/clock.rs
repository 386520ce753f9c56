//! The real time and the real dice: the only place that reads either.

use domain::time::Instant;
use domain::world::{Clock, Dice};

pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the place")]
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

pub struct SystemDice;

impl Dice for SystemDice {
    /// Ends the process where the operating system gives no randomness: nothing that would follow is safe.
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            eprintln!("This machine gives no random numbers ({error}); Waymark cannot run safely and stops.");
            std::process::exit(70);
        }
    }
}
