//! Role templates: what a role asks.
//!
//! A [`Document`] is what an author writes; [`validate`] turns it into a [`Template`], or into the list of everything
//! that is wrong with it. A template that exists is valid.

mod document;
mod join;
mod markdown;
mod problem;
mod read;
mod references;
mod resolve;
mod resolved;
mod shape;
mod validate;

pub use document::*;
pub use join::*;
pub(crate) use markdown::raw_html;
pub use problem::*;
pub(crate) use problem::{Report, item, mend_reference};
pub(crate) use read::read_toml;
pub use read::*;
pub use resolved::*;
pub(crate) use shape::{is_language, is_local_id};
pub use validate::*;

#[cfg(test)]
mod tests;
