//! How people come into a cohort, and what it sees of theirs.

mod evidence;
mod joining;
mod links;
mod people;
mod runs;
mod sharing;

pub use evidence::{Bringer, Recorded, look_at_evidence, record};
pub use joining::{Joining, accept, find, join, prepare};
pub use links::{keep_link, links, new_link, revoke_link};
pub use people::{Counts, PersonCode, Progress, codes_csv, enrol, fates, languages, look_at_people, make_codes, refusals};
pub use runs::{Ended, Run, Runs};
pub use sharing::{Bringing, Shared, SharedEntry, SharedRole, numbers, share, shared, sharing, withhold};
