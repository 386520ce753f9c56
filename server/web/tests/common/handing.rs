//! A learner of a cohort who hands in work, and those who may see it or not.

use domain::account::Account;
use domain::cohort::Standing;
use domain::ids::CohortId;
use domain::policy::Scope;
use serde_json::{Value, json};

use super::{Answer, Waymark};

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";
pub const SHA1: &str = "0123456789abcdef0123456789abcdef01234567";
pub const MIB: usize = 1 << 20;

pub struct Person {
    pub account: Account,
    pub token: String,
    pub cookie: String,
}

/// A learner of a cohort with a mentor and a lead; a learner and a mentor of another; an admin of the instance.
pub struct School {
    pub waymark: Waymark,
    pub key: CohortId,
    pub cohort: String,
    pub ada: Person,
    pub mira: Person,
    pub lead: Person,
    pub other: Person,
    pub elsewhere: Person,
    pub admin: Person,
    pub path: String,
    pub project: String,
    pub criteria: Vec<String>,
}

impl School {
    pub fn new() -> Self {
        Self::of("backend-developer", "senior", |_| true)
    }

    /// Ada follows the role; the project is the first that fits.
    pub fn of(role: &str, level: &str, fits: impl Fn(&Value) -> bool) -> Self {
        let waymark = Waymark::start();
        super::put_role_of(&waymark.store, include_str!("../../../../config/roles/platform-engineer.toml"));
        let person = |username: &str, admin| {
            let account = waymark.account(username, admin);
            Person { token: waymark.token(&account, Scope::Write, None), cookie: waymark.cookie(&account), account }
        };
        let [ada, mira, lead, other, elsewhere] = ["ada", "mira", "lea", "bela", "eve"].map(|username| person(username, false));
        let admin = person("root", true);
        let members = [
            (&ada.account, Standing::Learner),
            (&mira.account, Standing::Mentor),
            (&lead.account, Standing::Lead),
            (&other.account, Standing::Learner),
        ];
        let key = waymark.cohort("Autumn", &members);
        waymark.cohort("Spring", &[(&elsewhere.account, Standing::Mentor)]);
        let cohort = waymark.store.read_blocking(|conn| store::cohorts::by_id(conn, key)).unwrap().public_id.to_string();
        let made = waymark.send("POST", "/api/v1/paths", &ada.token, json!({ "role": role, "target_level": level }));
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.json()["id"].as_str().unwrap().to_owned();
        let (account, id) = (ada.account.id, path.parse().unwrap());
        let set = move |conn: &mut store::Conn<'_>| {
            let path = store::paths::get(conn, account, id)?;
            store::paths::set_cohort(conn, path.id, Some(key))
        };
        waymark.store.write_blocking(set).unwrap();
        let detail = |id: &str| waymark.get_as(&format!("/api/v1/paths/{path}/requirements/{id}"), &ada.token).json();
        let all = waymark.get_as(&format!("/api/v1/paths/{path}"), &ada.token).json();
        let ids = all["requirements"].as_array().unwrap().iter().map(|requirement| requirement["id"].as_str().unwrap());
        let (project, subjects) =
            ids.map(|id| (id.to_owned(), detail(id))).find(|(_, detail)| detail["kind"] == "project" && fits(detail)).unwrap();
        let criteria = subjects["subjects"].as_array().unwrap().iter().map(|subject| subject.as_str().unwrap().to_owned()).collect();
        Self { waymark, key, cohort, ada, mira, lead, other, elsewhere, admin, path, project, criteria }
    }

    pub fn hand_in(&self, url: &str) -> Value {
        let subjects: Vec<Value> = self.criteria.iter().map(|subject| json!({ "subject": subject })).collect();
        let body = json!({ "kind": "submission", "subjects": subjects, "title": "The shop", "url": url });
        let made = self.waymark.send("POST", "/api/v1/evidence", &self.ada.token, body);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()
    }

    pub fn requirement(&self) -> String {
        format!("/paths/{}/requirements/{}", self.path, self.project)
    }

    pub fn page(&self, who: &Person, path: &str) -> Answer {
        self.waymark.get(path, &[("cookie", &who.cookie)])
    }

    /// A form with files, as a browser sends it.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        self.send_parts(path, &parts(fields, files))
    }

    pub fn send_parts(&self, path: &str, body: &[u8]) -> Answer {
        let headers = [
            ("content-type", "multipart/form-data; boundary=----x7"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", self.ada.cookie.as_str()),
        ];
        self.waymark.ask("POST", path, &headers, body)
    }

    pub fn attach(&self, entry: &str, name: &str, content: &[u8], key: &str) -> Answer {
        let (bearer, path) =
            (format!("Bearer {}", self.ada.token), format!("/api/v1/evidence/{entry}/attachments?name={}", web::base::query_value(name)));
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
        if !key.is_empty() {
            headers.push(("idempotency-key", key));
        }
        self.waymark.ask("POST", &path, &headers, content)
    }

    pub fn files(&self, entry: &str) -> Vec<Value> {
        let list = self.waymark.get_as(&format!("/api/v1/evidence/{entry}/attachments"), &self.ada.token);
        assert_eq!(list.status, 200, "{}", list.body);
        list.json()["items"].as_array().unwrap().clone()
    }

    pub fn review(&self) -> String {
        let queue = self.waymark.get_as("/api/v1/queue", &self.mira.token).json();
        queue["items"][0]["id"].as_str().unwrap().to_owned()
    }

    pub fn answer(&self, review: &str) -> Answer {
        let criteria: Vec<Value> = self.criteria.iter().map(|subject| json!({ "subject": subject, "verdict": "met" })).collect();
        let path = format!("/api/v1/cohorts/{}/reviews/{review}/answer", self.cohort);
        self.waymark.send("POST", &path, &self.mira.token, json!({ "decision": "accept", "criteria": criteria }))
    }

    /// The path of a link that asks somebody outside.
    pub fn link(&self, entry: &str) -> String {
        let made = self.waymark.send("POST", &format!("/api/v1/evidence/{entry}/reviews"), &self.ada.token, json!({ "reviewer": "Bo" }));
        assert_eq!(made.status, 201, "{}", made.body);
        let link = made.json()["link"].as_str().unwrap().to_owned();
        link.strip_prefix(&self.waymark.base.to_string()).unwrap().to_owned()
    }
}

pub fn parts(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("------x7\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, content) in files {
        let head = "Content-Type: application/octet-stream";
        body.extend(format!("------x7\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n{head}\r\n\r\n").bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(b"------x7--\r\n");
    body
}
