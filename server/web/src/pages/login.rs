//! Signing in and out.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::auth;
use crate::body::{Form, Query};
use crate::caller::{SignedIn, Visitor};
use crate::errors::Error;
use crate::services::{Actor, accounts};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    w: View,
    errors: FormErrors,
    /// Tries left, after a failure.
    left: Option<usize>,
    username: String,
    next: String,
    /// The password was set anew with a code.
    reset: bool,
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
    done: Option<String>,
}

/// GET: the form; whoever is signed in already goes on.
pub async fn show(state: Shared, request: HttpRequest, visitor: Visitor, query: Query<Wanted>) -> Result<HttpResponse, Error> {
    let next = inside(&state, &query.0.next);
    if visitor.0.is_some() {
        return Ok(see(next));
    }
    page(&LoginPage {
        w: View::new(&state, &request, None, ""),
        errors: FormErrors::default(),
        left: None,
        username: String::new(),
        next,
        reset: query.0.done.as_deref() == Some("reset"),
    })
}

/// POST: signs in and goes on to where one wanted to be.
pub async fn submit(state: Shared, request: HttpRequest, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let next = inside(&state, form.raw("next"));
    match accounts::sign_in(&state, &actor, form.raw("username"), form.raw("password").to_owned()).await {
        Ok(signed_in) => {
            let mut answer = see(next);
            add_cookie(&mut answer, &auth::set_cookie(&state, &signed_in.secret));
            Ok(answer)
        }
        Err(Error::Rule("wrong_credentials")) => {
            let username = form.raw("username").to_owned();
            let left = Some(accounts::tries_left(&state, &actor, &username));
            page_again(&LoginPage {
                w: View::new(&state, &request, None, ""),
                errors: FormErrors::default(),
                left,
                username,
                next,
                reset: false,
            })
        }
        Err(other) => Err(other),
    }
}

/// POST: ends the session.
pub async fn leave(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    accounts::sign_out(&state, &who).await?;
    let mut answer = see(state.links.path("login", &[]));
    add_cookie(&mut answer, &auth::drop_cookie(&state));
    Ok(answer)
}

pub(crate) fn add_cookie(answer: &mut HttpResponse, cookie: &str) {
    if let Ok(value) = header::HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Where to go on: a path of our own, below the base path; anything else is home. Two slashes at the start, or a
/// backslash, would lead to another host.
fn inside(state: &State, next: &str) -> String {
    let home = state.links.path("home", &[]);
    let plain = next.starts_with(&home) && !next.starts_with("//") && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let loops = next.split('?').next() == Some(state.links.path("login", &[]).as_str());
    if plain && !loops { next.to_owned() } else { home }
}
