//! How people come into a cohort: links, joining, what one shares.

pub mod evidence;
pub mod join;
pub mod links;
pub mod people;
pub mod sharing;

use domain::enrolment::PathFate;
use domain::ids::PublicId;

use super::marks;
use crate::errors::Error;
use crate::services::enrolment::Shared;
use crate::state::State;
use crate::view::View;

fn id(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("cohort"))
}

/// A role of a cohort and what becomes of it, in words.
struct RoleRow {
    name: String,
    fate: String,
    /// A path of one's own that does not belong to the cohort yet.
    is_own: bool,
}

/// An entry that a cohort sees or may come to see.
struct EntryRow {
    /// In the learner's own ledger.
    number: u32,
    about: String,
    /// Kind, day.
    facts: String,
    trust: String,
    glyph: &'static str,
    cited: bool,
    withheld: bool,
}

fn role_rows(w: &View, shared: &Shared, joining: bool) -> Vec<RoleRow> {
    let row = |role: &crate::services::enrolment::SharedRole| {
        let key = match (role.fate, joining) {
            (PathFate::Here(_), _) => "sharing-path-here",
            (PathFate::Joins(_), true) => "sharing-path-joins",
            (PathFate::Joins(_), false) => "sharing-path-own",
            (PathFate::Begins, _) => "sharing-path-begins",
        };
        RoleRow { name: role.name.clone(), fate: w.t1(key, "level", &role.level), is_own: matches!(role.fate, PathFate::Joins(_)) }
    };
    shared.roles.iter().map(row).collect()
}

fn entry_rows(w: &View, state: &State, shared: &Shared) -> Vec<EntryRow> {
    let catalogue = state.catalogue();
    let today = w.today();
    shared
        .entries
        .iter()
        .map(|one| {
            let names = one.entry.held.iter().map(|held| {
                let subject = &held.subject;
                catalogue.get(subject).map_or_else(|| subject.id.clone(), |document| document.name.clone())
            });
            let title = one.payload.as_ref().and_then(|payload| payload.title.clone());
            let about: Vec<String> = title.into_iter().chain(names).collect();
            let kind = w.t(&format!("evidence-{}", one.entry.kind));
            EntryRow {
                number: one.entry.seq,
                about: about.join(", "),
                facts: format!("{kind} · {}", w.lang.day_near(one.entry.day, today)),
                trust: marks::trust_words(w, Some(one.entry.trust)),
                glyph: marks::trust_glyph(one.entry.trust),
                cited: one.cited,
                withheld: one.withheld,
            }
        })
        .collect()
}
