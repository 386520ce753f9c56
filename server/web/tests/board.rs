//! The board over time through the public doors: what changed in four weeks, and who was seen last.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Answer;
use common::school::{School, autumn, dates};
use domain::policy::Scope;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

impl School {
    fn board(&self, query: &str) -> Value {
        let answer = self.waymark.get_as(&self.api(&format!("/board{query}")), &self.waymark.token(&self.mentor, Scope::Read, None));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    fn row(&self, query: &str, username: &str) -> Value {
        let board = self.board(query);
        board["items"].as_array().unwrap().iter().find(|row| row["username"] == username).cloned().unwrap()
    }

    fn page(&self, rest: &str) -> Answer {
        self.waymark.get(&format!("/cohorts/{}{rest}", self.id), &[("cookie", &self.waymark.cookie(&self.mentor))])
    }

    /// Evidence from elsewhere, `person,skill,id` a line, which the lead brings along.
    fn brings(&self, lines: &str) {
        let mut file = "person,subject,step,trust,origin,day,external_id\n".to_owned();
        for line in lines.lines() {
            let (person, rest) = line.split_once(',').unwrap();
            let (skill, id) = rest.split_once(',').unwrap();
            file.push_str(&format!("{person},skill:{skill},leading,claimed,Old LMS,2026-11-18,{id}\n"));
        }
        self.posts("/evidence", &file);
    }

    /// A file of the lead's.
    fn posts(&self, rest: &str, file: &str) {
        let bearer = format!("Bearer {}", self.waymark.token(&self.lead, Scope::Write, None));
        let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
        let done = self.waymark.ask("POST", &self.api(rest), &headers, file.as_bytes());
        assert_eq!(done.status, 200, "{}", done.body);
    }

    fn withholds(&self, username: &str, entries: &[&Value]) {
        let ids: Vec<&Value> = entries.iter().map(|entry| &entry["id"]).collect();
        let answer = self.as_learner(username, "PUT", &self.api("/sharing"), json!({ "withheld": ids }));
        assert_eq!(answer.status, 204, "{}", answer.body);
    }
}

/// Of every number of a row, the difference of two looks.
fn difference(then: &Value, now: &Value) -> Value {
    let less = |then: &Value, now: &Value| json!(now.as_i64().unwrap() - then.as_i64().unwrap());
    let both = |then: &Value, now: &Value| match now {
        Value::Null => Value::Null,
        _ => json!({ "claimed": less(&then["claimed"], &now["claimed"]), "proven": less(&then["proven"], &now["proven"]) }),
    };
    let cells = then["cells"].as_array().unwrap().iter().zip(now["cells"].as_array().unwrap());
    json!({
        "claimed": less(&then["claimed"], &now["claimed"]),
        "proven": less(&then["proven"], &now["proven"]),
        "cells": cells.map(|(then, now)| both(then, now)).collect::<Vec<_>>(),
    })
}

#[test]
fn what_changed_in_four_weeks_is_the_difference_of_the_board_then_and_now() {
    let school = School::open(&autumn(), &["ada", "bela", "chen"]);
    school.claims("ada", "skill:git");
    let taken_back = school.claims("bela", "skill:git");
    let then: Vec<Value> = ["ada", "bela", "chen"].map(|who| school.row("", who)).into();

    // Four weeks less a day: nobody was there, and the board says so in every form.
    school.waymark.pass_seconds(27 * DAY);
    let joined = school.row("?change=true", "ada")["change"].clone();
    assert_eq!((&joined["joined_on"], &joined["compared_with"]), (&json!("2026-11-19"), &Value::Null));
    assert_eq!((&joined["claimed"], &joined["cells"]), (&Value::Null, &json!([])));
    let page = school.page("?cells=change");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Came in on 19 Nov"), "{}", page.body);

    // One goes on, one takes back, one does nothing, and one is new.
    school.waymark.pass_seconds(DAY);
    school.claims("ada", "skill:python");
    let gone = school.as_learner("bela", "POST", &format!("/api/v1/evidence/{}/retraction", taken_back["id"].as_str().unwrap()), json!({}));
    assert_eq!(gone.status, 201, "{}", gone.body);
    school.waymark.account("dina", false);
    school.add("dina");
    let board = school.board("?sort=change");
    let order: Vec<&str> = board["items"].as_array().unwrap().iter().map(|row| row["username"].as_str().unwrap()).collect();
    assert_eq!(order, ["bela", "chen", "ada", "dina"], "least first, who is new last");
    for (who, then) in ["ada", "bela", "chen"].into_iter().zip(&then) {
        let row = school.row("?change=true", who);
        let change = &row["change"];
        assert_eq!((&change["compared_with"], &change["joined_on"]), (&json!("2026-11-19"), &Value::Null));
        let told = json!({ "claimed": change["claimed"], "proven": change["proven"], "cells": change["cells"] });
        assert_eq!(told, difference(then, &row), "{who}");
    }
    let of = |who: &str| school.row("?change=true", who)["change"]["claimed"].as_i64().unwrap();
    assert!(of("ada") > 0 && of("bela") < 0 && of("chen") == 0, "{} {} {}", of("ada"), of("bela"), of("chen"));

    // In words with a sign, a loss in a shape of its own.
    let page = school.page("?cells=change&sort=change").body;
    for part in ["class=\"hl\">−", "<b>−", "<b>+", "aria-sort=\"ascending\"><a", "cells=change", "change=true", "points in 4 weeks"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Who did not ask has what they had, by place and by name.
    let (csv, more) = (school.page("/board.csv").body, school.page("/board.csv?cells=change").body);
    let lines: Vec<(&str, &str)> = csv.lines().zip(more.lines()).collect();
    assert_eq!(lines.len(), 5);
    assert!(lines.iter().all(|(few, many)| many.starts_with(few) && many.len() > few.len()), "{more}");
    assert!(lines[0].1.contains(",compared_with,joined_on,claimed_change,proven_change,"), "{more}");
    let bela = lines.iter().find(|(line, _)| line.starts_with("bela")).unwrap().1;
    assert!(bela.contains(",2026-11-19,,-") && !bela.contains("'-"), "a loss is a number: {bela}");
    assert!(lines.iter().any(|(_, line)| line.starts_with("dina") && line.contains(",,2026-12-17,,")), "{more}");
    assert!(school.row("", "ada").get("change").is_none(), "only where it is asked for");
}

#[test]
fn what_is_withheld_is_in_no_change() {
    let school = School::open(&autumn(), &["ada"]);
    let early = school.claims("ada", "skill:git");
    school.waymark.pass_seconds(30 * DAY);
    let late = school.claims("ada", "skill:python");
    let (change, now) = (|| school.row("?change=true", "ada")["change"]["claimed"].clone(), || school.row("", "ada")["claimed"].clone());
    let gained = change();
    assert!(gained.as_i64().unwrap() > 0 && gained != now(), "some was there before");
    // What is withheld counts neither now nor then: the change is what the other brought, and never gives it away as a loss.
    school.withholds("ada", &[&early]);
    assert_eq!(change(), now());
    school.withholds("ada", &[&early, &late]);
    assert_eq!((change(), now()), (json!(0), json!(0)));
    school.withholds("ada", &[&late]);
    assert_eq!(change(), json!(0));
    school.withholds("ada", &[]);
    assert_eq!(change(), gained);
}

/// From both sides: the learner's own pages go on, and the cohort sees what it would have seen without the entry.
#[test]
fn who_withholds_what_they_wrote_last_was_seen_the_day_before_it() {
    let school = School::open(&autumn(), &["ada", "bela"]);
    school.claims("ada", "skill:git");
    school.waymark.pass_seconds(8 * DAY);
    let late = school.claims("ada", "skill:python");
    let seen = |who: &str| (school.row("", who)["last_active"].clone(), school.row("", who)["pace"].clone());
    let before = seen("ada");
    assert_eq!(before.0, json!("2026-11-27"));
    assert_ne!(before.1, json!("silent"));
    let told = |body: &str| body.matches("8 days").count();
    let page = told(&school.page("").body);

    school.withholds("ada", &[&late]);
    assert_eq!(seen("ada"), (json!("2026-11-19"), json!("silent")), "five sessions without anything that the cohort sees");
    assert_eq!(told(&school.page("").body), page + 1);
    let lines = school.page("/board.csv").body;
    assert!(lines.lines().any(|line| line.starts_with("ada") && line.contains(",silent,") && line.contains(",2026-11-19,")), "{lines}");
    let id = school.row("", "ada")["id"].as_str().unwrap().to_owned();
    let read = |rest: &str| school.waymark.get_as(&school.api(rest), &school.waymark.token(&school.mentor, Scope::Read, None)).json();
    assert_eq!(read(&format!("/learners/{id}"))["last_active"], "2026-11-19");
    assert_eq!(read("/report")["now"]["paces"]["silent"], 2, "bela never wrote");
    let own = school.as_learner("ada", "GET", "/api/v1/evidence", Value::Null).json();
    assert_eq!(own["items"].as_array().unwrap().len(), 2, "the learner has both");

    // That it is taken back would tell of it too.
    let gone = school.as_learner("ada", "POST", &format!("/api/v1/evidence/{}/retraction", late["id"].as_str().unwrap()), json!({}));
    assert_eq!(gone.status, 201, "{}", gone.body);
    assert_eq!(seen("ada").0, json!("2026-11-19"));
    school.withholds("ada", &[]);
    assert_eq!(seen("ada").0, json!("2026-11-27"));
    assert_ne!(seen("ada").1, json!("silent"));
}

#[test]
fn a_rule_that_fails_is_no_change() {
    let school = School::open(&autumn(), &["ada"]);
    school.waymark.install_rule();
    let token = school.waymark.token(&school.lead, Scope::Admin, None);
    let mut wish = json!({ "name": "Backend Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-18", "zone": "Europe/Lisbon" });
    wish["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
    wish["rule"] = json!("acme/rule");
    assert_eq!(school.waymark.send("PUT", &school.api(""), &token, wish).status, 200);
    school.waymark.account("bela", false);
    school.add("bela");
    school.claims("bela", "skill:git");
    school.waymark.pass_seconds(29 * DAY);
    school.waymark.rule.fails.store(true, std::sync::atomic::Ordering::SeqCst);
    let change = school.row("?change=true", "bela")["change"].clone();
    assert_eq!((&change["claimed"], &change["proven"]), (&json!(0), &json!(0)), "the built-in rule judges both");
    school.waymark.rule.fails.store(false, std::sync::atomic::Ordering::SeqCst);
    school.claims("bela", "skill:python");
    assert!(school.row("?change=true", "bela")["change"]["claimed"].as_i64().unwrap() > 0, "and what it judged is not kept");
}

#[test]
fn who_left_is_not_seen_by_the_cohort_any_more() {
    let school = School::open(&autumn(), &["ada"]);
    school.claims("ada", "skill:git");
    school.waymark.pass_seconds(DAY);
    let id = school.row("", "ada")["id"].as_str().unwrap().to_owned();
    let token = school.waymark.token(&school.lead, Scope::Admin, None);
    let left = school.waymark.send("POST", &school.api(&format!("/members/{id}/state")), &token, json!({ "state": "dropped" }));
    assert_eq!(left.status, 200, "{}", left.body);
    assert_eq!(school.row("", "ada")["last_active"], "2026-11-19");
    school.waymark.pass_seconds(5 * DAY);
    school.claims("ada", "skill:python");
    assert_eq!(school.row("", "ada")["last_active"], "2026-11-20", "the day on which she left");
}

#[test]
fn who_follows_no_role_of_the_board_was_seen_too() {
    let school = School::open(&dates("Without a role"), &["ada"]);
    let seen = || {
        let row = school.row("", "ada");
        assert_eq!(row["claimed"], Value::Null);
        row["last_active"].clone()
    };
    assert_eq!(seen(), Value::Null);
    school.claims("ada", "skill:git");
    assert_eq!(seen(), "2026-11-19");
    school.waymark.pass_seconds(DAY);
    let later = school.claims("ada", "skill:python");
    assert_eq!(seen(), "2026-11-20");
    school.withholds("ada", &[&later]);
    assert_eq!(seen(), "2026-11-19", "not by what is withheld");
    school.withholds("ada", &[]);
    assert_eq!(seen(), "2026-11-20");
    school.waymark.pass_seconds(DAY);
    school.brings("ada,go,1");
    assert_eq!(seen(), "2026-11-20", "nor by what was brought along");
}

/// Fifty ledgers are read in one go.
#[test]
fn of_more_learners_than_are_read_in_one_go_each_has_a_score_of_their_own() {
    const LEARNERS: usize = 123;
    let school = School::open(&autumn(), &[]);
    let names: Vec<String> = (0..LEARNERS).map(|number| format!("p{number}")).collect();
    school.posts("/people", &names.iter().fold("name,username\n".to_owned(), |file, name| format!("{file}Person,{name}\n")));
    let skills = |number: usize| &["git", "python", "http"][..number % 4 % 3];
    let lines = |number: usize| skills(number).iter().map(move |skill| format!("p{number},{skill},{number}-{skill}\n"));
    school.brings(&(0..LEARNERS).flat_map(lines).collect::<String>());
    school.claims("p77", "skill:git");

    let board = school.board("");
    let rows = board["items"].as_array().unwrap();
    assert_eq!(rows.len(), LEARNERS);
    let row = |number: usize| rows.iter().find(|row| row["username"] == names[number]).unwrap();
    let claimed = |number: usize| row(number)["claimed"].as_u64().unwrap();
    let [nothing, one, two] = [claimed(0), claimed(1), claimed(2)];
    assert!(nothing == 0 && one > 0 && two > one, "{nothing}, {one} and {two}");
    for number in 0..LEARNERS {
        assert_eq!(claimed(number), [nothing, one, two][skills(number).len()], "p{number}");
        let seen = if number == 77 { json!("2026-11-19") } else { Value::Null };
        assert_eq!(row(number)["last_active"], seen, "p{number}: what was brought along is no activity");
    }
}
