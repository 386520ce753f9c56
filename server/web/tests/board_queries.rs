//! How often a board asks the database: a test program of its own, since every query of the process is counted.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use std::sync::{Mutex, PoisonError};

use common::Waymark;
use common::school;
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};
use store::test_support::QueryCount;
use web::services::cohorts::Warming;

/// Who counts, counts alone.
static COUNTING: Mutex<()> = Mutex::new(());

/// A cohort on the shipped role whose learners have claimed one skill each; its id.
fn cohort(waymark: &Waymark, admin: &Account, dates: &Value, learners: usize) -> String {
    let mut set_up = dates.clone();
    set_up["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
    let id = school::cohort(waymark, admin, &set_up);
    let token = waymark.token(admin, Scope::Admin, None);
    let name = dates["name"].as_str().unwrap().to_lowercase();
    for number in 0..learners {
        let learner = waymark.account(&format!("{name}{number}"), false);
        let member = json!({ "username": learner.username, "standing": "learner" });
        assert_eq!(waymark.send("POST", &format!("/api/v1/cohorts/{id}/members"), &token, member).status, 201);
        let own = waymark.token(&learner, Scope::Write, None);
        let claim = json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "working" }] });
        assert_eq!(waymark.send("POST", "/api/v1/evidence", &own, claim).status, 201);
    }
    id
}

/// Queries of a page.
fn look(count: &QueryCount, waymark: &Waymark, cookie: &str, path: &str) -> u64 {
    let before = count.now();
    let answer = waymark.get(path, &[("cookie", cookie)]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    count.now() - before
}

#[test]
fn a_board_asks_the_database_as_often_for_thirty_learners_as_for_three() {
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    let count = QueryCount::of_this_process();
    let waymark = Waymark::start();
    let admin = waymark.account("admin", true);
    let mut asked = Vec::new();
    for (name, learners) in [("Small", 3), ("Large", 30), ("Whole", 51)] {
        let cohort = cohort(&waymark, &admin, &school::dates(name), learners);
        let cookie = waymark.cookie(&admin);
        let look = |rest: &str| look(&count, &waymark, &cookie, &format!("/cohorts/{cohort}{rest}"));
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

/// What a look finds made ahead, it asks as seldom as a second one.
#[test]
fn a_large_board_is_made_before_anybody_looks_and_anew_with_every_day() {
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    let count = QueryCount::of_this_process();
    let waymark = Waymark::start();
    let admin = waymark.account("admin", true);
    let mut over = school::dates("Over");
    over["ends_on"] = json!("2026-11-18");
    let [small, over, large] = [(school::dates("Small"), 50), (over, 51), (school::dates("Large"), 51)]
        .map(|(dates, learners)| cohort(&waymark, &admin, &dates, learners));
    let cookie = waymark.cookie(&admin);
    let look = |cohort: &str| {
        // Who is asking is noted, read once more because of that, remembered then, and not counted here.
        for _ in 0..2 {
            look(&count, &waymark, &cookie, &format!("/cohorts/{cohort}/plan"));
        }
        look(&count, &waymark, &cookie, &format!("/cohorts/{cohort}"))
    };
    let mut warming = Warming::default();
    let mut round = || {
        let before = count.now();
        actix_web::rt::System::new().block_on(warming.round(&waymark.state)).unwrap();
        count.now() - before
    };

    assert!(round() > 0);
    let [first, first_of_small, first_of_over] = [&large, &small, &over].map(|cohort| look(cohort));
    let [second, second_of_small, second_of_over] = [&large, &small, &over].map(|cohort| look(cohort));
    assert_eq!(first, second, "everything was made ahead");
    assert!(first_of_small > second_of_small, "a small board is soon made: {first_of_small} and {second_of_small}");
    assert!(first_of_over > second_of_over, "nobody looks at what is over: {first_of_over} and {second_of_over}");

    // Days begin with a quarter of an hour: until then there is nothing to do.
    assert_eq!(round(), 0);
    waymark.pass_seconds(15 * 60);
    assert!(round() > 0);
    waymark.pass_seconds(86_400);
    assert!(look(&large) > second, "with a new day everybody is scored anew");
    waymark.pass_seconds(86_400);
    round();
    assert_eq!(look(&large), look(&large));
}
