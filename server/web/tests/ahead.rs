//! Looking ahead: today, what if, the forecast, and the receipts in the order asked for.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::sync::atomic::Ordering;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::policy::Scope;
use domain::time::Day;
use serde_json::{Value, json};

const WEEK: i64 = 7 * 86_400;

struct Learner {
    token: String,
    cookie: String,
    path: String,
}

fn learner(waymark: &Waymark, username: &str, more: Value) -> (Account, Learner) {
    let account = waymark.account(username, false);
    let token = waymark.token(&account, Scope::Write, None);
    let mut body = json!({ "role": "backend-developer", "target_day": "2027-03-01", "hours_week": 10 });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = waymark.send("POST", "/api/v1/paths", &token, body);
    assert_eq!(made.status, 201, "{}", made.body);
    let path = made.json()["id"].as_str().unwrap().to_owned();
    let cookie = waymark.cookie(&account);
    (account, Learner { token, cookie, path })
}

impl Learner {
    fn page(&self, waymark: &Waymark, path: &str) -> Answer {
        waymark.get(path, &[("cookie", &self.cookie)])
    }

    fn readiness(&self, waymark: &Waymark) -> Value {
        waymark.get_as(&format!("/api/v1/paths/{}/readiness", self.path), &self.token).json()
    }

    fn what_if(&self, waymark: &Waymark, body: Value) -> Answer {
        waymark.send("POST", &format!("/api/v1/paths/{}/what-if", self.path), &self.token, body)
    }

    /// Skills that the target asks for, with what they hold: requirement, subject, step.
    fn skills(&self, waymark: &Waymark, many: usize) -> Vec<(String, Value)> {
        let state = waymark.get_as(&format!("/api/v1/paths/{}", self.path), &self.token).json();
        let counted = self.readiness(waymark)["receipts"].clone();
        let brings = |id: &str| counted.as_array().unwrap().iter().any(|r| r["requirement"] == id && r["possible"].as_u64() > Some(0));
        let mut found = Vec::new();
        for requirement in state["requirements"].as_array().unwrap().iter().filter(|r| r["beyond"] == false) {
            let id = requirement["id"].as_str().unwrap();
            let detail = waymark.get_as(&format!("/api/v1/paths/{}/requirements/{id}", self.path), &self.token).json();
            if detail["kind"] == "skill" && brings(id) {
                found.push((id.to_owned(), json!({ "subject": detail["subjects"][0], "step": detail["step"] })));
            }
            if found.len() == many {
                return found;
            }
        }
        panic!("the role asks for {many} skills");
    }

    fn claim(&self, waymark: &Waymark, held: &Value, more: Value) -> Value {
        let mut body = json!({ "kind": "claim", "subjects": [held] });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let added = waymark.send("POST", "/api/v1/evidence", &self.token, body);
        assert_eq!(added.status, 201, "{}", added.body);
        added.json()
    }
}

#[test]
fn somebody_new_is_welcomed_and_offered_the_roles() {
    let waymark = Waymark::start();
    let account = waymark.account("ada", false);
    let home = waymark.get("/", &[("cookie", &waymark.cookie(&account))]);
    assert_eq!(home.status, 200);
    assert!(home.body.contains("name=\"role\" value=\"backend-developer\"") && home.body.contains("action=\"/start\""), "{}", home.body);
    let today = waymark.get_as("/api/v1/today", &waymark.token(&account, Scope::Read, None)).json();
    assert_eq!((today["day"].clone(), today["paths"].clone(), today["due"].clone()), (json!("2026-11-19"), json!([]), json!([])));
    assert_eq!((today["streak"].clone(), today["week"]["minutes"].clone(), today["also_ready"].clone()), (json!(0), json!(0), Value::Null));
}

#[test]
fn today_tells_the_week_what_is_due_and_what_changed() {
    let waymark = Waymark::start();
    let (_, ada) = learner(&waymark, "ada", json!({}));
    let skills = ada.skills(&waymark, 2);
    let before = ada.readiness(&waymark);
    waymark.pass_seconds(WEEK);
    ada.claim(&waymark, &skills[0].1, json!({ "minutes": 50 }));
    ada.claim(&waymark, &skills[1].1, json!({ "minutes": 75, "day": "2026-11-25" }));
    let slip = ada.claim(&waymark, &skills[1].1, json!({ "minutes": 900 }));
    let retraction = format!("/api/v1/evidence/{}/retraction", slip["id"].as_str().unwrap());
    assert_eq!(waymark.send("POST", &retraction, &ada.token, json!({})).status, 201);
    let subjects = waymark.get_as("/api/v1/subjects?kind=certification&limit=1", &ada.token).json();
    let certification = subjects["items"][0]["subject"].clone();
    let certificate = json!({
        "kind": "certificate", "subjects": [{ "subject": certification }], "issuer": "A body", "issued_on": "2024-12-01", "expires_on": "2026-12-01",
    });
    let added = waymark.send("POST", "/api/v1/evidence", &ada.token, certificate);
    assert_eq!(added.status, 201, "{}", added.body);

    let today = waymark.get_as("/api/v1/today", &ada.token).json();
    let week = &today["week"];
    let minutes: Vec<u64> = week["days"].as_array().unwrap().iter().map(|day| day["minutes"].as_u64().unwrap()).collect();
    assert_eq!((minutes, week["minutes"].clone(), week["set_aside"].clone()), (vec![0, 0, 75, 50, 0, 0, 0], json!(125), json!(600)));
    assert_eq!(week["days"][0]["day"], "2026-11-23");
    assert_eq!(today["streak"], 2);
    let path = &today["paths"][0];
    assert_eq!((path["claimed_before"].clone(), path["next"].as_array().unwrap().len()), (before["claimed"].clone(), 3));
    assert!(path["claimed"].as_u64() > path["claimed_before"].as_u64());
    // Nothing was practised yet: the day's new cards are offered.
    assert_eq!((today["due"][0]["kind"].clone(), today["due"][0]["cards"].clone()), (json!("cards"), json!(10)));
    let due = &today["due"][1];
    assert_eq!((due["kind"].clone(), due["day"].clone(), due["subject"].clone()), (json!("ending"), json!("2026-12-01"), certification));

    let home = ada.page(&waymark, "/");
    assert!(home.body.contains("2 days in a row") && home.body.contains("2 h 05 of the 10 h"), "{}", home.body);
    assert!(home.body.contains("10 cards") && home.body.contains("All of them new."), "{}", home.body);
    assert!(home.body.contains("5 days from now"));
    waymark.pass_seconds(6 * 86_400);
    let home = ada.page(&waymark, "/");
    assert!(home.body.contains("It held until 1 December."), "{}", home.body);
}

#[test]
fn what_if_answers_on_the_page_and_in_the_api_and_stores_nothing() {
    let waymark = Waymark::start();
    let (account, ada) = learner(&waymark, "ada", json!({}));
    let skills = ada.skills(&waymark, 2);
    ada.claim(&waymark, &skills[0].1, json!({}));
    let before = ada.readiness(&waymark);
    let stored = || {
        let (id, path) = (account.id, ada.path.parse().unwrap());
        let read = move |conn: &mut store::Conn<'_>| {
            let path = store::paths::get(conn, id, path)?;
            Ok((store::ledger::facts(conn, id)?, store::scorecards::latest(conn, path.id)?, store::plans::get(conn, path.id)?))
        };
        waymark.store.read_blocking(read).unwrap()
    };
    let was = stored();
    let reader = waymark.token(&account, Scope::Read, None);
    let address = format!("/api/v1/paths/{}/what-if", ada.path);
    let both: Vec<&str> = skills.iter().map(|(id, _)| id.as_str()).collect();
    let told = waymark.send("POST", &address, &reader, json!({ "finish": both, "trust": "linked" }));
    assert_eq!(told.status, 200, "{}", told.body);
    let told = told.json();
    assert_eq!(
        (told["before"]["claimed"].clone(), told["before"]["proven"].clone()),
        (before["claimed"].clone(), before["proven"].clone())
    );
    assert!(told["after"]["claimed"].as_u64() > told["before"]["claimed"].as_u64());
    assert!(told["after"]["proven"].as_u64() > told["before"]["proven"].as_u64());
    let receipts: Vec<&str> = told["receipts"].as_array().unwrap().iter().map(|r| r["requirement"].as_str().unwrap()).collect();
    assert_eq!(receipts, both);
    assert_eq!(told["stand_in"], Value::Null);

    let page = ada.page(&waymark, &format!("/paths/{}/readiness?finish={}&finish={}&trust=linked&against=", ada.path, both[0], both[1]));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("id=\"what-if-answer\"") && page.body.contains("Nothing is stored."), "{}", page.body);
    assert_eq!(page.body.matches("name=\"finish\"").count(), page.body.matches("type=\"checkbox\"").count());
    assert_eq!(page.body.matches(" checked").count(), 2);
    assert_eq!(stored(), was);
    assert_eq!(ada.readiness(&waymark), before);
}

#[test]
fn a_question_that_cannot_be_answered_names_its_fields_and_keeps_what_was_ticked() {
    let waymark = Waymark::start();
    let (_, ada) = learner(&waymark, "ada", json!({}));
    let (_, bob) = learner(&waymark, "bob", json!({}));
    let (id, _) = ada.skills(&waymark, 1).remove(0);
    let fields = |answer: Answer| -> Vec<(String, String)> {
        assert_eq!(answer.status, 422, "{}", answer.body);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        answer.json()["errors"].as_array().unwrap().iter().map(|error| (text(&error["field"]), text(&error["code"]))).collect()
    };
    let wrong = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    let table = [
        (json!({ "finish": [], "trust": "linked" }), vec![wrong("finish", "missing")]),
        (
            json!({ "finish": ["nothing"], "trust": "sure", "level": "chief" }),
            vec![wrong("finish", "requirement_unknown"), wrong("trust", "field_malformed"), wrong("level", "level_unknown")],
        ),
        (json!({ "finish": [&id], "trust": "linked", "role": "nobody" }), vec![wrong("role", "role_unknown")]),
    ];
    for (body, expected) in table {
        assert_eq!(fields(ada.what_if(&waymark, body.clone())), expected, "{body}");
    }
    let page = ada.page(&waymark, &format!("/paths/{}/readiness?finish={id}&trust=sure", ada.path));
    assert_eq!(page.status, 422);
    assert!(page.body.contains("error-text") && page.body.contains(&format!("value=\"{id}\" checked")), "{}", page.body);
    let hidden =
        waymark.send("POST", &format!("/api/v1/paths/{}/what-if", ada.path), &bob.token, json!({ "finish": [&id], "trust": "linked" }));
    assert_eq!(hidden.status, 404);
}

#[test]
fn what_if_goes_by_the_paths_own_rule_and_says_when_another_stands_in() {
    let waymark = Waymark::start();
    waymark.install_rule();
    let (_, ada) = learner(&waymark, "ada", json!({ "rule": "acme/rule" }));
    let (id, _) = ada.skills(&waymark, 1).remove(0);
    let question = json!({ "finish": [id], "trust": "verified" });
    let by_rule = ada.what_if(&waymark, question.clone()).json();
    assert_eq!(by_rule["stand_in"], Value::Null);
    waymark.rule.fails.store(true, Ordering::SeqCst);
    let stood_in = ada.what_if(&waymark, question).json();
    assert_eq!((stood_in["stand_in"].clone(), stood_in["after"].clone()), (json!("trap"), by_rule["after"].clone()));
}

#[test]
fn receipts_come_in_the_order_asked_for_and_sum_to_the_number_shown() {
    let waymark = Waymark::start();
    let (_, ada) = learner(&waymark, "ada", json!({}));
    let (_, held) = ada.skills(&waymark, 1).remove(0);
    ada.claim(&waymark, &held, json!({}));
    let address = format!("/paths/{}/readiness", ada.path);
    let rows = |page: &str| -> Vec<String> {
        page.split("<tr id=\"r-").skip(1).map(|row| row.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    let first = ada.page(&waymark, &address).body;
    assert_eq!(rows(&first).len(), 8);
    assert!(first.contains("Show all") && first.contains("more requirements"));
    assert!(!first.contains("aria-sort=\"descending\"") && first.contains("aria-sort=\"none\""));
    let json = ada.readiness(&waymark);
    assert_eq!(rows(&first)[0], json["next"][0]["requirement"].as_str().unwrap());

    let all = ada.page(&waymark, &format!("{address}?order=weight&all=1")).body;
    assert_eq!(all.matches("aria-sort=\"descending\"").count(), 1);
    let possible = |id: &String| {
        let receipts = json["receipts"].as_array().unwrap();
        receipts.iter().find(|receipt| receipt["requirement"] == id.as_str()).unwrap()["possible"].as_u64().unwrap()
    };
    let weights: Vec<u64> = rows(&all).iter().map(possible).collect();
    assert!(weights.len() > 8 && weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    assert_eq!(weights.iter().sum::<u64>(), 10_000);
    assert!(all.contains("<b>100.00</b>"));

    let named = ada.page(&waymark, &format!("{address}?order=name")).body;
    assert_eq!(named.matches("aria-sort=\"ascending\"").count(), 1);
    assert_eq!(ada.page(&waymark, &format!("{address}?order=best")).status, 422);
}

#[test]
fn a_forecast_waits_for_three_weeks_and_then_names_days() {
    let waymark = Waymark::start();
    let (_, ada) = learner(&waymark, "ada", json!({}));
    let skills = ada.skills(&waymark, 4);
    let first = ada.readiness(&waymark)["forecast"].clone();
    assert_eq!((first["claimed"]["cannot_say"].clone(), first["claimed"]["weeks"].clone()), (json!("too_young"), json!(0)));
    let stated: Day = first["stated"]["day"].as_str().unwrap().parse().unwrap();
    assert!(stated > "2026-11-19".parse().unwrap());
    assert!(ada.page(&waymark, &format!("/paths/{}/readiness", ada.path)).body.contains("it takes three weeks of history"));
    for (_, held) in &skills {
        waymark.pass_seconds(WEEK);
        ada.claim(&waymark, held, json!({}));
        ada.readiness(&waymark);
    }
    let shown = ada.readiness(&waymark);
    let forecast = &shown["forecast"];
    assert_eq!((forecast["claimed"]["cannot_say"].clone(), forecast["claimed"]["weeks"].clone()), (Value::Null, json!(4)), "{forecast}");
    assert_eq!(forecast["proven"]["cannot_say"], "no_gain", "claims prove nothing");
    assert!(forecast["claimed"]["median"].as_i64() > Some(0));
    let page = ada.page(&waymark, &format!("/paths/{}/readiness?span=all", ada.path)).body;
    assert!(page.contains("class=\"fb\"") && page.contains("class=\"fl plan\""), "lines with a band");
    assert!(page.contains("In your last 4 weeks"));

    // Another target is another measure: it is marked, and what was before does not compare.
    let patch = waymark.send("PATCH", &format!("/api/v1/paths/{}", ada.path), &ada.token, json!({ "target_level": "junior" }));
    assert_eq!(patch.status, 200, "{}", patch.body);
    waymark.pass_seconds(86_400);
    let moved = ada.readiness(&waymark);
    assert_eq!(moved["forecast"]["claimed"]["cannot_say"], "too_young");
    assert_eq!(moved["events"][0]["kind"], "target");
    let page = ada.page(&waymark, &format!("/paths/{}/readiness", ada.path)).body;
    assert!(page.contains("Another target"), "{page}");
}
