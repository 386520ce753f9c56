//! Evidence on a requirement's page: submissions, reviews by people outside, certificates, plans.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::cohort::Standing;
use domain::policy::Scope;
use serde_json::{Value, json};

/// A learner of a mentored path, so that proof of some requirements has to come from others.
struct Ada {
    waymark: Waymark,
    account: Account,
    token: String,
    cookie: String,
    path: String,
}

impl Ada {
    fn new() -> Self {
        let waymark = Waymark::start();
        let (account, mentor) = (waymark.account("ada", false), waymark.account("mira", false));
        waymark.cohort("Autumn", &[(&account, Standing::Learner), (&mentor, Standing::Mentor)]);
        let token = waymark.token(&account, Scope::Write, None);
        let cookie = waymark.cookie(&account);
        let made = waymark.send("POST", "/api/v1/paths", &token, json!({ "role": "backend-developer", "target_level": "senior" }));
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.json()["id"].as_str().unwrap().to_owned();
        Self { waymark, account, token, cookie, path }
    }

    fn detail(&self, requirement: &str) -> Value {
        self.waymark.get_as(&format!("/api/v1/paths/{}/requirements/{requirement}", self.path), &self.token).json()
    }

    /// The first requirement of that kind (`skill`, `certification`, `project`) that passes.
    fn requirement(&self, kind: &str, fits: impl Fn(&Value) -> bool) -> (String, Value) {
        let role = self.waymark.get_as("/api/v1/roles/backend-developer", &self.token).json();
        let asks = if kind == "project" { "criteria" } else { kind };
        let all = role["document"]["requirements"].as_array().unwrap().iter();
        all.filter(|requirement| !requirement[asks].is_null())
            .map(|requirement| requirement["id"].as_str().unwrap().to_owned())
            .map(|id| (id.clone(), self.detail(&id)))
            .find(|(_, detail)| detail["kind"] == kind && detail["beyond"] == false && fits(detail))
            .unwrap_or_else(|| panic!("the role has such a {kind}"))
    }

    /// A project that asks for a peer's review and has at least two criteria.
    fn project(&self) -> (String, Vec<String>) {
        let (id, detail) = self.requirement("project", |detail| detail["least_trust"] == "peer" && detail["subjects"][1].is_string());
        (id, subjects(&detail))
    }

    fn at(&self, requirement: &str) -> String {
        format!("/paths/{}/requirements/{requirement}", self.path)
    }

    fn page(&self, path: &str) -> Answer {
        self.waymark.get(path, &[("cookie", &self.cookie)])
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.waymark.form(path, &self.cookie, fields)
    }

    fn hand_in(&self, criteria: &[String]) -> String {
        let subjects: Vec<Value> = criteria.iter().map(|subject| json!({ "subject": subject })).collect();
        let offer = json!({
            "kind": "submission", "subjects": subjects, "url": "https://git.example/ada/orders", "title": "Orders service",
            "note": "Start with **the tests**.", "minutes": 4321,
        });
        let made = self.waymark.send("POST", "/api/v1/evidence", &self.token, offer);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// The path of the link that asks `who`.
    fn ask(&self, entry: &str, who: &str) -> (String, String) {
        let wish = json!({ "reviewer": who, "message": "Be *honest*.", "days": 3 });
        let made = self.waymark.send("POST", &format!("/api/v1/evidence/{entry}/reviews"), &self.token, wish);
        assert_eq!(made.status, 201, "{}", made.body);
        let link = made.json()["link"].as_str().unwrap().to_owned();
        (link.strip_prefix(&self.waymark.base.to_string()).unwrap().to_owned(), made.json()["id"].as_str().unwrap().to_owned())
    }

    fn readiness(&self) -> (u64, u64) {
        let score = self.waymark.get_as(&format!("/api/v1/paths/{}/readiness", self.path), &self.token).json();
        (score["claimed"].as_u64().unwrap(), score["proven"].as_u64().unwrap())
    }
}

fn subjects(detail: &Value) -> Vec<String> {
    detail["subjects"].as_array().unwrap().iter().map(|subject| subject.as_str().unwrap().to_owned()).collect()
}

/// What a reviewer sends: `met` criteria are met, the others are not.
fn verdicts(all: usize, met: usize) -> Vec<(String, String)> {
    (0..all).map(|at| (format!("verdict-{at}"), if at < met { "met" } else { "not-met" }.to_owned())).collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn somebody_without_an_account_reviews_a_submission_and_what_is_met_counts_as_peer_reviewed() {
    let ada = Ada::new();
    let (requirement, criteria) = ada.project();
    let entry = ada.hand_in(&criteria);
    let (claimed, proven) = ada.readiness();
    assert!(claimed > 0, "a submission is a claim");
    assert_eq!(proven, 0, "what asks for a peer is not proven by a link");

    // The link is made on the page, and shown there once.
    let fields = [("entry", entry.as_str()), ("reviewer", "Bo Lindqvist"), ("message", "Be *honest*."), ("days", "3")];
    let made = ada.post(&format!("{}/reviews", ada.at(&requirement)), &fields);
    assert_eq!(made.status, 200, "{}", made.body);
    let link = made.body.split("id=\"new-review\">").nth(1).unwrap().split('<').next().unwrap();
    let link = link.strip_prefix(&ada.waymark.base.to_string()).unwrap();
    let shown = ada.page(&ada.at(&requirement)).body;
    assert!(shown.contains("Bo Lindqvist") && shown.contains("waiting") && !shown.contains(link), "it is listed, without its secret");

    // What the reviewer sees: the submission and the name, nothing else.
    let page = ada.waymark.get(link, &[]);
    assert_eq!(page.status, 200);
    for expected in ["Orders service", "https://git.example/ada/orders", "<strong>the tests</strong>", "<em>honest</em>", ">ada<"] {
        assert!(page.body.contains(expected) || page.body.contains("ada asks"), "{expected} in {}", page.body);
    }
    for hidden in ["4321", "72 h", ada.path.as_str(), "Autumn", "Ledger", "Readiness"] {
        assert!(!page.body.contains(hidden), "{hidden} is none of the reviewer's business");
    }
    // Nothing said about a criterion: the form comes back with what was typed.
    let half = ada.waymark.form(link, "", &[("name", ""), ("comment", "Well <done>"), ("verdict-0", "met"), ("comment-0", "Clear.")]);
    assert_eq!(half.status, 422);
    assert!(half.body.contains("Well &#60;done&#62;") && half.body.contains(">Clear.</textarea>"), "{}", half.body);
    assert!(half.body.contains("value=\"met\" checked") && half.body.contains("e-verdict-1"), "{}", half.body);
    assert_eq!(ada.readiness(), (claimed, proven));

    let mut answer = verdicts(criteria.len(), 1);
    answer.extend(
        [("name", "Bo L."), ("comment", "Good work."), ("comment-1", "No test shows it.")].map(|(a, b)| (a.to_owned(), b.to_owned())),
    );
    let sent = ada.waymark.form(link, "", &pairs(&answer));
    assert_eq!((sent.status, sent.header("location")), (303, link), "{}", sent.body);
    let done = ada.waymark.get(link, &[]).body;
    assert!(done.contains("Thank you") && !done.contains("git.example"), "the link shows the work no more");
    assert_eq!(ada.waymark.form(link, "", &pairs(&answer)).status, 409, "it is answered once");

    // The learner sees it, the ledger has it, and exactly what is met is proven.
    let (same, more) = ada.readiness();
    assert!(same == claimed && more > 0 && more < claimed, "{more} of {claimed}");
    let page = ada.page(&ada.at(&requirement)).body;
    for expected in ["answered", "Good work.", "No test shows it.", &format!("1 of {} criteria met", criteria.len()), "Bo L."] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let newest = ada.waymark.get_as("/api/v1/evidence?limit=1", &ada.token).json()["items"][0].clone();
    assert_eq!((newest["kind"].clone(), newest["trust"].clone(), newest["by"].clone()), (json!("review"), json!("peer"), json!("Bo L.")));
    assert_eq!((newest["follows"].clone(), newest["subjects"].as_array().unwrap().len()), (json!(1), 1));
    assert!(ada.page("/ledger").body.contains("reviews entry 1"));
    let preview = ada.waymark.get_as("/api/v1/digest/preview", &ada.token).json();
    let text = preview["text"].as_str().unwrap();
    assert!(text.contains("REVIEWS ANSWERED") && text.contains("Bo L.: 1 of"), "{text}");
}

#[test]
fn the_api_asks_and_answers_as_the_pages_do() {
    let ada = Ada::new();
    let (_, criteria) = ada.project();
    let entry = ada.hand_in(&criteria);
    let (link, review) = ada.ask(&entry, "Bo");
    let at = format!("/api/v1{link}");
    let asked = ada.waymark.get(&at, &[]).json();
    assert_eq!(
        (asked["learner"].clone(), asked["title"].clone(), asked["answered"].clone()),
        (json!("ada"), json!("Orders service"), json!(false))
    );
    assert_eq!(asked["criteria"].as_array().unwrap().len(), criteria.len());
    let send = |body: Value| ada.waymark.ask("POST", &at, &[("content-type", "application/json")], body.to_string().as_bytes());
    let wrong = send(json!({ "name": "", "criteria": [
        { "subject": criteria[0], "verdict": "met", "comment": "x".repeat(2_001) },
        { "subject": "criterion:elsewhere", "verdict": "met" },
    ] }));
    let fields: Vec<(String, String)> = wrong.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["field"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned()))
        .collect();
    for (field, code) in
        [("name", "name_empty"), ("criteria.0.comment", "too_long"), ("criteria.1.subject", "subject_unknown"), ("criteria", "missing")]
    {
        assert!(fields.contains(&(field.to_owned(), code.to_owned())), "{field} in {fields:?}");
    }
    let judged: Vec<Value> = criteria.iter().map(|subject| json!({ "subject": subject, "verdict": "cannot-say" })).collect();
    assert_eq!(send(json!({ "name": "Bo", "criteria": judged })).status, 204);
    assert_eq!(send(json!({ "name": "Bo", "criteria": judged })).json()["code"], "review_answered");
    let listed = ada.waymark.get_as(&format!("/api/v1/evidence/{entry}/reviews"), &ada.token).json();
    assert_eq!((listed["items"][0]["state"].clone(), listed["items"][0]["entry"].clone()), (json!("answered"), json!(entry)));
    assert_eq!(listed["items"][0]["answer"]["criteria"][0]["verdict"], "cannot-say");
    assert_eq!(ada.readiness().1, 0, "nothing was met");
    let late = ada.waymark.ask("DELETE", &format!("/api/v1/reviews/{review}"), &[("authorization", &format!("Bearer {}", ada.token))], b"");
    assert_eq!(late.json()["code"], "review_answered");

    for who in ["Cy", "Di"] {
        ada.ask(&entry, who);
    }
    let page = ada.waymark.get_as("/api/v1/reviews?limit=2", &ada.token).json();
    let names = |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["reviewer"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&page), ["Di", "Cy"]);
    let rest = ada.waymark.get_as(&format!("/api/v1/reviews?limit=2&cursor={}", page["next"].as_str().unwrap()), &ada.token).json();
    assert_eq!((names(&rest), rest["next"].clone()), (vec![json!("Bo"), Value::Null], Value::Null));
    assert_eq!(
        (&rest["items"][1]["mentors"], &rest["items"][1]["state"]),
        (&json!(true), &json!("open")),
        "mentors were asked by themselves"
    );
}

#[test]
fn nobody_reviews_their_own_work() {
    let ada = Ada::new();
    let (_, criteria) = ada.project();
    let (link, _) = ada.ask(&ada.hand_in(&criteria), "Myself");
    assert_eq!(ada.page(&link).status, 403);
    let mut answer = verdicts(criteria.len(), criteria.len());
    answer.push(("name".to_owned(), "Myself".to_owned()));
    assert_eq!(ada.post(&link, &pairs(&answer)).status, 403);
    let own = ada.waymark.get_as(&format!("/api/v1{link}"), &ada.token);
    assert_eq!((own.status, own.json()["code"].clone()), (403, json!("review_own")));
    assert_eq!(ada.readiness().1, 0);

    // Somebody else with an account may.
    let bob = ada.waymark.cookie(&ada.waymark.account("bob", false));
    assert_eq!(ada.waymark.get(&link, &[("cookie", &bob)]).status, 200);
    assert_eq!(ada.waymark.form(&link, &bob, &pairs(&answer)).status, 303);
    assert!(ada.readiness().1 > 0);
}

#[test]
fn a_link_that_was_ended_ran_out_or_never_was_looks_like_one_that_never_was() {
    let ada = Ada::new();
    let (requirement, criteria) = ada.project();
    let entry = ada.hand_in(&criteria);
    let gone = |link: &str| {
        let answer = ada.waymark.get(link, &[]);
        assert_eq!(answer.status, 404, "{link}");
        assert!(answer.body.contains("This link works no more"), "{}", answer.body);
        assert_eq!(ada.waymark.form(link, "", &[("name", "Bo")]).status, 404);
    };
    let (ended, id) = ada.ask(&entry, "Ended");
    assert_eq!(ada.waymark.get(&ended, &[]).status, 200);
    assert_eq!(ada.post(&format!("{}/reviews/{id}/revoke", ada.at(&requirement)), &[]).status, 303);
    gone(&ended);
    assert!(ada.page(&ada.at(&requirement)).body.contains("ended"));
    let (taken_back, _) = ada.ask(&entry, "Taken back");
    let retracted = ada.waymark.send("POST", &format!("/api/v1/evidence/{entry}/retraction"), &ada.token, json!({}));
    assert_eq!(retracted.status, 201, "{}", retracted.body);
    gone(&taken_back);
    let refused = ada.waymark.send("POST", &format!("/api/v1/evidence/{entry}/reviews"), &ada.token, json!({ "reviewer": "Bo" }));
    assert_eq!(refused.json()["errors"][0]["code"], "no_such_entry");

    let (late, _) = ada.ask(&ada.hand_in(&criteria), "Late");
    ada.waymark.pass_seconds(3 * 86_400 - 1);
    assert_eq!(ada.waymark.get(&late, &[]).status, 200);
    ada.waymark.pass_seconds(1);
    gone(&late);
    gone("/review/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    gone("/review/short");
}

#[test]
fn guessing_at_links_is_limited_and_the_right_one_is_not_counted() {
    let ada = Ada::new();
    let (_, criteria) = ada.project();
    let (link, _) = ada.ask(&ada.hand_in(&criteria), "Bo");
    for _ in 0..40 {
        assert_eq!(ada.waymark.get(&link, &[]).status, 200);
    }
    let statuses: Vec<u16> = (0..21).map(|_| ada.waymark.get("/review/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &[]).status).collect();
    assert_eq!((statuses[19], statuses[20]), (404, 429));
    assert_eq!(ada.waymark.get(&link, &[]).status, 429, "from there nothing is looked at for a while");
    ada.waymark.pass_seconds(900);
    assert_eq!(ada.waymark.get(&link, &[]).status, 200);
}

#[test]
fn reviews_go_with_the_submission_that_they_are_of() {
    let ada = Ada::new();
    let (_, criteria) = ada.project();
    let entry = ada.hand_in(&criteria);
    let (link, _) = ada.ask(&entry, "Bo");
    let mut answer = verdicts(criteria.len(), criteria.len());
    answer.push(("name".to_owned(), "Bo".to_owned()));
    assert_eq!(ada.waymark.form(&link, "", &pairs(&answer)).status, 303);
    assert!(ada.readiness().1 > 0);
    ada.waymark.send("POST", &format!("/api/v1/evidence/{entry}/retraction"), &ada.token, json!({}));
    assert_eq!(ada.readiness(), (0, 0));
    let kinds: Vec<Value> = ada.waymark.get_as("/api/v1/evidence", &ada.token).json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["retracts"].clone())
        .collect();
    assert_eq!(kinds, [json!(2), json!(1), Value::Null, Value::Null], "both are taken back, nothing is deleted");
}

#[test]
fn only_a_submission_of_ones_own_can_be_reviewed_and_what_was_typed_stays() {
    let ada = Ada::new();
    let (requirement, criteria) = ada.project();
    let link = json!({ "kind": "link", "subjects": [{ "subject": criteria[0] }], "url": "https://git.example/x" });
    let link = ada.waymark.send("POST", "/api/v1/evidence", &ada.token, link).json()["id"].as_str().unwrap().to_owned();
    let entry = ada.hand_in(&criteria);
    let at = format!("{}/reviews", ada.at(&requirement));
    let fields = [("entry", link.as_str()), ("reviewer", " "), ("message", "Look <here>"), ("days", "31")];
    let wrong = ada.post(&at, &fields);
    assert_eq!(wrong.status, 422);
    for expected in ["Only a submission can be reviewed", "1 to 30 days", "Look &#60;here&#62;", "value=\"31\"", "A name is needed"] {
        assert!(wrong.body.contains(expected) || expected == "A name is needed", "{expected} in {}", wrong.body);
    }
    let odd = ada.post(&at, &[("entry", entry.as_str()), ("reviewer", "Bo"), ("days", "soon")]);
    assert!(odd.status == 422 && odd.body.contains("1 to 30 days"), "{}", odd.body);

    let bob = ada.waymark.token(&ada.waymark.account("bob", false), Scope::Admin, None);
    let his = ada.waymark.send("POST", &format!("/api/v1/evidence/{entry}/reviews"), &bob, json!({ "reviewer": "Bo" }));
    assert_eq!(his.status, 404);
    let (_, review) = ada.ask(&entry, "Bo");
    let his = ada.waymark.ask("DELETE", &format!("/api/v1/reviews/{review}"), &[("authorization", &format!("Bearer {bob}"))], b"");
    assert_eq!(his.status, 404);
    for _ in 0..4 {
        ada.ask(&entry, "Bo");
    }
    let sixth = ada.post(&at, &[("entry", &entry), ("reviewer", "Bo"), ("days", "3")]);
    assert!(sixth.status == 422 && sixth.body.contains("Enough links are open"), "{}", sixth.body);
}

#[test]
fn one_repository_is_handed_in_for_criteria_of_several_projects() {
    let ada = Ada::new();
    let (from, first) = ada.project();
    let (other, detail) = ada.requirement("project", |detail| !subjects(detail).iter().any(|subject| first.contains(subject)));
    let second = subjects(&detail);
    let at = format!("/paths/{}/submit", ada.path);
    let page = ada.page(&format!("{at}?from={from}"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&format!("id=\"p-{from}\" class=\"panel flat\" open")), "the project one came from is open");
    let wrong = ada
        .post(&at, &[("from", &from), ("title", "Orders"), ("url", "ftp://x"), ("criterion", &first[0]), ("criterion", "criterion:none")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"ftp://x\"") && wrong.body.contains(&format!("value=\"{}\" checked", first[0])), "{}", wrong.body);
    let fields = [
        ("from", from.as_str()),
        ("title", "Orders"),
        ("url", "https://git.example/o"),
        ("criterion", &first[0]),
        ("criterion", &second[0]),
    ];
    let sent = ada.post(&at, &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(sent.header("location").contains(&format!("/requirements/{from}?done=evidence")), "{}", sent.header("location"));
    for requirement in [&from, &other] {
        let detail = ada.detail(requirement);
        assert_eq!((detail["evidence"][0]["kind"].clone(), detail["evidence"][0]["title"].clone()), (json!("submission"), json!("Orders")));
        assert_eq!(detail["evidence"][0]["number"], 1, "one entry for both");
    }
    let asks: Vec<Value> =
        ada.detail(&from)["evidence"][0]["subjects"].as_array().unwrap().iter().map(|held| held["subject"].clone()).collect();
    assert!(asks.iter().all(|subject| subject.as_str().unwrap().starts_with("criterion:")), "subjects, not requirements: {asks:?}");
}

#[test]
fn a_certificate_that_lapses_is_renewed_by_a_new_entry_and_the_old_one_stays() {
    let ada = Ada::new();
    let (requirement, _) = ada.requirement("certification", |_| true);
    let at = format!("{}/evidence", ada.at(&requirement));
    let old = [
        ("kind", "certificate"),
        ("title", "Cloud Practitioner"),
        ("issuer", "Example Institute"),
        ("number", "WM-17"),
        ("issued_on", "2024-12-01"),
        ("expires_on", "2026-12-01"),
        ("url", "https://certificates.example/WM-17"),
    ];
    assert_eq!(ada.post(&at, &old).status, 303);
    let page = ada.page(&ada.at(&requirement)).body;
    assert!(page.contains("Renew the certificate") && page.contains("name=\"renews\" value=\"1\""), "{page}");
    assert!(page.contains("value=\"Example Institute\"") && page.contains("value=\"WM-17\""), "the form begins with what the old one says");
    let overview = ada.page("/certificates").body;
    assert!(overview.contains("runs out soon") && overview.contains(&format!("/requirements/{requirement}#add")), "{overview}");

    let new = [
        ("kind", "certificate"),
        ("issuer", "Example Institute"),
        ("renews", "1"),
        ("issued_on", "2026-11-18"),
        ("expires_on", "2028-11-18"),
    ];
    let wrong = ada.post(&at, &[new[0], new[1], ("renews", "9"), new[3], new[4]]);
    assert!(wrong.status == 422 && wrong.body.contains("There is no such entry"), "{}", wrong.body);
    assert_eq!(ada.post(&at, &new).status, 303);
    let page = ada.page(&ada.at(&requirement)).body;
    assert!(page.contains("renews entry 1") && page.contains("WM-17") && !page.contains("Renew the certificate"), "{page}");
    let states: Vec<(Value, Value)> = ada.waymark.get_as("/api/v1/certificates", &ada.token).json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["entry"]["number"].clone(), item["state"].clone()))
        .collect();
    assert_eq!(states, [(json!(2), json!("holds")), (json!(1), json!("renewed"))]);
    assert!(ada.page("/ledger").body.contains("href=\"/certificates\""));

    // Long afterwards it has expired, and the page says so.
    ada.waymark.pass_seconds(3 * 365 * 86_400);
    assert!(ada.waymark.get_as("/api/v1/certificates", &ada.token).status == 200);
    let fresh = ada.waymark.cookie(&ada.account);
    assert!(ada.waymark.get(&ada.at(&requirement), &[("cookie", &fresh)]).body.contains("Entry 2 expired on"));
}

#[test]
fn links_minutes_marks_and_a_note_are_the_learners_own_and_move_no_score() {
    let ada = Ada::new();
    let (requirement, _) = ada.requirement("skill", |_| true);
    let at = ada.at(&requirement);
    let before = ada.readiness();
    assert_eq!(ada.post(&format!("{at}/plan"), &[("mark", "skipped"), ("note", "Ask **Tomás**.")]).status, 303);
    assert_eq!(ada.post(&format!("{at}/links"), &[("url", "https://rfc.example/6585"), ("title", "RFC 6585")]).status, 303);
    assert_eq!(ada.post(&format!("{at}/minutes"), &[("minutes", "40"), ("day", "2026-11-18")]).status, 303);
    assert_eq!(ada.post(&format!("{at}/minutes"), &[("minutes", "25"), ("day", "2026-11-18")]).status, 303);
    let page = ada.page(&at).body;
    for expected in ["Ask <strong>Tomás</strong>.", "left out for now", "href=\"https://rfc.example/6585\"", "RFC 6585", "65 min"] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let detail = ada.detail(&requirement);
    assert_eq!((detail["plan"]["skipped"].clone(), detail["links"][0]["title"].clone()), (json!(true), json!("RFC 6585")));
    assert_eq!(detail["minutes"], json!([{ "day": "2026-11-18", "minutes": 65 }]));
    assert_eq!(ada.readiness(), before);

    // Wrong ones come back with what was typed.
    let wrong = ada.post(&format!("{at}/links"), &[("url", "javascript:alert(1)"), ("title", "Evil <link>")]);
    assert!(
        wrong.status == 422 && wrong.body.contains("Evil &#60;link&#62;") && wrong.body.contains("A link begins with"),
        "{}",
        wrong.body
    );
    let wrong = ada.post(&format!("{at}/minutes"), &[("minutes", "1440"), ("day", "2026-11-18")]);
    assert!(wrong.status == 422 && wrong.body.contains("A day has 24 hours") && wrong.body.contains("value=\"1440\""), "{}", wrong.body);
    let wrong = ada.post(&format!("{at}/minutes"), &[("minutes", "1"), ("day", "2026-11-20")]);
    assert!(wrong.status == 422 && wrong.body.contains("The day lies in the future"), "{}", wrong.body);
    let long = "x".repeat(10_001);
    let wrong = ada.post(&format!("{at}/plan"), &[("mark", "doing"), ("note", &long)]);
    assert!(wrong.status == 422 && wrong.body.contains(&long) && wrong.body.contains("value=\"doing\" checked"));

    let api = format!("/api/v1/paths/{}/requirements/{requirement}", ada.path);
    let both = ada.waymark.send("PUT", &format!("{api}/plan"), &ada.token, json!({ "doing": true, "skipped": true }));
    assert_eq!(both.json()["errors"][0]["code"], "doing_and_skipped");
    let key = [("idempotency-key", "k1")];
    for _ in 0..2 {
        let added =
            ada.waymark.send_with("POST", &format!("{api}/minutes"), &ada.token, json!({ "minutes": 5, "day": "2026-11-19" }), &key);
        assert_eq!((added.status, added.json()["minutes"].clone()), (201, json!(5)), "done once: {}", added.body);
    }
    let bearer = format!("Bearer {}", ada.token);
    let delete = |what: &str| ada.waymark.ask("DELETE", &format!("{api}/{what}"), &[("authorization", &bearer)], b"").status;
    assert_eq!((delete("links/0"), delete("links/0"), delete("minutes/2026-11-18"), delete("minutes/never")), (204, 404, 204, 404));
    let detail = ada.detail(&requirement);
    assert_eq!((detail["links"].clone(), detail["minutes"].as_array().unwrap().len()), (json!([]), 1));

    let bob = ada.waymark.account("bob", false);
    let cookie = ada.waymark.cookie(&bob);
    for what in ["plan", "links", "minutes", "reviews", "links/0/remove", "minutes/2026-11-19/remove"] {
        assert_eq!(
            ada.waymark.form(&format!("{at}/{what}"), &cookie, &[("url", "https://x.example"), ("minutes", "1")]).status,
            404,
            "{what}"
        );
    }
}

#[test]
fn a_requirement_says_what_it_would_add_what_it_unlocks_and_what_shares_its_evidence() {
    let ada = Ada::new();
    let (requirement, detail) =
        ada.requirement("skill", |detail| detail["unlocks"][0].is_string() && detail["would_add_claimed"].as_u64() > Some(0));
    let gain = detail["would_add_claimed"].as_u64().unwrap();
    let waiting = detail["unlocks"][0].as_str().unwrap();
    assert!(ada.detail(waiting)["requires"].as_array().unwrap().contains(&json!(requirement)));
    let page = ada.page(&ada.at(&requirement)).body;
    assert!(page.contains("Finishing it would add") && page.contains(&format!("/requirements/{waiting}\"")), "{page}");
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": detail["subjects"][0], "step": detail["step"] }] });
    assert_eq!(ada.waymark.send("POST", "/api/v1/evidence", &ada.token, claim).status, 201);
    assert_eq!(ada.readiness().0, gain, "it adds just that");
    assert_eq!(ada.detail(&requirement)["would_add_claimed"], 0);

    let (project, detail) = ada.requirement("project", |detail| detail["shared_with"][0].is_string());
    let other = detail["shared_with"][0].as_str().unwrap();
    assert!(ada.detail(other)["shared_with"].as_array().unwrap().contains(&json!(project)), "sharing is mutual");
    assert!(ada.page(&ada.at(&project)).body.contains("The same evidence also proves"));
}
