//! The API: JSON under `/api/v1`, each answer a struct of its own.

pub mod session;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// What every refusal and failure looks like (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
#[allow(dead_code, reason = "described here for the document, written in errors/dress.rs")]
pub struct ProblemJson {
    /// `urn:waymark:problem:<code>`
    r#type: String,
    title: String,
    status: u16,
    /// Stable.
    code: String,
    detail: Option<String>,
    request_id: String,
    errors: Option<Vec<FieldProblemJson>>,
}

/// A field that cannot be taken.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem)]
#[allow(dead_code, reason = "described here for the document, written in errors/dress.rs")]
pub struct FieldProblemJson {
    field: String,
    code: String,
    message: String,
}

/// An answer.
pub(crate) fn json<T: Serialize>(status: StatusCode, body: &T) -> HttpResponse {
    HttpResponse::build(status).json(body)
}

pub(crate) fn ok<T: Serialize>(body: &T) -> HttpResponse {
    json(StatusCode::OK, body)
}
