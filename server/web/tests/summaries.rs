//! Summaries for a sponsor through the public doors: who makes a link, who consents, what is shown to whom.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

/// A cohort of the shipped role with a lead, a mentor and some learners.
struct School {
    waymark: Waymark,
    lead: Account,
    mentor: Account,
    id: String,
}

impl School {
    fn open(learners: &[&str]) -> Self {
        Self::open_with(learners, "waymark/default")
    }

    fn open_with(learners: &[&str], rule: &str) -> Self {
        let waymark = Waymark::start();
        if rule != "waymark/default" {
            waymark.install_rule();
        }
        let (admin, lead, mentor) = (waymark.account("admin", true), waymark.account("lena", false), waymark.account("mira", false));
        let token = waymark.token(&admin, Scope::Admin, None);
        let mut wish = json!({ "name": "Backend Autumn", "starts_on": "2026-11-16", "ends_on": "2026-12-18", "zone": "Europe/Lisbon" });
        let id = waymark.send("POST", "/api/v1/cohorts", &token, wish.clone()).json()["id"].as_str().unwrap().to_owned();
        wish["roles"] = json!([{ "role": "backend-developer", "target_level": "backend-developer" }]);
        wish["rule"] = json!(rule);
        let path = format!("/api/v1/cohorts/{id}");
        let changed = waymark.send("PUT", &path, &token, wish);
        assert_eq!(changed.status, 200, "{}", changed.body);
        for learner in learners {
            waymark.account(learner, false);
        }
        let people = [("lena", "lead"), ("mira", "mentor")].into_iter().chain(learners.iter().map(|learner| (*learner, "learner")));
        for (username, standing) in people {
            let member = json!({ "username": username, "standing": standing });
            assert_eq!(waymark.send("POST", &format!("{path}/members"), &token, member).status, 201);
        }
        Self { waymark, lead, mentor, id }
    }

    fn api(&self, rest: &str) -> String {
        format!("/api/v1/cohorts/{}{rest}", self.id)
    }

    fn account(&self, username: &str) -> Account {
        let name = domain::account::Username::parse(username).unwrap();
        self.waymark.store.read_blocking(|conn| store::accounts::by_username(conn, &name)).unwrap().unwrap().0
    }

    fn send(&self, who: &Account, method: &str, rest: &str, body: Value) -> Answer {
        self.waymark.send(method, &self.api(rest), &self.waymark.token(who, Scope::Write, None), body)
    }

    fn claims(&self, username: &str, subject: &str) -> Value {
        let token = self.waymark.token(&self.account(username), Scope::Write, None);
        let body = json!({ "kind": "claim", "subjects": [{ "subject": subject, "step": "leading" }], "note": "zanzibar" });
        let answer = self.waymark.send("POST", "/api/v1/evidence", &token, body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    /// Id and secret of a new link; without a learner of the cohort.
    fn link(&self, learner: Option<&str>) -> (String, String) {
        let mut wish = json!({ "label": "Harbour Fund", "days": 10 });
        if let Some(learner) = learner {
            wish["learner"] = json!(self.account(learner).public_id.to_string());
        }
        let made = self.send(&self.lead, "POST", "/summaries", wish);
        assert_eq!(made.status, 201, "{}", made.body);
        let made = made.json();
        let secret = made["address"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (made["link"]["id"].as_str().unwrap().to_owned(), secret)
    }

    fn decides(&self, username: &str, link: &str, consents: bool) -> Answer {
        self.send(&self.account(username), "PUT", &format!("/sharing/summaries/{link}"), json!({ "consents": consents }))
    }

    fn consents(&self, username: &str, link: &str) {
        let answer = self.decides(username, link, true);
        assert_eq!(answer.status, 204, "{}", answer.body);
    }

    fn shown(&self, secret: &str) -> Value {
        let answer = self.waymark.get(&format!("/api/v1/summaries/{secret}"), &[]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }
}

#[test]
fn a_sponsor_sees_a_learner_who_consents_and_nothing_that_they_wrote() {
    let school = School::open(&["ada", "bela"]);
    school.claims("ada", "skill:git");
    let withheld = school.claims("ada", "skill:python");
    let token = school.waymark.token(&school.account("ada"), Scope::Write, None);
    assert_eq!(school.waymark.send("PUT", &school.api("/sharing"), &token, json!({ "withheld": [withheld["id"]] })).status, 204);
    let (link, secret) = school.link(Some("ada"));
    let public = format!("/summaries/{secret}");

    let waits = school.waymark.get(&public, &[]);
    assert_eq!(waits.status, 200, "{}", waits.body);
    assert!(waits.body.contains("waits for the consent") && !waits.body.contains("ada"), "{}", waits.body);
    assert_eq!(school.shown(&secret)["shows"], "waits");

    // The learner reads what is asked and consents, as a browser without JavaScript does.
    let (ada, sharing) = (school.waymark.cookie(&school.account("ada")), format!("/cohorts/{}/sharing", school.id));
    let asked = school.waymark.get(&sharing, &[("cookie", &ada)]).body;
    assert!(asked.contains("For Harbour Fund") && asked.contains("not without you"), "{asked}");
    let decided = school.waymark.form(&format!("{sharing}/summaries/{link}"), &ada, &[("consent", "yes")]);
    assert_eq!(decided.status, 303, "{}", decided.body);
    assert!(school.waymark.get(&sharing, &[("cookie", &ada)]).body.contains("you consent"));

    let page = school.waymark.get(&public, &[]);
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), ("no-store", "noindex, nofollow"));
    assert!(page.body.contains("<h1>ada</h1>") && page.body.contains("For Harbour Fund") && page.body.contains("claimed"), "{}", page.body);
    let shown = school.shown(&secret);
    let of = &shown["learner"];
    assert_eq!((&shown["shows"], &of["name"], &of["entries"]), (&json!("learner"), &json!("ada"), &json!({ "claimed": 1 })));
    let board = school.waymark.get_as(&school.api("/board"), &school.waymark.token(&school.mentor, Scope::Read, None)).json();
    let row = board["items"].as_array().unwrap().iter().find(|row| row["username"] == "ada").cloned().unwrap();
    assert_eq!((&of["claimed"], &of["proven"], &of["pace"]), (&row["claimed"], &row["proven"], &row["pace"]), "as the cohort sees them");
    assert!(!page.body.contains("zanzibar") && !shown.to_string().contains("zanzibar"), "no word of theirs");

    // Withdrawn: as before.
    assert_eq!(school.decides("ada", &link, false).status, 204);
    assert_eq!(school.shown(&secret)["shows"], "waits");
}

#[test]
fn of_a_cohort_is_told_who_consents_together_and_nothing_of_fewer_than_five() {
    let names = ["ada", "bela", "chen", "dora", "emil", "fay"];
    let school = School::open(&names);
    school.claims("fay", "skill:git");
    let (link, secret) = school.link(None);
    for name in &names[..4] {
        school.consents(name, &link);
    }
    assert_eq!(school.shown(&secret)["shows"], "too-few");
    let page = school.waymark.get(&format!("/summaries/{secret}"), &[]);
    assert!(page.body.contains("Fewer than five learners") && !page.body.contains("Backend Autumn"), "{}", page.body);
    school.consents("emil", &link);
    let shown = school.shown(&secret);
    let of = &shown["cohort"];
    assert_eq!((&shown["shows"], &of["learners"], &of["claimed"]), (&json!("cohort"), &json!(5), &json!(0)), "fay is not among them");
    for name in names {
        assert!(!shown.to_string().contains(name), "{name} in {shown}");
    }
    let counts = of["readiness"].as_object().unwrap().values().chain(of["paces"].as_object().unwrap().values());
    assert!(counts.filter_map(Value::as_u64).all(|count| count >= 5));
    let page = school.waymark.get(&format!("/summaries/{secret}"), &[]);
    assert!(page.body.contains("<h1>Backend Autumn</h1>") && page.body.contains("not told"), "{}", page.body);
    // One goes, and nothing is left to tell.
    assert_eq!(school.decides("bela", &link, false).status, 204);
    assert_eq!(school.shown(&secret)["shows"], "too-few");
}

#[test]
fn a_wrong_an_ended_and_a_revoked_link_all_look_the_same() {
    let school = School::open(&["ada"]);
    let (link, secret) = school.link(Some("ada"));
    let (_, other) = school.link(Some("ada"));
    school.consents("ada", &link);
    let looks = |secret: &str| {
        let page = school.waymark.get(&format!("/summaries/{secret}"), &[]);
        let api = school.waymark.get(&format!("/api/v1/summaries/{secret}"), &[]);
        (page.status, api.status, api.json()["code"].clone())
    };
    let gone = (404, 404, json!("summary_gone"));
    assert_eq!(looks("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), gone);
    assert_eq!(looks("short"), gone);
    let lead = school.waymark.cookie(&school.lead);
    let revoked = school.waymark.form(&format!("/cohorts/{}/summaries/{link}/revoke", school.id), &lead, &[]);
    assert_eq!(revoked.status, 303, "{}", revoked.body);
    assert_eq!(looks(&secret), gone);
    assert_eq!(school.decides("ada", &link, true).json()["code"], "summary_gone", "nothing to consent to");
    assert_eq!(school.decides("ada", &link, false).status, 204, "taking back is always possible");
    assert_eq!(school.shown(&other)["shows"], "waits");
    school.waymark.pass_seconds(10 * DAY);
    assert_eq!(looks(&other), gone);
    let asked = school.waymark.get_as(&school.api("/sharing/summaries"), &school.waymark.token(&school.account("ada"), Scope::Read, None));
    assert_eq!(asked.json()["items"], json!([]), "what is over asks nothing");
}

#[test]
fn guessing_links_is_limited() {
    let school = School::open(&[]);
    let tried = (0..200).map(|_| school.waymark.get("/api/v1/summaries/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &[]).status);
    assert!(tried.into_iter().any(|status| status == 429));
}

#[test]
fn leads_make_links_and_each_learner_decides_for_themselves() {
    let school = School::open(&["ada", "bela"]);
    let stranger = school.waymark.account("stranger", false);
    let wish = json!({ "label": "Harbour Fund" });
    assert_eq!(school.send(&school.mentor, "POST", "/summaries", wish.clone()).status, 403);
    for who in [school.account("ada"), stranger.clone()] {
        assert_eq!(school.send(&who, "POST", "/summaries", wish.clone()).status, 404);
        assert_eq!(
            school.waymark.get(&format!("/cohorts/{}/summaries", school.id), &[("cookie", &school.waymark.cookie(&who))]).status,
            404
        );
    }
    let wrong =
        school.send(&school.lead, "POST", "/summaries", json!({ "label": "", "days": 400, "learner": stranger.public_id.to_string() }));
    let codes: Vec<String> =
        wrong.json()["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!((wrong.status, codes), (422, vec!["name_empty".to_owned(), "out_of_range".to_owned(), "person_unknown".to_owned()]));

    let (link, _) = school.link(Some("ada"));
    assert_eq!(school.decides("bela", &link, true).status, 404, "ada is asked, nobody else");
    assert_eq!(school.decides("mira", &link, true).status, 404, "nor mentors");
    let asked = |username: &str| {
        let token = school.waymark.token(&school.account(username), Scope::Read, None);
        school.waymark.get_as(&school.api("/sharing/summaries"), &token).json()["items"].as_array().unwrap().len()
    };
    assert_eq!((asked("ada"), asked("bela")), (1, 0));

    // The same by the form, which keeps what was typed.
    let lead = school.waymark.cookie(&school.lead);
    let at = format!("/cohorts/{}/summaries", school.id);
    let again = school.waymark.form(&at, &lead, &[("learner", ""), ("label", "Port Authority"), ("days", "0")]);
    assert!(again.status == 422 && again.body.contains("value=\"Port Authority\""), "{}", again.body);
    let made = school.waymark.form(&at, &lead, &[("learner", ""), ("label", "Port Authority"), ("days", "30")]);
    assert!(made.status == 200 && made.body.contains("/summaries/"), "{}", made.body);
    let listed = school.waymark.get(&at, &[("cookie", &lead)]).body;
    assert!(
        listed.contains("Port Authority") && listed.contains("nobody consents yet") && listed.contains("waits for consent"),
        "{listed}"
    );
    let admin = school.waymark.token(&school.account("admin"), Scope::Admin, None);
    let trail = school.waymark.get_as("/api/v1/admin/audit", &admin).body;
    assert!(trail.contains("summary_link.create") && !trail.contains("Port Authority"), "{trail}");
}

#[test]
fn a_consent_that_is_withdrawn_while_a_summary_is_made_is_in_no_answer_after_it() {
    let names = ["ada", "bela", "chen", "dora", "emil"];
    let school = School::open_with(&names, "acme/rule");
    let (of_ada, secret) = school.link(Some("ada"));
    let (of_all, together) = school.link(None);
    school.consents("ada", &of_ada);
    names.iter().for_each(|name| school.consents(name, &of_all));
    assert_eq!((school.shown(&secret)["shows"].as_str(), school.shown(&together)["shows"].as_str()), (Some("learner"), Some("cohort")));
    // The rule scores in the middle of it: there ada withdraws.
    for (link, secret, after) in [(of_ada, secret, "waits"), (of_all, together, "too-few")] {
        let (store, ada, link) = (school.waymark.store.clone(), school.account("ada").id, link.parse().unwrap());
        let cohort = school.id.parse().unwrap();
        school.waymark.rule.meanwhile(move || {
            let act = move |conn: &mut store::Conn<'_>| {
                let cohort = store::cohorts::by_public_id(conn, cohort)?;
                let link = store::summaries::get(conn, cohort.id, link)?;
                store::summaries::withdraw(conn, link.id, ada)
            };
            store.write_blocking(act).unwrap();
        });
        // A new entry, so that there is something to score.
        school.claims("ada", if after == "waits" { "skill:git" } else { "skill:python" });
        assert_eq!(school.shown(&secret)["shows"], after);
        assert!(school.waymark.rule.is_done(), "it was withdrawn while the summary was made");
    }
}

#[test]
fn what_was_asked_and_consented_to_is_part_of_ones_own_data_and_goes_with_the_account() {
    let school = School::open(&["ada"]);
    let (link, secret) = school.link(Some("ada"));
    school.consents("ada", &link);
    let ada = school.account("ada");
    let export = school.waymark.get_as("/api/v1/export", &school.waymark.token(&ada, Scope::Admin, None)).json();
    let own = &export["sections"]["summaries"][0];
    assert_eq!((&own["cohort"], &own["for"], &own["of"]), (&json!("Backend Autumn"), &json!("Harbour Fund"), &json!("learner")));
    assert!(own["consented_at"].is_string() && own["revoked_at"].is_null(), "{own}");
    let id = ada.id;
    let now = common::NOW;
    school.waymark.store.write_blocking(move |conn| store::accounts::erase(conn, id, now)).unwrap();
    assert_eq!(school.waymark.get(&format!("/summaries/{secret}"), &[]).status, 404);
    let links = school.send(&school.lead, "GET", "/summaries", json!({}));
    assert_eq!(links.json()["items"], json!([]));
}
