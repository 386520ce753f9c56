//! The store's contract, told on both databases. PostgreSQL is taken from `WAYMARK_TEST_POSTGRES_URL`; without it only
//! SQLite runs, and says so.
#![allow(clippy::unwrap_used)]

mod alerts;
mod attachments;
mod attending;
mod backup;
mod co_authors;
mod cohorts;
mod concurrency;
mod dates;
mod digests;
mod enrolment;
mod erasure;
mod learning;
mod mentoring;
mod people;
mod practice;
mod records;
mod reviews;
mod schema;
mod summaries;
mod support;
mod transactions;
mod upgrades;
mod writer;
