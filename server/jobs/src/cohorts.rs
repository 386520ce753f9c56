//! Cohorts at the end of a session day: alerts, and what the digests of those who guide them are made of.

use std::collections::HashMap;

use domain::cohort::{AlertSettings, Attendee, GuidedLearner, KnownAlert, ended, look, stand};
use domain::ids::{AccountId, CohortId};
use domain::scoring::ScoreError;
use domain::time::Instant;
use store::cohorts::{AlertsDue, AtHand, Attending, Learner, NewAlert, Raising};

use crate::content::Content;
use crate::{Jobs, JobsError};

/// A cohort with its learners, their paths ready to be scored.
pub(crate) struct Loaded {
    pub(crate) attending: Attending,
}

impl Content {
    /// Everything of a cohort, in one read; templates and rules from memory where they are known.
    pub(crate) async fn cohort(&self, id: CohortId, now: Instant) -> Result<Loaded, JobsError> {
        let facts = self.store.scan(move |conn| store::cohorts::stand_facts(conn, id)).await?;
        let (needs, mut at_hand) = (facts.needs(), AtHand::default());
        for revision in needs.revisions {
            at_hand.templates.insert(revision, self.template(revision).await?);
        }
        for plugin in needs.plugins {
            if let Ok((rule, _)) = self.plugin_rule(&plugin, now).await? {
                at_hand.rules.insert(plugin, rule);
            }
        }
        Ok(Loaded { attending: Attending::of(facts, &at_hand)? })
    }
}

impl Loaded {
    /// Does something with every learner; of whom it fails is left out and named in the log, for one broken path is no
    /// reason to tell of nobody.
    fn each<T>(&self, act: impl Fn(&Learner, &Attendee<'_>) -> Result<T, ScoreError>) -> Vec<T> {
        let cohort = self.attending.facts.board.cohort.id.0;
        let all = self.attending.each(|learner, attendee| (learner.account.id.0, act(learner, attendee)));
        let done = all.into_iter().filter_map(|(account, done)| {
            done.map_err(|error| tracing::error!(%error, account, cohort, "a learner could not be looked at")).ok()
        });
        done.collect()
    }

    /// Every learner now and at `since`, by name.
    pub(crate) fn guided(&self, now: Instant, since: Instant) -> Vec<GuidedLearner> {
        self.each(|learner, attendee| self.attending.guided(learner, attendee, now, since))
    }
}

/// What is raised, and the keys of rows that hold no more.
type Found = (Vec<(AccountId, domain::cohort::Event)>, Vec<i64>);

impl Jobs {
    /// Looks at every cohort whose session day ended since it was looked at; how many alerts are new.
    pub(crate) async fn raise_alerts(&self, now: Instant) -> Result<usize, JobsError> {
        let mut raised = 0;
        for due in self.store.read(store::cohorts::alerts_due).await? {
            let through = ended(now, &due.zone);
            if self.is_stopping() || due.looked_through.is_some_and(|looked| looked >= through) {
                continue;
            }
            match self.look_at(&due, now).await {
                Ok(new) => raised += new,
                // One broken cohort is no reason to tell nobody.
                Err(error) => tracing::error!(%error, cohort = due.cohort.0, "a cohort’s alerts could not be looked at"),
            }
        }
        Ok(raised)
    }

    async fn look_at(&self, due: &AlertsDue, now: Instant) -> Result<usize, JobsError> {
        let (cohort, settings, through) = (due.cohort, due.settings, ended(now, &due.zone));
        let known = self.store.scan(move |conn| store::cohorts::known_alerts(conn, cohort)).await?;
        let is_open = known.values().flatten().any(|(_, alert)| !alert.is_over);
        // All is off: there is nothing to look at but what is open still.
        let (raised, over) = if settings.is_on() || is_open {
            let loaded = self.content.cohort(cohort, now).await?;
            tokio::task::spawn_blocking(move || find(&loaded, &settings, &known, now)).await?
        } else {
            Found::default()
        };
        let raised = raised.into_iter().map(|(account, event)| NewAlert { public_id: self.dice.public_id(), account, event }).collect();
        let raising = Raising { cohort, version: due.version, through, raised, over, at: now };
        Ok(self.store.write(move |conn| store::cohorts::note_alerts(conn, &raising)).await?.unwrap_or(0))
    }
}

fn find(loaded: &Loaded, settings: &AlertSettings, known: &HashMap<AccountId, Vec<(i64, KnownAlert)>>, now: Instant) -> Found {
    let looking = loaded.attending.looking(now);
    let through = ended(now, looking.zone);
    let mut found = Found::default();
    let looks = loaded.each(|learner, attendee| {
        let id = learner.account.id;
        let (rows, alerts): (Vec<i64>, Vec<KnownAlert>) = known.get(&id).cloned().unwrap_or_default().into_iter().unzip();
        let stand = stand(attendee, looking)?;
        Ok((id, rows, look(settings, &stand.facts(attendee.member), &alerts, through)))
    });
    for (id, rows, look) in looks {
        found.0.extend(look.raised.into_iter().map(|event| (id, event)));
        found.1.extend(look.over.into_iter().filter_map(|place| rows.get(place).copied()));
    }
    found
}
