//! Alerts and the digest of those who guide, through the public doors.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::cohort::{AlertKind, Event, Standing};
use domain::policy::Scope;
use domain::time::Day;
use serde_json::{Value, json};
use store::cohorts::{NewAlert, Raising};

/// A cohort with a lead, a mentor and a learner who is told of.
struct School {
    waymark: Waymark,
    lead: Account,
    mentor: Account,
    learner: Account,
    stranger: Account,
    id: String,
}

impl School {
    fn open() -> Self {
        let waymark = Waymark::start();
        let [lead, mentor, learner, stranger] = ["lena", "mira", "ada", "eve"].map(|name| waymark.account(name, false));
        let people = [(&lead, Standing::Lead), (&mentor, Standing::Mentor), (&learner, Standing::Learner)];
        let cohort = waymark.cohort("Autumn", &people);
        waymark.cohort("Spring", &[(&stranger, Standing::Lead)]);
        let id = waymark.store.read_blocking(|conn| store::cohorts::by_id(conn, cohort)).unwrap().public_id.to_string();
        Self { waymark, lead, mentor, learner, stranger, id }
    }

    fn get(&self, who: &Account, rest: &str) -> Answer {
        self.waymark.get_as(&format!("/api/v1/cohorts/{}{rest}", self.id), &self.waymark.token(who, Scope::Write, None))
    }

    fn send(&self, who: &Account, method: &str, rest: &str, body: Value) -> Answer {
        self.waymark.send(method, &format!("/api/v1/cohorts/{}{rest}", self.id), &self.waymark.token(who, Scope::Write, None), body)
    }

    fn page(&self, who: &Account, path: &str) -> Answer {
        self.waymark.get(path, &[("cookie", &self.waymark.cookie(who))])
    }

    fn form(&self, who: &Account, rest: &str, fields: &[(&str, &str)]) -> Answer {
        self.waymark.form(&format!("/cohorts/{}{rest}", self.id), &self.waymark.cookie(who), fields)
    }

    /// What the jobs would have noted at the end of a day.
    fn raise(&self, kind: AlertKind, key: &str) {
        let (id, account, public_id) = (self.id.parse().unwrap(), self.learner.id, {
            use domain::world::Dice;
            self.waymark.dice.public_id()
        });
        let (day, now) = (Day::from_number(20_772), common::NOW);
        let event = Event { kind, key: key.to_owned(), figure: 4, day };
        let noted = self.waymark.store.write_blocking(move |conn| {
            let cohort = store::cohorts::by_public_id(conn, id)?.id;
            let version = store::cohorts::alerts_due(conn)?.remove(0).version;
            let settings = store::cohorts::alert_settings(conn, cohort)?;
            store::cohorts::put_alert_settings(conn, cohort, &settings)?;
            let raised = vec![NewAlert { public_id, account, event: event.clone() }];
            store::cohorts::note_alerts(conn, &Raising { cohort, version: version + 1, through: day, raised, over: Vec::new(), at: now })
        });
        assert_eq!(noted.unwrap(), Some(1));
    }
}

#[test]
fn a_lead_switches_alerts_on_reads_them_and_puts_one_away() {
    let school = School::open();
    let shown = school.get(&school.lead, "/alert-settings").json();
    assert_eq!(shown, json!({ "silent": null, "behind": null, "waiting": null, "lapsing": null, "quiet": 7 }), "none is on by default");
    let page = school.page(&school.lead, &format!("/cohorts/{}/alerts", school.id));
    assert!(page.body.contains("No alert is switched on."), "{}", page.body);

    let wrong = [("silent", "0"), ("behind", "many"), ("waiting", ""), ("lapsing", "30"), ("quiet", "99")];
    let again = school.form(&school.lead, "/alerts", &wrong);
    assert_eq!(again.status, 422);
    assert!(again.body.contains("value=\"many\"") && again.body.contains("value=\"99\""), "what was typed is kept");
    for field in ["a-e-silent", "a-e-behind", "a-e-quiet"] {
        assert!(again.body.contains(field), "{field} is named");
    }
    let right = [("silent", "5"), ("behind", "12"), ("waiting", ""), ("lapsing", ""), ("quiet", "3")];
    assert_eq!(school.form(&school.lead, "/alerts", &right).status, 303);
    let expected = json!({ "silent": 5, "behind": 12, "waiting": null, "lapsing": null, "quiet": 3 });
    assert_eq!(school.get(&school.lead, "/alert-settings").json(), expected);
    let refused = school.send(&school.lead, "PUT", "/alert-settings", json!({ "waiting": 61 }));
    assert_eq!((refused.status, &refused.json()["errors"][0]["field"]), (422, &json!("waiting")));

    school.raise(AlertKind::Silent, "2026-11-10");
    let board = school.page(&school.lead, &format!("/cohorts/{}", school.id));
    assert!(board.body.contains("One alert is open"), "{}", board.body);
    let page = school.page(&school.lead, &format!("/cohorts/{}/alerts", school.id)).body;
    assert!(page.contains("Nothing recorded for 4 session days") && page.contains("/learners/"), "{page}");
    let listed = school.get(&school.lead, "/alerts").json();
    let alert = listed["items"][0].clone();
    assert_eq!((&alert["kind"], &alert["name"], &alert["figure"]), (&json!("silent"), &json!("ada"), &json!(4)));

    let away = format!("/alerts/{}/dismissal", alert["id"].as_str().unwrap());
    let put = school.send(&school.lead, "POST", &away, json!({}));
    assert_eq!(put.status, 200, "{}", put.body);
    assert_eq!(school.form(&school.lead, &format!("/alerts/{}/dismiss", alert["id"].as_str().unwrap()), &[]).status, 303, "twice is fine");
    assert_eq!(school.get(&school.lead, "/alerts").json()["items"], json!([]));
    assert_eq!(school.get(&school.lead, "/alerts?all=true").json()["items"].as_array().unwrap().len(), 1);
    let acts = school.waymark.store.read_blocking(|conn| store::audit::list(conn, None, 9)).unwrap();
    let acts: Vec<_> = acts.iter().map(|(_, row)| row.act.as_str()).collect();
    assert_eq!(acts, ["cohort.alert.dismiss", "cohort.alerts"]);
}

#[test]
fn alerts_are_for_leads_and_what_is_withheld_is_in_none() {
    let school = School::open();
    school.send(&school.lead, "PUT", "/alert-settings", json!({ "waiting": 3 }));
    school.raise(AlertKind::Waiting, "1");
    assert_eq!(school.get(&school.lead, "/alerts").json()["items"].as_array().unwrap().len(), 1);
    for path in ["/alerts", "/alert-settings"] {
        assert_eq!(school.get(&school.mentor, path).status, 403, "a mentor sees the board, not this");
        assert_eq!(school.get(&school.learner, path).status, 404);
        assert_eq!(school.get(&school.stranger, path).status, 404, "somebody else's cohort");
    }
    let page = format!("/cohorts/{}/alerts", school.id);
    assert_eq!(school.page(&school.mentor, &page).status, 403);
    assert_eq!(school.page(&school.stranger, &page).status, 404);
    let id = school.learner.id;
    let token = school.waymark.token(&school.learner, Scope::Write, None);
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": "skill:git", "step": "working" }] });
    assert_eq!(school.waymark.send("POST", "/api/v1/evidence", &token, claim).status, 201);
    let cohort = school.id.parse().unwrap();
    school
        .waymark
        .store
        .write_blocking(move |conn| {
            let cohort = store::cohorts::by_public_id(conn, cohort)?.id;
            store::cohorts::withhold(conn, cohort, id, &[1].into())
        })
        .unwrap();
    assert_eq!(school.get(&school.lead, "/alerts").json()["items"], json!([]), "rights of this moment count");
}

#[test]
fn a_copy_takes_the_alerts_along() {
    let school = School::open();
    school.send(&school.lead, "PUT", "/alert-settings", json!({ "silent": 4, "quiet": 2 }));
    let admin = school.waymark.account("root", true);
    let token = school.waymark.token(&admin, Scope::Admin, None);
    let next = json!({ "name": "Autumn again", "starts_on": "2027-02-01", "ends_on": "2027-05-28", "zone": "UTC" });
    let made = school.waymark.send("POST", &format!("/api/v1/cohorts/{}/copy", school.id), &token, next).json();
    let path = format!("/api/v1/cohorts/{}/alert-settings", made["id"].as_str().unwrap());
    assert_eq!(school.waymark.get_as(&path, &token).json()["silent"], 4);
}

#[test]
fn a_mentor_chooses_when_their_digest_comes_sees_it_and_ends_it_by_its_link() {
    let school = School::open();
    let page = school.page(&school.mentor, "/settings/mentor-digest");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Digest of the learners you guide") && page.body.contains("value=\"off\" checked"), "{}", page.body);
    let cookie = school.waymark.cookie(&school.mentor);
    let set = |fields: &[(&str, &str)]| school.waymark.form("/settings/mentor-digest", &cookie, fields);
    assert_eq!(set(&[("cadence", "daily"), ("time", "07:00")]).status, 422, "once a week or never");
    let again = set(&[("cadence", "weekly"), ("weekday", "friday"), ("time", "25:00")]);
    assert!(again.status == 422 && again.body.contains("value=\"25:00\"") && again.body.contains("value=\"friday\" selected"));
    assert_eq!(set(&[("cadence", "weekly"), ("weekday", "friday"), ("time", "16:30")]).status, 303);
    let token = school.waymark.token(&school.mentor, Scope::Write, None);
    let schedule = school.waymark.get_as("/api/v1/mentor-digest", &token).json();
    assert_eq!((&schedule["rule"]["weekday"], &schedule["next_period"]), (&json!("friday"), &json!("2026-W47")));
    assert_eq!(school.waymark.get_as("/api/v1/digest", &token).json()["rule"], Value::Null, "one's own is another one");
    let monthly = school.waymark.send("PUT", "/api/v1/mentor-digest", &token, json!({ "cadence": "monthly", "day": 1, "time": "07:00" }));
    assert_eq!(monthly.status, 422);

    let preview = school.waymark.get_as("/api/v1/mentor-digest/preview", &token).json();
    let text = preview["text"].as_str().unwrap();
    assert!(text.contains("AUTUMN") && text.contains("One learner"), "{text}");
    let link = text.split_whitespace().find(|word| word.contains("/unsubscribe/")).unwrap();
    let path = &link[link.find("/unsubscribe/").unwrap()..];
    let shown = school.waymark.get(path, &[]);
    assert!(shown.body.contains("no more digests about learners"), "{}", shown.body);
    assert_eq!(school.waymark.ask("POST", path, &[], b"List-Unsubscribe=One-Click").status, 200);
    let ended = school.waymark.get_as("/api/v1/mentor-digest", &token).json();
    assert_eq!((&ended["unsubscribed"], &ended["next_at"]), (&json!(true), &Value::Null));
}

#[test]
fn the_preview_tells_what_waits_and_leads_to_the_learner() {
    let school = School::open();
    let frame = school.page(&school.lead, "/settings/mentor-digest/preview");
    assert_eq!(frame.status, 200);
    assert!(frame.header("content-security-policy").contains("sandbox") || frame.body.contains("Autumn"), "{}", frame.body);
    school.send(&school.lead, "PUT", "/alert-settings", json!({ "silent": 4 }));
    school.raise(AlertKind::Silent, "2026-11-10");
    let text = school.page(&school.lead, "/settings/mentor-digest/preview.txt").body;
    assert!(text.contains("New alerts") && text.contains("ada: Nothing recorded for 4 session days"), "{text}");
    assert!(text.contains(&format!("/cohorts/{}/learners/{}", school.id, school.learner.public_id)), "{text}");
    assert!(!school.page(&school.mentor, "/settings/mentor-digest/preview.txt").body.contains("New alerts"), "alerts are for leads");
    let nobody = school.page(&school.learner, "/settings/mentor-digest");
    assert!(nobody.body.contains("You guide nobody"), "{}", nobody.body);
}
