//! Who has an account, for admins.

use domain::account::Account;
use domain::ids::{AccountId, PublicId};
use serde_json::json;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::state::State;

/// By key, `limit` after `after`.
pub async fn list(state: &State, after: Option<AccountId>, limit: i64) -> Result<Vec<Account>, Error> {
    Ok(state.store.scan(move |conn| store::accounts::list(conn, after, limit)).await?)
}

/// Disables an account, which ends all its sessions, or enables it again. Nobody does that to themselves, so one admin is
/// always left.
pub async fn set_disabled(state: &State, actor: &Actor, who: &Signed, person: PublicId, disabled: bool) -> Result<(), Error> {
    let own = who.account.id;
    let row = actor.row(if disabled { "account.disable" } else { "account.enable" }, format!("account:{person}"), json!({}));
    state
        .store
        .write(move |conn| {
            let account = store::accounts::by_public_id(conn, person)?;
            if account.id == own {
                return Ok(Err(Error::Rule("account_is_own")));
            }
            store::accounts::set_disabled(conn, account.id, disabled)?;
            if disabled {
                store::sessions::revoke_all(conn, account.id, None)?;
            }
            store::audit::append(conn, &row)?;
            Ok(Ok(()))
        })
        .await?
}

/// Makes somebody an admin, or no longer one; not oneself.
pub async fn set_admin(state: &State, actor: &Actor, who: &Signed, person: PublicId, admin: bool) -> Result<(), Error> {
    let own = who.account.id;
    let row = actor.row(if admin { "account.admin" } else { "account.no_admin" }, format!("account:{person}"), json!({}));
    state
        .store
        .write(move |conn| {
            let account = store::accounts::by_public_id(conn, person)?;
            if account.id == own {
                return Ok(Err(Error::Rule("account_is_own")));
            }
            store::accounts::set_admin(conn, account.id, admin)?;
            store::audit::append(conn, &row)?;
            Ok(Ok(()))
        })
        .await?
}
