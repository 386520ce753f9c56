//! Mentoring: what waits and for whom, reviews, help, assessments, notes; and what nobody else gets to see of it.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::cohort::Standing;
use domain::ids::{CohortId, PublicId};
use domain::policy::Scope;
use serde_json::{Value, json};

/// A person with both ways in.
struct Person {
    account: Account,
    token: String,
    cookie: String,
}

impl Person {
    fn new(waymark: &Waymark, username: &str) -> Self {
        let account = waymark.account(username, false);
        let (token, cookie) = (waymark.token(&account, Scope::Write, None), waymark.cookie(&account));
        Self { account, token, cookie }
    }

    fn id(&self) -> PublicId {
        self.account.public_id
    }

    fn page(&self, waymark: &Waymark, path: &str) -> Answer {
        waymark.get(path, &[("cookie", &self.cookie)])
    }

    fn get(&self, waymark: &Waymark, path: &str) -> Answer {
        waymark.get_as(path, &self.token)
    }

    fn send(&self, waymark: &Waymark, method: &str, path: &str, body: Value) -> Answer {
        waymark.send(method, path, &self.token, body)
    }
}

/// A cohort with a learner who follows its role, two mentors, a lead; and another cohort with a mentor of its own.
struct School {
    waymark: Waymark,
    cohort: String,
    key: CohortId,
    ada: Person,
    mira: Person,
    jo: Person,
    lead: Person,
    elsewhere: Person,
    path: String,
    /// A project of the role, and its criteria.
    project: String,
    criteria: Vec<String>,
}

fn school() -> School {
    let waymark = Waymark::start();
    let [ada, mira, jo, lead, elsewhere] = ["ada", "mira", "jo", "lea", "eve"].map(|username| Person::new(&waymark, username));
    let members = [
        (&ada.account, Standing::Learner),
        (&mira.account, Standing::Mentor),
        (&jo.account, Standing::Mentor),
        (&lead.account, Standing::Lead),
    ];
    let key = waymark.cohort("Autumn", &members);
    waymark.cohort("Spring", &[(&elsewhere.account, Standing::Mentor)]);
    let cohort = waymark.store.read_blocking(|conn| store::cohorts::by_id(conn, key)).unwrap().public_id.to_string();
    let path = follow(&waymark, &ada, Some(key));
    let state = ada.get(&waymark, &format!("/api/v1/paths/{path}")).json();
    let project = state["requirements"].as_array().unwrap().iter().find_map(|requirement| {
        let id = requirement["id"].as_str().unwrap();
        let detail = ada.get(&waymark, &format!("/api/v1/paths/{path}/requirements/{id}")).json();
        (detail["kind"] == "project").then(|| (id.to_owned(), detail["subjects"].clone()))
    });
    let (project, subjects) = project.unwrap();
    let criteria = subjects.as_array().unwrap().iter().map(|subject| subject.as_str().unwrap().to_owned()).collect();
    School { waymark, cohort, key, ada, mira, jo, lead, elsewhere, path, project, criteria }
}

fn follow(waymark: &Waymark, who: &Person, cohort: Option<CohortId>) -> String {
    let made = who.send(waymark, "POST", "/api/v1/paths", json!({ "role": "backend-developer", "target_level": "senior" }));
    assert_eq!(made.status, 201, "{}", made.body);
    let path = made.json()["id"].as_str().unwrap().to_owned();
    let (account, id) = (who.account.id, path.parse().unwrap());
    waymark
        .store
        .write_blocking(move |conn| {
            let path = store::paths::get(conn, account, id)?;
            store::paths::set_cohort(conn, path.id, cohort)
        })
        .unwrap();
    path
}

impl School {
    fn hand_in(&self, title: &str, renews: Option<u64>) -> Value {
        let subjects: Vec<Value> = self.criteria.iter().map(|subject| json!({ "subject": subject })).collect();
        let mut body = json!({ "kind": "submission", "subjects": subjects, "title": title, "url": "https://example.org/work" });
        if let Some(renews) = renews {
            body["renews"] = renews.into();
        }
        let made = self.ada.send(&self.waymark, "POST", "/api/v1/evidence", body);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()
    }

    fn queue_of(&self, who: &Person) -> Vec<Value> {
        let answer = who.get(&self.waymark, "/api/v1/queue");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["items"].as_array().unwrap().clone()
    }

    /// The only thing that waits.
    fn waiting(&self) -> String {
        let queue = self.queue_of(&self.mira);
        assert_eq!(queue.len(), 1, "{queue:?}");
        queue[0]["id"].as_str().unwrap().to_owned()
    }

    fn at(&self, rest: &str) -> String {
        format!("/cohorts/{}/{rest}", self.cohort)
    }

    fn api(&self, rest: &str) -> String {
        format!("/api/v1/cohorts/{}/{rest}", self.cohort)
    }

    fn proven(&self) -> u64 {
        self.ada.get(&self.waymark, &format!("/api/v1/paths/{}/readiness", self.path)).json()["proven"].as_u64().unwrap()
    }

    /// Every criterion gets this verdict.
    fn verdicts(&self, verdict: &str) -> Vec<(String, String)> {
        (0..self.criteria.len()).map(|at| (format!("verdict-{at}"), verdict.to_owned())).collect()
    }

    fn review(&self, who: &Person, item: &str, fields: &[(String, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.waymark.form(&self.at(&format!("reviews/{item}")), &who.cookie, &fields)
    }

    fn requirement_page(&self) -> String {
        self.ada.page(&self.waymark, &format!("/paths/{}/requirements/{}", self.path, self.project)).body
    }
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn work_that_is_accepted_is_proof_and_what_is_taken_back_waits_again() {
    let school = school();
    let before = school.proven();
    school.hand_in("The shop", None);
    let item = school.waiting();
    let page = school.mira.page(&school.waymark, &school.at("queue"));
    assert!(page.body.contains("The shop") && page.body.contains("ada"), "{}", page.body);
    assert_eq!(school.mira.page(&school.waymark, "/").body.matches("One thing waits for you").count(), 1);
    assert!(school.requirement_page().contains("waiting"));

    let claimed = school.waymark.form(&school.at(&format!("queue/{item}/claim")), &school.mira.cookie, &[]);
    assert_eq!((claimed.status, claimed.header("location")), (303, school.at(&format!("reviews/{item}")).as_str()));
    let open = school.mira.page(&school.waymark, &school.at(&format!("reviews/{item}")));
    assert_eq!(open.status, 200, "{}", open.body);
    assert!(open.body.contains("Yours until") && open.body.contains("https://example.org/work"));

    // What cannot be taken is said, and what was typed is kept.
    let mut half = school.verdicts("met");
    half[0].1 = "not-met".to_owned();
    half.extend([field("comment-0", "No test shows it."), field("decision", "accept")]);
    let refused = school.review(&school.mira, &item, &half);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("send it back, or say that it is met") && refused.body.contains("No test shows it."));
    assert_eq!(school.queue_of(&school.mira).len(), 1);

    let mut all = school.verdicts("met");
    all.extend([field("comment", "Clean *work*."), field("decision", "accept")]);
    let accepted = school.review(&school.mira, &item, &all);
    assert_eq!(
        (accepted.status, accepted.header("location")),
        (303, format!("{}?done=accept", school.at("queue")).as_str()),
        "{}",
        accepted.body
    );
    assert!(school.proven() > before, "proof of trust mentor counts");
    assert!(school.queue_of(&school.mira).is_empty());
    let seen = school.requirement_page();
    assert!(seen.contains("accepted") && seen.contains("<em>work</em>") && seen.contains("mira"), "{seen}");

    // Another mentor may look, and not take back what is not theirs; the lead may.
    let read = school.jo.page(&school.waymark, &school.at(&format!("reviews/{item}")));
    assert!(read.body.contains("Clean") && !read.body.contains("/undo"), "{}", read.body);
    let undo = school.at(&format!("reviews/{item}/undo"));
    assert_eq!(school.waymark.form(&undo, &school.jo.cookie, &[]).status, 403);
    assert_eq!(school.waymark.form(&undo, &school.lead.cookie, &[]).status, 303);
    assert_eq!((school.proven(), school.waiting()), (before, item), "a retraction equals never having been there");
    assert_eq!(school.waymark.form(&undo, &school.lead.cookie, &[]).status, 404, "there is nothing left to take back");
}

#[test]
fn work_that_is_sent_back_is_handed_in_again_and_all_versions_stay() {
    let school = school();
    let first = school.hand_in("First try", None);
    let item = school.waiting();
    let mut verdicts = school.verdicts("met");
    verdicts[0].1 = "not-met".to_owned();
    verdicts.push(field("decision", "return"));
    let silent = school.review(&school.jo, &item, &verdicts);
    assert_eq!(silent.status, 422, "who sends back says why");
    assert!(silent.body.contains("Say what is missing"));
    verdicts.push(field("comment-0", "Where is the test?"));
    assert_eq!(school.review(&school.jo, &item, &verdicts).status, 303);
    let seen = school.requirement_page();
    assert!(seen.contains("sent back") && seen.contains("Where is the test?") && seen.contains("Hand it in again"));
    let number = first["number"].as_u64().unwrap();
    assert!(seen.contains(&format!("<option value=\"{number}\" selected>")), "the form offers to take its place");

    let second = school.hand_in("Second try", Some(number));
    assert_eq!(second["text"]["follows"].as_u64().or(second["follows"].as_u64()), Some(number), "{second}");
    let again = school.waiting();
    assert_ne!(again, item);
    let page = school.mira.page(&school.waymark, &school.at(&format!("reviews/{again}"))).body;
    assert!(page.contains("version 2") && page.contains("First try") && page.contains("Where is the test?"), "{page}");
    let read = school.mira.get(&school.waymark, &school.api(&format!("reviews/{again}"))).json();
    assert_eq!((read["versions_before"][0].as_u64(), read["answer"].is_null()), (Some(number), true));

    // A version that takes the place of one that nobody has seen yet waits instead of it.
    school.hand_in("Third try", second["number"].as_u64());
    let third = school.waiting();
    assert_ne!(third, again);
    let mut late = school.verdicts("met");
    late.push(field("decision", "accept"));
    let late = school.review(&school.mira, &again, &late);
    assert_eq!(late.status, 422);
    assert!(late.body.contains("handed in something newer"));
}

#[test]
fn two_mentors_do_not_do_the_same_work_and_ones_own_learners_come_first() {
    let school = school();
    let bela = Person::new(&school.waymark, "bela");
    let (id, mira, cohort, now) = (bela.account.id, school.mira.account.id, school.key, domain::world::Clock::now(&*school.waymark.clock));
    school
        .waymark
        .store
        .write_blocking(move |conn| {
            store::cohorts::add_member(conn, cohort, id, Standing::Learner, now)?;
            let terms = domain::cohort::Terms { mentor: Some(mira), ..domain::cohort::Terms::default() };
            store::cohorts::put_terms(conn, cohort, id, &terms)
        })
        .unwrap();
    let path = follow(&school.waymark, &bela, Some(cohort));
    school.hand_in("Older", None);
    school.waymark.pass_seconds(60);
    let help = json!({ "requirement": school.project, "words": "I am **lost**." });
    assert_eq!(bela.send(&school.waymark, "POST", &format!("/api/v1/paths/{path}/help"), help).status, 201);
    let kinds = |who: &Person| -> Vec<String> {
        school.queue_of(who).iter().map(|item| format!("{} {}", item["kind"].as_str().unwrap(), item["mine"])).collect()
    };
    assert_eq!(kinds(&school.mira), ["help true", "submission false"]);
    assert_eq!(kinds(&school.jo), ["submission false", "help false"], "oldest first");
    let today = school.mira.get(&school.waymark, "/api/v1/today").json();
    assert_eq!((&today["due"][0]["kind"], &today["due"][0]["waiting"], &today["due"][0]["mine"]), (&json!("queue"), &json!(2), &json!(1)));

    let item = school.queue_of(&school.jo)[0]["id"].as_str().unwrap().to_owned();
    let claim = school.api(&format!("queue/{item}/claim"));
    assert_eq!(school.mira.send(&school.waymark, "PUT", &claim, json!({})).status, 200);
    let taken = school.jo.send(&school.waymark, "PUT", &claim, json!({}));
    assert_eq!((taken.status, taken.json()["code"].as_str()), (409, Some("claimed_by_another")));
    assert_eq!(school.queue_of(&school.jo)[0]["held"]["name"], "mira");
    let criteria: Vec<Value> = school.criteria.iter().map(|subject| json!({ "subject": subject, "verdict": "met" })).collect();
    let answer = json!({ "decision": "accept", "criteria": criteria });
    let to = school.api(&format!("reviews/{item}/answer"));
    assert_eq!(school.jo.send(&school.waymark, "POST", &to, answer.clone()).json()["code"], "claimed_by_another");
    let page = school.review(&school.jo, &item, &[school.verdicts("met"), vec![field("decision", "accept")]].concat());
    assert!(page.status == 422 && page.body.contains("Another mentor has taken this up"));
    // The lease runs out by the clock.
    school.waymark.pass_seconds(domain::mentoring::LEASE_SECONDS);
    let taken = school.jo.send(&school.waymark, "PUT", &claim, json!({}));
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert_eq!(school.jo.send(&school.waymark, "DELETE", &claim, json!({})).status, 204);
    let key = [("idempotency-key", "one")];
    let once = school.waymark.send_with("POST", &to, &school.mira.token, answer.clone(), &key);
    assert_eq!((once.status, &once.json()["returned"]), (201, &json!(false)), "{}", once.body);
    let twice = school.waymark.send_with("POST", &to, &school.mira.token, answer.clone(), &key);
    assert_eq!((twice.status, twice.header("idempotency-replayed")), (201, "true"));
    let late = school.jo.send(&school.waymark, "POST", &to, answer);
    assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("review_answered")));
}

#[test]
fn a_certificate_is_checked_and_ends_when_it_ends() {
    let school = school();
    let state = school.ada.get(&school.waymark, &format!("/api/v1/paths/{}", school.path)).json();
    let certification = state["requirements"].as_array().unwrap().iter().find_map(|requirement| {
        let id = requirement["id"].as_str().unwrap();
        let detail = school.ada.get(&school.waymark, &format!("/api/v1/paths/{}/requirements/{id}", school.path)).json();
        (detail["kind"] == "certification").then(|| detail["subjects"][0].as_str().unwrap().to_owned())
    });
    let certificate = json!({
        "kind": "certificate", "subjects": [{ "subject": certification.unwrap() }], "issuer": "Board", "number": "A-1",
        "issued_on": "2026-01-01", "expires_on": "2026-12-01",
    });
    assert_eq!(school.ada.send(&school.waymark, "POST", "/api/v1/evidence", certificate).status, 201);
    let item = school.waiting();
    let page = school.mira.page(&school.waymark, &school.at(&format!("reviews/{item}"))).body;
    assert!(page.contains("Board") && page.contains("A-1"), "{page}");
    let fields = [field("verdict-0", "met"), field("decision", "accept")];
    assert_eq!(school.review(&school.mira, &item, &fields).status, 303);
    let entries = school.ada.get(&school.waymark, "/api/v1/evidence").json();
    let review = &entries["items"][0];
    assert_eq!((&review["kind"], &review["trust"], &review["expires_on"]), (&json!("review"), &json!("mentor"), &json!("2026-12-01")));
}

#[test]
fn a_question_is_answered_once_and_closed_by_who_asked_it() {
    let school = school();
    let at = format!("/paths/{}/requirements/{}", school.path, school.project);
    let ask = |words: &str| school.waymark.form(&format!("{at}/help"), &school.ada.cookie, &[("words", words)]);
    let empty = ask(" ");
    assert!(empty.status == 422 && empty.body.contains("This is needed"));
    assert_eq!(ask("The test **hangs**.").status, 303);
    let again = ask("Still.");
    assert!(again.status == 422 && again.body.contains("asked about this already") && again.body.contains("Still."));
    let item = school.waiting();
    let page = school.jo.page(&school.waymark, &school.at(&format!("help/{item}")));
    assert!(page.body.contains("<strong>hangs</strong>"), "{}", page.body);
    let answer = |who: &Person, words: &str| school.waymark.form(&school.at(&format!("help/{item}")), &who.cookie, &[("words", words)]);
    assert_eq!(answer(&school.jo, "").status, 422);
    assert_eq!(answer(&school.jo, "Look at the *pool*.").status, 303);
    let late = answer(&school.mira, "Too late, but kept.");
    assert!(late.status == 422 && late.body.contains("answered or closed meanwhile"));
    assert!(school.requirement_page().contains("<em>pool</em>"));
    assert!(school.queue_of(&school.mira).is_empty());

    assert_eq!(ask("And now?").status, 303);
    let item = school.waiting();
    assert_eq!(school.waymark.form(&format!("{at}/help/{item}/close"), &school.ada.cookie, &[]).status, 303);
    assert!(school.queue_of(&school.mira).is_empty());
    let helps = school.ada.get(&school.waymark, &format!("/api/v1/paths/{}/help", school.path)).json();
    assert_eq!(helps["items"].as_array().unwrap().len(), 2, "both stay readable");

    // Where nobody guides a path nobody would read it.
    let alone = Person::new(&school.waymark, "solo");
    let path = follow(&school.waymark, &alone, None);
    let asked =
        alone.send(&school.waymark, "POST", &format!("/api/v1/paths/{path}/help"), json!({ "requirement": school.project, "words": "?" }));
    assert_eq!((asked.status, asked.json()["code"].as_str()), (409, Some("no_mentor")));
}

#[test]
fn what_a_mentor_saw_of_many_is_recorded_for_all_or_nobody_and_taken_back() {
    let school = school();
    let (key, role) = (school.key, "backend-developer");
    let revision = school.waymark.store.read_blocking(|conn| store::templates::newest(conn, role)).unwrap().unwrap().id;
    school
        .waymark
        .store
        .write_blocking(move |conn| {
            let role = domain::cohort::CohortRole {
                role: role.to_owned(),
                revision,
                target_level: "senior".to_owned(),
                chosen: std::collections::BTreeSet::new(),
            };
            store::cohorts::put_set_up(conn, key, &domain::cohort::SetUp { roles: vec![role], ..domain::cohort::SetUp::default() })
        })
        .unwrap();
    let before = school.proven();
    let page = school.mira.page(&school.waymark, &school.at(&format!("assessments?requirement={}", school.project)));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains(&school.criteria[0]));
    let to = school.at("assessments");
    let ada = school.ada.id().to_string();
    let fields = |learners: &[&str], criterion: &str| {
        let mut fields = vec![("requirement", school.project.as_str()), ("occasion", "oral"), ("note", "Explained it well.")];
        fields.extend(learners.iter().map(|learner| ("learner", *learner)));
        if !criterion.is_empty() {
            fields.push(("criterion", criterion));
        }
        school.waymark.form(&to, &school.mira.cookie, &fields)
    };
    let nobody = fields(&[], &school.criteria[0]);
    assert!(nobody.status == 422 && nobody.body.contains("Explained it well."));
    assert_eq!(fields(&[&ada], "").status, 422, "nothing was seen");
    let stranger = school.elsewhere.id().to_string();
    assert_eq!(fields(&[&ada, &stranger], &school.criteria[0]).status, 422, "who is no learner of the cohort");
    assert_eq!(school.proven(), before, "and nobody got an entry");
    assert_eq!(fields(&[&ada], &school.criteria[0]).status, 303);
    assert!(school.proven() > before);
    let acts = school.mira.get(&school.waymark, &school.api("assessments")).json();
    let act = &acts["items"][0];
    assert_eq!((&act["occasion"], &act["by"], &act["learners"][0]["undone"]), (&json!("oral"), &json!("mira"), &json!(false)));
    let undo = school.at(&format!("assessments/{}/undo", act["id"].as_str().unwrap()));
    assert_eq!(school.waymark.form(&undo, &school.jo.cookie, &[]).status, 403, "not who recorded it");
    assert_eq!(school.waymark.form(&undo, &school.mira.cookie, &[]).status, 303);
    assert_eq!(school.proven(), before);
    let body = json!({ "requirement": school.project, "learners": [ada], "occasion": "checkpoint", "day": "2026-11-18" });
    let made = school.mira.send(&school.waymark, "POST", &school.api("assessments"), body);
    assert_eq!((made.status, &made.json()["recorded"]), (201, &json!(1)), "{}", made.body);
    let ahead = json!({ "requirement": school.project, "learners": [ada], "occasion": "oral", "day": "2027-11-18" });
    assert_eq!(school.mira.send(&school.waymark, "POST", &school.api("assessments"), ahead).status, 422);
}

#[test]
fn a_learner_sees_mentors_notes_on_no_page_and_gets_them_with_their_data() {
    let school = school();
    let to = school.at(&format!("learners/{}/notes", school.ada.id()));
    assert_eq!(school.waymark.form(&to, &school.mira.cookie, &[("words", "Needs *courage*, zanzibar.")]).status, 303);
    let page = school.jo.page(&school.waymark, &school.at(&format!("learners/{}", school.ada.id())));
    assert!(page.body.contains("zanzibar") && page.body.contains("never sees these"), "{}", page.body);
    for path in ["/", "/ledger", "/cohorts", "/settings", &format!("/paths/{}/requirements/{}", school.path, school.project)] {
        assert!(!school.ada.page(&school.waymark, path).body.contains("zanzibar"), "{path}");
    }
    let search = school.ada.page(&school.waymark, "/search?q=zanzibar");
    assert!(!search.body.contains("courage"));
    let export = school.ada.page(&school.waymark, "/settings/export").json();
    assert_eq!(export["sections"]["mentor_notes"][0]["words"], "Needs *courage*, zanzibar.");
    let notes = school.jo.get(&school.waymark, &school.api(&format!("learners/{}/notes", school.ada.id()))).json();
    let note = notes["items"][0]["id"].as_str().unwrap().to_owned();
    let remove = school.at(&format!("learners/{}/notes/{note}/remove", school.ada.id()));
    assert_eq!(school.waymark.form(&remove, &school.jo.cookie, &[]).status, 403, "another's");
    assert_eq!(school.waymark.form(&remove, &school.lead.cookie, &[]).status, 303);
    assert_eq!(school.ada.page(&school.waymark, "/settings/export").json()["sections"]["mentor_notes"], json!([]));
}

#[test]
fn a_message_is_kept_for_the_jobs_where_there_is_an_address() {
    let school = school();
    let to = school.api(&format!("learners/{}/messages", school.ada.id()));
    let send = || school.mira.send(&school.waymark, "POST", &to, json!({ "words": "Well **done**." }));
    let none = send();
    assert_eq!((none.status, none.json()["code"].as_str()), (409, Some("no_mail")));
    let id = school.ada.account.id;
    let mail = domain::account::MailAddress::parse("ada@example.org").unwrap();
    school
        .waymark
        .store
        .write_blocking(move |conn| {
            let ada = store::accounts::by_id(conn, id)?;
            store::accounts::set_profile(conn, id, &ada.name, Some(&mail), None, &ada.zone, ada.theme)
        })
        .unwrap();
    assert_eq!(send().status, 201);
    let page = school.at(&format!("learners/{}", school.ada.id()));
    assert_eq!(school.waymark.form(&format!("{page}/messages"), &school.jo.cookie, &[("words", "Tomorrow?")]).status, 303);
    let seen = school.mira.page(&school.waymark, &page).body;
    assert!(seen.contains("<strong>done</strong>") && seen.contains("Tomorrow?"), "{seen}");
    let waiting = school.waymark.store.read_blocking(|conn| store::mentoring::unplanned_messages(conn, 9)).unwrap();
    assert_eq!(waiting.iter().map(|message| message.by_name.as_str()).collect::<Vec<_>>(), ["mira", "jo"]);
    let export = school.ada.page(&school.waymark, "/settings/export").json();
    assert_eq!(export["sections"]["mentor_messages"][0]["words"], "Tomorrow?");
}

/// Every door of mentoring looks the same to who has no business there, whether the thing exists or not.
#[test]
fn others_cohorts_queues_look_like_what_does_not_exist() {
    let school = school();
    school.hand_in("The shop", None);
    let item = school.waiting();
    let admin = {
        let account = school.waymark.account("root", true);
        let (token, cookie) = (school.waymark.token(&account, Scope::Admin, None), school.waymark.cookie(&account));
        Person { account, token, cookie }
    };
    let learner = school.ada.id();
    let pages = ["queue".to_owned(), format!("reviews/{item}"), "assessments".to_owned()];
    let writes = [
        format!("queue/{item}/claim"),
        format!("queue/{item}/release"),
        format!("reviews/{item}"),
        format!("reviews/{item}/undo"),
        "assessments".to_owned(),
        format!("learners/{learner}/notes"),
        format!("learners/{learner}/messages"),
    ];
    let nothing = "00000000000000000000000000000000";
    let shape = |answer: &Answer| {
        let mut problem = answer.json();
        problem.as_object_mut().unwrap().remove("request_id");
        problem
    };
    for who in [&school.elsewhere, &school.ada, &admin] {
        for page in &pages {
            assert_eq!(who.page(&school.waymark, &school.at(page)).status, 404, "{} {page}", who.account.username);
            let (there, not) =
                (who.get(&school.waymark, &school.api(page)), who.get(&school.waymark, &format!("/api/v1/cohorts/{nothing}/{page}")));
            assert_eq!((there.status, shape(&there)), (404, shape(&not)), "{} {page}", who.account.username);
        }
        for write in &writes {
            let answer = school.waymark.form(&school.at(write), &who.cookie, &[("words", "x"), ("decision", "accept")]);
            assert_eq!(answer.status, 404, "{} {write}", who.account.username);
        }
        assert!(school.queue_of(who).is_empty(), "no count leaks");
    }
    // What another cohort's mentors are asked is not there in this one.
    let spring = school.elsewhere.get(&school.waymark, "/api/v1/cohorts").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let foreign = school.elsewhere.get(&school.waymark, &format!("/api/v1/cohorts/{spring}/reviews/{item}"));
    let none = school.elsewhere.get(&school.waymark, &format!("/api/v1/cohorts/{spring}/reviews/{nothing}"));
    assert_eq!((foreign.status, shape(&foreign)), (404, shape(&none)));
    // And what is withheld from a cohort is not there for its mentors.
    let (key, ada) = (school.key, school.ada.account.id);
    school.waymark.store.write_blocking(move |conn| store::cohorts::withhold(conn, key, ada, &[1].into())).unwrap();
    assert!(school.queue_of(&school.mira).is_empty());
    assert_eq!(school.mira.page(&school.waymark, &school.at(&format!("reviews/{item}"))).status, 404);
}

/// A mentor who learns in another cohort does not get to their own work.
#[test]
fn a_mentor_who_learns_elsewhere_is_reviewed_there_and_never_by_themselves() {
    let school = school();
    let (eve, key, now) = (school.elsewhere.account.id, school.key, domain::world::Clock::now(&*school.waymark.clock));
    school.waymark.store.write_blocking(move |conn| store::cohorts::add_member(conn, key, eve, Standing::Learner, now)).unwrap();
    follow(&school.waymark, &school.elsewhere, Some(key));
    let subjects: Vec<Value> = school.criteria.iter().map(|subject| json!({ "subject": subject })).collect();
    let body = json!({ "kind": "submission", "subjects": subjects, "url": "https://example.org/eve" });
    assert_eq!(school.elsewhere.send(&school.waymark, "POST", "/api/v1/evidence", body).status, 201);
    assert!(school.queue_of(&school.elsewhere).is_empty());
    let item = school.waiting();
    assert_eq!(school.elsewhere.page(&school.waymark, &school.at(&format!("reviews/{item}"))).status, 404);
    let mut fields = school.verdicts("met");
    fields.push(field("decision", "accept"));
    assert_eq!(school.review(&school.elsewhere, &item, &fields).status, 404);
    assert_eq!(school.review(&school.mira, &item, &fields).status, 303);
}
