//! Who has an account, for admins.

use std::collections::BTreeMap;

use domain::account::Account;
use domain::ids::{AccountId, PublicId};
use domain::time::Instant;
use serde_json::json;
use store::accounts::PeopleFilter;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::state::State;

/// Some people, and when each of them was last here.
pub struct Found {
    pub people: Vec<Account>,
    /// Absent: not as far as sessions and tokens that still stand know.
    pub last_seen: BTreeMap<AccountId, Instant>,
}

/// By key, `limit` after `after`.
pub async fn list(state: &State, filter: PeopleFilter, after: Option<AccountId>, limit: i64) -> Result<Found, Error> {
    let found = state.store.scan(move |conn| {
        let people = store::accounts::search(conn, &filter, after, limit)?;
        let ids: Vec<AccountId> = people.iter().map(|account| account.id).collect();
        let last_seen = store::accounts::last_seen(conn, &ids)?;
        Ok(Found { people, last_seen })
    });
    Ok(found.await?)
}

/// Disables an account, which ends all its sessions and rests its tokens, or enables it again. Nobody does that to
/// themselves, so one admin is always left.
pub async fn set_disabled(state: &State, actor: &Actor, who: &Signed, person: PublicId, disabled: bool) -> Result<(), Error> {
    let act = if disabled { "account.disable" } else { "account.enable" };
    change(state, actor, who, person, act, move |conn, account| {
        store::accounts::set_disabled(conn, account, disabled)?;
        if disabled {
            store::sessions::revoke_all(conn, account, None)?;
        }
        Ok(())
    })
    .await
}

/// Makes somebody an admin, or no longer one; not oneself.
pub async fn set_admin(state: &State, actor: &Actor, who: &Signed, person: PublicId, admin: bool) -> Result<(), Error> {
    let act = if admin { "account.admin" } else { "account.no_admin" };
    change(state, actor, who, person, act, move |conn, account| store::accounts::set_admin(conn, account, admin)).await
}

async fn change(
    state: &State,
    actor: &Actor,
    who: &Signed,
    person: PublicId,
    act: &'static str,
    work: impl Fn(&mut store::Conn<'_>, AccountId) -> store::Result<()> + Send + 'static,
) -> Result<(), Error> {
    let own = who.account.id;
    let row = actor.row(act, format!("account:{person}"), json!({}));
    state
        .store
        .write(move |conn| {
            let account = store::accounts::by_public_id(conn, person)?;
            if account.id == own {
                return Err(store::Error::Rule("account_is_own"));
            }
            work(conn, account.id)?;
            // Two admins may have disabled each other at the same moment.
            if store::accounts::admins(conn)? == 0 {
                return Err(store::Error::Rule("last_admin"));
            }
            store::audit::append(conn, &row)?;
            Ok(())
        })
        .await?;
    Ok(())
}
