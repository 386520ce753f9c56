//! Paths: starting one, changing it, and everything that is known of one on a day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::account::Account;
use domain::cohort::{MemberState, Membership, Standing};
use domain::ids::{CohortId, PublicId};
use domain::ledger::Entry;
use domain::path::{CheckedSettings, Path, PathSettings, RequirementStanding, RuleChoice, check_settings, standing_of};
use domain::policy::Act;
use domain::scoring::Scope;
use domain::subject::Subject;
use domain::template::Template;
use domain::time::{Day, Instant};
use store::paths::NewPath;
use store::plans::Plan;
use store::scorecards::StoredScore;
use store::templates::RevisionHead;

use crate::caller::Signed;
use crate::errors::Error;
use crate::state::State;

/// A path with all that its pages need, as of one snapshot of the database.
pub struct OpenPath {
    pub path: Path,
    pub learner: Account,
    pub template: Arc<Template>,
    /// All facts of the learner's ledger, in order.
    pub facts: Vec<Entry>,
    /// By id of the requirement.
    pub plans: BTreeMap<String, Plan>,
    /// The last score that was stored for this path, whatever it was made of.
    pub latest: Option<StoredScore>,
    /// Somebody else in its cohort is an active mentor or lead.
    pub mentored: bool,
    /// The learner's own day.
    pub today: Day,
    /// Something of the ledger is withheld from who looks: then scores are neither taken from those that are stored nor stored.
    pub is_part: bool,
    /// A revision of the role that is newer than the path's.
    pub newer: Option<RevisionHead>,
}

impl OpenPath {
    /// Index of the target level. A path's settings were checked against its revision.
    pub fn target(&self) -> usize {
        self.template.level(&self.path.target_level).unwrap_or(0)
    }

    /// What a score of this path is about.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            template: &self.template,
            target: self.target(),
            chosen: &self.path.chosen,
            mentored: self.mentored,
            today: self.today,
            settings: &[],
        }
    }

    /// Requirements that the learner leaves out for now.
    pub fn skipped(&self) -> BTreeSet<String> {
        self.plans.iter().filter(|(_, plan)| plan.skipped).map(|(id, _)| id.clone()).collect()
    }

    /// Where every requirement stands, in the template's order.
    pub fn standings(&self) -> Vec<RequirementStanding> {
        let doing: BTreeSet<String> = self.plans.iter().filter(|(_, plan)| plan.doing).map(|(id, _)| id.clone()).collect();
        standing_of(self.scope(), &self.facts, &doing)
    }
}

/// Opens a path of one's own.
pub async fn open(state: &State, who: &Signed, path: PublicId) -> Result<OpenPath, Error> {
    load(state, who.account.clone(), path).await
}

/// Opens a learner's path for somebody who may see it: the learner, a mentor of the path's cohort, an admin. For anybody
/// else it is not there.
pub async fn open_of(state: &State, who: &Signed, learner: PublicId, path: PublicId) -> Result<OpenPath, Error> {
    if learner == who.account.public_id {
        return open(state, who, path).await;
    }
    let learner = state.store.read(move |conn| store::accounts::by_public_id(conn, learner)).await.map_err(|_| Error::NotThere("path"))?;
    let mut open = load(state, learner, path).await?;
    who.may(Act::SeeLearner { learner: open.learner.id, cohort: open.path.cohort }, "path")?;
    // What is planned stays with the learner, and what they withhold from the cohort does too.
    open.plans.clear();
    if let Some(cohort) = open.path.cohort {
        let id = open.learner.id;
        let withheld = state.store.read(move |conn| Ok(store::cohorts::withheld(conn, cohort)?.remove(&id))).await?.unwrap_or_default();
        open.is_part = !withheld.is_empty();
        open.facts.retain(|entry| !withheld.contains(&entry.seq));
    }
    if open.is_part {
        open.latest = None;
    }
    Ok(open)
}

async fn load(state: &State, learner: Account, path: PublicId) -> Result<OpenPath, Error> {
    let id = learner.id;
    let (path, facts, plans, latest, mentored, version) = state
        .store
        .read(move |conn| {
            let path = store::paths::get(conn, id, path)?;
            let facts = store::ledger::facts(conn, id)?;
            let plans = store::plans::get(conn, path.id)?;
            let latest = store::scorecards::latest(conn, path.id)?;
            let mentored = store::digest_facts::mentored(conn, &path)?;
            Ok((path, facts, plans, latest, mentored, store::instance::version(conn)?))
        })
        .await?;
    let template = state.template(path.revision).await?;
    let newer = state.newer(version, &template).await?;
    let today = state.clock.now().day_in(&learner.zone);
    Ok(OpenPath { path, learner, template, facts, plans, latest, mentored, today, is_part: false, newer })
}

/// One's own paths with their templates, oldest first.
pub async fn list(state: &State, who: &Signed) -> Result<Vec<(Path, Arc<Template>)>, Error> {
    let id = who.account.id;
    let paths = state.store.read(move |conn| store::paths::list(conn, id)).await?;
    let mut with_templates = Vec::with_capacity(paths.len());
    for path in paths {
        let template = state.template(path.revision).await?;
        with_templates.push((path, template));
    }
    Ok(with_templates)
}

/// The newest revision of a role, checked settings, and the cohort that a new path joins: all that [`NewPath`] wants.
///
/// That the role is followed already is refused here; with `may_exist` only in [`keep`], for requests that may be
/// repetitions.
pub async fn prepare(state: &State, who: &Signed, role: &str, settings: PathSettings, may_exist: bool) -> Result<NewPath, Error> {
    let (wanted, id) = (role.to_owned(), who.account.id);
    let (revision, existing) =
        state.store.read(move |conn| Ok((store::templates::newest(conn, &wanted)?, store::paths::list(conn, id)?))).await?;
    let revision = revision.ok_or_else(|| Error::field("role", "role_unknown"))?;
    let now = state.clock.now();
    let today = now.day_in(&who.account.zone);
    for path in existing {
        if !may_exist && state.template(path.revision).await?.id() == role {
            return Err(Error::Rule("path_exists"));
        }
    }
    let template = state.template(revision.id).await?;
    let settings = check_settings(settings, &template, today)?;
    check_rule(state, &settings.rule).await?;
    let cohort = cohort_of(state, who, role).await?;
    Ok(NewPath {
        public_id: state.dice.public_id(),
        account: id,
        revision: revision.id,
        settings,
        cohort,
        started_on: today,
        created_at: now,
    })
}

/// The cohort that a new path joins: one in which the learner is active and that follows the role, or follows none yet.
/// Other paths are the learner's own.
async fn cohort_of(state: &State, who: &Signed, role: &str) -> Result<Option<CohortId>, Error> {
    let learns = |member: &&Membership| member.standing == Standing::Learner && member.state == MemberState::Active;
    let own: Vec<CohortId> = who.memberships.iter().filter(learns).map(|member| member.cohort).collect();
    let role = role.to_owned();
    let find = move |conn: &mut store::Conn<'_>| {
        for cohort in own {
            let set_up = store::cohorts::set_up(conn, cohort)?;
            if set_up.roles.is_empty() || set_up.role(&role).is_some() {
                return Ok(Some(cohort));
            }
        }
        Ok(None)
    };
    Ok(state.store.read(find).await?)
}

/// Stores a new path; the account may have only one of a role, which is looked at here, inside the transaction.
pub fn keep(conn: &mut store::Conn<'_>, new: &NewPath) -> Result<Result<Path, Error>, store::Error> {
    let role = store::templates::get(conn, new.revision)?.role;
    for path in store::paths::list(conn, new.account)? {
        if store::templates::get(conn, path.revision)?.role == role {
            return Ok(Err(Error::Rule("path_exists")));
        }
    }
    store::paths::create(conn, new).map(Ok)
}

/// The moments at which one's own paths began: what was ticked then carries them.
pub async fn begun(state: &State, who: &Signed) -> Result<Vec<Instant>, Error> {
    let id = who.account.id;
    let paths = state.store.read(move |conn| store::paths::list(conn, id)).await?;
    Ok(paths.iter().map(|path| path.created_at).collect())
}

/// Settings as they would be after a change, checked. What the change leaves out stays; without a target day the settings have
/// none, and the path keeps its own.
pub async fn checked(state: &State, open: &OpenPath, change: PathSettings) -> Result<CheckedSettings, Error> {
    let path = &open.path;
    let merged = PathSettings {
        target_level: change.target_level.or_else(|| Some(path.target_level.clone())),
        hours_week: change.hours_week.or(Some(path.hours_week)),
        chosen: change.chosen.or_else(|| Some(path.chosen.clone())),
        rule: change.rule.or_else(|| Some(path.rule.clone())),
        // A target day that has passed stays as it is; only a new one has to lie ahead.
        target_day: change.target_day,
    };
    let settings = check_settings(merged, &open.template, open.today)?;
    if settings.rule != path.rule {
        check_rule(state, &settings.rule).await?;
    }
    Ok(settings)
}

pub async fn update(state: &State, open: &OpenPath, change: PathSettings) -> Result<(), Error> {
    let settings = checked(state, open, change).await?;
    let (id, revision) = (open.path.id, open.path.revision);
    Ok(state.store.write(move |conn| store::paths::update_settings(conn, id, revision, &settings)).await?)
}

/// A rule has to be built in, or of a plugin that is installed and enabled.
pub(super) async fn check_rule(state: &State, rule: &RuleChoice) -> Result<(), Error> {
    let RuleChoice::Plugin(plugin) = rule else { return Ok(()) };
    let plugin = plugin.clone();
    let pack = state.store.read(move |conn| store::packs::active(conn, &plugin)).await?;
    let scores = pack.is_some_and(|pack| pack.enabled && pack.kind != "roles");
    if scores { Ok(()) } else { Err(Error::field("rule", "rule_unknown")) }
}

/// Every subject whose evidence counts for a requirement, under the names of today and of before.
pub fn subjects_of(template: &Template, requirement: usize) -> Vec<Subject> {
    let Some(requirement) = template.requirements.get(requirement) else { return Vec::new() };
    let now: Vec<Subject> = requirement.subjects().into_iter().cloned().collect();
    let before = template.aliases.iter().filter(|(_, became)| now.contains(became)).map(|(before, _)| before.clone());
    before.chain(now.iter().cloned()).collect()
}

/// The name of a level; its id where the template has none of that id.
pub fn level_name(template: &Template, level: &str) -> String {
    template.level(level).map_or_else(|| level.to_owned(), |index| template.document.levels[index].name.clone())
}
