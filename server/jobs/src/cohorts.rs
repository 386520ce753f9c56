//! Cohorts at the end of a session day: alerts, and what the digests of those who guide them are made of.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::cohort::{
    AlertSettings, Attendee, Curve, Followed, GuidedLearner, KnownAlert, Looking, MemberCalendar, Named, ended, guided, look, plan, stand,
};
use domain::ids::{AccountId, CohortId};
use domain::path::RuleChoice;
use domain::scoring::{DefaultRule, ScoreError, ScoringRule};
use domain::template::{LevelIndex, Template};
use domain::time::Instant;
use store::cohorts::{AlertsDue, Learner, NewAlert, Raising, StandFacts};

use crate::content::Content;
use crate::{Jobs, JobsError};

/// A cohort with its learners, their paths ready to be scored.
pub(crate) struct Loaded {
    pub(crate) facts: StandFacts,
    /// By learner and path, as in the facts.
    paths: Vec<Vec<Loading>>,
}

struct Loading {
    template: Arc<Template>,
    target: LevelIndex,
    chosen: BTreeSet<String>,
    rule: Arc<dyn ScoringRule>,
    plan: Arc<Curve>,
}

impl Loading {
    fn followed(&self) -> Followed<'_> {
        let Self { template, target, chosen, rule, plan } = self;
        Followed { template, target: *target, chosen, rule: rule.as_ref(), plan }
    }
}

impl Content {
    /// Everything of a cohort, in one read; templates and rules from memory where they are known.
    pub(crate) async fn cohort(&self, id: CohortId, now: Instant) -> Result<Loaded, JobsError> {
        let facts = self.store.scan(move |conn| store::cohorts::stand_facts(conn, id)).await?;
        let calendar = facts.board.set_up.calendar(&facts.board.cohort);
        let mut curves: HashMap<String, Arc<Curve>> = HashMap::new();
        for role in &facts.board.set_up.roles {
            let template = self.template(role.revision).await?;
            let target = template.level(&role.target_level).unwrap_or(0);
            let nothing = Default::default();
            let weeks = facts.weeks.get(&role.role).unwrap_or(&nothing);
            let planned = plan(&template, target, &role.chosen, &calendar, weeks).map_err(ScoreError::from)?;
            curves.insert(role.role.clone(), Arc::new(Curve::new(&planned, &calendar)));
        }
        let (unplanned, built_in): (Arc<Curve>, Arc<dyn ScoringRule>) = (Arc::default(), Arc::new(DefaultRule));
        let mut rules: HashMap<String, Arc<dyn ScoringRule>> = HashMap::new();
        let mut paths = Vec::with_capacity(facts.board.learners.len());
        for learner in &facts.board.learners {
            let mut own = Vec::with_capacity(learner.paths.len());
            for path in &learner.paths {
                let template = self.template(path.revision).await?;
                let rule = match &path.rule {
                    RuleChoice::BuiltIn => Arc::clone(&built_in),
                    RuleChoice::Plugin(plugin) => {
                        if !rules.contains_key(plugin) {
                            let found = self.plugin_rule(plugin, now).await?.map_or_else(|_| Arc::clone(&built_in), |(rule, _)| rule);
                            rules.insert(plugin.clone(), found);
                        }
                        Arc::clone(rules.get(plugin).unwrap_or(&built_in))
                    }
                };
                own.push(Loading {
                    target: template.level(&path.target_level).unwrap_or(0),
                    chosen: path.chosen.clone(),
                    plan: Arc::clone(curves.get(template.id()).unwrap_or(&unplanned)),
                    template,
                    rule,
                });
            }
            paths.push(own);
        }
        Ok(Loaded { facts, paths })
    }
}

impl Loaded {
    /// Does something with every learner; of whom it fails is left out and named in the log, for one broken path is no
    /// reason to tell of nobody.
    fn each<T>(&self, mut act: impl FnMut(&Learner, &Attendee<'_>) -> Result<T, ScoreError>) -> Vec<T> {
        let board = &self.facts.board;
        let calendar = board.set_up.calendar(&board.cohort);
        let (no_entries, no_numbers, nothing) = (Vec::new(), Default::default(), Vec::new());
        let mut all = Vec::with_capacity(board.learners.len());
        for (learner, loaded) in board.learners.iter().zip(&self.paths) {
            let id = learner.account.id;
            let paths: Vec<Followed<'_>> = loaded.iter().map(Loading::followed).collect();
            let attendee = Attendee {
                member: MemberCalendar { calendar: &calendar, terms: &learner.terms, spans: &learner.spans },
                zone: &learner.account.zone,
                ledger: self.facts.ledgers.get(&id).unwrap_or(&no_entries),
                withheld: &learner.withheld,
                brought: self.facts.brought.get(&id).unwrap_or(&no_numbers),
                waiting: self.facts.waiting.get(&id).unwrap_or(&nothing),
                mentored: learner.mentored,
                paths: &paths,
            };
            match act(learner, &attendee) {
                Ok(done) => all.push(done),
                Err(error) => tracing::error!(%error, account = id.0, cohort = board.cohort.id.0, "a learner could not be looked at"),
            }
        }
        all
    }

    fn looking(&self, now: Instant) -> Looking<'_> {
        Looking { set_up: &self.facts.board.set_up, zone: &self.facts.board.cohort.zone, now }
    }

    /// Every learner now and at `since`, by name.
    pub(crate) fn guided(&self, now: Instant, since: Instant) -> Vec<GuidedLearner> {
        let looking = self.looking(now);
        self.each(|learner, attendee| {
            let account = &learner.account;
            let named = Named { account: account.id, person: account.public_id.to_string(), name: account.name.as_str() };
            guided(named, attendee, looking, since)
        })
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
    let looking = loaded.looking(now);
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
