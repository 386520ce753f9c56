//! What waits for a learner's yes or no is told in their digest: once, while it waits, though nothing else happened.
#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod support;

use domain::account::CleanName;
use domain::cohort::{Standing, SummaryTerms};
use domain::ids::CohortId;
use domain::ledger::EvidenceKind;
use domain::subject::{SubjectKind, Trust};
use domain::time::Zone;
use domain::world::Dice;
use jobs::Round;
use store::summaries::NewSummaryLink;
use support::*;

/// Sunday 8 November 2026, 18:30 in Lisbon, and a week later.
const DUE: &str = "2026-11-08T18:30:00Z";
const NEXT: &str = "2026-11-15T18:30:00Z";
const ASKED: &str = "2026-11-04T10:00:00Z";

fn cohort_of(school: &School, learners: &[&Learner]) -> CohortId {
    let new = store::cohorts::NewCohort {
        public_id: school.dice.public_id(),
        name: CleanName::parse("Backend, autumn").unwrap(),
        starts_on: day("2026-11-01"),
        ends_on: day("2026-12-18"),
        zone: Zone::utc(),
        created_at: at("2026-11-01T00:00:00Z"),
    };
    let accounts: Vec<_> = learners.iter().map(|learner| learner.account.id).collect();
    school.write(move |conn| {
        let cohort = store::cohorts::create(conn, &new)?.id;
        for &account in &accounts {
            store::cohorts::add_member(conn, cohort, account, Standing::Learner, at("2026-11-01T00:00:00Z"))?;
        }
        Ok(cohort)
    })
}

/// Bo hands work in and names Ada; a sponsor wants a summary of the cohort.
fn asked(school: &School, cohort: CohortId, ada: &Learner, bo: &Learner) {
    let work = school.record(bo, EvidenceKind::Submission, Trust::Linked, SubjectKind::Skill, "git", ASKED, None);
    let (by, person, id) = (bo.account.id, ada.account.id, school.dice.public_id());
    school.write(move |conn| store::co_authors::ask(conn, by, work.seq, &[(person, id)], at(ASKED)));
    let link = NewSummaryLink {
        public_id: school.dice.public_id(),
        cohort,
        learner: None,
        token_hash: [7; 32],
        terms: SummaryTerms { label: CleanName::parse("Harbour Fund").unwrap(), expires_at: at("2026-12-18T00:00:00Z") },
        created_by: None,
        created_at: at(ASKED),
    };
    school.write(move |conn| store::summaries::put(conn, &link).map(drop));
}

#[tokio::test]
async fn who_is_asked_something_is_told_in_the_next_digest_and_not_in_the_one_after() {
    let school = School::open();
    let (ada, bo) = (school.learner("ada"), school.quiet_learner("bo"));
    let cohort = cohort_of(&school, &[&ada, &bo]);
    asked(&school, cohort, &ada, &bo);
    let jobs = school.jobs().await;
    school.tick(&jobs, "2026-11-01T18:30:00Z").await;
    assert_eq!(school.tick(&jobs, DUE).await, Round { planned: 1, sent: 1, ..Round::default() });
    let mail = school.server.received().remove(0).data;
    for said in ["did you make a piece of work together?", "/together", "may Harbour Fund read a summary of your progress?", "/sharing"] {
        assert!(mail.contains(said), "{said}: {mail}");
    }
    assert_eq!(school.tick(&jobs, NEXT).await, Round { planned: 1, skipped: 1, ..Round::default() }, "once");
}

#[tokio::test]
async fn what_was_answered_or_is_gone_is_not_asked() {
    for (gone, still_asks) in [("nothing", true), ("answered", false), ("taken back", false), ("dropped", false)] {
        let school = School::open();
        let (ada, bo) = (school.learner("ada"), school.quiet_learner("bo"));
        let cohort = cohort_of(&school, &[&ada, &bo]);
        let work = school.record(&bo, EvidenceKind::Submission, Trust::Linked, SubjectKind::Skill, "git", ASKED, None);
        let (by, person, id) = (bo.account.id, ada.account.id, school.dice.public_id());
        school.write(move |conn| store::co_authors::ask(conn, by, work.seq, &[(person, id)], at(ASKED)));
        let retraction = domain::ledger::retract(std::slice::from_ref(&work), work.seq, day("2026-11-05"), at(ASKED), None).unwrap();
        let entry_id = school.dice.public_id();
        school.write(move |conn| match gone {
            "answered" => {
                let named = store::co_authors::get(conn, person, id)?;
                store::co_authors::decline(conn, &named, at(ASKED))
            }
            "taken back" => store::ledger::append(conn, by, &retraction, entry_id).map(drop),
            "dropped" => {
                let span = domain::cohort::Span::new(domain::cohort::MemberState::Dropped, day("2026-11-05"));
                store::cohorts::add_span(conn, cohort, by, &span, store::cohorts::Written { by: None, at: at(ASKED) }).map(drop)
            }
            _ => Ok(()),
        });
        let jobs = school.jobs().await;
        school.tick(&jobs, "2026-11-01T18:30:00Z").await;
        assert_eq!(school.tick(&jobs, DUE).await.sent == 1, still_asks, "{gone}");
    }
}
