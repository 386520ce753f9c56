//! Backups, and moving an instance from one database to the other.

use store::{Error, Store, accounts, backup, instance, transfer};

use crate::erasure::live;
use crate::support::{Database, each_database, new_account, person, postgres_url, read, write};

fn export(store: &Store) -> String {
    let mut out = Vec::new();
    read(store, |conn| transfer::export(conn, &mut out));
    String::from_utf8(out).unwrap()
}

fn import(store: &Store, text: &str) -> Result<u64, Error> {
    let text = text.to_owned();
    write(store, move |conn| transfer::import(conn, &mut text.as_bytes()))
}

fn fresh() -> Vec<Database> {
    std::iter::once(Database::sqlite()).chain(postgres_url().map(|url| Database::postgres(&url))).collect()
}

#[test]
fn what_one_database_exports_every_other_imports() {
    each_database(|from| {
        let source = from.open();
        source.migrate().unwrap();
        live(&source);
        for i in 0..600 {
            write(&source, move |conn| instance::set(conn, &format!("k{i}"), "“a value”\n")).unwrap();
        }
        let text = export(&source);
        let lines = text.lines().count();
        assert!(lines > 620, "{lines}");
        for to in fresh() {
            let target = to.open();
            target.migrate().unwrap();
            assert_eq!(import(&target, &text).unwrap(), lines as u64 - 1);
            assert_eq!(export(&target), text);
            let highest = read(&target, |conn| accounts::list(conn, None, 99)).last().unwrap().id;
            assert!(person(&target, "newcomer").id > highest, "keys go on after those that came along");
        }
    });
}

#[test]
fn a_settled_database_is_whole_in_its_one_file() {
    let database = Database::sqlite();
    let store = database.open();
    store.migrate().unwrap();
    person(&store, "early");
    backup::settle(&store).unwrap();
    person(&store, "late");
    let folder = tempfile::tempdir().unwrap();
    let alone = |name: &str| {
        let copy = folder.path().join(name);
        std::fs::copy(database.url.strip_prefix("sqlite:").unwrap(), &copy).unwrap();
        let store = Store::open(&store::Options { url: format!("sqlite:{}", copy.display()), readers: 1 }).unwrap();
        read(&store, |conn| accounts::list(conn, None, 99)).len()
    };
    assert_eq!(alone("before"), 1, "what was written last is in the log only");
    backup::settle(&store).unwrap();
    assert_eq!(alone("after"), 2);
}

#[test]
fn an_import_is_whole_or_nothing() {
    each_database(|from| {
        let source = from.open();
        source.migrate().unwrap();
        live(&source);
        let text = export(&source);
        assert_eq!(import(&source, &text).unwrap_err(), Error::Rule("import_not_empty"));
        let to = if from.url.starts_with("sqlite") { Database::sqlite() } else { Database::postgres(&postgres_url().unwrap()) };
        let target = to.open();
        target.migrate().unwrap();
        assert_eq!(import(&target, "").unwrap_err(), Error::Rule("import_malformed"));
        assert_eq!(import(&target, &text.replacen("2026", "2999", 1)).unwrap_err(), Error::Rule("import_other_schema"));
        for broken in [
            text.clone() + "{\"table\":\"no_such\",\"row\":{}}",
            text.clone() + "{\"table\":\"erasures\",\"row\":{\"at\":1}}",
            text.clone() + "}",
        ] {
            assert_eq!(import(&target, &broken).unwrap_err(), Error::Rule("import_malformed"));
            assert_eq!(read(&target, accounts::count), 0);
        }
        import(&target, &text).unwrap();
    });
}

#[test]
fn a_backup_is_a_sound_database_made_beside_writers() {
    let (_database, store) = Database::migrated_sqlite();
    person(&store, "ada");
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("backup.db");
    let writer = store.clone();
    let (started, waits) = std::sync::mpsc::channel();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let stopped = stop.clone();
    let thread = std::thread::spawn(move || {
        for i in 0.. {
            write(&writer, move |conn| instance::set(conn, "n", &i.to_string())).unwrap();
            let _ = started.send(());
            if stopped.load(std::sync::atomic::Ordering::SeqCst) {
                return;
            }
        }
    });
    waits.recv().unwrap();
    backup::snapshot(&store, &to).unwrap();
    stop.store(true, std::sync::atomic::Ordering::SeqCst);
    thread.join().unwrap();
    backup::check_file(&to).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-made is left");
    assert_eq!(backup::snapshot(&store, &to).unwrap_err(), Error::Rule("backup_exists"));
    let copy = Store::open(&store::Options::new(format!("sqlite:{}", to.display()))).unwrap();
    copy.check_schema().unwrap();
    assert_eq!(read(&copy, accounts::count), 1);
    write(&copy, |conn| accounts::create(conn, &new_account("bob"))).unwrap();
}

#[test]
fn a_file_that_is_no_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    assert_eq!(backup::check_file(&path).unwrap_err(), Error::NotThere("backup"));
    std::fs::write(&path, "").unwrap();
    assert_eq!(backup::check_file(&path).unwrap_err(), Error::Rule("not_a_backup"));
    let (database, store) = Database::migrated_sqlite();
    person(&store, "ada");
    backup::snapshot(&store, &folder.path().join("good.db")).unwrap();
    drop((store, database));
    let mut bytes = std::fs::read(folder.path().join("good.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(backup::check_file(&path), Err(Error::Machine(_))));
}
