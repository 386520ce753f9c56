//! How people come into a cohort.

mod links;

pub use links::{CohortLink, NewCohortLink, find_link, join, links, put_link, revoke_link};
