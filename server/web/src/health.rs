//! For machines that watch machines.

use actix_web::HttpResponse;

use crate::errors::Error;
use crate::state::Shared;

/// The process answers. Never touches the database.
pub async fn livez() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// The database answers too.
pub async fn readyz(state: Shared) -> HttpResponse {
    match state.store.scan(store::instance::health).await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(broken) => {
            tracing::error!(cause = %broken, "the database does not answer");
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("the database does not answer\n")
        }
    }
}

pub async fn metrics(state: Shared) -> Result<HttpResponse, Error> {
    // Figures of requests are told even while the database is away.
    if let Ok(counts) = state.store.scan(store::digests::counts).await {
        state.metrics.outbox(&counts);
    }
    let text = state.metrics.text()?;
    Ok(HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text))
}
