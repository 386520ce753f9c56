//! Who is asking; signing in and out; profile, password and sessions.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::ids::SessionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{Listed, nothing, ok};
use crate::auth;
use crate::body::Json;
use crate::caller::{Means, SignedIn};
use crate::errors::Error;
use crate::pages::login::add_cookie;
use crate::services::accounts::ProfileWish;
use crate::services::{Actor, accounts};
use crate::state::Shared;

/// The account that asks.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeJson {
    id: String,
    username: String,
    name: String,
    mail: Option<String>,
    language: Option<String>,
    /// IANA.
    zone: String,
    /// `system`, `light`, `dark`.
    theme: &'static str,
    admin: bool,
    /// `read`, `write`, `admin`: what this token, or the session, may do.
    scope: &'static str,
    /// `session` or `token`.
    by: &'static str,
}

impl MeJson {
    fn of(who: &SignedIn) -> Self {
        let account = &who.account;
        Self {
            id: account.public_id.to_string(),
            username: account.username.to_string(),
            name: account.name.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string),
            language: account.language.clone(),
            zone: account.zone.name().to_owned(),
            theme: account.theme.word(),
            admin: account.is_admin,
            scope: who.scope.word(),
            by: if matches!(who.means, Means::Session(_)) { "session" } else { "token" },
        }
    }
}

pub async fn show(who: SignedIn) -> Result<HttpResponse, Error> {
    Ok(ok(&MeJson::of(&who)))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    username: String,
    password: String,
}

/// Sets the session's cookie.
pub async fn begin(state: Shared, request: HttpRequest, body: Json<Credentials>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let signed_in = accounts::sign_in(&state, &actor, &body.value.username, body.value.password).await?;
    let mut answer = nothing();
    add_cookie(&mut answer, &auth::set_cookie(&state, &signed_in.secret));
    Ok(answer)
}

pub async fn end(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    accounts::sign_out(&state, &who).await?;
    let mut answer = nothing();
    add_cookie(&mut answer, &auth::drop_cookie(&state));
    Ok(answer)
}

/// What one says about oneself. What is absent stays; `null` takes mail or language away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileChange {
    name: Option<String>,
    #[serde(default, with = "present")]
    #[schema(value_type = Option<String>)]
    mail: Option<Option<String>>,
    #[serde(default, with = "present")]
    #[schema(value_type = Option<String>)]
    language: Option<Option<String>>,
    zone: Option<String>,
    theme: Option<String>,
}

/// Tells `null` from absent.
mod present {
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
        Option::deserialize(from).map(Some)
    }
}

pub async fn set_profile(state: Shared, who: SignedIn, body: Json<ProfileChange>) -> Result<HttpResponse, Error> {
    let (change, account) = (body.value, &who.account);
    let wish = ProfileWish {
        name: change.name.unwrap_or_else(|| account.name.to_string()),
        mail: change.mail.unwrap_or_else(|| account.mail.as_ref().map(ToString::to_string)),
        language: change.language.unwrap_or_else(|| account.language.clone()),
        zone: change.zone.unwrap_or_else(|| account.zone.name().to_owned()),
        theme: change.theme.unwrap_or_else(|| account.theme.word().to_owned()),
    };
    let profile = accounts::check_profile(&state, &wish)?;
    accounts::set_profile(&state, &who, profile).await?;
    Ok(nothing())
}

/// The password now and the one to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    old: String,
    new: String,
}

pub async fn set_password(state: Shared, request: HttpRequest, who: SignedIn, body: Json<PasswordChange>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    accounts::change_password(&state, &actor, &who, body.value.old, &body.value.new, &body.value.new).await?;
    Ok(nothing())
}

/// The username to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UsernameChange {
    username: String,
}

pub async fn set_username(state: Shared, request: HttpRequest, who: SignedIn, body: Json<UsernameChange>) -> Result<HttpResponse, Error> {
    accounts::rename(&state, &Actor::new(&state, &request, Some(&who)), &who, &body.value.username).await?;
    Ok(nothing())
}

/// A place where one is signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionJson {
    id: i64,
    created_at: String,
    last_seen_at: String,
    expires_at: String,
    user_agent: String,
    address: String,
    /// The session that asks.
    current: bool,
}

pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let sessions = accounts::sessions(&state, &who).await?;
    let items = sessions
        .into_iter()
        .map(|session| SessionJson {
            id: session.id.0,
            created_at: session.created_at.to_string(),
            last_seen_at: session.last_seen_at.to_string(),
            expires_at: session.expires_at.to_string(),
            user_agent: session.user_agent,
            address: session.address,
            current: who.session() == Some(session.id),
        })
        .collect();
    Ok(ok(&Listed::whole(items)))
}

pub async fn revoke(state: Shared, request: HttpRequest, who: SignedIn, id: web::Path<i64>) -> Result<HttpResponse, Error> {
    accounts::end_session(&state, &Actor::new(&state, &request, Some(&who)), &who, SessionId(*id)).await?;
    Ok(nothing())
}
