//! Planning: what is due goes into the outbox, what is too late is recorded, and schedules move on.

use domain::digest::DigestKind;
use domain::ids::PublicId;
use domain::schedule::{Lateness, Period, lateness, next_due};
use domain::time::Instant;
use store::digests::{self, DueSchedule, Outcome, Planned};

use crate::rules::TOO_LATE;
use crate::{Jobs, JobsError, Round};

const PAGE: i64 = 100;

/// Sendings missed longer ago are not recorded one by one.
const RECORDED_DAYS: i64 = 40;

impl Jobs {
    /// Plans a page of what is due; whether there was any.
    pub(crate) async fn plan(&self, now: Instant, round: &mut Round) -> Result<bool, JobsError> {
        let due = self.store.read(move |conn| digests::due(conn, now, PAGE)).await?;
        if due.is_empty() {
            return Ok(false);
        }
        // One transaction a page: either all of it is planned or none.
        let planned: Vec<Planned> = due.into_iter().map(|due| self.planned(due, now)).collect();
        let done = planned.clone();
        let inserted = self
            .store
            .write(move |conn| planned.iter().map(|planned| digests::plan(conn, planned)).collect::<Result<Vec<bool>, _>>())
            .await?;
        for (planned, _) in done.iter().zip(inserted).filter(|(_, inserted)| *inserted) {
            match &planned.outcome {
                Outcome::Queue { .. } => round.planned += 1,
                Outcome::Skip { .. } => round.too_late += 1,
            }
        }
        Ok(true)
    }

    /// Messages of mentors go into the outbox once, whoever of several servers plans them.
    pub(crate) async fn plan_messages(&self, now: Instant, round: &mut Round) -> Result<(), JobsError> {
        while !self.is_stopping() {
            let waiting = self.store.read(move |conn| store::mentoring::unplanned_messages(conn, PAGE)).await?;
            if waiting.is_empty() {
                return Ok(());
            }
            let planned: Vec<(Planned, PublicId)> = waiting
                .into_iter()
                .map(|message| {
                    let message_id = mail::message_id(&self.dice.public_id(), &self.mailer.sender().address);
                    let planned = Planned {
                        account: message.learner,
                        kind: DigestKind::Message,
                        period: Period(message.public_id.to_string()),
                        due_at: message.at,
                        outcome: Outcome::Queue { message_id },
                        next: None,
                        now,
                    };
                    (planned, message.public_id)
                })
                .collect();
            let inserted = self.store.write(move |conn| {
                let mut inserted = 0;
                for (planned, id) in &planned {
                    inserted += usize::from(digests::plan(conn, planned)?);
                    store::mentoring::message_is_planned(conn, *id)?;
                }
                Ok(inserted)
            });
            round.planned += inserted.await?;
        }
        Ok(())
    }

    fn planned(&self, due: DueSchedule, now: Instant) -> Planned {
        let outcome = match lateness(due.rule, &due.zone, due.due_at, now) {
            Lateness::OnTime | Lateness::Late => {
                Outcome::Queue { message_id: mail::message_id(&self.dice.public_id(), &self.mailer.sender().address) }
            }
            Lateness::TooLate => Outcome::Skip { why: TOO_LATE.to_owned() },
        };
        // From the sending that was due, not from now: each one missed is recorded, and the last may still be useful.
        let from = due.due_at.max(now.plus_seconds(-RECORDED_DAYS * 86_400));
        Planned {
            account: due.account,
            kind: due.kind,
            period: due.period,
            due_at: due.due_at,
            outcome,
            next: next_due(due.rule, &due.zone, from),
            now,
        }
    }
}
