//! Summaries for a sponsor, without an account: behind a link that leads make, take back, and that ends; of nobody who did
//! not consent, and of a cohort only where five did.

use std::collections::BTreeSet;

use domain::cohort::suppress::FEWEST;
use domain::cohort::{BoardRow, Cell, Cohort, Measure, SetUp, Standing, SummaryState, SummaryWish, Together, Why, check_summary, together};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::path::areas;
use domain::subject::Trust;
use domain::time::Day;
use serde_json::json;
use store::summaries::{NewSummaryLink, SummaryLink};

use crate::auth::limiter::Key;
use crate::auth::{self, secrets};
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{Opened, Seen, as_seen, board, member};
use crate::services::once::Outcome;
use crate::services::paths::level_name;
use crate::state::State;

/// What a link leads to.
pub enum Shown {
    /// Its learner does not consent, or not yet.
    Waits,
    Learner(Box<OfLearner>),
    /// Fewer than five consent.
    TooFew,
    Cohort(Box<OfCohort>),
}

/// A learner as the cohort sees them, without anything that they wrote.
pub struct OfLearner {
    pub name: String,
    /// Name of the role and of the level; none without a path.
    pub goal: Option<(String, String)>,
    /// Basis points.
    pub claimed: u32,
    pub proven: u32,
    /// Name, and per cent.
    pub areas: Vec<(String, Cell)>,
    pub why: Why,
    /// Entries that count, by how far they are believed, most first.
    pub entries: Vec<(Trust, usize)>,
    /// The learner's day.
    pub today: Day,
}

/// Those of a cohort who consent, together.
pub struct OfCohort {
    pub name: String,
    pub role: String,
    pub measure: Measure,
    /// Names of areas, in the order of what is told of them.
    pub columns: Vec<String>,
    pub together: Together,
    /// The cohort's day.
    pub today: Day,
}

/// A link for a cohort, or for one of its learners.
pub async fn new_link(
    state: &State,
    actor: &Actor,
    cohort: CohortId,
    learner: Option<PublicId>,
    wish: SummaryWish,
) -> Result<(NewSummaryLink, String), Error> {
    let mut wrong = Vec::new();
    let terms = check_summary(&wish, actor.now).map_err(|errors| wrong.extend(errors)).ok();
    let learner = match learner {
        None => None,
        Some(id) => match state.store.read(move |conn| store::cohorts::find_member(conn, cohort, id)).await {
            Ok((account, member)) if member.standing == Standing::Learner => Some(account.id),
            Ok(_) | Err(store::Error::NotThere(_)) => {
                wrong.push(domain::ledger::FieldError::new("learner", "person_unknown"));
                None
            }
            Err(other) => return Err(other.into()),
        },
    };
    let (Some(terms), true) = (terms, wrong.is_empty()) else { return Err(wrong.into()) };
    let secret = state.dice.secret();
    let new = NewSummaryLink {
        public_id: state.dice.public_id(),
        cohort,
        learner,
        token_hash: secrets::hash(&secret),
        terms,
        created_by: actor.account,
        created_at: actor.now,
    };
    Ok((new, state.links.absolute("summary", &[&secrets::write(&secret)])))
}

/// Stores a link with its row of the audit, inside a transaction. Whom it is for is not in the trail.
pub fn keep_link(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, new: &NewSummaryLink) -> Result<SummaryLink, store::Error> {
    let link = store::summaries::put(conn, new)?;
    let of = if new.learner.is_some() { "learner" } else { "cohort" };
    store::audit::append(conn, &row(actor, "summary_link.create", cohort, json!({ "link": new.public_id.to_string(), "of": of })))?;
    Ok(link)
}

/// Takes a link back, inside a transaction.
pub fn revoke_link(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, link: PublicId) -> Result<(), store::Error> {
    store::summaries::revoke(conn, cohort.id, link, actor.now)?;
    store::audit::append(conn, &row(actor, "summary_link.revoke", cohort, json!({ "link": link.to_string() })))?;
    Ok(())
}

fn row(actor: &Actor, act: &str, cohort: &Cohort, detail: serde_json::Value) -> store::audit::AuditRow {
    actor.row(act, format!("cohort:{}", cohort.public_id), detail)
}

/// Newest first, those that are over too, each with how many consent.
pub async fn links(state: &State, cohort: CohortId) -> Result<Vec<(SummaryLink, usize)>, Error> {
    Ok(state.store.read(move |conn| store::summaries::links(conn, cohort)).await?)
}

/// What a learner of a cohort is asked, newest first: links that are open, and whether the learner consents.
pub async fn asked(state: &State, cohort: CohortId, learner: AccountId) -> Result<Vec<(SummaryLink, bool)>, Error> {
    let now = state.clock.now();
    let asked = state.store.read(move |conn| store::summaries::asked_of(conn, learner, Some(cohort))).await?;
    Ok(asked.into_iter().filter(|(link, _)| link.state(now) == SummaryState::Open).map(|(link, given)| (link, given.is_some())).collect())
}

/// Consents or takes a consent back, inside a transaction. Taking back is always possible, consenting while the link opens.
pub fn decide(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    cohort: &Cohort,
    learner: AccountId,
    link: PublicId,
    consents: bool,
) -> Result<Outcome<()>, store::Error> {
    let link = store::summaries::get(conn, cohort.id, link)?;
    if !link.asks(learner) {
        return Err(store::Error::NotThere("link"));
    }
    if consents && link.state(actor.now) != SummaryState::Open {
        return Ok(Err(Error::Rule("summary_gone")));
    }
    let act = if consents {
        store::summaries::consent(conn, link.id, learner, actor.now)?;
        "summary.consent"
    } else {
        store::summaries::withdraw(conn, link.id, learner)?;
        "summary.withdraw"
    };
    store::audit::append(conn, &row(actor, act, cohort, json!({ "link": link.public_id.to_string() })))?;
    Ok(Ok(()))
}

/// Opens a link. Guessing is limited. One that ran out, was taken back, or was never one is `summary_gone`.
pub async fn shown(state: &State, actor: &Actor, secret: &str) -> Result<(SummaryLink, Shown), Error> {
    let keys = [Key::Link(auth::network(actor.address))];
    state.limiter.attempt(&keys, actor.now)?;
    let hash = secrets::read(secret).map(|secret| secrets::hash(&secret)).ok_or(Error::Rule("summary_gone"))?;
    let (link, consents) = current(state, hash).await?;
    state.limiter.forgive(&keys);
    let made = make(state, &link, &consents).await?;
    // What is answered rests on what holds now: who withdrew while it was made is not in it.
    let (link, consents) = current(state, hash).await?;
    let shown = match made {
        Made::Waits => Shown::Waits,
        Made::TooFew => Shown::TooFew,
        Made::Learner(learner, _) if !consents.contains(&learner) => Shown::Waits,
        Made::Learner(_, of) => Shown::Learner(of),
        Made::Cohort(board) => board.of(&consents),
    };
    Ok((link, shown))
}

/// An open link and who consents, of one moment.
async fn current(state: &State, hash: [u8; 32]) -> Result<(SummaryLink, BTreeSet<AccountId>), Error> {
    let found = state.store.read(move |conn| store::summaries::find(conn, &hash)).await?;
    found.filter(|(link, _)| link.state(state.clock.now()) == SummaryState::Open).ok_or(Error::Rule("summary_gone"))
}

/// What is worked out before consents are looked at for the last time.
enum Made {
    Waits,
    TooFew,
    Learner(AccountId, Box<OfLearner>),
    Cohort(Box<OfEverybody>),
}

struct OfEverybody {
    name: String,
    role: String,
    measure: Measure,
    columns: Vec<String>,
    rows: Vec<BoardRow>,
    today: Day,
}

impl OfEverybody {
    fn of(self, consents: &BTreeSet<AccountId>) -> Shown {
        let rows: Vec<&BoardRow> = self.rows.iter().filter(|row| consents.contains(&row.account)).collect();
        match together(&rows, self.columns.len(), self.measure) {
            None => Shown::TooFew,
            Some(together) => {
                let Self { name, role, measure, columns, today, .. } = self;
                Shown::Cohort(Box::new(OfCohort { name, role, measure, columns, together, today }))
            }
        }
    }
}

async fn make(state: &State, link: &SummaryLink, consents: &BTreeSet<AccountId>) -> Result<Made, Error> {
    match link.learner {
        Some(learner) if !consents.contains(&learner) => return Ok(Made::Waits),
        None if consents.len() < FEWEST => return Ok(Made::TooFew),
        _ => {}
    }
    let (id, learner) = (link.cohort, link.learner);
    let read = state.store.read(move |conn| {
        let person = learner.map(|learner| store::accounts::by_id(conn, learner)).transpose()?;
        Ok((store::cohorts::by_id(conn, id)?, store::cohorts::set_up(conn, id)?, person.map(|person| person.public_id)))
    });
    let (cohort, set_up, person): (Cohort, SetUp, Option<PublicId>) = read.await?;
    let today = state.clock.now().day_in(&cohort.zone);
    let opened = Opened { cohort, set_up, sees_as_lead: false, may_lead: false };
    match (learner, person) {
        (Some(learner), Some(person)) => Ok(Made::Learner(learner, Box::new(of_learner(state, &opened, person).await?))),
        _ => {
            let board = board(state, &opened, None).await?;
            let role = board.role.as_ref().map(|(_, template)| template.document.name.clone()).unwrap_or_default();
            let columns = board.columns.into_iter().map(|column| column.name).collect();
            let name = opened.cohort.name.to_string();
            Ok(Made::Cohort(Box::new(OfEverybody { name, role, measure: opened.set_up.measure, columns, rows: board.rows, today })))
        }
    }
}

async fn of_learner(state: &State, opened: &Opened, person: PublicId) -> Result<OfLearner, Error> {
    // Of several roles the first that the learner follows.
    let mut seen = seen_in(state, opened, person, None).await?;
    for role in opened.set_up.roles.iter().skip(1) {
        if seen.path.is_none() {
            seen = seen_in(state, opened, person, Some(&role.role)).await?;
        }
    }
    let today = state.clock.now().day_in(&seen.member.account.zone);
    let (name, why) = (seen.member.account.name.to_string(), seen.why);
    let Some(path) = seen.path else {
        return Ok(OfLearner { name, goal: None, claimed: 0, proven: 0, areas: Vec::new(), why, entries: Vec::new(), today });
    };
    let template = &path.template;
    let areas = areas(template, &path.score).into_iter().filter_map(|sum| Some((template.groups[sum.group].name.clone(), Cell::of(&sum)?)));
    let number = |trust: Trust| path.entries.iter().filter(|(_, entry, _)| entry.trust == trust).count();
    let entries = Trust::ALL.iter().rev().map(|&trust| (trust, number(trust))).filter(|(_, number)| *number > 0);
    Ok(OfLearner {
        name,
        goal: Some((template.document.name.clone(), level_name(template, &path.path.target_level))),
        claimed: path.score.claimed.readiness,
        proven: path.score.proven.readiness,
        areas: areas.collect(),
        why,
        entries: entries.collect(),
        today,
    })
}

async fn seen_in(state: &State, opened: &Opened, person: PublicId, role: Option<&str>) -> Result<Seen, Error> {
    let gone = |error: Error| if matches!(error, Error::NotThere(_)) { Error::Rule("summary_gone") } else { error };
    let member = member(state, opened, person).await.map_err(gone)?;
    as_seen(state, opened, member, role).await.map_err(gone)
}
