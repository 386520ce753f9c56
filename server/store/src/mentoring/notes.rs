//! Notes that mentors write for each other about a learner. The learner gets them with their data, and sees them nowhere.

use diesel::prelude::*;
use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::mentor_notes;
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub public_id: PublicId,
    pub cohort: CohortId,
    pub learner: AccountId,
    /// None: the account was erased.
    pub by: Option<AccountId>,
    pub by_name: String,
    /// Markdown.
    pub words: String,
    pub at: Instant,
}

pub fn add_note(conn: &mut Conn<'_>, note: &Note) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(mentor_notes::table)
        .values((
            mentor_notes::public_id.eq(note.public_id.bytes().as_slice()),
            mentor_notes::cohort.eq(note.cohort.0),
            mentor_notes::learner.eq(note.learner.0),
            mentor_notes::by_account.eq(note.by.map(|by| by.0)),
            mentor_notes::by_name.eq(&note.by_name),
            mentor_notes::words.eq(&note.words),
            mentor_notes::at.eq(note.at.micros()),
        ))
        .execute(c))?;
    Ok(())
}

/// About a learner in a cohort, newest first.
pub fn notes(conn: &mut Conn<'_>, cohort: CohortId, learner: AccountId) -> Result<Vec<Note>> {
    let rows: Vec<Row> = on_backend!(conn, c => mentor_notes::table
        .filter(mentor_notes::learner.eq(learner.0))
        .filter(mentor_notes::cohort.eq(cohort.0))
        .order(mentor_notes::id.desc())
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::note).collect()
}

/// About a learner in all cohorts, newest first.
pub fn notes_about(conn: &mut Conn<'_>, learner: AccountId) -> Result<Vec<Note>> {
    let rows: Vec<Row> = on_backend!(conn, c => mentor_notes::table
        .filter(mentor_notes::learner.eq(learner.0))
        .order(mentor_notes::id.desc())
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::note).collect()
}

/// Fails with `NotThere("note")`.
pub fn note(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Note> {
    let row: Option<Row> = on_backend!(conn, c => mentor_notes::table
        .filter(mentor_notes::public_id.eq(public_id.bytes().as_slice()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("note"))?.note()
}

/// Fails with `NotThere("note")`.
pub fn remove_note(conn: &mut Conn<'_>, public_id: PublicId) -> Result<()> {
    let gone = on_backend!(conn, c =>
        diesel::delete(mentor_notes::table.filter(mentor_notes::public_id.eq(public_id.bytes().as_slice()))).execute(c))?;
    one(gone, "note")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mentor_notes, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    public_id: Vec<u8>,
    cohort: i64,
    learner: i64,
    by_account: Option<i64>,
    by_name: String,
    words: String,
    at: i64,
}

impl Row {
    fn note(self) -> Result<Note> {
        Ok(Note {
            public_id: rows::public_id(&self.public_id)?,
            cohort: CohortId(self.cohort),
            learner: AccountId(self.learner),
            by: self.by_account.map(AccountId),
            by_name: self.by_name,
            words: self.words,
            at: Instant::from_micros(self.at),
        })
    }
}
