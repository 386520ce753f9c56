//! The sandbox from outside: packs, inspection, hostile guests, the cache of compiled plugins, probing, and the packs
//! that ship.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod cached;
mod hostile;
mod inspected;
mod packs;
mod probed;
mod shipped;
mod support;
