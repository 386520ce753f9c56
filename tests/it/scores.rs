//! A stored score names everything that it was made of: from that, another program on another database makes the same
//! bytes.

use std::collections::BTreeSet;

use domain::account::{CleanName, Theme, Username};
use domain::ids::{AccountId, PathId};
use domain::ledger::{EvidenceKind, Offer, check};
use domain::path::{PathSettings, check_settings};
use domain::scoring::{DefaultRule, Scope, Score, score};
use domain::template::{self, Template};
use domain::time::{Day, Instant, Zone};
use domain::upgrade::{Aims, carry, give_back};
use domain::world::{Clock, Dice};
use harness::{FakeClock, FixedDice, TestDb};
use store::accounts::NewAccount;
use store::paths::NewPath;
use store::scorecards::Terms;
use store::templates::NewRevision;
use store::{Options, Store, accounts, ledger, paths, scorecards, templates, upgrades};

/// A learner on the built-in role.
struct Learner {
    store: Store,
    template: Template,
    clock: FakeClock,
    dice: FixedDice,
    account: AccountId,
    path: PathId,
}

impl Learner {
    fn on(db: &TestDb) -> Self {
        let store = Store::open(&Options { url: db.url().to_owned(), readers: 2 }).unwrap();
        store.migrate().unwrap();
        let (clock, dice) = (FakeClock::reading("2026-03-28T23:30:00Z"), FixedDice::seeded(1));
        let (now, zone) = (clock.now(), Zone::parse("Europe/Lisbon").unwrap());
        let skills = template::parse_catalogue_toml(include_str!("../../config/skills.toml")).unwrap();
        let catalogue = template::catalogue(&[(None, skills)]).unwrap();
        let document = template::parse_toml(include_str!("../../config/roles/backend-developer.toml")).unwrap();
        let template = template::validate(document, &catalogue).unwrap();
        let person = NewAccount {
            public_id: dice.public_id(),
            username: Username::parse("ada").unwrap(),
            name: CleanName::parse("Ada").unwrap(),
            mail: None,
            language: None,
            zone: zone.clone(),
            theme: Theme::System,
            is_admin: false,
            password_hash: None,
            created_at: now,
        };
        let revision = NewRevision {
            role: template.id().to_owned(),
            version: template.version().to_owned(),
            hash: template.hash.clone(),
            canonical: template.canonical(),
            origin: "builtin".to_owned(),
            created_at: now,
        };
        let today = now.day_in(&zone);
        let settings = check_settings(PathSettings::default(), &template, today).unwrap();
        let public_id = dice.public_id();
        let (account, path) = store
            .write_blocking(move |conn| {
                let account = accounts::create(conn, &person)?.id;
                let revision = templates::put(conn, &revision)?;
                let new =
                    NewPath { public_id, account, revision, settings: settings.clone(), cohort: None, started_on: today, created_at: now };
                Ok((account, paths::create(conn, &new)?.id))
            })
            .unwrap();
        Self { store, template, clock, dice, account, path }
    }

    /// A revision with other weights.
    fn newer(&self) -> Template {
        let skills = template::parse_catalogue_toml(include_str!("../../config/skills.toml")).unwrap();
        let catalogue = template::catalogue(&[(None, skills)]).unwrap();
        let mut document = self.template.document.clone();
        document.version = "99.0.0".to_owned();
        document.requirements.iter_mut().step_by(3).for_each(|requirement| requirement.weight += 7);
        let template = template::validate(document, &catalogue).unwrap();
        let revision = NewRevision {
            role: template.id().to_owned(),
            version: template.version().to_owned(),
            hash: template.hash.clone(),
            canonical: template.canonical(),
            origin: "file".to_owned(),
            created_at: self.clock.now(),
        };
        self.store.write_blocking(move |conn| templates::put(conn, &revision)).unwrap();
        template
    }

    fn today(&self) -> Day {
        self.clock.now().day_in(&Zone::parse("Europe/Lisbon").unwrap())
    }

    /// Claims (or links, every third) some subjects that the role asks for.
    fn records(&self, from: usize, to: usize) {
        let subjects: Vec<_> = self.template.requirements.iter().flat_map(|requirement| requirement.subjects()).collect();
        for (number, subject) in subjects.iter().enumerate().take(to).skip(from) {
            let step = (subject.kind == domain::subject::SubjectKind::Skill).then_some(domain::subject::Step::Working);
            let linked = number % 3 == 0;
            let offer = Offer {
                kind: Some(if linked { EvidenceKind::Link } else { EvidenceKind::Claim }),
                subjects: vec![domain::ledger::Held { subject: (*subject).clone(), step }],
                title: Some(format!("number {number}")),
                url: linked.then(|| "https://example.org/work".to_owned()),
                ..Offer::default()
            };
            let (now, today) = (self.clock.now(), self.today());
            // What only a certificate can show is left out.
            let Ok(entry) = check(offer, today, now, &|_| true) else { continue };
            let (account, id) = (self.account, self.dice.public_id());
            self.store.write_blocking(move |conn| ledger::append(conn, account, &entry, id)).unwrap();
        }
    }

    /// Scores as of now and keeps it.
    fn scores(&self) -> Score {
        let (account, path, now, today) = (self.account, self.path, self.clock.now(), self.today());
        let template = self.template.clone();
        self.store
            .write_blocking(move |conn| {
                let facts = ledger::facts(conn, account)?;
                let settings = paths::by_id(conn, path)?;
                let target = template.level(&settings.target_level).unwrap();
                let scope = Scope { template: &template, target, chosen: &settings.chosen, mentored: false, today, settings: &[] };
                let made = score(&DefaultRule, scope, &facts).unwrap();
                let terms = Terms { settings: &[], target_level: &settings.target_level, chosen: &settings.chosen, mentored: false };
                scorecards::save(conn, path, &made, terms, now)?;
                Ok(made)
            })
            .unwrap()
    }
}

/// Computes every stored score again, from nothing but the database.
fn verify(db: &TestDb) -> Vec<Score> {
    let store = Store::open(&Options { url: db.url().to_owned(), readers: 1 }).unwrap();
    let stored = store.read_blocking(|conn| scorecards::page_for_verify(conn, None, 100)).unwrap();
    assert_eq!(stored.iter().find_map(|one| one.torn), None);
    let stored: Vec<_> = stored.into_iter().map(|one| one.stored).collect();
    for old in &stored {
        let (account, seq, revision) = (old.account, old.score.ledger_seq, old.revision);
        let row = store.read_blocking(|conn| templates::get(conn, revision)).unwrap();
        let template = template::restore(&row.canonical).unwrap();
        let facts = store.read_blocking(|conn| ledger::facts_upto(conn, account, seq)).unwrap();
        let scope = Scope {
            template: &template,
            target: template.level(&old.target_level).unwrap(),
            chosen: &old.chosen,
            mentored: old.mentored,
            today: old.score.today,
            settings: &old.settings,
        };
        let again = score(&DefaultRule, scope, &facts).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&old.score).unwrap());
    }
    stored.into_iter().map(|old| old.score).collect()
}

/// Twelve weeks, with the change to summer time in them.
fn history(db: &TestDb) -> Vec<Score> {
    let learner = Learner::on(db);
    let mut made = Vec::new();
    for week in 0..12 {
        learner.records(week * 4, week * 4 + 4);
        made.push(learner.scores());
        learner.clock.advance_seconds(7 * 86_400);
    }
    made
}

harness::on_both! {
    fn every_stored_score_can_be_made_again_from_the_database_alone(db) {
        let made = history(&db);
        let stored = verify(&db);
        assert_eq!(made.len(), stored.len());
        assert!(made.iter().zip(&stored).all(|(made, stored)| made.card_hash == stored.card_hash));
        // It was a history, not twelve times the same.
        let different: BTreeSet<&str> = made.iter().map(|score| score.card_hash.as_str()).collect();
        assert!(different.len() >= 8, "{different:?}");
        assert!(made.windows(2).all(|pair| pair[0].claimed.readiness <= pair[1].claimed.readiness), "claims were only added");
        assert!(made[11].proven.readiness > 0 && made[11].proven.readiness < made[11].claimed.readiness);
    }

    fn scores_of_a_path_that_took_a_revision_over_and_went_back_can_be_made_again(db) {
        let mut learner = Learner::on(&db);
        learner.records(0, 20);
        let before = learner.scores();
        let (old, new) = (learner.template.clone(), learner.newer());
        let (path, now) = (learner.path, learner.clock.now());
        let revision = |hash: String| {
            let read = move |conn: &mut store::Conn<'_>| Ok(templates::by_hash(conn, &hash)?.unwrap().id);
            learner.store.read_blocking(read).unwrap()
        };
        let (from, to) = (revision(old.hash.clone()), revision(new.hash.clone()));
        let (older, newer) = (old.clone(), new.clone());
        let take = move |conn: &mut store::Conn<'_>| {
            upgrades::take_path(conn, path, (from, to), |path| carry(&Aims::of(path), &older, &newer), now)
        };
        learner.store.write_blocking(take).unwrap();
        learner.template = new.clone();
        let after = learner.scores();
        assert_ne!((&after.revision, after.claimed.readiness), (&before.revision, before.claimed.readiness));
        let (older, newer) = (old.clone(), new);
        let back = move |conn: &mut store::Conn<'_>| {
            upgrades::undo_path(conn, path, to, |now, step| Some(give_back(now, &step.before, &step.after, &newer, &older)))
        };
        learner.store.write_blocking(back).unwrap();
        learner.template = old;
        assert_eq!(learner.scores(), before, "and back again");
        let stored = verify(&db);
        assert_eq!(stored.iter().map(|score| &score.revision).collect::<BTreeSet<_>>().len(), 2, "one of each revision");
        assert_eq!(stored.last(), Some(&Score { fuel: None, ..before }), "the last one is that of the revision it came back to");
    }

    fn blanking_what_was_written_changes_no_score(db) {
        let learner = Learner::on(&db);
        learner.records(0, 12);
        let before = learner.scores();
        let (account, now) = (learner.account, Instant::from_micros(learner.clock.now().micros() + 1));
        let all = ledger::LedgerFilter { subjects: None, before_seq: None, limit: 100 };
        let entries = learner.store.read_blocking(|conn| ledger::with_payload(conn, account, &all)).unwrap();
        assert!(entries.len() > 5);
        for (id, _, _) in entries {
            learner.store.write_blocking(move |conn| ledger::redact(conn, account, id, now)).unwrap();
        }
        let all = ledger::LedgerFilter { subjects: None, before_seq: None, limit: 100 };
        let entries = learner.store.read_blocking(|conn| ledger::with_payload(conn, account, &all)).unwrap();
        assert!(entries.iter().all(|(_, _, payload)| payload.is_none()));
        assert_eq!(learner.scores(), before);
        verify(&db);
    }
}

#[test]
fn both_databases_give_the_same_bytes() {
    let Some(postgres) = TestDb::postgres() else { return };
    let (on_postgres, on_sqlite) = (history(&postgres), history(&TestDb::sqlite()));
    assert_eq!(serde_json::to_string(&on_postgres).unwrap(), serde_json::to_string(&on_sqlite).unwrap());
}
