//! What the stories stand on. A story gets a database of its own ([`TestDb`]), starts the real binary on it ([`Server`]),
//! and uses it as people and machines do: [`Client`] for forms and the API, [`Browser`] for pages, [`SmtpSink`] for mail.
//!
//! A story is written once and runs on both databases:
//!
//! ```ignore
//! harness::on_both_served! {
//!     fn a_claim_shows_in_the_ledger(db) {
//!         let server = Server::start(&db);
//!         …
//!     }
//! }
//! ```
//!
//! `cargo xtask test` brings PostgreSQL, Chromium and the binary, and says so by `WAYMARK_TEST_REQUIRE=1`: then whatever
//! is missing fails a story. Without it (plain `cargo test`) stories that lack something say so and do nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helper fails the test")]

mod browser;
mod client;
mod database;
mod environment;
mod mail;
mod person;
mod server;
mod world;

pub use browser::Browser;
pub use client::{Answer, Client};
pub use database::{Database, TestDb};
pub use environment::{binary, pack, variable};
pub use mail::{Received, SmtpSink};
pub use person::Person;
pub use server::{Failed, Said, Server, Settings, cli, cli_with};
pub use world::{FakeClock, FixedDice};

/// Makes two tests of one story, `<name>::on_sqlite` and `<name>::on_postgres`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($db:ident) $story:block)+) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every story needs all")]
            use super::*;

            $(#[$meta])*
            fn story($db: $crate::TestDb) $story

            #[test]
            fn on_sqlite() {
                story($crate::TestDb::sqlite());
            }

            #[test]
            fn on_postgres() {
                if let Some(db) = $crate::TestDb::postgres() {
                    story(db);
                }
            }
        }
    )+ };
}

/// As [`on_both!`], for stories that start the program: left out where it is not built, unless it is required.
#[macro_export]
macro_rules! on_both_served {
    ($($(#[$meta:meta])* fn $name:ident($db:ident) $story:block)+) => {
        $crate::on_both! { $(
            $(#[$meta])*
            fn $name($db) {
                if $crate::binary().is_some() {
                    $story
                }
            }
        )+ }
    };
}
