//! What admins change of the instance while it runs. What the configuration says is shown and stays: nothing that was saved
//! here hides behind it.

use domain::account::CleanName;
use serde_json::json;

use crate::errors::{Error, Field};
use crate::services::Actor;
use crate::state::State;

/// Most characters of the notice at the door.
pub const MAX_NOTICE: usize = 300;

/// Settings as typed.
#[derive(Clone, Debug, Default)]
pub struct InstanceWish {
    /// Passed over where the configuration says the name.
    pub name: String,
    /// What stands below the sign-in form: whom to ask, for instance. Empty: Waymark's own words.
    pub notice: String,
}

/// Keeps the settings; servers see them within some seconds.
pub async fn set(state: &State, actor: &Actor, wish: &InstanceWish) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let name = match state.name_is_set() {
        true => None,
        false => CleanName::parse(&wish.name).map_err(|bad| wrong.push(Field::new("name", bad.code()))).ok(),
    };
    let notice = domain::account::strip(wish.notice.trim());
    if notice.chars().count() > MAX_NOTICE {
        wrong.push(Field::new("notice", "too_long"));
    }
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    let detail = json!({ "name": name.as_ref().map(CleanName::as_str), "notice": notice });
    let row = actor.row("instance.set", "instance", detail);
    state
        .store
        .write(move |conn| {
            if let Some(name) = &name {
                store::instance::set(conn, "instance.name", name.as_str())?;
            }
            store::instance::set(conn, "instance.notice", &notice)?;
            store::audit::append(conn, &row)
        })
        .await?;
    state.refresh().await?;
    Ok(())
}
