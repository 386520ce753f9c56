//! A cohort with everything that is known of its learners, over all of its roles: for completion and for the digests of those
//! who guide it. The board shows one role and keeps what it worked out; this is looked at now and then.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::cohort::{
    Attendee, Curve, Followed, GuidedLearner, Looking, MemberCalendar, Named, RoleStanding, guided, plan, role_standings,
};
use domain::ids::{AccountId, CohortId};
use domain::path::RuleChoice;
use domain::scoring::{DefaultRule, ScoreError, ScoringRule};
use domain::template::{LevelIndex, Template};
use domain::time::Instant;
use store::cohorts::{Learner, StandFacts};

use crate::errors::Error;
use crate::services::readiness;
use crate::state::State;

/// A cohort with its learners, their paths ready to be scored.
pub struct Loaded {
    pub facts: StandFacts,
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

impl Loaded {
    /// In one read; templates and rules from memory where they are known.
    pub async fn of(state: &State, cohort: CohortId) -> Result<Self, Error> {
        let facts = state.store.scan(move |conn| store::cohorts::stand_facts(conn, cohort)).await?;
        let calendar = facts.board.set_up.calendar(&facts.board.cohort);
        let mut curves: HashMap<String, Arc<Curve>> = HashMap::new();
        for role in &facts.board.set_up.roles {
            let template = state.template(role.revision).await?;
            let target = template.level(&role.target_level).unwrap_or(0);
            let nothing = Default::default();
            let weeks = facts.weeks.get(&role.role).unwrap_or(&nothing);
            let planned = plan(&template, target, &role.chosen, &calendar, weeks).map_err(Error::machine)?;
            curves.insert(role.role.clone(), Arc::new(Curve::new(&planned, &calendar)));
        }
        let (unplanned, built_in): (Arc<Curve>, Arc<dyn ScoringRule>) = (Arc::default(), Arc::new(DefaultRule));
        let mut rules: HashMap<String, Arc<dyn ScoringRule>> = HashMap::new();
        let mut paths = Vec::with_capacity(facts.board.learners.len());
        for learner in &facts.board.learners {
            let mut own = Vec::with_capacity(learner.paths.len());
            for path in &learner.paths {
                let template = state.template(path.revision).await?;
                let rule = match &path.rule {
                    RuleChoice::BuiltIn => Arc::clone(&built_in),
                    RuleChoice::Plugin(plugin) => {
                        if !rules.contains_key(plugin) {
                            let found = readiness::rule(state, plugin).await?.unwrap_or_else(|_| Arc::clone(&built_in));
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
        Ok(Self { facts, paths })
    }

    fn each<T>(&self, act: impl Fn(&Learner, &Attendee<'_>) -> Result<T, ScoreError>) -> Result<Vec<T>, ScoreError> {
        let board = &self.facts.board;
        let calendar = board.set_up.calendar(&board.cohort);
        let (no_entries, no_numbers, nothing) = (Vec::new(), BTreeSet::new(), Vec::new());
        let of = |(learner, loaded): (&Learner, &Vec<Loading>)| {
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
            act(learner, &attendee)
        };
        board.learners.iter().zip(&self.paths).map(of).collect()
    }

    /// Every learner now and at `since`, by name.
    pub fn guided(&self, now: Instant, since: Instant) -> Result<Vec<GuidedLearner>, ScoreError> {
        let looking = Looking { set_up: &self.facts.board.set_up, zone: &self.facts.board.cohort.zone, now };
        self.each(|learner, attendee| {
            let account = &learner.account;
            let named = Named { account: account.id, person: account.public_id.to_string(), name: account.name.as_str() };
            guided(named, attendee, looking, since)
        })
    }

    /// Where every learner stands in each of the roles.
    pub fn roles(&self, now: Instant) -> Result<HashMap<AccountId, Vec<RoleStanding>>, ScoreError> {
        Ok(self.each(|learner, attendee| Ok((learner.account.id, role_standings(attendee, now)?)))?.into_iter().collect())
    }
}
