//! A cohort with everything that is known of its learners, over all of its roles: for completion and for the digests of those
//! who guide it. The board shows one role and keeps what it worked out; this is looked at now and then.

use std::collections::HashMap;

use domain::cohort::{GuidedLearner, RoleStanding, role_standings};
use domain::ids::{AccountId, CohortId};
use domain::scoring::ScoreError;
use domain::time::Instant;
use store::cohorts::{AtHand, Attending};

use crate::errors::Error;
use crate::services::readiness;
use crate::state::State;

/// A cohort with its learners, their paths ready to be scored.
pub struct Loaded {
    pub attending: Attending,
}

impl Loaded {
    /// In one read; templates and rules from memory where they are known.
    pub async fn of(state: &State, cohort: CohortId) -> Result<Self, Error> {
        let facts = state.store.scan(move |conn| store::cohorts::stand_facts(conn, cohort)).await?;
        let (needs, mut at_hand) = (facts.needs(), AtHand::default());
        for revision in needs.revisions {
            at_hand.templates.insert(revision, state.template(revision).await?);
        }
        for plugin in needs.plugins {
            if let Ok(rule) = readiness::rule(state, &plugin).await? {
                at_hand.rules.insert(plugin, rule);
            }
        }
        Ok(Self { attending: Attending::of(facts, &at_hand)? })
    }

    /// Every learner now and at `since`, by name.
    pub fn guided(&self, now: Instant, since: Instant) -> Result<Vec<GuidedLearner>, ScoreError> {
        self.attending.each(|learner, attendee| self.attending.guided(learner, attendee, now, since)).into_iter().collect()
    }

    /// Where every learner stands in each of the roles.
    pub fn roles(&self, now: Instant) -> Result<HashMap<AccountId, Vec<RoleStanding>>, ScoreError> {
        self.attending.each(|learner, attendee| Ok((learner.account.id, role_standings(attendee, now)?))).into_iter().collect()
    }
}
