//! The board as JSON, a learner and a requirement of it.

use actix_web::{HttpResponse, web};
use domain::cohort::{BoardRow, Cell, Change, Delta, board as filtered};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::plan::RoleQuery;
use crate::api::{Listed, id, ok};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::board::BoardQuery as Wanted;
use crate::pages::cohorts::export::rule;
use crate::services::cohorts::{self, Board};
use crate::state::Shared;

/// What of the board is wanted; without any, everybody, worst pace first.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct BoardQuery {
    /// Absent: the cohort's first.
    role: Option<String>,
    /// Words of the name.
    q: Option<String>,
    /// `silent`, `behind`, `waiting`, `on-pace`, `ahead`, `resting`.
    pace: Option<String>,
    /// `mine`, `none`, or the public id of a mentor.
    mentor: Option<String>,
    /// `pace`, `readiness`, `proven`, `seen`, `change` (in four weeks, by the cohort's measure, least first), `name`.
    sort: Option<String>,
    /// Say of each learner what changed in four weeks too. Sorting by it asks for it.
    change: Option<bool>,
}

/// Everything on a board.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortBoard)]
pub struct BoardJson {
    role: Option<String>,
    /// The last session day that has ended.
    through: String,
    /// Basis points that the plan asks of a learner without terms of their own by now.
    expected: u32,
    areas: Vec<AreaJson>,
    items: Vec<RowJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BoardArea)]
pub struct AreaJson {
    id: String,
    name: String,
}

/// A learner on the board.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardRow)]
pub struct RowJson {
    id: String,
    username: String,
    name: String,
    /// Public id of the primary mentor.
    mentor: Option<String>,
    pace: &'static str,
    /// `silent`, `behind`, `waiting`, `on-pace`, `ahead`, `not-started`, `no-path`, and of who rests `paused`, `dropped`, `completed`,
    /// `moved`.
    rule: String,
    /// Basis points that the plan asks of this learner by now.
    expected: Option<u32>,
    /// Basis points.
    claimed: Option<u32>,
    proven: Option<u32>,
    last_active: Option<String>,
    review_waits_since: Option<String>,
    /// In the order of the areas; null where the area asks nothing.
    cells: Vec<Option<CellJson>>,
    /// Only where it is asked for; absent too without a path.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ChangeJson>,
}

/// What changed in 28 of the learner's days: now less what it was at the end of the first of them, by what the cohort may see
/// today and against today's role and target.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardChange)]
pub struct ChangeJson {
    /// The learner's day at whose end everything is compared; null for who came in since.
    compared_with: Option<String>,
    /// When who came in less than four weeks ago did: then there is nothing to compare with.
    joined_on: Option<String>,
    /// Basis points, below zero where something was lost.
    claimed: Option<i32>,
    proven: Option<i32>,
    /// In the order of the areas; null where the area asks nothing, empty for who came in since.
    cells: Vec<Option<CellChangeJson>>,
}

/// Per cent of an area's points, below zero where something was lost.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardCellChange)]
pub struct CellChangeJson {
    claimed: i32,
    proven: i32,
}

impl From<Delta> for CellChangeJson {
    fn from(delta: Delta) -> Self {
        Self { claimed: delta.claimed, proven: delta.proven }
    }
}

impl From<&Change> for ChangeJson {
    fn from(change: &Change) -> Self {
        match change {
            Change::Joined(day) => {
                Self { compared_with: None, joined_on: Some(day.to_string()), claimed: None, proven: None, cells: Vec::new() }
            }
            Change::Since { before, ready, areas } => Self {
                compared_with: Some(before.to_string()),
                joined_on: None,
                claimed: Some(ready.claimed),
                proven: Some(ready.proven),
                cells: areas.iter().map(|delta| delta.map(CellChangeJson::from)).collect(),
            },
        }
    }
}

/// Per cent of an area's points.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardCell)]
pub struct CellJson {
    claimed: u32,
    proven: u32,
}

impl From<Cell> for CellJson {
    fn from(cell: Cell) -> Self {
        Self { claimed: cell.claimed, proven: cell.proven }
    }
}

/// A learner as the cohort sees them: nothing that is withheld.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortLearner)]
pub struct LearnerJson {
    id: String,
    username: String,
    name: String,
    pace: &'static str,
    /// `silent`, `behind`, `waiting`, `on-pace`, `ahead`, `not-started`, `no-path`, and of who rests `paused`, `dropped`, `completed`,
    /// `moved`.
    rule: String,
    last_active: Option<String>,
    /// When the learner's own plan ends.
    plan_ends: Option<String>,
    claimed: Option<u32>,
    proven: Option<u32>,
    /// Entries that the receipts cite, newest first.
    entries: Vec<EntryJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CitedEntry)]
pub struct EntryJson {
    number: u32,
    kind: String,
    trust: String,
    day: String,
    subjects: Vec<String>,
    title: Option<String>,
    url: Option<String>,
    note: Option<String>,
}

/// A learner's standing in a requirement.
#[derive(Serialize, ToSchema)]
#[schema(as = CohortStanding)]
pub struct AskedJson {
    id: String,
    name: String,
    state: String,
    trust: Option<String>,
    /// Basis points of the requirement.
    claimed: u32,
    proven: u32,
    last_evidence: Option<String>,
}

fn row_json(board: &Board, row: &BoardRow) -> RowJson {
    let person = board.people.get(&row.account).map(|person| &person.account);
    let mentor = board.guides.iter().find(|(guide, _)| Some(guide.id) == row.mentor);
    RowJson {
        id: person.map(|account| account.public_id.to_string()).unwrap_or_default(),
        username: person.map(|account| account.username.to_string()).unwrap_or_default(),
        name: row.name.clone(),
        mentor: mentor.map(|(guide, _)| guide.public_id.to_string()),
        pace: row.why.pace().word(),
        rule: rule(&row.why),
        expected: row.why.expected(),
        claimed: row.ready.map(|(claimed, _)| claimed),
        proven: row.ready.map(|(_, proven)| proven),
        last_active: row.last_active.map(|day| day.to_string()),
        review_waits_since: row.waiting_since.map(|at| at.to_string()),
        cells: row.areas.iter().map(|cell| cell.map(CellJson::from)).collect(),
        change: row.change.as_ref().map(ChangeJson::from),
    }
}

pub async fn show(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<BoardQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at, "cohort")?).await?;
    let BoardQuery { role, q, pace, mentor, sort, change } = query.0;
    let word = |word: Option<String>| word.unwrap_or_default();
    let wanted = Wanted { q: word(q), pace: word(pace), mentor: word(mentor), sort: word(sort), ..Wanted::default() };
    let board = if change == Some(true) || wanted.wants_change() {
        cohorts::board_with_change(&state, &opened, role.as_deref()).await?
    } else {
        cohorts::board(&state, &opened, role.as_deref()).await?
    };
    let filter = wanted.filter(&board, opened.set_up.measure, who.account.id);
    Ok(ok(&BoardJson {
        role: board.role.as_ref().map(|(role, _)| role.role.clone()),
        through: board.through.to_string(),
        expected: board.expected,
        areas: board.columns.iter().map(|column| AreaJson { id: column.id.clone(), name: column.name.clone() }).collect(),
        items: filtered(&board.rows, &filter).into_iter().map(|row| row_json(&board, row)).collect(),
    }))
}

pub async fn learner(
    state: Shared,
    who: SignedIn,
    at: web::Path<(String, String)>,
    query: Query<RoleQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at.0, "cohort")?).await?;
    let found = cohorts::learner(&state, &who, &opened, id(&at.1, "member")?, query.0.role.as_deref()).await?;
    let account = &found.member.account;
    let entry = |(_, entry, payload): &(domain::ids::PublicId, domain::ledger::Entry, Option<domain::ledger::Payload>)| {
        let written = payload.clone().unwrap_or_default();
        EntryJson {
            number: entry.seq,
            kind: entry.kind.word().to_owned(),
            trust: entry.trust.word().to_owned(),
            day: entry.day.to_string(),
            subjects: entry.held.iter().map(|held| held.subject.to_string()).collect(),
            title: written.title,
            url: written.url,
            note: written.note,
        }
    };
    Ok(ok(&LearnerJson {
        id: account.public_id.to_string(),
        username: account.username.to_string(),
        name: account.name.to_string(),
        pace: found.why.pace().word(),
        rule: rule(&found.why),
        last_active: found.last_active.map(|day| day.to_string()),
        plan_ends: found.plan_ends.map(|day| day.to_string()),
        claimed: found.path.as_ref().map(|path| path.score.claimed.readiness),
        proven: found.path.as_ref().map(|path| path.score.proven.readiness),
        entries: found.path.as_ref().map(|path| path.entries.iter().map(entry).collect()).unwrap_or_default(),
    }))
}

pub async fn requirement(
    state: Shared,
    who: SignedIn,
    at: web::Path<(String, String)>,
    query: Query<RoleQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at.0, "cohort")?).await?;
    let board = cohorts::board(&state, &opened, query.0.role.as_deref()).await?;
    let asked = cohorts::asked(&state, &opened, &board, &at.1).await?;
    let items = asked.rows.iter().map(|row| AskedJson {
        id: row.person.to_string(),
        name: row.name.clone(),
        state: row.standing.state.word().to_owned(),
        trust: row.standing.trust.map(|trust| trust.word().to_owned()),
        claimed: row.standing.claimed_share,
        proven: row.standing.proven_share,
        last_evidence: row.standing.last_evidence.map(|day| day.to_string()),
    });
    Ok(ok(&Listed::whole(items.collect())))
}
