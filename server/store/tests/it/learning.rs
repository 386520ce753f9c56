//! Paths, ledger, plans, scorecards.

use std::collections::BTreeSet;

use diesel::{RunQueryDsl, sql_query};
use domain::ids::PathId;
use domain::ledger::{EvidenceKind, NewEntry, Payload, Recall};
use domain::path::RuleChoice;
use domain::points::BasisPoints;
use domain::scoring::{Attribute, Outlook, Value};
use domain::subject::{Step, Subject, SubjectKind, Trust};
use store::ledger::LedgerFilter;
use store::plans::Plan;
use store::scorecards::{Key, Terms};
use store::{Conn, Error, Store, ledger, paths, plans, scorecards, templates};

use crate::support::{at, claim, day, each_backend, fresh_id, new_revision, path, person, read, retraction, score, settings, skill, write};

#[test]
fn a_path_belongs_to_its_account_and_pins_a_revision() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada"), person(store, "bob"));
        let made = path(store, &ada, "aa");
        assert_eq!(read(store, |conn| paths::get(conn, ada.id, made.public_id)), made);
        assert_eq!(store.read_blocking(|conn| paths::get(conn, bob.id, made.public_id)).unwrap_err(), Error::NotThere("path"));
        assert_eq!((made.target_level.as_str(), made.target_day, made.hours_week), ("junior", Some(day(90)), 6));
        assert_eq!((made.chosen.len(), &made.rule, made.cohort), (2, &RuleChoice::BuiltIn, None));
        let mut changed = settings();
        changed.target_day = None;
        changed.chosen = BTreeSet::new();
        changed.rule = RuleChoice::Plugin("waymark/recency".to_owned());
        let (id, revision) = (made.id, made.revision);
        write(store, move |conn| paths::update_settings(conn, id, revision, &changed)).unwrap();
        let now = read(store, |conn| paths::by_id(conn, id));
        assert_eq!((now.target_day, now.chosen.len(), now.rule), (Some(day(90)), 0, RuleChoice::Plugin("waymark/recency".to_owned())));
        let newer = write(store, |conn| templates::put(conn, &new_revision("backend-developer", "2.0.0", "bb"))).unwrap();
        let settled = write(store, move |conn| paths::update_settings(conn, id, newer, &settings()));
        assert_eq!(settled.unwrap_err(), Error::Rule("revision_changed"), "settings fit the revision that they were checked against");
        assert_eq!(read(store, |conn| paths::list(conn, ada.id))[0].revision, revision);
        let second = path(store, &bob, "aa");
        assert_eq!(read(store, |conn| paths::all_ids(conn, None, 1)), [id]);
        assert_eq!(read(store, |conn| paths::all_ids(conn, Some(id), 9)), [second.id]);
        assert_eq!(
            write(store, move |conn| paths::update_settings(conn, PathId(99), revision, &settings())).unwrap_err(),
            Error::NotThere("path")
        );
    });
}

fn append(store: &Store, account: domain::ids::AccountId, new: NewEntry) -> Result<(domain::ledger::Entry, domain::ids::PublicId), Error> {
    let public_id = fresh_id();
    write(store, move |conn| Ok((ledger::append(conn, account, &new, public_id)?, public_id)))
}

#[test]
fn the_ledger_gives_back_what_was_recorded_in_order() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        let certificate = NewEntry {
            kind: EvidenceKind::Certificate,
            trust: Trust::Linked,
            expires_on: Some(day(365)),
            payload: Payload {
                title: Some("CKA".to_owned()),
                url: Some("https://example.org/x".to_owned()),
                issuer: Some("CNCF".to_owned()),
                number: Some("17".to_owned()),
                issued_on: Some(day(-3)),
                minutes: Some(90),
                by: Some("Grace".to_owned()),
                follows: Some(1),
                note: None,
            },
            ..claim(vec![domain::ledger::Held { subject: Subject::new(SubjectKind::Certification, "cka"), step: None }])
        };
        let recall = NewEntry {
            kind: EvidenceKind::Recall,
            recall: Some(Recall { share: BasisPoints::clamped(8_000), stability: 12 }),
            ..claim(Vec::new())
        };
        let offered = [claim(vec![skill("sql", Step::Working), skill("http", Step::Aware)]), certificate, recall, retraction(1)];
        let entries: Vec<_> = offered.iter().map(|new| append(store, ada, new.clone()).unwrap()).collect();
        let facts = read(store, |conn| ledger::facts(conn, ada));
        assert_eq!(facts.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(facts, entries.iter().map(|(entry, _)| entry.clone()).collect::<Vec<_>>(), "append answers what is stored");
        assert_eq!(facts[0].held, offered[0].held, "subjects keep their order");
        assert_eq!(read(store, |conn| ledger::facts_upto(conn, ada, 2)), facts[..2]);
        let everything = LedgerFilter { subjects: None, before_seq: None, limit: 10 };
        let written = read(store, |conn| ledger::with_payload(conn, ada, &everything));
        let wanted: Vec<_> =
            entries.iter().zip(&offered).rev().map(|((entry, id), new)| (*id, entry.clone(), Some(new.payload.clone()))).collect();
        assert_eq!(written, wanted);
        assert_eq!(read(store, |conn| ledger::by_public_id(conn, ada, entries[1].1)), wanted[2]);
        let told = |from| read(store, |conn| ledger::told_since(conn, ada, from));
        assert_eq!(told(offered[1].day), [ledger::Told { seq: 2, minutes: Some(90), by: Some("Grace".to_owned()) }]);
        assert_eq!(told(offered[1].day.plus(1)), []);
        assert_eq!(read(store, |conn| store::accounts::by_id(conn, ada)).ledger_seq, 4);
    });
}

#[test]
fn the_ledger_is_filtered_by_subject_and_paged_by_number() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        for id in ["sql", "http", "sql", "git", "sql"] {
            append(store, ada, claim(vec![skill(id, Step::Aware), skill("shared", Step::Aware)])).unwrap();
        }
        let numbers = |subjects: Option<Vec<Subject>>, before_seq, limit| {
            let filter = LedgerFilter { subjects, before_seq, limit };
            let found = read(store, |conn| ledger::with_payload(conn, ada, &filter));
            assert!(
                found.iter().all(|(_, entry, _)| entry.held.len() == 2),
                "all subjects of an entry are there, not only those asked for"
            );
            found.into_iter().map(|(_, entry, _)| entry.seq).collect::<Vec<_>>()
        };
        let about = |id: &str| Some(vec![Subject::new(SubjectKind::Skill, id)]);
        assert_eq!(numbers(about("sql"), None, 10), [5, 3, 1]);
        assert_eq!(numbers(about("sql"), Some(5), 1), [3]);
        assert_eq!(numbers(Some(vec![Subject::new(SubjectKind::Topic, "sql")]), None, 10), [0; 0], "the kind counts too");
        assert_eq!(numbers(Some(Vec::new()), None, 10), [0; 0]);
        assert_eq!(numbers(None, Some(3), 10), [2, 1]);
    });
}

#[test]
fn an_entry_is_retracted_once_and_a_refusal_leaves_no_gap() {
    each_backend(|store| {
        let ada = person(store, "ada").id;
        append(store, ada, claim(vec![skill("sql", Step::Aware)])).unwrap();
        append(store, ada, retraction(1)).unwrap();
        assert_eq!(append(store, ada, retraction(1)).unwrap_err(), Error::Rule("already_retracted"));
        assert_eq!(append(store, ada, retraction(9)).unwrap_err(), Error::NotThere("entry"));
        let (entry, _) = append(store, ada, claim(Vec::new())).unwrap();
        assert_eq!(entry.seq, 3);
        let bob = person(store, "bob").id;
        append(store, bob, claim(Vec::new())).unwrap();
        append(store, bob, retraction(1)).unwrap();
        let nobody = domain::ids::AccountId(99);
        assert_eq!(append(store, nobody, claim(Vec::new())).unwrap_err(), Error::NotThere("account"));
    });
}

#[test]
fn a_redaction_blanks_what_was_written_and_nothing_else() {
    each_backend(|store| {
        let (ada, bob) = (person(store, "ada").id, person(store, "bob").id);
        let (_, public_id) = append(store, ada, claim(vec![skill("sql", Step::Aware)])).unwrap();
        let before = read(store, |conn| ledger::facts(conn, ada));
        assert_eq!(write(store, move |conn| ledger::redact(conn, bob, public_id, at(2))).unwrap_err(), Error::NotThere("entry"));
        for n in [2, 3] {
            write(store, move |conn| ledger::redact(conn, ada, public_id, at(n))).unwrap();
        }
        assert_eq!(read(store, |conn| ledger::facts(conn, ada)), before);
        assert_eq!(read(store, |conn| ledger::by_public_id(conn, ada, public_id)).2, None);
        assert_eq!(store.read_blocking(|conn| ledger::by_public_id(conn, bob, public_id)).unwrap_err(), Error::NotThere("entry"));
    });
}

#[test]
fn plans_are_replaced_and_empty_ones_taken_away() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let id = path(store, &ada, "aa").id;
        let put =
            |requirement: &'static str, plan: Plan| write(store, move |conn| plans::put(conn, id, requirement, &plan, at(1))).unwrap();
        put("http", Plan { doing: true, ..Plan::default() });
        put("sql", Plan { skipped: true, note: Some("after http".to_owned()), ..Plan::default() });
        put("http", Plan { doing: true, note: Some("chapter 3".to_owned()), ..Plan::default() });
        let got = read(store, |conn| plans::get(conn, id));
        assert_eq!(got["http"], Plan { doing: true, skipped: false, note: Some("chapter 3".to_owned()) });
        assert!(got["sql"].skipped);
        assert_eq!(got.len(), 2);
        put("sql", Plan::default());
        put("never", Plan::default());
        assert_eq!(read(store, |conn| plans::get(conn, id)).len(), 1);
        let lost = write(store, |conn| plans::put(conn, PathId(99), "x", &Plan { doing: true, ..Plan::default() }, at(1)));
        assert_eq!(lost.unwrap_err(), Error::NotThere("path"));
    });
}

#[test]
fn a_score_saved_twice_is_there_once() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let path = path(store, &ada, "aa");
        let id = path.id;
        let setting = Attribute { key: "fade".into(), value: Value::Number(3) };
        let save = {
            let (setting, chosen) = (setting.clone(), path.chosen.clone());
            move |mentored: bool, ledger_seq: u32, made: i64| {
                let (setting, chosen) = (setting.clone(), chosen.clone());
                write(store, move |conn| {
                    let settings = [setting.clone()];
                    let terms = Terms { settings: &settings, target_level: "junior", chosen: &chosen, mentored };
                    scorecards::save(conn, id, &score("aa", ledger_seq, day(5), 7_200, 5_800), terms, at(made))
                })
                .unwrap()
            }
        };
        let first = save(true, 3, 1);
        assert_eq!(save(true, 3, 2), first);
        assert_ne!(save(false, 3, 2), first, "other terms");
        assert_ne!(save(true, 4, 2), first, "another ledger");
        let settings = [setting];
        let terms = Terms { settings: &settings, target_level: "junior", chosen: &path.chosen, mentored: true };
        let key = Key { revision: "aa", rule_digest: "waymark/default@1", projection: 1, terms, ledger_seq: 3, today: day(5) };
        let found = read(store, |conn| scorecards::find(conn, id, &key)).unwrap();
        assert_eq!((found.id, found.path, found.account, found.revision, found.made_at), (first, id, ada.id, path.revision, at(1)));
        assert_eq!(
            (&found.settings[..], found.target_level.as_str(), &found.chosen, found.mentored),
            (&settings[..], "junior", &path.chosen, true)
        );
        assert_eq!(found.score, score("aa", 3, day(5), 7_200, 5_800), "cards, hashes and fuel come back");
        assert_eq!(read(store, |conn| scorecards::find(conn, id, &Key { projection: 2, ..key })), None);
        assert_eq!(read(store, |conn| scorecards::page_for_verify(conn, None, 2)).len(), 2);
        assert_eq!(read(store, |conn| scorecards::page_for_verify(conn, Some(first), 9)).len(), 2);
    });
}

/// Behind the product's back, in every scorecard.
fn set(store: &Store, column: &str, value: &str) {
    let sql = format!("UPDATE scorecards SET {column} = {value}");
    write(store, move |conn| {
        match conn {
            Conn::Sqlite(c) => sql_query(&sql).execute(*c)?,
            Conn::Postgres(c) => sql_query(&sql).execute(*c)?,
        };
        Ok(())
    })
    .unwrap();
}

#[test]
fn verification_sees_a_column_that_says_something_else_than_its_score() {
    each_backend(|store| {
        let path = path(store, &person(store, "ada"), "aa");
        let chosen = path.chosen.clone();
        write(store, move |conn| {
            let terms = Terms { settings: &[], target_level: "junior", chosen: &chosen, mentored: true };
            scorecards::save(conn, path.id, &score("aa", 3, day(5), 7_200, 5_800), terms, at(1))
        })
        .unwrap();
        let torn = || read(store, |conn| scorecards::page_for_verify(conn, None, 2)).remove(0).torn;
        assert_eq!(torn(), None);
        for (column, forged, honest) in [
            ("claimed", "7300", "7200"),
            ("proven", "5900", "5800"),
            ("rule_digest", "'another/rule@1'", "'waymark/default@1'"),
            ("ledger_seq", "2", "3"),
            ("today", "20704", "20705"),
            ("mentored", "FALSE", "TRUE"),
            ("outlook", "'{}'", "NULL"),
        ] {
            let set = |value: &str| set(store, column, value);
            set(forged);
            let named = if column == "mentored" { "settings_hash" } else { column };
            assert_eq!(torn(), Some(named));
            set(honest);
            assert_eq!(torn(), None, "{column}");
        }
    });
}

#[test]
fn a_score_is_read_without_its_receipts_also_where_they_are_not_stored_apart() {
    each_backend(|store| {
        let path = path(store, &person(store, "ada"), "aa");
        let (id, revision, chosen) = (path.id, path.revision, path.chosen.clone());
        let made = score("aa", 3, day(5), 7_200, 5_800);
        let (kept, own) = (made.clone(), chosen.clone());
        write(store, move |conn| {
            let terms = Terms { settings: &[], target_level: "junior", chosen: &own, mentored: true };
            scorecards::save(conn, id, &kept, terms, at(1))
        })
        .unwrap();
        let outlook = |seq: u32| {
            let (chosen, rule) = (chosen.clone(), made.rule.digest.clone());
            read(store, move |conn| {
                let terms = Terms { settings: &[], target_level: "junior", chosen: &chosen, mentored: true };
                scorecards::outlook(conn, id, revision, &rule, terms, (seq, day(5)))
            })
        };
        assert_eq!(outlook(4), None, "of another ledger");
        assert_eq!(outlook(3), Some(Outlook::from(&made)));
        for other in ["NULL", "'{\"of\": \"another version\"}'"] {
            set(store, "outlook", other);
            assert_eq!(outlook(3), Some(Outlook::from(&made)), "{other}");
        }
    });
}

#[test]
fn history_shows_the_last_score_of_each_day() {
    each_backend(|store| {
        let ada = person(store, "ada");
        let id = path(store, &ada, "aa").id;
        assert_eq!(read(store, |conn| scorecards::latest(conn, id)), None);
        for (seq, today, claimed, proven) in [(1, 1, 100, 50), (2, 1, 200, 60), (2, 3, 150, 60), (3, 9, 900, 800)] {
            write(store, move |conn| {
                let terms = Terms { settings: &[], target_level: "junior", chosen: &BTreeSet::new(), mentored: false };
                scorecards::save(conn, id, &score("aa", seq, day(today), claimed, proven), terms, at(1))
            })
            .unwrap();
        }
        let history = read(store, |conn| scorecards::history(conn, id, day(1)));
        let numbers: Vec<_> = history.iter().map(|point| (point.day, point.claimed, point.proven)).collect();
        assert_eq!(numbers, [(day(1), 200, 60), (day(3), 150, 60), (day(9), 900, 800)]);
        assert_eq!((history[0].target_level.as_str(), history[0].rule_digest.as_str()), ("junior", "waymark/default@1"));
        assert_eq!(read(store, |conn| scorecards::history(conn, id, day(2))).len(), 2);
        let point = |n| read(store, |conn| scorecards::point_on_or_before(conn, id, day(n)));
        assert_eq!((point(0), point(2), point(8)), (None, Some(history[0].clone()), Some(history[1].clone())));
        let before = |n| read(store, |conn| scorecards::on_or_before(conn, id, day(n))).map(|stored| stored.score.claimed.readiness);
        assert_eq!((before(0), before(2), before(3), before(8)), (None, Some(200), Some(150), Some(150)));
        assert_eq!(read(store, |conn| scorecards::latest(conn, id)).unwrap().score.claimed.readiness, 900);
        let lost = write(store, move |conn| {
            let terms = Terms { settings: &[], target_level: "junior", chosen: &BTreeSet::new(), mentored: false };
            scorecards::save(conn, id, &score("nowhere", 1, day(1), 1, 1), terms, at(1))
        });
        assert_eq!(lost.unwrap_err(), Error::NotThere("revision"));
    });
}
