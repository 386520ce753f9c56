//! What every answer gets: a request id, headers that browsers obey, a line in the log, a figure.

use std::fmt;
use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};
use futures_util::FutureExt;

use crate::errors::{Error, dress};
use crate::gate::Through;
use crate::state::State;
use crate::{auth, caller};

/// The policy that keeps foreign code out; inline scripts and styles too.
pub const CSP: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Sets a policy of its own on an answer that shows untrusted HTML in a sandboxed frame: a mail's preview.
pub const FRAME_CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()";

/// Names one request in answers and log lines: 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// All zeros outside of a request.
    pub fn of(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().copied().unwrap_or_default()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The outermost of our own layers.
pub(crate) async fn around<B: MessageBody + 'static>(
    state: web::Data<State>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut id = [0; 16];
    state.dice.fill(&mut id);
    let id = RequestId(id);
    request.extensions_mut().insert(id);
    let started = state.clock.now();
    // Routes have a net of their own (gate.rs); this one is for what runs outside of them, where no request is left to
    // answer in good form.
    let answered = match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(answered) => answered?,
        Err(_) => {
            tracing::error!(request_id = %id, "a middleware panicked");
            return Err(Error::machine("panic outside of a route").into());
        }
    };
    let mut response = dress(answered);
    let signed = caller::known(response.request());
    add_headers(response.headers_mut(), id, signed.is_some());
    let micros = state.clock.now().micros().saturating_sub(started.micros()).max(0);
    let through = response.request().extensions().get::<Through>().map(|through| (through.0.name, through.0.pattern));
    // The pattern, not the path: links of invitations and unsubscribes are secrets.
    let (route, path) = through.unwrap_or_else(|| ("none", response.request().path()));
    let status = response.status().as_u16();
    state.metrics.answered(route, status, micros as f64 / 1_000_000.0);
    tracing::info!(
        request_id = %id,
        method = %response.request().method(),
        path,
        route,
        status,
        micros,
        account = signed.map(|signed| signed.account.id.0),
        address = %auth::client_address(response.request(), state.instance.trusted_proxies),
        "answered"
    );
    Ok(response)
}

fn add_headers(headers: &mut HeaderMap, id: RequestId, signed_in: bool) {
    let set = |headers: &mut HeaderMap, name: &'static str, value: &'static str| {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(headers, "content-security-policy", CSP);
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "permissions-policy", PERMISSIONS);
    if signed_in {
        set(headers, "cache-control", "no-store");
    } else if !headers.contains_key(header::ETAG) {
        set(headers, "cache-control", "no-cache");
    }
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}
