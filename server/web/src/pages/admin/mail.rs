//! Mail: what is due, sent, skipped and why, ambiguous, dead.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::digest::DigestKind;
use domain::ids::OutboxId;
use serde::Deserialize;
use store::digests::{OutboxCounts, OutboxFilter, OutboxRow, OutboxState};

use crate::body::Query;
use crate::caller::Admin;
use crate::errors::Error;
use crate::state::{MailStatus, Shared};
use crate::view::{View, page};

const PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct MailPage {
    w: View,
    status: MailStatus,
    tallies: Vec<Tally>,
    rows: Vec<Row>,
    /// For the link to older rows.
    older: Option<String>,
}

struct Tally {
    link: String,
    words: String,
    count: i64,
    on: bool,
}

struct Row {
    who: String,
    kind: String,
    period: String,
    state: String,
    class: &'static str,
    due: String,
    attempts: u32,
    what: String,
    message_id: String,
    ambiguous: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct MailQuery {
    state: String,
    after: Option<i64>,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<MailQuery>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    let wanted = match query.0.state.as_str() {
        "" => None,
        "queued" => Some(OutboxState::Queued),
        "sent" => Some(OutboxState::Sent),
        "skipped" => Some(OutboxState::Skipped),
        "dead" => Some(OutboxState::Dead),
        _ => return Err(Error::field("state", "field_malformed")),
    };
    let after = query.0.after.map(OutboxId);
    let (counts, mut rows, names) = state
        .store
        .scan(move |conn| {
            let rows = store::digests::list(conn, &OutboxFilter { state: wanted, account: None }, after, PAGE + 1)?;
            let mut names = Vec::with_capacity(rows.len());
            for row in &rows {
                names.push(store::accounts::by_id(conn, row.recipient)?.name.to_string());
            }
            Ok((store::digests::counts(conn)?, rows, names))
        })
        .await?;
    let base = state.links.path("admin-mail", &[]);
    let older = (rows.len() as i64 > PAGE).then(|| format!("{base}?state={}&after={}", query.0.state, rows[PAGE as usize - 1].id.0));
    rows.truncate(PAGE as usize);
    let hook = Arc::clone(&state.hooks.mail);
    page(&MailPage {
        tallies: tallies(&w, &base, &counts, &query.0.state),
        rows: rows.into_iter().zip(names).map(|(row, name)| filled(&w, row, name)).collect(),
        status: hook(),
        older,
        w,
    })
}

fn tallies(w: &View, base: &str, counts: &OutboxCounts, chosen: &str) -> Vec<Tally> {
    [("queued", counts.queued), ("sent", counts.sent), ("skipped", counts.skipped), ("dead", counts.dead)]
        .into_iter()
        .map(|(word, count)| Tally {
            link: format!("{base}?state={word}"),
            words: w.t(&format!("outbox-{word}")),
            count,
            on: chosen == word,
        })
        .collect()
}

fn filled(w: &View, row: OutboxRow, who: String) -> Row {
    let (key, class) = match row.state {
        OutboxState::Queued => ("outbox-queued", ""),
        OutboxState::Sent => ("outbox-sent", "on"),
        OutboxState::Skipped => ("outbox-skipped", ""),
        OutboxState::Dead => ("outbox-dead", "bad"),
    };
    let what = match (&row.sent_at, &row.reason) {
        (Some(at), _) => w.moment(at),
        (None, Some(why)) => reason_words(w, why),
        (None, None) => String::new(),
    };
    Row {
        who,
        kind: w.t(&format!("mail-kind-{}", row.kind)),
        period: match row.kind {
            DigestKind::Learner | DigestKind::Mentor => w.lang.period_title(&row.period),
            // A message belongs to no period.
            DigestKind::Message => String::new(),
        },
        state: w.t(key),
        class,
        due: w.moment(&row.due_at),
        attempts: row.attempts,
        what,
        message_id: row.message_id,
        ambiguous: row.ambiguous,
    }
}

/// Why a mail was skipped, in words; what a mail server said stands as it came.
pub fn reason_words(w: &View, why: &str) -> String {
    let key = format!("skip-{}", why.replace('_', "-"));
    if w.lang.has(&key) { w.t(&key) } else { why.to_owned() }
}
