//! Alerts of a cohort, for its leads: what is switched on, what was raised, and putting one away.

use std::collections::{BTreeSet, HashMap};

use domain::cohort::{AlertSettings, Cohort};
use domain::ids::{AccountId, PublicId};
use serde_json::json;
use store::cohorts::{Alert, AlertFilter};

use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::Opened;
use crate::services::once::Outcome;
use crate::state::State;

/// Alerts, newest first.
pub struct Alerts {
    pub alerts: Vec<Alert>,
    /// Where older ones begin.
    pub next: Option<i64>,
}

pub async fn alert_settings(state: &State, opened: &Opened) -> Result<AlertSettings, Error> {
    let cohort = opened.cohort.id;
    Ok(state.store.read(move |conn| store::cohorts::alert_settings(conn, cohort)).await?)
}

/// At most `limit` at once. One about an entry that its learner withholds by now is not there.
pub async fn alerts(state: &State, opened: &Opened, open: bool, after: Option<i64>, limit: i64) -> Result<Alerts, Error> {
    let cohort = opened.cohort.id;
    let filter = AlertFilter { open, after, ..AlertFilter::default() };
    let (mut alerts, withheld) = state
        .store
        .read(move |conn| {
            let alerts = store::cohorts::alerts(conn, cohort, filter, limit + 1)?;
            Ok((alerts, store::cohorts::withheld(conn, cohort)?))
        })
        .await?;
    let more = alerts.len() as i64 > limit;
    alerts.truncate(usize::try_from(limit).unwrap_or_default());
    let next = alerts.last().filter(|_| more).map(|alert| alert.id);
    alerts.retain(|alert| is_seen(alert, &withheld));
    Ok(Alerts { alerts, next })
}

/// False for one about an entry that is withheld.
pub(in crate::services) fn is_seen(alert: &Alert, withheld: &HashMap<AccountId, BTreeSet<u32>>) -> bool {
    !alert.entry().is_some_and(|entry| withheld.get(&alert.account.id).is_some_and(|seqs| seqs.contains(&entry)))
}

/// Switches alerts on and off, inside a transaction.
pub fn change_alerts(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    settings: &AlertSettings,
) -> Result<Outcome<()>, store::Error> {
    store::cohorts::put_alert_settings(conn, cohort.id, settings)?;
    let AlertSettings { silent, behind, waiting, lapsing, quiet } = settings;
    let detail = json!({ "silent": silent, "behind": behind, "waiting": waiting, "lapsing": lapsing, "quiet": quiet });
    store::audit::append(conn, &actor.row("cohort.alerts", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(Ok(()))
}

/// Puts an alert away, inside a transaction. Twice is fine.
pub fn dismiss(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, id: PublicId) -> Result<Outcome<Alert>, store::Error> {
    let is_new = store::cohorts::alert(conn, cohort.id, id)?.dismissed_at.is_none();
    let alert = store::cohorts::dismiss_alert(conn, cohort.id, id, actor.account, actor.now)?;
    if is_new {
        let detail = json!({ "account": alert.account.public_id.to_string(), "kind": alert.event.kind.word() });
        store::audit::append(conn, &actor.row("cohort.alert.dismiss", format!("cohort:{}", cohort.public_id), detail))?;
    }
    Ok(Ok(alert))
}
