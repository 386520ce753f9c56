//! Schedules and the outbox: one mail a period, leases and fences.

use std::sync::{Arc, Barrier};

use domain::account::Account;
use domain::digest::DigestKind;
use domain::ids::OutboxId;
use domain::schedule::{Cadence, Due, Period, Rule, TimeOfDay, Weekday};
use store::digests::{self, Claim, OutboxCounts, OutboxFilter, OutboxState, Outcome, Planned};
use store::{Store, accounts};

use crate::support::{Database, at, each_backend, person, postgres_url, read, write};

const KIND: DigestKind = DigestKind::Learner;

fn rule() -> Rule {
    Rule { cadence: Cadence::Weekly { weekday: Weekday::Monday }, time: TimeOfDay::new(7, 30).unwrap() }
}

fn due(n: i64, period: &str) -> Due {
    Due { at: at(n), period: Period(period.to_owned()) }
}

fn set(store: &Store, account: &Account, next: Option<Due>, unsubscribed: bool) {
    let id = account.id;
    write(store, move |conn| digests::set_schedule(conn, id, KIND, &rule(), next.as_ref(), unsubscribed)).unwrap();
}

fn queue(message_id: &str) -> Outcome {
    Outcome::Queue { message_id: message_id.to_owned() }
}

fn plan(store: &Store, account: &Account, at_due: Due, outcome: Outcome, next: Option<Due>) -> bool {
    let planned = Planned { account: account.id, kind: KIND, period: at_due.period, due_at: at_due.at, outcome, next, now: at(500) };
    write(store, move |conn| digests::plan(conn, &planned)).unwrap()
}

/// One queued mail for each of `n` people.
fn queued(store: &Store, n: i64) -> Vec<Account> {
    (0..n)
        .map(|i| {
            let account = person(store, &format!("p{i}"));
            assert!(plan(store, &account, due(i, "2026-W47"), queue(&format!("m{i}")), None));
            account
        })
        .collect()
}

fn claim(store: &Store, worker: &'static str, now: i64, lease: i64, limit: i64) -> Vec<Claim> {
    write(store, move |conn| digests::claim(conn, worker, at(now), lease, limit)).unwrap()
}

fn only_row(store: &Store) -> digests::OutboxRow {
    let rows = read(store, |conn| digests::list(conn, &OutboxFilter::default(), None, 10));
    assert_eq!(rows.len(), 1);
    rows.into_iter().next().unwrap()
}

#[test]
fn a_schedule_is_due_when_its_time_has_come_and_its_account_may_have_mail() {
    each_backend(|store| {
        let [ada, bob, cem, dee] = ["ada", "bob", "cem", "dee"].map(|username| person(store, username));
        assert_eq!(read(store, |conn| digests::schedule(conn, ada.id, KIND)), None);
        set(store, &ada, Some(due(20, "2026-W47")), false);
        set(store, &bob, Some(due(10, "2026-W47")), false);
        set(store, &cem, Some(due(10, "2026-W47")), true);
        set(store, &dee, Some(due(5, "2026-W47")), false);
        let kept = read(store, |conn| digests::schedule(conn, ada.id, KIND)).unwrap();
        assert_eq!((kept.rule, kept.next, kept.unsubscribed), (rule(), Some(due(20, "2026-W47")), false));
        let unsubscribed = read(store, |conn| digests::schedule(conn, cem.id, KIND)).unwrap();
        assert_eq!((unsubscribed.next, unsubscribed.unsubscribed), (None, true));
        write(store, move |conn| accounts::set_disabled(conn, dee.id, true)).unwrap();
        let who = |now| read(store, |conn| digests::due(conn, at(now), 10)).iter().map(|due| due.account).collect::<Vec<_>>();
        assert_eq!(who(9), []);
        assert_eq!(who(10), [bob.id]);
        assert_eq!(who(20), [bob.id, ada.id], "the longest overdue first");
        let first = &read(store, |conn| digests::due(conn, at(20), 1))[0];
        assert_eq!((first.kind, first.rule, first.zone.name(), first.due_at), (KIND, rule(), "Europe/Lisbon", at(10)));
        set(store, &bob, None, false);
        assert_eq!(who(20), [ada.id], "off");
    });
}

#[test]
fn a_period_is_planned_once_and_the_schedule_advances_with_it() {
    each_backend(|store| {
        let ada = person(store, "ada");
        set(store, &ada, Some(due(10, "2026-W47")), false);
        assert!(plan(store, &ada, due(10, "2026-W47"), queue("first"), Some(due(20, "2026-W48"))));
        let next = |store: &Store| read(store, |conn| digests::schedule(conn, ada.id, KIND)).unwrap().next;
        assert_eq!(next(store), Some(due(20, "2026-W48")));
        assert!(!plan(store, &ada, due(10, "2026-W47"), queue("second"), Some(due(99, "2026-W50"))));
        assert_eq!(next(store), Some(due(20, "2026-W48")), "another server's plan of the same work moves nothing");
        assert_eq!(only_row(store).message_id, "first");
        set(store, &ada, Some(due(15, "2026-W47")), false);
        assert!(!plan(store, &ada, due(15, "2026-W47"), queue("third"), Some(due(20, "2026-W48"))));
        assert_eq!(next(store), Some(due(20, "2026-W48")), "a period that was sent already is passed over");
        assert!(plan(store, &ada, due(20, "2026-W48"), Outcome::Skip { why: "too_late".to_owned() }, None));
        let rows = read(store, |conn| digests::for_account(conn, ada.id, 10));
        let told: Vec<_> = rows.iter().map(|row| (row.period.0.as_str(), row.state, row.reason.as_deref())).collect();
        assert_eq!(told, [("2026-W48", OutboxState::Skipped, Some("too_late")), ("2026-W47", OutboxState::Queued, None)]);
    });
}

#[test]
fn what_is_claimed_is_nobody_elses_until_it_is_given_back() {
    each_backend(|store| {
        let people = queued(store, 3);
        assert_eq!(claim(store, "a", -1, 60, 10), [], "not due yet by the server's clock");
        let mine = claim(store, "a", 500, 60, 2);
        assert_eq!(mine.iter().map(|claim| claim.recipient).collect::<Vec<_>>(), [people[0].id, people[1].id], "the longest waiting first");
        let first = &mine[0];
        assert_eq!((first.fence, first.attempts, first.handed_off, first.ambiguous), (1, 1, false, false));
        assert_eq!((first.message_id.as_str(), first.kind, first.due_at), ("m0", KIND, at(0)));
        assert_eq!(claim(store, "b", 500, 60, 10).iter().map(|claim| claim.recipient).collect::<Vec<_>>(), [people[2].id]);
        assert_eq!(claim(store, "c", 500, 60, 10), []);
        let (id, fence) = (first.id, first.fence);
        assert!(write(store, move |conn| digests::hand_off(conn, id, fence)).unwrap());
        assert_eq!(write(store, |conn| digests::release(conn, "a")).unwrap(), 1, "what was handed off is not given back");
        let again = claim(store, "c", 500, 60, 10);
        assert_eq!(again.iter().map(|claim| (claim.recipient, claim.fence, claim.attempts)).collect::<Vec<_>>(), [(people[1].id, 2, 2)]);
    });
}

#[test]
fn an_expired_lease_is_taken_over_and_the_old_fence_refused() {
    each_backend(|store| {
        queued(store, 1);
        let old = claim(store, "a", 500, 0, 1).remove(0);
        let new = claim(store, "b", 500, 60, 1).remove(0);
        assert_eq!((new.id, new.fence, new.handed_off), (old.id, old.fence + 1, false));
        let (id, fence) = (old.id, old.fence);
        assert!(!write(store, move |conn| digests::hand_off(conn, id, fence)).unwrap());
        assert!(!write(store, move |conn| digests::sent(conn, id, fence, at(501))).unwrap());
        assert!(!write(store, move |conn| digests::failed(conn, id, fence, None, "late", at(501))).unwrap());
        assert!(!write(store, move |conn| digests::skip(conn, id, fence, "late")).unwrap());
        assert_eq!(only_row(store).state, OutboxState::Queued);
        let fence = new.fence;
        assert!(write(store, move |conn| digests::hand_off(conn, id, fence)).unwrap());
        assert!(write(store, move |conn| digests::sent(conn, id, fence, at(502))).unwrap());
        let row = only_row(store);
        assert_eq!((row.state, row.sent_at, row.attempts, row.ambiguous), (OutboxState::Sent, Some(at(502)), 2, false));
        assert!(!write(store, move |conn| digests::sent(conn, id, fence, at(503))).unwrap(), "sent is the end");
        assert_eq!(claim(store, "c", 900, 60, 1), []);
    });
}

#[test]
fn a_lease_that_ends_after_hand_off_is_sent_once_more_and_shown_as_ambiguous() {
    each_backend(|store| {
        queued(store, 1);
        let hand_off = |claim: &Claim| {
            let (id, fence) = (claim.id, claim.fence);
            assert!(write(store, move |conn| digests::hand_off(conn, id, fence)).unwrap());
        };
        let first = claim(store, "a", 500, 0, 1).remove(0);
        hand_off(&first);
        assert!(only_row(store).handed_off);
        let second = claim(store, "b", 500, 0, 1).remove(0);
        assert_eq!((second.handed_off, second.ambiguous, &second.message_id), (true, false, &first.message_id));
        assert!(only_row(store).ambiguous);
        assert_eq!(write(store, |conn| digests::release(conn, "b")).unwrap(), 1, "b has not handed it off itself");
        hand_off(&claim(store, "b", 500, 0, 1).remove(0));
        let third = claim(store, "c", 500, 60, 1).remove(0);
        assert!(third.ambiguous, "so the worker knows that it was sent once more already");
        assert_eq!(read(store, digests::counts).ambiguous, 1);
    });
}

#[test]
fn a_failure_is_tried_again_at_its_time_and_in_the_end_given_up() {
    each_backend(|store| {
        queued(store, 1);
        let first = claim(store, "a", 500, 60, 1).remove(0);
        let (id, fence) = (first.id, first.fence);
        write(store, move |conn| digests::hand_off(conn, id, fence)).unwrap();
        assert!(write(store, move |conn| digests::failed(conn, id, fence, Some(at(700)), "451 busy", at(501))).unwrap());
        let row = only_row(store);
        assert_eq!(
            (row.state, row.retry_at, row.reason.as_deref(), row.handed_off),
            (OutboxState::Queued, at(700), Some("451 busy"), false)
        );
        assert_eq!(claim(store, "a", 699, 60, 1), []);
        let second = claim(store, "a", 700, 60, 1).remove(0);
        assert_eq!((second.attempts, second.handed_off), (2, false), "the mail server said no: nothing was sent");
        let fence = second.fence;
        assert!(write(store, move |conn| digests::failed(conn, id, fence, None, "550 no such user", at(701))).unwrap());
        assert_eq!(only_row(store).state, OutboxState::Dead);
        assert_eq!(claim(store, "a", 9_000, 60, 1), []);
    });
}

#[test]
fn the_outbox_is_counted_filtered_and_paged() {
    each_backend(|store| {
        let people = queued(store, 4);
        let claims = claim(store, "a", 500, 60, 3);
        let [sent, skipped, dead] = [0, 1, 2].map(|i: usize| (claims[i].id, claims[i].fence));
        write(store, move |conn| {
            digests::sent(conn, sent.0, sent.1, at(501))?;
            digests::skip(conn, skipped.0, skipped.1, "silent")?;
            digests::failed(conn, dead.0, dead.1, None, "550", at(501))
        })
        .unwrap();
        assert_eq!(read(store, digests::counts), OutboxCounts { queued: 1, sent: 1, skipped: 1, dead: 1, ambiguous: 0 });
        let ids = |filter: OutboxFilter, after, limit| {
            read(store, |conn| digests::list(conn, &filter, after, limit)).iter().map(|row| row.id).collect::<Vec<OutboxId>>()
        };
        assert_eq!(ids(OutboxFilter { state: Some(OutboxState::Dead), account: None }, None, 10), [dead.0]);
        assert_eq!(ids(OutboxFilter { state: None, account: Some(people[1].id) }, None, 10), [skipped.0]);
        let all = ids(OutboxFilter::default(), None, 10);
        assert_eq!(all[1..3], [dead.0, skipped.0]);
        assert_eq!(ids(OutboxFilter::default(), Some(all[1]), 1), [all[2]]);
    });
}

/// One worker's claim is still open, its rows locked, when the other claims: it must neither wait nor share.
#[test]
fn a_claim_passes_over_rows_that_another_is_claiming() {
    let Some(url) = postgres_url() else { return };
    let database = Database::postgres(&url);
    let store = database.open();
    store.migrate().unwrap();
    queued(&store, 4);
    let other = store.clone();
    let (first, second) = write(&store, move |conn| {
        let first = digests::claim(conn, "a", at(500), 600, 2)?;
        let second = std::thread::scope(|scope| scope.spawn(|| claim(&other, "b", 500, 600, 10)).join().unwrap());
        Ok((first, second))
    })
    .unwrap();
    let ids = |claims: &[Claim]| claims.iter().map(|claim| claim.id).collect::<Vec<_>>();
    assert_eq!((first.len(), second.len()), (2, 2));
    assert!(ids(&first).iter().all(|id| !ids(&second).contains(id)));
}

#[test]
fn two_workers_at_once_never_share_a_row() {
    const ROWS: i64 = 60;
    each_backend(|store| {
        queued(store, ROWS);
        let barrier = Arc::new(Barrier::new(4));
        let workers: Vec<_> = ["a", "b", "c", "d"]
            .into_iter()
            .map(|worker| {
                let (store, barrier) = (store.clone(), barrier.clone());
                std::thread::spawn(move || {
                    let mut mine = Vec::new();
                    barrier.wait();
                    loop {
                        let claims = claim(&store, worker, 500, 600, 4);
                        // Whoever holds more rows than there are got some of them twice: that is seen below.
                        if claims.is_empty() || mine.len() > ROWS as usize {
                            return mine;
                        }
                        mine.extend(claims.into_iter().map(|claim| claim.id));
                    }
                })
            })
            .collect();
        let mut claimed: Vec<OutboxId> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
        claimed.sort();
        let total = claimed.len();
        claimed.dedup();
        assert_eq!((claimed.len(), total), (ROWS as usize, ROWS as usize));
    });
}
