//! Headers, errors, panics, assets, the base path: what holds for every answer.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use actix_web::HttpResponse;
use common::Waymark;
use domain::cohort::Standing;
use domain::policy::Scope;
use domain::world::Clock;
use serde_json::json;
use web::route::{Access, Route, Verb, to};

async fn panics() -> HttpResponse {
    let nothing: Vec<u8> = Vec::new();
    let at = nothing.len();
    assert!(at > 0, "the secret cause");
    HttpResponse::Ok().finish()
}

static PANIC_PAGE: Route = Route::new(Verb::Get, "/panic", "panic", Access::Public, |asked| to(asked, panics));
static PANIC_API: Route = Route::new(Verb::Get, "/api/v1/panic", "api-panic", Access::Public, |asked| to(asked, panics));

#[test]
fn a_panic_is_answered_with_500_and_a_number_and_nothing_else() {
    let waymark = Waymark::start_with("", &[&PANIC_PAGE, &PANIC_API]);
    let page = waymark.get("/panic", &[]);
    assert_eq!(page.status, 500);
    let id = page.header("x-request-id").to_owned();
    assert_eq!(id.len(), 32);
    assert!(page.body.contains(&id) && page.body.contains("our fault"), "{}", page.body);
    assert!(!page.body.contains("secret cause"));
    let api = waymark.get("/api/v1/panic", &[]);
    assert_eq!((api.status, api.json()["code"].clone()), (500, json!("internal")));
    assert_eq!(api.json()["request_id"], api.header("x-request-id"));
    assert!(!api.body.contains("secret cause"));
    assert_eq!(waymark.get("/livez", &[]).status, 200, "the server lives on");
}

#[test]
fn every_answer_has_the_headers_that_browsers_obey() {
    let waymark = Waymark::start();
    let token = waymark.token(&waymark.account("ada", false), Scope::Read, None);
    for (answer, cache) in [
        (waymark.get("/login", &[]), "no-cache"),
        (waymark.get("/nothing", &[]), "no-cache"),
        (waymark.get("/livez", &[]), "no-cache"),
        (waymark.get_as("/api/v1/session", &token), "no-store"),
    ] {
        let csp = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
        assert_eq!(answer.header("content-security-policy"), csp);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("cache-control"), cache);
        assert_eq!(answer.header("x-request-id").len(), 32);
    }
}

#[test]
fn what_is_not_there_is_a_page_for_people_and_a_problem_for_programs() {
    let waymark = Waymark::start();
    let page = waymark.get("/nothing", &[("accept-language", "en")]);
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(page.body.contains("There is nothing here"));
    let problem = waymark.get("/api/v1/nothing", &[]);
    assert_eq!((problem.status, problem.header("content-type")), (404, "application/problem+json"));
    let problem = problem.json();
    assert_eq!(problem["type"], "urn:waymark:problem:not_there");
    assert_eq!((problem["code"].clone(), problem["status"].clone()), (json!("not_there"), json!(404)));
}

#[test]
fn somebody_elses_path_looks_like_one_that_does_not_exist() {
    let waymark = Waymark::start();
    let (ada, bob) = (waymark.account("ada", false), waymark.account("bob", false));
    let (ada_token, bob_token) = (waymark.token(&ada, Scope::Write, None), waymark.token(&bob, Scope::Admin, None));
    let made = waymark.send("POST", "/api/v1/paths", &ada_token, json!({ "role": "backend-developer" }));
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let nowhere = "0".repeat(32);
    let shape = |path: String| {
        let answer = waymark.get_as(&path, &bob_token);
        let mut problem = answer.json();
        problem["request_id"] = json!("…");
        (answer.status, problem)
    };
    for (other, none) in [
        (format!("/api/v1/paths/{id}"), format!("/api/v1/paths/{nowhere}")),
        (format!("/api/v1/paths/{id}/readiness"), format!("/api/v1/paths/{nowhere}/readiness")),
        (format!("/api/v1/learners/{}/paths/{id}", ada.public_id), format!("/api/v1/learners/{nowhere}/paths/{id}")),
        (format!("/api/v1/learners/{}/paths/{id}", ada.public_id), format!("/api/v1/learners/{}/paths/{nowhere}", ada.public_id)),
    ] {
        assert_eq!(shape(other), shape(none));
    }
    let root = waymark.token(&waymark.account("root", true), Scope::Admin, None);
    assert_eq!(waymark.get_as(&format!("/api/v1/learners/{}/paths/{id}", ada.public_id), &root).status, 200);
}

#[test]
fn a_path_is_seen_by_the_mentors_of_its_cohort_only_and_mentored_while_one_is_there() {
    let waymark = Waymark::start();
    let account = |name: &str| waymark.account(name, false);
    let (ada, bob, mira, tomas) = (account("ada"), account("bob"), account("mira"), account("tomas"));
    let cohort = waymark.cohort("Autumn", &[(&ada, Standing::Learner), (&bob, Standing::Learner), (&mira, Standing::Mentor)]);
    waymark.cohort("Spring", &[(&tomas, Standing::Lead), (&ada, Standing::Mentor)]);
    let token = |account| waymark.token(account, Scope::Write, None);
    let adas = token(&ada);
    let made = waymark.send("POST", "/api/v1/paths", &adas, json!({ "role": "backend-developer" })).json();
    let path = format!("/api/v1/learners/{}/paths/{}", ada.public_id, made["id"].as_str().unwrap());
    let status = |account| waymark.get_as(&path, &token(account)).status;
    assert_eq!([status(&ada), status(&mira), status(&bob), status(&tomas)], [200, 200, 404, 404]);

    let mentored = || waymark.get_as(&path, &adas).json()["mentored"].clone();
    assert_eq!(mentored(), true);
    let (m, now) = (mira.id, waymark.clock.now());
    waymark.store.write_blocking(move |conn| store::accounts::set_disabled(conn, m, true)).unwrap();
    assert_eq!(mentored(), false, "a disabled account guides nobody");
    let a = ada.id;
    waymark.store.write_blocking(move |conn| store::cohorts::add_member(conn, cohort, a, Standing::Lead, now).map(|_| ())).unwrap();
    assert_eq!(mentored(), false, "nobody is their own mentor");
    let t = tomas.id;
    waymark.store.write_blocking(move |conn| store::cohorts::add_member(conn, cohort, t, Standing::Lead, now).map(|_| ())).unwrap();
    assert_eq!((mentored(), status(&tomas)), (json!(true), 200));
    waymark.store.write_blocking(move |conn| common::pause(conn, cohort, t)).unwrap();
    assert_eq!((mentored(), status(&tomas)), (json!(false), 404));
}

#[test]
fn another_method_is_told_which_ones_there_are() {
    let waymark = Waymark::start();
    let answer = waymark.ask("DELETE", "/login", &[("sec-fetch-site", "same-origin")], b"");
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, POST"));
    assert_eq!(waymark.ask("HEAD", "/login", &[], b"").status, 200);
}

#[test]
fn bodies_that_cannot_be_taken_say_why() {
    let waymark = Waymark::start();
    let token = waymark.token(&waymark.account("ada", false), Scope::Admin, None);
    let bearer = format!("Bearer {token}");
    let post = |kind: &str, body: &[u8]| {
        let answer = waymark.ask("POST", "/api/v1/evidence", &[("authorization", &bearer), ("content-type", kind)], body);
        (answer.status, answer.json()["code"].as_str().unwrap().to_owned(), answer.json()["errors"].clone())
    };
    assert_eq!(post("text/plain", b"x").1, "body_wrong_type");
    assert_eq!(post("application/json", b"{").1, "body_malformed");
    assert_eq!(post("application/json", &vec![b' '; 300_000]).0, 413);
    let (status, code, errors) = post("application/json", br#"{"kind":"claim","subjects":[],"colour":1}"#);
    assert_eq!((status, code.as_str(), errors[0]["field"].clone()), (422, "fields_wrong", json!("colour")));
    let (_, _, errors) = post("application/json", br#"{"kind":"wish","subjects":[{"subject":"x"}],"day":"soon"}"#);
    let fields: Vec<&str> = errors.as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["kind", "subjects.0.subject", "day"], "all at once");
    let query = waymark.get_as("/api/v1/evidence?limit=many", &token);
    assert_eq!((query.status, query.json()["code"].clone()), (400, json!("query_malformed")));
    let cursor = waymark.get_as("/api/v1/evidence?cursor=42", &token);
    assert_eq!((cursor.status, cursor.json()["code"].clone()), (400, json!("cursor_malformed")));
}

#[test]
fn assets_are_kept_for_ever_under_their_hash_and_documents_by_their_tag() {
    let waymark = Waymark::start();
    let page = waymark.get("/login", &[]).body;
    let css = page.split("href=\"").find(|part| part.contains("waymark.css")).and_then(|part| part.split('"').next()).unwrap();
    let asset = waymark.get(css, &[]);
    assert_eq!((asset.status, asset.header("cache-control")), (200, "public, max-age=31536000, immutable"));
    assert_eq!(asset.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(waymark.get("/assets/000000000000/waymark.css", &[]).header("cache-control"), "no-cache");
    assert_eq!(waymark.get("/assets/000000000000/nothing.css", &[]).status, 404);
    let document = waymark.get("/api/v1/openapi.json", &[]);
    let again = waymark.get("/api/v1/openapi.json", &[("if-none-match", document.header("etag"))]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn below_a_base_path_every_link_begins_with_it() {
    let waymark = Waymark::start_with("/school/waymark", &[]);
    let ada = waymark.account("ada", true);
    let cookie = waymark.cookie(&ada);
    for path in ["/login", "/nothing", "/settings/security", "/"] {
        let page = waymark.get(path, &[("cookie", if path == "/login" { "" } else { &cookie })]);
        for attribute in ["href=\"", "src=\"", "action=\""] {
            for link in page.body.split(attribute).skip(1).filter_map(|part| part.split('"').next()) {
                assert!(link.starts_with("/school/waymark/") || link.starts_with('#'), "{path}: {link}");
            }
        }
    }
    let turned_away = waymark.get("/settings/security", &[]);
    assert_eq!(turned_away.header("location"), "/school/waymark/login?next=%2Fschool%2Fwaymark%2Fsettings%2Fsecurity");
    assert_eq!(waymark.get("/api/v1/nothing", &[]).header("content-type"), "application/problem+json");
    let document = waymark.get("/api/v1/openapi.json", &[]).json();
    assert_eq!(document["servers"][0]["url"], "/school/waymark");
    let bare = waymark.ask("GET", "", &[], b"");
    assert_eq!((bare.status, bare.header("location")), (308, "/school/waymark/"));
    let form = waymark.form("/login", "", &[("username", "ada"), ("password", common::PASSWORD)]);
    assert!(form.header("set-cookie").contains("; Path=/school/waymark/;"));
}

#[test]
fn machines_can_ask_how_it_is() {
    let waymark = Waymark::start();
    assert_eq!(waymark.get("/livez", &[]).body, "alive\n");
    assert_eq!(waymark.get("/readyz", &[]).body, "ready\n");
    let figures = waymark.get("/metrics", &[]).body;
    assert!(figures.contains("waymark_requests_total{route=\"livez\",status=\"2xx\"} 1"), "{figures}");
    assert!(figures.contains("waymark_request_seconds_bucket"));
    assert!(figures.contains("waymark_digests{state=\"queued\"} 0"));
}

#[test]
fn answers_are_compressed_for_who_takes_that() {
    let waymark = Waymark::start();
    let raw = waymark.ask("GET", "/login", &[("accept-encoding", "gzip")], b"");
    assert_eq!(raw.header("content-encoding"), "gzip");
    assert_eq!(waymark.get("/login", &[("accept-encoding", "identity")]).header("content-encoding"), "");
}

#[test]
fn an_authorization_of_another_scheme_is_a_proxys_business() {
    let waymark = Waymark::start();
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let basic = [("authorization", "Basic YTpi"), ("cookie", cookie.as_str())];
    assert_eq!(waymark.get("/api/v1/session", &basic).status, 200);
    let foreign = [("authorization", "Bearer of-a-scraper"), ("cookie", cookie.as_str())];
    assert_eq!(waymark.get("/metrics", &foreign).status, 200);
    assert_eq!(waymark.get("/api/v1/session", &foreign).status, 401, "a bearer token that is not good is no cookie");
    let change = [("authorization", "Basic YTpi"), ("cookie", cookie.as_str()), ("content-type", "application/json")];
    assert_eq!(
        waymark.ask("PATCH", "/api/v1/profile", &change, br#"{"theme":"dark"}"#).status,
        403,
        "and excuses nobody from the origin check"
    );
}
