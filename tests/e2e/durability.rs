//! What was acknowledged is kept: the server is killed a hundred times while eight clients write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

use harness::{Client, Person, Server, on_both_served};
use serde_json::json;

const KILLS: usize = 100;
const WRITERS: usize = 8;

/// What the clients know.
#[derive(Default)]
struct Notes {
    /// Title of each acknowledged claim and the id that the server gave it.
    acknowledged: BTreeMap<String, String>,
    /// Sent, and no answer came.
    unanswered: BTreeSet<String>,
}

on_both_served! {
    fn no_acknowledged_write_is_lost_when_the_server_is_killed(db) {
        let first = Server::start(&db);
        let token = Person::new(&first, &db, "writer").token("write");
        first.stop();
        let notes = Mutex::new(Notes::default());
        let mut cut_off = 0;
        for round in 0..KILLS {
            let server = Server::start(&db);
            check(&server.client().bearer(&token), &mut notes.lock().unwrap());
            // Between 1 and 40 acknowledgements, another number each round.
            cut_off += write_until_killed(server, &token, &notes, round, 1 + (round * 17) % 40);
        }
        let server = Server::start(&db);
        let notes = &mut notes.lock().unwrap();
        let kept = check(&server.client().bearer(&token), notes);
        eprintln!("{} acknowledged, {kept} kept, {cut_off} cut off by {KILLS} kills", notes.acknowledged.len());
        assert!(notes.acknowledged.len() >= KILLS, "writers hardly wrote");
        assert!(cut_off >= KILLS, "kills hardly met writes under way: {cut_off}");
    }
}

/// Eight clients write until the server, killed after that many acknowledgements, is gone. Gives how many requests were
/// under way at that moment.
fn write_until_killed(server: Server, token: &str, notes: &Mutex<Notes>, round: usize, after: usize) -> usize {
    let (acknowledged, enough) = (Mutex::new(0_usize), Condvar::new());
    let (gone, cut_off) = (AtomicBool::new(false), AtomicUsize::new(0));
    let client = server.client();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let client = client.bearer(token);
            let (acknowledged, enough, gone, cut_off) = (&acknowledged, &enough, &gone, &cut_off);
            scope.spawn(move || {
                for number in 0.. {
                    let title = format!("r{round} w{writer} n{number}");
                    let keyed = client.with_header("idempotency-key", &title.replace(' ', "-"));
                    match keyed.try_send("POST", "/api/v1/evidence", &claim(&title)) {
                        Ok(answer) => {
                            let id = answer.expect(201).json()["id"].as_str().expect("an id").to_owned();
                            notes.lock().unwrap().acknowledged.insert(title, id);
                            *acknowledged.lock().unwrap() += 1;
                            enough.notify_all();
                        }
                        Err(error) => {
                            assert!(gone.load(Ordering::SeqCst), "before the kill: {error}");
                            notes.lock().unwrap().unanswered.insert(title);
                            cut_off.fetch_add(1, Ordering::SeqCst);
                            return;
                        }
                    }
                }
            });
        }
        drop(enough.wait_while(acknowledged.lock().unwrap(), |count| *count < after).unwrap());
        gone.store(true, Ordering::SeqCst);
        server.kill();
    });
    cut_off.into_inner()
}

fn claim(title: &str) -> serde_json::Value {
    json!({ "kind": "claim", "subjects": [{ "subject": "skill:python", "step": "working" }], "title": title })
}

/// Compares what the clients know with what the server has; sends again what was not answered. Gives how many it has.
fn check(client: &Client, notes: &mut Notes) -> usize {
    for title in std::mem::take(&mut notes.unanswered) {
        let keyed = client.with_header("idempotency-key", &title.replace(' ', "-"));
        let id = keyed.send("POST", "/api/v1/evidence", &claim(&title)).expect(201).json()["id"].as_str().expect("an id").to_owned();
        notes.acknowledged.insert(title, id);
    }
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    let mut numbers = BTreeSet::new();
    let mut next = Some("/api/v1/evidence?limit=200".to_owned());
    while let Some(page) = next {
        let page = client.get(&page).expect(200).json();
        for entry in page["items"].as_array().expect("items") {
            let (title, id) = (entry["title"].as_str().expect("a title"), entry["id"].as_str().expect("an id"));
            assert!(kept.insert(title.to_owned(), id.to_owned()).is_none(), "{title} is there twice");
            assert!(numbers.insert(entry["number"].as_u64().expect("a number")), "a number is there twice");
        }
        next = page["next"].as_str().map(|cursor| format!("/api/v1/evidence?limit=200&cursor={cursor}"));
    }
    for (title, id) in &notes.acknowledged {
        assert_eq!(kept.get(title), Some(id), "{title} was acknowledged");
    }
    for title in kept.keys() {
        assert!(notes.acknowledged.contains_key(title), "{title} was never sent");
    }
    assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "the ledger's numbers have a gap");
    kept.len()
}
