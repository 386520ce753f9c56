//! Reviews that a mentor has begun: theirs alone, until the work is answered or ends.

use diesel::prelude::*;
use domain::ids::{AccountId, PublicId, ReviewRequestId};
use domain::review::Reply;
use domain::time::Instant;

use crate::reviews::Request;
use crate::schema::{review_drafts, review_requests};
use crate::{Conn, Error, Result, ledger, reviews, rows};

/// A review in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDraft {
    pub reply: Reply,
    pub saved_at: Instant,
}

/// Keeps what a mentor has so far, in place of what they had. Holds the learner's ledger, as an answer does: nothing is kept of
/// what was answered or taken back meanwhile. Fails with `review_answered` and `review_withdrawn`.
pub fn save_draft(conn: &mut Conn<'_>, request: &Request, by: AccountId, reply: &Reply, now: Instant) -> Result<()> {
    ledger::hold(conn, request.account)?;
    let still = reviews::for_mentors(conn, request.public_id)?;
    if still.answer.is_some() {
        return Err(Error::Rule("review_answered"));
    }
    if still.is_revoked {
        return Err(Error::Rule("review_withdrawn"));
    }
    let draft = rows::to_json(reply)?;
    on_backend!(conn, c => {
        diesel::delete(review_drafts::table.find((request.id.0, by.0))).execute(c)?;
        diesel::insert_into(review_drafts::table)
            .values((
                review_drafts::request.eq(request.id.0),
                review_drafts::account.eq(by.0),
                review_drafts::draft.eq(draft),
                review_drafts::saved_at.eq(now.micros()),
            ))
            .execute(c)
    })?;
    Ok(())
}

/// What this mentor has of it.
pub fn draft(conn: &mut Conn<'_>, request: ReviewRequestId, by: AccountId) -> Result<Option<ReviewDraft>> {
    let found: Option<(String, i64)> = on_backend!(conn, c => review_drafts::table
        .find((request.0, by.0))
        .select((review_drafts::draft, review_drafts::saved_at))
        .first(c)
        .optional())?;
    found.map(|(draft, at)| Ok(ReviewDraft { reply: rows::from_json(&draft)?, saved_at: Instant::from_micros(at) })).transpose()
}

/// Throws this mentor's away. Twice is fine.
pub fn discard_draft(conn: &mut Conn<'_>, request: ReviewRequestId, by: AccountId) -> Result<()> {
    on_backend!(conn, c => diesel::delete(review_drafts::table.find((request.0, by.0))).execute(c))?;
    Ok(())
}

/// All of one mentor's, with the ids of what they are about.
pub fn drafts_of(conn: &mut Conn<'_>, by: AccountId) -> Result<Vec<(PublicId, ReviewDraft)>> {
    let found: Vec<(Vec<u8>, String, i64)> = on_backend!(conn, c => review_drafts::table
        .inner_join(review_requests::table)
        .filter(review_drafts::account.eq(by.0))
        .order(review_drafts::request)
        .select((review_requests::public_id, review_drafts::draft, review_drafts::saved_at))
        .load(c))?;
    let read = |(id, draft, at): (Vec<u8>, String, i64)| {
        Ok((rows::public_id(&id)?, ReviewDraft { reply: rows::from_json(&draft)?, saved_at: Instant::from_micros(at) }))
    };
    found.into_iter().map(read).collect()
}

/// Everybody's of a request that is over.
pub(crate) fn forget_drafts(conn: &mut Conn<'_>, request: ReviewRequestId) -> Result<()> {
    on_backend!(conn, c => diesel::delete(review_drafts::table.filter(review_drafts::request.eq(request.0))).execute(c))?;
    Ok(())
}
