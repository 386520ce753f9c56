//! One's own data: the export, its import elsewhere, the résumé, another username, and leaving.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{PASSWORD, Waymark};
use domain::account::Account;
use domain::cohort::Standing;
use domain::ids::PublicId;
use domain::ledger::{EvidenceKind, Held, NewEntry, Payload};
use domain::policy::Scope;
use domain::subject::{Step, Trust};
use domain::time::Day;
use domain::world::Clock;
use domain::world::Dice;
use serde_json::{Value, json};

/// Somebody with a path, notes, a digest, and one entry of each kind; one of them is taken back, one is blanked.
fn live(waymark: &Waymark) -> (Account, String) {
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Admin, None);
    let path = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer", "hours_week": 9 })).json();
    let plan = format!("/api/v1/paths/{}/requirements/python/plan", path["id"].as_str().unwrap());
    assert_eq!(waymark.send("PUT", &plan, &token, json!({ "doing": true, "note": "chapter 3" })).status, 200);
    assert_eq!(waymark.send("PUT", "/api/v1/digest", &token, json!({ "cadence": "daily", "time": "07:00" })).status, 200);
    let add = |entry: Value| {
        let added = waymark.send("POST", "/api/v1/evidence", &token, entry);
        assert_eq!(added.status, 201, "{}", added.body);
        added.json()["id"].as_str().unwrap().to_owned()
    };
    let python = json!([{ "subject": "skill:python", "step": "working" }]);
    add(json!({ "kind": "claim", "subjects": python, "note": "Two *years*", "day": "2026-02-03" }));
    let wrong = add(json!({ "kind": "link", "subjects": python, "url": "https://code.example/ada", "title": "A service" }));
    let blanked = add(json!({ "kind": "experience", "subjects": [], "title": "Trainee", "issuer": "Harbour Works", "day": "2025-05-01" }));
    add(json!({ "kind": "experience", "subjects": python, "title": "Developer", "issuer": "Quay & Sons", "day": "2026-01-01" }));
    assert_eq!(waymark.send("POST", &format!("/api/v1/evidence/{wrong}/retraction"), &token, json!({ "note": "not mine" })).status, 201);
    let gone = waymark.ask("DELETE", &format!("/api/v1/evidence/{blanked}/text"), &[("authorization", &format!("Bearer {token}"))], b"");
    assert_eq!(gone.status, 204);
    let review = NewEntry {
        kind: EvidenceKind::Review,
        trust: Trust::Mentor,
        day: "2026-03-01".parse::<Day>().unwrap(),
        recorded_at: waymark.clock.now(),
        held: vec![Held { subject: "skill:python".parse().unwrap(), step: Some(Step::Independent) }],
        expires_on: None,
        retracts: None,
        recall: None,
        payload: Payload { by: Some("Mira".to_owned()), ..Payload::default() },
    };
    let (id, public_id) = (ada.id, waymark.dice.public_id());
    waymark.store.write_blocking(move |conn| store::ledger::append(conn, id, &review, public_id)).unwrap();
    (ada, token)
}

fn findings(report: &Value) -> Vec<(String, String, u64)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let all = report["findings"].as_array().unwrap_or_else(|| panic!("{report}"));
    all.iter().map(|finding| (text(finding, "code"), text(finding, "what"), finding["count"].as_u64().unwrap())).collect()
}

fn found(report: &Value, code: &str) -> Vec<(String, u64)> {
    findings(report).into_iter().filter(|(known, ..)| known == code).map(|(_, what, count)| (what, count)).collect()
}

#[test]
fn what_one_instance_exports_another_takes_once_and_with_less_trust() {
    let (from, to) = (Waymark::start(), Waymark::start());
    let (_, token) = live(&from);
    let exported = from.get_as("/api/v1/export", &token);
    assert_eq!(exported.status, 200, "{}", exported.body);
    let document = exported.json();
    assert_eq!((document["waymark"].clone(), document["version"].clone()), (json!("own-data"), json!(1)));
    let names: Vec<&String> = document["sections"].as_object().unwrap().keys().collect();
    let all = [
        "acts",
        "attachments",
        "co_authors",
        "digest",
        "evidence",
        "help",
        "interviews",
        "mails",
        "memberships",
        "mentor_messages",
        "mentor_notes",
        "paths",
        "practice",
        "profile",
        "review_drafts",
        "reviews",
        "scores",
        "sessions",
        "summaries",
        "tokens",
    ];
    assert_eq!(names, all);
    assert!(!exported.body.contains("token_hash") && !exported.body.contains("argon2"), "no secret travels");

    let bela = to.account("bela", false);
    let theirs = to.token(&bela, Scope::Admin, None);
    let tried = to.send("POST", "/api/v1/import?dry_run=true", &theirs, document.clone());
    assert_eq!(tried.status, 200, "{}", tried.body);
    assert_eq!(tried.json()["dry_run"], true);
    assert_eq!(to.get_as("/api/v1/evidence", &theirs).json()["items"], json!([]), "a trial changes nothing");
    assert_eq!(to.get_as("/api/v1/paths", &theirs).json()["items"], json!([]));

    let done = to.send("POST", "/api/v1/import", &theirs, document.clone());
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(findings(&done.json()), findings(&tried.json()), "what was announced is what happened");
    let kinds =
        [("claim", 1), ("link", 1), ("review", 1), ("experience", 2), ("retraction", 1)].map(|(kind, count)| (kind.to_owned(), count));
    assert_eq!(found(&done.json(), "evidence_new"), kinds);
    assert_eq!(found(&done.json(), "evidence_lowered"), [("mentor".to_owned(), 1)]);
    assert_eq!(found(&done.json(), "refused"), []);
    assert_eq!(found(&done.json(), "path_new").len(), 1);

    let ledger = to.get_as("/api/v1/evidence?limit=200", &theirs).json();
    let of = |kind: &str| -> Vec<Value> { ledger["items"].as_array().unwrap().iter().filter(|e| e["kind"] == kind).cloned().collect() };
    assert_eq!((of("claim")[0]["trust"].clone(), of("claim")[0]["day"].clone()), (json!("claimed"), json!("2026-02-03")));
    assert_eq!((of("review")[0]["trust"].clone(), of("review")[0]["by"].clone()), (json!("linked"), json!("Mira · Harbour School")));
    assert_eq!(of("retraction")[0]["retracts"], of("link")[0]["number"]);
    assert_eq!(of("experience").iter().filter(|entry| entry["redacted"] == true).count(), 1);
    let path = to.get_as("/api/v1/paths", &theirs).json()["items"][0].clone();
    assert_eq!(path["hours_week"], 9);
    let plan = to.get_as(&format!("/api/v1/paths/{}/requirements/python", path["id"].as_str().unwrap()), &theirs).json();
    assert!(plan.to_string().contains("chapter 3"), "{plan}");
    assert_eq!(to.get_as("/api/v1/digest", &theirs).json()["rule"]["time"], "07:00");

    let again = to.send("POST", "/api/v1/import", &theirs, document.clone()).json();
    assert_eq!(found(&again, "evidence_known"), [(String::new(), 6)]);
    assert_eq!((found(&again, "evidence_new"), found(&again, "path_new"), found(&again, "plans")), (vec![], vec![], vec![]));
    assert_eq!(to.get_as("/api/v1/evidence?limit=200", &theirs).json(), ledger, "nothing doubles");

    // And back again: the first instance knows its own entries in what the second exports.
    let back = to.get_as("/api/v1/export", &theirs).json();
    let home = from.send("POST", "/api/v1/import", &token, back).json();
    assert_eq!(found(&home, "evidence_known"), [(String::new(), 6)]);
    assert_eq!(found(&home, "evidence_new"), []);
}

#[test]
fn decks_and_what_is_remembered_of_their_cards_go_along_once() {
    let (from, to) = (Waymark::start(), Waymark::start());
    let (ada, bela) = (from.account("ada", false), to.account("bela", false));
    let (token, theirs) = (from.token(&ada, Scope::Admin, None), to.token(&bela, Scope::Admin, None));
    let csv = "front,back,topic\nWhat is a quorum?,More than half,system-design-and-architecture\nTTL?,Time to live,\n";
    assert_eq!(from.send("POST", "/api/v1/practice/decks", &token, json!({ "name": "Mine", "text": csv })).status, 201);
    let cards = |waymark: &Waymark, token: &str| -> Vec<(String, String)> {
        let decks = waymark.get_as("/api/v1/practice/decks", token).json();
        let ids = decks["items"].as_array().unwrap().iter().map(|deck| deck["id"].as_str().unwrap().to_owned());
        let of = |id: String| waymark.get_as(&format!("/api/v1/practice/decks/{id}"), token).json()["items"].as_array().unwrap().clone();
        let text = |card: &Value, key: &str| card[key].as_str().unwrap().to_owned();
        ids.flat_map(of).map(|card| (text(&card, "id"), text(&card, "front"))).collect()
    };
    let quorum = cards(&from, &token).into_iter().find(|(_, front)| front == "What is a quorum?").unwrap().0;
    let graded = from.send("POST", "/api/v1/practice/answers", &token, json!({ "card": format!("own:{quorum}"), "grade": "easy" }));
    assert_eq!(graded.status, 201, "{}", graded.body);

    let document = from.get_as("/api/v1/export", &token).json();
    let practice = &document["sections"]["practice"];
    assert_eq!(practice["answers"][0]["grade"], "easy");
    let kept = practice["cards"][format!("own:{quorum}")].clone();
    let done = to.send("POST", "/api/v1/import", &theirs, document.clone()).json();
    assert_eq!((found(&done, "deck_new"), found(&done, "memory_new")), (vec![("Mine".to_owned(), 2)], vec![(String::new(), 1)]));
    assert_eq!(found(&done, "refused"), []);
    let arrived = cards(&to, &theirs);
    assert_eq!(arrived.len(), 2);
    let (id, _) = arrived.iter().find(|(_, front)| front == "What is a quorum?").unwrap();
    let again = to.get_as("/api/v1/export", &theirs).json();
    assert_eq!(again["sections"]["practice"]["cards"][format!("own:{id}")], kept, "what is remembered is the same");

    let twice = to.send("POST", "/api/v1/import", &theirs, document.clone()).json();
    assert_eq!((found(&twice, "deck_known"), found(&twice, "memory_new")), (vec![("Mine".to_owned(), 0)], vec![]));
    assert_eq!(cards(&to, &theirs), arrived, "nothing doubles");

    let mut forged = document;
    forged["sections"]["practice"]["cards"][format!("own:{quorum}")]["memory"]["difficulty"] = json!(99);
    let third = Waymark::start();
    let chen = third.account("chen", false);
    let said = third.send("POST", "/api/v1/import", &third.token(&chen, Scope::Admin, None), forged).json();
    assert_eq!(found(&said, "refused").len(), 1, "{said}");
    assert_eq!((found(&said, "deck_new").len(), found(&said, "memory_new").len()), (1, 0));
}

#[test]
fn what_cannot_be_taken_is_named_and_nothing_is_done_by_half() {
    let waymark = Waymark::start();
    let token = waymark.token(&waymark.account("ada", false), Scope::Write, None);
    let send = |document: Value| waymark.send("POST", "/api/v1/import", &token, document);
    for (document, code) in [
        (json!({}), "import_not_ours"),
        (json!({ "waymark": "export", "version": 1, "sections": {} }), "import_not_ours"),
        (json!({ "waymark": "own-data", "version": 0, "sections": {} }), "import_not_ours"),
        (json!({ "waymark": "own-data", "version": 1, "sections": [] }), "import_not_ours"),
        (json!({ "waymark": "own-data", "version": 2, "sections": {} }), "import_newer"),
    ] {
        let answer = send(document);
        assert_eq!((answer.status, answer.json()["code"].clone()), (422, json!(code)));
    }
    let id = |n: u8| PublicId::new([n; 16]).to_string();
    let claim = |n: u8, subject: &str| {
        json!({ "id": id(n), "kind": "claim", "trust": "claimed", "day": "2026-02-03", "recorded_at": "2026-02-03T08:00:00Z",
            "subjects": [{ "subject": subject, "step": "working" }] })
    };
    let mut late = claim(3, "skill:python");
    late["day"] = json!("2026-11-20");
    let report = send(json!({
        "waymark": "own-data", "version": 1, "instance": "Elsewhere\u{202e}", "exported_at": "2026-11-01T00:00:00Z",
        "sections": {
            "evidence": [claim(1, "skill:python"), claim(2, "skill:acme/pack/thing"), late, { "id": "x" }, 7],
            "paths": [{ "role": "astronaut", "target_level": "x", "hours_week": 1, "started_on": "2026-01-01" }],
            "digest": { "learner": { "rule": "often" } },
            "scores": [],
            "horoscope": {},
        }
    }));
    assert_eq!(report.status, 200, "{}", report.body);
    let report = report.json();
    assert_eq!(report["from"], "Elsewhere");
    assert_eq!(found(&report, "evidence_new"), [("claim".to_owned(), 2)]);
    assert_eq!(found(&report, "subject_unknown"), [("skill:acme/pack/thing".to_owned(), 1)]);
    assert_eq!(found(&report, "section_unknown"), [("horoscope".to_owned(), 1)]);
    assert_eq!(found(&report, "left"), [("scores".to_owned(), 1)]);
    let refused: Vec<(Value, Value)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "refused")
        .map(|finding| (finding["what"].clone(), finding["error"].clone()))
        .collect();
    assert_eq!(
        refused,
        [
            (json!("evidence[3]"), json!("field_malformed")),
            (json!("evidence[4]"), json!("field_malformed")),
            (json!("evidence[2]"), json!("day_in_future")),
            (json!("paths[0]"), json!("role_unknown")),
            (json!("digest.learner"), json!("schedule_malformed")),
        ]
    );
}

#[test]
fn an_import_is_repeated_by_its_key_and_needs_the_right_to_write() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let document = json!({ "waymark": "own-data", "version": 1, "sections": {} });
    let token = waymark.token(&ada, Scope::Write, None);
    let key = [("idempotency-key", "once")];
    let first = waymark.send_with("POST", "/api/v1/import", &token, document.clone(), &key);
    let again = waymark.send_with("POST", "/api/v1/import", &token, document.clone(), &key);
    assert_eq!((first.status, again.status, again.header("idempotency-replayed")), (200, 200, "true"));
    assert_eq!(first.body, again.body);
    let reader = waymark.token(&ada, Scope::Read, None);
    assert_eq!(waymark.send("POST", "/api/v1/import", &reader, document).status, 403);
    assert_eq!(waymark.get_as("/api/v1/export", &token).status, 403, "the export names sessions and tokens");
}

#[test]
fn the_page_shows_what_would_come_and_then_imports_just_that() {
    let (from, to) = (Waymark::start(), Waymark::start());
    let (ada, _) = live(&from);
    let exported = from.get("/settings/export", &[("cookie", &from.cookie(&ada))]);
    assert_eq!(exported.header("content-disposition"), "attachment; filename=\"waymark-ada-data-2026-11-19.json\"");
    let cookie = to.cookie(&to.account("bela", false));
    let upload = |text: &str| {
        let body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n{text}\r\n--x--\r\n");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
        to.ask("POST", "/settings/import", &headers, body.as_bytes())
    };
    let wrong = upload("{}");
    assert!(wrong.status == 422 && wrong.body.contains("This is not a document that Waymark exported"), "{}", wrong.body);
    let none = to.form("/settings/import", &cookie, &[]);
    assert!(none.status == 422 && none.body.contains("This is not a document"), "{}", none.body);

    let shown = upload(&exported.body);
    assert_eq!(shown.status, 200, "{}", shown.body);
    for words in ["This would come", "Experience: 2 entries", "One entry was mentor-reviewed there", "Path: Back-End Developer"] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert!(to.get("/ledger", &[("cookie", &cookie)]).body.contains("Your ledger is empty"));
    let done = to.form("/settings/import", &cookie, &[("document", &exported.body)]);
    assert!(done.status == 200 && done.body.contains("It is here"), "{}", done.body);
    assert!(to.get("/ledger", &[("cookie", &cookie)]).body.contains("by Mira · Harbour School"));
    let again = to.form("/settings/import", &cookie, &[("document", &exported.body)]);
    assert!(again.body.contains("6 entries of the ledger") && !again.body.contains("h-new"), "{}", again.body);
}

#[test]
fn evidence_goes_along_as_a_resume_and_as_markdown() {
    let waymark = Waymark::start();
    let (ada, token) = live(&waymark);
    let resume = waymark.get_as("/api/v1/resume", &token).json();
    assert_eq!(resume["basics"], json!({ "name": "ada" }));
    assert_eq!(resume["work"].as_array().unwrap().len(), 1, "what was blanked is not told: {resume}");
    assert_eq!((resume["work"][0]["name"].clone(), resume["work"][0]["startDate"].clone()), (json!("Quay & Sons"), json!("2026-01-01")));
    assert_eq!(resume["skills"], json!([{ "name": "Python", "level": "independent" }]));
    assert_eq!(resume["projects"], json!([]), "what was taken back is not told");
    let allowed = ["$schema", "basics", "work", "certificates", "skills", "projects", "meta"];
    assert!(resume.as_object().unwrap().keys().all(|key| allowed.contains(&key.as_str())), "{resume}");

    let cookie = waymark.cookie(&ada);
    let markdown = waymark.get("/settings/evidence.md", &[("cookie", &cookie)]);
    assert_eq!(markdown.header("content-type"), "text/markdown; charset=utf-8");
    for line in ["# Evidence of ada", "## Claim", "- **Python (working)**", "  > Two *years*", "- **Developer**: Python (working)"] {
        assert!(markdown.body.lines().any(|known| known.trim_end() == line), "{line}:\n{}", markdown.body);
    }
    assert!(!markdown.body.contains("A service"), "what was taken back is not told");
}

#[test]
fn a_username_can_be_changed_to_one_that_is_free() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    waymark.account("bela", false);
    let cookie = waymark.cookie(&ada);
    for (wish, words) in [("Bela", "This username is taken"), ("a b", "A username has 2 to 32"), ("", "A username has 2 to 32")] {
        let refused = waymark.form("/settings/username", &cookie, &[("username", wish)]);
        assert!(refused.status == 422 && refused.body.contains(words), "{wish}: {}", refused.body);
        assert!(refused.body.contains(&format!("value=\"{wish}\"")), "what was typed stays");
    }
    let done = waymark.form("/settings/username", &cookie, &[("username", "Ada.Okafor")]);
    assert_eq!((done.status, done.header("location")), (303, "/settings/security?done=username"), "{}", done.body);
    assert_eq!(waymark.get("/api/v1/session", &[("cookie", &cookie)]).json()["username"], "ada.okafor", "the session goes on");
    assert_eq!(waymark.form("/login", "", &[("username", "ada"), ("password", PASSWORD)]).status, 422);
    assert_eq!(waymark.form("/login", "", &[("username", "ada.okafor"), ("password", PASSWORD)]).status, 303);
    let token = waymark.token(&ada, Scope::Admin, None);
    assert_eq!(waymark.send("PUT", "/api/v1/username", &token, json!({ "username": "ada" })).status, 204);
    let root = waymark.token(&waymark.account("root", true), Scope::Admin, None);
    let audit = waymark.get_as("/api/v1/admin/audit", &root).json();
    let renamed = audit["items"].as_array().unwrap().iter().filter(|row| row["act"] == "account.rename").count();
    assert_eq!(renamed, 2);
}

#[test]
fn an_account_is_erased_with_username_and_password_and_is_gone_everywhere() {
    let waymark = Waymark::start();
    let (ada, token) = live(&waymark);
    let mentor = waymark.account("mentor", false);
    waymark.cohort("Autumn", &[(&ada, Standing::Learner), (&mentor, Standing::Mentor)]);
    let (cookie, elsewhere) = (waymark.cookie(&ada), waymark.cookie(&ada));
    assert!(waymark.get("/settings/delete", &[("cookie", &cookie)]).body.contains("This cannot be undone"));
    let wrong = waymark.form("/settings/delete", &cookie, &[("username", "bela"), ("password", "not the password")]);
    assert_eq!(wrong.status, 422);
    for words in ["This is not your username", "This is not your password", "value=\"bela\""] {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    let gone = waymark.form("/settings/delete", &cookie, &[("username", "Ada"), ("password", PASSWORD)]);
    assert!(gone.status == 200 && gone.body.contains("Your account is erased"), "{}", gone.body);
    assert!(gone.header("set-cookie").contains("Max-Age=0"));
    for cookie in [&cookie, &elsewhere] {
        assert_eq!(waymark.get("/api/v1/session", &[("cookie", cookie)]).status, 401);
    }
    assert_eq!(waymark.get_as("/api/v1/session", &token).status, 401);
    assert_eq!(waymark.form("/login", "", &[("username", "ada"), ("password", PASSWORD)]).status, 422);
    let root = waymark.token(&waymark.account("root", true), Scope::Admin, None);
    let audit = waymark.get_as("/api/v1/admin/audit", &root).json();
    assert_eq!((audit["items"][0]["act"].clone(), audit["items"][0]["actor"].clone()), (json!("account.erase"), json!("—")));
    let (public_id, id) = (ada.public_id, ada.id);
    assert!(waymark.store.read_blocking(move |conn| store::accounts::by_public_id(conn, public_id)).is_err());
    assert_eq!(waymark.store.read_blocking(move |conn| store::ledger::facts(conn, id)).unwrap(), []);
    assert_eq!(waymark.account("ada", false).username.as_str(), "ada", "the name is free again");
}

#[test]
fn written_mails_go_with_the_account() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let planned = store::digests::Planned {
        account: ada.id,
        kind: domain::digest::DigestKind::Learner,
        period: domain::schedule::Period("2026-W47".to_owned()),
        due_at: waymark.clock.now(),
        outcome: store::digests::Outcome::Queue { message_id: "<ada-1@localhost>".to_owned() },
        next: None,
        now: waymark.clock.now(),
    };
    waymark.store.write_blocking(move |conn| store::digests::plan(conn, &planned)).unwrap();
    let token = waymark.token(&ada, Scope::Admin, None);
    let erase = |body: Value| waymark.send("DELETE", "/api/v1/account", &token, body);
    assert_eq!(erase(json!({ "username": "ada", "password": "not the password" })).status, 422);
    assert_eq!(*waymark.forgotten.lock().unwrap(), [""; 0]);
    assert_eq!(erase(json!({ "username": "ada", "password": PASSWORD })).status, 204);
    assert_eq!(*waymark.forgotten.lock().unwrap(), ["<ada-1@localhost>"]);
    assert_eq!(waymark.get_as("/api/v1/session", &token).status, 401);
}

#[test]
fn the_last_admin_cannot_go() {
    let waymark = Waymark::start();
    let root = waymark.account("root", true);
    let cookie = waymark.cookie(&root);
    let fields = [("username", "root"), ("password", PASSWORD)];
    let refused = waymark.form("/settings/delete", &cookie, &fields);
    assert!(refused.status == 422 && refused.body.contains("The last admin cannot go"), "{}", refused.body);
    let token = waymark.token(&root, Scope::Admin, None);
    let refused = waymark.send("DELETE", "/api/v1/account", &token, json!({ "username": "root", "password": PASSWORD }));
    assert_eq!((refused.status, refused.json()["code"].clone()), (409, json!("last_admin")));
    waymark.account("second", true);
    assert_eq!(waymark.form("/settings/delete", &cookie, &fields).status, 200);
}
