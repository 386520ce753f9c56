//! The learner's own part of a requirement's page: mark and note, links, minutes.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::time::Day;
use store::plans::Plan;

use super::load::RequirementPage;
use super::{Asked, At};
use crate::body::Form;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::services::plans::{self, Kept};
use crate::state::Shared;
use crate::view::{FormErrors, View};

/// Days of minutes that the page lists; all count in the sum.
const DAYS_SHOWN: usize = 5;

/// What is kept, and what was typed where something was wrong.
pub struct PlanPart {
    /// `doing`, `skipped`, or nothing.
    pub mark: String,
    pub note: String,
    /// The saved note as HTML.
    pub shown: Option<String>,
    pub errors: FormErrors,
    /// Number, title, address.
    pub links: Vec<(u32, String, String)>,
    pub link_title: String,
    pub link_url: String,
    pub link_errors: FormErrors,
    /// The newest days: written day, day in words, minutes in words.
    pub days: Vec<(String, String, String)>,
    pub minutes: String,
    pub day: String,
    pub minutes_errors: FormErrors,
}

impl PlanPart {
    pub fn new(w: &View, plan: &Plan, kept: &Kept) -> Self {
        let mark = match plan {
            Plan { doing: true, .. } => "doing",
            Plan { skipped: true, .. } => "skipped",
            Plan { .. } => "",
        };
        let day = |&(day, minutes): &(Day, u32)| (day.to_string(), w.lang.day_near(day, w.today()), w.lang.effort(minutes));
        Self {
            mark: mark.to_owned(),
            note: plan.note.clone().unwrap_or_default(),
            shown: plan.note.as_deref().map(markdown::to_html),
            errors: FormErrors::default(),
            links: kept.links.iter().map(|(number, link)| (*number, link.title.clone(), link.url.clone())).collect(),
            link_title: String::new(),
            link_url: String::new(),
            link_errors: FormErrors::default(),
            days: kept.minutes.iter().take(DAYS_SHOWN).map(day).collect(),
            minutes: String::new(),
            day: w.today().to_string(),
            minutes_errors: FormErrors::default(),
        }
    }
}

/// POST: mark and note.
pub async fn put(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let mark = form.raw("mark");
    let plan = Plan { doing: mark == "doing", skipped: mark == "skipped", note: form.text("note") };
    match plans::put(&state, &asked.open, &at.1, plan).await {
        Ok(()) => Ok(asked.back("plan", "nt")),
        Err(error) => {
            let note = form.raw("note").to_owned();
            let take = |filled: &mut RequirementPage, errors| {
                (filled.plan.mark, filled.plan.note, filled.plan.errors) = (mark.to_owned(), note, errors);
            };
            asked.refused(error, take).await
        }
    }
}

/// POST: another link.
pub async fn add_link(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    match plans::add_link(&state, &asked.open, &at.1, form.text("title"), form.text("url")).await {
        Ok(()) => Ok(asked.back("link", "own")),
        Err(error) => {
            let (title, url) = (form.raw("title").to_owned(), form.raw("url").to_owned());
            let take = |filled: &mut RequirementPage, errors| {
                (filled.plan.link_title, filled.plan.link_url, filled.plan.link_errors) = (title, url, errors);
            };
            asked.refused(error, take).await
        }
    }
}

/// POST: a link goes.
pub async fn remove_link(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let number = at.2.parse().map_err(|_| Error::NotThere("link"))?;
    plans::remove_link(&state, &asked.open, &at.1, number).await?;
    Ok(asked.back("link-removed", "own"))
}

/// POST: minutes of a day.
pub async fn add_minutes(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let typed = form.parsed::<Day>("day", "field_malformed").and_then(|day| Ok((day, form.parsed::<u32>("minutes", "field_malformed")?)));
    let added = match typed {
        Ok((day, minutes)) => plans::add_minutes(&state, &asked.open, &at.1, day, minutes).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => Ok(asked.back("minutes", "mn")),
        Err(error) => {
            let (minutes, day) = (form.raw("minutes").to_owned(), form.raw("day").to_owned());
            let take = |filled: &mut RequirementPage, errors| {
                (filled.plan.minutes, filled.plan.day, filled.plan.minutes_errors) = (minutes, day, errors);
            };
            asked.refused(error, take).await
        }
    }
}

/// POST: the minutes of a day go.
pub async fn remove_minutes(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let day = at.2.parse().map_err(|_| Error::NotThere("minutes"))?;
    plans::remove_minutes(&state, &asked.open, &at.1, day).await?;
    Ok(asked.back("minutes-removed", "mn"))
}
