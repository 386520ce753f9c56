//! A path of one's own.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::cohort::Cohort;
use domain::ids::{PathId, PublicId, RevisionId};
use domain::path::Path;
use domain::scoring::Scope;
use domain::template::Template;
use domain::time::Instant;
use domain::upgrade::{Aims, carry, give_back, is_led};

use super::{Measured, Named, Pair, Side, Undo, measure, resolve, rule_of, still_newest};
use crate::caller::Signed;
use crate::errors::Error;
use crate::services::once::Outcome;
use crate::services::paths::{self, OpenPath};
use crate::state::State;

/// What a path may take over, and what it may undo.
pub struct PathUpgrade {
    pub open: OpenPath,
    /// The cohort whose leads take revisions over for the path.
    pub led_by: Option<Cohort>,
    pub offer: Option<Offer>,
    pub undo: Option<Undo>,
}

/// The newest revision, and what would become of the path.
pub struct Offer {
    pub pair: Pair,
    pub aims: Aims,
    /// Chosen members that the revision does not let choose.
    pub put_aside: BTreeSet<String>,
    /// Ids of requirements with marks or notes that the revision does not have: they are kept, and not shown.
    pub kept_unseen: Vec<String>,
    pub measured: Measured,
}

/// Looks at a path of one's own. Nothing is stored.
pub async fn look(state: &State, who: &Signed, id: PublicId) -> Result<PathUpgrade, Error> {
    let open = paths::open(state, who, id).await?;
    let (path, role) = (open.path.clone(), open.template.id().to_owned());
    let read = state.store.read(move |conn| Ok((led_by(conn, &path, &role)?, store::upgrades::last_of_path(conn, path.id)?)));
    let (led_by, last) = read.await?;
    let offer = match &open.newer {
        Some(newer) => Some(offer(state, &open, newer.id).await?),
        None => None,
    };
    let last =
        last.map(|last| last.step).filter(|step| step.to == open.path.revision && (step.from != step.to || step.before != step.after));
    let undo = match last {
        Some(step) => Some(Undo { to: state.template(step.from).await?, at: step.at }),
        None => None,
    };
    Ok(PathUpgrade { open, led_by, offer, undo })
}

async fn offer(state: &State, open: &OpenPath, newer: RevisionId) -> Result<Offer, Error> {
    let pair = Pair::of(state, open.path.revision, newer).await?;
    let now = Aims::of(&open.path);
    let aims = carry(&now, &open.template, &pair.to.1);
    let put_aside = now.chosen.difference(&aims.chosen).cloned().collect();
    let kept_unseen = open.plans.keys().filter(|id| pair.to.1.requirement(id).is_none()).cloned().collect();
    let rule = rule_of(state, &open.path.rule).await?;
    let (template, after) = (Arc::clone(&open.template), Arc::clone(&pair.to.1));
    let (facts, chosen, mentored, today, target) = (open.facts.clone(), now.chosen, open.mentored, open.today, open.target());
    let later = aims.clone();
    // A plugin's rule is called as long as it may take, so never on the runtime's own threads.
    let measured = tokio::task::spawn_blocking(move || {
        let before = Scope { template: &template, target, chosen: &chosen, mentored, today, settings: &[] };
        let target = after.level(&later.target_level).unwrap_or(0);
        let scope = Scope { template: &after, target, chosen: &later.chosen, ..before };
        measure(&Side { rule: &rule, scope: before }, &Side { rule: &rule, scope }, &facts)
    });
    let measured = measured.await.map_err(Error::machine)??;
    Ok(Offer { pair, aims, put_aside, kept_unseen, measured })
}

/// The cohort whose leads decide for a path, inside a read or a transaction.
fn led_by(conn: &mut store::Conn<'_>, path: &Path, role: &str) -> Result<Option<Cohort>, store::Error> {
    let Some(cohort) = path.cohort else { return Ok(None) };
    let follows = store::cohorts::set_up(conn, cohort)?.role(role).is_some();
    let members = store::cohorts::memberships(conn, path.account)?;
    let member = members.iter().find(|member| member.cohort == cohort);
    if is_led(follows, member) { store::cohorts::by_id(conn, cohort).map(Some) } else { Ok(None) }
}

/// A revision that may be taken over, checked outside of the transaction.
pub struct PathTake {
    path: PathId,
    from: (RevisionId, Arc<Template>),
    to: (RevisionId, Arc<Template>),
    at: Instant,
}

impl PathTake {
    /// The revision that is taken over.
    pub fn template(&self) -> &Template {
        &self.to.1
    }
}

/// Resolves what a preview of a path named; whether it still holds is for [`take`] to say.
pub async fn check(state: &State, who: &Signed, id: PublicId, named: &Named) -> Result<PathTake, Error> {
    let account = who.account.id;
    let path = state.store.read(move |conn| store::paths::get(conn, account, id)).await?;
    let (from, to) = resolve(state, named).await?;
    let (from, to) = ((from, state.template(from).await?), (to, state.template(to).await?));
    Ok(PathTake { path: path.id, from, to, at: state.clock.now() })
}

/// Takes a revision over, inside a transaction.
pub fn take(conn: &mut store::Conn<'_>, take: &PathTake) -> Result<Outcome<Path>, store::Error> {
    let PathTake { path, from, to, at } = take;
    still_newest(conn, &from.1, (to.0, &to.1))?;
    let now = store::paths::by_id(conn, *path)?;
    if led_by(conn, &now, from.1.id())?.is_some() {
        return Ok(Err(Error::Rule("upgrade_by_lead")));
    }
    let carried = |path: &Path| carry(&Aims::of(path), &from.1, &to.1);
    store::upgrades::take_path(conn, *path, (from.0, to.0), carried, *at).map(Ok)
}

/// An undo, checked outside of the transaction.
pub struct PathBack {
    path: PathId,
    from: (RevisionId, Arc<Template>),
    to: (RevisionId, Arc<Template>),
}

impl PathBack {
    /// The revision that it goes back to.
    pub fn template(&self) -> &Template {
        &self.to.1
    }
}

/// Prepares going back from one revision to another; whether that can be is for [`undo`] to say.
pub async fn check_undo(state: &State, who: &Signed, id: PublicId, named: &Named) -> Result<PathBack, Error> {
    let PathTake { path, from, to, .. } = check(state, who, id, named).await?;
    Ok(PathBack { path, from, to })
}

/// Goes back, inside a transaction.
pub fn undo(conn: &mut store::Conn<'_>, back: &PathBack) -> Result<Outcome<Path>, store::Error> {
    let PathBack { path, from, to } = back;
    let now = store::upgrades::lock_path(conn, *path)?;
    if led_by(conn, &now, from.1.id())?.is_some() {
        return Ok(Err(Error::Rule("upgrade_by_lead")));
    }
    let given_back =
        |now: &Aims, step: &store::upgrades::Step| (step.from == to.0).then(|| give_back(now, &step.before, &step.after, &from.1, &to.1));
    store::upgrades::undo_path(conn, *path, from.0, given_back).map(Ok)
}
