//! What the reader wrote: read for each search, and nobody else's.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::PublicId;
use domain::ledger::{Entry, Payload};
use domain::path::Path;
use domain::plan::{OwnLink, Plan};
use domain::search::{Card, Query, best_first};
use domain::template::Template;
use store::ledger::LedgerFilter;
use store::own_decks::OwnCard;

use super::{Found, Kind, Place};
use crate::caller::Signed;
use crate::errors::Error;
use crate::state::State;

/// Entries of the ledger whose texts are looked through, newest first.
const MOST_ENTRIES: i64 = 2_000;

type Plans = BTreeMap<String, Plan>;

pub struct Own {
    entries: Vec<(PublicId, Entry, Option<Payload>)>,
    /// Of each path: its plans and its links, by requirement.
    paths: Vec<(Plans, Vec<(String, OwnLink)>)>,
    pub cards: Vec<OwnCard>,
}

pub async fn read(state: &State, who: &Signed, followed: &[(Path, Arc<Template>)]) -> Result<Own, Error> {
    let filter = LedgerFilter { before_seq: None, subjects: None, limit: MOST_ENTRIES };
    let (account, ids) = (who.account.id, followed.iter().map(|(path, _)| path.id).collect::<Vec<_>>());
    let own = state.store.scan(move |conn| {
        Ok(Own {
            entries: store::ledger::with_payload(conn, account, &filter)?,
            paths: ids
                .iter()
                .map(|id| Ok((store::plans::get(conn, *id)?, store::plans::all_links(conn, *id)?)))
                .collect::<Result<Vec<_>, store::Error>>()?,
            cards: store::own_decks::all_cards(conn, account)?,
        })
    });
    Ok(own.await?)
}

/// Notes and links on requirements, and titles, notes and links of the ledger. What was taken back is still one's own; what
/// was blanked is gone.
pub fn notes(state: &State, followed: &[(Path, Arc<Template>)], own: Own, query: &Query) -> Vec<Found> {
    let mut all: Vec<(Card, u32, Found)> = Vec::new();
    for ((path, template), (plans, links)) in followed.iter().zip(own.paths) {
        let on_requirement = |requirement: String, text: String| {
            let index = template.requirement(&requirement)?;
            Some(Found {
                kind: Kind::Note,
                name: template.requirements[index].name.clone(),
                text,
                roles: vec![template.document.name.clone()],
                place: Place::Path { path: path.public_id, requirement },
                day: None,
                subject: None,
            })
        };
        let notes = plans.into_iter().filter_map(|(requirement, plan)| on_requirement(requirement, plan.note?));
        let links = links.into_iter().filter_map(|(requirement, link)| on_requirement(requirement, format!("{} {}", link.title, link.url)));
        // What a note stands on is no part of what was written, so it does not find the note.
        all.extend(notes.chain(links).map(|found| (Card::new("", [], &found.text), 0, found)));
    }
    let catalogue = state.catalogue();
    for (age, (_, entry, payload)) in own.entries.into_iter().enumerate() {
        let Some(payload) = payload else { continue };
        let title = payload.title.unwrap_or_default();
        let written = [payload.note.as_deref(), payload.url.as_deref(), payload.issuer.as_deref()];
        let text = written.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if title.is_empty() && text.is_empty() {
            continue;
        }
        let about =
            entry.held.first().map(|held| catalogue.get(&held.subject).map_or_else(|| held.subject.id.clone(), |one| one.name.clone()));
        let found = Found {
            kind: Kind::Note,
            name: if title.is_empty() { about.unwrap_or_default() } else { title.clone() },
            text: text.clone(),
            roles: Vec::new(),
            place: Place::Entry { seq: entry.seq },
            day: Some(entry.day),
            subject: None,
        };
        all.push((Card::new(&title, [], &text), u32::try_from(age + 1).unwrap_or(u32::MAX), found));
    }
    best_first(query, all.iter().map(|(card, distance, found)| (card, *distance, found))).into_iter().cloned().collect()
}
