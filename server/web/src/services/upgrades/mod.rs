//! Taking over another revision of a role: looked at first, then done in one transaction, and undone in one.
//!
//! A preview stores nothing. What is done names both revisions that the preview was made of; where one of them is no longer
//! what it was, nothing is done and `revision_changed` says so.

mod cohort;
mod path;

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::sync::Arc;

use domain::ids::RevisionId;
use domain::ledger::Entry;
use domain::path::{Both, RuleChoice};
use domain::scoring::{DefaultRule, Scope, Score, ScoreError, ScoringRule, score};
use domain::template::Template;
use domain::time::Instant;
use domain::upgrade::{Migration, is_newer};

use crate::errors::Error;
use crate::services::readiness;
use crate::state::State;

pub use cohort::*;
pub use path::*;

/// Two revisions of a role, and how they differ.
pub struct Pair {
    pub from: (RevisionId, Arc<Template>),
    pub to: (RevisionId, Arc<Template>),
    pub migration: Migration,
}

impl Pair {
    async fn of(state: &State, from: RevisionId, to: RevisionId) -> Result<Self, Error> {
        let (before, after) = (state.template(from).await?, state.template(to).await?);
        let migration = Migration::between(&before, &after);
        Ok(Self { from: (from, before), to: (to, after), migration })
    }
}

/// Both revisions, by their hashes, as a preview showed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub from: String,
    pub to: String,
}

/// What was taken over last, and can be undone.
pub struct Undo {
    pub to: Arc<Template>,
    pub at: Instant,
}

/// Readiness before and after, each in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    pub before: Both,
    pub after: Both,
    /// A rule failed, and the built-in one stood in for both numbers.
    pub stand_in: bool,
}

/// One side of a comparison: who scores what.
struct Side<'a> {
    rule: &'a Rule,
    scope: Scope<'a>,
}

/// Scores a ledger by two revisions. Where either rule fails the built-in one scores both, or the difference would be that of
/// the rules.
fn measure(before: &Side<'_>, after: &Side<'_>, ledger: &[Entry]) -> Result<Measured, Error> {
    let both = |score: Score| Both { claimed: score.claimed.readiness, proven: score.proven.readiness };
    let judge = |rule: &dyn ScoringRule, scope: Scope<'_>| match score(rule, scope, ledger) {
        Ok(made) => Ok(Some(both(made))),
        Err(ScoreError::Rule(_) | ScoreError::Card(_)) => Ok(None),
        // The level asks for nothing in that revision.
        Err(ScoreError::Projection(_)) => Err(Error::field("target_level", "level_empty")),
    };
    let own = |side: &Side<'_>| side.rule.as_ref().map_or(Ok(None), |rule| judge(rule.as_ref(), side.scope));
    if let (Some(before), Some(after)) = (own(before)?, own(after)?) {
        return Ok(Measured { before, after, stand_in: false });
    }
    match (judge(&DefaultRule, before.scope)?, judge(&DefaultRule, after.scope)?) {
        (Some(before), Some(after)) => Ok(Measured { before, after, stand_in: true }),
        _ => Err(Error::machine("the built-in rule failed")),
    }
}

/// A rule, or none where it cannot be had.
type Rule = Option<Arc<dyn ScoringRule>>;

async fn rule_of(state: &State, choice: &RuleChoice) -> Result<Rule, Error> {
    Ok(readiness::rule_for(state, choice).await?.ok())
}

/// Revisions in memory, for transactions, which cannot wait for them.
type Templates = BTreeMap<RevisionId, Arc<Template>>;

async fn templates(state: &State, revisions: impl IntoIterator<Item = RevisionId>) -> Result<Templates, Error> {
    let mut found = Templates::new();
    for revision in revisions {
        if let btree_map::Entry::Vacant(free) = found.entry(revision) {
            free.insert(state.template(revision).await?);
        }
    }
    Ok(found)
}

/// The revisions that a preview named. One that is not there (any more) is none that a preview showed.
async fn resolve(state: &State, named: &Named) -> Result<(RevisionId, RevisionId), Error> {
    let named = named.clone();
    let read = state.store.read(move |conn| {
        let id = |found: Option<store::templates::Revision>| found.map(|revision| revision.id);
        Ok((id(store::templates::by_hash(conn, &named.from)?), id(store::templates::by_hash(conn, &named.to)?)))
    });
    match read.await? {
        (Some(from), Some(to)) => Ok((from, to)),
        _ => Err(Error::Rule("revision_changed")),
    }
}

/// Refuses a revision that is not the newest on offer of its role (any more), and one that is not newer than that of now,
/// inside a transaction.
fn still_newest(conn: &mut store::Conn<'_>, from: &Template, to: (RevisionId, &Template)) -> Result<(), store::Error> {
    let newest = store::templates::newest_head(conn, from.id())?;
    if newest.is_none_or(|newest| newest.id != to.0) {
        return Err(store::Error::Rule("revision_changed"));
    }
    if is_newer(to.1.version(), from.version()) { Ok(()) } else { Err(store::Error::Rule("nothing_to_take_over")) }
}
