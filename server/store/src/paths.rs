//! Paths: who follows which revision to where.

use diesel::prelude::*;
use domain::cohort::Pause;
use domain::ids::{AccountId, CohortId, PathId, PublicId, RevisionId};
use domain::path::{CheckedSettings, Path, RuleChoice};
use domain::time::{Day, Instant};

use crate::rows::{self, one};
use crate::schema::{path_pauses, paths};
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPath {
    pub public_id: PublicId,
    pub account: AccountId,
    pub revision: RevisionId,
    pub settings: CheckedSettings,
    pub cohort: Option<CohortId>,
    pub started_on: Day,
    pub created_at: Instant,
}

pub fn create(conn: &mut Conn<'_>, new: &NewPath) -> Result<Path> {
    let (chosen, hours) = (rows::to_json(&new.settings.chosen)?, rows::signed(new.settings.hours_week)?);
    let row: Row = on_backend!(conn, c => diesel::insert_into(paths::table)
        .values((
            paths::public_id.eq(new.public_id.bytes().as_slice()),
            paths::account.eq(new.account.0),
            paths::revision.eq(new.revision.0),
            paths::target_level.eq(&new.settings.target_level),
            paths::target_day.eq(new.settings.target_day.map(Day::number)),
            paths::hours_week.eq(hours),
            paths::chosen.eq(chosen),
            paths::rule.eq(String::from(new.settings.rule.clone())),
            paths::cohort.eq(new.cohort.map(|cohort| cohort.0)),
            paths::started_on.eq(new.started_on.number()),
            paths::created_at.eq(new.created_at.micros()),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.path()
}

/// Fails with `NotThere` when it is not a path of the account.
pub fn get(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<Path> {
    let row: Option<Row> = on_backend!(conn, c => paths::table
        .filter(paths::public_id.eq(public_id.bytes().as_slice()))
        .filter(paths::account.eq(account.0))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("path"))?.path()
}

pub fn by_id(conn: &mut Conn<'_>, id: PathId) -> Result<Path> {
    let row: Option<Row> = on_backend!(conn, c => paths::table.find(id.0).select(Row::as_select()).first(c).optional())?;
    row.ok_or(Error::NotThere("path"))?.path()
}

/// Of one account, oldest first.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Path>> {
    let rows: Vec<Row> =
        on_backend!(conn, c => paths::table.filter(paths::account.eq(account.0)).order(paths::id).select(Row::as_select()).load(c))?;
    rows.into_iter().map(Row::path).collect()
}

/// Of one cohort, oldest first.
pub fn of_cohort(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<Path>> {
    let rows: Vec<Row> =
        on_backend!(conn, c => paths::table.filter(paths::cohort.eq(cohort.0)).order(paths::id).select(Row::as_select()).load(c))?;
    rows.into_iter().map(Row::path).collect()
}

/// Changes settings that were checked against a revision. Without a target day the one that is there stays, whatever it is by
/// now: a cohort's new end may have moved it since the settings were read. Fails with `revision_changed` when the path pins another one by
/// now, with `NotThere("path")`.
pub fn update_settings(conn: &mut Conn<'_>, id: PathId, revision: RevisionId, settings: &CheckedSettings) -> Result<()> {
    let (chosen, hours) = (rows::to_json(&settings.chosen)?, rows::signed(settings.hours_week)?);
    // As a set of changes, what is none is left alone.
    let target_day = settings.target_day.map(|day| paths::target_day.eq(day.number()));
    let changed = on_backend!(conn, c => diesel::update(paths::table.find(id.0).filter(paths::revision.eq(revision.0)))
        .set((
            paths::target_level.eq(&settings.target_level),
            target_day,
            paths::hours_week.eq(hours),
            paths::chosen.eq(chosen),
            paths::rule.eq(String::from(settings.rule.clone())),
        ))
        .execute(c))?;
    if changed == 0 {
        by_id(conn, id)?;
        return Err(Error::Rule("revision_changed"));
    }
    Ok(())
}

pub fn set_cohort(conn: &mut Conn<'_>, id: PathId, cohort: Option<CohortId>) -> Result<()> {
    let cohort = cohort.map(|cohort| cohort.0);
    let changed = on_backend!(conn, c => diesel::update(paths::table.find(id.0)).set(paths::cohort.eq(cohort)).execute(c))?;
    one(changed, "path")
}

/// When a path rested or rests, oldest first.
pub fn pauses(conn: &mut Conn<'_>, id: PathId) -> Result<Vec<Pause>> {
    let rows: Vec<(i32, Option<i32>)> = on_backend!(conn, c => path_pauses::table
        .filter(path_pauses::path.eq(id.0))
        .order(path_pauses::first_day)
        .select((path_pauses::first_day, path_pauses::last_day))
        .load(c))?;
    Ok(rows.into_iter().map(|(first, last)| Pause { first: Day::from_number(first), last: last.map(Day::from_number) }).collect())
}

/// Lets a path rest, or says anew until when a pause that begins on that day lasts.
pub fn put_pause(conn: &mut Conn<'_>, id: PathId, pause: Pause) -> Result<()> {
    let last = path_pauses::last_day.eq(pause.last.map(Day::number));
    let put = on_backend!(conn, c => diesel::insert_into(path_pauses::table)
        .values((path_pauses::path.eq(id.0), path_pauses::first_day.eq(pause.first.number()), last))
        .on_conflict((path_pauses::path, path_pauses::first_day))
        .do_update()
        .set(last)
        .execute(c));
    put.map_err(|why| Error::from(why).naming("path"))?;
    Ok(())
}

/// Moves the target day, where there is one.
pub fn move_target(conn: &mut Conn<'_>, id: PathId, days: i32) -> Result<()> {
    let target = paths::target_day.eq(paths::target_day + days);
    on_backend!(conn, c => diesel::update(paths::table.find(id.0).filter(paths::target_day.is_not_null())).set(target).execute(c))?;
    Ok(())
}

/// Takes a pause away as if it had not been. Fails with `NotThere("pause")`.
pub fn remove_pause(conn: &mut Conn<'_>, id: PathId, first: Day) -> Result<()> {
    let gone = on_backend!(conn, c => diesel::delete(path_pauses::table.find((id.0, first.number()))).execute(c))?;
    one(gone, "pause")
}

/// By key.
pub fn all_ids(conn: &mut Conn<'_>, after: Option<PathId>, limit: i64) -> Result<Vec<PathId>> {
    let ids: Vec<i64> = on_backend!(conn, c => paths::table
        .filter(paths::id.gt(after.map_or(0, |id| id.0)))
        .order(paths::id)
        .limit(limit)
        .select(paths::id)
        .load(c))?;
    Ok(ids.into_iter().map(PathId).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = paths, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    account: i64,
    revision: i64,
    target_level: String,
    target_day: Option<i32>,
    hours_week: i32,
    chosen: String,
    rule: String,
    cohort: Option<i64>,
    started_on: i32,
    created_at: i64,
}

impl Row {
    fn path(self) -> Result<Path> {
        Ok(Path {
            id: PathId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            account: AccountId(self.account),
            revision: RevisionId(self.revision),
            target_level: self.target_level,
            target_day: self.target_day.map(Day::from_number),
            hours_week: rows::unsigned(self.hours_week)?,
            chosen: rows::from_json(&self.chosen)?,
            rule: RuleChoice::try_from(self.rule).map_err(Error::Machine)?,
            cohort: self.cohort.map(CohortId),
            started_on: Day::from_number(self.started_on),
            created_at: Instant::from_micros(self.created_at),
        })
    }
}
