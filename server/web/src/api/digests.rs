//! Digests: schedule, preview, what was sent.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::digest::DigestKind;
use domain::schedule::{Cadence, Rule, TimeOfDay, Weekday, next_due};
use serde::{Deserialize, Serialize};
use store::digests::{OutboxRow, OutboxState, Schedule};
use utoipa::ToSchema;

use crate::api::{Listed, ok, word};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::{digests, guiding, once};
use crate::state::{Shared, State};

/// When the digest is sent, in the account's zone.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = DigestRule)]
#[serde(deny_unknown_fields)]
pub struct RuleJson {
    /// `off`, `daily`, `weekly`, `monthly`.
    cadence: String,
    /// For weekly: `monday` to `sunday`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekday: Option<String>,
    /// For monthly: 1 to 31; past the month's end means its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    /// `18:30`
    time: String,
}

impl RuleJson {
    fn rule(&self) -> Result<Rule, Error> {
        let time = word::<TimeOfDay>("time", &self.time)?;
        let cadence = match (self.cadence.as_str(), &self.weekday, self.day) {
            ("off", None, None) => Cadence::Off,
            ("daily", None, None) => Cadence::Daily,
            ("weekly", Some(weekday), None) => Cadence::Weekly { weekday: word::<Weekday>("weekday", weekday)? },
            ("monthly", None, Some(day)) => Cadence::Monthly { day },
            _ => return Err(Error::field("cadence", "schedule_malformed")),
        };
        digests::checked(Rule { cadence, time })
    }

    fn of(rule: Rule) -> Self {
        let (cadence, weekday, day) = match rule.cadence {
            Cadence::Off => ("off", None, None),
            Cadence::Daily => ("daily", None, None),
            Cadence::Weekly { weekday } => ("weekly", Some(weekday.word().to_owned()), None),
            Cadence::Monthly { day } => ("monthly", None, Some(day)),
        };
        Self { cadence: cadence.to_owned(), weekday, day, time: rule.time.to_string() }
    }
}

/// The schedule and what follows from it.
#[derive(Serialize, ToSchema)]
#[schema(as = DigestSchedule)]
pub struct ScheduleJson {
    /// Absent before it was chosen.
    rule: Option<RuleJson>,
    zone: String,
    unsubscribed: bool,
    next_at: Option<String>,
    /// `2026-11-22`, `2026-W47`, `2026-11`
    next_period: Option<String>,
}

pub async fn show(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let schedule = digests::schedule(&state, &who, DigestKind::Learner).await?;
    Ok(ok(&schedule_json(schedule, who.account.zone.name())))
}

fn schedule_json(schedule: Option<Schedule>, zone: &str) -> ScheduleJson {
    let next = schedule.as_ref().and_then(|schedule| schedule.next.clone());
    ScheduleJson {
        rule: schedule.as_ref().map(|schedule| RuleJson::of(schedule.rule)),
        zone: zone.to_owned(),
        unsubscribed: schedule.is_some_and(|schedule| schedule.unsubscribed),
        next_at: next.as_ref().map(|next| next.at.to_string()),
        next_period: next.map(|next| next.period.0),
    }
}

pub async fn set(state: Shared, who: SignedIn, body: Json<RuleJson>) -> Result<HttpResponse, Error> {
    let rule = body.value.rule()?;
    keep(&state, &who, DigestKind::Learner, rule, body.once).await
}

/// The schedule of one's digest about the learners that one guides.
pub async fn show_mentor(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let schedule = digests::schedule(&state, &who, DigestKind::Mentor).await?;
    Ok(ok(&schedule_json(schedule, who.account.zone.name())))
}

/// `weekly` or `off`.
pub async fn set_mentor(state: Shared, who: SignedIn, body: Json<RuleJson>) -> Result<HttpResponse, Error> {
    let rule = guiding::checked(body.value.rule()?)?;
    keep(&state, &who, DigestKind::Mentor, rule, body.once).await
}

pub async fn preview_mentor(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let preview = guiding::preview(&state, &who).await?;
    Ok(ok(&PreviewJson {
        period: preview.period.0,
        silent: preview.digest.is_silent(),
        subject: preview.letter.subject,
        text: preview.letter.text,
        html: preview.letter.html,
    }))
}

async fn keep(state: &State, who: &SignedIn, kind: DigestKind, rule: Rule, once: Once) -> Result<HttpResponse, Error> {
    let (id, zone) = (who.account.id, who.account.zone.clone());
    let next = next_due(rule, &zone, state.clock.now());
    once::write(state, id, once, StatusCode::OK, move |conn| {
        store::digests::set_schedule(conn, id, kind, &rule, next.as_ref(), false)?;
        Ok(Ok(ScheduleJson {
            rule: Some(RuleJson::of(rule)),
            zone: zone.name().to_owned(),
            unsubscribed: false,
            next_at: next.as_ref().map(|next| next.at.to_string()),
            next_period: next.as_ref().map(|next| next.period.0.clone()),
        }))
    })
    .await
}

/// The digest as it would be sent next.
#[derive(Serialize, ToSchema)]
#[schema(as = DigestPreview)]
pub struct PreviewJson {
    period: String,
    /// Nothing to say: no mail would be sent.
    silent: bool,
    subject: String,
    text: String,
    html: String,
}

pub async fn preview(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let preview = digests::preview(&state, &who).await?;
    Ok(ok(&PreviewJson {
        period: preview.period.0,
        silent: preview.digest.is_silent(),
        subject: preview.letter.subject,
        text: preview.letter.text,
        html: preview.letter.html,
    }))
}

/// A mail in the outbox.
#[derive(Serialize, ToSchema)]
#[schema(as = OutboxMail)]
pub struct OutboxJson {
    id: i64,
    kind: &'static str,
    period: String,
    /// `queued`, `sent`, `skipped`, `dead`.
    state: &'static str,
    due_at: String,
    attempts: u32,
    /// It may have been sent twice, with the same Message-ID.
    ambiguous: bool,
    sent_at: Option<String>,
    reason: Option<String>,
    message_id: String,
}

pub(crate) fn outbox_word(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Queued => "queued",
        OutboxState::Sent => "sent",
        OutboxState::Skipped => "skipped",
        OutboxState::Dead => "dead",
    }
}

impl From<OutboxRow> for OutboxJson {
    fn from(row: OutboxRow) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.word(),
            period: row.period.0,
            state: outbox_word(row.state),
            due_at: row.due_at.to_string(),
            attempts: row.attempts,
            ambiguous: row.ambiguous,
            sent_at: row.sent_at.map(|at| at.to_string()),
            reason: row.reason,
            message_id: row.message_id,
        }
    }
}

/// One's own, newest first, at most 100.
pub async fn outbox(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let rows = digests::outbox(&state, &who, 100).await?;
    Ok(ok(&Listed::whole(rows.into_iter().map(OutboxJson::from).collect())))
}
