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
pub use problem::*;
pub use read::*;
pub use resolved::*;
pub use validate::*;

#[cfg(test)]
mod tests;
