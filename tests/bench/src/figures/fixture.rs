//! A learner on the built-in role with a year of evidence, behind a running server.

use harness::{Person, Server, TestDb};
use serde_json::json;

use crate::Ask;
use crate::load::request;

/// A subject of the built-in role.
pub const SUBJECT: &str = "skill:python";

pub struct Fixture {
    pub server: Server,
    pub db: TestDb,
    /// `name=value` of the session.
    pub cookie: String,
    /// The header's value.
    pub bearer: String,
    /// Public id of the path.
    pub path: String,
}

impl Fixture {
    pub fn new(ask: &Ask) -> Self {
        let db = super::database(ask);
        // Log lines of every request would measure the pipe to us.
        let server = Server::start_with(&db, &[("WAYMARK_LOG__FILTER", "warn")]);
        let person = Person::new(&server, &db, "bench");
        let signed_in = server.client().post("/login", &[("username", &person.username), ("password", &person.password)]).expect(303);
        let cookie = signed_in.header("set-cookie").expect("a session").split(';').next().unwrap_or_default().to_owned();
        let token = person.token("write");
        let machine = server.client().bearer(&token);
        let path = machine.send("POST", "/api/v1/paths", &json!({ "role": "backend-developer" })).expect(201).json();
        let path = path["id"].as_str().expect("the path's id").to_owned();
        // A claim for every requirement that a claim can meet, and a few again, as a year brings them.
        let mut recorded = 0;
        for round in 0..3 {
            for subject in subjects(&machine) {
                let step = subject.starts_with("skill:").then_some("working");
                let mut held = json!({ "subject": subject });
                if let Some(step) = step {
                    held["step"] = step.into();
                }
                let claim = json!({ "kind": "claim", "subjects": [held], "title": format!("round {round}") });
                let answer = machine.send("POST", "/api/v1/evidence", &claim);
                recorded += usize::from(answer.status == 201);
            }
            if recorded >= 150 {
                break;
            }
        }
        assert!(recorded >= 60, "only {recorded} entries: {path}");
        Self { server, db, cookie, bearer: format!("Bearer {token}"), path }
    }

    /// Headers of that many learners, each with a ledger of their own: this one and others.
    pub fn bearers(&self, count: usize) -> Vec<String> {
        let others = (1..count).map(|number| {
            let person = Person::new(&self.server, &self.db, &format!("bench{number}"));
            format!("Bearer {}", person.token("write"))
        });
        std::iter::once(self.bearer.clone()).chain(others).collect()
    }

    /// A page as the signed-in browser asks for it.
    pub fn page(&self, path: &str) -> Vec<u8> {
        request("GET", path, &[("cookie", &self.cookie), ("accept", "text/html")], "")
    }

    /// Entries of all ledgers, as the database has them.
    pub fn entries(&self) -> u64 {
        self.db.sql("select count(*) from evidence").trim().parse().expect("a number")
    }
}

fn subjects(machine: &harness::Client) -> Vec<String> {
    let found = machine.get("/api/v1/subjects?limit=200").expect(200).json();
    let items = found["items"].as_array().expect("items");
    items.iter().filter_map(|item| item["subject"].as_str().or(item["id"].as_str())).map(str::to_owned).collect()
}
