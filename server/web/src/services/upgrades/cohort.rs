//! A whole cohort: its role, its plan, and the paths of all learners who take part or rest, in one transaction.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::account::Account;
use domain::cohort::{Calendar, Cohort, CohortRole, MemberState, SetUp};
use domain::enrolment::joined_settings;
use domain::ids::RevisionId;
use domain::ledger::Entry;
use domain::path::{Path, RuleChoice};
use domain::scoring::Scope;
use domain::template::Template;
use domain::time::Day;
use domain::upgrade::{Aims, WeekLine, Weeks, carry, carry_weeks, compare_plans, give_back, give_back_weeks, is_newer};
use serde_json::json;
use store::cohorts::{BoardFacts, Learner, Wanted};
use store::upgrades::{Carrying, CohortUpgrade, Step, Taking};

use super::{Measured, Named, Pair, Rule, Side, Templates, Undo, measure, resolve, rule_of, still_newest, templates};
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{Opened, visible};
use crate::services::once::Outcome;
use crate::state::State;

/// A role on the set-up's page.
pub struct RoleNews {
    pub role: String,
    pub name: String,
    pub version: String,
    /// The version that can be taken over.
    pub newer: Option<String>,
    /// Learners whose path is not what the role is set up to: another revision, target level, member or rule.
    pub astray: usize,
    /// The version that an undo leads to.
    pub back: Option<String>,
}

/// What there is to take over or to undo in each role of a cohort.
pub async fn news(state: &State, opened: &Opened) -> Result<Vec<RoleNews>, Error> {
    let (cohort, roles) = (opened.cohort.id, opened.set_up.roles.clone());
    let read = state.store.scan(move |conn| {
        let mut found = Vec::with_capacity(roles.len());
        for role in roles {
            let paths = store::upgrades::learners_paths(conn, cohort, &role.role)?;
            let last = store::upgrades::last_of_role(conn, cohort, &role.role)?.filter(|last| last.step.to == role.revision);
            found.push((store::templates::newest_head(conn, &role.role)?, paths, last, role));
        }
        Ok(found)
    });
    let mut news = Vec::new();
    for (newest, paths, last, role) in read.await? {
        let template = state.template(role.revision).await?;
        let known = templates(state, paths.iter().map(|(path, _)| path.revision)).await?;
        let becoming = Becoming {
            to: (role.revision, &template),
            role: &role,
            set_up: &opened.set_up,
            ends_on: opened.cohort.ends_on,
            settings: true,
        };
        let moves = |path: &Path| known.get(&path.revision).is_some_and(|from| becoming.moves(path, from));
        let back = match last {
            Some(last) => Some(state.template(last.step.from).await?.version().to_owned()),
            None => None,
        };
        news.push(RoleNews {
            name: template.document.name.clone(),
            newer: newest.map(|newest| newest.version).filter(|version| is_newer(version, template.version())),
            astray: paths.iter().filter(|(path, state)| takes_part(*state) && moves(path)).count(),
            back,
            version: template.version().to_owned(),
            role: role.role,
        });
    }
    Ok(news)
}

fn takes_part(state: MemberState) -> bool {
    matches!(state, MemberState::Active | MemberState::Paused)
}

/// What paths become: of a revision, and where that is wished of the set-up's settings too.
#[derive(Clone, Copy)]
struct Becoming<'a> {
    to: (RevisionId, &'a Template),
    /// With aims that fit the revision.
    role: &'a CohortRole,
    set_up: &'a SetUp,
    ends_on: Day,
    settings: bool,
}

impl Becoming<'_> {
    fn aims(&self, path: &Path, from: &Template) -> Aims {
        let carried = carry(&Aims::of(path), from, self.to.1);
        if !self.settings {
            return carried;
        }
        let there = Path { target_level: carried.target_level, chosen: carried.chosen, ..path.clone() };
        let joined = joined_settings(&there, self.to.1, self.role, self.set_up, self.ends_on);
        Aims { target_level: joined.target_level, chosen: joined.chosen, rule: joined.rule }
    }

    fn moves(&self, path: &Path, from: &Template) -> bool {
        path.revision != self.to.0 || self.aims(path, from) != Aims::of(path)
    }
}

/// What a lead looks at before a cohort takes a revision over.
pub struct CohortUpgradeLook {
    pub pair: Pair,
    /// As it is set up now.
    pub role: CohortRole,
    /// The role's aims after, which are also the settings that paths get where that is wished.
    pub aims: Aims,
    /// Of the role, those that the revision does not let choose.
    pub put_aside: BTreeSet<String>,
    /// Paths get the target level, members and rule that are set up.
    pub settings: bool,
    /// By name: who takes part or rests, and follows the role.
    pub learners: Vec<LearnerLine>,
    /// Who dropped out or completed: their paths stay.
    pub staying: usize,
    pub weeks: Vec<WeekLine>,
    pub undo: Option<Undo>,
}

/// A learner of the preview.
pub struct LearnerLine {
    pub account: Account,
    pub state: MemberState,
    /// The version that the path pins now.
    pub version: String,
    /// Something of the path becomes another.
    pub moves: bool,
    /// The target level becomes another.
    pub target_moves: bool,
    /// Chosen members that are put aside.
    pub put_aside: usize,
    pub measured: Measured,
}

impl CohortUpgradeLook {
    pub fn moving(&self) -> usize {
        self.learners.iter().filter(|line| line.moves).count()
    }

    /// There is something to take over: the role's revision becomes another, or a path does.
    pub fn is_something(&self) -> bool {
        self.pair.from.0 != self.pair.to.0 || self.moving() > 0
    }
}

/// Looks at a role of a cohort, in a number of queries that does not grow with the cohort: the newest revision, or the one
/// that is pinned where that is the newest, so that paths of another one can follow. Nothing is stored. Scores are those of
/// the board: what is withheld is not in them.
pub async fn look_at_cohort(state: &State, opened: &Opened, role: Option<&str>, settings: bool) -> Result<CohortUpgradeLook, Error> {
    let roles = &opened.set_up.roles;
    let role = roles.iter().find(|own| role.is_none_or(|role| own.role == role)).ok_or(Error::NotThere("role"))?.clone();
    let (cohort, id) = (opened.cohort.clone(), role.role.clone());
    let read = state.store.scan(move |conn| {
        let newest = store::templates::newest_head(conn, &id)?;
        let weeks = store::cohorts::weeks(conn, cohort.id, &id)?;
        let last = store::upgrades::last_of_role(conn, cohort.id, &id)?;
        Ok((newest, weeks, last, store::cohorts::board(conn, cohort)?))
    });
    let (newest, weeks, last, facts) = read.await?;
    let pinned = state.template(role.revision).await?;
    let to = newest.filter(|newest| is_newer(&newest.version, pinned.version())).map_or(role.revision, |newest| newest.id);
    let pair = Pair::of(state, role.revision, to).await?;
    let now = aims_of(&role, &opened.set_up);
    let aims = carry(&now, &pair.from.1, &pair.to.1);
    let after = CohortRole { revision: to, target_level: aims.target_level.clone(), chosen: aims.chosen.clone(), ..role.clone() };
    let calendar = opened.set_up.calendar(&opened.cohort);
    let weeks = compare_weeks(&pair, (&role, &after), &calendar, &weeks)?;
    let undo = match last.filter(|last| last.step.to == role.revision) {
        Some(CohortUpgrade { step, .. }) => Some(Undo { to: state.template(step.from).await?, at: step.at }),
        None => None,
    };
    let becoming = Becoming { to: (to, &pair.to.1), role: &after, set_up: &opened.set_up, ends_on: opened.cohort.ends_on, settings };
    let (learners, staying) = lines(state, facts, becoming, &pair.to.1).await?;
    let put_aside = now.chosen.difference(&aims.chosen).cloned().collect();
    Ok(CohortUpgradeLook { pair, role, aims, put_aside, settings, learners, staying, weeks, undo })
}

fn aims_of(role: &CohortRole, set_up: &SetUp) -> Aims {
    Aims { target_level: role.target_level.clone(), chosen: role.chosen.clone(), rule: set_up.rule.clone() }
}

fn compare_weeks(
    pair: &Pair,
    (role, after): (&CohortRole, &CohortRole),
    calendar: &Calendar,
    weeks: &Weeks,
) -> Result<Vec<WeekLine>, Error> {
    let planned = |template: &Template, role: &CohortRole, weeks: &Weeks| {
        let target = template.level(&role.target_level).unwrap_or(0);
        domain::cohort::plan(template, target, &role.chosen, calendar, weeks).map_err(|_| Error::field("target_level", "level_empty"))
    };
    let (from, to) = (&*pair.from.1, &*pair.to.1);
    let (before, now) = (planned(from, role, weeks)?, planned(to, after, &carry_weeks(weeks, to))?);
    Ok(compare_plans((from, &before), (to, &now)))
}

/// A path that would move, and all that its scores are made of.
struct Task {
    learner: Learner,
    path: Path,
    from: Arc<Template>,
    after: Aims,
    moves: bool,
    rules: [Rule; 2],
    today: Day,
}

async fn lines(state: &State, facts: BoardFacts, becoming: Becoming<'_>, to: &Arc<Template>) -> Result<(Vec<LearnerLine>, usize), Error> {
    let (now, cohort) = (state.clock.now(), facts.cohort.id);
    let mut rules: HashMap<String, Rule> = HashMap::new();
    let (mut tasks, mut staying) = (Vec::new(), 0);
    for learner in facts.learners {
        for path in learner.paths.clone() {
            let from = state.template(path.revision).await?;
            if from.id() != to.id() {
                continue;
            }
            if !takes_part(learner.state) {
                staying += 1;
                break;
            }
            let after = becoming.aims(&path, &from);
            let mut of = [None, None];
            for (rule, choice) in of.iter_mut().zip([&path.rule, &after.rule]) {
                let name = String::from(choice.clone());
                if !rules.contains_key(&name) {
                    rules.insert(name.clone(), rule_of(state, choice).await?);
                }
                *rule = rules.get(&name).cloned().flatten();
            }
            let today = now.day_in(&learner.account.zone);
            let moves = becoming.moves(&path, &from);
            tasks.push(Task { learner, path, from, after, moves, rules: of, today });
            break;
        }
    }
    let read = state.store.scan(move |conn| store::cohorts::ledgers(conn, Wanted::Learners(cohort)));
    let mut ledgers = read.await?;
    let to = Arc::clone(to);
    let made = tokio::task::spawn_blocking(move || {
        tasks
            .into_iter()
            .map(|task| {
                let ledger = ledgers.remove(&task.learner.account.id).unwrap_or_default();
                line(task, ledger, &to)
            })
            .collect::<Result<Vec<_>, Error>>()
    });
    Ok((made.await.map_err(Error::machine)??, staying))
}

fn line(task: Task, ledger: Vec<Entry>, to: &Template) -> Result<LearnerLine, Error> {
    let Task { learner, path, from, after, moves, rules, today } = task;
    let shown = visible(ledger, &learner.withheld, learner.ledger_seq);
    let target = from.level(&path.target_level).unwrap_or(0);
    let before = Scope { template: &from, target, chosen: &path.chosen, mentored: learner.mentored, today, settings: &[] };
    let scope = Scope { template: to, target: to.level(&after.target_level).unwrap_or(0), chosen: &after.chosen, ..before };
    let sides = [Side { rule: &rules[0], scope: before }, Side { rule: &rules[1], scope }];
    Ok(LearnerLine {
        state: learner.state,
        version: from.version().to_owned(),
        moves,
        target_moves: after.target_level != path.target_level,
        put_aside: path.chosen.difference(&after.chosen).count(),
        measured: measure(&sides[0], &sides[1], &shown)?,
        account: learner.account,
    })
}

/// What a lead wants done: as a preview showed it.
#[derive(Clone, Debug)]
pub struct CohortWish {
    pub role: String,
    pub named: Named,
    /// Target level, members and rule that paths get, as the preview showed them; none: they keep their own.
    pub settings: Option<Aims>,
}

/// A revision that a cohort may take over, checked outside of the transaction.
pub struct CohortTake {
    cohort: Cohort,
    taking: Taking,
    settings: Option<Aims>,
    templates: Templates,
}

/// Resolves what a preview named; whether it still holds is for [`take_with_cohort`] to say.
pub async fn check_cohort(state: &State, opened: &Opened, wish: &CohortWish) -> Result<CohortTake, Error> {
    opened.set_up.role(&wish.role).ok_or(Error::NotThere("role"))?;
    let (from, to) = resolve(state, &wish.named).await?;
    let (cohort, role) = (opened.cohort.clone(), wish.role.clone());
    let id = cohort.id;
    let paths = state.store.scan(move |conn| store::upgrades::learners_paths(conn, id, &role)).await?;
    let templates = templates(state, paths.iter().map(|(path, _)| path.revision).chain([from, to])).await?;
    let taking = Taking { cohort: id, role: wish.role.clone(), from, to, rule: opened.set_up.rule.clone(), at: state.clock.now() };
    Ok(CohortTake { cohort, taking, settings: wish.settings.clone(), templates })
}

/// Takes a revision over with a whole cohort, inside a transaction; how many paths moved.
pub fn take_with_cohort(conn: &mut store::Conn<'_>, actor: &Actor, take: &CohortTake) -> Result<Outcome<usize>, store::Error> {
    let CohortTake { cohort, taking, settings, templates } = take;
    let of = |id: RevisionId| templates.get(&id).ok_or(store::Error::Rule("revision_changed"));
    let (from, to) = (of(taking.from)?, of(taking.to)?);
    if taking.from != taking.to {
        still_newest(conn, from, (taking.to, to))?;
    }
    // The role is held, so that the set-up which is read now is the one that counts.
    let own = store::upgrades::lock_role(conn, cohort.id, &taking.role)?.ok_or(store::Error::Rule("revision_changed"))?;
    let set_up = store::cohorts::set_up(conn, cohort.id)?;
    let aims = carry(&aims_of(&own, &set_up), from, to);
    if settings.as_ref().is_some_and(|shown| *shown != aims) {
        return Ok(Err(Error::Rule("set_up_changed")));
    }
    let role = CohortRole { revision: taking.to, target_level: aims.target_level.clone(), chosen: aims.chosen.clone(), ..own };
    let becoming = Becoming { to: (taking.to, to), role: &role, set_up: &set_up, ends_on: cohort.ends_on, settings: settings.is_some() };
    let carrying = Carrying {
        role: |aims: &Aims| carry(aims, from, to),
        weeks: |weeks: &Weeks| carry_weeks(weeks, to),
        path: |path: &Path| Some(becoming.aims(path, templates.get(&path.revision)?)),
    };
    let taking = Taking { rule: set_up.rule.clone(), ..taking.clone() };
    let moved = store::upgrades::take_role(conn, &taking, &carrying)?;
    if moved == 0 && taking.from == taking.to {
        return Err(store::Error::Rule("nothing_to_take_over"));
    }
    told(conn, actor, cohort, "cohort.upgrade", &taking.role, (from, to), moved)?;
    Ok(Ok(moved))
}

/// An undo, checked outside of the transaction.
pub struct CohortBack {
    cohort: Cohort,
    role: String,
    from: RevisionId,
    to: RevisionId,
    rule: RuleChoice,
    templates: Templates,
}

/// Prepares going back from one revision to another; whether that can be is for [`undo_with_cohort`] to say.
pub async fn check_cohort_undo(state: &State, opened: &Opened, role: &str, named: &Named) -> Result<CohortBack, Error> {
    opened.set_up.role(role).ok_or(Error::NotThere("role"))?;
    let (from, to) = resolve(state, named).await?;
    let (id, own) = (opened.cohort.id, role.to_owned());
    let read = state.store.scan(move |conn| {
        let Some(last) = store::upgrades::last_of_role(conn, id, &own)? else { return Ok(Vec::new()) };
        let along = store::upgrades::taken_along(conn, last.id)?;
        Ok(along.values().flatten().map(|upgrade| upgrade.step.from).collect())
    });
    let templates = templates(state, read.await?.into_iter().chain([from, to])).await?;
    Ok(CohortBack { cohort: opened.cohort.clone(), role: role.to_owned(), from, to, rule: opened.set_up.rule.clone(), templates })
}

/// Goes back with a whole cohort, inside a transaction; how many paths moved.
pub fn undo_with_cohort(conn: &mut store::Conn<'_>, actor: &Actor, back: &CohortBack) -> Result<Outcome<usize>, store::Error> {
    let CohortBack { cohort, role, from, to, rule, templates } = back;
    let of = |id: &RevisionId| templates.get(id).ok_or(store::Error::Rule("revision_changed"));
    let (newer, older) = (of(from)?, of(to)?);
    // Held before it is looked at what there is to undo: of two who do, the second sees what the first left.
    store::upgrades::lock_role(conn, cohort.id, role)?;
    let last = store::upgrades::last_of_role(conn, cohort.id, role)?;
    if last.is_some_and(|last| last.step.to == *from && last.step.from != *to) {
        return Ok(Err(Error::Rule("revision_changed")));
    }
    let given_back = |now: &Aims, step: &Step, older: &Template| give_back(now, &step.before, &step.after, newer, older);
    let carrying = Carrying {
        role: |now: &Aims, step: &Step| given_back(now, step, older),
        weeks: |now: &Weeks, upgrade: &CohortUpgrade| give_back_weeks(now, &upgrade.weeks, newer, older),
        path: |now: &Aims, step: Option<&Step>| match step {
            Some(step) => Some(given_back(now, step, templates.get(&step.from)?)),
            None => Some(carry(now, newer, older)),
        },
    };
    let moved = store::upgrades::undo_role(conn, (cohort.id, role, *from), rule, &carrying)?;
    told(conn, actor, cohort, "cohort.upgrade.undo", role, (newer, older), moved)?;
    Ok(Ok(moved))
}

fn told(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    act: &str,
    role: &str,
    (from, to): (&Template, &Template),
    moved: usize,
) -> Result<(), store::Error> {
    let detail = json!({ "role": role, "from": from.version(), "to": to.version(), "paths": moved });
    store::audit::append(conn, &actor.row(act, format!("cohort:{}", cohort.public_id), detail))?;
    Ok(())
}
