//! Revisions that are taken over and given up again, by one path and by a cohort; and what two at once come to.

use std::collections::{BTreeMap, BTreeSet};

use domain::cohort::{CohortRole, MemberState, PartKey, SetUp, Span, Standing};
use domain::ids::{AccountId, CohortId, PathId, RevisionId};
use domain::path::{Path, RuleChoice};
use domain::plan::OwnLink;
use domain::scoring::Terms;
use domain::subject::Step as Held;
use domain::time::Zone;
use domain::upgrade::{Aims, Weeks};
use store::plans::Plan;
use store::upgrades::{Carrying, CohortUpgrade, Step, Taking, last_of_path, last_of_role, take_path, take_role, undo_path, undo_role};
use store::{Conn, Error, Store, cohorts, ledger, paths, plans, scorecards, templates};

use crate::support::{
    at, at_once, claim, day, each_backend, fresh_id, name, new_revision, path, person, read, score, settings, skill, write,
};

const ROLE: &str = "backend-developer";

fn revision(store: &Store, version: &'static str, hash: &'static str) -> RevisionId {
    write(store, move |conn| templates::put(conn, &new_revision(ROLE, version, hash))).unwrap()
}

/// The newer revision has no Go, and another name for the level.
fn carry(aims: &Aims) -> Aims {
    let chosen = aims.chosen.iter().filter(|id| *id != "go").cloned().collect();
    Aims { target_level: "entry".to_owned(), chosen, rule: aims.rule.clone() }
}

fn of_path(path: &Path) -> Option<Aims> {
    Some(carry(&Aims::of(path)))
}

fn key(id: &str) -> PartKey {
    PartKey { is_group: false, id: id.to_owned() }
}

type Carried = Carrying<fn(&Aims) -> Aims, fn(&Weeks) -> Weeks, fn(&Path) -> Option<Aims>>;
type Back = Carrying<fn(&Aims, &Step) -> Aims, fn(&Weeks, &CohortUpgrade) -> Weeks, fn(&Aims, Option<&Step>) -> Option<Aims>>;

fn there() -> Carried {
    Carrying {
        role: carry,
        weeks: |weeks| weeks.iter().filter(|(key, _)| key.id != "go").map(|(k, w)| (k.clone(), *w)).collect(),
        path: of_path,
    }
}

fn back() -> Back {
    Carrying {
        role: |_, step| step.before.clone(),
        weeks: |_, upgrade| upgrade.weeks.clone(),
        path: |now, step| Some(step.map_or_else(|| now.clone(), |step| step.before.clone())),
    }
}

/// A path and a cohort that changed their aims, in somebody's words.
pub fn took_over(conn: &mut Conn<'_>, cohort: CohortId, path: &Path, said: &str) -> Result<(), Error> {
    let aims = Aims { target_level: said.to_owned(), chosen: BTreeSet::from([said.to_owned()]), rule: RuleChoice::BuiltIn };
    take_path(conn, path.id, (path.revision, path.revision), |_| aims.clone(), at(3))?;
    let role = CohortRole { role: ROLE.to_owned(), revision: path.revision, target_level: "junior".to_owned(), chosen: BTreeSet::new() };
    cohorts::put_set_up(conn, cohort, &SetUp { roles: vec![role], ..SetUp::default() })?;
    cohorts::put_weeks(conn, cohort, ROLE, &[(key("go"), 3)].into())?;
    let (from, rule) = (path.revision, RuleChoice::BuiltIn);
    let taking = Taking { cohort, role: ROLE.to_owned(), from, to: from, rule, at: at(4) };
    take_role(conn, &taking, &there())?;
    Ok(())
}

struct World {
    cohort: CohortId,
    old: RevisionId,
    new: RevisionId,
    /// Active, paused, dropped, completed.
    learners: [(AccountId, PathId); 4],
}

fn cohort(store: &Store, called: &'static str, revision: RevisionId) -> CohortId {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name(called),
        starts_on: day(0),
        ends_on: day(100),
        zone: Zone::utc(),
        created_at: at(0),
    };
    write(store, move |conn| {
        let cohort = cohorts::create(conn, &new)?.id;
        let role = CohortRole { role: ROLE.to_owned(), revision, target_level: "junior".to_owned(), chosen: settings().chosen };
        cohorts::put_set_up(conn, cohort, &SetUp { roles: vec![role], ..SetUp::default() })?;
        cohorts::put_weeks(conn, cohort, ROLE, &[(key("go"), 3), (key("http"), 2)].into())?;
        Ok(cohort)
    })
    .unwrap()
}

fn joins(store: &Store, cohort: CohortId, username: &str, state: MemberState) -> (AccountId, PathId) {
    let account = person(store, username);
    let own = path(store, &account, "aa").id;
    let id = account.id;
    write(store, move |conn| {
        cohorts::add_member(conn, cohort, id, Standing::Learner, at(1))?;
        if state != MemberState::Active {
            cohorts::add_span(conn, cohort, id, &Span::new(state, day(1)), cohorts::Written { by: None, at: at(2) })?;
        }
        paths::set_cohort(conn, own, Some(cohort))
    })
    .unwrap();
    (id, own)
}

fn world(store: &Store) -> World {
    let (old, new) = (revision(store, "1.0.0", "aa"), revision(store, "2.0.0", "bb"));
    let cohort = cohort(store, "Autumn", old);
    let states = [("ada", MemberState::Active), ("bob", MemberState::Paused), ("cy", MemberState::Dropped), ("di", MemberState::Completed)];
    World { cohort, old, new, learners: states.map(|(username, state)| joins(store, cohort, username, state)) }
}

fn taking(world: &World) -> Taking {
    Taking { cohort: world.cohort, role: ROLE.to_owned(), from: world.old, to: world.new, rule: RuleChoice::BuiltIn, at: at(9) }
}

fn upgrade(conn: &mut Conn<'_>, taking: &Taking) -> Result<usize, Error> {
    take_role(conn, taking, &there())
}

fn downgrade(conn: &mut Conn<'_>, cohort: CohortId, from: RevisionId) -> Result<usize, Error> {
    undo_role(conn, (cohort, ROLE, from), &RuleChoice::BuiltIn, &back())
}

fn pinned(store: &Store, id: PathId) -> (RevisionId, Aims) {
    let path = read(store, |conn| paths::by_id(conn, id));
    (path.revision, Aims::of(&path))
}

#[test]
fn what_hangs_on_requirements_stays_and_an_undo_brings_back_what_did_not_fit() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let (own, old, new) = (path(store, &ada, "aa"), revision(store, "1.0.0", "aa"), revision(store, "2.0.0", "bb"));
        let id = own.id;
        write(store, move |conn| {
            for requirement in ["go", "http"] {
                let note = Plan { doing: true, skipped: false, note: Some(format!("of {requirement}")) };
                plans::put(conn, id, requirement, &note, at(2))?;
                plans::add_link(conn, id, requirement, &OwnLink { title: "A book".to_owned(), url: "https://example.org".to_owned() })?;
                plans::add_minutes(conn, id, requirement, day(1), 30)?;
            }
            Ok(())
        })
        .unwrap();
        let all = || {
            read(store, |conn| {
                let minutes = [plans::minutes(conn, id, "go")?, plans::minutes(conn, id, "http")?];
                Ok((plans::get(conn, id)?, plans::all_links(conn, id)?, minutes))
            })
        };
        let before = all();
        let taken = write(store, move |conn| take_path(conn, id, (old, new), |path| carry(&Aims::of(path)), at(3))).unwrap();
        assert_eq!((taken.revision, taken.target_level.as_str(), taken.chosen), (new, "entry", BTreeSet::from(["rust".to_owned()])));
        assert_eq!(all(), before, "nothing that hangs on requirements is moved or deleted");
        let last = read(store, |conn| last_of_path(conn, id)).unwrap();
        assert_eq!((last.step.from, last.step.to, last.step.at, last.cohort_upgrade), (old, new, at(3), None));
        assert_eq!((&last.step.before.target_level, last.step.before.chosen.len()), (&"junior".to_owned(), 2));

        let again = write(store, move |conn| take_path(conn, id, (old, new), Aims::of, at(4)));
        assert_eq!(again.unwrap_err(), Error::Rule("revision_changed"));
        let undone = write(store, move |conn| undo_path(conn, id, new, |_, step| Some(step.before.clone()))).unwrap();
        assert_eq!(undone, own);
        assert_eq!(all(), before);
        let twice = write(store, move |conn| undo_path(conn, id, old, |_, step| Some(step.before.clone())));
        assert_eq!(twice.unwrap_err(), Error::Rule("nothing_to_undo"));
        let nobody = write(store, move |conn| take_path(conn, PathId(99), (old, new), Aims::of, at(4)));
        assert_eq!(nobody.unwrap_err(), Error::NotThere("path"));
    });
}

#[test]
fn a_cohort_moves_with_those_who_take_part_or_rest_and_comes_back_with_them() {
    each_backend(|store| {
        let world = world(store);
        let World { cohort, old, new, learners, .. } = world;
        let before = learners.map(|(_, path)| pinned(store, path));
        let weeks = read(store, |conn| cohorts::weeks(conn, cohort, ROLE));
        let wish = taking(&world);
        assert_eq!(write(store, move |conn| upgrade(conn, &wish)), Ok(2));
        assert_eq!(learners.map(|(_, path)| pinned(store, path).0), [new, new, old, old], "who left or completed stays");
        let role = read(store, |conn| cohorts::set_up(conn, cohort)).roles.remove(0);
        assert_eq!((role.revision, role.target_level.as_str(), role.chosen.len()), (new, "entry", 1));
        assert_eq!(read(store, |conn| cohorts::weeks(conn, cohort, ROLE)), BTreeMap::from([(key("http"), 2)]));

        // One leaves and one comes, meanwhile.
        let (ada, (bob, _)) = (learners[0].1, learners[1]);
        write(store, move |conn| {
            cohorts::add_span(conn, cohort, bob, &Span::new(MemberState::Dropped, day(5)), cohorts::Written { by: None, at: at(10) })
        })
        .unwrap();
        let (_, late) = joins(store, cohort, "eve", MemberState::Active);
        write(store, move |conn| take_path(conn, late, (old, new), |path| carry(&Aims::of(path)), at(11))).unwrap();
        assert_eq!(read(store, |conn| last_of_role(conn, cohort, ROLE)).unwrap().weeks, weeks);
        assert_eq!(write(store, move |conn| downgrade(conn, cohort, new)), Ok(2));
        assert_eq!(pinned(store, ada), before[0]);
        assert_eq!(pinned(store, learners[1].1).0, new, "who left stays with what they had");
        assert_eq!(pinned(store, late).0, old, "who came since goes where the cohort goes");
        let role = read(store, |conn| cohorts::set_up(conn, cohort)).roles.remove(0);
        assert_eq!((role.revision, role.target_level.as_str(), role.chosen.len()), (old, "junior", 2));
        assert_eq!(read(store, |conn| cohorts::weeks(conn, cohort, ROLE)), weeks);
        assert_eq!(write(store, move |conn| downgrade(conn, cohort, old)), Err(Error::Rule("nothing_to_undo")));
    });
}

#[test]
fn a_path_that_nobody_was_shown_stops_the_whole() {
    each_backend(|store| {
        let world = world(store);
        let (wish, cohort) = (taking(&world), world.cohort);
        let unknown =
            write(store, move |conn| take_role(conn, &wish, &Carrying { path: |_: &Path| None, role: carry, weeks: Weeks::clone }));
        assert_eq!(unknown, Err(Error::Rule("revision_changed")));
        assert_eq!(world.learners.map(|(_, path)| pinned(store, path).0), [world.old; 4]);
        assert_eq!(read(store, |conn| cohorts::set_up(conn, cohort)).roles[0].revision, world.old);
        assert_eq!(read(store, |conn| last_of_role(conn, cohort, ROLE)), None);
    });
}

#[test]
fn of_two_leads_who_take_a_revision_over_at_once_one_does_and_the_other_is_told() {
    each_backend(|store| {
        let world = world(store);
        let (one, two, cohort) = (taking(&world), taking(&world), world.cohort);
        let outcome = at_once(store, move |conn| upgrade(conn, &one), move |conn| upgrade(conn, &two));
        assert_eq!(outcome, (Ok(2), Err(Error::Rule("revision_changed"))));
        let new = world.new;
        let outcome = at_once(store, move |conn| downgrade(conn, cohort, new), move |conn| downgrade(conn, cohort, new));
        assert_eq!(outcome, (Ok(2), Err(Error::Rule("revision_changed"))), "and of two who undo it");
        assert_eq!(world.learners.map(|(_, path)| pinned(store, path).0), [world.old; 4]);
    });
}

#[test]
fn a_claim_that_is_recorded_while_a_revision_is_taken_over_stands_and_so_does_the_revision() {
    each_backend(|store| {
        let world = world(store);
        let (ada, own) = world.learners[0];
        let record = move |conn: &mut Conn<'_>| {
            ledger::append(conn, ada, &claim(vec![skill("git", Held::Working)]), fresh_id()).map(|entry| entry.seq)
        };
        let (wish, cohort, new) = (taking(&world), world.cohort, world.new);
        assert_eq!(at_once(store, move |conn| upgrade(conn, &wish), record), (Ok(2), Ok(1)));
        assert_eq!(at_once(store, record, move |conn| downgrade(conn, cohort, new)), (Ok(2), Ok(2)));
        assert_eq!(pinned(store, own).0, world.old);
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 2, "the ledger knows subjects, not requirements");
    });
}

#[test]
fn settings_that_are_changed_while_a_revision_is_taken_over_fit_it_or_are_refused() {
    each_backend(|store| {
        let world = world(store);
        let (old, own, cohort) = (world.old, world.learners[0].1, world.cohort);
        let change = move |conn: &mut Conn<'_>| paths::update_settings(conn, own, old, &settings());
        let wish = taking(&world);
        assert_eq!(at_once(store, move |conn| upgrade(conn, &wish), change), (Ok(2), Err(Error::Rule("revision_changed"))));
        assert_eq!(pinned(store, own).1.target_level, "entry");
        let new = world.new;
        assert_eq!(write(store, move |conn| downgrade(conn, cohort, new)), Ok(2));
        let other = move |conn: &mut Conn<'_>| {
            let chosen = BTreeSet::from(["go".to_owned(), "c".to_owned()]);
            paths::update_settings(conn, own, old, &domain::path::CheckedSettings { chosen, ..settings() })
        };
        let wish = taking(&world);
        assert_eq!(at_once(store, other, move |conn| upgrade(conn, &wish)), (Ok(()), Ok(2)));
        assert_eq!(pinned(store, own).1.chosen, BTreeSet::from(["c".to_owned()]), "what was set first is carried over");
    });
}

#[test]
fn the_last_score_of_a_day_is_that_of_the_revision_that_the_day_ended_with() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let own = path(store, &ada, "aa").id;
        revision(store, "2.0.0", "bb");
        let none = BTreeSet::new();
        let keep = |hash: &'static str, level: &'static str, claimed: u32, n: i64| {
            let (chosen, made) = (none.clone(), score(hash, 0, day(3), claimed, 0));
            write(store, move |conn| {
                let terms = Terms { settings: &[], target_level: level, chosen: &chosen, mentored: false };
                scorecards::save(conn, own, &made, terms, at(n))
            })
            .unwrap()
        };
        let first = keep("aa", "junior", 4_000, 1);
        assert_eq!(keep("aa", "junior", 4_000, 2), first, "the same is kept once");
        keep("bb", "entry", 3_000, 3);
        assert_ne!(keep("aa", "junior", 4_000, 4), first, "the path went back");
        assert_eq!(read(store, |conn| scorecards::latest(conn, own)).unwrap().score.revision, "aa");
        let history = read(store, |conn| scorecards::history(conn, own, day(0)));
        assert_eq!(history.iter().map(|point| point.claimed).collect::<Vec<_>>(), [4_000]);
        let all = read(store, |conn| scorecards::page_for_verify(conn, None, 9));
        assert_eq!(all.len(), 2, "one of each revision");
        assert!(all.iter().all(|row| row.torn.is_none()));
    });
}
