//! The API, from a path to its readiness.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;
use domain::policy::Scope;
use serde_json::{Value, json};

fn learner(waymark: &Waymark) -> String {
    waymark.token(&waymark.account("ada", false), Scope::Write, None)
}

fn start(waymark: &Waymark, token: &str) -> String {
    let made = waymark.send("POST", "/api/v1/paths", token, json!({ "role": "backend-developer" }));
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["id"].as_str().unwrap().to_owned()
}

/// A skill that the path's target asks for: requirement, subject, step.
fn a_skill(waymark: &Waymark, token: &str, path: &str) -> (String, Value) {
    let state = waymark.get_as(&format!("/api/v1/paths/{path}"), token).json();
    for requirement in state["requirements"].as_array().unwrap().iter().filter(|r| r["beyond"] == false) {
        let id = requirement["id"].as_str().unwrap();
        let detail = waymark.get_as(&format!("/api/v1/paths/{path}/requirements/{id}"), token).json();
        if detail["kind"] == "skill" {
            return (id.to_owned(), json!({ "subject": detail["subjects"][0], "step": detail["step"] }));
        }
    }
    panic!("the role asks for a skill");
}

#[test]
fn evidence_moves_the_score_and_a_retraction_takes_it_back() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    let path = start(&waymark, &token);
    let readiness = || waymark.get_as(&format!("/api/v1/paths/{path}/readiness"), &token).json();
    let before = readiness();
    assert_eq!((before["claimed"].clone(), before["proven"].clone(), before["origin"].clone()), (json!(0), json!(0), json!("current")));

    let (requirement, held) = a_skill(&waymark, &token, &path);
    let added = waymark.send(
        "POST",
        "/api/v1/evidence",
        &token,
        json!({ "kind": "link", "subjects": [held], "url": "https://code.example/ada", "title": "A service" }),
    );
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!((added.json()["trust"].clone(), added.json()["day"].clone()), (json!("linked"), json!("2026-11-19")));
    let after = readiness();
    assert!(after["claimed"].as_u64() > Some(0), "{after}");
    let receipts = after["receipts"].as_array().unwrap();
    let sum: u64 = receipts.iter().map(|receipt| receipt["claimed"].as_u64().unwrap()).sum();
    assert_eq!(after["claimed"], sum);
    let possible: u64 = receipts.iter().map(|receipt| receipt["possible"].as_u64().unwrap()).sum();
    assert_eq!(possible, 10_000);
    assert_eq!(readiness(), after, "asked again it is the stored one");

    let detail = waymark.get_as(&format!("/api/v1/paths/{path}/requirements/{requirement}"), &token).json();
    assert_eq!(detail["evidence"][0]["title"], "A service");

    let entry = added.json()["id"].as_str().unwrap().to_owned();
    let retracted = waymark.send("POST", &format!("/api/v1/evidence/{entry}/retraction"), &token, json!({ "note": "not mine" }));
    assert_eq!((retracted.status, retracted.json()["retracts"].clone()), (201, json!(1)), "{}", retracted.body);
    assert_eq!(readiness()["claimed"], 0);
    let twice = waymark.send("POST", &format!("/api/v1/evidence/{entry}/retraction"), &token, json!({}));
    assert!((400..500).contains(&twice.status), "{}", twice.body);

    let redacted = waymark.ask("DELETE", &format!("/api/v1/evidence/{entry}/text"), &[("authorization", &format!("Bearer {token}"))], b"");
    assert_eq!(redacted.status, 204, "{}", redacted.body);
    let shown = waymark.get_as(&format!("/api/v1/evidence/{entry}"), &token).json();
    assert_eq!((shown["redacted"].clone(), shown["title"].clone()), (json!(true), Value::Null));
}

#[test]
fn a_rule_that_fails_shows_its_last_good_score_or_lets_the_built_in_one_stand_in() {
    let waymark = Waymark::start();
    waymark.install_rule();
    let start_with_rule = |username: &str| {
        let token = waymark.token(&waymark.account(username, false), Scope::Write, None);
        let made = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer", "rule": "acme/rule" }));
        assert_eq!(made.status, 201, "{}", made.body);
        (token, made.json()["id"].as_str().unwrap().to_owned())
    };
    let readiness = |(token, path): &(String, String)| waymark.get_as(&format!("/api/v1/paths/{path}/readiness"), token).json();
    let add = |(token, path): &(String, String)| {
        let (_, held) = a_skill(&waymark, token, path);
        let body = json!({ "kind": "link", "subjects": [held], "url": "https://code.example/x" });
        assert_eq!(waymark.send("POST", "/api/v1/evidence", token, body).status, 201);
    };
    let (ada, bob) = (start_with_rule("ada"), start_with_rule("bob"));
    let good = readiness(&ada);
    assert_eq!((good["origin"].clone(), good["rule"].clone()), (json!("current"), json!("acme/rule@1.0.0")));

    waymark.rule.fails.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(readiness(&ada)["origin"], "current", "what is stored needs no rule");
    add(&ada);
    add(&bob);
    let stale = readiness(&ada);
    assert_eq!((stale["origin"].clone(), stale["failure"].clone()), (json!("stale"), json!("trap")));
    assert_eq!(stale["card_hash"], good["card_hash"]);
    let stand_in = readiness(&bob);
    assert_eq!((stand_in["origin"].clone(), stand_in["rule"].clone()), (json!("stand-in"), json!("waymark/default@1")));
    assert!(stand_in["claimed"].as_u64() > Some(0));

    waymark.rule.fails.store(false, std::sync::atomic::Ordering::SeqCst);
    for learner in [&ada, &bob] {
        let again = readiness(learner);
        assert_eq!((again["origin"].clone(), again["rule"].clone()), (json!("current"), json!("acme/rule@1.0.0")));
        assert!(again["claimed"].as_u64() > Some(0));
    }
}

#[test]
fn a_write_with_a_key_is_done_once_and_answered_alike() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "working" }] });
    let post = |body: &Value, key: &str| waymark.send_with("POST", "/api/v1/evidence", &token, body.clone(), &[("idempotency-key", key)]);
    let first = post(&claim, "k1");
    assert_eq!(first.status, 201, "{}", first.body);
    let second = post(&claim, "k1");
    assert_eq!((second.status, second.body.as_str(), second.header("idempotency-replayed")), (201, first.body.as_str(), "true"));
    let other = post(&json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "aware" }] }), "k1");
    assert_eq!((other.status, other.json()["code"].clone()), (422, json!("idempotency_key_reused")));
    assert_eq!(post(&claim, "k2").json()["number"], 2);
    assert_eq!(post(&claim, &"k".repeat(101)).json()["code"], "idempotency_key_malformed");
    let bob = waymark.token(&waymark.account("bob", false), Scope::Write, None);
    let bobs = waymark.send_with("POST", "/api/v1/evidence", &bob, claim, &[("idempotency-key", "k1")]);
    assert_eq!(bobs.json()["number"], 1, "keys are an account's own");
}

#[test]
fn starting_a_path_twice_is_refused_but_repeating_the_request_is_not() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    let post = |key: &[(&str, &str)]| waymark.send_with("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer" }), key);
    let first = post(&[("idempotency-key", "p")]);
    assert_eq!((first.status, post(&[("idempotency-key", "p")]).body), (201, first.body.clone()));
    assert_eq!(post(&[("idempotency-key", "q")]).json()["code"], "path_exists");
    assert_eq!(post(&[]).json()["code"], "path_exists");
    let unknown = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "pilot" }));
    assert_eq!(unknown.json()["errors"][0]["code"], "role_unknown");
}

#[test]
fn the_ledger_is_read_page_by_page_without_gaps() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    for step in ["aware", "working", "independent", "leading", "aware"] {
        let answer = waymark.send(
            "POST",
            "/api/v1/evidence",
            &token,
            json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": step }] }),
        );
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    let (mut numbers, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = waymark.get_as(&format!("/api/v1/evidence?limit=2{cursor}"), &token).json();
        numbers.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["number"].as_u64().unwrap()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(numbers, [5, 4, 3, 2, 1]);
    assert_eq!(waymark.get_as("/api/v1/evidence?subject=skill:go", &token).json()["items"], json!([]));
}

#[test]
fn a_path_is_changed_field_by_field() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    let path = start(&waymark, &token);
    let change = |body: Value| waymark.send("PATCH", &format!("/api/v1/paths/{path}"), &token, body);
    let dated = change(json!({ "target_day": "2027-06-30", "hours_week": 10 })).json();
    assert_eq!((dated["target_day"].clone(), dated["hours_week"].clone()), (json!("2027-06-30"), json!(10)));
    assert_eq!(change(json!({ "hours_week": 12 })).json()["target_day"], "2027-06-30");
    let wrong = change(json!({ "target_level": "emperor", "hours_week": 200 }));
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.json()["errors"].as_array().unwrap().len(), 2, "{}", wrong.body);
    let rule = change(json!({ "rule": "acme/none" }));
    assert_eq!(rule.json()["errors"][0]["code"], "rule_unknown");
    waymark.pass_seconds(365 * 86_400);
    assert_eq!(change(json!({ "hours_week": 5 })).status, 200, "a target day that has passed stays");
}

#[test]
fn a_plan_is_the_learners_own_and_moves_no_score() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    let path = start(&waymark, &token);
    let (requirement, _) = a_skill(&waymark, &token, &path);
    let at = format!("/api/v1/paths/{path}/requirements/{requirement}");
    let put = waymark.send("PUT", &format!("{at}/plan"), &token, json!({ "doing": true, "note": "after lunch" }));
    assert_eq!(put.status, 200, "{}", put.body);
    let detail = waymark.get_as(&at, &token).json();
    assert_eq!((detail["state"].clone(), detail["plan"]["note"].clone()), (json!("doing"), json!("after lunch")));
    assert_eq!(waymark.get_as(&format!("/api/v1/paths/{path}/readiness"), &token).json()["claimed"], 0);
    assert_eq!(waymark.send("PUT", &format!("/api/v1/paths/{path}/requirements/none/plan"), &token, json!({ "doing": true })).status, 404);
}

#[test]
fn a_digest_schedule_is_read_back_with_its_next_sending_in_local_time() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    assert_eq!(waymark.get_as("/api/v1/digest", &token).json()["rule"], Value::Null);
    let set = waymark.send("PUT", "/api/v1/digest", &token, json!({ "cadence": "weekly", "weekday": "sunday", "time": "18:30" }));
    assert_eq!(set.status, 200, "{}", set.body);
    let shown = waymark.get_as("/api/v1/digest", &token).json();
    assert_eq!((shown["next_at"].clone(), shown["next_period"].clone()), (json!("2026-11-22T18:30:00Z"), json!("2026-W47")));
    for wrong in [
        json!({ "cadence": "weekly", "time": "18:30" }),
        json!({ "cadence": "monthly", "day": 32, "time": "18:30" }),
        json!({ "cadence": "daily", "time": "25:00" }),
    ] {
        assert_eq!(waymark.send("PUT", "/api/v1/digest", &token, wrong.clone()).status, 422, "{wrong}");
    }
    start(&waymark, &token);
    let preview = waymark.get_as("/api/v1/digest/preview", &token);
    assert_eq!(preview.status, 200, "{}", preview.body);
    assert_eq!(preview.json()["period"], "2026-W47");
    assert!(preview.json()["text"].as_str().unwrap().contains("/unsubscribe/"));
}

#[test]
fn an_unsubscribe_link_needs_no_cookie_and_works_twice() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    waymark.send("PUT", "/api/v1/digest", &token, json!({ "cadence": "daily", "time": "18:30" }));
    let text = waymark.get_as("/api/v1/digest/preview", &token).json()["text"].as_str().unwrap().to_owned();
    let link = text.split_whitespace().find(|word| word.contains("/unsubscribe/")).unwrap();
    let path = link.strip_prefix(&waymark.base.to_string()).unwrap();
    assert_eq!(waymark.get(path, &[]).status, 200);
    assert_eq!(waymark.get_as("/api/v1/digest", &token).json()["unsubscribed"], false, "looking changes nothing");
    for _ in 0..2 {
        let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
        assert_eq!(waymark.ask("POST", path, &form, b"List-Unsubscribe=One-Click").status, 200);
    }
    let shown = waymark.get_as("/api/v1/digest", &token).json();
    assert_eq!((shown["unsubscribed"].clone(), shown["next_at"].clone()), (json!(true), Value::Null));
    let end = path.len() - 1;
    let forged = format!("{}{}", &path[..end], if path.ends_with('A') { "B" } else { "A" });
    assert_eq!(waymark.get(&forged, &[]).status, 404);
}

#[test]
fn roles_and_subjects_are_found() {
    let waymark = Waymark::start();
    let token = learner(&waymark);
    let roles = waymark.get_as("/api/v1/roles", &token).json();
    assert_eq!(roles["items"][0]["id"], "backend-developer");
    let role = waymark.get_as("/api/v1/roles/backend-developer", &token).json();
    assert_eq!(role["document"]["id"], "backend-developer");
    assert_eq!(waymark.get_as("/api/v1/roles/acme/x/pilot", &token).status, 404);
    let found = waymark.get_as("/api/v1/subjects?q=postgres&kind=skill", &token).json();
    assert_eq!(found["items"][0]["subject"], "skill:postgresql");
    assert!(waymark.get("/api/v1/schemas/role-template.json", &[]).json()["$schema"].is_string());
}

#[test]
fn an_admin_sees_people_and_disables_others_but_not_oneself() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let (token, adas) = (waymark.token(&root, Scope::Admin, None), waymark.token(&ada, Scope::Read, None));
    let page = waymark.get_as("/api/v1/admin/people?limit=1", &token).json();
    assert_eq!(page["items"][0]["username"], "root");
    let rest = waymark.get_as(&format!("/api/v1/admin/people?limit=1&cursor={}", page["next"].as_str().unwrap()), &token).json();
    assert_eq!((rest["items"][0]["username"].clone(), rest["next"].clone()), (json!("ada"), Value::Null));
    let disable =
        |id: &domain::ids::PublicId| waymark.send("PATCH", &format!("/api/v1/admin/people/{id}"), &token, json!({ "disabled": true }));
    assert_eq!(disable(&root.public_id).json()["code"], "account_is_own");
    assert_eq!(disable(&ada.public_id).status, 204);
    assert_eq!(waymark.get_as("/api/v1/session", &adas).status, 401);
    let pack = waymark.ask(
        "POST",
        "/api/v1/admin/plugins",
        &[("authorization", &format!("Bearer {token}")), ("content-type", "application/octet-stream")],
        b"nonsense",
    );
    assert_eq!((pack.status, pack.json()["detail"].clone()), (422, json!("This is not a pack.")));
    let cookie = waymark.cookie(&root);
    let form = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p\"\r\n\r\nnonsense\r\n--x--\r\n";
    let own = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
    let page = waymark.ask("POST", "/admin/plugins", &own, form);
    assert_eq!(page.status, 422);
    assert!(page.body.contains("This is not a pack."), "{}", page.body);
    assert_eq!(waymark.get_as("/api/v1/admin/mail", &token).json()["status"]["transport"], "folder");
    assert_eq!(waymark.get_as("/api/v1/admin/doctor", &token).json()["findings"], json!([]));
}

#[test]
fn a_profile_keeps_what_is_absent_and_drops_what_is_null() {
    let waymark = Waymark::start();
    let token = waymark.token(&waymark.account("ada", false), Scope::Admin, None);
    let patch = |body: Value| waymark.send("PATCH", "/api/v1/profile", &token, body).status;
    assert_eq!(patch(json!({ "mail": "ada@harbour.example", "zone": "Asia/Tokyo" })), 204);
    assert_eq!(patch(json!({ "theme": "dark" })), 204);
    let me = waymark.get_as("/api/v1/session", &token).json();
    assert_eq!(
        (me["mail"].clone(), me["zone"].clone(), me["theme"].clone()),
        (json!("ada@harbour.example"), json!("Asia/Tokyo"), json!("dark"))
    );
    assert_eq!(patch(json!({ "mail": null })), 204);
    assert_eq!(waymark.get_as("/api/v1/session", &token).json()["mail"], Value::Null);
    let wrong = waymark.send(
        "PATCH",
        "/api/v1/profile",
        &token,
        json!({ "name": "", "mail": "x", "language": "xx", "zone": "Moon", "theme": "pink" }),
    );
    assert_eq!(wrong.json()["errors"].as_array().unwrap().len(), 5, "{}", wrong.body);
}

#[test]
fn a_body_is_an_object_never_its_fields_in_a_row() {
    let waymark = Waymark::start();
    let token = waymark.token(&waymark.account("ada", false), Scope::Write, None);
    let answer = waymark.send("PUT", "/api/v1/digest", &token, json!(["weekly", "18:00", "monday", null]));
    assert_eq!((answer.status, answer.json()["code"].clone()), (400, json!("body_malformed")));
    assert!(answer.json()["detail"].as_str().unwrap().contains("object"), "{}", answer.body);
}

#[test]
fn pages_keep_what_was_typed_and_say_beside_the_field_what_is_wrong() {
    let waymark = Waymark::start();
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let digest = waymark.form("/settings/digest", &cookie, &[("cadence", "monthly"), ("day", "40"), ("time", "07:15")]);
    assert_eq!(digest.status, 422);
    assert!(digest.body.contains(r#"value="40""#) && digest.body.contains(r#"value="07:15""#), "{}", digest.body);
    assert!(digest.body.contains(r#"value="monthly" checked"#), "{}", digest.body);
}

/// What a page was made of before may be shown again only while nothing of it has changed.
#[test]
fn a_page_that_was_shown_before_never_hides_a_change() {
    let waymark = Waymark::start();
    let account = waymark.account("ada", false);
    let (token, cookie) = (waymark.token(&account, Scope::Write, None), waymark.cookie(&account));
    let path = start(&waymark, &token);
    let json = || waymark.get_as(&format!("/api/v1/paths/{path}"), &token).json();
    let page = |below: &str| waymark.get(&format!("/paths/{path}{below}"), &[("cookie", &cookie)]).body;
    let shown = || (json(), page(""), page("/list"));
    let mut before = shown();
    assert_eq!(before, shown(), "nothing has changed");
    assert_ne!(page("/list?state=proven"), before.2, "another question has another answer");

    let mut changes = |what: &str| {
        let now = shown();
        assert!(now.0 != before.0 && now.1 != before.1 && now.2 != before.2, "{what} is not seen");
        before = now;
    };
    let (requirement, held) = a_skill(&waymark, &token, &path);
    let claim = json!({ "kind": "claim", "subjects": [held], "note": "Known." });
    let claimed = waymark.send("POST", "/api/v1/evidence", &token, claim);
    assert_eq!(claimed.status, 201, "{}", claimed.body);
    changes("a claim");
    let taken_back =
        waymark.send("POST", &format!("/api/v1/evidence/{}/retraction", claimed.json()["id"].as_str().unwrap()), &token, json!({}));
    assert!(taken_back.status < 300, "{}", taken_back.body);
    changes("a retraction");
    waymark.form(&format!("/paths/{path}/requirements/{requirement}/plan"), &cookie, &[("mark", "doing")]);
    changes("a plan");
    waymark.form(&format!("/paths/{path}/settings"), &cookie, &[("level", "senior"), ("hours", "9")]);
    changes("a target");
    let today = json()["today"].clone();
    waymark.pass_seconds(86_400);
    assert_ne!(json()["today"], today, "a day is not seen");

    waymark.form("/settings", &cookie, &[("name", "Ada Lovelace"), ("zone", "UTC"), ("theme", "dark")]);
    let renamed = page("");
    assert!(renamed.contains("Ada Lovelace") && renamed.contains("data-theme=\"dark\""), "the old name is shown");
}
