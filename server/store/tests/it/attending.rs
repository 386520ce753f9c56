//! A cohort's learners put together, ready to be scored.

use std::sync::Arc;

use domain::cohort::Standing;
use domain::path::{CheckedSettings, RuleChoice};
use domain::scoring::{DefaultRule, Outcome, RuleFailure, RuleIdentity, ScoreInput, ScoringRule};
use domain::template::{self, Template};
use domain::time::Zone;
use store::cohorts::{self, AtHand, Attending, StandFacts};
use store::{Error, Store, paths};

use crate::support::{at, day, each_backend, fresh_id, name, path, person, read, settings, write};

/// A rule of a plugin: as the built-in one, under another name.
struct Other;

impl ScoringRule for Other {
    fn identity(&self) -> RuleIdentity {
        RuleIdentity { name: "acme/rule@1".to_owned(), digest: "acme".to_owned() }
    }

    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
        DefaultRule.score(inputs)
    }

    fn knows_message(&self, id: &str) -> bool {
        DefaultRule.knows_message(id)
    }
}

fn shipped() -> Arc<Template> {
    let skills = template::parse_catalogue_toml(include_str!("../../../../config/skills.toml")).unwrap();
    let catalogue = template::catalogue(&[(None, skills)]).unwrap();
    let role = template::parse_toml(include_str!("../../../../config/roles/backend-developer.toml")).unwrap();
    Arc::new(template::validate(role, &catalogue).unwrap_or_else(|problems| panic!("{problems}")))
}

/// Two learners, of whom the second is scored by a plugin's rule, and a third without a path.
fn stand_facts(store: &Store) -> StandFacts {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name("Autumn"),
        starts_on: day(0),
        ends_on: day(90),
        zone: Zone::utc(),
        created_at: at(0),
    };
    let cohort = write(store, move |conn| cohorts::create(conn, &new)).unwrap().id;
    for (username, rule) in [("bela", Some(RuleChoice::Plugin("acme/rule".to_owned()))), ("ada", Some(RuleChoice::BuiltIn)), ("chen", None)]
    {
        let account = person(store, username);
        let id = account.id;
        write(store, move |conn| cohorts::add_member(conn, cohort, id, Standing::Learner, at(1))).unwrap();
        let Some(rule) = rule else { continue };
        let made = path(store, &account, "aa");
        let settings = CheckedSettings { rule, ..settings() };
        write(store, move |conn| {
            paths::update_settings(conn, made.id, made.revision, &settings)?;
            paths::set_cohort(conn, made.id, Some(cohort))
        })
        .unwrap();
    }
    read(store, |conn| cohorts::stand_facts(conn, cohort))
}

#[test]
fn everybody_is_put_together_by_what_is_at_hand_and_the_built_in_rule_stands_in() {
    each_backend(|store| {
        let facts = stand_facts(store);
        let needs = facts.needs();
        assert_eq!((needs.revisions.len(), needs.plugins.iter().map(String::as_str).collect::<Vec<_>>()), (1, vec!["acme/rule"]));
        assert_eq!(Attending::of(facts.clone(), &AtHand::default()).map(drop), Err(Error::NotThere("revision")));
        let role = shipped();
        let mut at_hand = AtHand::default();
        at_hand.templates.extend(needs.revisions.into_iter().map(|revision| (revision, Arc::clone(&role))));
        let rules = |at_hand: &AtHand| {
            let attending = Attending::of(facts.clone(), at_hand).unwrap();
            attending.each(|learner, attendee| {
                let rules = attendee.paths.iter().map(|path| path.rule.identity().name).collect::<Vec<_>>();
                (learner.account.name.to_string(), rules.join(" "))
            })
        };
        let own = DefaultRule.identity().name;
        let told =
            |of_bela: &str| [("ada", own.as_str()), ("bela", of_bela), ("chen", "")].map(|(name, rule)| (name.to_owned(), rule.to_owned()));
        assert_eq!(rules(&at_hand), told(&own), "by name; the plugin's rule is not at hand");
        at_hand.rules.insert("acme/rule".to_owned(), Arc::new(Other));
        assert_eq!(rules(&at_hand), told("acme/rule@1"));
    });
}
