//! The board: everybody's score as of now, in a bounded number of queries.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

use domain::account::Account;
use domain::cohort::{
    Before, BoardRow, Calendar, Change, Cohort, CohortRole, Curve, Delta, MemberCalendar, Planned, Seen, Standing, ended, last_seen, pace,
};
use domain::ids::AccountId;
use domain::path::Path;
use domain::template::Template;
use domain::time::{Day, Instant, Zone};
use store::cohorts::{BoardFacts, Learner};

use super::scored::{Look, MOST, Tasks, WrittenKey, last_written, looks, tasks};
use crate::errors::Error;
use crate::services::cohorts::{Opened, plan};
use crate::state::State;

/// A board of one role.
pub struct Board {
    /// The role that it shows; none while the cohort follows none.
    pub role: Option<(CohortRole, Arc<Template>)>,
    pub columns: Vec<Column>,
    /// Learners by name.
    pub rows: Vec<BoardRow>,
    pub people: HashMap<AccountId, Person>,
    /// Mentors and leads, by name.
    pub guides: Vec<(Account, Standing)>,
    pub calendar: Calendar,
    pub plan: Vec<Planned>,
    /// The last session day that has ended.
    pub through: Day,
    /// What the plan asks of a learner without terms of their own by now.
    pub expected: u32,
    /// Paths that the built-in rule scored, because their own failed.
    pub stand_ins: usize,
}

/// An area of the role.
pub struct Column {
    pub id: String,
    pub name: String,
}

/// What the board's rows refer to.
pub struct Person {
    pub account: Account,
    /// The path that is shown.
    pub path: Option<Path>,
}

/// When each of the learners that are not among `looks` last wrote something that the cohort sees: what is kept, and of the others
/// anew.
async fn written(state: &State, facts: &BoardFacts, looks: &HashMap<AccountId, Look>) -> Result<HashMap<AccountId, Instant>, Error> {
    let (mut found, mut missing) = (HashMap::new(), Vec::new());
    {
        let kept = state.boards.written.read().unwrap_or_else(PoisonError::into_inner);
        for learner in facts.learners.iter().filter(|learner| learner.ledger_seq > 0 && !looks.contains_key(&learner.account.id)) {
            let key = WrittenKey { ledger_seq: learner.ledger_seq, withheld: learner.withheld.clone() };
            match kept.get(&learner.account.id).filter(|(own, _)| *own == key) {
                Some((_, at)) => found.extend(at.map(|at| (learner.account.id, at))),
                None => missing.push((learner.account.id, key)),
            }
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    let made = last_written(&state.store, missing).await?;
    let mut kept = state.boards.written.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() + made.len() > MOST {
        kept.clear();
    }
    for (account, key, at) in made {
        kept.insert(account, (key, at));
        found.extend(at.map(|at| (account, at)));
    }
    Ok(found)
}

/// The board of a role that the cohort follows; without one, of its first.
pub async fn board(state: &State, opened: &Opened, role: Option<&str>) -> Result<Board, Error> {
    told(state, opened, role, false).await
}

/// The same with what everything changed by in four weeks.
pub async fn board_with_change(state: &State, opened: &Opened, role: Option<&str>) -> Result<Board, Error> {
    told(state, opened, role, true).await
}

async fn told(state: &State, opened: &Opened, role: Option<&str>, changes: bool) -> Result<Board, Error> {
    let cohort = opened.cohort.clone();
    let now = state.clock.now();
    let facts = state.store.scan(move |conn| store::cohorts::board(conn, cohort)).await?;
    let through = ended(now, &facts.cohort.zone);
    let calendar = facts.set_up.calendar(&facts.cohort);
    let role = role_of(state, &facts, role).await?;
    let planned = planned(state, &facts, &calendar, role.as_ref()).await?;
    let columns = role.iter().flat_map(|(_, template)| columns(template)).collect::<Vec<_>>();
    let role_id = role.as_ref().map(|(role, _)| role.role.as_str());
    let Tasks { tasks, stand_ins } = tasks(state, &facts, role_id, changes).await?;
    let looks = looks(state, &tasks).await?;
    let written = written(state, &facts, &looks).await?;
    let mut paths: HashMap<AccountId, Path> = tasks.into_iter().map(|task| (task.account, task.path)).collect();

    let mut rows = Vec::with_capacity(facts.learners.len());
    let mut people = HashMap::with_capacity(facts.learners.len());
    let curve = Curve::new(&planned, &calendar);
    let expected = curve.at(calendar.sessions(calendar.first(), through));
    for learner in facts.learners {
        let look = looks.get(&learner.account.id);
        let own = look.map(|look| &look.now);
        let ready = own.map(|sums| sums.ready());
        let wrote = own.and_then(|sums| sums.written).or_else(|| written.get(&learner.account.id).copied());
        let last_active = wrote.map(|at| last_seen(at.day_in(&learner.account.zone), &learner.spans));
        let member = MemberCalendar { calendar: &calendar, terms: &learner.terms, spans: &learner.spans };
        let seen = Seen { ready, last_active, waiting_since: learner.waiting_since };
        let why = pace(member, &facts.set_up, &curve, seen, through, now, &facts.cohort.zone);
        rows.push(BoardRow {
            account: learner.account.id,
            name: learner.account.name.to_string(),
            mentor: learner.terms.mentor,
            why,
            ready,
            areas: columns.iter().map(|column| own.and_then(|sums| sums.areas.get(&column.id).copied())).collect(),
            last_active,
            waiting_since: learner.waiting_since,
            change: look.filter(|_| changes).and_then(|look| change(&learner, look, &columns, now, &facts.cohort.zone)),
        });
        let path = paths.remove(&learner.account.id);
        people.insert(learner.account.id, Person { account: learner.account, path });
    }
    let guides = facts.guides.into_iter().map(|(account, member)| (account, member.standing)).collect();
    Ok(Board { role, columns, rows, people, guides, calendar, plan: planned, through, expected, stand_ins })
}

/// Makes what boards of every role need of scores, so that the next look at one finds it.
pub(super) async fn warm(state: &State, cohort: Cohort) -> Result<(), Error> {
    let facts = state.store.scan(move |conn| store::cohorts::board(conn, cohort)).await?;
    let mut roles: Vec<String> = facts.set_up.roles.iter().map(|role| role.role.clone()).collect();
    if roles.is_empty() {
        roles.extend(role_of(state, &facts, None).await?.map(|(role, _)| role.role));
    }
    for role in roles {
        let Tasks { tasks, .. } = tasks(state, &facts, Some(&role), false).await?;
        let looks = looks(state, &tasks).await?;
        written(state, &facts, &looks).await?;
    }
    Ok(())
}

fn change(learner: &Learner, look: &Look, columns: &[Column], now: Instant, zone: &Zone) -> Option<Change> {
    let before = Before::of(now, &learner.account.zone);
    let Some([then, now]) = &look.change else { return before.joined_since(&learner.spans, zone).map(Change::Joined) };
    let area = |column: &Column| Delta::of_cells(then.areas.get(&column.id).copied(), now.areas.get(&column.id).copied());
    Some(Change::Since { before: before.day, ready: Delta::of(then.ready(), now.ready()), areas: columns.iter().map(area).collect() })
}

/// The plan of a role that the cohort follows.
pub(super) async fn planned(
    state: &State,
    facts: &BoardFacts,
    calendar: &Calendar,
    role: Option<&(CohortRole, Arc<Template>)>,
) -> Result<Vec<Planned>, Error> {
    let Some((role, _)) = role.filter(|(role, _)| facts.set_up.role(&role.role).is_some()) else { return Ok(Vec::new()) };
    let (cohort, id) = (facts.cohort.id, role.role.clone());
    let weeks = state.store.read(move |conn| store::cohorts::weeks(conn, cohort, &id)).await?;
    Ok(plan::of(state, calendar, role, &weeks).await?.parts)
}

fn columns(template: &Arc<Template>) -> Vec<Column> {
    template.areas().map(|area| Column { id: template.groups[area].id.clone(), name: template.groups[area].name.clone() }).collect()
}

/// The role that is asked for; where the cohort was never set up, the one that its learners follow.
pub(super) async fn role_of(state: &State, facts: &BoardFacts, role: Option<&str>) -> Result<Option<(CohortRole, Arc<Template>)>, Error> {
    let mut own = facts.set_up.roles.iter().filter(|own| role.is_none_or(|role| own.role == role));
    if let Some(own) = own.next() {
        return Ok(Some((own.clone(), state.template(own.revision).await?)));
    }
    if role.is_some() {
        return Err(Error::NotThere("role"));
    }
    let Some(path) = facts.learners.iter().flat_map(|learner| &learner.paths).next() else { return Ok(None) };
    let template = state.template(path.revision).await?;
    let role = CohortRole {
        role: template.id().to_owned(),
        revision: path.revision,
        target_level: path.target_level.clone(),
        chosen: BTreeSet::new(),
    };
    Ok(Some((role, template)))
}
