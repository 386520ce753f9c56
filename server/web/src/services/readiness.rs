//! Readiness: the stored score if it still holds, else a new one; and what to show when a plugin's rule fails.

use std::sync::Arc;

use domain::path::{AlsoReady, RuleChoice, also_ready};
use domain::progress::{self, Event, Forecast, ForecastFacts, ScorePoint, WHOLE};
use domain::scoring::{Asked, DefaultRule, RuleFailure, RuleIdentity, Scope, Score, ScoreError, ScoringRule, score};
use domain::template::Template;
use domain::time::Day;
use store::packs::{CallStats, PackRow};
use store::scorecards::{StoredScore, Terms};
use words::PackWords;

use crate::errors::Error;
use crate::services::paths::OpenPath;
use crate::state::State;

/// A score to show, and where it comes from.
pub struct Readiness {
    pub score: Score,
    pub origin: Origin,
}

/// Which score it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Of the path's rule, for today.
    Current,
    /// The rule failed: its last good score of this path, from that day.
    Stale { day: Day, failure: RuleFailure },
    /// The rule failed and never gave a score: the built-in rule stands in.
    StandIn { failure: RuleFailure },
}

/// The readiness of a path today.
pub async fn of(state: &State, open: &OpenPath) -> Result<Readiness, Error> {
    let failure = match &open.path.rule {
        RuleChoice::BuiltIn => {
            if let Some(kept) = kept(open, &DefaultRule.identity().digest) {
                state.metrics.scored("kept");
                return Ok(Readiness { score: kept.score.clone(), origin: Origin::Current });
            }
            let made = judge(&DefaultRule, open.scope(), open).map_err(broken)?;
            return keep(state, open, made).await;
        }
        RuleChoice::Plugin(plugin) => match by_plugin(state, open, plugin).await? {
            Ok(readiness) => return Ok(readiness),
            Err(failure) => failure,
        },
    };
    if let Some(last) = last_good(open) {
        state.metrics.scored("stale");
        return Ok(Readiness { score: last.score.clone(), origin: Origin::Stale { day: last.score.today, failure } });
    }
    // Not stored, or it would stand before the rule's own last good score.
    state.metrics.scored("stand_in");
    let score = judge(&DefaultRule, open.scope(), open).map_err(broken)?;
    Ok(Readiness { score, origin: Origin::StandIn { failure } })
}

/// A role that somebody is also ready for.
pub struct Elsewhere {
    pub role: String,
    pub template: Arc<Template>,
    pub ready: AlsoReady,
}

/// How ready a learner is for other roles, without following them: the built-in rule, the newest revision, its first
/// level. Best first; roles of `but` are left out.
pub async fn elsewhere(state: &State, open: &OpenPath, but: &[String]) -> Result<Vec<Elsewhere>, Error> {
    let heads = state.store.read(store::templates::list_newest).await?;
    let mut found = Vec::new();
    for head in heads.into_iter().filter(|head| !but.contains(&head.role)) {
        let template = state.template(head.id).await?;
        if let Some(ready) = also_ready(&template, Some(&open.template), &open.facts, open.today) {
            found.push(Elsewhere { role: head.role, template, ready });
        }
    }
    found.sort_by(|a, b| (b.ready.claimed, b.ready.proven).cmp(&(a.ready.claimed, a.ready.proven)).then_with(|| a.role.cmp(&b.role)));
    Ok(found)
}

/// The words of a rule's reasons, where a pack brings its own.
pub async fn words_of(state: &State, rule: &RuleIdentity) -> Result<Option<Arc<PackWords>>, Error> {
    let (plugins, digest) = (Arc::clone(&state.plugins), rule.digest.clone());
    Ok(plugins.words(&digest))
}

/// The last score of each day since the path began, oldest first; none for who sees a part of the ledger only, since those
/// were made of the whole.
pub async fn history(state: &State, open: &OpenPath) -> Result<Vec<ScorePoint>, Error> {
    if open.is_part {
        return Ok(Vec::new());
    }
    let id = open.path.id;
    Ok(state.store.scan(move |conn| store::scorecards::history(conn, id, Day::MIN)).await?)
}

/// When all that the target level asks is reached, at the hours set aside and at the pace of the past weeks.
pub fn forecast(open: &OpenPath, score: &Score, history: &[ScorePoint]) -> Forecast {
    progress::forecast(&ForecastFacts {
        template: &open.template,
        score,
        history,
        today: open.today,
        target_day: open.path.target_day,
        hours_week: open.path.hours_week,
        goal: WHOLE,
    })
}

/// What moved the numbers since a day.
pub fn events(open: &OpenPath, history: &[ScorePoint], from: Day) -> Vec<Event> {
    // The last score before that day too: an event is what lies between two.
    let first = history.partition_point(|point| point.day < from).saturating_sub(1);
    let mut events = progress::events(&history[first..], &open.facts, &open.template);
    events.retain(|event| event.day >= from);
    events
}

/// The stored score, if it was made of the very same things.
fn kept<'a>(open: &'a OpenPath, rule_digest: &str) -> Option<&'a StoredScore> {
    let path = &open.path;
    let terms = Terms { settings: &[], target_level: &path.target_level, chosen: &path.chosen, mentored: open.mentored };
    let ledger_seq = open.facts.last().map_or(0, |entry| entry.seq);
    let asked = Asked { revision: path.revision, terms, rule_digest, ledger_seq, today: open.today };
    open.latest.as_ref().filter(|latest| latest.kept().still_holds(&asked))
}

/// The rule's last score of this path against the same revision and target.
fn last_good(open: &OpenPath) -> Option<&StoredScore> {
    let RuleChoice::Plugin(plugin) = &open.path.rule else { return None };
    open.latest.as_ref().filter(|last| last.kept().is_last_good_of(plugin, open.path.revision, &open.path.target_level))
}

fn judge(rule: &dyn ScoringRule, scope: Scope<'_>, open: &OpenPath) -> Result<Score, ScoreError> {
    score(rule, scope, &open.facts)
}

/// What the built-in rule fails with is ours to mend.
fn broken(error: ScoreError) -> Error {
    Error::machine(error)
}

async fn keep(state: &State, open: &OpenPath, made: Score) -> Result<Readiness, Error> {
    if open.is_part {
        return Ok(Readiness { score: made, origin: Origin::Current });
    }
    let (path, target, chosen, mentored) = (open.path.id, open.path.target_level.clone(), open.path.chosen.clone(), open.mentored);
    let (now, kept) = (state.clock.now(), made.clone());
    state
        .store
        .write(move |conn| {
            let terms = Terms { settings: &[], target_level: &target, chosen: &chosen, mentored };
            store::scorecards::save(conn, path, &kept, terms, now)
        })
        .await?;
    state.metrics.scored("made");
    Ok(Readiness { score: made, origin: Origin::Current })
}

async fn by_plugin(state: &State, open: &OpenPath, plugin: &str) -> Result<Result<Readiness, RuleFailure>, Error> {
    let (pack, rule) = match plugin_rule(state, plugin).await? {
        Ok(found) => found,
        Err(failure) => return Ok(Err(failure)),
    };
    if let Some(kept) = kept(open, &rule.identity().digest) {
        state.metrics.scored("kept");
        return Ok(Ok(Readiness { score: kept.score.clone(), origin: Origin::Current }));
    }
    let (template, path, facts) = (Arc::clone(&open.template), open.path.clone(), open.facts.clone());
    let (target, mentored, today) = (open.target(), open.mentored, open.today);
    let made = tokio::task::spawn_blocking(move || {
        let scope = Scope { template: &template, target, chosen: &path.chosen, mentored, today, settings: &[] };
        score(rule.as_ref(), scope, &facts)
    })
    .await
    .map_err(Error::machine)?;
    let failure = match made {
        Ok(made) => return keep(state, open, made).await.map(Ok),
        Err(ScoreError::Projection(error)) => return Err(Error::machine(error)),
        Err(ScoreError::Rule(failure)) => failure,
        Err(ScoreError::Card(card)) => RuleFailure { code: card.rule, detail: card.detail, passing: false },
    };
    warn(&pack, &failure);
    Ok(Err(failure))
}

/// A plugin's rule, and the pack that it is from.
type Had = (PackRow, Arc<dyn ScoringRule>);

/// The rule of an installed plugin, or why it cannot be had.
async fn plugin_rule(state: &State, plugin: &str) -> Result<Result<Had, RuleFailure>, Error> {
    let name = plugin.to_owned();
    let pack = state.store.read(move |conn| store::packs::active(conn, &name)).await?.filter(|pack| pack.enabled);
    let Some(pack) = pack else {
        let detail = format!("{plugin} is not installed or not enabled");
        return Ok(Err(RuleFailure { code: "plugin_missing".to_owned(), detail, passing: true }));
    };
    match load(state, &pack).await? {
        Ok(rule) => Ok(Ok((pack, rule))),
        Err(failure) => {
            warn(&pack, &failure);
            refused(state, &pack, &failure).await?;
            Ok(Err(failure))
        }
    }
}

/// The rule of an installed plugin; where it cannot be had, why.
pub(super) async fn rule(state: &State, plugin: &str) -> Result<Result<Arc<dyn ScoringRule>, RuleFailure>, Error> {
    Ok(plugin_rule(state, plugin).await?.map(|(_, rule)| rule))
}

/// The rule that scores a path; where a plugin's cannot be had, why.
pub(super) async fn rule_of(state: &State, open: &OpenPath) -> Result<Result<Arc<dyn ScoringRule>, RuleFailure>, Error> {
    rule_for(state, &open.path.rule).await
}

/// As [`rule_of`], of a rule that is chosen.
pub(super) async fn rule_for(state: &State, choice: &RuleChoice) -> Result<Result<Arc<dyn ScoringRule>, RuleFailure>, Error> {
    match choice {
        RuleChoice::BuiltIn => Ok(Ok(Arc::new(DefaultRule))),
        RuleChoice::Plugin(plugin) => rule(state, plugin).await,
    }
}

fn warn(pack: &PackRow, failure: &RuleFailure) {
    let (plugin, version, code, detail) = (&pack.plugin, &pack.version, &failure.code, &failure.detail);
    tracing::warn!(plugin, version, code, detail, "a plugin's rule failed");
}

/// The rule of a pack; its archive is read only when the plugin host does not have it yet.
async fn load(state: &State, pack: &PackRow) -> Result<Result<Arc<dyn ScoringRule>, RuleFailure>, Error> {
    let (plugins, store, digest, id) = (Arc::clone(&state.plugins), state.store.clone(), pack.digest.clone(), pack.id);
    tokio::task::spawn_blocking(move || {
        let mut archive = || store.read_blocking(|conn| store::packs::archive(conn, id)).map_err(|error| error.to_string());
        plugins.rule(&digest, &mut archive)
    })
    .await
    .map_err(Error::machine)
}

/// A pack that cannot even be loaded counts as a failed call; calls of loaded rules are counted by the plugin host.
async fn refused(state: &State, pack: &PackRow, failure: &RuleFailure) -> Result<(), Error> {
    if failure.passing {
        return Ok(());
    }
    let error = Some((failure.code.clone(), failure.detail.clone()));
    let stats = CallStats { ok: false, fuel: 0, memory: 0, output: 0, log_lines: 0, micros: 0, error, at: state.clock.now() };
    let id = pack.id;
    Ok(state.store.write(move |conn| store::packs::record_call(conn, id, &stats)).await?)
}
