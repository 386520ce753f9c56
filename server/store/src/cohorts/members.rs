//! Members: their spans, and what of the plan is their own.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::account::Account;
use domain::cohort::{MemberState, Membership, Span, Standing, Terms};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::{Day, Instant};

use super::MemberRow;
use crate::rows::{self, one};
use crate::schema::{accounts, member_spans, member_terms, memberships, paths, withheld_entries};
use crate::{Conn, Error, Result};

/// Who writes a member's history, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub by: Option<AccountId>,
    pub at: Instant,
}

/// Adds an active member; who is in it already gets the new standing and is active again. The day is that of the cohort's
/// zone.
pub fn add_member(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, standing: Standing, now: Instant) -> Result<Membership> {
    let active = MemberState::Active;
    let before: Option<String> = on_backend!(conn, c =>
        memberships::table.find((cohort.0, account.0)).select(memberships::state).first(c).optional())?;
    on_backend!(conn, c => diesel::insert_into(memberships::table)
        .values((
            memberships::cohort.eq(cohort.0),
            memberships::account.eq(account.0),
            memberships::standing.eq(standing.word()),
            memberships::state.eq(active.word()),
            memberships::since.eq(now.micros()),
        ))
        .on_conflict((memberships::cohort, memberships::account))
        .do_update()
        .set((memberships::standing.eq(standing.word()), memberships::state.eq(active.word())))
        .execute(c))?;
    if before.as_deref() != Some(active.word()) {
        let first_day = now.day_in(&super::by_id(conn, cohort)?.zone);
        let span = Span { state: active, first_day, reason: None, moved_to: None };
        add_span(conn, cohort, account, &span, Written { by: None, at: now })?;
    }
    Ok(Membership { cohort, account, standing, state: active })
}

/// Adds a span that holds from now on. That it follows the last one is for the caller to see to, behind [`lock_member`].
pub fn add_span(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, span: &Span, written: Written) -> Result<()> {
    let changed = on_backend!(conn, c =>
        diesel::update(memberships::table.find((cohort.0, account.0))).set(memberships::state.eq(span.state.word())).execute(c))?;
    one(changed, "membership")?;
    on_backend!(conn, c => diesel::insert_into(member_spans::table)
        .values((
            member_spans::cohort.eq(cohort.0),
            member_spans::account.eq(account.0),
            member_spans::state.eq(span.state.word()),
            member_spans::first_day.eq(span.first_day.number()),
            member_spans::reason.eq(span.reason.as_deref()),
            member_spans::moved_to.eq(span.moved_to.map(|cohort| cohort.0)),
            member_spans::recorded_by.eq(written.by.map(|account| account.0)),
            member_spans::recorded_at.eq(written.at.micros()),
        ))
        .execute(c))?;
    Ok(())
}

/// Holds the member until the end of the transaction and gives the spans: whoever changes the same member meanwhile waits
/// and then sees what was written. Fails with `NotThere("membership")`.
pub fn lock_member(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<Vec<Span>> {
    let locked = on_backend!(conn, c =>
        diesel::update(memberships::table.find((cohort.0, account.0))).set(memberships::since.eq(memberships::since)).execute(c))?;
    one(locked, "membership")?;
    spans(conn, cohort, account)
}

/// A member by the account's public id; tombstones have no memberships. Fails with `NotThere("member")`.
pub fn find_member(conn: &mut Conn<'_>, cohort: CohortId, account: PublicId) -> Result<(Account, Membership)> {
    let row: Option<(crate::accounts::Row, MemberRow)> = on_backend!(conn, c => memberships::table
        .inner_join(accounts::table)
        .filter(memberships::cohort.eq(cohort.0))
        .filter(accounts::public_id.eq(account.bytes().as_slice()))
        .select((crate::accounts::Row::as_select(), MemberRow::as_select()))
        .first(c)
        .optional())?;
    let (account, member) = row.ok_or(Error::NotThere("member"))?;
    Ok((account.account()?, member.membership()?))
}

/// Of one member, in the order in which they hold.
pub fn spans(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<Vec<Span>> {
    let rows: Vec<SpanRow> = on_backend!(conn, c => member_spans::table
        .filter(member_spans::cohort.eq(cohort.0))
        .filter(member_spans::account.eq(account.0))
        .order(member_spans::id)
        .select(SpanRow::as_select())
        .load(c))?;
    rows.into_iter().map(|row| Ok(row.span()?.1)).collect()
}

/// Of everybody.
pub fn all_spans(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, Vec<Span>>> {
    let rows: Vec<SpanRow> = on_backend!(conn, c => member_spans::table
        .filter(member_spans::cohort.eq(cohort.0))
        .order(member_spans::id)
        .select(SpanRow::as_select())
        .load(c))?;
    let mut of: HashMap<AccountId, Vec<Span>> = HashMap::new();
    for row in rows {
        let (account, span) = row.span()?;
        of.entry(account).or_default().push(span);
    }
    Ok(of)
}

/// Of all learners of a cohort; who is not in it has the defaults.
pub fn terms(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, Terms>> {
    type Row = (i64, Option<i32>, i32, i32, Option<i64>);
    let rows: Vec<Row> = on_backend!(conn, c => member_terms::table
        .filter(member_terms::cohort.eq(cohort.0))
        .select((
            member_terms::account,
            member_terms::starts_on,
            member_terms::factor,
            member_terms::extension,
            member_terms::mentor,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(account, starts_on, factor, extension, mentor)| {
            let terms = Terms {
                starts_on: starts_on.map(Day::from_number),
                factor: rows::unsigned(factor)?,
                extension: rows::unsigned(extension)?,
                mentor: mentor.map(AccountId),
            };
            Ok((AccountId(account), terms))
        })
        .collect()
}

/// Fails with `NotThere("membership")`.
pub fn put_terms(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, terms: &Terms) -> Result<()> {
    let values = (
        member_terms::starts_on.eq(terms.starts_on.map(Day::number)),
        member_terms::factor.eq(rows::signed(terms.factor)?),
        member_terms::extension.eq(rows::signed(terms.extension)?),
        member_terms::mentor.eq(terms.mentor.map(|mentor| mentor.0)),
    );
    let put = on_backend!(conn, c => diesel::insert_into(member_terms::table)
        .values((member_terms::cohort.eq(cohort.0), member_terms::account.eq(account.0), values))
        .on_conflict((member_terms::cohort, member_terms::account))
        .do_update()
        .set(values)
        .execute(c));
    put.map_err(|why| Error::from(why).naming("membership"))?;
    Ok(())
}

/// How many active learners have a mentor as their own.
pub fn mentors_load(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, usize>> {
    let terms = terms(conn, cohort)?;
    let active: Vec<i64> = on_backend!(conn, c => memberships::table
        .filter(memberships::cohort.eq(cohort.0))
        .filter(memberships::standing.eq(Standing::Learner.word()))
        .filter(memberships::state.eq(MemberState::Active.word()))
        .select(memberships::account)
        .load(c))?;
    let mut load = HashMap::new();
    for mentor in active.into_iter().filter_map(|account| terms.get(&AccountId(account))?.mentor) {
        *load.entry(mentor).or_default() += 1;
    }
    Ok(load)
}

/// Takes a learner to another cohort: the span there ends with one that says where to, paths go along with all that hangs
/// on them, and what was withheld stays withheld. The learner is a new member there, with terms of the new cohort.
pub fn move_member(
    conn: &mut Conn<'_>,
    account: AccountId,
    (from, to): (CohortId, CohortId),
    last: &Span,
    written: Written,
) -> Result<Membership> {
    add_span(conn, from, account, &Span { moved_to: Some(to), ..last.clone() }, written)?;
    let member = add_member(conn, to, account, Standing::Learner, written.at)?;
    on_backend!(conn, c => {
        diesel::update(paths::table.filter(paths::account.eq(account.0)).filter(paths::cohort.eq(from.0)))
            .set(paths::cohort.eq(to.0))
            .execute(c)?;
        let withheld: Vec<i32> = withheld_entries::table
            .filter(withheld_entries::cohort.eq(from.0))
            .filter(withheld_entries::account.eq(account.0))
            .select(withheld_entries::seq)
            .load(c)?;
        for seq in withheld {
            diesel::insert_into(withheld_entries::table)
                .values((withheld_entries::cohort.eq(to.0), withheld_entries::account.eq(account.0), withheld_entries::seq.eq(seq)))
                .on_conflict_do_nothing()
                .execute(c)?;
        }
    });
    Ok(member)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = member_spans, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct SpanRow {
    account: i64,
    state: String,
    first_day: i32,
    reason: Option<String>,
    moved_to: Option<i64>,
}

impl SpanRow {
    fn span(self) -> Result<(AccountId, Span)> {
        let span = Span {
            state: rows::word(&self.state)?,
            first_day: Day::from_number(self.first_day),
            reason: self.reason,
            moved_to: self.moved_to.map(CohortId),
        };
        Ok((AccountId(self.account), span))
    }
}
