//! Stories through real sockets: the program itself, a browser, mail servers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod copies;
mod demo;
mod digests;
mod durability;
mod enrolment;
mod journey;
mod links;
mod looks;
mod map;
mod offline;
mod reviews;
mod starts;
