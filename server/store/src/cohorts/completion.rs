//! What a cohort asks of who completes it, and what became of its learners.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::cohort::{CompletionRule, Outcome};
use domain::ids::{AccountId, CohortId};
use domain::time::{Day, Instant};

use crate::rows::{self, one};
use crate::schema::{completion_rules, member_outcomes};
use crate::{Conn, Error, Result};

/// The lead's word where nothing was set.
pub fn completion_rule(conn: &mut Conn<'_>, cohort: CohortId) -> Result<CompletionRule> {
    let row: Option<(Option<i32>, String, String, bool)> = on_backend!(conn, c => completion_rules::table
        .find(cohort.0)
        .select((completion_rules::readiness, completion_rules::measure, completion_rules::requirements, completion_rules::word))
        .first(c)
        .optional())?;
    let Some((readiness, measure, requirements, word)) = row else { return Ok(CompletionRule::default()) };
    Ok(CompletionRule {
        readiness: readiness.map(rows::unsigned).transpose()?,
        measure: rows::word(&measure)?,
        requirements: rows::from_json(&requirements)?,
        word,
    })
}

pub fn put_completion_rule(conn: &mut Conn<'_>, cohort: CohortId, rule: &CompletionRule) -> Result<()> {
    let values = (
        completion_rules::readiness.eq(rule.readiness.map(rows::signed).transpose()?),
        completion_rules::measure.eq(rule.measure.word()),
        completion_rules::requirements.eq(rows::to_json(&rule.requirements)?),
        completion_rules::word.eq(rule.word),
    );
    let put = on_backend!(conn, c => diesel::insert_into(completion_rules::table)
        .values((completion_rules::cohort.eq(cohort.0), values.clone()))
        .on_conflict(completion_rules::cohort)
        .do_update()
        .set(values)
        .execute(c));
    put.map_err(|why| Error::from(why).naming("cohort"))?;
    Ok(())
}

/// What became of a learner, by whom it was told, and since when its person consents that the cohort's leads see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeRow {
    pub outcome: Outcome,
    /// None: erased since.
    pub recorded_by: Option<AccountId>,
    pub recorded_at: Instant,
    pub consented_at: Option<Instant>,
}

/// Of all learners of a cohort of whom something was told.
pub fn outcomes(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, OutcomeRow>> {
    let found: Vec<Row> =
        on_backend!(conn, c => member_outcomes::table.filter(member_outcomes::cohort.eq(cohort.0)).select(Row::as_select()).load(c))?;
    found.into_iter().map(|row| Ok((AccountId(row.account), row.outcome()?))).collect()
}

/// Of one learner, in every cohort of theirs.
pub fn outcomes_of(conn: &mut Conn<'_>, account: AccountId) -> Result<HashMap<CohortId, OutcomeRow>> {
    let found: Vec<Row> =
        on_backend!(conn, c => member_outcomes::table.filter(member_outcomes::account.eq(account.0)).select(Row::as_select()).load(c))?;
    found.into_iter().map(|row| Ok((CohortId(row.cohort), row.outcome()?))).collect()
}

pub fn outcome(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<Option<OutcomeRow>> {
    let row: Option<Row> =
        on_backend!(conn, c => member_outcomes::table.find((cohort.0, account.0)).select(Row::as_select()).first(c).optional())?;
    row.map(Row::outcome).transpose()
}

/// Holds the member until the end of the transaction: of a learner and a lead who tell something at once the second one sees
/// what the first one told.
pub fn lock_outcome(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<Option<OutcomeRow>> {
    super::lock_member(conn, cohort, account)?;
    outcome(conn, cohort, account)
}

/// Puts what was told in place of what was told before.
pub fn put_outcome(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, row: &OutcomeRow) -> Result<()> {
    let values = (
        member_outcomes::kind.eq(row.outcome.kind.word()),
        member_outcomes::day.eq(row.outcome.day.number()),
        member_outcomes::title.eq(row.outcome.title.as_deref()),
        member_outcomes::employer.eq(row.outcome.employer.as_deref()),
        member_outcomes::recorded_by.eq(row.recorded_by.map(|account| account.0)),
        member_outcomes::recorded_at.eq(row.recorded_at.micros()),
        member_outcomes::consented_at.eq(row.consented_at.map(Instant::micros)),
    );
    let put = on_backend!(conn, c => diesel::insert_into(member_outcomes::table)
        .values((member_outcomes::cohort.eq(cohort.0), member_outcomes::account.eq(account.0), values))
        .on_conflict((member_outcomes::cohort, member_outcomes::account))
        .do_update()
        .set(values)
        .execute(c));
    put.map_err(|why| Error::from(why).naming("membership"))?;
    Ok(())
}

/// Gives or withdraws consent. Fails with `NotThere("outcome")` where nothing was told.
pub fn consent(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, at: Option<Instant>) -> Result<()> {
    let changed = on_backend!(conn, c => diesel::update(member_outcomes::table.find((cohort.0, account.0)))
        .set(member_outcomes::consented_at.eq(at.map(Instant::micros)))
        .execute(c))?;
    one(changed, "outcome")
}

/// Twice is fine.
pub fn remove_outcome(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<()> {
    on_backend!(conn, c => diesel::delete(member_outcomes::table.find((cohort.0, account.0))).execute(c))?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = member_outcomes, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    cohort: i64,
    account: i64,
    kind: String,
    day: i32,
    title: Option<String>,
    employer: Option<String>,
    recorded_by: Option<i64>,
    recorded_at: i64,
    consented_at: Option<i64>,
}

impl Row {
    fn outcome(self) -> Result<OutcomeRow> {
        Ok(OutcomeRow {
            outcome: Outcome { kind: rows::word(&self.kind)?, day: Day::from_number(self.day), title: self.title, employer: self.employer },
            recorded_by: self.recorded_by.map(AccountId),
            recorded_at: Instant::from_micros(self.recorded_at),
            consented_at: self.consented_at.map(Instant::from_micros),
        })
    }
}
