//! Signing in and out, passwords, sessions, tokens, and what people say about themselves.

use domain::account::{Account, CleanName, MailAddress, Password, Theme, Username};
use domain::ids::{AccountId, PublicId, SessionId};
use domain::policy::Scope;
use domain::time::Zone;
use serde_json::json;
use store::sessions::{NewSession, Session};
use store::tokens::{NewToken, Token};

use crate::auth::limiter::Key;
use crate::auth::{self, secrets};
use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::Actor;
use crate::state::State;

/// Somebody who has just signed in, and the secret for the cookie.
pub struct NewlySignedIn {
    pub account: Account,
    pub secret: [u8; 32],
}

/// Signs in with a password, or fails alike for names that do not exist, wrong passwords and disabled accounts.
pub async fn sign_in(state: &State, actor: &Actor, username: &str, password: String) -> Result<NewlySignedIn, Error> {
    let keys = keys(actor, username);
    state.limiter.attempt(&keys, actor.now)?;
    let found = match Username::parse(username) {
        Ok(username) => state.store.read(move |conn| store::accounts::by_username(conn, &username)).await?,
        Err(_) => None,
    };
    let (account, hash) = found.map_or((None, None), |(account, hash)| (Some(account), hash));
    let matches = state.passwords.matches(password, hash).await?;
    let account = account.filter(|account| matches && !account.disabled).ok_or(Error::Rule("wrong_credentials"))?;
    state.limiter.forgive(&keys);
    let secret = state.dice.secret();
    let session = new_session(actor, account.id, &secret);
    let mut row = actor.row("session.create", format!("account:{}", account.public_id), json!({ "address": session.address }));
    (row.actor, row.actor_name) = (Some(account.id), account.name.to_string());
    state
        .store
        .write(move |conn| {
            store::sessions::create(conn, &session)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(NewlySignedIn { account, secret })
}

/// Tries that are left for a name, from this address.
pub fn tries_left(state: &State, actor: &Actor, username: &str) -> usize {
    keys(actor, username).iter().map(|key| state.limiter.left(key, actor.now)).min().unwrap_or(0)
}

fn keys(actor: &Actor, username: &str) -> [Key; 2] {
    let folded = username.trim().to_ascii_lowercase().chars().take(64).collect();
    [Key::Network(auth::network(actor.address)), Key::Account(folded)]
}

pub(crate) fn new_session(actor: &Actor, account: AccountId, secret: &[u8; 32]) -> NewSession {
    NewSession {
        account,
        token_hash: secrets::hash(secret),
        created_at: actor.now,
        expires_at: actor.now.plus_seconds(auth::SESSION_SECONDS),
        user_agent: actor.user_agent.clone(),
        address: actor.address.to_string(),
    }
}

/// Ends the session that is used; a token has none to end.
pub async fn sign_out(state: &State, who: &Signed) -> Result<(), Error> {
    let Some(session) = who.session() else { return Ok(()) };
    let account = who.account.id;
    state.store.write(move |conn| store::sessions::revoke(conn, account, session)).await?;
    Ok(())
}

/// Sets another password and ends all other sessions.
pub async fn change_password(state: &State, actor: &Actor, who: &Signed, old: String, new: &str, again: &str) -> Result<(), Error> {
    let new = checked_password(new, again, "password")?;
    if !is_password_of(state, actor, who, old).await? {
        return Err(Error::field("old", "password_wrong"));
    }
    let hash = state.passwords.hash(new).await?;
    let (id, keep) = (who.account.id, who.session());
    let row = actor.row("password.change", format!("account:{}", who.account.public_id), json!({}));
    state
        .store
        .write(move |conn| {
            store::accounts::set_password_hash(conn, id, &hash)?;
            store::sessions::revoke_all(conn, id, keep)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(())
}

/// Whether somebody who is signed in typed their own password. Guessing is limited as at the door.
pub(crate) async fn is_password_of(state: &State, actor: &Actor, who: &Signed, password: String) -> Result<bool, Error> {
    let (username, keys) = (who.account.username.clone(), keys(actor, who.account.username.as_str()));
    state.limiter.attempt(&keys, actor.now)?;
    let found = state.store.read(move |conn| store::accounts::by_username(conn, &username)).await?;
    let matches = state.passwords.matches(password, found.and_then(|(_, hash)| hash)).await?;
    if matches {
        state.limiter.forgive(&keys);
    }
    Ok(matches)
}

/// Changes the name that one signs in with. Sessions and tokens go on.
pub async fn rename(state: &State, actor: &Actor, who: &Signed, username: &str) -> Result<(), Error> {
    let new = Username::parse(username).map_err(|bad| Error::field("username", bad.code()))?;
    if new == who.account.username {
        return Ok(());
    }
    let id = who.account.id;
    // Both names stand in the detail of a row about the account, which an erasure blanks.
    let detail = json!({ "from": who.account.username.as_str(), "to": new.as_str() });
    let row = actor.row("account.rename", format!("account:{}", who.account.public_id), detail);
    let renamed = state.store.write(move |conn| {
        store::accounts::set_username(conn, id, &new)?;
        store::audit::append(conn, &row)
    });
    renamed.await.map(|_| ()).map_err(|error| match error {
        store::Error::Rule("username_taken") => Error::field("username", "username_taken"),
        other => other.into(),
    })
}

/// Checks a password that was typed twice; `field` is where it stands.
pub fn checked_password(new: &str, again: &str, field: &str) -> Result<Password, Error> {
    let password = Password::parse(new).map_err(|code| Error::field(field, code))?;
    if new != again {
        return Err(Error::field("again", "passwords_differ"));
    }
    Ok(password)
}

pub async fn sessions(state: &State, who: &Signed) -> Result<Vec<Session>, Error> {
    let (id, now) = (who.account.id, state.clock.now());
    let mut sessions = state.store.read(move |conn| store::sessions::list(conn, id)).await?;
    sessions.retain(|session| session.expires_at > now);
    Ok(sessions)
}

pub async fn end_session(state: &State, actor: &Actor, who: &Signed, session: SessionId) -> Result<(), Error> {
    let id = who.account.id;
    let row = actor.row("session.revoke", format!("account:{}", who.account.public_id), json!({ "session": session.0 }));
    state
        .store
        .write(move |conn| {
            store::sessions::revoke(conn, id, session)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(())
}

/// What a new token may do and for how long.
#[derive(Clone, Debug)]
pub struct TokenWish {
    pub name: String,
    pub scope: Scope,
    /// Days from now, 1 to 3 650; none: it never ends.
    pub days: Option<u32>,
}

/// A token, ready to be stored, and its text that is shown once.
pub fn new_token(state: &State, actor: &Actor, who: &Signed, wish: &TokenWish) -> Result<(NewToken, String), Error> {
    let name = CleanName::parse(&wish.name).map_err(|bad| Error::field("name", bad.code()))?;
    if wish.days.is_some_and(|days| !(1..=3_650).contains(&days)) {
        return Err(Error::field("days", "expiry_past"));
    }
    let secret = state.dice.secret();
    let token = NewToken {
        account: who.account.id,
        public_id: state.dice.public_id(),
        name,
        token_hash: secrets::hash(&secret),
        scope: wish.scope,
        created_at: actor.now,
        expires_at: wish.days.map(|days| actor.now.plus_seconds(i64::from(days) * 86_400)),
    };
    Ok((token, secrets::write_token(&secret)))
}

/// Stores a token with its row of the audit, inside a transaction.
pub fn keep_token(conn: &mut store::Conn<'_>, actor: &Actor, new: &NewToken) -> Result<Token, store::Error> {
    let token = store::tokens::create(conn, new)?;
    let detail = json!({ "name": new.name.as_str(), "scope": new.scope.word() });
    store::audit::append(conn, &actor.row("token.create", format!("token:{}", new.public_id), detail))?;
    Ok(token)
}

pub async fn create_token(state: &State, actor: &Actor, who: &Signed, wish: &TokenWish) -> Result<(Token, String), Error> {
    let (new, secret) = new_token(state, actor, who, wish)?;
    let actor = actor.clone();
    let token = state.store.write(move |conn| keep_token(conn, &actor, &new)).await?;
    Ok((token, secret))
}

pub async fn tokens(state: &State, who: &Signed) -> Result<Vec<Token>, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| store::tokens::list(conn, id)).await?)
}

pub async fn revoke_token(state: &State, actor: &Actor, who: &Signed, token: PublicId) -> Result<(), Error> {
    let (id, now) = (who.account.id, actor.now);
    let row = actor.row("token.revoke", format!("token:{token}"), json!({}));
    state
        .store
        .write(move |conn| {
            store::tokens::revoke(conn, id, token, now)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(())
}

/// What people say about themselves, as they typed it.
#[derive(Clone, Debug, Default)]
pub struct ProfileWish {
    pub name: String,
    pub mail: Option<String>,
    pub language: Option<String>,
    pub zone: String,
    pub theme: String,
}

/// A profile that can be stored.
#[derive(Clone, Debug)]
pub struct Profile {
    pub name: CleanName,
    pub mail: Option<MailAddress>,
    pub language: Option<String>,
    pub zone: Zone,
    pub theme: Theme,
}

/// Checks all fields and names all that are wrong.
pub fn check_profile(state: &State, wish: &ProfileWish) -> Result<Profile, Error> {
    let mut wrong = Vec::new();
    let name = CleanName::parse(&wish.name).map_err(|bad| wrong.push(Field::new("name", bad.code()))).ok();
    let mail =
        wish.mail.as_deref().and_then(|mail| MailAddress::parse(mail).map_err(|bad| wrong.push(Field::new("mail", bad.code()))).ok());
    if wish.language.as_deref().is_some_and(|language| !state.words.tags().contains(&language)) {
        wrong.push(Field::new("language", "language_unknown"));
    }
    let zone = Zone::parse(&wish.zone).map_err(|_| wrong.push(Field::new("zone", "zone_unknown"))).ok();
    let theme = wish.theme.parse::<Theme>().map_err(|_| wrong.push(Field::new("theme", "theme_unknown"))).ok();
    match (name, zone, theme) {
        (Some(name), Some(zone), Some(theme)) if wrong.is_empty() => {
            Ok(Profile { name, mail, language: wish.language.clone(), zone, theme })
        }
        _ => Err(Error::Fields(wrong)),
    }
}

/// Sets a profile. A change of zone moves the next digest to the new zone's local time.
pub async fn set_profile(state: &State, who: &Signed, profile: Profile) -> Result<(), Error> {
    let (id, now) = (who.account.id, state.clock.now());
    let moved = profile.zone != who.account.zone;
    state
        .store
        .write(move |conn| {
            store::accounts::set_profile(
                conn,
                id,
                &profile.name,
                profile.mail.as_ref(),
                profile.language.as_deref(),
                &profile.zone,
                profile.theme,
            )?;
            if moved {
                for kind in domain::digest::DigestKind::ALL.iter().copied() {
                    if let Some(schedule) = store::digests::schedule(conn, id, kind)? {
                        let next = domain::schedule::next_due(schedule.rule, &profile.zone, now);
                        store::digests::set_schedule(conn, id, kind, &schedule.rule, next.as_ref(), schedule.unsubscribed)?;
                    }
                }
            }
            Ok(())
        })
        .await?;
    Ok(())
}
