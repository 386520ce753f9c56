//! Digests through real mail servers: one a period, whatever is killed when.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use harness::{Person, Received, Server, Settings, SmtpSink, TestDb, on_both_served};
use serde_json::json;

/// A person with something to say in a digest that is due.
fn somebody_with_a_due_digest(db: &TestDb) -> Person {
    people_with_due_digests(db, &["ada"]).remove(0)
}

fn people_with_due_digests(db: &TestDb, names: &[&str]) -> Vec<Person> {
    let server = Server::start_with(db, &[("WAYMARK_JOBS__ENABLED", "false")]);
    let people: Vec<Person> = names.iter().map(|name| somebody_with_a_digest(&server, db, name)).collect();
    server.stop();
    become_due(db, people.len());
    people
}

fn somebody_with_a_digest(server: &Server, db: &TestDb, name: &str) -> Person {
    let person = Person::new(server, db, name);
    person.send("POST", "/api/v1/paths", &json!({ "role": "backend-developer" })).expect(201);
    let claim = json!({ "kind": "claim", "subjects": [{ "subject": "skill:python", "step": "working" }], "title": "A web shop" });
    person.send("POST", "/api/v1/evidence", &claim).expect(201);
    person.send("PUT", "/api/v1/digest", &json!({ "cadence": "daily", "time": "07:00" })).expect(200);
    person
}

/// Moves the one schedule that there is to a minute ago, as time would.
pub fn becomes_due(db: &TestDb) {
    become_due(db, 1);
}

#[allow(clippy::disallowed_methods, reason = "the program under test reads the real clock")]
fn become_due(db: &TestDb, schedules: usize) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64;
    db.sql(&format!("update digest_schedules set next_at = {}", now - 60_000_000));
    assert_eq!(db.sql("select count(*) from digest_schedules where next_at is not null").trim(), schedules.to_string());
}

/// Settings for a server that sends to `sink`, whose leases are short.
fn sending(sink: &SmtpSink) -> Vec<(&'static str, String)> {
    let mut settings = sink.settings();
    settings.push(("WAYMARK_MAIL__TIMEOUT_SECONDS", "1".to_owned()));
    settings
}

fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    settings.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn start(db: &TestDb, settings: &[(&'static str, String)]) -> Server {
    let settings = borrowed(settings);
    let settings: Settings = &settings;
    Server::start_with(db, settings)
}

/// Waits until the outbox has settled, by asking for it again and again; gives the states of its rows.
#[allow(clippy::disallowed_methods, reason = "what another process writes into a database tells nobody")]
fn settled(db: &TestDb) -> String {
    for _ in 0..600 {
        let states = db.sql("select state from outbox order by id").trim().replace('\n', " ");
        if !states.is_empty() && !states.split(' ').any(|state| state == "queued") {
            return states;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the outbox does not settle: {}", db.sql("select * from outbox"));
}

fn signal(name: &str, id: u32) {
    assert!(Command::new("kill").args([name, &id.to_string()]).status().unwrap().success());
}

on_both_served! {
    fn a_digest_reaches_a_mail_server_of_another_make_once(db) {
        let Some(sink) = SmtpSink::postfix() else { return };
        let person = somebody_with_a_due_digest(&db);
        let server = start(&db, &sending(&sink));
        let mails = sink.wait_for(1);
        assert_eq!(settled(&db), "sent");
        assert_is_a_digest(&mails[0], &person);
        // The same day planned once more, as by a server that did not see it: still one.
        server.stop();
        db.sql("update digest_schedules set next_period = (select period from outbox)");
        becomes_due(&db);
        let again = harness::cli_with(&db, &borrowed(&sending(&sink)), &["digest", "run"], "");
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(sink.mails().len(), 1, "a second mail for the same day");
        assert_eq!(db.sql("select count(*) from outbox").trim(), "1");
    }

    fn a_server_killed_between_the_mail_servers_250_and_the_commit_repeats_one_mail_with_the_same_message_id(db) {
        somebody_with_a_due_digest(&db);
        let victim = Arc::new(Mutex::new(None::<u32>));
        let (tell, killed) = channel();
        let (first, shared, tell) = (AtomicBool::new(true), Arc::clone(&victim), Mutex::new(tell));
        let sink = SmtpSink::start_with(Box::new(move |_, answer| {
            if !first.swap(false, Ordering::SeqCst) {
                return answer();
            }
            // Held still first, so that the 250 is on its way, is there, and is never read.
            let id = shared.lock().unwrap().expect("the server's id");
            signal("-STOP", id);
            answer();
            signal("-KILL", id);
            tell.lock().unwrap().send(()).unwrap();
        }));
        // The id is needed before the first mail; a server that is still starting sends none.
        let mut hold = victim.lock().unwrap();
        let server = start(&db, &sending(&sink));
        *hold = Some(server.id());
        drop(hold);
        killed.recv_timeout(Duration::from_secs(60)).expect("the first mail came and its server was killed");
        server.kill();
        let one = sink.wait_for(1);
        assert_eq!(db.sql("select state from outbox").trim(), "queued", "it was killed before it could note the sending");

        let next = start(&db, &sending(&sink));
        let both = sink.wait_for(2);
        assert_eq!(settled(&db), "sent");
        assert_eq!(next.stop().code(), Some(0));
        // No more than two, however often somebody looks.
        for _ in 0..2 {
            let again = harness::cli_with(&db, &borrowed(&sending(&sink)), &["digest", "run"], "");
            assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        }
        assert_eq!(sink.mails().len(), 2);
        let id = |mail: &Received| mail.header("message-id").expect("a Message-ID");
        assert_eq!(id(&one[0]), id(&both[1]));
        assert_eq!(one[0].to, both[1].to);
    }

    fn two_servers_on_one_outbox_send_each_digest_once(db) {
        // One data folder takes one server only; on SQLite the other is the command line.
        let sink = SmtpSink::start();
        somebody_with_a_due_digest(&db);
        let settings = sending(&sink);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let ran = harness::cli_with(&db, &borrowed(&settings), &["digest", "run"], "");
                    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
                });
            }
        });
        assert_eq!(settled(&db), "sent");
        assert_eq!(sink.mails().len(), 1);
    }

    fn the_setting_for_connections_reaches_what_sends(db) {
        let sink = SmtpSink::start();
        people_with_due_digests(&db, &["ada", "grace", "mary"]);
        let mut settings = sending(&sink);
        settings.push(("WAYMARK_MAIL__CONNECTIONS", "1".to_owned()));
        let ran = harness::cli_with(&db, &borrowed(&settings), &["digest", "run"], "");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(settled(&db), "sent sent sent");
        assert_eq!((sink.mails().len(), sink.connections()), (3, 1), "three letters, one after another over one connection");
    }

    fn one_click_on_the_mails_own_link_ends_the_digests_without_a_cookie(db) {
        let sink = SmtpSink::start();
        somebody_with_a_due_digest(&db);
        let server = start(&db, &sending(&sink));
        let mail = sink.wait_for(1).remove(0);
        assert_eq!(settled(&db), "sent");
        assert_eq!(mail.header("list-unsubscribe-post").as_deref(), Some("List-Unsubscribe=One-Click"));
        let header = mail.header("list-unsubscribe").expect("List-Unsubscribe");
        let link = header.split(['<', '>']).find(|part| part.starts_with("http")).expect("a link");
        // Looking changes nothing; a machine without a cookie and from elsewhere may act, more than once.
        let stranger = server.client().with_header("sec-fetch-site", "cross-site").with_header("origin", "https://mail.example");
        stranger.get(link).expect(200);
        assert_eq!(unsubscribed(&db), "0");
        for _ in 0..2 {
            let answer = stranger.post(link, &[("List-Unsubscribe", "One-Click")]);
            assert!((200..400).contains(&answer.status), "{}", answer.text());
            assert_eq!(unsubscribed(&db), "1");
        }
        let mut broken = link.to_owned();
        broken.pop();
        assert!(stranger.get(&broken).status >= 400);
    }
}

fn unsubscribed(db: &TestDb) -> String {
    db.sql("select count(*) from digest_schedules where unsubscribed").trim().to_owned()
}

#[track_caller]
fn assert_is_a_digest(mail: &Received, person: &Person) {
    assert_eq!(mail.to, [format!("{}@example.org", person.username)]);
    assert_eq!(mail.from, "waymark@example.org");
    for header in ["message-id", "date", "subject", "list-id", "list-unsubscribe", "auto-submitted", "mime-version"] {
        assert!(mail.header(header).is_some(), "no {header} in:\n{}", mail.raw);
    }
    assert!(mail.header("content-type").is_some_and(|kind| kind.starts_with("multipart/alternative")));
    let words = mail.words();
    let (plain, html) = (words.find("text/plain"), words.find("text/html"));
    assert!(plain.is_some() && plain < html, "the plain part comes first");
    assert!(words.contains("A web shop") || words.contains("Python"), "it says nothing of what was recorded:\n{words}");
}
