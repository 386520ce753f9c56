//! Alerts: what a lead switched on, and what was raised, once an event whoever of several servers looks.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::account::Account;
use domain::cohort::{AlertKind, AlertSettings, Event, KnownAlert};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::{Day, Instant, Zone};

use crate::rows::{self, one};
use crate::schema::{accounts, alert_settings, cohort_alerts, cohorts};
use crate::{Conn, Error, Result};

/// What is switched on in a cohort; all off where nothing was set.
pub fn alert_settings(conn: &mut Conn<'_>, cohort: CohortId) -> Result<AlertSettings> {
    let row: Option<SettingsRow> =
        on_backend!(conn, c => alert_settings::table.find(cohort.0).select(SettingsRow::as_select()).first(c).optional())?;
    row.map_or_else(|| Ok(AlertSettings::default()), |row| row.settings())
}

/// Sets them; the next round of the jobs looks by them, also where this day was looked at already.
pub fn put_alert_settings(conn: &mut Conn<'_>, cohort: CohortId, settings: &AlertSettings) -> Result<()> {
    let limit = |kind| settings.limit(kind).map(rows::signed).transpose();
    let values = (
        alert_settings::silent.eq(limit(AlertKind::Silent)?),
        alert_settings::behind.eq(limit(AlertKind::Behind)?),
        alert_settings::waiting.eq(limit(AlertKind::Waiting)?),
        alert_settings::lapsing.eq(limit(AlertKind::Lapsing)?),
        alert_settings::quiet.eq(rows::signed(settings.quiet)?),
        alert_settings::looked_through.eq(None::<i32>),
    );
    let put = on_backend!(conn, c => diesel::insert_into(alert_settings::table)
        .values((alert_settings::cohort.eq(cohort.0), alert_settings::version.eq(1_i64), values))
        .on_conflict(alert_settings::cohort)
        .do_update()
        .set((values, alert_settings::version.eq(alert_settings::version + 1)))
        .execute(c));
    put.map_err(|why| Error::from(why).naming("cohort"))?;
    Ok(())
}

/// A cohort whose alerts may have to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertsDue {
    pub cohort: CohortId,
    pub zone: Zone,
    pub settings: AlertSettings,
    /// Of the settings.
    pub version: i64,
    pub looked_through: Option<Day>,
}

/// Every cohort with settings, those that switched all off again too: what is open there is over.
pub fn alerts_due(conn: &mut Conn<'_>) -> Result<Vec<AlertsDue>> {
    let found: Vec<(SettingsRow, String)> = on_backend!(conn, c => alert_settings::table
        .inner_join(cohorts::table)
        .order(alert_settings::cohort)
        .select((SettingsRow::as_select(), cohorts::zone))
        .load(c))?;
    let due = |(row, zone): (SettingsRow, String)| {
        Ok(AlertsDue {
            cohort: CohortId(row.cohort),
            zone: rows::zone(&zone),
            version: row.version,
            looked_through: row.looked_through.map(Day::from_number),
            settings: row.settings()?,
        })
    };
    found.into_iter().map(due).collect()
}

/// All that was ever raised in a cohort, by learner, with the keys of their rows, oldest first.
pub fn known_alerts(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, Vec<(i64, KnownAlert)>>> {
    type Columns = (i64, i64, String, String, i32, Option<i32>);
    let found: Vec<Columns> = on_backend!(conn, c => cohort_alerts::table
        .filter(cohort_alerts::cohort.eq(cohort.0))
        .order(cohort_alerts::id)
        .select((
            cohort_alerts::id,
            cohort_alerts::account,
            cohort_alerts::kind,
            cohort_alerts::event,
            cohort_alerts::raised_on,
            cohort_alerts::over_on,
        ))
        .load(c))?;
    let mut of: HashMap<AccountId, Vec<(i64, KnownAlert)>> = HashMap::new();
    for (id, account, kind, key, raised_on, over_on) in found {
        let alert = KnownAlert { kind: rows::word(&kind)?, key, raised_on: Day::from_number(raised_on), is_over: over_on.is_some() };
        of.entry(AccountId(account)).or_default().push((id, alert));
    }
    Ok(of)
}

/// An event to be raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAlert {
    pub public_id: PublicId,
    pub account: AccountId,
    pub event: Event,
}

/// What a look at a whole cohort came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raising {
    pub cohort: CohortId,
    /// Of the settings by which it was looked.
    pub version: i64,
    /// The day at whose end.
    pub through: Day,
    pub raised: Vec<NewAlert>,
    /// Keys of rows.
    pub over: Vec<i64>,
    pub at: Instant,
}

/// Keeps what a look came to; how many alerts are new. None where that day was looked at by now, or the settings are
/// others: the first one counts. Learners who left meanwhile are passed over.
pub fn note_alerts(conn: &mut Conn<'_>, raising: &Raising) -> Result<Option<usize>> {
    let through = raising.through.number();
    // Whoever comes at the same time waits here, and then finds that the day was looked at.
    let mine = on_backend!(conn, c => diesel::update(
            alert_settings::table
                .find(raising.cohort.0)
                .filter(alert_settings::version.eq(raising.version))
                .filter(alert_settings::looked_through.is_null().or(alert_settings::looked_through.lt(through).assume_not_null())),
        )
        .set(alert_settings::looked_through.eq(through))
        .execute(c))?;
    if mine == 0 {
        return Ok(None);
    }
    let raised_on = raising.through.plus(1).number();
    let members: Vec<i64> = super::memberships_of(conn, raising.cohort)?;
    let mut new = 0;
    for alert in raising.raised.iter().filter(|alert| members.contains(&alert.account.0)) {
        new += on_backend!(conn, c => diesel::insert_into(cohort_alerts::table)
            .values((
                cohort_alerts::public_id.eq(alert.public_id.bytes().as_slice()),
                cohort_alerts::cohort.eq(raising.cohort.0),
                cohort_alerts::account.eq(alert.account.0),
                cohort_alerts::kind.eq(alert.event.kind.word()),
                cohort_alerts::event.eq(&alert.event.key),
                cohort_alerts::figure.eq(rows::signed(alert.event.figure)?),
                cohort_alerts::day.eq(alert.event.day.number()),
                cohort_alerts::raised_on.eq(raised_on),
                cohort_alerts::raised_at.eq(raising.at.micros()),
            ))
            .on_conflict((cohort_alerts::cohort, cohort_alerts::account, cohort_alerts::kind, cohort_alerts::event))
            .do_nothing()
            .execute(c))?;
    }
    let over = cohort_alerts::table.filter(cohort_alerts::id.eq_any(&raising.over)).filter(cohort_alerts::over_on.is_null());
    on_backend!(conn, c => diesel::update(over).set(cohort_alerts::over_on.eq(raised_on)).execute(c))?;
    Ok(Some(new))
}

/// An alert as it was raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub id: i64,
    pub public_id: PublicId,
    pub account: Account,
    pub event: Event,
    pub raised_on: Day,
    pub raised_at: Instant,
    pub over_on: Option<Day>,
    pub dismissed_at: Option<Instant>,
}

impl Alert {
    pub fn is_open(&self) -> bool {
        self.over_on.is_none() && self.dismissed_at.is_none()
    }

    /// The entry that it is about, for kinds that are about one.
    pub fn entry(&self) -> Option<u32> {
        matches!(self.event.kind, AlertKind::Waiting | AlertKind::Lapsing).then(|| self.event.key.parse().ok()).flatten()
    }
}

/// Which alerts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertFilter {
    /// Neither over nor dismissed; else all.
    pub open: bool,
    /// About that learner.
    pub account: Option<AccountId>,
    /// Raised later than that.
    pub since: Option<Instant>,
    /// Behind that row, as they are listed.
    pub after: Option<i64>,
}

/// Of a cohort, newest first.
pub fn alerts(conn: &mut Conn<'_>, cohort: CohortId, filter: AlertFilter, limit: i64) -> Result<Vec<Alert>> {
    let found: Vec<(Row, crate::accounts::Row)> = on_backend!(conn, c => {
        let mut query = cohort_alerts::table
            .inner_join(accounts::table)
            .filter(cohort_alerts::cohort.eq(cohort.0))
            .filter(cohort_alerts::id.lt(filter.after.unwrap_or(i64::MAX)))
            .order(cohort_alerts::id.desc())
            .limit(limit)
            .select((Row::as_select(), crate::accounts::Row::as_select()))
            .into_boxed();
        if filter.open {
            query = query.filter(cohort_alerts::over_on.is_null()).filter(cohort_alerts::dismissed_at.is_null());
        }
        if let Some(account) = filter.account {
            query = query.filter(cohort_alerts::account.eq(account.0));
        }
        if let Some(since) = filter.since {
            query = query.filter(cohort_alerts::raised_at.gt(since.micros()));
        }
        query.load(c)
    })?;
    found.into_iter().map(|(row, account)| row.alert(account.account()?)).collect()
}

/// All that were ever raised about a learner, newest first.
pub fn alerts_about(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId) -> Result<Vec<Alert>> {
    alerts(conn, cohort, AlertFilter { account: Some(account), ..AlertFilter::default() }, i64::MAX)
}

/// One alert of a cohort. Fails with `NotThere("alert")`.
pub fn alert(conn: &mut Conn<'_>, cohort: CohortId, public_id: PublicId) -> Result<Alert> {
    let found: Option<(Row, crate::accounts::Row)> = on_backend!(conn, c => cohort_alerts::table
        .inner_join(accounts::table)
        .filter(cohort_alerts::cohort.eq(cohort.0))
        .filter(cohort_alerts::public_id.eq(public_id.bytes().as_slice()))
        .select((Row::as_select(), crate::accounts::Row::as_select()))
        .first(c)
        .optional())?;
    let (row, account) = found.ok_or(Error::NotThere("alert"))?;
    row.alert(account.account()?)
}

/// Puts an alert away. Twice is fine: the first time counts. Fails with `NotThere("alert")`.
pub fn dismiss_alert(conn: &mut Conn<'_>, cohort: CohortId, public_id: PublicId, by: Option<AccountId>, now: Instant) -> Result<Alert> {
    let found = alert(conn, cohort, public_id)?;
    if found.dismissed_at.is_some() {
        return Ok(found);
    }
    let changed = on_backend!(conn, c => diesel::update(cohort_alerts::table.find(found.id))
        .set((cohort_alerts::dismissed_by.eq(by.map(|by| by.0)), cohort_alerts::dismissed_at.eq(now.micros())))
        .execute(c))?;
    one(changed, "alert")?;
    Ok(Alert { dismissed_at: Some(now), ..found })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = alert_settings, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct SettingsRow {
    cohort: i64,
    silent: Option<i32>,
    behind: Option<i32>,
    waiting: Option<i32>,
    lapsing: Option<i32>,
    quiet: i32,
    version: i64,
    looked_through: Option<i32>,
}

impl SettingsRow {
    fn settings(&self) -> Result<AlertSettings> {
        Ok(AlertSettings {
            silent: self.silent.map(rows::unsigned).transpose()?,
            behind: self.behind.map(rows::unsigned).transpose()?,
            waiting: self.waiting.map(rows::unsigned).transpose()?,
            lapsing: self.lapsing.map(rows::unsigned).transpose()?,
            quiet: rows::unsigned(self.quiet)?,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = cohort_alerts, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    kind: String,
    event: String,
    figure: i32,
    day: i32,
    raised_on: i32,
    raised_at: i64,
    over_on: Option<i32>,
    dismissed_at: Option<i64>,
}

impl Row {
    fn alert(self, account: Account) -> Result<Alert> {
        Ok(Alert {
            id: self.id,
            public_id: rows::public_id(&self.public_id)?,
            account,
            event: Event {
                kind: rows::word(&self.kind)?,
                key: self.event,
                figure: rows::unsigned(self.figure)?,
                day: Day::from_number(self.day),
            },
            raised_on: Day::from_number(self.raised_on),
            raised_at: Instant::from_micros(self.raised_at),
            over_on: self.over_on.map(Day::from_number),
            dismissed_at: self.dismissed_at.map(Instant::from_micros),
        })
    }
}
