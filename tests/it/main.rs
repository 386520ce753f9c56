//! Stories within this process: the rooms together, with a clock that the story sets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod databases;
mod scores;
