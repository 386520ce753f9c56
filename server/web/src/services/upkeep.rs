//! What the instance does for itself. Web runs no jobs: it shows what they noted, and stores the wish that one should run.

use serde_json::json;
use store::digests::OutboxCounts;
use store::system_jobs::SystemJob;

use crate::errors::Error;
use crate::services::Actor;
use crate::state::State;

/// All jobs that any server has noted, and how many mails stand where.
pub async fn look(state: &State) -> Result<(Vec<SystemJob>, OutboxCounts), Error> {
    Ok(state.store.scan(|conn| Ok((store::system_jobs::list(conn)?, store::digests::counts(conn)?))).await?)
}

/// Wishes that a job runs; a server that runs jobs does so in its next round, within half a minute.
pub async fn ask(state: &State, actor: &Actor, name: &str) -> Result<(), Error> {
    let (now, name) = (actor.now, name.to_owned());
    let row = actor.row("job.ask", format!("job:{name}"), json!({}));
    state
        .store
        .write(move |conn| {
            store::system_jobs::ask(conn, &name, now)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(())
}
