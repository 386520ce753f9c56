//! The board over time through the public doors: what changed in four weeks, and who was seen last.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

/// A cohort of the shipped role from 7 September to 18 December 2026; today is Thursday 19 November.
struct School {
    waymark: Waymark,
    mentor: Account,
    lead: Account,
    id: String,
}

impl School {
    fn open(learners: &[&str]) -> Self {
        let waymark = Waymark::start();
        let (admin, lead, mentor) = (waymark.account("admin", true), waymark.account("lena", false), waymark.account("mira", false));
        let token = waymark.token(&admin, Scope::Admin, None);
        let mut wish = json!({ "name": "Backend Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "Europe/Lisbon" });
        let id = waymark.send("POST", "/api/v1/cohorts", &token, wish.clone()).json()["id"].as_str().unwrap().to_owned();
        wish["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
        wish["silent_after"] = json!(5);
        assert_eq!(waymark.send("PUT", &format!("/api/v1/cohorts/{id}"), &token, wish).status, 200);
        for (username, standing) in [("lena", "lead"), ("mira", "mentor")] {
            let member = json!({ "username": username, "standing": standing });
            assert_eq!(waymark.send("POST", &format!("/api/v1/cohorts/{id}/members"), &token, member).status, 201);
        }
        let school = Self { waymark, mentor, lead, id };
        for learner in learners {
            school.waymark.account(learner, false);
            school.add(learner);
        }
        school
    }

    fn add(&self, learner: &str) {
        let token = self.waymark.token(&self.lead, Scope::Admin, None);
        let member = json!({ "username": learner, "standing": "learner" });
        let added = self.waymark.send("POST", &self.api("/members"), &token, member);
        assert_eq!(added.status, 201, "{}", added.body);
    }

    fn api(&self, rest: &str) -> String {
        format!("/api/v1/cohorts/{}{rest}", self.id)
    }

    fn board(&self, query: &str) -> Value {
        let answer = self.waymark.get_as(&self.api(&format!("/board{query}")), &self.waymark.token(&self.mentor, Scope::Read, None));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    fn row(&self, query: &str, username: &str) -> Value {
        let board = self.board(query);
        board["items"].as_array().unwrap().iter().find(|row| row["username"] == username).cloned().unwrap()
    }

    fn page(&self, rest: &str) -> Answer {
        self.waymark.get(&format!("/cohorts/{}{rest}", self.id), &[("cookie", &self.waymark.cookie(&self.mentor))])
    }

    fn as_learner(&self, username: &str, method: &str, path: &str, body: Value) -> Answer {
        let name = domain::account::Username::parse(username).unwrap();
        let account = self.waymark.store.read_blocking(|conn| store::accounts::by_username(conn, &name)).unwrap().unwrap().0;
        self.waymark.send(method, path, &self.waymark.token(&account, Scope::Write, None), body)
    }

    fn claims(&self, username: &str, subject: &str) -> Value {
        let claim = json!({ "kind": "claim", "subjects": [{ "subject": subject, "step": "leading" }] });
        let answer = self.as_learner(username, "POST", "/api/v1/evidence", claim);
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    fn withholds(&self, username: &str, entries: &[&Value]) {
        let ids: Vec<&Value> = entries.iter().map(|entry| &entry["id"]).collect();
        let answer = self.as_learner(username, "PUT", &self.api("/sharing"), json!({ "withheld": ids }));
        assert_eq!(answer.status, 204, "{}", answer.body);
    }
}

/// Of every number of a row, the difference of two looks.
fn difference(then: &Value, now: &Value) -> Value {
    let less = |then: &Value, now: &Value| json!(now.as_i64().unwrap() - then.as_i64().unwrap());
    let both = |then: &Value, now: &Value| match now {
        Value::Null => Value::Null,
        _ => json!({ "claimed": less(&then["claimed"], &now["claimed"]), "proven": less(&then["proven"], &now["proven"]) }),
    };
    let cells = then["cells"].as_array().unwrap().iter().zip(now["cells"].as_array().unwrap());
    json!({
        "claimed": less(&then["claimed"], &now["claimed"]),
        "proven": less(&then["proven"], &now["proven"]),
        "cells": cells.map(|(then, now)| both(then, now)).collect::<Vec<_>>(),
    })
}

#[test]
fn what_changed_in_four_weeks_is_the_difference_of_the_board_then_and_now() {
    let school = School::open(&["ada", "bela", "chen"]);
    school.claims("ada", "skill:git");
    let taken_back = school.claims("bela", "skill:git");
    let then: Vec<Value> = ["ada", "bela", "chen"].map(|who| school.row("", who)).into();

    // Four weeks less a day: nobody was there, and the board says so in every form.
    school.waymark.pass_seconds(27 * DAY);
    let joined = school.row("?change=true", "ada")["change"].clone();
    assert_eq!((&joined["joined_on"], &joined["compared_with"]), (&json!("2026-11-19"), &Value::Null));
    assert_eq!((&joined["claimed"], &joined["cells"]), (&Value::Null, &json!([])));
    let page = school.page("?cells=change");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Came in on 19 Nov"), "{}", page.body);

    // One goes on, one takes back, one does nothing, and one is new.
    school.waymark.pass_seconds(DAY);
    school.claims("ada", "skill:python");
    let gone = school.as_learner("bela", "POST", &format!("/api/v1/evidence/{}/retraction", taken_back["id"].as_str().unwrap()), json!({}));
    assert_eq!(gone.status, 201, "{}", gone.body);
    school.waymark.account("dina", false);
    school.add("dina");
    let board = school.board("?sort=change");
    let order: Vec<&str> = board["items"].as_array().unwrap().iter().map(|row| row["username"].as_str().unwrap()).collect();
    assert_eq!(order, ["bela", "chen", "ada", "dina"], "least first, who is new last");
    for (who, then) in ["ada", "bela", "chen"].into_iter().zip(&then) {
        let row = school.row("?change=true", who);
        let change = &row["change"];
        assert_eq!((&change["compared_with"], &change["joined_on"]), (&json!("2026-11-19"), &Value::Null));
        let told = json!({ "claimed": change["claimed"], "proven": change["proven"], "cells": change["cells"] });
        assert_eq!(told, difference(then, &row), "{who}");
    }
    let of = |who: &str| school.row("?change=true", who)["change"]["claimed"].as_i64().unwrap();
    assert!(of("ada") > 0 && of("bela") < 0 && of("chen") == 0, "{} {} {}", of("ada"), of("bela"), of("chen"));

    // In words with a sign, a loss in a shape of its own.
    let page = school.page("?cells=change&sort=change").body;
    for part in ["class=\"hl\">−", "<b>−", "<b>+", "aria-sort=\"ascending\"><a", "cells=change", "change=true", "points in 4 weeks"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Who did not ask has what they had, by place and by name.
    let (csv, more) = (school.page("/board.csv").body, school.page("/board.csv?cells=change").body);
    let lines: Vec<(&str, &str)> = csv.lines().zip(more.lines()).collect();
    assert_eq!(lines.len(), 5);
    assert!(lines.iter().all(|(few, many)| many.starts_with(few) && many.len() > few.len()), "{more}");
    assert!(lines[0].1.contains(",compared_with,joined_on,claimed_change,proven_change,"), "{more}");
    let bela = lines.iter().find(|(line, _)| line.starts_with("bela")).unwrap().1;
    assert!(bela.contains(",2026-11-19,,-") && !bela.contains("'-"), "a loss is a number: {bela}");
    assert!(lines.iter().any(|(_, line)| line.starts_with("dina") && line.contains(",,2026-12-17,,")), "{more}");
    assert!(school.row("", "ada").get("change").is_none(), "only where it is asked for");
}

#[test]
fn what_is_withheld_is_in_no_change() {
    let school = School::open(&["ada"]);
    let early = school.claims("ada", "skill:git");
    school.waymark.pass_seconds(30 * DAY);
    let late = school.claims("ada", "skill:python");
    let (change, now) = (|| school.row("?change=true", "ada")["change"]["claimed"].clone(), || school.row("", "ada")["claimed"].clone());
    let gained = change();
    assert!(gained.as_i64().unwrap() > 0 && gained != now(), "some was there before");
    // What is withheld counts neither now nor then: the change is what the other brought, and never gives it away as a loss.
    school.withholds("ada", &[&early]);
    assert_eq!(change(), now());
    school.withholds("ada", &[&early, &late]);
    assert_eq!((change(), now()), (json!(0), json!(0)));
    school.withholds("ada", &[&late]);
    assert_eq!(change(), json!(0));
    school.withholds("ada", &[]);
    assert_eq!(change(), gained);
}

/// From both sides: the learner's own pages go on, and the cohort sees what it would have seen without the entry.
#[test]
fn who_withholds_what_they_wrote_last_was_seen_the_day_before_it() {
    let school = School::open(&["ada", "bela"]);
    school.claims("ada", "skill:git");
    school.waymark.pass_seconds(8 * DAY);
    let late = school.claims("ada", "skill:python");
    let seen = |who: &str| (school.row("", who)["last_active"].clone(), school.row("", who)["pace"].clone());
    let before = seen("ada");
    assert_eq!(before.0, json!("2026-11-27"));
    assert_ne!(before.1, json!("silent"));
    let told = |body: &str| body.matches("8 days").count();
    let page = told(&school.page("").body);

    school.withholds("ada", &[&late]);
    assert_eq!(seen("ada"), (json!("2026-11-19"), json!("silent")), "five sessions without anything that the cohort sees");
    assert_eq!(told(&school.page("").body), page + 1);
    let lines = school.page("/board.csv").body;
    assert!(lines.lines().any(|line| line.starts_with("ada") && line.contains(",silent,") && line.contains(",2026-11-19,")), "{lines}");
    let id = school.row("", "ada")["id"].as_str().unwrap().to_owned();
    let read = |rest: &str| school.waymark.get_as(&school.api(rest), &school.waymark.token(&school.mentor, Scope::Read, None)).json();
    assert_eq!(read(&format!("/learners/{id}"))["last_active"], "2026-11-19");
    assert_eq!(read("/report")["now"]["paces"]["silent"], 2, "bela never wrote");
    let own = school.as_learner("ada", "GET", "/api/v1/evidence", Value::Null).json();
    assert_eq!(own["items"].as_array().unwrap().len(), 2, "the learner has both");

    // That it is taken back would tell of it too.
    let gone = school.as_learner("ada", "POST", &format!("/api/v1/evidence/{}/retraction", late["id"].as_str().unwrap()), json!({}));
    assert_eq!(gone.status, 201, "{}", gone.body);
    assert_eq!(seen("ada").0, json!("2026-11-19"));
    school.withholds("ada", &[]);
    assert_eq!(seen("ada").0, json!("2026-11-27"));
    assert_ne!(seen("ada").1, json!("silent"));
}

#[test]
fn a_rule_that_fails_is_no_change() {
    let school = School::open(&["ada"]);
    school.waymark.install_rule();
    let token = school.waymark.token(&school.lead, Scope::Admin, None);
    let mut wish = json!({ "name": "Backend Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "Europe/Lisbon" });
    wish["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
    wish["rule"] = json!("acme/rule");
    assert_eq!(school.waymark.send("PUT", &school.api(""), &token, wish).status, 200);
    school.waymark.account("bela", false);
    school.add("bela");
    school.claims("bela", "skill:git");
    school.waymark.pass_seconds(29 * DAY);
    school.waymark.rule.fails.store(true, std::sync::atomic::Ordering::SeqCst);
    let change = school.row("?change=true", "bela")["change"].clone();
    assert_eq!((&change["claimed"], &change["proven"]), (&json!(0), &json!(0)), "the built-in rule judges both");
    school.waymark.rule.fails.store(false, std::sync::atomic::Ordering::SeqCst);
    school.claims("bela", "skill:python");
    assert!(school.row("?change=true", "bela")["change"]["claimed"].as_i64().unwrap() > 0, "and what it judged is not kept");
}

#[test]
fn who_left_is_not_seen_by_the_cohort_any_more() {
    let school = School::open(&["ada"]);
    school.claims("ada", "skill:git");
    school.waymark.pass_seconds(DAY);
    let id = school.row("", "ada")["id"].as_str().unwrap().to_owned();
    let token = school.waymark.token(&school.lead, Scope::Admin, None);
    let left = school.waymark.send("POST", &school.api(&format!("/members/{id}/state")), &token, json!({ "state": "dropped" }));
    assert_eq!(left.status, 200, "{}", left.body);
    assert_eq!(school.row("", "ada")["last_active"], "2026-11-19");
    school.waymark.pass_seconds(5 * DAY);
    school.claims("ada", "skill:python");
    assert_eq!(school.row("", "ada")["last_active"], "2026-11-20", "the day on which she left");
}
