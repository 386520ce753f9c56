//! Cohorts through the public doors: set-up, members, plan, board, and who sees what.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::collections::BTreeSet;

use common::Answer;
use common::school::{School, autumn, codes, dates};
use domain::account::Account;
use domain::cohort::Standing;
use domain::policy::Scope;
use serde_json::{Value, json};

impl School {
    fn send(&self, who: &Account, method: &str, rest: &str, body: Value) -> Answer {
        self.waymark.send(method, &self.api(rest), &self.waymark.token(who, Scope::Admin, None), body)
    }

    fn as_admin(&self, method: &str, rest: &str, body: Value) -> Answer {
        self.send(&self.admin, method, rest, body)
    }

    fn as_lead(&self, method: &str, rest: &str, body: Value) -> Answer {
        self.send(&self.lead, method, rest, body)
    }

    fn get(&self, who: &Account, rest: &str) -> Answer {
        self.waymark.get_as(&self.api(rest), &self.waymark.token(who, Scope::Read, None))
    }

    fn page(&self, who: &Account, rest: &str) -> Answer {
        self.waymark.get(&format!("/cohorts/{}{rest}", self.id), &[("cookie", &self.waymark.cookie(who))])
    }

    fn form(&self, who: &Account, rest: &str, fields: &[(&str, &str)]) -> Answer {
        self.waymark.form(&format!("/cohorts/{}{rest}", self.id), &self.waymark.cookie(who), fields)
    }

    fn member(&self, username: &str) -> Value {
        let members = self.get(&self.lead, "/members").json();
        members["items"].as_array().unwrap().iter().find(|member| member["username"] == username).cloned().unwrap()
    }

    fn row(&self, username: &str) -> Value {
        let board = self.get(&self.mentor, "/board").json();
        board["items"].as_array().unwrap().iter().find(|row| row["username"] == username).cloned().unwrap()
    }
}

fn set_up() -> Value {
    let mut wish = autumn();
    wish["holidays"] = json!([{ "first": "2026-10-05", "last": "2026-10-09", "name": "Autumn break" }]);
    wish["waiting_after"] = json!(3);
    wish
}

#[test]
fn an_admin_makes_a_cohort_and_its_lead_sets_it_up() {
    let school = School::open(&set_up(), &[]);
    let shown = school.get(&school.lead, "").json();
    assert_eq!((&shown["weeks"], &shown["sessions"], &shown["band"]), (&json!(15), &json!(70), &json!(10)));
    assert_eq!(shown["roles"][0]["role"], "backend-developer");

    // the same by the form, as a browser without JavaScript sends it
    let form = [
        ("name", "Backend Herbst"),
        ("starts_on", "2026-09-07"),
        ("ends_on", "2026-12-18"),
        ("zone", "Europe/Berlin"),
        ("weekdays", "tuesday"),
        ("weekdays", "thursday"),
        ("holiday_first", "2026-10-06"),
        ("holiday_last", ""),
        ("holiday_name", "Away"),
        ("level.backend-developer", "backend-developer"),
        ("rule", "waymark/default"),
        ("measure", "proven"),
        ("band", "5"),
        ("silent_after", ""),
        ("waiting_after", "2"),
    ];
    assert_eq!(school.form(&school.lead, "/set-up", &form).status, 303);
    let shown = school.get(&school.lead, "").json();
    assert_eq!((&shown["name"], &shown["zone"], &shown["sessions"]), (&json!("Backend Herbst"), &json!("Europe/Berlin"), &json!(29)));
    assert_eq!((&shown["measure"], &shown["silent_after"]), (&json!("proven"), &Value::Null));

    let wrong: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (*name, if *name == "ends_on" { "2026-09-01" } else { *value })).collect();
    let again = school.form(&school.lead, "/set-up", &wrong);
    assert_eq!(again.status, 422);
    assert!(
        again.body.contains("The end lies before the beginning") && again.body.contains("value=\"2026-09-01\""),
        "what was typed is kept"
    );
    assert_eq!(school.form(&school.mentor, "/set-up", &form).status, 403, "a mentor sees, and changes nothing");
}

#[test]
fn everything_that_is_wrong_with_a_set_up_is_said_at_once() {
    let school = School::open(&set_up(), &[]);
    let mut wish = set_up();
    wish["name"] = json!("");
    wish["zone"] = json!("Moon/Sea");
    wish["weekdays"] = json!([]);
    wish["roles"] =
        json!([{ "role": "backend-developer", "target_level": "chief" }, { "role": "astronaut", "target_level": "backend-developer" }]);
    wish["band"] = json!(0);
    wish["rule"] = json!("acme/missing");
    let refused = school.as_lead("PUT", "", wish);
    assert_eq!(refused.status, 422);
    let found = codes(&refused);
    for expected in [
        ("name", "name_empty"),
        ("zone", "zone_unknown"),
        ("roles", "role_unknown"),
        ("rule", "rule_unknown"),
        ("weekdays", "missing"),
        ("roles", "level_unknown"),
        ("band", "out_of_range"),
    ] {
        assert!(found.iter().any(|(field, code)| (field.as_str(), code.as_str()) == expected), "{expected:?} of {found:?}");
    }
    let token = school.waymark.token(&school.admin, Scope::Admin, None);
    let taken = school.waymark.send("POST", "/api/v1/cohorts", &token, dates("Backend Autumn"));
    assert_eq!(codes(&taken), [("name".to_owned(), "cohort_name_taken".to_owned())]);
}

#[test]
fn a_copy_takes_the_set_up_and_no_people() {
    let school = School::open(&set_up(), &["ada"]);
    let plan = school.get(&school.lead, "/plan").json();
    let part = &plan["parts"][0];
    let weeks = json!({ "parts": [{ "kind": part["kind"], "id": part["id"], "week": 9 }] });
    assert_eq!(school.as_lead("PUT", "/plan", weeks).status, 204);
    let next = json!({ "name": "Backend Spring", "starts_on": "2027-02-01", "ends_on": "2027-05-28", "zone": "Europe/Lisbon" });
    assert_eq!(school.as_lead("POST", "/copy", next.clone()).status, 403, "admins make cohorts");
    let made = school.as_admin("POST", "/copy", next).json();
    let token = school.waymark.token(&school.admin, Scope::Admin, None);
    let of = |rest: &str| school.waymark.get_as(&format!("/api/v1/cohorts/{}{rest}", made["id"].as_str().unwrap()), &token).json();
    assert_eq!(of("")["roles"], school.get(&school.lead, "").json()["roles"]);
    assert_eq!(of("")["holidays"], json!([]), "holidays of last autumn are none of next spring's");
    assert_eq!(of("/members")["items"], json!([]));
    let chosen = of("/plan")["parts"].as_array().unwrap().iter().find(|other| other["id"] == part["id"]).cloned().unwrap();
    assert_eq!(chosen["week"], 9);
}

#[test]
fn a_learner_who_is_added_begins_the_cohorts_role_and_keeps_a_path_of_their_own() {
    let school = School::open(&set_up(), &["ada"]);
    let ada = school.account("ada");
    let paths = |account: &Account| {
        let id = account.id;
        school.waymark.store.read_blocking(move |conn| store::paths::list(conn, id)).unwrap()
    };
    let path = paths(&ada).remove(0);
    assert!(path.cohort.is_some());
    assert_eq!(
        (path.target_level.as_str(), path.target_day.map(|day| day.to_string()).as_deref()),
        ("backend-developer", Some("2026-12-18"))
    );

    let bela = school.waymark.account("bela", false);
    let token = school.waymark.token(&bela, Scope::Write, None);
    assert_eq!(school.waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer" })).status, 201);
    assert_eq!(school.as_lead("POST", "/members", json!({ "username": "bela", "standing": "learner" })).status, 201);
    assert_eq!(paths(&bela).iter().map(|path| path.cohort).collect::<Vec<_>>(), [None], "only the learner can share it");
    assert_eq!(school.row("bela")["claimed"], Value::Null);
    let token = school.waymark.token(&ada, Scope::Write, None);
    common::put_role_of(&school.waymark.store, include_str!("../../../config/roles/platform-engineer.toml"));
    assert_eq!(school.waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "platform-engineer" })).status, 201);
    assert_eq!(paths(&ada).iter().map(|path| path.cohort.is_some()).collect::<Vec<_>>(), [true, false], "a role of her own choice");
    let unknown = school.as_lead("POST", "/members", json!({ "username": "nobody", "standing": "learner" }));
    assert_eq!(codes(&unknown), [("username".to_owned(), "person_unknown".to_owned())]);
}

#[test]
fn a_member_pauses_comes_back_and_is_measured_on_a_calendar_of_their_own() {
    let school = School::open(&set_up(), &["ada"]);
    let id = school.member("ada")["id"].as_str().unwrap().to_owned();
    assert_eq!(school.row("ada")["pace"], "silent", "nothing was recorded in eleven weeks");
    let pause = json!({ "state": "paused", "day": "2026-11-19", "reason": "ill" });
    // She came in today, so nothing before today can be told.
    let early = school.as_lead("POST", &format!("/members/{id}/state"), json!({ "state": "paused", "day": "2026-11-02" }));
    assert_eq!(codes(&early), [("day".to_owned(), "day_too_early".to_owned())]);
    let paused = school.as_lead("POST", &format!("/members/{id}/state"), pause.clone());
    assert_eq!((paused.status, &paused.json()["state"]), (200, &json!("paused")));
    assert_eq!(school.row("ada")["pace"], "resting");
    let again = school.as_lead("POST", &format!("/members/{id}/state"), pause);
    assert_eq!(codes(&again), [("state".to_owned(), "state_is_same".to_owned())]);
    let back = school.as_lead("POST", &format!("/members/{id}/state"), json!({ "state": "active" })).json();
    assert_eq!(back["history"].as_array().unwrap().len(), 3);

    let terms = json!({ "starts_on": "2026-11-16", "factor": 50, "extension": 2 });
    assert_eq!(school.as_lead("PUT", &format!("/members/{id}/terms"), terms).status, 200);
    let row = school.row("ada");
    assert_eq!((&row["pace"], &row["expected"]), (&json!("on-pace"), &json!(0)), "a late joiner owes nothing yet");
    let wrong = school.as_lead("PUT", &format!("/members/{id}/terms"), json!({ "factor": 5, "extension": 900 }));
    assert_eq!(codes(&wrong).len(), 2);
    let page = school.page(&school.lead, &format!("/members/{id}"));
    assert!(page.body.contains("ill") && page.body.contains("value=\"50\""), "history and terms are told");
    let mentors = school.as_lead("PUT", &format!("/members/{}/terms", school.member("mira")["id"].as_str().unwrap()), json!({}));
    assert_eq!(mentors.json()["code"], "only_learners");
}

#[test]
fn a_mentor_is_assigned_and_has_a_load() {
    let school = School::open(&set_up(), &["ada", "bela"]);
    let [ada, mira, bela] = ["ada", "mira", "bela"].map(|name| school.member(name)["id"].as_str().unwrap().to_owned());
    let assigned = school.as_lead("PUT", &format!("/members/{ada}/mentor"), json!({ "mentor": mira }));
    assert_eq!((assigned.status, &assigned.json()["mentor"]), (200, &json!(mira)));
    let page = school.page(&school.lead, "/members").body;
    assert!(page.contains("one learner of their own") && page.contains("One active learner has no mentor"));
    let refused = school.as_lead("PUT", &format!("/members/{ada}/mentor"), json!({ "mentor": bela }));
    assert_eq!(codes(&refused), [("mentor".to_owned(), "mentor_unknown".to_owned())], "a learner mentors nobody");
    let mine = school.get(&school.mentor, "/board?mentor=mine").json();
    assert_eq!(mine["items"].as_array().unwrap().iter().map(|row| row["username"].clone()).collect::<Vec<_>>(), ["ada"]);
    let nobodys = school.get(&school.mentor, "/board?mentor=none").json();
    assert_eq!(nobodys["items"][0]["username"], "bela");
    assert_eq!(school.as_lead("PUT", &format!("/members/{ada}/mentor"), json!({ "mentor": null })).json()["mentor"], Value::Null);
}

#[test]
fn a_learner_who_moves_takes_path_and_evidence_along() {
    let school = School::open(&set_up(), &["ada"]);
    school.claims("ada", "skill:git");
    let claimed = school.row("ada")["claimed"].clone();
    assert!(claimed.as_u64().unwrap() > 0);
    let spring = json!({ "name": "Backend Spring", "starts_on": "2027-02-01", "ends_on": "2027-05-28", "zone": "UTC" });
    let spring = school.as_admin("POST", "/copy", spring).json()["id"].as_str().unwrap().to_owned();
    let id = school.member("ada")["id"].as_str().unwrap().to_owned();
    let goes = || school.as_lead("POST", &format!("/members/{id}/move"), json!({ "to": spring, "reason": "needs more time" }));
    assert_eq!(codes(&goes()), [("to".to_owned(), "cohort_unknown".to_owned())], "a lead moves people only to where they lead");
    let lead = json!({ "username": "lena", "standing": "lead" });
    let token = school.waymark.token(&school.admin, Scope::Admin, None);
    assert_eq!(school.waymark.send("POST", &format!("/api/v1/cohorts/{spring}/members"), &token, lead).status, 201);
    let listed = school.waymark.get_as("/api/v1/cohorts", &token).json();
    let names: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|cohort| cohort["name"].as_str().unwrap()).collect();
    assert!(names.len() == 2 && names[1] == "Backend Spring", "what is under way comes before what is to come: {names:?}");
    assert_eq!(goes().status, 204);
    assert_eq!(school.member("ada")["state"], "dropped");
    let page = school.page(&school.lead, &format!("/members/{id}"));
    assert!(page.body.contains("Moved to Backend Spring.") && page.body.contains("needs more time"));
    assert!(page.body.contains("moved to another cohort") && !page.body.contains("dropped out"));
    let board = school.page(&school.mentor, "");
    assert!(board.body.contains("moved to another cohort") && !board.body.contains("dropped out"));
    assert_eq!(school.row("ada")["rule"], "moved");
    assert_eq!(
        school.get(&school.mentor, "/board?pace=resting").json()["items"].as_array().unwrap().len(),
        0,
        "they rest elsewhere, if at all"
    );
    assert_eq!(school.get(&school.mentor, "/report").json()["now"]["states"]["dropped"], 0);
    let there = school.waymark.get_as(&format!("/api/v1/cohorts/{spring}/board"), &token).json();
    assert_eq!((&there["items"][0]["username"], &there["items"][0]["claimed"]), (&json!("ada"), &claimed));
}

#[test]
fn the_plan_is_suggested_and_a_lead_may_choose_other_weeks() {
    let school = School::open(&set_up(), &[]);
    let plan = school.get(&school.mentor, "/plan").json();
    let parts = plan["parts"].as_array().unwrap();
    assert_eq!(parts.iter().map(|part| part["points"].as_u64().unwrap()).sum::<u64>(), 10_000);
    assert!(parts.iter().all(|part| part["week"] == part["suggested"]) && parts.len() > 20);
    let part = parts.iter().find(|part| part["kind"] == "requirement").unwrap();
    assert_ne!(part["week"], 12);
    let field = format!("requirement.{}", part["id"].as_str().unwrap());
    assert_eq!(school.form(&school.mentor, "/plan", &[("role", "backend-developer"), (&field, "12")]).status, 403);
    assert_eq!(school.form(&school.lead, "/plan", &[("role", "backend-developer"), (&field, "12")]).status, 303);
    let week = || {
        let plan = school.get(&school.mentor, "/plan").json();
        plan["parts"].as_array().unwrap().iter().find(|other| other["id"] == part["id"]).unwrap()["week"].clone()
    };
    assert_eq!(week(), 12);
    let wrong = school.form(&school.lead, "/plan", &[("role", "backend-developer"), (&field, "16")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("A week lies within the cohort"));
    assert_eq!(school.form(&school.lead, "/plan", &[("role", "backend-developer"), ("reset", "1")]).status, 303);
    assert_eq!(week(), part["week"]);
    let unknown = school.as_lead("PUT", "/plan", json!({ "parts": [{ "kind": "group", "id": "no-such", "week": 1 }] }));
    assert_eq!(codes(&unknown), [("parts".to_owned(), "requirement_unknown".to_owned())]);
}

#[test]
fn the_board_tells_where_everybody_stands_and_by_which_rule() {
    let school = School::open(&set_up(), &["ada", "bela", "chen"]);
    school.claims("ada", "skill:git");
    school.claims("bela", "skill:git");
    let board = school.get(&school.mentor, "/board").json();
    assert_eq!(board["through"], "2026-11-18", "the session day of today has not ended");
    assert!(board["expected"].as_u64().unwrap() > 3_000);
    let pace = |name: &str| school.row(name)["pace"].clone();
    assert_eq!((pace("ada"), pace("chen")), (json!("behind"), json!("silent")));
    assert_eq!(board["items"][0]["username"], "chen", "worst first");
    assert_eq!(board["areas"].as_array().unwrap().len(), board["items"][0]["cells"].as_array().unwrap().len());

    let page = school.page(&school.mentor, "");
    assert_eq!(page.status, 200);
    for words in ["One learner is silent:", "2 learners are behind:", "Nothing recorded for", "Expected by today:", "week 11 of 15"] {
        assert!(page.body.contains(words), "{words}");
    }
    let names = |query: &str| {
        let body = school.page(&school.mentor, query).body;
        let rows: Vec<String> =
            body.split("<th scope=\"row\"><a").skip(1).map(|row| row.split(['>', '<']).nth(1).unwrap().to_owned()).collect();
        rows
    };
    assert_eq!(names(""), ["chen", "ada", "bela"]);
    assert_eq!(names("?sort=name"), ["ada", "bela", "chen"]);
    assert_eq!(names("?pace=silent"), ["chen"]);
    assert_eq!(names("?q=BEL"), ["bela"]);
    assert_eq!(names("?mentor=mine"), [""; 0]);
    assert!(school.page(&school.mentor, "?q=zz").body.contains("Nobody fits"));

    let csv = school.page(&school.mentor, "/board.csv");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.lines().collect();
    assert!(lines[0].starts_with("name,username,mentor,pace,rule,claimed,proven,expected,last_active,review_waits_since,"));
    assert_eq!(lines.len(), 4);
    assert!(lines[1].starts_with("ada,ada,,behind,behind,"), "{}", lines[1]);
}

/// With two roles there are two boards, two plans, and two paths a learner.
#[test]
fn a_cohort_of_two_roles_has_a_board_and_a_plan_for_each() {
    let school = School::open(&set_up(), &[]);
    common::put_role_of(&school.waymark.store, include_str!("../../../config/roles/platform-engineer.toml"));
    let mut wish = set_up();
    let level = school.waymark.get_as("/api/v1/roles/platform-engineer", &school.waymark.token(&school.lead, Scope::Read, None)).json();
    let level = level["levels"][0]["id"].as_str().unwrap_or("platform-engineer").to_owned();
    wish["roles"].as_array_mut().unwrap().push(json!({ "role": "platform-engineer", "target_level": level }));
    let changed = school.as_lead("PUT", "", wish);
    assert_eq!(changed.status, 200, "{}", changed.body);
    school.waymark.account("ada", false);
    assert_eq!(school.as_lead("POST", "/members", json!({ "username": "ada", "standing": "learner" })).status, 201);
    let roles: Vec<Value> = ["", "?role=platform-engineer"]
        .iter()
        .map(|query| school.get(&school.mentor, &format!("/board{query}")).json()["role"].clone())
        .collect();
    assert_eq!(roles, ["backend-developer", "platform-engineer"]);
    let page = school.page(&school.mentor, "?role=platform-engineer&sort=name").body;
    assert!(page.contains(">Platform Engineer</a>") && page.contains("board.csv?role=platform-engineer"));
    assert_eq!(school.page(&school.mentor, "?role=astronaut").status, 404);
    let plan = school.get(&school.mentor, "/plan?role=platform-engineer").json();
    assert_eq!(plan["role"], "platform-engineer");
    let paths = school.waymark.get_as("/api/v1/paths", &school.waymark.token(&school.account("ada"), Scope::Read, None)).json();
    assert_eq!(paths["items"].as_array().unwrap().len(), 2);
}

/// What is on the board is what the learner's own page says, and follows each entry at once.
#[test]
fn the_board_says_what_the_learners_own_page_says() {
    let school = School::open(&set_up(), &["ada"]);
    let token = school.waymark.token(&school.account("ada"), Scope::Read, None);
    let path = school.waymark.get_as("/api/v1/paths", &token).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let own = || {
        let shown = school.waymark.get_as(&format!("/api/v1/paths/{path}/readiness"), &token).json();
        (shown["claimed"].clone(), shown["proven"].clone())
    };
    let on_board = || {
        let row = school.row("ada");
        (row["claimed"].clone(), row["proven"].clone())
    };
    let mut seen = BTreeSet::new();
    for subject in ["skill:git", "skill:postgresql", "skill:docker"] {
        school.claims("ada", subject);
        assert_eq!(on_board(), own());
        seen.insert(on_board().0.as_u64().unwrap());
    }
    assert_eq!(seen.len(), 3, "each entry moved it");
}

#[test]
fn what_is_withheld_does_not_count_and_is_not_shown() {
    let school = School::open(&set_up(), &["ada"]);
    let kept = school.claims("ada", "skill:git");
    let id = school.member("ada")["id"].as_str().unwrap().to_owned();
    let before = school.row("ada")["claimed"].as_u64().unwrap();
    assert!(before > 0);
    let shown = school.get(&school.mentor, &format!("/learners/{id}")).json();
    assert_eq!(shown["entries"][0]["number"], 1);
    let (cohort, ada) = (school.waymark.store.read_blocking(store::cohorts::list).unwrap()[0].id, school.account("ada").id);
    let withhold = move |conn: &mut store::Conn<'_>| store::cohorts::withhold(conn, cohort, ada, &BTreeSet::from([1]));
    school.waymark.store.write_blocking(withhold).unwrap();
    assert_eq!(school.row("ada")["claimed"], 0);
    let shown = school.get(&school.mentor, &format!("/learners/{id}")).json();
    assert_eq!((&shown["entries"], &shown["claimed"]), (&json!([]), &json!(0)));
    for page in [format!("/learners/{id}"), "/requirements/git".to_owned(), "/board.csv".to_owned()] {
        let body = school.page(&school.mentor, &page).body;
        assert!(!body.contains("zanzibar"), "{page}");
    }
    assert_eq!(kept["kind"], "claim", "the learner still has it");
}

/// Whom a lead adds has not been asked yet: what they recorded before is theirs, on every way to it.
#[test]
fn what_was_recorded_before_somebody_was_added_is_withheld() {
    let school = School::open(&set_up(), &[]);
    school.waymark.account("ada", false);
    school.claims("ada", "skill:git");
    assert_eq!(school.as_lead("POST", "/members", json!({ "username": "ada", "standing": "learner" })).status, 201);
    assert_eq!(school.row("ada")["claimed"], 0);
    school.claims("ada", "skill:postgresql");
    let on_board = school.row("ada")["claimed"].clone();
    assert!(on_board.as_u64().unwrap() > 0, "what comes after counts");
    let id = school.member("ada")["id"].as_str().unwrap().to_owned();
    let numbers: Vec<Value> = school.get(&school.mentor, &format!("/learners/{id}")).json()["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["number"].clone())
        .collect();
    assert_eq!(numbers, [2]);
    // by the path's own address too, whose score is the cohort's, and leaves the learner's own as it was
    let (mine, theirs) =
        (school.waymark.token(&school.account("ada"), Scope::Read, None), school.waymark.token(&school.mentor, Scope::Read, None));
    let path = school.waymark.get_as("/api/v1/paths", &mine).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let own = || school.waymark.get_as(&format!("/api/v1/paths/{path}/readiness"), &mine).json();
    let before = own();
    let seen = school.waymark.get_as(&format!("/api/v1/learners/{id}/paths/{path}/readiness"), &theirs).json();
    assert_eq!((&seen["claimed"], &seen["history"]), (&on_board, &json!([])));
    assert_eq!(own(), before);
    assert!(before["claimed"].as_u64().unwrap() > on_board.as_u64().unwrap());
}

#[test]
fn a_mentor_sees_receipts_and_what_they_cite_and_nothing_else_of_a_learner() {
    let school = School::open(&set_up(), &["ada"]);
    school.claims("ada", "skill:git");
    let token = school.waymark.token(&school.account("ada"), Scope::Write, None);
    let path = school.waymark.get_as("/api/v1/paths", &token).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let requirement = "git";
    let plan = json!({ "doing": true, "note": "secret plan" });
    assert_eq!(school.waymark.send("PUT", &format!("/api/v1/paths/{path}/requirements/{requirement}/plan"), &token, plan).status, 200);
    let id = school.member("ada")["id"].as_str().unwrap().to_owned();
    let page = school.page(&school.mentor, &format!("/learners/{id}"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("zanzibar"), "the note of a cited entry is part of it");
    assert!(!page.body.contains("secret plan"));
    assert!(!page.body.contains("<form method=\"post\" action=\"/ledger"), "read-only");
    let asked = school.get(&school.mentor, &format!("/requirements/{requirement}")).json();
    assert_eq!(asked["items"].as_array().unwrap().len(), 1);
    assert_eq!(school.get(&school.mentor, "/requirements/no-such").status, 404);
    let mentor = school.member("mira")["id"].as_str().unwrap().to_owned();
    assert_eq!(school.page(&school.lead, &format!("/learners/{mentor}")).status, 404, "a mentor is no learner");
}

/// To whoever may not know of it a cohort looks like one that does not exist, whatever is asked.
#[test]
fn others_cohorts_look_like_ones_that_do_not_exist() {
    let school = School::open(&set_up(), &["ada"]);
    let elsewhere = school.waymark.account("tomas", false);
    school.waymark.cohort("Other", &[(&elsewhere, Standing::Lead)]);
    let stranger = school.waymark.account("stranger", false);
    let id = school.member("ada")["id"].as_str().unwrap().to_owned();
    let nowhere = "0".repeat(32);
    let asks: Vec<(&str, String, Value)> = vec![
        ("GET", String::new(), Value::Null),
        ("PUT", String::new(), set_up()),
        ("GET", "/board".to_owned(), Value::Null),
        ("GET", "/plan".to_owned(), Value::Null),
        ("PUT", "/plan".to_owned(), json!({ "parts": [] })),
        ("GET", "/members".to_owned(), Value::Null),
        ("POST", "/members".to_owned(), json!({ "username": "ada", "standing": "lead" })),
        ("GET", format!("/members/{id}"), Value::Null),
        ("POST", format!("/members/{id}/state"), json!({ "state": "paused" })),
        ("PUT", format!("/members/{id}/terms"), json!({})),
        ("PUT", format!("/members/{id}/mentor"), json!({ "mentor": null })),
        ("POST", format!("/members/{id}/move"), json!({ "to": nowhere })),
        ("GET", format!("/learners/{id}"), Value::Null),
        ("GET", "/requirements/git".to_owned(), Value::Null),
        ("GET", "/report".to_owned(), Value::Null),
        ("GET", "/pseudonymous".to_owned(), Value::Null),
        ("GET", "/summaries".to_owned(), Value::Null),
        ("POST", "/summaries".to_owned(), json!({ "label": "Harbour Fund" })),
        ("DELETE", format!("/summaries/{nowhere}"), Value::Null),
    ];
    let shape = |answer: &Answer| {
        let mut body = answer.json();
        body["request_id"] = Value::Null;
        (answer.status, body)
    };
    for who in [&elsewhere, &stranger, &school.account("ada")] {
        let token = school.waymark.token(who, Scope::Admin, None);
        for (method, rest, body) in &asks {
            let ask = |cohort: &str| {
                let path = format!("/api/v1/cohorts/{cohort}{rest}");
                if *method == "GET" {
                    school.waymark.get_as(&path, &token)
                } else {
                    school.waymark.send(method, &path, &token, body.clone())
                }
            };
            let (theirs, none) = (ask(&school.id), ask(&nowhere));
            assert_eq!(theirs.status, 404, "{} {method} {rest}: {}", who.username, theirs.body);
            assert_eq!(shape(&theirs), shape(&none), "{method} {rest}");
        }
        for page in ["", "/members", "/plan", "/set-up", "/board.csv", &format!("/learners/{id}"), &format!("/members/{id}")] {
            assert_eq!(school.page(who, page).status, 404, "{} {page}", who.username);
        }
    }
    let list = school.waymark.get("/cohorts", &[("cookie", &school.waymark.cookie(&stranger))]).body;
    assert!(!list.contains("Backend Autumn") && list.contains("You belong to no cohort"));
    let own = school.waymark.get("/cohorts", &[("cookie", &school.waymark.cookie(&school.account("ada")))]).body;
    let board = format!("href=\"/cohorts/{}\"", school.id);
    assert!(own.contains("Backend Autumn") && own.contains(&format!("/cohorts/{}/sharing", school.id)), "{own}");
    assert!(!own.contains(&board), "a learner knows of it and sees no board");
}

#[test]
fn a_person_learns_here_and_mentors_there() {
    let school = School::open(&set_up(), &["ada"]);
    let ada = school.account("ada");
    let other = school.waymark.cohort("Other", &[(&ada, Standing::Mentor)]);
    let other = school.waymark.store.read_blocking(move |conn| store::cohorts::by_id(conn, other)).unwrap().public_id;
    let page = school.waymark.get(&format!("/cohorts/{other}"), &[("cookie", &school.waymark.cookie(&ada))]);
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Nobody fits") && !page.body.contains("Set-up"),
        "a cohort without roles and learners; she does not lead it"
    );
    assert_eq!(school.page(&ada, "").status, 404);
}
