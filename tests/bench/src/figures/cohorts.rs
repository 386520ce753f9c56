//! A cohort's board beside the raw read of its grid, its queue, and people and evidence that come from files.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::{Command, Stdio};

use harness::{Client, Database, Person, Server, TestDb, variable};
use serde_json::{Value, json};

use crate::Ask;
use crate::figures::people;
use crate::figures::web::against_memory;
use crate::load::{Connection, Reply, request};
use crate::measure::{Slice, compare, for_seconds, now, spread};
use crate::process::{cpu_seconds, until_idle};

/// Requirements of the grid that the floor reads: a large role's.
const REQUIREMENTS: usize = 150;
/// Entries of each learner on a board.
const CLAIMS: usize = 40;
/// People and rows of evidence in a file: the most that one takes.
const PEOPLE: usize = 10_000;
const ROWS: usize = 100_000;

/// A cohort on the built-in role behind a running server, seen by its admin.
struct School {
    server: Server,
    db: TestDb,
    machine: Client,
    bearer: String,
    cookie: String,
    cohort: String,
}

impl School {
    fn new(ask: &Ask) -> Self {
        let db = super::database(ask);
        let server = Self::serve(&db);
        let admin = Person::admin(&server, &db, "head");
        let signed_in = server.client().post("/login", &[("username", &admin.username), ("password", &admin.password)]).expect(303);
        let cookie = signed_in.header("set-cookie").expect("a session").split(';').next().unwrap_or_default().to_owned();
        let token = admin.token("admin");
        let machine = server.client().bearer(&token);
        let cohort = cohort(&machine, "Autumn");
        Self { server, db, machine, bearer: format!("Bearer {token}"), cookie, cohort }
    }

    fn serve(db: &TestDb) -> Server {
        Server::start_with(db, &[("WAYMARK_LOG__FILTER", "warn")])
    }

    /// The same data behind a server that remembers nothing.
    fn restarted(self) -> Self {
        let Self { server, db, .. } = self;
        server.stop();
        Self { server: Self::serve(&db), db, ..self }
    }

    fn get(&self, path: &str, more: &[(&str, &str)]) -> Vec<u8> {
        request("GET", path, &[&[("cookie", self.cookie.as_str())], more].concat(), "")
    }
}

/// Makes a cohort that runs this year and follows the built-in role; its public id.
fn cohort(machine: &Client, name: &str) -> String {
    let mut frame = json!({ "name": name, "starts_on": "2026-01-05", "ends_on": "2027-12-17", "zone": "Europe/Lisbon" });
    let made = machine.send("POST", "/api/v1/cohorts", &frame).expect(201).json();
    let id = made["id"].as_str().expect("the cohort's id").to_owned();
    frame["roles"] = json!([{ "role": "backend-developer", "target_level": "senior" }]);
    machine.send("PUT", &format!("/api/v1/cohorts/{id}"), &frame).expect(200);
    id
}

pub fn board_of_24(ask: &Ask) {
    board(ask, 24, "");
}

pub fn board_of_150(ask: &Ask) {
    board(ask, 150, "");
}

pub fn board_of_1000(ask: &Ask) {
    board(ask, 1_000, "");
}

pub fn board_as_csv(ask: &Ask) {
    board(ask, 1_000, "/board.csv");
}

/// One look after another, each made anew: an address of its own keeps every answer from being the one before.
fn board(ask: &Ask, learners: usize, rest: &str) {
    let mut school = School::new(ask);
    people::add(&school.db, &people::Crowd { count: learners, claims: CLAIMS, digest: false, cohort: Some(&school.cohort) });
    let path = format!("/cohorts/{}{rest}", school.cohort);
    let plan = format!("/cohorts/{}/plan", school.cohort);
    let (mut firsts, mut made_ahead) = (Vec::new(), Vec::new());
    for round in 0..2 * ask.rounds.max(7) {
        school = school.restarted();
        let ahead = round % 2 == 1;
        if ahead {
            until_idle(school.server.id());
        }
        let mut connection = Connection::open(school.server.port());
        // Reads the role, which is the instance's and not the board's.
        assert_eq!(connection.ask(&school.get(&plan, &[])).status, 200);
        let asked = school.get(&path, &[]);
        let begin = now();
        assert_eq!(connection.ask(&asked).status, 200);
        let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
        if ahead { &mut made_ahead } else { &mut firsts }.push(milliseconds);
    }
    for (name, looks, why) in [
        ("first look", firsts, "right after a start: every ledger is read and scored"),
        ("the same, later", made_ahead, "of a server that had three seconds for itself: a large board is made ahead"),
    ] {
        let [low, middle, high] = spread(looks);
        println!("  {name:<18} min {low:.0} ms   median {middle:.0} ms   max {high:.0} ms: {why}");
    }
    let (port, pid) = (school.server.port(), school.server.id());
    let mut connection = Connection::open(port);
    let mut look = 0;
    let mut look = |connection: &mut Connection, headers: &[(&str, &str)]| -> Reply {
        look += 1;
        let reply = connection.ask(&school.get(&format!("{path}?look={look}"), headers));
        assert!(reply.status == 200 && reply.body.len() > 1_000, "{}", String::from_utf8_lossy(&reply.body));
        reply
    };
    let packed = look(&mut connection, &[("accept-encoding", "gzip, deflate, br, zstd")]).wire;
    let grid = Grid::fill(&school.db, learners);
    compare(
        ask.rounds,
        || {
            let before = cpu_seconds(pid);
            let mut slice = for_seconds(ask.seconds, || {
                look(&mut connection, &[]);
                1
            });
            slice.cpu_seconds = cpu_seconds(pid) - before;
            slice
        },
        || grid.slice(ask.seconds),
    );
    println!("  over the wire      {packed} bytes, compressed");
}

/// What a board would be if every cell lay ready in one table: the database's own shell reads it, many times a run, so
/// that its start is little beside it.
struct Grid<'a> {
    db: &'a TestDb,
    cells: usize,
}

impl<'a> Grid<'a> {
    fn fill(db: &'a TestDb, learners: usize) -> Self {
        let series = |name: &str, count: usize| match db.kind() {
            Database::Sqlite => {
                format!("{name}(n) as (select 1 union all select n + 1 from {name} where n < {count})")
            }
            Database::Postgres => format!("{name}(n) as (select generate_series(1, {count}))"),
        };
        db.sql(&format!(
            "create table bench_grid(learner integer, requirement integer, claimed integer, proven integer);
             with recursive {}, {}
             insert into bench_grid select l.n, r.n, (l.n * r.n) % 10000, (l.n * r.n) % 5000 from l, r;",
            series("l", learners),
            series("r", REQUIREMENTS),
        ));
        Self { db, cells: learners * REQUIREMENTS }
    }

    fn slice(&self, seconds: f64) -> Slice {
        let repeats = (200_000 / self.cells).clamp(1, 60);
        let read = "select learner, requirement, claimed, proven from bench_grid;".repeat(repeats);
        for_seconds(seconds, || {
            let rows = self.db.sql(&read).lines().count();
            assert_eq!(rows, self.cells * repeats);
            repeats as u64
        })
    }
}

/// The page of what waits for a mentor, with a hundred things on it.
pub fn queue(ask: &Ask) {
    let school = School::new(ask);
    // A queue is for those who guide the cohort, which an admin does not by being one.
    let lead = json!({ "username": "head", "standing": "lead" });
    school.machine.send("POST", &format!("/api/v1/cohorts/{}/members", school.cohort), &lead).expect(201);
    let role = school.machine.get("/api/v1/roles/backend-developer").expect(200).json();
    let projects: Vec<Value> = projects(&role).into_iter().take(10).collect();
    for number in 0..10 {
        let learner = Person::new(&school.server, &school.db, &format!("learner{number}"));
        let member = json!({ "username": learner.username, "standing": "learner" });
        school.machine.send("POST", &format!("/api/v1/cohorts/{}/members", school.cohort), &member).expect(201);
        for criterion in &projects {
            let work =
                json!({ "kind": "submission", "subjects": [{ "subject": criterion }], "url": "https://example.org/work", "title": "Work" });
            learner.send("POST", "/api/v1/evidence", &work).expect(201);
        }
    }
    let waiting = school.machine.get(&format!("/api/v1/cohorts/{}/queue?limit=200", school.cohort)).expect(200).json();
    let waiting = waiting["items"].as_array().map_or(0, Vec::len);
    println!("  waiting            {waiting}");
    assert!(waiting >= 50, "hardly a queue: {waiting}");
    against_memory(ask, (&school.server, &school.db), &school.get(&format!("/cohorts/{}/queue", school.cohort), &[]));
}

/// A criterion of each project of the role.
fn projects(role: &Value) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let all = role["document"]["requirements"].as_array().expect("requirements").iter();
    let criteria = all.filter_map(|requirement| requirement["criteria"].as_array());
    let first = criteria.filter_map(|all| {
        let ids = all.iter().filter_map(|criterion| criterion["criterion"].as_str().or(criterion["id"].as_str()).or(criterion.as_str()));
        ids.map(|id| format!("criterion:{}", id.trim_start_matches("criterion:"))).find(|id| !seen.contains(id)).inspect(|id| {
            seen.insert(id.clone());
        })
    });
    first.map(Value::from).collect()
}

/// 10 000 people come into a cohort with a path each, in one request.
pub fn people_from_a_file(ask: &Ask) {
    let school = School::new(ask);
    let mut round = 0;
    from_a_file(ask, &school, PEOPLE, |text| {
        round += 1;
        text.push_str("name,username,mail\n");
        for number in 0..PEOPLE {
            writeln!(text, "Learner {number},r{round}-{number},r{round}-{number}@example.org").unwrap();
        }
        format!("/api/v1/cohorts/{}/people", cohort(&school.machine, &format!("Round {round}")))
    });
}

/// 100 000 rows of evidence of a thousand learners, in one request.
pub fn evidence_from_a_file(ask: &Ask) {
    let school = School::new(ask);
    people::add(&school.db, &people::Crowd { count: 1_000, claims: 0, digest: false, cohort: Some(&school.cohort) });
    let mut round = 0;
    from_a_file(ask, &school, ROWS, |text| {
        round += 1;
        text.push_str("person,subject,step,trust,origin,day,external_id\n");
        for number in 0..ROWS {
            let learner = number % 1_000;
            writeln!(text, "learner{learner},skill:git,working,claimed,old,2026-03-02,r{round}-{number}").unwrap();
        }
        format!("/api/v1/cohorts/{}/evidence", school.cohort)
    });
}

/// `write` makes a file of `rows` rows and says where it is sent. The floor: the same file put into a table without keys or
/// checks by the database's own shell, in one transaction.
fn from_a_file(ask: &Ask, school: &School, rows: usize, write: impl FnMut(&mut String) -> String) {
    let write = std::cell::RefCell::new(write);
    let (port, pid) = (school.server.port(), school.server.id());
    let mut connection = Connection::open(port);
    compare(
        ask.rounds.min(5),
        || {
            let mut text = String::new();
            let path = (write.borrow_mut())(&mut text);
            let headers = [("authorization", school.bearer.as_str()), ("content-type", "text/csv")];
            let sent = request("POST", &path, &headers, &text);
            let (before, begin) = (cpu_seconds(pid), now());
            let reply = connection.ask(&sent);
            let seconds = begin.elapsed().as_secs_f64();
            let said: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
            assert!(reply.status == 200 && said["new"] == rows, "{}", String::from_utf8_lossy(&reply.body));
            Slice { done: rows as u64, seconds, cpu_seconds: cpu_seconds(pid) - before, ..Slice::default() }
        },
        || {
            let mut text = String::new();
            (write.borrow_mut())(&mut text);
            let file = school.db.folder().join("floor.csv");
            std::fs::write(&file, &text).unwrap();
            let columns = text.lines().next().expect("a first line").replace(',', " text,");
            school.db.sql(&format!("drop table if exists bench_rows; create table bench_rows({columns} text);"));
            let begin = now();
            load(&school.db, &file);
            let seconds = begin.elapsed().as_secs_f64();
            let kept: usize = school.db.sql("select count(*) from bench_rows").trim().parse().expect("a number");
            assert_eq!(kept, rows);
            Slice { done: rows as u64, seconds, ..Slice::default() }
        },
    );
}

fn load(db: &TestDb, file: &std::path::Path) {
    let file = file.display();
    match db.kind() {
        Database::Sqlite => {
            let program = variable("WAYMARK_TEST_SQLITE3").unwrap_or_else(|| "sqlite3".to_owned());
            let mut shell = Command::new(program);
            shell.args(["-batch", "-cmd", ".timeout 10000", "-cmd", ".mode csv"]).arg(db.url().trim_start_matches("sqlite:"));
            let loaded = shell.arg(format!(".import --skip 1 {file} bench_rows")).stdout(Stdio::null()).status();
            assert!(loaded.expect("sqlite3 runs").success());
        }
        Database::Postgres => {
            db.sql(&format!("copy bench_rows from '{file}' with (format csv, header)"));
        }
    }
}
