//! The digest of mentors and leads as its recipient sees it: a preview from what holds now.

use std::sync::Arc;

use domain::cohort::{GuideDigest, GuidedCohort, MemberState, Standing, guide_digest};
use domain::digest::{DigestKind, since};
use domain::schedule::{Cadence, Period, Rule, next_due};
use letters::{Letter, MentorDigestView};
use store::cohorts::AlertFilter;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::cohorts::{Loaded, is_seen};
use crate::services::digests;
use crate::state::State;

/// Alerts of one period that a letter is made of.
const MOST_ALERTS: i64 = 500;

/// The digest as it would be sent next.
pub struct Preview {
    pub digest: GuideDigest,
    pub letter: Letter,
    pub period: Period,
}

/// Once a week or never: fails with `schedule_malformed` for anything else.
pub fn checked(rule: Rule) -> Result<Rule, Error> {
    match rule.cadence {
        Cadence::Weekly { .. } | Cadence::Off => Ok(rule),
        Cadence::Daily | Cadence::Monthly { .. } => Err(Error::field("cadence", "schedule_malformed")),
    }
}

pub async fn preview(state: &State, who: &Signed) -> Result<Preview, Error> {
    let (account, kind) = (&who.account, DigestKind::Mentor);
    let now = state.clock.now();
    let known = digests::schedule(state, who, kind).await?;
    let chosen = known.map(|schedule| schedule.rule).filter(|rule| rule.cadence != Cadence::Off);
    let rule = chosen.unwrap_or_else(|| kind.suggested());
    let due = next_due(rule, &account.zone, now).ok_or_else(|| Error::machine("a rule that is on has a next sending"))?;
    let digest = compose_now(state, who, since(rule, &account.zone, due.at)).await?;
    let token = digests::unsubscribe_token(state, account, kind).await?;
    let view = MentorDigestView {
        name: &account.name,
        period: &due.period,
        today: now.day_in(&account.zone),
        digest: &digest,
        links: &letters::Links::new(&state.base.to_string()),
        unsubscribe_token: &token,
        rule,
        zone: &account.zone,
        instance: &state.instance_now().name,
    };
    let lang = state.words.for_languages(account.language.as_deref(), None);
    let letter = letters::mentor_digest(&lang, &view).map_err(Error::machine)?;
    Ok(Preview { digest, letter, period: due.period })
}

async fn compose_now(state: &State, who: &Signed, since: domain::time::Instant) -> Result<GuideDigest, Error> {
    let now = state.clock.now();
    let mut told = Vec::new();
    for member in who.memberships.iter().filter(|member| member.standing >= Standing::Mentor && member.state == MemberState::Active) {
        let (id, is_lead) = (member.cohort, member.standing == Standing::Lead);
        let loaded = Arc::new(Loaded::of(state, id).await?);
        let filter = AlertFilter { open: true, since: Some(since), ..AlertFilter::default() };
        let read =
            state.store.read(move |conn| Ok((store::cohorts::alerts(conn, id, filter, MOST_ALERTS)?, store::cohorts::withheld(conn, id)?)));
        let (mut alerts, withheld) = read.await?;
        alerts.retain(|alert| is_seen(alert, &withheld));
        let alerts: Vec<_> = alerts.iter().map(|alert| (alert.account.id, alert.event.kind, alert.event.figure, alert.event.day)).collect();
        let scored = Arc::clone(&loaded);
        let learners = tokio::task::spawn_blocking(move || scored.guided(now, since)).await.map_err(Error::machine)?;
        told.push((loaded, is_lead, learners.map_err(Error::machine)?, alerts));
    }
    let cohorts: Vec<GuidedCohort<'_>> = told
        .iter()
        .map(|(loaded, is_lead, learners, alerts)| GuidedCohort {
            cohort: &loaded.attending.facts.board.cohort,
            is_lead: *is_lead,
            learners,
            alerts,
        })
        .collect();
    Ok(guide_digest(who.account.id, &cohorts))
}
