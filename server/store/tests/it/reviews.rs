//! Requests for reviews, their answers, and the learner's own links and minutes.

use std::collections::BTreeMap;

use domain::ids::{AccountId, PathId, PublicId};
use domain::ledger::{EvidenceKind, Held, NewEntry};
use domain::plan::{MAX_LINKS, OwnLink};
use domain::review::{Judged, MAX_OPEN, Reached, RequestState, Review, Verdict};
use domain::subject::{Subject, SubjectKind, Trust};
use domain::time::Zone;
use store::reviews::{NewRequest, Request};
use store::{Error, Store, ledger, plans, reviews};

use crate::support::{at, claim, day, each_backend, fresh_id, name, path, person, read, write};

fn criterion(id: &str) -> Subject {
    Subject::new(SubjectKind::Criterion, id)
}

fn submission(store: &Store, account: AccountId) -> u32 {
    let held = ["documents", "limits"].map(|id| Held { subject: criterion(id), step: None }).to_vec();
    let new = NewEntry { kind: EvidenceKind::Submission, trust: Trust::Linked, ..claim(held) };
    write(store, move |conn| ledger::append(conn, account, &new, fresh_id())).unwrap().seq
}

fn asked(account: AccountId, entry: u32, secret: u8) -> NewRequest {
    NewRequest {
        public_id: fresh_id(),
        account,
        entry,
        token_hash: [secret; 32],
        reviewer: name("Bo Lindqvist"),
        message: Some("Please.".to_owned()),
        created_at: at(10),
        expires_at: at(100),
    }
}

fn ask(store: &Store, new: NewRequest) -> Result<Request, Error> {
    write(store, move |conn| reviews::create(conn, &new))
}

fn review() -> Review {
    let judged = |id: &str, verdict, comment: Option<&str>| Judged {
        subject: criterion(id),
        verdict,
        level: Some(Reached { id: "fine".to_owned(), name: "Fine".to_owned() }),
        comment: comment.map(str::to_owned),
    };
    Review {
        by: name("Bo L."),
        comment: Some("Good work.".to_owned()),
        criteria: vec![judged("documents", Verdict::Met, None), judged("limits", Verdict::NotMet, Some("No test."))],
    }
}

fn answer(store: &Store, request: &Request, seconds: i64) -> Result<reviews::Answer, Error> {
    let request = request.clone();
    let entry = NewEntry {
        kind: EvidenceKind::Review,
        trust: Trust::Peer,
        recorded_at: at(seconds),
        ..claim(vec![Held { subject: criterion("documents"), step: None }])
    };
    write(store, move |conn| reviews::answer(conn, &request, &review(), reviews::By::default(), &entry, fresh_id()))
}

#[test]
fn a_request_is_found_by_its_secret_and_listed_newest_first() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada").id, person(store, "bob").id);
        let (first, second) = (submission(store, ada), submission(store, ada));
        let one = ask(store, asked(ada, first, 1)).unwrap();
        let other = ask(store, asked(ada, second, 2)).unwrap();
        assert_eq!(
            (one.reviewer.as_str(), one.message.as_deref(), one.state(at(99))),
            ("Bo Lindqvist", Some("Please."), RequestState::Open)
        );
        assert_eq!(one.state(at(100)), RequestState::Expired);
        assert_eq!(read(store, |conn| reviews::by_token(conn, &[1; 32])), Some(one.clone()));
        assert_eq!(read(store, |conn| reviews::by_token(conn, &[3; 32])), None);
        let ids = |requests: Vec<Request>| requests.iter().map(|request| request.public_id).collect::<Vec<PublicId>>();
        assert_eq!(ids(read(store, |conn| reviews::list(conn, ada, None, None, 10))), [other.public_id, one.public_id]);
        assert_eq!(ids(read(store, |conn| reviews::list(conn, ada, Some(&[first]), None, 10))), [one.public_id]);
        assert_eq!(ids(read(store, |conn| reviews::list(conn, ada, None, Some(other.id), 10))), [one.public_id], "the next page");
        assert_eq!(read(store, |conn| reviews::list(conn, bob, None, None, 10)), []);
        assert_eq!(store.read_blocking(|conn| reviews::get(conn, bob, one.public_id)).unwrap_err(), Error::NotThere("review"));
        assert_eq!(ask(store, asked(ada, 99, 4)).unwrap_err(), Error::NotThere("entry"));
        assert_eq!(ask(store, asked(ada, first, 1)).unwrap_err(), Error::Rule("conflict"), "a secret is given once");
    });
}

#[test]
fn an_answer_is_kept_once_with_its_entry_and_its_verdicts() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let entry = submission(store, ada);
        let request = ask(store, asked(ada, entry, 1)).unwrap();
        let answered = answer(store, &request, 20).unwrap();
        assert_eq!(answered.entry, 2);
        let kept = read(store, |conn| reviews::get(conn, ada, request.public_id));
        assert_eq!(kept.answer, Some(answered.clone()), "the answer is what is stored");
        assert_eq!((kept.state(at(999)), &kept.answer.unwrap().review), (RequestState::Answered, &review()));
        let facts = read(store, |conn| ledger::facts(conn, ada));
        assert_eq!((facts[1].kind, facts[1].trust), (EvidenceKind::Review, Trust::Peer));
        assert_eq!(read(store, |conn| reviews::entries_of(conn, ada, entry)), [2]);

        assert_eq!(answer(store, &request, 30).unwrap_err(), Error::Rule("review_answered"));
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)).len(), 2, "the second left nothing behind");
        let late = write(store, move |conn| reviews::revoke(conn, ada, request.public_id, at(40)));
        assert_eq!(late.unwrap_err(), Error::Rule("review_answered"));

        let between = |since, now| read(store, |conn| reviews::answered(conn, ada, at(since), at(now), &Zone::utc()));
        let told = between(10, 50);
        assert_eq!((told.len(), told[0].by.as_str(), told[0].entry), (1, "Bo L.", 2));
        assert_eq!(told[0].verdicts, [(criterion("documents"), Verdict::Met), (criterion("limits"), Verdict::NotMet)]);
        assert_eq!((between(20, 50).len(), between(10, 19).len(), between(10, 20).len()), (0, 0, 1));
    });
}

#[test]
fn a_link_that_was_revoked_stays_so_and_five_may_be_open() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let entry = submission(store, ada);
        let request = ask(store, asked(ada, entry, 1)).unwrap();
        let id = request.public_id;
        write(store, move |conn| reviews::revoke(conn, ada, id, at(11))).unwrap();
        assert_eq!(read(store, |conn| reviews::get(conn, ada, id)).state(at(12)), RequestState::Revoked);
        for secret in 0..MAX_OPEN as u8 {
            ask(store, asked(ada, entry, 10 + secret)).unwrap();
        }
        assert_eq!(ask(store, asked(ada, entry, 30)).unwrap_err(), Error::Rule("too_many_reviews"));
        ask(store, asked(ada, submission(store, ada), 31)).unwrap();
        let later = NewRequest { created_at: at(100), expires_at: at(200), ..asked(ada, entry, 32) };
        ask(store, later).unwrap();
    });
}

#[test]
fn own_links_are_numbered_and_bounded() {
    each_backend(|store| {
        let path = path(store, &person(store, "ada"), "aa").id;
        let link = |n: usize| OwnLink { title: format!("RFC {n}"), url: format!("https://rfc.example/{n}") };
        let add = |n: usize| write(store, move |conn| plans::add_link(conn, path, "http", &link(n)));
        assert_eq!((add(1).unwrap(), add(2).unwrap()), (0, 1));
        write(store, move |conn| plans::remove_link(conn, path, "http", 0)).unwrap();
        assert_eq!(write(store, move |conn| plans::remove_link(conn, path, "http", 0)).unwrap_err(), Error::NotThere("link"));
        assert_eq!(add(3).unwrap(), 2, "a number is not given again while a later one is there");
        assert_eq!(read(store, |conn| plans::links(conn, path, "http")), [(1, link(2)), (2, link(3))]);
        assert_eq!(read(store, |conn| plans::links(conn, path, "sql")), []);
        for n in 0..MAX_LINKS - 2 {
            add(n).unwrap();
        }
        assert_eq!(add(99).unwrap_err(), Error::Rule("too_many_links"));
        let lost = write(store, move |conn| plans::add_link(conn, PathId(99), "http", &link(1)));
        assert_eq!(lost.unwrap_err(), Error::NotThere("path"));
    });
}

#[test]
fn minutes_of_a_day_add_up_over_all_that_the_learner_does_and_end_at_24_hours() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada"), person(store, "bob"));
        let (adas, bobs) = (path(store, &ada, "aa").id, path(store, &bob, "aa").id);
        let add = |path: PathId, what: &'static str, n: i32, minutes| {
            write(store, move |conn| plans::add_minutes(conn, path, what, day(n), minutes))
        };
        assert_eq!(add(adas, "http", 0, 40), Ok(40));
        assert_eq!(add(adas, "http", 0, 20), Ok(60));
        assert_eq!(add(adas, "sql", 0, 30), Ok(30));
        assert_eq!(add(adas, "http", 3, 5), Ok(5));
        assert_eq!(add(bobs, "http", 0, 7), Ok(7));
        assert_eq!(read(store, |conn| plans::minutes(conn, adas, "http")), [(day(3), 5), (day(0), 60)]);
        let by_day = |first, last| read(store, |conn| plans::minutes_by_day(conn, ada.id, day(first), day(last)));
        assert_eq!(by_day(0, 3), BTreeMap::from([(day(0), 90), (day(3), 5)]));
        assert_eq!(by_day(1, 2), BTreeMap::new());
        assert_eq!(add(adas, "go", 0, 1_351), Err(Error::Rule("day_is_full")));
        assert_eq!(add(adas, "go", 0, 1_350), Ok(1_350));
        assert_eq!(add(PathId(99), "go", 0, 1), Err(Error::NotThere("path")));
        write(store, move |conn| plans::remove_minutes(conn, adas, "go", day(0))).unwrap();
        let twice = write(store, move |conn| plans::remove_minutes(conn, adas, "go", day(0)));
        assert_eq!(twice.unwrap_err(), Error::NotThere("minutes"));
    });
}
