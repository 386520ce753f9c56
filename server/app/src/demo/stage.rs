//! Who is there before anything happens: accounts, cohorts with what is set up for them, their people with their paths.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::account::{Account, CleanName, MailAddress, Theme, Username};
use domain::cohort::{Cohort, CohortRole, CompletionRule, Holiday, SetUp, Standing, Terms};
use domain::ids::{AccountId, RevisionId};
use domain::path::{CheckedSettings, RuleChoice};
use domain::template::{LevelIndex, Template};
use domain::time::{Day, Instant, Zone};
use domain::world::Dice;
use store::accounts::NewAccount;
use store::cohorts::NewCohort;
use store::paths::NewPath;
use store::{accounts, cohorts, paths};

use super::batch::{Batch, Days, Looks};
use super::chance::Chance;
use super::history::{self, Event, Sketch};
use super::people::{self, Habits, Person};
use super::{Demo, DemoError, RECENCY, misfit, reviewing};

/// A batch with its cohort.
pub struct Staged<'a> {
    pub batch: &'static Batch,
    pub cohort: Arc<Cohort>,
    pub set_up: SetUp,
    pub days: Days,
    pub template: &'a Template,
    pub target: LevelIndex,
}

impl Staged<'_> {
    /// An hour of a day, as the cohort counts both.
    pub fn at(&self, back: i32, hour: i64) -> Instant {
        self.days.until.plus(-back).starts_in(&self.cohort.zone).plus_seconds(hour * 3_600)
    }
}

/// A learner's part in a batch.
pub struct Stay {
    pub number: usize,
    /// Place in [`Stage::batches`].
    pub batch: usize,
    /// Place among the batch's learners.
    pub place: u64,
    pub username: &'static str,
    pub habits: &'static Habits,
    pub account: Account,
    pub joined: Day,
    /// The last day that is over or goes on, the learner's own.
    pub until: Day,
    pub path: NewPath,
    pub events: Vec<Event>,
    /// What falls after the plan does.
    pub chance: Chance,
}

pub struct Stage<'a> {
    pub batches: Vec<Staged<'a>>,
    pub people: BTreeMap<&'static str, Account>,
    pub stays: Vec<Stay>,
}

impl Stage<'_> {
    pub fn person(&self, username: &str) -> Result<&Account, DemoError> {
        self.people.get(username).ok_or_else(|| misfit(username))
    }
}

/// Makes cohorts and accounts, and plans what everybody does.
pub fn set<'a>(demo: &Demo<'a>, batches: &[&'static Batch], today: Day, dice: &dyn Dice) -> Result<Stage<'a>, DemoError> {
    let mut stage = Stage { batches: Vec::new(), people: BTreeMap::new(), stays: Vec::new() };
    for &batch in batches {
        let staged = cohort(demo, batch, today, dice)?;
        let first = staged.days.starts.starts_in(&staged.cohort.zone);
        for (username, standing) in guides(batch) {
            let known = people::GUIDES.iter().map(|(person, _)| person);
            let person = known.chain(everybody(batches)).find(|person| person.username == username).ok_or_else(|| misfit(username))?;
            let account = account(demo, &mut stage, person, first, dice)?;
            let (cohort, id) = (staged.cohort.id, account.id);
            demo.store.write_blocking(move |conn| cohorts::add_member(conn, cohort, id, standing, first))?;
        }
        stage.batches.push(staged);
    }
    for (number, &batch) in batches.iter().enumerate() {
        for (place, (person, habits)) in (0..).zip(batch.learners) {
            stay(demo, &mut stage, number, place, person, habits, batches, dice)?;
        }
    }
    Ok(stage)
}

fn everybody(batches: &[&'static Batch]) -> impl Iterator<Item = &'static Person> {
    batches.iter().flat_map(|batch| batch.learners).map(|(person, _)| person)
}

/// The lead first.
pub fn guides(batch: &'static Batch) -> impl Iterator<Item = (&'static str, Standing)> {
    std::iter::once((batch.lead, Standing::Lead)).chain(batch.mentors.iter().map(|mentor| (*mentor, Standing::Mentor)))
}

/// The account of somebody; whoever was there before keeps theirs. Nobody is an admin yet.
fn account(demo: &Demo<'_>, stage: &mut Stage<'_>, person: &Person, at: Instant, dice: &dyn Dice) -> Result<Account, DemoError> {
    if let Some(account) = stage.people.get(person.username) {
        return Ok(account.clone());
    }
    let new = NewAccount {
        public_id: dice.public_id(),
        username: Username::parse(person.username).map_err(misfit)?,
        name: CleanName::parse(person.name).map_err(misfit)?,
        mail: Some(MailAddress::parse(&format!("{}@school.example", person.username)).map_err(misfit)?),
        language: None,
        zone: Zone::parse(person.zone).map_err(misfit)?,
        theme: Theme::System,
        is_admin: false,
        password_hash: Some(demo.password_hash.to_owned()),
        created_at: at,
    };
    let account = demo.store.write_blocking(move |conn| accounts::create(conn, &new))?;
    stage.people.insert(person.username, account.clone());
    Ok(account)
}

fn cohort<'a>(demo: &Demo<'a>, batch: &'static Batch, today: Day, dice: &dyn Dice) -> Result<Staged<'a>, DemoError> {
    let days = batch.days(today);
    let zone = Zone::parse(batch.zone).map_err(misfit)?;
    let (revision, template) = demo.role(batch.role)?;
    let target = template.document.levels.len().min(2) - 1;
    let set_up = set_up(batch, days, (revision, template), target);
    let new = NewCohort {
        public_id: dice.public_id(),
        name: CleanName::parse(batch.name).map_err(misfit)?,
        starts_on: days.starts,
        ends_on: days.ends,
        created_at: days.starts.starts_in(&zone),
        zone,
    };
    let rule = CompletionRule { readiness: Some(batch.completes_at), ..CompletionRule::default() };
    let cohort = demo.store.write_blocking({
        let set_up = set_up.clone();
        move |conn| {
            let cohort = cohorts::create(conn, &new)?;
            cohorts::put_set_up(conn, cohort.id, &set_up)?;
            cohorts::put_alert_settings(conn, cohort.id, &batch.alerts)?;
            cohorts::put_completion_rule(conn, cohort.id, &rule)?;
            Ok(cohort)
        }
    })?;
    Ok(Staged { batch, cohort: Arc::new(cohort), set_up, days, template, target })
}

/// Session days from Monday to Friday but for the batch's holidays.
fn set_up(batch: &Batch, days: Days, (revision, template): (RevisionId, &Template), target: LevelIndex) -> SetUp {
    let holiday = |&(after, length, name): &(i32, i32, &str)| Holiday {
        first: days.starts.plus(after),
        last: days.starts.plus(after + length - 1),
        name: name.to_owned(),
    };
    SetUp {
        holidays: batch.holidays.iter().map(holiday).collect(),
        roles: vec![CohortRole {
            role: batch.role.to_owned(),
            revision,
            target_level: template.document.levels[target].id.clone(),
            chosen: BTreeSet::new(),
        }],
        rule: RuleChoice::BuiltIn,
        band: batch.band,
        ..SetUp::default()
    }
}

#[allow(clippy::too_many_arguments, reason = "one learner from nothing to a plan")]
fn stay(
    demo: &Demo<'_>,
    stage: &mut Stage<'_>,
    number: usize,
    place: u64,
    person: &'static Person,
    habits: &'static Habits,
    batches: &[&'static Batch],
    dice: &dyn Dice,
) -> Result<(), DemoError> {
    let batch = batches[number];
    let days = stage.batches[number].days;
    let joined = days.starts.plus(7 * habits.joins as i32);
    let account = account(demo, stage, person, joined.starts_in(&Zone::parse(person.zone).map_err(misfit)?), dice)?;
    let Staged { cohort, template, target, .. } = &stage.batches[number];
    let (template, target) = (*template, *target);
    let (until, first_moment) = (days.until.min(demo.now.day_in(&account.zone)), joined.starts_in(&account.zone));
    let mut chance = Chance::new(batch.seed + place);
    let chosen = history::choices(template, habits, target);
    let hours_week = chance.between(batch.hours.0, batch.hours.1);
    // Who leaves has done nothing more since the day before, and that is seen to when they go.
    let last = until.plus(batch.left(person.username).map_or(-7 * habits.silent as i32, |back| -back - 2));
    let set = batch.set_works(person.username).map(|work| work.project).collect();
    let sketch = Sketch { template, target, chosen: &chosen, habits, hours_week, first: joined, last, looks: batch.looks, set: &set };
    let mut events = history::plan(&sketch, &mut chance);
    if batch.looks == Looks::Mentors {
        reviewing::queue(&mut events, batch.mentors, last, &mut chance);
    } else if place.is_multiple_of(4) {
        events.extend(history::lapsing_certificate(template, target, until, events.len(), &mut chance));
    }
    reviewing::set_works(batch, person.username, template, days.until, &mut events)?;
    events.sort_by_key(|event| (event.day, event.at));
    let path = NewPath {
        public_id: dice.public_id(),
        account: account.id,
        revision: demo.role(batch.role)?.0,
        settings: CheckedSettings {
            target_level: template.document.levels[target].id.clone(),
            target_day: Some(until.plus(days.ends.number() - days.until.number())),
            hours_week,
            chosen,
            rule: if habits.recency { RuleChoice::Plugin(RECENCY.to_owned()) } else { RuleChoice::BuiltIn },
        },
        cohort: Some(cohort.id),
        started_on: joined,
        created_at: first_moment,
    };
    // Who comes from another cohort is brought along when they do.
    if !batches.iter().any(|other| other.comes_to(batch.name).any(|turn| turn.of == person.username)) {
        let (terms, cohort, path) = (terms(batch, place, person, joined, habits, stage)?, cohort.id, path.clone());
        demo.store.write_blocking(move |conn| {
            cohorts::add_member(conn, cohort, path.account, Standing::Learner, path.created_at)?;
            cohorts::put_terms(conn, cohort, path.account, &terms)?;
            paths::create(conn, &path)
        })?;
    }
    let number_of_stay = stage.stays.len();
    stage.stays.push(Stay {
        number: number_of_stay,
        batch: number,
        place,
        username: person.username,
        habits,
        account,
        joined,
        until,
        path,
        events,
        chance,
    });
    Ok(())
}

/// What of the plan is a learner's own: who joins late begins later, and every eighth has no mentor of their own yet.
pub fn terms(batch: &Batch, place: u64, person: &Person, joined: Day, habits: &Habits, stage: &Stage<'_>) -> Result<Terms, DemoError> {
    let mentor = batch.mentors[place as usize % 2];
    let mentor: Option<AccountId> = if place % 8 == 7 { None } else { Some(stage.person(mentor)?.id) };
    let own = batch.terms.iter().find(|own| own.of == person.username);
    Ok(Terms {
        starts_on: (habits.joins > 0).then_some(joined),
        factor: own.map_or(100, |own| own.factor),
        extension: own.map_or(0, |own| own.extension),
        mentor,
    })
}
