//! Administration: health, people, plugins, mail, audit.

pub mod audit;
pub mod health;
pub mod install;
pub mod mail;
pub mod people;
pub mod plugins;
