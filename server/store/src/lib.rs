//! Where Waymark keeps things: SQLite inside one server, PostgreSQL when several share the work. The only crate that
//! names diesel.
//!
//! [`Store`] opens a database and runs closures on it; the modules below are the queries, free functions over
//! [`Conn`], so that several go into one transaction. Each query is written once and compiled for both databases.

#[macro_use]
mod conn;
mod error;
mod migrations;
mod postgres;
mod rows;
mod schema;
mod sqlite;
mod store;
mod writer;

pub mod accounts;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod catalogue;
pub mod co_authors;
pub mod cohorts;
pub mod digest_facts;
pub mod digests;
pub mod enrolment;
pub mod idempotency;
pub mod instance;
pub mod interviews;
pub mod invitations;
pub mod ledger;
pub mod mentoring;
pub mod origins;
pub mod own_decks;
pub mod packs;
pub mod paths;
pub mod plans;
pub mod practice;
mod prepared;
pub mod questions;
pub mod reset_codes;
pub mod reviews;
pub mod scorecards;
pub mod sessions;
pub mod summaries;
pub mod system_jobs;
pub mod templates;
#[cfg(feature = "test-support")]
pub mod test_support;
pub mod tokens;
pub mod transfer;
pub mod upgrades;

pub use conn::Conn;
pub use error::{Error, OpenError, Result};
pub use store::{Backend, Mark, Options, Store};
