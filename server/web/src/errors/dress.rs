//! Gives an error its words and its shape, once the answer is on its way out.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::error::{InternalError, JsonPayloadError, PathError, PayloadError, QueryPayloadError, UrlencodedError};
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Serialize;

use super::{Error, Field, message_key};
use crate::security::RequestId;
use crate::view::View;

/// A problem document.
#[derive(Serialize)]
struct Problem {
    r#type: String,
    title: String,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    request_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

#[derive(Serialize)]
struct FieldProblem {
    field: String,
    code: &'static str,
    message: String,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    w: View,
    status: u16,
    code: &'static str,
    title: String,
    detail: Option<String>,
    fields: Vec<(String, String)>,
    request_id: String,
    when: String,
    /// Ours to mend: says that nothing was saved, and gives the number to report.
    ours: bool,
    sign_in: bool,
}

/// Replaces the body of an answer that an error made. Other answers pass as they are.
pub(crate) fn dress<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse {
    let Some(error) = response.response().error() else { return response.map_into_boxed_body() };
    let error = ours(error);
    let (request, _) = response.into_parts();
    let id = RequestId::of(&request);
    match &error {
        Error::Machine(cause) => tracing::error!(request_id = %id, cause, "something broke"),
        other => tracing::debug!(request_id = %id, code = other.code(), "refused"),
    }
    let answer = match View::of_request(&request) {
        Some(w) if wants_problem(&request) => problem(&error, w, id),
        Some(w) => page(&error, w, id),
        None => HttpResponse::new(error.status()),
    };
    ServiceResponse::new(request, answer)
}

/// The API, and machines outside it, get a problem; browsers a page.
fn wants_problem(request: &HttpRequest) -> bool {
    let path = request.path();
    let base = crate::state::of(request).map_or("", |state| state.base.path());
    path.strip_prefix(base).is_some_and(|path| path == "/api" || path.starts_with("/api/"))
}

fn ours(error: &actix_web::Error) -> Error {
    if let Some(error) = error.as_error::<Error>() {
        return error.clone();
    }
    if let Some(error) = error.as_error::<PayloadError>() {
        return match error {
            PayloadError::Overflow => Error::Rule("body_too_large"),
            _ => Error::Rule("body_malformed"),
        };
    }
    if error.as_error::<PathError>().is_some() {
        return Error::NotThere("page");
    }
    if let Some(error) = error.as_error::<QueryPayloadError>() {
        return Error::detail("query_malformed", error.to_string());
    }
    if error.as_error::<UrlencodedError>().is_some() || error.as_error::<JsonPayloadError>().is_some() {
        return Error::Rule("body_malformed");
    }
    if let Some(error) = error.as_error::<InternalError<Error>>() {
        return Error::machine(error);
    }
    let status = error.as_response_error().status_code();
    match status.as_u16() {
        404 => Error::NotThere("page"),
        413 => Error::Rule("body_too_large"),
        400..=499 => Error::Rule("body_malformed"),
        _ => Error::machine(error),
    }
}

fn problem(error: &Error, w: View, id: RequestId) -> HttpResponse {
    let errors = match error {
        Error::Fields(fields) => fields.iter().map(|field| field_problem(field, &w)).collect(),
        _ => Vec::new(),
    };
    let body = Problem {
        r#type: format!("urn:waymark:problem:{}", error.code()),
        title: w.t(&message_key(error.code())),
        status: error.status().as_u16(),
        code: error.code(),
        detail: detail(error),
        request_id: id.to_string(),
        errors,
    };
    let mut answer = HttpResponse::build(error.status());
    answer.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    add_headers(error, &mut answer);
    answer.body(serde_json::to_vec(&body).unwrap_or_default())
}

fn field_problem(field: &Field, w: &View) -> FieldProblem {
    FieldProblem { field: field.field.clone(), code: field.code, message: w.t(&message_key(field.code)) }
}

fn detail(error: &Error) -> Option<String> {
    match error {
        Error::Detail { detail, .. } => Some(detail.clone()),
        _ => None,
    }
}

fn add_headers(error: &Error, answer: &mut actix_web::HttpResponseBuilder) {
    match error {
        Error::SignIn | Error::Rule("token_not_valid") => {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"waymark\""));
        }
        Error::WrongMethod { allowed } => {
            if let Ok(allowed) = HeaderValue::from_str(allowed) {
                answer.insert_header((header::ALLOW, allowed));
            }
        }
        Error::TooMany { seconds } => {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        _ => {}
    }
}

fn page(error: &Error, w: View, id: RequestId) -> HttpResponse {
    let fields = match error {
        Error::Fields(fields) => fields.iter().map(|field| (field.field.clone(), w.t(&message_key(field.code)))).collect(),
        _ => Vec::new(),
    };
    let page = ErrorPage {
        status: error.status().as_u16(),
        code: error.code(),
        title: w.t(&message_key(error.code())),
        detail: detail(error),
        fields,
        request_id: id.to_string(),
        when: w.now_utc(),
        ours: error.status().is_server_error(),
        sign_in: error.status() == 401,
        w,
    };
    let mut answer = HttpResponse::build(error.status());
    add_headers(error, &mut answer);
    answer.content_type("text/html; charset=utf-8");
    match page.render() {
        Ok(html) => answer.body(html),
        Err(broken) => {
            tracing::error!(request_id = %id, cause = %broken, "the error page did not render");
            answer.content_type("text/plain; charset=utf-8").body(id.to_string())
        }
    }
}
