//! One's own data: taking it along, bringing it, leaving; and a new password for whoever lost theirs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::api::{nothing, ok};
use crate::auth;
use crate::body::{self, Json, Once, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::login::add_cookie;
use crate::services::{Actor, leaving, once, own_data, reset, resume};
use crate::state::Shared;
use crate::view::View;

pub async fn export(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    Ok(ok(&own_data::export(&state, &who).await?))
}

pub async fn resume(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "");
    Ok(ok(&resume::json_resume(&state, &who, &w).await?))
}

/// How to import.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// Only say what would come.
    #[serde(default)]
    dry_run: bool,
}

/// The body is a document of [`export`], of this or another instance; up to 16 MiB.
pub async fn import(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    query: Query<ImportQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    if !body::is(&request, "application/json") {
        return Err(Error::Rule("body_wrong_type"));
    }
    let bytes = body::read(payload.into_inner(), own_data::MAX_BYTES).await?;
    let (document, actor) = (own_data::read(&bytes)?, Actor::new(&state, &request, Some(&who)));
    if query.0.dry_run {
        return Ok(ok(&own_data::dry_run(&state, &who, &actor, document).await?));
    }
    let once = Once::new(&request, &bytes)?;
    let act = own_data::importing(&state, &who, &actor, document, false);
    once::write(&state, who.account.id, once, StatusCode::OK, move |conn| act(conn).map(Ok)).await
}

pub async fn files(state: Shared, who: SignedIn, part: web::Path<usize>) -> Result<HttpResponse, Error> {
    let archive = own_data::files(&state, &who, *part).await?;
    Ok(HttpResponse::Ok().content_type("application/x-tar").body(archive))
}

/// The body is an archive of [`files`], of this or another instance.
pub async fn import_files(state: Shared, request: HttpRequest, who: SignedIn, payload: web::Payload) -> Result<HttpResponse, Error> {
    let bytes = body::read(payload.into_inner(), own_data::MAX_ARCHIVE_BYTES).await?;
    let (once, actor) = (Once::new(&request, &bytes)?, Actor::new(&state, &request, Some(&who)));
    let archive = own_data::read_archive(&state, bytes).await?;
    let act = own_data::importing_files(&state, &who, &actor, archive);
    once::write(&state, who.account.id, once, StatusCode::OK, move |conn| act(conn).map(Ok)).await
}

/// Who leaves, typed once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Farewell {
    username: String,
    password: String,
}

/// Erases the account that asks; a cookie goes with it.
pub async fn erase(state: Shared, request: HttpRequest, who: SignedIn, body: Json<Farewell>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    leaving::erase(&state, &actor, &who, &body.value.username, body.value.password).await?;
    let mut answer = nothing();
    if who.session().is_some() {
        add_cookie(&mut answer, &auth::drop_cookie(&state));
    }
    Ok(answer)
}

/// A one-time code and the password to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeUse {
    username: String,
    code: String,
    new: String,
}

pub async fn reset(state: Shared, request: HttpRequest, body: Json<CodeUse>) -> Result<HttpResponse, Error> {
    let (actor, wish) = (Actor::new(&state, &request, None), body.value);
    reset::redeem(&state, &actor, &wish.username, &wish.code, &wish.new, &wish.new).await?;
    Ok(nothing())
}
