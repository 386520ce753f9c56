//! Messages of mentors to learners. Each goes by mail once: the jobs put it into the outbox, under its id as the period.

use diesel::prelude::*;
use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::mentor_messages;
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub public_id: PublicId,
    pub cohort: CohortId,
    pub learner: AccountId,
    /// None: the account was erased.
    pub by: Option<AccountId>,
    pub by_name: String,
    pub words: String,
    pub at: Instant,
}

pub fn send_message(conn: &mut Conn<'_>, message: &Message) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(mentor_messages::table)
        .values((
            mentor_messages::public_id.eq(message.public_id.bytes().as_slice()),
            mentor_messages::cohort.eq(message.cohort.0),
            mentor_messages::learner.eq(message.learner.0),
            mentor_messages::by_account.eq(message.by.map(|by| by.0)),
            mentor_messages::by_name.eq(&message.by_name),
            mentor_messages::words.eq(&message.words),
            mentor_messages::at.eq(message.at.micros()),
        ))
        .execute(c))?;
    Ok(())
}

/// Fails with `NotThere("message")`.
pub fn message(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Message> {
    let row: Option<Row> = on_backend!(conn, c => mentor_messages::table
        .filter(mentor_messages::public_id.eq(public_id.bytes().as_slice()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("message"))?.message()
}

/// To a learner, newest first: from mentors of one cohort, or of all.
pub fn messages(conn: &mut Conn<'_>, learner: AccountId, cohort: Option<CohortId>, limit: i64) -> Result<Vec<Message>> {
    let rows: Vec<Row> = on_backend!(conn, c => {
        let mut query = mentor_messages::table
            .filter(mentor_messages::learner.eq(learner.0))
            .order(mentor_messages::id.desc())
            .limit(limit)
            .select(Row::as_select())
            .into_boxed();
        if let Some(cohort) = cohort {
            query = query.filter(mentor_messages::cohort.eq(cohort.0));
        }
        query.load(c)
    })?;
    rows.into_iter().map(Row::message).collect()
}

/// Those that no outbox has yet, oldest first.
pub fn unplanned_messages(conn: &mut Conn<'_>, limit: i64) -> Result<Vec<Message>> {
    let rows: Vec<Row> = on_backend!(conn, c => mentor_messages::table
        .filter(mentor_messages::planned.eq(false))
        .order((mentor_messages::at, mentor_messages::id))
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::message).collect()
}

/// It has its row in the outbox. Fails with `NotThere("message")`.
pub fn message_is_planned(conn: &mut Conn<'_>, public_id: PublicId) -> Result<()> {
    let marked = on_backend!(conn, c => diesel::update(
            mentor_messages::table.filter(mentor_messages::public_id.eq(public_id.bytes().as_slice())),
        )
        .set(mentor_messages::planned.eq(true))
        .execute(c))?;
    one(marked, "message")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mentor_messages, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
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
    fn message(self) -> Result<Message> {
        Ok(Message {
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
