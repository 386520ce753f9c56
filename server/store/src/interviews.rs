//! Mock interviews, with what was asked and how it went.

use diesel::prelude::*;
use domain::ids::{AccountId, PublicId};
use domain::practice::Mark;
use domain::time::Instant;

use crate::rows::{self, from_json, one, to_json};
use crate::schema::{interview_questions, interviews};
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInterview {
    pub public_id: PublicId,
    /// For each question; 0: no limit.
    pub minutes: u32,
    pub started_at: Instant,
    /// Topic, question and what a good answer covers.
    pub questions: Vec<(String, String, Vec<String>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    pub public_id: PublicId,
    pub minutes: u32,
    pub started_at: Instant,
    /// In order; the first has position 1.
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub topic: String,
    pub question: String,
    pub covers: Vec<String>,
    /// When it was first shown.
    pub opened_at: Option<Instant>,
    pub answered_at: Option<Instant>,
    pub notes: Option<String>,
    pub mark: Option<Mark>,
}

/// Keeps an interview; its first question is open at once. Fails with `NotThere("account")`.
pub fn create(conn: &mut Conn<'_>, account: AccountId, new: &NewInterview) -> Result<()> {
    let minutes = rows::signed(new.minutes)?;
    let id: i64 = on_backend!(conn, c => diesel::insert_into(interviews::table)
        .values((
            interviews::public_id.eq(new.public_id.bytes().as_slice()),
            interviews::account.eq(account.0),
            interviews::minutes.eq(minutes),
            interviews::started_at.eq(new.started_at.micros()),
        ))
        .returning(interviews::id)
        .get_result(c))
    .map_err(|why| Error::from(why).naming("account"))?;
    for (position, (topic, question, covers)) in (1_i32..).zip(&new.questions) {
        let covers = to_json(covers)?;
        let opened_at = (position == 1).then_some(new.started_at.micros());
        on_backend!(conn, c => diesel::insert_into(interview_questions::table)
            .values((
                interview_questions::interview.eq(id),
                interview_questions::position.eq(position),
                interview_questions::topic.eq(topic),
                interview_questions::question.eq(question),
                interview_questions::covers.eq(&covers),
                interview_questions::opened_at.eq(opened_at),
            ))
            .execute(c))?;
    }
    Ok(())
}

/// Fails with `NotThere("interview")` when it is not one of the account.
pub fn get(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<Interview> {
    let head: Option<Head> = on_backend!(conn, c => interviews::table
        .filter(interviews::public_id.eq(public_id.bytes().as_slice()))
        .filter(interviews::account.eq(account.0))
        .select(Head::as_select())
        .first(c)
        .optional())?;
    whole(conn, head.ok_or(Error::NotThere("interview"))?)
}

/// Newest first.
pub fn list(conn: &mut Conn<'_>, account: AccountId, limit: i64) -> Result<Vec<Interview>> {
    let heads: Vec<Head> = on_backend!(conn, c => interviews::table
        .filter(interviews::account.eq(account.0))
        .order(interviews::id.desc())
        .limit(limit)
        .select(Head::as_select())
        .load(c))?;
    heads.into_iter().map(|head| whole(conn, head)).collect()
}

/// Notes the answer to a question, once; a second one changes nothing.
pub fn answer(conn: &mut Conn<'_>, account: AccountId, of: PublicId, position: u32, notes: Option<&str>, now: Instant) -> Result<()> {
    let (id, position) = (key(conn, account, of)?, rows::signed(position)?);
    on_backend!(conn, c => diesel::update(
            interview_questions::table.find((id, position)).filter(interview_questions::answered_at.is_null()),
        )
        .set((interview_questions::answered_at.eq(now.micros()), interview_questions::notes.eq(notes)))
        .execute(c))?;
    Ok(())
}

/// Marks an answered question and opens the next one. Fails with `NotThere("question")` before it was answered.
pub fn mark(conn: &mut Conn<'_>, account: AccountId, of: PublicId, position: u32, mark: Mark, now: Instant) -> Result<()> {
    let (id, position) = (key(conn, account, of)?, rows::signed(position)?);
    let changed = on_backend!(conn, c => {
        let changed = diesel::update(
            interview_questions::table.find((id, position)).filter(interview_questions::answered_at.is_not_null()),
        )
        .set(interview_questions::mark.eq(mark.word()))
        .execute(c)?;
        diesel::update(interview_questions::table.find((id, position + 1)).filter(interview_questions::opened_at.is_null()))
            .set(interview_questions::opened_at.eq(now.micros()))
            .execute(c)?;
        changed
    });
    one(changed, "question")
}

pub fn delete(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<()> {
    let id = key(conn, account, public_id)?;
    let gone = on_backend!(conn, c => diesel::delete(interviews::table.find(id)).execute(c))?;
    one(gone, "interview")
}

fn key(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<i64> {
    let id: Option<i64> = on_backend!(conn, c => interviews::table
        .filter(interviews::public_id.eq(public_id.bytes().as_slice()))
        .filter(interviews::account.eq(account.0))
        .select(interviews::id)
        .first(c)
        .optional())?;
    id.ok_or(Error::NotThere("interview"))
}

fn whole(conn: &mut Conn<'_>, head: Head) -> Result<Interview> {
    let rows: Vec<Row> = on_backend!(conn, c => interview_questions::table
        .filter(interview_questions::interview.eq(head.id))
        .order(interview_questions::position)
        .select(Row::as_select())
        .load(c))?;
    let question = |row: Row| {
        Ok(Question {
            topic: row.topic,
            question: row.question,
            covers: from_json(&row.covers)?,
            opened_at: row.opened_at.map(Instant::from_micros),
            answered_at: row.answered_at.map(Instant::from_micros),
            notes: row.notes,
            mark: row.mark.as_deref().map(rows::word).transpose()?,
        })
    };
    Ok(Interview {
        public_id: rows::public_id(&head.public_id)?,
        minutes: rows::unsigned(head.minutes)?,
        started_at: Instant::from_micros(head.started_at),
        questions: rows.into_iter().map(question).collect::<Result<_>>()?,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = interviews, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Head {
    id: i64,
    public_id: Vec<u8>,
    minutes: i32,
    started_at: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = interview_questions, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    topic: String,
    question: String,
    covers: String,
    opened_at: Option<i64>,
    answered_at: Option<i64>,
    notes: Option<String>,
    mark: Option<String>,
}
