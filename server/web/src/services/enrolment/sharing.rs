//! What a cohort sees of a learner: shown to the learner before joining and ever after, and theirs to withhold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::account::Account;
use domain::cohort::{Cohort, CohortRole, MemberState, Membership, SetUp, Standing};
use domain::enrolment::{PathFate, concerned, joined_settings, path_fate, withheld_after};
use domain::ids::{AccountId, PublicId, RevisionId};
use domain::ledger::{Entry, Payload};
use domain::path::{CheckedSettings, Path};
use domain::scoring::{DefaultRule, Scope, score};
use domain::template::Template;
use domain::world::Dice;
use serde_json::json;
use store::ledger::LedgerFilter;
use store::paths::NewPath;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::Begin;
use crate::services::once::Outcome;
use crate::services::readiness;
use crate::state::State;

/// What a cohort sees, or would see, of a learner.
pub struct Shared {
    pub cohort: Cohort,
    pub roles: Vec<SharedRole>,
    /// Entries that say something of what the roles ask, newest first.
    pub entries: Vec<SharedEntry>,
    /// Names of active mentors and leads.
    pub guides: Vec<String>,
}

/// A role of the cohort and what becomes of it.
pub struct SharedRole {
    pub name: String,
    pub level: String,
    pub fate: PathFate,
}

pub struct SharedEntry {
    pub id: PublicId,
    pub entry: Entry,
    /// None: blanked.
    pub payload: Option<Payload>,
    /// The receipts cite it, as the ledger is now.
    pub cited: bool,
    pub withheld: bool,
}

/// What a role of a cohort is for one learner: the path's own revision where there is a path.
struct Held {
    template: Arc<Template>,
    settings: CheckedSettings,
    fate: PathFate,
}

/// What a cohort sees of whoever asks, as one of its learners or before they join.
pub async fn shared(state: &State, who: &Signed, cohort: Cohort, set_up: &SetUp) -> Result<Shared, Error> {
    let (account, id) = (who.account.clone(), cohort.id);
    let me = account.id;
    let read = state.store.scan(move |conn| {
        let all = LedgerFilter { subjects: None, before_seq: None, limit: i64::from(i32::MAX) };
        let withheld = store::cohorts::withheld(conn, id)?.remove(&me).unwrap_or_default();
        let guides = store::cohorts::members(conn, id)?;
        Ok((store::ledger::facts(conn, me)?, store::ledger::with_payload(conn, me, &all)?, withheld, store::paths::list(conn, me)?, guides))
    });
    let (facts, written, withheld, paths, members) = read.await?;
    let guides: Vec<String> = members
        .into_iter()
        .filter(|(other, member)| other.id != me && is_guide(member) && !other.disabled)
        .map(|(other, _)| other.name.to_string())
        .collect();
    let templates = templates(state, &paths).await?;
    let today = state.clock.now().day_in(&account.zone);
    let (mut roles, mut listed, mut cited) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for role in &set_up.roles {
        let held = held(state, &paths, &templates, &cohort, set_up, role).await?;
        let Held { template, settings, fate } = held;
        let target = template.level(&settings.target_level).unwrap_or(0);
        roles.push(SharedRole { name: template.document.name.clone(), level: template.document.levels[target].name.clone(), fate });
        listed.extend(concerned(&template, &facts, today));
        let rule = readiness::rule_for(state, &settings.rule).await?;
        let shown: Vec<Entry> = facts.iter().filter(|entry| !withheld.contains(&entry.seq)).cloned().collect();
        let mentored = !guides.is_empty();
        let made = tokio::task::spawn_blocking(move || {
            let scope = Scope { template: &template, target, chosen: &settings.chosen, mentored, today, settings: &[] };
            match rule {
                Ok(rule) => score(rule.as_ref(), scope, &shown).or_else(|_| score(&DefaultRule, scope, &shown)),
                Err(_) => score(&DefaultRule, scope, &shown),
            }
        });
        cited.extend(made.await.map_err(Error::machine)?.map_err(Error::machine)?.cited());
    }
    listed.extend(withheld.iter().copied());
    let entries = written
        .into_iter()
        .filter(|(_, entry, _)| listed.contains(&entry.seq))
        .map(|(id, entry, payload)| SharedEntry {
            id,
            cited: cited.contains(&entry.seq),
            withheld: withheld.contains(&entry.seq),
            entry,
            payload,
        })
        .collect();
    Ok(Shared { cohort, roles, entries, guides })
}

fn is_guide(member: &Membership) -> bool {
    member.standing >= Standing::Mentor && member.state == MemberState::Active
}

/// The templates of somebody's paths.
pub(super) async fn templates(state: &State, paths: &[Path]) -> Result<BTreeMap<RevisionId, Arc<Template>>, Error> {
    let mut templates = BTreeMap::new();
    for path in paths {
        if let std::collections::btree_map::Entry::Vacant(place) = templates.entry(path.revision) {
            place.insert(state.template(path.revision).await?);
        }
    }
    Ok(templates)
}

async fn held(
    state: &State,
    paths: &[Path],
    templates: &BTreeMap<RevisionId, Arc<Template>>,
    cohort: &Cohort,
    set_up: &SetUp,
    role: &CohortRole,
) -> Result<Held, Error> {
    let fate = path_fate(followed(paths, templates), cohort.id, &role.role);
    let of = |id| paths.iter().find(|path| path.id == id);
    match fate {
        PathFate::Begins => {
            let template = state.template(role.revision).await?;
            let settings = CheckedSettings {
                target_level: role.target_level.clone(),
                target_day: None,
                hours_week: domain::path::HOURS_A_WEEK,
                chosen: role.chosen.clone(),
                rule: set_up.rule.clone(),
            };
            Ok(Held { template, settings, fate })
        }
        PathFate::Here(id) | PathFate::Joins(id) => {
            let path = of(id).ok_or(Error::NotThere("path"))?;
            let template = Arc::clone(templates.get(&path.revision).ok_or(Error::NotThere("path"))?);
            let settings = match fate {
                PathFate::Joins(_) => joined_settings(path, &template, role, set_up, cohort.ends_on),
                _ => CheckedSettings {
                    target_level: path.target_level.clone(),
                    target_day: path.target_day,
                    hours_week: path.hours_week,
                    chosen: path.chosen.clone(),
                    rule: path.rule.clone(),
                },
            };
            Ok(Held { template, settings, fate })
        }
    }
}

fn followed<'a>(paths: &'a [Path], templates: &'a BTreeMap<RevisionId, Arc<Template>>) -> impl Iterator<Item = (&'a Path, &'a str)> {
    paths.iter().filter_map(|path| Some((path, templates.get(&path.revision)?.id())))
}

/// A learner's paths, brought into a cohort: what is needed of it before the transaction.
#[derive(Clone)]
pub struct Bringing {
    set_up: SetUp,
    begin: Begin,
    templates: BTreeMap<RevisionId, Arc<Template>>,
}

impl Bringing {
    /// Of nobody: for an account that is about to be made.
    pub async fn of(state: &State, account: Option<AccountId>, cohort: &Cohort, set_up: &SetUp) -> Result<Self, Error> {
        let paths = match account {
            Some(account) => state.store.read(move |conn| store::paths::list(conn, account)).await?,
            None => Vec::new(),
        };
        Ok(Self { set_up: set_up.clone(), begin: Begin::of(state, cohort, set_up).await?, templates: templates(state, &paths).await? })
    }

    /// Joins or begins a path in every role of the cohort, inside a transaction; how many joined.
    pub fn bring(
        &self,
        conn: &mut store::Conn<'_>,
        actor: &Actor,
        cohort: &Cohort,
        dice: &dyn Dice,
        account: &Account,
    ) -> Result<usize, store::Error> {
        let paths = store::paths::list(conn, account.id)?;
        let mut joined = 0;
        for (role, settings) in self.begin.paths() {
            match path_fate(followed(&paths, &self.templates), cohort.id, &role.role) {
                PathFate::Here(_) => {}
                PathFate::Joins(id) => {
                    let path = paths.iter().find(|path| path.id == id).ok_or(store::Error::NotThere("path"))?;
                    let template = self.templates.get(&path.revision).ok_or(store::Error::NotThere("path"))?;
                    let settings = joined_settings(path, template, role, &self.set_up, cohort.ends_on);
                    store::paths::update_settings(conn, id, path.revision, &settings)?;
                    store::paths::set_cohort(conn, id, Some(cohort.id))?;
                    joined += 1;
                }
                PathFate::Begins => {
                    let new = NewPath {
                        public_id: dice.public_id(),
                        account: account.id,
                        revision: role.revision,
                        settings: settings.clone(),
                        cohort: Some(cohort.id),
                        started_on: actor.now.day_in(&account.zone),
                        created_at: actor.now,
                    };
                    store::paths::create(conn, &new)?;
                }
            }
        }
        Ok(joined)
    }
}

/// Opens a cohort to one of its learners; for anybody else it is not there.
pub async fn sharing(state: &State, who: &Signed, id: PublicId) -> Result<(Cohort, SetUp), Error> {
    let (cohort, set_up) = state
        .store
        .read(move |conn| {
            let cohort = store::cohorts::by_public_id(conn, id)?;
            let set_up = store::cohorts::set_up(conn, cohort.id)?;
            Ok((cohort, set_up))
        })
        .await?;
    let is_learner = |member: &Membership| member.cohort == cohort.id && member.standing == Standing::Learner;
    if who.memberships.iter().any(is_learner) { Ok((cohort, set_up)) } else { Err(Error::NotThere("cohort")) }
}

/// The numbers of somebody's own entries; none where one of them is not there.
pub fn numbers(conn: &mut store::Conn<'_>, account: AccountId, ids: &[PublicId]) -> Result<Option<BTreeSet<u32>>, store::Error> {
    let mut numbers = BTreeSet::new();
    for id in ids {
        match store::ledger::by_public_id(conn, account, *id) {
            Ok((_, entry, _)) => numbers.insert(entry.seq),
            Err(store::Error::NotThere(_)) => return Ok(None),
            Err(other) => return Err(other),
        };
    }
    Ok(Some(numbers))
}

/// Says which of the entries `listed` a cohort does not see, inside a transaction. What was not listed stays as it was.
pub fn withhold(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    account: AccountId,
    listed: &BTreeSet<u32>,
    ticked: &BTreeSet<u32>,
) -> Result<Outcome<usize>, store::Error> {
    let own: BTreeSet<u32> = store::ledger::facts(conn, account)?.iter().map(|entry| entry.seq).collect();
    if !ticked.is_subset(&own) {
        return Ok(Err(Error::field("withhold", "no_such_entry")));
    }
    // Held, so that of two windows the second one goes by what the first one left.
    store::cohorts::lock_member(conn, cohort.id, account)?;
    let before = store::cohorts::withheld(conn, cohort.id)?.remove(&account).unwrap_or_default();
    let after = withheld_after(&before, listed, ticked);
    if after != before {
        store::cohorts::withhold(conn, cohort.id, account, &after)?;
        let detail = json!({ "entries": after.len() });
        store::audit::append(conn, &actor.row("member.withhold", format!("cohort:{}", cohort.public_id), detail))?;
    }
    Ok(Ok(after.len()))
}

/// Brings one's own paths into a cohort that one is in already, inside a transaction.
pub fn share(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    bringing: &Bringing,
    dice: &dyn Dice,
    account: &Account,
) -> Result<usize, store::Error> {
    store::cohorts::lock_member(conn, cohort.id, account.id)?;
    let joined = bringing.bring(conn, actor, cohort, dice, account)?;
    let detail = json!({ "paths": joined });
    store::audit::append(conn, &actor.row("member.share", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(joined)
}
