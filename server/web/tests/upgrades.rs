//! Taking over another revision of a role: looked at, done, undone; alone and with a whole cohort.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::keeper::ROLE;
use common::{Answer, Waymark};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};

struct Person<'a> {
    waymark: &'a Waymark,
    account: Account,
    token: String,
    cookie: String,
}

impl<'a> Person<'a> {
    fn new(waymark: &'a Waymark, username: &str) -> Self {
        let account = waymark.account(username, false);
        let (token, cookie) = (waymark.token(&account, Scope::Write, None), waymark.cookie(&account));
        Self { waymark, account, token, cookie }
    }

    fn get(&self, path: &str) -> Answer {
        self.waymark.get_as(&format!("/api/v1{path}"), &self.token)
    }

    fn send(&self, method: &str, path: &str, body: Value) -> Answer {
        self.waymark.send(method, &format!("/api/v1{path}"), &self.token, body)
    }

    fn page(&self, path: &str) -> Answer {
        self.waymark.get(path, &[("cookie", &self.cookie), ("accept-language", "en")])
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.waymark.form(path, &self.cookie, fields)
    }

    fn claims(&self, subject: &str) {
        let claim = json!({ "kind": "claim", "subjects": [{ "subject": subject, "step": "working" }] });
        assert_eq!(self.send("POST", "/evidence", claim).status, 201);
    }

    /// Follows the role, with Go chosen; the path.
    fn follows(&self) -> String {
        let wish = json!({ "role": ROLE, "target_level": "keeper", "chosen": ["go-lang", "rust-lang"] });
        let made = self.send("POST", "/paths", wish);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    fn readiness(&self, path: &str) -> (u64, u64) {
        let readiness = self.get(&format!("/paths/{path}/readiness")).json();
        (readiness["claimed"].as_u64().unwrap(), readiness["proven"].as_u64().unwrap())
    }
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
}

fn both(of: &Value) -> (u64, u64) {
    (of["claimed"].as_u64().unwrap(), of["proven"].as_u64().unwrap())
}

/// Both revisions of a preview, as an act names them.
fn named(migration: &Value) -> Value {
    json!({ "from": migration["from"]["revision"], "to": migration["to"]["revision"] })
}

fn back(from: &Value, undo: &Value) -> Value {
    json!({ "from": from["revision"], "to": undo["to"]["revision"] })
}

fn with(mut body: Value, key: &str, value: Value) -> Value {
    body[key] = value;
    body
}

fn fate<'a>(migration: &'a Value, id: &str) -> (&'a str, Vec<&'a str>) {
    let line = migration["requirements"].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap();
    let differences = line["differences"].as_array().unwrap().iter().map(|difference| difference.as_str().unwrap()).collect();
    (line["fate"].as_str().unwrap(), differences)
}

fn scores_stored(waymark: &Waymark) -> usize {
    waymark.store.read_blocking(|conn| store::scorecards::page_for_verify(conn, None, 1_000)).unwrap().len()
}

#[test]
fn a_learner_looks_at_a_newer_revision_takes_it_over_and_goes_back() {
    let waymark = Waymark::start();
    waymark.first();
    let ada = Person::new(&waymark, "ada");
    let path = ada.follows();
    for subject in ["skill:git", "skill:go", "skill:docker"] {
        ada.claims(subject);
    }
    for (requirement, note) in [("containers", "of containers"), ("sql-basics", "of SQL")] {
        let put = ada.send("PUT", &format!("/paths/{path}/requirements/{requirement}/plan"), json!({ "doing": true, "note": note }));
        assert_eq!(put.status, 200, "{}", put.body);
    }
    let api = format!("/paths/{path}/upgrade");
    let nothing = ada.get(&api).json();
    assert!(nothing.get("offer").is_none() && nothing.get("undo").is_none());
    assert!(ada.page(&api).body.contains("There is no newer revision"));
    let pages = [format!("/paths/{path}"), format!("/paths/{path}/list"), format!("/paths/{path}/settings")];
    let noted = || pages.iter().map(|page| ada.page(page).body.contains("id=\"newer\"")).collect::<Vec<_>>();
    assert_eq!((noted(), noted()), (vec![false; 3], vec![false; 3]));

    waymark.second();
    assert_eq!(noted(), [true; 3], "at once, also on pages that were kept");
    let before = ada.readiness(&path);
    let stored = scores_stored(&waymark);
    let look = ada.get(&api).json();
    let migration = look["offer"]["migration"].clone();
    assert_eq!((&migration["from"]["version"], &migration["to"]["version"]), (&json!("1.0.0"), &json!("2.0.0")));
    assert_eq!(fate(&migration, "git-basics"), ("changes", vec!["asks"]));
    assert_eq!(fate(&migration, "sql-basics"), ("moves", vec!["level", "weight"]));
    assert_eq!(fate(&migration, "rust-lang"), ("stays", vec![]));
    assert_eq!(
        [fate(&migration, "python-lang").0, fate(&migration, "go-lang").0, fate(&migration, "containers").0],
        ["comes", "goes", "goes"]
    );
    assert_eq!((&look["offer"]["target_level"], &look["offer"]["chosen"]), (&json!("engineer"), &json!(["rust-lang"])));
    assert_eq!(look["offer"]["put_aside"], json!(["go-lang"]));
    let foreseen = &look["offer"]["readiness"];
    assert_eq!(both(&foreseen["before"]), before);
    assert_ne!(both(&foreseen["after"]), before);
    let shown = ada.page(&api);
    assert_eq!(shown.status, 200);
    for words in [
        "level: Keeper → Junior",
        "weight: 10 → 20",
        "step: working → independent",
        "No longer chosen, because they cannot be chosen there: Go",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert_eq!(scores_stored(&waymark), stored, "looking stores nothing");

    // By the form; then by the API.
    let hashes = [migration["from"]["revision"].as_str().unwrap(), migration["to"]["revision"].as_str().unwrap()];
    let taken = ada.form(&api, &[("from", hashes[0]), ("to", hashes[1])]);
    assert_eq!((taken.status, taken.header("location")), (303, format!("/paths/{path}/upgrade?done=taken").as_str()));
    assert!(ada.page(taken.header("location")).body.contains("Your path follows 2.0.0 now."));
    assert_eq!(noted(), [false; 3], "at once");
    let now = ada.get(&format!("/paths/{path}")).json();
    assert_eq!((&now["version"], &now["target_level"], &now["chosen"]), (&json!("2.0.0"), &json!("engineer"), &json!(["rust-lang"])));
    assert_eq!(ada.readiness(&path), both(&foreseen["after"]), "the score is what was foreseen");
    assert_eq!(ada.get(&format!("/paths/{path}/requirements/containers")).status, 404);
    assert_eq!(ada.get(&format!("/paths/{path}/requirements/sql-basics")).json()["plan"]["note"], "of SQL");

    let look = ada.get(&api).json();
    let undone = ada.send("POST", &format!("{api}/undo"), back(&look["from"], &look["undo"]));
    assert_eq!(undone.status, 200, "{}", undone.body);
    assert_eq!((&undone.json()["version"], &undone.json()["target_level"]), (&json!("1.0.0"), &json!("keeper")));
    assert_eq!(undone.json()["chosen"], json!(["go-lang", "rust-lang"]));
    assert_eq!(ada.get(&format!("/paths/{path}/requirements/containers")).json()["plan"]["note"], "of containers");
    assert_eq!((ada.readiness(&path), noted()), (before, vec![true; 3]));
    assert_eq!(code(&ada.send("POST", &format!("{api}/undo"), back(&look["from"], &look["undo"]))), (409, "revision_changed".to_owned()));
    let other_way = json!({ "from": hashes[0], "to": hashes[1] });
    assert_eq!(code(&ada.send("POST", &format!("{api}/undo"), other_way)), (409, "nothing_to_undo".to_owned()));
}

#[test]
fn what_is_no_longer_what_was_shown_is_not_done() {
    let waymark = Waymark::start();
    waymark.first();
    let ada = Person::new(&waymark, "ada");
    let path = ada.follows();
    let api = format!("/paths/{path}/upgrade");
    waymark.second();
    let wish = named(&ada.get(&api).json()["offer"]["migration"]);
    waymark.third();
    assert_eq!(code(&ada.send("POST", &api, wish.clone())), (409, "revision_changed".to_owned()), "a newer one came");
    let again = ada.form(&api, &[("from", wish["from"].as_str().unwrap()), ("to", wish["to"].as_str().unwrap())]);
    assert!(again.status == 422 && again.body.contains("no longer the one that was shown") && again.body.contains("Take over 3.0.0"));
    let wish = named(&ada.get(&api).json()["offer"]["migration"]);
    let bob = Person::new(&waymark, "bob");
    assert_eq!(bob.send("POST", &api, wish.clone()).status, 404);
    assert_eq!((bob.get(&api).status, bob.page(&api).status), (404, 404));
    let key = [("idempotency-key", "one")];
    let first = waymark.send_with("POST", &format!("/api/v1{api}"), &ada.token, wish.clone(), &key);
    let second = waymark.send_with("POST", &format!("/api/v1{api}"), &ada.token, wish.clone(), &key);
    assert_eq!((first.status, second.status, second.header("idempotency-replayed")), (200, 200, "true"));
    assert_eq!((first.json()["version"].as_str(), first.body), (Some("3.0.0"), second.body));
    assert_eq!(code(&ada.send("POST", &api, wish.clone())), (409, "revision_changed".to_owned()), "the path is there already");
    let nowhere = json!({ "from": wish["to"], "to": wish["to"] });
    assert_eq!(code(&ada.send("POST", &api, nowhere)), (409, "nothing_to_take_over".to_owned()));
    let unknown = json!({ "from": "00", "to": "11" });
    assert_eq!(code(&ada.send("POST", &api, unknown)), (409, "revision_changed".to_owned()));
}

/// A cohort that follows the role: active, paused, dropped out; a lead and a mentor.
struct School<'a> {
    id: String,
    lead: Person<'a>,
    mentor: Person<'a>,
    learners: Vec<Person<'a>>,
}

fn set_up(level: &str) -> Value {
    json!({
        "name": "Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "UTC",
        "roles": [{ "role": ROLE, "target_level": level, "chosen": ["go-lang"] }],
    })
}

impl<'a> School<'a> {
    fn open(waymark: &'a Waymark) -> Self {
        waymark.first();
        let admin = waymark.account("admin", true);
        let token = waymark.token(&admin, Scope::Admin, None);
        let frame = json!({ "name": "Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "UTC" });
        let id = waymark.send("POST", "/api/v1/cohorts", &token, frame).json()["id"].as_str().unwrap().to_owned();
        let send = |method: &str, rest: &str, body: Value| waymark.send(method, &format!("/api/v1/cohorts/{id}{rest}"), &token, body);
        assert_eq!(send("PUT", "", set_up("keeper")).status, 200);
        let (lead, mentor) = (Person::new(waymark, "lena"), Person::new(waymark, "mira"));
        let learners = ["ada", "bob", "cy"].map(|username| Person::new(waymark, username));
        let standings = [("lena", "lead"), ("mira", "mentor"), ("ada", "learner"), ("bob", "learner"), ("cy", "learner")];
        for (username, standing) in standings {
            assert_eq!(send("POST", "/members", json!({ "username": username, "standing": standing })).status, 201);
        }
        for (learner, state) in [(&learners[1], "paused"), (&learners[2], "dropped")] {
            let change = send("POST", &format!("/members/{}/state", learner.account.public_id), json!({ "state": state }));
            assert_eq!(change.status, 200, "{}", change.body);
        }
        for (learner, subject) in learners.iter().zip(["skill:go", "skill:git", "skill:git"]) {
            learner.claims(subject);
        }
        let parts =
            json!([{ "kind": "requirement", "id": "containers", "week": 3 }, { "kind": "requirement", "id": "sql-basics", "week": 9 }]);
        let planned = send("PUT", "/plan", json!({ "role": ROLE, "parts": parts }));
        assert_eq!(planned.status, 204, "{}", planned.body);
        Self { id, lead, mentor, learners: learners.into() }
    }

    fn path(&self, rest: &str) -> String {
        format!("/cohorts/{}{rest}", self.id)
    }

    fn look(&self, query: &str) -> Value {
        let answer = self.lead.get(&self.path(&format!("/upgrade{query}")));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    fn take(&self, look: &Value) -> Answer {
        self.lead.send("POST", &self.path("/upgrade"), with(named(&look["migration"]), "role", json!(ROLE)))
    }

    fn undo(&self) -> Answer {
        let look = self.look("");
        let wish = with(back(&look["migration"]["from"], &look["undo"]), "role", json!(ROLE));
        self.lead.send("POST", &self.path("/upgrade/undo"), wish)
    }

    /// Claimed and proven of everybody on the board.
    fn board(&self) -> Vec<(u64, u64)> {
        let board = self.mentor.get(&self.path("/board")).json();
        board["items"].as_array().unwrap().iter().map(both).collect()
    }

    fn weeks(&self) -> Vec<(String, u64)> {
        let plan = self.mentor.get(&self.path("/plan")).json();
        let parts = plan["parts"].as_array().unwrap().iter();
        parts.map(|part| (part["id"].as_str().unwrap().to_owned(), part["week"].as_u64().unwrap())).collect()
    }

    fn versions(&self) -> Vec<String> {
        let version = |learner: &Person<'_>| learner.get("/paths").json()["items"][0]["version"].as_str().unwrap().to_owned();
        self.learners.iter().map(version).collect()
    }
}

#[test]
fn a_lead_looks_at_a_revision_for_the_whole_cohort_takes_it_over_and_undoes_it() {
    let waymark = Waymark::start();
    let school = School::open(&waymark);
    let set_up_page = || school.lead.page(&school.path("/set-up")).body;
    assert!(!set_up_page().contains("id=\"news\""));
    let nothing = school.look("");
    assert_eq!((&nothing["is_something"], nothing["learners"].as_array().unwrap().len()), (&json!(false), 2));
    assert_eq!(code(&school.take(&nothing)), (409, "nothing_to_take_over".to_owned()));

    waymark.second();
    assert!(set_up_page().contains("Keeper: 2.0.0 is there, the cohort follows 1.0.0."));
    let (board, weeks) = (school.board(), school.weeks());
    let look = school.look("");
    assert_eq!(fate(&look["migration"], "sql-basics"), ("moves", vec!["level", "weight"]));
    assert_eq!(
        (&look["staying"], &look["put_aside"], &look["settings"]["target_level"]),
        (&json!(1), &json!(["go-lang"]), &json!("engineer"))
    );
    let lines = look["learners"].as_array().unwrap();
    let names: Vec<(&str, &str)> = lines.iter().map(|line| (line["name"].as_str().unwrap(), line["state"].as_str().unwrap())).collect();
    assert_eq!(names, [("ada", "active"), ("bob", "paused")], "who dropped out stays");
    let [before, after] = ["before", "after"].map(|when| lines.iter().map(|line| both(&line["readiness"][when])).collect::<Vec<_>>());
    assert_eq!(before, board[..2], "before is what the board says");
    assert_ne!(before, after);
    let week = |id: &str| look["weeks"].as_array().unwrap().iter().find(|line| line["id"] == id).cloned();
    assert_eq!((week("containers").unwrap()["before"].clone(), week("containers").unwrap()["after"].clone()), (json!(3), Value::Null));
    assert!(week("sql-basics").is_none() && week("shells").unwrap()["after"].is_u64());
    let shown = school.lead.page(&school.path(&format!("/upgrade?role={}", web::base::query_value(ROLE))));
    assert!(shown.status == 200 && shown.body.contains("id=\"summary\"") && shown.body.contains("Take over 2.0.0"), "{}", shown.body);

    let done = school.take(&look);
    assert_eq!((done.status, done.body.as_str()), (200, r#"{"paths":2}"#));
    assert_eq!(school.board()[..2], after, "the board at once, and as foreseen");
    assert_eq!(school.versions(), ["2.0.0", "2.0.0", "1.0.0"]);
    assert_eq!(school.weeks().iter().find(|(id, _)| id == "sql-basics").unwrap().1, 9, "a week that was chosen goes along");
    assert!(school.weeks().iter().all(|(id, _)| id != "containers"));
    assert_eq!(code(&school.take(&look)), (409, "revision_changed".to_owned()), "a second lead is told");

    let page = set_up_page();
    assert!(page.contains("2.0.0 was taken over, and can be undone"), "{page}");
    let undone = school.undo();
    assert_eq!((undone.status, undone.body.as_str()), (200, r#"{"paths":2}"#));
    assert_eq!((school.board(), school.weeks()), (board, weeks));
    assert_eq!(school.versions(), ["1.0.0", "1.0.0", "1.0.0"]);
    assert_eq!(school.learners[0].get("/paths").json()["items"][0]["chosen"], json!(["go-lang"]));
    let filter = store::audit::AuditFilter { act: Some("cohort.upgrade".to_owned()), ..Default::default() };
    let found = waymark.store.read_blocking(move |conn| store::audit::search(conn, &filter, None, 9)).unwrap();
    assert_eq!(found[0].1.detail, json!({ "role": ROLE, "from": "1.0.0", "to": "2.0.0", "paths": 2 }));
    assert_eq!(found[0].1.actor_name, "lena");
    let filter = store::audit::AuditFilter { act: Some("cohort.upgrade.undo".to_owned()), ..Default::default() };
    assert_eq!(waymark.store.read_blocking(move |conn| store::audit::search(conn, &filter, None, 9)).unwrap().len(), 1);
}

#[test]
fn a_learner_of_a_cohort_is_told_who_decides_and_whoever_left_decides_alone() {
    let waymark = Waymark::start();
    let school = School::open(&waymark);
    waymark.second();
    let [ada, _, cy] = school.learners.as_slice() else { panic!("three learners") };
    let of = |person: &Person<'_>| person.get("/paths").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let own = format!("/paths/{}/upgrade", of(ada));
    let page = ada.page(&own).body;
    assert!(page.contains("Autumn takes revisions over for all its learners at once") && page.contains("level: Keeper → Junior"), "{page}");
    assert!(!page.contains("Take over 2.0.0"), "there is no button");
    let look = ada.get(&own).json();
    assert_eq!(look["led_by"], school.id);
    assert_eq!(code(&ada.send("POST", &own, named(&look["offer"]["migration"]))), (409, "upgrade_by_lead".to_owned()));

    let alone = format!("/paths/{}/upgrade", of(cy));
    let look = cy.get(&alone).json();
    assert!(look.get("led_by").is_none());
    assert_eq!(cy.send("POST", &alone, named(&look["offer"]["migration"])).status, 200);
    assert_eq!(school.versions(), ["1.0.0", "1.0.0", "2.0.0"]);
    assert_eq!(school.take(&school.look("")).status, 200);
    let look = ada.get(&own).json();
    let undo = ada.send("POST", &format!("{own}/undo"), back(&look["from"], &look["undo"]));
    assert_eq!(code(&undo), (409, "upgrade_by_lead".to_owned()));
    assert!(!ada.page(&own).body.contains("Go back to"));
    assert_eq!(school.undo().status, 200);
    assert_eq!(school.versions(), ["1.0.0", "1.0.0", "2.0.0"], "what they took over alone is theirs");
}

#[test]
fn others_cohorts_and_mentors_of_this_one_do_not_take_anything_over() {
    let waymark = Waymark::start();
    let school = School::open(&waymark);
    waymark.second();
    let eve = Person::new(&waymark, "eve");
    waymark.cohort("Spring", &[(&eve.account, domain::cohort::Standing::Lead)]);
    let wish = with(named(&school.look("")["migration"]), "role", json!(ROLE));
    let missing = "/cohorts/00000000000000000000000000000000";
    for (person, status) in [(&eve, 404), (&school.learners[0], 404), (&school.mentor, 403)] {
        for rest in ["/upgrade", "/upgrade/undo"] {
            assert_eq!(person.send("POST", &school.path(rest), wish.clone()).status, status);
            assert_eq!(person.form(&school.path(rest), &[("role", ROLE)]).status, status);
        }
        assert_eq!((person.get(&school.path("/upgrade")).status, person.page(&school.path("/upgrade")).status), (status, status));
    }
    let (others, nobodys) = (eve.get(&school.path("/upgrade")).json(), eve.get(&format!("{missing}/upgrade")).json());
    assert_eq!((&others["code"], &others["title"], &others["detail"]), (&nobodys["code"], &nobodys["title"], &nobodys["detail"]));
    assert_eq!(school.versions(), ["1.0.0", "1.0.0", "1.0.0"]);
    assert_eq!(school.lead.get(&school.path("/upgrade?role=nobody")).status, 404);
}

#[test]
fn a_set_up_that_was_checked_against_the_revision_before_is_refused() {
    let waymark = Waymark::start();
    let school = School::open(&waymark);
    waymark.second();
    let opened = waymark.store.read_blocking(|conn| {
        let cohort = store::cohorts::by_public_id(conn, school.id.parse().unwrap())?;
        let set_up = store::cohorts::set_up(conn, cohort.id)?;
        Ok((cohort, set_up))
    });
    let (cohort, before) = opened.unwrap();
    assert_eq!(school.take(&school.look("")).status, 200);
    // What a lead's open page would send.
    let late = school.lead.send("PUT", &school.path(""), set_up("keeper"));
    assert_eq!(late.status, 422, "the level is not one of the revision");
    let frame = domain::cohort::Frame {
        name: cohort.name.clone(),
        starts_on: cohort.starts_on,
        ends_on: cohort.ends_on,
        zone: cohort.zone.clone(),
    };
    let actor = web::services::Actor {
        account: None,
        name: "lena".to_owned(),
        request_id: String::new(),
        now: common::NOW,
        address: std::net::IpAddr::from([127, 0, 0, 1]),
        user_agent: String::new(),
    };
    let changed = waymark.store.write_blocking(move |conn| {
        Ok(web::services::cohorts::change(conn, &actor, &cohort, &frame, &before)?.map_err(|error| error.code()))
    });
    assert_eq!(changed, Ok(Err("revision_changed")));
    assert_eq!(school.look("")["migration"]["from"]["version"], "2.0.0");
}

#[test]
fn settings_that_are_changed_later_can_be_given_to_the_paths_that_are_there() {
    let waymark = Waymark::start();
    let school = School::open(&waymark);
    let before = school.board();
    assert_eq!(school.lead.send("PUT", &school.path(""), set_up("senior")).status, 200);
    let page = school.lead.page(&school.path("/set-up")).body;
    assert!(page.contains("Keeper: 2 paths differ from what is set up."), "{page}");
    assert_eq!(school.look("")["is_something"], json!(false), "by itself nothing happens to paths");
    let look = school.look("?settings=true");
    assert_eq!((&look["is_something"], &look["settings"]["target_level"]), (&json!(true), &json!("senior")));
    assert!(look["learners"].as_array().unwrap().iter().all(|line| line["moves"] == true && line["target_moves"] == true));
    let wish = with(with(named(&look["migration"]), "role", json!(ROLE)), "settings", look["settings"].clone());
    let mut other = wish.clone();
    other["settings"]["target_level"] = json!("junior");
    assert_eq!(code(&school.lead.send("POST", &school.path("/upgrade"), other)), (409, "set_up_changed".to_owned()));
    let done = school.lead.send("POST", &school.path("/upgrade"), wish);
    assert_eq!((done.status, done.body.as_str()), (200, r#"{"paths":2}"#));
    let targets = || {
        let target = |learner: &Person<'_>| learner.get("/paths").json()["items"][0]["target_level"].as_str().unwrap().to_owned();
        school.learners.iter().map(target).collect::<Vec<_>>()
    };
    assert_eq!(targets(), ["senior", "senior", "keeper"]);
    let form = school.lead.form(
        &school.path("/upgrade/undo"),
        &[
            ("role", ROLE),
            ("from", look["migration"]["from"]["revision"].as_str().unwrap()),
            ("to", look["migration"]["to"]["revision"].as_str().unwrap()),
        ],
    );
    assert_eq!(form.status, 303, "{}", form.body);
    assert!(school.lead.page(form.header("location")).body.contains("2 paths went back"));
    assert_eq!((targets(), school.board()), (vec!["keeper".to_owned(); 3], before));
    assert_eq!(school.lead.get(&school.path("")).json()["roles"][0]["target_level"], "senior", "the set-up is not the paths’");
}
