//! Scores of paths for digests and snapshots: the stored one where it still holds, else a new one by the path's rule.

use std::sync::Arc;

use domain::ids::PathId;
use domain::ledger::Entry;
use domain::path::RuleChoice;
use domain::scoring::{Asked, DefaultRule, Outlook, RuleFailure, Scope, Score, ScoreError, ScoringRule, judged, score};
use domain::template::Template;
use domain::time::{Day, Instant};
use store::digest_facts::PathFacts;
use store::packs::{CallStats, PackRow};
use store::scorecards::Terms;

use crate::JobsError;
use crate::content::Content;

/// A learner's entries at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) ledger: &'a [Entry],
    pub(crate) today: Day,
    pub(crate) now: Instant,
}

/// A new score, with what it was asked with.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) path: PathId,
    pub(crate) score: Score,
    target_level: String,
    chosen: std::collections::BTreeSet<String>,
    mentored: bool,
}

impl Made {
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms { settings: &[], target_level: &self.target_level, chosen: &self.chosen, mentored: self.mentored }
    }
}

/// What a score says of what comes next.
pub(crate) struct Scored {
    pub(crate) outlook: Outlook,
    /// The score, if it is to be stored: neither one that is there already, for the very same things, nor what stands in where
    /// the path's rule failed.
    pub(crate) made: Option<Made>,
}

impl Scored {
    fn seen(outlook: Outlook) -> Self {
        Self { outlook, made: None }
    }
}

impl Content {
    pub(crate) async fn score(&self, facts: &PathFacts, template: &Arc<Template>, at: Moment<'_>) -> Result<Scored, JobsError> {
        let RuleChoice::Plugin(plugin) = &facts.path.rule else {
            if let Some(stored) = &facts.stored {
                return Ok(Scored::seen(stored.clone()));
            }
            let built_in: Arc<dyn ScoringRule> = Arc::new(DefaultRule);
            return Ok(self.by_rule(&built_in, None, facts, template, at).await??);
        };
        let failure = match self.plugin_rule(plugin, at.now).await? {
            Ok((rule, pack)) => match self.by_rule(&rule, Some(&pack), facts, template, at).await? {
                Ok(scored) => return Ok(scored),
                Err(error) => error.to_string(),
            },
            Err(failure) => failure.to_string(),
        };
        tracing::warn!(plugin, failure, path = facts.path.id.0, "a path's rule failed");
        if let Some(last) =
            facts.latest.as_ref().filter(|last| last.kept().is_last_good_of(plugin, facts.path.revision, &facts.path.target_level))
        {
            return Ok(Scored::seen(Outlook::from(&last.score)));
        }
        Ok(Scored::seen(Outlook::from(&judged(&DefaultRule, scope(facts, template, at.today), at.ledger)?)))
    }

    async fn by_rule(
        &self,
        rule: &Arc<dyn ScoringRule>,
        pack: Option<&PackRow>,
        facts: &PathFacts,
        template: &Arc<Template>,
        at: Moment<'_>,
    ) -> Result<Result<Scored, ScoreError>, JobsError> {
        let Moment { ledger, today, .. } = at;
        let (path, identity) = (&facts.path, rule.identity());
        let terms = Terms { settings: &[], target_level: &path.target_level, chosen: &path.chosen, mentored: facts.mentored };
        let ledger_seq = ledger.last().map_or(0, |entry| entry.seq);
        let asked = Asked { revision: path.revision, terms, rule_digest: &identity.digest, ledger_seq, today };
        if let Some(kept) = facts.latest.as_ref().filter(|latest| latest.kept().still_holds(&asked)) {
            return Ok(Ok(Scored::seen(Outlook::from(kept.kept().score))));
        }
        let made = match pack {
            // Integers over one learner's entries: shorter than the way to another thread.
            None => score(rule.as_ref(), scope(facts, template, today), ledger),
            Some(_) => {
                let (rule, facts, template, ledger) = (Arc::clone(rule), facts.clone(), Arc::clone(template), ledger.to_vec());
                tokio::task::spawn_blocking(move || score(rule.as_ref(), scope(&facts, &template, today), &ledger)).await?
            }
        };
        Ok(made.map(|score| {
            let path = &facts.path;
            let (target_level, chosen) = (path.target_level.clone(), path.chosen.clone());
            let outlook = Outlook::from(&score);
            Scored { outlook, made: Some(Made { path: path.id, score, target_level, chosen, mentored: facts.mentored }) }
        }))
    }

    /// The rule of the plugin's active pack, if it is switched on and loads.
    pub(crate) async fn plugin_rule(
        &self,
        plugin: &str,
        now: Instant,
    ) -> Result<Result<(Arc<dyn ScoringRule>, PackRow), RuleFailure>, JobsError> {
        let name = plugin.to_owned();
        let pack = self.store.read(move |conn| store::packs::active(conn, &name)).await?.filter(|pack| pack.enabled);
        let Some(pack) = pack else {
            let detail = format!("{plugin} is not installed or not enabled");
            return Ok(Err(RuleFailure { code: "plugin_missing".to_owned(), detail, passing: true }));
        };
        let (rules, store, digest, id) = (Arc::clone(&self.rules), self.store.clone(), pack.digest.clone(), pack.id);
        let rule = tokio::task::spawn_blocking(move || {
            let mut archive = || store.read_blocking(|conn| store::packs::archive(conn, id)).map_err(|error| error.to_string());
            rules.rule(&digest, &mut archive)
        })
        .await?;
        match rule {
            Ok(rule) => Ok(Ok((rule, pack))),
            Err(failure) => {
                self.refused(&pack, &failure, now).await?;
                Ok(Err(failure))
            }
        }
    }

    /// A pack that cannot even be loaded counts as a failed call; calls of loaded rules are counted by the plugin host. A
    /// passing failure is the machine's and is not held against the plugin.
    async fn refused(&self, pack: &PackRow, failure: &RuleFailure, at: Instant) -> Result<(), JobsError> {
        if failure.passing {
            return Ok(());
        }
        let id = pack.id;
        let error = Some((failure.code.clone(), failure.detail.clone()));
        let stats = CallStats { ok: false, fuel: 0, memory: 0, output: 0, log_lines: 0, micros: 0, error, at };
        Ok(self.store.write(move |conn| store::packs::record_call(conn, id, &stats)).await?)
    }
}

fn scope<'a>(facts: &'a PathFacts, template: &'a Template, today: Day) -> Scope<'a> {
    Scope {
        template,
        target: template.level(&facts.path.target_level).unwrap_or(0),
        chosen: &facts.path.chosen,
        mentored: facts.mentored,
        today,
        settings: &[],
    }
}
