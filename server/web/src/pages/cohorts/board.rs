//! The board: learners by areas as a heat map, filtered and ordered by the server.

mod query;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{BoardOrder, BoardRow, Change, Delta, Measure, Pace, Why, board as filtered, median, tally};
use domain::ids::AccountId;

pub use query::BoardQuery;
use query::Cells;

use super::{CellView, PaceView, Top, id, pace_class, pace_view, seen};
use crate::base::query_value;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Board, Opened};
use crate::state::{Shared, State};
use crate::view::{View, page};

/// Open alerts that are counted.
const MOST_OPEN: i64 = 99;

/// Learners a page.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "cohorts/board.html")]
struct BoardPage {
    w: View,
    top: Top,
    people: String,
    alerts: Vec<Alert>,
    /// How many alerts are open, for leads.
    open: Option<String>,
    /// Its last day lies behind: there is a page that says how it ended.
    is_over: bool,
    /// Other roles of the cohort, with their links.
    roles: Vec<Choice>,
    tally: Vec<Tally>,
    query: BoardQuery,
    mentors: Vec<Choice>,
    orders: Vec<Choice>,
    cells: Vec<Choice>,
    count: String,
    caption: String,
    /// What the steps of the cells begin at.
    legend: String,
    steps: Vec<CellView>,
    /// What the two numbers of the readiness are.
    both: String,
    heads: Heads,
    columns: Vec<String>,
    rows: Vec<RowView>,
    /// Of those who take part; where nobody does there are none.
    medians: Option<Medians>,
    shown: String,
    before: Option<String>,
    after: Option<String>,
    rules: Vec<String>,
    stand_ins: Option<String>,
    csv: String,
    json: String,
}

/// Something that the lead should look at.
struct Alert {
    bad: bool,
    what: String,
    who: String,
    link: String,
}

struct Tally {
    link: String,
    number: usize,
    class: &'static str,
    word: String,
    on: bool,
}

struct Choice {
    value: String,
    words: String,
    on: bool,
}

/// Links of the heads that sort; the one that holds.
struct Heads {
    name: String,
    pace: String,
    ready: String,
    seen: String,
    order: BoardOrder,
}

struct RowView {
    name: String,
    link: String,
    pace: PaceView,
    claimed: Option<String>,
    proven: String,
    cells: Vec<Option<CellView>>,
    /// Instead of readiness and cells: there is nothing to compare with.
    joined: Option<String>,
    seen: String,
    waits: bool,
}

struct Medians {
    claimed: String,
    proven: String,
    cells: Vec<Option<CellView>>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<BoardQuery>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open(&state, &who, id(&at)?).await?;
    let query = query.0;
    let board = read(&state, &opened, &query).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let mut names = Vec::new();
    for role in &opened.set_up.roles {
        names.push((role.role.clone(), state.template(role.revision).await?.document.name.clone()));
    }
    let mut shown = filled(w, &opened, &board, query, who.account.id, &names);
    if opened.sees_as_lead {
        let open = cohorts::alerts(&state, &opened, true, None, MOST_OPEN).await?.alerts.len();
        shown.open = (open > 0).then(|| shown.w.t1("cohort-alerts-open", "number", open));
    }
    page(&shown)
}

/// With what changed, where the query wants that.
pub(super) async fn read(state: &State, opened: &Opened, query: &BoardQuery) -> Result<Board, Error> {
    if query.wants_change() {
        cohorts::board_with_change(state, opened, query.role()).await
    } else {
        cohorts::board(state, opened, query.role()).await
    }
}

fn filled(w: View, opened: &Opened, board: &Board, query: BoardQuery, who: AccountId, names: &[(String, String)]) -> BoardPage {
    let cohort = opened.cohort.public_id;
    let here = w.link1("cohort", cohort);
    let link = |field: &str, value: &str| {
        let query = query.with(field, value);
        if query.is_empty() { here.clone() } else { format!("{here}?{query}") }
    };
    let filter = query.filter(board, opened.set_up.measure, who);
    let rows = filtered(&board.rows, &filter);
    let cells = query.shown();
    let by = opened.set_up.measure;
    let pages = rows.len().div_ceil(PAGE).max(1);
    let number = query.page.unwrap_or(1).clamp(1, pages);
    let first = (number - 1) * PAGE;
    let shown: Vec<&BoardRow> = rows.iter().skip(first).take(PAGE).copied().collect();
    let paged = |number: usize| {
        let rest = query.with("", "");
        if rest.is_empty() { format!("{here}?page={number}") } else { format!("{here}?{rest}&page={number}") }
    };
    let (guides, learners) = (board.guides.len(), board.rows.len());
    let expected = w.lang.readiness(board.expected);
    let measure = match opened.set_up.measure {
        Measure::Claimed => "cohort-expected-claimed",
        Measure::Proven => "cohort-expected-proven",
    };
    let mut mentors = vec![("", w.t("cohort-mentor-all")), ("mine", w.t("cohort-mentor-mine")), ("none", w.t("cohort-mentor-none"))];
    let named: Vec<(String, String)> =
        board.guides.iter().map(|(guide, _)| (guide.public_id.to_string(), guide.name.to_string())).collect();
    mentors.extend(named.iter().map(|(id, name)| (id.as_str(), name.clone())));
    let orders = BoardOrder::ALL.iter().map(|order| (order.word(), w.t(&format!("cohort-sort-{order}"))));
    let role = board.role.as_ref().map(|(role, _)| role.role.as_str()).unwrap_or_default();
    // One role needs no choice.
    let others = if names.len() > 1 { names } else { &[] };
    let roles = others.iter().map(|(id, name)| Choice { value: link("role", id), words: name.clone(), on: id == role }).collect();
    let tally = tally(&board.rows)
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(pace, number)| {
            let on = filter.pace == Some(pace);
            let link = link("pace", if on { "" } else { pace.word() });
            Tally { link, number, class: pace_class(pace), word: w.t(&format!("cohort-pace-{pace}")), on }
        })
        .collect();
    BoardPage {
        people: w.t2("cohort-people", "learners", learners, "guides", guides),
        alerts: alerts(&w, opened, board, &here),
        open: None,
        roles,
        tally,
        mentors: mentors.into_iter().map(|(value, words)| choice(value == query.mentor, value, words)).collect(),
        orders: orders.map(|(value, words)| choice(value == filter.order.word(), value, words)).collect(),
        cells: Cells::ALL.map(|(own, value)| choice(own == cells, value, w.t(&format!("cohort-cells-{value}")))).into(),
        count: format!("{} {}", w.t2("cohort-count", "shown", rows.len(), "of", learners), w.t1(measure, "points", expected)),
        caption: w.t(match (cells, by) {
            (Cells::Claimed, _) => "cohort-caption-claimed",
            (Cells::Proven, _) => "cohort-caption-proven",
            (Cells::Change, Measure::Claimed) => "cohort-caption-change-claimed",
            (Cells::Change, Measure::Proven) => "cohort-caption-change-proven",
        }),
        legend: w.t(if cells == Cells::Change { "cohort-legend-change" } else { "cohort-legend" }),
        steps: match cells {
            Cells::Change => [-1, 0, 1, 5, 10, 20].map(|points| CellView::moved(&w, points)).into(),
            _ => [0, 20, 45, 65, 85].map(CellView::new).into(),
        },
        both: w.t(if cells == Cells::Change { "cohort-col-ready-change" } else { "cohort-col-ready-both" }),
        heads: Heads {
            name: link("sort", "name"),
            pace: link("sort", ""),
            ready: link("sort", if cells == Cells::Change { "change" } else { "readiness" }),
            seen: link("sort", "seen"),
            order: filter.order,
        },
        columns: board.columns.iter().map(|column| column.name.clone()).collect(),
        rows: shown.iter().map(|row| row_view(&w, opened, board, row, cells)).collect(),
        medians: medians(&w, board, &rows, cells, by),
        is_over: w.now.day_in(&opened.cohort.zone) > opened.cohort.ends_on,
        shown: w.t3("cohort-shown", "first", (first + 1).min(rows.len()), "last", first + shown.len(), "of", rows.len()),
        before: (number > 1).then(|| paged(number - 1)),
        after: (number < pages).then(|| paged(number + 1)),
        rules: rules(&w, opened),
        stand_ins: (board.stand_ins > 0).then(|| w.t1("cohort-stand-ins", "number", board.stand_ins)),
        csv: whole(w.link1("cohort-csv", cohort), &query, "cells=change"),
        json: whole(w.link1("api-cohort-board", cohort), &query, "change=true"),
        top: Top::new(&w, opened, "board"),
        query,
        w,
    }
}

fn choice(on: bool, value: &str, words: String) -> Choice {
    Choice { on, value: value.to_owned(), words }
}

/// Exports have everybody, of the same role, with what changed where that is shown.
fn whole(link: String, query: &BoardQuery, change: &str) -> String {
    let role = query.role().map(|role| format!("role={}", query_value(role)));
    let change = (query.shown() == Cells::Change).then(|| change.to_owned());
    let rest: Vec<String> = role.into_iter().chain(change).collect();
    if rest.is_empty() { link } else { format!("{link}?{}", rest.join("&")) }
}

fn row_view(w: &View, opened: &Opened, board: &Board, row: &BoardRow, cells: Cells) -> RowView {
    let person = board.people.get(&row.account);
    let public_id = person.map(|person| person.account.public_id.to_string()).unwrap_or_default();
    let today = person.map_or(board.through, |person| w.now.day_in(&person.account.zone));
    let by = opened.set_up.measure;
    let change = row.change.as_ref();
    let (claimed, proven) = match cells {
        Cells::Change => change
            .and_then(Change::ready)
            .map(|Delta { claimed, proven }| (w.lang.points_moved(claimed.into()), w.lang.points_moved(proven.into()))),
        _ => row.ready.map(|(claimed, proven)| (w.lang.readiness(claimed), w.lang.readiness(proven))),
    }
    .unzip();
    let joined = match change {
        Some(&Change::Joined(day)) if cells == Cells::Change => Some(w.t1("cohort-joined-since", "day", w.lang.day_short(day))),
        _ => None,
    };
    RowView {
        name: row.name.clone(),
        link: w.link2("cohort-learner", opened.cohort.public_id, public_id),
        pace: pace_view(w, &row.why),
        claimed,
        proven: proven.unwrap_or_default(),
        cells: (0..board.columns.len()).map(|column| cell(w, row, column, cells, by)).collect(),
        joined,
        seen: seen(w, row.last_active, today),
        waits: row.waiting_since.is_some(),
    }
}

/// What a cell shows.
fn number(row: &BoardRow, column: usize, cells: Cells, by: Measure) -> Option<i32> {
    let own = row.areas.get(column).copied().flatten();
    match cells {
        Cells::Claimed => own.map(|cell| cell.claimed as i32),
        Cells::Proven => own.map(|cell| cell.proven as i32),
        Cells::Change => match row.change.as_ref()? {
            Change::Joined(_) => None,
            Change::Since { areas, .. } => areas.get(column).copied().flatten().map(|delta| delta.by(by)),
        },
    }
}

fn drawn(w: &View, number: i32, cells: Cells) -> CellView {
    if cells == Cells::Change { CellView::moved(w, number) } else { CellView::new(number.unsigned_abs()) }
}

fn cell(w: &View, row: &BoardRow, column: usize, cells: Cells, by: Measure) -> Option<CellView> {
    number(row, column, cells, by).map(|number| drawn(w, number, cells))
}

/// Of what the filter shows, those who rest apart.
fn medians(w: &View, board: &Board, rows: &[&BoardRow], cells: Cells, by: Measure) -> Option<Medians> {
    let active: Vec<&&BoardRow> = rows.iter().filter(|row| row.why.pace() != Pace::Resting).collect();
    if active.is_empty() {
        return None;
    }
    let of = |pick: &dyn Fn(&BoardRow) -> Option<i32>| median(active.iter().filter_map(|row| pick(row)).collect());
    let ready = |pick: &dyn Fn((i32, i32)) -> i32| {
        let both = |row: &BoardRow| match cells {
            Cells::Change => row.change.as_ref().and_then(Change::ready).map(|ready| (ready.claimed, ready.proven)),
            _ => row.ready.map(|(claimed, proven)| (claimed as i32, proven as i32)),
        };
        let words = |points: i32| match cells {
            Cells::Change => w.lang.points_moved(points.into()),
            _ => w.lang.readiness(points.unsigned_abs()),
        };
        of(&|row| both(row).map(pick)).map(words).unwrap_or_default()
    };
    Some(Medians {
        claimed: ready(&|both| both.0),
        proven: ready(&|both| both.1),
        cells: (0..board.columns.len())
            .map(|column| of(&|row| number(row, column, cells, by)).map(|number| drawn(w, number, cells)))
            .collect(),
    })
}

/// Who is silent, who waits too long, who is behind; those whom the cohort's set-up wants to be told of.
fn alerts(w: &View, opened: &Opened, board: &Board, here: &str) -> Vec<Alert> {
    let named = |rows: &[&BoardRow]| {
        let names: Vec<&str> = rows.iter().take(3).map(|row| row.name.as_str()).collect();
        match rows.len().saturating_sub(3) {
            0 => names.join(", "),
            more => w.t2("cohort-and-more", "names", names.join(", "), "more", more),
        }
    };
    let of = |pick: &dyn Fn(&Why) -> bool| -> Vec<&BoardRow> { board.rows.iter().filter(|row| pick(&row.why)).collect() };
    let today = w.now.day_in(&opened.cohort.zone);
    let late: Vec<&BoardRow> = board
        .rows
        .iter()
        .filter(|row| {
            let waits = row.waiting_since.map(|since| today.number() - since.day_in(&opened.cohort.zone).number());
            let rests = row.why.pace() == Pace::Resting;
            opened.set_up.waiting_after.is_some_and(|limit| !rests && waits.is_some_and(|days| days >= limit as i32))
        })
        .collect();
    let silent = of(&|why| matches!(why, Why::Silent { .. }));
    let behind = of(&|why| matches!(why, Why::Behind { .. }));
    let mut alerts = Vec::new();
    for (rows, key, pace, bad) in [
        (silent, "cohort-alert-silent", Pace::Silent, true),
        (late, "cohort-alert-waiting", Pace::Waiting, false),
        (behind, "cohort-alert-behind", Pace::Behind, false),
    ] {
        if !rows.is_empty() {
            alerts.push(Alert { bad, what: w.t1(key, "number", rows.len()), who: named(&rows), link: format!("{here}?pace={pace}") });
        }
    }
    alerts
}

/// The rules that put learners where they are, with this cohort's figures.
fn rules(w: &View, opened: &Opened) -> Vec<String> {
    let set_up = &opened.set_up;
    let band = w.lang.readiness(set_up.band);
    let measure = w.t(match set_up.measure {
        Measure::Claimed => "cohort-measure-claimed",
        Measure::Proven => "cohort-measure-proven",
    });
    let mut rules = Vec::new();
    if let Some(limit) = set_up.silent_after {
        rules.push(w.t1("cohort-rule-silent", "sessions", limit));
    }
    rules.push(w.t2("cohort-rule-behind", "measure", &measure, "points", &band));
    rules.push(w.t("cohort-rule-waiting"));
    rules.push(w.t1("cohort-rule-ahead", "points", &band));
    rules.push(w.t("cohort-rule-calendar"));
    rules
}
