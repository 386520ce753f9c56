//! What an entry of the route table is; [`crate::mount`] makes routes of actix of them.

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder};
use domain::policy::Act;
use futures_util::future::LocalBoxFuture;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::Schema;
use utoipa::{IntoParams, PartialSchema, ToSchema};

/// Who may come in. Every entry names one; there is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone. An unsafe method still has to come from our own pages.
    Public,
    /// Anyone, from anywhere, without a cookie: one-click unsubscribes.
    OneClick,
    /// Signed in, reading what is one's own.
    SignedIn,
    /// Signed in, changing what is one's own.
    Write,
    /// Signed in, changing account, password, sessions and tokens of one's own.
    Manage,
    /// An admin of the instance.
    Admin,
}

impl Access {
    /// The act that the policy decides on.
    pub const fn act(self) -> Act {
        match self {
            Self::Public | Self::OneClick => Act::Public,
            Self::SignedIn => Act::ReadOwn,
            Self::Write => Act::WriteOwn,
            Self::Manage => Act::ManageOwn,
            Self::Admin => Act::Administer,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::OneClick => "one-click",
            Self::SignedIn => "signed-in",
            Self::Write => "write",
            Self::Manage => "manage",
            Self::Admin => "admin",
        }
    }
}

/// One entry of the table.
pub struct Route {
    pub method: Verb,
    pub pattern: &'static str,
    pub name: &'static str,
    pub access: Access,
    pub handler: Answers,
    /// For routes of the API.
    pub doc: Option<Doc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    pub fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
            Self::Patch => Method::PATCH,
            Self::Delete => Method::DELETE,
        }
    }
}

/// A request on its way to a handler.
pub struct Asked {
    pub request: HttpRequest,
    pub payload: Payload,
}

/// A handler, whatever its arguments and its answer are. A route of actix would bring the machinery of a service for each of them,
/// to be compiled three hundred times and run by every worker at its start.
pub type Answers = fn(Asked) -> LocalBoxFuture<'static, HttpResponse>;

/// Makes a handler an entry's `handler`: `|asked| to(asked, pages::login::show)`.
pub fn to<F, Args>(asked: Asked, handler: F) -> LocalBoxFuture<'static, HttpResponse>
where
    F: Handler<Args>,
    Args: FromRequest,
    F::Output: Responder,
{
    Box::pin(async move {
        let Asked { request, mut payload } = asked;
        match Args::from_request(&request, &mut payload).await {
            Err(error) => HttpResponse::from_error(error),
            Ok(args) => handler.call(args).await.respond_to(&request).map_into_boxed_body(),
        }
    })
}

impl Route {
    /// An entry for a page, an asset or a machine.
    pub const fn new(method: Verb, pattern: &'static str, name: &'static str, access: Access, handler: Answers) -> Self {
        Self { method, pattern, name, access, handler, doc: None }
    }

    /// An entry of the API.
    pub const fn api(method: Verb, pattern: &'static str, name: &'static str, access: Access, handler: Answers, doc: Doc) -> Self {
        Self { method, pattern, name, access, handler, doc: Some(doc) }
    }

    pub fn is_api(&self) -> bool {
        self.pattern.starts_with("/api/")
    }
}

/// Adds a type's schema to the components and gives the reference to it.
pub type SchemaOf = fn(&mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema>;
pub type ParametersOf = fn() -> Vec<Parameter>;

/// What OpenAPI says of a route.
#[derive(Clone, Copy)]
pub struct Doc {
    pub tag: &'static str,
    pub summary: &'static str,
    pub query: Option<ParametersOf>,
    pub takes: Option<SchemaOf>,
    /// The body is a file.
    pub bytes: bool,
    pub gives: Option<SchemaOf>,
    pub status: u16,
    /// Takes an `Idempotency-Key`.
    pub once: bool,
}

impl Doc {
    pub const fn new(tag: &'static str, summary: &'static str) -> Self {
        Self { tag, summary, query: None, takes: None, bytes: false, gives: None, status: 204, once: false }
    }

    pub const fn query(self, query: ParametersOf) -> Self {
        Self { query: Some(query), ..self }
    }

    pub const fn takes(self, takes: SchemaOf) -> Self {
        Self { takes: Some(takes), ..self }
    }

    pub const fn takes_bytes(self) -> Self {
        Self { bytes: true, ..self }
    }

    pub const fn gives(self, status: u16, gives: SchemaOf) -> Self {
        Self { gives: Some(gives), status, ..self }
    }

    pub const fn once(self) -> Self {
        Self { once: true, ..self }
    }
}

/// The schema of a body: `schema::<PathJson>`.
pub fn schema<T: ToSchema>(components: &mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema> {
    let name = T::name().into_owned();
    T::schemas(components);
    if !components.iter().any(|(known, _)| *known == name) {
        components.push((name.clone(), <T as PartialSchema>::schema()));
    }
    RefOr::Ref(utoipa::openapi::Ref::from_schema_name(name))
}

/// A body of any JSON.
pub fn any_json(_: &mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema> {
    utoipa::openapi::schema::ObjectBuilder::new().into()
}

/// The parameters of a query: `params::<Page>`.
pub fn params<T: IntoParams>() -> Vec<Parameter> {
    T::into_params(|| Some(utoipa::openapi::path::ParameterIn::Query))
}
