//! The mentors' part of a learner's page: what they note of the learner for each other.

use actix_web::{HttpResponse, web};
use domain::ids::PublicId;

use super::item_id;
use crate::body::Form;
use crate::caller::{Signed, SignedIn};
use crate::errors::Error;
use crate::markdown;
use crate::pages::cohorts::{id, person_id};
use crate::services::cohorts::{self, Member, Opened};
use crate::services::mentoring;
use crate::state::{Shared, State};
use crate::view::{View, see};

/// None for who sees the page and is no mentor of the cohort: an admin.
pub struct MentorNotes {
    pub hint: String,
    pub rows: Vec<NoteRow>,
    /// What they wrote to the learner by mail: who and when, and the words.
    pub messages: Vec<(String, String)>,
    /// There is an address to write to.
    pub can_write: bool,
    pub message_label: String,
}

pub struct NoteRow {
    pub id: PublicId,
    pub by: String,
    pub words: String,
    pub may_remove: bool,
    pub remove_named: String,
}

impl MentorNotes {
    pub async fn load(state: &State, w: &View, who: &Signed, opened: &Opened, member: &Member) -> Result<Option<Self>, Error> {
        let notes = match mentoring::notes(state, who, opened, member).await {
            Err(Error::NotThere(_) | Error::Rule("scope_too_small" | "not_allowed")) => return Ok(None),
            other => other?,
        };
        let rows = notes.iter().map(|note| NoteRow {
            id: note.public_id,
            by: w.t2("mentor-note-by", "name", &note.by_name, "moment", w.moment(&note.at)),
            words: markdown::to_html(&note.words),
            may_remove: note.by == Some(who.account.id) || opened.may_lead,
            remove_named: w.t2("mentor-note-remove-named", "name", &note.by_name, "moment", w.moment(&note.at)),
        });
        let messages = mentoring::messages(state, who, opened, member).await?;
        let name = member.account.name.as_str();
        Ok(Some(Self {
            hint: w.t1("mentor-notes-hint", "name", name),
            rows: rows.collect(),
            messages: messages
                .iter()
                .map(|sent| (w.t2("mentor-note-by", "name", &sent.by_name, "moment", w.moment(&sent.at)), markdown::to_html(&sent.words)))
                .collect(),
            can_write: member.account.mail.is_some() && !member.account.disabled,
            message_label: w.t1("mentor-message-to", "name", name),
        }))
    }
}

/// POST: keeps a note.
pub async fn add(state: Shared, who: SignedIn, at: web::Path<(String, String)>, form: Form) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let member = cohorts::member(&state, &opened, person_id(&at.1)?).await?;
    match mentoring::add_note(&state, &who, &opened, &member, form.text("words")) {
        Ok(note) => state.store.write(move |conn| store::mentoring::add_note(conn, &note)).await?,
        // An empty note is none.
        Err(Error::Fields(fields)) if fields.iter().all(|field| field.code == "missing") => {}
        Err(other) => return Err(other),
    }
    Ok(back(&state, &at.0, &at.1))
}

/// POST: a message by mail.
pub async fn write(state: Shared, who: SignedIn, at: web::Path<(String, String)>, form: Form) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let member = cohorts::member(&state, &opened, person_id(&at.1)?).await?;
    match mentoring::write_message(&state, &who, &opened, &member, form.text("words")) {
        Ok(message) => state.store.write(move |conn| store::mentoring::send_message(conn, &message)).await?,
        Err(Error::Fields(fields)) if fields.iter().all(|field| field.code == "missing") => {}
        Err(other) => return Err(other),
    }
    Ok(see(format!("{}#messages", state.links.path("cohort-learner", &[&at.0, &at.1]))))
}

/// POST: removes one.
pub async fn remove(state: Shared, who: SignedIn, at: web::Path<(String, String, String)>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let member = cohorts::member(&state, &opened, person_id(&at.1)?).await?;
    mentoring::remove_note(&state, &who, &opened, &member, item_id(&at.2)?).await?;
    Ok(back(&state, &at.0, &at.1))
}

fn back(state: &State, cohort: &str, person: &str) -> HttpResponse {
    see(format!("{}#notes", state.links.path("cohort-learner", &[cohort, person])))
}
