//! Roles: the catalogue of what can be followed, and each role's guide.

mod asks;
mod facts;
mod guide;
mod pay;
mod picture;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::ids::PublicId;

pub use guide::show;

use crate::base::query_value;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::roles::{self, Role, Standing};
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "roles.html")]
struct RolesPage {
    w: View,
    roles: Vec<RoleCard>,
}

struct RoleCard {
    id: String,
    query: String,
    name: String,
    summary: String,
    facts: Vec<String>,
    levels: String,
    origin: String,
    ready: Option<Ready>,
    path: Option<PublicId>,
}

/// How far one's own proof reaches for the first level.
struct Ready {
    claimed: u32,
    words: String,
    claimed_width: String,
    proven_width: String,
}

pub async fn list(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "roles");
    let standing = Standing::of(&state, &who).await?;
    let roles = roles::all(&state).await?.iter().map(|role| card(&w, role, &standing)).collect();
    page(&RolesPage { w, roles })
}

fn card(w: &View, role: &Role, standing: &Standing) -> RoleCard {
    let template = &role.template;
    let document = &template.document;
    let path = standing.path(template.id()).map(|(path, _)| path.public_id);
    // Nothing recorded, nothing to say: a row of zeros would only discourage.
    let ready = standing.first_level(template).filter(|(claimed, _)| *claimed > 0);
    RoleCard {
        id: template.id().to_owned(),
        query: query_value(template.id()),
        name: document.name.clone(),
        summary: document.summary.clone(),
        facts: vec![
            w.t1("role-count-requirements", "count", template.requirements.len()),
            w.t1("role-count-areas", "count", template.areas().count()),
            w.t1("role-count-levels", "count", document.levels.len()),
        ],
        levels: document
            .levels
            .iter()
            .map(|level| level.short.clone().unwrap_or_else(|| level.name.clone()))
            .collect::<Vec<_>>()
            .join(" → "),
        origin: w.t2("start-role-version", "version", &role.head.version, "origin", origin(w, &role.head.origin)),
        ready: ready.map(|(claimed, proven)| Ready {
            claimed: claimed / 100,
            words: w.t3(
                "role-ready-level",
                "claimed",
                claimed / 100,
                "proven",
                proven / 100,
                "level",
                document.levels.first().map_or("", |level| level.name.as_str()),
            ),
            claimed_width: super::marks::width(claimed),
            proven_width: super::marks::width(proven),
        }),
        path,
    }
}

/// Where a revision came from, in words.
pub fn origin(w: &View, origin: &str) -> String {
    match origin.strip_prefix("plugin:") {
        Some(plugin) => w.t1("start-origin-plugin", "plugin", plugin),
        None if origin == "builtin" => w.t("start-origin-builtin"),
        None => w.t("start-origin-file"),
    }
}
