//! Today: what the home page says.

use actix_web::HttpResponse;
use domain::path::suggested;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ok;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::today::{self, Due, DueKind, PathToday, Today};
use crate::state::Shared;

/// What is next, what is due, where one stands, and the week.
#[derive(Serialize, ToSchema)]
#[schema(as = Today)]
pub struct TodayJson {
    /// The learner's own day.
    day: String,
    /// Oldest first.
    paths: Vec<TodayPathJson>,
    due: Vec<DueJson>,
    week: WeekJson,
    /// Days in a row with something in the ledger, the last of them today or yesterday.
    streak: u32,
    also_ready: Option<AlsoReadyJson>,
}

/// A path today.
#[derive(Serialize, ToSchema)]
#[schema(as = TodayPath)]
pub struct TodayPathJson {
    path: String,
    role: String,
    target_level: String,
    target_day: Option<String>,
    /// Basis points.
    claimed: u32,
    proven: u32,
    /// Seven days ago or before; absent for a younger path.
    claimed_before: Option<u32>,
    proven_before: Option<u32>,
    /// At most three, best first.
    next: Vec<TodayActionJson>,
}

/// A next action.
#[derive(Serialize, ToSchema)]
#[schema(as = TodayAction)]
pub struct TodayActionJson {
    requirement: String,
    name: String,
    area: String,
    /// Basis points that finishing it would add.
    gain: u32,
    /// A guess of the role's template.
    minutes: u32,
}

/// A thing that is due.
#[derive(Serialize, ToSchema)]
#[schema(as = Due)]
pub struct DueJson {
    /// `cards`: interview cards to be asked now; `answered`: a review or an assessment came back; `waiting`: work that
    /// nobody has looked at yet; `ending`, `ended`: a certification; `queue`: what waits for the mentor that one is; `named`: work of others that one is
    /// asked about.
    kind: &'static str,
    /// Of the answer or the submission; of an ending the last day on which it holds; of cards today.
    day: String,
    /// How many cards, new ones among them.
    cards: Option<u32>,
    /// How many things wait, and how many of them of learners whose primary mentor one is.
    waiting: Option<usize>,
    mine: Option<usize>,
    /// Who answered; of what waits, who was asked outside.
    by: Option<String>,
    path: Option<String>,
    requirement: Option<String>,
    subject: Option<String>,
    /// Basis points that a renewal brings back.
    gain: Option<u32>,
}

/// Monday to Sunday.
#[derive(Serialize, ToSchema)]
#[schema(as = Week)]
pub struct WeekJson {
    days: Vec<WeekDayJson>,
    /// Written with entries about these days; entries that were taken back do not count.
    minutes: u32,
    /// Minutes a week that all paths together set aside.
    set_aside: u32,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WeekDay)]
pub struct WeekDayJson {
    day: String,
    minutes: u32,
}

/// The best of the roles that are not followed, at its first level.
#[derive(Serialize, ToSchema)]
#[schema(as = AlsoReady)]
pub struct AlsoReadyJson {
    role: String,
    name: String,
    claimed: u32,
    proven: u32,
    /// Subjects that both roles ask for and that count there.
    shared: u32,
}

pub async fn show(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let today = today::load(&state, &who).await?;
    let due = today.due.iter().map(|due| due_of(&today, due)).collect();
    Ok(ok(&TodayJson {
        day: today.day.to_string(),
        paths: today.paths.iter().map(path_of).collect(),
        due,
        week: WeekJson {
            days: today.week.days.iter().map(|day| WeekDayJson { day: day.day.to_string(), minutes: day.minutes }).collect(),
            minutes: today.week.minutes,
            set_aside: today.set_aside * 60,
        },
        streak: today.streak,
        also_ready: today.elsewhere.as_ref().map(|other| AlsoReadyJson {
            role: other.role.clone(),
            name: other.template.document.name.clone(),
            claimed: other.ready.claimed,
            proven: other.ready.proven,
            shared: other.ready.shared,
        }),
    }))
}

fn path_of(today: &PathToday) -> TodayPathJson {
    let (open, score) = (&today.open, &today.readiness.score);
    let action = |step: domain::path::NextStep<'_>| TodayActionJson {
        requirement: step.id.to_owned(),
        name: step.name.to_owned(),
        area: step.area.to_owned(),
        gain: step.gain,
        minutes: step.hours * 60,
    };
    TodayPathJson {
        path: open.path.public_id.to_string(),
        role: open.template.id().to_owned(),
        target_level: open.path.target_level.clone(),
        target_day: open.path.target_day.map(|day| day.to_string()),
        claimed: score.claimed.readiness,
        proven: score.proven.readiness,
        claimed_before: today.before.as_ref().map(|before| before.claimed),
        proven_before: today.before.as_ref().map(|before| before.proven),
        next: suggested(&open.template, score, &open.skipped()).into_iter().take(3).map(action).collect(),
    }
}

fn due_of(today: &Today, due: &Due) -> DueJson {
    let path = due.place.map(|place| (&today.paths[place.path].open, place.requirement));
    let (mut cards, mut queue) = (None, None);
    let (kind, day, by, subject, gain) = match &due.what {
        DueKind::Queue { waiting, mine } => {
            queue = Some((*waiting, *mine));
            ("queue", today.day, None, None, None)
        }
        DueKind::Named { count } => {
            queue = Some((*count, *count));
            ("named", today.day, None, None, None)
        }
        DueKind::Cards { begun, new } => {
            cards = Some(begun + new);
            ("cards", today.day, None, None, None)
        }
        DueKind::Answered { entry, by } => ("answered", entry.day, by.clone(), None, None),
        DueKind::Waiting { entry, with } => ("waiting", entry.day, with.as_ref().map(|(reviewer, _)| reviewer.clone()), None, None),
        DueKind::Ending { subject, last_day, is_over, gain } => {
            (if *is_over { "ended" } else { "ending" }, *last_day, None, Some(subject.to_string()), Some(*gain))
        }
    };
    DueJson {
        kind,
        day: day.to_string(),
        cards,
        waiting: queue.map(|(waiting, _)| waiting),
        mine: queue.map(|(_, mine)| mine),
        by,
        path: path.map(|(open, _)| open.path.public_id.to_string()),
        requirement: path.map(|(open, requirement)| open.template.requirements[requirement].id.clone()),
        subject,
        gain,
    }
}
