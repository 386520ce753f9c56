//! Sending: plan, claim, render from current rights, hand off, send, note.

use std::sync::Arc;

use domain::time::Instant;
use mail::{List, Outgoing};
use store::digests::{self, Claim};
use store::scorecards;
use tokio::task::JoinSet;

use crate::content::Prepared;
use crate::rules::{Next, after_try, gives_up, retry};
use crate::{Jobs, JobsError, Round};

/// How one letter ended, for the round's count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Sent,
    Skipped,
    Retried,
    Dead,
    Unanswered,
    Lost,
}

impl Jobs {
    /// Keeps letters under way until there is nothing due to plan and nothing to claim: the next ones are claimed while the
    /// slowest of the last are still out, so that many share one commit. A page is planned before each claim, so that nobody waits
    /// for the planning of all, and all are planned long before they are sent.
    pub(crate) async fn deliver(self: &Arc<Self>, now: Instant, round: &mut Round) {
        // Dropping the set drops what is under way: then the leases decide.
        let mut letters = JoinSet::new();
        let (mut more, mut due) = (true, true);
        loop {
            let room = letters.len() <= self.pace.at_once / 2 && !self.is_stopping();
            if room && due {
                due = self.plan(now, round).await.unwrap_or_else(|error| {
                    tracing::error!(%error, "digests could not be planned");
                    false
                });
                more |= due;
            }
            if room && more {
                let asked = self.pace.at_once - letters.len();
                // What is under way is seen through all the same.
                let claims = self.claim(asked, now).await.unwrap_or_else(|error| {
                    tracing::error!(%error, "no digests could be claimed");
                    Vec::new()
                });
                more = claims.len() == asked;
                for claim in claims {
                    let jobs = Arc::clone(self);
                    letters.spawn(async move { jobs.one(&claim, now).await });
                }
            }
            match letters.join_next().await {
                Some(Ok(Ok(ended))) => round.count(ended),
                Some(Ok(Err(error))) => tracing::error!(%error, "a digest could not be noted"),
                // Its lease runs out and it is tried again, a limited number of times.
                Some(Err(error)) => tracing::error!(%error, "a digest's worker was lost"),
                None if (more || due) && !self.is_stopping() => {}
                None => return,
            }
        }
    }

    async fn claim(&self, limit: usize, now: Instant) -> Result<Vec<Claim>, JobsError> {
        let (worker, lease, limit) = (self.worker.clone(), self.pace.lease_seconds, i64::try_from(limit).unwrap_or(1));
        Ok(self.store.write(move |conn| digests::claim(conn, &worker, now, lease, limit)).await?)
    }

    async fn one(&self, claim: &Claim, now: Instant) -> Result<Ended, JobsError> {
        if let Some(why) = gives_up(claim.attempts, claim.handed_off, claim.ambiguous) {
            return self.failed(claim, Next::Dead, why.to_owned(), now).await;
        }
        match self.content.prepare(claim.recipient, claim.kind, &claim.period, claim.due_at, now).await {
            Ok(Prepared::Skip(why)) => {
                let (id, fence) = (claim.id, claim.fence);
                let held = self.store.write(move |conn| digests::skip(conn, id, fence, why)).await?;
                Ok(if held { Ended::Skipped } else { Ended::Lost })
            }
            Ok(Prepared::Send(ready)) => {
                let outgoing = Outgoing {
                    message_id: claim.message_id.clone(),
                    to_name: ready.name,
                    to: ready.address,
                    letter: ready.letter,
                    list: ready.unsubscribe.map(|unsubscribe| List { id: self.list_id(), unsubscribe }),
                    date: now,
                };
                let (id, fence, scores) = (claim.id, claim.fence, ready.scores);
                // Handed off only when it can be sent: what waits is nobody's doubt.
                let line = self.lines.acquire().await;
                let held = self
                    .store
                    .write(move |conn| {
                        for made in &scores {
                            scorecards::save(conn, made.path, &made.score, made.terms(), now)?;
                        }
                        digests::hand_off(conn, id, fence)
                    })
                    .await?;
                if !held {
                    return Ok(Ended::Lost);
                }
                let result = self.mailer.send(&outgoing).await;
                drop(line);
                self.note(claim, result, now).await
            }
            Err(error) => {
                tracing::error!(%error, account = claim.recipient.0, period = claim.period.0, "a digest could not be rendered");
                self.failed(claim, retry(claim.attempts, now, self.jitter()), error.to_string(), now).await
            }
        }
    }

    async fn note(&self, claim: &Claim, result: Result<(), mail::SendError>, now: Instant) -> Result<Ended, JobsError> {
        let (id, fence) = (claim.id, claim.fence);
        let next = after_try(&result, claim.attempts, now, self.jitter());
        match (next, result) {
            (Next::Sent, _) => {
                let held = self.store.write(move |conn| digests::sent(conn, id, fence, now)).await?;
                Ok(if held { Ended::Sent } else { Ended::Lost })
            }
            (Next::LeaveToLease, result) => {
                tracing::warn!(error = ?result.err().map(|error| error.text), message_id = claim.message_id, "no answer to a letter");
                Ok(Ended::Unanswered)
            }
            (next, Err(error)) => self.failed(claim, next, error.text, now).await,
            (next, Ok(())) => self.failed(claim, next, String::new(), now).await,
        }
    }

    async fn failed(&self, claim: &Claim, next: Next, why: String, now: Instant) -> Result<Ended, JobsError> {
        let (id, fence) = (claim.id, claim.fence);
        let at = if let Next::Retry(at) = next { Some(at) } else { None };
        tracing::warn!(why, retry_at = ?at, attempts = claim.attempts, message_id = claim.message_id, "a digest was not sent");
        let held = self.store.write(move |conn| digests::failed(conn, id, fence, at, &why, now)).await?;
        Ok(match (held, at) {
            (false, _) => Ended::Lost,
            (true, Some(_)) => Ended::Retried,
            (true, None) => Ended::Dead,
        })
    }

    fn jitter(&self) -> u8 {
        let mut byte = [0];
        self.dice.fill(&mut byte);
        byte[0]
    }

    /// RFC 2919: unique and lasting, below the sender's domain.
    fn list_id(&self) -> String {
        let address = self.mailer.sender().address.as_str();
        format!("digest.{}", address.rsplit_once('@').map_or("localhost", |(_, domain)| domain))
    }
}

impl Round {
    fn count(&mut self, ended: Ended) {
        *match ended {
            Ended::Sent => &mut self.sent,
            Ended::Skipped => &mut self.skipped,
            Ended::Retried => &mut self.retried,
            Ended::Dead => &mut self.dead,
            Ended::Unanswered => &mut self.unanswered,
            Ended::Lost => &mut self.lost,
        } += 1;
    }
}
