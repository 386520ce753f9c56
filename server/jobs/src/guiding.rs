//! The digest of mentors and leads: one letter a person about every cohort that they guide at the moment of sending.

use domain::account::Account;
use domain::cohort::{AlertKind, Cohort, GuideDigest, GuidedCohort, GuidedLearner, MemberState, Standing, guide_digest};
use domain::digest::{DigestKind, since};
use domain::ids::{AccountId, CohortId};
use domain::schedule::{Cadence, Period, Rule, next_due};
use domain::time::{Day, Instant};
use letters::{Letter, MentorDigestView, mentor_digest, unsubscribe};
use store::cohorts::AlertFilter;
use store::digests::Schedule;

use crate::JobsError;
use crate::content::{Content, Prepared, Ready};
use crate::rules::{GUIDES_NOBODY, SILENT, address};

const KIND: DigestKind = DigestKind::Mentor;

/// Alerts of one period that a letter is made of.
const MOST_ALERTS: i64 = 500;

/// A cohort with what is told of it.
struct Told {
    cohort: Cohort,
    is_lead: bool,
    learners: Vec<GuidedLearner>,
    alerts: Vec<(AccountId, AlertKind, u32, Day)>,
}

/// Who guides, what they wish, and the cohorts that they guide now: of which they are a lead.
struct Guide {
    account: Account,
    schedule: Option<Schedule>,
    guided: Vec<(CohortId, bool)>,
}

impl Content {
    /// The mentor's digest that was due at `due_at`, by what the recipient guides and wants at `now`.
    pub(crate) async fn guide(&self, account: AccountId, period: &Period, due_at: Instant, now: Instant) -> Result<Prepared, JobsError> {
        let guide = self.guide_of(account).await?;
        let address = match address(&guide.account, guide.schedule.as_ref()) {
            Ok(address) => address.clone(),
            Err(why) => return Ok(Prepared::Skip(why)),
        };
        if guide.guided.is_empty() {
            return Ok(Prepared::Skip(GUIDES_NOBODY));
        }
        let rule = guide.schedule.as_ref().map_or_else(|| KIND.suggested(), |schedule| schedule.rule);
        let digest = self.guide_digest(&guide, since(rule, &guide.account.zone, due_at), now).await?;
        if digest.is_silent() {
            return Ok(Prepared::Skip(SILENT));
        }
        let token = unsubscribe::make(&self.secret, &guide.account.public_id, KIND);
        let letter = self.guide_letter(&guide, rule, period, &digest, &token, now).await?;
        let unsubscribe = Some(self.links.unsubscribe(&token));
        Ok(Prepared::Send(Box::new(Ready { name: guide.account.name, address, letter, unsubscribe, scores: Vec::new() })))
    }

    /// What would be sent now, silent or not, switched off or not; none to who guides nobody.
    pub(crate) async fn guide_preview(&self, account: AccountId, now: Instant) -> Result<Option<Letter>, JobsError> {
        let guide = self.guide_of(account).await?;
        if guide.guided.is_empty() {
            return Ok(None);
        }
        let chosen = guide.schedule.as_ref().map(|schedule| schedule.rule).filter(|rule| rule.cadence != Cadence::Off);
        let rule = chosen.unwrap_or_else(|| KIND.suggested());
        let zone = &guide.account.zone;
        let period = next_due(rule, zone, now).map_or_else(|| Period(now.day_in(zone).to_string()), |due| due.period);
        let digest = self.guide_digest(&guide, since(rule, zone, now), now).await?;
        let token = unsubscribe::make(&self.secret, &guide.account.public_id, KIND);
        Ok(Some(self.guide_letter(&guide, rule, &period, &digest, &token, now).await?))
    }

    async fn guide_of(&self, account: AccountId) -> Result<Guide, JobsError> {
        let read = self.store.read(move |conn| {
            let schedule = store::digests::schedule(conn, account, KIND)?;
            Ok((store::accounts::by_id(conn, account)?, schedule, store::cohorts::memberships(conn, account)?))
        });
        let (account, schedule, memberships) = read.await?;
        let guides = memberships.into_iter().filter(|member| member.standing >= Standing::Mentor && member.state == MemberState::Active);
        Ok(Guide { account, schedule, guided: guides.map(|member| (member.cohort, member.standing == Standing::Lead)).collect() })
    }

    async fn guide_letter(
        &self,
        guide: &Guide,
        rule: Rule,
        period: &Period,
        digest: &GuideDigest,
        token: &str,
        now: Instant,
    ) -> Result<Letter, JobsError> {
        // Reads what an admin called the instance.
        self.documents().await?;
        let account = &guide.account;
        let view = MentorDigestView {
            name: &account.name,
            period,
            today: now.day_in(&account.zone),
            digest,
            links: &self.links,
            unsubscribe_token: token,
            rule,
            zone: &account.zone,
            instance: &self.instance_name(),
        };
        Ok(mentor_digest(&self.words.for_languages(account.language.as_deref(), None), &view)?)
    }

    async fn guide_digest(&self, guide: &Guide, since: Instant, now: Instant) -> Result<GuideDigest, JobsError> {
        let mut told = Vec::with_capacity(guide.guided.len());
        for &(id, is_lead) in &guide.guided {
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
        Ok(guide_digest(guide.account.id, &cohorts))
    }
}
