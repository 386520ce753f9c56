//! Reports through the public doors: a cohort over time, cohorts beside each other, and what is handed on.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::Answer;
use common::school::{School, autumn, cohort};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

impl School {
    fn as_lead(&self, method: &str, rest: &str, body: Value) -> Answer {
        self.waymark.send(method, &self.api(rest), &self.waymark.token(&self.lead, Scope::Admin, None), body)
    }

    fn get(&self, who: &Account, path: &str) -> Answer {
        self.waymark.get_as(path, &self.waymark.token(who, Scope::Read, None))
    }

    fn page(&self, who: &Account, path: &str) -> Answer {
        self.waymark.get(path, &[("cookie", &self.waymark.cookie(who))])
    }

    fn report(&self) -> Value {
        let answer = self.get(&self.mentor, &self.api("/report"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }
}

/// A cohort of the shipped role until Friday 18 December 2026; today is Thursday of the week of 16 November.
fn from(name: &str, starts_on: &str) -> Value {
    let mut wish = autumn();
    wish["name"] = json!(name);
    wish["starts_on"] = json!(starts_on);
    wish
}

/// How many there are of each pace, on the board.
fn tally(board: &Value) -> BTreeMap<String, u64> {
    let mut tally: BTreeMap<String, u64> =
        ["silent", "behind", "waiting", "on-pace", "ahead", "resting"].map(|pace| (pace.to_owned(), 0)).into();
    for row in board["items"].as_array().unwrap() {
        *tally.get_mut(row["pace"].as_str().unwrap()).unwrap() += 1;
    }
    tally
}

#[test]
fn a_report_tells_each_week_by_what_was_there_and_now_what_the_board_tells() {
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &["ada", "bela", "chen"]);
    school.claims("ada", "skill:git");
    school.claims("bela", "skill:git");
    assert_eq!(school.report()["weeks"], json!([]), "the first week is not over");
    let now = school.report()["now"].clone();
    assert_eq!((&now["week"], &now["learners"], &now["recorded"]), (&json!(1), &json!(3), &json!(2)));

    // The first week is over; ada goes on, bela is paused, and chen never wrote.
    school.waymark.pass_seconds(7 * DAY);
    let first = school.report()["weeks"][0].clone();
    assert_eq!((&first["week"], &first["through"], &first["recorded"]), (&json!(1), &json!("2026-11-22"), &json!(2)));
    let git = first["claimed"]["highest"].as_u64().unwrap();
    assert!(git > 0 && first["claimed"]["lowest"] == 0 && first["claimed"]["median"] == git, "{first}");
    school.claims("ada", "skill:python");
    let paused = school.as_lead("POST", &format!("/members/{}/state", school.person("bela")), json!({ "state": "paused" }));
    assert_eq!(paused.status, 200, "{}", paused.body);
    assert_eq!(school.report()["weeks"], json!([first]), "what comes later leaves a week as it was");

    school.waymark.pass_seconds(7 * DAY);
    let report = school.report();
    assert_eq!(report["weeks"][0], first);
    let second = &report["weeks"][1];
    assert_eq!((&second["states"]["active"], &second["states"]["paused"], &second["recorded"]), (&json!(2), &json!(1), &json!(1)));
    assert!(second["claimed"]["highest"].as_u64().unwrap() > git);
    assert_eq!(second["paces"]["silent"], 1, "nothing of chen for a whole week of sessions");
    let board = school.get(&school.mentor, &school.api("/board")).json();
    assert_eq!(report["now"]["paces"], json!(tally(&board)), "the newest row is the board's tally");

    let page = school.page(&school.mentor, &format!("/cohorts/{}/report", school.id));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Week 2") && page.body.contains("<polyline") && page.body.contains("1 paused"), "{}", page.body);
    assert!(!page.body.contains("pseudonyms.csv"), "pseudonyms are for leads");
    let csv = school.page(&school.mentor, &format!("/cohorts/{}/report.csv", school.id));
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 4, "{}", csv.body);
    assert!(lines[0].starts_with("week,through,is_over,learners,active,paused") && lines[1].starts_with("1,2026-11-22,true,3,3,0"));
    assert!(lines[3].starts_with("3,2026-12-02,false,3,2,1"));
}

#[test]
fn what_is_withheld_is_in_no_row_of_a_report() {
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &["ada"]);
    let entry = school.claims("ada", "skill:git");
    school.waymark.pass_seconds(7 * DAY);
    assert_eq!(school.report()["weeks"][0]["recorded"], 1);
    let token = school.waymark.token(&school.account("ada"), Scope::Write, None);
    let withheld = school.waymark.send("PUT", &school.api("/sharing"), &token, json!({ "withheld": [entry["id"]] }));
    assert_eq!(withheld.status, 204, "{}", withheld.body);
    let first = school.report()["weeks"][0].clone();
    assert_eq!((&first["recorded"], &first["claimed"]["highest"]), (&json!(0), &json!(0)), "as if it had never been there");
}

#[test]
fn reviews_are_told_by_how_long_they_waited() {
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &["ada"]);
    let token = school.waymark.token(&school.account("ada"), Scope::Write, None);
    let path = school.waymark.get_as("/api/v1/paths", &token).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let state = school.waymark.get_as(&format!("/api/v1/paths/{path}"), &token).json();
    let subjects = state["requirements"].as_array().unwrap().iter().find_map(|requirement| {
        let of = format!("/api/v1/paths/{path}/requirements/{}", requirement["id"].as_str().unwrap());
        let detail = school.waymark.get_as(&of, &token).json();
        (detail["kind"] == "project").then(|| detail["subjects"].as_array().unwrap().clone())
    });
    let subjects = subjects.unwrap();
    let asked: Vec<Value> = subjects.iter().map(|subject| json!({ "subject": subject })).collect();
    school.records("ada", json!({ "kind": "submission", "subjects": asked, "url": "https://example.org/work" }));
    let queue = school.get(&school.mentor, &school.api("/queue")).json();
    let item = queue["items"][0]["id"].as_str().unwrap().to_owned();
    school.waymark.pass_seconds(2 * DAY);
    let now = school.report()["now"].clone();
    assert_eq!(now["reviews_open"], 1);
    let board = school.get(&school.mentor, &school.api("/board")).json();
    assert_eq!(now["paces"], json!(tally(&board)));

    let criteria: Vec<Value> = subjects.iter().map(|subject| json!({ "subject": subject, "verdict": "met" })).collect();
    let answer = json!({ "decision": "accept", "criteria": criteria });
    let to = school.api(&format!("/reviews/{item}/answer"));
    let as_mentor =
        |method: &str, body: Value| school.waymark.send(method, &to, &school.waymark.token(&school.mentor, Scope::Write, None), body);
    assert_eq!(as_mentor("POST", answer).status, 201);
    let of = |row: &Value| ["reviews_answered", "median_days_waited", "reviews_open"].map(|key| row[key].as_u64());
    assert_eq!(of(&school.report()["now"]), [Some(1), Some(2), Some(0)]);

    // The answer is taken back in the next week: this one keeps it.
    school.waymark.pass_seconds(3 * DAY);
    assert!(as_mentor("DELETE", json!({})).status < 300);
    let report = school.report();
    assert_eq!(of(&report["weeks"][0]), [Some(1), Some(2), Some(0)]);
    assert_eq!(of(&report["now"]), [Some(0), None, Some(1)]);
}

#[test]
fn cohorts_are_beside_each_other_in_the_same_week_for_those_who_guide_them() {
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &["ada", "bela"]);
    let admin = school.account("admin");
    school.claims("ada", "skill:git");
    // The other one began two weeks before.
    let other = cohort(&school.waymark, &admin, &from("Backend Summer", "2026-11-02"));
    let token = school.waymark.token(&admin, Scope::Admin, None);
    for (username, standing) in [("lena", "mentor"), ("bela", "learner")] {
        let member = json!({ "username": username, "standing": standing });
        assert_eq!(school.waymark.send("POST", &format!("/api/v1/cohorts/{other}/members"), &token, member).status, 201);
    }
    school.waymark.pass_seconds(7 * DAY);
    let compared = school.get(&school.lead, "/api/v1/reports").json();
    assert_eq!(compared["week"], 1, "the last one that both have behind them");
    let items = compared["items"].as_array().unwrap();
    let names: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Backend Autumn", "Backend Summer"]);
    assert_eq!((&items[0]["then"]["learners"], &items[0]["then"]["recorded_share"]), (&json!(2), &json!(50)));
    assert_eq!(items[1]["then"]["learners"], 0, "bela came in later");
    assert_eq!(items[1]["now"]["learners"], 1);
    let later = school.get(&school.lead, "/api/v1/reports?week=3").json();
    assert_eq!((&later["week"], &later["items"][0]["then"]), (&json!(3), &Value::Null));

    let mine = school.get(&school.mentor, "/api/v1/reports").json();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1, "only those that one guides");
    assert_eq!(school.get(&school.account("ada"), "/api/v1/reports").json()["items"], json!([]));
    let page = school.page(&school.lead, "/reports?week=3");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Backend Summer") && page.body.contains("not there yet"));
    assert!(page.body.contains("href=\"/reports.csv?week=3\""), "{}", page.body);
    assert!(school.page(&school.account("ada"), "/reports").body.contains("You guide no cohort"));
}

#[test]
fn a_comparison_is_had_as_csv_in_which_no_name_is_a_formula() {
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &["ada", "bela"]);
    let admin = school.account("admin");
    school.claims("ada", "skill:git");
    let other = cohort(&school.waymark, &admin, &from("=HYPERLINK(1)", "2026-11-02"));
    let token = school.waymark.token(&admin, Scope::Admin, None);
    let member = json!({ "username": "lena", "standing": "mentor" });
    assert_eq!(school.waymark.send("POST", &format!("/api/v1/cohorts/{other}/members"), &token, member).status, 201);
    school.waymark.pass_seconds(7 * DAY);
    let read = |who: &Account, path: &str| {
        let answer = school.get(who, path);
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"), "{}", answer.body);
        answer.body.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let lines = read(&school.lead, "/reports.csv");
    assert_eq!(lines.len(), 5, "a head and, of each cohort, the week and now: {lines:?}");
    assert!(lines[0].starts_with("cohort,name,role,starts_on,ends_on,moment,week,learners,active,claimed_median"), "{}", lines[0]);
    let beside = school.get(&school.lead, "/api/v1/reports").json()["items"][0].clone();
    assert_eq!((&beside["role"], &beside["starts_on"]), (&json!("backend-developer"), &json!("2026-11-16")));
    let then = format!("{},Backend Autumn,backend-developer,2026-11-16,2026-12-18,then,1,2,2,", school.id);
    assert!(lines[1].starts_with(&then), "{}", lines[1]);
    let share = beside["then"]["recorded_share"].as_u64().unwrap();
    assert!(lines[1].contains(&format!(",{share},")), "{}", lines[1]);
    assert!(lines[2].contains(",now,,2,2,"), "{}", lines[2]);
    assert!(lines[3].starts_with(&format!("{other},'=HYPERLINK(1),backend-developer,2026-11-02,")), "{}", lines[3]);
    assert_eq!(read(&school.lead, "/reports.csv?week=3").len(), 4, "the one that began later has that week ahead");
    assert_eq!(read(&school.mentor, "/reports.csv").len(), 3, "only those that one guides");
    assert_eq!(read(&school.account("ada"), "/reports.csv").len(), 1);
    assert_eq!(school.waymark.get("/reports.csv", &[]).status, 303, "nobody is led to the form");
}

#[test]
fn what_is_handed_on_has_no_names_and_no_count_under_five() {
    let names = ["ada", "bela", "chen", "dora", "emil", "fay", "gus"];
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &names[..4]);
    let path = school.api("/pseudonymous");
    // What is for leads asks for a token that may write.
    let as_lead = || school.waymark.get_as(&path, &school.waymark.token(&school.lead, Scope::Write, None));
    let refused = as_lead();
    assert_eq!((refused.status, &refused.json()["code"]), (409, &json!("too_few_learners")));
    for name in &names[4..] {
        school.waymark.account(name, false);
        school.add(name);
    }
    school.claims("ada", "skill:git");
    assert_eq!(school.get(&school.mentor, &path).status, 403, "for leads");
    let answer = as_lead();
    assert_eq!(answer.status, 200, "{}", answer.body);
    for private in ["zanzibar", "Backend Autumn", "2026"].iter().chain(&names) {
        assert!(!answer.body.contains(private), "{private} in {}", answer.body);
    }
    let told = answer.json();
    assert_eq!((&told["learners"], &told["week"]), (&json!(7), &json!(1)));
    let mut ids = BTreeSet::new();
    let rows = told["rows"].as_array().unwrap();
    let pseudonyms: Vec<&str> = rows.iter().map(|row| row["pseudonym"].as_str().unwrap()).collect();
    assert!(pseudonyms.is_sorted() && pseudonyms.iter().all(|pseudonym| pseudonym.len() == 16 && ids.insert(*pseudonym)));
    for counts in told["counts"].as_array().unwrap() {
        let what = counts["what"].as_str().unwrap();
        for kind in counts["kinds"].as_array().unwrap() {
            let of = rows.iter().filter(|row| row["kinds"][what] == kind["kind"]).count();
            match kind["count"].as_u64() {
                Some(count) => assert!(count >= 5 && count == of as u64, "{what}: {counts}"),
                None => assert_eq!(of, 0, "{what} is in no row where its count is left out"),
            }
        }
    }
    assert_eq!(told, as_lead().json(), "the same pseudonyms each time");

    let csv = school.page(&school.lead, &format!("/cohorts/{}/pseudonyms.csv", school.id));
    assert_eq!(csv.body.lines().count(), 8, "{}", csv.body);
    assert!(csv.body.starts_with("week,pseudonym,readiness,pace,area_"), "{}", csv.body);
    let counts = school.page(&school.lead, &format!("/cohorts/{}/counts.csv", school.id));
    assert!(counts.body.starts_with("week,learners,what,kind,count\r\n1,7,readiness,0-19,"), "{}", counts.body);
    assert!(school.page(&school.lead, &format!("/cohorts/{}/report", school.id)).body.contains("pseudonyms.csv"));
}

#[test]
fn others_reports_are_not_there() {
    let school = School::open(&from("Backend Autumn", "2026-11-16"), &["ada"]);
    let (ada, stranger) = (school.account("ada"), school.waymark.account("stranger", false));
    for who in [&ada, &stranger] {
        for rest in ["/report", "/pseudonymous"] {
            assert_eq!(school.get(who, &school.api(rest)).status, 404, "{rest}");
        }
        for rest in ["report", "report.csv", "counts.csv", "pseudonyms.csv"] {
            assert_eq!(school.page(who, &format!("/cohorts/{}/{rest}", school.id)).status, 404, "{rest}");
        }
    }
    assert_eq!(school.page(&school.mentor, &format!("/cohorts/{}/counts.csv", school.id)).status, 403);
}
