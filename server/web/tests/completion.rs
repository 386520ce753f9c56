//! Completion by a rule, what became of learners, and a cohort that ended, through the public doors.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Answer;
use common::school::{School, autumn, codes};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};

impl School {
    fn send(&self, who: &Account, method: &str, rest: &str, body: Value) -> Answer {
        self.waymark.send(method, &format!("/api/v1/cohorts/{}{rest}", self.id), &self.waymark.token(who, Scope::Write, None), body)
    }

    fn get(&self, who: &Account, rest: &str) -> Answer {
        self.waymark.get_as(&format!("/api/v1/cohorts/{}{rest}", self.id), &self.waymark.token(who, Scope::Write, None))
    }

    fn page(&self, who: &Account, rest: &str) -> Answer {
        self.waymark.get(&format!("/cohorts/{}{rest}", self.id), &[("cookie", &self.waymark.cookie(who))])
    }

    fn form(&self, who: &Account, rest: &str, fields: &[(&str, &str)]) -> Answer {
        self.waymark.form(&format!("/cohorts/{}{rest}", self.id), &self.waymark.cookie(who), fields)
    }

    fn candidate(&self, username: &str) -> Value {
        let found = self.get(&self.lead, "/completion").json();
        found["people"].as_array().unwrap().iter().find(|person| person["name"] == username).cloned().unwrap()
    }
}

fn pair(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

#[test]
fn a_cohort_says_what_it_takes_and_a_lead_completes_who_fulfils_it_and_takes_it_back() {
    let school = School::open(&autumn(), &["ada", "ben"]);
    let shown = school.get(&school.lead, "/completion").json();
    assert_eq!(shown["rule"], json!({ "readiness": null, "measure": "claimed", "requirements": [], "word": true }));

    let wrong = json!({ "readiness": 101, "requirements": [{ "role": "backend-developer", "requirement": "juggling" }], "word": false });
    let refused = codes(&school.send(&school.lead, "PUT", "/completion", wrong));
    assert_eq!(refused, [pair("readiness", "out_of_range"), pair("requirements", "requirement_unknown")]);
    let nothing = codes(&school.send(&school.lead, "PUT", "/completion", json!({ "word": false })));
    assert_eq!(nothing, [pair("word", "completion_asks_nothing")]);

    // By the form, as a browser without JavaScript sends it.
    let typed = [("readiness", "900"), ("measure", "claimed"), ("required.backend-developer", "git")];
    let again = school.form(&school.lead, "/completion", &typed);
    assert!(again.status == 422 && again.body.contains("value=\"900\""), "what was typed is kept: {}", again.body);
    let rule = [("readiness", "1"), ("measure", "claimed")];
    assert_eq!(school.form(&school.lead, "/completion", &rule).status, 303);
    assert_eq!(school.get(&school.lead, "/completion").json()["rule"]["readiness"], 1);

    for skill in ["skill:git", "skill:linux", "skill:sql", "skill:http", "skill:rest"] {
        let token = school.waymark.token(&school.account("ada"), Scope::Write, None);
        let body = json!({ "kind": "claim", "subjects": [{ "subject": skill, "step": "leading" }] });
        school.waymark.send("POST", "/api/v1/evidence", &token, body);
    }
    assert_eq!(school.candidate("ada")["fulfils"], true, "{}", school.candidate("ada"));
    assert!(school.candidate("ben")["lacks_readiness"].as_u64() > Some(0));
    let page = school.page(&school.lead, "/completion").body;
    assert!(page.contains("fulfils the rule") && page.contains("Missing: readiness 0 of 1"), "{page}");

    let both = json!({ "people": [school.person("ada"), school.person("ben")] });
    assert_eq!(codes(&school.send(&school.lead, "POST", "/completions", both)), [pair("people", "completion_lacks")]);
    assert_eq!(school.candidate("ada")["state"], "active", "all or nobody");
    let by_hand = json!({ "state": "completed", "reason": "Nice person." });
    let rest = format!("/members/{}/state", school.person("ben"));
    assert_eq!(codes(&school.send(&school.lead, "POST", &rest, by_hand)), [pair("state", "completion_lacks")], "nor on the member's page");

    let ada = school.person("ada");
    let token = school.waymark.token(&school.lead, Scope::Write, None);
    let path = format!("/api/v1/cohorts/{}/completions", school.id);
    let one = json!({ "people": [ada], "day": "2026-11-19" });
    for replayed in [false, true] {
        let done = school.waymark.send_with("POST", &path, &token, one.clone(), &[("idempotency-key", "once")]);
        assert_eq!((done.status, done.json()), (200, json!({ "completed": 1 })));
        assert_eq!(done.header("idempotency-replayed") == "true", replayed);
    }
    assert_eq!((&school.candidate("ada")["state"], &school.candidate("ada")["since"]), (&json!("completed"), &json!("2026-11-19")));
    assert_eq!(codes(&school.send(&school.lead, "POST", "/completions", one)), [pair("people", "state_is_same")]);

    assert_eq!(school.form(&school.lead, &format!("/completions/{ada}/undo"), &[]).status, 303);
    assert_eq!(school.candidate("ada")["state"], "active");
    let history = school.get(&school.lead, &format!("/members/{ada}")).json();
    assert_eq!(history["history"].as_array().map(Vec::len), Some(3), "the history keeps both: {history}");
}

#[test]
fn where_the_rule_takes_a_leads_word_it_needs_a_reason() {
    let school = School::open(&autumn(), &["ada"]);
    let ada = school.person("ada");
    let rule = json!({ "readiness": 90, "word": true });
    assert_eq!(school.send(&school.lead, "PUT", "/completion", rule).status, 200);
    let silent = school.form(&school.lead, "/completions", &[("people", &ada), ("day", ""), ("reason", "")]);
    assert!(silent.status == 422 && silent.body.contains("Say why"), "{}", silent.body);
    assert!(silent.body.contains(&format!("value=\"{ada}\" checked")), "who was ticked stays ticked");
    assert_eq!(school.form(&school.lead, "/completions", &[("people", &ada), ("reason", "Saw it at the exam.")]).status, 303);
    assert_eq!(school.candidate("ada")["reason"], "Saw it at the exam.");
    assert_eq!(codes(&school.send(&school.lead, "POST", "/completions", json!({ "people": [] }))), [pair("people", "missing")]);
    assert_eq!(school.send(&school.mentor, "POST", "/completions", json!({ "people": [ada] })).status, 403);
    assert_eq!(school.get(&school.account("ada"), "/completion").status, 404);
}

#[test]
fn an_outcome_is_seen_by_leads_as_long_as_its_person_consents() {
    let school = School::open(&autumn(), &["ada"]);
    let (ada, person) = (school.account("ada"), school.person("ada"));
    let of = format!("/members/{person}/outcome");
    assert_eq!(codes(&school.send(&school.lead, "PUT", &of, json!({ "kind": "hired" }))), [pair("title", "missing")]);
    let told = json!({ "kind": "hired", "day": "2026-11-16", "title": "Back-End Developer", "employer": "Tidewater" });
    assert_eq!(school.send(&school.lead, "PUT", &of, told).status, 204);
    let withheld = json!({ "consented": false, "outcome": null });
    assert_eq!(school.candidate("ada")["outcome"], withheld, "not even the lead who told it sees it");
    let page = school.page(&school.lead, &of).body;
    assert!(page.contains("has not consented") && !page.contains("Tidewater"), "{page}");

    let own = school.page(&ada, "/outcome").body;
    assert!(own.contains("A lead told this about you.") && own.contains("Tidewater"), "{own}");
    assert_eq!(school.form(&ada, "/outcome/consent", &[("consents", "yes")]).status, 303);
    assert_eq!(school.candidate("ada")["outcome"]["outcome"]["employer"], "Tidewater");
    assert_eq!(school.send(&ada, "PUT", "/outcome/consent", json!({ "consents": false })).status, 200);
    assert_eq!(school.candidate("ada")["outcome"], withheld, "withdrawn at once");

    let again = school.form(&ada, "/outcome", &[("kind", "hired"), ("title", ""), ("employer", "Harbour"), ("consents", "yes")]);
    assert!(again.status == 422 && again.body.contains("value=\"Harbour\""), "what was typed is kept");
    let mine = json!({ "outcome": { "kind": "study", "title": "Mathematics" }, "consents": true });
    let kept = school.send(&ada, "PUT", "/outcome", mine).json();
    assert_eq!((&kept["by_lead"], &kept["outcome"]["title"]), (&json!(false), &json!("Mathematics")));
    let other = school.send(&school.lead, "PUT", &of, json!({ "kind": "unknown" }));
    assert_eq!((other.status, &other.json()["code"]), (409, &json!("outcome_is_theirs")), "the learner's own words stay");
    let page = school.page(&school.lead, &of).body;
    assert!(page.contains("only they change it") && !page.contains("name=\"title\""), "{page}");
    let exported = school.waymark.get_as("/api/v1/export", &school.waymark.token(&ada, Scope::Admin, None)).json();
    assert_eq!(exported["sections"]["memberships"][0]["outcome"]["title"], "Mathematics");

    for _ in 0..2 {
        assert_eq!(school.send(&ada, "DELETE", "/outcome", json!({})).status, 204, "twice is fine");
    }
    assert_eq!(school.candidate("ada")["outcome"], Value::Null);
    for stranger in [&school.mentor, &school.lead] {
        assert_eq!(school.get(stranger, "/outcome").status, 404, "for learners only");
    }
    assert_eq!(school.send(&school.mentor, "PUT", &of, json!({ "kind": "unknown" })).status, 403);
}

#[test]
fn a_cohort_that_ended_is_told_in_numbers_and_small_ones_to_leads_only() {
    let school = School::open(&autumn(), &["ada", "ben", "cleo", "dan", "eva", "finn"]);
    school.claims("ada", "skill:git");
    assert_eq!(school.get(&school.lead, "/ended").status, 404, "it still runs");
    let people: Vec<String> = ["ada", "ben", "cleo", "dan", "eva"].iter().map(|name| school.person(name)).collect();
    assert_eq!(school.send(&school.lead, "POST", "/completions", json!({ "people": people })).json()["completed"], 5);
    let hired = json!({ "outcome": { "kind": "hired", "title": "Developer" }, "consents": true });
    assert_eq!(school.send(&school.account("ada"), "PUT", "/outcome", hired).status, 200);
    let study = json!({ "outcome": { "kind": "study" }, "consents": false });
    assert_eq!(school.send(&school.account("ben"), "PUT", "/outcome", study).status, 200);

    // Past the cohort's last day.
    school.waymark.pass_seconds(31 * 86_400);
    let of = |found: &Value, part: &str, of: &str| {
        found[part].as_array().unwrap().iter().find(|count| count["of"] == of).map(|count| count["people"].clone()).unwrap()
    };
    let seen = school.get(&school.lead, "/ended").json();
    assert_eq!((of(&seen, "states", "completed"), of(&seen, "states", "active")), (json!(5), json!(1)));
    assert_eq!(
        (of(&seen, "outcomes", "hired"), of(&seen, "outcomes", "study"), of(&seen, "outcomes", "withheld")),
        (json!(1), json!(0), json!(1))
    );
    assert_eq!(seen["completed"].as_array().map(Vec::len), Some(5));
    assert_eq!(of(&seen, "spread", "0"), json!(6));
    let mentor = school.get(&school.mentor, "/ended").json();
    assert_eq!((of(&mentor, "states", "completed"), of(&mentor, "states", "active")), (json!(5), Value::Null));
    assert_eq!(of(&mentor, "outcomes", "hired"), Value::Null);
    let page = school.page(&school.lead, "/ended").body;
    assert!(page.contains("How it ended") && page.contains("6 learners were in this cohort."), "{page}");
    let page = school.page(&school.mentor, "/ended").body;
    assert!(page.contains("Numbers below 5 are shown to leads only.") && page.contains("few"), "{page}");
    assert_eq!(school.get(&school.account("ada"), "/ended").status, 404);
    let list = school.waymark.get("/cohorts", &[("cookie", &school.waymark.cookie(&school.account("ada")))]).body;
    assert!(list.contains("What became of you"), "{list}");
}

#[test]
fn of_two_leads_who_complete_somebody_at_once_one_does_and_a_learners_own_words_outlast_a_leads() {
    let school = School::open(&autumn(), &["ada"]);
    let (ada, person) = (school.account("ada"), school.person("ada"));
    let admin = school.waymark.token(&school.account("admin"), Scope::Admin, None);
    let lead = school.waymark.token(&school.lead, Scope::Write, None);
    let base = format!("/api/v1/cohorts/{}", school.id);
    let both = |first: (&str, &str, &str, Value), second: (&str, &str, &str, Value)| {
        let barrier = std::sync::Barrier::new(2);
        let send = |(token, method, rest, body): (&str, &str, &str, Value)| {
            barrier.wait();
            school.waymark.send(method, &format!("{base}{rest}"), token, body)
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(|| send(second));
            (send(first), other.join().unwrap())
        })
    };
    let one = || json!({ "people": [person] });
    let (a, b) = both((&lead, "POST", "/completions", one()), (&admin, "POST", "/completions", one()));
    let (done, told) = if a.status == 200 { (a, b) } else { (b, a) };
    assert_eq!(done.json(), json!({ "completed": 1 }));
    assert_eq!(codes(&told), [pair("people", "state_is_same")], "the other is told what is there by then");
    let history = school.get(&school.lead, &format!("/members/{person}")).json()["history"].clone();
    assert_eq!(history.as_array().map(Vec::len), Some(2), "completed once: {history}");

    let own = school.waymark.token(&ada, Scope::Write, None);
    let mine = json!({ "outcome": { "kind": "business", "title": "Bakery" }, "consents": true });
    let of = format!("/members/{person}/outcome");
    let (hers, leads) = both((&own, "PUT", "/outcome", mine), (&lead, "PUT", &of, json!({ "kind": "unknown" })));
    assert_eq!(hers.status, 200);
    assert!([204, 409].contains(&leads.status), "before hers, or not at all: {}", leads.body);
    assert_eq!(school.candidate("ada")["outcome"]["outcome"]["title"], "Bakery");
}
