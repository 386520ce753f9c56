//! A new password with a one-time code.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::body::Form;
use crate::errors::Error;
use crate::services::{Actor, reset};
use crate::state::Shared;
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage {
    w: View,
    errors: FormErrors,
    username: String,
    code: String,
}

pub async fn show(state: Shared, request: HttpRequest) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, None, "");
    page(&ResetPage { w, errors: FormErrors::default(), username: String::new(), code: String::new() })
}

pub async fn submit(state: Shared, request: HttpRequest, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let (username, code) = (form.raw("username").to_owned(), form.raw("code").to_owned());
    match reset::redeem(&state, &actor, &username, &code, form.raw("password"), form.raw("again")).await {
        Ok(()) => Ok(see(format!("{}?done=reset", state.links.path("login", &[])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&ResetPage { w: View::new(&state, &request, None, ""), errors, username, code })
        }
    }
}
