//! What if: a question about a path. It stores nothing, so it takes no idempotency key.

use actix_web::{HttpResponse, web};
use domain::path::{Both, MovedReceipt};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{id, ok};
use crate::body::Json;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::what_if::Question;
use crate::services::{paths, what_if};
use crate::state::Shared;

/// What is supposed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfQuestion {
    /// Ids of requirements of the path's role, finished today with all that they ask; at least one.
    finish: Vec<String>,
    /// `claimed`, `linked`, `peer`, `mentor`, `verified`.
    trust: String,
    /// The role to measure against; the path's own where absent.
    role: Option<String>,
    /// A level of that role; where absent the path's target, or the other role's first.
    level: Option<String>,
}

/// What would be.
#[derive(Serialize, ToSchema)]
#[schema(as = WhatIf)]
pub struct WhatIfJson {
    role: String,
    level: String,
    before: BothJson,
    after: BothJson,
    /// In the role's order.
    receipts: Vec<MovedReceiptJson>,
    /// The path's rule failed with this code, and the built-in one answers instead.
    stand_in: Option<String>,
}

/// Basis points.
#[derive(Serialize, ToSchema)]
#[schema(as = Both)]
pub struct BothJson {
    claimed: u32,
    proven: u32,
}

/// A receipt that would differ.
#[derive(Serialize, ToSchema)]
#[schema(as = MovedReceipt)]
pub struct MovedReceiptJson {
    requirement: String,
    before: BothJson,
    after: BothJson,
}

impl From<Both> for BothJson {
    fn from(both: Both) -> Self {
        Self { claimed: both.claimed, proven: both.proven }
    }
}

pub async fn ask(state: Shared, who: SignedIn, path: web::Path<String>, body: Json<WhatIfQuestion>) -> Result<HttpResponse, Error> {
    let WhatIfQuestion { finish, trust, role, level } = body.value;
    let open = paths::open(&state, &who, id(&path, "path")?).await?;
    let asked = what_if::check(&state, &open, &Question { finish, trust, role, level }).await?;
    let answer = what_if::answer(&state, &open, asked).await?;
    let moved =
        |moved: MovedReceipt| MovedReceiptJson { requirement: moved.requirement, before: moved.before.into(), after: moved.after.into() };
    Ok(ok(&WhatIfJson {
        role: answer.template.id().to_owned(),
        level: answer.template.document.levels[answer.level].id.clone(),
        before: answer.what.before.into(),
        after: answer.what.after.into(),
        receipts: answer.what.moved.into_iter().map(moved).collect(),
        stand_in: answer.stand_in.map(|failure| failure.code),
    }))
}
