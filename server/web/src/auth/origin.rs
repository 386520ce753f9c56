//! Requests that change something and carry a cookie have to come from our own pages.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::errors::Error;
use crate::state;

/// Passes what `Sec-Fetch-Site` calls our own, or asked for by the person at the keyboard. Browsers without that header
/// are judged by `Origin`. A request with neither comes from no browser that would add a cookie by itself, and is refused
/// if it has a cookie all the same.
pub(crate) fn comes_from_us(request: &HttpRequest) -> Result<(), Error> {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let ours = match text("sec-fetch-site") {
        Some("same-origin" | "none") => true,
        // A proxy or an old page under the same site's other host says so here; only the very origin counts.
        Some(_) => false,
        None => match text("origin") {
            Some(origin) => state::of(request).is_some_and(|state| origin.eq_ignore_ascii_case(&state.base.origin())),
            None => !request.headers().contains_key(header::COOKIE),
        },
    };
    if ours { Ok(()) } else { Err(Error::Rule("from_another_site")) }
}
