//! Role templates: what a role asks.
//!
//! A [`Document`] is what an author writes; [`validate`] turns it into a [`Template`], or into the list of everything
//! that is wrong with it. A template that exists is valid.

mod document;
mod resolved;
mod validate;

pub use document::*;
pub use resolved::*;
pub use validate::*;
