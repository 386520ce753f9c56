//! System jobs: what the instance does for itself, by cron expressions in UTC.

use std::sync::Arc;

use domain::ids::PathId;
use domain::time::Instant;
use store::digest_facts;
use store::system_jobs::JobRecord;
use store::{idempotency, instance, invitations, ledger, paths, reset_codes, scorecards, sessions, system_jobs};

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

    /// Runs a job whose time has come since it last ran, or that an admin asked for. The first round ever only notes the
    /// time. Several servers may run it at once: twice is once.
    async fn run_if_due(&self, name: &'static str, now: Instant) -> Result<bool, JobsError> {
        let key = format!("jobs.{name}.ran_at");
        let asked_key = key.clone();
        let (last, asked, noted) = self
            .store
            .read(move |conn| Ok((instance::get(conn, &asked_key)?, system_jobs::asked(conn, name)?, system_jobs::record(conn, name)?)))
            .await?;
        let schedule = if name == SNAPSHOT { &self.crons.snapshot } else { &self.crons.cleanup };
        let mut record = noted.clone().unwrap_or_default();
        record.expression = schedule.to_string();
        let Some(last) = last.and_then(|text| Instant::try_from(text).ok()) else {
            record.next_at = crons::next(schedule, now);
            self.note_job(name, record, Some((key, now))).await?;
            return Ok(false);
        };
        record.next_at = crons::next(schedule, last);
        if asked.is_none() && record.next_at.is_none_or(|due| due > now) {
            // What the configuration says may be new.
            if noted.as_ref() != Some(&record) {
                self.note_job(name, record, None).await?;
            }
            return Ok(false);
        }
        let started = self.clock.now();
        if let Err(error) = self.run_system(name, now).await {
            record.failed_at = Some(now);
            self.note_job(name, record, None).await?;
            return Err(error);
        }
        if self.is_stopping() {
            return Ok(false);
        }
        let took = self.clock.now().micros() - started.micros();
        (record.ran_at, record.took_micros, record.failed_at) = (Some(now), Some(took.max(0)), None);
        record.next_at = crons::next(schedule, now);
        self.note_job(name, record, Some((key, now))).await?;
        Ok(true)
    }

    async fn run_system(&self, name: &'static str, now: Instant) -> Result<(), JobsError> {
        if name == SNAPSHOT {
            let kept = self.snapshot(now).await?;
            tracing::info!(kept, "kept today’s scores");
            Ok(())
        } else {
            self.clean_up(now).await
        }
    }

    /// Notes how a job stands; with `ran`, that it ran then, which answers whoever asked for it before.
    async fn note_job(&self, name: &'static str, record: JobRecord, ran: Option<(String, Instant)>) -> Result<(), JobsError> {
        self.store
            .write(move |conn| {
                system_jobs::put_record(conn, name, &record)?;
                if let Some((key, at)) = &ran {
                    instance::set(conn, key, &at.to_string())?;
                    system_jobs::answer(conn, name, *at)?;
                }
                Ok(())
            })
            .await?;
        Ok(())
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
                let today = now.day_in(&account.zone);
                let mut entries = ledger::facts(conn, path.account)?;
                entries.retain(|entry| entry.recorded_at <= now);
                Ok(Some((digest_facts::with_scores(conn, path, &entries, today)?, entries, today)))
            })
            .await?;
        let Some((facts, entries, today)) = loaded else { return Ok(None) };
        let template = self.content.template(facts.path.revision).await?;
        Ok(self.content.score(&facts, &template, Moment { ledger: &entries, today, now }).await?.made)
    }

    async fn clean_up(&self, now: Instant) -> Result<(), JobsError> {
        let before = now.plus_seconds(-KEPT_DAYS * 86_400);
        let (gone_sessions, gone_keys, gone_invitations, gone_codes) = self
            .store
            .write(move |conn| {
                let (sessions, codes) = (sessions::purge_expired(conn, now)?, reset_codes::purge(conn, now)?);
                Ok((sessions, idempotency::purge(conn, before)?, invitations::purge(conn, before)?, codes))
            })
            .await?;
        tracing::info!(sessions = gone_sessions, keys = gone_keys, invitations = gone_invitations, codes = gone_codes, "cleaned up");
        Ok(())
    }
}
