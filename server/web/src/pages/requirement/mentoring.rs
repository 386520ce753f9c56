//! The mentors of a path's cohort on a requirement's page: what they said of work and certificates, and asking them for help.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::ids::PublicId;
use store::mentoring::Help;

use super::reviews::ReviewPart;
use super::{Asked, At};
use crate::body::Form;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::services::mentoring;
use crate::services::paths::OpenPath;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page_again};

pub struct MentorPart {
    /// Somebody guides the path, or did.
    pub shown: bool,
    pub help: Vec<HelpRow>,
    /// Somebody would read it, and nothing is open.
    pub can_ask: bool,
    pub words: String,
    pub errors: FormErrors,
}

pub struct HelpRow {
    pub id: PublicId,
    pub is_open: bool,
    pub state: String,
    /// Class of its tag.
    pub tag: &'static str,
    pub when: String,
    pub words: String,
    /// Who answered, and what.
    pub answer: Option<(String, String)>,
}

impl MentorPart {
    pub async fn load(state: &State, w: &View, open: &OpenPath, requirement: &str, reviews: &ReviewPart) -> Result<Self, Error> {
        let asked = mentoring::help_of_path(state, open).await?;
        let help: Vec<HelpRow> = asked.iter().filter(|help| help.requirement == requirement).map(|help| row(w, help)).collect();
        Ok(Self {
            shown: open.mentored || !help.is_empty() || !reviews.of_mentors.is_empty(),
            can_ask: open.mentored && help.iter().all(|help| !help.is_open),
            help,
            words: String::new(),
            errors: FormErrors::default(),
        })
    }
}

fn row(w: &View, help: &Help) -> HelpRow {
    let day = |at: domain::time::Instant| w.lang.day_near(at.day_in(&w.zone()), w.today());
    let (state, tag) = match (&help.answer, help.ended_at) {
        (Some(_), _) => ("help-state-answered", " on"),
        (None, Some(_)) => ("help-state-closed", ""),
        (None, None) => ("review-state-open", ""),
    };
    HelpRow {
        id: help.public_id,
        is_open: help.ended_at.is_none(),
        state: w.t(state),
        tag,
        when: w.t1("help-asked-on", "day", day(help.asked_at)),
        words: markdown::to_html(&help.words),
        answer: help.answer.as_ref().map(|(words, by)| {
            (w.t2("review-by", "name", by, "day", day(help.ended_at.unwrap_or(help.asked_at))), markdown::to_html(words))
        }),
    }
}

/// POST: “I am stuck”.
pub async fn ask(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let sent = match mentoring::ask_help(&state, &asked.open, asked.requirement(), form.text("words")) {
        Ok(asking) => state.store.write(move |conn| asking.keep(conn)).await.map(|_| ()).map_err(Error::from),
        Err(error) => Err(error),
    };
    match sent {
        Ok(()) => Ok(asked.back("help", "mt")),
        Err(error) => {
            let errors = FormErrors::beside("words", error)?;
            let mut filled = asked.page().await?;
            filled.mentoring.words = form.raw("words").to_owned();
            filled.mentoring.errors = errors;
            page_again(&filled)
        }
    }
}

/// POST: no help is needed any more.
pub async fn close(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let help = at.2.parse().map_err(|_| Error::NotThere("help"))?;
    match mentoring::close_help(&state, &asked.open, help).await {
        // Answered while one closed it: that is shown.
        Ok(()) | Err(Error::Rule("help_ended")) => Ok(asked.back("help-closed", "mt")),
        Err(error) => Err(error),
    }
}
