//! A cry for help, and a mentor's answer.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;

use super::{HoldView, hold_view, item_id};
use crate::body::Form;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::pages::cohorts::id;
use crate::services::cohorts::Opened;
use crate::services::mentoring::{self, Helping, OpenHelp};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "mentoring/help.html")]
struct HelpPage {
    w: View,
    cohort: (PublicId, String),
    id: PublicId,
    learner: (PublicId, String),
    requirement: (String, String),
    asked: String,
    words: String,
    hold: HoldView,
    /// Who answered, and what; or that the learner closed it.
    ended: Option<(String, String)>,
    answer: String,
    errors: FormErrors,
}

type At = web::Path<(String, String)>;

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let (opened, open) = find(&state, &who, &at).await?;
    page(&filled(&state, &request, &who, &opened, &open, &Form::default(), FormErrors::default()))
}

/// POST: the answer.
pub async fn answer(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let (opened, open) = find(&state, &who, &at).await?;
    let sent = match Helping::answer(&state, &who, &open, form.text("words")) {
        Ok(helping) => state.store.write(move |conn| helping.keep(conn)).await.map_err(Error::from),
        Err(error) => Err(error),
    };
    match sent {
        Ok(()) => Ok(see(format!("{}?done=help", state.links.path("cohort-queue", &[&at.0])))),
        Err(error) => {
            let errors = FormErrors::beside("words", error)?;
            page_again(&filled(&state, &request, &who, &opened, &open, &form, errors))
        }
    }
}

async fn find(state: &State, who: &SignedIn, at: &At) -> Result<(Opened, OpenHelp), Error> {
    let opened = mentoring::open(state, who, id(&at.0)?).await?;
    let open = mentoring::open_help(state, who, &opened, item_id(&at.1)?).await?;
    Ok((opened, open))
}

fn filled(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    opened: &Opened,
    open: &OpenHelp,
    form: &Form,
    errors: FormErrors,
) -> HelpPage {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let cohort = opened.cohort.public_id;
    let ended = open.help.ended_at.map(|at| match &open.help.answer {
        Some((words, by)) => (w.t2("review-by", "name", by, "day", w.moment(&at)), markdown::to_html(words)),
        None => (w.t1("help-closed-on", "moment", w.moment(&at)), String::new()),
    });
    HelpPage {
        cohort: (cohort, opened.cohort.name.to_string()),
        id: open.help.public_id,
        learner: (open.learner.public_id, open.learner.name.to_string()),
        requirement: (w.link2("cohort-requirement", cohort, &open.help.requirement), open.name.clone()),
        asked: w.moment(&open.help.asked_at),
        words: markdown::to_html(&open.help.words),
        hold: hold_view(&w, open.hold, open.holder.as_deref()),
        ended,
        answer: form.raw("words").to_owned(),
        errors,
        w,
    }
}
