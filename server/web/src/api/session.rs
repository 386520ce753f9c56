//! Who is asking.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::ok;
use crate::caller::{Means, SignedIn};
use crate::errors::Error;

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
    theme: String,
    admin: bool,
    /// `read`, `write`, `admin`: what this token, or the session, may do.
    scope: String,
    /// `session` or `token`.
    by: String,
}

impl MeJson {
    pub(crate) fn of(who: &SignedIn) -> Self {
        let account = &who.account;
        Self {
            id: account.public_id.to_string(),
            username: account.username.to_string(),
            name: account.name.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string),
            language: account.language.clone(),
            zone: account.zone.name().to_owned(),
            theme: account.theme.word().to_owned(),
            admin: account.is_admin,
            scope: who.scope.word().to_owned(),
            by: if matches!(who.means, Means::Session(_)) { "session" } else { "token" }.to_owned(),
        }
    }
}

pub async fn show(who: SignedIn) -> Result<HttpResponse, Error> {
    Ok(ok(&MeJson::of(&who)))
}
