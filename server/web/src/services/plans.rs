//! What a learner plans with a requirement: marks and a note, own links, minutes. Nobody else sees it.

use domain::ids::PathId;
use domain::plan::{self, OwnLink, Plan};
use domain::time::{Day, Instant};

use crate::errors::Error;
use crate::services::paths::OpenPath;
use crate::state::State;

/// Own links with their numbers, and minutes by day, newest first.
pub struct Kept {
    pub links: Vec<(u32, OwnLink)>,
    pub minutes: Vec<(Day, u32)>,
}

pub async fn kept(state: &State, open: &OpenPath, requirement: &str) -> Result<Kept, Error> {
    let (path, requirement) = (open.path.id, requirement.to_owned());
    Ok(state
        .store
        .read(move |conn| {
            let links = store::plans::links(conn, path, &requirement)?;
            Ok(Kept { links, minutes: store::plans::minutes(conn, path, &requirement)? })
        })
        .await?)
}

/// Replaces marks and note.
pub async fn put(state: &State, open: &OpenPath, requirement: &str, plan: Plan) -> Result<(), Error> {
    let (path, requirement, plan, now) = checked(state, open, requirement, plan)?;
    Ok(state.store.write(move |conn| store::plans::put(conn, path, &requirement, &plan, now)).await?)
}

/// The arguments of [`store::plans::put`], if the requirement exists and the plan can be taken.
pub fn checked(state: &State, open: &OpenPath, requirement: &str, plan: Plan) -> Result<(PathId, String, Plan, Instant), Error> {
    open.template.requirement(requirement).ok_or(Error::NotThere("requirement"))?;
    Ok((open.path.id, requirement.to_owned(), plan::check(plan)?, state.clock.now()))
}

pub async fn add_link(state: &State, open: &OpenPath, requirement: &str, title: Option<String>, url: Option<String>) -> Result<(), Error> {
    let (path, requirement, link) = (open.path.id, requirement.to_owned(), plan::check_link(title, url)?);
    let added = state.store.write(move |conn| store::plans::add_link(conn, path, &requirement, &link)).await;
    added.map(|_| ()).map_err(|error| beside("url", "too_many_links", error))
}

pub async fn remove_link(state: &State, open: &OpenPath, requirement: &str, number: u32) -> Result<(), Error> {
    let (path, requirement) = (open.path.id, requirement.to_owned());
    Ok(state.store.write(move |conn| store::plans::remove_link(conn, path, &requirement, number)).await?)
}

pub async fn add_minutes(state: &State, open: &OpenPath, requirement: &str, day: Option<Day>, minutes: Option<u32>) -> Result<(), Error> {
    let (day, minutes) = plan::check_minutes(day, minutes, open.today)?;
    let (path, requirement) = (open.path.id, requirement.to_owned());
    let added = state.store.write(move |conn| store::plans::add_minutes(conn, path, &requirement, day, minutes)).await;
    added.map(|_| ()).map_err(|error| beside("minutes", "day_is_full", error))
}

pub async fn remove_minutes(state: &State, open: &OpenPath, requirement: &str, day: Day) -> Result<(), Error> {
    let (path, requirement) = (open.path.id, requirement.to_owned());
    Ok(state.store.write(move |conn| store::plans::remove_minutes(conn, path, &requirement, day)).await?)
}

/// A rule that only the database knows, as an error of its field.
fn beside(field: &str, code: &'static str, error: store::Error) -> Error {
    match error {
        store::Error::Rule(broken) if broken == code => Error::field(field, code),
        other => other.into(),
    }
}
