//! System jobs: scores kept for the history, and what is over cleaned up.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;

use domain::ledger::EvidenceKind;
use domain::path::{CheckedSettings, RuleChoice};
use domain::practice::{CardKey, CardState, Due, Memory, NewCard, Phase};
use domain::scoring::{DefaultRule, Outcome, RuleFailure, RuleIdentity, ScoreInput, ScoringRule};
use domain::subject::{SubjectKind, Trust};
use domain::time::Day;
use domain::world::Dice;
use store::packs::NewPack;
use store::sessions::NewSession;
use support::*;

fn history(school: &School, learner: &Learner) -> Vec<(Day, u32, u32)> {
    let path = learner.path;
    let points = school.read(move |conn| store::scorecards::history(conn, path, day("2000-01-01")));
    points.into_iter().map(|point| (point.day, point.claimed, point.proven)).collect()
}

#[tokio::test]
async fn the_first_round_only_notes_the_time_and_then_each_job_runs_once_a_day() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    let jobs = school.jobs().await;
    let rounds = [
        ("2026-11-03T12:00:00Z", vec![]),
        ("2026-11-04T02:14:59Z", vec![]),
        ("2026-11-04T02:15:00Z", vec!["snapshot"]),
        ("2026-11-04T02:16:00Z", vec![]),
        ("2026-11-04T02:45:00Z", vec!["cleanup"]),
        ("2026-11-04T23:00:00Z", vec![]),
        ("2026-11-05T02:50:00Z", vec!["snapshot", "cleanup"]),
        // Days of downtime: once, not once a day.
        ("2026-11-20T12:00:00Z", vec!["snapshot", "cleanup"]),
        ("2026-11-20T12:01:00Z", vec![]),
    ];
    for (now, expected) in rounds {
        assert_eq!(jobs.tick(at(now)).await.system, expected, "{now}");
    }
    let days: Vec<String> = history(&school, &ada).iter().map(|(day, ..)| day.to_string()).collect();
    assert_eq!(days, ["2026-11-04", "2026-11-05", "2026-11-20"]);
    assert_eq!(school.jobs().await.tick(at("2026-11-20T12:02:00Z")).await.system, Vec::<&str>::new(), "nor by another server");
}

#[tokio::test]
async fn a_job_that_was_asked_for_runs_in_the_next_round_and_notes_how_it_went() {
    let school = School::open();
    let refused = school.store.write_blocking(|conn| store::system_jobs::ask(conn, "cleanup", at("2026-11-03T11:00:00Z")));
    assert_eq!(refused, Err(store::Error::NotThere("job")), "nobody has noted one");
    let jobs = school.jobs().await;
    jobs.tick(at("2026-11-03T12:00:00Z")).await;
    let noted = || school.read(store::system_jobs::list);
    let names: Vec<String> = noted().into_iter().map(|job| job.name).collect();
    assert_eq!(names, ["cleanup", "snapshot"]);
    let cleanup = &noted()[0];
    assert_eq!((cleanup.record.ran_at, cleanup.record.next_at), (None, Some(at("2026-11-04T02:45:00Z"))));

    school.write(|conn| store::system_jobs::ask(conn, "cleanup", at("2026-11-03T12:00:01Z")));
    assert_eq!(noted()[0].asked_at, Some(at("2026-11-03T12:00:01Z")));
    assert_eq!(jobs.tick(at("2026-11-03T12:00:20Z")).await.system, ["cleanup"]);
    let cleanup = &noted()[0];
    assert_eq!((cleanup.asked_at, cleanup.record.ran_at), (None, Some(at("2026-11-03T12:00:20Z"))));
    assert_eq!(cleanup.record.next_at, Some(at("2026-11-04T02:45:00Z")));
    assert!(cleanup.record.took_micros.is_some_and(|took| took >= 0));
    assert_eq!(jobs.tick(at("2026-11-03T12:00:40Z")).await.system, Vec::<&str>::new(), "once");
    assert_eq!(jobs.tick(at("2026-11-04T02:45:00Z")).await.system, ["snapshot", "cleanup"], "its own time stays");
}

#[tokio::test]
async fn the_snapshot_keeps_the_day_of_the_learner_and_what_ran_out_by_itself() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let (kind, trust, subject) = (EvidenceKind::Certificate, Trust::Linked, SubjectKind::Certification);
    school.record(&ada, kind, trust, subject, "cloud", "2026-11-02T10:00:00Z", Some("2026-11-04"));
    let jobs = school.jobs().await;
    for now in ["2026-11-03T12:00:00Z", "2026-11-04T02:15:00Z", "2026-11-05T02:15:00Z"] {
        jobs.tick(at(now)).await;
    }
    assert_eq!(history(&school, &ada), [(day("2026-11-04"), 2500, 2500), (day("2026-11-05"), 0, 0)]);
}

#[tokio::test]
async fn disabled_accounts_are_left_out() {
    let school = School::open();
    let (ada, ben) = (school.quiet_learner("ada"), school.quiet_learner("ben"));
    let id = ben.account.id;
    school.write(move |conn| store::accounts::set_disabled(conn, id, true));
    let jobs = school.jobs().await;
    jobs.tick(at("2026-11-03T12:00:00Z")).await;
    jobs.tick(at("2026-11-04T02:15:00Z")).await;
    assert_eq!((history(&school, &ada).len(), history(&school, &ben).len()), (1, 0));
}

#[tokio::test]
async fn many_paths_are_kept_in_chunks() {
    let school = School::open();
    let learners: Vec<Learner> = (0..120).map(|number| school.quiet_learner(&format!("learner{number}"))).collect();
    let jobs = school.jobs().await;
    jobs.tick(at("2026-11-03T12:00:00Z")).await;
    jobs.tick(at("2026-11-04T02:15:00Z")).await;
    assert!(learners.iter().all(|learner| history(&school, learner).len() == 1));
}

#[tokio::test]
async fn what_is_over_is_cleaned_up_and_nothing_else() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let id = ada.account.id;
    let session = move |hash: u8, expires: &str| NewSession {
        account: id,
        token_hash: [hash; 32],
        created_at: at("2026-11-01T00:00:00Z"),
        expires_at: at(expires),
        user_agent: String::new(),
        address: String::new(),
    };
    let (over, open) = (session(1, "2026-11-04T00:00:00Z"), session(2, "2026-12-01T00:00:00Z"));
    school.write(move |conn| {
        store::sessions::create(conn, &over)?;
        store::sessions::create(conn, &open)?;
        store::idempotency::put(conn, id, "old", &[1; 32], 200, "{}", at("2026-10-01T00:00:00Z"))?;
        store::idempotency::put(conn, id, "new", &[1; 32], 200, "{}", at("2026-11-03T00:00:00Z"))
    });
    let jobs = school.jobs().await;
    jobs.tick(at("2026-11-03T12:00:00Z")).await;
    jobs.tick(at("2026-11-04T02:45:00Z")).await;
    let left = school.read(move |conn| store::sessions::list(conn, id));
    assert_eq!(left.iter().map(|session| session.expires_at).collect::<Vec<_>>(), [at("2026-12-01T00:00:00Z")]);
    let kept = school.read(move |conn| Ok((store::idempotency::find(conn, id, "old")?, store::idempotency::find(conn, id, "new")?)));
    assert!(kept.0.is_none() && kept.1.is_some());
}

/// The built-in rule under a plugin's name.
struct Lent;

impl ScoringRule for Lent {
    fn identity(&self) -> RuleIdentity {
        RuleIdentity { name: "harbour/lent@1.0.0".to_owned(), digest: "d".repeat(64) }
    }

    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
        DefaultRule.score(inputs)
    }

    fn knows_message(&self, id: &str) -> bool {
        DefaultRule.knows_message(id)
    }
}

fn choose_plugin(school: &School, learner: &Learner) {
    let path = learner.path;
    school.write(move |conn| {
        let pack = NewPack {
            plugin: "harbour/lent".to_owned(),
            version: "1.0.0".to_owned(),
            digest: "d".repeat(64),
            manifest_json: "{}".to_owned(),
            archive: vec![1],
            kind: "scoring".to_owned(),
            now: at("2026-11-01T00:00:00Z"),
        };
        store::packs::install(conn, &pack)?;
        store::packs::activate(conn, "harbour/lent", "1.0.0")?;
        let settings = CheckedSettings {
            target_level: "junior".to_owned(),
            target_day: None,
            hours_week: 6,
            chosen: Default::default(),
            rule: RuleChoice::Plugin("harbour/lent".to_owned()),
        };
        let revision = store::paths::by_id(conn, path)?.revision;
        store::paths::update_settings(conn, path, revision, &settings)
    });
}

#[tokio::test]
async fn a_path_is_scored_by_its_own_rule_and_by_the_last_good_score_while_that_fails() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    choose_plugin(&school, &ada);
    school.claim(&ada, "git", "2026-11-01T10:00:00Z");
    let jobs = school.jobs().await;
    jobs.tick(at("2026-11-03T12:00:00Z")).await;

    // Never scored and the rule fails: the built-in one stands in, and is not kept as the plugin's.
    let preview = jobs.preview(ada.account.id, at("2026-11-03T12:00:00Z")).await.unwrap();
    assert!(preview.subject.contains("25 claimed"), "{}", preview.subject);
    jobs.tick(at("2026-11-04T02:15:00Z")).await;
    assert_eq!(history(&school, &ada), []);

    *school.shelf.0.lock().unwrap() = Some(Arc::new(Lent));
    jobs.tick(at("2026-11-05T02:15:00Z")).await;
    let path = ada.path;
    let stored = school.read(move |conn| store::scorecards::latest(conn, path)).unwrap();
    assert_eq!((stored.score.rule.name.as_str(), stored.score.claimed.readiness), ("harbour/lent@1.0.0", 2500));

    *school.shelf.0.lock().unwrap() = None;
    school.claim(&ada, "sql", "2026-11-05T10:00:00Z");
    let preview = jobs.preview(ada.account.id, at("2026-11-05T12:00:00Z")).await.unwrap();
    assert!(preview.subject.contains("25 claimed"), "the last good score: {}", preview.subject);
    jobs.tick(at("2026-11-06T02:15:00Z")).await;
    assert_eq!(history(&school, &ada), [(day("2026-11-05"), 2500, 0)]);
    let pack = school.read(|conn| store::packs::active(conn, "harbour/lent")).unwrap();
    let stats = school.read(move |conn| store::packs::stats(conn, pack.id));
    assert!(stats.failures >= 2, "{stats:?}");
    assert_eq!(stats.last_error.unwrap().0, "trap");
}

#[tokio::test]
async fn practice_that_somebody_left_counts_a_quarter_of_an_hour_later() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let id = ada.account.id;
    let (deck, card) = (school.dice.public_id(), school.dice.public_id());
    let answered = at("2026-11-19T08:00:00Z");
    school.write(move |conn| {
        store::own_decks::create(conn, id, deck, "Mine", answered)?;
        let new = NewCard { front: "Q".to_owned(), back: "A".to_owned(), topic: Some("caching".to_owned()) };
        store::own_decks::add(conn, id, deck, &[(card, new)])?;
        let memory = Memory {
            phase: Phase::Review,
            stability: 15_472,
            difficulty: 3_200,
            reps: 1,
            lapses: 0,
            reviewed_on: day("2026-11-19"),
            due: Due::On(day("2026-12-04")),
        };
        store::practice::put_state(conn, id, &CardKey::own(card), &CardState { memory: Some(memory), ..CardState::default() })?;
        store::practice::unsettle(conn, id, "caching", answered)
    });
    let jobs = school.jobs().await;
    assert_eq!(jobs.tick(at("2026-11-19T08:14:00Z")).await.settled, 0, "the session may go on");
    assert_eq!(jobs.tick(at("2026-11-19T08:16:00Z")).await.settled, 1);
    assert_eq!(jobs.tick(at("2026-11-19T08:17:00Z")).await.settled, 0);
    let facts = school.read(move |conn| store::ledger::facts(conn, id));
    let recall = facts[0].recall.unwrap();
    assert_eq!((facts.len(), facts[0].kind, recall.share.get(), recall.stability), (1, EvidenceKind::Recall, 10_000, 15));
}
