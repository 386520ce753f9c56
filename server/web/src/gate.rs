//! What stands between the table and every handler: origin, policy, and the net under a panic.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse};
use domain::policy::{Decision, decide};
use futures_util::FutureExt;

use crate::auth;
use crate::caller::{Known, Signed};
use crate::errors::Error;
use crate::route::{Access, Route};
use crate::security::RequestId;
use crate::{base, state};

/// The entry of the table that a request came in by; for the log and the figures.
#[derive(Clone, Copy)]
pub(crate) struct Through(pub &'static Route);

/// Lets a request through to its handler, or answers in its place.
pub(crate) async fn pass(
    route: &'static Route,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    request.extensions_mut().insert(Through(route));
    let http = request.request().clone();
    match admit(route, &http).await {
        Err(Error::SignIn) if wants_login_page(route, &http) => Ok(request.into_response(to_login(&http))),
        Err(error) => Ok(request.error_response(error)),
        Ok(()) => match AssertUnwindSafe(next.call(request)).catch_unwind().await {
            Ok(answered) => answered,
            Err(panic) => {
                let error = Error::machine(format!("panic in {}: {}", route.name, said(&panic)));
                tracing::error!(request_id = %RequestId::of(&http), route = route.name, "a handler panicked");
                Ok(ServiceResponse::from_err(error, http))
            }
        },
    }
}

async fn admit(route: &'static Route, request: &HttpRequest) -> Result<(), Error> {
    if route.access == Access::OneClick {
        return Ok(());
    }
    // Where anybody may come in, a foreign token says nothing: a scraper's own, for instance.
    let bearer = match auth::bearer(request) {
        Err(_) if route.access == Access::Public => None,
        read => read?,
    };
    if bearer.is_none() && !request.method().is_safe() {
        auth::comes_from_us(request)?;
    }
    if route.access == Access::Public {
        return Ok(());
    }
    let signed = auth::identify(request).await?;
    let decision = signed.as_deref().map(Signed::caller).unwrap_or(domain::policy::Caller::Nobody);
    let decision = decide(&decision, route.access.act());
    request.extensions_mut().insert(Known(signed.clone()));
    match decision {
        Decision::Allow => Ok(()),
        Decision::SignIn => Err(Error::SignIn),
        Decision::Forbid => Err(forbidden(signed, route.access)),
        Decision::Hide => Err(Error::NotThere("page")),
    }
}

/// A token that is too weak is told so; a person who is no admin is told that.
fn forbidden(signed: Option<Arc<Signed>>, access: Access) -> Error {
    match signed {
        Some(signed) if access == Access::Admin && !signed.account.is_admin => Error::Rule("not_allowed"),
        _ => Error::Rule("scope_too_small"),
    }
}

fn wants_login_page(route: &Route, request: &HttpRequest) -> bool {
    !route.is_api() && request.method().is_safe()
}

fn to_login(request: &HttpRequest) -> HttpResponse {
    let Some(state) = state::of(request) else { return HttpResponse::InternalServerError().finish() };
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    let to = format!("{}?next={}", state.links.path("login", &[]), base::query_value(wanted));
    if request.headers().contains_key("hx-request") {
        return HttpResponse::Ok().insert_header(("HX-Redirect", to)).finish();
    }
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

fn said(panic: &Box<dyn std::any::Any + Send>) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
