//! Cohorts, what is set up for them, and who is in them.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::account::{Account, CleanName};
use domain::cohort::{Cohort, Frame, MemberState, Membership, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::{Day, Instant, Zone};

use crate::rows::{self, one};
use crate::schema::{accounts, cohorts, memberships};
use crate::{Conn, Error, Result};

mod alerts;
mod attending;
mod board;
mod completion;
mod dates;
mod members;
mod report;
mod set_up;

pub use alerts::{
    Alert, AlertFilter, AlertsDue, NewAlert, Raising, alert, alert_settings, alerts, alerts_about, alerts_due, dismiss_alert, known_alerts,
    note_alerts, put_alert_settings,
};
pub use attending::{AtHand, Attending, Needs};
pub use board::{BoardFacts, Learner, StandFacts, Wanted, board, brought, ledgers, stand_facts, withheld, withhold, withhold_all};
pub use completion::{
    OutcomeRow, completion_rule, consent, lock_outcome, outcome, outcomes, outcomes_of, put_completion_rule, put_outcome, remove_outcome,
};
pub use dates::{lock_end, move_paths_ending_on, paths_ending_on};
pub use members::{Written, add_member, add_span, all_spans, find_member, lock_member, mentors_load, move_member, put_terms, spans, terms};
pub use report::{OwnEntry, PastFacts, past};
pub use set_up::{put_set_up, put_weeks, set_up, weeks};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCohort {
    pub public_id: PublicId,
    pub name: CleanName,
    pub starts_on: Day,
    pub ends_on: Day,
    pub zone: Zone,
    pub created_at: Instant,
}

/// Fails with `cohort_name_taken`.
pub fn create(conn: &mut Conn<'_>, new: &NewCohort) -> Result<Cohort> {
    let row: Row = on_backend!(conn, c => diesel::insert_into(cohorts::table)
        .values((
            cohorts::public_id.eq(new.public_id.bytes().as_slice()),
            cohorts::name.eq(new.name.as_str()),
            cohorts::starts_on.eq(new.starts_on.number()),
            cohorts::ends_on.eq(new.ends_on.number()),
            cohorts::zone.eq(new.zone.name()),
            cohorts::created_at.eq(new.created_at.micros()),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.cohort()
}

/// Gives it another name, other dates or another zone. Fails with `cohort_name_taken`.
pub fn set_frame(conn: &mut Conn<'_>, id: CohortId, frame: &Frame) -> Result<()> {
    let changed = on_backend!(conn, c => diesel::update(cohorts::table.find(id.0))
        .set((
            cohorts::name.eq(frame.name.as_str()),
            cohorts::starts_on.eq(frame.starts_on.number()),
            cohorts::ends_on.eq(frame.ends_on.number()),
            cohorts::zone.eq(frame.zone.name()),
        ))
        .execute(c))?;
    one(changed, "cohort")
}

pub fn by_id(conn: &mut Conn<'_>, id: CohortId) -> Result<Cohort> {
    let row: Option<Row> = on_backend!(conn, c => cohorts::table.find(id.0).select(Row::as_select()).first(c).optional())?;
    row.ok_or(Error::NotThere("cohort"))?.cohort()
}

pub fn by_public_id(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Cohort> {
    let row: Option<Row> = on_backend!(conn, c => cohorts::table
        .filter(cohorts::public_id.eq(public_id.bytes().as_slice()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(Error::NotThere("cohort"))?.cohort()
}

/// All, the latest start first.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<Cohort>> {
    let rows: Vec<Row> =
        on_backend!(conn, c => cohorts::table.order((cohorts::starts_on.desc(), cohorts::id.desc())).select(Row::as_select()).load(c))?;
    rows.into_iter().map(Row::cohort).collect()
}

/// Those with more learners than that, whatever their state, the newest first, and how many.
pub fn with_more_learners(conn: &mut Conn<'_>, than: usize) -> Result<Vec<(Cohort, usize)>> {
    let least = i64::try_from(than).unwrap_or(i64::MAX);
    let (rows, counts): (Vec<Row>, HashMap<i64, i64>) = on_backend!(conn, c => {
        let counts: Vec<(i64, i64)> = memberships::table
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .group_by(memberships::cohort)
            .having(diesel::dsl::count_star().gt(least))
            .select((memberships::cohort, diesel::dsl::count_star()))
            .load(c)?;
        let large = cohorts::id.eq_any(counts.iter().map(|(cohort, _)| *cohort));
        (cohorts::table.filter(large).order(cohorts::id.desc()).select(Row::as_select()).load(c)?, counts.into_iter().collect())
    });
    let counted = |row: Row| {
        let count = counts.get(&row.id).and_then(|count| usize::try_from(*count).ok()).unwrap_or_default();
        Ok((row.cohort()?, count))
    };
    rows.into_iter().map(counted).collect()
}

/// Of one account, by cohort.
pub fn memberships(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Membership>> {
    let rows: Vec<MemberRow> = on_backend!(conn, c => memberships::table
        .filter(memberships::account.eq(account.0))
        .order(memberships::cohort)
        .select(MemberRow::as_select())
        .load(c))?;
    rows.into_iter().map(MemberRow::membership).collect()
}

/// Of one cohort, by name; tombstones have no memberships.
pub fn members(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<(Account, Membership)>> {
    let rows: Vec<(crate::accounts::Row, MemberRow)> = on_backend!(conn, c => memberships::table
        .inner_join(accounts::table)
        .filter(memberships::cohort.eq(cohort.0))
        .select((crate::accounts::Row::as_select(), MemberRow::as_select()))
        .load(c))?;
    let mut members: Vec<(Account, Membership)> =
        rows.into_iter().map(|(account, member)| Ok((account.account()?, member.membership()?))).collect::<Result<_>>()?;
    // here and not in SQL: the databases sort letters beyond ASCII differently
    members.sort_by_cached_key(|(account, _)| (account.name.as_str().to_lowercase(), account.id));
    Ok(members)
}

/// Keys of the accounts of a cohort's members.
fn memberships_of(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<i64>> {
    Ok(on_backend!(conn, c => memberships::table.filter(memberships::cohort.eq(cohort.0)).select(memberships::account).load(c))?)
}

/// A cohort in which `viewer` is an active mentor or lead and `learner` a learner; the newest where there are several.
pub fn shared_cohort(conn: &mut Conn<'_>, viewer: AccountId, learner: AccountId) -> Result<Option<CohortId>> {
    let guides = [Standing::Mentor.word(), Standing::Lead.word()];
    let found: Option<i64> = on_backend!(conn, c => {
        let guided = memberships::table
            .filter(memberships::account.eq(viewer.0))
            .filter(memberships::state.eq(MemberState::Active.word()))
            .filter(memberships::standing.eq_any(guides))
            .select(memberships::cohort)
            .load::<i64>(c)?;
        memberships::table
            .filter(memberships::account.eq(learner.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .filter(memberships::cohort.eq_any(guided))
            .order(memberships::cohort.desc())
            .select(memberships::cohort)
            .first(c)
            .optional()
    })?;
    Ok(found.map(CohortId))
}

/// Whether anybody but `learner` is an active mentor or lead there, with an account that is not disabled.
pub fn has_guide(conn: &mut Conn<'_>, cohort: CohortId, learner: AccountId) -> Result<bool> {
    // Not `eq_any`: a list of any length is parsed anew each time, and every page of a path in a cohort asks this.
    let guides = memberships::standing.eq(Standing::Mentor.word()).or(memberships::standing.eq(Standing::Lead.word()));
    let found: Option<i64> = on_backend!(conn, c => memberships::table
        .inner_join(accounts::table)
        .filter(memberships::cohort.eq(cohort.0))
        .filter(memberships::account.ne(learner.0))
        .filter(memberships::state.eq(MemberState::Active.word()))
        .filter(guides)
        .filter(accounts::disabled.eq(false))
        .select(memberships::account)
        .first(c)
        .optional())?;
    Ok(found.is_some())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = cohorts, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    name: String,
    starts_on: i32,
    ends_on: i32,
    zone: String,
}

impl Row {
    fn cohort(self) -> Result<Cohort> {
        Ok(Cohort {
            id: CohortId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            name: rows::clean_name(&self.name)?,
            starts_on: Day::from_number(self.starts_on),
            ends_on: Day::from_number(self.ends_on),
            zone: rows::zone(&self.zone),
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = memberships, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct MemberRow {
    cohort: i64,
    account: i64,
    standing: String,
    state: String,
}

impl MemberRow {
    fn membership(self) -> Result<Membership> {
        Ok(Membership {
            cohort: CohortId(self.cohort),
            account: AccountId(self.account),
            standing: rows::word(&self.standing)?,
            state: rows::word(&self.state)?,
        })
    }
}
