//! What the command line does, one module a noun.

pub mod cohort;
pub mod data;
pub mod digest;
pub mod enrolment;
pub mod plugin;
pub mod rescore;
pub mod role;
pub mod user;
