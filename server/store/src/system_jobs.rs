//! What system jobs note of themselves for whoever looks after the instance, and the wish that one should run now. Lives
//! among the instance's settings; nobody has to see it at once, so [`crate::instance::version`] stays.

use diesel::prelude::*;
use domain::time::Instant;
use serde::{Deserialize, Serialize};

use crate::schema::instance_settings;
use crate::{Conn, Error, Result, rows};

const PREFIX: &str = "jobs.";
const RECORD: &str = ".record";
const ASKED: &str = ".asked";

/// A job as it noted itself last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JobRecord {
    /// Cron with seconds, in UTC.
    pub expression: String,
    pub next_at: Option<Instant>,
    /// When it ran to its end last, and how long that took.
    pub ran_at: Option<Instant>,
    pub took_micros: Option<i64>,
    /// When it broke last, if that was after it ran last. Why stands in the log.
    pub failed_at: Option<Instant>,
}

/// A job that a server has run or planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemJob {
    pub name: String,
    pub record: JobRecord,
    /// Since when it is wished to run.
    pub asked_at: Option<Instant>,
}

/// All that any server has noted, by name.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<SystemJob>> {
    let found: Vec<(String, String)> = on_backend!(conn, c => instance_settings::table
        .filter(instance_settings::key.like("jobs.%.record"))
        .order(instance_settings::key)
        .load(c))?;
    let mut jobs = Vec::with_capacity(found.len());
    for (key, value) in found {
        let Some(name) = key.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(RECORD)) else { continue };
        jobs.push(SystemJob { name: name.to_owned(), record: rows::from_json(&value)?, asked_at: asked(conn, name)? });
    }
    Ok(jobs)
}

pub fn record(conn: &mut Conn<'_>, name: &str) -> Result<Option<JobRecord>> {
    get(conn, &format!("{PREFIX}{name}{RECORD}"))?.map(|value| rows::from_json(&value)).transpose()
}

pub fn put_record(conn: &mut Conn<'_>, name: &str, record: &JobRecord) -> Result<()> {
    put(conn, &format!("{PREFIX}{name}{RECORD}"), &rows::to_json(record)?)
}

/// Since when the job is wished to run.
pub fn asked(conn: &mut Conn<'_>, name: &str) -> Result<Option<Instant>> {
    let value = get(conn, &format!("{PREFIX}{name}{ASKED}"))?;
    value.map(|text| Instant::try_from(text).map_err(Error::Machine)).transpose()
}

/// Wishes that a job that is known should run. Fails with `NotThere("job")` for any other.
pub fn ask(conn: &mut Conn<'_>, name: &str, now: Instant) -> Result<()> {
    if record(conn, name)?.is_none() {
        return Err(Error::NotThere("job"));
    }
    put(conn, &format!("{PREFIX}{name}{ASKED}"), &now.to_string())
}

/// Takes back what was wished up to `until`: it has run.
pub fn answer(conn: &mut Conn<'_>, name: &str, until: Instant) -> Result<()> {
    let key = format!("{PREFIX}{name}{ASKED}");
    if asked(conn, name)?.is_some_and(|asked| asked <= until) {
        on_backend!(conn, c => diesel::delete(instance_settings::table.find(&key)).execute(c))?;
    }
    Ok(())
}

fn get(conn: &mut Conn<'_>, key: &str) -> Result<Option<String>> {
    crate::instance::get(conn, key)
}

fn put(conn: &mut Conn<'_>, key: &str, value: &str) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(instance_settings::table)
        .values((instance_settings::key.eq(key), instance_settings::value.eq(value)))
        .on_conflict(instance_settings::key)
        .do_update()
        .set(instance_settings::value.eq(value))
        .execute(c))?;
    Ok(())
}
