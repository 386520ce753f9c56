//! How people come into a cohort: by a link that they hold, or from a file; and what of theirs it sees from then on.

mod joining;
mod link;

pub use joining::*;
pub use link::*;

/// Codes of this module that other lists lack.
pub const FIELD_CODES: &[&str] = &["left_cohort", "member_already", "standing_not_by_link"];

#[cfg(test)]
mod tests;
