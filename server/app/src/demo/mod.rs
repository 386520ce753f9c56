//! The demo: two cohorts with believable history, one under way and one that ended, the same for everyone who starts it on the
//! same day. It is written through the functions that the product uses: offers are checked, entries numbered, reviews given,
//! scores computed and checked, digests planned and sent by the jobs.
//!
//! A cohort is a table ([`batch`]). From it follows who is there and what everybody plans ([`stage`], [`history`],
//! [`reviewing`]); from that, in the order of time, what happens ([`script`], [`cohort`]), which is written act by act
//! ([`acts`]); then what comes of it ([`finish`]).

mod acts;
mod autumn;
mod batch;
mod chance;
mod cohort;
mod files;
mod finish;
mod history;
mod outside;
mod people;
mod practice;
mod reviewing;
mod script;
mod stage;
mod summer;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use domain::account::{CleanName, Username};
use domain::cohort::Standing;
use domain::ids::RevisionId;
use domain::practice::Library;
use domain::scoring::ScoringRule;
use domain::subject::Subject;
use domain::template::Template;
use domain::time::{Instant, Zone};
use domain::world::{Clock, Dice};
use store::cohorts::NewCohort;
use store::mentoring::Message;
use store::{Store, accounts, digests};

use autumn::AUTUMN;
use batch::Batch;
use chance::Chance;
use script::Script;
use stage::Stage;
use summer::SUMMER;

pub use people::PASSWORD;

/// In the order of their first days.
const BATCHES: [&Batch; 2] = [&SUMMER, &AUTUMN];
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
    /// Of the roles that [`roles`] names.
    pub templates: &'a [(RevisionId, Template)],
    pub library: &'a Library,
    pub recency: &'a dyn ScoringRule,
    pub password_hash: &'a str,
    pub now: Instant,
    /// For the secrets of links; everything else falls the same way at every start.
    pub dice: &'a dyn Dice,
    pub known: &'a dyn Fn(&Subject) -> bool,
}

impl<'a> Demo<'a> {
    fn role(&self, id: &str) -> Result<(RevisionId, &'a Template), DemoError> {
        let found = self.templates.iter().find(|(_, template)| template.id() == id);
        found.map(|(revision, template)| (*revision, template)).ok_or_else(|| misfit(id))
    }
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("the demo’s own data does not fit: {0}")]
    Misfit(String),
}

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
    let guides = people::GUIDES.iter().map(|(guide, standing)| (guide.username, guide.name, *standing));
    let learners = AUTUMN.learners.iter().take(3).map(|(learner, _)| (learner.username, learner.name, "learner"));
    guides.chain(learners).collect()
}

/// Roles that cohorts of the demo follow.
pub fn roles() -> impl Iterator<Item = &'static str> {
    BATCHES.iter().map(|batch| batch.role)
}

/// How many learners there are.
pub fn learners() -> usize {
    BATCHES.iter().flat_map(|batch| batch.learners).map(|(person, _)| person.username).collect::<BTreeSet<_>>().len()
}

/// True when the database has nobody yet.
pub fn is_empty(store: &Store) -> store::Result<bool> {
    store.read_blocking(|conn| Ok(accounts::count(conn)? == 0))
}

/// Acts of one transaction.
const CHUNK: usize = 200;

/// Fills an empty database, in many transactions. An interrupted start is seen at the next one: the admin becomes one last,
/// and without an admin the demo is not complete.
pub fn fill(demo: &Demo<'_>) -> Result<(), DemoError> {
    let dice: Arc<dyn Dice> = Arc::new(SeededDice(Mutex::new(Chance::new(0x57a7_3a7c_2026))));
    let (mut stage, script) = play(demo, &*dice)?;
    let mut stays = std::mem::take(&mut stage.stays);
    for stay in &mut stays {
        finish::stay(demo, &stage, stay, &script, &dice)?;
    }
    for staged in &stage.batches {
        cohort::begin_reviews(demo, &stage, staged)?;
        cohort::sponsors(demo, &stage, staged, &*dice)?;
    }
    next_batch(demo, &stage, &*dice)
}

/// Everybody's history, until now.
fn play<'a>(demo: &Demo<'a>, dice: &dyn Dice) -> Result<(Stage<'a>, Script), DemoError> {
    let today = demo.now.day_in(&Zone::parse(AUTUMN.zone).map_err(misfit)?);
    let stage = stage::set(demo, &BATCHES, today, dice)?;
    let mut script = script::write(demo, &stage, dice)?;
    for staged in &stage.batches {
        script.acts.extend(cohort::acts(&stage, staged, dice)?);
    }
    script.acts.retain(|act| act.at <= demo.now);
    script.acts.sort_by_key(|act| act.at);
    let mut acts = std::mem::take(&mut script.acts).into_iter().peekable();
    while acts.peek().is_some() {
        let chunk: Vec<acts::Act> = acts.by_ref().take(CHUNK).collect();
        demo.store.write_blocking(move |conn| chunk.iter().try_for_each(|act| acts::keep(conn, act)))?;
    }
    Ok((stage, script))
}

/// What is set up already for those who come when autumn is over; with it the demo is complete.
fn next_batch(demo: &Demo<'_>, stage: &Stage<'_>, dice: &dyn Dice) -> Result<(), DemoError> {
    let autumn = stage.batches.iter().find(|staged| staged.batch.name == AUTUMN.name).ok_or_else(|| misfit(AUTUMN.name))?;
    let starts_on = autumn.days.ends.plus(2 * 7);
    let next = NewCohort {
        public_id: dice.public_id(),
        name: CleanName::parse("Backend, spring").map_err(misfit)?,
        starts_on,
        ends_on: starts_on.plus(7 * AUTUMN.weeks as i32),
        zone: autumn.cohort.zone.clone(),
        created_at: demo.now,
    };
    let guides: Vec<(_, Standing)> =
        stage::guides(&AUTUMN).map(|(username, standing)| Ok((stage.person(username)?.id, standing))).collect::<Result<_, DemoError>>()?;
    let told: BTreeSet<&str> = BATCHES.iter().flat_map(|&batch| stage::guides(batch)).map(|(username, _)| username).collect();
    let told = told.into_iter().map(|username| Ok(stage.person(username)?.clone())).collect::<Result<Vec<_>, DemoError>>()?;
    let (set_up, admin, now) = (autumn.set_up.clone(), stage.person(AUTUMN.lead)?.id, demo.now);
    demo.store.write_blocking(move |conn| {
        told.iter().try_for_each(|account| cohort::digest(conn, account, now))?;
        cohort::next_batch(conn, &next, &set_up, &guides)?;
        accounts::set_admin(conn, admin, true)
    })?;
    Ok(())
}

/// What mentors write to learners on the day of the demo: after the digests of weeks ago were sent, or it would have gone with them.
pub fn say(store: &Store, now: Instant) -> Result<(), DemoError> {
    let dice = SeededDice(Mutex::new(Chance::new(0x3e55_a9e5)));
    let all = store.read_blocking(store::cohorts::list)?;
    let person = |username: &str| -> Result<_, DemoError> {
        let username = Username::parse(username).map_err(misfit)?;
        let found = store.read_blocking(move |conn| accounts::by_username(conn, &username))?;
        Ok(found.ok_or_else(|| misfit("a message"))?.0)
    };
    for batch in BATCHES {
        let cohort = all.iter().find(|cohort| cohort.name.as_str() == batch.name).ok_or_else(|| misfit(batch.name))?.id;
        for message in batch.messages {
            let (by, learner) = (person(message.by)?, person(message.to)?.id);
            let (id, words) = (dice.public_id(), message.words.to_owned());
            let message = Message { public_id: id, cohort, learner, by: Some(by.id), by_name: by.name.to_string(), words, at: now };
            store.write_blocking(move |conn| store::mentoring::send_message(conn, &message))?;
        }
    }
    Ok(())
}

/// The next moment at which a digest is due, until `now`.
pub fn next_digest(store: &Store, now: Instant) -> store::Result<Option<Instant>> {
    Ok(store.read_blocking(|conn| digests::due(conn, now, 1))?.first().map(|due| due.due_at))
}

#[cfg(test)]
mod tests;
