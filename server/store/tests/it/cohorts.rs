//! Cohorts: what is set up, how members come, rest, leave and move, and what the board is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;

use diesel::{RunQueryDsl, sql_query};
use domain::cohort::{
    CohortRole, Frame, Holiday, Measure, MemberState, PartKey, Pause, SetUp, Span, Standing, Terms, Weekdays, change_state,
};
use domain::ids::{AccountId, CohortId};
use domain::ledger::{EvidenceKind, NewEntry};
use domain::path::RuleChoice;
use domain::schedule::Weekday;
use domain::subject::{Step, Trust};
use domain::time::{Day, Zone};
use store::cohorts::{self, Wanted, Written};
use store::{Conn, Error, Store, ledger, origins, paths, templates};

use crate::support::{at, claim, day, each_backend, fresh_id, name, new_revision, path, person, read, skill, write};

fn cohort(store: &Store, called: &'static str) -> CohortId {
    let new = cohorts::NewCohort {
        public_id: fresh_id(),
        name: name(called),
        starts_on: day(0),
        ends_on: day(100),
        zone: Zone::utc(),
        created_at: at(0),
    };
    write(store, move |conn| cohorts::create(conn, &new)).unwrap().id
}

fn run(store: &Store, sql: String) {
    let done = write(store, move |conn| match conn {
        Conn::Sqlite(c) => Ok(sql_query(sql.as_str()).execute(*c)?),
        Conn::Postgres(c) => Ok(sql_query(sql.as_str()).execute(*c)?),
    });
    assert_eq!(done, Ok(1));
}

fn by(account: AccountId) -> Written {
    Written { by: Some(account), at: at(5) }
}

#[test]
fn what_is_set_up_is_replaced_as_a_whole_and_the_plan_of_a_role_that_stays_stays() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        assert_eq!(read(store, |conn| cohorts::set_up(conn, autumn)), SetUp::default());
        let [maker, keeper] = ["maker", "keeper"].map(|role| {
            let new = new_revision(role, "1.0.0", role);
            write(store, move |conn| templates::put(conn, &new)).unwrap()
        });
        let role = |role: &str, revision, chosen: &[&str]| CohortRole {
            role: role.to_owned(),
            revision,
            target_level: "junior".to_owned(),
            chosen: chosen.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>(),
        };
        let first = SetUp {
            weekdays: Weekdays::new(&[Weekday::Tuesday, Weekday::Sunday]).unwrap(),
            holidays: vec![
                Holiday { first: day(3), last: day(4), name: "Autumn break".to_owned() },
                Holiday { first: day(9), last: day(9), name: String::new() },
            ],
            roles: vec![role("maker", maker, &["go", "rust"]), role("keeper", keeper, &[])],
            rule: RuleChoice::Plugin("waymark/recency".to_owned()),
            measure: Measure::Proven,
            band: 500,
            silent_after: None,
            waiting_after: Some(2),
        };
        let put = |set_up: &SetUp| {
            let set_up = set_up.clone();
            write(store, move |conn| cohorts::put_set_up(conn, autumn, &set_up)).unwrap();
        };
        put(&first);
        assert_eq!(read(store, |conn| cohorts::set_up(conn, autumn)), first);
        let weeks = BTreeMap::from([
            (PartKey { is_group: true, id: "languages".to_owned() }, 3),
            (PartKey { is_group: false, id: "languages".to_owned() }, 4),
        ]);
        for role in ["maker", "keeper"] {
            let weeks = weeks.clone();
            write(store, move |conn| cohorts::put_weeks(conn, autumn, role, &weeks)).unwrap();
        }
        put(&SetUp { roles: vec![role("maker", maker, &[])], holidays: Vec::new(), silent_after: Some(9), ..first.clone() });
        let now = read(store, |conn| cohorts::set_up(conn, autumn));
        assert_eq!((now.roles.len(), now.holidays.len(), now.silent_after), (1, 0, Some(9)));
        assert_eq!(read(store, |conn| cohorts::weeks(conn, autumn, "maker")), weeks);
        assert_eq!(read(store, |conn| cohorts::weeks(conn, autumn, "keeper")), BTreeMap::new(), "gone with its role");
        let none = weeks.clone();
        let unknown = write(store, move |conn| cohorts::put_weeks(conn, autumn, "keeper", &none));
        assert_eq!(unknown.unwrap_err(), Error::NotThere("reference"));
        let frame = Frame { name: name("Winter"), starts_on: day(1), ends_on: day(2), zone: Zone::parse("Europe/Lisbon").unwrap() };
        write(store, move |conn| cohorts::set_frame(conn, autumn, &frame)).unwrap();
        let winter = read(store, |conn| cohorts::by_id(conn, autumn));
        assert_eq!((winter.name.as_str(), winter.starts_on, winter.zone.name()), ("Winter", day(1), "Europe/Lisbon"));
    });
}

/// The state that the policy reads is that of the last span, after every kind of change.
#[test]
fn the_state_of_a_member_is_that_of_the_last_span() {
    each_backend(|store| {
        let (autumn, spring) = (cohort(store, "Autumn"), cohort(store, "Spring"));
        let [lead, ada] = ["lead", "ada"].map(|username| person(store, username).id);
        let check = |cohort: CohortId, expected: &[(MemberState, i32)]| {
            let spans = read(store, |conn| cohorts::spans(conn, cohort, ada));
            assert_eq!(spans.iter().map(|span| (span.state, span.first_day.number())).collect::<Vec<_>>(), expected);
            let member = read(store, |conn| cohorts::memberships(conn, ada)).into_iter().find(|member| member.cohort == cohort);
            assert_eq!(member.map(|member| member.state), spans.last().map(|span| span.state));
        };
        let today = at(1).day_in(&Zone::utc()).number();
        let add = |cohort| write(store, move |conn| cohorts::add_member(conn, cohort, ada, Standing::Learner, at(1))).unwrap();
        add(autumn);
        check(autumn, &[(MemberState::Active, today)]);
        add(autumn);
        check(autumn, &[(MemberState::Active, today)]);
        let pause = Span { reason: Some("ill".to_owned()), ..Span::new(MemberState::Paused, Day::from_number(today)) };
        write(store, move |conn| cohorts::add_span(conn, autumn, ada, &pause, by(lead))).unwrap();
        check(autumn, &[(MemberState::Active, today), (MemberState::Paused, today)]);
        add(autumn);
        check(autumn, &[(MemberState::Active, today), (MemberState::Paused, today), (MemberState::Active, today)]);
        let gone = Span::new(MemberState::Dropped, day(4));
        write(store, move |conn| cohorts::move_member(conn, ada, (autumn, spring), &gone, by(lead))).unwrap();
        check(spring, &[(MemberState::Active, today)]);
        let spans = read(store, |conn| cohorts::spans(conn, autumn, ada));
        assert_eq!(spans.last().map(|span| (span.state, span.moved_to)), Some((MemberState::Dropped, Some(spring))));
        let nobody = write(store, move |conn| cohorts::lock_member(conn, spring, lead));
        assert_eq!(nobody.unwrap_err(), Error::NotThere("membership"));
    });
}

#[test]
fn a_learner_who_moves_takes_path_evidence_and_what_is_withheld_along() {
    each_backend(|store| {
        let (autumn, spring) = (cohort(store, "Autumn"), cohort(store, "Spring"));
        let (ada, lead) = (person(store, "ada"), person(store, "lead").id);
        let (own, other) = (path(store, &ada, "aa"), person(store, "other").id);
        let id = ada.id;
        write(store, move |conn| {
            cohorts::add_member(conn, autumn, id, Standing::Learner, at(1))?;
            cohorts::add_member(conn, autumn, other, Standing::Learner, at(1))?;
            paths::set_cohort(conn, own.id, Some(autumn))?;
            ledger::append(conn, id, &claim(vec![skill("go", Step::Working)]), fresh_id())?;
            ledger::append(conn, id, &claim(vec![skill("rust", Step::Working)]), fresh_id())?;
            cohorts::withhold(conn, autumn, id, &BTreeSet::from([2]))?;
            cohorts::put_terms(conn, autumn, id, &Terms { extension: 5, ..Terms::default() })
        })
        .unwrap();
        let gone = Span::new(MemberState::Dropped, day(4));
        write(store, move |conn| cohorts::move_member(conn, id, (autumn, spring), &gone, by(lead))).unwrap();
        let facts = read(store, |conn| {
            let spring = cohorts::by_id(conn, spring)?;
            cohorts::board(conn, spring)
        });
        let [learner] = facts.learners.as_slice() else { panic!("{:?}", facts.learners) };
        assert_eq!((learner.paths.len(), learner.paths[0].id, learner.ledger_seq), (1, own.id, 2));
        assert_eq!((&learner.withheld, learner.terms), (&BTreeSet::from([2]), Terms::default()));
        let autumn = read(store, |conn| {
            let autumn = cohorts::by_id(conn, autumn)?;
            cohorts::board(conn, autumn)
        });
        assert!(autumn.learners.iter().all(|learner| learner.paths.is_empty()));
    });
}

#[test]
fn the_board_knows_of_every_learner_who_guides_what_was_brought_along_and_what_waits() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let [ada, bela, mira] = ["ada", "bela", "mira"].map(|username| person(store, username).id);
        write(store, move |conn| {
            cohorts::add_member(conn, autumn, ada, Standing::Learner, at(1))?;
            cohorts::add_member(conn, autumn, bela, Standing::Learner, at(1))?;
            cohorts::add_member(conn, autumn, mira, Standing::Mentor, at(1))?;
            cohorts::put_terms(conn, autumn, ada, &Terms { mentor: Some(mira), factor: 50, ..Terms::default() })?;
            let own = NewEntry { recorded_at: at(7), ..claim(vec![skill("go", Step::Working)]) };
            ledger::append(conn, ada, &own, fresh_id())?;
            let seen = NewEntry { kind: EvidenceKind::Assessment, trust: Trust::Mentor, recorded_at: at(9), ..own.clone() };
            ledger::append(conn, ada, &seen, fresh_id())?;
            ledger::append(conn, ada, &NewEntry { recorded_at: at(11), ..own.clone() }, fresh_id())?;
            origins::put(conn, ada, 3, fresh_id())?;
            ledger::append(conn, mira, &own, fresh_id())?;
            origins::put(conn, mira, 1, fresh_id())
        })
        .unwrap();
        let facts = read(store, |conn| {
            let autumn = cohorts::by_id(conn, autumn)?;
            cohorts::board(conn, autumn)
        });
        assert_eq!(facts.guides.iter().map(|(account, _)| account.id).collect::<Vec<_>>(), [mira]);
        let [a, b] = facts.learners.as_slice() else { panic!("{:?}", facts.learners) };
        assert_eq!((a.account.id, a.terms.mentor, a.terms.factor, a.ledger_seq), (ada, Some(mira), 50, 3));
        for wanted in [Wanted::Learners(autumn), Wanted::Only(&[ada, bela])] {
            assert_eq!(read(store, |conn| cohorts::brought(conn, wanted)), [(ada, BTreeSet::from([3]))].into());
        }
        assert!(a.mentored && b.mentored && a.waiting_since.is_none());
        assert_eq!(read(store, |conn| cohorts::mentors_load(conn, autumn)), [(mira, 1)].into());
        // A request for a mentor's review lacks a link; here one is made behind the product's back.
        let ask = format!(
            "INSERT INTO review_requests (public_id, account, entry, reviewer, created_at)
             SELECT public_id, id, 1, 'mira', {} FROM accounts WHERE id = {}",
            at(8).micros(),
            ada.0
        );
        run(store, ask);
        let waits = || {
            let facts = read(store, |conn| {
                let autumn = cohorts::by_id(conn, autumn)?;
                cohorts::board(conn, autumn)
            });
            facts.learners.iter().map(|learner| learner.waiting_since).collect::<Vec<_>>()
        };
        assert_eq!(waits(), [Some(at(8)), None]);
        run(store, "UPDATE review_requests SET revoked_at = 1".to_owned());
        assert_eq!(waits(), [None, None]);
        for wanted in [Wanted::Learners(autumn), Wanted::Only(&[ada, bela])] {
            let ledgers = read(store, |conn| cohorts::ledgers(conn, wanted));
            assert_eq!(ledgers.keys().copied().collect::<Vec<_>>(), [ada], "who has nothing is left out, and mentors are");
            assert_eq!(ledgers[&ada], read(store, |conn| ledger::facts(conn, ada)));
        }
        assert_eq!(read(store, |conn| cohorts::ledgers(conn, Wanted::Only(&[mira])))[&mira].len(), 1);
    });
}

#[test]
fn a_path_rests_and_goes_on() {
    each_backend(|store| {
        let path = path(store, &person(store, "ada"), "aa").id;
        let put = |first, last: Option<i32>| {
            let pause = Pause { first: day(first), last: last.map(day) };
            write(store, move |conn| paths::put_pause(conn, path, pause)).unwrap();
        };
        put(5, None);
        put(1, Some(2));
        put(5, Some(6));
        let of = |first, last| Pause { first: day(first), last: Some(day(last)) };
        assert_eq!(read(store, |conn| paths::pauses(conn, path)), [of(1, 2), of(5, 6)]);
        write(store, move |conn| paths::remove_pause(conn, path, day(1))).unwrap();
        assert_eq!(read(store, |conn| paths::pauses(conn, path)), [of(5, 6)]);
        let gone = write(store, move |conn| paths::remove_pause(conn, path, day(1)));
        assert_eq!(gone.unwrap_err(), Error::NotThere("pause"));
    });
}

/// Two leads change one member at the same moment: the second one waits, sees what the first one wrote, and is refused.
#[test]
fn of_two_leads_who_pause_one_member_at_once_one_is_told_that_it_is_done() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = person(store, "ada").id;
        write(store, move |conn| cohorts::add_member(conn, autumn, ada, Standing::Learner, at(1))).unwrap();
        let pause = move |conn: &mut Conn<'_>| {
            let spans = cohorts::lock_member(conn, autumn, ada)?;
            let span =
                change_state(&spans, Some(MemberState::Paused), Some(day(30)), None, day(30)).map_err(|_| Error::Rule("conflict"))?;
            Ok::<_, Error>(span)
        };
        // The first one holds the member and waits until the second one has been asked for.
        let (holds, held) = mpsc::channel();
        let (go, gone) = mpsc::channel();
        let (holds, gone) = (std::sync::Mutex::new(holds), std::sync::Mutex::new(gone));
        let first = {
            let store = store.clone();
            std::thread::spawn(move || {
                store.write_blocking(move |conn| {
                    let span = pause(conn)?;
                    let _ = holds.lock().unwrap().send(());
                    let _ = gone.lock().unwrap().recv();
                    cohorts::add_span(conn, autumn, ada, &span, Written { by: None, at: at(2) })
                })
            })
        };
        held.recv().unwrap();
        let second = {
            let store = store.clone();
            std::thread::spawn(move || {
                store.write_blocking(move |conn| {
                    let span = pause(conn)?;
                    cohorts::add_span(conn, autumn, ada, &span, Written { by: None, at: at(2) })
                })
            })
        };
        go.send(()).unwrap();
        assert_eq!(first.join().unwrap(), Ok(()));
        assert_eq!(second.join().unwrap(), Err(Error::Rule("conflict")));
        assert_eq!(read(store, |conn| cohorts::spans(conn, autumn, ada)).len(), 2);
    });
}
