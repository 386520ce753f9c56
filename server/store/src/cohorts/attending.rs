//! A cohort's learners with their paths ready to be scored: one assembly of what is stored, so that a letter, an alert and a page
//! never look at one learner in two ways. Where templates and rules come from is for the caller to know.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::cohort::{Attendee, Curve, Followed, GuidedLearner, Looking, MemberCalendar, Named, guided, plan};
use domain::ids::RevisionId;
use domain::path::{Path, RuleChoice};
use domain::scoring::{DefaultRule, ScoreError, ScoringRule};
use domain::template::{LevelIndex, Template};
use domain::time::Instant;

use super::{Learner, StandFacts};
use crate::{Error, Result};

/// What has to be at hand before learners can be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Of the cohort's roles and of every path.
    pub revisions: BTreeSet<RevisionId>,
    /// Plugins whose rules score a path.
    pub plugins: BTreeSet<String>,
}

/// What is at hand. For the rule of a plugin that is not, the built-in one stands in.
#[derive(Default)]
pub struct AtHand {
    pub templates: HashMap<RevisionId, Arc<Template>>,
    pub rules: HashMap<String, Arc<dyn ScoringRule>>,
}

/// A cohort's learners, their paths ready to be scored.
pub struct Attending {
    pub facts: StandFacts,
    /// By learner and path, as in the facts.
    paths: Vec<Vec<Ready>>,
}

struct Ready {
    template: Arc<Template>,
    target: LevelIndex,
    chosen: BTreeSet<String>,
    rule: Arc<dyn ScoringRule>,
    plan: Arc<Curve>,
}

impl Ready {
    fn followed(&self) -> Followed<'_> {
        let Self { template, target, chosen, rule, plan } = self;
        Followed { template, target: *target, chosen, rule: rule.as_ref(), plan }
    }
}

impl StandFacts {
    pub fn needs(&self) -> Needs {
        let paths = || self.board.learners.iter().flat_map(|learner| &learner.paths);
        let plugin = |path: &Path| match &path.rule {
            RuleChoice::BuiltIn => None,
            RuleChoice::Plugin(plugin) => Some(plugin.clone()),
        };
        let roles = self.board.set_up.roles.iter().map(|role| role.revision);
        Needs { revisions: roles.chain(paths().map(|path| path.revision)).collect(), plugins: paths().filter_map(plugin).collect() }
    }
}

impl AtHand {
    fn template(&self, revision: RevisionId) -> Result<Arc<Template>> {
        self.templates.get(&revision).cloned().ok_or(Error::NotThere("revision"))
    }

    fn rule(&self, choice: &RuleChoice, built_in: &Arc<dyn ScoringRule>) -> Arc<dyn ScoringRule> {
        let own = match choice {
            RuleChoice::BuiltIn => None,
            RuleChoice::Plugin(plugin) => self.rules.get(plugin),
        };
        Arc::clone(own.unwrap_or(built_in))
    }
}

impl Attending {
    /// Fails with `NotThere("revision")` where a template that is needed is not at hand.
    pub fn of(facts: StandFacts, at_hand: &AtHand) -> Result<Self> {
        let calendar = facts.board.set_up.calendar(&facts.board.cohort);
        let mut curves: HashMap<&str, Arc<Curve>> = HashMap::new();
        for role in &facts.board.set_up.roles {
            let template = at_hand.template(role.revision)?;
            let target = template.level(&role.target_level).unwrap_or(0);
            let nothing = Default::default();
            let weeks = facts.weeks.get(&role.role).unwrap_or(&nothing);
            let planned = plan(&template, target, &role.chosen, &calendar, weeks).map_err(|error| Error::Machine(error.to_string()))?;
            curves.insert(&role.role, Arc::new(Curve::new(&planned, &calendar)));
        }
        let (unplanned, built_in): (Arc<Curve>, Arc<dyn ScoringRule>) = (Arc::default(), Arc::new(DefaultRule));
        let ready = |path: &Path| {
            let template = at_hand.template(path.revision)?;
            Ok(Ready {
                target: template.level(&path.target_level).unwrap_or(0),
                chosen: path.chosen.clone(),
                rule: at_hand.rule(&path.rule, &built_in),
                plan: Arc::clone(curves.get(template.id()).unwrap_or(&unplanned)),
                template,
            })
        };
        let paths = facts.board.learners.iter().map(|learner| learner.paths.iter().map(ready).collect()).collect::<Result<_>>()?;
        Ok(Self { paths, facts })
    }

    /// Does something with every learner, by name.
    pub fn each<T>(&self, act: impl Fn(&Learner, &Attendee<'_>) -> T) -> Vec<T> {
        let board = &self.facts.board;
        let calendar = board.set_up.calendar(&board.cohort);
        let (no_entries, no_numbers, nothing, no_questions) = (Vec::new(), BTreeSet::new(), Vec::new(), Vec::new());
        let of = |(learner, ready): (&Learner, &Vec<Ready>)| {
            let id = learner.account.id;
            let paths: Vec<Followed<'_>> = ready.iter().map(Ready::followed).collect();
            let attendee = Attendee {
                member: MemberCalendar { calendar: &calendar, terms: &learner.terms, spans: &learner.spans },
                zone: &learner.account.zone,
                ledger: self.facts.ledgers.get(&id).unwrap_or(&no_entries),
                withheld: &learner.withheld,
                brought: self.facts.brought.get(&id).unwrap_or(&no_numbers),
                waiting: self.facts.waiting.get(&id).unwrap_or(&nothing),
                questions: self.facts.questions.get(&id).unwrap_or(&no_questions),
                mentored: learner.mentored,
                paths: &paths,
            };
            act(learner, &attendee)
        };
        board.learners.iter().zip(&self.paths).map(of).collect()
    }

    pub fn looking(&self, now: Instant) -> Looking<'_> {
        Looking { set_up: &self.facts.board.set_up, zone: &self.facts.board.cohort.zone, now }
    }

    /// A learner now and at `since`, for digests.
    pub fn guided(
        &self,
        learner: &Learner,
        attendee: &Attendee<'_>,
        now: Instant,
        since: Instant,
    ) -> std::result::Result<GuidedLearner, ScoreError> {
        let account = &learner.account;
        let named = Named { account: account.id, person: account.public_id.to_string(), name: account.name.as_str() };
        guided(named, attendee, self.looking(now), since)
    }
}
