//! The demo: a cohort with twelve weeks of believable history, the same for everyone who starts it on the same day. It is
//! written through the functions that the product uses: offers are checked, entries numbered, scores computed and
//! checked, digests planned and sent by the jobs.

mod cohort;
mod history;
mod outside;
mod people;
mod practice;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use domain::account::{Account, CleanName, MailAddress, Theme, Username};
use domain::cohort::Standing;
use domain::digest::DigestKind;
use domain::ids::{AccountId, CohortId, PathId, RevisionId};
use domain::ledger::{self, Entry};
use domain::path::{CheckedSettings, RuleChoice};
use domain::practice::{Desk, Library, wanted_topics};
use domain::schedule::{Cadence, Rule, TimeOfDay, Weekday, next_due};
use domain::scoring::{DefaultRule, Scope, ScoringRule, score};
use domain::subject::{Subject, Trust};
use domain::template::Template;
use domain::time::{Day, Instant, Zone};
use domain::world::{Clock, Dice};
use store::accounts::NewAccount;
use store::cohorts::NewCohort;
use store::mentoring::NewHelp;
use store::paths::NewPath;
use store::reviews::NewRequest;
use store::{Conn, Store, accounts, cohorts, digests, paths, scorecards};

use history::{Chance, Event, WEEKS, What};
use outside::Written;
use people::{Habits, Person};

pub use people::PASSWORD;

/// The role that the cohort follows.
pub const ROLE: &str = "backend-developer";
/// The rule by which some learners are scored.
pub const RECENCY: &str = "waymark/recency";

/// A clock that is moved by hand, so that the past weeks' digests are sent in their own time.
pub struct SetClock(Mutex<Instant>);

impl SetClock {
    pub fn new(now: Instant) -> Self {
        Self(Mutex::new(now))
    }

    pub fn set(&self, now: Instant) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What the demo is made of and with.
pub struct Demo<'a> {
    pub store: &'a Store,
    pub template: &'a Template,
    pub revision: RevisionId,
    pub library: &'a Library,
    pub recency: &'a dyn ScoringRule,
    pub password_hash: &'a str,
    pub now: Instant,
    /// For the secrets of links; everything else falls the same way at every start.
    pub dice: &'a dyn Dice,
    pub known: &'a dyn Fn(&Subject) -> bool,
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("the demo’s own data does not fit: {0}")]
    Misfit(String),
}

const EVENING: TimeOfDay = match TimeOfDay::new(18, 30) {
    Some(evening) => evening,
    None => panic!("every day has an 18:30"),
};

fn misfit(what: impl std::fmt::Debug) -> DemoError {
    DemoError::Misfit(format!("{what:?}"))
}

/// Dice that always fall the same way, so that the demo's addresses are the same at every start. Never used for secrets.
struct SeededDice(Mutex<Chance>);

impl Dice for SeededDice {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            let word = chance.next().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

/// Who may log in, for the console.
pub fn logins() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut logins = vec![(people::ADMIN.username, people::ADMIN.name, "admin")];
    logins.extend(people::MENTORS.iter().map(|mentor| (mentor.username, mentor.name, "mentor")));
    logins.extend(people::LEARNERS.iter().take(3).map(|(learner, _)| (learner.username, learner.name, "learner")));
    logins
}

/// Weeks that the cohort still has before it.
const MORE_WEEKS: i32 = 20;

/// How many learners there are.
pub const LEARNERS: usize = people::LEARNERS.len();

/// True when the database has nobody yet.
pub fn is_empty(store: &Store) -> store::Result<bool> {
    store.read_blocking(|conn| Ok(accounts::count(conn)? == 0))
}

/// Fills an empty database. Learners come one by one, each in one transaction, so that an interrupted start is seen at the
/// next one: the admin is written last, and without an admin the demo is not complete.
pub fn fill(demo: &Demo<'_>) -> Result<(), DemoError> {
    let dice: Arc<SeededDice> = Arc::new(SeededDice(Mutex::new(Chance::new(0x57a7_3a7c_2026))));
    let today = demo.now.day_in(&zone("Europe/Lisbon")?);
    let started = today.plus(-(WEEKS as i32 * 7) + 1);

    let cohort = NewCohort {
        public_id: dice.public_id(),
        name: CleanName::parse("Backend, autumn").map_err(misfit)?,
        starts_on: started,
        ends_on: today.plus(MORE_WEEKS * 7),
        zone: zone("Europe/Lisbon")?,
        created_at: started.starts_in(&zone("Europe/Lisbon")?),
    };
    let mentors: Vec<NewAccount> =
        people::MENTORS.iter().map(|mentor| account(demo, mentor, false, cohort.created_at, &*dice)).collect::<Result<_, _>>()?;
    let target = demo.template.document.levels.len().min(2) - 1;
    let set_up = cohort::set_up(demo, target, started);
    let (cohort_id, mentors) = demo.store.write_blocking({
        let (cohort, mentors, set_up) = (cohort.clone(), mentors.clone(), set_up.clone());
        move |conn| {
            let made = cohorts::create(conn, &cohort)?;
            cohorts::put_set_up(conn, made.id, &set_up)?;
            let mut known = Vec::new();
            for mentor in &mentors {
                let account = accounts::create(conn, mentor)?;
                cohorts::add_member(conn, made.id, account.id, Standing::Mentor, cohort.created_at)?;
                known.push((account.id, account.name));
            }
            Ok((made.id, known))
        }
    })?;

    for (number, (person, habits)) in people::LEARNERS.iter().enumerate() {
        learner(demo, number as u64, person, habits, cohort_id, &mentors, today, &dice)?;
    }

    let admin = account(demo, &people::ADMIN, true, cohort.created_at, &*dice)?;
    let next = NewCohort {
        public_id: dice.public_id(),
        name: CleanName::parse("Backend, spring").map_err(misfit)?,
        starts_on: today.plus((MORE_WEEKS + 2) * 7),
        ends_on: today.plus((MORE_WEEKS + 2 + WEEKS as i32) * 7),
        created_at: demo.now,
        ..cohort.clone()
    };
    let now = demo.now;
    let sponsors = cohort::sponsors(demo, cohort_id, &*dice)?;
    demo.store.write_blocking(move |conn| {
        let admin = accounts::create(conn, &admin)?;
        cohorts::add_member(conn, cohort_id, admin.id, Standing::Lead, admin.created_at)?;
        cohort::ask_for(conn, &sponsors, admin.id)?;
        let mut guides: Vec<_> = mentors.iter().map(|(id, _)| (*id, Standing::Mentor)).collect();
        guides.push((admin.id, Standing::Lead));
        cohort::told(conn, cohort_id, &guides, now)?;
        cohort::next_batch(conn, &next, &set_up, &guides)
    })?;
    Ok(())
}

fn zone(name: &str) -> Result<Zone, DemoError> {
    Zone::parse(name).map_err(misfit)
}

fn account(demo: &Demo<'_>, person: &Person, is_admin: bool, created_at: Instant, dice: &dyn Dice) -> Result<NewAccount, DemoError> {
    Ok(NewAccount {
        public_id: dice.public_id(),
        username: Username::parse(person.username).map_err(misfit)?,
        name: CleanName::parse(person.name).map_err(misfit)?,
        mail: Some(MailAddress::parse(&format!("{}@school.example", person.username)).map_err(misfit)?),
        language: None,
        zone: zone(person.zone)?,
        theme: Theme::System,
        is_admin,
        password_hash: Some(demo.password_hash.to_owned()),
        created_at,
    })
}

#[allow(clippy::too_many_arguments, reason = "one learner from nothing to history")]
fn learner(
    demo: &Demo<'_>,
    number: u64,
    person: &Person,
    habits: &Habits,
    cohort: CohortId,
    mentors: &[(AccountId, CleanName)],
    today: Day,
    dice: &Arc<SeededDice>,
) -> Result<(), DemoError> {
    let mut chance = Chance::new(0xbacc_0000 + number);
    let home = zone(person.zone)?;
    let joined = today.plus(-(WEEKS as i32 * 7) + 1 + habits.joins as i32 * 7);
    let today = today.min(demo.now.day_in(&home));
    let target = demo.template.document.levels.len().min(2) - 1;
    let chosen = history::choices(demo.template, habits, target);
    let hours_week = chance.between(10, 16);
    let mut events = history::plan(demo.template, target, &chosen, habits, hours_week, today, &mut chance);
    if number.is_multiple_of(4) {
        events.extend(history::lapsing_certificate(demo.template, target, today, events.len(), &mut chance));
        events.sort_by_key(|event| (event.day, event.at));
    }
    let (mentor_ids, mentor_names): (Vec<AccountId>, Vec<CleanName>) = mentors.iter().cloned().unzip();
    let entries = entries(demo, &events, &home, &mentor_names)?;
    let waiting = number.is_multiple_of(3).then(|| outside::waiting(demo, &entries)).transpose()?.flatten();

    let unseen = (number % 2 == 1).then(|| outside::unseen(&entries)).flatten().map(|(entry, at)| (entry, at, dice.public_id()));

    let stuck = (number % 8 == 2).then(|| outside::stuck(demo)).flatten();

    let new_account = account(demo, person, false, joined.starts_in(&home), &**dice)?;
    let rule = if habits.recency { RuleChoice::Plugin(RECENCY.to_owned()) } else { RuleChoice::BuiltIn };
    let settings = CheckedSettings {
        target_level: demo.template.document.levels[target].id.clone(),
        target_day: Some(today.plus(MORE_WEEKS * 7)),
        hours_week,
        chosen: chosen.clone(),
        rule,
    };
    let path_id = dice.public_id();
    let entry_ids: Vec<_> = entries.iter().map(|_| dice.public_id()).collect();
    let weekly = Rule { cadence: Cadence::Weekly { weekday: Weekday::Sunday }, time: EVENING };
    // The digests of the last weeks are still to be sent, by the jobs.
    let digest_from = demo.now.plus_seconds(-DIGEST_WEEKS * 7 * 86_400);
    let revision = demo.revision;
    let wanted = wanted_topics(demo.template, target);
    // Who has been silent for weeks has not practised either.
    let eager = if habits.silent > 0 { 0 } else { habits.pace.min(80) };
    let practised = practice::practise(demo.library, &wanted, today, &home, eager, &mut chance);
    let topics = practised.topics(demo.library);
    let now = demo.now;
    let silent = habits.silent;
    let terms = cohort::terms(number, habits, joined, &mentor_ids);
    let (ledger, path) = demo.store.write_blocking({
        let entries = entries.clone();
        let home = home.clone();
        let (library, dice) = (demo.library.clone(), Arc::clone(dice));
        move |conn: &mut Conn<'_>| {
            let account: Account = accounts::create(conn, &new_account)?;
            cohorts::add_member(conn, cohort, account.id, Standing::Learner, new_account.created_at)?;
            cohorts::put_terms(conn, cohort, account.id, &terms)?;
            let written = cohorts::Written { by: mentor_ids.first().copied(), at: now };
            cohort::spans(conn, cohort, account.id, number, silent, today, written)?;
            let path = paths::create(
                conn,
                &NewPath {
                    public_id: path_id,
                    account: account.id,
                    revision,
                    settings: settings.clone(),
                    cohort: Some(cohort),
                    started_on: joined,
                    created_at: new_account.created_at,
                },
            )?;
            for (entry, id) in entries.iter().zip(&entry_ids) {
                outside::keep(conn, account.id, entry, *id)?;
            }
            if let Some((entry, at, id)) = unseen {
                store::reviews::ask_mentors(conn, account.id, entry, id, at)?;
            }
            if let Some(help) = &stuck {
                store::mentoring::ask_help(conn, &NewHelp { path: path.id, ..help.clone() })?;
            }
            if let Some(waiting) = &waiting {
                store::reviews::create(conn, &NewRequest { account: account.id, ..waiting.clone() })?;
            }
            for (card, state) in &practised.states {
                store::practice::put_state(conn, account.id, card, state)?;
            }
            for review in &practised.reviews {
                store::practice::log(conn, account.id, review)?;
            }
            let kept = store::practice::load(conn, account.id, today)?;
            let desk = Desk::new(library.seats(), kept.states, wanted.clone(), (kept.limits, kept.done), (today, now));
            store::practice::settle(conn, account.id, &desk, &topics, (today, now), &mut || dice.public_id())?;
            let ledger = store::ledger::facts(conn, account.id)?;
            digests::set_schedule(conn, account.id, DigestKind::Learner, &weekly, next_due(weekly, &home, digest_from).as_ref(), false)?;
            Ok((ledger, path.id))
        }
    })?;
    scores(demo, path, habits, target, &chosen, &ledger, joined, today, &home)
}

/// How many weeks of digests the demo sends at its first start.
pub const DIGEST_WEEKS: i64 = 2;

/// The next moment at which a digest is due, until `now`.
pub fn next_digest(store: &Store, now: Instant) -> store::Result<Option<Instant>> {
    Ok(store.read_blocking(|conn| digests::due(conn, now, 1))?.first().map(|due| due.due_at))
}

/// Every event as the ledger would take it: checked by the same functions as what people send.
fn entries(demo: &Demo<'_>, events: &[Event], home: &Zone, mentors: &[CleanName]) -> Result<Vec<Written>, DemoError> {
    let mut written: Vec<Written> = Vec::with_capacity(events.len());
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    for event in events {
        let at = event.day.starts_in(home).plus_seconds(i64::from(event.at));
        if at > demo.now {
            continue;
        }
        let so_far = || -> Vec<Entry> { written.iter().enumerate().map(|(i, made)| made.entry.numbered(i as u32 + 1)).collect() };
        let mut review = None;
        let entry = match &event.what {
            What::Offer(offer) => ledger::check((**offer).clone(), event.day, at, demo.known).map_err(misfit)?,
            What::Assessed { mentor, held, note } => {
                ledger::assessed(held.clone(), Trust::Mentor, event.day, at, &mentors[*mentor], Some((*note).to_owned())).map_err(misfit)?
            }
            What::Retract { event: taken_back, note } => {
                let Some(&number) = numbers.get(taken_back) else { continue };
                ledger::retract(&so_far(), number, event.day, at, Some((*note).to_owned())).map_err(misfit)?
            }
            What::Reviewed { event: submission, by, remark } => {
                let Some(&number) = numbers.get(submission) else { continue };
                let (answered, entry) = outside::answered(demo, &so_far(), number, by, remark, event.day, at)?;
                review = Some(answered);
                entry
            }
        };
        written.push(Written { entry, review });
        numbers.insert(event.id, written.len() as u32);
    }
    Ok(written)
}

/// A score for each week's end and for each of the last days, as the nightly job would have kept them.
#[allow(clippy::too_many_arguments, reason = "a learner's scores in one place")]
fn scores(
    demo: &Demo<'_>,
    path: PathId,
    habits: &Habits,
    target: usize,
    chosen: &BTreeSet<String>,
    ledger: &[Entry],
    joined: Day,
    today: Day,
    home: &Zone,
) -> Result<(), DemoError> {
    let rule: &dyn ScoringRule = if habits.recency { demo.recency } else { &DefaultRule };
    let days: Vec<Day> = (joined.number()..=today.number())
        .filter(|day| (today.number() - day) % 7 == 0 || today.number() - day < 7)
        .map(Day::from_number)
        .collect();
    let mut made = Vec::new();
    for day in days {
        let evening = if day == today { demo.now } else { day.plus(1).starts_in(home).plus_seconds(-60) };
        let until = ledger.iter().take_while(|entry| entry.recorded_at <= evening).count();
        let scope = Scope { template: demo.template, target, chosen, mentored: true, today: day, settings: &[] };
        made.push((score(rule, scope, &ledger[..until]).map_err(misfit)?, evening));
    }
    let target_level = demo.template.document.levels[target].id.clone();
    let chosen = chosen.clone();
    demo.store.write_blocking(move |conn| {
        for (score, at) in &made {
            let terms = scorecards::Terms { settings: &[], target_level: &target_level, chosen: &chosen, mentored: true };
            scorecards::save(conn, path, score, terms, *at)?;
        }
        Ok(())
    })?;
    Ok(())
}
