//! Certificates with their state.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::evidence::EvidenceJson;
use crate::api::{Listed, ok};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::certificates;
use crate::state::Shared;

/// A certificate of the ledger.
#[derive(Serialize, ToSchema)]
#[schema(as = Certificate)]
pub struct CertificateJson {
    /// `holds`, `lapsing` (within 60 days), `expired`, `renewed`, `taken-back`.
    state: &'static str,
    entry: EvidenceJson,
}

/// Soonest end first; those that were renewed or taken back at the end.
pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let listed = certificates::list(&state, &who).await?;
    let items = listed.into_iter().map(|(written, state)| CertificateJson { state: state.word(), entry: EvidenceJson::from(written) });
    Ok(ok(&Listed::whole(items.collect())))
}
