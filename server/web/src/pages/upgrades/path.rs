//! A path of one's own takes over another revision.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use serde::Deserialize;

use super::{Compared, Numbers, UndoView, Versions, compared, named, numbers, undo};
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::paths::level_name;
use crate::services::upgrades;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "upgrade/path.html")]
struct UpgradePage {
    w: View,
    errors: FormErrors,
    path: PublicId,
    role: String,
    /// Of the path now.
    version: String,
    /// What was just done.
    done: Option<String>,
    /// The cohort whose leads decide.
    led_by: Option<String>,
    offer: Option<OfferView>,
    undo: Option<UndoView>,
}

struct OfferView {
    versions: Versions,
    compared: Compared,
    numbers: Numbers,
    stand_in: bool,
    /// What of the path becomes another, in sentences.
    own: Vec<String>,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

fn id(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("path"))
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let mut shown = filled(&state, &request, &who, id(&at)?).await?;
    shown.done = match query.0.done.as_deref() {
        Some("taken") => Some(shown.w.t1("upgrade-taken", "version", &shown.version)),
        Some("undone") => Some(shown.w.t1("upgrade-undone", "version", &shown.version)),
        _ => None,
    };
    page(&shown)
}

pub async fn take(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let path = id(&at)?;
    let done = match upgrades::check(&state, &who, path, &named(&form)).await {
        Ok(take) => state.store.write(move |conn| upgrades::take(conn, &take)).await.unwrap_or_else(|error| Err(error.into())),
        Err(error) => Err(error),
    };
    answer(&state, &request, &who, path, done.map(|_| "taken")).await
}

pub async fn undo_it(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let path = id(&at)?;
    let done = match upgrades::check_undo(&state, &who, path, &named(&form)).await {
        Ok(back) => state.store.write(move |conn| upgrades::undo(conn, &back)).await.unwrap_or_else(|error| Err(error.into())),
        Err(error) => Err(error),
    };
    answer(&state, &request, &who, path, done.map(|_| "undone")).await
}

/// Leads to what became of it; a refusal is told above what there is by now.
async fn answer(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    path: PublicId,
    done: Result<&str, Error>,
) -> Result<HttpResponse, Error> {
    match done {
        Ok(done) => Ok(see(format!("{}?done={done}", state.links.path("path-upgrade", &[&path.to_string()])))),
        Err(error) => {
            let errors = FormErrors::beside("to", error)?;
            page_again(&UpgradePage { errors, ..filled(state, request, who, path).await? })
        }
    }
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, path: PublicId) -> Result<UpgradePage, Error> {
    let looked = upgrades::look(state, who, path).await?;
    let w = View::new(state, request, Some(who.0.clone()), "path");
    let open = &looked.open;
    Ok(UpgradePage {
        errors: FormErrors::default(),
        path,
        role: open.template.document.name.clone(),
        version: open.template.version().to_owned(),
        done: None,
        offer: looked.offer.as_ref().map(|offer| offer_view(state, &w, &looked, offer)),
        undo: looked.undo.as_ref().map(|of| undo(&w, &open.template, of)),
        led_by: looked.led_by.map(|cohort| cohort.name.to_string()),
        w,
    })
}

fn offer_view(state: &State, w: &View, looked: &upgrades::PathUpgrade, offer: &upgrades::Offer) -> OfferView {
    let (open, to) = (&looked.open, &offer.pair.to.1);
    let mut own = Vec::new();
    if offer.aims.target_level != open.path.target_level {
        let (from, to) = (level_name(&open.template, &open.path.target_level), level_name(to, &offer.aims.target_level));
        own.push(w.t2("upgrade-target", "from", from, "to", to));
    }
    if !offer.put_aside.is_empty() {
        let name = |id: &String| open.template.requirement(id).map_or_else(|| id.clone(), |at| open.template.requirements[at].name.clone());
        own.push(w.t1("upgrade-put-aside", "names", offer.put_aside.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    if !offer.kept_unseen.is_empty() {
        own.push(w.t1("upgrade-kept-unseen", "count", offer.kept_unseen.len()));
    }
    OfferView {
        versions: Versions::new(&open.template, to),
        compared: compared(state, w, &offer.pair),
        numbers: numbers(w, offer.measured.before, offer.measured.after),
        stand_in: offer.measured.stand_in,
        own,
    }
}
