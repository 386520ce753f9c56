//! What admins do with people: finding, disabling, making admins, codes for new passwords.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{PASSWORD, Waymark};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::json;

const NEW_PASSWORD: &str = "another horse battery";

fn code(waymark: &Waymark, cookie: &str, person: &Account) -> String {
    let made = waymark.form(&format!("/admin/people/{}/reset-code", person.public_id), cookie, &[]);
    assert_eq!(made.status, 200, "{}", made.body);
    assert!(made.body.contains(person.username.as_str()) && made.body.contains("/reset<"), "{}", made.body);
    made.body.split("id=\"code\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned()
}

fn use_code(waymark: &Waymark, username: &str, code: &str, password: &str) -> common::Answer {
    waymark.form("/reset", "", &[("username", username), ("code", code), ("password", password), ("again", password)])
}

#[test]
fn a_lost_password_is_set_anew_with_a_code_that_works_once() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let (cookie, session) = (waymark.cookie(&root), waymark.cookie(&ada));
    let code = code(&waymark, &cookie, &ada);
    assert_eq!((code.len(), code.as_bytes()[5]), (11, b'-'), "{code}");
    assert!(!waymark.get("/admin/people", &[("cookie", &cookie)]).body.contains(&code), "it is shown once");

    let short = use_code(&waymark, "ada", &code, "short");
    assert!(short.status == 422 && short.body.contains("A password has at least 10"), "{}", short.body);
    assert!(short.body.contains(&format!("value=\"{code}\"")), "what was typed stays");
    let typed = code.to_lowercase().replace('-', " ");
    let done = use_code(&waymark, "Ada", &typed, NEW_PASSWORD);
    assert_eq!((done.status, done.header("location")), (303, "/login?done=reset"), "{}", done.body);
    assert!(waymark.get("/login?done=reset", &[]).body.contains("The password is set."));
    assert_eq!(waymark.get("/api/v1/session", &[("cookie", &session)]).status, 401, "sessions of before have ended");
    assert_eq!(waymark.form("/login", "", &[("username", "ada"), ("password", PASSWORD)]).status, 422);
    assert_eq!(waymark.form("/login", "", &[("username", "ada"), ("password", NEW_PASSWORD)]).status, 303);
    assert_eq!(use_code(&waymark, "ada", &code, "a third password").status, 422, "once");

    let token = waymark.token(&root, Scope::Admin, None);
    let audit = waymark.get_as("/api/v1/admin/audit", &token).json();
    let acts: Vec<&str> = audit["items"].as_array().unwrap().iter().map(|row| row["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["session.create", "password.reset", "reset_code.create"]);
}

#[test]
fn unknown_names_wrong_codes_old_codes_and_disabled_accounts_look_alike() {
    let waymark = Waymark::start();
    let (root, ada, bela) = (waymark.account("root", true), waymark.account("ada", false), waymark.account("bela", false));
    let cookie = waymark.cookie(&root);
    let said = |username: &str, code: &str| {
        let answer = use_code(&waymark, username, code, NEW_PASSWORD);
        assert_eq!(answer.status, 422);
        answer.body.replace(username, "…").replace(code, "…")
    };
    let nobody = said("nobody", "AAAAA-AAAAA");
    assert!(nobody.contains("Username and code do not match"), "{nobody}");
    assert_eq!(said("bela", "AAAAA-BBBBB"), nobody, "no code was made");
    let old = code(&waymark, &cookie, &ada);
    let newer = code(&waymark, &cookie, &ada);
    assert_eq!(said("ada", &old), nobody, "a newer one takes its place");
    waymark.pass_seconds(8 * 3_600);
    assert_eq!(said("ada", &newer), nobody, "it is too old");
    let of_bela = code(&waymark, &cookie, &bela);
    assert_eq!(waymark.form(&format!("/admin/people/{}", bela.public_id), &cookie, &[("disable", "1")]).status, 303);
    assert_eq!(said("bela", &of_bela), nobody, "the account is disabled");
}

#[test]
fn a_code_can_be_typed_wrong_five_times() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let code = code(&waymark, &waymark.cookie(&root), &ada);
    for _ in 0..5 {
        assert_eq!(use_code(&waymark, "ada", "AAAAA-AAAAA", NEW_PASSWORD).status, 422);
    }
    assert_eq!(use_code(&waymark, "ada", &code, NEW_PASSWORD).status, 422, "its tries are spent");
    waymark.pass_seconds(901);
    assert_eq!(use_code(&waymark, "ada", &code, NEW_PASSWORD).status, 422, "waiting gives no new ones");
}

#[test]
fn the_api_makes_and_takes_codes_too_and_nobody_makes_their_own() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let token = waymark.token(&root, Scope::Admin, None);
    let make = |person: &Account| waymark.send("POST", &format!("/api/v1/admin/people/{}/reset-code", person.public_id), &token, json!({}));
    let own = make(&root);
    assert_eq!((own.status, own.json()["code"].clone()), (409, json!("account_is_own")));
    let made = make(&ada);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["expires_at"], "2026-11-19T16:14:07Z");
    let body = json!({ "username": "ada", "code": made.json()["code"], "new": NEW_PASSWORD });
    let headers = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
    let take = || waymark.ask("POST", "/api/v1/password/reset", &headers, body.to_string().as_bytes());
    assert_eq!(take().status, 204);
    let again = take();
    assert_eq!((again.status, again.json()["errors"][0]["code"].clone()), (422, json!("code_wrong")));
}

#[test]
fn people_are_found_by_their_names_and_by_what_they_may() {
    let waymark = Waymark::start();
    let root = waymark.account("root", true);
    let ada = waymark.account("ada", false);
    waymark.account("bela_k", false);
    let (cookie, token) = (waymark.cookie(&root), waymark.token(&root, Scope::Admin, None));
    waymark.cookie(&ada);
    let names = |query: &str| -> Vec<String> {
        let listed = waymark.get_as(&format!("/api/v1/admin/people{query}"), &token);
        assert_eq!(listed.status, 200, "{}", listed.body);
        listed.json()["items"].as_array().unwrap().iter().map(|person| person["username"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("?q=AD"), ["ada"]);
    assert_eq!(names("?q=_"), ["bela_k"], "a sign of a pattern is a sign");
    assert_eq!(names("?admin=true"), ["root"]);
    assert_eq!(names("?disabled=true"), [""; 0]);
    let first = waymark.get_as("/api/v1/admin/people?limit=2", &token).json();
    let next = first["next"].as_str().unwrap();
    assert_eq!(names(&format!("?limit=2&cursor={next}")), ["bela_k"]);
    assert_eq!(first["items"][1]["last_seen_at"], "2026-11-19T08:14:07Z");

    let page = waymark.get("/admin/people?q=ada&state=active", &[("cookie", &cookie)]).body;
    assert!(page.contains("value=\"ada\"") && page.contains("19 November 2026, 08:14"), "{page}");
    assert!(!page.contains(">bela_k<"));
    assert!(waymark.get("/admin/people?q=nobody+at+all", &[("cookie", &cookie)]).body.contains("Nobody matches."));
}

#[test]
fn disabling_takes_effect_at_once_on_sessions_and_tokens() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let (admin, session, token) = (waymark.cookie(&root), waymark.cookie(&ada), waymark.token(&ada, Scope::Read, None));
    let seen = || [waymark.get("/api/v1/session", &[("cookie", &session)]).status, waymark.get_as("/api/v1/session", &token).status];
    assert_eq!(seen(), [200, 200]);
    let change = |act: &str| waymark.form(&format!("/admin/people/{}", ada.public_id), &admin, &[(act, "1")]).status;
    assert_eq!(change("disable"), 303);
    assert_eq!(seen(), [401, 401]);
    assert_eq!(change("enable"), 303);
    assert_eq!(seen(), [401, 200], "the session has ended, the token only rested");
}

#[test]
fn admins_make_admins_but_never_change_themselves() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let (roots, adas) = (waymark.cookie(&root), waymark.cookie(&ada));
    let change = |who: &str, person: &Account, act: &str| waymark.form(&format!("/admin/people/{}", person.public_id), who, &[(act, "1")]);
    assert_eq!(change(&adas, &root, "disable").status, 403);
    assert_eq!(change(&roots, &ada, "admin").status, 303);
    assert_eq!(waymark.get("/admin/people", &[("cookie", &adas)]).status, 200);
    assert_eq!(change(&roots, &root, "no-admin").status, 409);
    assert_eq!(change(&roots, &root, "disable").status, 409);
    assert_eq!(change(&roots, &ada, "nonsense").status, 422);
    assert_eq!(change(&adas, &root, "no-admin").status, 303);
    assert_eq!(waymark.get("/admin/people", &[("cookie", &roots)]).status, 403);
}
