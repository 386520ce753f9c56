//! People: who has an account, inviting, disabling.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::{AccountId, PublicId};
use serde::Deserialize;

use crate::body::{Form, Query};
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::invitations::{self, InvitationWish};
use crate::services::{Actor, people};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

const PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    w: View,
    errors: FormErrors,
    done: bool,
    /// The link of an invitation that was just made: the only time it is seen.
    link: Option<String>,
    people: Vec<Person>,
    more: Option<i64>,
    open: Vec<OpenInvitation>,
    wish: InvitationWish,
}

struct Person {
    id: PublicId,
    name: String,
    username: String,
    mail: String,
    joined: String,
    is_admin: bool,
    disabled: bool,
    is_self: bool,
}

struct OpenInvitation {
    id: PublicId,
    name: String,
    is_admin: bool,
    until: String,
}

#[derive(Deserialize)]
pub struct PeopleQuery {
    after: Option<i64>,
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<PeopleQuery>) -> Result<HttpResponse, Error> {
    let mut filled = filled(&state, &request, &who, query.0.after).await?;
    filled.done = query.0.done.is_some();
    page(&filled)
}

/// POST: the link is in the answer itself and nowhere else.
pub async fn invite(state: Shared, request: HttpRequest, who: Admin, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let wish = InvitationWish { name: form.text("name"), mail: form.text("mail"), is_admin: form.has("admin"), cohort: None };
    match invitations::invite(&state, &actor, wish.clone()).await {
        Ok((_, link)) => page(&PeoplePage { link: Some(link), ..filled(&state, &request, &who, None).await? }),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&PeoplePage { errors, wish, ..filled(&state, &request, &who, None).await? })
        }
    }
}

pub async fn withdraw(state: Shared, request: HttpRequest, who: Admin, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("invitation"))?;
    invitations::revoke(&state, &Actor::new(&state, &request, Some(&who)), id).await?;
    Ok(back(&state))
}

pub async fn disable(state: Shared, request: HttpRequest, who: Admin, id: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("account"))?;
    let disabled = match (form.has("disable"), form.has("enable")) {
        (true, false) => true,
        (false, true) => false,
        _ => return Err(Error::field("disable", "field_malformed")),
    };
    people::set_disabled(&state, &Actor::new(&state, &request, Some(&who)), &who, id, disabled).await?;
    Ok(back(&state))
}

fn back(state: &State) -> HttpResponse {
    see(format!("{}?done=1", state.links.path("admin-people", &[])))
}

async fn filled(state: &State, request: &HttpRequest, who: &Admin, after: Option<i64>) -> Result<PeoplePage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "admin");
    let mut accounts = people::list(state, after.map(AccountId), PAGE + 1).await?;
    let more = (accounts.len() as i64 > PAGE).then(|| accounts[PAGE as usize - 1].id.0);
    accounts.truncate(PAGE as usize);
    let people = accounts
        .into_iter()
        .map(|account| Person {
            id: account.public_id,
            name: account.name.to_string(),
            username: account.username.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string).unwrap_or_default(),
            joined: w.lang.day_long(account.created_at.day_in(&w.zone())),
            is_admin: account.is_admin,
            disabled: account.disabled,
            is_self: account.id == who.account.id,
        })
        .collect();
    let open = invitations::open(state)
        .await?
        .into_iter()
        .map(|invitation| OpenInvitation {
            id: invitation.public_id,
            name: invitation.name.map(|name| name.to_string()).unwrap_or_else(|| w.t("people-anyone")),
            is_admin: invitation.is_admin,
            until: w.moment(&invitation.expires_at),
        })
        .collect();
    Ok(PeoplePage { errors: FormErrors::default(), done: false, link: None, people, more, open, wish: InvitationWish::default(), w })
}
