//! People: who has an account, finding them, inviting, disabling, making admins, codes for new passwords.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::{AccountId, PublicId};
use serde::Deserialize;
use store::accounts::PeopleFilter;

use crate::base::query_value;
use crate::body::{Form, Query};
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::invitations::{self, InvitationWish};
use crate::services::{Actor, people, reset};
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
    /// The link to the next page.
    more: Option<String>,
    find: Find,
    states: Vec<(&'static str, String, bool)>,
    open: Vec<OpenInvitation>,
    wish: InvitationWish,
}

struct Person {
    id: PublicId,
    name: String,
    username: String,
    mail: String,
    joined: String,
    seen: Option<String>,
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

#[derive(Template)]
#[template(path = "admin/reset_code.html")]
struct CodePage {
    w: View,
    name: String,
    username: String,
    code: String,
    until: String,
    /// Where it is typed, with scheme and host.
    place: String,
}

#[derive(Deserialize)]
pub struct PeopleQuery {
    after: Option<i64>,
    done: Option<String>,
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
}

/// What the page looks for.
#[derive(Clone, Debug, Default)]
pub struct Find {
    q: String,
    /// `active`, `disabled`, `admin`; anything else: everybody.
    state: String,
}

impl Find {
    fn filter(&self) -> PeopleFilter {
        let words = Some(self.q.trim().chars().take(100).collect::<String>()).filter(|words| !words.is_empty());
        let disabled = match self.state.as_str() {
            "active" => Some(false),
            "disabled" => Some(true),
            _ => None,
        };
        PeopleFilter { words, disabled, is_admin: (self.state == "admin").then_some(true) }
    }

    fn is_everybody(&self) -> bool {
        self.filter() == PeopleFilter::default()
    }
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin, query: Query<PeopleQuery>) -> Result<HttpResponse, Error> {
    let mut filled = filled(&state, &request, &who, query.0.after, Find { q: query.0.q, state: query.0.state }).await?;
    filled.done = query.0.done.is_some();
    page(&filled)
}

/// POST: the link is in the answer itself and nowhere else.
pub async fn invite(state: Shared, request: HttpRequest, who: Admin, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let wish = InvitationWish { name: form.text("name"), mail: form.text("mail"), is_admin: form.has("admin"), cohort: None };
    match invitations::invite(&state, &actor, wish.clone()).await {
        Ok((_, link)) => page(&PeoplePage { link: Some(link), ..filled(&state, &request, &who, None, Find::default()).await? }),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&PeoplePage { errors, wish, ..filled(&state, &request, &who, None, Find::default()).await? })
        }
    }
}

pub async fn withdraw(state: Shared, request: HttpRequest, who: Admin, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("invitation"))?;
    invitations::revoke(&state, &Actor::new(&state, &request, Some(&who)), id).await?;
    Ok(back(&state))
}

/// POST: one act on one person; the button's name says which.
pub async fn change(state: Shared, request: HttpRequest, who: Admin, id: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("account"))?;
    let actor = Actor::new(&state, &request, Some(&who));
    let asked: Vec<&str> = ["disable", "enable", "admin", "no-admin"].into_iter().filter(|act| form.has(act)).collect();
    match asked.as_slice() {
        ["disable"] => people::set_disabled(&state, &actor, &who, id, true).await?,
        ["enable"] => people::set_disabled(&state, &actor, &who, id, false).await?,
        ["admin"] => people::set_admin(&state, &actor, &who, id, true).await?,
        ["no-admin"] => people::set_admin(&state, &actor, &who, id, false).await?,
        _ => return Err(Error::field("disable", "field_malformed")),
    }
    Ok(back(&state))
}

/// POST: a code for a new password; it is in the answer itself and nowhere else.
pub async fn reset_code(state: Shared, request: HttpRequest, who: Admin, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = id.parse().map_err(|_| Error::NotThere("account"))?;
    let (person, made) = reset::issue(&state, &Actor::new(&state, &request, Some(&who)), &who, id).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    page(&CodePage {
        name: person.name.to_string(),
        username: person.username.to_string(),
        code: made.code,
        until: w.moment(&made.expires_at),
        place: state.links.absolute("reset", &[]),
        w,
    })
}

fn back(state: &State) -> HttpResponse {
    see(format!("{}?done=1", state.links.path("admin-people", &[])))
}

async fn filled(state: &State, request: &HttpRequest, who: &Admin, after: Option<i64>, find: Find) -> Result<PeoplePage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "admin");
    let mut found = people::list(state, find.filter(), after.map(AccountId), PAGE + 1).await?;
    let next = (found.people.len() as i64 > PAGE).then(|| found.people[PAGE as usize - 1].id.0);
    let more = next.map(|after| {
        let (people, q, only) = (w.link("admin-people"), query_value(&find.q), query_value(&find.state));
        format!("{people}?q={q}&state={only}&after={after}")
    });
    found.people.truncate(PAGE as usize);
    let people = found
        .people
        .into_iter()
        .map(|account| Person {
            id: account.public_id,
            name: account.name.to_string(),
            username: account.username.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string).unwrap_or_default(),
            seen: found.last_seen.get(&account.id).map(|at| w.moment(at)),
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
    let states =
        [("", "people-everybody"), ("active", "people-only-active"), ("disabled", "people-only-disabled"), ("admin", "people-only-admins")]
            .map(|(word, key)| (word, w.t(key), word == find.state))
            .to_vec();
    let wish = InvitationWish::default();
    Ok(PeoplePage { errors: FormErrors::default(), done: false, link: None, people, more, find, states, open, wish, w })
}
