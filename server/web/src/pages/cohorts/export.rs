//! Everything on the board as CSV.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use domain::cohort::{BoardRow, Change, Delta, Why, board_csv};

use super::board::{BoardQuery, read};
use super::id;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Board};
use crate::state::Shared;

pub async fn csv(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<BoardQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let board = read(&state, &opened, &query.0).await?;
    let (mut head, mut rows) = (head(&board), rows(&board));
    if query.0.wants_change() {
        // Behind the others, so that whoever reads those by their place still does.
        head.extend(change_head(&board));
        for (line, row) in rows.iter_mut().zip(&board.rows) {
            line.extend(change_of(&board, row));
        }
    }
    let text = board_csv(&head, &rows).map_err(Error::machine)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"board.csv\""))
        .body(text))
}

/// Names of columns are for programs: stable, in English.
fn head(board: &Board) -> Vec<String> {
    let own = ["name", "username", "mentor", "pace", "rule", "claimed", "proven", "expected", "last_active", "review_waits_since"];
    let areas = board.columns.iter().flat_map(|column| ["claimed", "proven"].map(|measure| format!("{}_{measure}", column.id)));
    own.iter().map(|name| (*name).to_owned()).chain(areas).collect()
}

fn rows(board: &Board) -> Vec<Vec<String>> {
    let mentor = |row: &BoardRow| {
        board.guides.iter().find(|(guide, _)| Some(guide.id) == row.mentor).map(|(guide, _)| guide.username.to_string()).unwrap_or_default()
    };
    let points = |points: Option<u32>| points.map(|points| format!("{}.{:02}", points / 100, points % 100)).unwrap_or_default();
    board
        .rows
        .iter()
        .map(|row| {
            let username = board.people.get(&row.account).map(|person| person.account.username.to_string()).unwrap_or_default();
            let mut line = vec![
                row.name.clone(),
                username,
                mentor(row),
                row.why.pace().word().to_owned(),
                rule(&row.why),
                points(row.ready.map(|(claimed, _)| claimed)),
                points(row.ready.map(|(_, proven)| proven)),
                points(row.why.expected()),
                row.last_active.map(|day| day.to_string()).unwrap_or_default(),
                row.waiting_since.map(|at| at.to_string()).unwrap_or_default(),
            ];
            for cell in &row.areas {
                line.push(cell.map(|cell| cell.claimed.to_string()).unwrap_or_default());
                line.push(cell.map(|cell| cell.proven.to_string()).unwrap_or_default());
            }
            line
        })
        .collect()
}

fn change_head(board: &Board) -> impl Iterator<Item = String> {
    let own = ["compared_with", "joined_on", "claimed_change", "proven_change"].map(str::to_owned);
    let areas = board.columns.iter().flat_map(|column| ["claimed", "proven"].map(|measure| format!("{}_{measure}_change", column.id)));
    own.into_iter().chain(areas)
}

/// Empty where there is nothing to compare with.
fn change_of(board: &Board, row: &BoardRow) -> Vec<String> {
    let both = |delta: Option<Delta>, say: fn(i32) -> String| {
        [delta.map(|delta| say(delta.claimed)).unwrap_or_default(), delta.map(|delta| say(delta.proven)).unwrap_or_default()]
    };
    let mut line = match &row.change {
        Some(Change::Since { before, .. }) => vec![before.to_string(), String::new()],
        Some(Change::Joined(day)) => vec![String::new(), day.to_string()],
        None => vec![String::new(), String::new()],
    };
    line.extend(both(row.change.as_ref().and_then(Change::ready), signed_points));
    for column in 0..board.columns.len() {
        let delta = match &row.change {
            Some(Change::Since { areas, .. }) => areas.get(column).copied().flatten(),
            _ => None,
        };
        line.extend(both(delta, |points| points.to_string()));
    }
    line
}

/// Basis points as points of a hundred, `-0.40`.
fn signed_points(points: i32) -> String {
    let size = points.unsigned_abs();
    format!("{}{}.{:02}", if points < 0 { "-" } else { "" }, size / 100, size % 100)
}

/// The rule by name, for programs; who rests is told by state, or as moved.
pub(crate) fn rule(why: &Why) -> String {
    match why {
        Why::Resting { state, .. } => state.word().to_owned(),
        Why::Moved { .. } => "moved".to_owned(),
        Why::NotStarted { .. } => "not-started".to_owned(),
        Why::NoPath => "no-path".to_owned(),
        other => other.pace().word().to_owned(),
    }
}
