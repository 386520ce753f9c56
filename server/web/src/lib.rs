//! Pages and API: what browsers and programs see of Waymark. The only crate that names actix-web.
//!
//! [`routes`] is the one table of everything that can be asked for; [`serve`] answers. README.md beside this folder says
//! how to add a page, a route of the API, a word.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod api;
pub mod assets;
pub mod auth;
pub mod base;
pub mod body;
pub mod caller;
pub mod errors;
mod gate;
mod health;
mod kept;
pub mod markdown;
pub mod metrics;
mod mount;
mod openapi;
pub mod pages;
pub mod route;
pub mod routes;
pub mod security;
mod serve;
pub mod services;
pub mod state;
pub mod view;
mod wrong_json;

pub use base::BaseUrl;
pub use serve::{run, serve};
pub use state::{Hooks, Inspected, Instance, Limits, MailStatus, Parts, Plugins, Refused, Setting, State};
