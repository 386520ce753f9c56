//! A small school: a role, people on paths, a database of its own, a mail server that answers by script.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::account::{Account, CleanName, MailAddress, Theme, Username};
use domain::catalogue::CatalogueDocument;
use domain::cohort::{CohortRole, SetUp};
use domain::digest::DigestKind;
use domain::ids::{AccountId, PathId, PublicId, RevisionId};
use domain::ledger::{Entry, EvidenceKind, Held, NewEntry, Payload};
use domain::path::{CheckedSettings, RuleChoice};
use domain::schedule::{Cadence, Rule, TimeOfDay, Weekday, next_due};
use domain::scoring::{RuleFailure, ScoringRule};
use domain::subject::{Step, SubjectKind, Trust};
use domain::template::{self, Template};
use domain::time::{Day, Instant, Zone};
use domain::world::{Clock, Dice};
use jobs::{Crons, Jobs, JobsConfig, Pace, Parts, Round, Rules};
use mail::testing::Server;
use mail::{Mailer, Sender, Smtp, SmtpOptions, Tls, Transport};
use store::digests::{OutboxFilter, OutboxRow};
use store::templates::NewRevision;
use store::{Conn, Options, Store};
use words::Words;

const CATALOGUE: &str = r#"
[[skills]]
id = "git"
name = "Version control"

[[skills]]
id = "sql"
name = "SQL"

[[certifications]]
id = "cloud"
name = "Cloud certificate"

[[topics]]
id = "rest"
name = "REST"
"#;

const ROLE: &str = r#"
format = 1
id = "tester"
version = "1.0.0"
name = "Tester"
summary = "A role for tests."

[[levels]]
id = "junior"
name = "Junior"

[[groups]]
id = "craft"
name = "Craft"

[[requirements]]
id = "git"
name = "Version control"
group = "craft"
level = "junior"
hours = 2
skill = "git"
step = "working"
asks = "Use it daily."

[[requirements]]
id = "sql"
name = "SQL"
group = "craft"
level = "junior"
hours = 10
skill = "sql"
step = "working"
asks = "Write queries."

[[requirements]]
id = "cloud"
name = "Cloud certificate"
group = "craft"
level = "junior"
hours = 40
certification = "cloud"
asks = "Pass one."

[[requirements]]
id = "rest"
name = "REST"
group = "craft"
level = "junior"
hours = 4
topic = "rest"
asks = "Explain it."
"#;

pub fn at(text: &str) -> Instant {
    text.to_owned().try_into().unwrap()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A clock that stands until it is set.
pub struct HandClock(Mutex<Instant>);

impl Clock for HandClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

impl HandClock {
    pub fn set(&self, now: Instant) {
        *self.0.lock().unwrap() = now;
    }
}

/// Counts: the same ids in every run, none twice.
#[derive(Default)]
pub struct CountingDice(AtomicU64);

impl Dice for CountingDice {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (at, byte) in bytes.iter_mut().rev().enumerate() {
            *byte = number.iter().rev().nth(at).copied().unwrap_or(0);
        }
    }
}

/// A plugin rule for each digest, or none at all.
#[derive(Default)]
pub struct Shelf(pub Mutex<Option<Arc<dyn ScoringRule>>>);

impl Rules for Shelf {
    fn rule(&self, _: &str, _: &mut dyn FnMut() -> Result<Vec<u8>, String>) -> Result<Arc<dyn ScoringRule>, RuleFailure> {
        let failure = || RuleFailure { code: "trap".to_owned(), detail: "it fell over".to_owned(), passing: false };
        self.0.lock().unwrap().clone().ok_or_else(failure)
    }
}

pub struct School {
    pub store: Store,
    pub server: Server,
    pub clock: Arc<HandClock>,
    pub dice: Arc<CountingDice>,
    pub shelf: Arc<Shelf>,
    pub template: Template,
    pub revision: RevisionId,
    folder: tempfile::TempDir,
}

impl School {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Options::new(format!("sqlite:{}", folder.path().join("waymark.db").display()))).unwrap();
        store.migrate().unwrap();
        let catalogue = template::catalogue(&[(None, catalogue())]).unwrap();
        let template = template::validate(template::parse_toml(ROLE).unwrap(), &catalogue).unwrap();
        let new = NewRevision {
            role: template.id().to_owned(),
            version: template.version().to_owned(),
            hash: template.hash.clone(),
            canonical: template.canonical(),
            origin: "builtin".to_owned(),
            created_at: at("2026-01-01T00:00:00Z"),
        };
        let revision = store.write_blocking(move |conn| store::templates::put(conn, &new)).unwrap();
        Self {
            store,
            server: Server::start(),
            clock: Arc::new(HandClock(Mutex::new(at("2026-11-01T00:00:00Z")))),
            dice: Arc::default(),
            shelf: Arc::default(),
            template,
            revision,
            folder,
        }
    }

    /// A worker; each has its own name. The lease is an hour.
    pub async fn jobs(&self) -> Arc<Jobs> {
        self.jobs_with(Pace { lease_seconds: 3_600, at_once: 4, connections: 4 }).await
    }

    /// A worker whose leases are over as soon as they are taken, as if it had been gone for long.
    pub async fn forgetful_jobs(&self) -> Arc<Jobs> {
        self.jobs_with(Pace { lease_seconds: 0, at_once: 4, connections: 4 }).await
    }

    pub async fn jobs_with(&self, pace: Pace) -> Arc<Jobs> {
        let options = SmtpOptions {
            host: self.server.host(),
            port: self.server.port(),
            tls: Tls::None,
            user: None,
            password: None,
            timeout: Duration::from_secs(30),
            hello: "waymark.harbour.example".to_owned(),
            root_certificate: None,
        };
        let sender = Sender {
            name: CleanName::parse("Waymark at Harbour School").unwrap(),
            address: MailAddress::parse("waymark@harbour.example").unwrap(),
            dkim: None,
        };
        let crons = JobsConfig { snapshot: "0 15 2 * * *".to_owned(), cleanup: "0 45 2 * * *".to_owned() };
        let parts = Parts {
            store: self.store.clone(),
            clock: self.clock.clone(),
            dice: self.dice.clone(),
            words: Words::load(),
            mailer: Mailer::new(sender, Transport::Smtp(Smtp::new(options))),
            rules: self.shelf.clone(),
            catalogue: Arc::new(catalogue()),
            decks: Vec::new(),
            base_url: "https://waymark.harbour.example/school".to_owned(),
            instance: "Waymark at Harbour School".to_owned(),
            instance_is_set: true,
            crons: Crons::parse(&crons).unwrap(),
            pace,
        };
        Arc::new(Jobs::new(parts).await.unwrap())
    }

    /// A learner in Lisbon on a path to Junior, with a digest on Sundays at 18:30, from 1 November 2026 on.
    pub fn learner(&self, name: &str) -> Learner {
        let new = store::accounts::NewAccount {
            public_id: self.dice.public_id(),
            username: Username::parse(name).unwrap(),
            name: CleanName::parse(name).unwrap(),
            mail: Some(MailAddress::parse(&format!("{name}@harbour.example")).unwrap()),
            language: None,
            zone: Zone::parse("Europe/Lisbon").unwrap(),
            theme: Theme::System,
            is_admin: false,
            password_hash: None,
            created_at: at("2026-11-01T00:00:00Z"),
        };
        let (public_id, revision) = (self.dice.public_id(), self.revision);
        let (account, path) = self.write(move |conn| {
            let account = store::accounts::create(conn, &new)?;
            let settings = CheckedSettings {
                target_level: "junior".to_owned(),
                target_day: Some(day("2026-12-18")),
                hours_week: 6,
                chosen: Default::default(),
                rule: RuleChoice::BuiltIn,
            };
            let path = store::paths::NewPath {
                public_id,
                account: account.id,
                revision,
                settings,
                cohort: None,
                started_on: day("2026-11-01"),
                created_at: at("2026-11-01T00:00:00Z"),
            };
            let path = store::paths::create(conn, &path)?;
            Ok((account, path.id))
        });
        self.schedule(account.id, sundays(), false, at("2026-11-01T00:00:00Z"));
        Learner { account, path }
    }

    /// A learner on the same path who wants no mail.
    pub fn quiet_learner(&self, name: &str) -> Learner {
        let learner = self.learner(name);
        self.schedule(learner.account.id, rule(Cadence::Off), false, at("2026-11-01T00:00:00Z"));
        learner
    }

    /// A cohort that follows the role, with its suggested plan.
    pub fn set_up(&self) -> SetUp {
        let role = CohortRole {
            role: self.template.id().to_owned(),
            revision: self.revision,
            target_level: "junior".to_owned(),
            chosen: Default::default(),
        };
        SetUp { roles: vec![role], ..SetUp::default() }
    }

    pub fn schedule(&self, account: AccountId, rule: Rule, unsubscribed: bool, after: Instant) {
        let next = next_due(rule, &Zone::parse("Europe/Lisbon").unwrap(), after);
        self.write(move |conn| store::digests::set_schedule(conn, account, DigestKind::Learner, &rule, next.as_ref(), unsubscribed));
    }

    /// Notes that `learner` holds a skill, in that moment.
    pub fn claim(&self, learner: &Learner, skill: &str, when: &str) -> Entry {
        self.record(learner, EvidenceKind::Claim, Trust::Claimed, SubjectKind::Skill, skill, when, None)
    }

    #[allow(clippy::too_many_arguments)]
    pub fn record(
        &self,
        learner: &Learner,
        kind: EvidenceKind,
        trust: Trust,
        subject: SubjectKind,
        id: &str,
        when: &str,
        expires_on: Option<&str>,
    ) -> Entry {
        let recorded_at = at(when);
        let new = NewEntry {
            kind,
            trust,
            day: recorded_at.day_in(&learner.account.zone),
            recorded_at,
            held: vec![Held {
                subject: domain::subject::Subject::new(subject, id),
                step: (subject == SubjectKind::Skill).then_some(Step::Working),
            }],
            expires_on: expires_on.map(day),
            retracts: None,
            recall: None,
            payload: Payload::default(),
        };
        let (account, public_id) = (learner.account.id, self.dice.public_id());
        self.write(move |conn| store::ledger::append(conn, account, &new, public_id))
    }

    pub fn write<T: Send + 'static>(&self, f: impl Fn(&mut Conn<'_>) -> store::Result<T> + Send + 'static) -> T {
        self.store.write_blocking(f).unwrap()
    }

    pub fn read<T: Send + 'static>(&self, f: impl FnOnce(&mut Conn<'_>) -> store::Result<T> + Send + 'static) -> T {
        self.store.read_blocking(f).unwrap()
    }

    /// The outbox, oldest first.
    pub fn outbox(&self) -> Vec<OutboxRow> {
        let mut rows = self.read(|conn| store::digests::list(conn, &OutboxFilter::default(), None, 1_000));
        rows.reverse();
        rows
    }

    /// One round; what the system's jobs did in it is left out.
    pub async fn tick(&self, jobs: &Arc<Jobs>, now: &str) -> Round {
        self.tick_at(jobs, at(now)).await
    }

    pub async fn tick_at(&self, jobs: &Arc<Jobs>, now: Instant) -> Round {
        self.clock.set(now);
        Round { system: Vec::new(), ..jobs.tick(now).await }
    }
}

pub struct Learner {
    pub account: Account,
    pub path: PathId,
}

pub fn sundays() -> Rule {
    Rule { cadence: Cadence::Weekly { weekday: Weekday::Sunday }, time: TimeOfDay::new(18, 30).unwrap() }
}

pub fn rule(cadence: Cadence) -> Rule {
    Rule { cadence, time: TimeOfDay::new(18, 30).unwrap() }
}

pub fn public_id(byte: u8) -> PublicId {
    PublicId::new([byte; 16])
}

fn catalogue() -> CatalogueDocument {
    template::parse_catalogue_toml(CATALOGUE).unwrap()
}
