//! A cohort whose last day changes, and the paths that end with it.

use domain::account::Account;
use domain::cohort::{Frame, MemberState, Span, Standing};
use domain::ids::CohortId;
use domain::path::{CheckedSettings, Path};
use domain::time::{Day, Zone};
use store::cohorts::{self, Written};
use store::{Conn, Error, Store, paths};

use crate::support::{at, at_once, day, each_backend, fresh_id, name, path, person, read, settings, write};

/// Ends on the day that paths of the tests have their target on.
fn cohort(store: &Store, called: &'static str) -> CohortId {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name(called),
        starts_on: day(0),
        ends_on: day(90),
        zone: Zone::utc(),
        created_at: at(0),
    };
    write(store, move |conn| cohorts::create(conn, &new)).unwrap().id
}

/// A learner of the cohort with a path of it.
fn learner(store: &Store, cohort: CohortId, username: &str) -> (Account, Path) {
    let account = person(store, username);
    let made = path(store, &account, "aa");
    let (id, path) = (account.id, made.id);
    write(store, move |conn| {
        cohorts::add_member(conn, cohort, id, Standing::Learner, at(1))?;
        paths::set_cohort(conn, path, Some(cohort))
    })
    .unwrap();
    (account, made)
}

/// What a lead does who changes the last day.
fn ends(conn: &mut Conn<'_>, cohort: CohortId, last: Day) -> Result<usize, Error> {
    let former = cohorts::lock_end(conn, cohort)?;
    cohorts::set_frame(conn, cohort, &Frame { name: name("Autumn"), starts_on: day(0), ends_on: last, zone: Zone::utc() })?;
    cohorts::move_paths_ending_on(conn, cohort, former, last)
}

fn with_day(target_day: Option<Day>) -> CheckedSettings {
    CheckedSettings { target_day, hours_week: 10, ..settings() }
}

fn target(store: &Store, path: &Path) -> (Option<Day>, u32) {
    let now = read(store, |conn| paths::by_id(conn, path.id));
    (now.target_day, now.hours_week)
}

#[test]
fn a_new_last_day_takes_those_paths_along_that_ended_with_the_cohort() {
    each_backend(|store| {
        let (autumn, other) = (cohort(store, "Autumn"), cohort(store, "Spring"));
        let [ada, bela, chen, dina, emil] = ["ada", "bela", "chen", "dina", "emil"].map(|name| learner(store, autumn, name));
        let (_, elsewhere) = learner(store, other, "fay");
        let alone = path(store, &person(store, "gus"), "aa");
        for (person, state) in [(&chen, MemberState::Dropped), (&dina, MemberState::Completed), (&emil, MemberState::Paused)] {
            let (id, span) = (person.0.id, Span::new(state, day(20)));
            write(store, move |conn| cohorts::add_span(conn, autumn, id, &span, Written { by: None, at: at(2) })).unwrap();
        }
        let (id, revision) = (bela.1.id, bela.1.revision);
        write(store, move |conn| paths::update_settings(conn, id, revision, &with_day(Some(day(80))))).unwrap();
        assert_eq!(read(store, |conn| cohorts::paths_ending_on(conn, autumn, day(90))), 2);
        assert_eq!(write(store, move |conn| ends(conn, autumn, day(120))), Ok(2), "of who takes part and of who rests");
        let days = [&ada.1, &bela.1, &chen.1, &dina.1, &emil.1, &elsewhere, &alone].map(|path| target(store, path).0.unwrap());
        assert_eq!(days, [day(120), day(80), day(90), day(90), day(120), day(90), day(90)]);
        assert_eq!(read(store, |conn| cohorts::paths_ending_on(conn, autumn, day(120))), 2);
        assert_eq!(read(store, |conn| cohorts::by_id(conn, autumn)).ends_on, day(120));
        assert_eq!(write(store, |conn| cohorts::lock_end(conn, CohortId(999))), Err(Error::NotThere("cohort")));
    });
}

/// Whichever of the two is stored first.
#[test]
fn of_a_new_last_day_and_a_target_that_a_learner_chooses_at_once_the_chosen_one_stays() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let [ada, bela] = ["ada", "bela"].map(|name| learner(store, autumn, name).1);
        let chooses = |path: &Path| {
            let (id, revision) = (path.id, path.revision);
            move |conn: &mut Conn<'_>| paths::update_settings(conn, id, revision, &with_day(Some(day(80))))
        };
        let (chose, moved) = at_once(store, chooses(&ada), move |conn| ends(conn, autumn, day(120)));
        assert_eq!((chose, moved), (Ok(()), Ok(1)), "only the path whose learner chose nothing");
        assert_eq!([&ada, &bela].map(|path| target(store, path).0.unwrap()), [day(80), day(120)]);
        let (moved, chose) = at_once(store, move |conn| ends(conn, autumn, day(150)), chooses(&bela));
        assert_eq!((moved, chose), (Ok(1), Ok(())));
        assert_eq!(target(store, &bela).0, Some(day(80)));
    });
}

/// A learner who changes something else has read the former day; that is not written back.
#[test]
fn of_a_new_last_day_and_other_settings_of_a_path_at_once_both_stand() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = learner(store, autumn, "ada").1;
        let (id, revision) = (ada.id, ada.revision);
        let settings = move |conn: &mut Conn<'_>| paths::update_settings(conn, id, revision, &with_day(None));
        let (moved, changed) = at_once(store, move |conn| ends(conn, autumn, day(120)), settings);
        assert_eq!((moved, changed), (Ok(1), Ok(())));
        assert_eq!(target(store, &ada), (Some(day(120)), 10));
        let (changed, moved) = at_once(store, settings, move |conn| ends(conn, autumn, day(60)));
        assert_eq!((changed, moved), (Ok(()), Ok(1)));
        assert_eq!(target(store, &ada), (Some(day(60)), 10));
    });
}

/// Two leads at once: the second one takes along what the first one moved.
#[test]
fn of_two_new_last_days_at_once_the_paths_follow_both() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = learner(store, autumn, "ada").1;
        let (first, second) = at_once(store, move |conn| ends(conn, autumn, day(120)), move |conn| ends(conn, autumn, day(150)));
        assert_eq!((first, second), (Ok(1), Ok(1)));
        assert_eq!(target(store, &ada).0, Some(day(150)));
    });
}
