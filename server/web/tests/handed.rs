//! Work that is handed in: files with it, and links that name a commit.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod common;

use common::handing::{MIB, PNG, Person, SHA1, School, parts};
use common::{Answer, Waymark};
use domain::policy::Scope;
use serde_json::{Value, json};

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
