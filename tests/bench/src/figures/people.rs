//! Many learners at once, put in through the store.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::account::{CleanName, MailAddress, Theme, Username};
use domain::cohort::Standing;
use domain::digest::DigestKind;
use domain::ledger::{EvidenceKind, Held, Offer, check};
use domain::path::{PathSettings, check_settings};
use domain::schedule::{Cadence, Rule, TimeOfDay, next_due};
use domain::subject::{Step, SubjectKind};
use domain::template;
use domain::time::{Instant, Zone};
use domain::world::Dice;
use harness::{FixedDice, TestDb};
use store::accounts::NewAccount;
use store::paths::NewPath;
use store::{Options, Store, accounts, cohorts, digests, ledger, paths, templates};

/// Learners that one transaction takes.
const BATCH: usize = 250;

#[allow(clippy::disallowed_methods, reason = "the program reads the real clock")]
pub fn micros() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64
}

/// Learners to add.
pub struct Crowd<'a> {
    pub count: usize,
    /// Claims of each.
    pub claims: usize,
    /// They get a digest every day.
    pub digest: bool,
    /// Public id of a cohort that they are in.
    pub cohort: Option<&'a str>,
}

/// Adds them on the built-in role.
pub fn add(db: &TestDb, &Crowd { count, claims, digest, cohort }: &Crowd<'_>) {
    let store = Store::open(&Options { url: db.url().to_owned(), readers: 1 }).unwrap();
    let zone = Zone::parse("Europe/Lisbon").unwrap();
    let (now, dice) = (Instant::from_micros(micros()), FixedDice::seeded(9));
    let today = now.day_in(&zone);
    let revision = store.read_blocking(|conn| templates::newest(conn, "backend-developer")).unwrap().expect("the built-in role");
    let template = template::restore(&revision.canonical).unwrap();
    let subjects: Vec<_> = template.requirements.iter().flat_map(|requirement| requirement.subjects()).collect();
    let cohort = cohort.map(|id| {
        let id = id.parse().expect("a public id");
        store.read_blocking(move |conn| cohorts::by_public_id(conn, id)).expect("the cohort").id
    });
    let rule = Rule { cadence: Cadence::Daily, time: TimeOfDay::new(7, 0).unwrap() };
    let settings = check_settings(PathSettings::default(), &template, today).unwrap();
    let next = next_due(rule, &zone, now);
    let claim = |subject: &domain::subject::Subject| {
        let step = (subject.kind == SubjectKind::Skill).then_some(Step::Working);
        let offer = Offer {
            kind: Some(EvidenceKind::Claim),
            subjects: vec![Held { subject: subject.clone(), step }],
            title: Some("Done at work".to_owned()),
            ..Offer::default()
        };
        Some((check(offer, today, now, &|_| true).ok()?, dice.public_id()))
    };
    let learner = |number: usize| {
        let account = NewAccount {
            public_id: dice.public_id(),
            username: Username::parse(&format!("learner{number}")).unwrap(),
            name: CleanName::parse(&format!("Learner {number}")).unwrap(),
            mail: Some(MailAddress::parse(&format!("learner{number}@example.org")).unwrap()),
            language: None,
            zone: zone.clone(),
            theme: Theme::System,
            is_admin: false,
            password_hash: None,
            created_at: now,
        };
        let entries: Vec<_> = subjects.iter().skip(number % 20).take(claims).filter_map(|subject| claim(subject)).collect();
        (account, dice.public_id(), entries)
    };
    for first in (0..count).step_by(BATCH) {
        let people: Vec<_> = (first..count.min(first + BATCH)).map(learner).collect();
        let (revision, settings, next) = (revision.id, settings.clone(), next.clone());
        let put = move |conn: &mut store::Conn<'_>| {
            for (person, path, entries) in &people {
                let account = accounts::create(conn, person)?.id;
                let new =
                    NewPath { public_id: *path, account, revision, settings: settings.clone(), cohort, started_on: today, created_at: now };
                paths::create(conn, &new)?;
                if let Some(cohort) = cohort {
                    cohorts::add_member(conn, cohort, account, Standing::Learner, now)?;
                }
                for (entry, id) in entries {
                    ledger::append(conn, account, entry, *id)?;
                }
                if digest {
                    digests::set_schedule(conn, account, DigestKind::Learner, &rule, next.as_ref(), false)?;
                }
            }
            Ok(())
        };
        store.write_blocking(put).unwrap();
    }
}
