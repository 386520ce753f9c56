//! The digest of mentors and leads, from a due schedule to the mail server, by rounds at given moments.
#![allow(clippy::unwrap_used)]

mod support;

use domain::account::{Account, CleanName, MailAddress};
use domain::cohort::{AlertSettings, MemberState, Span, Standing, Terms};
use domain::digest::DigestKind;
use domain::ids::CohortId;
use domain::schedule::next_due;
use domain::time::Zone;
use store::cohorts::Written;
use store::digests::OutboxState;
use support::*;

/// Monday 16 November 2026, 7:00 in Los Angeles: the first letter that has a week behind it.
const DUE: &str = "2026-11-16T15:00:00Z";

/// A lead in Los Angeles, a mentor there too, and Ada of Lisbon and Ben in a cohort of Tokyo; both guides want the digest on
/// Mondays at 7:00.
struct Guided {
    school: School,
    autumn: CohortId,
    lead: Account,
    mentor: Account,
    ada: Learner,
    ben: Learner,
}

impl Guided {
    fn open() -> Self {
        let school = School::open();
        let (ada, ben) = (school.quiet_learner("ada"), school.quiet_learner("ben"));
        let [lead, mentor] = ["lena", "mira"].map(|name| {
            let account = school.quiet_learner(name).account;
            let (id, called) = (account.id, account.name.clone());
            let mail = MailAddress::parse(&format!("{name}@harbour.example")).unwrap();
            let zone = Zone::parse("America/Los_Angeles").unwrap();
            school.write(move |conn| store::accounts::set_profile(conn, id, &called, Some(&mail), None, &zone, account.theme));
            let rule = DigestKind::Mentor.suggested();
            let next = next_due(rule, &Zone::parse("America/Los_Angeles").unwrap(), at("2026-11-10T00:00:00Z"));
            school.write(move |conn| store::digests::set_schedule(conn, id, DigestKind::Mentor, &rule, next.as_ref(), false));
            account
        });
        let new = store::cohorts::NewCohort {
            public_id: public_id(0xC0),
            name: CleanName::parse("Autumn").unwrap(),
            starts_on: day("2026-11-02"),
            ends_on: day("2027-02-26"),
            zone: Zone::parse("Asia/Tokyo").unwrap(),
            created_at: at("2026-10-30T00:00:00Z"),
        };
        let set_up = school.set_up();
        let people = [
            (lead.id, Standing::Lead),
            (mentor.id, Standing::Mentor),
            (ada.account.id, Standing::Learner),
            (ben.account.id, Standing::Learner),
        ];
        let (paths, own) = ([ada.path, ben.path], (ada.account.id, Terms { mentor: Some(mentor.id), ..Terms::default() }));
        let autumn = school.write(move |conn| {
            let cohort = store::cohorts::create(conn, &new)?.id;
            store::cohorts::put_set_up(conn, cohort, &set_up)?;
            for (account, standing) in people {
                store::cohorts::add_member(conn, cohort, account, standing, at("2026-11-01T00:00:00Z"))?;
            }
            for path in paths {
                store::paths::set_cohort(conn, path, Some(cohort))?;
            }
            store::cohorts::put_terms(conn, cohort, own.0, &own.1)?;
            Ok(cohort)
        });
        Self { school, autumn, lead, mentor, ada, ben }
    }

    fn states(&self, of: &Account) -> Vec<(OutboxState, Option<String>)> {
        let rows = self.school.outbox().into_iter().filter(|row| row.recipient == of.id);
        rows.map(|row| (row.state, row.reason)).collect()
    }
}

#[tokio::test]
async fn a_mentor_gets_one_letter_about_their_own_learners_and_a_lead_one_about_all_with_alerts() {
    let guided = Guided::open();
    let school = &guided.school;
    let (autumn, settings) = (guided.autumn, AlertSettings { silent: Some(5), ..AlertSettings::default() });
    school.write(move |conn| store::cohorts::put_alert_settings(conn, autumn, &settings));
    let jobs = school.jobs().await;
    school.claim(&guided.ada, "git", "2026-11-12T10:00:00Z");
    let round = school.tick(&jobs, DUE).await;
    assert_eq!((round.planned, round.sent, round.skipped), (2, 2, 0), "{round:?}");
    let mail = school.server.received();
    let to = |name: &str| mail.iter().find(|mail| mail.to[0] == format!("{name}@harbour.example")).unwrap();
    let mentor = to("mira");
    assert!(mentor.data.contains("ada: from 0 to 25 %"), "{}", mentor.data);
    assert!(!mentor.data.contains("ben:"), "somebody else's learner: {}", mentor.data);
    let lead = to("lena");
    assert!(lead.data.contains("ada: from 0 to 25 %") && lead.data.contains("Nothing recorded for"), "{}", lead.data);
    assert!(lead.data.contains("ben: nothing for"), "{}", lead.data);
    assert_eq!(lead.header("Date").as_deref(), Some("Mon, 16 Nov 2026 15:00:00 +0000"));
    assert!(lead.header("List-Unsubscribe").is_some());

    let again = school.tick(&school.jobs().await, "2026-11-16T15:05:00Z").await;
    assert_eq!((again.planned, again.sent), (0, 0), "one a period");
    assert_eq!(guided.states(&guided.lead), [(OutboxState::Sent, None)]);
}

#[tokio::test]
async fn nothing_is_sent_when_nothing_happened() {
    let guided = Guided::open();
    let school = &guided.school;
    let jobs = school.jobs().await;
    school.claim(&guided.ada, "git", "2026-11-12T10:00:00Z");
    assert_eq!(school.tick(&jobs, DUE).await.sent, 2);
    // A week later both are silent, which they were not: told. Another week on they still are: no reason for a letter.
    assert_eq!(school.tick(&jobs, "2026-11-23T15:00:00Z").await.sent, 2);
    let still = school.tick(&jobs, "2026-11-30T15:00:00Z").await;
    assert_eq!((still.planned, still.sent, still.skipped), (2, 0, 2));
    assert_eq!(guided.states(&guided.mentor).last(), Some(&(OutboxState::Skipped, Some("silent".to_owned()))));
}

#[tokio::test]
async fn who_was_removed_or_guides_nobody_gets_nothing() {
    let guided = Guided::open();
    let school = &guided.school;
    let jobs = school.jobs().await;
    school.claim(&guided.ada, "git", "2026-11-12T10:00:00Z");
    let (autumn, mentor) = (guided.autumn, guided.mentor.id);
    let gone = Span::new(MemberState::Dropped, day("2026-11-16"));
    school.write(move |conn| store::cohorts::add_span(conn, autumn, mentor, &gone, Written { by: None, at: at(DUE) }));
    let round = school.tick(&jobs, DUE).await;
    assert_eq!((round.planned, round.sent, round.skipped), (2, 1, 1));
    assert_eq!(guided.states(&guided.mentor), [(OutboxState::Skipped, Some("guides_nobody".to_owned()))]);
    assert!(school.server.received().iter().all(|mail| mail.to != ["mira@harbour.example"]));
}

#[tokio::test]
async fn one_who_unsubscribed_from_it_gets_none_and_keeps_their_own_digest() {
    let guided = Guided::open();
    let school = &guided.school;
    let jobs = school.jobs().await;
    school.claim(&guided.ada, "git", "2026-11-12T10:00:00Z");
    let (lead, rule) = (guided.lead.id, DigestKind::Mentor.suggested());
    school.write(move |conn| store::digests::set_schedule(conn, lead, DigestKind::Mentor, &rule, None, true));
    assert_eq!(school.tick(&jobs, DUE).await.sent, 1);
    assert_eq!(guided.states(&guided.lead), []);
    let own = school.read(move |conn| store::digests::schedule(conn, lead, DigestKind::Learner)).unwrap();
    assert!(!own.unsubscribed);
}

/// What was recorded counts by the moment, what is told by three zones: the entry is of the learner's day in Lisbon, the
/// session day ended in Tokyo, and the week is the mentor's in Los Angeles.
#[tokio::test]
async fn three_zones_agree_on_what_a_week_held() {
    let guided = Guided::open();
    let school = &guided.school;
    let jobs = school.jobs().await;
    // Sunday the eighth, 23:30 in Los Angeles is before the sending of Monday the ninth; by then it was Monday elsewhere.
    school.claim(&guided.ada, "git", "2026-11-09T07:30:00Z");
    // And an hour after that sending.
    school.claim(&guided.ben, "git", "2026-11-09T16:00:00Z");
    assert_eq!(school.tick(&jobs, DUE).await.sent, 2);
    let mail = school.server.received();
    let to = |name: &str| &mail.iter().find(|mail| mail.to[0] == format!("{name}@harbour.example")).unwrap().data;
    let (mentor, lead) = (to("mira"), to("lena"));
    assert!(lead.contains("ben: from 0 to 25 %") && !lead.contains("ada: from"), "Ada moved in the week before: {lead}");
    // Her entry is of the ninth in Lisbon; Monday the sixteenth ended in Tokyo in this very moment and counts.
    assert!(mentor.contains("ada: nothing for 5 session days, new"), "{mentor}");
    assert!(mentor.contains("Week 47"), "the mentor's week: {mentor}");
}

#[tokio::test]
async fn a_preview_shows_what_one_guides_now_sends_nothing_and_is_none_for_a_learner() {
    let guided = Guided::open();
    let school = &guided.school;
    let jobs = school.jobs().await;
    school.claim(&guided.ada, "git", "2026-11-12T10:00:00Z");
    // Switched off: what would be sent is shown all the same.
    let (mentor, off) = (guided.mentor.id, rule(domain::schedule::Cadence::Off));
    school.write(move |conn| store::digests::set_schedule(conn, mentor, DigestKind::Mentor, &off, None, false));
    let letter = jobs.preview_of_guide(mentor, at("2026-11-13T10:00:00Z")).await.unwrap().unwrap();
    assert!(letter.text.contains("ada: from 0 to 25 %") && !letter.text.contains("ben:"), "{}", letter.text);
    assert_eq!(jobs.preview_of_guide(guided.ada.account.id, at("2026-11-13T10:00:00Z")).await.unwrap(), None);
    assert!(school.outbox().is_empty() && school.server.received().is_empty());
}

#[tokio::test]
async fn a_question_waits_for_a_mentor_like_work_does() {
    let guided = Guided::open();
    let school = &guided.school;
    let jobs = school.jobs().await;
    let help = store::mentoring::NewHelp {
        public_id: public_id(0xAE),
        path: guided.ada.path,
        requirement: school.template.requirements[0].id.clone(),
        words: "I am stuck.".to_owned(),
        asked_at: at("2026-11-13T10:00:00Z"),
    };
    school.write(move |conn| store::mentoring::ask_help(conn, &help));
    school.tick(&jobs, DUE).await;
    let mail = school.server.received();
    // Midnight of the seventeenth in Tokyo, where the cohort is.
    let mentor = &mail.iter().find(|mail| mail.to[0] == "mira@harbour.example").unwrap().data;
    assert!(mentor.contains("ada: waits for 4 days") && !mentor.contains("I am stuck."), "{mentor}");
}
