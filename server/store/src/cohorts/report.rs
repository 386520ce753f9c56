//! What a cohort's report needs beside the board's facts and the ledgers, in three queries.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::cohort::{AskedReview, Standing};
use domain::ids::{AccountId, CohortId};
use domain::ledger::EvidenceKind;
use domain::time::Instant;

use crate::schema::{evidence, evidence_origins, memberships, review_requests, reviews};
use crate::{Conn, Result, rows};

/// What a learner wrote and asked, withheld or not: numbers of entries say which.
#[derive(Clone, Debug, Default)]
pub struct PastFacts {
    /// Entries of their own, as [`super::last_written`] tells them apart.
    pub wrote: Vec<OwnEntry>,
    /// Requests to mentors, with the entry that they are about.
    pub reviews: Vec<(u32, AskedReview)>,
}

/// An entry that a learner wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnEntry {
    pub seq: u32,
    /// The entry that it takes back.
    pub retracts: Option<u32>,
    pub at: Instant,
}

/// Of all learners of a cohort.
pub fn past(conn: &mut Conn<'_>, cohort: CohortId) -> Result<HashMap<AccountId, PastFacts>> {
    type Wrote = (i64, i32, Option<i32>, i64);
    type Asked = (i64, i64, i32, i64, Option<i64>);
    type Answered = (i64, i64, Option<i64>);
    let others = [EvidenceKind::Review.word(), EvidenceKind::Assessment.word()];
    let (wrote, asked, answered): (Vec<Wrote>, Vec<Asked>, Vec<Answered>) = on_backend!(conn, c => {
        let learners = || {
            memberships::table
                .filter(memberships::cohort.eq(cohort.0))
                .filter(memberships::standing.eq(Standing::Learner.word()))
                .select(memberships::account)
        };
        let wrote = evidence::table
            .left_join(
                evidence_origins::table
                    .on(evidence_origins::account.eq(evidence::account).and(evidence_origins::seq.eq(evidence::seq))),
            )
            .filter(evidence_origins::seq.is_null())
            .filter(evidence::kind.ne_all(others))
            .filter(evidence::account.eq_any(learners()))
            .order((evidence::account, evidence::seq))
            .select((evidence::account, evidence::seq, evidence::retracts, evidence::recorded_at))
            .load(c)?;
        let asked = review_requests::table
            .filter(review_requests::token_hash.is_null())
            .filter(review_requests::account.eq_any(learners()))
            .order(review_requests::id)
            .select((review_requests::id, review_requests::account, review_requests::entry, review_requests::created_at, review_requests::revoked_at))
            .load(c)?;
        // An entry is taken back once at most, so no answer comes twice.
        let answered = reviews::table
            .inner_join(review_requests::table)
            .left_join(evidence::table.on(
                evidence::account.eq(review_requests::account).and(evidence::retracts.eq(reviews::entry.nullable())),
            ))
            .filter(review_requests::token_hash.is_null())
            .filter(review_requests::account.eq_any(learners()))
            .order(reviews::id)
            .select((review_requests::id, reviews::at, evidence::recorded_at.nullable()))
            .load(c)?;
        (wrote, asked, answered)
    });
    let mut answers: HashMap<i64, Vec<(Instant, Option<Instant>)>> = HashMap::new();
    for (request, at, undone) in answered {
        answers.entry(request).or_default().push((Instant::from_micros(at), undone.map(Instant::from_micros)));
    }
    let mut of: HashMap<AccountId, PastFacts> = HashMap::new();
    for (account, seq, retracts, at) in wrote {
        let entry =
            OwnEntry { seq: rows::unsigned(seq)?, retracts: retracts.map(rows::unsigned).transpose()?, at: Instant::from_micros(at) };
        of.entry(AccountId(account)).or_default().wrote.push(entry);
    }
    for (id, account, entry, asked_at, withdrawn_at) in asked {
        let review = AskedReview {
            asked_at: Instant::from_micros(asked_at),
            withdrawn_at: withdrawn_at.map(Instant::from_micros),
            answers: answers.remove(&id).unwrap_or_default(),
        };
        of.entry(AccountId(account)).or_default().reviews.push((rows::unsigned(entry)?, review));
    }
    Ok(of)
}
