//! Revisions that paths and cohorts took over, as long as that can be undone. Nothing that hangs on requirements is moved
//! or deleted by it: plans, links, minutes and requests for help keep their ids.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::cohort::{CohortRole, MemberState, PartKey, Standing};
use domain::ids::{AccountId, CohortId, CohortUpgradeId, PathId, PathUpgradeId, RevisionId};
use domain::path::{Path, RuleChoice};
use domain::time::Instant;
use domain::upgrade::{Aims, Weeks};

use crate::rows::{self, one};
use crate::schema::{cohort_roles, cohort_upgrades, memberships, path_upgrades, paths, revisions};
use crate::{Conn, Error, Result, cohorts};

/// From which revision to which, and what was said in their ids. The two can be equal: then only the aims changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub from: RevisionId,
    pub to: RevisionId,
    pub before: Aims,
    pub after: Aims,
    pub at: Instant,
}

/// Of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUpgrade {
    pub id: PathUpgradeId,
    pub step: Step,
    /// The cohort's that took the path along.
    pub cohort_upgrade: Option<CohortUpgradeId>,
}

/// Of a role that a cohort follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortUpgrade {
    pub id: CohortUpgradeId,
    pub step: Step,
    /// Weeks that a lead had chosen before.
    pub weeks: Weeks,
}

/// Takes a path to a revision; `carry` says what becomes of its aims. Fails with `revision_changed` when the path does not pin
/// `from` any more, with `NotThere("path")`.
pub fn take_path(
    conn: &mut Conn<'_>,
    id: PathId,
    (from, to): (RevisionId, RevisionId),
    carry: impl Fn(&Path) -> Aims,
    at: Instant,
) -> Result<Path> {
    let path = lock_path(conn, id)?;
    if path.revision != from {
        return Err(Error::Rule("revision_changed"));
    }
    let step = Step { from, to, before: Aims::of(&path), after: carry(&path), at };
    move_path(conn, id, to, &step.after)?;
    note_path(conn, id, None, &step)?;
    crate::paths::by_id(conn, id)
}

/// Takes a path back to where it was before the last revision that it took over, by itself or with a cohort. `back` gives
/// its aims from those of now. Fails with `revision_changed` when it does not pin `from` any more, with `nothing_to_undo`.
pub fn undo_path(conn: &mut Conn<'_>, id: PathId, from: RevisionId, back: impl Fn(&Aims, &Step) -> Option<Aims>) -> Result<Path> {
    let path = lock_path(conn, id)?;
    if path.revision != from {
        return Err(Error::Rule("revision_changed"));
    }
    let last = last_of_path(conn, id)?.filter(|last| last.step.to == path.revision).ok_or(Error::Rule("nothing_to_undo"))?;
    let aims = back(&Aims::of(&path), &last.step).ok_or(Error::Rule("revision_changed"))?;
    move_path(conn, id, last.step.from, &aims)?;
    forget_path(conn, last.id)?;
    crate::paths::by_id(conn, id)
}

/// A role of a cohort that goes from one revision to another.
#[derive(Clone, Debug)]
pub struct Taking {
    pub cohort: CohortId,
    pub role: String,
    pub from: RevisionId,
    pub to: RevisionId,
    /// The cohort's.
    pub rule: RuleChoice,
    pub at: Instant,
}

/// What becomes of what is said in ids of a revision. None: that is of a revision that nobody was shown, and then nothing
/// is done.
pub struct Carrying<R, W, P> {
    pub role: R,
    pub weeks: W,
    pub path: P,
}

/// Takes a role of a cohort to a revision, its plan, and the paths of all learners who take part or rest; how many paths.
/// A path that is there already is noted too, so that an undo leaves it there. Fails with `revision_changed` when the
/// cohort does not pin `from` any more, or a path pins what nobody was shown.
pub fn take_role<R, W, P>(conn: &mut Conn<'_>, taking: &Taking, carrying: &Carrying<R, W, P>) -> Result<usize>
where
    R: Fn(&Aims) -> Aims,
    W: Fn(&Weeks) -> Weeks,
    P: Fn(&Path) -> Option<Aims>,
{
    let Taking { cohort, role, from, to, rule, at } = taking;
    let own = lock_role(conn, *cohort, role)?.filter(|own| own.revision == *from).ok_or(Error::Rule("revision_changed"))?;
    let before = Aims { target_level: own.target_level, chosen: own.chosen, rule: rule.clone() };
    let step = Step { from: *from, to: *to, after: (carrying.role)(&before), before, at: *at };
    let weeks = cohorts::weeks(conn, *cohort, role)?;
    move_role(conn, *cohort, role, *to, &step.after)?;
    cohorts::put_weeks(conn, *cohort, role, &(carrying.weeks)(&weeks))?;
    let of = note_role(conn, *cohort, role, &step, &weeks)?;
    let mut moved = 0;
    for (path, state) in lock_paths(conn, *cohort, role)? {
        if !matches!(state, MemberState::Active | MemberState::Paused) {
            continue;
        }
        let after = (carrying.path)(&path).ok_or(Error::Rule("revision_changed"))?;
        let step = Step { from: path.revision, to: *to, before: Aims::of(&path), after, at: *at };
        moved += usize::from(step.from != step.to || step.before != step.after);
        move_path(conn, path.id, *to, &step.after)?;
        note_path(conn, path.id, Some(of), &step)?;
    }
    Ok(moved)
}

/// Takes a role of a cohort back to where it was before the last revision that it took over, with its plan and the paths of
/// all learners who take part or rest and have taken over nothing since; how many paths. A path that began or came since
/// goes to the role's revision; of it no step is known. `role` and `path` give aims from those of now. Fails with `revision_changed` when the cohort
/// does not pin `from` any more, or a path came from what nobody was shown, with `nothing_to_undo`.
pub fn undo_role<R, W, P>(
    conn: &mut Conn<'_>,
    (cohort, role, from): (CohortId, &str, RevisionId),
    rule: &RuleChoice,
    carrying: &Carrying<R, W, P>,
) -> Result<usize>
where
    R: Fn(&Aims, &Step) -> Aims,
    W: Fn(&Weeks, &CohortUpgrade) -> Weeks,
    P: Fn(&Aims, Option<&Step>) -> Option<Aims>,
{
    let own = lock_role(conn, cohort, role)?.filter(|own| own.revision == from).ok_or(Error::Rule("revision_changed"))?;
    let last = last_of_role(conn, cohort, role)?.filter(|last| last.step.to == from).ok_or(Error::Rule("nothing_to_undo"))?;
    let now = Aims { target_level: own.target_level, chosen: own.chosen, rule: rule.clone() };
    let weeks = cohorts::weeks(conn, cohort, role)?;
    move_role(conn, cohort, role, last.step.from, &(carrying.role)(&now, &last.step))?;
    cohorts::put_weeks(conn, cohort, role, &(carrying.weeks)(&weeks, &last))?;
    let along = taken_along(conn, last.id)?;
    let mut moved = 0;
    for (path, state) in lock_paths(conn, cohort, role)? {
        if !matches!(state, MemberState::Active | MemberState::Paused) || path.revision != from {
            continue;
        }
        let now = Aims::of(&path);
        let step = match along.get(&path.id) {
            // What it took over since is its own.
            Some(None) => continue,
            Some(Some(upgrade)) => Some(&upgrade.step),
            None => None,
        };
        let to = step.map_or(last.step.from, |step| step.from);
        let aims = (carrying.path)(&now, step).ok_or(Error::Rule("revision_changed"))?;
        moved += usize::from(to != from || aims != now);
        move_path(conn, path.id, to, &aims)?;
    }
    forget_role(conn, last.id)?;
    Ok(moved)
}

/// Holds a path until the end of the transaction: whoever changes it meanwhile waits. Fails with `NotThere("path")`.
pub fn lock_path(conn: &mut Conn<'_>, id: PathId) -> Result<Path> {
    let locked = on_backend!(conn, c => diesel::update(paths::table.find(id.0)).set(paths::revision.eq(paths::revision)).execute(c))?;
    one(locked, "path")?;
    crate::paths::by_id(conn, id)
}

/// Holds a role of a cohort in the same way; none when the cohort does not follow it.
pub fn lock_role(conn: &mut Conn<'_>, cohort: CohortId, role: &str) -> Result<Option<CohortRole>> {
    let row: Option<(i64, String, String)> = on_backend!(conn, c => diesel::update(cohort_roles::table.find((cohort.0, role)))
        .set(cohort_roles::revision.eq(cohort_roles::revision))
        .returning((cohort_roles::revision, cohort_roles::target_level, cohort_roles::chosen))
        .get_result(c)
        .optional())?;
    row.map(|(revision, target_level, chosen)| {
        Ok(CohortRole { role: role.to_owned(), revision: RevisionId(revision), target_level, chosen: rows::from_json(&chosen)? })
    })
    .transpose()
}

/// Paths of a cohort that follow the role and belong to a learner, with the learner's state; oldest first.
pub fn learners_paths(conn: &mut Conn<'_>, cohort: CohortId, role: &str) -> Result<Vec<(Path, MemberState)>> {
    let (of_role, states): (Vec<i64>, Vec<(i64, String)>) = on_backend!(conn, c => {
        let of_role = paths::table
            .inner_join(revisions::table)
            .filter(paths::cohort.eq(cohort.0))
            .filter(revisions::role.eq(role))
            .select(paths::id)
            .load(c)?;
        let states = memberships::table
            .filter(memberships::cohort.eq(cohort.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .select((memberships::account, memberships::state))
            .load(c)?;
        (of_role, states)
    });
    let of_role: HashSet<i64> = of_role.into_iter().collect();
    let states: HashMap<AccountId, MemberState> =
        states.into_iter().map(|(account, state)| Ok((AccountId(account), rows::word(&state)?))).collect::<Result<_>>()?;
    let paths = crate::paths::of_cohort(conn, cohort)?.into_iter().filter(|path| of_role.contains(&path.id.0));
    Ok(paths.filter_map(|path| states.get(&path.account).map(|state| (path, *state))).collect())
}

/// The same, held until the end of the transaction.
fn lock_paths(conn: &mut Conn<'_>, cohort: CohortId, role: &str) -> Result<Vec<(Path, MemberState)>> {
    on_backend!(conn, c => diesel::update(paths::table.filter(paths::cohort.eq(cohort.0)))
        .set(paths::revision.eq(paths::revision))
        .execute(c))?;
    learners_paths(conn, cohort, role)
}

/// Pins another revision, with aims that fit it. For a path that is held.
fn move_path(conn: &mut Conn<'_>, path: PathId, to: RevisionId, aims: &Aims) -> Result<()> {
    let chosen = rows::to_json(&aims.chosen)?;
    let changed = on_backend!(conn, c => diesel::update(paths::table.find(path.0))
        .set((
            paths::revision.eq(to.0),
            paths::target_level.eq(&aims.target_level),
            paths::chosen.eq(chosen),
            paths::rule.eq(String::from(aims.rule.clone())),
        ))
        .execute(c))?;
    one(changed, "path")
}

/// The same for a role of a cohort; the rule is the whole cohort's and stays.
fn move_role(conn: &mut Conn<'_>, cohort: CohortId, role: &str, to: RevisionId, aims: &Aims) -> Result<()> {
    let chosen = rows::to_json(&aims.chosen)?;
    let changed = on_backend!(conn, c => diesel::update(cohort_roles::table.find((cohort.0, role)))
        .set((cohort_roles::revision.eq(to.0), cohort_roles::target_level.eq(&aims.target_level), cohort_roles::chosen.eq(chosen)))
        .execute(c))?;
    one(changed, "role")
}

/// Notes what can be undone of a path.
fn note_path(conn: &mut Conn<'_>, path: PathId, of: Option<CohortUpgradeId>, step: &Step) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(path_upgrades::table)
        .values((
            path_upgrades::path.eq(path.0),
            path_upgrades::cohort_upgrade.eq(of.map(|of| of.0)),
            path_upgrades::from_revision.eq(step.from.0),
            path_upgrades::to_revision.eq(step.to.0),
            path_upgrades::aims_before.eq(rows::to_json(&step.before)?),
            path_upgrades::aims_after.eq(rows::to_json(&step.after)?),
            path_upgrades::at.eq(step.at.micros()),
        ))
        .execute(c))?;
    Ok(())
}

/// Notes what can be undone of a cohort's role.
fn note_role(conn: &mut Conn<'_>, cohort: CohortId, role: &str, step: &Step, weeks: &Weeks) -> Result<CohortUpgradeId> {
    let weeks: Vec<(bool, &str, u32)> = weeks.iter().map(|(key, week)| (key.is_group, key.id.as_str(), *week)).collect();
    let id: i64 = on_backend!(conn, c => diesel::insert_into(cohort_upgrades::table)
        .values((
            cohort_upgrades::cohort.eq(cohort.0),
            cohort_upgrades::role.eq(role),
            cohort_upgrades::from_revision.eq(step.from.0),
            cohort_upgrades::to_revision.eq(step.to.0),
            cohort_upgrades::aims_before.eq(rows::to_json(&step.before)?),
            cohort_upgrades::aims_after.eq(rows::to_json(&step.after)?),
            cohort_upgrades::weeks_before.eq(rows::to_json(&weeks)?),
            cohort_upgrades::at.eq(step.at.micros()),
        ))
        .returning(cohort_upgrades::id)
        .get_result(c))?;
    Ok(CohortUpgradeId(id))
}

/// The last one of a path.
pub fn last_of_path(conn: &mut Conn<'_>, path: PathId) -> Result<Option<PathUpgrade>> {
    let row: Option<PathRow> = on_backend!(conn, c => path_upgrades::table
        .filter(path_upgrades::path.eq(path.0))
        .order(path_upgrades::id.desc())
        .select(PathRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(PathRow::upgrade).transpose()?.map(|(_, upgrade)| upgrade))
}

/// The last one of a role of a cohort.
pub fn last_of_role(conn: &mut Conn<'_>, cohort: CohortId, role: &str) -> Result<Option<CohortUpgrade>> {
    let row: Option<CohortRow> = on_backend!(conn, c => cohort_upgrades::table
        .filter(cohort_upgrades::cohort.eq(cohort.0))
        .filter(cohort_upgrades::role.eq(role))
        .order(cohort_upgrades::id.desc())
        .select(CohortRow::as_select())
        .first(c)
        .optional())?;
    row.map(CohortRow::upgrade).transpose()
}

/// Paths that a cohort took along, and of those that have taken over nothing since how that was.
pub fn taken_along(conn: &mut Conn<'_>, of: CohortUpgradeId) -> Result<HashMap<PathId, Option<PathUpgrade>>> {
    let (own, last): (Vec<PathRow>, Vec<Option<i64>>) = on_backend!(conn, c => {
        let own: Vec<PathRow> =
            path_upgrades::table.filter(path_upgrades::cohort_upgrade.eq(of.0)).select(PathRow::as_select()).load(c)?;
        let paths: Vec<i64> = own.iter().map(|row| row.path).collect();
        let last = path_upgrades::table
            .filter(path_upgrades::path.eq_any(paths))
            .group_by(path_upgrades::path)
            .select(diesel::dsl::max(path_upgrades::id))
            .load(c)?;
        (own, last)
    });
    own.into_iter()
        .map(|row| {
            let is_last = last.contains(&Some(row.id));
            let (path, upgrade) = row.upgrade()?;
            Ok((path, is_last.then_some(upgrade)))
        })
        .collect()
}

/// What was undone cannot be undone again.
fn forget_path(conn: &mut Conn<'_>, id: PathUpgradeId) -> Result<()> {
    let gone = on_backend!(conn, c => diesel::delete(path_upgrades::table.find(id.0)).execute(c))?;
    one(gone, "upgrade")
}

/// The same of a cohort's, with those of its paths.
fn forget_role(conn: &mut Conn<'_>, id: CohortUpgradeId) -> Result<()> {
    let gone = on_backend!(conn, c => diesel::delete(cohort_upgrades::table.find(id.0)).execute(c))?;
    one(gone, "upgrade")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = path_upgrades, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct PathRow {
    id: i64,
    path: i64,
    cohort_upgrade: Option<i64>,
    from_revision: i64,
    to_revision: i64,
    aims_before: String,
    aims_after: String,
    at: i64,
}

impl PathRow {
    fn upgrade(self) -> Result<(PathId, PathUpgrade)> {
        let step = step((self.from_revision, self.to_revision), (&self.aims_before, &self.aims_after), self.at)?;
        let cohort_upgrade = self.cohort_upgrade.map(CohortUpgradeId);
        Ok((PathId(self.path), PathUpgrade { id: PathUpgradeId(self.id), step, cohort_upgrade }))
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = cohort_upgrades, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct CohortRow {
    id: i64,
    from_revision: i64,
    to_revision: i64,
    aims_before: String,
    aims_after: String,
    weeks_before: String,
    at: i64,
}

impl CohortRow {
    fn upgrade(self) -> Result<CohortUpgrade> {
        let step = step((self.from_revision, self.to_revision), (&self.aims_before, &self.aims_after), self.at)?;
        let weeks: Vec<(bool, String, u32)> = rows::from_json(&self.weeks_before)?;
        let weeks = weeks.into_iter().map(|(is_group, id, week)| (PartKey { is_group, id }, week)).collect();
        Ok(CohortUpgrade { id: CohortUpgradeId(self.id), step, weeks })
    }
}

fn step((from, to): (i64, i64), (before, after): (&str, &str), at: i64) -> Result<Step> {
    Ok(Step {
        from: RevisionId(from),
        to: RevisionId(to),
        before: rows::from_json(before)?,
        after: rows::from_json(after)?,
        at: Instant::from_micros(at),
    })
}
