//! The way out of digests: GET shows, POST acts. Needs no cookie, and can be done twice.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::digest::DigestKind;

use crate::errors::Error;
use crate::services::{Actor, digests};
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct UnsubscribePage {
    w: View,
    name: String,
    /// Of which kind.
    kind: DigestKind,
    action: String,
    done: bool,
}

pub async fn show(state: Shared, request: HttpRequest, token: web::Path<String>) -> Result<HttpResponse, Error> {
    let (account, kind) = digests::who_unsubscribes(&state, &token).await?;
    answer(&state, &request, &token, (account.name.to_string(), kind), false)
}

/// Mail programs post here by themselves (RFC 8058), people by the button.
pub async fn submit(state: Shared, request: HttpRequest, token: web::Path<String>) -> Result<HttpResponse, Error> {
    let (account, kind) = digests::unsubscribe(&state, &Actor::new(&state, &request, None), &token).await?;
    answer(&state, &request, &token, (account.name.to_string(), kind), true)
}

fn answer(
    state: &Shared,
    request: &HttpRequest,
    token: &str,
    (name, kind): (String, DigestKind),
    done: bool,
) -> Result<HttpResponse, Error> {
    let action = state.links.path("unsubscribe-do", &[token]);
    page(&UnsubscribePage { w: View::new(state, request, None, ""), name, kind, action, done })
}
