//! Work that others handed in and say that one made it too.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::pages::files::{self, Done, id};
use crate::services::co_authors::{self, Asked, Confirming};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "together.html")]
struct TogetherPage {
    w: View,
    asked: Vec<AskedRow>,
    done: Option<String>,
    errors: FormErrors,
}

struct AskedRow {
    id: PublicId,
    heading: String,
    when: String,
    title: Option<String>,
    url: Option<String>,
    pin: Option<(String, &'static str)>,
    note: Option<String>,
    about: Vec<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let mut filled = filled(&state, &request, &who).await?;
    filled.done = query.0.done.map(|done| filled.w.t(if done == "confirm" { "together-confirmed" } else { "together-declined" }));
    page(&filled)
}

/// POST: yes or no.
pub async fn answer(state: Shared, request: HttpRequest, who: SignedIn, ask: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let ask = id(&ask, "co_author")?;
    let answered = match form.raw("answer") {
        "confirm" => match Confirming::of(&state, &who, ask).await {
            Ok(confirming) => state.store.write(move |conn| confirming.keep(conn)).await.map(|_| "confirm").map_err(Error::from),
            Err(error) => Err(error),
        },
        "decline" => state.store.write(co_authors::declining(&state, &who, ask)).await.map(|()| "decline").map_err(Error::from),
        _ => Err(Error::field("answer", "missing")),
    };
    match answered {
        Ok(done) => Ok(see(format!("{}?done={done}", state.links.path("together", &[])))),
        // Said before, or the work is gone: what is asked by now is shown with the reason.
        Err(error) => {
            let errors = FormErrors::beside("answer", error)?;
            page_again(&TogetherPage { errors, ..filled(&state, &request, &who).await? })
        }
    }
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn) -> Result<TogetherPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "ledger");
    let asked = co_authors::asked(state, who).await?;
    Ok(TogetherPage { asked: asked.into_iter().map(|asked| row(state, &w, asked)).collect(), done: None, errors: FormErrors::default(), w })
}

fn row(state: &State, w: &View, asked: Asked) -> AskedRow {
    let catalogue = state.catalogue();
    let (_, entry, payload) = asked.work;
    let written = payload.unwrap_or_default();
    let name = |subject: &domain::subject::Subject| catalogue.get(subject).map_or_else(|| subject.id.clone(), |known| known.name.clone());
    AskedRow {
        id: asked.id,
        heading: w.t1("together-says", "name", asked.by.name.as_str()),
        when: w.t2("together-when", "moment", w.moment(&asked.asked_at), "day", w.lang.day_long(entry.day)),
        title: written.title,
        pin: written.url.as_deref().and_then(|url| files::pin(w, url)),
        url: written.url,
        note: written.note.as_deref().map(markdown::to_html),
        about: entry.held.iter().map(|held| name(&held.subject)).collect(),
    }
}
