//! Requests with their last answers: three range scans, put together here.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::ids::{AccountId, ReviewRequestId};
use domain::review::{Judged, Reached, Review};
use domain::time::Instant;

use super::{Answer, Request};
use crate::schema::{evidence, review_requests, review_verdicts, reviews};
use crate::{Conn, Result, rows};

#[derive(Queryable, Selectable)]
#[diesel(table_name = review_requests, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
pub(crate) struct RequestRow {
    id: i64,
    public_id: Vec<u8>,
    account: i64,
    entry: i32,
    token_hash: Option<Vec<u8>>,
    reviewer: String,
    message: Option<String>,
    created_at: i64,
    expires_at: Option<i64>,
    revoked_at: Option<i64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reviews, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct ReviewRow {
    id: i64,
    request: i64,
    version: i32,
    by_account: Option<i64>,
    by_name: String,
    comment: Option<String>,
    at: i64,
    entry: i32,
    returned: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = review_verdicts, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct VerdictRow {
    review: i64,
    kind: String,
    subject: String,
    verdict: String,
    comment: Option<String>,
    level: Option<String>,
    level_name: Option<String>,
}

pub(crate) fn with_answers(conn: &mut Conn<'_>, requests: Vec<RequestRow>) -> Result<Vec<Request>> {
    let ids: Vec<i64> = requests.iter().map(|request| request.id).collect();
    let (answers, verdicts): (Vec<ReviewRow>, Vec<VerdictRow>) = on_backend!(conn, c => {
        let answers: Vec<ReviewRow> = reviews::table
            .filter(reviews::request.eq_any(&ids))
            .order((reviews::request, reviews::version))
            .select(ReviewRow::as_select())
            .load(c)?;
        let ids: Vec<i64> = answers.iter().map(|answer| answer.id).collect();
        let verdicts = review_verdicts::table
            .filter(review_verdicts::review.eq_any(ids))
            .order((review_verdicts::review, review_verdicts::position))
            .select(VerdictRow::as_select())
            .load(c)?;
        (answers, verdicts)
    });
    let undone = undone(conn, &requests)?;
    let mut by_review: HashMap<i64, Vec<Judged>> = HashMap::new();
    for row in verdicts {
        let judged = Judged {
            subject: super::subject(&row.kind, &row.subject)?,
            verdict: rows::word(&row.verdict)?,
            level: row.level.zip(row.level_name).map(|(id, name)| Reached { id, name }),
            comment: row.comment,
        };
        by_review.entry(row.review).or_default().push(judged);
    }
    let mut last: HashMap<i64, Answer> = HashMap::new();
    for row in answers {
        let criteria = by_review.remove(&row.id).unwrap_or_default();
        if undone.contains(&row.id) {
            last.remove(&row.request);
            continue;
        }
        let answer = Answer {
            version: rows::unsigned(row.version)?,
            review: Review { by: rows::clean_name(&row.by_name)?, comment: row.comment, criteria },
            by: row.by_account.map(AccountId),
            returned: row.returned,
            at: Instant::from_micros(row.at),
            entry: rows::unsigned(row.entry)?,
        };
        last.insert(row.request, answer);
    }
    requests
        .into_iter()
        .map(|row| {
            Ok(Request {
                answer: last.remove(&row.id),
                id: ReviewRequestId(row.id),
                public_id: rows::public_id(&row.public_id)?,
                account: AccountId(row.account),
                entry: rows::unsigned(row.entry)?,
                is_for_mentors: row.token_hash.is_none(),
                reviewer: rows::clean_name(&row.reviewer)?,
                message: row.message,
                created_at: Instant::from_micros(row.created_at),
                expires_at: row.expires_at.map(Instant::from_micros),
                is_revoked: row.revoked_at.is_some(),
            })
        })
        .collect()
}

/// Mentors' answers among those of requests whose entries were retracted. An answer of somebody outside stays told: the
/// link was answered, whatever became of it.
fn undone(conn: &mut Conn<'_>, requests: &[RequestRow]) -> Result<HashSet<i64>> {
    let ids: Vec<i64> = requests.iter().filter(|request| request.token_hash.is_none()).map(|request| request.id).collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let undone: Vec<i64> = on_backend!(conn, c => reviews::table
        .inner_join(review_requests::table)
        .inner_join(evidence::table.on(
            evidence::account.eq(review_requests::account).and(evidence::retracts.eq(reviews::entry.nullable())),
        ))
        .filter(reviews::request.eq_any(ids))
        .select(reviews::id)
        .load(c))?;
    Ok(undone.into_iter().collect())
}
