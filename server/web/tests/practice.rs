//! Interview practice through the pages and the API: what is due, grading, fading, limits, leeches, decks, interviews.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;

use domain::policy::Scope;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

/// A learner with a path that asks for every topic.
struct Learner {
    waymark: Waymark,

    token: String,
    cookie: String,
    path: String,
}

impl Learner {
    fn new() -> Self {
        let waymark = Waymark::start();
        let account = waymark.account("ada", false);
        let (token, cookie) = (waymark.token(&account, Scope::Write, None), waymark.cookie(&account));
        let wanted = json!({ "role": "backend-developer", "target_level": "mid-level" });
        let made = waymark.send("POST", "/api/v1/paths", &token, wanted);
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.json()["id"].as_str().unwrap().to_owned();
        Self { waymark, token, cookie, path }
    }

    fn get(&self, path: &str) -> common::Answer {
        self.waymark.get(path, &[("cookie", &self.cookie)])
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> common::Answer {
        self.waymark.form(path, &self.cookie, fields)
    }

    fn api(&self, method: &str, path: &str, body: Value) -> common::Answer {
        self.waymark.send(method, &format!("/api/v1/practice{path}"), &self.token, body)
    }

    fn practice(&self) -> Value {
        self.waymark.get_as("/api/v1/practice", &self.token).json()
    }

    fn cards(&self, query: &str) -> Vec<String> {
        let listed = self.waymark.get_as(&format!("/api/v1/practice/cards{query}"), &self.token).json();
        listed["items"].as_array().unwrap().iter().map(|card| card["card"].as_str().unwrap().to_owned()).collect()
    }

    fn grade(&self, card: &str, grade: &str) -> Value {
        let answer = self.api("POST", "/answers", json!({ "card": card, "grade": grade }));
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    /// Gives every card of a topic that is to be asked the same grade.
    fn grade_all(&self, topic: &str, grade: &str) {
        self.api("PUT", "/limits", json!({ "new_a_day": 50, "reviews_a_day": 50 }));
        for card in self.cards(&format!("?topic={topic}")) {
            self.grade(&card, grade);
        }
    }

    /// Claimed and proven, in basis points.
    fn readiness(&self) -> (u64, u64) {
        let shown = self.waymark.get_as(&format!("/api/v1/paths/{}/readiness", self.path), &self.token).json();
        (shown["claimed"].as_u64().unwrap(), shown["proven"].as_u64().unwrap())
    }

    fn days(&self, days: i64) {
        self.waymark.pass_seconds(days * DAY);
    }
}

/// The value of the first field of that name.
fn field(page: &str, name: &str) -> String {
    let opening = format!("name=\"{name}\" value=\"");
    let at = page.find(&opening).unwrap_or_else(|| panic!("no field {name} in {page}")) + opening.len();
    page[at..].split('"').next().unwrap().to_owned()
}

#[test]
fn a_practised_card_raises_readiness_and_a_month_takes_some_of_it_back() {
    let ada = Learner::new();
    assert_eq!(ada.readiness(), (0, 0));
    let question = ada.get("/practice/card?topic=api-design-principles");
    assert_eq!(question.status, 200, "{}", question.body);
    let (card, seen) = (field(&question.body, "card"), "0");
    assert!(!question.body.contains("What a good answer covers"), "the answer is hidden");
    let shown =
        ada.form("/practice/card/reveal", &[("card", &card), ("topic", "api-design-principles"), ("answer", "I would <ask> first")]);
    assert!(shown.body.contains("What a good answer covers") && shown.body.contains("I would &#60;ask&#62; first"), "{}", shown.body);
    let graded = ada.form("/practice/card/grade", &[("card", &card), ("seen", seen), ("grade", "easy")]);
    assert_eq!((graded.status, graded.header("location")), (303, "/practice/card"), "{}", graded.body);
    assert_eq!(ada.readiness(), (0, 0), "the session is not over");
    assert_eq!(ada.practice()["unsettled"], json!(["api-design-principles"]));

    assert_eq!(ada.form("/practice/finish", &[]).header("location"), "/practice?done=finish");
    let first = ada.readiness().0;
    assert!(first > 0, "one card of a topic counts");
    ada.grade_all("api-design-principles", "easy");
    let fresh = ada.readiness();
    assert!(fresh.0 > first && fresh.1 == fresh.0, "recall is linked, which a path without a mentor takes as proof: {fresh:?}");
    let entries = ada.waymark.get_as("/api/v1/evidence?subject=topic:api-design-principles", &ada.token).json();
    assert_eq!((entries["items"].as_array().unwrap().len(), entries["items"][0]["kind"].clone()), (3, json!("recall")));

    ada.days(30);
    let faded = ada.readiness();
    assert!(0 < faded.0 && faded.0 < fresh.0, "{faded:?} after {fresh:?}");
    assert!(ada.cards("").contains(&card), "it is due again");
    ada.grade_all("api-design-principles", "good");
    assert_eq!(ada.readiness().0, fresh.0, "and what is known again counts again");
}

#[test]
fn a_forgotten_card_takes_back_what_the_ledger_said() {
    let ada = Learner::new();
    ada.grade_all("code-review-practice", "easy");
    let known = ada.readiness().0;
    ada.days(20);
    ada.grade_all("code-review-practice", "again");
    assert_eq!(ada.api("POST", "/sessions", json!({})).json()["settled"], 1);
    ada.days(5);
    let forgotten = ada.readiness().0;
    assert!(forgotten < known, "{forgotten} of {known}");
    let kinds: Vec<Value> = ada.waymark.get_as("/api/v1/evidence", &ada.token).json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].clone())
        .collect();
    assert_eq!(kinds, ["recall", "retraction", "recall"]);
}

#[test]
fn the_ledger_is_told_when_nothing_of_a_topic_is_left_for_today() {
    let ada = Learner::new();
    assert_eq!(ada.form("/practice/limits", &[("new_a_day", "1"), ("reviews_a_day", "5")]).header("location"), "/practice?done=limits");
    let card = ada.cards("?topic=documentation-questions")[0].clone();
    ada.grade(&card, "good");
    assert_eq!(ada.practice()["unsettled"], json!(["documentation-questions"]), "it comes back in ten minutes");
    ada.grade(&card, "good");
    assert!(ada.readiness().0 > 0);
    assert_eq!(ada.practice()["unsettled"], json!([]));
}

#[test]
fn limits_hold_for_a_day_and_what_is_left_comes_tomorrow() {
    let ada = Learner::new();
    assert_eq!(ada.cards("").len(), 10, "ten new cards a day where nobody set a limit");
    let topics: std::collections::BTreeSet<String> = ada.waymark.get_as("/api/v1/practice/cards", &ada.token).json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["topic"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(topics.len(), 10, "each of another topic");
    let set = ada.api("PUT", "/limits", json!({ "new_a_day": 3, "reviews_a_day": 2 }));
    assert_eq!((set.status, set.json()), (200, json!({ "new_a_day": 3, "reviews_a_day": 2 })));
    let first = ada.cards("");
    assert_eq!(first.len(), 3);
    for card in &first {
        ada.grade(card, "easy");
    }
    assert_eq!(ada.cards(""), [""; 0]);
    assert!(ada.get("/practice").body.contains("Nothing is due"));
    assert_eq!(ada.get("/practice/card").header("location"), "/practice?done=all");
    ada.days(20);
    let later = ada.practice();
    assert_eq!((later["reviews"].clone(), later["new"].clone()), (json!(2), json!(3)), "a heavy day is cut to its limit");
    ada.grade(&first[0], "good");
    assert_eq!(ada.practice()["reviews"], 1);

    let wrong = ada.form("/practice/limits", &[("new_a_day", "1000"), ("reviews_a_day", "7")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("out of range") && wrong.body.contains("value=\"1000\"") && wrong.body.contains("value=\"7\""));
    assert_eq!(ada.api("PUT", "/limits", json!({ "new_a_day": 1, "reviews_a_day": 1000 })).json()["errors"][0]["field"], "reviews_a_day");
}

#[test]
fn a_card_that_is_forgotten_eight_times_is_a_leech_and_rests_until_it_is_taken_back() {
    let ada = Learner::new();
    let card = ada.cards("")[0].clone();
    ada.grade(&card, "easy");
    for lapse in 1..=8 {
        let state = ada.grade(&card, "again");
        assert_eq!((state["lapses"].clone(), state["leech"].clone()), (json!(lapse), json!(lapse == 8)), "{state}");
        if lapse < 8 {
            assert_eq!(ada.grade(&card, "good")["phase"], "review");
        }
    }
    ada.days(20);
    assert!(!ada.cards("").contains(&card));
    let page = ada.get("/practice").body;
    assert!(page.contains("Leech") && page.contains("forgotten 8 times"), "{page}");
    assert_eq!(ada.form("/practice/resume", &[("card", &card)]).status, 303);
    assert!(ada.cards("").contains(&card));
    let state = ada.api("PATCH", "/cards", json!({ "card": card, "suspended": true })).json();
    assert_eq!((state["suspended"].clone(), state["leech"].clone()), (json!(true), json!(true)), "the mark stays");
}

#[test]
fn a_buried_card_is_back_tomorrow_and_a_suspended_one_is_not() {
    let ada = Learner::new();
    let cards = ada.cards("");
    let aside = |card: &str, act: &str| ada.form("/practice/card/aside", &[("card", card), ("act", act)]);
    assert_eq!(aside(&cards[0], "bury").header("location"), "/practice/card?done=bury");
    assert_eq!(aside(&cards[1], "suspend").status, 303);
    let now = ada.cards("");
    assert!(!now.contains(&cards[0]) && !now.contains(&cards[1]));
    ada.days(1);
    let tomorrow = ada.cards("");
    assert!(tomorrow.contains(&cards[0]) && !tomorrow.contains(&cards[1]));
    assert_eq!(aside("own:00000000000000000000000000000000", "bury").status, 404);
}

#[test]
fn an_answer_that_is_sent_twice_counts_once() {
    let ada = Learner::new();
    let card = ada.cards("")[0].clone();
    for _ in 0..2 {
        let sent = ada.form("/practice/card/grade", &[("card", &card), ("seen", "0"), ("grade", "good")]);
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    let again = ada.api("POST", "/answers", json!({ "card": card, "grade": "good", "seen": 0 }));
    assert_eq!((again.status, again.json()["code"].clone()), (409, json!("card_answered")));
    let state = ada.api("POST", "/answers", json!({ "card": card, "grade": "good", "seen": 1 })).json();
    assert_eq!((state["seen"].clone(), state["phase"].clone()), (json!(2), json!("review")));
    assert_eq!(ada.api("POST", "/answers", json!({ "card": card, "grade": "fine" })).json()["errors"][0]["code"], "grade_unknown");
    assert_eq!(ada.api("POST", "/answers", json!({ "card": "nowhere:at-all", "grade": "good" })).status, 404);
}

/// A form with a file, as browsers send it.
fn multipart(fields: &[(&str, &str)], file: Option<&[u8]>) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    if let Some(file) = file {
        let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"deck.txt\"\r\nContent-Type: text/plain\r\n\r\n";
        body.extend(head.bytes().chain(file.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(*b"--edge--\r\n");
    ("multipart/form-data; boundary=edge".to_owned(), body)
}

impl Learner {
    fn upload(&self, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> common::Answer {
        let (kind, body) = multipart(fields, file);
        let headers = [("cookie", self.cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", kind.as_str())];
        self.waymark.ask("POST", path, &headers, &body)
    }
}

#[test]
fn a_file_is_looked_at_first_and_its_good_rows_become_a_deck() {
    let ada = Learner::new();
    let csv = "front,back,topic\nWhat is a quorum?,More than half,system-design-and-architecture\n,no front,\nWhat is a quorum?,again,\nX,Y,cooking\n";
    let preview = ada.upload("/practice/decks/preview", &[("name", "Mine"), ("topic", "")], Some(csv.as_bytes()));
    assert_eq!(preview.status, 200, "{}", preview.body);
    let page = &preview.body;
    assert!(page.contains("1 will be added, 1 stand there twice, 2 cannot be taken"), "{page}");
    assert!(page.contains("Front: This is needed") && page.contains("Topic: There is no such topic"), "{page}");
    assert_eq!(ada.waymark.get_as("/api/v1/practice/decks", &ada.token).json()["items"], json!([]), "nothing is stored yet");

    // what the preview's form sends back
    let added = ada.upload("/practice/decks", &[("name", "Mine"), ("topic", ""), ("text", csv)], None);
    assert_eq!((added.status, added.header("location")), (303, "/practice/decks?done=import"), "{}", added.body);
    let decks = ada.waymark.get_as("/api/v1/practice/decks", &ada.token).json();
    assert_eq!((decks["items"][0]["name"].clone(), decks["items"][0]["cards"].clone()), (json!("Mine"), json!(1)));
    let own = ada.cards("?topic=system-design-and-architecture").into_iter().find(|card| card.starts_with("own:")).unwrap();
    let shown = ada.form("/practice/card/reveal", &[("card", &own)]);
    assert!(shown.body.contains("What is a quorum?") && shown.body.contains("More than half"), "{}", shown.body);

    for (fields, file, said) in [
        (vec![("name", ""), ("topic", "cooking")], Some(b"".as_slice()), vec!["This is needed", "There is no such topic"]),
        (vec![("name", "Mine")], Some(b"\xff\xfe".as_slice()), vec!["not text in UTF-8"]),
        (vec![("name", "Mine")], None, vec!["This is needed"]),
        (vec![("name", "Mine")], Some(b"front,back\n".as_slice()), vec!["no row in this file"]),
    ] {
        let refused = ada.upload("/practice/decks/preview", &fields, file);
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(said.iter().all(|words| refused.body.contains(words)), "{said:?}: {}", refused.body);
    }
}

#[test]
fn ankis_export_becomes_a_deck_and_its_cards_can_be_rewritten() {
    let ada = Learner::new();
    let text = "#separator:tab\n#html:true\n#tags column:3\nWhat is <b>TTL</b>?\tTime &lt;to&gt; live<br>of a key\tapi-design-principles\n[sound:a.mp3]\t\t\n";
    let preview = ada.api("POST", "/decks/preview", json!({ "name": "Anki", "text": text })).json();
    assert_eq!((preview["from_anki"].clone(), preview["added"].clone()), (json!(true), json!(1)));
    assert_eq!(preview["rows"][1]["errors"], json!([{ "field": "front", "code": "missing" }, { "field": "back", "code": "missing" }]));
    let deck = ada.api("POST", "/decks", json!({ "name": "Anki", "text": text })).json();
    let id = deck["id"].as_str().unwrap();
    let cards = ada.waymark.get_as(&format!("/api/v1/practice/decks/{id}"), &ada.token).json();
    let card = cards["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        (cards["items"][0]["front"].clone(), cards["items"][0]["back"].clone()),
        (json!("What is TTL?"), json!("Time <to> live\nof a key"))
    );

    let rewrite = |front: &str, back: &str| ada.form(&format!("/practice/cards/{card}"), &[("front", front), ("back", back)]);
    let refused = rewrite("", "kept as typed");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("kept as typed") && refused.body.contains("This is needed"));
    assert_eq!(rewrite("TTL?", "Time to live").header("location"), format!("/practice/decks/{id}?done=1"));
    assert!(ada.get(&format!("/practice/decks/{id}")).body.contains("TTL?"));
    assert_eq!(ada.form(&format!("/practice/decks/{id}/cards"), &[("front", "New"), ("back", "One")]).status, 303);
    assert_eq!(ada.form(&format!("/practice/decks/{id}"), &[("name", " ")]).status, 422);
    assert_eq!(ada.api("PATCH", &format!("/decks/{id}"), json!({ "name": "Renamed" })).json()["cards"], 2);

    let bob = ada.waymark.account("bob", false);
    let theirs = ada.waymark.cookie(&bob);
    for path in [format!("/practice/decks/{id}"), format!("/practice/cards/{card}")] {
        assert_eq!(ada.waymark.get(&path, &[("cookie", &theirs)]).status, 404, "{path}");
        assert_eq!(ada.waymark.form(&path, &theirs, &[("act", "delete"), ("name", "x")]).status, 404, "{path}");
    }
    assert_eq!(ada.form(&format!("/practice/cards/{card}"), &[("act", "delete")]).status, 303);
    assert_eq!(ada.form(&format!("/practice/decks/{id}"), &[("act", "delete")]).header("location"), "/practice/decks?done=delete");
    assert!(!ada.cards("").iter().any(|card| card.starts_with("own:")));
}

#[test]
fn a_mock_interview_asks_one_by_one_keeps_notes_and_can_be_read_again() {
    let ada = Learner::new();
    let start = ada.form("/practice/interviews", &[("questions", "2"), ("minutes", "3"), ("topic", "api-design-principles")]);
    assert_eq!(start.status, 303, "{}", start.body);
    let first = start.header("location").to_owned();
    let interview = first.strip_suffix("/questions/1").unwrap().to_owned();
    let page = ada.get(&first).body;
    assert!(
        page.contains("Question 1 of 2") && page.contains("data-limit=\"180\"") && !page.contains("What a good answer covers"),
        "{page}"
    );
    assert_eq!(ada.get(&format!("{interview}/questions/2")).status, 404, "the second waits for the first");
    assert_eq!(ada.form(&format!("{interview}/questions/2"), &[("notes", "early")]).status, 404);

    ada.waymark.pass_seconds(200);
    assert_eq!(ada.form(&first, &[("notes", "Versioning, then <pagination>")]).header("location"), first);
    let answered = ada.get(&first).body;
    assert!(answered.contains("3:20 minutes") && answered.contains("What a good answer covers"), "{answered}");
    assert!(answered.contains("Versioning, then &#60;pagination&#62;"), "{answered}");
    let next = ada.form(&first, &[("mark", "partly")]);
    assert_eq!(next.header("location"), format!("{interview}/questions/2"));
    ada.form(&format!("{interview}/questions/2"), &[("notes", "")]);
    let last = ada.form(&format!("{interview}/questions/2"), &[("mark", "good")]);
    assert_eq!(last.header("location"), interview);
    let summary = ada.get(&interview).body;
    assert!(summary.contains("1 good, 1 partly") && summary.contains("Versioning, then"), "{summary}");
    assert!(ada.get("/practice/interviews").body.contains("2 questions: 1 good, 1 partly"));
    assert_eq!(ada.readiness(), (0, 0), "one's own marks move no score");

    let bob = ada.waymark.cookie(&ada.waymark.account("bob", false));
    assert_eq!(ada.waymark.get(&interview, &[("cookie", &bob)]).status, 404);
    let wrong = ada.form("/practice/interviews", &[("questions", "31"), ("minutes", "61"), ("topic", "cooking")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"31\"") && wrong.body.contains("no such topic"));
    assert_eq!(ada.form(&format!("{interview}/delete"), &[]).header("location"), "/practice/interviews?done=delete");
    assert_eq!(ada.get(&interview).status, 404);
}

#[test]
fn the_api_asks_a_mock_interview_too() {
    let ada = Learner::new();
    let made = ada.api("POST", "/interviews", json!({ "questions": 3 }));
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    assert_eq!((made["of"].clone(), made["questions"].as_array().unwrap().len()), (json!(3), 1), "questions come one by one");
    assert_eq!(made["questions"][0]["covers"], json!([]));
    let id = made["id"].as_str().unwrap();
    let after = ada.api("POST", &format!("/interviews/{id}/questions/1"), json!({ "notes": "n", "mark": "missed" })).json();
    assert_eq!((after["questions"].as_array().unwrap().len(), after["questions"][0]["mark"].clone()), (2, json!("missed")));
    assert!(!after["questions"][0]["covers"].as_array().unwrap().is_empty());
    assert_eq!(ada.api("POST", "/interviews", json!({ "questions": 0 })).json()["errors"][0]["field"], "questions");
    assert_eq!(
        ada.waymark
            .ask("DELETE", &format!("/api/v1/practice/interviews/{id}"), &[("authorization", &format!("Bearer {}", ada.token))], b"")
            .status,
        204
    );
    assert_eq!(ada.waymark.get_as("/api/v1/practice/interviews", &ada.token).json()["items"], json!([]));
}
