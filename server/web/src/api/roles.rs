//! Roles: what can be followed, and the documents behind them.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::template;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{Listed, ok};
use crate::assets;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::roles::{self, Standing};
use crate::state::Shared;

/// The newest revision of a role.
#[derive(Serialize, ToSchema)]
#[schema(as = Role)]
pub struct RoleJson {
    id: String,
    name: String,
    summary: String,
    version: String,
    /// SHA-256 of the revision.
    hash: String,
    /// `builtin`, `file`, or `plugin:publisher/name@version`.
    origin: String,
    levels: Vec<LevelJson>,
    requirements: usize,
}

/// A rung of the ladder, lowest first.
#[derive(Serialize, ToSchema)]
#[schema(as = Level)]
pub struct LevelJson {
    id: String,
    name: String,
}

/// A role with its whole document, as `GET /api/v1/schemas/role-template.json` describes it.
#[derive(Serialize, ToSchema)]
#[schema(as = RoleDocument)]
pub struct RoleDocumentJson {
    #[serde(flatten)]
    role: RoleJson,
    #[schema(value_type = Object)]
    document: serde_json::Value,
}

pub async fn list(state: Shared) -> Result<HttpResponse, Error> {
    let heads = state.store.read(store::templates::list_newest).await?;
    let mut items = Vec::with_capacity(heads.len());
    for head in heads {
        items.push(role(&*state.template(head.id).await?, head.hash, head.origin));
    }
    Ok(ok(&Listed::whole(items)))
}

pub async fn show(state: Shared, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let revision = state.store.read(move |conn| store::templates::newest(conn, &id)).await?.ok_or(Error::NotThere("role"))?;
    let template = state.template(revision.id).await?;
    let document = serde_json::to_value(&template.document).map_err(Error::machine)?;
    Ok(ok(&RoleDocumentJson { role: role(&template, revision.hash, revision.origin), document }))
}

/// Readiness for one level as if it were the target.
#[derive(Serialize, ToSchema)]
#[schema(as = LevelReadiness)]
pub struct LevelReadinessJson {
    /// Id of the level, lowest first.
    level: String,
    name: String,
    /// Basis points by the built-in rule; absent where nothing is asked up to here.
    claimed: Option<u32>,
    proven: Option<u32>,
}

pub async fn readiness(state: Shared, who: SignedIn, id: web::Path<String>) -> Result<HttpResponse, Error> {
    let role = roles::one(&state, &id).await?;
    let standing = Standing::of(&state, &who).await?;
    let mentored = standing.mentored(&state, &id).await?;
    let ready = standing.by_level(&role.template, mentored);
    let items = role.template.document.levels.iter().zip(ready).map(|(level, ready)| LevelReadinessJson {
        level: level.id.clone(),
        name: level.name.clone(),
        claimed: ready.map(|(claimed, _)| claimed),
        proven: ready.map(|(_, proven)| proven),
    });
    Ok(ok(&Listed::whole(items.collect())))
}

fn role(template: &template::Template, hash: String, origin: String) -> RoleJson {
    RoleJson {
        id: template.id().to_owned(),
        name: template.document.name.clone(),
        summary: template.document.summary.clone(),
        version: template.version().to_owned(),
        hash,
        origin,
        levels: template.document.levels.iter().map(|level| LevelJson { id: level.id.clone(), name: level.name.clone() }).collect(),
        requirements: template.requirements.len(),
    }
}

/// The JSON Schema that templates are written to.
pub async fn schema(request: HttpRequest) -> Result<HttpResponse, Error> {
    let schema = serde_json::to_vec_pretty(&template::json_schema()).map_err(Error::machine)?;
    Ok(assets::tagged(&request, "application/schema+json", schema))
}
