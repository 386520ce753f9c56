//! Installing a pack from the browser.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::body;
use crate::caller::Admin;
use crate::errors::Error;
use crate::services::{Actor, plugins};
use crate::state::Shared;
use crate::view::see;

/// A form around a file is a little longer than the file.
const FORM_BYTES: usize = 4_096;

/// POST: looks the pack through and switches it on; a refusal is a page that says why.
pub async fn submit(state: Shared, request: HttpRequest, who: Admin, payload: web::Payload) -> Result<HttpResponse, Error> {
    if !body::is(&request, "multipart/form-data") {
        return Err(Error::Rule("body_wrong_type"));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let form = body::read(payload.into_inner(), state.instance.max_pack_bytes + FORM_BYTES).await?;
    let archive = body::file_of(kind, &form)?;
    plugins::install(&state, &Actor::new(&state, &request, Some(&who)), archive).await?;
    Ok(see(state.links.path("admin-plugins", &[])))
}
