//! Joining a cohort by a link: what it will see of one, and the way in.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::enrolment::joins;
use domain::time::Zone;

use super::{EntryRow, RoleRow, entry_rows, role_rows};
use crate::auth;
use crate::base::query_value;
use crate::body::Form;
use crate::caller::{SignedIn, Visitor};
use crate::errors::Error;
use crate::pages::login::add_cookie;
use crate::services::enrolment::{self, Joining};
use crate::services::invitations::Newcomer;
use crate::services::{Actor, once};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "enrolment/join.html")]
struct JoinPage {
    w: View,
    errors: FormErrors,
    cohort: String,
    standing: String,
    is_learner: bool,
    guides: String,
    roles: Vec<RoleRow>,
    entries: Vec<EntryRow>,
    action: String,
}

#[derive(Template)]
#[template(path = "enrolment/new.html")]
struct NewPage {
    w: View,
    errors: FormErrors,
    cohort: String,
    standing: String,
    is_learner: bool,
    action: String,
    /// To the sign-in and back.
    sign_in: String,
    name: String,
    username: String,
    mail: String,
    zone: String,
    zones: Vec<String>,
}

pub async fn show(state: Shared, request: HttpRequest, visitor: Visitor, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, visitor.0.as_deref());
    let joining = enrolment::find(&state, &actor, &secret).await?;
    let Some(who) = visitor.0 else {
        let joining = joining.still_open(&actor)?;
        let newcomer = Newcomer { zone: joining.cohort.zone.name().to_owned(), ..Newcomer::default() };
        return page(&new_page(&state, &request, &secret, &joining, newcomer, FormErrors::default()));
    };
    let member = who.memberships.iter().find(|member| member.cohort == joining.cohort.id);
    if !joins(member, joining.link.terms.standing).map_err(Error::Rule)? {
        return Ok(inside(&state, &joining));
    }
    let joining = joining.still_open(&actor)?;
    page(&join_page(&state, &request, SignedIn(who), &secret, &joining, FormErrors::default()).await?)
}

/// POST of somebody who has no account yet.
pub async fn create(state: Shared, request: HttpRequest, secret: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let joining = enrolment::find(&state, &actor, &secret).await?.still_open(&actor)?;
    let newcomer = Newcomer {
        name: form.raw("name").to_owned(),
        username: form.raw("username").to_owned(),
        mail: form.text("mail"),
        zone: form.raw("zone").to_owned(),
        password: form.raw("password").to_owned(),
        again: form.raw("again").to_owned(),
    };
    match enrolment::accept(&state, &actor, &joining, newcomer.clone()).await {
        Ok(signed_in) => {
            let mut answer = see(state.links.path("home", &[]));
            add_cookie(&mut answer, &auth::set_cookie(&state, &signed_in.secret));
            Ok(answer)
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&new_page(&state, &request, &secret, &joining, newcomer, errors))
        }
    }
}

/// POST of somebody who is signed in.
pub async fn submit(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    secret: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let joining = enrolment::find(&state, &actor, &secret).await?;
    let done: once::Outcome<bool> = match ticked(&form) {
        Err(error) => Err(error),
        Ok(withheld) => {
            let bringing = enrolment::prepare(&state, &who, &joining).await?;
            let (joining, account, dice) = (joining.clone(), who.account.clone(), Arc::clone(&state.dice));
            let act = state.store.write(move |conn| enrolment::join(conn, &actor, &joining, &bringing, &*dice, &account, &withheld));
            act.await?
        }
    };
    match done {
        Ok(_) => Ok(inside(&state, &joining)),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&join_page(&state, &request, who, &secret, &joining, errors).await?)
        }
    }
}

/// Numbers of entries that were ticked.
pub(super) fn ticked(form: &Form) -> Result<BTreeSet<u32>, Error> {
    form.all("withhold").iter().map(|number| number.parse().map_err(|_| Error::field("withhold", "no_such_entry"))).collect()
}

/// Where a member goes: a learner to what is shared, a mentor to the cohort.
fn inside(state: &State, joining: &Joining) -> HttpResponse {
    let route = if joining.is_for_learners() { "cohort-sharing" } else { "cohort" };
    see(state.links.path(route, &[&joining.cohort.public_id.to_string()]))
}

async fn join_page(
    state: &State,
    request: &HttpRequest,
    who: SignedIn,
    secret: &str,
    joining: &Joining,
    errors: FormErrors,
) -> Result<JoinPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let shared = enrolment::shared(state, &who, joining.cohort.clone(), &joining.set_up).await?;
    let is_learner = joining.is_for_learners();
    Ok(JoinPage {
        errors,
        cohort: joining.cohort.name.to_string(),
        standing: w.t(&format!("cohort-standing-{}", joining.link.terms.standing)),
        is_learner,
        guides: shared.guides.join(", "),
        roles: role_rows(&w, &shared, true),
        entries: if is_learner { entry_rows(&w, state, &shared) } else { Vec::new() },
        action: state.links.path("join-do", &[secret]),
        w,
    })
}

fn new_page(state: &State, request: &HttpRequest, secret: &str, joining: &Joining, newcomer: Newcomer, errors: FormErrors) -> NewPage {
    let w = View::new(state, request, None, "");
    let back = state.links.path("join", &[secret]);
    NewPage {
        errors,
        cohort: joining.cohort.name.to_string(),
        standing: w.t(&format!("cohort-standing-{}", joining.link.terms.standing)),
        is_learner: joining.is_for_learners(),
        action: back.clone(),
        sign_in: format!("{}?next={}", state.links.path("login", &[]), query_value(&back)),
        name: newcomer.name,
        username: newcomer.username,
        mail: newcomer.mail.unwrap_or_default(),
        zone: newcomer.zone,
        zones: Zone::all_names(),
        w,
    }
}
