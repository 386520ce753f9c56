//! Reviews: who was asked to look at a submission, and what they answered, criterion by criterion. Somebody outside is
//! asked by a link and answers once. The mentors of a learner's cohorts are asked by a request without one; whoever answers
//! first reviews it, and what is taken back can be answered anew, as another version.

use diesel::prelude::*;
use domain::account::CleanName;
use domain::digest::AnsweredReview;
use domain::ids::{AccountId, PublicId, ReviewRequestId};
use domain::ledger::NewEntry;
use domain::review::{Judged, MAX_OPEN, RequestState, Review, state};
use domain::subject::Subject;
use domain::time::{Instant, Zone};

use crate::rows::{self, one};
use crate::schema::{review_requests, review_verdicts, reviews};
use crate::{Conn, Error, Result, ledger, mentoring};

mod read;

pub(crate) use read::{RequestRow, with_answers};

/// Somebody outside is asked, by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    pub public_id: PublicId,
    /// The learner, and the number of their submission.
    pub account: AccountId,
    pub entry: u32,
    /// SHA-256 of the link's secret.
    pub token_hash: [u8; 32],
    pub reviewer: CleanName,
    pub message: Option<String>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: ReviewRequestId,
    pub public_id: PublicId,
    pub account: AccountId,
    pub entry: u32,
    /// The mentors of the learner's cohorts are asked, not somebody outside.
    pub is_for_mentors: bool,
    /// Whom a link is for.
    pub reviewer: CleanName,
    pub message: Option<String>,
    pub created_at: Instant,
    /// When a link ends.
    pub expires_at: Option<Instant>,
    pub is_revoked: bool,
    /// The last answer. One of a mentor that was taken back is none.
    pub answer: Option<Answer>,
}

impl Request {
    pub fn state(&self, now: Instant) -> RequestState {
        state(self.answer.is_some(), self.is_revoked, self.expires_at, now)
    }
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// From 1.
    pub version: u32,
    pub review: Review,
    /// Who answered, where they have an account here.
    pub by: Option<AccountId>,
    /// It was sent back for more work.
    pub returned: bool,
    pub at: Instant,
    /// Number of the learner's entry that it became.
    pub entry: u32,
}

/// Keeps a request. Fails with `too_many_reviews` when enough links for that submission are open at `created_at`, with
/// `NotThere("entry")` when the learner has no such entry.
pub fn create(conn: &mut Conn<'_>, new: &NewRequest) -> Result<Request> {
    let open = list(conn, new.account, Some(&[new.entry]), None, i64::from(i32::MAX))?;
    let is_open = |request: &&Request| !request.is_for_mentors && request.state(new.created_at) == RequestState::Open;
    if open.iter().filter(is_open).count() >= MAX_OPEN {
        return Err(Error::Rule("too_many_reviews"));
    }
    let entry = rows::signed(new.entry)?;
    let made = on_backend!(conn, c => diesel::insert_into(review_requests::table)
        .values((
            review_requests::public_id.eq(new.public_id.bytes().as_slice()),
            review_requests::account.eq(new.account.0),
            review_requests::entry.eq(entry),
            review_requests::token_hash.eq(new.token_hash.as_slice()),
            review_requests::reviewer.eq(new.reviewer.as_str()),
            review_requests::message.eq(new.message.as_deref()),
            review_requests::created_at.eq(new.created_at.micros()),
            review_requests::expires_at.eq(new.expires_at.micros()),
        ))
        .execute(c));
    made.map_err(|why| Error::from(why).naming("entry"))?;
    get(conn, new.account, new.public_id)
}

/// Asks the mentors of the learner's cohorts to look at an entry.
pub fn ask_mentors(conn: &mut Conn<'_>, account: AccountId, entry: u32, public_id: PublicId, now: Instant) -> Result<()> {
    let entry = rows::signed(entry)?;
    let made = on_backend!(conn, c => diesel::insert_into(review_requests::table)
        .values((
            review_requests::public_id.eq(public_id.bytes().as_slice()),
            review_requests::account.eq(account.0),
            review_requests::entry.eq(entry),
            review_requests::reviewer.eq(rows::NOBODY),
            review_requests::created_at.eq(now.micros()),
        ))
        .execute(c));
    made.map_err(|why| Error::from(why).naming("entry"))?;
    Ok(())
}

/// Mentors need not look at an entry any more: it was taken back, or another one took its place. What was answered stays.
pub fn withdraw(conn: &mut Conn<'_>, account: AccountId, entry: u32, now: Instant) -> Result<()> {
    let entry = rows::signed(entry)?;
    let over: Vec<i64> = on_backend!(conn, c => diesel::update(review_requests::table
            .filter(review_requests::account.eq(account.0))
            .filter(review_requests::entry.eq(entry))
            .filter(review_requests::token_hash.is_null())
            .filter(review_requests::revoked_at.is_null()))
        .set(review_requests::revoked_at.eq(now.micros()))
        .returning(review_requests::id)
        .get_results(c))?;
    over.into_iter().try_for_each(|request| mentoring::forget_drafts(conn, ReviewRequestId(request)))
}

/// A request to mentors, whosever learner's it is. Fails with `NotThere("review")`.
pub fn for_mentors(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Request> {
    let row: Option<read::RequestRow> = on_backend!(conn, c => review_requests::table
        .filter(review_requests::public_id.eq(public_id.bytes().as_slice()))
        .filter(review_requests::token_hash.is_null())
        .select(read::RequestRow::as_select())
        .first(c)
        .optional())?;
    read::with_answers(conn, row.into_iter().collect())?.pop().ok_or(Error::NotThere("review"))
}

/// Fails with `NotThere("review")` for one of somebody else's too.
pub fn get(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<Request> {
    let row: Option<read::RequestRow> = on_backend!(conn, c => review_requests::table
        .filter(review_requests::public_id.eq(public_id.bytes().as_slice()))
        .filter(review_requests::account.eq(account.0))
        .select(read::RequestRow::as_select())
        .first(c)
        .optional())?;
    read::with_answers(conn, row.into_iter().collect())?.pop().ok_or(Error::NotThere("review"))
}

/// The request behind a link's secret, whatever its state.
pub fn by_token(conn: &mut Conn<'_>, token_hash: &[u8; 32]) -> Result<Option<Request>> {
    let row: Option<read::RequestRow> = on_backend!(conn, c => review_requests::table
        .filter(review_requests::token_hash.eq(token_hash.as_slice()))
        .select(read::RequestRow::as_select())
        .first(c)
        .optional())?;
    Ok(read::with_answers(conn, row.into_iter().collect())?.pop())
}

/// A learner's requests, newest first: of these submissions, or of all. `before` is the key of the last of the page before.
pub fn list(
    conn: &mut Conn<'_>,
    account: AccountId,
    entries: Option<&[u32]>,
    before: Option<ReviewRequestId>,
    limit: i64,
) -> Result<Vec<Request>> {
    let entries: Option<Vec<i32>> = entries.map(|entries| entries.iter().map(|&entry| rows::signed(entry)).collect()).transpose()?;
    let rows: Vec<read::RequestRow> = on_backend!(conn, c => {
        let mut query = review_requests::table
            .filter(review_requests::account.eq(account.0))
            .filter(review_requests::id.lt(before.map_or(i64::MAX, |before| before.0)))
            .order(review_requests::id.desc())
            .limit(limit)
            .select(read::RequestRow::as_select())
            .into_boxed();
        if let Some(entries) = entries {
            query = query.filter(review_requests::entry.eq_any(entries));
        }
        query.load(c)
    })?;
    read::with_answers(conn, rows)
}

/// The link works no more. Fails with `review_answered` when it is too late for that, with `NotThere("review")`.
pub fn revoke(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, now: Instant) -> Result<()> {
    let request = get(conn, account, public_id)?;
    if request.answer.is_some() {
        return Err(Error::Rule("review_answered"));
    }
    let revoked = on_backend!(conn, c => diesel::update(review_requests::table.find(request.id.0))
        .set(review_requests::revoked_at.eq(now.micros()))
        .execute(c))?;
    one(revoked, "review")
}

/// Who answers, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// The reviewer's own account, where they have one here: then an erasure takes their name out.
    pub account: Option<AccountId>,
    pub returned: bool,
}

/// Keeps an answer, and appends what it became to the learner's ledger. Fails with `review_answered` where one stands, with
/// `review_withdrawn` where mentors need not look any more.
pub fn answer(conn: &mut Conn<'_>, request: &Request, review: &Review, by: By, new: &NewEntry, entry_id: PublicId) -> Result<Answer> {
    // The ledger's lock comes first, so that of two answers at once the second sees the first.
    let entry = ledger::append(conn, request.account, new, entry_id)?;
    let still = get(conn, request.account, request.public_id)?;
    if still.answer.is_some() {
        return Err(Error::Rule("review_answered"));
    }
    if still.is_for_mentors && still.is_revoked {
        return Err(Error::Rule("review_withdrawn"));
    }
    let last: Option<i32> = on_backend!(conn, c => reviews::table
        .filter(reviews::request.eq(request.id.0))
        .select(diesel::dsl::max(reviews::version))
        .first(c))?;
    let version = last.unwrap_or(0) + 1;
    let seq = rows::signed(entry.seq)?;
    let id: i64 = on_backend!(conn, c => diesel::insert_into(reviews::table)
        .values((
            reviews::request.eq(request.id.0),
            reviews::version.eq(version),
            reviews::by_account.eq(by.account.map(|by| by.0)),
            reviews::by_name.eq(review.by.as_str()),
            reviews::comment.eq(review.comment.as_deref()),
            reviews::at.eq(new.recorded_at.micros()),
            reviews::entry.eq(seq),
            reviews::returned.eq(by.returned),
        ))
        .returning(reviews::id)
        .get_result(c))?;
    let verdicts: Vec<_> = review
        .criteria
        .iter()
        .zip(0_i32..)
        .map(|(judged, position)| {
            (
                review_verdicts::review.eq(id),
                review_verdicts::position.eq(position),
                review_verdicts::kind.eq(judged.subject.kind.word()),
                review_verdicts::subject.eq(judged.subject.id.as_str()),
                review_verdicts::verdict.eq(judged.verdict.word()),
                review_verdicts::comment.eq(judged.comment.as_deref()),
                review_verdicts::level.eq(judged.level.as_ref().map(|level| level.id.as_str())),
                review_verdicts::level_name.eq(judged.level.as_ref().map(|level| level.name.as_str())),
            )
        })
        .collect();
    on_backend!(conn, c => diesel::insert_into(review_verdicts::table).values(&verdicts).execute(c))?;
    mentoring::forget_drafts(conn, request.id)?;
    Ok(Answer {
        version: rows::unsigned(version)?,
        review: review.clone(),
        by: by.account,
        returned: by.returned,
        at: new.recorded_at,
        entry: entry.seq,
    })
}

/// Reviews of a learner's submissions that were answered after `since` and until `now`, oldest first; days are in `zone`.
pub fn answered(conn: &mut Conn<'_>, account: AccountId, since: Instant, now: Instant, zone: &Zone) -> Result<Vec<AnsweredReview>> {
    let ids: Vec<i64> = on_backend!(conn, c => reviews::table
        .inner_join(review_requests::table)
        .filter(review_requests::account.eq(account.0))
        .filter(reviews::at.gt(since.micros()))
        .filter(reviews::at.le(now.micros()))
        .select(review_requests::id)
        .distinct()
        .load(c))?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<read::RequestRow> = on_backend!(conn, c => review_requests::table
        .filter(review_requests::id.eq_any(ids))
        .select(read::RequestRow::as_select())
        .load(c))?;
    let requests = read::with_answers(conn, rows)?;
    let mut answers: Vec<Answer> = requests.into_iter().filter_map(|request| request.answer).collect();
    answers.sort_by_key(|answer| answer.entry);
    let verdicts = |review: &Review| review.criteria.iter().map(|judged: &Judged| (judged.subject.clone(), judged.verdict)).collect();
    Ok(answers
        .into_iter()
        .map(|answer| AnsweredReview {
            entry: answer.entry,
            by: answer.review.by.to_string(),
            at: answer.at,
            on: answer.at.day_in(zone),
            verdicts: verdicts(&answer.review),
        })
        .collect())
}

/// Numbers of the entries that reviews of submission `entry` became.
pub fn entries_of(conn: &mut Conn<'_>, account: AccountId, entry: u32) -> Result<Vec<u32>> {
    let requests = list(conn, account, Some(&[entry]), None, i64::from(i32::MAX))?;
    Ok(requests.into_iter().filter_map(|request| request.answer).map(|answer| answer.entry).collect())
}

fn subject(kind: &str, id: &str) -> Result<Subject> {
    Ok(Subject::new(rows::word(kind)?, id))
}
