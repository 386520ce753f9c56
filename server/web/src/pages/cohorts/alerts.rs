//! Alerts: what was raised, for the leads of a cohort, and what is switched on.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::cohort::{AlertKind, AlertSettings, Event};
use domain::ids::PublicId;
use domain::time::Day;
use serde::Deserialize;
use store::cohorts::Alert;

use super::{Top, id};
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::cohorts::{self, Opened};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// Alerts a page.
const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "cohorts/alerts.html")]
struct AlertsPage {
    w: View,
    top: Top,
    errors: FormErrors,
    done: Option<String>,
    /// Those that are over or were put away too.
    all: bool,
    rows: Vec<Row>,
    older: Option<String>,
    fields: Fields,
    is_on: bool,
}

struct Row {
    id: PublicId,
    name: String,
    link: String,
    kind: String,
    class: &'static str,
    says: String,
    raised: String,
    /// Where it is not open any more.
    ended: Option<String>,
}

/// What is switched on, as typed.
struct Fields {
    silent: String,
    behind: String,
    waiting: String,
    lapsing: String,
    quiet: String,
}

impl Fields {
    fn of(settings: &AlertSettings) -> Self {
        let text = |figure: Option<u32>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        Self {
            silent: text(settings.silent),
            behind: text(settings.behind.map(|points| points / 100)),
            waiting: text(settings.waiting),
            lapsing: text(settings.lapsing),
            quiet: settings.quiet.to_string(),
        }
    }

    fn typed(form: &Form) -> Self {
        let [silent, behind, waiting, lapsing, quiet] =
            ["silent", "behind", "waiting", "lapsing", "quiet"].map(|field| form.raw(field).to_owned());
        Self { silent, behind, waiting, lapsing, quiet }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    all: Option<String>,
    after: Option<i64>,
    done: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Looked>,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    page(&filled(&state, &request, &who, &opened, &query.0).await?)
}

/// POST: switches alerts on and off.
pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let done = match wish(&form) {
        Ok(settings) => {
            let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone());
            state.store.write(move |conn| cohorts::change_alerts(conn, &actor, &cohort, &settings)).await?
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see(format!("{}?done=saved", state.links.path("cohort-alerts", &[&at])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let shown = filled(&state, &request, &who, &opened, &Looked::default()).await?;
            page_again(&AlertsPage { errors, fields: Fields::typed(&form), ..shown })
        }
    }
}

/// POST: puts one away.
pub async fn dismiss(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at.0)?).await?;
    let alert: PublicId = at.1.parse().map_err(|_| Error::NotThere("alert"))?;
    let (actor, cohort) = (Actor::new(&state, &request, Some(&who)), opened.cohort);
    state.store.write(move |conn| cohorts::dismiss(conn, &actor, &cohort, alert)).await??;
    Ok(see(format!("{}?done=dismissed", state.links.path("cohort-alerts", &[&at.0]))))
}

/// Every figure that does not read is an error of its field; all of them at once.
fn wish(form: &Form) -> Result<AlertSettings, Error> {
    let mut wrong = Vec::new();
    let mut figure = |field: &'static str| -> Option<u32> {
        form.parsed(field, "out_of_range").unwrap_or_else(|_| {
            wrong.push(domain::ledger::FieldError::new(field, "out_of_range"));
            None
        })
    };
    let settings = AlertSettings {
        silent: figure("silent"),
        behind: figure("behind").map(|points| points.saturating_mul(100)),
        waiting: figure("waiting"),
        lapsing: figure("lapsing"),
        quiet: figure("quiet").unwrap_or(AlertSettings::default().quiet),
    };
    match settings.checked() {
        Ok(settings) if wrong.is_empty() => Ok(settings),
        Ok(_) => Err(wrong.into()),
        Err(more) => {
            wrong.extend(more);
            Err(wrong.into())
        }
    }
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened, looked: &Looked) -> Result<AlertsPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let settings = cohorts::alert_settings(state, opened).await?;
    let all = looked.all.is_some();
    let found = cohorts::alerts(state, opened, !all, looked.after, PAGE).await?;
    let here = w.link1("cohort-alerts", opened.cohort.public_id);
    let older = found.next.map(|after| format!("{here}?{}after={after}", if all { "all=1&" } else { "" }));
    Ok(AlertsPage {
        errors: FormErrors::default(),
        done: match looked.done.as_deref() {
            Some("saved") => Some(w.t("path-saved")),
            Some("dismissed") => Some(w.t("alert-dismissed")),
            _ => None,
        },
        all,
        rows: found.alerts.iter().map(|alert| row(&w, opened, alert)).collect(),
        older,
        fields: Fields::of(&settings),
        is_on: settings.is_on(),
        top: Top::new(&w, opened, "alerts"),
        w,
    })
}

fn row(w: &View, opened: &Opened, alert: &Alert) -> Row {
    let ended = match (alert.dismissed_at, alert.over_on) {
        (Some(at), _) => Some(w.t1("alert-put-away", "day", w.lang.day_near(at.day_in(&opened.cohort.zone), w.today()))),
        (None, Some(day)) => Some(w.t1("alert-over", "day", w.lang.day_near(day, w.today()))),
        (None, None) => None,
    };
    Row {
        id: alert.public_id,
        name: alert.account.name.to_string(),
        link: w.link2("cohort-learner", opened.cohort.public_id, alert.account.public_id),
        kind: w.t(&format!("alert-kind-{}", alert.event.kind)),
        class: if matches!(alert.event.kind, AlertKind::Silent | AlertKind::Behind) && ended.is_none() { "bad" } else { "" },
        says: says(w, &alert.event, w.today()),
        raised: w.t1("alert-raised", "day", w.lang.day_near(alert.raised_on, w.today())),
        ended,
    }
}

/// What an alert tells.
pub(super) fn says(w: &View, event: &Event, today: Day) -> String {
    let day = w.lang.day_near(event.day, today);
    match event.kind {
        AlertKind::Silent => w.t2("alert-says-silent", "sessions", event.figure, "day", day),
        AlertKind::Behind => w.t2("alert-says-behind", "points", w.lang.points(event.figure), "day", day),
        AlertKind::Waiting => w.t2("alert-says-waiting", "days", event.figure, "day", day),
        AlertKind::Lapsing => w.t1("alert-says-lapsing", "day", day),
    }
}
