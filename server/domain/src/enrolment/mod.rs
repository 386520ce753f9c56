//! How people come into a cohort: by a link that they hold, or from a file; and what of theirs it sees from then on.

mod evidence;
mod joining;
mod link;
mod people;
mod table;

pub use evidence::*;
pub use joining::*;
pub use link::*;
pub use people::*;
pub use table::*;

/// Codes of this module that other lists lack.
pub const FIELD_CODES: &[&str] = &[
    "column_missing",
    "column_twice",
    "column_unknown",
    "left_cohort",
    "mail_twice",
    "member_already",
    "member_not_active",
    "name_known",
    "only_for_learners",
    "person_twice",
    "standing_differs",
    "standing_not_by_link",
    "standing_unknown",
    "trust_unknown",
    "username_twice",
];

#[cfg(test)]
mod tests;
