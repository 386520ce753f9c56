//! What Waymark plugins in Rust build on: the types of the contract, a trait for each thing that a plugin can export,
//! and the parts that most scoring rules need.
//!
//! ```
//! use waymark_plugin::{Card, Message, PluginError, ScoreInput, Scorecard, ScoringRule, combined, rows};
//!
//! /// Whatever has any evidence counts in full.
//! struct Anything;
//!
//! impl ScoringRule for Anything {
//!     fn score(input: &ScoreInput) -> Result<Scorecard, PluginError> {
//!         let mut card = Card::new(input);
//!         for (index, rows) in rows(input).iter().enumerate() {
//!             let best = combined(input, index, rows, |_| 10_000);
//!             card.receipt(index, input.requirements[index].possible, best.share, Message::new("counted"), best.evidence);
//!         }
//!         Ok(card.finish())
//!     }
//! }
//! ```
//!
//! In a crate of type `cdylib`, `export_rule!(Anything);` exports it.
//!
//! A guest has no clock and no randomness: `today` is in the input, and the same input must give the same card. A panic
//! ends the call; its message and place are sent to the plugin's admin page.

mod attributes;
#[doc(hidden)]
pub mod bindings;
mod card;
mod export;
#[cfg(any(test, all(target_arch = "wasm32", feature = "allocator")))]
mod memory;
mod rows;
mod share;
mod slots;

pub use attributes::{number, text, truth};
pub use bindings::rule::waymark::plugin::diagnostics::Severity;
pub use bindings::rule::waymark::plugin::types::{
    Attribute, Criterion, Evidence, Group, Kind, Message, NextAction, PluginError, Receipt, Requirement, ScoreInput, Scorecard, Trust,
    Value,
};
pub use card::Card;
pub use export::{Catalog, ScoringRule, log};
pub use rows::{Rows, rows};
pub use share::{Combined, combined};
pub use slots::{chosen, slots};

/// All of a share or of a readiness, in basis points.
pub const FULL: u32 = 10_000;
