//! What a learner's days add up to: the week and the days in a row, what lapses and what waits for a review, what moved
//! readiness, and when it gets to where it shall be. Days are the learner's own, as their entries froze them.

mod due;
mod events;
mod forecast;
mod week;

pub use due::*;
pub use events::*;
pub use forecast::*;
pub use week::*;

#[cfg(test)]
mod tests;
