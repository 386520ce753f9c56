//! What is kept in memory never shows what is no longer so, whoever changed it.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;
use domain::ids::SessionId;
use domain::policy::Scope;
use domain::world::Clock;
use serde_json::{Value, json};
use store::{Options, Store};

/// Another process on the same database: the command line, for instance.
fn elsewhere(waymark: &Waymark) -> Store {
    Store::open(&Options { url: waymark.url.clone(), readers: 1 }).unwrap()
}

fn start(waymark: &Waymark, token: &str) -> String {
    let made = waymark.send("POST", "/api/v1/paths", token, json!({ "role": "backend-developer" }));
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["id"].as_str().unwrap().to_owned()
}

/// A requirement for a skill that the path's target asks for.
fn a_skill(waymark: &Waymark, token: &str, path: &str) -> String {
    let state = waymark.get_as(&format!("/api/v1/paths/{path}"), token).json();
    let wanted = state["requirements"].as_array().unwrap().iter().filter(|r| r["beyond"] == false);
    let mut ids = wanted.map(|requirement| requirement["id"].as_str().unwrap().to_owned());
    let is_skill = |id: &String| waymark.get_as(&format!("/api/v1/paths/{path}/requirements/{id}"), token).json()["kind"] == "skill";
    ids.find(is_skill).unwrap()
}

#[test]
fn whoever_is_remembered_is_let_in_no_longer_than_the_database_says() {
    let waymark = Waymark::start();
    let (here, there) = (waymark.store.clone(), elsewhere(&waymark));
    let ada = waymark.account("ada", true);
    let (id, now) = (ada.id, waymark.clock.now());
    let cookie = waymark.cookie(&ada);
    let by_cookie = |page: &str| waymark.get(page, &[("cookie", &cookie)]).status;
    let token = waymark.token(&ada, Scope::Read, None);
    let by_token = || waymark.get_as("/api/v1/session", &token).status;
    let in_and_out = |what: &str, seen: u16| {
        for time in ["first", "second"] {
            assert_eq!((by_cookie("/api/v1/session"), by_token()), (seen, seen), "{what}, the {time} time");
        }
    };
    for store in [&here, &there] {
        in_and_out("signed in", 200);
        store.write_blocking(move |conn| store::accounts::set_disabled(conn, id, true)).unwrap();
        in_and_out("disabled", 401);
        store.write_blocking(move |conn| store::accounts::set_disabled(conn, id, false)).unwrap();
        in_and_out("enabled again", 200);

        assert_eq!((by_cookie("/admin/people"), by_cookie("/admin/people")), (200, 200));
        store.write_blocking(move |conn| store::accounts::set_admin(conn, id, false)).unwrap();
        assert_eq!(by_cookie("/admin/people"), 403, "an admin no more");
        store.write_blocking(move |conn| store::accounts::set_admin(conn, id, true)).unwrap();
        assert_eq!(by_cookie("/admin/people"), 200);
    }
    there
        .write_blocking(move |conn| {
            for token in store::tokens::list(conn, id)? {
                store::tokens::revoke(conn, id, token.public_id, now)?;
            }
            let sessions: Vec<SessionId> = store::sessions::list(conn, id)?.iter().map(|session| session.id).collect();
            sessions.into_iter().try_for_each(|session| store::sessions::revoke(conn, id, session))
        })
        .unwrap();
    in_and_out("revoked", 401);
}

#[test]
fn what_is_remembered_expires_all_the_same() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Read, Some(100));
    let seen = || waymark.get_as("/api/v1/session", &token).status;
    assert_eq!((seen(), seen()), (200, 200));
    waymark.pass_seconds(99);
    assert_eq!(seen(), 200);
    waymark.pass_seconds(1);
    assert_eq!((seen(), seen()), (401, 401), "nothing was written, and it is over all the same");
}

#[test]
fn a_new_member_of_a_cohort_may_do_at_once_what_members_may() {
    let waymark = Waymark::start();
    let (learner, mentor) = (waymark.account("ada", false), waymark.account("mo", false));
    let token = waymark.token(&learner, Scope::Write, None);
    let looks = waymark.token(&mentor, Scope::Read, None);
    let path = start(&waymark, &token);
    let address = format!("/api/v1/learners/{}/paths/{path}", learner.public_id);
    let seen = || waymark.get_as(&address, &looks).status;
    assert_eq!((seen(), seen()), (404, 404));
    let cohort = waymark.cohort("Autumn", &[(&learner, domain::cohort::Standing::Learner), (&mentor, domain::cohort::Standing::Mentor)]);
    let id = learner.id;
    let put = move |conn: &mut store::Conn<'_>| {
        let path = store::paths::list(conn, id)?.remove(0);
        store::paths::set_cohort(conn, path.id, Some(cohort))
    };
    waymark.store.write_blocking(put).unwrap();
    assert_eq!((seen(), seen()), (200, 200));
    elsewhere(&waymark).write_blocking(move |conn| common::pause(conn, cohort, mentor.id)).unwrap();
    assert_eq!((seen(), seen()), (404, 404));
}

/// Pages that have no stamp hold only while nothing at all is written.
#[test]
fn home_readiness_and_requirement_show_at_once_what_was_recorded() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let (token, cookie) = (waymark.token(&ada, Scope::Write, None), waymark.cookie(&ada));
    let path = start(&waymark, &token);
    let requirement = a_skill(&waymark, &token, &path);
    let addresses = ["/".to_owned(), format!("/paths/{path}/readiness"), format!("/paths/{path}/requirements/{requirement}")];
    let look = || -> Vec<String> { addresses.iter().map(|page| waymark.get(page, &[("cookie", &cookie)]).body).collect() };
    let mut before = look();
    assert_eq!((look(), look()), (before.clone(), before.clone()), "nothing was recorded");
    let claim = [("kind", "claim"), ("step", "working"), ("note", "Known.")];
    let record = format!("/paths/{path}/requirements/{requirement}/evidence");
    for what in ["a claim", "another claim"] {
        assert_eq!(waymark.form(&record, &cookie, &claim).status, 303);
        let after = look();
        // A second claim of one step moves neither readiness nor what comes next.
        assert!(after[0] != before[0] || what == "another claim", "{what} on the first page");
        assert_ne!(after[2], before[2], "{what} on the requirement's page");
        before = after;
    }
    // Readiness is the same for a second claim of one step; not so for a link from elsewhere.
    let subject = waymark.get_as(&format!("/api/v1/paths/{path}/requirements/{requirement}"), &token).json()["subjects"][0].clone();
    let link = json!({ "kind": "link", "subjects": [{ "subject": subject, "step": "leading" }], "url": "https://code.example/ada", "title": "A service" });
    assert_eq!(waymark.send("POST", "/api/v1/evidence", &token, link).status, 201);
    let after = look();
    assert!(before.iter().zip(&after).all(|(before, after)| before != after), "a link");
    waymark.pass_seconds(86_400);
    assert_ne!(look(), after, "another day");
}

#[test]
fn somebody_elses_commits_leave_a_paths_page_in_place_and_ones_own_do_not() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let (token, cookie) = (waymark.token(&ada, Scope::Write, None), waymark.cookie(&ada));
    let path = start(&waymark, &token);
    let page = || waymark.get(&format!("/paths/{path}"), &[("cookie", &cookie)]).body;
    let before = page();
    for name in ["bob", "cy", "di"] {
        waymark.account(name, false);
        assert_eq!(page(), before);
        assert_eq!(page(), before);
    }
    let requirement = a_skill(&waymark, &token, &path);
    waymark.form(&format!("/paths/{path}/requirements/{requirement}/plan"), &cookie, &[("mark", "doing")]);
    assert_ne!(page(), before);
}

#[test]
fn a_rule_that_begins_to_fail_is_seen_though_nothing_was_written() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let (token, cookie) = (waymark.token(&ada, Scope::Write, None), waymark.cookie(&ada));
    waymark.install_rule();
    let path = start(&waymark, &token);
    let changed = waymark.send("PATCH", &format!("/api/v1/paths/{path}"), &token, json!({ "rule": "acme/rule" }));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let look = |page: &str| waymark.get(page, &[("cookie", &cookie)]).body;
    let pages = ["/".to_owned(), format!("/paths/{path}"), format!("/paths/{path}/readiness")];
    let well: Vec<String> = pages.iter().map(|page| look(page)).collect();
    // The day's score is stored; another day asks the rule again.
    waymark.pass_seconds(86_400);
    waymark.rule.fails.store(true, std::sync::atomic::Ordering::SeqCst);
    let ill: Vec<String> = pages.iter().map(|page| look(page)).collect();
    assert!(ill.iter().all(|page| page.contains("acme/rule")), "the pages name the rule that failed");
    assert!(well.iter().zip(&ill).all(|(well, ill)| well != ill));
    waymark.rule.fails.store(false, std::sync::atomic::Ordering::SeqCst);
    assert!(pages.iter().zip(&ill).all(|(page, ill)| look(page) != *ill), "and it is well again");
}

#[test]
fn what_is_kept_comes_compressed_to_whoever_takes_that_and_plain_to_others() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let token = waymark.token(&ada, Scope::Write, None);
    let path = start(&waymark, &token);
    let bearer = format!("Bearer {token}");
    let address = format!("/api/v1/paths/{path}");
    for _ in 0..2 {
        let plain = waymark.get(&address, &[("authorization", &bearer)]);
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
        assert!(plain.json()["requirements"].is_array());
        for takes in ["gzip", "gzip, deflate, br, zstd"] {
            let packed = waymark.get(&address, &[("authorization", &bearer), ("accept-encoding", takes)]);
            assert_eq!((packed.status, packed.header("content-encoding"), packed.header("vary")), (200, "gzip", "accept-encoding"));
            let mut text = String::new();
            std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.bytes.as_slice()), &mut text).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), plain.json());
        }
        let refused = waymark.get(&address, &[("authorization", &bearer), ("accept-encoding", "gzip;q=0, identity")]);
        assert_eq!((refused.header("content-encoding"), &refused.body), ("", &plain.body));
    }
}
