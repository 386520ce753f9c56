//! Everything on the board as CSV.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use domain::cohort::{BoardRow, Why, board_csv};

use super::board::BoardQuery;
use super::id;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Board};
use crate::state::Shared;

pub async fn csv(state: Shared, who: SignedIn, at: web::Path<String>, query: Query<BoardQuery>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let board = cohorts::board(&state, &opened, query.0.role()).await?;
    let text = board_csv(&head(&board), &rows(&board)).map_err(Error::machine)?;
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

/// The rule by name, for programs; who rests is told by state.
fn rule(why: &Why) -> String {
    match why {
        Why::Resting { state, .. } => state.word().to_owned(),
        Why::NotStarted { .. } => "not-started".to_owned(),
        Why::NoPath => "no-path".to_owned(),
        other => other.pace().word().to_owned(),
    }
}
