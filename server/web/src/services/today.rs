//! Today: what is next, what is due, where one stands and what the week held. One read for all paths of a learner.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::cohort::Cohort;
use domain::ledger::Entry;
use domain::practice::Queue;
use domain::progress::{self, ScorePoint, Week, ending, monday_of, streak, week};
use domain::review::RequestState;
use domain::subject::Subject;
use domain::template::{RequirementIndex, Template};
use domain::time::{Day, Zone};
use store::ledger::Told;
use store::reviews::Request;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::co_authors;
use crate::services::mentoring;
use crate::services::paths::OpenPath;
use crate::services::practice;
use crate::services::readiness::{self, Elsewhere, Readiness};
use crate::state::State;

/// How far back answers to one's work are told, and with what readiness is compared.
pub const DAYS_BACK: i32 = 7;

/// All that the home page and `GET /api/v1/today` say.
pub struct Today {
    pub day: Day,
    /// Oldest first.
    pub paths: Vec<PathToday>,
    pub due: Vec<Due>,
    pub week: Week,
    /// Hours a week that all paths together set aside.
    pub set_aside: u32,
    /// Days in a row with something in the ledger.
    pub streak: u32,
    /// The best of the roles that are not followed.
    pub elsewhere: Option<Elsewhere>,
    /// Something more is due at a minute of this day, without anything being written.
    pub moves_with_the_clock: bool,
}

/// One path, scored today.
pub struct PathToday {
    pub open: OpenPath,
    pub readiness: Readiness,
    /// The last score of [`DAYS_BACK`] days ago or before it.
    pub before: Option<ScorePoint>,
    pub cohort: Option<Cohort>,
}

/// A thing that is due: what it is, and where one does something about it.
pub struct Due {
    pub what: DueKind,
    /// What it is about, if a path asks for it.
    pub place: Option<Place>,
}

/// A requirement of one of the learner's paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into [`Today::paths`].
    pub path: usize,
    pub requirement: RequirementIndex,
}

pub enum DueKind {
    /// Things that wait for the mentor that one is; so many of one's own learners.
    Queue { waiting: usize, mine: usize },
    /// Work of others that one is asked whether one made it too.
    Named { count: usize },
    /// Interview cards to be asked now: begun ones, and new ones within the day's limit.
    Cards { begun: u32, new: u32 },
    /// Somebody said something of one's work.
    Answered { entry: Entry, by: Option<String> },
    /// Work that nobody has looked at yet. With whom, and until when, where somebody outside was asked.
    Waiting { entry: Entry, with: Option<(String, Day)> },
    /// A certification that ends, or ended; `gain`: claimed points that a renewal brings back.
    Ending { subject: Subject, last_day: Day, is_over: bool, gain: u32 },
}

/// How many answers, and how much waiting work, are told.
const MOST_OF_A_KIND: usize = 3;
/// Requests for reviews that are looked through, newest first.
const MOST_ASKED: i64 = 50;

pub async fn load(state: &State, who: &Signed) -> Result<Today, Error> {
    let (id, today) = (who.account.id, state.clock.now().day_in(&who.account.zone));
    let since = monday_of(today).min(today.plus(-DAYS_BACK));
    let (facts, brought, told, asked, rows, version) = state
        .store
        .read(move |conn| {
            let facts = store::ledger::facts(conn, id)?;
            // What was brought along is no news and makes no streak.
            let brought = store::origins::brought(conn, id)?;
            let mut told = store::ledger::told_since(conn, id, since)?;
            told.retain(|told| !brought.contains(&told.seq));
            let mut rows = Vec::new();
            for path in store::paths::list(conn, id)? {
                rows.push((
                    store::plans::get(conn, path.id)?,
                    store::scorecards::latest(conn, path.id)?,
                    store::digest_facts::mentored(conn, &path)?,
                    store::scorecards::point_on_or_before(conn, path.id, today.plus(-DAYS_BACK))?,
                    path.cohort.map(|cohort| store::cohorts::by_id(conn, cohort)).transpose()?,
                    path,
                ));
            }
            let asked = store::reviews::list(conn, id, None, None, MOST_ASKED)?;
            Ok((facts, brought, told, asked, rows, store::instance::version(conn)?))
        })
        .await?;
    let mut paths = Vec::with_capacity(rows.len());
    for (plans, latest, mentored, before, cohort, path) in rows {
        let template = state.template(path.revision).await?;
        let newer = state.newer(version, &template).await?;
        let (learner, facts) = (who.account.clone(), facts.clone());
        let open = OpenPath { path, learner, template, facts, plans, latest, mentored, today, is_part: false, newer };
        let readiness = readiness::of(state, &open).await?;
        paths.push(PathToday { open, readiness, before, cohort });
    }
    let minutes: BTreeMap<u32, u32> = told.iter().filter_map(|told| Some((told.seq, told.minutes?))).collect();
    let followed: Vec<String> = paths.iter().map(|path| path.open.template.id().to_owned()).collect();
    let elsewhere = match paths.first() {
        Some(first) => readiness::elsewhere(state, &first.open, &followed).await?.into_iter().find(|other| other.ready.claimed > 0),
        None => None,
    };
    let waiting = mentoring::everywhere(state, who).await?;
    let mine = waiting.iter().filter(|waiting| waiting.is_mine).count();
    let what = DueKind::Queue { waiting: waiting.len(), mine };
    let for_mentors = (!waiting.is_empty()).then_some(Due { what, place: None });
    let named = if who.memberships.is_empty() { 0 } else { co_authors::asked(state, who).await?.len() };
    let named = (named > 0).then_some(Due { what: DueKind::Named { count: named }, place: None });
    let own: Vec<Entry> = facts.iter().filter(|entry| !brought.contains(&entry.seq)).cloned().collect();
    let queue = practice::due(state, who).await?;
    // New cards are offered to those who follow a path; what was begun comes back to everybody.
    let cards = cards(&queue).filter(|_| queue.begun() > 0 || !paths.is_empty());
    let now = state.clock.now();
    // What waits for a mentor waits without an end.
    let open: Vec<Request> =
        asked.into_iter().filter(|request| !request.is_for_mentors && request.state(now) == RequestState::Open).collect();
    Ok(Today {
        day: today,
        due: for_mentors
            .into_iter()
            .chain(named)
            .chain(cards)
            .chain(due(&paths, &facts, &own, &told, &open, (today, &who.account.zone)))
            .collect(),
        moves_with_the_clock: queue.waits_until.is_some() || !open.is_empty(),
        week: week(&facts, &minutes, today),
        set_aside: paths.iter().map(|path| path.open.path.hours_week).sum(),
        streak: streak(&own, today),
        elsewhere,
        paths,
    })
}

fn cards(queue: &Queue) -> Option<Due> {
    let what = DueKind::Cards { begun: queue.begun(), new: u32::try_from(queue.new).unwrap_or(u32::MAX) };
    (!queue.cards.is_empty()).then_some(Due { what, place: None })
}

/// What else is due, in the order in which it is told. Another kind of thing is another variant and a line here.
fn due(paths: &[PathToday], facts: &[Entry], own: &[Entry], told: &[Told], asked: &[Request], (today, zone): (Day, &Zone)) -> Vec<Due> {
    let by = |entry: &Entry| told.iter().find(|told| told.seq == entry.seq).and_then(|told| told.by.clone());
    let about = |entry: &Entry| entry.held.iter().find_map(|held| place_of(paths, &held.subject));
    let answered = progress::answered(own, today.plus(-DAYS_BACK)).into_iter().take(MOST_OF_A_KIND);
    let answered = answered.map(|entry| Due { place: about(entry), what: DueKind::Answered { entry: entry.clone(), by: by(entry) } });
    // Without a mentor only those outside look at it who were asked to.
    let is_guided = paths.iter().any(|path| path.open.mentored);
    let waiting = progress::waiting(facts).into_iter().filter_map(|entry| {
        let with = asked.iter().find(|request| request.entry == entry.seq);
        let with = with.and_then(|request| Some((request.reviewer.as_str().to_owned(), request.expires_at?.day_in(zone))));
        (is_guided || with.is_some()).then(|| Due { place: about(entry), what: DueKind::Waiting { entry: entry.clone(), with } })
    });
    let waiting = waiting.take(MOST_OF_A_KIND);
    let ending = ending(facts, today).into_iter().map(|end| {
        let place = place_of(paths, &end.subject);
        let gain = place.map_or(0, |place| missing(&paths[place.path], place.requirement));
        Due { place, what: DueKind::Ending { subject: end.subject, last_day: end.last_day, is_over: end.is_over, gain } }
    });
    answered.chain(waiting).chain(ending).collect()
}

/// The first requirement of the first path that asks for a subject.
fn place_of(paths: &[PathToday], subject: &Subject) -> Option<Place> {
    paths.iter().enumerate().find_map(|(path, today)| Some(Place { path, requirement: asks(&today.open.template, subject)? }))
}

fn asks(template: &Arc<Template>, subject: &Subject) -> Option<RequirementIndex> {
    let subject = template.resolve(subject);
    template.requirements.iter().position(|requirement| requirement.subjects().contains(&subject))
}

/// Claimed points that a requirement could still bring.
fn missing(path: &PathToday, requirement: RequirementIndex) -> u32 {
    let (score, id) = (&path.readiness.score, &path.open.template.requirements[requirement].id);
    let of_it = |index: u32| score.requirements.get(index as usize) == Some(id);
    score.claimed.receipts.iter().find(|receipt| of_it(receipt.requirement)).map_or(0, |receipt| receipt.possible - receipt.points)
}
