//! Opening, and the async door: reads, scans and writes from a runtime.

use store::{Backend, Error, OpenError, Options, Store, accounts};

use crate::support::{Database, each_backend, new_account, read};

#[test]
fn an_unknown_scheme_is_refused_with_a_sentence_that_names_the_two() {
    for url in ["mysql://root:secret@db/waymark", "waymark.db", ""] {
        let refusal = Store::open(&Options::new(url)).err().unwrap();
        assert!(matches!(refusal, OpenError::UnknownScheme(_)));
        let sentence = refusal.to_string();
        assert!(sentence.contains("sqlite:/path/to/waymark.db") && sentence.contains("postgres://user@host/database"), "{sentence}");
        assert!(!sentence.contains("secret"), "{sentence}");
    }
}

#[test]
fn a_database_that_cannot_be_opened_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let lost = format!("sqlite:{}/no/such/folder/waymark.db", folder.path().display());
    let sentence = Store::open(&Options::new(lost)).err().unwrap().to_string();
    assert!(sentence.contains("check that its folder exists"), "{sentence}");
    std::fs::write(folder.path().join("text.db"), "this is no database, however long the text in it may be").unwrap();
    let text = format!("sqlite:{}/text.db", folder.path().display());
    assert!(matches!(Store::open(&Options::new(text)).err(), Some(OpenError::Sqlite { .. })));
    assert!(matches!(Store::open(&Options::new("sqlite::memory:")).err(), Some(OpenError::Sqlite { .. })));
    let nobody = Store::open(&Options::new("postgres://nobody@127.0.0.1:1/none")).err().unwrap();
    assert!(matches!(nobody, OpenError::Postgres { .. }) && nobody.to_string().contains("check the address"), "{nobody}");
}

#[test]
fn the_scheme_chooses_the_database() {
    each_backend(|store| assert!(matches!(store.backend(), Backend::Sqlite | Backend::Postgres)));
    let (_database, store) = Database::migrated_sqlite();
    assert_eq!(store.backend(), Backend::Sqlite);
}

#[test]
fn sqlite_is_the_bundled_one() {
    let (_database, store) = Database::migrated_sqlite();
    let version: String = read(&store, |conn| match conn {
        store::Conn::Sqlite(c) => {
            use diesel::RunQueryDsl;
            Ok(diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>("sqlite_version()")).get_result(*c)?)
        }
        store::Conn::Postgres(_) => Err(Error::Machine("not SQLite".to_owned())),
    });
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{version}");
}

#[test]
fn reads_scans_and_writes_work_from_a_runtime() {
    each_backend(|store| {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let ada = store.write(|conn| accounts::create(conn, &new_account("ada"))).await.unwrap();
            let id = ada.id;
            assert_eq!(store.read(move |conn| accounts::by_id(conn, id)).await.unwrap(), ada);
            assert_eq!(store.scan(|conn| accounts::list(conn, None, 10)).await.unwrap(), vec![ada]);
            let refusal = store.write(|conn| accounts::create(conn, &new_account("ada"))).await.unwrap_err();
            assert_eq!(refusal, Error::Rule("username_taken"));
        });
    });
}

#[test]
fn more_scans_than_threads_all_come_through() {
    each_backend(|store| {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let scans: Vec<_> = (0..40)
                .map(|_| {
                    let store = store.clone();
                    tokio::spawn(async move { store.scan(accounts::count).await })
                })
                .collect();
            for scan in scans {
                assert_eq!(scan.await.unwrap().unwrap(), 0);
            }
        });
    });
}

#[test]
fn a_panic_in_a_closure_is_a_broken_machine_and_the_store_goes_on() {
    each_backend(|store| {
        let panicked = store.write_blocking(|_| -> Result<(), Error> { panic!("in a write") });
        assert_eq!(panicked.unwrap_err(), Error::Machine("panic: in a write".to_owned()));
        let panicked = store.read_blocking(|_| -> Result<(), Error> { panic!("in a read") });
        assert_eq!(panicked.unwrap_err(), Error::Machine("panic: in a read".to_owned()));
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let panicked = store.scan(|_| -> Result<(), Error> { panic!("in a scan") }).await;
            assert_eq!(panicked.unwrap_err(), Error::Machine("panic: in a scan".to_owned()));
        });
        assert_eq!(store.write_blocking(accounts::count).unwrap(), 0);
    });
}

/// What pages are kept by: a mark that stayed the same over somebody's commit would show what is no longer so.
#[test]
fn a_mark_is_another_after_every_commit_whoever_makes_it_and_the_same_after_none() {
    let (database, store) = Database::migrated_sqlite();
    let elsewhere = Store::open(&database.options()).unwrap();
    let mut last = store.mark().unwrap();
    let mut commits = |what: &str, changed: bool| {
        let now = store.mark().unwrap();
        assert_eq!(now != last, changed, "{what}");
        last = now;
    };
    commits("nothing", false);
    let ada = store.write_blocking(|conn| accounts::create(conn, &new_account("ada"))).unwrap();
    commits("a write of its own", true);
    elsewhere.write_blocking(move |conn| accounts::set_admin(conn, ada.id, true)).unwrap();
    commits("a write of another process", true);
    assert!(read(&store, move |conn| accounts::by_id(conn, ada.id)).is_admin);
    commits("a read", false);
    for admin in [false, true, false] {
        store.write_blocking(move |conn| accounts::set_admin(conn, ada.id, admin)).unwrap();
        commits("a write that brings back what was there before", true);
    }
}

#[test]
fn postgresql_has_no_mark() {
    each_backend(|store| assert_eq!(store.mark().is_some(), store.backend() == Backend::Sqlite));
}
