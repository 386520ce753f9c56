//! `waymark rescore`: today's score of every path, or proof that stored scores are what their inputs give.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use domain::ids::{RevisionId, ScorecardId};
use domain::scoring::{DEFAULT_RULE, DefaultRule, PROJECTION_VERSION, Scope, ScoringRule, score};
use domain::template::{self, Template};
use jobs::Jobs;
use store::scorecards::StoredScore;
use store::{accounts, ledger, scorecards, templates};

use crate::wire::{self, Failure, Tools};

const PAGE: i64 = 200;

/// What one stored score turned out to be.
enum Finding {
    Same,
    /// The learner was erased; there is nothing left to compute from.
    Erased,
    Different(String),
}

/// Computes every stored score again and compares the bytes of inputs and cards. Fails at the first difference, with its
/// name.
pub fn verify(tools: &Tools) -> Result<(), Failure> {
    let mut rules: BTreeMap<String, Arc<dyn ScoringRule>> = BTreeMap::new();
    let mut revisions: BTreeMap<RevisionId, Arc<Template>> = BTreeMap::new();
    let (mut same, mut erased) = (0_u64, 0_u64);
    let mut after: Option<ScorecardId> = None;
    loop {
        let page = tools.store.read_blocking(|conn| scorecards::page_for_verify(conn, after, PAGE)).map_err(|error| tools.failed(error))?;
        let Some(last) = page.last() else { break };
        after = Some(last.stored.id);
        for scorecards::ForVerify { stored, torn } in &page {
            let finding = match torn {
                Some(column) => Finding::Different(format!("the column {column} does not say what its score says")),
                None => look(tools, stored, &mut rules, &mut revisions)?,
            };
            match finding {
                Finding::Same => same += 1,
                Finding::Erased => erased += 1,
                Finding::Different(what) => {
                    return Err(Failure::input(format!(
                        "Score {} of path {} on {} is not what its inputs give: {what}. {same} scores before it are the same.",
                        stored.id.0, stored.path.0, stored.score.today
                    )));
                }
            }
        }
    }
    let gone = tools.store.read_blocking(accounts::erasures).map_err(|error| tools.failed(error))?.len();
    let erased = gone.max(usize::from(erased > 0));
    println!("{same} scores computed again: all the same to the byte. Learners erased: {erased}.");
    Ok(())
}

fn look(
    tools: &Tools,
    stored: &StoredScore,
    rules: &mut BTreeMap<String, Arc<dyn ScoringRule>>,
    revisions: &mut BTreeMap<RevisionId, Arc<Template>>,
) -> Result<Finding, Failure> {
    let (account, seq, revision) = (stored.account, stored.score.ledger_seq, stored.revision);
    if tools.store.read_blocking(|conn| accounts::erased_at(conn, account)).map_err(|error| tools.failed(error))?.is_some() {
        return Ok(Finding::Erased);
    }
    if stored.score.projection != PROJECTION_VERSION {
        return Ok(Finding::Different(format!(
            "it was made with projection {}, this program has {PROJECTION_VERSION}",
            stored.score.projection
        )));
    }
    let rule = match rules.entry(stored.score.rule.digest.clone()) {
        Entry::Occupied(known) => Arc::clone(known.get()),
        Entry::Vacant(place) => match rule_of(tools, place.key())? {
            Some(rule) => Arc::clone(place.insert(rule)),
            None => {
                let rule = &stored.score.rule;
                return Ok(Finding::Different(format!("its rule {} ({}) is not installed", rule.name, rule.digest)));
            }
        },
    };
    let template = match revisions.entry(revision) {
        Entry::Occupied(known) => Arc::clone(known.get()),
        Entry::Vacant(place) => {
            let row = tools.store.read_blocking(|conn| templates::get(conn, revision)).map_err(|error| tools.failed(error))?;
            let template = template::restore(&row.canonical).map_err(|problems| Failure::broken(problems.to_string()))?;
            Arc::clone(place.insert(Arc::new(template)))
        }
    };
    if template.hash != stored.score.revision {
        return Ok(Finding::Different("its template revision has another hash".to_owned()));
    }
    let Some(target) = template.level(&stored.target_level) else {
        return Ok(Finding::Different(format!("its template has no level {}", stored.target_level)));
    };
    let entries = tools.store.read_blocking(|conn| ledger::facts_upto(conn, account, seq)).map_err(|error| tools.failed(error))?;
    let scope = Scope {
        template: &template,
        target,
        chosen: &stored.chosen,
        mentored: stored.mentored,
        today: stored.score.today,
        settings: &stored.settings,
    };
    let again = match score(&*rule, scope, &entries) {
        Ok(again) => again,
        Err(error) => return Ok(Finding::Different(format!("computing it fails: {error}"))),
    };
    let old = &stored.score;
    let difference = [("input hash", &old.input_hash, &again.input_hash), ("card hash", &old.card_hash, &again.card_hash)]
        .into_iter()
        .find(|(_, a, b)| a != b)
        .map(|(name, a, b)| format!("the {name} was {a} and is {b}"));
    if let Some(difference) = difference {
        return Ok(Finding::Different(difference));
    }
    if (&old.claimed, &old.proven) != (&again.claimed, &again.proven) {
        return Ok(Finding::Different("the stored cards do not have the stored hash".to_owned()));
    }
    if old.fuel.is_some() && again.fuel.is_some() && old.fuel != again.fuel {
        return Ok(Finding::Different(format!(
            "the same cards took {} fuel and now take {}",
            old.fuel.unwrap_or_default(),
            again.fuel.unwrap_or_default()
        )));
    }
    Ok(Finding::Same)
}

fn rule_of(tools: &Tools, digest: &str) -> Result<Option<Arc<dyn ScoringRule>>, Failure> {
    if digest == DEFAULT_RULE {
        return Ok(Some(Arc::new(DefaultRule)));
    }
    tools.rule_by_digest(digest)
}

/// Computes today's score of every path, by the nightly job's own function, and keeps it.
pub fn today(tools: &Tools) -> Result<(), Failure> {
    let kept = wire::runtime()?.block_on(async {
        let jobs = Arc::new(Jobs::new(wire::job_parts(tools, None)?).await.map_err(Failure::broken)?);
        jobs.snapshot(tools.clock.now()).await.map_err(Failure::broken)
    })?;
    tools.host.record_calls();
    println!("Scores of today that were computed and kept: {kept}. The other paths had theirs already.");
    Ok(())
}
