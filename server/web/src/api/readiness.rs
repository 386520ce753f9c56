//! Readiness: the score, its receipts, its history.

use actix_web::{HttpResponse, web};
use domain::scoring::{Message, Scorecard, Value};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::forecast::{EventJson, ForecastJson};
use crate::api::{id, ok};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::readiness::{Origin, Readiness};
use crate::services::{paths, readiness};
use crate::state::Shared;

/// How far back.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct HistoryQuery {
    /// Days of history, 0 to 3650; 90 where absent.
    days: Option<i32>,
}

/// Both scorecards of a path, and what they were made of.
#[derive(Serialize, ToSchema)]
#[schema(as = Readiness)]
pub struct ReadinessJson {
    /// Basis points, 0 to 10000: all evidence.
    claimed: u32,
    /// Basis points: evidence of the trust that each requirement asks for.
    proven: u32,
    /// `current`; `stale`: the rule failed, this is its last good score; `stand-in`: the rule failed and the built-in one
    /// scored instead.
    origin: &'static str,
    /// Code of the rule's failure.
    failure: Option<String>,
    today: String,
    rule: String,
    rule_digest: String,
    revision: String,
    projection: u32,
    ledger_number: u32,
    input_hash: String,
    card_hash: String,
    receipts: Vec<ReceiptJson>,
    next: Vec<NextActionJson>,
    history: Vec<HistoryJson>,
    /// What moved the numbers in the days of the history.
    events: Vec<EventJson>,
    forecast: ForecastJson,
}

/// What one requirement could bring and brought.
#[derive(Serialize, ToSchema)]
#[schema(as = Receipt)]
pub struct ReceiptJson {
    requirement: String,
    /// Basis points of the whole.
    possible: u32,
    claimed: u32,
    proven: u32,
    reason: MessageJson,
    /// Numbers of the ledger's entries.
    claimed_by: Vec<u32>,
    proven_by: Vec<u32>,
}

/// What to do next, best first.
#[derive(Serialize, ToSchema)]
#[schema(as = NextAction)]
pub struct NextActionJson {
    requirement: String,
    /// Basis points that finishing it would add.
    gain: u32,
    why: MessageJson,
}

/// An id of the rule's catalogue of messages and its arguments.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageJson {
    id: String,
    #[schema(value_type = Object)]
    arguments: serde_json::Map<String, serde_json::Value>,
}

/// The last score of a day.
#[derive(Serialize, ToSchema)]
#[schema(as = HistoryPoint)]
pub struct HistoryJson {
    day: String,
    claimed: u32,
    proven: u32,
}

pub async fn show(state: Shared, who: SignedIn, path: web::Path<String>, query: Query<HistoryQuery>) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&path, "path")?).await?;
    answer(&state, &open, query.0.days).await
}

/// Of a learner, for a mentor of the path's cohort or an admin.
pub async fn show_of(
    state: Shared,
    who: SignedIn,
    ids: web::Path<(String, String)>,
    query: Query<HistoryQuery>,
) -> Result<HttpResponse, Error> {
    let (learner, path) = ids.into_inner();
    let open = paths::open_of(&state, &who, id(&learner, "path")?, id(&path, "path")?).await?;
    answer(&state, &open, query.0.days).await
}

async fn answer(state: &Shared, open: &paths::OpenPath, days: Option<i32>) -> Result<HttpResponse, Error> {
    let shown = readiness::of(state, open).await?;
    let from = open.today.plus(-days.unwrap_or(90).clamp(0, 3_650));
    let history = readiness::history(state, open).await?;
    let forecast = ForecastJson::of(&readiness::forecast(open, &shown.score, &history));
    let events = readiness::events(open, &history, from);
    let events = events.iter().map(EventJson::of).collect();
    let shown_days = history.into_iter().filter(|point| point.day >= from);
    let shown_days = shown_days.map(|point| HistoryJson { day: point.day.to_string(), claimed: point.claimed, proven: point.proven });
    Ok(ok(&of(shown, shown_days.collect(), events, forecast)))
}

fn of(Readiness { score, origin }: Readiness, history: Vec<HistoryJson>, events: Vec<EventJson>, forecast: ForecastJson) -> ReadinessJson {
    let (origin, failure) = match origin {
        Origin::Current => ("current", None),
        Origin::Stale { failure, .. } => ("stale", Some(failure.code)),
        Origin::StandIn { failure } => ("stand-in", Some(failure.code)),
    };
    let name = |index: u32| score.requirements.get(index as usize).cloned().unwrap_or_default();
    let receipts = score.claimed.receipts.iter().map(|receipt| {
        let proven = score.proven.receipts.iter().find(|proven| proven.requirement == receipt.requirement);
        ReceiptJson {
            requirement: name(receipt.requirement),
            possible: receipt.possible,
            claimed: receipt.points,
            proven: proven.map_or(0, |proven| proven.points),
            reason: message(&receipt.reason),
            claimed_by: numbers(&receipt.evidence, &score.claimed_entries),
            proven_by: proven.map(|proven| numbers(&proven.evidence, &score.proven_entries)).unwrap_or_default(),
        }
    });
    ReadinessJson {
        claimed: score.claimed.readiness,
        proven: score.proven.readiness,
        origin,
        failure,
        today: score.today.to_string(),
        rule: score.rule.name.clone(),
        rule_digest: score.rule.digest.clone(),
        revision: score.revision.clone(),
        projection: score.projection,
        ledger_number: score.ledger_seq,
        input_hash: score.input_hash.clone(),
        card_hash: score.card_hash.clone(),
        receipts: receipts.collect(),
        next: next(&score.claimed, &name),
        history,
        events,
        forecast,
    }
}

fn next(card: &Scorecard, name: &dyn Fn(u32) -> String) -> Vec<NextActionJson> {
    card.next
        .iter()
        .map(|action| NextActionJson { requirement: name(action.requirement), gain: action.gain, why: message(&action.why) })
        .collect()
}

/// Numbers in the ledger behind a card's evidence, each once, in order.
fn numbers(evidence: &[u32], entries: &[u32]) -> Vec<u32> {
    let found: std::collections::BTreeSet<u32> = evidence.iter().filter_map(|&index| entries.get(index as usize).copied()).collect();
    found.into_iter().collect()
}

fn message(message: &Message) -> MessageJson {
    let arguments = message.arguments.iter().map(|argument| {
        let value = match &argument.value {
            Value::Text(text) => serde_json::Value::from(&**text),
            Value::Number(number) => serde_json::Value::from(*number),
            Value::Truth(truth) => serde_json::Value::from(*truth),
        };
        (argument.key.to_string(), value)
    });
    MessageJson { id: message.id.to_string(), arguments: arguments.collect() }
}
