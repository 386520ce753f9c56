//! Pages: each module extracts, calls a service, shows a template of `src/templates/`.

pub mod admin;
pub mod certificates;
pub mod cohorts;
pub mod enrolment;
pub mod home;
pub mod install;
pub mod join;
pub mod ledger;
pub mod login;
pub mod map;
pub mod marks;
pub mod mentoring;
pub mod own_data;
pub mod path;
pub mod practice;
pub mod readiness;
pub mod requirement;
pub mod reset;
pub mod review;
pub mod roles;
pub mod search;
pub mod security;
pub mod settings;
pub mod start;
pub mod submission;
pub mod unsubscribe;
