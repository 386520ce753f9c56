//! A cohort with a lead, a mentor and learners, made through the API.

use domain::account::{Account, Username};
use domain::policy::Scope;
use serde_json::{Value, json};

use super::{Answer, Waymark};

pub struct School {
    pub waymark: Waymark,
    pub admin: Account,
    /// Lena.
    pub lead: Account,
    /// Mira.
    pub mentor: Account,
    /// Of the cohort.
    pub id: String,
}

/// From Monday 7 September to Friday 18 December 2026; today is Thursday 19 November, in the eleventh week.
pub fn dates(name: &str) -> Value {
    json!({ "name": name, "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "Europe/Lisbon" })
}

/// The same with the shipped role, where who is not seen for five days is silent.
pub fn autumn() -> Value {
    let mut wish = dates("Backend Autumn");
    wish["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
    wish["silent_after"] = json!(5);
    wish
}

/// Makes a cohort with that set-up, or where it names no role without any; its id.
pub fn cohort(waymark: &Waymark, admin: &Account, set_up: &Value) -> String {
    let token = waymark.token(admin, Scope::Admin, None);
    let mut wish = json!({});
    for field in ["name", "starts_on", "ends_on", "zone"] {
        wish[field] = set_up[field].clone();
    }
    let made = waymark.send("POST", "/api/v1/cohorts", &token, wish);
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    if set_up["roles"].is_null() {
        return id;
    }
    let changed = waymark.send("PUT", &format!("/api/v1/cohorts/{id}"), &token, set_up.clone());
    assert_eq!(changed.status, 200, "{}", changed.body);
    id
}

impl School {
    /// An account for each, who come in as learners.
    pub fn open(set_up: &Value, learners: &[&str]) -> Self {
        let waymark = Waymark::start();
        let (admin, lead, mentor) = (waymark.account("admin", true), waymark.account("lena", false), waymark.account("mira", false));
        let id = cohort(&waymark, &admin, set_up);
        let school = Self { waymark, admin, lead, mentor, id };
        for (username, standing) in [("lena", "lead"), ("mira", "mentor")] {
            school.adds(&school.admin, username, standing);
        }
        for learner in learners {
            school.waymark.account(learner, false);
            school.add(learner);
        }
        school
    }

    /// The lead lets a learner in.
    pub fn add(&self, learner: &str) {
        self.adds(&self.lead, learner, "learner");
    }

    fn adds(&self, who: &Account, username: &str, standing: &str) {
        let member = json!({ "username": username, "standing": standing });
        let added = self.waymark.send("POST", &self.api("/members"), &self.waymark.token(who, Scope::Admin, None), member);
        assert_eq!(added.status, 201, "{}", added.body);
    }

    /// Below the cohort's address in the API.
    pub fn api(&self, rest: &str) -> String {
        format!("/api/v1/cohorts/{}{rest}", self.id)
    }

    pub fn account(&self, username: &str) -> Account {
        let name = Username::parse(username).unwrap();
        self.waymark.store.read_blocking(|conn| store::accounts::by_username(conn, &name)).unwrap().unwrap().0
    }

    /// Public id.
    pub fn person(&self, username: &str) -> String {
        self.account(username).public_id.to_string()
    }

    pub fn as_learner(&self, username: &str, method: &str, path: &str, body: Value) -> Answer {
        self.waymark.send(method, path, &self.waymark.token(&self.account(username), Scope::Write, None), body)
    }

    pub fn records(&self, username: &str, body: Value) -> Value {
        let answer = self.as_learner(username, "POST", "/api/v1/evidence", body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    /// A claim of a skill that the role asks for, with a note that nobody else is shown: zanzibar.
    pub fn claims(&self, username: &str, subject: &str) -> Value {
        self.records(username, json!({ "kind": "claim", "subjects": [{ "subject": subject, "step": "leading" }], "note": "zanzibar" }))
    }
}

/// Field and code of each error of an answer.
pub fn codes(answer: &Answer) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (word(&error["field"]), word(&error["code"]))).collect()
}
