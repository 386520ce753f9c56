//! Plans: what a learner marks and notes on a requirement, own links, minutes spent. Not evidence.

use std::collections::BTreeMap;

use diesel::dsl::{max, sum};
use diesel::prelude::*;
use domain::ids::{AccountId, PathId};
use domain::plan::{DAY_MINUTES, MAX_LINKS, OwnLink};
use domain::time::{Day, Instant};

use crate::rows::{self, one};
use crate::schema::{paths, plan_links, plan_minutes, plans};
use crate::{Conn, Error, Result};

pub use domain::plan::Plan;

/// By id of the requirement.
pub fn get(conn: &mut Conn<'_>, path: PathId) -> Result<BTreeMap<String, Plan>> {
    let rows: Vec<(String, bool, bool, Option<String>)> = on_backend!(conn, c => plans::table
        .filter(plans::path.eq(path.0))
        .select((plans::requirement, plans::doing, plans::skipped, plans::note))
        .load(c))?;
    Ok(rows.into_iter().map(|(requirement, doing, skipped, note)| (requirement, Plan { doing, skipped, note })).collect())
}

/// Replaces marks and note of one requirement; an empty plan is taken away. Fails with `NotThere("path")`.
pub fn put(conn: &mut Conn<'_>, path: PathId, requirement: &str, plan: &Plan, now: Instant) -> Result<()> {
    if *plan == Plan::default() {
        on_backend!(conn, c => diesel::delete(plans::table.find((path.0, requirement))).execute(c))?;
        return Ok(());
    }
    let set = (
        plans::doing.eq(plan.doing),
        plans::skipped.eq(plan.skipped),
        plans::note.eq(plan.note.as_deref()),
        plans::updated_at.eq(now.micros()),
    );
    let kept = on_backend!(conn, c => diesel::insert_into(plans::table)
        .values((plans::path.eq(path.0), plans::requirement.eq(requirement), set))
        .on_conflict((plans::path, plans::requirement))
        .do_update()
        .set(set)
        .execute(c));
    kept.map_err(|why| Error::from(why).naming("path"))?;
    Ok(())
}

/// The learner's own links on a requirement, as they were added, with their numbers.
pub fn links(conn: &mut Conn<'_>, path: PathId, requirement: &str) -> Result<Vec<(u32, OwnLink)>> {
    let rows: Vec<(i32, String, String)> = on_backend!(conn, c => plan_links::table
        .filter(plan_links::path.eq(path.0))
        .filter(plan_links::requirement.eq(requirement))
        .order(plan_links::position)
        .select((plan_links::position, plan_links::title, plan_links::url))
        .load(c))?;
    rows.into_iter().map(|(position, title, url)| Ok((rows::unsigned(position)?, OwnLink { title, url }))).collect()
}

/// All of a path, with the requirement that each is on.
pub fn all_links(conn: &mut Conn<'_>, path: PathId) -> Result<Vec<(String, OwnLink)>> {
    let rows: Vec<(String, String, String)> = on_backend!(conn, c => plan_links::table
        .filter(plan_links::path.eq(path.0))
        .order((plan_links::requirement, plan_links::position))
        .select((plan_links::requirement, plan_links::title, plan_links::url))
        .load(c))?;
    Ok(rows.into_iter().map(|(requirement, title, url)| (requirement, OwnLink { title, url })).collect())
}

/// Adds a link and gives its number. Fails with `too_many_links`, with `NotThere("path")`.
pub fn add_link(conn: &mut Conn<'_>, path: PathId, requirement: &str, link: &OwnLink) -> Result<u32> {
    let (count, last): (i64, Option<i32>) = on_backend!(conn, c => plan_links::table
        .filter(plan_links::path.eq(path.0))
        .filter(plan_links::requirement.eq(requirement))
        .select((diesel::dsl::count_star(), max(plan_links::position)))
        .first(c))?;
    if count >= MAX_LINKS as i64 {
        return Err(Error::Rule("too_many_links"));
    }
    let position = last.map_or(0, |last| last + 1);
    let added = on_backend!(conn, c => diesel::insert_into(plan_links::table)
        .values((
            plan_links::path.eq(path.0),
            plan_links::requirement.eq(requirement),
            plan_links::position.eq(position),
            plan_links::title.eq(&link.title),
            plan_links::url.eq(&link.url),
        ))
        .execute(c));
    added.map_err(|why| Error::from(why).naming("path"))?;
    rows::unsigned(position)
}

/// Fails with `NotThere("link")`.
pub fn remove_link(conn: &mut Conn<'_>, path: PathId, requirement: &str, number: u32) -> Result<()> {
    let number = rows::signed(number).map_err(|_| Error::NotThere("link"))?;
    let removed = on_backend!(conn, c => diesel::delete(plan_links::table.find((path.0, requirement, number))).execute(c))?;
    one(removed, "link")
}

/// Minutes spent on a requirement, newest day first.
pub fn minutes(conn: &mut Conn<'_>, path: PathId, requirement: &str) -> Result<Vec<(Day, u32)>> {
    let rows: Vec<(i32, i32)> = on_backend!(conn, c => plan_minutes::table
        .filter(plan_minutes::path.eq(path.0))
        .filter(plan_minutes::requirement.eq(requirement))
        .order(plan_minutes::day.desc())
        .select((plan_minutes::day, plan_minutes::minutes))
        .load(c))?;
    rows.into_iter().map(|(day, minutes)| Ok((Day::from_number(day), rows::unsigned(minutes)?))).collect()
}

/// Adds minutes to those of a day and gives their sum. Fails with `day_is_full` when the learner's day, over all of their
/// paths, would have more than 24 hours, with `NotThere("path")`.
pub fn add_minutes(conn: &mut Conn<'_>, path: PathId, requirement: &str, day: Day, minutes: u32) -> Result<u32> {
    let owner: Option<i64> = on_backend!(conn, c => paths::table.find(path.0).select(paths::account).first(c).optional())?;
    let owner = AccountId(owner.ok_or(Error::NotThere("path"))?);
    let whole_day = minutes_by_day(conn, owner, day, day)?.get(&day).copied().unwrap_or_default();
    if whole_day.saturating_add(minutes) > DAY_MINUTES {
        return Err(Error::Rule("day_is_full"));
    }
    let added = rows::signed(minutes)?;
    let sum: i32 = on_backend!(conn, c => diesel::insert_into(plan_minutes::table)
        .values((
            plan_minutes::path.eq(path.0),
            plan_minutes::requirement.eq(requirement),
            plan_minutes::day.eq(day.number()),
            plan_minutes::minutes.eq(added),
        ))
        .on_conflict((plan_minutes::path, plan_minutes::requirement, plan_minutes::day))
        .do_update()
        .set(plan_minutes::minutes.eq(plan_minutes::minutes + added))
        .returning(plan_minutes::minutes)
        .get_result(c))?;
    rows::unsigned(sum)
}

/// Takes the minutes of a day away. Fails with `NotThere("minutes")`.
pub fn remove_minutes(conn: &mut Conn<'_>, path: PathId, requirement: &str, day: Day) -> Result<()> {
    let removed = on_backend!(conn, c => diesel::delete(plan_minutes::table.find((path.0, requirement, day.number()))).execute(c))?;
    one(removed, "minutes")
}

/// Minutes that a learner wrote down beside requirements, over all paths, by local day; days without any are left out.
/// Minutes of evidence are the ledger's and not in it. Both ends are included.
pub fn minutes_by_day(conn: &mut Conn<'_>, account: AccountId, first: Day, last: Day) -> Result<BTreeMap<Day, u32>> {
    let rows: Vec<(i32, Option<i64>)> = on_backend!(conn, c => plan_minutes::table
        .inner_join(paths::table)
        .filter(paths::account.eq(account.0))
        .filter(plan_minutes::day.between(first.number(), last.number()))
        .group_by(plan_minutes::day)
        .select((plan_minutes::day, sum(plan_minutes::minutes)))
        .load(c))?;
    let sum = |sum: Option<i64>| u32::try_from(sum.unwrap_or_default()).unwrap_or(u32::MAX);
    Ok(rows.into_iter().map(|(day, minutes)| (Day::from_number(day), sum(minutes))).collect())
}
