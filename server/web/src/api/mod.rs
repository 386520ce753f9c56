//! The API: JSON under `/api/v1`, each answer a struct of its own.

pub mod admin;
pub mod attachments;
pub mod certificates;
pub mod co_authors;
pub mod cohorts;
pub mod decks;
pub mod digests;
pub mod enrolment;
pub mod evidence;
pub mod forecast;
pub mod interviews;
pub mod map;
pub mod mentoring;
pub mod own_data;
pub mod paths;
pub mod plans;
pub mod practice;
pub mod readiness;
pub mod reviews;
pub mod roles;
pub mod search;
pub mod session;
pub mod subjects;
pub mod summaries;
pub mod today;
pub mod tokens;
pub mod upgrades;
pub mod upkeep;
pub mod what_if;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::PublicId;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{IntoParams, ToSchema};

use crate::errors::Error;
use crate::route::schema;

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

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Listed<T: ToSchema> {
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T: ToSchema> Listed<T> {
    /// A list that is always whole.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// The schema of a list, and of what is in it.
pub(crate) fn listed<T: ToSchema>(components: &mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema> {
    schema::<T>(components);
    schema::<Listed<T>>(components)
}

/// Which page of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<i64>,
}

impl PageQuery {
    pub(crate) fn limit(&self) -> i64 {
        self.limit.unwrap_or(50).clamp(1, 200)
    }

    /// The number of the last item of the page before.
    pub(crate) fn after(&self) -> Result<Option<i64>, Error> {
        self.cursor.as_deref().map(read_cursor).transpose()
    }
}

pub(crate) fn read_cursor(cursor: &str) -> Result<i64, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| text.strip_prefix("a:")?.parse().ok()).ok_or(Error::Rule("cursor_malformed"))
}

/// A cursor behind item `number`; nobody has to know what is in it.
pub(crate) fn cursor(number: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("a:{number}"))
}

/// An answer.
pub(crate) fn json<T: Serialize>(status: StatusCode, body: &T) -> HttpResponse {
    HttpResponse::build(status).json(body)
}

pub(crate) fn ok<T: Serialize>(body: &T) -> HttpResponse {
    json(StatusCode::OK, body)
}

pub(crate) fn nothing() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// A public id out of a path; what is none is not there.
pub(crate) fn id(text: &str, what: &'static str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere(what))
}

/// A word of a closed list in a body.
pub(crate) fn word<T: std::str::FromStr>(field: &str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::field(field, "field_malformed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        assert_eq!(read_cursor(&cursor(42)).unwrap(), 42);
        for wrong in ["", "42", "YTpi", "!!"] {
            assert!(matches!(read_cursor(wrong), Err(Error::Rule("cursor_malformed"))), "{wrong}");
        }
    }
}
