//! Signing in and out, invitations, passwords, sessions, tokens, limits.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{PASSWORD, Waymark};
use domain::policy::Scope;
use serde_json::json;
use store::invitations::InvitationKind;

#[test]
fn whoever_signs_in_gets_a_session_and_comes_back_to_where_they_wanted() {
    let waymark = Waymark::start();
    waymark.account("ada", false);
    let turned_away = waymark.get("/settings/security?x=1", &[]);
    assert_eq!((turned_away.status, turned_away.header("location")), (303, "/login?next=%2Fsettings%2Fsecurity%3Fx%3D1"));

    let signed_in = waymark.form("/login", "", &[("username", "Ada"), ("password", PASSWORD), ("next", "/settings/security?x=1")]);
    assert_eq!((signed_in.status, signed_in.header("location")), (303, "/settings/security?x=1"));
    assert!(
        signed_in.header("set-cookie").ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000"),
        "{}",
        signed_in.header("set-cookie")
    );

    let cookie = signed_in.cookie();
    let page = waymark.get("/settings/security", &[("cookie", &cookie)]);
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");

    let out = waymark.form("/logout", &cookie, &[]);
    assert_eq!((out.status, out.header("location")), (303, "/login"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(waymark.get("/settings/security", &[("cookie", &cookie)]).status, 303);
}

#[test]
fn the_login_page_leads_to_no_other_host() {
    let waymark = Waymark::start();
    waymark.account("ada", false);
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "javascript:alert(1)", "/a\nb"] {
        let answer = waymark.form("/login", "", &[("username", "ada"), ("password", PASSWORD), ("next", next)]);
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{next:?}");
    }
}

#[test]
fn wrong_names_wrong_passwords_and_disabled_accounts_look_alike() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    waymark.account("bob", false);
    waymark.store.write_blocking(move |conn| store::accounts::set_disabled(conn, ada.id, true)).unwrap();
    let said = |username: &str, password: &str| {
        let answer = waymark.form("/login", "", &[("username", username), ("password", password)]);
        assert_eq!(answer.status, 422);
        assert_eq!(answer.header("set-cookie"), "");
        answer.body.replace(username, "…")
    };
    let disabled = said("ada", PASSWORD);
    assert!(disabled.contains("Username and password do not match."), "{disabled}");
    assert_eq!(said("bob", "not the password"), disabled);
    assert_eq!(said("nobody", PASSWORD), disabled);
}

#[test]
fn guessing_is_limited_by_account_until_the_window_is_over() {
    let waymark = Waymark::start();
    waymark.account("ada", false);
    let attempt = |password: &str| waymark.form("/login", "", &[("username", "ada"), ("password", password)]);
    for _ in 0..8 {
        assert_eq!(attempt("a wrong password").status, 422);
    }
    let limited = attempt(PASSWORD);
    assert_eq!((limited.status, limited.header("retry-after")), (429, "900"));
    waymark.pass_seconds(901);
    assert_eq!(attempt(PASSWORD).status, 303);
}

#[test]
fn a_session_slides_while_it_is_used_and_ends_after_thirty_quiet_days() {
    let waymark = Waymark::start();
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let seen = || waymark.get("/api/v1/session", &[("cookie", &cookie)]).status;
    for _ in 0..3 {
        waymark.pass_seconds(20 * 86_400);
        assert_eq!(seen(), 200);
    }
    waymark.pass_seconds(30 * 86_400 + 1);
    assert_eq!(seen(), 401);
}

#[test]
fn a_request_that_changes_something_has_to_come_from_our_own_pages() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let cookie = waymark.cookie(&ada);
    let origin = waymark.base.origin();
    let post = |headers: &[(&str, &str)]| {
        let mut all = vec![("cookie", cookie.as_str()), ("content-type", "application/json")];
        all.extend_from_slice(headers);
        waymark.ask("PATCH", "/api/v1/profile", &all, br#"{"theme":"dark"}"#).status
    };
    for (headers, status) in [
        (vec![("sec-fetch-site", "same-origin")], 204),
        (vec![("sec-fetch-site", "none")], 204),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("origin", origin.as_str())], 204),
        (vec![("origin", "https://evil.example")], 403),
        (vec![("origin", "null")], 403),
        (vec![], 403),
        (vec![("sec-fetch-site", "cross-site"), ("origin", origin.as_str())], 403),
    ] {
        assert_eq!(post(&headers), status, "{headers:?}");
    }
    let token = waymark.token(&ada, Scope::Admin, None);
    let by_token = waymark.send_with("PATCH", "/api/v1/profile", &token, json!({ "theme": "light" }), &[("sec-fetch-site", "cross-site")]);
    assert_eq!(by_token.status, 204, "a bearer token is sent by no browser by itself");
}

#[test]
fn another_password_ends_the_other_sessions_only() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let (here, elsewhere) = (waymark.cookie(&ada), waymark.cookie(&ada));
    let wrong = waymark.form(
        "/settings/password",
        &here,
        &[("old", "something else"), ("password", "another password"), ("again", "another password")],
    );
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("This is not your password"));
    let differ =
        waymark.form("/settings/password", &here, &[("old", PASSWORD), ("password", "another password"), ("again", "another passwort")]);
    assert!(differ.body.contains("The two passwords differ"));
    let done =
        waymark.form("/settings/password", &here, &[("old", PASSWORD), ("password", "another password"), ("again", "another password")]);
    assert_eq!((done.status, done.header("location")), (303, "/settings/security?done=password"));
    assert_eq!(waymark.get("/api/v1/session", &[("cookie", &here)]).status, 200);
    assert_eq!(waymark.get("/api/v1/session", &[("cookie", &elsewhere)]).status, 401);
    assert_eq!(waymark.form("/login", "", &[("username", "ada"), ("password", "another password")]).status, 303);
}

#[test]
fn a_token_is_shown_once_works_at_its_scope_and_can_be_revoked() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let cookie = waymark.cookie(&ada);
    let made = waymark.form("/settings/tokens", &cookie, &[("name", "laptop"), ("scope", "read"), ("days", "30")]);
    assert_eq!(made.status, 200, "{}", made.body);
    let token = made.body.split("id=\"new-token\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    assert!(token.starts_with("wm_"), "{token}");
    assert!(!waymark.get("/settings/security", &[("cookie", &cookie)]).body.contains(&token));

    assert_eq!(waymark.get_as("/api/v1/session", &token).json()["scope"], "read");
    let refused = waymark.send("POST", "/api/v1/evidence", &token, json!({}));
    assert_eq!((refused.status, refused.json()["code"].clone()), (403, json!("scope_too_small")));

    let listed = waymark.get("/api/v1/tokens", &[("cookie", &cookie)]).json();
    let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(waymark.form(&format!("/settings/tokens/{id}/revoke"), &cookie, &[]).status, 303);
    let gone = waymark.get_as("/api/v1/session", &token);
    assert_eq!((gone.status, gone.header("www-authenticate")), (401, "Bearer realm=\"waymark\""));
}

#[test]
fn a_token_ends_on_its_day() {
    let waymark = Waymark::start();
    let token = waymark.token(&waymark.account("ada", false), Scope::Read, Some(86_400));
    assert_eq!(waymark.get_as("/api/v1/session", &token).status, 200);
    waymark.pass_seconds(86_400);
    assert_eq!(waymark.get_as("/api/v1/session", &token).status, 401);
}

#[test]
fn the_first_admin_is_made_once_and_invites_others() {
    let waymark = Waymark::start();
    let (invitation, secret) = web::services::invitations::first_admin(waymark.dice.as_ref(), common::NOW);
    assert_eq!(invitation.kind, InvitationKind::FirstAdmin);
    waymark.store.write_blocking(move |conn| store::invitations::create(conn, &invitation)).unwrap();
    let setup = format!("/setup/{secret}");
    assert_eq!(waymark.get(&setup, &[]).status, 200);
    assert_eq!(waymark.get(&format!("/invite/{secret}"), &[]).status, 404, "a link works at its own place only");
    let fields = [("name", "Root"), ("username", "root"), ("zone", "Europe/Lisbon"), ("password", PASSWORD), ("again", PASSWORD)];
    let made = waymark.form(&setup, "", &fields);
    assert_eq!((made.status, made.header("location")), (303, "/"), "{}", made.body);
    assert_eq!(waymark.form(&setup, "", &fields).status, 404, "it works once");
    let dead = waymark.get(&setup, &[]);
    assert!(dead.status == 404 && dead.body.contains("it was used, taken back"), "a dead link says what it was: {}", dead.body);
    let root = made.cookie();
    let me = waymark.get("/api/v1/session", &[("cookie", &root)]).json();
    assert_eq!((me["admin"].clone(), me["zone"].clone()), (json!(true), json!("Europe/Lisbon")));

    let own = [("cookie", root.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let invited = waymark.ask("POST", "/api/v1/admin/invitations", &own, br#"{"name":"Ada Okafor"}"#);
    assert_eq!(invited.status, 201, "{}", invited.body);
    let link = invited.json()["link"].as_str().unwrap().to_owned();
    let path = link.strip_prefix(&waymark.base.to_string()).unwrap().to_owned();
    assert!(waymark.get(&path, &[]).body.contains("value=\"Ada Okafor\""));
    let taken =
        waymark.form(&path, "", &[("name", "Ada"), ("username", "root"), ("zone", "UTC"), ("password", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(taken.status, 422);
    assert!(taken.body.contains("This username is taken"), "{}", taken.body);
    let wrong = waymark.form(&path, "", &[("name", ""), ("username", "A B"), ("zone", "Moon"), ("password", "short"), ("again", "")]);
    for words in ["Write a name", "A username has 2 to 32", "A password has at least 10"] {
        assert!(wrong.body.contains(words), "all errors at once: {words}");
    }
    let joined =
        waymark.form(&path, "", &[("name", "Ada"), ("username", "ada"), ("zone", "UTC"), ("password", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(joined.status, 303);
    let ada = waymark.get("/api/v1/session", &[("cookie", &joined.cookie())]).json();
    assert_eq!(ada["admin"], false);

    let audit = waymark.get("/api/v1/admin/audit", &[("cookie", &root)]);
    assert_eq!(audit.status, 200, "{}", audit.body);
    let audit = audit.json();
    let acts: Vec<&str> = audit["items"].as_array().unwrap().iter().map(|row| row["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["account.create", "invitation.create", "account.create"]);
}

#[test]
fn over_https_the_cookie_is_bound_to_the_host() {
    let waymark = Waymark::start_at("https", "/waymark", &[]);
    waymark.account("ada", false);
    let answer = waymark.form("/login", "", &[("username", "ada"), ("password", PASSWORD)]);
    assert!(answer.header("set-cookie").starts_with("__Host-waymark="));
    assert!(answer.header("set-cookie").contains("; Path=/; Secure; HttpOnly; SameSite=Lax;"), "{}", answer.header("set-cookie"));
    let me = waymark.get("/api/v1/session", &[("cookie", &answer.cookie())]);
    assert_eq!(me.status, 200);
}
