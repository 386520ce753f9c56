//! What is set up for a cohort: replaced as a whole.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::cohort::{CohortRole, Holiday, PartKey, SetUp, Weekdays};
use domain::ids::{CohortId, RevisionId};
use domain::path::RuleChoice;
use domain::time::Day;

use crate::rows;
use crate::schema::{cohort_holidays, cohort_plan, cohort_roles, cohort_setups};
use crate::{Conn, Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = cohort_setups, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    weekdays: i32,
    rule: String,
    measure: String,
    band: i32,
    silent_after: Option<i32>,
    waiting_after: Option<i32>,
}

type HolidayRow = (i32, i32, String);
type RoleRow = (String, i64, String, String);
type Loaded = (Option<Row>, Vec<HolidayRow>, Vec<RoleRow>);

/// In three queries; the defaults where nothing was set up.
pub fn set_up(conn: &mut Conn<'_>, cohort: CohortId) -> Result<SetUp> {
    let (row, holidays, roles): Loaded = on_backend!(conn, c => {
        let row = cohort_setups::table.find(cohort.0).select(Row::as_select()).first(c).optional()?;
        let holidays = cohort_holidays::table
            .filter(cohort_holidays::cohort.eq(cohort.0))
            .order(cohort_holidays::first_day)
            .select((cohort_holidays::first_day, cohort_holidays::last_day, cohort_holidays::name))
            .load(c)?;
        let roles = cohort_roles::table
            .filter(cohort_roles::cohort.eq(cohort.0))
            .order((cohort_roles::position, cohort_roles::role))
            .select((cohort_roles::role, cohort_roles::revision, cohort_roles::target_level, cohort_roles::chosen))
            .load(c)?;
        (row, holidays, roles)
    });
    let holiday = |(first, last, name): HolidayRow| Holiday { first: Day::from_number(first), last: Day::from_number(last), name };
    let role = |(role, revision, target_level, chosen): RoleRow| {
        Ok(CohortRole { role, revision: RevisionId(revision), target_level, chosen: rows::from_json(&chosen)? })
    };
    let (holidays, roles) = (holidays.into_iter().map(holiday).collect(), roles.into_iter().map(role).collect::<Result<_>>()?);
    let Some(row) = row else { return Ok(SetUp { holidays, roles, ..SetUp::default() }) };
    let weekdays = u8::try_from(row.weekdays).ok().and_then(Weekdays::from_bits);
    Ok(SetUp {
        weekdays: weekdays.ok_or_else(|| Error::Machine(format!("{} are no weekdays", row.weekdays)))?,
        holidays,
        roles,
        rule: RuleChoice::try_from(row.rule).map_err(Error::Machine)?,
        measure: rows::word(&row.measure)?,
        band: rows::unsigned(row.band)?,
        silent_after: row.silent_after.map(rows::unsigned).transpose()?,
        waiting_after: row.waiting_after.map(rows::unsigned).transpose()?,
    })
}

/// Replaces the whole; the plan of a role that stays in it stays too. Fails with `NotThere("reference")` for a cohort or a
/// revision that is not there.
pub fn put_set_up(conn: &mut Conn<'_>, cohort: CohortId, set_up: &SetUp) -> Result<()> {
    let values = (
        cohort_setups::weekdays.eq(i32::from(set_up.weekdays.bits())),
        cohort_setups::rule.eq(String::from(set_up.rule.clone())),
        cohort_setups::measure.eq(set_up.measure.word()),
        cohort_setups::band.eq(rows::signed(set_up.band)?),
        cohort_setups::silent_after.eq(set_up.silent_after.map(rows::signed).transpose()?),
        cohort_setups::waiting_after.eq(set_up.waiting_after.map(rows::signed).transpose()?),
    );
    let kept: Vec<&str> = set_up.roles.iter().map(|role| role.role.as_str()).collect();
    on_backend!(conn, c => {
        diesel::insert_into(cohort_setups::table)
            .values((cohort_setups::cohort.eq(cohort.0), values.clone()))
            .on_conflict(cohort_setups::cohort)
            .do_update()
            .set(values)
            .execute(c)?;
        diesel::delete(cohort_holidays::table.filter(cohort_holidays::cohort.eq(cohort.0))).execute(c)?;
        for holiday in &set_up.holidays {
            diesel::insert_into(cohort_holidays::table)
                .values((
                    cohort_holidays::cohort.eq(cohort.0),
                    cohort_holidays::first_day.eq(holiday.first.number()),
                    cohort_holidays::last_day.eq(holiday.last.number()),
                    cohort_holidays::name.eq(&holiday.name),
                ))
                .execute(c)?;
        }
        let gone = cohort_roles::table.filter(cohort_roles::cohort.eq(cohort.0)).filter(cohort_roles::role.ne_all(kept));
        diesel::delete(gone).execute(c)?;
        for (position, role) in set_up.roles.iter().enumerate() {
            let values = (
                cohort_roles::position.eq(position as i32),
                cohort_roles::revision.eq(role.revision.0),
                cohort_roles::target_level.eq(&role.target_level),
                cohort_roles::chosen.eq(rows::to_json(&role.chosen)?),
            );
            diesel::insert_into(cohort_roles::table)
                .values((cohort_roles::cohort.eq(cohort.0), cohort_roles::role.eq(&role.role), values.clone()))
                .on_conflict((cohort_roles::cohort, cohort_roles::role))
                .do_update()
                .set(values)
                .execute(c)?;
        }
    });
    Ok(())
}

fn word(is_group: bool) -> &'static str {
    if is_group { "group" } else { "requirement" }
}

/// The weeks that a lead chose for the parts of a role.
pub fn weeks(conn: &mut Conn<'_>, cohort: CohortId, role: &str) -> Result<BTreeMap<PartKey, u32>> {
    let rows: Vec<(String, String, i32)> = on_backend!(conn, c => cohort_plan::table
        .filter(cohort_plan::cohort.eq(cohort.0))
        .filter(cohort_plan::role.eq(role))
        .select((cohort_plan::kind, cohort_plan::item, cohort_plan::week))
        .load(c))?;
    let read = |(kind, id, week): (String, String, i32)| Ok((PartKey { is_group: kind == word(true), id }, rows::unsigned(week)?));
    rows.into_iter().map(read).collect()
}

/// Replaces them. Fails with `NotThere("reference")` for a role that the cohort does not follow.
pub fn put_weeks(conn: &mut Conn<'_>, cohort: CohortId, role: &str, weeks: &BTreeMap<PartKey, u32>) -> Result<()> {
    on_backend!(conn, c => {
        let old = cohort_plan::table.filter(cohort_plan::cohort.eq(cohort.0)).filter(cohort_plan::role.eq(role));
        diesel::delete(old).execute(c)?;
        for (part, week) in weeks {
            diesel::insert_into(cohort_plan::table)
                .values((
                    cohort_plan::cohort.eq(cohort.0),
                    cohort_plan::role.eq(role),
                    cohort_plan::kind.eq(word(part.is_group)),
                    cohort_plan::item.eq(&part.id),
                    cohort_plan::week.eq(rows::signed(*week)?),
                ))
                .execute(c)?;
        }
    });
    Ok(())
}
