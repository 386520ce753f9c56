//! Pages and the path's JSON, beside the same bytes from memory; a claim until it is seen; a page among many learners.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use harness::{Server, TestDb};

use crate::Ask;
use crate::figures::fixture::{Fixture, SUBJECT};
use crate::figures::people;
use crate::floors::{BareServer, RawSync};
use crate::load::{Connection, gets, many, request};
use crate::measure::{Slice, compare, for_seconds};
use crate::process::{cpu_seconds, resident_bytes};

/// Connections at once: enough that two workers are never idle.
const CLIENTS: usize = 8;
/// Somebody else writes this often.
const BETWEEN_WRITES: Duration = Duration::from_millis(20);
/// Learners in the small and in the large database.
const FEW: usize = 100;
const MANY: usize = 100_000;

pub fn page(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let path = fixture.page(&format!("/paths/{}", fixture.path));
    against_memory(ask, (&fixture.server, &fixture.db), &path);
}

pub fn json(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let path = format!("/api/v1/paths/{}", fixture.path);
    against_memory(ask, (&fixture.server, &fixture.db), &request("GET", &path, &[("authorization", &fixture.bearer)], ""));
}

pub fn packed(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let path = format!("/paths/{}", fixture.path);
    let headers = [("cookie", fixture.cookie.as_str()), ("accept", "text/html"), ("accept-encoding", "gzip, deflate, br, zstd")];
    against_memory(ask, (&fixture.server, &fixture.db), &request("GET", &path, &headers, ""));
}

pub fn home(ask: &Ask) {
    let fixture = Fixture::new(ask);
    against_memory(ask, (&fixture.server, &fixture.db), &fixture.page("/"));
}

pub fn readiness(ask: &Ask) {
    let fixture = Fixture::new(ask);
    against_memory(ask, (&fixture.server, &fixture.db), &fixture.page(&format!("/paths/{}/readiness", fixture.path)));
}

pub fn requirement(ask: &Ask) {
    let fixture = Fixture::new(ask);
    against_memory(ask, (&fixture.server, &fixture.db), &fixture.page(&a_requirement(&fixture)));
}

pub fn practice(ask: &Ask) {
    let fixture = Fixture::new(ask);
    against_memory(ask, (&fixture.server, &fixture.db), &fixture.page("/practice"));
}

/// The path page while somebody else writes: nothing is as it was since the last commit, so every look reads.
pub fn busy(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let path = fixture.page(&format!("/paths/{}", fixture.path));
    let (port, pid) = (fixture.server.port(), fixture.server.id());
    let expected = Connection::open(port).ask(&path).body;
    let other = harness::Person::new(&fixture.server, &fixture.db, "other").token("write");
    let write = &claim(&format!("Bearer {other}"), "a write");
    let floor = BareServer::start(fixture.db.folder(), &expected, "text/html; charset=utf-8", 2);
    compare(
        ask.rounds,
        || {
            let (over, ended) = channel::<()>();
            std::thread::scope(|scope| {
                scope.spawn(move || {
                    let mut connection = Connection::open(port);
                    while ended.recv_timeout(BETWEEN_WRITES) == Err(RecvTimeoutError::Timeout) {
                        assert_eq!(connection.ask(write).status, 201);
                    }
                });
                let slice = gets(port, pid, CLIENTS, ask.seconds, &path, &expected);
                drop(over);
                slice
            })
        },
        || gets(floor.port, floor.pid(), CLIENTS, ask.seconds, &path, &expected),
    );
}

/// A claim is posted, and the page that shows it is asked for: both answers together. The floor makes one fdatasync and
/// gets the page from memory.
pub fn claim_to_page(ask: &Ask) {
    let fixture = Fixture::new(ask);
    let (port, pid) = (fixture.server.port(), fixture.server.id());
    let page = fixture.page(&a_requirement(&fixture));
    let (mut connection, mut number) = (Connection::open(port), 0);
    let body = connection.ask(&page).body;
    let bare = BareServer::start(fixture.db.folder(), &body, "text/html; charset=utf-8", 2);
    let (mut to_bare, mut disk) = (Connection::open(bare.port), RawSync::in_folder(fixture.db.folder()));
    compare(
        ask.rounds,
        || {
            let before = cpu_seconds(pid);
            let mut slice = for_seconds(ask.seconds, || {
                number += 1;
                let title = format!("claim number {number} of many");
                assert_eq!(connection.ask(&claim(&fixture.bearer, &title)).status, 201);
                let seen = connection.ask(&page);
                assert_eq!(seen.status, 200);
                assert!(String::from_utf8_lossy(&seen.body).contains(&title), "the page does not show {title}");
                1
            });
            slice.cpu_seconds = cpu_seconds(pid) - before;
            slice
        },
        || {
            for_seconds(ask.seconds, || {
                disk.append();
                assert_eq!(to_bare.ask(&page).status, 200);
                1
            })
        },
    );
}

/// Each look has an address of its own, so that every page is made from the database.
pub fn growth(ask: &Ask) {
    let databases = [MANY, FEW].map(|learners| {
        let fixture = Fixture::new(ask);
        people::add(&fixture.db, &people::Crowd { count: learners, claims: 3, digest: false, cohort: None });
        fixture
    });
    let (looks, seconds) = (AtomicU64::new(0), ask.seconds);
    let side = |fixture: &Fixture| -> Slice {
        let (port, pid) = (fixture.server.port(), fixture.server.id());
        let (path, cookie, looks) = (fixture.path.as_str(), fixture.cookie.as_str(), &looks);
        let before = cpu_seconds(pid);
        let mut slice = many(CLIENTS, seconds, |_| {
            let mut connection = Connection::open(port);
            move || {
                let look = looks.fetch_add(1, Ordering::Relaxed);
                let reply = connection.ask(&request("GET", &format!("/paths/{path}?look={look}"), &[("cookie", cookie)], ""));
                assert!(reply.status == 200 && reply.body.len() > 10_000);
                reply.wire
            }
        });
        slice.cpu_seconds = cpu_seconds(pid) - before;
        slice
    };
    compare(ask.rounds, || side(&databases[0]), || side(&databases[1]));
}

/// A claim of the subject that a requirement of the role asks for.
fn claim(bearer: &str, title: &str) -> Vec<u8> {
    let body = format!(r#"{{"kind":"claim","subjects":[{{"subject":"{SUBJECT}","step":"working"}}],"title":"{title}"}}"#);
    request("POST", "/api/v1/evidence", &[("authorization", bearer), ("content-type", "application/json")], &body)
}

/// The page of the first requirement that is about [`SUBJECT`].
fn a_requirement(fixture: &Fixture) -> String {
    let ask = |path: String| {
        let reply = Connection::open(fixture.server.port()).ask(&request("GET", &path, &[("authorization", &fixture.bearer)], ""));
        serde_json::from_slice::<serde_json::Value>(&reply.body).expect("JSON")
    };
    let state = ask(format!("/api/v1/paths/{}", fixture.path));
    let ids = state["requirements"].as_array().expect("requirements").iter().filter_map(|row| row["id"].as_str());
    let about = |id: &&str| {
        let detail = ask(format!("/api/v1/paths/{}/requirements/{id}", fixture.path));
        detail["subjects"].as_array().is_some_and(|subjects| subjects.iter().any(|subject| subject == SUBJECT))
    };
    let id = ids.into_iter().find(about).unwrap_or_else(|| panic!("no requirement is about {SUBJECT}"));
    format!("/paths/{}/requirements/{id}", fixture.path)
}

/// What is asked for again and again, beside the same bytes from memory.
pub fn against_memory(ask: &Ask, (server, db): (&Server, &TestDb), request: &[u8]) {
    // The first may store today's score, and so the second is the first that is the same as the next.
    Connection::open(server.port()).ask(request);
    let first = Connection::open(server.port()).ask(request);
    assert_eq!(first.status, 200, "{}", String::from_utf8_lossy(&first.body));
    assert!(first.body.len() > 1_000, "hardly a page: {} bytes", first.body.len());
    let floor = BareServer::start(db.folder(), &first.body, "text/html; charset=utf-8", 2);
    compare(
        ask.rounds,
        || gets(server.port(), server.id(), CLIENTS, ask.seconds, request, &first.body),
        || gets(floor.port, floor.pid(), CLIENTS, ask.seconds, request, &first.body),
    );
    let mib = |pid: u32| resident_bytes(pid) as f64 / f64::from(1 << 20);
    println!("  memory after       {:.1} MiB resident, the floor {:.1} MiB", mib(server.id()), mib(floor.pid()));
}
