//! Work that others handed in and say that one made it too.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::evidence::EvidenceJson;
use crate::api::{Listed, id, ok};
use crate::body::Once;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::co_authors::{self, Confirming};
use crate::services::once;
use crate::state::Shared;

/// Work that one is asked whether one made it too.
#[derive(Serialize, ToSchema)]
#[schema(as = CoAuthorship)]
pub struct CoAuthorshipJson {
    id: String,
    /// Name of who handed it in.
    by: String,
    asked_at: String,
    work: EvidenceJson,
}

/// Oldest first.
pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let asked = co_authors::asked(&state, &who).await?.into_iter().map(|asked| CoAuthorshipJson {
        id: asked.id.to_string(),
        by: asked.by.name.to_string(),
        asked_at: asked.asked_at.to_string(),
        work: EvidenceJson::from(asked.work),
    });
    Ok(ok(&Listed::whole(asked.collect())))
}

pub async fn confirm(state: Shared, who: SignedIn, ask: web::Path<String>, once: Once) -> Result<HttpResponse, Error> {
    let confirming = Confirming::of(&state, &who, id(&ask, "co_author")?).await?;
    once::write(&state, who.account.id, once, StatusCode::CREATED, move |conn| {
        let entry = confirming.keep(conn)?;
        Ok(Ok(EvidenceJson::from(confirming.written(entry))))
    })
    .await
}

pub async fn decline(state: Shared, who: SignedIn, ask: web::Path<String>, once: Once) -> Result<HttpResponse, Error> {
    let act = co_authors::declining(&state, &who, id(&ask, "co_author")?);
    once::write(&state, who.account.id, once, StatusCode::NO_CONTENT, move |conn| act(conn).map(Ok)).await
}
