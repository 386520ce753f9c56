//! How work is judged: by the levels of a role, in drafts, and for each who made it.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::Answer;
use common::handing::{Person, School};
use domain::policy::Scope;
use serde_json::{Value, json};

/// Work of a project with a criterion that the role has levels for.
fn with_levels() -> (School, usize) {
    let is = |subject: &Value| subject == "criterion:runbook-written";
    let has = |detail: &Value| detail["subjects"].as_array().unwrap().iter().any(is) && detail["subjects"].to_string().contains("tenants");
    let school = School::of("platform-engineer", "platform-engineer", has);
    let at = school.criteria.iter().position(|criterion| criterion == "criterion:runbook-written").unwrap();
    (school, at)
}

impl School {
    fn form(&self, who: &Person, path: &str, fields: &[(String, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.waymark.form(path, &who.cookie, &fields)
    }

    /// What a form says of the criteria, in the order in which the entry has them.
    fn said(&self, entry: &Value, of: impl Fn(&str) -> &'static str) -> Vec<(String, String)> {
        let subjects = entry["subjects"].as_array().unwrap().iter().map(|held| held["subject"].as_str().unwrap());
        subjects.enumerate().map(|(at, subject)| (format!("verdict-{at}"), of(subject).to_owned())).collect()
    }
}

#[test]
fn a_mentor_judges_by_the_levels_of_the_role_and_the_learner_reads_which_was_reached() {
    let (school, _) = with_levels();
    let page = school.page(&school.ada, &school.requirement()).body;
    assert!(page.contains("Levels by which mentors judge it") && page.contains("Somebody else has followed it"), "{page}");
    let entry = school.hand_in("https://example.org/cluster");
    let review = school.review();
    let path = format!("/cohorts/{}/reviews/{review}", school.cohort);
    let shown = school.page(&school.mira, &path).body;
    for value in ["level:notes", "level:followed", "level:rehearsed", "cannot-say"] {
        assert!(shown.contains(&format!("value=\"{value}\"")), "{value} in {shown}");
    }
    let by_api = format!("/api/v1{path}");
    let asked = school.waymark.get_as(&by_api, &school.mira.token).json();
    let levels = asked["criteria"].as_array().unwrap().iter().find(|one| one["subject"] == "criterion:runbook-written").unwrap();
    let met: Vec<&Value> = levels["levels"].as_array().unwrap().iter().map(|level| &level["met"]).collect();
    assert_eq!(met, [false, true, true]);

    let judge = |level: &'static str| move |subject: &str| if subject == "criterion:runbook-written" { level } else { "met" };
    let send = |level: &'static str, decision: &str| {
        let mut fields = school.said(&entry, judge(level));
        fields.extend([("decision".to_owned(), decision.to_owned()), ("comment".to_owned(), "Read it.".to_owned())]);
        school.form(&school.mira, &path, &fields)
    };
    for (level, words) in [("met", "choose one"), ("level:great", "There is no such level"), ("level:notes", "send it back")] {
        let refused = send(level, "accept");
        assert!(refused.status == 422 && refused.body.contains(words), "{level}: {}", refused.body);
    }
    let subjects = |verdict: Value| -> Vec<Value> {
        let of = |subject: &str| if subject == "criterion:runbook-written" { verdict.clone() } else { json!({ "verdict": "met" }) };
        school.criteria.iter().map(|subject| merged(of(subject), subject)).collect()
    };
    for (verdict, field, code) in [
        (json!({ "verdict": "met" }), "level", "level_missing"),
        (json!({ "verdict": "not-met", "level": "followed" }), "verdict", "level_contradicts"),
        (json!({ "level": "great" }), "level", "level_not_there"),
    ] {
        let body = json!({ "decision": "accept", "criteria": subjects(verdict) });
        let refused = school.waymark.send("POST", &format!("{by_api}/answer"), &school.mira.token, body).json();
        assert!(refused["errors"][0]["field"].as_str().unwrap().ends_with(field), "{refused}");
        assert_eq!(refused["errors"][0]["code"], code);
    }
    // Sent back with what it lacks, then handed in again and accepted by the API.
    assert_eq!(send("level:notes", "return").status, 303);
    let told = school.page(&school.ada, &school.requirement()).body;
    assert!(told.contains("Not met (Notes)"), "{told}");
    school.hand_in("https://example.org/cluster");
    let review = school.review();
    let body = json!({ "decision": "accept", "criteria": subjects(json!({ "level": "rehearsed" })) });
    let answered =
        school.waymark.send("POST", &format!("/api/v1/cohorts/{}/reviews/{review}/answer", school.cohort), &school.mira.token, body);
    assert_eq!(answered.status, 201, "{}", answered.body);
    let judged = answered.json();
    let judged = judged["criteria"].as_array().unwrap().iter().find(|one| one["subject"] == "criterion:runbook-written").unwrap().clone();
    assert_eq!((&judged["level"], &judged["verdict"]), (&json!("rehearsed"), &json!("met")));
    assert!(school.page(&school.ada, &school.requirement()).body.contains("Met (Rehearsed)"));
    // Somebody outside knows no role: they say met or not.
    let link = school.link(entry["id"].as_str().unwrap());
    assert!(!school.waymark.get(&link, &[]).body.contains("level:"));
}

fn merged(mut one: Value, subject: &str) -> Value {
    one["subject"] = subject.into();
    one
}

#[test]
fn a_review_that_was_begun_is_kept_for_its_mentor_alone_until_it_is_given() {
    let (school, at) = with_levels();
    let entry = school.hand_in("https://example.org/cluster");
    let review = school.review();
    let path = format!("/cohorts/{}/reviews/{review}", school.cohort);
    let place = entry["subjects"].as_array().unwrap().iter().position(|held| held["subject"] == school.criteria[at].as_str()).unwrap();
    let half = [
        (format!("verdict-{place}"), "level:followed".to_owned()),
        (format!("comment-{place}"), "By whom?".to_owned()),
        ("comment".to_owned(), "So <far>".to_owned()),
        ("decision".to_owned(), "save".to_owned()),
    ];
    let saved = school.form(&school.mira, &path, &half);
    assert_eq!((saved.status, saved.header("location")), (303, format!("{path}#draft").as_str()), "{}", saved.body);
    let shown = school.page(&school.mira, &path).body;
    assert!(shown.contains("value=\"level:followed\" checked") && shown.contains("By whom?</textarea>"), "{shown}");
    assert!(shown.contains("So &#60;far&#62;</textarea>") && shown.contains("Draft saved"), "{shown}");
    // It is nobody else's, and it is nothing to the learner.
    let other = school.page(&school.lead, &path).body;
    assert!(!other.contains("By whom?") && !other.contains("Draft saved"), "{other}");
    assert!(!school.page(&school.ada, &school.requirement()).body.contains("By whom?"));
    let api = format!("/api/v1{path}");
    assert_eq!(school.waymark.get_as(&api, &school.lead.token).json()["draft"], Value::Null);
    let own = school.waymark.get_as(&api, &school.mira.token).json();
    assert_eq!((&own["draft"]["comment"], &own["answer"]), (&json!("So <far>"), &Value::Null));
    let all = school.waymark.token(&school.mira.account, Scope::Admin, None);
    let exported = school.waymark.get_as("/api/v1/export", &all).json();
    assert_eq!(exported["sections"]["review_drafts"][0]["words"]["comment"], "So <far>");

    let draft = format!("{api}/draft");
    let put = |token: &str, body: Value| school.waymark.send("PUT", &draft, token, body);
    let criterion = |level: &str| json!({ "criteria": [{ "subject": school.criteria[at], "level": level }] });
    assert_eq!(put(&school.mira.token, criterion("great")).json()["errors"][0]["field"], "criteria.0.level");
    assert_eq!(put(&school.elsewhere.token, json!({})).status, 404);
    assert_eq!(put(&school.ada.token, json!({})).status, 404);
    assert_eq!(put(&school.mira.token, criterion("rehearsed")).status, 204);
    assert_eq!(put(&school.lead.token, json!({ "comment": "Mine" })).status, 204);
    let kept = school.waymark.get_as(&api, &school.mira.token).json()["draft"].clone();
    assert_eq!((&kept["comment"], &kept["criteria"][0]["level"]), (&Value::Null, &json!("rehearsed")), "in place of what was there");
    let delete = || school.waymark.ask("DELETE", &draft, &[("authorization", &format!("Bearer {}", school.mira.token))], b"").status;
    assert_eq!((delete(), delete()), (204, 204));
    assert_eq!(school.waymark.get_as(&api, &school.mira.token).json()["draft"], Value::Null);

    // Once somebody has given it, nobody's is left, and none is kept.
    let level = |subject: &str| if subject == "criterion:runbook-written" { "level:followed" } else { "met" };
    let mut fields = school.said(&entry, level);
    fields.push(("decision".to_owned(), "accept".to_owned()));
    assert_eq!(school.form(&school.mira, &path, &fields).status, 303);
    assert_eq!(school.waymark.get_as(&api, &school.lead.token).json()["draft"], Value::Null);
    assert_eq!(
        (put(&school.lead.token, json!({})).status, put(&school.lead.token, json!({})).json()["code"].clone()),
        (409, json!("review_answered"))
    );
    let late = school.form(&school.lead, &path, &half);
    assert!(late.status == 422 && late.body.contains("By whom?"), "what was written is not lost: {}", late.body);
}

impl School {
    /// Somebody follows the role of the cohort too.
    fn follow(&self, who: &Person) -> String {
        let made = self.waymark.send("POST", "/api/v1/paths", &who.token, json!({ "role": "backend-developer", "target_level": "senior" }));
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.json()["id"].as_str().unwrap().to_owned();
        let (account, id, key) = (who.account.id, path.parse().unwrap(), self.key);
        let set = move |conn: &mut store::Conn<'_>| {
            let path = store::paths::get(conn, account, id)?;
            store::paths::set_cohort(conn, path.id, Some(key))
        };
        self.waymark.store.write_blocking(set).unwrap();
        path
    }

    fn hand_in_with(&self, co_authors: Value) -> Answer {
        let subjects: Vec<Value> = self.criteria.iter().map(|subject| json!({ "subject": subject })).collect();
        let body = json!({
            "kind": "submission", "subjects": subjects, "title": "The shop", "url": "https://example.org/shop", "note": "Ada's words",
            "co_authors": co_authors,
        });
        self.waymark.send("POST", "/api/v1/evidence", &self.ada.token, body)
    }

    fn queue(&self) -> Vec<Value> {
        self.waymark.get_as("/api/v1/queue", &self.mira.token).json()["items"].as_array().unwrap().clone()
    }

    fn ledger(&self, who: &Person) -> Vec<(String, String)> {
        let ledger = self.waymark.get_as("/api/v1/evidence", &who.token).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        ledger["items"].as_array().unwrap().iter().map(|entry| (text(&entry["kind"]), text(&entry["trust"]))).collect()
    }
}

fn kinds(ledger: &[(String, String)]) -> Vec<&str> {
    ledger.iter().map(|(kind, _)| kind.as_str()).collect()
}

#[test]
fn whoever_confirms_that_they_made_work_too_has_it_as_their_own_and_a_verdict_of_their_own() {
    let school = School::new();
    let bela = &school.other;
    let path = school.follow(bela);
    // Who is in no cohort with one is as unknown as who is not there.
    for (names, code) in [
        (json!(["eve"]), "co_author_unknown"),
        (json!(["root"]), "co_author_unknown"),
        (json!(["mira"]), "co_author_unknown"),
        (json!(["nobody-at-all"]), "co_author_unknown"),
        (json!(["ada"]), "co_author_is_self"),
        (json!(["a1", "a2", "a3", "a4", "a5", "a6"]), "co_authors_too_many"),
    ] {
        let refused = school.hand_in_with(names.clone());
        assert_eq!((refused.status, &refused.json()["errors"][0]["code"]), (422, &json!(code)), "{names}");
    }
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": school.criteria[0] }], "co_authors": ["bela"] });
    let refused = school.waymark.send("POST", "/api/v1/evidence", &school.ada.token, claim).json();
    assert_eq!(refused["errors"][0]["code"], "only_submissions");
    let mut fields = vec![("kind", "submission"), ("url", "https://example.org/shop"), ("note", "Ada wrote this"), ("co_authors", "eve")];
    fields.extend(school.criteria.iter().map(|criterion| ("criterion", criterion.as_str())));
    let form = format!("{}/evidence", school.requirement());
    let refused = school.upload(&form, &fields, &[]);
    assert!(refused.status == 422 && refused.body.contains("f-e-co_authors") && refused.body.contains("value=\"eve\""), "{}", refused.body);
    assert!(school.ledger(&school.ada).is_empty());
    fields[3] = ("co_authors", "Bela, bela");
    assert_eq!(school.upload(&form, &fields, &[("plan.txt", b"Plan")]).status, 303);

    // Until they say so it is nothing of theirs.
    assert!(school.page(&school.ada, &school.requirement()).body.contains("with bela (asked)"));
    assert!(school.ledger(bela).is_empty());
    let home = school.page(bela, "/").body;
    assert!(home.contains("Somebody says that you made their work too"), "{home}");
    let asked = school.page(bela, "/together").body;
    assert!(asked.contains("ada says you made this too") && asked.contains("https://example.org/shop"), "{asked}");
    let list = school.waymark.get_as("/api/v1/co-authorships", &bela.token).json();
    let ask = list["items"][0]["id"].as_str().unwrap().to_owned();
    let answer = |who: &Person, word: &str| school.waymark.form(&format!("/together/{ask}"), &who.cookie, &[("answer", word)]);
    for stranger in [&school.ada, &school.mira, &school.elsewhere] {
        assert_eq!(answer(stranger, "confirm").status, 404);
        let listed = school.waymark.get_as("/api/v1/co-authorships", &stranger.token).json();
        assert_eq!(listed["items"], json!([]));
    }
    assert_eq!(answer(bela, "perhaps").status, 422);
    let yes = answer(bela, "confirm");
    assert_eq!((yes.status, yes.header("location")), (303, "/together?done=confirm"), "{}", yes.body);
    let again = answer(bela, "decline");
    assert!(again.status == 422 && again.body.contains("You have said so already"), "{}", again.body);
    assert_eq!(school.ledger(bela), [("submission".to_owned(), "linked".to_owned())]);
    let own = school.page(bela, "/ledger").body;
    assert!(own.contains("with ada") && !own.contains("Ada wrote this") && !own.contains("plan.txt"), "what ada wrote stays ada's: {own}");
    assert!(school.page(&school.ada, &school.requirement()).body.contains("with bela"));

    // One piece of work waits once, and is judged once, with a verdict a member.
    let queue = school.queue();
    assert_eq!((queue.len(), &queue[0]["name"]), (1, &json!("ada")));
    let review = queue[0]["id"].as_str().unwrap().to_owned();
    let at = format!("/cohorts/{}/reviews/{review}", school.cohort);
    let shown = school.page(&school.mira, &at).body;
    let select = format!("verdict-0-of-{}", bela.account.public_id);
    assert!(shown.contains("with bela") && shown.contains(&format!("name=\"{select}\"")), "{shown}");
    let mut fields: Vec<(String, String)> = (0..school.criteria.len()).map(|n| (format!("verdict-{n}"), "met".to_owned())).collect();
    fields.extend([(select, "not-met".to_owned()), ("decision".to_owned(), "accept".to_owned())]);
    assert_eq!(school.form(&school.mira, &at, &fields).status, 303);
    assert_eq!(kinds(&school.ledger(&school.ada)), ["review", "submission"]);
    assert_eq!(school.ledger(bela)[0], ("review".to_owned(), "mentor".to_owned()));
    let requests = |who: &Person| school.waymark.get_as("/api/v1/reviews", &who.token).json()["items"][0]["answer"].clone();
    assert_eq!((&requests(&school.ada)["returned"], &requests(bela)["returned"]), (&json!(false), &json!(true)));
    let of_bela = requests(bela);
    let unmet = of_bela["criteria"].as_array().unwrap().iter().filter(|judged| judged["verdict"] == "not-met").count();
    assert_eq!(unmet, 1);
    let theirs = school.page(bela, &format!("/paths/{path}/requirements/{}", school.project)).body;
    assert!(theirs.contains("mira") && theirs.contains("Not met"), "{theirs}");
    assert!(school.queue().is_empty());

    // Taking the review back takes it back from everybody; then it waits once again.
    assert_eq!(school.waymark.form(&format!("{at}/undo"), &school.mira.cookie, &[]).status, 303);
    assert_eq!(kinds(&school.ledger(bela)), ["retraction", "review", "submission"]);
    assert_eq!(school.queue().len(), 1);
    // When one takes the work back, the other's comes to the front by itself.
    let entry = school.waymark.get_as("/api/v1/evidence", &school.ada.token).json();
    let entry = entry["items"].as_array().unwrap().iter().find(|entry| entry["kind"] == "submission").unwrap()["id"].clone();
    let back = format!("/api/v1/evidence/{}/retraction", entry.as_str().unwrap());
    assert_eq!(school.waymark.send("POST", &back, &school.ada.token, json!({})).status, 201);
    let queue = school.queue();
    assert_eq!((queue.len(), &queue[0]["name"]), (1, &json!("bela")));
    assert_eq!(school.answer(queue[0]["id"].as_str().unwrap()).status, 201);
    assert_eq!(school.ledger(bela)[0].0, "review");
}

#[test]
fn nobody_is_a_co_author_without_saying_so_and_nobody_reviews_what_they_made() {
    let school = School::new();
    let bela = &school.other;
    school.follow(bela);
    assert_eq!(school.hand_in_with(json!(["bela"])).status, 201);
    let ask = || school.waymark.get_as("/api/v1/co-authorships", &bela.token).json()["items"].clone();
    let id = ask()[0]["id"].as_str().unwrap().to_owned();
    let post = |who: &Person, what: &str, key: &str| {
        let headers = [("idempotency-key", key)];
        school.waymark.send_with("POST", &format!("/api/v1/co-authorships/{id}/{what}"), &who.token, json!({}), &headers)
    };
    // A link that ada gave away is no way to review what one is named in.
    let entry = school.waymark.get_as("/api/v1/evidence", &school.ada.token).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let link = school.link(&entry);
    assert_eq!(school.page(bela, &link).status, 403);
    assert_eq!(school.page(&school.elsewhere, &link).status, 200);
    assert_eq!((post(&school.ada, "refusal", "a").status, post(&school.elsewhere, "confirmation", "b").status), (404, 404));
    assert_eq!((post(bela, "refusal", "c").status, post(bela, "refusal", "c").status), (204, 204));
    assert_eq!(post(bela, "confirmation", "d").json()["code"], "co_author_answered");
    assert_eq!((ask(), school.ledger(bela).len()), (json!([]), 0));
    assert!(school.page(&school.ada, &school.requirement()).body.contains("bela (says no)"));
    assert_eq!(school.page(bela, &link).status, 200, "who says no may look at it as anybody");

    // A second version asks again, and takes the place of one's own first.
    let second = school.hand_in_with(json!(["bela"])).json();
    let id = ask()[0]["id"].as_str().unwrap().to_owned();
    let yes = school.waymark.send("POST", &format!("/api/v1/co-authorships/{id}/confirmation"), &bela.token, json!({}));
    assert_eq!((yes.status, yes.json()["number"].clone()), (201, json!(1)), "{}", yes.body);
    let subjects: Vec<Value> = school.criteria.iter().map(|subject| json!({ "subject": subject })).collect();
    let third = json!({ "kind": "submission", "subjects": subjects, "url": "https://example.org/3", "renews": second["number"], "co_authors": ["bela"] });
    assert_eq!(school.waymark.send("POST", "/api/v1/evidence", &school.ada.token, third).status, 201);
    let id = ask()[0]["id"].as_str().unwrap().to_owned();
    let yes = school.waymark.send("POST", &format!("/api/v1/co-authorships/{id}/confirmation"), &bela.token, json!({}));
    assert_eq!(yes.json()["follows"], 1, "{}", yes.body);
    // What is taken back asks nothing any more.
    let fourth = school.hand_in_with(json!(["bela"])).json();
    let id = ask()[0]["id"].as_str().unwrap().to_owned();
    let back = format!("/api/v1/evidence/{}/retraction", fourth["id"].as_str().unwrap());
    assert_eq!(school.waymark.send("POST", &back, &school.ada.token, json!({})).status, 201);
    assert_eq!(ask(), json!([]));
    let late = school.waymark.send("POST", &format!("/api/v1/co-authorships/{id}/confirmation"), &bela.token, json!({}));
    assert_eq!((late.status, &late.json()["code"]), (409, &json!("co_author_gone")));
}

#[test]
fn mentors_have_the_files_of_work_also_where_a_co_author_says_yes_after_it_was_judged() {
    let school = School::new();
    let bela = &school.other;
    school.follow(bela);
    let handed = school.hand_in_with(json!(["bela"])).json();
    let (entry, number) = (handed["id"].as_str().unwrap().to_owned(), handed["number"].as_u64().unwrap());
    let bearer = format!("Bearer {}", school.ada.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
    let added = school.waymark.ask("POST", &format!("/api/v1/evidence/{entry}/attachments?name=design.txt"), &headers, b"Two queues");
    assert_eq!(added.status, 201, "{}", added.body);
    let file = added.json()["id"].as_str().unwrap().to_owned();
    let met: Vec<Value> = school.criteria.iter().map(|subject| json!({ "subject": subject, "verdict": "met" })).collect();
    let answer = format!("/api/v1/cohorts/{}/reviews/{}/answer", school.cohort, school.review());
    let judged = school.waymark.send("POST", &answer, &school.mira.token, json!({ "decision": "accept", "criteria": met }));
    assert_eq!(judged.status, 201, "{}", judged.body);
    assert_eq!(school.queue(), Vec::<Value>::new());

    let ask = school.waymark.get_as("/api/v1/co-authorships", &bela.token).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let yes = school.waymark.send("POST", &format!("/api/v1/co-authorships/{ask}/confirmation"), &bela.token, json!({}));
    assert_eq!(yes.status, 201, "{}", yes.body);
    let own = format!("/api/v1/cohorts/{}/reviews/{}", school.cohort, school.review());
    let names = || school.waymark.get_as(&own, &school.mira.token).json()["attachments"].as_array().unwrap().len();
    let fetched = || school.waymark.get_as(&format!("{own}/attachments/{file}"), &school.mira.token);
    assert_eq!((names(), fetched().status, fetched().body.as_str()), (1, 200, "Two queues"));
    // Ada does not show it to the cohort any more: the yes of another gives nothing of hers away.
    let (ada, cohort, number) = (school.ada.account.id, school.key, u32::try_from(number).unwrap());
    let withhold = move |conn: &mut store::Conn<'_>| store::cohorts::withhold(conn, cohort, ada, &[number].into());
    school.waymark.store.write_blocking(withhold).unwrap();
    assert_eq!((names(), fetched().status), (0, 404));
}
