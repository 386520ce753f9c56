//! How often a board asks the database: a test program of its own, since every query of the process is counted.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Waymark;
use domain::policy::Scope;
use serde_json::json;
use store::test_support::QueryCount;

#[test]
fn a_board_asks_the_database_as_often_for_thirty_learners_as_for_three() {
    let count = QueryCount::of_this_process();
    let waymark = Waymark::start();
    let admin = waymark.account("admin", true);
    let token = waymark.token(&admin, Scope::Admin, None);
    let send = |method: &str, path: &str, body| waymark.send(method, path, &token, body);
    let dates = |name: &str| json!({ "name": name, "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "UTC" });
    let mut asked = Vec::new();
    for (name, learners) in [("Small", 3), ("Large", 30), ("Whole", 51)] {
        let cohort = send("POST", "/api/v1/cohorts", dates(name)).json()["id"].as_str().unwrap().to_owned();
        let mut set_up = dates(name);
        set_up["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
        assert_eq!(send("PUT", &format!("/api/v1/cohorts/{cohort}"), set_up).status, 200);
        for number in 0..learners {
            let learner = waymark.account(&format!("{}{number}", name.to_lowercase()), false);
            let member = json!({ "username": learner.username, "standing": "learner" });
            assert_eq!(send("POST", &format!("/api/v1/cohorts/{cohort}/members"), member).status, 201);
            let own = waymark.token(&learner, Scope::Write, None);
            let claim = json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "working" }] });
            assert_eq!(waymark.send("POST", "/api/v1/evidence", &own, claim).status, 201);
        }
        let cookie = waymark.cookie(&admin);
        let look = |rest: &str| {
            let before = count.now();
            let answer = waymark.get(&format!("/cohorts/{cohort}{rest}"), &[("cookie", &cookie)]);
            assert_eq!(answer.status, 200, "{}", answer.body);
            count.now() - before
        };
        // The template is read once, by whoever needs it first, and who is asking is remembered: not counted here.
        look("/plan");
        let plain = [look(""), look(""), look("/board.csv"), look("/report"), look("/report")];
        // Only who came in four weeks ago has a score of then.
        waymark.pass_seconds(29 * 86_400);
        look("/plan");
        asked.push((plain, [look(""), look("?cells=change"), look("?cells=change"), look("/board.csv?cells=change")]));
    }
    let ([first, again, csv, report, reported], [other_day, change, change_again, change_csv]) = asked[0];
    assert_eq!(asked[0], asked[1], "for three and for thirty");
    assert_eq!(report, reported);
    let ([of_all, again_of_all, ..], _) = asked[2];
    // What begins and ends a read, what was brought along, facts and subjects.
    assert_eq!((of_all, again_of_all), (first + 5, again), "the ledgers of fifty are read in one go");
    assert!((5..40).contains(&report), "{report} queries");
    assert!((5..40).contains(&first), "{first} queries");
    assert!(again < first, "ledgers that were read are not read again: {again} and {first}");
    // A lead's page asks for open alerts too: two queries, in a read of their own.
    assert_eq!(again, csv + 4);
    assert!(
        again < change && change <= other_day,
        "then and now are made of ledgers that are read once: {again}, {change} and {other_day}"
    );
    assert_eq!((change_again, change_csv), (again, csv), "what was once made of then is not read again");
}
