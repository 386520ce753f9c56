//! Requests that wait for a cohort's mentors, and who has taken which up.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::cohort::{MemberState, Standing};
use domain::ids::{AccountId, CohortId, HelpRequestId, PublicId, ReviewRequestId};
use domain::ledger::NewEntry;
use domain::mentoring::{Hold, Lease, hold};
use domain::review::Review;
use domain::time::Instant;

use crate::reviews::{self as store_reviews, Answer, By, Request, RequestRow, with_answers};
use crate::schema::{evidence, help_claims, memberships, review_claims, review_requests, reviews};
use crate::{Conn, Error, Result, co_authors, cohorts, ledger};

/// What is taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claimed {
    Review(ReviewRequestId),
    Help(HelpRequestId),
}

/// Requests to mentors of a cohort's learners that no answer stands for and nobody took back, oldest first. Who dropped out
/// waits for nothing.
pub fn open_requests(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<Request>> {
    let rows: Vec<RequestRow> = on_backend!(conn, c => {
        let learners = || {
            memberships::table
                .filter(memberships::cohort.eq(cohort.0))
                .filter(memberships::standing.eq(Standing::Learner.word()))
                .filter(memberships::state.ne(MemberState::Dropped.word()))
                .select(memberships::account)
        };
        let mut rows: Vec<RequestRow> = review_requests::table
            .left_join(reviews::table)
            .filter(review_requests::account.eq_any(learners()))
            .filter(review_requests::token_hash.is_null())
            .filter(review_requests::revoked_at.is_null())
            .filter(reviews::id.is_null())
            .select(RequestRow::as_select())
            .load(c)?;
        // Those that were answered before, and the answer was taken back: few, so the rest is told apart below.
        rows.extend(
            review_requests::table
                .inner_join(reviews::table)
                .inner_join(evidence::table.on(
                    evidence::account.eq(review_requests::account).and(evidence::retracts.eq(reviews::entry.nullable())),
                ))
                .filter(review_requests::account.eq_any(learners()))
                .filter(review_requests::token_hash.is_null())
                .filter(review_requests::revoked_at.is_null())
                .select(RequestRow::as_select())
                .distinct()
                .load::<RequestRow>(c)?,
        );
        rows
    });
    let mut requests = with_answers(conn, rows)?;
    requests.retain(|request| request.answer.is_none());
    requests.sort_by_key(|request| (request.created_at, request.id));
    Ok(requests)
}

/// Leases of requests, whether they ran out or not.
pub fn leases(conn: &mut Conn<'_>, reviews: &[ReviewRequestId], helps: &[HelpRequestId]) -> Result<HashMap<Claimed, Lease>> {
    type Row = (i64, i64, i64);
    let (reviews, helps): (Vec<i64>, Vec<i64>) = (reviews.iter().map(|id| id.0).collect(), helps.iter().map(|id| id.0).collect());
    let (of_reviews, of_helps): (Vec<Row>, Vec<Row>) = on_backend!(conn, c => {
        let of_reviews = review_claims::table
            .filter(review_claims::request.eq_any(reviews))
            .select((review_claims::request, review_claims::account, review_claims::until))
            .load(c)?;
        let of_helps = help_claims::table
            .filter(help_claims::request.eq_any(helps))
            .select((help_claims::request, help_claims::account, help_claims::until))
            .load(c)?;
        (of_reviews, of_helps)
    });
    let lease = |by, until| Lease { by: AccountId(by), until: Instant::from_micros(until) };
    let reviews = of_reviews.into_iter().map(|(id, by, until)| (Claimed::Review(ReviewRequestId(id)), lease(by, until)));
    let helps = of_helps.into_iter().map(|(id, by, until)| (Claimed::Help(HelpRequestId(id)), lease(by, until)));
    Ok(reviews.chain(helps).collect())
}

/// Takes something up, or goes on having it, until `lease.until`. Fails with `claimed_by_another` while somebody else has it
/// at `now`. Of two at once one gets it: a lease is a row, and there is one a request.
pub fn claim(conn: &mut Conn<'_>, what: Claimed, lease: Lease, now: Instant) -> Result<()> {
    let (me, until, now) = (lease.by.0, lease.until.micros(), now.micros());
    let taken = on_backend!(conn, c => match what {
        Claimed::Review(request) => {
            let free = review_claims::until.le(now).or(review_claims::account.eq(me));
            diesel::delete(review_claims::table.find(request.0).filter(free)).execute(c)?;
            diesel::insert_into(review_claims::table)
                .values((review_claims::request.eq(request.0), review_claims::account.eq(me), review_claims::until.eq(until)))
                .on_conflict_do_nothing()
                .execute(c)
        }
        Claimed::Help(request) => {
            let free = help_claims::until.le(now).or(help_claims::account.eq(me));
            diesel::delete(help_claims::table.find(request.0).filter(free)).execute(c)?;
            diesel::insert_into(help_claims::table)
                .values((help_claims::request.eq(request.0), help_claims::account.eq(me), help_claims::until.eq(until)))
                .on_conflict_do_nothing()
                .execute(c)
        }
    })?;
    if taken == 1 { Ok(()) } else { Err(Error::Rule("claimed_by_another")) }
}

/// Gives something back. Twice is fine, and so is what somebody else has.
pub fn release(conn: &mut Conn<'_>, what: Claimed, me: AccountId) -> Result<()> {
    on_backend!(conn, c => match what {
        Claimed::Review(request) => {
            diesel::delete(review_claims::table.find(request.0).filter(review_claims::account.eq(me.0))).execute(c)
        }
        Claimed::Help(request) => diesel::delete(help_claims::table.find(request.0).filter(help_claims::account.eq(me.0))).execute(c),
    })?;
    Ok(())
}

/// What a review says of one who made the work too.
#[derive(Clone, Debug)]
pub struct OfMember {
    pub person: AccountId,
    /// The request about the person's own entry.
    pub request: PublicId,
    pub review: Review,
    pub returned: bool,
    pub new: NewEntry,
    pub entry_id: PublicId,
}

/// A review of work that several made: that of who handed it in ([`review`]), and of each member who is still there and whom
/// nobody has answered yet. Whoever confirms afterwards is not in it: their work waits on its own. Ledgers are held in the order of
/// a confirmation: that of who handed in comes first.
pub fn review_all(
    conn: &mut Conn<'_>,
    cohort: CohortId,
    request: &Request,
    of_first: (&Review, By, &NewEntry, PublicId),
    members: &[OfMember],
) -> Result<Answer> {
    let (said, by, new, entry_id) = of_first;
    let answer = review(conn, cohort, request, said, by, new, entry_id)?;
    for member in members {
        match cohorts::lock_member(conn, cohort, member.person) {
            Ok(spans) if spans.last().is_none_or(|span| span.state != MemberState::Dropped) => {}
            Ok(_) | Err(Error::NotThere(_)) => continue,
            Err(other) => return Err(other),
        }
        ledger::hold(conn, member.person)?;
        let own = store_reviews::get(conn, member.person, member.request)?;
        if own.answer.is_some() || own.is_revoked {
            continue;
        }
        let by = By { returned: member.returned, ..by };
        store_reviews::answer(conn, &own, &member.review, by, &member.new, member.entry_id)?;
        on_backend!(conn, c => diesel::delete(review_claims::table.find(own.id.0)).execute(c))?;
    }
    Ok(answer)
}

/// Keeps a mentor's answer, and what it became in the learner's ledger; the lease on it ends.
///
/// Holds the member, then the ledger, then the request: of two mentors who answer at once, of an answer and a drop, and of
/// an answer and work that is taken back, the first one counts and the other is told. Fails with `member_left` for who
/// dropped out, with `claimed_by_another` while somebody else has it, and as [`crate::reviews::answer`] does.
pub fn review(
    conn: &mut Conn<'_>,
    cohort: CohortId,
    request: &Request,
    review: &Review,
    by: By,
    new: &NewEntry,
    entry_id: PublicId,
) -> Result<Answer> {
    let makers = co_authors::makers(conn, request.account, request.entry)?;
    if by.account.is_some_and(|by| makers.contains(&by)) {
        return Err(Error::Rule("review_own"));
    }
    let spans = cohorts::lock_member(conn, cohort, request.account)?;
    if spans.last().is_some_and(|span| span.state == MemberState::Dropped) {
        return Err(Error::Rule("member_left"));
    }
    let answer = store_reviews::answer(conn, request, review, by, new, entry_id)?;
    let what = Claimed::Review(request.id);
    let lease = leases(conn, &[request.id], &[])?.remove(&what);
    if let (Some(me), Some(lease)) = (by.account, lease)
        && matches!(hold(Some(lease), me, new.recorded_at), Hold::Another(_))
    {
        return Err(Error::Rule("claimed_by_another"));
    }
    on_backend!(conn, c => diesel::delete(review_claims::table.find(request.id.0)).execute(c))?;
    Ok(answer)
}
