//! The digest of mentors and leads: one letter a person about every cohort that they guide at the moment of sending.

use domain::cohort::{AlertKind, Cohort, GuideDigest, GuidedCohort, GuidedLearner, MemberState, Standing, guide_digest};
use domain::digest::{DigestKind, since};
use domain::ids::{AccountId, CohortId};
use domain::schedule::Period;
use domain::time::{Day, Instant};
use letters::{MentorDigestView, mentor_digest, unsubscribe};
use store::cohorts::AlertFilter;

use crate::JobsError;
use crate::content::{Content, Prepared, Ready};
use crate::rules::{GUIDES_NOBODY, SILENT, address};

/// Alerts of one period that a letter is made of.
const MOST_ALERTS: i64 = 500;

/// A cohort with what is told of it.
struct Told {
    cohort: Cohort,
    is_lead: bool,
    learners: Vec<GuidedLearner>,
    alerts: Vec<(AccountId, AlertKind, u32, Day)>,
}

impl Content {
    /// The mentor's digest that was due at `due_at`, by what the recipient guides and wants at `now`.
    pub(crate) async fn guide(&self, account: AccountId, period: &Period, due_at: Instant, now: Instant) -> Result<Prepared, JobsError> {
        let kind = DigestKind::Mentor;
        let (account, schedule, memberships) = self
            .store
            .read(move |conn| {
                let schedule = store::digests::schedule(conn, account, kind)?;
                Ok((store::accounts::by_id(conn, account)?, schedule, store::cohorts::memberships(conn, account)?))
            })
            .await?;
        let address = match address(&account, schedule.as_ref()) {
            Ok(address) => address.clone(),
            Err(why) => return Ok(Prepared::Skip(why)),
        };
        let guides = memberships.into_iter().filter(|member| member.standing >= Standing::Mentor && member.state == MemberState::Active);
        let guided: Vec<(CohortId, bool)> = guides.map(|member| (member.cohort, member.standing == Standing::Lead)).collect();
        if guided.is_empty() {
            return Ok(Prepared::Skip(GUIDES_NOBODY));
        }
        let rule = schedule.map_or_else(|| kind.suggested(), |schedule| schedule.rule);
        let since = since(rule, &account.zone, due_at);
        let digest = self.guide_digest(account.id, &guided, since, now).await?;
        if digest.is_silent() {
            return Ok(Prepared::Skip(SILENT));
        }
        // Reads what an admin called the instance.
        self.documents().await?;
        let token = unsubscribe::make(&self.secret, &account.public_id, kind);
        let view = MentorDigestView {
            name: &account.name,
            period,
            today: now.day_in(&account.zone),
            digest: &digest,
            links: &self.links,
            unsubscribe_token: &token,
            rule,
            zone: &account.zone,
            instance: &self.instance_name(),
        };
        let letter = mentor_digest(&self.words.for_languages(account.language.as_deref(), None), &view)?;
        let unsubscribe = Some(self.links.unsubscribe(&token));
        Ok(Prepared::Send(Box::new(Ready { name: account.name, address, letter, unsubscribe, scores: Vec::new() })))
    }

    async fn guide_digest(
        &self,
        viewer: AccountId,
        guided: &[(CohortId, bool)],
        since: Instant,
        now: Instant,
    ) -> Result<GuideDigest, JobsError> {
        let mut told = Vec::with_capacity(guided.len());
        for &(id, is_lead) in guided {
            let loaded = self.cohort(id, now).await?;
            let filter = AlertFilter { open: true, since: Some(since), ..AlertFilter::default() };
            let alerts = if is_lead {
                self.store.scan(move |conn| store::cohorts::alerts(conn, id, filter, MOST_ALERTS)).await?
            } else {
                Vec::new()
            };
            let cohort = loaded.attending.facts.board.cohort.clone();
            let withheld = |alert: &store::cohorts::Alert| {
                let learner = loaded.attending.facts.board.learners.iter().find(|learner| learner.account.id == alert.account.id);
                alert.entry().is_some_and(|entry| learner.is_none_or(|learner| learner.withheld.contains(&entry)))
            };
            let alerts = alerts
                .iter()
                .filter(|alert| !withheld(alert))
                .map(|alert| (alert.account.id, alert.event.kind, alert.event.figure, alert.event.day))
                .collect();
            // Everybody is scored twice; that belongs on another thread.
            let learners = tokio::task::spawn_blocking(move || loaded.guided(now, since)).await?;
            told.push(Told { cohort, is_lead, learners, alerts });
        }
        let cohorts: Vec<GuidedCohort<'_>> = told
            .iter()
            .map(|told| GuidedCohort { cohort: &told.cohort, is_lead: told.is_lead, learners: &told.learners, alerts: &told.alerts })
            .collect();
        Ok(guide_digest(viewer, &cohorts))
    }
}
