//! Links with which people join a cohort: made, listed and taken back by its leads.

use domain::cohort::Cohort;
use domain::enrolment::{LinkWish, check_link};
use domain::ids::{CohortId, PublicId};
use serde_json::json;
use store::enrolment::{CohortLink, NewCohortLink};

use crate::auth::secrets;
use crate::errors::Error;
use crate::services::Actor;
use crate::state::State;

/// Checks a wish; the secret belongs into the address of the route `join`.
pub fn new_link(state: &State, actor: &Actor, cohort: CohortId, wish: LinkWish) -> Result<(NewCohortLink, String), Error> {
    let terms = check_link(wish, actor.now)?;
    let secret = state.dice.secret();
    let new = NewCohortLink {
        public_id: state.dice.public_id(),
        cohort,
        token_hash: secrets::hash(&secret),
        terms,
        created_by: actor.account,
        created_at: actor.now,
    };
    Ok((new, state.links.absolute("join", &[&secrets::write(&secret)])))
}

/// Stores a link with its row of the audit, inside a transaction.
pub fn keep_link(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, new: &NewCohortLink) -> Result<CohortLink, store::Error> {
    let link = store::enrolment::put_link(conn, new)?;
    let detail = json!({ "link": new.public_id.to_string(), "standing": new.terms.standing.word(), "places": new.terms.places });
    store::audit::append(conn, &actor.row("cohort_link.create", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(link)
}

/// Newest first, those that are over too.
pub async fn links(state: &State, cohort: CohortId) -> Result<Vec<CohortLink>, Error> {
    Ok(state.store.read(move |conn| store::enrolment::links(conn, cohort)).await?)
}

/// Takes a link back, inside a transaction. Who came by it stays.
pub fn revoke_link(conn: &mut store::Conn<'_>, actor: &Actor, cohort: &Cohort, link: PublicId) -> Result<(), store::Error> {
    store::enrolment::revoke_link(conn, cohort.id, link, actor.now)?;
    let detail = json!({ "link": link.to_string() });
    store::audit::append(conn, &actor.row("cohort_link.revoke", format!("cohort:{}", cohort.public_id), detail))?;
    Ok(())
}
