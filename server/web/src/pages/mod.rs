//! Pages: each module extracts, calls a service, shows a template of `src/templates/`.

pub mod home;
pub mod join;
pub mod login;
pub mod security;
