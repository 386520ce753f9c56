//! Everything that has a cohort in its address, asked for by everybody: what is another cohort's is not there.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::fmt::Write;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::cohort::Standing;
use domain::policy::Scope;
use serde_json::{Value, json};
use web::route::Route;

/// How a caller proves who they are, made anew for every request.
type Proof<'a> = Box<dyn Fn() -> Vec<(&'static str, String)> + 'a>;

/// Two cohorts: in the first a learner with work in the queue, a question, a note and a link to join.
struct Schools {
    waymark: Waymark,
    cohort: String,
    /// What stands in an address, by the name that the table of routes gives it.
    ids: Vec<(&'static str, String)>,
    people: Vec<(&'static str, Account)>,
}

impl Schools {
    fn open() -> Self {
        let waymark = Waymark::start();
        let people: Vec<(&str, Account)> = ["ada", "ben", "mira", "lea", "eve", "max", "lou", "off", "out"]
            .map(|name| (name, waymark.account(name, false)))
            .into_iter()
            .chain([("adm", waymark.account("adm", true))])
            .collect();
        let of = |name: &str| &people.iter().find(|(known, _)| *known == name).unwrap().1;
        let first = [
            (of("ada"), Standing::Learner),
            (of("ben"), Standing::Learner),
            (of("mira"), Standing::Mentor),
            (of("lea"), Standing::Lead),
            (of("off"), Standing::Lead),
            (of("out"), Standing::Lead),
        ];
        let key = waymark.cohort("Autumn", &first);
        waymark.cohort("Spring", &[(of("eve"), Standing::Learner), (of("max"), Standing::Mentor), (of("lou"), Standing::Lead)]);
        let cohort = waymark.store.read_blocking(|conn| store::cohorts::by_id(conn, key)).unwrap().public_id.to_string();
        let [ada, lea] = [of("ada"), of("lea")].map(|who| waymark.token(who, Scope::Write, None));
        let send = |method: &str, path: &str, token: &str, body: Value| -> Value {
            let answer = waymark.send(method, path, token, body);
            assert!((200..300).contains(&answer.status), "{path}: {}", answer.body);
            answer.json()
        };
        let place = format!("/api/v1/cohorts/{cohort}");
        let roles = json!([{ "role": "backend-developer", "target_level": "senior" }]);
        let frame = json!({ "name": "Autumn", "starts_on": "2026-09-07", "ends_on": "2027-04-16", "zone": "UTC", "roles": roles });
        send("PUT", &place, &lea, frame);
        let path = send("POST", "/api/v1/paths", &ada, json!({ "role": "backend-developer", "target_level": "senior" }));
        let path = path["id"].as_str().unwrap().to_owned();
        let (account, id) = (of("ada").id, path.parse().unwrap());
        let joined = move |conn: &mut store::Conn<'_>| {
            let path = store::paths::get(conn, account, id)?;
            store::paths::set_cohort(conn, path.id, Some(key))
        };
        waymark.store.write_blocking(joined).unwrap();
        let work = json!({ "kind": "submission", "subjects": [{ "subject": "criterion:unit-tests-present" }], "title": "Work", "url": "https://example.org/work" });
        send("POST", "/api/v1/evidence", &ada, work);
        send("POST", &format!("/api/v1/paths/{path}/help"), &ada, json!({ "requirement": "git", "words": "I am stuck." }));
        let queue = send("GET", &format!("{place}/queue"), &lea, Value::Null);
        let waiting = |kind: &str| {
            let item = queue["items"].as_array().unwrap().iter().find(|item| item["kind"] == kind).cloned();
            item.unwrap_or_else(|| panic!("no {kind} waits: {queue}"))["id"].as_str().unwrap().to_owned()
        };
        let made = |at: &str, wish: Value| {
            send("POST", &format!("{place}/{at}"), &lea, wish);
            let all = send("GET", &format!("{place}/{at}"), &lea, Value::Null);
            all["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{at}: {all}")).to_owned()
        };
        let note = made(&format!("learners/{}/notes", of("ada").public_id), json!({ "words": "Quick." }));
        let link = made("links", json!({ "standing": "learner", "places": 3, "days": 3 }));
        let ids = vec![
            ("cohort", cohort.clone()),
            ("person", of("ada").public_id.to_string()),
            ("requirement", "git".to_owned()),
            ("review", waiting("submission")),
            ("item", waiting("submission")),
            ("help", waiting("help")),
            ("note", note),
            ("link", link),
        ];
        Self { waymark, cohort, ids, people }
    }

    fn of(&self, name: &str) -> &Account {
        &self.people.iter().find(|(known, _)| *known == name).unwrap().1
    }

    /// The address of a route, and the same in a cohort that does not exist.
    fn address(&self, route: &Route) -> (String, String) {
        let nothing = "00000000000000000000000000000000";
        let mut path = route.pattern.to_owned();
        while let Some((before, after)) = path.split_once('{') {
            let (name, rest) = after.split_once('}').unwrap();
            let id = self.ids.iter().find(|(known, _)| *known == name).map_or(nothing, |(_, id)| id);
            path = format!("{before}{id}{rest}");
        }
        let absent = path.replace(&self.cohort, nothing);
        (path, absent)
    }

    fn cookie(&self, name: &str) -> Proof<'_> {
        let account = self.of(name);
        Box::new(move || vec![("cookie", self.waymark.cookie(account)), ("sec-fetch-site", "same-origin".to_owned())])
    }

    fn token(&self, name: &str, scope: Scope) -> Proof<'_> {
        let token = self.waymark.token(self.of(name), scope, None);
        Box::new(move || vec![("authorization", format!("Bearer {token}"))])
    }

    fn ask(&self, route: &Route, path: &str, proof: &Proof<'_>) -> Answer {
        let headers = proof();
        let mut headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        // What is wrong with a body is told after who is asking, so it has to be one that can be read.
        let (kind, body): (&str, &[u8]) =
            if route.is_api() { ("application/json", b"{}") } else { ("application/x-www-form-urlencoded", b"") };
        let has_body = route.method.method() != "GET";
        headers.extend(has_body.then_some(("content-type", kind)));
        let answer = self.waymark.ask(route.method.method().as_str(), path, &headers, if has_body { body } else { b"" });
        assert!(answer.status < 500, "{}: {}", route.name, answer.body);
        answer
    }
}

#[test]
fn who_sees_what_of_a_cohort() {
    let schools = Schools::open();
    let expired = schools.waymark.token(schools.of("lea"), Scope::Write, Some(1));
    let revoked = schools.waymark.token(schools.of("out"), Scope::Write, None);
    schools.waymark.revoke_tokens(schools.of("out"));
    let of_disabled = schools.token("off", Scope::Write);
    let off = schools.of("off").id;
    schools.waymark.store.write_blocking(move |conn| store::accounts::set_disabled(conn, off, true)).unwrap();
    let bearer = |token: String| Box::new(move || vec![("authorization", format!("Bearer {token}"))]) as Proof<'_>;
    // Whoever may nothing asks first, so that nobody finds what somebody before them changed.
    let callers: Vec<(&str, Proof<'_>)> = vec![
        ("nobody", Box::new(|| vec![("sec-fetch-site", "same-origin".to_owned())])),
        ("expired", bearer(expired)),
        ("revoked", bearer(revoked)),
        ("disabled", schools.cookie("off")),
        ("d:write", of_disabled),
        ("learnerB", schools.cookie("eve")),
        ("lB:write", schools.token("eve", Scope::Write)),
        ("mentorB", schools.cookie("max")),
        ("mB:write", schools.token("max", Scope::Write)),
        ("leadB", schools.cookie("lou")),
        ("LB:write", schools.token("lou", Scope::Write)),
        ("otherA", schools.cookie("ben")),
        ("learnerA", schools.cookie("ada")),
        ("lA:read", schools.token("ada", Scope::Read)),
        ("lA:write", schools.token("ada", Scope::Write)),
        ("mentorA", schools.cookie("mira")),
        ("mA:read", schools.token("mira", Scope::Read)),
        ("mA:write", schools.token("mira", Scope::Write)),
        ("leadA", schools.cookie("lea")),
        ("LA:read", schools.token("lea", Scope::Read)),
        ("LA:write", schools.token("lea", Scope::Write)),
        ("admin", schools.cookie("adm")),
        ("a:read", schools.token("adm", Scope::Read)),
        ("a:admin", schools.token("adm", Scope::Admin)),
    ];
    let outsiders = ["learnerB", "lB:write", "mentorB", "mB:write", "leadB", "LB:write"];
    let mut table = format!("{:<64}", "route");
    for (name, _) in &callers {
        write!(table, "{name:<9}").unwrap();
    }
    table = format!("{}\n", table.trim_end());
    let routes: Vec<&'static Route> = web::routes::table().into_iter().filter(|route| route.pattern.contains("{cohort}")).collect();
    assert!(routes.len() > 60, "the table of routes names cohorts otherwise: {}", routes.len());
    for route in routes {
        schools.waymark.pass_seconds(3_600);
        let (path, absent) = schools.address(route);
        write!(table, "{:<64}", format!("{} {}", route.method.method(), route.pattern)).unwrap();
        for (name, proof) in &callers {
            let answer = schools.ask(route, &path, proof);
            if outsiders.contains(name) {
                let nothing = schools.ask(route, &absent, proof);
                let (told, nothing) = (seen(&answer, &path), seen(&nothing, &absent));
                assert_eq!(told, nothing, "{} tells {name} that there is such a cohort", route.name);
            }
            write!(table, "{:<9}", outcome(&answer)).unwrap();
        }
        table = format!("{}\n", table.trim_end());
    }
    insta::assert_snapshot!("who_sees_what_of_a_cohort", table);
}

/// What is told once only is the answer to a change, and needs the right to change.
#[test]
fn a_lead_reads_with_a_read_token_what_leads_read_and_no_code_and_no_address_of_a_link() {
    let schools = Schools::open();
    let waymark = &schools.waymark;
    let [read, write] = [Scope::Read, Scope::Write].map(|scope| waymark.token(schools.of("lea"), scope, None));
    let place = format!("/api/v1/cohorts/{}", schools.cohort);
    let bearer = format!("Bearer {write}");
    let csv = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let came = waymark.ask("POST", &format!("{place}/people"), &csv, b"name\nNew Comer\n");
    assert_eq!(came.status, 200, "{}", came.body);
    let making = [("links", json!({ "standing": "learner" })), ("summaries", json!({ "label": "Harbour Ltd" })), ("codes", json!({}))];
    let mut secrets = Vec::new();
    for (at, body) in making {
        let at = format!("{place}/{at}");
        assert_eq!(waymark.send("POST", &at, &read, body.clone()).status, 403, "{at}");
        let made = waymark.send("POST", &at, &write, body);
        assert!((200..300).contains(&made.status), "{at}: {}", made.body);
        let (made, word) = (made.json(), |value: &Value| value.as_str().unwrap_or_default().rsplit('/').next().unwrap().to_owned());
        secrets.extend([word(&made["address"]), word(&made["items"][0]["code"])].into_iter().filter(|secret| !secret.is_empty()));
    }
    assert_eq!(secrets.len(), 3, "{secrets:?}");
    let [reads, changes] = [Scope::Read, Scope::Write].map(|scope| schools.token("lea", scope));
    let mut looked = 0;
    for route in web::routes::table().into_iter().filter(|route| route.method == web::route::Verb::Get) {
        if !route.pattern.contains("{cohort}") {
            continue;
        }
        let (path, _) = schools.address(route);
        let (answer, more) = (schools.ask(route, &path, &reads), schools.ask(route, &path, &changes));
        assert_eq!(answer.status, more.status, "{path}: {}", answer.body);
        assert!(secrets.iter().all(|secret| !answer.body.contains(secret)), "{path}: {}", answer.body);
        looked += usize::from(answer.status == 200);
    }
    assert!(looked > 30, "{looked} pages and answers that a lead reads");
}

/// An answer without what is different each time: its address and its request's number.
fn seen(answer: &Answer, path: &str) -> (u16, String) {
    let body = answer.body.replace(path, "…");
    let mut plain = String::new();
    let mut hex = String::new();
    for char in body.chars().chain(['\n']) {
        if char.is_ascii_hexdigit() {
            hex.push(char);
            continue;
        }
        plain.push_str(if hex.len() == 32 { "#" } else { &hex });
        hex.clear();
        plain.push(char);
    }
    (answer.status, plain)
}

/// `login` for those who are led to the form; else the status.
fn outcome(answer: &Answer) -> String {
    match answer.status {
        303 if answer.header("location").starts_with("/login?next=") => "login".to_owned(),
        status => status.to_string(),
    }
}
