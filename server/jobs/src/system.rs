//! System jobs: what the instance does for itself, by cron expressions in UTC.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ids::PathId;
use domain::time::Instant;
use store::digest_facts::{self, PathFacts};
use store::{idempotency, instance, invitations, ledger, paths, scorecards, sessions};

use crate::scores::{Made, Moment};
use crate::{Jobs, JobsError, Round, crons};

const SNAPSHOT: &str = "snapshot";
const CLEANUP: &str = "cleanup";

/// Paths whose scores are kept in one transaction.
const CHUNK: i64 = 50;

/// How long the answer to a write is kept for a request that is repeated, and a used invitation for whoever asks.
const KEPT_DAYS: i64 = 7;

impl Jobs {
    pub(crate) async fn system(self: &Arc<Self>, now: Instant, round: &mut Round) {
        for name in [SNAPSHOT, CLEANUP] {
            match self.run_if_due(name, now).await {
                Ok(true) => round.system.push(name),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, job = name, "a job failed; it is tried again in the next round"),
            }
        }
    }

    /// Runs a job whose time has come since it last ran. The first round ever only notes the time. Several servers may
    /// run it at once: twice is once.
    async fn run_if_due(&self, name: &'static str, now: Instant) -> Result<bool, JobsError> {
        let key = format!("jobs.{name}.ran_at");
        let asked = key.clone();
        let last = self.store.read(move |conn| instance::get(conn, &asked)).await?;
        let schedule = if name == SNAPSHOT { &self.crons.snapshot } else { &self.crons.cleanup };
        if let Some(last) = last.and_then(|text| Instant::try_from(text).ok()) {
            if crons::next(schedule, last).is_none_or(|due| due > now) {
                return Ok(false);
            }
            if name == SNAPSHOT {
                let kept = self.snapshot(now).await?;
                tracing::info!(kept, "kept today’s scores");
            } else {
                self.clean_up(now).await?;
            }
            if self.is_stopping() {
                return Ok(false);
            }
            self.store.write(move |conn| instance::set(conn, &key, &now.to_string())).await?;
            return Ok(true);
        }
        self.store.write(move |conn| instance::set(conn, &key, &now.to_string())).await?;
        Ok(false)
    }

    /// Keeps today's score of every path of an account that may sign in. Certificates that ran out and recall that faded
    /// show in it without anybody doing anything. Says how many scores are new.
    pub async fn snapshot(&self, now: Instant) -> Result<usize, JobsError> {
        let mut after: Option<PathId> = None;
        let mut kept = 0;
        while !self.is_stopping() {
            let ids = self.store.scan(move |conn| paths::all_ids(conn, after, CHUNK)).await?;
            let Some(last) = ids.last().copied() else { break };
            after = Some(last);
            let mut made: Vec<Made> = Vec::new();
            for id in ids {
                match self.today(id, now).await {
                    Ok(score) => made.extend(score),
                    // One broken path is no reason to keep nobody's score.
                    Err(error) => tracing::error!(%error, path = id.0, "a path could not be scored"),
                }
            }
            kept += made.len();
            if !made.is_empty() {
                self.store
                    .write(move |conn| {
                        for made in &made {
                            scorecards::save(conn, made.path, &made.score, made.terms(), now)?;
                        }
                        Ok(())
                    })
                    .await?;
            }
        }
        Ok(kept)
    }

    /// Today's score of a path, if it is not there yet.
    async fn today(&self, id: PathId, now: Instant) -> Result<Option<Made>, JobsError> {
        let loaded = self
            .store
            .scan(move |conn| {
                let path = paths::by_id(conn, id)?;
                let account = store::accounts::by_id(conn, path.account)?;
                if account.disabled {
                    return Ok(None);
                }
                let latest = scorecards::latest(conn, id)?;
                let mentored = digest_facts::mentored(conn, &path)?;
                let mut entries = ledger::facts(conn, path.account)?;
                entries.retain(|entry| entry.recorded_at <= now);
                Ok(Some((PathFacts { path, mentored, latest, before: None, skipped: BTreeSet::new() }, entries, now.day_in(&account.zone))))
            })
            .await?;
        let Some((facts, entries, today)) = loaded else { return Ok(None) };
        let template = self.content.template(facts.path.revision).await?;
        Ok(self.content.score(&facts, &template, Moment { ledger: &entries, today, now }).await?.made())
    }

    async fn clean_up(&self, now: Instant) -> Result<(), JobsError> {
        let before = now.plus_seconds(-KEPT_DAYS * 86_400);
        let (gone_sessions, gone_keys, gone_invitations) = self
            .store
            .write(move |conn| {
                Ok((sessions::purge_expired(conn, now)?, idempotency::purge(conn, before)?, invitations::purge(conn, before)?))
            })
            .await?;
        tracing::info!(sessions = gone_sessions, keys = gone_keys, invitations = gone_invitations, "cleaned up");
        Ok(())
    }
}
