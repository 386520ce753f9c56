//! Digests from a due schedule to the mail server, on SQLite, by rounds at given moments.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;

use domain::cohort::{MemberState, Pause, Span, Standing};
use domain::ledger::EvidenceKind;
use domain::schedule::Cadence;
use domain::subject::{SubjectKind, Trust};
use jobs::Round;
use letters::unsubscribe;
use mail::testing::{Answer, Gate};
use store::digests::OutboxState;
use support::*;

/// The learner's first due sending: Sunday 8 November 2026, 18:30 in Lisbon.
const DUE: &str = "2026-11-08T18:30:00Z";

fn sent(n: usize) -> Round {
    Round { planned: n, sent: n, ..Round::default() }
}

#[tokio::test]
async fn a_digest_goes_out_when_it_is_due_and_once() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-04T10:00:00Z");
    let jobs = school.jobs().await;
    assert_eq!(school.tick(&jobs, "2026-11-01T18:29:59Z").await, Round::default(), "not before its time");
    // Sunday 1 November is due as well: the account was made that day. Nothing had been recorded then.
    assert_eq!(school.tick(&jobs, "2026-11-01T18:30:00Z").await, Round { planned: 1, skipped: 1, ..Round::default() });
    assert_eq!(school.tick(&jobs, DUE).await, sent(1));
    assert_eq!(school.tick(&jobs, "2026-11-08T18:31:00Z").await, Round::default());
    assert_eq!(school.tick(&school.jobs().await, "2026-11-08T19:00:00Z").await, Round::default(), "nor by another worker");

    let mail = school.server.received();
    assert_eq!(mail.len(), 1);
    assert_eq!(mail[0].to, ["ada@harbour.example"]);
    assert_eq!(mail[0].header("Date").as_deref(), Some("Sun, 08 Nov 2026 18:30:00 +0000"));
    assert!(mail[0].data.contains("Week 45, 2 to 8 November 2026"), "{}", mail[0].data);
    assert!(mail[0].data.contains("Version control: claimed, 4 November"), "{}", mail[0].data);
    let rows = school.outbox();
    let states: Vec<_> = rows.iter().map(|row| (row.period.0.as_str(), row.state, row.reason.as_deref())).collect();
    assert_eq!(states, [("2026-W44", OutboxState::Skipped, Some("silent")), ("2026-W45", OutboxState::Sent, None)]);
    assert_eq!(rows[1].sent_at, Some(at(DUE)));
    assert_eq!(mail[0].header("Message-ID"), Some(rows[1].message_id.clone()));
}

#[tokio::test]
async fn however_many_are_due_one_round_plans_and_sends_them_all_once() {
    let school = School::open();
    // More than are planned at once.
    for number in 0..120 {
        let learner = school.learner(&format!("learner{number}"));
        school.claim(&learner, "git", "2026-11-01T10:00:00Z");
    }
    assert_eq!(school.tick(&school.jobs().await, "2026-11-01T18:30:00Z").await, sent(120));
    let to: std::collections::BTreeSet<String> = school.server.received().iter().flat_map(|mail| mail.to.clone()).collect();
    assert_eq!((to.len(), school.server.received().len()), (120, 120));
}

#[tokio::test]
async fn the_letter_carries_a_link_that_unsubscribes_this_account_and_no_other() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    school.tick(&school.jobs().await, "2026-11-01T18:30:00Z").await;
    let mail = school.server.received().remove(0);
    assert_eq!(mail.header("List-Id").as_deref(), Some("<digest.harbour.example>"));
    let link = mail.header("List-Unsubscribe").unwrap();
    let token = link.strip_prefix("<https://waymark.harbour.example/school/unsubscribe/").unwrap().strip_suffix('>').unwrap();
    let secret = school.write(|conn| store::instance::secret(conn, jobs::UNSUBSCRIBE_SECRET, &[0; 32]));
    let (account, _) = unsubscribe::verify(&secret, token).unwrap();
    assert_eq!(account, ada.account.public_id);
}

#[tokio::test]
async fn numbers_are_told_with_those_of_the_week_before_and_are_stored() {
    let school = School::open();
    let ada = school.learner("ada");
    let jobs = school.jobs().await;
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    assert_eq!(school.tick(&jobs, "2026-11-01T18:30:00Z").await, sent(1));
    school.claim(&ada, "sql", "2026-11-05T10:00:00Z");
    assert_eq!(school.tick(&jobs, DUE).await, sent(1));
    let mail = school.server.received();
    assert!(mail[0].header("Subject").unwrap().contains("25 claimed, 0 proven"), "{:?}", mail[0].header("Subject"));
    assert!(mail[1].header("Subject").unwrap().contains("50 claimed, 0 proven"), "{:?}", mail[1].header("Subject"));
    assert!(mail[0].data.contains("first score") && mail[1].data.contains("50 % claimed   25 a week ago"), "{}", mail[1].data);
    let path = ada.path;
    let history = school.read(move |conn| store::scorecards::history(conn, path, day("2026-01-01")));
    let history: Vec<_> = history.into_iter().map(|point| (point.day, point.claimed, point.proven)).collect();
    assert_eq!(history, [(day("2026-11-01"), 2500, 0), (day("2026-11-08"), 5000, 0)]);
}

#[tokio::test]
async fn rights_and_wishes_of_the_moment_of_sending_count() {
    // What happens between planning and sending, and what the outbox says then.
    type Act = fn(&School, &Learner);
    let cases: [(&str, Act); 7] = [
        ("disabled", |school, ada| {
            let id = ada.account.id;
            school.write(move |conn| store::accounts::set_disabled(conn, id, true));
        }),
        ("unsubscribed", |school, ada| school.schedule(ada.account.id, sundays(), true, at(DUE))),
        ("off", |school, ada| school.schedule(ada.account.id, rule(Cadence::Off), false, at(DUE))),
        ("no_address", |school, ada| {
            let account = ada.account.clone();
            school.write(move |conn| {
                let (id, name, zone) = (account.id, account.name.clone(), account.zone.clone());
                store::accounts::set_profile(conn, id, &name, None, None, &zone, account.theme)
            });
        }),
        ("paused", |school, ada| {
            let (path, pause) = (ada.path, Pause { first: day("2026-11-08"), last: None });
            school.write(move |conn| store::paths::put_pause(conn, path, pause));
        }),
        ("paused", |school, ada| {
            let (id, path) = (ada.account.id, ada.path);
            let new = store::cohorts::NewCohort {
                public_id: public_id(0xC0),
                name: ada.account.name.clone(),
                starts_on: day("2026-11-01"),
                ends_on: day("2026-12-18"),
                zone: ada.account.zone.clone(),
                created_at: at(DUE),
            };
            school.write(move |conn| {
                let cohort = store::cohorts::create(conn, &new)?.id;
                store::cohorts::add_member(conn, cohort, id, Standing::Learner, at(DUE))?;
                store::paths::set_cohort(conn, path, Some(cohort))?;
                let written = store::cohorts::Written { by: None, at: at(DUE) };
                store::cohorts::add_span(conn, cohort, id, &Span::new(MemberState::Paused, day("2026-11-08")), written)
            });
        }),
        ("silent", |school, ada| {
            let (id, retracts) = (ada.account.id, Some(1));
            let entry = domain::ledger::NewEntry {
                kind: EvidenceKind::Retraction,
                trust: Trust::Claimed,
                day: day("2026-11-08"),
                recorded_at: at("2026-11-08T18:30:30Z"),
                held: vec![],
                expires_on: None,
                retracts,
                recall: None,
                payload: Default::default(),
            };
            school.write(move |conn| store::ledger::append(conn, id, &entry, public_id(0xEE)));
        }),
    ];
    for (why, act) in cases {
        let school = School::open();
        let ada = school.learner("ada");
        school.claim(&ada, "git", "2026-11-04T10:00:00Z");
        let jobs = school.jobs().await;
        school.server.script([Answer::Code(451)]);
        school.tick(&jobs, "2026-11-01T18:30:00Z").await;
        assert_eq!(school.tick(&jobs, DUE).await.retried, 1, "{why}: it waits in the outbox");
        act(&school, &ada);
        assert_eq!(school.tick(&jobs, "2026-11-08T18:40:00Z").await, Round { skipped: 1, ..Round::default() }, "{why}");
        assert_eq!(school.server.received().len(), 0, "{why}");
        let row = school.outbox().pop().unwrap();
        assert_eq!((row.state, row.reason.as_deref()), (OutboxState::Skipped, Some(why)));
    }
}

#[tokio::test]
async fn an_erased_account_gets_nothing() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-04T10:00:00Z");
    let id = ada.account.id;
    school.write(move |conn| store::accounts::erase(conn, id, at("2026-11-07T00:00:00Z")));
    assert_eq!(school.tick(&school.jobs().await, DUE).await, Round::default());
    assert_eq!(school.server.tries(), 0);
}

#[tokio::test]
async fn a_certificate_that_runs_out_is_worth_a_letter_and_a_quiet_week_is_not() {
    let school = School::open();
    let ada = school.learner("ada");
    let certificate = (EvidenceKind::Certificate, Trust::Linked, SubjectKind::Certification);
    school.record(&ada, certificate.0, certificate.1, certificate.2, "cloud", "2026-11-02T10:00:00Z", Some("2027-02-01"));
    let jobs = school.jobs().await;
    assert_eq!(school.tick(&jobs, DUE).await, Round { planned: 1, too_late: 1, sent: 1, ..Round::default() });
    for (quiet, period) in [("2026-11-15T18:30:00Z", "2026-W46"), ("2026-11-22T18:30:00Z", "2026-W47")] {
        assert_eq!(school.tick(&jobs, quiet).await, Round { planned: 1, skipped: 1, ..Round::default() }, "{period}");
    }
    school.tick(&jobs, "2026-11-29T18:30:00Z").await;
    assert_eq!(school.tick(&jobs, "2026-12-06T18:30:00Z").await, sent(1), "57 days before its end");
    assert!(school.server.received()[1].data.contains("Cloud certificate: holds until 1 February 2027"));
}

#[tokio::test]
async fn after_downtime_there_is_one_late_digest_a_record_of_each_missed_one_and_no_burst() {
    // Found again at, digests recorded as too late, then what the outbox holds for the last period.
    let cases = [("2026-11-23T09:00:00Z", 3, OutboxState::Sent), ("2026-11-26T12:00:00Z", 4, OutboxState::Skipped)];
    for (found, too_late, last) in cases {
        let school = School::open();
        let ada = school.learner("ada");
        school.claim(&ada, "git", "2026-11-21T10:00:00Z");
        let round = school.tick(&school.jobs().await, found).await;
        assert_eq!((round.too_late, round.sent), (too_late, 4 - too_late), "{found}");
        let rows = school.outbox();
        let periods: Vec<_> = rows.iter().map(|row| row.period.0.as_str()).collect();
        assert_eq!(periods, ["2026-W44", "2026-W45", "2026-W46", "2026-W47"], "{found}");
        assert_eq!(rows[3].state, last, "{found}");
        assert!(rows[..3].iter().all(|row| row.state == OutboxState::Skipped && row.reason.as_deref() == Some("too_late")));
        assert_eq!(school.tick(&school.jobs().await, "2026-11-29T18:30:00Z").await.planned, 1, "then as always");
    }
}

#[tokio::test]
async fn a_year_of_downtime_is_not_recorded_day_by_day() {
    let school = School::open();
    let ada = school.learner("ada");
    school.schedule(ada.account.id, rule(Cadence::Daily), false, at("2026-11-01T00:00:00Z"));
    let round = school.tick(&school.jobs().await, "2027-11-01T18:30:00Z").await;
    assert!((39..=43).contains(&round.too_late), "{round:?}");
    assert_eq!(round.planned, 1);
}

#[tokio::test]
async fn what_a_server_says_decides_what_becomes_of_a_letter_and_others_are_unaffected() {
    let cases = [
        (Answer::Code(451), Round { planned: 2, sent: 1, retried: 1, ..Round::default() }, OutboxState::Queued),
        (Answer::Code(550), Round { planned: 2, sent: 1, dead: 1, ..Round::default() }, OutboxState::Dead),
        (Answer::RecipientCode(550), Round { planned: 2, sent: 1, dead: 1, ..Round::default() }, OutboxState::Dead),
        (Answer::DropBeforeBody, Round { planned: 2, sent: 1, retried: 1, ..Round::default() }, OutboxState::Queued),
    ];
    for (answer, expected, state) in cases {
        let school = School::open();
        for name in ["ada", "mira"] {
            let learner = school.learner(name);
            school.claim(&learner, "git", "2026-11-01T10:00:00Z");
        }
        // One at a time, so that the script's first answer is for the first letter.
        let jobs = school.jobs_with(jobs::Pace { lease_seconds: 3_600, at_once: 1, connections: 1 }).await;
        school.server.script([answer.clone()]);
        assert_eq!(school.tick(&jobs, "2026-11-01T18:30:00Z").await, expected, "{answer:?}");
        let rows = school.outbox();
        assert_eq!((rows[0].state, rows[1].state), (state, OutboxState::Sent), "{answer:?}");
        assert!(rows[0].reason.is_some() && !rows[0].handed_off && !rows[0].ambiguous, "{:?}", rows[0]);
    }
}

#[tokio::test]
async fn a_letter_is_tried_eight_times_in_a_day_and_then_dead() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    school.server.script(vec![Answer::Code(451); 20]);
    let jobs = school.jobs().await;
    let mut now = at("2026-11-01T18:30:00Z");
    let mut waits = Vec::new();
    loop {
        let round = school.tick_at(&jobs, now).await;
        let row = school.outbox().remove(0);
        if row.state == OutboxState::Dead {
            assert_eq!(round.dead, 1);
            break;
        }
        assert_eq!(round.retried, 1);
        assert_eq!(school.tick_at(&jobs, row.retry_at.plus_seconds(-1)).await, Round::default(), "not before its time");
        waits.push(row.retry_at.seconds_since(now));
        now = row.retry_at;
    }
    assert_eq!(school.server.tries(), 8);
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
    assert!(waits.iter().sum::<i64>() > 20 * 3_600, "{waits:?}");
    assert_eq!(school.tick_at(&jobs, now.plus_seconds(86_400)).await, Round::default());
}

#[tokio::test]
async fn a_worker_lost_after_the_server_took_the_letter_repeats_it_once_with_the_same_message_id() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    let gate = Gate::new();
    school.server.script([Answer::Hold(gate.clone())]);
    let lost = school.forgetful_jobs().await;
    let round = tokio::spawn({
        let lost = Arc::clone(&lost);
        async move { lost.tick(at("2026-11-01T18:30:00Z")).await }
    });
    gate.reached().await;
    assert!(school.outbox()[0].handed_off && school.outbox()[0].state == OutboxState::Queued, "the overlap that is claimed");
    round.abort();
    assert!(round.await.unwrap_err().is_cancelled());
    gate.open();

    let next = school.jobs().await;
    assert_eq!(school.tick(&next, "2026-11-01T18:31:00Z").await, Round { sent: 1, ..Round::default() });
    assert_eq!(school.tick(&next, "2026-11-01T18:32:00Z").await, Round::default());
    let mail = school.server.received();
    assert_eq!(mail.len(), 2, "one duplicate at most");
    assert_eq!(mail[0].header("Message-ID"), mail[1].header("Message-ID"));
    let row = school.outbox().remove(0);
    assert!(row.ambiguous && row.state == OutboxState::Sent, "{row:?}");
}

#[tokio::test]
async fn two_losses_in_a_row_are_the_last() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    school.server.script([Answer::DropInsteadOfAnswer, Answer::DropInsteadOfAnswer]);
    let jobs = school.forgetful_jobs().await;
    let none = Round::default;
    assert_eq!(school.tick(&jobs, "2026-11-01T18:30:00Z").await, Round { planned: 1, unanswered: 1, ..none() });
    assert_eq!(school.tick(&jobs, "2026-11-01T18:31:00Z").await, Round { unanswered: 1, ..none() });
    assert_eq!(school.tick(&jobs, "2026-11-01T18:32:00Z").await, Round { dead: 1, ..none() });
    assert_eq!(school.tick(&jobs, "2026-11-01T18:33:00Z").await, none());
    assert_eq!(school.server.received().len(), 2);
    let row = school.outbox().remove(0);
    assert!(row.ambiguous && row.state == OutboxState::Dead, "{row:?}");
    assert!(row.reason.unwrap().contains("may have arrived"));
}

#[tokio::test]
async fn a_letter_without_an_answer_is_left_alone_while_its_lease_runs() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    school.server.script([Answer::DropInsteadOfAnswer]);
    let jobs = school.jobs().await;
    assert_eq!(school.tick(&jobs, "2026-11-01T18:30:00Z").await, Round { planned: 1, unanswered: 1, ..Round::default() });
    assert_eq!(school.tick(&jobs, "2026-11-01T19:30:00Z").await, Round::default(), "the database's clock decides, not ours");
    assert_eq!(school.server.received().len(), 1);
}

#[tokio::test]
async fn two_workers_at_once_send_each_letter_once() {
    let school = School::open();
    for name in ["ada", "ben", "cai", "dee", "eli", "fay", "gus", "hal", "ivy", "joe", "kim", "leo"] {
        let learner = school.learner(name);
        school.claim(&learner, "git", "2026-11-01T10:00:00Z");
    }
    // As many as a worker has under way at once.
    let gates = [Gate::new(), Gate::new(), Gate::new(), Gate::new()];
    school.server.script(gates.clone().map(Answer::Hold));
    let (first, second) = (school.jobs().await, school.jobs().await);
    let now = at("2026-11-01T18:30:00Z");
    let both = async {
        tokio::join!(first.tick(now), async {
            for gate in &gates {
                gate.reached().await;
            }
            let round = second.tick(now).await;
            assert_eq!(round.sent, 8, "the second worked while the first held its letters");
            gates.iter().for_each(Gate::open);
            round
        })
    };
    let (one, two) = both.await;
    assert_eq!((one.planned + two.planned, one.sent + two.sent), (12, 12), "{one:?} {two:?}");
    let mut recipients: Vec<_> = school.server.received().into_iter().map(|mail| mail.to[0].clone()).collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!(recipients.len(), 12);
}

#[tokio::test]
async fn stopping_finishes_what_is_under_way_and_gives_the_rest_back() {
    let school = School::open();
    for name in ["ada", "ben", "cai"] {
        let learner = school.learner(name);
        school.claim(&learner, "git", "2026-11-01T10:00:00Z");
    }
    school.clock.set(at("2026-11-01T18:30:00Z"));
    let gate = Gate::new();
    school.server.script([Answer::Hold(gate.clone())]);
    let jobs = school.jobs_with(jobs::Pace { lease_seconds: 3_600, at_once: 1, connections: 1 }).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(Arc::clone(&jobs).run(stopped));
    gate.reached().await;
    stop.send(true).unwrap();
    // The loop sees it while the letter is held; only then may the answer come.
    tokio::task::yield_now().await;
    gate.open();
    running.await.unwrap();
    let states: Vec<_> = school.outbox().iter().map(|row| row.state).collect();
    assert_eq!(states, [OutboxState::Sent, OutboxState::Queued, OutboxState::Queued]);
    assert_eq!(school.server.quits(), 1, "it says goodbye");
    let next = school.jobs().await;
    assert_eq!(school.tick(&next, "2026-11-01T18:31:00Z").await, Round { sent: 2, ..Round::default() }, "nothing is leased");
}

#[tokio::test]
async fn a_letter_that_waits_for_a_connection_is_not_handed_off_yet() {
    let school = School::open();
    for name in ["ada", "ben", "cai", "dee"] {
        let learner = school.learner(name);
        school.claim(&learner, "git", "2026-11-01T10:00:00Z");
    }
    let gates = [Gate::new(), Gate::new()];
    school.server.script(gates.iter().cloned().map(Answer::Hold));
    let jobs = school.jobs_with(jobs::Pace { lease_seconds: 3_600, at_once: 4, connections: 2 }).await;
    let (ticking, now) = (Arc::clone(&jobs), at("2026-11-01T18:30:00Z"));
    let round = tokio::spawn(async move { ticking.tick(now).await });
    for gate in &gates {
        gate.reached().await;
    }
    let handed_off = school.outbox().iter().filter(|row| row.handed_off).count();
    assert_eq!(handed_off, 2, "if the server died now, of two letters nobody would know whether they arrived");
    gates.iter().for_each(Gate::open);
    assert_eq!(round.await.unwrap().sent, 4);
    assert_eq!(school.server.connections(), 2);
}

#[tokio::test]
async fn the_loop_sends_what_is_due_and_looks_again_when_it_is_woken() {
    let school = School::open();
    let ada = school.learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    school.clock.set(at("2026-11-01T12:00:00Z"));
    let jobs = school.jobs().await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(Arc::clone(&jobs).run(stopped));
    school.clock.set(at("2026-11-01T18:30:00Z"));
    jobs.wake();
    school.server.wait_for(1).await;
    stop.send(true).unwrap();
    running.await.unwrap();
    assert_eq!(school.outbox()[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn a_preview_shows_the_same_and_changes_nothing() {
    let school = School::open();
    let ada = school.learner("ada");
    let jobs = school.jobs().await;
    let empty = jobs.preview(ada.account.id, at("2026-11-01T12:00:00Z")).await.unwrap();
    assert!(empty.text.contains("0 % claimed"), "a preview is shown even with nothing to say: {}", empty.text);
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    let preview = jobs.preview(ada.account.id, at("2026-11-01T18:30:00Z")).await.unwrap();
    assert_eq!((school.outbox().len(), school.server.tries()), (0, 0));
    let path = ada.path;
    assert!(school.read(move |conn| store::scorecards::latest(conn, path)).is_none());
    assert!(preview.text.contains("Version control: claimed, 1 November") && preview.subject.contains("25 claimed"), "{}", preview.text);
}
