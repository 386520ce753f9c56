//! Cries for help: a learner is stuck at a requirement of a path.

use diesel::prelude::*;
use domain::cohort::{MemberState, Standing};
use domain::ids::{AccountId, CohortId, HelpRequestId, PathId, PublicId};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::{help_requests, memberships, paths};
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHelp {
    pub public_id: PublicId,
    pub path: PathId,
    /// Id in the path's revision.
    pub requirement: String,
    /// Markdown.
    pub words: String,
    pub asked_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    pub id: HelpRequestId,
    pub public_id: PublicId,
    pub account: AccountId,
    pub path: PathId,
    pub requirement: String,
    pub words: String,
    pub asked_at: Instant,
    /// Since when it waits no more: answered, or closed by the learner.
    pub ended_at: Option<Instant>,
    /// What a mentor said, and who.
    pub answer: Option<(String, String)>,
}

/// Fails with `help_asked` while one about the same requirement of that path is open.
pub fn ask_help(conn: &mut Conn<'_>, new: &NewHelp) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(help_requests::table)
        .values((
            help_requests::public_id.eq(new.public_id.bytes().as_slice()),
            help_requests::path.eq(new.path.0),
            help_requests::requirement.eq(&new.requirement),
            help_requests::words.eq(&new.words),
            help_requests::asked_at.eq(new.asked_at.micros()),
        ))
        .execute(c))?;
    Ok(())
}

/// Of a path of the account. Fails with `NotThere("help")`.
pub fn help_of(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Help> {
    let row: Option<(Row, i64)> = on_backend!(conn, c => help_requests::table
        .inner_join(paths::table)
        .filter(help_requests::public_id.eq(public_id.bytes().as_slice()))
        .select((Row::as_select(), paths::account))
        .first(c)
        .optional())?;
    let (row, account) = row.ok_or(Error::NotThere("help"))?;
    row.help(account)
}

/// Of one path, newest first.
pub fn help_of_path(conn: &mut Conn<'_>, path: PathId) -> Result<Vec<Help>> {
    let rows: Vec<(Row, i64)> = on_backend!(conn, c => help_requests::table
        .inner_join(paths::table)
        .filter(help_requests::path.eq(path.0))
        .order(help_requests::id.desc())
        .select((Row::as_select(), paths::account))
        .load(c))?;
    rows.into_iter().map(|(row, account)| row.help(account)).collect()
}

/// Of all paths of an account, newest first.
pub fn help_of_account(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Help>> {
    let rows: Vec<(Row, i64)> = on_backend!(conn, c => help_requests::table
        .inner_join(paths::table)
        .filter(paths::account.eq(account.0))
        .order(help_requests::id.desc())
        .select((Row::as_select(), paths::account))
        .load(c))?;
    rows.into_iter().map(|(row, account)| row.help(account)).collect()
}

/// What is open on the paths of a cohort's learners, oldest first. Who dropped out waits for nothing.
pub fn open_help(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<Help>> {
    let rows: Vec<(Row, i64)> = on_backend!(conn, c => {
        let learners = memberships::table
            .filter(memberships::cohort.eq(cohort.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .filter(memberships::state.ne(MemberState::Dropped.word()))
            .select(memberships::account);
        help_requests::table
            .inner_join(paths::table)
            .filter(paths::cohort.eq(cohort.0))
            .filter(paths::account.eq_any(learners))
            .filter(help_requests::ended_at.is_null())
            .order((help_requests::asked_at, help_requests::id))
            .select((Row::as_select(), paths::account))
            .load(c)
    })?;
    rows.into_iter().map(|(row, account)| row.help(account)).collect()
}

/// The learner needs no help any more. Fails with `help_ended` when it is too late to say so.
pub fn close_help(conn: &mut Conn<'_>, id: HelpRequestId, now: Instant) -> Result<()> {
    let closed = on_backend!(conn, c => diesel::update(help_requests::table.find(id.0).filter(help_requests::ended_at.is_null()))
        .set(help_requests::ended_at.eq(now.micros()))
        .execute(c))?;
    one(closed, "help").map_err(|_| Error::Rule("help_ended"))
}

/// A mentor answers. Of two at once, and of an answer and a learner who closes, the first one counts: `help_ended`.
pub fn answer_help(conn: &mut Conn<'_>, id: HelpRequestId, (by, name): (AccountId, &str), words: &str, now: Instant) -> Result<()> {
    let answered = on_backend!(conn, c => diesel::update(help_requests::table.find(id.0).filter(help_requests::ended_at.is_null()))
        .set((
            help_requests::ended_at.eq(now.micros()),
            help_requests::answer.eq(words),
            help_requests::answered_by.eq(by.0),
            help_requests::answered_name.eq(name),
        ))
        .execute(c))?;
    one(answered, "help").map_err(|_| Error::Rule("help_ended"))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = help_requests, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    path: i64,
    requirement: String,
    words: String,
    asked_at: i64,
    ended_at: Option<i64>,
    answer: Option<String>,
    answered_name: Option<String>,
}

impl Row {
    fn help(self, account: i64) -> Result<Help> {
        Ok(Help {
            id: HelpRequestId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            account: AccountId(account),
            path: PathId(self.path),
            requirement: self.requirement,
            words: self.words,
            asked_at: Instant::from_micros(self.asked_at),
            ended_at: self.ended_at.map(Instant::from_micros),
            answer: self.answer.zip(self.answered_name),
        })
    }
}
