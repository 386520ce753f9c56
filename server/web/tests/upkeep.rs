//! Looking after the instance: jobs, settings, the audit, and what makes it an app.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;
use domain::policy::Scope;
use domain::world::Clock;
use serde_json::json;
use store::system_jobs::JobRecord;

#[test]
fn a_job_shows_how_it_went_and_an_admin_wishes_that_it_runs() {
    let waymark = Waymark::start();
    let root = waymark.account("root", true);
    let (cookie, token) = (waymark.cookie(&root), waymark.token(&root, Scope::Admin, None));
    let page = || waymark.get("/admin/jobs", &[("cookie", &cookie)]).body;
    assert!(page().contains("No job has noted itself yet"));
    assert_eq!(waymark.form("/admin/jobs/snapshot", &cookie, &[]).status, 404, "nobody knows such a job");
    let now = waymark.clock.now();
    let record = JobRecord {
        expression: "0 15 2 * * *".to_owned(),
        next_at: Some(now.plus_seconds(3_600)),
        ran_at: Some(now.plus_seconds(-3_600)),
        took_micros: Some(12_345),
        failed_at: Some(now),
    };
    waymark.store.write_blocking(move |conn| store::system_jobs::put_record(conn, "snapshot", &record)).unwrap();
    let shown = page();
    for words in
        ["Keep every path’s score of the day", "0 15 2 * * *", "19 November 2026, 07:14", "12 ms", "failed 19 November 2026, 08:14"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let asked = waymark.form("/admin/jobs/snapshot", &cookie, &[]);
    assert_eq!((asked.status, asked.header("location")), (303, "/admin/jobs?done=1"));
    assert!(page().contains("waits to run"));
    let listed = waymark.get_as("/api/v1/admin/jobs", &token).json();
    assert_eq!(listed["items"][0]["asked_at"], "2026-11-19T08:14:07Z");
    assert_eq!(waymark.send("POST", "/api/v1/admin/jobs/snapshot/run", &token, json!({})).status, 204);
    assert_eq!(waymark.send("POST", "/api/v1/admin/jobs/nothing/run", &token, json!({})).status, 404);
    let audit = waymark.get_as("/api/v1/admin/audit?act=job.", &token).json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 2);
}

#[test]
fn the_instance_is_renamed_while_it_runs_unless_the_configuration_names_it() {
    let waymark = Waymark::start();
    let root = waymark.account("root", true);
    let (cookie, token) = (waymark.cookie(&root), waymark.token(&root, Scope::Admin, None));
    let wrong = waymark.form("/admin/settings", &cookie, &[("name", " "), ("notice", &"x".repeat(301))]);
    assert!(wrong.status == 422 && wrong.body.contains("Write a name") && wrong.body.contains("This is too long"), "{}", wrong.body);
    let done = waymark.form("/admin/settings", &cookie, &[("name", "Quay School"), ("notice", "Ask <Mira> in room 3.")]);
    assert_eq!((done.status, done.header("location")), (303, "/admin/settings?done=1"), "{}", done.body);
    let door = waymark.get("/login", &[]).body;
    assert!(door.contains("Quay School") && door.contains("Ask &#60;Mira&#62; in room 3."), "{door}");
    assert_eq!(waymark.send("PATCH", "/api/v1/admin/settings", &token, json!({ "notice": "" })).status, 204);
    let now = waymark.get_as("/api/v1/admin/settings", &token).json();
    assert_eq!(now, json!({ "name": "Quay School", "name_set_by": null, "notice": "" }));
    assert!(waymark.get("/login", &[]).body.contains("Accounts are made by invitation"));

    let fixed = Waymark::start_named_by("the environment variable WAYMARK_INSTANCE__NAME");
    let root = fixed.account("root", true);
    let (cookie, token) = (fixed.cookie(&root), fixed.token(&root, Scope::Admin, None));
    let page = fixed.get("/admin/settings", &[("cookie", &cookie)]).body;
    assert!(page.contains("Set by the environment variable WAYMARK_INSTANCE__NAME") && !page.contains("name=\"name\""), "{page}");
    assert_eq!(fixed.form("/admin/settings", &cookie, &[("name", "Quay School"), ("notice", "")]).status, 303);
    assert!(fixed.get("/login", &[]).body.contains("Harbour School"), "nothing hides behind what the configuration says");
    let refused = fixed.send("PATCH", "/api/v1/admin/settings", &token, json!({ "name": "Quay School" }));
    assert_eq!((refused.status, refused.json()["errors"][0]["code"].clone()), (422, json!("set_by_configuration")));
}

#[test]
fn the_audit_is_looked_through_by_actor_act_and_day() {
    let waymark = Waymark::start();
    let (root, ada) = (waymark.account("root", true), waymark.account("ada", false));
    let (cookie, token) = (waymark.cookie(&root), waymark.token(&root, Scope::Admin, None));
    let change = |act: &str| waymark.form(&format!("/admin/people/{}", ada.public_id), &cookie, &[(act, "1")]);
    change("admin");
    waymark.pass_seconds(86_400);
    change("no-admin");
    waymark.form("/admin/invitations", &cookie, &[("name", "Bela")]);
    let acts = |query: &str| -> Vec<String> {
        let listed = waymark.get_as(&format!("/api/v1/admin/audit{query}"), &token);
        assert_eq!(listed.status, 200, "{}", listed.body);
        listed.json()["items"].as_array().unwrap().iter().map(|row| row["act"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(acts(""), ["invitation.create", "account.no_admin", "account.admin"]);
    assert_eq!(acts("?act=account."), ["account.no_admin", "account.admin"]);
    assert_eq!(acts("?act=account.admin&who=root"), ["account.admin"]);
    assert_eq!(acts("?who=ada"), [""; 0]);
    assert_eq!(acts("?from=2026-11-20"), ["invitation.create", "account.no_admin"]);
    assert_eq!(acts("?to=2026-11-19"), ["account.admin"]);
    let first = waymark.get_as("/api/v1/admin/audit?limit=1&act=account.", &token).json();
    assert_eq!(acts(&format!("?limit=1&act=account.&cursor={}", first["next"].as_str().unwrap())), ["account.admin"]);
    assert_eq!(waymark.get_as("/api/v1/admin/audit?from=yesterday", &token).status, 422);

    let page = waymark.get("/admin/audit?act=account.&to=2026-11-19", &[("cookie", &cookie)]).body;
    assert!(page.contains("<option value=\"account.\" selected>") && page.contains(">account.admin</td>"), "{page}");
    assert!(!page.contains(">account.no_admin</td>"));
    let wrong = waymark.get("/admin/audit?from=yesterday", &[("cookie", &cookie)]);
    assert!(wrong.status == 422 && wrong.body.contains("value=\"yesterday\"") && wrong.body.contains("A day reads like"), "{}", wrong.body);
}

#[test]
fn below_a_path_manifest_and_worker_know_their_scope_and_every_file_they_name_is_there() {
    let waymark = Waymark::start_with("/school", &[]);
    let manifest = waymark.get("/manifest.webmanifest", &[]);
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest = manifest.json();
    assert_eq!((manifest["scope"].clone(), manifest["start_url"].clone()), (json!("/school/"), json!("/school/")));
    let mut sizes = Vec::new();
    for icon in manifest["icons"].as_array().unwrap() {
        let path = icon["src"].as_str().unwrap().strip_prefix("/school").unwrap();
        let answer = waymark.get(path, &[]);
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"), "{path}");
        sizes.push(format!("{} {}", icon["sizes"].as_str().unwrap(), icon["purpose"].as_str().unwrap()));
    }
    assert_eq!(sizes, ["192x192 any", "512x512 any", "192x192 maskable", "512x512 maskable"]);

    let worker = waymark.get("/worker.js", &[]);
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("cache-control"), "no-cache");
    let known = worker.body.strip_prefix("const WAYMARK = ").and_then(|rest| rest.split(";\n").next()).unwrap();
    let known: serde_json::Value = serde_json::from_str(known).unwrap();
    assert_eq!(known["home"], "/school/");
    for file in known["shell"].as_array().unwrap().iter().chain([&known["offline"]]) {
        let path = file.as_str().unwrap().strip_prefix("/school").unwrap();
        assert_eq!(waymark.get(path, &[]).status, 200, "{path}");
    }
    let doors: Vec<&str> = known["doors"].as_array().unwrap().iter().filter_map(|door| door.as_str()).collect();
    assert!(doors.contains(&"/school/logout") && doors.contains(&"/school/invite"), "{doors:?}");
    let page = waymark.get("/login", &[]).body;
    assert!(page.contains("href=\"/school/manifest.webmanifest\"") && page.contains("data-worker=\"/school/worker.js\""), "{page}");
    assert!(!page.contains("data-who"), "nobody is signed in");
}

#[test]
fn the_home_page_says_when_it_was_made_for_when_there_is_no_network() {
    let waymark = Waymark::start();
    let cookie = waymark.cookie(&waymark.account("ada", false));
    let home = waymark.get("/", &[("cookie", &cookie)]).body;
    assert!(home.contains("id=\"offline\" hidden"), "the worker takes this attribute away: {home}");
    assert!(home.contains("as last seen at <time id=\"seen\">19 November 2026, 08:14"));
    let offline = waymark.get("/offline", &[("cookie", &cookie)]).body;
    assert!(!offline.contains("ada"), "the page that the worker keeps is nobody's");
}
