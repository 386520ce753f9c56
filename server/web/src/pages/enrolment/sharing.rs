//! What a cohort sees of one of its learners: for the learner, who decides.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;

use super::join::ticked;
use super::{EntryRow, RoleRow, entry_rows, id, role_rows};
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::Done;
use crate::pages::reports::summaries::{AskedRow, asked_rows};
use crate::services::{Actor, enrolment, once};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "enrolment/sharing.html")]
struct SharingPage {
    w: View,
    errors: FormErrors,
    done: bool,
    id: PublicId,
    cohort: String,
    guides: String,
    roles: Vec<RoleRow>,
    has_own: bool,
    entries: Vec<EntryRow>,
    /// Numbers of all entries that the form lists, with commas.
    listed: String,
    cited: usize,
    withheld: usize,
    summaries: Vec<AskedRow>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let filled = filled(&state, &request, &who, &at, FormErrors::default()).await?;
    page(&SharingPage { done: query.0.done.is_some(), ..filled })
}

pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let (cohort, _) = enrolment::sharing(&state, &who, id(&at)?).await?;
    let read = || -> Result<(BTreeSet<u32>, BTreeSet<u32>), Error> {
        let numbers = form.raw("listed").split(',').filter(|number| !number.is_empty());
        let listed =
            numbers.map(|number| number.parse().map_err(|_| Error::field("withhold", "no_such_entry"))).collect::<Result<_, _>>()?;
        Ok((listed, ticked(&form)?))
    };
    let done: once::Outcome<usize> = match read() {
        Err(error) => Err(error),
        Ok((listed, ticked)) => {
            let (actor, me) = (Actor::new(&state, &request, Some(&who)), who.account.id);
            state.store.write(move |conn| enrolment::withhold(conn, &actor, &cohort, me, &listed, &ticked)).await?
        }
    };
    match done {
        Ok(_) => Ok(saved(&state, &at)),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&filled(&state, &request, &who, &at, errors).await?)
        }
    }
}

/// POST: a path of one's own comes into the cohort, with all that hangs on it.
pub async fn bring(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let (cohort, set_up) = enrolment::sharing(&state, &who, id(&at)?).await?;
    let bringing = enrolment::Bringing::of(&state, Some(who.account.id), &cohort, &set_up).await?;
    let (actor, account, dice) = (Actor::new(&state, &request, Some(&who)), who.account.clone(), Arc::clone(&state.dice));
    state.store.write(move |conn| enrolment::share(conn, &actor, &cohort, &bringing, &*dice, &account)).await?;
    Ok(saved(&state, &at))
}

fn saved(state: &State, at: &str) -> HttpResponse {
    see(format!("{}?done=1", state.links.path("cohort-sharing", &[at])))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, at: &str, errors: FormErrors) -> Result<SharingPage, Error> {
    let (cohort, set_up) = enrolment::sharing(state, who, id(at)?).await?;
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let summaries = asked_rows(state, &w, cohort.id, who.account.id).await?;
    let shared = enrolment::shared(state, who, cohort, &set_up).await?;
    let roles = role_rows(&w, &shared, false);
    let entries = entry_rows(&w, state, &shared);
    let listed: Vec<String> = entries.iter().map(|entry| entry.number.to_string()).collect();
    Ok(SharingPage {
        errors,
        done: false,
        id: shared.cohort.public_id,
        cohort: shared.cohort.name.to_string(),
        guides: shared.guides.join(", "),
        has_own: roles.iter().any(|role| role.is_own),
        roles,
        cited: entries.iter().filter(|entry| entry.cited).count(),
        withheld: entries.iter().filter(|entry| entry.withheld).count(),
        entries,
        listed: listed.join(","),
        summaries,
        w,
    })
}
