//! A database for each test, and small values to put into it.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, mpsc};

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};
use domain::account::{Account, CleanName, Theme, Username};
use domain::ids::PublicId;
use domain::ledger::{EvidenceKind, Held, NewEntry, Payload};
use domain::path::{CheckedSettings, Path, RuleChoice};
use domain::scoring::{RuleIdentity, Score, Scorecard};
use domain::subject::{Step, Subject, SubjectKind, Trust};
use domain::time::{Day, Instant, Zone};
use store::{Conn, Error, Options, Store, accounts, paths, templates};

/// Runs a story on a fresh, migrated database of each kind.
pub fn each_backend(story: impl Fn(&Store)) {
    each_database(|database| {
        let store = Store::open(&database.options()).unwrap();
        store.migrate().unwrap();
        story(&store);
    });
}

/// The same on an empty database that nobody has opened yet.
pub fn each_database(story: impl Fn(&Database)) {
    story(&Database::sqlite());
    match postgres_url() {
        Some(url) => story(&Database::postgres(&url)),
        None => {
            static SAID: Once = Once::new();
            // not eprintln: the harness would keep it to itself
            SAID.call_once(|| {
                // Not eprintln, which the test runner keeps to itself.
                let mut out = std::io::stderr();
                writeln!(out, "WAYMARK_TEST_POSTGRES_URL is not set: only SQLite is tested").unwrap();
            });
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "where the tests' database is comes from the environment")]
pub fn postgres_url() -> Option<String> {
    std::env::var("WAYMARK_TEST_POSTGRES_URL").ok()
}

/// A database of one test, gone at its end.
pub struct Database {
    pub url: String,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

impl Database {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("waymark.db").display());
        Self { url, _folder: Some(folder), schema: None }
    }

    pub fn postgres(server: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("store_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut c = PgConnection::establish(server).unwrap();
        sql_query(format!("CREATE SCHEMA {name}")).execute(&mut c).unwrap();
        let glue = if server.contains('?') { '&' } else { '?' };
        Self { url: format!("{server}{glue}options=-csearch_path%3D{name}"), _folder: None, schema: Some((server.to_owned(), name)) }
    }

    pub fn options(&self) -> Options {
        Options { url: self.url.clone(), readers: 8 }
    }

    pub fn open(&self) -> Store {
        Store::open(&self.options()).unwrap()
    }

    /// A migrated SQLite database, for stories of the writer thread.
    pub fn migrated_sqlite() -> (Self, Store) {
        let database = Self::sqlite();
        let store = database.open();
        store.migrate().unwrap();
        (database, store)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.schema
            && let Ok(mut c) = PgConnection::establish(server)
        {
            let _ = sql_query(format!("DROP SCHEMA {name} CASCADE")).execute(&mut c);
        }
    }
}

/// A public id that no other call gave.
pub fn fresh_id() -> PublicId {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    PublicId::new(bytes)
}

/// Second `n` of the tests' time.
pub fn at(n: i64) -> Instant {
    Instant::from_micros(1_790_000_000_000_000 + n * 1_000_000)
}

pub fn day(n: i32) -> Day {
    Day::from_number(20_700 + n)
}

pub fn name(text: &str) -> CleanName {
    CleanName::parse(text).unwrap()
}

pub fn new_account(username: &str) -> accounts::NewAccount {
    accounts::NewAccount {
        public_id: fresh_id(),
        username: Username::parse(username).unwrap(),
        name: name(username),
        mail: None,
        language: None,
        zone: Zone::parse("Europe/Lisbon").unwrap(),
        theme: Theme::System,
        is_admin: false,
        password_hash: None,
        created_at: at(0),
    }
}

/// Runs one function of the store in a transaction of its own.
pub fn write<T: Send + 'static>(store: &Store, act: impl Fn(&mut Conn<'_>) -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    store.write_blocking(act)
}

pub fn read<T>(store: &Store, act: impl FnOnce(&mut Conn<'_>) -> Result<T, Error>) -> T {
    store.read_blocking(act).unwrap()
}

/// Runs two writes of which the first has done its work, and waits, when the second is asked for. Answers with both
/// outcomes, and whether the second had begun before the first was let go.
pub fn at_once<A: Send + 'static, B: Send + 'static>(
    store: &Store,
    first: impl Fn(&mut Conn<'_>) -> Result<A, Error> + Send + Sync + 'static,
    second: impl Fn(&mut Conn<'_>) -> Result<B, Error> + Send + Sync + 'static,
) -> (Result<A, Error>, Result<B, Error>) {
    let (did, done) = mpsc::channel();
    let (go, gone) = mpsc::channel::<()>();
    let (did, gone) = (Mutex::new(did), Mutex::new(gone));
    let one = {
        let store = store.clone();
        std::thread::spawn(move || {
            store.write_blocking(move |conn| {
                let outcome = first(conn)?;
                let _ = did.lock().unwrap().send(());
                // Not committed yet: what it holds it holds until the other one has been asked for.
                let _ = gone.lock().unwrap().recv();
                Ok(outcome)
            })
        })
    };
    done.recv().unwrap();
    let (began, begun) = mpsc::channel();
    let began = Mutex::new(began);
    let is_sqlite = store.backend() == store::Backend::Sqlite;
    let other = {
        let store = store.clone();
        std::thread::spawn(move || {
            store.write_blocking(move |conn| {
                let _ = began.lock().unwrap().send(());
                second(conn)
            })
        })
    };
    if !is_sqlite {
        // On PostgreSQL both transactions are open side by side; SQLite has one writer, where the second is in its queue.
        begun.recv().unwrap();
    }
    assert!(!one.is_finished(), "the first one is still at it");
    go.send(()).unwrap();
    (one.join().unwrap(), other.join().unwrap())
}

pub fn person(store: &Store, username: &str) -> Account {
    let new = new_account(username);
    write(store, move |conn| accounts::create(conn, &new)).unwrap()
}

pub fn skill(id: &str, step: Step) -> Held {
    Held { subject: Subject::new(SubjectKind::Skill, id), step: Some(step) }
}

pub fn claim(held: Vec<Held>) -> NewEntry {
    NewEntry {
        kind: EvidenceKind::Claim,
        trust: Trust::Claimed,
        day: day(0),
        recorded_at: at(1),
        held,
        expires_on: None,
        retracts: None,
        recall: None,
        payload: Payload { note: Some("a note".to_owned()), ..Payload::default() },
    }
}

pub fn retraction(of: u32) -> NewEntry {
    NewEntry { kind: EvidenceKind::Retraction, retracts: Some(of), held: Vec::new(), ..claim(Vec::new()) }
}

pub fn new_revision(role: &str, version: &str, hash: &str) -> templates::NewRevision {
    templates::NewRevision {
        role: role.to_owned(),
        version: version.to_owned(),
        hash: hash.to_owned(),
        canonical: format!("{{\"id\":\"{role}\"}}"),
        origin: "builtin".to_owned(),
        created_at: at(0),
    }
}

pub fn settings() -> CheckedSettings {
    CheckedSettings {
        target_level: "junior".to_owned(),
        target_day: Some(day(90)),
        hours_week: 6,
        chosen: BTreeSet::from(["rust".to_owned(), "go".to_owned()]),
        rule: RuleChoice::BuiltIn,
    }
}

/// A path on revision `hash`, which is made where it is missing.
pub fn path(store: &Store, account: &Account, hash: &'static str) -> Path {
    let account = account.id;
    let public_id = fresh_id();
    write(store, move |conn| {
        let revision = templates::put(conn, &new_revision("backend-developer", "1.0.0", hash))?;
        let new =
            paths::NewPath { public_id, account, revision, settings: settings(), cohort: None, started_on: day(0), created_at: at(1) };
        paths::create(conn, &new)
    })
    .unwrap()
}

pub fn score(revision: &str, ledger_seq: u32, today: Day, claimed: u32, proven: u32) -> Score {
    let card = |readiness| Scorecard { readiness, receipts: Vec::new(), next: Vec::new() };
    Score {
        rule: RuleIdentity { name: "waymark/default@1".to_owned(), digest: "waymark/default@1".to_owned() },
        revision: revision.to_owned(),
        projection: 1,
        ledger_seq,
        today,
        input_hash: "in".to_owned(),
        card_hash: "card".to_owned(),
        claimed: card(claimed),
        proven: card(proven),
        claimed_entries: vec![1],
        proven_entries: Vec::new(),
        requirements: vec!["http".to_owned()],
        fuel: Some(1_100_000),
    }
}
