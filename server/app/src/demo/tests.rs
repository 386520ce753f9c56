//! On whichever day the demo is started, the product takes all that its people do, and on one day it is the same for all.

use std::collections::BTreeMap;

use domain::ledger::Entry;
use domain::scoring::DefaultRule;
use store::{Options, templates};

use super::*;
use crate::builtin;

/// Saturday, 28 November 2026, midnight in UTC.
const MIDNIGHT: Instant = Instant::from_micros(1_795_824_000_000_000);
const HOUR: i64 = 3_600;

/// Everybody's ledger, as the store has it, of a demo that is started then.
fn ledgers(now: Instant) -> BTreeMap<&'static str, Vec<Entry>> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("waymark.db").display());
    let store = Store::open(&Options { url, readers: 2 }).unwrap();
    store.migrate().unwrap();
    let catalogue = builtin::catalogue(&[]).unwrap();
    let all = builtin::roles(&catalogue).unwrap();
    store
        .write_blocking({
            let all = all.clone();
            move |conn| builtin::put_roles(conn, &all, "", now)
        })
        .unwrap();
    let revision = |role: &str| store.read_blocking(|conn| templates::newest(conn, role)).unwrap().unwrap().id;
    let followed: Vec<(RevisionId, Template)> =
        roles().map(|role| (revision(role), all.iter().find(|template| template.id() == role).unwrap().clone())).collect();
    let dice = SeededDice(Mutex::new(Chance::new(1)));
    let demo = Demo {
        store: &store,
        templates: &followed,
        library: &Library::new(builtin::content().unwrap().decks),
        recency: &DefaultRule,
        password_hash: "unused",
        now,
        dice: &dice,
        known: &|subject| catalogue.get(subject).is_some(),
    };
    let (stage, script) = play(&demo, &dice).unwrap();
    assert!(script.acts.is_empty(), "all that happened is written");
    let kept = |account| store.read_blocking(|conn| store::ledger::facts(conn, account)).unwrap();
    let ledgers: BTreeMap<&str, Vec<Entry>> = stage.people.iter().map(|(username, account)| (*username, kept(account.id))).collect();
    for (username, account) in &stage.people {
        assert_eq!(script.ledgers.get(&account.id), ledgers.get(username).filter(|kept| !kept.is_empty()), "{username}");
    }
    ledgers
}

#[test]
fn on_every_day_of_a_week_the_product_takes_what_the_demos_people_do() {
    for day in 0..7 {
        // At another hour each, so that in some zones it is the day before or after.
        let ledgers = ledgers(MIDNIGHT.plus_seconds((24 * day + 3 * day + 1) * HOUR));
        let recorded = ledgers.values().filter(|ledger| !ledger.is_empty()).count();
        assert_eq!(recorded, learners(), "everybody who learns has recorded something by day {day}");
    }
}

#[test]
fn who_starts_the_demo_later_on_a_day_sees_the_same_and_what_came_since() {
    let (noon, evening) = (ledgers(MIDNIGHT.plus_seconds(12 * HOUR)), ledgers(MIDNIGHT.plus_seconds(21 * HOUR)));
    let count = |ledgers: &BTreeMap<&str, Vec<Entry>>| ledgers.values().map(Vec::len).sum::<usize>();
    assert!(count(&noon) < count(&evening), "nothing happened in an afternoon");
    for (username, ledger) in &noon {
        assert!(evening[username].starts_with(ledger), "{username}’s ledger is another one in the evening");
    }
}
