//! Days that move, through the public doors: a cohort's last day, with whose paths move with it and whose stay; a path that rests.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::policy::Scope;
use serde_json::{Value, json};

/// A cohort of the shipped role from 7 September to 18 December 2026 with a lead.
struct School {
    waymark: Waymark,
    admin: Account,
    lead: Account,
    id: String,
}

fn set_up(last: &str) -> Value {
    json!({
        "name": "Backend Autumn",
        "starts_on": "2026-09-07",
        "ends_on": last,
        "zone": "Europe/Lisbon",
        "roles": [{ "role": "backend-developer", "target_level": "backend-developer" }],
    })
}

impl School {
    fn open() -> Self {
        let waymark = Waymark::start();
        let (admin, lead) = (waymark.account("admin", true), waymark.account("lena", false));
        let token = waymark.token(&admin, Scope::Admin, None);
        let mut frame = set_up("2026-12-18");
        frame.as_object_mut().unwrap().remove("roles");
        let id = waymark.send("POST", "/api/v1/cohorts", &token, frame).json()["id"].as_str().unwrap().to_owned();
        assert_eq!(waymark.send("PUT", &format!("/api/v1/cohorts/{id}"), &token, set_up("2026-12-18")).status, 200);
        let member = json!({ "username": "lena", "standing": "lead" });
        assert_eq!(waymark.send("POST", &format!("/api/v1/cohorts/{id}/members"), &token, member).status, 201);
        Self { waymark, admin, lead, id }
    }

    fn as_lead(&self, method: &str, rest: &str, body: Value) -> Value {
        let token = self.waymark.token(&self.lead, Scope::Write, None);
        let answer = self.waymark.send(method, &format!("/api/v1/cohorts/{}{rest}", self.id), &token, body);
        assert!((200..300).contains(&answer.status), "{rest}: {}", answer.body);
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    fn learner(&self, username: &str) -> Learner<'_> {
        let account = self.waymark.account(username, false);
        self.as_lead("POST", "/members", json!({ "username": username, "standing": "learner" }));
        let token = self.waymark.token(&account, Scope::Write, None);
        let path = self.waymark.get_as("/api/v1/paths", &token).json()["items"][0]["id"].as_str().unwrap().to_owned();
        Learner { waymark: &self.waymark, account, token, path }
    }

    fn page(&self, query: &str) -> Answer {
        self.waymark.get(&format!("/cohorts/{}/set-up{query}", self.id), &[("cookie", &self.waymark.cookie(&self.lead))])
    }
}

struct Learner<'a> {
    waymark: &'a Waymark,
    account: Account,
    token: String,
    path: String,
}

impl Learner<'_> {
    fn target(&self) -> String {
        let path = self.waymark.get_as(&format!("/api/v1/paths/{}", self.path), &self.token).json();
        path["target_day"].as_str().unwrap_or_default().to_owned()
    }

    fn changes(&self, body: Value) {
        let answer = self.waymark.send("PATCH", &format!("/api/v1/paths/{}", self.path), &self.token, body);
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    fn id(&self) -> String {
        self.account.public_id.to_string()
    }
}

#[test]
fn a_lead_who_changes_the_last_day_is_told_whose_paths_move_with_it() {
    let school = School::open();
    let [ada, bela, chen, dina] = ["ada", "bela", "chen", "dina"].map(|name| school.learner(name));
    bela.changes(json!({ "target_day": "2026-12-11" }));
    // An extension counts session days of the plan; where the path ends is the cohort's day all the same.
    school.as_lead("PUT", &format!("/members/{}/terms", dina.id()), json!({ "extension": 5 }));
    school.as_lead("POST", &format!("/members/{}/state", chen.id()), json!({ "state": "dropped", "reason": "moved away" }));
    let shown = school.as_lead("GET", "", Value::Null);
    assert_eq!((&shown["paths_ending"], shown.get("paths_moved")), (&json!(2), None), "not of who dropped out or chose another day");
    let page = school.page("");
    assert!(page.body.contains("2 paths have their target on") && page.body.contains("18 December 2026"), "{}", page.body);

    let changed = school.as_lead("PUT", "", set_up("2027-01-29"));
    assert_eq!((&changed["paths_moved"], &changed["paths_ending"], &changed["ends_on"]), (&json!(2), &json!(2), &json!("2027-01-29")));
    let targets = [&ada, &bela, &chen, &dina].map(Learner::target);
    assert_eq!(targets, ["2027-01-29", "2026-12-11", "2026-12-18", "2027-01-29"]);
    let audit = || school.waymark.get_as("/api/v1/admin/audit", &school.waymark.token(&school.admin, Scope::Admin, None)).json();
    let told = json!({ "name": "Backend Autumn", "ended_on": "2026-12-18", "ends_on": "2027-01-29", "paths_moved": 2 });
    assert!(audit()["items"].as_array().unwrap().iter().any(|row| row["detail"] == told), "{}", audit());

    // What leaves the day alone moves nothing, and says nothing of it.
    assert_eq!(school.as_lead("PUT", "", set_up("2027-01-29"))["paths_moved"], json!(0));
    assert_eq!(audit()["items"][0]["detail"], json!({ "name": "Backend Autumn" }));

    // The same by the form, without JavaScript.
    let form = [
        ("name", "Backend Autumn"),
        ("starts_on", "2026-09-07"),
        ("ends_on", "2027-02-26"),
        ("zone", "Europe/Lisbon"),
        ("weekdays", "monday"),
        ("level.backend-developer", "backend-developer"),
        ("rule", "waymark/default"),
        ("measure", "claimed"),
        ("band", "10"),
    ];
    let cookie = school.waymark.cookie(&school.lead);
    let sent = school.waymark.form(&format!("/cohorts/{}/set-up", school.id), &cookie, &form);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(sent.header("location").ends_with("?done=1&moved=2"), "{}", sent.header("location"));
    let page = school.page("?done=1&moved=2").body;
    assert!(page.contains("2 paths moved to the new last day"), "{page}");
    assert!(school.page("?done=1&moved=many").body.contains("Saved."), "what is no number counts as not said");
    assert_eq!([&ada, &bela].map(Learner::target), ["2027-02-26", "2026-12-11"]);
}

/// A page that a learner opened before shows the former day: sending it back is no choice.
#[test]
fn a_form_that_still_shows_the_former_day_does_not_choose_it() {
    let school = School::open();
    let ada = school.learner("ada");
    let cookie = school.waymark.cookie(&ada.account);
    let page = school.waymark.get(&format!("/paths/{}/settings", ada.path), &[("cookie", &cookie)]).body;
    assert!(page.contains("name=\"day_shown\" value=\"2026-12-18\""), "{page}");
    school.as_lead("PUT", "", set_up("2027-01-29"));
    let send = |day: &str, hours: &str| {
        let fields = [("level", "backend-developer"), ("day", day), ("day_shown", "2026-12-18"), ("hours", hours)];
        school.waymark.form(&format!("/paths/{}/settings", ada.path), &cookie, &fields)
    };
    assert_eq!(send("2026-12-18", "9").status, 303);
    assert_eq!(ada.target(), "2027-01-29", "the hours were changed, the day was not");
    let refused = send("2026-12-11", "900");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("name=\"day_shown\" value=\"2026-12-18\"") && refused.body.contains("value=\"2026-12-11\""));
    assert_eq!(send("2026-12-11", "9").status, 303);
    assert_eq!(ada.target(), "2026-12-11", "another day was chosen");
    school.as_lead("PUT", "", set_up("2027-02-26"));
    assert_eq!(ada.target(), "2026-12-11");
}

#[test]
fn a_path_rests_until_a_day_and_its_target_moves_by_the_days() {
    let waymark = Waymark::start();
    let ada = waymark.account("ada", false);
    let (token, cookie) = (waymark.token(&ada, Scope::Write, None), waymark.cookie(&ada));
    let made = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer", "target_day": "2027-06-30" })).json();
    let path = made["id"].as_str().unwrap();
    let target = || waymark.get_as(&format!("/api/v1/paths/{path}"), &token).json()["target_day"].clone();
    let rested = waymark.form(&format!("/paths/{path}/rest"), &cookie, &[("last", "2026-11-25")]);
    assert_eq!(rested.status, 303);
    assert_eq!(target(), "2027-07-07");
    let page = waymark.get(&format!("/paths/{path}/settings"), &[("cookie", &cookie)]).body;
    assert!(page.contains("This path rests from 19 November 2026 to 25 November 2026."));
    waymark.pass_seconds(2 * 86_400);
    assert_eq!(waymark.form(&format!("/paths/{path}/go-on"), &cookie, &[]).status, 303);
    assert_eq!(target(), "2027-07-02", "two days were rested");
    let pauses = waymark.get_as(&format!("/api/v1/paths/{path}/pauses"), &token).json();
    assert_eq!(pauses["items"], json!([{ "first": "2026-11-19", "last": "2026-11-20" }]));
    let wrong = waymark.send("POST", &format!("/api/v1/paths/{path}/pauses"), &token, json!({ "last": "2026-11-01" }));
    assert_eq!((wrong.status, &wrong.json()["errors"][0]["code"]), (422, &json!("ends_before_start")));
    let stranger = waymark.token(&waymark.account("bela", false), Scope::Write, None);
    assert_eq!(waymark.send("POST", &format!("/api/v1/paths/{path}/pauses"), &stranger, json!({})).status, 404);
}
