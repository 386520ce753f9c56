//! One-time codes for whoever has lost their password: an admin makes one and hands it over, the person types it with
//! their username and chooses a new password. No mail is needed.

use domain::account::{Password, Username};
use domain::ids::{AccountId, PublicId};
use domain::time::Instant;
use domain::world::Dice;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::reset_codes::NewResetCode;

use crate::auth::limiter::Key;
use crate::auth::{self, passwords};
use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::Actor;
use crate::services::accounts::checked_password;
use crate::state::State;

/// Seconds until a code ends: eight hours, a day at school.
const CODE_SECONDS: i64 = 8 * 3_600;
/// How often a code may be typed wrong.
const TRIES: i32 = 5;
/// Digits and letters that nobody takes for each other (Crockford's base 32): ten of them are 50 bits.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 10;

/// Signs of a code that is handed out on paper: 100 bits.
const LONG: usize = 20;
/// Seconds until such a code ends: 30 days, for it lies in a letter or on a desk.
const LONG_SECONDS: i64 = 30 * 86_400;
const LONG_TRIES: i32 = 20;
/// What stands before the hash of a long code.
const PLAIN: &str = "sha256:";

/// A code in groups of five, and the moment when it ends.
#[derive(Clone, Debug)]
pub struct MadeCode {
    pub code: String,
    pub expires_at: Instant,
}

/// Makes a code and what is stored of it. Blocks for as long as a password's hash takes; for the command line.
pub fn make_blocking(dice: &dyn Dice, account: AccountId, now: Instant) -> Result<(NewResetCode, MadeCode), Error> {
    let mut bytes = [0; LENGTH];
    dice.fill(&mut bytes);
    let signs: String = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let hash = passwords::hash_blocking(&Password::parse(&signs).map_err(Error::machine)?, dice)?;
    let expires_at = now.plus_seconds(CODE_SECONDS);
    let new = NewResetCode { account, code_hash: hash, created_at: now, expires_at, tries: TRIES };
    Ok((new, MadeCode { code: format!("{}-{}", &signs[..LENGTH / 2], &signs[LENGTH / 2..]), expires_at }))
}

/// Makes a code for somebody who has never come in. Nobody guesses 100 bits from a plain hash, so ten thousand of them take
/// no longer than writing them down.
pub fn make_long(dice: &dyn Dice, account: AccountId, now: Instant) -> (NewResetCode, MadeCode) {
    let mut bytes = [0; LONG];
    dice.fill(&mut bytes);
    let signs: String = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let expires_at = now.plus_seconds(LONG_SECONDS);
    let new = NewResetCode { account, code_hash: plain_hash(&signs), created_at: now, expires_at, tries: LONG_TRIES };
    let groups: Vec<&str> = (0..LONG / 5).map(|group| &signs[group * 5..group * 5 + 5]).collect();
    (new, MadeCode { code: groups.join("-"), expires_at })
}

fn plain_hash(signs: &str) -> String {
    use std::fmt::Write as _;
    let mut text = PLAIN.to_owned();
    for byte in Sha256::digest(signs) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Makes a code for somebody else. A code that the person had before works no more.
pub async fn issue(state: &State, actor: &Actor, who: &Signed, person: PublicId) -> Result<(domain::account::Account, MadeCode), Error> {
    let account = state.store.read(move |conn| store::accounts::by_public_id(conn, person)).await?;
    if account.id == who.account.id {
        return Err(Error::Rule("account_is_own"));
    }
    let (dice, id, now) = (std::sync::Arc::clone(&state.dice), account.id, actor.now);
    let (new, made) = tokio::task::spawn_blocking(move || make_blocking(&*dice, id, now)).await.map_err(Error::machine)??;
    let row = actor.row("reset_code.create", format!("account:{person}"), json!({}));
    state
        .store
        .write(move |conn| {
            store::reset_codes::put(conn, &new)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok((account, made))
}

/// Sets a new password with a code, and ends all sessions. Unknown names, disabled accounts, wrong, used and old codes look
/// alike, and take as long.
pub async fn redeem(state: &State, actor: &Actor, username: &str, code: &str, new: &str, again: &str) -> Result<(), Error> {
    // Before a try is spent.
    let new = checked_password(new, again, "password")?;
    let wrong = || Error::Fields(vec![Field::new("code", "code_wrong")]);
    let keys = [Key::Network(auth::network(actor.address)), Key::Account(username.trim().to_ascii_lowercase().chars().take(64).collect())];
    state.limiter.attempt(&keys, actor.now)?;
    let (name, now) = (Username::parse(username).ok(), actor.now);
    let found = state
        .store
        .write(move |conn| {
            let account = match &name {
                Some(name) => store::accounts::by_username(conn, name)?.map(|(account, _)| account).filter(|account| !account.disabled),
                None => None,
            };
            let Some(account) = account else { return Ok(None) };
            Ok(store::reset_codes::take_try(conn, account.id, now)?.map(|hash| (account, hash)))
        })
        .await?;
    let (account, hash) = found.map_or((None, None), |(account, hash)| (Some(account), Some(hash)));
    // A long code is compared by its plain hash, after the same work as any other.
    let plain = hash.as_deref().filter(|hash| hash.starts_with(PLAIN)).map(|hash| hash == plain_hash(&normal(code)));
    let slow = state.passwords.matches(normal(code), hash.clone().filter(|_| plain.is_none())).await?;
    let matches = plain.unwrap_or(slow);
    let (Some(account), Some(code_hash), true) = (account, hash, matches) else { return Err(wrong()) };
    let password_hash = state.passwords.hash(new).await?;
    let id = account.id;
    let mut row = actor.row("password.reset", format!("account:{}", account.public_id), json!({}));
    (row.actor, row.actor_name) = (Some(id), account.name.to_string());
    let used = state
        .store
        .write(move |conn| {
            if !store::reset_codes::take(conn, id, &code_hash)? {
                return Ok(false);
            }
            store::accounts::set_password_hash(conn, id, &password_hash)?;
            store::sessions::revoke_all(conn, id, None)?;
            store::audit::append(conn, &row)?;
            Ok(true)
        })
        .await?;
    if !used {
        return Err(wrong());
    }
    state.limiter.forgive(&keys);
    Ok(())
}

/// A code as it was made, however it was typed: small letters, blanks and hyphens, O for nought, I and L for one.
fn normal(code: &str) -> String {
    let signs = code.chars().filter(char::is_ascii_alphanumeric).map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    signs.take(LONG).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["01ABC-DEFGH", "o1abc defgh", " 0LABC—DEFGH ", "0iabcdefgh"] {
            assert_eq!(normal(typed), "01ABCDEFGH", "{typed}");
        }
    }
}
