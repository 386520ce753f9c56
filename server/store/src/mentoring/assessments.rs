//! Assessments: who recorded which entry of a learner's ledger without a submission, and on what occasion.

use diesel::prelude::*;
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::{Entry, NewEntry};
use domain::mentoring::Occasion;
use domain::time::Instant;

use crate::schema::{assessments, evidence};
use crate::{Conn, Result, ledger, rows};

/// One entry of an act; all of one act have its batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    pub account: AccountId,
    pub entry: u32,
    pub batch: PublicId,
    pub occasion: Occasion,
    pub cohort: Option<CohortId>,
    /// None: the account was erased.
    pub by: Option<AccountId>,
    pub at: Instant,
    /// It was taken back.
    pub is_undone: bool,
}

/// Appends what was seen of a learner to their ledger, and keeps who saw it.
pub fn assess(
    conn: &mut Conn<'_>,
    learner: AccountId,
    new: &NewEntry,
    entry_id: PublicId,
    (batch, occasion): (PublicId, Occasion),
    (cohort, by): (CohortId, AccountId),
) -> Result<Entry> {
    let entry = ledger::append(conn, learner, new, entry_id)?;
    let seq = rows::signed(entry.seq)?;
    on_backend!(conn, c => diesel::insert_into(assessments::table)
        .values((
            assessments::account.eq(learner.0),
            assessments::seq.eq(seq),
            assessments::batch.eq(batch.bytes().as_slice()),
            assessments::kind.eq(occasion.word()),
            assessments::cohort.eq(cohort.0),
            assessments::by_account.eq(by.0),
            assessments::at.eq(new.recorded_at.micros()),
        ))
        .execute(c))?;
    Ok(entry)
}

/// Of a cohort, newest act first; entries of one act stay together. `limit` counts entries.
pub fn assessments_of(conn: &mut Conn<'_>, cohort: CohortId, limit: i64) -> Result<Vec<Assessed>> {
    let rows: Vec<Row> = on_backend!(conn, c => assessments::table
        .filter(assessments::cohort.eq(cohort.0))
        .order((assessments::at.desc(), assessments::batch, assessments::account))
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    told(conn, rows)
}

/// All of one act.
pub fn batch(conn: &mut Conn<'_>, cohort: CohortId, batch: PublicId) -> Result<Vec<Assessed>> {
    let rows: Vec<Row> = on_backend!(conn, c => assessments::table
        .filter(assessments::cohort.eq(cohort.0))
        .filter(assessments::batch.eq(batch.bytes().as_slice()))
        .order(assessments::account)
        .select(Row::as_select())
        .load(c))?;
    told(conn, rows)
}

fn told(conn: &mut Conn<'_>, rows: Vec<Row>) -> Result<Vec<Assessed>> {
    let accounts: Vec<i64> = rows.iter().map(|row| row.account).collect();
    let numbers: Vec<i32> = rows.iter().map(|row| row.seq).collect();
    let undone: Vec<(i64, Option<i32>)> = on_backend!(conn, c => evidence::table
        .filter(evidence::account.eq_any(accounts))
        .filter(evidence::retracts.eq_any(numbers))
        .select((evidence::account, evidence::retracts))
        .load(c))?;
    rows.into_iter()
        .map(|row| {
            Ok(Assessed {
                account: AccountId(row.account),
                entry: rows::unsigned(row.seq)?,
                batch: rows::public_id(&row.batch)?,
                occasion: rows::word(&row.kind)?,
                cohort: row.cohort.map(CohortId),
                by: row.by_account.map(AccountId),
                at: Instant::from_micros(row.at),
                is_undone: undone.contains(&(row.account, Some(row.seq))),
            })
        })
        .collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = assessments, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    account: i64,
    seq: i32,
    batch: Vec<u8>,
    kind: String,
    cohort: Option<i64>,
    by_account: Option<i64>,
    at: i64,
}
