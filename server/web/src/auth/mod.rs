//! Who is asking: cookies, bearer tokens, and the checks on where a request comes from.

mod address;
pub mod limiter;
mod origin;
pub mod passwords;
pub mod secrets;

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest};
use domain::policy::Scope;
use domain::time::Instant;

use crate::caller::{Known, Means, Signed};
use crate::errors::Error;
use crate::state::{self, State};

pub use address::client_address;
pub(crate) use address::network;
pub(crate) use origin::comes_from_us;

/// A session's life without being used, in seconds: 30 days.
pub const SESSION_SECONDS: i64 = 30 * 86_400;
/// A session's end moves at most this often, in seconds.
const TOUCH_SECONDS: i64 = 3_600;

const SECURE_COOKIE: &str = "__Host-waymark";
const PLAIN_COOKIE: &str = "waymark";

/// Who is asking, by bearer token, else by cookie. `None` for nobody and for a cookie that is no longer good; a bearer
/// token that is not good is an error, since whoever sends one means it.
pub(crate) async fn identify(request: &HttpRequest) -> Result<Option<Arc<Signed>>, Error> {
    if let Some(Known(signed)) = request.extensions().get::<Known>().cloned() {
        return Ok(signed);
    }
    let state = state::of(request).ok_or_else(|| Error::machine("no state"))?;
    let now = state.clock.now();
    let signed = match bearer(request)? {
        Some(token) => Some(by_token(state, token, now).await?),
        None => match cookie(request, state) {
            Some(secret) => by_cookie(state, secret, now).await?,
            None => None,
        },
    };
    let signed = signed.map(Arc::new);
    request.extensions_mut().insert(Known(signed.clone()));
    Ok(signed)
}

async fn by_token(state: &State, hash: [u8; 32], now: Instant) -> Result<Signed, Error> {
    let owner = state.store.read(move |conn| store::tokens::find(conn, &hash, now)).await?;
    let owner = owner.ok_or(Error::Rule("token_not_valid"))?;
    let key = Means::Token(owner.token);
    if state.touched.is_due(key, now, TOUCH_SECONDS) {
        let token = owner.token;
        state.store.write(move |conn| store::tokens::touch(conn, token, now)).await?;
    }
    Ok(Signed { account: owner.account, memberships: owner.memberships, scope: owner.scope, means: key })
}

async fn by_cookie(state: &State, hash: [u8; 32], now: Instant) -> Result<Option<Signed>, Error> {
    let found = state.store.read(move |conn| store::sessions::find(conn, &hash, now)).await?;
    let Some((session, account, memberships)) = found else { return Ok(None) };
    if state.touched.is_due(Means::Session(session), now, TOUCH_SECONDS) {
        let end = now.plus_seconds(SESSION_SECONDS);
        state
            .store
            .write(move |conn| {
                store::sessions::touch(conn, session, now)?;
                store::sessions::prolong(conn, session, end)
            })
            .await?;
    }
    Ok(Some(Signed { account, memberships, scope: Scope::Admin, means: Means::Session(session) }))
}

/// The hash of the bearer token that came along; one that is not of our form is refused. Other schemes are a proxy's
/// business and read as nothing.
pub(crate) fn bearer(request: &HttpRequest) -> Result<Option<[u8; 32]>, Error> {
    let value = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else { return Ok(None) };
    secrets::read_token(token.trim()).map(|secret| Some(secrets::hash(&secret))).ok_or(Error::Rule("token_not_valid"))
}

/// The hash of the cookie's secret.
fn cookie(request: &HttpRequest, state: &State) -> Option<[u8; 32]> {
    let wanted = cookie_name(state);
    let pairs = request.headers().get_all(header::COOKIE).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let value = pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == wanted).map(|(_, value)| value)?;
    secrets::read(value).map(|secret| secrets::hash(&secret))
}

fn cookie_name(state: &State) -> &'static str {
    if state.base.is_https() { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// The `Set-Cookie` of a new session. `__Host-` asks for `Path=/` and `Secure`; without https the cookie stays below the
/// base path.
pub(crate) fn set_cookie(state: &State, secret: &[u8; 32]) -> String {
    format!("{}={}; {}; Max-Age={SESSION_SECONDS}", cookie_name(state), secrets::write(secret), cookie_rules(state))
}

/// The `Set-Cookie` that takes it away.
pub(crate) fn drop_cookie(state: &State) -> String {
    format!("{}=; {}; Max-Age=0", cookie_name(state), cookie_rules(state))
}

fn cookie_rules(state: &State) -> String {
    if state.base.is_https() {
        "Path=/; Secure; HttpOnly; SameSite=Lax".to_owned()
    } else {
        format!("Path={}/; HttpOnly; SameSite=Lax", state.base.path())
    }
}
