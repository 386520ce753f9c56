//! Schedules: whose digest is due, and what is decided then.

use diesel::prelude::*;
use domain::digest::DigestKind;
use domain::ids::AccountId;
use domain::schedule::{Due, Period, Rule};
use domain::time::Instant;

use super::{DueSchedule, OutboxState, Outcome, Planned, Schedule};
use crate::prepared::{Prepared, Value};
use crate::schema::{accounts, digest_schedules, outbox};
use crate::{Conn, Result, rows};

pub fn schedule(conn: &mut Conn<'_>, account: AccountId, kind: DigestKind) -> Result<Option<Schedule>> {
    type Columns = (String, Option<i64>, Option<String>, bool);
    let row: Option<Columns> = on_backend!(conn, c => digest_schedules::table
        .find((account.0, kind.word()))
        .select((
            digest_schedules::rule,
            digest_schedules::next_at,
            digest_schedules::next_period,
            digest_schedules::unsubscribed,
        ))
        .first(c)
        .optional())?;
    let Some((rule, at, period, unsubscribed)) = row else { return Ok(None) };
    let next = at.zip(period).map(|(at, period)| Due { at: Instant::from_micros(at), period: Period(period) });
    Ok(Some(Schedule { rule: rows::from_json(&rule)?, next, unsubscribed }))
}

/// Sets rule and next sending. While unsubscribed nothing is due, whatever `next` says.
pub fn set_schedule(
    conn: &mut Conn<'_>,
    account: AccountId,
    kind: DigestKind,
    rule: &Rule,
    next: Option<&Due>,
    unsubscribed: bool,
) -> Result<()> {
    let next = next.filter(|_| !unsubscribed);
    let rule = rows::to_json(rule)?;
    let (at, period) = (next.map(|due| due.at.micros()), next.map(|due| due.period.0.as_str()));
    on_backend!(conn, c => diesel::insert_into(digest_schedules::table)
        .values((
            digest_schedules::account.eq(account.0),
            digest_schedules::kind.eq(kind.word()),
            digest_schedules::rule.eq(&rule),
            digest_schedules::next_at.eq(at),
            digest_schedules::next_period.eq(period),
            digest_schedules::unsubscribed.eq(unsubscribed),
        ))
        .on_conflict((digest_schedules::account, digest_schedules::kind))
        .do_update()
        .set((
            digest_schedules::rule.eq(&rule),
            digest_schedules::next_at.eq(at),
            digest_schedules::next_period.eq(period),
            digest_schedules::unsubscribed.eq(unsubscribed),
        ))
        .execute(c))?;
    Ok(())
}

/// Schedules due at `now` or before, of accounts that are neither disabled nor erased, the longest overdue first.
pub fn due(conn: &mut Conn<'_>, now: Instant, limit: i64) -> Result<Vec<DueSchedule>> {
    type Columns = (i64, String, String, Option<i64>, Option<String>, String);
    let found: Vec<Columns> = on_backend!(conn, c => digest_schedules::table
        .inner_join(accounts::table)
        .filter(digest_schedules::next_at.le(now.micros()))
        .filter(digest_schedules::unsubscribed.eq(false))
        .filter(accounts::disabled.eq(false))
        .filter(accounts::erased_at.is_null())
        .order((digest_schedules::next_at, digest_schedules::account))
        .limit(limit)
        .select((
            digest_schedules::account,
            digest_schedules::kind,
            digest_schedules::rule,
            digest_schedules::next_at,
            digest_schedules::next_period,
            accounts::zone,
        ))
        .load(c))?;
    let schedule = |(account, kind, rule, at, period, zone): Columns| {
        Ok(DueSchedule {
            account: AccountId(account),
            kind: rows::word(&kind)?,
            rule: rows::from_json(&rule)?,
            zone: rows::zone(&zone),
            due_at: Instant::from_micros(at.unwrap_or_default()),
            period: Period(period.unwrap_or_default()),
        })
    };
    found.into_iter().map(schedule).collect()
}

/// Puts due work into the outbox and advances the schedule, together. False when the period was planned before: then
/// only the schedule advances. A schedule that no longer stands at `due_at` was changed or advanced by another server
/// and stays as it is.
pub fn plan(conn: &mut Conn<'_>, planned: &Planned) -> Result<bool> {
    let (state, message_id, reason) = match &planned.outcome {
        Outcome::Queue { message_id } => (OutboxState::Queued, message_id.as_str(), None),
        Outcome::Skip { why } => (OutboxState::Skipped, "", Some(why.as_str())),
    };
    let inserted = on_backend!(conn, c => diesel::insert_into(outbox::table)
        .values((
            outbox::recipient.eq(planned.account.0),
            outbox::kind.eq(planned.kind.word()),
            outbox::period.eq(&planned.period.0),
            outbox::message_id.eq(message_id),
            outbox::state.eq(state.word()),
            outbox::due_at.eq(planned.due_at.micros()),
            outbox::retry_at.eq(planned.due_at.micros()),
            outbox::reason.eq(reason),
            outbox::created_at.eq(planned.now.micros()),
        ))
        .on_conflict((outbox::recipient, outbox::kind, outbox::period))
        .do_nothing()
        .execute(c))?;
    const NEXT: &[&str] =
        &["UPDATE digest_schedules SET next_at = ", ", next_period = ", " WHERE account = ", " AND kind = ", " AND next_at = "];
    const LAST: &[&str] =
        &["UPDATE digest_schedules SET next_at = NULL, next_period = NULL WHERE account = ", " AND kind = ", " AND next_at = "];
    let [account, kind, at]: [Value<'_>; 3] = [planned.account.0.into(), planned.kind.word().into(), planned.due_at.micros().into()];
    on_backend!(conn, c => match &planned.next {
        Some(next) => {
            let (next_at, period) = (next.at.micros().into(), next.period.0.as_str().into());
            Prepared::<()>::new(NEXT, &[next_at, period, account, kind, at]).execute(c)
        }
        None => Prepared::<()>::new(LAST, &[account, kind, at]).execute(c),
    })?;
    Ok(inserted > 0)
}
