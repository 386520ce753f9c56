//! How people come into a cohort by a link, and what it sees of theirs: both sides.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;
use domain::account::Account;
use domain::cohort::{CohortRole, SetUp, Standing};
use domain::ids::{CohortId, PublicId};
use domain::policy::Scope;
use serde_json::{Value, json};

/// A cohort that follows the shipped role, with a lead.
struct School {
    waymark: Waymark,
    cohort: CohortId,
    id: PublicId,
    lead: Account,
    token: String,
}

impl School {
    fn start() -> Self {
        let waymark = Waymark::start();
        let lead = waymark.account("lead", false);
        let cohort = waymark.cohort("Autumn", &[(&lead, Standing::Lead)]);
        let id = waymark
            .store
            .write_blocking(move |conn| {
                let newest = store::templates::newest(conn, "backend-developer")?.unwrap();
                let role = CohortRole {
                    role: "backend-developer".to_owned(),
                    revision: newest.id,
                    target_level: "junior".to_owned(),
                    chosen: ["go".to_owned()].into(),
                };
                store::cohorts::put_set_up(conn, cohort, &SetUp { roles: vec![role], ..SetUp::default() })?;
                Ok(store::cohorts::by_id(conn, cohort)?.public_id)
            })
            .unwrap();
        let token = waymark.token(&lead, Scope::Write, None);
        Self { waymark, cohort, id, lead, token }
    }

    /// The secret of a new link.
    fn link(&self, wish: Value) -> String {
        let made = self.waymark.send("POST", &format!("/api/v1/cohorts/{}/links", self.id), &self.token, wish);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()["address"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    fn learner_seen(&self, learner: &Account) -> Value {
        let seen = self.waymark.get_as(&format!("/api/v1/cohorts/{}/learners/{}", self.id, learner.public_id), &self.token);
        assert_eq!(seen.status, 200, "{}", seen.body);
        seen.json()
    }
}

fn claim(waymark: &Waymark, token: &str, skill: &str, note: &str) -> String {
    let subjects = json!([{ "subject": format!("skill:{skill}"), "step": "working" }]);
    let made = waymark.send("POST", "/api/v1/evidence", token, json!({ "kind": "claim", "subjects": subjects, "note": note }));
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn whoever_holds_a_link_makes_an_account_and_is_in_the_cohort_with_its_path() {
    let school = School::start();
    let waymark = &school.waymark;
    let secret = school.link(json!({ "places": 1 }));
    let page = waymark.get(&format!("/join/{secret}"), &[]);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Join Autumn") && page.body.contains("What the cohort will see"), "{}", page.body);
    assert!(page.body.contains(&format!("/login?next=%2Fjoin%2F{secret}")));
    let fields = |username: &'static str, zone: &'static str| {
        [
            ("name", "Ada Okafor"),
            ("username", username),
            ("mail", ""),
            ("zone", zone),
            ("password", common::PASSWORD),
            ("again", common::PASSWORD),
        ]
    };
    let wrong = waymark.form(&format!("/join/{secret}"), "", &fields("lead", "Mars/Olympus"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Ada Okafor"), "what was typed is kept");
    let taken = waymark.form(&format!("/join/{secret}"), "", &fields("lead", "Europe/Lisbon"));
    assert_eq!(taken.status, 422, "and no place is taken: {}", taken.body);
    let made = waymark.form(&format!("/join/{secret}"), "", &fields("ada", "Europe/Lisbon"));
    assert_eq!(made.status, 303, "{}", made.body);
    let paths = waymark.get("/api/v1/paths", &[("cookie", &made.cookie())]).json();
    assert_eq!(paths["items"].as_array().unwrap().len(), 1);
    assert_eq!(paths["items"][0]["target_level"], "junior");
    assert_eq!(waymark.get(&format!("/join/{secret}"), &[]).status, 404, "the one place is taken");
    let links = waymark.get_as(&format!("/api/v1/cohorts/{}/links", school.id), &school.token).json();
    assert_eq!((&links["items"][0]["state"], &links["items"][0]["taken"]), (&json!("full"), &json!(1)));
}

#[test]
fn before_joining_a_learner_sees_what_becomes_visible_and_withholds_and_the_cohort_sees_the_rest_only() {
    let school = School::start();
    let waymark = &school.waymark;
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Write, None);
    let path = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer", "target_level": "backend-developer" }));
    let path = path.json()["id"].as_str().unwrap().to_owned();
    let git = claim(waymark, &token, "git", "shown note");
    let sql = claim(waymark, &token, "sql", "withheld note");
    let cookie = waymark.cookie(&ada);
    let requirement = format!("/paths/{path}/requirements/git");
    let noted = waymark.form(&format!("{requirement}/plan"), &cookie, &[("note", "private plan note"), ("doing", "1")]);
    assert!(noted.status < 400 || noted.status == 404, "{}", noted.body);

    let secret = school.link(json!({}));
    let preview = waymark.get_as(&format!("/api/v1/join/{secret}"), &token).json();
    assert_eq!(preview["roles"][0]["path"], "joins");
    let ids: Vec<&str> = preview["entries"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [sql.as_str(), git.as_str()], "newest first");
    let page = waymark.get(&format!("/join/{secret}"), &[("cookie", &cookie)]);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Seen by lead") && page.body.contains("Before you join"), "{}", page.body);
    let members =
        || waymark.get_as(&format!("/api/v1/cohorts/{}/members", school.id), &school.token).json()["items"].as_array().unwrap().len();
    assert_eq!(members(), 1, "looking joins nobody");

    let foreign = waymark.form(&format!("/join/{secret}/member"), &cookie, &[("withhold", "99")]);
    assert_eq!((foreign.status, members()), (422, 1));
    let joined = waymark.form(&format!("/join/{secret}/member"), &cookie, &[("withhold", "2")]);
    assert_eq!(joined.status, 303, "{}", joined.body);
    assert_eq!(joined.header("location"), format!("/cohorts/{}/sharing", school.id));
    let own = waymark.get_as(&format!("/api/v1/paths/{path}"), &token).json();
    assert_eq!(own["target_level"], "junior", "the path came along and has the cohort’s target");

    let seen = school.learner_seen(&ada).to_string();
    assert!(seen.contains("skill:git") && seen.contains("shown note"), "{seen}");
    assert!(!seen.contains("skill:sql") && !seen.contains("withheld note") && !seen.contains("private plan note"), "{seen}");
    let lead = waymark.cookie(&school.lead);
    let mentor_page = waymark.get(&format!("/cohorts/{}/learners/{}", school.id, ada.public_id), &[("cookie", &lead)]).body;
    assert!(mentor_page.contains("shown note") && !mentor_page.contains("withheld note"), "{mentor_page}");

    // Later the other way round, on the learner's own page.
    let sharing = format!("/cohorts/{}/sharing", school.id);
    let page = waymark.get(&sharing, &[("cookie", &cookie)]).body;
    assert!(page.contains("value=\"2\" checked") && page.contains("value=\"1\""), "{page}");
    let saved = waymark.form(&sharing, &cookie, &[("listed", "1,2"), ("withhold", "1")]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let seen = school.learner_seen(&ada).to_string();
    assert!(!seen.contains("shown note") && seen.contains("withheld note"), "{seen}");
    let all = waymark.send("PUT", &format!("/api/v1/cohorts/{}/sharing", school.id), &token, json!({ "withheld": [git, sql] }));
    assert_eq!(all.status, 204, "{}", all.body);
    let seen = school.learner_seen(&ada);
    assert_eq!(seen["entries"].as_array().map(Vec::len), Some(0), "{seen}");
    let board = waymark.get_as(&format!("/api/v1/cohorts/{}/board", school.id), &school.token).json();
    assert_eq!(board["items"][0]["claimed"], 0, "and nothing counts: {board}");
    let own = waymark.get_as(&format!("/api/v1/paths/{path}/readiness"), &token).json();
    assert_ne!(own["claimed"]["readiness"], 0, "for the learner all of it does");

    assert_eq!(waymark.get(&sharing, &[("cookie", &lead)]).status, 404, "a lead has nothing to withhold");
    let stranger = waymark.account("stranger", false);
    assert_eq!(waymark.get(&sharing, &[("cookie", &waymark.cookie(&stranger))]).status, 404);
}

#[test]
fn a_link_for_mentors_shares_nothing_of_theirs_and_only_leads_make_list_and_take_back() {
    let school = School::start();
    let waymark = &school.waymark;
    let mira = waymark.account("mira", false);
    let token = waymark.token(&mira, Scope::Write, None);
    claim(waymark, &token, "git", "my own");
    let secret = school.link(json!({ "standing": "mentor", "days": 3 }));
    let joined = waymark.send("POST", &format!("/api/v1/join/{secret}"), &token, json!({}));
    assert_eq!((joined.status, &joined.json()["joined"]), (200, &json!(true)), "{}", joined.body);
    let again = waymark.send("POST", &format!("/api/v1/join/{secret}"), &token, json!({}));
    assert_eq!(again.json()["joined"], false);
    assert_eq!(waymark.get_as("/api/v1/paths", &token).json()["items"], json!([]), "a mentor begins no path");
    let links = format!("/api/v1/cohorts/{}/links", school.id);
    assert_eq!(waymark.get_as(&links, &token).status, 403, "a mentor makes no links");
    let stranger = waymark.token(&waymark.account("stranger", false), Scope::Write, None);
    assert_eq!(waymark.get_as(&links, &stranger).status, 404);
    assert_eq!(waymark.send("POST", &links, &stranger, json!({})).status, 404);
    let wrong = waymark.send("POST", &links, &school.token, json!({ "standing": "lead", "places": 1_001, "days": 0 }));
    let fields: Vec<Value> = wrong.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!((wrong.status, fields), (422, vec![json!("standing"), json!("places"), json!("days")]));

    let list = waymark.get_as(&links, &school.token).json();
    let id = list["items"][0]["id"].as_str().unwrap();
    let lead = waymark.cookie(&school.lead);
    let page = waymark.get(&format!("/cohorts/{}/links", school.id), &[("cookie", &lead)]).body;
    assert!(page.contains("1 of 30 places taken") && !page.contains(&secret), "{page}");
    let gone = waymark.form(&format!("/cohorts/{}/links/{id}/revoke", school.id), &lead, &[]);
    assert_eq!(gone.status, 303);
    assert_eq!(waymark.get_as(&format!("/api/v1/join/{secret}"), &stranger).json()["code"], "link_gone");
    waymark.pass_seconds(4 * 86_400);
    let other = school.link(json!({ "days": 1 }));
    waymark.pass_seconds(86_400);
    assert_eq!(waymark.get(&format!("/join/{other}"), &[]).status, 404, "over");
}

#[test]
fn somebody_a_lead_added_shares_their_own_path_when_they_say_so() {
    let school = School::start();
    let waymark = &school.waymark;
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Write, None);
    waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer" }));
    claim(waymark, &token, "git", "mine");
    let added = json!({ "username": "ada", "standing": "learner" });
    assert_eq!(waymark.send("POST", &format!("/api/v1/cohorts/{}/members", school.id), &school.token, added).status, 201);
    let seen = school.learner_seen(&ada);
    assert!(seen["claimed"].is_null() && seen["entries"] == json!([]), "their path is theirs: {seen}");
    let sharing = format!("/api/v1/cohorts/{}/sharing", school.id);
    assert_eq!(waymark.get_as(&sharing, &token).json()["roles"][0]["path"], "joins");
    let cookie = waymark.cookie(&ada);
    let page = waymark.get(&format!("/cohorts/{}/sharing", school.id), &[("cookie", &cookie)]).body;
    assert!(page.contains("Share my path"), "{page}");
    let brought = waymark.form(&format!("/cohorts/{}/sharing/paths", school.id), &cookie, &[]);
    assert_eq!(brought.status, 303, "{}", brought.body);
    assert_eq!(waymark.get_as(&sharing, &token).json()["roles"][0]["path"], "here");
    assert!(!school.learner_seen(&ada).to_string().contains("mine"), "what was recorded before they were added is withheld");
    assert!(page.contains("value=\"1\" checked"), "{page}");
    let shared = waymark.form(&format!("/cohorts/{}/sharing", school.id), &cookie, &[("listed", "1")]);
    assert_eq!(shared.status, 303, "{}", shared.body);
    assert!(school.learner_seen(&ada).to_string().contains("mine"));
    let cohort = school.cohort;
    let ids = waymark.store.read_blocking(move |conn| store::paths::of_cohort(conn, cohort)).unwrap();
    assert_eq!(ids.len(), 1, "brought, not begun anew");
}

impl School {
    fn csv(&self, query: &str, file: &str) -> common::Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
        self.waymark.ask("POST", &format!("/api/v1/cohorts/{}/people{query}", self.id), &headers, file.as_bytes())
    }

    /// A file on the page of a cohort, as a browser sends it.
    fn upload(&self, what: &str, file: &str) -> common::Answer {
        let cookie = self.waymark.cookie(&self.lead);
        let headers =
            [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=xx")];
        let body = format!(
            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n--xx--\r\n"
        );
        self.waymark.ask("POST", &format!("/cohorts/{}/{what}", self.id), &headers, body.as_bytes())
    }

    fn members(&self) -> Vec<(String, String)> {
        let listed = self.waymark.get_as(&format!("/api/v1/cohorts/{}/members", self.id), &self.token).json();
        let word = |member: &Value, key: &str| member[key].as_str().unwrap().to_owned();
        listed["items"].as_array().unwrap().iter().map(|member| (word(member, "username"), word(member, "standing"))).collect()
    }

    /// The page that a run comes to.
    fn ended(&self, location: &str) -> String {
        let cookie = self.waymark.cookie(&self.lead);
        loop {
            let page = self.waymark.get(location, &[("cookie", &cookie)]);
            assert_eq!(page.status, 200, "{}", page.body);
            if !page.body.contains("<progress") {
                return page.body;
            }
            std::thread::yield_now();
        }
    }
}

const PEOPLE: &str = "name,username,mail,standing,mentor,starts_on\n\
    Ada Okafor,,,,mira,2026-10-01\n\
    =HYPERLINK(x),formula,f@x.example,,,\n\
    Mira Weiss,mira,,mentor,,\n\
    ,bela,,,,\n";

#[test]
fn a_file_is_looked_at_first_comes_in_whole_and_a_second_time_changes_nothing() {
    let school = School::start();
    let waymark = &school.waymark;
    let bela = waymark.account("bela", false);
    claim(waymark, &waymark.token(&bela, Scope::Write, None), "git", "from before");
    let trial = school.csv("?dry_run=true", PEOPLE);
    assert_eq!(trial.status, 200, "{}", trial.body);
    let trial = trial.json();
    let fates: Vec<(&str, &str)> =
        trial["rows"].as_array().unwrap().iter().map(|row| (row["username"].as_str().unwrap(), row["fate"].as_str().unwrap())).collect();
    assert_eq!(fates, [("ada.okafor", "new"), ("formula", "new"), ("mira", "new"), ("bela", "joins")]);
    assert_eq!(school.members().len(), 1, "only looked at");

    let wrong = school.csv("", &format!("{PEOPLE}Rex,rex,,boss,,\nRex,rex,,,,never\n"));
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let errors: Vec<(String, String)> = wrong.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["field"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned()))
        .collect();
    let errors: Vec<(&str, &str)> = errors.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect();
    assert_eq!(
        errors,
        [("rows.6.standing", "standing_unknown"), ("rows.7.starts_on", "day_malformed"), ("rows.7.username", "username_twice")]
    );
    assert_eq!(school.members().len(), 1, "with one row refused nobody comes in");

    let done = school.csv("", PEOPLE);
    assert_eq!((done.status, done.json()["new"].clone(), done.json()["joins"].clone()), (200, json!(3), json!(1)), "{}", done.body);
    assert_eq!(school.members().len(), 5);
    let seen = school.learner_seen(&bela);
    assert_eq!(seen["entries"], json!([]), "what was recorded before is theirs to share");
    let listed = waymark.get_as(&format!("/api/v1/cohorts/{}/members", school.id), &school.token).json();
    let ada = listed["items"].as_array().unwrap().iter().find(|member| member["username"] == "ada.okafor").unwrap().clone();
    let mira = listed["items"].as_array().unwrap().iter().find(|member| member["username"] == "mira").unwrap().clone();
    assert_eq!((&ada["mentor"], &ada["terms"]["starts_on"]), (&mira["id"], &json!("2026-10-01")));
    let again = school.csv("", &PEOPLE.replace("Ada Okafor,,", "Ada Okafor,ada.okafor,")).json();
    assert_eq!((again["new"].clone(), again["joins"].clone(), again["known"].clone()), (json!(0), json!(0), json!(4)));
    let lead = waymark.cookie(&school.lead);
    let csv = waymark.get(&format!("/cohorts/{}/board.csv", school.id), &[("cookie", &lead)]).body;
    assert!(csv.contains("'=HYPERLINK(x)"), "{csv}");
    let mentor = waymark.token(&waymark.account("stranger", false), Scope::Write, None);
    let bearer = format!("Bearer {mentor}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    assert_eq!(waymark.ask("POST", &format!("/api/v1/cohorts/{}/people", school.id), &headers, b"name\nx\n").status, 404);
}

#[test]
fn the_page_shows_every_row_all_that_is_wrong_and_how_far_the_import_is() {
    let school = School::start();
    let waymark = &school.waymark;
    let looked = school.upload("people", "name,zone\nAda,Mars/Olympus\nBo,\n");
    assert_eq!(looked.status, 200, "{}", looked.body);
    assert!(looked.body.contains("Line 2") && looked.body.contains("zone: ") && looked.body.contains("Nobody can come in yet"));
    assert!(!looked.body.contains("name=\"document\""), "nothing to confirm");
    let empty = school.upload("people", "shoe\n38\n");
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("A column has a name that is not known here"), "{}", empty.body);
    let looked = school.upload("people", PEOPLE.rsplit_once(",bela").unwrap().0);
    assert!(looked.body.contains("name=\"document\"") && looked.body.contains("begins like a formula"), "{}", looked.body);
    let lead = waymark.cookie(&school.lead);
    let begun = waymark.form(&format!("/cohorts/{}/people", school.id), &lead, &[("document", "name\nAda Okafor\nBo Li\n")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = school.ended(begun.header("location"));
    assert!(page.contains("2 people came in") && page.contains("Make codes"), "{page}");
    assert_eq!(school.members().len(), 3);
    let other = waymark.account("other", true);
    assert_eq!(waymark.get(begun.header("location"), &[("cookie", &waymark.cookie(&other))]).status, 404, "somebody else’s run");
}

/// The writer is held while the import waits in its queue: then it is stopped, and nothing of it is kept.
#[test]
fn an_import_that_is_stopped_keeps_nothing() {
    let school = School::start();
    let waymark = &school.waymark;
    let (holds, held) = std::sync::mpsc::channel();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let (holds, gone) = (std::sync::Mutex::new(holds), std::sync::Mutex::new(gone));
    let lead = waymark.cookie(&school.lead);
    // That the session was used is written down now, not while the writer is held.
    assert_eq!(waymark.get(&format!("/cohorts/{}/people", school.id), &[("cookie", &lead)]).status, 200);
    let holder = {
        let store = waymark.store.clone();
        std::thread::spawn(move || {
            store.write_blocking(move |_| {
                let _ = holds.lock().unwrap().send(());
                let _ = gone.lock().unwrap().recv();
                Ok(())
            })
        })
    };
    held.recv().unwrap();
    let begun = waymark.form(&format!("/cohorts/{}/people", school.id), &lead, &[("document", "name\nAda Okafor\nBo Li\n")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = waymark.get(begun.header("location"), &[("cookie", &lead)]);
    assert!(page.body.contains("0 of 2 rows") && page.body.contains("<progress"), "{}", page.body);
    let stopped = waymark.form(&format!("{}/cancel", begun.header("location")), &lead, &[]);
    assert_eq!(stopped.status, 303);
    go.send(()).unwrap();
    holder.join().unwrap().unwrap();
    let page = school.ended(begun.header("location"));
    assert!(page.contains("Nothing of it was kept"), "{page}");
    assert_eq!(school.members().len(), 1);
}

#[test]
fn a_learner_without_mail_comes_in_with_a_printed_code_and_a_lead_prints_for_nobody_elses() {
    let school = School::start();
    let waymark = &school.waymark;
    school.csv("", "name\nAda Okafor\n");
    let lead = waymark.cookie(&school.lead);
    let printed = waymark.form(&format!("/cohorts/{}/codes", school.id), &lead, &[]);
    assert!(printed.status == 200 && printed.body.contains("ada.okafor"), "{}", printed.body);
    let codes = |school: &School| {
        let made = school.waymark.send("POST", &format!("/api/v1/cohorts/{}/codes", school.id), &school.token, json!({}));
        made.json()["items"].as_array().unwrap().clone()
    };
    let made = codes(&school);
    let code = made[0]["code"].as_str().unwrap();
    assert_eq!((code.len(), code.matches('-').count()), (23, 3));
    assert!(!printed.body.contains(code), "the printed one is another, and works no more");
    let reset = |code: &str| {
        waymark.form(
            "/reset",
            "",
            &[("username", "ada.okafor"), ("code", code), ("password", common::PASSWORD), ("again", common::PASSWORD)],
        )
    };
    assert_eq!(reset("AAAAA-AAAAA-AAAAA-AAAAA").status, 422);
    let came = reset(&code.to_lowercase());
    assert_eq!(came.status, 303, "{}", came.body);
    let signed_in = waymark.form("/login", "", &[("username", "ada.okafor"), ("password", common::PASSWORD)]);
    assert_eq!(signed_in.status, 303, "{}", signed_in.body);
    assert_eq!(reset(code).status, 422, "once");
    assert!(codes(&school).is_empty(), "who has come in needs none");

    // Another cohort’s lead who adds somebody gets no code for them.
    school.csv("", "name,username\nBo Li,bo\n");
    let other = waymark.account("other", false);
    let theirs = waymark.cohort("Spring", &[(&other, Standing::Lead)]);
    let id = waymark.store.read_blocking(move |conn| store::cohorts::by_id(conn, theirs)).unwrap().public_id;
    let token = waymark.token(&other, Scope::Write, None);
    let added = waymark.send("POST", &format!("/api/v1/cohorts/{id}/members"), &token, json!({ "username": "bo", "standing": "learner" }));
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(waymark.send("POST", &format!("/api/v1/cohorts/{id}/codes"), &token, json!({})).json()["items"], json!([]));
    assert_eq!(codes(&school).len(), 1);
}

#[test]
fn ten_thousand_people_come_in_at_once() {
    use std::fmt::Write as _;
    let school = School::start();
    let mut file = "name,username\n".to_owned();
    for number in 0..10_000 {
        writeln!(file, "Person {number},p{number}").unwrap();
    }
    let done = school.csv("", &file);
    assert_eq!((done.status, done.json()["new"].clone()), (200, json!(10_000)), "{}", done.body);
    let cohort = school.cohort;
    let paths = school.waymark.store.read_blocking(move |conn| store::paths::of_cohort(conn, cohort)).unwrap();
    assert_eq!(paths.len(), 10_000);
}

const EVIDENCE: &str = "person,subject,step,trust,origin,day,external_id,url\n\
    ada,skill:git,working,mentor,Old LMS,2026-11-18,q-1,\n\
    ada,skill:sql,aware,claimed,Old LMS,2026-11-19,q-2,\n\
    ada,certification:PLACE,,verified,Old LMS,2026-11-01,c-1,\n";

impl School {
    fn brought(&self, query: &str, kind: &str, body: &str) -> common::Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        self.waymark.ask("POST", &format!("/api/v1/cohorts/{}/evidence{query}", self.id), &headers, body.as_bytes())
    }
}

/// A file with a certification that the catalogue knows.
fn evidence_file() -> String {
    let skills = include_str!("../../../config/skills.toml");
    let certifications = skills.split("[[certifications]]").nth(1).or_else(|| skills.split("certifications = [").nth(1)).unwrap();
    let id = certifications.split("id = \"").nth(1).unwrap().split('"').next().unwrap();
    EVIDENCE.replace("PLACE", id)
}

#[test]
fn evidence_that_a_school_brings_along_is_recorded_once_and_makes_no_streak() {
    let school = School::start();
    let waymark = &school.waymark;
    let ada = waymark.account("ada", false);
    let added = json!({ "username": "ada", "standing": "learner" });
    assert_eq!(waymark.send("POST", &format!("/api/v1/cohorts/{}/members", school.id), &school.token, added).status, 201);
    let file = evidence_file();
    let trial = school.brought("?dry_run=true", "text/csv", &file);
    assert_eq!((trial.status, trial.json()["new"].clone()), (200, json!(3)), "{}", trial.body);
    let token = waymark.token(&ada, Scope::Write, None);
    let entries = || waymark.get_as("/api/v1/evidence", &token).json()["items"].as_array().unwrap().clone();
    assert!(entries().is_empty(), "only looked at");
    let wrong = format!(
        "{file}bela,skill:git,working,mentor,x,2026-11-18,1,\nada,skill:nope,x,verified,,soon,,\nada,skill:git,working,linked,x,2027-01-01,2,\n"
    );
    let refused = school.brought("", "text/csv", &wrong);
    assert_eq!(refused.status, 422, "{}", refused.body);
    let fields: Vec<String> =
        refused.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let sixth = ["rows.6.subject", "rows.6.step", "rows.6.origin", "rows.6.external_id", "rows.6.day"];
    assert_eq!(fields, [&["rows.5.person"], &sixth[..], &["rows.7.day", "rows.7.url"]].concat());
    assert!(entries().is_empty(), "with one row refused none is recorded");

    let done = school.brought("", "text/csv", &file);
    assert_eq!((done.status, done.json()["new"].clone()), (200, json!(3)), "{}", done.body);
    let again = school.brought("", "text/csv", &file).json();
    assert_eq!((again["new"].clone(), again["known"].clone()), (json!(0), json!(3)));
    let items = json!({ "items": [
        { "person": "ada", "subject": "skill:git", "step": "working", "trust": "mentor", "origin": "Old LMS", "day": "2026-11-18", "external_id": "q-1" },
        { "person": "ada", "subject": "skill:go", "step": "working", "trust": "linked", "origin": "Old LMS", "day": "2026-11-19", "external_id": "q-9",
          "url": "https://lms.example/q/9" },
    ] });
    let by_json = school.brought("", "application/json", &items.to_string()).json();
    assert_eq!((by_json["new"].clone(), by_json["known"].clone()), (json!(1), json!(1)), "known again in another dress");
    let kinds: Vec<(String, String)> =
        entries().iter().map(|entry| (entry["kind"].as_str().unwrap().to_owned(), entry["trust"].as_str().unwrap().to_owned())).collect();
    let kinds: Vec<(&str, &str)> = kinds.iter().map(|(kind, trust)| (kind.as_str(), trust.as_str())).collect();
    assert_eq!(kinds, [("link", "linked"), ("certificate", "verified"), ("claim", "claimed"), ("assessment", "mentor")]);
    let seen = school.learner_seen(&ada).to_string();
    assert!(seen.contains("skill:git") && seen.contains("\"last_active\":null"), "it counts, and is no activity of theirs: {seen}");
    let preview = waymark.get("/settings/digest/preview.txt", &[("cookie", &waymark.cookie(&ada))]).body;
    assert!(!preview.contains("Old LMS") && !preview.contains("Git"), "no news: {preview}");
    let home = waymark.get("/", &[("cookie", &waymark.cookie(&ada))]).body;
    assert!(!home.contains("2 days in a row") && !home.contains("1 day in a row"), "{home}");

    let lead = waymark.cookie(&school.lead);
    let looked = school.upload("evidence", &file);
    assert!(looked.body.contains("3 recorded already") && looked.body.contains("name=\"document\""), "{}", looked.body);
    let more = file.replace("q-1", "q-3");
    let begun = waymark.form(&format!("/cohorts/{}/evidence", school.id), &lead, &[("document", &more)]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    assert!(school.ended(begun.header("location")).contains("One new entry; 2 were recorded already"));
    let mentor = waymark.token(&waymark.account("stranger", false), Scope::Write, None);
    let bearer = format!("Bearer {mentor}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let theirs = waymark.ask("POST", &format!("/api/v1/cohorts/{}/evidence", school.id), &headers, file.as_bytes());
    assert_eq!(theirs.status, 404);
}
