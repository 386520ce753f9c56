//! Alerts about learners of a cohort, by rounds at given moments.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;

use domain::cohort::{AlertKind, AlertSettings, MemberState, Span, Standing};
use domain::ids::CohortId;
use domain::ledger::EvidenceKind;
use domain::subject::{SubjectKind, Trust};
use jobs::Jobs;
use store::cohorts::{AlertFilter, Written};
use support::*;

/// A cohort from Monday 2 November 2026 on, in `zone`, with Monday to Friday as its session days.
fn cohort(school: &School, zone: &str, learners: &[&Learner]) -> CohortId {
    let new = store::cohorts::NewCohort {
        public_id: public_id(0xC0),
        name: domain::account::CleanName::parse("Autumn").unwrap(),
        starts_on: day("2026-11-02"),
        ends_on: day("2027-02-26"),
        zone: domain::time::Zone::parse(zone).unwrap(),
        created_at: at("2026-10-30T00:00:00Z"),
    };
    let set_up = school.set_up();
    let learners: Vec<_> = learners.iter().map(|learner| (learner.account.id, learner.path)).collect();
    school.write(move |conn| {
        let cohort = store::cohorts::create(conn, &new)?.id;
        store::cohorts::put_set_up(conn, cohort, &set_up)?;
        for (account, path) in &learners {
            store::cohorts::add_member(conn, cohort, *account, Standing::Learner, at("2026-11-01T00:00:00Z"))?;
            store::paths::set_cohort(conn, *path, Some(cohort))?;
        }
        Ok(cohort)
    })
}

fn switch_on(school: &School, cohort: CohortId, settings: AlertSettings) {
    school.write(move |conn| store::cohorts::put_alert_settings(conn, cohort, &settings));
}

fn state(school: &School, cohort: CohortId, learner: &Learner, state: MemberState, from: &str) {
    let (id, span) = (learner.account.id, Span::new(state, day(from)));
    school.write(move |conn| store::cohorts::add_span(conn, cohort, id, &span, Written { by: None, at: at("2026-11-20T00:00:00Z") }));
}

/// Every alert, oldest first: who, kind, event, whether it is open.
fn alerts(school: &School, cohort: CohortId) -> Vec<(String, AlertKind, String, bool)> {
    let mut all = school.read(move |conn| store::cohorts::alerts(conn, cohort, AlertFilter::default(), 99));
    all.reverse();
    let told = |alert: store::cohorts::Alert| (alert.account.name.to_string(), alert.event.kind, alert.event.key.clone(), alert.is_open());
    all.into_iter().map(told).collect()
}

/// A round an hour after each midnight in UTC, from one day to another; how many alerts were raised.
async fn nights(school: &School, jobs: &Arc<Jobs>, first: &str, last: &str) -> usize {
    let mut raised = 0;
    for number in day(first).number()..=day(last).number() {
        let now = format!("{}T01:00:00Z", domain::time::Day::from_number(number));
        raised += school.tick(jobs, &now).await.raised;
    }
    raised
}

fn told(kind: AlertKind, key: &str, open: bool) -> (String, AlertKind, String, bool) {
    ("ada".to_owned(), kind, key.to_owned(), open)
}

#[tokio::test]
async fn a_learner_goes_silent_is_told_of_once_returns_and_goes_silent_again() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Europe/Lisbon", &[&ada]);
    let jobs = school.jobs().await;
    school.claim(&ada, "git", "2026-11-02T10:00:00Z");
    assert_eq!(nights(&school, &jobs, "2026-11-03", "2026-11-12").await, 0, "nothing is switched on");
    switch_on(&school, autumn, AlertSettings { silent: Some(3), ..AlertSettings::default() });
    assert_eq!(nights(&school, &jobs, "2026-11-13", "2026-11-20").await, 1);
    assert_eq!(alerts(&school, autumn), [told(AlertKind::Silent, "2026-11-03", true)]);
    school.claim(&ada, "sql", "2026-11-20T10:00:00Z");
    assert_eq!(nights(&school, &jobs, "2026-11-21", "2026-11-23").await, 0);
    assert_eq!(alerts(&school, autumn), [told(AlertKind::Silent, "2026-11-03", false)], "the alert is over by itself");
    // Monday to Wednesday are three session days: told when Wednesday has ended.
    assert_eq!(nights(&school, &jobs, "2026-11-24", "2026-11-25").await, 0);
    assert_eq!(nights(&school, &jobs, "2026-11-26", "2026-12-20").await, 1);
    assert_eq!(alerts(&school, autumn)[1], told(AlertKind::Silent, "2026-11-21", true));
}

/// A learner who writes every week and withholds it is silent there; what is shared again ends the alert.
#[tokio::test]
async fn what_is_withheld_breaks_no_silence() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Europe/Lisbon", &[&ada]);
    let jobs = school.jobs().await;
    switch_on(&school, autumn, AlertSettings { silent: Some(3), ..AlertSettings::default() });
    school.claim(&ada, "git", "2026-11-02T10:00:00Z");
    school.claim(&ada, "sql", "2026-11-04T10:00:00Z");
    let (id, withhold) = (ada.account.id, |seqs: &'static [u32]| seqs.iter().copied().collect::<std::collections::BTreeSet<u32>>());
    let newest = withhold(&[2]);
    school.write(move |conn| store::cohorts::withhold(conn, autumn, id, &newest));
    assert_eq!(nights(&school, &jobs, "2026-11-03", "2026-11-06").await, 1, "three session days after what the cohort sees");
    assert_eq!(alerts(&school, autumn), [told(AlertKind::Silent, "2026-11-03", true)]);
    let nothing = withhold(&[]);
    school.write(move |conn| store::cohorts::withhold(conn, autumn, id, &nothing));
    assert_eq!(nights(&school, &jobs, "2026-11-07", "2026-11-07").await, 0);
    assert_eq!(alerts(&school, autumn), [told(AlertKind::Silent, "2026-11-03", false)]);
}

#[tokio::test]
async fn a_pause_silences_and_ends_what_was_told() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Europe/Lisbon", &[&ada]);
    let jobs = school.jobs().await;
    switch_on(&school, autumn, AlertSettings { silent: Some(3), behind: Some(100), quiet: 1, ..AlertSettings::default() });
    state(&school, autumn, &ada, MemberState::Paused, "2026-11-03");
    assert_eq!(nights(&school, &jobs, "2026-11-03", "2026-11-30").await, 0);
    state(&school, autumn, &ada, MemberState::Active, "2026-12-01");
    assert_eq!(nights(&school, &jobs, "2026-12-02", "2026-12-10").await, 2, "silent, and behind");
    state(&school, autumn, &ada, MemberState::Dropped, "2026-12-11");
    assert_eq!(nights(&school, &jobs, "2026-12-11", "2026-12-20").await, 0);
    assert!(alerts(&school, autumn).iter().all(|(.., open)| !open));
}

#[tokio::test]
async fn work_that_waits_and_a_certificate_that_ends_are_told_and_what_is_withheld_is_not() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Europe/Lisbon", &[&ada]);
    let jobs = school.jobs().await;
    let settings = AlertSettings { waiting: Some(2), lapsing: Some(30), ..AlertSettings::default() };
    switch_on(&school, autumn, settings);
    let kind = (EvidenceKind::Certificate, Trust::Linked, SubjectKind::Certification);
    let certificate = school.record(&ada, kind.0, kind.1, kind.2, "cloud", "2026-11-03T10:00:00Z", Some("2026-12-20"));
    let (id, seq, asked) = (ada.account.id, certificate.seq, public_id(0xA1));
    school.write(move |conn| store::reviews::ask_mentors(conn, id, seq, asked, at("2026-11-03T10:00:00Z")));
    assert_eq!(nights(&school, &jobs, "2026-11-04", "2026-12-01").await, 2);
    let expected = [told(AlertKind::Waiting, "1", true), told(AlertKind::Lapsing, "1", true)];
    assert_eq!(alerts(&school, autumn), expected);
    school.write(move |conn| store::cohorts::withhold(conn, autumn, id, &[seq].into()));
    assert_eq!(nights(&school, &jobs, "2026-12-02", "2026-12-02").await, 0);
    assert!(alerts(&school, autumn).iter().all(|(.., open)| !open), "what the cohort does not see any more is over");
}

#[tokio::test]
async fn what_a_school_brings_along_raises_nothing() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Europe/Lisbon", &[&ada]);
    let jobs = school.jobs().await;
    switch_on(&school, autumn, AlertSettings { silent: Some(3), lapsing: Some(30), ..AlertSettings::default() });
    let kind = (EvidenceKind::Certificate, Trust::Linked, SubjectKind::Certification);
    let brought = school.record(&ada, kind.0, kind.1, kind.2, "cloud", "2026-11-04T10:00:00Z", Some("2026-11-25"));
    let (id, seq) = (ada.account.id, brought.seq);
    school.write(move |conn| store::origins::put(conn, id, seq, public_id(0xB1)));
    nights(&school, &jobs, "2026-11-05", "2026-11-12").await;
    assert_eq!(alerts(&school, autumn), [told(AlertKind::Silent, "2026-11-02", true)], "nor is it activity");
}

#[tokio::test]
async fn a_session_day_ends_in_the_cohorts_zone_and_an_entry_belongs_to_the_learners_day() {
    let school = School::open();
    // Lisbon; the cohort meets in Tokyo, nine hours ahead.
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Asia/Tokyo", &[&ada]);
    let jobs = school.jobs().await;
    switch_on(&school, autumn, AlertSettings { silent: Some(1), ..AlertSettings::default() });
    // Tuesday the third in Tokyo, still Monday the second for the learner.
    school.claim(&ada, "git", "2026-11-02T20:00:00Z");
    assert_eq!(school.tick(&jobs, "2026-11-03T14:59:59Z").await.raised, 0, "Tuesday has not ended in Tokyo");
    assert_eq!(school.tick(&jobs, "2026-11-03T15:00:00Z").await.raised, 1);
    assert_eq!(alerts(&school, autumn), [told(AlertKind::Silent, "2026-11-03", true)], "silent since the learner's third");
}

#[tokio::test]
async fn another_server_that_looks_at_the_same_day_raises_nothing_more() {
    let school = School::open();
    let ada = school.quiet_learner("ada");
    let autumn = cohort(&school, "Europe/Lisbon", &[&ada]);
    switch_on(&school, autumn, AlertSettings { silent: Some(3), behind: Some(100), quiet: 1, ..AlertSettings::default() });
    let (one, other) = (school.jobs().await, school.jobs().await);
    let mut raised = 0;
    for number in day("2026-11-03").number()..day("2026-12-03").number() {
        let now = at(&format!("{}T01:00:00Z", domain::time::Day::from_number(number)));
        school.clock.set(now);
        let (a, b) = tokio::join!(one.tick(now), other.tick(now));
        raised += a.raised + b.raised;
    }
    assert_eq!((raised, alerts(&school, autumn).len()), (2, 2));
}
