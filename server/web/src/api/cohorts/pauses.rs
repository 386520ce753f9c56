//! Pauses of one's own paths.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::cohort::Pause;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::day;
use crate::api::{Listed, id, ok};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::{once, paths, pauses};
use crate::state::Shared;

/// Days on which a path rests.
#[derive(Serialize, ToSchema)]
#[schema(as = PathPause)]
pub struct PauseJson {
    first: String,
    /// Absent: until further notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

impl From<&Pause> for PauseJson {
    fn from(pause: &Pause) -> Self {
        Self { first: pause.first.to_string(), last: pause.last.map(|day| day.to_string()) }
    }
}

/// A pause that begins today.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewPathPause)]
#[serde(deny_unknown_fields)]
pub struct NewPause {
    /// Absent: until further notice.
    last: Option<String>,
}

pub async fn list(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&at, "path")?).await?;
    let path = open.path.id;
    let pauses = state.store.read(move |conn| store::paths::pauses(conn, path)).await?;
    Ok(ok(&Listed::whole(pauses.iter().map(PauseJson::from).collect())))
}

pub async fn add(state: Shared, who: SignedIn, at: web::Path<String>, body: Json<NewPause>) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&at, "path")?).await?;
    let last = body.value.last.map(|last| day("last", &last)).transpose()?;
    let (path, today) = (open.path.id, open.today);
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        Ok(pauses::begin(conn, path, today, last)?.map(|pause| PauseJson::from(&pause)))
    })
    .await
}

pub async fn end(state: Shared, who: SignedIn, at: web::Path<String>, once: Once) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&at, "path")?).await?;
    let (path, today) = (open.path.id, open.today);
    once::write(&state, who.account.id, once, StatusCode::OK, move |conn| {
        pauses::end(conn, path, today)?;
        let items = store::paths::pauses(conn, path)?.iter().map(PauseJson::from).collect();
        Ok(Ok(Listed::<PauseJson>::whole(items)))
    })
    .await
}
