//! Many at once: numbers without gaps, transactions that run again.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use diesel::RunQueryDsl;
use domain::subject::Step;
use store::{Backend, Conn, Error, Store, accounts, ledger, test_support};

use crate::support::{Database, at, claim, each_backend, fresh_id, person, postgres_url, read, skill, write};

#[test]
fn eight_writers_number_one_ledger_without_gaps_or_doubles() {
    const WRITERS: u32 = 8;
    const EACH: u32 = 15;
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let held = test_support::hold_writer(store);
        let barrier = Arc::new(Barrier::new(WRITERS as usize));
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (store, barrier, met) = (store.clone(), barrier.clone(), Arc::new(AtomicU32::new(0)));
                std::thread::spawn(move || {
                    for _ in 0..EACH {
                        let (public_id, barrier, met) = (fresh_id(), barrier.clone(), met.clone());
                        write(&store, move |conn| {
                            // on PostgreSQL all first transactions are open before any takes its number
                            if matches!(conn, Conn::Postgres(_)) && met.fetch_add(1, Ordering::SeqCst) == 0 {
                                barrier.wait();
                            }
                            ledger::append(conn, ada, &claim(vec![skill("sql", Step::Aware)]), public_id)
                        })
                        .unwrap();
                    }
                })
            })
            .collect();
        // on SQLite all first writes stand in the queue before any runs
        if let Some(held) = held {
            held.wait_for(WRITERS as usize);
            drop(held);
        }
        for writer in writers {
            writer.join().unwrap();
        }
        if store.backend() == Backend::Sqlite {
            assert!(test_support::batches(store).contains(&(WRITERS as usize)), "they were at it at once");
        }
        let numbers: Vec<u32> = read(store, |conn| ledger::facts(conn, ada)).iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, (1..=WRITERS * EACH).collect::<Vec<_>>());
    });
}

#[test]
fn a_number_taken_by_a_transaction_that_is_refused_is_given_again() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let public_id = fresh_id();
        let refused = write(store, move |conn| {
            ledger::append(conn, ada, &claim(Vec::new()), public_id)?;
            Err::<(), _>(Error::Rule("changed_my_mind"))
        });
        assert_eq!(refused.unwrap_err(), Error::Rule("changed_my_mind"));
        let entry = write(store, move |conn| ledger::append(conn, ada, &claim(Vec::new()), public_id)).unwrap();
        assert_eq!(entry.seq, 1);
    });
}

/// Both have locked their first row before either asks for its second, so PostgreSQL must break one of them.
#[test]
fn a_deadlock_is_broken_and_both_transactions_are_there() {
    let Some(url) = postgres_url() else { return };
    let database = Database::postgres(&url);
    let store = database.open();
    store.migrate().unwrap();
    let (ada, bob) = (person(&store, "ada").id, person(&store, "bob").id);
    let (barrier, runs) = (Arc::new(Barrier::new(2)), Arc::new(AtomicU32::new(0)));
    let threads: Vec<_> = [(ada, bob), (bob, ada)]
        .into_iter()
        .map(|(first, second)| {
            let (store, barrier, runs) = (store.clone(), barrier.clone(), runs.clone());
            std::thread::spawn(move || {
                let met = AtomicU32::new(0);
                write(&store, move |conn| {
                    runs.fetch_add(1, Ordering::SeqCst);
                    ledger::append(conn, first, &claim(Vec::new()), fresh_id())?;
                    if met.fetch_add(1, Ordering::SeqCst) == 0 {
                        barrier.wait();
                    }
                    ledger::append(conn, second, &claim(Vec::new()), fresh_id())
                })
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
    assert!(runs.load(Ordering::SeqCst) > 2, "one of them ran again");
    for account in [ada, bob] {
        assert_eq!(read(&store, |conn| accounts::by_id(conn, account)).ledger_seq, 2);
    }
}

#[test]
fn a_read_sees_one_moment_whatever_is_written_meanwhile() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let append = |store: &Store| {
            let public_id = fresh_id();
            write(store, move |conn| ledger::append(conn, ada, &claim(Vec::new()), public_id)).unwrap();
        };
        append(store);
        let other = store.clone();
        let (before, after) = read(store, |conn| {
            let before = ledger::facts(conn, ada)?.len();
            std::thread::scope(|scope| scope.spawn(|| append(&other)).join().unwrap());
            Ok((before, ledger::facts(conn, ada)?.len()))
        });
        assert_eq!((before, after), (1, 1));
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 2);
    });
}

#[test]
fn a_read_cannot_write() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let written = store.read_blocking(|conn| accounts::set_admin(conn, ada, true));
        assert!(matches!(written, Err(Error::Machine(_))), "{written:?}");
        assert!(!read(store, |conn| accounts::by_id(conn, ada)).is_admin);
    });
}

#[test]
fn two_stores_on_one_database_see_each_others_writes() {
    crate::support::each_database(|database| {
        let (server, command) = (database.open(), database.open());
        server.migrate().unwrap();
        let ada = person(&command, "ada");
        assert_eq!(read(&server, |conn| accounts::by_id(conn, ada.id)), ada);
        let threads: Vec<_> = [server.clone(), command.clone()]
            .into_iter()
            .map(|store| {
                let id = ada.id;
                std::thread::spawn(move || {
                    for _ in 0..20 {
                        let public_id = fresh_id();
                        write(&store, move |conn| ledger::append(conn, id, &claim(Vec::new()), public_id)).unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(read(&server, |conn| ledger::facts(conn, ada.id)).last().unwrap().seq, 40);
        assert_eq!(at(0), ada.created_at);
    });
}

/// PostgreSQL rolls a COMMIT back in silence when a statement before it failed; the store must not call that success.
#[test]
fn a_swallowed_failure_is_no_success() {
    each_backend(|store| {
        let outcome = write(store, |conn| {
            accounts::create(conn, &crate::support::new_account("ada"))?;
            let failed = match conn {
                Conn::Sqlite(c) => diesel::sql_query("ROLLBACK").execute(*c),
                Conn::Postgres(c) => diesel::sql_query("SELECT 1/0").execute(*c),
            };
            drop(failed);
            Ok(())
        });
        assert!(matches!(outcome, Err(Error::Machine(_))), "{outcome:?}");
        assert_eq!(read(store, accounts::count), 0);
    });
}
