//! Cohorts: those one belongs to, making one, and what the pages of one have in common.

pub mod alerts;
pub mod board;
pub mod completion;
pub mod ended;
pub mod export;
pub mod learner;
pub mod members;
pub mod outcome;
pub mod plan;
pub mod requirement;
pub mod set_up;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::cohort::{Drift, FrameWish, MemberState, Pace, Standing, Why, drift, heat};
use domain::ids::PublicId;
use domain::policy::Act;
use domain::time::{Day, Zone};
use serde::Deserialize;

use crate::body::Form;
use crate::caller::{Admin, SignedIn};
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{self, Listed, Opened};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "cohorts/list.html")]
struct ListPage {
    w: View,
    cohorts: Vec<Row>,
}

#[derive(Template)]
#[template(path = "admin/cohorts.html")]
struct AdminPage {
    w: View,
    errors: FormErrors,
    cohorts: Vec<Row>,
    wish: FrameForm,
}

struct Row {
    id: PublicId,
    name: String,
    dates: String,
    standing: Option<String>,
    /// Where it is not active.
    state: Option<String>,
    mentor: Option<String>,
    is_learner: bool,
    may_see: bool,
    /// It has ended, and the viewer may see what it came to.
    is_over: bool,
    /// One of its learners, who is over with it.
    tells: bool,
    /// What of it lies behind, or when it begins.
    when: String,
}

/// Name, dates and zone, as typed.
pub(super) struct FrameForm {
    pub name: String,
    pub starts_on: String,
    pub ends_on: String,
    pub zone: String,
    pub zones: Vec<String>,
}

impl FrameForm {
    fn new(zone: &Zone) -> Self {
        let zone = zone.name().to_owned();
        Self { name: String::new(), starts_on: String::new(), ends_on: String::new(), zone, zones: Zone::all_names() }
    }

    fn typed(form: &Form) -> Self {
        Self {
            name: form.raw("name").to_owned(),
            starts_on: form.raw("starts_on").to_owned(),
            ends_on: form.raw("ends_on").to_owned(),
            zone: form.raw("zone").to_owned(),
            zones: Zone::all_names(),
        }
    }
}

/// Reads name, dates and zone; a day that does not read is an error of its field.
pub(super) fn frame_wish(form: &Form) -> Result<FrameWish, Error> {
    Ok(FrameWish {
        name: form.raw("name").to_owned(),
        starts_on: form.parsed("starts_on", "day_malformed")?,
        ends_on: form.parsed("ends_on", "day_malformed")?,
        zone: form.raw("zone").to_owned(),
    })
}

#[derive(Deserialize)]
pub struct Done {
    pub done: Option<String>,
}

pub async fn list(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let cohorts = cohorts::list(&state, &who).await?.into_iter().map(|listed| row(&w, listed)).collect();
    page(&ListPage { cohorts, w })
}

pub async fn show_admin(state: Shared, request: HttpRequest, who: Admin) -> Result<HttpResponse, Error> {
    let wish = FrameForm::new(&who.account.zone);
    page(&admin(&state, &request, &who, FormErrors::default(), wish).await?)
}

pub async fn create(state: Shared, request: HttpRequest, who: Admin, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let made = match frame_wish(&form).and_then(|wish| cohorts::draft(&state, &wish)) {
        Ok(draft) => state.store.write(move |conn| cohorts::keep(conn, &actor, &draft)).await?,
        Err(error) => Err(error),
    };
    match made {
        Ok(cohort) => Ok(see(state.links.path("cohort-set-up", &[&cohort.public_id.to_string()]))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&admin(&state, &request, &who, errors, FrameForm::typed(&form)).await?)
        }
    }
}

async fn admin(state: &State, request: &HttpRequest, who: &Admin, errors: FormErrors, wish: FrameForm) -> Result<AdminPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "admin");
    let cohorts = cohorts::list(state, who).await?.into_iter().map(|listed| row(&w, listed)).collect();
    Ok(AdminPage { errors, cohorts, wish, w })
}

fn row(w: &View, listed: Listed) -> Row {
    let Listed { cohort, own, moved, mentor, may_see } = listed;
    let today = w.now.day_in(&cohort.zone);
    let when = if today < cohort.starts_on {
        w.t("cohort-ahead")
    } else if today > cohort.ends_on {
        w.t("cohort-over")
    } else {
        w.t("cohort-runs")
    };
    Row {
        id: cohort.public_id,
        name: cohort.name.to_string(),
        dates: dates(w, cohort.starts_on, cohort.ends_on),
        is_over: may_see && today > cohort.ends_on,
        tells: own
            .as_ref()
            .is_some_and(|own| own.standing == Standing::Learner && (today > cohort.ends_on || own.state == MemberState::Completed)),
        is_learner: own.as_ref().is_some_and(|own| own.standing == Standing::Learner),
        standing: own.as_ref().map(|own| w.t(&format!("cohort-standing-{}", own.standing))),
        state: match own {
            _ if moved => Some(w.t("cohort-state-moved")),
            own => own.filter(|own| own.state != MemberState::Active).map(|own| w.t(&format!("cohort-state-{}", own.state))),
        },
        mentor: mentor.map(|name| w.t1("cohort-own-mentor", "name", name)),
        may_see,
        when,
    }
}

fn dates(w: &View, first: Day, last: Day) -> String {
    let near = if first.date().year() == last.date().year() { w.lang.day_short(first) } else { w.lang.day_long(first) };
    w.t2("cohort-dates", "first", near, "last", w.lang.day_long(last))
}

/// What stands above every page of a cohort.
pub(crate) struct Top {
    pub id: PublicId,
    pub name: String,
    pub eyebrow: String,
    /// `board`, `queue`, `members`, `plan`, `report`, `alerts`, `completion`, `ended`, `set-up`.
    pub view: &'static str,
    pub may_lead: bool,
    /// The queue is open to the viewer.
    pub may_mentor: bool,
}

impl Top {
    pub fn new(w: &View, opened: &Opened, view: &'static str) -> Self {
        let Opened { cohort, set_up, may_lead, .. } = opened;
        let today = w.now.day_in(&cohort.zone);
        let calendar = set_up.calendar(cohort);
        let dates = dates(w, cohort.starts_on, cohort.ends_on);
        let week = if today < cohort.starts_on {
            w.t("cohort-ahead")
        } else if today > cohort.ends_on {
            w.t("cohort-over")
        } else {
            w.t2("cohort-week", "week", calendar.week_of(today), "of", calendar.weeks())
        };
        Self {
            id: cohort.public_id,
            name: cohort.name.to_string(),
            eyebrow: format!("{dates} · {week} · {}", cohort.zone.name()),
            view,
            may_lead: *may_lead,
            may_mentor: w.who.as_ref().is_some_and(|who| who.may(Act::MentorCohort { cohort: cohort.id }, "cohort").is_ok()),
        }
    }
}

/// A pace as pages draw it: by shape and word.
pub(super) struct PaceView {
    pub class: &'static str,
    pub word: String,
    /// The rule that put the learner there.
    pub rule: String,
}

pub(super) fn pace_view(w: &View, why: &Why) -> PaceView {
    PaceView { class: pace_class(why.pace()), word: pace_words(w, why), rule: rule(w, why) }
}

pub(super) const fn pace_class(pace: Pace) -> &'static str {
    match pace {
        Pace::Silent => "silent",
        Pace::Behind => "behind",
        Pace::Waiting => "wait",
        Pace::OnPace => "on",
        Pace::Ahead => "ahead",
        Pace::Resting => "rest",
    }
}

/// Who rests is called by what they do: paused, dropped, completed, moved.
pub(in crate::pages) fn pace_words(w: &View, why: &Why) -> String {
    match why {
        Why::Resting { state, .. } => w.t(&format!("cohort-state-{state}")),
        Why::Moved { .. } => w.t("cohort-state-moved"),
        Why::NotStarted { .. } => w.t("cohort-not-started"),
        Why::NoPath => w.t("cohort-no-path"),
        other => w.t(&format!("cohort-pace-{}", other.pace())),
    }
}

pub(super) fn rule(w: &View, why: &Why) -> String {
    match *why {
        Why::Silent { sessions, limit } => w.t2("cohort-why-silent", "sessions", sessions, "limit", limit),
        Why::Behind { short, expected, .. } => {
            w.t2("cohort-why-behind", "points", w.lang.readiness(short), "expected", w.lang.readiness(expected))
        }
        Why::Waiting { days } => w.t1("cohort-why-waiting", "days", days),
        Why::OnPace { expected, band } => {
            w.t2("cohort-why-on-pace", "expected", w.lang.readiness(expected), "band", w.lang.readiness(band))
        }
        Why::Ahead { over, expected, .. } => {
            w.t2("cohort-why-ahead", "points", w.lang.readiness(over), "expected", w.lang.readiness(expected))
        }
        Why::NotStarted { starts_on } => w.t1("cohort-why-not-started", "day", w.lang.day_long(starts_on)),
        Why::NoPath => w.t("cohort-why-no-path"),
        Why::Moved { since } => w.t2("cohort-why-resting", "state", w.t("cohort-state-moved"), "day", w.lang.day_long(since)),
        Why::Resting { state, since: Some(since) } => {
            w.t2("cohort-why-resting", "state", w.t(&format!("cohort-state-{state}")), "day", w.lang.day_long(since))
        }
        Why::Resting { state, since: None } => w.t(&format!("cohort-state-{state}")),
    }
}

/// A cell of the heat map.
pub(super) struct CellView {
    pub class: &'static str,
    pub value: String,
}

/// The steps of the heat map.
const STEPS: [&str; 5] = ["h0", "h1", "h2", "h3", "h4"];

impl CellView {
    pub fn new(per_cent: u32) -> Self {
        Self { class: STEPS[heat(per_cent) as usize % STEPS.len()], value: per_cent.to_string() }
    }

    /// Told by its sign; a loss is framed too.
    pub fn moved(w: &View, points: i32) -> Self {
        let class = match drift(points) {
            Drift::Loss => "hl",
            Drift::Gain(step) => STEPS[step as usize % STEPS.len()],
        };
        Self { class, value: w.lang.whole_moved(points) }
    }
}

/// How long ago somebody was active.
fn seen(w: &View, last: Option<Day>, today: Day) -> String {
    match last {
        None => w.t("cohort-never"),
        Some(day) => w.t1("cohort-days-ago", "days", (today.number() - day.number()).max(0)),
    }
}

pub(in crate::pages) fn id(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("cohort"))
}

pub(in crate::pages) fn person_id(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("member"))
}
