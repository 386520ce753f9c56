//! How people come into a cohort, and that of two who act at once there is one clear outcome.

use std::collections::BTreeSet;
use std::sync::{Mutex, mpsc};

use domain::cohort::{MemberState, Span, Standing};
use domain::enrolment::{LinkState, LinkTerms};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::subject::Step;
use domain::time::Zone;
use store::cohorts::{self, Written};
use store::enrolment::{self, CohortLink, NewCohortLink};
use store::{Conn, Error, Store, ledger};

use crate::support::{at, claim, day, each_backend, fresh_id, name, person, read, skill, write};

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

/// Holds until second 100.
fn link(store: &Store, cohort: CohortId, standing: Standing, places: u32) -> CohortLink {
    let id = fresh_id();
    let new = NewCohortLink {
        public_id: id,
        cohort,
        token_hash: hash(id),
        terms: LinkTerms { standing, places, expires_at: at(100) },
        created_by: None,
        created_at: at(1),
    };
    write(store, move |conn| enrolment::put_link(conn, &new)).unwrap()
}

fn hash(id: PublicId) -> [u8; 32] {
    let mut hash = [7; 32];
    hash[..16].copy_from_slice(id.bytes());
    hash
}

/// Runs two transactions of which the first one waits, with what it holds, until the second one has been asked for.
fn overlapped<A: Send + 'static, B: Send + 'static>(
    store: &Store,
    first: impl Fn(&mut Conn<'_>) -> Result<A, Error> + Send + 'static,
    second: impl Fn(&mut Conn<'_>) -> Result<B, Error> + Send + 'static,
) -> (Result<A, Error>, Result<B, Error>) {
    let (holds, held) = mpsc::channel();
    let (go, gone) = mpsc::channel();
    let (holds, gone) = (Mutex::new(holds), Mutex::new(gone));
    let one = {
        let store = store.clone();
        std::thread::spawn(move || {
            store.write_blocking(move |conn| {
                let done = first(conn)?;
                let _ = holds.lock().unwrap().send(());
                let _ = gone.lock().unwrap().recv();
                Ok(done)
            })
        })
    };
    held.recv().unwrap();
    let two = {
        let store = store.clone();
        std::thread::spawn(move || store.write_blocking(second))
    };
    go.send(()).unwrap();
    (one.join().unwrap(), two.join().unwrap())
}

#[test]
fn a_link_lets_as_many_in_as_it_has_places_until_it_ends_or_is_taken_back() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let [ada, bela, cleo] = ["ada", "bela", "cleo"].map(|username| person(store, username).id);
        let two = link(store, autumn, Standing::Learner, 2);
        let join = |link: &CohortLink, account: AccountId, now| {
            let id = link.id;
            write(store, move |conn| enrolment::join(conn, id, account, at(now)))
        };
        let state = |link: &CohortLink, now| {
            let hash = hash(link.public_id);
            read(store, |conn| enrolment::find_link(conn, &hash)).map(|link| (link.taken, link.state(at(now))))
        };
        assert!(join(&two, ada, 5).unwrap().1);
        assert!(!join(&two, ada, 6).unwrap().1, "a member already");
        assert_eq!(state(&two, 6), Some((1, LinkState::Open)), "and no place was taken");
        assert_eq!(join(&two, bela, 100).unwrap_err(), Error::Rule("link_gone"), "over");
        assert!(join(&two, bela, 99).unwrap().1);
        assert_eq!(join(&two, cleo, 7).unwrap_err(), Error::Rule("link_gone"), "full");
        assert_eq!(state(&two, 7), Some((2, LinkState::Full)));

        let other = link(store, autumn, Standing::Mentor, 5);
        assert_eq!(join(&other, ada, 7).unwrap_err(), Error::Rule("member_already"));
        let spring = cohort(store, "Spring");
        let id = other.public_id;
        let elsewhere = write(store, move |conn| enrolment::revoke_link(conn, spring, id, at(8)));
        assert_eq!(elsewhere.unwrap_err(), Error::NotThere("link"), "another cohort’s");
        for _ in 0..2 {
            write(store, move |conn| enrolment::revoke_link(conn, autumn, id, at(8))).unwrap();
        }
        assert_eq!(join(&other, cleo, 9).unwrap_err(), Error::Rule("link_gone"));
        let links = read(store, |conn| enrolment::links(conn, autumn));
        assert_eq!(links.iter().map(|link| link.state(at(9))).collect::<Vec<_>>(), [LinkState::Revoked, LinkState::Full]);
        let members = read(store, |conn| cohorts::members(conn, autumn));
        assert_eq!(members.iter().map(|(account, _)| account.id).collect::<Vec<_>>(), [ada, bela]);
    });
}

#[test]
fn of_two_who_come_by_the_last_place_at_once_one_comes_in() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let [ada, bela] = ["ada", "bela"].map(|username| person(store, username).id);
        let last = link(store, autumn, Standing::Learner, 1).id;
        let join = move |account| move |conn: &mut Conn<'_>| enrolment::join(conn, last, account, at(5));
        let (first, second) = overlapped(store, join(ada), join(bela));
        assert_eq!((first.map(|(_, is_new)| is_new), second.unwrap_err()), (Ok(true), Error::Rule("link_gone")));
        assert_eq!(read(store, |conn| cohorts::members(conn, autumn)).len(), 1);
        assert_eq!(read(store, |conn| enrolment::links(conn, autumn))[0].taken, 1);
    });
}

#[test]
fn one_person_who_joins_in_two_windows_at_once_takes_one_place() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = person(store, "ada").id;
        let two = link(store, autumn, Standing::Learner, 2).id;
        let join = move |conn: &mut Conn<'_>| enrolment::join(conn, two, ada, at(5));
        let (first, second) = overlapped(store, join, join);
        assert_eq!((first.map(|(_, is_new)| is_new), second.map(|(_, is_new)| is_new)), (Ok(true), Ok(false)));
        assert_eq!(read(store, |conn| enrolment::links(conn, autumn))[0].taken, 1);
        assert_eq!(read(store, |conn| cohorts::spans(conn, autumn, ada)).len(), 1);
    });
}

/// Whichever comes first: who is dropped is out at the end, and a link does not undo it.
#[test]
fn whoever_is_dropped_while_joining_is_out_and_a_link_does_not_undo_it() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = person(store, "ada").id;
        let open = link(store, autumn, Standing::Learner, 5).id;
        write(store, move |conn| enrolment::join(conn, open, ada, at(2))).unwrap();
        let join = move |conn: &mut Conn<'_>| enrolment::join(conn, open, ada, at(5)).map(|(_, is_new)| is_new);
        let drop_out = move |conn: &mut Conn<'_>| {
            cohorts::lock_member(conn, autumn, ada)?;
            cohorts::add_span(conn, autumn, ada, &Span::new(MemberState::Dropped, day(30)), Written { by: None, at: at(5) })
        };
        let back = move |conn: &mut Conn<'_>| cohorts::add_member(conn, autumn, ada, Standing::Learner, at(6)).map(|_| ());
        let state = || read(store, |conn| cohorts::memberships(conn, ada))[0].state;
        let (dropped, joined) = overlapped(store, drop_out, join);
        assert_eq!((dropped, joined), (Ok(()), Err(Error::Rule("left_cohort"))));
        assert_eq!(state(), MemberState::Dropped);
        write(store, back).unwrap();
        let (joined, dropped) = overlapped(store, join, drop_out);
        assert_eq!((joined, dropped), (Ok(false), Ok(())));
        assert_eq!(state(), MemberState::Dropped);
        assert_eq!(read(store, |conn| enrolment::links(conn, autumn))[0].taken, 1);
    });
}

/// The board is one snapshot: what is withheld while it is read is seen in it, and in no board after it.
#[test]
fn an_entry_that_is_withheld_while_a_board_is_read_is_in_that_board_whole_and_in_none_after_it() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = person(store, "ada").id;
        write(store, move |conn| {
            cohorts::add_member(conn, autumn, ada, Standing::Learner, at(1))?;
            ledger::append(conn, ada, &claim(vec![skill("go", Step::Working)]), fresh_id())
        })
        .unwrap();
        let board = |conn: &mut Conn<'_>| {
            let cohort = cohorts::by_id(conn, autumn)?;
            cohorts::board(conn, cohort).map(|board| board.learners[0].withheld.clone())
        };
        let (before, ledgers, after) = read(store, |conn| {
            let before = board(conn)?;
            let other = store.clone();
            let withheld = std::thread::spawn(move || {
                write(&other, move |conn| {
                    cohorts::lock_member(conn, autumn, ada)?;
                    cohorts::withhold(conn, autumn, ada, &BTreeSet::from([1]))
                })
            });
            withheld.join().unwrap().unwrap();
            Ok((before, cohorts::ledgers(conn, cohorts::Wanted::Learners(autumn))?.len(), board(conn)?))
        });
        assert_eq!((before, ledgers, after), (BTreeSet::new(), 1, BTreeSet::new()), "one moment, though it was committed meanwhile");
        assert_eq!(read(store, board), BTreeSet::from([1]));
    });
}

/// The same row from two windows: one records it, the other is told so or finds it there; it is there once.
#[test]
fn one_file_that_two_bring_at_once_is_recorded_once() {
    each_backend(|store| {
        let autumn = cohort(store, "Autumn");
        let ada = person(store, "ada").id;
        write(store, move |conn| cohorts::add_member(conn, autumn, ada, Standing::Learner, at(1))).unwrap();
        let from = fresh_id();
        let bring = move |own: PublicId| {
            move |conn: &mut Conn<'_>| {
                let known = enrolment::known_learners(conn, autumn)?;
                if known.origins.get(&ada).is_some_and(|origins| origins.contains(&from)) {
                    return Ok(false);
                }
                let entry = claim(vec![skill("go", Step::Working)]);
                enrolment::record(conn, ada, &[(&entry, own, from)])?;
                Ok(true)
            }
        };
        let (first, second) = overlapped(store, bring(fresh_id()), bring(fresh_id()));
        assert_eq!(first, Ok(true));
        assert!(matches!(second, Ok(false) | Err(Error::Rule("conflict"))), "{second:?}");
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 1);
        let many: Vec<_> = (0..250).map(|_| (claim(vec![skill("go", Step::Aware)]), fresh_id(), fresh_id())).collect();
        write(store, move |conn| {
            let rows: Vec<_> = many.iter().map(|(entry, own, from)| (entry, *own, *from)).collect();
            enrolment::record(conn, ada, &rows)
        })
        .unwrap();
        let facts = read(store, |conn| ledger::facts(conn, ada));
        assert_eq!(facts.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=251).collect::<Vec<_>>(), "numbered without gaps");
        assert_eq!(read(store, |conn| store::origins::brought(conn, ada)).len(), 251);
    });
}
