//! Waymark's rules: what counts as evidence, what it is worth, when a digest is due, who may do what.
//!
//! Pure: no async, no I/O, no clock, no randomness. Time and randomness come in as arguments (see [`world`]).
//! Everything here is a function of its arguments, so everything here can be tested with a table.

pub mod account;
pub mod attachment;
pub mod catalogue;
pub mod certificate;
pub mod co_author;
pub mod cohort;
pub mod digest;
pub mod enrolment;
pub mod guide;
pub mod ids;
pub mod ledger;
pub mod map;
pub mod mentoring;
pub mod path;
pub mod pinned;
pub mod plan;
pub mod points;
pub mod policy;
pub mod practice;
pub mod progress;
pub mod resume;
pub mod review;
#[cfg(test)]
mod samples;
pub mod schedule;
pub mod scoring;
pub mod search;
pub mod setup;
pub mod subject;
pub mod template;
pub mod text;
pub mod time;
pub mod upgrade;
pub mod world;
