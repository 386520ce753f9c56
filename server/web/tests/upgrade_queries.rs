//! How often a preview for a cohort asks the database: a test program of its own, since every query of the process is counted.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;
use common::keeper::ROLE;
use domain::policy::Scope;
use serde_json::json;
use store::test_support::QueryCount;

#[test]
fn a_preview_asks_the_database_as_often_for_thirty_learners_as_for_three() {
    let count = QueryCount::of_this_process();
    let waymark = Waymark::start();
    waymark.first();
    let admin = waymark.account("admin", true);
    let token = waymark.token(&admin, Scope::Admin, None);
    let send = |method: &str, path: &str, body| waymark.send(method, path, &token, body);
    let frame = |name: &str| json!({ "name": name, "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "UTC" });
    let mut cohorts = Vec::new();
    for (name, learners) in [("Small", 3), ("Large", 30)] {
        let cohort = send("POST", "/api/v1/cohorts", frame(name)).json()["id"].as_str().unwrap().to_owned();
        let mut set_up = frame(name);
        set_up["roles"] = json!([{ "role": ROLE, "target_level": "keeper" }]);
        assert_eq!(send("PUT", &format!("/api/v1/cohorts/{cohort}"), set_up).status, 200);
        for number in 0..learners {
            let learner = waymark.account(&format!("{}{number}", name.to_lowercase()), false);
            let member = json!({ "username": learner.username, "standing": "learner" });
            assert_eq!(send("POST", &format!("/api/v1/cohorts/{cohort}/members"), member).status, 201);
            let own = waymark.token(&learner, Scope::Write, None);
            let claim = json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "working" }] });
            assert_eq!(waymark.send("POST", "/api/v1/evidence", &own, claim).status, 201);
        }
        cohorts.push((cohort, learners));
    }
    waymark.second();
    let cookie = waymark.cookie(&admin);
    let look = |cohort: &str, learners: usize| {
        let before = count.now();
        let answer = waymark.get(&format!("/cohorts/{cohort}/upgrade?role={}", web::base::query_value(ROLE)), &[("cookie", &cookie)]);
        let asked = count.now() - before;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.matches("/learners/").count() >= learners, "everybody is in it");
        asked
    };
    // Both revisions are read once, by whoever needs them first, and who is asking is remembered: not counted here.
    look(&cohorts[0].0, 3);
    let asked: Vec<_> = cohorts.iter().map(|(cohort, learners)| look(cohort, *learners)).collect();
    assert_eq!(asked[0], asked[1], "for three and for thirty");
    assert!((5..40).contains(&asked[0]), "{} queries", asked[0]);
}
