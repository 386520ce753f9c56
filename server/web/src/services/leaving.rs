//! Erasing one's own account.

use std::sync::Arc;

use domain::ids::AccountId;
use serde_json::json;

use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::services::{Actor, accounts};
use crate::state::State;

/// Erases the account that asks, once its username and password were typed. Ends all sessions and tokens. The last admin
/// stays: nobody would be left to look after the instance.
pub async fn erase(state: &State, actor: &Actor, who: &Signed, username: &str, password: String) -> Result<(), Error> {
    let mut wrong = Vec::new();
    if username.trim().to_ascii_lowercase() != who.account.username.as_str() {
        wrong.push(Field::new("username", "username_differs"));
    }
    if !accounts::is_password_of(state, actor, who, password).await? {
        wrong.push(Field::new("password", "password_wrong"));
    }
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    let id = who.account.id;
    let (is_last_now, message_ids) = state
        .store
        .scan(move |conn| {
            let mails = store::digests::for_account(conn, id, i64::MAX)?;
            Ok((is_last_admin(conn, id)?, mails.into_iter().map(|mail| mail.message_id).collect::<Vec<_>>()))
        })
        .await?;
    if is_last_now {
        return Err(Error::Rule("last_admin"));
    }
    // Written mails first: their names go with the rows, and a folder that refuses leaves everything as it was.
    let forget = Arc::clone(&state.hooks.forget_mails);
    tokio::task::spawn_blocking(move || forget(&message_ids)).await.map_err(Error::machine)?.map_err(Error::Machine)?;
    let now = actor.now;
    let mut row = actor.row("account.erase", format!("account:{}", who.account.public_id), json!({}));
    // The person has no name any more.
    row.actor_name = "—".to_owned();
    state
        .store
        .write(move |conn| {
            if is_last_admin(conn, id)? {
                return Err(store::Error::Rule("last_admin"));
            }
            store::accounts::erase(conn, id, now)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(())
}

fn is_last_admin(conn: &mut store::Conn<'_>, id: AccountId) -> store::Result<bool> {
    let account = store::accounts::by_id(conn, id)?;
    Ok(account.is_admin && store::accounts::admins(conn)? == 1)
}
