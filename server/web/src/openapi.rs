//! The OpenAPI 3.1 document, from the route table.

use actix_web::{HttpRequest, HttpResponse};
use utoipa::PartialSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi, OpenApiBuilder, RefOr, Required, ServerBuilder};

use crate::api::ProblemJson;
use crate::assets;
use crate::errors::Error;
use crate::route::{Access, Doc, Route, Verb, schema};
use crate::state::Shared;

/// Answers with the document.
pub async fn document(state: Shared, request: HttpRequest) -> Result<HttpResponse, Error> {
    let document = describe(&state.routes, state.base.path(), state.instance.version);
    let json = serde_json::to_vec(&document).map_err(Error::machine)?;
    Ok(assets::tagged(&request, "application/json", json))
}

/// The document of all routes of the API in `table`.
pub fn describe(table: &[&'static Route], base_path: &str, version: &str) -> OpenApi {
    let mut components: Vec<(String, RefOr<Schema>)> = Vec::new();
    let problem = schema::<ProblemJson>(&mut components);
    let mut paths = PathsBuilder::new();
    for route in table.iter().copied() {
        if let Some(doc) = &route.doc {
            let operation = operation(route, doc, &problem, &mut components);
            paths = paths.path(plain(route.pattern), PathItem::new(method(route.method), operation));
        }
    }
    components.sort_by(|(a, _), (b, _)| a.cmp(b));
    components.dedup_by(|(a, _), (b, _)| a == b);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token made under Settings, or with POST /api/v1/tokens. Scopes: read, write, admin."))
        .build();
    let components = ComponentsBuilder::new().schemas_from_iter(components).security_scheme("bearer", SecurityScheme::Http(bearer)).build();
    let mut info = Info::new("Waymark", version);
    info.description = Some("Everything that the pages do. Errors are problem documents (RFC 9457) with a stable code.".to_owned());
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url(if base_path.is_empty() { "/" } else { base_path }).build()]))
        .paths(paths)
        .components(Some(components))
        .build()
}

fn operation(route: &Route, doc: &Doc, problem: &RefOr<Schema>, components: &mut Vec<(String, RefOr<Schema>)>) -> Operation {
    let mut operation = OperationBuilder::new()
        .tag(doc.tag)
        .summary(Some(doc.summary))
        .operation_id(Some(route.name))
        .description(Some(format!("Access: {}.", route.access.word())));
    for name in names(route.pattern) {
        operation = operation.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(String::schema()))
                .build(),
        );
    }
    for parameter in doc.query.map(|query| query()).unwrap_or_default() {
        operation = operation.parameter(parameter);
    }
    if doc.once {
        operation = operation.parameter(idempotency_key());
    }
    if let Some(takes) = doc.takes {
        let content = ContentBuilder::new().schema(Some(takes(components))).build();
        let body = RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True)).build();
        operation = operation.request_body(Some(body));
    }
    if doc.bytes {
        let content = ContentBuilder::new().schema(None::<RefOr<Schema>>).build();
        let body = RequestBodyBuilder::new().content("application/octet-stream", content).required(Some(Required::True)).build();
        operation = operation.request_body(Some(body));
    }
    let mut answer = ResponseBuilder::new().description("Done");
    if let Some(gives) = doc.gives {
        answer = answer.content("application/json", ContentBuilder::new().schema(Some(gives(components))).build());
    }
    let refused = ResponseBuilder::new()
        .description("Refused or failed")
        .content("application/problem+json", ContentBuilder::new().schema(Some(problem.clone())).build());
    operation = operation.response(doc.status.to_string(), answer.build()).response("default", refused.build());
    if !matches!(route.access, Access::Public | Access::OneClick) {
        operation = operation.security(SecurityRequirement::new("bearer", Vec::<String>::new()));
    }
    operation.build()
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("1 to 100 characters of your own: the same request with the same key is done once and answered alike."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build()
}

fn method(verb: Verb) -> HttpMethod {
    match verb {
        Verb::Get => HttpMethod::Get,
        Verb::Post => HttpMethod::Post,
        Verb::Put => HttpMethod::Put,
        Verb::Patch => HttpMethod::Patch,
        Verb::Delete => HttpMethod::Delete,
    }
}

/// A pattern as OpenAPI writes it: `{role:.+}` is `{role}`.
fn plain(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, behind) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&format!("{{{}}}", inside.split(':').next().unwrap_or(inside)));
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn names(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|part| part.split('}').next()).map(|name| name.split(':').next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_lose_their_rules() {
        assert_eq!(plain("/api/v1/roles/{role:.+}"), "/api/v1/roles/{role}");
        assert_eq!(names("/a/{x}/b/{y:.+}").collect::<Vec<_>>(), ["x", "y"]);
    }
}
