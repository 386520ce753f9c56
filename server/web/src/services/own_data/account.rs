//! Who the person is here, what they were sent, and how they come in.

use domain::account::Account;
use domain::digest::DigestKind;
use domain::schedule::Rule;
use serde_json::{Value, json};
use store::audit::AuditFilter;

use super::{Arriving, Finding};

/// Rows of the audit that are in memory at once.
const PAGE: i64 = 500;

pub(super) fn profile(_: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    Ok(json!({
        "id": account.public_id,
        "username": account.username,
        "name": account.name,
        "mail": account.mail,
        "language": account.language,
        "zone": account.zone,
        "theme": account.theme,
        "admin": account.is_admin,
        "created_at": account.created_at,
    }))
}

pub(super) fn digest(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let mut schedules = serde_json::Map::new();
    for kind in DigestKind::ALL {
        if let Some(schedule) = store::digests::schedule(conn, account.id, *kind)? {
            schedules.insert(kind.word().to_owned(), json!({ "rule": schedule.rule, "unsubscribed": schedule.unsubscribed }));
        }
    }
    Ok(Value::Object(schedules))
}

/// A schedule that was set here stays; one that is taken along goes by the zone of here.
pub(super) fn import_digest(conn: &mut store::Conn<'_>, arriving: &Arriving, value: Value) -> store::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for kind in DigestKind::ALL {
        let Some(moved) = value.get(kind.word()) else { continue };
        let Ok(rule) = serde_json::from_value::<Rule>(moved["rule"].clone()) else {
            findings.push(Finding::refused(format!("digest.{}", kind.word()), "rule", "schedule_malformed"));
            continue;
        };
        if store::digests::schedule(conn, arriving.account.id, *kind)?.is_some() {
            findings.push(Finding::new("digest_known", kind.word(), 1));
            continue;
        }
        let unsubscribed = moved["unsubscribed"].as_bool().unwrap_or(false);
        let next = domain::schedule::next_due(rule, &arriving.account.zone, arriving.now);
        store::digests::set_schedule(conn, arriving.account.id, *kind, &rule, next.as_ref(), unsubscribed)?;
        findings.push(Finding::new("digest_new", kind.word(), 1));
    }
    Ok(findings)
}

pub(super) fn mails(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let rows = store::digests::for_account(conn, account.id, i64::MAX)?;
    let mails = rows.into_iter().map(|row| {
        json!({
            "kind": row.kind.word(),
            "period": row.period.0,
            "state": row.state.word(),
            "due_at": row.due_at,
            "sent_at": row.sent_at,
            "reason": row.reason,
        })
    });
    Ok(mails.collect())
}

pub(super) fn memberships(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let mut found = Vec::new();
    for membership in store::cohorts::memberships(conn, account.id)? {
        let cohort = store::cohorts::by_id(conn, membership.cohort)?;
        let spans: Vec<Value> = store::cohorts::spans(conn, cohort.id, account.id)?
            .into_iter()
            .map(|span| json!({ "state": span.state.word(), "since": span.first_day, "reason": span.reason }))
            .collect();
        let terms = store::cohorts::terms(conn, cohort.id)?.get(&account.id).copied().unwrap_or_default();
        let outcome = store::cohorts::outcome(conn, cohort.id, account.id)?.map(|row| {
            json!({
                "kind": row.outcome.kind.word(),
                "day": row.outcome.day,
                "title": row.outcome.title,
                "employer": row.outcome.employer,
                "told_by_oneself": row.recorded_by == Some(account.id),
                "told_at": row.recorded_at,
                "consented_at": row.consented_at,
            })
        });
        let alerts: Vec<Value> = store::cohorts::alerts_about(conn, cohort.id, account.id)?
            .into_iter()
            .map(|alert| {
                let event = alert.event;
                json!({ "kind": event.kind.word(), "figure": event.figure, "day": event.day, "raised_on": alert.raised_on, "over_on": alert.over_on })
            })
            .collect();
        let withheld = store::cohorts::withheld(conn, cohort.id)?.remove(&account.id).unwrap_or_default();
        found.push(json!({
            "cohort": cohort.name,
            "standing": membership.standing.word(),
            "state": membership.state.word(),
            "history": spans,
            "starts_on": terms.starts_on,
            "factor": terms.factor,
            "extension": terms.extension,
            "withheld_entries": withheld,
            "outcome": outcome,
            "alerts": alerts,
        }));
    }
    Ok(Value::Array(found))
}

pub(super) fn sessions(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let sessions = store::sessions::list(conn, account.id)?.into_iter().map(|session| {
        json!({
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "expires_at": session.expires_at,
            "user_agent": session.user_agent,
            "address": session.address,
        })
    });
    Ok(sessions.collect())
}

/// Without their secrets, which nobody has.
pub(super) fn tokens(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let tokens = store::tokens::list(conn, account.id)?.into_iter().map(|token| {
        json!({
            "name": token.name,
            "scope": token.scope.word(),
            "created_at": token.created_at,
            "expires_at": token.expires_at,
            "last_used_at": token.last_used_at,
            "revoked_at": token.revoked_at,
        })
    });
    Ok(tokens.collect())
}

/// The rows of the audit of what the person did, newest first.
pub(super) fn acts(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let own = AuditFilter { actor: Some(account.id), ..AuditFilter::default() };
    let (mut acts, mut after) = (Vec::new(), None);
    loop {
        let page = store::audit::search(conn, &own, after, PAGE)?;
        after = page.last().map(|(number, _)| *number);
        let last = (page.len() as i64) < PAGE;
        acts.extend(page.into_iter().map(|(_, row)| json!({ "at": row.at, "act": row.act, "subject": row.subject, "detail": row.detail })));
        if last {
            return Ok(Value::Array(acts));
        }
    }
}
