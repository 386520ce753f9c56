//! Tokens for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use store::tokens::Token;
use utoipa::ToSchema;

use crate::api::{Listed, id, nothing, ok, word};
use crate::body::Json;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::accounts::TokenWish;
use crate::services::{Actor, accounts, once};
use crate::state::Shared;

/// A token as it is listed.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenJson {
    id: String,
    name: String,
    /// `read`, `write`, `admin`.
    scope: &'static str,
    created_at: String,
    expires_at: Option<String>,
    last_used_at: Option<String>,
    revoked_at: Option<String>,
}

impl From<&Token> for TokenJson {
    fn from(token: &Token) -> Self {
        Self {
            id: token.public_id.to_string(),
            name: token.name.to_string(),
            scope: token.scope.word(),
            created_at: token.created_at.to_string(),
            expires_at: token.expires_at.map(|at| at.to_string()),
            last_used_at: token.last_used_at.map(|at| at.to_string()),
            revoked_at: token.revoked_at.map(|at| at.to_string()),
        }
    }
}

/// A token that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    name: String,
    /// `read`, `write`, `admin`.
    scope: String,
    /// Days from now, 1 to 3650; absent: it never ends.
    days: Option<u32>,
}

/// A token that was just made; `secret` is shown here only.
#[derive(Serialize, ToSchema)]
pub struct MadeToken {
    token: TokenJson,
    secret: String,
}

pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let tokens = accounts::tokens(&state, &who).await?;
    Ok(ok(&Listed::whole(tokens.iter().map(TokenJson::from).collect())))
}

/// Takes no `Idempotency-Key`: the answer holds a secret, which is kept nowhere.
pub async fn create(state: Shared, request: HttpRequest, who: SignedIn, body: Json<NewToken>) -> Result<HttpResponse, Error> {
    let wish = TokenWish { name: body.value.name, scope: word("scope", &body.value.scope)?, days: body.value.days };
    let actor = Actor::new(&state, &request, Some(&who));
    let (new, secret) = accounts::new_token(&state, &actor, &who, &wish)?;
    once::write(&state, who.account.id, crate::body::Once::never(), StatusCode::CREATED, move |conn| {
        let token = accounts::keep_token(conn, &actor, &new)?;
        Ok(Ok(MadeToken { token: TokenJson::from(&token), secret: secret.clone() }))
    })
    .await
}

pub async fn revoke(state: Shared, request: HttpRequest, who: SignedIn, token: web::Path<String>) -> Result<HttpResponse, Error> {
    accounts::revoke_token(&state, &Actor::new(&state, &request, Some(&who)), &who, id(&token, "token")?).await?;
    Ok(nothing())
}
