//! The board: learners by areas as a heat map, filtered and ordered by the server.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{BoardFilter, BoardOrder, BoardRow, Measure, Mentored, Pace, Why, board as filtered, median, tally};
use domain::ids::AccountId;
use serde::Deserialize;

use super::{CellView, PaceView, Top, id, pace_class, pace_view, seen};
use crate::base::query_value;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Board, Opened};
use crate::state::Shared;
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
    seen: String,
    waits: bool,
}

struct Medians {
    claimed: String,
    proven: String,
    cells: Vec<Option<CellView>>,
}

/// What of the board is wanted. Everything is a word that may be anything; what is none of ours counts as not said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BoardQuery {
    pub q: String,
    pub pace: String,
    /// `mine`, `none`, or the id of a mentor.
    pub mentor: String,
    pub sort: String,
    /// `claimed` or `proven`.
    pub cells: String,
    pub role: String,
    /// From 1.
    pub page: Option<usize>,
}

impl BoardQuery {
    pub(super) fn role(&self) -> Option<&str> {
        Some(self.role.as_str()).filter(|role| !role.is_empty())
    }

    pub(crate) fn filter(&self, board: &Board, who: AccountId) -> BoardFilter {
        let named = || board.guides.iter().find(|(guide, _)| guide.public_id.to_string() == self.mentor).map(|(guide, _)| guide.id);
        let mentor = match self.mentor.as_str() {
            "mine" => Mentored::By(who),
            "none" => Mentored::ByNobody,
            _ => named().map_or(Mentored::All, Mentored::By),
        };
        BoardFilter {
            words: self.q.chars().take(100).collect(),
            pace: self.pace.parse().ok(),
            mentor,
            order: self.sort.parse().unwrap_or_default(),
        }
    }

    /// The query of another look at the same board; the page is left out.
    fn with(&self, field: &str, value: &str) -> String {
        let fields = [
            ("q", &self.q),
            ("pace", &self.pace),
            ("mentor", &self.mentor),
            ("sort", &self.sort),
            ("cells", &self.cells),
            ("role", &self.role),
        ];
        let pairs = fields.iter().filter_map(|(name, own)| {
            let value = if *name == field { value } else { own.as_str() };
            (!value.is_empty()).then(|| format!("{name}={}", query_value(value)))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
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
    let board = cohorts::board(&state, &opened, query.role()).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let mut names = Vec::new();
    for role in &opened.set_up.roles {
        names.push((role.role.clone(), state.template(role.revision).await?.document.name.clone()));
    }
    let mut shown = filled(w, &opened, &board, query, who.account.id, &names);
    if opened.may_lead {
        let open = cohorts::alerts(&state, &opened, true, None, MOST_OPEN).await?.alerts.len();
        shown.open = (open > 0).then(|| shown.w.t1("cohort-alerts-open", "number", open));
    }
    page(&shown)
}

fn filled(w: View, opened: &Opened, board: &Board, query: BoardQuery, who: AccountId, names: &[(String, String)]) -> BoardPage {
    let cohort = opened.cohort.public_id;
    let here = w.link1("cohort", cohort);
    let link = |field: &str, value: &str| {
        let query = query.with(field, value);
        if query.is_empty() { here.clone() } else { format!("{here}?{query}") }
    };
    let filter = query.filter(board, who);
    let rows = filtered(&board.rows, &filter);
    let proven = query.cells == "proven";
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
        mentors: mentors.into_iter().map(|(value, words)| choice(value, words, &query.mentor)).collect(),
        orders: orders.map(|(value, words)| choice(value, words, filter.order.word())).collect(),
        cells: [("claimed", w.t("cohort-cells-claimed")), ("proven", w.t("cohort-cells-proven"))]
            .into_iter()
            .map(|(value, words)| choice(value, words, if proven { "proven" } else { "claimed" }))
            .collect(),
        count: format!("{} {}", w.t2("cohort-count", "shown", rows.len(), "of", learners), w.t1(measure, "points", expected)),
        caption: w.t(if proven { "cohort-caption-proven" } else { "cohort-caption-claimed" }),
        heads: Heads {
            name: link("sort", "name"),
            pace: link("sort", ""),
            ready: link("sort", "readiness"),
            seen: link("sort", "seen"),
            order: filter.order,
        },
        columns: board.columns.iter().map(|column| column.name.clone()).collect(),
        rows: shown.iter().map(|row| row_view(&w, opened, board, row, proven)).collect(),
        medians: medians(&w, board, &rows, proven),
        is_over: w.now.day_in(&opened.cohort.zone) > opened.cohort.ends_on,
        shown: w.t3("cohort-shown", "first", (first + 1).min(rows.len()), "last", first + shown.len(), "of", rows.len()),
        before: (number > 1).then(|| paged(number - 1)),
        after: (number < pages).then(|| paged(number + 1)),
        rules: rules(&w, opened),
        stand_ins: (board.stand_ins > 0).then(|| w.t1("cohort-stand-ins", "number", board.stand_ins)),
        csv: with_role(w.link1("cohort-csv", cohort), &query),
        json: with_role(w.link1("api-cohort-board", cohort), &query),
        top: Top::new(&w, opened, "board"),
        query,
        w,
    }
}

fn choice(value: &str, words: String, chosen: &str) -> Choice {
    Choice { on: value == chosen, value: value.to_owned(), words }
}

/// Exports have everybody, of the same role.
fn with_role(link: String, query: &BoardQuery) -> String {
    query.role().map_or_else(|| link.clone(), |role| format!("{link}?role={}", query_value(role)))
}

fn row_view(w: &View, opened: &Opened, board: &Board, row: &BoardRow, proven: bool) -> RowView {
    let person = board.people.get(&row.account);
    let public_id = person.map(|person| person.account.public_id.to_string()).unwrap_or_default();
    let today = person.map_or(board.through, |person| w.now.day_in(&person.account.zone));
    RowView {
        name: row.name.clone(),
        link: w.link2("cohort-learner", opened.cohort.public_id, public_id),
        pace: pace_view(w, &row.why),
        claimed: row.ready.map(|(claimed, _)| w.lang.readiness(claimed)),
        proven: row.ready.map(|(_, proven)| w.lang.readiness(proven)).unwrap_or_default(),
        cells: row.areas.iter().map(|cell| cell.map(|cell| CellView::new(if proven { cell.proven } else { cell.claimed }))).collect(),
        seen: seen(w, row.last_active, today),
        waits: row.waiting_since.is_some(),
    }
}

/// Of what the filter shows, those who rest apart.
fn medians(w: &View, board: &Board, rows: &[&BoardRow], proven: bool) -> Option<Medians> {
    let active: Vec<&&BoardRow> = rows.iter().filter(|row| row.why.pace() != Pace::Resting).collect();
    if active.is_empty() {
        return None;
    }
    let of = |pick: &dyn Fn(&BoardRow) -> Option<u32>| median(active.iter().filter_map(|row| pick(row)).collect());
    let readiness = |value: Option<u32>| value.map(|value| w.lang.readiness(value)).unwrap_or_default();
    let cell = |column: usize| {
        of(&|row| row.areas.get(column).copied().flatten().map(|cell| if proven { cell.proven } else { cell.claimed })).map(CellView::new)
    };
    Some(Medians {
        claimed: readiness(of(&|row| row.ready.map(|(claimed, _)| claimed))),
        proven: readiness(of(&|row| row.ready.map(|(_, proven)| proven))),
        cells: (0..board.columns.len()).map(cell).collect(),
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
