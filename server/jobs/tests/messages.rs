//! A mentor's message to a learner: from its row to the mail server, once, by the rights of the moment of sending.
#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod support;

use domain::account::CleanName;
use domain::cohort::{MemberState, Span, Standing};
use domain::ids::{AccountId, CohortId};
use domain::schedule::Cadence;
use domain::time::Zone;
use domain::world::Dice;
use jobs::Round;
use store::digests::OutboxState;
use store::mentoring::Message;
use support::*;

const SENT: &str = "2026-11-04T10:00:00Z";

/// A cohort with a mentor and a learner, and a message between them.
fn written(school: &School, mentor: &Learner, learner: &Learner, words: &str) -> CohortId {
    let (by, to) = (mentor.account.id, learner.account.id);
    let (cohort_id, message_id, words) = (school.dice.public_id(), school.dice.public_id(), words.to_owned());
    school.write(move |conn| {
        let new = store::cohorts::NewCohort {
            public_id: cohort_id,
            name: CleanName::parse("Autumn").unwrap(),
            starts_on: day("2026-11-01"),
            ends_on: day("2026-12-18"),
            zone: Zone::utc(),
            created_at: at(SENT),
        };
        let cohort = store::cohorts::create(conn, &new)?.id;
        store::cohorts::add_member(conn, cohort, by, Standing::Mentor, at(SENT))?;
        store::cohorts::add_member(conn, cohort, to, Standing::Learner, at(SENT))?;
        let message = Message {
            public_id: message_id,
            cohort,
            learner: to,
            by: Some(by),
            by_name: "Mira".to_owned(),
            words: words.clone(),
            at: at(SENT),
        };
        store::mentoring::send_message(conn, &message)?;
        Ok(cohort)
    })
}

fn drop_out(school: &School, cohort: CohortId, account: AccountId) {
    school.write(move |conn| {
        let written = store::cohorts::Written { by: None, at: at(SENT) };
        store::cohorts::add_span(conn, cohort, account, &Span::new(MemberState::Dropped, day("2026-11-04")), written)
    });
}

#[tokio::test]
async fn a_message_goes_out_once_under_its_writers_name_also_to_who_wants_no_digest() {
    let school = School::open();
    let (mira, ada) = (school.quiet_learner("mira"), school.quiet_learner("ada"));
    school.schedule(ada.account.id, rule(Cadence::Off), true, at(SENT));
    written(&school, &mira, &ada, "Well done.\n\nSee you <b>tomorrow</b>.");
    let jobs = school.jobs().await;
    assert_eq!(school.tick(&jobs, SENT).await, Round { planned: 1, sent: 1, ..Round::default() });
    assert_eq!(school.tick(&school.jobs().await, "2026-11-04T10:05:00Z").await, Round::default(), "nor by another server");
    let mail = school.server.received();
    assert_eq!((mail.len(), mail[0].to.as_slice()), (1, ["ada@harbour.example".to_owned()].as_slice()));
    let text = &mail[0].data;
    assert!(text.contains("Mira wrote to you (Autumn)") && text.contains("Well done.") && text.contains("&#60;b&#62;"), "{text}");
    assert_eq!(mail[0].header("List-Unsubscribe"), None, "it is no list");
    assert_eq!(school.outbox()[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn who_guides_nobody_any_more_writes_to_nobody_and_who_left_is_not_written_to() {
    for leaves in ["mentor", "learner"] {
        let school = School::open();
        let (mira, ada) = (school.quiet_learner("mira"), school.quiet_learner("ada"));
        let cohort = written(&school, &mira, &ada, "Hello.");
        drop_out(&school, cohort, if leaves == "mentor" { mira.account.id } else { ada.account.id });
        let round = school.tick(&school.jobs().await, SENT).await;
        assert_eq!(round, Round { planned: 1, skipped: 1, ..Round::default() }, "{leaves}");
        let row = school.outbox().remove(0);
        assert_eq!((row.state, row.reason.as_deref()), (OutboxState::Skipped, Some("no_right")), "{leaves}");
        assert!(school.server.received().is_empty());
    }
}
