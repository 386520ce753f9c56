//! Today: the next three actions, what is due, where one stands, and the week in the learner's own days.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::ids::PublicId;
use domain::ledger::{Entry, EvidenceKind};
use domain::path::suggested;
use domain::progress::week_of;
use domain::time::Day;

use crate::caller::{Signed, SignedIn};
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::markdown;
use crate::pages::marks::width;
use crate::pages::readiness::{Notice, notice};
use crate::services::paths::level_name;
use crate::services::readiness;
use crate::services::today::{self, Due, DueKind, PathToday, Place, Today};
use crate::state::{Shared, State};
use crate::view::View;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    w: View,
    eyebrow: Vec<String>,
    /// The oldest path in full; none for who follows none.
    first: Option<PathCard>,
    /// Others, with their first action.
    others: Vec<PathCard>,
    due: Vec<DueRow>,
    week: WeekPart,
    /// "41 % ready for …".
    also: Option<String>,
    /// What can be started by who follows nothing yet.
    roles: Vec<RoleRow>,
}

struct PathCard {
    id: PublicId,
    target: String,
    claimed: String,
    proven: String,
    bar: String,
    claimed_width: String,
    proven_width: String,
    change: String,
    next: Vec<Action>,
    notice: Option<Notice>,
}

struct Action {
    id: String,
    name: String,
    area: String,
    time: String,
    gain: String,
    why: String,
    /// HTML of what it asks, for the first.
    asks: Option<String>,
}

struct DueRow {
    icon: &'static str,
    is_late: bool,
    words: String,
    detail: String,
    link: String,
}

struct WeekPart {
    days: Vec<DayColumn>,
    spent: String,
    hint: String,
}

struct DayColumn {
    weekday: String,
    number: i8,
    minutes: u32,
    is_today: bool,
    is_to_come: bool,
    /// Pixels of 72: where the bar begins, and its height.
    top: u32,
    height: u32,
}

struct RoleRow {
    /// For a form's value.
    id: String,
    name: String,
    facts: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "home");
    Ask::page(&state, &request, &who, &w).or_make(async || fresh(&state, w.clone(), &who).await).await
}

async fn fresh(state: &State, w: View, who: &Signed) -> Result<Fresh, Error> {
    let today = today::load(state, who).await?;
    let mut cards = Vec::with_capacity(today.paths.len());
    for (i, path) in today.paths.iter().enumerate() {
        cards.push(card(state, &w, path, if i == 0 { 3 } else { 1 }).await?);
    }
    let roles = if cards.is_empty() { roles(state, &w).await? } else { Vec::new() };
    let mut cards = cards.into_iter();
    let page = HomePage {
        eyebrow: eyebrow(&w, &today),
        first: cards.next(),
        others: cards.collect(),
        due: today.due.iter().map(|due| due_row(state, &w, &today, due)).collect(),
        week: week_part(&w, &today),
        also: today
            .elsewhere
            .as_ref()
            .map(|other| w.t2("today-also", "percent", other.ready.claimed / 100, "role", &other.template.document.name)),
        roles,
        w,
    };
    let fresh = Fresh::page(&page)?.unless(today.moves_with_the_clock);
    Ok(today.paths.iter().fold(fresh, |fresh, path| fresh.shows(&path.open)))
}

/// The day; the week and the name of the oldest path's cohort.
fn eyebrow(w: &View, today: &Today) -> Vec<String> {
    let mut parts = vec![w.lang.day(today.day)];
    if let Some(cohort) = today.paths.first().and_then(|path| path.cohort.as_ref()) {
        if let Some((week, of)) = week_of(cohort.starts_on, cohort.ends_on, today.day) {
            parts.push(w.t2("today-cohort-week", "week", week, "of", of));
        }
        parts.push(cohort.name.to_string());
    }
    parts
}

async fn card(state: &State, w: &View, today: &PathToday, actions: usize) -> Result<PathCard, Error> {
    let (open, score) = (&today.open, &today.readiness.score);
    let words = readiness::words_of(state, &score.rule).await?;
    let template = &open.template;
    let goal = w.lang.goal(&template.document.name, &level_name(template, &open.path.target_level));
    let (claimed, proven) = (score.claimed.readiness, score.proven.readiness);
    let next = suggested(template, score, &open.skipped()).into_iter().take(actions).enumerate();
    let next = next.map(|(i, step)| Action {
        id: step.id.to_owned(),
        name: step.name.to_owned(),
        area: step.area.to_owned(),
        time: w.t1("home-about", "time", w.lang.hours(step.hours)),
        gain: w.lang.points_moved(i64::from(step.gain)),
        why: w.lang.reason(step.why, words.as_deref()),
        asks: (i == 0 && actions > 1)
            .then(|| template.document.requirements.get(step.requirement))
            .flatten()
            .map(|asked| markdown::to_html(&asked.asks)),
    });
    Ok(PathCard {
        id: open.path.public_id,
        target: match open.path.target_day {
            Some(day) => w.t2("home-target-by", "goal", goal, "day", w.lang.day_near(day, open.today)),
            None => goal,
        },
        claimed: (claimed / 100).to_string(),
        proven: (proven / 100).to_string(),
        bar: w.t2("home-bar", "claimed", claimed / 100, "proven", proven / 100),
        claimed_width: width(claimed),
        proven_width: width(proven),
        change: change(w, today),
        next: next.collect(),
        notice: notice(w, open, &today.readiness.origin),
    })
}

/// What the last seven days brought.
fn change(w: &View, today: &PathToday) -> String {
    let score = &today.readiness.score;
    let Some(before) = &today.before else { return w.t("today-change-young") };
    let since = w.lang.day_near(today.open.today.plus(-today::DAYS_BACK), today.open.today);
    let moved = |now: u32, before: u32| i64::from(now) - i64::from(before);
    match (moved(score.claimed.readiness, before.claimed), moved(score.proven.readiness, before.proven)) {
        (0, 0) => w.t1("today-change-none", "day", since),
        (claimed, proven) => {
            w.t3("today-change", "claimed", w.lang.points_moved(claimed), "proven", w.lang.points_moved(proven), "day", since)
        }
    }
}

fn due_row(state: &State, w: &View, today: &Today, due: &Due) -> DueRow {
    let link = |place: Option<Place>| match place {
        Some(Place { path, requirement }) => {
            let open = &today.paths[path].open;
            w.link2("requirement", open.path.public_id, &open.template.requirements[requirement].id)
        }
        None => w.link("ledger"),
    };
    let catalogue = state.catalogue();
    let subject =
        |subject: &domain::subject::Subject| catalogue.get(subject).map_or_else(|| subject.id.clone(), |known| known.name.clone());
    let name = |entry: &Entry| match due.place {
        Some(Place { path, requirement }) => today.paths[path].open.template.requirements[requirement].name.clone(),
        None => entry.held.first().map(|held| subject(&held.subject)).unwrap_or_default(),
    };
    let day = |day: Day| w.lang.day_near(day, today.day);
    let (icon, is_late, words, detail) = match &due.what {
        DueKind::Queue { waiting, mine } => {
            let (words, detail) = (w.t1("today-queue", "number", *waiting), w.t1("today-queue-detail", "mine", *mine));
            return DueRow { icon: "i-review", is_late: false, words, detail, link: w.link("queue") };
        }
        DueKind::Named { count } => {
            let (words, detail) = (w.t1("today-named", "count", *count), w.t("today-named-detail"));
            return DueRow { icon: "i-review", is_late: false, words, detail, link: w.link("together") };
        }
        DueKind::Cards { begun, new } => {
            let words = w.t1("today-cards", "count", begun + new);
            let detail = w.t2("today-cards-of", "begun", *begun, "new", *new);
            return DueRow { icon: "i-cards", is_late: false, words, detail, link: w.link("practice") };
        }
        DueKind::Answered { entry, by } => {
            let words = w.t(if entry.kind == EvidenceKind::Review { "today-review-back" } else { "today-assessment-back" });
            let detail = match by {
                Some(by) => w.t3("today-back-by", "by", by, "name", name(entry), "day", day(entry.day)),
                None => w.t2("today-back", "name", name(entry), "day", day(entry.day)),
            };
            ("i-review", false, words, detail)
        }
        DueKind::Waiting { entry, with } => {
            let mut detail = w.t2("today-waiting-since", "name", name(entry), "day", day(entry.day));
            if let Some((reviewer, until)) = with {
                detail = format!("{detail} {}", w.t2("today-waiting-with", "reviewer", reviewer, "day", day(*until)));
            }
            ("i-clock", false, w.t("today-waiting"), detail)
        }
        DueKind::Ending { subject: what, last_day, is_over: true, gain } => {
            let words = w.t1("today-ended", "name", subject(what));
            let mut detail = w.t1("today-held-until", "day", day(*last_day));
            if *gain > 0 {
                detail = format!("{detail} {}", w.t1("today-renewing", "points", w.lang.points(*gain)));
            }
            ("i-warn", true, words, detail)
        }
        DueKind::Ending { subject: what, last_day, .. } => {
            let days = last_day.number() - today.day.number();
            ("i-cert", false, w.t1("today-ending", "name", subject(what)), w.t2("today-ending-in", "day", day(*last_day), "days", days))
        }
    };
    DueRow { icon, is_late, words, detail, link: link(due.place) }
}

fn week_part(w: &View, today: &Today) -> WeekPart {
    const TALLEST: u32 = 60;
    let most = today.week.days.iter().map(|day| day.minutes).max().unwrap_or(0).max(60);
    let column = |day: &domain::progress::WeekDay| {
        let date = day.day.date();
        let height = (TALLEST * day.minutes / most).max(3);
        DayColumn {
            weekday: w.t(&format!("weekday-short-{}", date.weekday().to_monday_one_offset())),
            number: date.day(),
            minutes: day.minutes,
            is_today: day.day == today.day,
            is_to_come: day.day > today.day,
            top: 72 - height,
            height,
        }
    };
    let spent = spent(w, today.week.minutes);
    WeekPart {
        days: today.week.days.iter().map(column).collect(),
        spent: match today.set_aside {
            0 => spent,
            hours => w.t2("today-week-of", "spent", spent, "hours", w.lang.hours(hours)),
        },
        hint: format!("{} {}", w.t1("today-week-hint", "zone", w.zone().name()), w.t1("today-streak", "days", today.streak)),
    }
}

/// `25 min`, `3 h 20`.
fn spent(w: &View, minutes: u32) -> String {
    if minutes < 60 {
        return w.lang.minutes(minutes);
    }
    if minutes.is_multiple_of(60) {
        return w.lang.hours(minutes / 60);
    }
    w.t2("today-hours-minutes", "hours", minutes / 60, "minutes", format!("{:02}", minutes % 60))
}

async fn roles(state: &State, w: &View) -> Result<Vec<RoleRow>, Error> {
    let mut roles = Vec::new();
    for head in state.store.read(store::templates::list_newest).await? {
        let template = state.template(head.id).await?;
        let (requirements, areas, levels) = (template.requirements.len(), template.areas().count(), template.document.levels.len());
        roles.push(RoleRow {
            id: head.role,
            name: template.document.name.clone(),
            facts: w.t3("today-role-facts", "requirements", requirements, "areas", areas, "levels", levels),
        });
    }
    Ok(roles)
}
