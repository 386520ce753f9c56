//! Administration: health, people, plugins, mail, jobs, settings, audit.

pub mod audit;
pub mod health;
pub mod install;
pub mod jobs;
pub mod mail;
pub mod people;
pub mod plugins;
pub mod settings;
