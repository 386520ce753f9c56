//! Who is asking: cookies, bearer tokens, and the checks on where a request comes from.

mod address;
pub mod limiter;
mod origin;
pub mod passwords;
mod remembered;
pub mod secrets;

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest};
use domain::policy::Scope;
use domain::time::Instant;
use store::Mark;

use crate::caller::{Known, Means, Signed};
use crate::errors::Error;
use crate::state::{self, State};

pub use address::client_address;
pub(crate) use address::network;
pub(crate) use origin::comes_from_us;
pub(crate) use remembered::Remembered;

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
    // Before anything is read: what is found below stands as long as this does.
    let mark = state.store.mark();
    request.extensions_mut().insert(AsOf(mark));
    let now = state.clock.now();
    let signed = match bearer(request)? {
        Some(token) => Some(by_token(state, token, mark, now).await?),
        None => match cookie(request, state) {
            Some(secret) => by_cookie(state, secret, mark, now).await?,
            None => None,
        },
    };
    request.extensions_mut().insert(Known(signed.clone()));
    Ok(signed)
}

/// The state of the database that a request found when it came.
#[derive(Clone, Copy)]
struct AsOf(Option<Mark>);

/// None where the gate asked nobody, and on PostgreSQL.
pub(crate) fn as_of(request: &HttpRequest) -> Option<Mark> {
    request.extensions().get::<AsOf>().and_then(|as_of| as_of.0)
}

async fn by_token(state: &State, hash: [u8; 32], mark: Option<Mark>, now: Instant) -> Result<Arc<Signed>, Error> {
    let signed = match state.remembered.get(&hash, mark, now) {
        Some(signed) => signed,
        None => {
            let owner = state.store.read(move |conn| store::tokens::find(conn, &hash, now)).await?;
            let owner = owner.ok_or(Error::Rule("token_not_valid"))?;
            let means = Means::Token(owner.token);
            let signed = Arc::new(Signed { account: owner.account, memberships: owner.memberships, scope: owner.scope, means });
            state.remembered.keep(hash, mark, Arc::clone(&signed), owner.expires_at);
            signed
        }
    };
    if let Means::Token(token) = signed.means
        && state.touched.is_due(signed.means, now, TOUCH_SECONDS)
    {
        state.store.write(move |conn| store::tokens::touch(conn, token, now)).await?;
    }
    Ok(signed)
}

async fn by_cookie(state: &State, hash: [u8; 32], mark: Option<Mark>, now: Instant) -> Result<Option<Arc<Signed>>, Error> {
    let signed = match state.remembered.get(&hash, mark, now) {
        Some(signed) => signed,
        None => {
            let Some(owner) = state.store.read(move |conn| store::sessions::find(conn, &hash, now)).await? else { return Ok(None) };
            let means = Means::Session(owner.session);
            let signed = Arc::new(Signed { account: owner.account, memberships: owner.memberships, scope: Scope::Admin, means });
            state.remembered.keep(hash, mark, Arc::clone(&signed), Some(owner.expires_at));
            signed
        }
    };
    if let Means::Session(session) = signed.means
        && state.touched.is_due(signed.means, now, TOUCH_SECONDS)
    {
        let end = now.plus_seconds(SESSION_SECONDS);
        state
            .store
            .write(move |conn| {
                store::sessions::touch(conn, session, now)?;
                store::sessions::prolong(conn, session, end)
            })
            .await?;
    }
    Ok(Some(signed))
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
