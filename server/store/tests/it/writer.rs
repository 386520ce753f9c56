//! The writer thread of SQLite: one batch, one COMMIT, and what survives when something breaks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use store::{Conn, Error, Store, accounts, instance, test_support};

use crate::support::{Database, new_account, read};

type Act = Box<dyn Fn(&mut Conn<'_>) -> Result<(), Error> + Send>;

/// Queues every act while the writer is held, so that they are one batch; then their answers, in order.
fn in_one_batch(store: &Store, acts: Vec<Act>) -> Vec<Result<(), Error>> {
    let before = test_support::batches(store).len();
    let n = acts.len();
    let held = test_support::hold_writer(store).unwrap();
    let answers: Vec<Receiver<Result<(), Error>>> = acts
        .into_iter()
        .enumerate()
        .map(|(i, act)| {
            let (sender, receiver) = channel();
            let other = store.clone();
            std::thread::spawn(move || sender.send(other.write_blocking(act)));
            held.wait_for(i + 1);
            receiver
        })
        .collect();
    drop(held);
    let outcomes = answers.into_iter().map(|answer| answer.recv().unwrap()).collect();
    assert_eq!(test_support::batches(store)[before..], [n], "they were one batch");
    outcomes
}

fn set(key: &'static str, value: impl Into<String>) -> Act {
    let value = value.into();
    Box::new(move |conn| instance::set(conn, key, &value))
}

fn value(store: &Store, key: &str) -> Option<String> {
    read(store, |conn| instance::get(conn, key))
}

#[test]
fn what_waits_together_is_committed_together() {
    let (_database, store) = Database::migrated_sqlite();
    let before = read(&store, instance::version);
    let outcomes = in_one_batch(&store, (0..50).map(|i| set("n", i.to_string())).collect());
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(value(&store, "n").as_deref(), Some("49"), "in the order of the queue");
    assert_eq!(read(&store, instance::version), before + 50, "each saw those before it");
    assert_eq!(test_support::runs_alone(&store), 0);
}

#[test]
fn a_batch_has_a_bound() {
    let (_database, store) = Database::migrated_sqlite();
    let before = test_support::batches(&store).len();
    let held = test_support::hold_writer(&store).unwrap();
    let threads: Vec<_> = (0..300)
        .map(|_| {
            let store = store.clone();
            std::thread::spawn(move || store.write_blocking(|conn| instance::set(conn, "k", "v")))
        })
        .collect();
    held.wait_for(300);
    drop(held);
    assert!(threads.into_iter().all(|thread| thread.join().unwrap().is_ok()));
    assert_eq!(test_support::batches(&store)[before..], [256, 44]);
}

#[test]
fn a_refused_member_leaves_nothing_and_the_others_stay() {
    let (_database, store) = Database::migrated_sqlite();
    let refuse: Act = Box::new(|conn| {
        instance::set(conn, "refused", "yes")?;
        Err(Error::Rule("because"))
    });
    let taken: Act = Box::new(|conn| {
        instance::set(conn, "taken", "yes")?;
        accounts::create(conn, &new_account("ada")).map(drop)
    });
    let lost: Act = Box::new(|_| Err(Error::NotThere("path")));
    let ada: Act = Box::new(|conn| accounts::create(conn, &new_account("ada")).map(drop));
    let outcomes = in_one_batch(&store, vec![set("a", "1"), refuse, ada, taken, lost, set("b", "2")]);
    let wanted = [Ok(()), Err(Error::Rule("because")), Ok(()), Err(Error::Rule("username_taken")), Err(Error::NotThere("path")), Ok(())];
    assert_eq!(outcomes, wanted);
    assert_eq!((value(&store, "a").is_some(), value(&store, "b").is_some()), (true, true));
    assert_eq!((value(&store, "refused"), value(&store, "taken")), (None, None));
    assert_eq!(test_support::runs_alone(&store), 0, "a refusal costs nobody a second run");
}

#[test]
fn a_refusal_is_answered_only_after_what_it_rests_on_is_committed() {
    let (_database, store) = Database::migrated_sqlite();
    // a refusal that rests on a row of a batch that is then discarded must not be told
    let panicked = AtomicU32::new(0);
    let first: Act = Box::new(move |conn| {
        if panicked.fetch_add(1, Ordering::SeqCst) == 0 {
            accounts::create(conn, &new_account("ada")).map(drop)
        } else {
            Err(Error::Rule("not_again"))
        }
    });
    let second: Act = Box::new(|conn| accounts::create(conn, &new_account("ada")).map(drop));
    let breaks: Act = Box::new(|_| Err(Error::Machine("broken".to_owned())));
    let outcomes = in_one_batch(&store, vec![first, second, breaks]);
    assert_eq!(outcomes, [Err(Error::Rule("not_again")), Ok(()), Err(Error::Machine("broken".to_owned()))]);
    assert_eq!(read(&store, accounts::count), 1);
}

#[test]
fn a_panic_in_mid_batch_costs_the_others_nothing() {
    let (_database, store) = Database::migrated_sqlite();
    let panics: Act = Box::new(|conn| {
        instance::set(conn, "panicked", "yes")?;
        panic!("in mid-batch")
    });
    let outcomes = in_one_batch(&store, vec![set("a", "1"), panics, set("b", "2")]);
    assert_eq!(outcomes, [Ok(()), Err(Error::Machine("panic: in mid-batch".to_owned())), Ok(())]);
    assert_eq!((value(&store, "a").is_some(), value(&store, "b").is_some(), value(&store, "panicked")), (true, true, None));
    assert_eq!(test_support::runs_alone(&store), 3);
    assert_eq!(in_one_batch(&store, vec![set("c", "3")]), [Ok(())], "the writer goes on");
}

#[test]
fn a_member_that_breaks_once_is_run_again_and_is_there() {
    let (_database, store) = Database::migrated_sqlite();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let once: Act = Box::new(move |conn| {
        instance::set(conn, "once", "yes")?;
        if counted.fetch_add(1, Ordering::SeqCst) == 0 { Err(Error::Machine("a hiccup".to_owned())) } else { Ok(()) }
    });
    assert_eq!(in_one_batch(&store, vec![once, set("a", "1")]), [Ok(()), Ok(())]);
    assert_eq!((runs.load(Ordering::SeqCst), test_support::runs_alone(&store)), (2, 2));
    assert_eq!((value(&store, "once").is_some(), value(&store, "a").is_some()), (true, true));
}

#[test]
fn a_full_disk_refuses_what_does_not_fit_and_what_was_acknowledged_is_there() {
    let (database, store) = Database::migrated_sqlite();
    test_support::fill_disk(&store, 2).unwrap();
    let large = "x".repeat(200_000);
    let outcomes = in_one_batch(&store, vec![set("a", "1"), set("large", large), set("b", "2")]);
    assert_eq!((&outcomes[0], &outcomes[2]), (&Ok(()), &Ok(())));
    assert!(matches!(&outcomes[1], Err(Error::Machine(cause)) if cause.contains("full")), "{:?}", outcomes[1]);
    assert_eq!(test_support::runs_alone(&store), 3, "the batch was discarded and its members ran alone");
    drop(store);
    let store = database.open();
    assert_eq!((value(&store, "a").is_some(), value(&store, "large"), value(&store, "b").is_some()), (true, None, true));
}

/// SQLite rolls a transaction back by itself when the disk is full; a member that swallows the failure and answers Ok must
/// not take the batch down with it.
#[test]
fn a_transaction_lost_behind_a_member_that_answers_ok_is_noticed() {
    let (_database, store) = Database::migrated_sqlite();
    let swallows: Act = Box::new(|conn| match conn {
        Conn::Sqlite(c) => {
            c.batch_execute("ROLLBACK")?;
            Ok(())
        }
        Conn::Postgres(_) => Err(Error::Machine("not SQLite".to_owned())),
    });
    let outcomes = in_one_batch(&store, vec![set("a", "1"), swallows, set("b", "2")]);
    assert_eq!((&outcomes[0], &outcomes[2]), (&Ok(()), &Ok(())));
    assert!(matches!(outcomes[1], Err(Error::Machine(_))), "{:?}", outcomes[1]);
    assert_eq!((value(&store, "a").is_some(), value(&store, "b").is_some()), (true, true));
}

#[test]
fn a_commit_that_fails_acknowledges_nobody_until_they_ran_alone() {
    let (_database, store) = Database::migrated_sqlite();
    let poisons: Act = Box::new(|conn| match conn {
        Conn::Sqlite(c) => {
            // passes its own savepoint and fails at COMMIT
            c.batch_execute("PRAGMA defer_foreign_keys = ON")?;
            diesel::sql_query("INSERT INTO memberships (cohort, account, standing, state, since) VALUES (77, 77, 'lead', 'active', 0)")
                .execute(*c)?;
            Ok(())
        }
        Conn::Postgres(_) => Err(Error::Machine("not SQLite".to_owned())),
    });
    let outcomes = in_one_batch(&store, vec![set("a", "1"), poisons, set("b", "2")]);
    assert_eq!((&outcomes[0], &outcomes[2]), (&Ok(()), &Ok(())));
    assert!(matches!(&outcomes[1], Err(Error::Machine(cause)) if cause.starts_with("COMMIT failed")), "{:?}", outcomes[1]);
    assert_eq!(test_support::runs_alone(&store), 3);
    assert_eq!((value(&store, "a").is_some(), value(&store, "b").is_some()), (true, true));
}

#[test]
fn what_is_committed_was_asked_of_the_disk() {
    let (_database, store) = Database::migrated_sqlite();
    let pragma = |name: &'static str| {
        #[derive(diesel::QueryableByName)]
        struct Value {
            #[diesel(sql_type = diesel::sql_types::Text)]
            value: String,
        }
        let ask = format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}");
        store
            .write_blocking(move |conn| match conn {
                Conn::Sqlite(c) => Ok(diesel::sql_query(ask.as_str()).get_result::<Value>(*c)?.value),
                Conn::Postgres(_) => Err(Error::Machine("not SQLite".to_owned())),
            })
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal");
    // 2: FULL. With less, a COMMIT is answered before the disk has it.
    assert_eq!(pragma("synchronous"), "2");
    assert_eq!(pragma("foreign_keys"), "1");
}

/// As the workspace's `.cargo/config.toml` says; libsqlite3-sys has defaults of its own.
#[test]
fn sqlite_is_built_for_connections_that_are_one_threads_at_a_time() {
    let (_database, store) = Database::migrated_sqlite();
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        option: String,
    }
    let options = read(&store, |conn| match conn {
        Conn::Sqlite(c) => Ok(diesel::sql_query("SELECT compile_options AS option FROM pragma_compile_options").load::<Row>(*c)?),
        Conn::Postgres(_) => Err(Error::Machine("not SQLite".to_owned())),
    });
    let options: Vec<&str> = options.iter().map(|row| row.option.as_str()).collect();
    for wanted in ["THREADSAFE=2", "ENABLE_QPSG", "DEFAULT_PCACHE_INITSZ=0", "DEFAULT_MEMSTATUS=0"] {
        assert!(options.contains(&wanted), "{wanted} is not among {options:?}");
    }
    for unwanted in
        ["ENABLE_MEMORY_MANAGEMENT", "ENABLE_FTS3", "ENABLE_FTS3_PARENTHESIS", "ENABLE_FTS5", "ENABLE_RTREE", "ENABLE_DBSTAT_VTAB"]
    {
        assert!(!options.contains(&unwanted), "{unwanted} is among {options:?}");
    }
}

#[test]
fn the_last_store_finishes_what_is_queued() {
    let (database, store) = Database::migrated_sqlite();
    let held = test_support::hold_writer(&store).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // asked, and gone before the answer
    runtime.block_on(async {
        let write = store.write(|conn| instance::set(conn, "asked", "yes"));
        let mut write = std::pin::pin!(write);
        std::future::poll_fn(|context| {
            assert!(write.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
    });
    held.wait_for(1);
    drop(held);
    drop(store);
    assert_eq!(value(&database.open(), "asked").as_deref(), Some("yes"));
}

#[test]
fn a_write_may_hold_the_last_store() {
    let (database, store) = Database::migrated_sqlite();
    let held = test_support::hold_writer(&store).unwrap();
    let (sender, receiver) = channel();
    let inside = store.clone();
    let other = store.clone();
    std::thread::spawn(move || {
        let _ = other.write_blocking(move |conn| {
            let _ = &inside;
            instance::set(conn, "k", "v")
        });
        drop(other);
        sender.send(())
    });
    held.wait_for(1);
    drop(held);
    drop(store);
    receiver.recv().unwrap();
    assert_eq!(value(&database.open(), "k").as_deref(), Some("v"));
}
