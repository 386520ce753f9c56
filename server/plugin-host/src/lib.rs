//! Plugins: packs are read, inspected, compiled, probed and called here, and nowhere else. The only crate that names
//! wasmtime.
//!
//! From the outside in: [`Host`] loads a pack into a [`Loaded`]; its [`PluginRule`] is a
//! [`domain::scoring::ScoringRule`]. What is refused at install is a [`Refusal`], what fails in a call a
//! [`domain::scoring::RuleFailure`] with one of these codes:
//!
//! | code | what happened |
//! |---|---|
//! | `fuel_exhausted` | used up its fuel |
//! | `deadline` (passing) | took too long by the clock |
//! | `memory_limit` | wanted more memory or tables than it may have |
//! | `stack_overflow`, `out_of_bounds`, `trap` | was ended by the machine |
//! | `hostcall_limit` | handed over too many bytes or log lines |
//! | `string_too_long`, `output_too_large` | its answer is too large |
//! | `bad_answer` | its answer is no value of the contract's types |
//! | `declared_error_unsupported_settings`, `…_invalid_input`, `…_internal` | said so itself |
//! | `input_too_large` | was not called |
//! | `breaker_open` (passing) | failed too often and is left alone |
//! | `readiness_sum`, `evidence_of_another`, … | its card breaks a rule of [`domain::scoring::check`] |
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bindings;
mod breaker;
pub mod build;
mod cache;
mod call;
mod compile;
mod componentize;
mod convert;
mod engine;
mod host;
mod inspect;
mod limits;
mod manifest;
pub mod pack;
mod probe;
mod refusal;
mod rule;
mod stats;
mod text;

pub use call::{LogLine, Usage};
pub use compile::{Compiler, compile_child_main};
pub use componentize::componentize;
pub use host::{Host, Loaded, Options};
pub use inspect::{Inspection, inspect};
pub use limits::{Budget, LARGEST_COMPONENT, Limits};
pub use manifest::{CONTRACT, Kind, Manifest, Plain, Setting, SettingKind, Templates};
pub use probe::{Fixture, LEAST_FIXTURES, Probed};
pub use refusal::Refusal;
pub use rule::PluginRule;
pub use stats::{Call, Statistics};
