//! How people come into a cohort.

mod evidence;
mod links;
mod people;

pub use evidence::{known_learners, record};
pub use links::{CohortLink, NewCohortLink, find_link, join, links, put_link, revoke_link};
pub use people::{enrolled, known_people, not_come_in};
