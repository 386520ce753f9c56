//! How people come into a cohort, and what it sees of theirs.

mod joining;
mod links;
mod sharing;

pub use joining::{Joining, accept, find, join, prepare};
pub use links::{keep_link, links, new_link, revoke_link};
pub use sharing::{Bringing, Shared, SharedEntry, SharedRole, numbers, share, shared, sharing, withhold};
