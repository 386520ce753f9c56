//! Outside reviews (what mentors do is in `mentoring`): a learner asks by an expiring link, a reviewer without an account answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::account::Account;
use domain::ids::{AccountId, PublicId, ReviewRequestId};
use domain::ledger::{Entry, standing};
use domain::review::{self, Reply, RequestState, Review, Wish, WrongReply};
use domain::subject::Trust;
use store::attachments::Attachment;
use store::ledger::LedgerFilter;
use store::reviews::{NewRequest, Request};

use crate::auth::limiter::Key;
use crate::auth::{self, secrets};
use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::attachments;
use crate::services::ledger::Written;
use crate::state::State;

const DAY_SECONDS: i64 = 86_400;

/// Asks for a review of one's own submission; answers with the link to hand over, which is not kept.
pub async fn ask(state: &State, who: &Signed, entry: PublicId, wish: Wish) -> Result<(Request, String), Error> {
    let (account, now) = (who.account.id, state.clock.now());
    let (submission, facts) = state
        .store
        .read(move |conn| Ok((store::ledger::by_public_id(conn, account, entry)?.1, store::ledger::facts(conn, account)?)))
        .await?;
    let asked = review::ask(&facts, submission.seq, wish)?;
    let secret = state.dice.secret();
    let new = NewRequest {
        public_id: state.dice.public_id(),
        account,
        entry: submission.seq,
        token_hash: secrets::hash(&secret),
        reviewer: asked.reviewer,
        message: asked.message,
        created_at: now,
        expires_at: now.plus_seconds(i64::from(asked.days) * DAY_SECONDS),
    };
    let request = state.store.write(move |conn| store::reviews::create(conn, &new)).await?;
    Ok((request, state.links.absolute("review", &[&secrets::write(&secret)])))
}

/// A learner's requests, newest first: of these submissions, or of all.
pub async fn list(
    state: &State,
    account: AccountId,
    entries: Option<Vec<u32>>,
    before: Option<ReviewRequestId>,
    limit: i64,
) -> Result<Vec<Request>, Error> {
    Ok(state.store.read(move |conn| store::reviews::list(conn, account, entries.as_deref(), before, limit)).await?)
}

/// The submissions behind requests, by number: their public ids.
pub async fn submissions(state: &State, account: AccountId, requests: &[Request]) -> Result<BTreeMap<u32, PublicId>, Error> {
    let numbers: Vec<u32> = requests.iter().map(|request| request.entry).collect();
    Ok(state.store.read(move |conn| store::ledger::public_ids(conn, account, &numbers)).await?)
}

pub async fn revoke(state: &State, who: &Signed, request: PublicId) -> Result<(), Error> {
    let (account, now) = (who.account.id, state.clock.now());
    Ok(state.store.write(move |conn| store::reviews::revoke(conn, account, request, now)).await?)
}

/// What a link leads to: the submission, and nothing else of the learner but the name.
pub struct Opened {
    pub request: Request,
    pub learner: Account,
    pub submission: Written,
    pub files: Vec<Attachment>,
    pub is_answered: bool,
}

impl Opened {
    /// A file of the submission, with its bytes. Once it is answered the link shows nothing any more.
    pub async fn file(&self, state: &State, file: PublicId) -> Result<(Attachment, Vec<u8>), Error> {
        if self.is_answered {
            return Err(Error::NotThere("attachment"));
        }
        attachments::content(state, self.learner.id, vec![self.request.entry], file).await
    }
}

/// Opens a link. Guessing is limited. A link that ran out, was taken back, or was never one is `review_gone`; the learner's
/// own is `review_own`: nobody reviews their own work.
pub async fn open(state: &State, actor: &Actor, who: Option<&Signed>, secret: &str) -> Result<Opened, Error> {
    let keys = [Key::Link(auth::network(actor.address))];
    state.limiter.attempt(&keys, actor.now)?;
    let gone = Error::Rule("review_gone");
    let hash = secrets::read(secret).map(|secret| secrets::hash(&secret)).ok_or_else(|| gone.clone())?;
    let found = state
        .store
        .read(move |conn| {
            let Some(request) = store::reviews::by_token(conn, &hash)? else { return Ok(None) };
            let learner = store::accounts::by_id(conn, request.account)?;
            let facts = store::ledger::facts(conn, learner.id)?;
            let one = LedgerFilter { subjects: None, before_seq: Some(request.entry + 1), limit: 1 };
            let submission = store::ledger::with_payload(conn, learner.id, &one)?.pop();
            let makers = store::co_authors::makers(conn, learner.id, request.entry)?;
            let stands = standing(&facts).iter().any(|entry| entry.seq == request.entry);
            let files = store::attachments::of_entries(conn, learner.id, &[request.entry])?.remove(&request.entry).unwrap_or_default();
            Ok(submission
                .filter(|(_, _, payload)| stands && payload.is_some())
                .map(|submission| (request, learner, submission, files, makers)))
        })
        .await?;
    let (request, learner, submission, files, makers) = found.ok_or_else(|| gone.clone())?;
    state.limiter.forgive(&keys);
    if who.is_some_and(|who| makers.contains(&who.account.id)) {
        return Err(Error::Rule("review_own"));
    }
    match request.state(actor.now) {
        RequestState::Open => Ok(Opened { request, learner, submission, files, is_answered: false }),
        RequestState::Answered => Ok(Opened { request, learner, submission, files, is_answered: true }),
        RequestState::Expired | RequestState::Revoked => Err(gone),
    }
}

/// What came of a reply: kept, or what of it cannot be taken.
pub type Replied = Result<(), Vec<WrongReply>>;

/// Keeps an answer and what it became in the learner's ledger. It is answered once: `review_answered`.
pub async fn answer(state: &State, opened: &Opened, by: Option<&Signed>, reply: Reply) -> Result<Replied, Error> {
    if opened.is_answered {
        return Err(Error::Rule("review_answered"));
    }
    let submission: &Entry = &opened.submission.1;
    // Somebody outside is asked about criteria, not about a role: levels are for those who know it.
    let review: Review = match review::check(submission, reply, &|_| None) {
        Ok(review) => review,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let now = state.clock.now();
    let new = review::entry(submission, &review, Trust::Peer, now.day_in(&opened.learner.zone), now);
    let (request, by, dice) = (opened.request.clone(), by.map(|by| by.account.id), Arc::clone(&state.dice));
    state
        .store
        .write(move |conn| {
            // Taken back or run out in the meantime: then nothing is kept.
            let still = store::reviews::get(conn, request.account, request.public_id)?;
            if matches!(still.state(now), RequestState::Expired | RequestState::Revoked) {
                return Err(store::Error::Rule("review_gone"));
            }
            let by = store::reviews::By { account: by, returned: false };
            store::reviews::answer(conn, &request, &review, by, &new, dice.public_id())
        })
        .await?;
    Ok(Ok(()))
}
