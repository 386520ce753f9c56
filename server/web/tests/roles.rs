//! Roles to choose from, a role's guide, and search: what a reader finds, and what a reader must not.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark, put_role_of};
use domain::policy::Scope;
use serde_json::{Value, json};

const FULL_STACK: &str = include_str!("../../../config/roles/full-stack-developer.toml");

/// A role of a pack, with a slash in its id and one fact of every kind of section that lacks a drawing.
const SMALL: &str = r#"
format = 1
id = "acme/roles/tester"
version = "2.0.0"
name = "Tester"
summary = "Finds what others missed."
sources = [{ key = "A", title = "A book", date = "2026-01-02", note = "Knows *nothing* of pay." }]
levels = [{ id = "tester", name = "Tester" }]
groups = [{ id = "craft", name = "Craft" }]

[[requirements]]
id = "git"
name = "Git"
group = "craft"
level = "tester"
hours = 10
skill = "git"
step = "working"
asks = "Keep history."

[[facts]]
section = "trend"
title = "More machines"
text = "Machines test **more**."
sources = ["A"]

[[transitions]]
to = "Back-End Developer"
direction = "up"
sources = ["A"]

[[transitions]]
to = "Astronaut"
direction = "related"
sources = ["A"]
"#;

fn page(waymark: &Waymark, path: &str, cookie: &str) -> Answer {
    let answer = waymark.get(path, &[("cookie", cookie), ("accept-language", "en")]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer
}

fn start(waymark: &Waymark, token: &str, role: &str) -> String {
    let made = waymark.send("POST", "/api/v1/paths", token, json!({ "role": role }));
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_catalogue_shows_every_role_with_whose_it_is_and_how_ready_one_is() {
    let waymark = Waymark::start();
    put_role_of(&waymark.store, FULL_STACK);
    let ada = waymark.account("ada", false);
    let (cookie, token) = (waymark.cookie(&ada), waymark.token(&ada, Scope::Write, None));
    let before = page(&waymark, "/roles", &cookie).body;
    assert!(before.contains("Back-End Developer") && before.contains("Full Stack Developer") && before.contains("comes with Waymark"));
    assert!(!before.contains("% ready"), "nothing recorded, nothing to say");

    waymark.send(
        "POST",
        "/api/v1/evidence",
        &token,
        json!({ "kind": "link", "subjects": [{ "subject": "skill:git", "step": "working" }], "url": "https://example.org/x" }),
    );
    let path = start(&waymark, &token, "backend-developer");
    let after = page(&waymark, "/roles", &cookie).body;
    assert_eq!(after.matches("% ready").count(), 2, "one proof counts for both");
    assert!(after.contains(&format!("/paths/{path}")), "the role that is followed leads to its path");
    assert!(after.contains("/start?role=full-stack-developer"));
}

#[test]
fn a_guide_shows_every_section_with_its_source_and_keeps_contradictions() {
    let waymark = Waymark::start();
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let guide = page(&waymark, "/roles/backend-developer", &cookie).body;
    for id in [
        "work",
        "ladder",
        "pay",
        "asks",
        "next",
        "gaps",
        "roads",
        "prepare",
        "exams",
        "resources",
        "ways-in",
        "sides",
        "questions",
        "market",
        "elsewhere",
        "sources",
    ] {
        assert!(guide.contains(&format!("id=\"{id}\"")), "{id} is missing");
    }
    // Both figures of a guide that contradicts itself, and that it does.
    assert!(guide.contains("17 %") && guide.contains("25 %") && guide.contains("140 000") && guide.contains("45 000"));
    assert_eq!(guide.matches("S1 says both").count(), 2);
    for pay in [
        "S0 55–70k",
        "S2 75–110k · USA",
        "S3 70–105k (medians)",
        "S1 median 70k, average 75k · USA",
        "median 133\u{202f}080 · USA · May 2023",
    ] {
        assert!(guide.contains(pay), "{pay}");
    }
    assert!(guide.contains("No overlap between S0 and S2: 70k is the top of the one, 75k the floor of the other."));
    assert!(guide.contains("S1 disagrees with itself: 140k lies outside of its own over 150k."));
    assert!(guide.contains("6–10M JPY") && guide.contains("(about 40–67k USD)"));
    for key in ["S0", "S1", "S2", "S3", "W"] {
        assert!(guide.contains(&format!("id=\"src-{key}\"")) && guide.contains(&format!("href=\"#src-{key}\"")), "{key}");
    }
    assert!(guide.contains("no guide here"), "a role that is not on offer is named without a link");
}

#[test]
fn every_fact_of_a_role_stands_in_its_guide() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let (cookie, token) = (waymark.cookie(&ada), waymark.token(&ada, Scope::Read, None));
    // What each requirement asks in words stands on a page of its own, behind a link.
    let guide = page(&waymark, "/roles/backend-developer", &cookie).body;
    assert!(guide.contains("/roles/backend-developer?texts=1"));
    let guide = guide + &page(&waymark, "/roles/backend-developer?texts=1", &cookie).body;
    let document = waymark.get_as("/api/v1/roles/backend-developer", &token).json()["document"].clone();
    let written = |text: &str| text.replace('&', "&amp;").replace('\'', "&#39;");
    let stands = |text: &str| {
        guide.contains(text) || guide.contains(&written(text)) || guide.contains(&text.replace('&', "&#38;").replace('\'', "&#39;"))
    };
    let texts = |list: &Value, key: &str| -> Vec<String> {
        list.as_array().unwrap().iter().filter_map(|one| one[key].as_str()).map(str::to_owned).collect()
    };
    let mut all = texts(&document["facts"], "text");
    all.extend(texts(&document["facts"], "title"));
    all.extend(texts(&document["transitions"], "to"));
    all.extend(texts(&document["requirements"], "name"));
    all.extend(texts(&document["requirements"], "asks"));
    all.extend(texts(&document["resources"], "name"));
    all.extend(texts(&document["exams"]["exams"], "name"));
    all.extend(texts(&document["salaries"], "label"));
    all.extend(
        document["facts"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|fact| fact["names"].as_array().cloned().unwrap_or_default())
            .map(|name| name.as_str().unwrap().to_owned()),
    );
    assert!(all.len() > 600, "{}", all.len());
    let missing: Vec<&String> = all.iter().filter(|text| !stands(text)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_guide_of_a_pack_with_little_in_it_shows_what_it_has() {
    let waymark = Waymark::start();
    put_role_of(&waymark.store, SMALL);
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let guide = page(&waymark, "/roles/acme/roles/tester", &cookie).body;
    assert!(
        guide.contains("Machines test <strong>more</strong>.")
            && guide.contains("2 January 2026")
            && guide.contains("Knows <em>nothing</em> of pay.")
    );
    for id in ["pay", "exams", "resources", "elsewhere", "questions", "gaps"] {
        assert!(!guide.contains(&format!("id=\"{id}\"")) && !guide.contains(&format!("href=\"#{id}\"")), "{id} has nothing to show");
    }
    assert!(guide.contains("href=\"/roles/backend-developer\"") && guide.contains("Astronaut"));
    assert_eq!(waymark.get("/roles/acme/roles/nobody", &[("cookie", &cookie)]).status, 404);
}

#[test]
fn requirements_of_a_guide_lead_to_ones_own_path_and_to_nobody_elses() {
    let waymark = Waymark::start();
    let (ada, bob) = (waymark.account("ada", false), waymark.account("bob", false));
    let path = start(&waymark, &waymark.token(&ada, Scope::Write, None), "backend-developer");
    let own = page(&waymark, "/roles/backend-developer", &waymark.cookie(&ada)).body;
    assert!(own.contains(&format!("/paths/{path}/requirements/docker")) && own.contains("class=\"tag on\""));
    let other = page(&waymark, "/roles/backend-developer", &waymark.cookie(&bob)).body;
    assert!(!other.contains(&path) && other.contains("href=\"#r-docker\"") && !other.contains("class=\"tag on\""));
}

#[test]
fn readiness_for_a_level_is_the_same_on_page_and_api() {
    let waymark = Waymark::start();
    put_role_of(&waymark.store, SMALL);
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Write, None);
    let ready = |waymark: &Waymark| waymark.get_as("/api/v1/roles/acme/roles/tester/readiness", &token).json()["items"].clone();
    assert_eq!(ready(&waymark), json!([{ "level": "tester", "name": "Tester", "claimed": 0, "proven": 0 }]));
    waymark.send(
        "POST",
        "/api/v1/evidence",
        &token,
        json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "working" }] }),
    );
    assert_eq!(ready(&waymark), json!([{ "level": "tester", "name": "Tester", "claimed": 10_000, "proven": 0 }]));
    let guide = page(&waymark, "/roles/acme/roles/tester", &waymark.cookie(&ada)).body;
    assert!(guide.contains("100 % claimed, 0 % proven"));
    assert_eq!(waymark.get_as("/api/v1/roles/nobody/readiness", &token).status, 404);
}

fn names(answer: &Answer) -> Vec<String> {
    let items = answer.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| format!("{}: {}", item["kind"].as_str().unwrap(), item["name"].as_str().unwrap())).collect()
}

#[test]
fn search_finds_requirements_resources_subjects_and_notes_best_first() {
    let waymark = Waymark::start();
    put_role_of(&waymark.store, FULL_STACK);
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Write, None);
    let path = start(&waymark, &token, "backend-developer");
    let search = |words: &str| waymark.get_as(&format!("/api/v1/search?q={}", web::base::query_value(words)), &token);

    let found = search("POSTGRESQL");
    let first = &found.json()["items"][0];
    assert_eq!(
        (first["kind"].as_str(), first["path"].as_str(), first["requirement"].as_str()),
        (Some("requirement"), Some(path.as_str()), Some("postgresql"))
    );
    assert_eq!(found.json()["items"][1]["role"], "full-stack-developer", "one's own path comes first, other roles behind it");
    assert!(
        names(&found).contains(&"skill: PostgreSQL".to_owned()) && names(&found).contains(&"resource: PostgreSQL documentation".to_owned())
    );

    assert!(names(&search("resume impact")).contains(&"requirement: Résumé with impact".to_owned()), "accents do not matter");
    assert!(names(&search("k8s")).iter().any(|name| name == "skill: Kubernetes"), "aliases are looked at");
    assert_eq!(names(&search("docker xyzzy")), [""; 0], "all words have to fit");
    assert_eq!(names(&search("?!")), [""; 0]);
    let few = waymark.get_as("/api/v1/search?q=a&kind=skill&limit=3", &token);
    assert_eq!(names(&few).len(), 3);
    assert!(names(&few).iter().all(|name| name.starts_with("skill: ")));
    assert_eq!(waymark.get_as("/api/v1/search?q=a&kind=people", &token).status, 422);
}

#[test]
fn questions_own_cards_and_own_links_are_found_and_what_a_good_answer_covers_is_not() {
    let waymark = Waymark::start();
    let (ada, bob) = (waymark.account("ada", false), waymark.account("bob", false));
    let (token, other) = (waymark.token(&ada, Scope::Write, None), waymark.token(&bob, Scope::Write, None));
    let path = start(&waymark, &token, "backend-developer");
    let question = common::deck().questions[0].clone();
    let search =
        |words: &str, token: &str| waymark.get_as(&format!("/api/v1/search?q={}&kind=question", web::base::query_value(words)), token);
    let found = search(&question.question, &token).json();
    assert_eq!(
        (found["items"][0]["name"].as_str(), found["items"][0]["topic"].as_str()),
        (Some(question.question.as_str()), Some(question.topic.as_str()))
    );
    assert!(!found.to_string().contains(&question.covers[0]), "the answer is not given away");

    let csv = "front,back\nWhere do quokkas live?,On Rottnest Island\n";
    assert_eq!(waymark.send("POST", "/api/v1/practice/decks", &token, json!({ "name": "Mine", "text": csv })).status, 201);
    let link = format!("/api/v1/paths/{path}/requirements/docker/links");
    let kept = waymark.send("POST", &link, &token, json!({ "title": "Quokka handbook", "url": "https://example.org/handbook" }));
    assert_eq!(kept.status, 201, "{}", kept.body);
    let card = search("quokkas", &token).json()["items"][0].clone();
    assert_eq!((card["name"].as_str(), card["card"].is_string()), (Some("Where do quokkas live?"), true));
    assert_eq!(names(&search("rottnest", &token)), [""; 0]);
    assert_eq!(names(&waymark.get_as("/api/v1/search?q=handbook", &token)), ["note: Docker and containers"]);
    let html = page(&waymark, "/search?q=quokkas", &waymark.cookie(&ada)).body;
    assert!(html.contains(&format!("/practice/cards/{}", card["card"].as_str().unwrap())), "{html}");
    assert_eq!(names(&search("quokkas", &other)), [""; 0]);
    assert_eq!(names(&waymark.get_as("/api/v1/search?q=handbook", &other)), [""; 0]);
}

#[test]
fn what_another_person_wrote_is_never_found() {
    let waymark = Waymark::start();
    let (ada, bob) = (waymark.account("ada", false), waymark.account("bob", true));
    let (token, other) = (waymark.token(&ada, Scope::Write, None), waymark.token(&bob, Scope::Admin, None));
    let path = start(&waymark, &token, "backend-developer");
    start(&waymark, &other, "backend-developer");
    let plan = waymark.send(
        "PUT",
        &format!("/api/v1/paths/{path}/requirements/docker/plan"),
        &token,
        json!({ "doing": true, "note": "Ask about the quokka image" }),
    );
    assert_eq!(plan.status, 200, "{}", plan.body);
    let entry = waymark.send(
        "POST",
        "/api/v1/evidence",
        &token,
        json!({ "kind": "link", "subjects": [{ "subject": "skill:git", "step": "working" }], "title": "Quokka tracker", "url": "https://example.org/quokka", "note": "Counts quokkas." }),
    );
    assert_eq!(entry.status, 201, "{}", entry.body);

    let found = waymark.get_as("/api/v1/search?q=quokka", &token);
    assert_eq!(names(&found), ["note: Quokka tracker", "note: Docker and containers"], "the title before the text: {}", found.body);
    assert_eq!(found.json()["items"][0]["seq"], 1);
    assert_eq!(found.json()["items"][1]["requirement"], "docker");
    let html = page(&waymark, "/search?q=quokka", &waymark.cookie(&ada)).body;
    assert!(
        html.contains("<mark>Quokka</mark> tracker")
            && html.contains("/ledger?before=2#e-1")
            && html.contains(&format!("/paths/{path}/requirements/docker"))
    );

    for who in [&bob, &waymark.account("eve", false)] {
        let token = waymark.token(who, Scope::Read, None);
        assert_eq!(names(&waymark.get_as("/api/v1/search?q=quokka", &token)), [""; 0]);
        let html = page(&waymark, "/search?q=quokka", &waymark.cookie(who)).body;
        assert!(html.contains("Nothing fits") && !html.contains("tracker"));
    }

    // What is blanked is gone from here too.
    let id = entry.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        waymark.ask("DELETE", &format!("/api/v1/evidence/{id}/text"), &[("authorization", &format!("Bearer {token}"))], b"").status,
        204
    );
    assert_eq!(names(&waymark.get_as("/api/v1/search?q=quokka", &token)), ["note: Docker and containers"]);
}

#[test]
fn a_long_list_is_cut_and_leads_to_more_of_its_kind() {
    let waymark = Waymark::start();
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let all = page(&waymark, "/search?q=a", &cookie).body;
    assert!(all.contains("/search?q=a&#38;kind=requirement") || all.contains("/search?q=a&amp;kind=requirement"), "{all}");
    assert_eq!(all.matches("class=\"hit\"").count(), 6 * all.matches("aria-labelledby=\"k-").count());
    let one = page(&waymark, "/search?q=a&kind=requirement", &cookie).body;
    assert_eq!(one.matches("aria-labelledby=\"k-").count(), 1);
    assert!(one.matches("class=\"hit\"").count() > 6 && one.contains("Look everywhere"));
    let hostile = page(&waymark, "/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22", &cookie).body;
    assert!(!hostile.contains("<script>alert") && hostile.contains("Nothing fits"));
}

#[test]
fn every_page_has_a_way_to_the_search_without_a_script() {
    let waymark = Waymark::start();
    put_role_of(&waymark.store, FULL_STACK);
    let ada = waymark.account("ada", false);
    let cookie = waymark.cookie(&ada);
    for path in ["/", "/roles", "/roles/full-stack-developer", "/ledger", "/settings", "/search", "/start"] {
        let html = page(&waymark, path, &cookie).body;
        assert!(html.contains("role=\"search\"") && html.contains("href=\"/search\"") && html.contains("accesskey=\"/\""), "{path}");
        assert_eq!(html.matches("accesskey=\"/\"").count(), 1, "{path}: one key, one place");
        assert!(html.contains("href=\"/roles\""), "{path}: the guides are in the footer");
    }
}
