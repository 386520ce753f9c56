//! How one signs in: password, sessions, tokens.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::{PublicId, SessionId};
use domain::policy::Scope;
use serde::Deserialize;
use store::tokens::Token;

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::accounts::TokenWish;
use crate::services::{Actor, accounts};
use crate::state::Shared;
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "security.html")]
struct SecurityPage {
    w: View,
    errors: FormErrors,
    /// A token that was just made: the only time it is seen.
    shown: Option<String>,
    done: Option<String>,
    username: String,
    /// In the form: the username, or what was typed for one.
    typed_username: String,
    token_name: String,
    sessions: Vec<SessionRow>,
    tokens: Vec<TokenRow>,
}

struct SessionRow {
    id: i64,
    device: String,
    address: String,
    seen: String,
    current: bool,
}

struct TokenRow {
    id: PublicId,
    name: String,
    scope_key: &'static str,
    /// `revoked`, `expired`, or nothing.
    state: String,
    when: String,
    live: bool,
}

#[derive(Deserialize)]
pub struct Done {
    /// What a form before came to: `username`, `password`, `session`, `token`.
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let mut shown = filled(&state, &request, &who).await?;
    shown.done = match query.0.done.as_deref() {
        Some("username") => Some(shown.w.t("username-changed")),
        Some("password") => Some(shown.w.t("password-changed")),
        Some("session") => Some(shown.w.t("session-ended")),
        Some("token") => Some(shown.w.t("token-gone")),
        _ => None,
    };
    page(&shown)
}

pub async fn rename(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    match accounts::rename(&state, &actor, &who, form.raw("username")).await {
        Ok(()) => Ok(back(&state, "username")),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let typed_username = form.raw("username").to_owned();
            page_again(&SecurityPage { errors, typed_username, ..filled(&state, &request, &who).await? })
        }
    }
}

pub async fn change_password(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let old = form.raw("old").to_owned();
    match accounts::change_password(&state, &actor, &who, old, form.raw("password"), form.raw("again")).await {
        Ok(()) => Ok(back(&state, "password")),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&SecurityPage { errors, ..filled(&state, &request, &who).await? })
        }
    }
}

pub async fn end_session(state: Shared, request: HttpRequest, who: SignedIn, id: web::Path<i64>) -> Result<HttpResponse, Error> {
    accounts::end_session(&state, &Actor::new(&state, &request, Some(&who)), &who, SessionId(*id)).await?;
    Ok(back(&state, "session"))
}

/// POST: the token is in the answer itself and nowhere else, so there is no page to go on to.
pub async fn create_token(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let scope = form.parsed::<Scope>("scope", "field_malformed")?.unwrap_or(Scope::Read);
    let days = form.parsed::<u32>("days", "field_malformed")?.or(Some(90));
    let wish = TokenWish { name: form.raw("name").to_owned(), scope, days };
    match accounts::create_token(&state, &actor, &who, &wish).await {
        Ok((_, secret)) => page(&SecurityPage { shown: Some(secret), ..filled(&state, &request, &who).await? }),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&SecurityPage { errors, token_name: wish.name, ..filled(&state, &request, &who).await? })
        }
    }
}

pub async fn revoke_token(state: Shared, request: HttpRequest, who: SignedIn, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id: PublicId = id.parse().map_err(|_| Error::NotThere("token"))?;
    accounts::revoke_token(&state, &Actor::new(&state, &request, Some(&who)), &who, id).await?;
    Ok(back(&state, "token"))
}

fn back(state: &Shared, done: &str) -> HttpResponse {
    see(format!("{}?done={done}", state.links.path("security", &[])))
}

async fn filled(state: &Shared, request: &HttpRequest, who: &SignedIn) -> Result<SecurityPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "security");
    let sessions = accounts::sessions(state, who).await?;
    let tokens = accounts::tokens(state, who).await?;
    let sessions = sessions
        .into_iter()
        .map(|session| SessionRow {
            id: session.id.0,
            device: device(&session.user_agent).unwrap_or_else(|| w.t("session-device-unknown")),
            address: session.address,
            seen: w.moment(&session.last_seen_at),
            current: who.session() == Some(session.id),
        })
        .collect();
    let tokens = tokens.into_iter().map(|token| token_row(token, &w)).collect();
    Ok(SecurityPage {
        errors: FormErrors::default(),
        shown: None,
        done: None,
        username: who.account.username.to_string(),
        typed_username: who.account.username.to_string(),
        token_name: String::new(),
        sessions,
        tokens,
        w,
    })
}

fn token_row(token: Token, w: &View) -> TokenRow {
    let expired = token.expires_at.is_some_and(|end| end <= w.now);
    let state = match (token.revoked_at.is_some(), expired) {
        (true, _) => w.t("token-revoked"),
        (false, true) => w.t("token-expired"),
        (false, false) => String::new(),
    };
    let made = w.moment(&token.created_at);
    let when = match token.last_used_at {
        Some(used) => w.t2("token-when-used", "made", made, "used", w.moment(&used)),
        None => w.t1("token-when-unused", "made", made),
    };
    let scope_key = match token.scope {
        Scope::Read => "scope-read",
        Scope::Write => "scope-write",
        Scope::Admin => "scope-admin",
    };
    TokenRow { id: token.public_id, name: token.name.to_string(), scope_key, live: state.is_empty(), state, when }
}

/// Browser and system out of a User-Agent, as far as names stand in it; the header is nobody's promise.
fn device(agent: &str) -> Option<String> {
    let find = |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = find(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_device_is_named_by_browser_and_system() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(super::device(firefox).as_deref(), Some("Firefox, Linux"));
        assert_eq!(super::device("something"), None);
    }
}
