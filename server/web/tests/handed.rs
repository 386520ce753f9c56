//! Work that is handed in: files with it, links that name a commit, who made it too, and how it is judged.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::{Answer, Waymark};
use domain::account::Account;
use domain::cohort::Standing;
use domain::ids::CohortId;
use domain::policy::Scope;
use serde_json::{Value, json};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";
const SHA1: &str = "0123456789abcdef0123456789abcdef01234567";
const MIB: usize = 1 << 20;

struct Person {
    account: Account,
    token: String,
    cookie: String,
}

/// A learner of a cohort with a mentor and a lead; a learner and a mentor of another; an admin of the instance.
struct School {
    waymark: Waymark,
    key: CohortId,
    cohort: String,
    ada: Person,
    mira: Person,
    lead: Person,
    other: Person,
    elsewhere: Person,
    admin: Person,
    path: String,
    project: String,
    criteria: Vec<String>,
}

impl School {
    fn new() -> Self {
        Self::of("backend-developer", "senior", |_| true)
    }

    /// Ada follows the role; the project is the first that fits.
    fn of(role: &str, level: &str, fits: impl Fn(&Value) -> bool) -> Self {
        let waymark = Waymark::start();
        common::put_role_of(&waymark.store, include_str!("../../../config/roles/platform-engineer.toml"));
        let person = |username: &str, admin| {
            let account = waymark.account(username, admin);
            Person { token: waymark.token(&account, Scope::Write, None), cookie: waymark.cookie(&account), account }
        };
        let [ada, mira, lead, other, elsewhere] = ["ada", "mira", "lea", "bela", "eve"].map(|username| person(username, false));
        let admin = person("root", true);
        let members = [
            (&ada.account, Standing::Learner),
            (&mira.account, Standing::Mentor),
            (&lead.account, Standing::Lead),
            (&other.account, Standing::Learner),
        ];
        let key = waymark.cohort("Autumn", &members);
        waymark.cohort("Spring", &[(&elsewhere.account, Standing::Mentor)]);
        let cohort = waymark.store.read_blocking(|conn| store::cohorts::by_id(conn, key)).unwrap().public_id.to_string();
        let made = waymark.send("POST", "/api/v1/paths", &ada.token, json!({ "role": role, "target_level": level }));
        assert_eq!(made.status, 201, "{}", made.body);
        let path = made.json()["id"].as_str().unwrap().to_owned();
        let (account, id) = (ada.account.id, path.parse().unwrap());
        let set = move |conn: &mut store::Conn<'_>| {
            let path = store::paths::get(conn, account, id)?;
            store::paths::set_cohort(conn, path.id, Some(key))
        };
        waymark.store.write_blocking(set).unwrap();
        let detail = |id: &str| waymark.get_as(&format!("/api/v1/paths/{path}/requirements/{id}"), &ada.token).json();
        let all = waymark.get_as(&format!("/api/v1/paths/{path}"), &ada.token).json();
        let ids = all["requirements"].as_array().unwrap().iter().map(|requirement| requirement["id"].as_str().unwrap());
        let (project, subjects) =
            ids.map(|id| (id.to_owned(), detail(id))).find(|(_, detail)| detail["kind"] == "project" && fits(detail)).unwrap();
        let criteria = subjects["subjects"].as_array().unwrap().iter().map(|subject| subject.as_str().unwrap().to_owned()).collect();
        Self { waymark, key, cohort, ada, mira, lead, other, elsewhere, admin, path, project, criteria }
    }

    fn hand_in(&self, url: &str) -> Value {
        let subjects: Vec<Value> = self.criteria.iter().map(|subject| json!({ "subject": subject })).collect();
        let body = json!({ "kind": "submission", "subjects": subjects, "title": "The shop", "url": url });
        let made = self.waymark.send("POST", "/api/v1/evidence", &self.ada.token, body);
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()
    }

    fn requirement(&self) -> String {
        format!("/paths/{}/requirements/{}", self.path, self.project)
    }

    fn page(&self, who: &Person, path: &str) -> Answer {
        self.waymark.get(path, &[("cookie", &who.cookie)])
    }

    /// A form with files, as a browser sends it.
    fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        self.send_parts(path, &parts(fields, files))
    }

    fn send_parts(&self, path: &str, body: &[u8]) -> Answer {
        let headers = [
            ("content-type", "multipart/form-data; boundary=----x7"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", self.ada.cookie.as_str()),
        ];
        self.waymark.ask("POST", path, &headers, body)
    }

    fn attach(&self, entry: &str, name: &str, content: &[u8], key: &str) -> Answer {
        let (bearer, path) =
            (format!("Bearer {}", self.ada.token), format!("/api/v1/evidence/{entry}/attachments?name={}", web::base::query_value(name)));
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
        if !key.is_empty() {
            headers.push(("idempotency-key", key));
        }
        self.waymark.ask("POST", &path, &headers, content)
    }

    fn files(&self, entry: &str) -> Vec<Value> {
        let list = self.waymark.get_as(&format!("/api/v1/evidence/{entry}/attachments"), &self.ada.token);
        assert_eq!(list.status, 200, "{}", list.body);
        list.json()["items"].as_array().unwrap().clone()
    }

    fn review(&self) -> String {
        let queue = self.waymark.get_as("/api/v1/queue", &self.mira.token).json();
        queue["items"][0]["id"].as_str().unwrap().to_owned()
    }

    fn answer(&self, review: &str) -> Answer {
        let criteria: Vec<Value> = self.criteria.iter().map(|subject| json!({ "subject": subject, "verdict": "met" })).collect();
        let path = format!("/api/v1/cohorts/{}/reviews/{review}/answer", self.cohort);
        self.waymark.send("POST", &path, &self.mira.token, json!({ "decision": "accept", "criteria": criteria }))
    }

    /// The path of a link that asks somebody outside.
    fn link(&self, entry: &str) -> String {
        let made = self.waymark.send("POST", &format!("/api/v1/evidence/{entry}/reviews"), &self.ada.token, json!({ "reviewer": "Bo" }));
        assert_eq!(made.status, 201, "{}", made.body);
        let link = made.json()["link"].as_str().unwrap().to_owned();
        link.strip_prefix(&self.waymark.base.to_string()).unwrap().to_owned()
    }
}

fn parts(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("------x7\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, content) in files {
        let head = "Content-Type: application/octet-stream";
        body.extend(format!("------x7\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n{head}\r\n\r\n").bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(b"------x7--\r\n");
    body
}

/// The first address on a page that begins so and leads to a file.
fn file_on(page: &str, begins: &str) -> String {
    let at = page.find(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("no {begins} in {page}"));
    page[at + 6..].split('"').next().unwrap().to_owned()
}

#[test]
fn files_of_work_are_fetched_by_its_learner_its_reviewers_and_nobody_else() {
    let school = School::new();
    let mut fields = vec![("kind", "submission"), ("url", "https://example.org/work"), ("note", "Look at *the plan*.")];
    fields.extend(school.criteria.iter().map(|criterion| ("criterion", criterion.as_str())));
    let name = "Plan für \"Ada\"; v2.html";
    let files = [(name.replace('"', "%22"), b"<script>alert(1)</script>".to_vec()), ("shop.png".to_owned(), PNG.to_vec())];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let sent = school.upload(&format!("{}/evidence", school.requirement()), &fields, &files);
    assert_eq!(sent.status, 303, "{}", sent.body);

    let own = school.page(&school.ada, &school.requirement()).body;
    assert!(own.contains("shop.png") && own.contains("text, 1 KB") && own.contains("PNG, 1 KB"), "{own}");
    let ledger = school.page(&school.ada, "/ledger").body;
    let own = file_on(&ledger, "/ledger/");
    let entry = own.split('/').nth(2).unwrap().to_owned();
    let ids: Vec<String> = school.files(&entry).iter().map(|file| file["id"].as_str().unwrap().to_owned()).collect();
    let own: Vec<String> = ids.iter().map(|id| format!("/ledger/{entry}/files/{id}")).collect();

    // What a browser is told, whatever it would make of the bytes itself.
    let text = school.page(&school.ada, &own[0]);
    assert_eq!((text.status, text.body.as_str()), (200, "<script>alert(1)</script>"));
    for (header, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(text.header(header), value, "{header}");
    }
    let disposition = text.header("content-disposition");
    assert!(disposition.starts_with("attachment; ") && disposition.contains("filename*=UTF-8''Plan%20f%C3%BCr%20"), "{disposition}");
    assert!(disposition.ends_with(".html.txt"), "{disposition}");
    let png = school.page(&school.ada, &own[1]);
    assert_eq!((png.header("content-type"), png.bytes.as_slice()), ("image/png", PNG));

    // Mentors and leads of the cohort, through the review; somebody outside, through the link, until they answer.
    let review = school.review();
    let of_review = format!("/cohorts/{}/reviews/{review}", school.cohort);
    let link = school.link(&entry);
    let shown = school.page(&school.mira, &of_review).body;
    assert!(file_on(&shown, &format!("{of_review}/files/")).ends_with(&ids[0]), "{shown}");
    let outside = school.waymark.get(&link, &[]).body;
    assert!(file_on(&outside, &format!("{link}/files/")).ends_with(&ids[0]), "{outside}");
    let asked = school.waymark.get(&format!("/api/v1{link}"), &[]).json();
    assert_eq!(asked["attachments"][1]["name"], "shop.png");

    let of_review = format!("{of_review}/files/{}", ids[1]);
    let by_link = format!("{link}/files/{}", ids[1]);
    let nobody = Person { account: school.ada.account.clone(), token: "x".to_owned(), cookie: String::new() };
    let (ada, mira, lead) = (&school.ada, &school.mira, &school.lead);
    for (path, may) in [
        (own[1].clone(), vec![ada]),
        (of_review.clone(), vec![mira, lead]),
        (by_link.clone(), vec![mira, lead, &school.other, &school.elsewhere, &school.admin, &nobody]),
        (format!("/api/v1/evidence/{entry}/attachments/{}", ids[1]), vec![ada]),
        (format!("/api/v1{}", of_review.replace("/files/", "/attachments/")), vec![mira, lead]),
    ] {
        let is_api = path.starts_with("/api/");
        for who in [ada, mira, lead, &school.other, &school.elsewhere, &school.admin, &nobody] {
            if path == by_link && std::ptr::eq(who, ada) {
                continue;
            }
            let seen = if is_api { school.waymark.get_as(&path, &who.token) } else { school.page(who, &path) };
            let may = may.iter().any(|other| std::ptr::eq(*other, who));
            if may {
                assert_eq!((seen.status, seen.bytes.as_slice()), (200, PNG), "{path} as {}", who.account.username);
            } else {
                let expected = match (who.cookie.is_empty(), is_api) {
                    (false, _) => 404,
                    (true, true) => 401,
                    (true, false) => 303,
                };
                assert_eq!(seen.status, expected, "{path} as {}", who.account.username);
            }
        }
    }
    assert_eq!(school.page(ada, &by_link).status, 403, "nobody reviews their own work");

    // A file of other work is not there through this link or review, and nothing is once it was answered or withheld.
    let second = school.hand_in("https://example.org/second")["id"].as_str().unwrap().to_owned();
    let hidden = school.attach(&second, "hidden.txt", b"hidden", "").json()["id"].as_str().unwrap().to_owned();
    for path in [by_link.replace(&ids[1], &hidden), of_review.replace(&ids[1], &hidden), own[1].replace(&ids[1], &hidden)] {
        let who = if path.starts_with("/ledger") { ada } else { mira };
        assert_eq!(school.page(who, &path).status, 404, "{path}");
    }
    let criteria: Vec<Value> = school.criteria.iter().map(|subject| json!({ "subject": subject, "verdict": "met" })).collect();
    let reply = json!({ "name": "Bo", "criteria": criteria }).to_string();
    let answered = school.waymark.ask("POST", &format!("/api/v1{link}"), &[("content-type", "application/json")], reply.as_bytes());
    assert_eq!(answered.status, 204, "{}", answered.body);
    assert_eq!(school.waymark.get(&by_link, &[]).status, 404);
    let (account, cohort) = (ada.account.id, school.key);
    let withhold = move |conn: &mut store::Conn<'_>| store::cohorts::withhold(conn, cohort, account, &[1].into());
    school.waymark.store.write_blocking(withhold).unwrap();
    assert_eq!(school.page(mira, &of_review).status, 404);
}

#[test]
fn files_that_cannot_be_taken_are_named_and_nothing_is_recorded() {
    let school = School::new();
    let entry = school.hand_in("https://example.org/work")["id"].as_str().unwrap().to_owned();
    let page = format!("/ledger/{entry}/files");
    let large = vec![b'a'; 10 * MIB + 1];
    for (files, words) in [
        (vec![("plan.pdf", PNG)], vec!["plan.pdf: its ending says something else than its content is"]),
        (vec![("a.txt", b"".as_slice()), ("run.exe", b"MZ\0\0")], vec!["a.txt: this file is empty", "run.exe: this is neither PDF"]),
        (vec![("large.txt", &large)], vec!["large.txt: a file has at most 10 MB"]),
        (vec![("a.txt", b"a"); 6], vec!["A submission has at most five files"]),
        (vec![], vec!["form was not taken"]),
    ] {
        let refused = school.upload(&page, &[], &files);
        assert_eq!(refused.status, 422, "{}", refused.body);
        for words in words {
            let is_there = refused.body.contains(words) || words.contains("form was not taken");
            assert!(is_there, "{words} in {}", refused.body);
        }
        assert!(refused.body.contains("id=\"fl-e-files\""), "{}", refused.body);
    }
    assert_eq!(school.files(&entry), Vec::<Value>::new());

    // Not more than the quota over all of one's work: twelve MiB here.
    let eight = vec![b'a'; 8 * MIB];
    assert_eq!(school.upload(&page, &[], &[("eight.txt", &eight)]).status, 303);
    let other = school.hand_in("https://example.org/other")["id"].as_str().unwrap().to_owned();
    let full = school.upload(&format!("/ledger/{other}/files"), &[], &[("more.txt", &eight)]);
    assert!(full.status == 422 && full.body.contains("no room left") && full.body.contains("8 MB of your 12 MB"), "{}", full.body);
    let by_api = school.attach(&other, "more.txt", &eight, "");
    assert_eq!((by_api.status, by_api.json()["code"].as_str().unwrap()), (409, "attachments_quota"));

    // An upload that was cut on its way is none.
    let whole = parts(&[], &[("a.txt", b"cut on its way")]);
    for end in [whole.len() - 12, whole.len() - 30, 40] {
        assert_eq!(school.send_parts(&format!("/ledger/{other}/files"), &whole[..end]).status, 400);
    }
    assert_eq!(school.files(&other), Vec::<Value>::new());

    // With the work itself: all or nothing, and what was typed is kept.
    let before = school.waymark.get_as("/api/v1/evidence", &school.ada.token).json()["items"].as_array().unwrap().len();
    let criterion = school.criteria[0].as_str();
    let typed = [("kind", "submission"), ("url", "https://example.org/third"), ("note", "Third try"), ("criterion", criterion)];
    for (path, files) in [
        (format!("{}/evidence", school.requirement()), [("plan.pdf", PNG)]),
        (format!("/paths/{}/submit", school.path), [("plan.pdf", PNG)]),
        (format!("{}/evidence", school.requirement()), [("more.txt", eight.as_slice())]),
        (format!("/paths/{}/submit", school.path), [("more.txt", eight.as_slice())]),
    ] {
        let refused = school.upload(&path, &typed, &files);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("e-files\"") && refused.body.contains("Third try"), "{}", refused.body);
        assert!(refused.body.contains("https://example.org/third"), "{}", refused.body);
    }
    let claim = [("kind", "claim"), ("criterion", criterion)];
    let refused = school.upload(&format!("{}/evidence", school.requirement()), &claim, &[("a.txt", b"a")]);
    assert!(refused.status == 422 && refused.body.contains("f-e-files"), "files are for submissions: {}", refused.body);
    let after = school.waymark.get_as("/api/v1/evidence", &school.ada.token).json()["items"].as_array().unwrap().len();
    assert_eq!(before, after);
    // A form without files may come in either way.
    let plain = school.waymark.form(&format!("{}/evidence", school.requirement()), &school.ada.cookie, &typed);
    assert_eq!(plain.status, 303, "{}", plain.body);
}

#[test]
fn the_api_takes_lists_gives_and_removes_files() {
    let school = School::new();
    let entry = school.hand_in("https://example.org/work")["id"].as_str().unwrap().to_owned();
    for (name, content, code) in [
        ("plan.pdf", PNG, "attachment_name_differs"),
        ("a.txt", b"".as_slice(), "attachment_empty"),
        ("a.txt", b"\0", "attachment_kind_unknown"),
        ("a.txt", &vec![b'a'; 10 * MIB + 1], "attachment_too_large"),
    ] {
        let refused = school.attach(&entry, name, content, "");
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!((&refused.json()["errors"][0]["field"], &refused.json()["errors"][0]["code"]), (&json!("file"), &json!(code)));
    }
    let made = school.attach(&entry, "../shop.png", PNG, "once");
    assert_eq!(made.status, 201, "{}", made.body);
    let again = school.attach(&entry, "../shop.png", PNG, "once");
    assert_eq!((again.status, &again.body, again.header("idempotency-replayed")), (201, &made.body, "true"));
    assert_eq!(school.attach(&entry, "shop.png", PNG, "once").status, 422, "the key is of another name");
    let files = school.files(&entry);
    assert_eq!(files, [made.json()]);
    assert_eq!((&files[0]["name"], &files[0]["kind"], &files[0]["size"]), (&json!("shop.png"), &json!("png"), &json!(PNG.len())));
    assert_eq!(files[0]["sha256"].as_str().unwrap().len(), 64);

    let of = |entry: &str, file: &str| format!("/api/v1/evidence/{entry}/attachments/{file}");
    let path = of(&entry, files[0]["id"].as_str().unwrap());
    let fetched = school.waymark.get_as(&path, &school.ada.token);
    assert_eq!((fetched.bytes.as_slice(), fetched.header("content-type")), (PNG, "image/png"));
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": school.criteria[0] }] });
    let claim = school.waymark.send("POST", "/api/v1/evidence", &school.ada.token, claim).json()["id"].as_str().unwrap().to_owned();
    assert_eq!(school.attach(&claim, "a.txt", b"a", "").json()["code"], "only_submissions");
    assert_eq!(school.waymark.get_as(&of(&claim, files[0]["id"].as_str().unwrap()), &school.ada.token).status, 404);
    let read_only = school.waymark.token(&school.ada.account, Scope::Read, None);
    let delete = |token: &str| school.waymark.ask("DELETE", &path, &[("authorization", &format!("Bearer {token}"))], b"").status;
    assert_eq!(
        [delete(&read_only), delete(&school.other.token), delete(&school.ada.token), delete(&school.ada.token)],
        [403, 404, 204, 404]
    );
}

#[test]
fn files_come_and_go_until_somebody_has_judged_the_work() {
    let school = School::new();
    let entry = school.hand_in("https://example.org/work")["id"].as_str().unwrap().to_owned();
    let page = format!("/ledger/{entry}/files");
    let shown = school.page(&school.ada, &page);
    assert!(shown.status == 200 && shown.body.contains("No file yet") && shown.body.contains("The shop"), "{}", shown.body);
    let added = school.upload(&page, &[], &[("one.txt", b"one"), ("two.txt", b"two")]);
    assert_eq!(added.header("location"), format!("{page}?done=added"));
    let one = school.files(&entry)[0]["id"].as_str().unwrap().to_owned();
    let removed = school.waymark.form(&format!("{page}/{one}/remove"), &school.ada.cookie, &[]);
    assert_eq!((removed.status, removed.header("location")), (303, format!("{page}?done=removed").as_str()));
    let two = school.files(&entry)[0]["id"].as_str().unwrap().to_owned();

    let review = school.review();
    assert_eq!(school.answer(&review).status, 201);
    let late = school.upload(&page, &[], &[("late.txt", b"late")]);
    assert!(late.status == 422 && late.body.contains("hand it in again"), "{}", late.body);
    assert_eq!(school.waymark.form(&format!("{page}/{two}/remove"), &school.ada.cookie, &[]).status, 409);
    let shown = school.page(&school.ada, &page).body;
    assert!(shown.contains("two.txt") && !shown.contains("type=\"file\"") && !shown.contains("/remove"), "{shown}");
    assert_eq!(school.page(&school.other, &page).status, 404);

    // What was taken back keeps its files until they are removed; what is blanked has none.
    let back = school.waymark.form(&format!("/ledger/{entry}/retract"), &school.ada.cookie, &[]);
    assert_eq!(back.status, 303);
    assert_eq!(school.files(&entry).len(), 1);
    let blanked = school.waymark.ask(
        "DELETE",
        &format!("/api/v1/evidence/{entry}/text"),
        &[("authorization", &format!("Bearer {}", school.ada.token))],
        b"",
    );
    assert_eq!(blanked.status, 204);
    assert_eq!(school.files(&entry), Vec::<Value>::new());
}

#[test]
fn a_link_is_pinned_to_the_commit_that_is_given_and_says_so_to_reviewers() {
    let school = School::new();
    let criterion = school.criteria[0].as_str();
    let form = |url: &str, commit: &str| {
        let fields = [("kind", "submission"), ("url", url), ("commit", commit), ("criterion", criterion)];
        school.upload(&format!("{}/evidence", school.requirement()), &fields, &[])
    };
    for (url, commit, words) in [
        ("https://github.com/ada/shop", "0123456", "not the whole hash"),
        ("https://example.org/shop", SHA1, "leave the commit out"),
        (&format!("https://github.com/ada/shop/commit/{}", "f".repeat(40)), SHA1, "names another commit"),
        ("", SHA1, "f-e-url"),
    ] {
        let refused = form(url, commit);
        assert!(refused.status == 422 && refused.body.contains(words), "{words}: {}", refused.body);
        assert!(refused.body.contains(&format!("value=\"{commit}\"")), "{}", refused.body);
    }
    assert_eq!(form("https://github.com/ada/shop/tree/main/api", SHA1).status, 303);
    let own = school.page(&school.ada, &school.requirement()).body;
    let pinned = format!("https://github.com/ada/shop/tree/{SHA1}/api");
    assert!(own.contains(&pinned) && own.contains("pinned to 0123456"), "{own}");
    let review = school.review();
    let shown = school.page(&school.mira, &format!("/cohorts/{}/reviews/{review}", school.cohort)).body;
    assert!(shown.contains(&pinned) && shown.contains("pinned to 0123456"), "{shown}");
    let by_api = school.waymark.get_as(&format!("/api/v1/cohorts/{}/reviews/{review}", school.cohort), &school.mira.token).json();
    assert_eq!(by_api["commit"], SHA1);

    let moving = school.hand_in("https://gitlab.com/ada/shop/-/tree/main");
    assert_eq!(moving["commit"], Value::Null);
    let link = school.link(moving["id"].as_str().unwrap());
    assert!(school.waymark.get(&link, &[]).body.contains("may change after the review"));
    let made = json!({ "kind": "link", "subjects": [{ "subject": criterion }], "url": "https://codeberg.org/ada/shop", "commit": SHA1 });
    let made = school.waymark.send("POST", "/api/v1/evidence", &school.ada.token, made).json();
    assert_eq!((&made["commit"], &made["url"]), (&json!(SHA1), &json!(format!("https://codeberg.org/ada/shop/src/commit/{SHA1}"))));
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": criterion }], "commit": SHA1 });
    let refused = school.waymark.send("POST", "/api/v1/evidence", &school.ada.token, claim);
    assert_eq!((refused.status, &refused.json()["errors"][0]["code"]), (422, &json!("not_for_this_kind")));
}

#[test]
fn files_travel_in_archives_beside_the_document_and_come_once() {
    let (school, to) = (School::new(), Waymark::start());
    let entry = school.hand_in("https://example.org/work")["id"].as_str().unwrap().to_owned();
    let second = school.hand_in("https://example.org/second")["id"].as_str().unwrap().to_owned();
    for (entry, name, content) in [(&entry, "plan.md", "# Plan"), (&entry, "notes.txt", "Notes"), (&second, "plan.md", "# Plan")] {
        assert_eq!(school.attach(entry, name, content.as_bytes(), "").status, 201);
    }
    let token = school.waymark.token(&school.ada.account, Scope::Admin, None);
    let document = school.waymark.get_as("/api/v1/export", &token).json();
    let named = &document["sections"]["attachments"];
    assert_eq!((named.as_array().unwrap().len(), &named[0]["entry"], &named[0]["name"]), (3, &json!(entry), &json!("plan.md")));
    assert!(!document.to_string().contains("IyBQbGFu"), "the bytes are not in it");
    let archive = school.waymark.get_as("/api/v1/export/files/1", &token);
    assert_eq!((archive.status, archive.header("content-type")), (200, "application/x-tar"));
    for part in ["0", "2", "x"] {
        assert_eq!(school.waymark.get_as(&format!("/api/v1/export/files/{part}"), &token).status, 404, "{part}");
    }
    let page = school.page(&school.ada, "/settings/data").body;
    assert!(page.contains("3 files, 1 KB") && page.contains("/settings/export/files/1"), "{page}");
    let from_page = school.page(&school.ada, "/settings/export/files/1");
    assert!(from_page.header("content-disposition").ends_with("-files-1-2026-11-19.tar\""), "{:?}", from_page.headers);
    assert_eq!(from_page.bytes, archive.bytes);

    let bela = to.account("bela", false);
    let theirs = to.token(&bela, Scope::Admin, None);
    let bearer = format!("Bearer {theirs}");
    let bring = |bytes: &[u8]| to.ask("POST", "/api/v1/import/files", &[("authorization", &bearer)], bytes);
    let codes = |answer: &Answer| -> Vec<(String, u64, Value)> {
        let findings = answer.json()["findings"].as_array().unwrap().clone();
        findings.iter().map(|f| (f["code"].as_str().unwrap().to_owned(), f["count"].as_u64().unwrap(), f["error"].clone())).collect()
    };
    // Before the work is there its files have nowhere to go.
    let early = bring(&archive.bytes);
    assert_eq!(codes(&early), vec![("refused".to_owned(), 1, json!("no_such_entry")); 3]);
    let imported = to.send("POST", "/api/v1/import", &theirs, document);
    let left = imported.json()["findings"].as_array().unwrap().iter().any(|f| f["code"] == "left" && f["what"] == "attachments");
    assert!(left, "{}", imported.body);
    assert_eq!(codes(&bring(&archive.bytes)), [("file_new".to_owned(), 3, Value::Null)]);
    assert_eq!(codes(&bring(&archive.bytes)), [("file_known".to_owned(), 3, Value::Null)]);
    let ledger = to.get_as("/api/v1/evidence", &theirs).json();
    let first = ledger["items"][1]["id"].as_str().unwrap().to_owned();
    let files = to.get_as(&format!("/api/v1/evidence/{first}/attachments"), &theirs).json();
    let id = files["items"][1]["id"].as_str().unwrap();
    assert_eq!(to.get_as(&format!("/api/v1/evidence/{first}/attachments/{id}"), &theirs).body, "Notes");
    // Exported again, a file is known by the id that its work had first.
    let back = to.get_as("/api/v1/export/files/1", &theirs);
    let home = school.waymark.ask("POST", "/api/v1/import/files", &[("authorization", &format!("Bearer {token}"))], &back.bytes);
    assert_eq!(codes(&home), [("file_known".to_owned(), 3, Value::Null)]);

    // What was changed on the way is noticed, and what is no archive of ours is none.
    let at = archive.bytes.windows(5).position(|window| window == b"Notes").unwrap();
    let mut damaged = archive.bytes.clone();
    damaged[at] = b'n';
    let half = codes(&bring(&damaged));
    assert_eq!(half, [("refused".to_owned(), 1, json!("file_damaged")), ("file_known".to_owned(), 2, Value::Null)]);
    for wrong in [b"{}".to_vec(), archive.bytes[512..].to_vec(), archive.bytes[..700].to_vec(), b"x".repeat(2_000)] {
        let refused = bring(&wrong);
        assert_eq!((refused.status, refused.json()["code"].as_str()), (422, Some("import_not_ours")));
    }
    // The page takes both kinds by one field.
    let cookie = to.cookie(&bela);
    let mut body = b"------x7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.tar\"\r\n\r\n".to_vec();
    body.extend_from_slice(&archive.bytes);
    body.extend_from_slice(b"\r\n------x7--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=----x7"), ("sec-fetch-site", "same-origin"), ("cookie", &cookie)];
    let shown = to.ask("POST", "/settings/import", &headers, &body);
    assert!(shown.status == 200 && shown.body.contains("3 files that are here already"), "{}", shown.body);
}

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
