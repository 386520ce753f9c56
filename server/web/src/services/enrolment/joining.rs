//! Joining a cohort by a link: with an account that one has, or with a new one.

use std::collections::BTreeSet;

use domain::account::Account;
use domain::cohort::{Cohort, SetUp, Standing};
use domain::enrolment::LinkState;
use domain::world::Dice;
use serde_json::json;
use store::accounts::NewAccount;
use store::enrolment::CohortLink;

use super::sharing::Bringing;
use crate::auth::limiter::Key;
use crate::auth::{self, secrets};
use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::services::accounts::{NewlySignedIn, new_session};
use crate::services::invitations::{self, Newcomer};
use crate::services::once::Outcome;
use crate::state::State;

/// A link that was found, and where it leads.
#[derive(Clone)]
pub struct Joining {
    pub link: CohortLink,
    pub cohort: Cohort,
    pub set_up: SetUp,
}

/// The link behind a secret, however it stands. Guessing is limited.
pub async fn find(state: &State, actor: &Actor, secret: &str) -> Result<Joining, Error> {
    let keys = [Key::Link(auth::network(actor.address))];
    state.limiter.attempt(&keys, actor.now)?;
    let hash = secrets::read(secret).map(|secret| secrets::hash(&secret)).ok_or(Error::Rule("link_gone"))?;
    let found = state.store.read(move |conn| {
        let Some(link) = store::enrolment::find_link(conn, &hash)? else { return Ok(None) };
        let cohort = store::cohorts::by_id(conn, link.cohort)?;
        let set_up = store::cohorts::set_up(conn, link.cohort)?;
        Ok(Some(Joining { link, cohort, set_up }))
    });
    let found = found.await?.ok_or(Error::Rule("link_gone"))?;
    state.limiter.forgive(&keys);
    Ok(found)
}

impl Joining {
    /// For who is not in the cohort yet: a link that opens no more looks like one that never was.
    pub fn still_open(self, actor: &Actor) -> Result<Self, Error> {
        if self.link.state(actor.now) == LinkState::Open { Ok(self) } else { Err(Error::Rule("link_gone")) }
    }

    pub fn is_for_learners(&self) -> bool {
        self.link.terms.standing == Standing::Learner
    }
}

/// What is needed before the transaction of [`join`].
pub async fn prepare(state: &State, who: &Signed, joining: &Joining) -> Result<Bringing, Error> {
    Bringing::of(state, Some(who.account.id), &joining.cohort, &joining.set_up).await
}

/// Makes somebody a member by a link, inside a transaction: a learner's paths come along or begin, and of their entries the
/// cohort sees none of `withheld`. False for who was a member already; then nothing changes. Refuses before it writes what
/// is no entry of theirs.
pub fn join(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    joining: &Joining,
    bringing: &Bringing,
    dice: &dyn Dice,
    account: &Account,
    withheld: &BTreeSet<u32>,
) -> Result<Outcome<bool>, store::Error> {
    let own: BTreeSet<u32> = store::ledger::facts(conn, account.id)?.iter().map(|entry| entry.seq).collect();
    if !withheld.is_subset(&own) {
        return Ok(Err(Error::field("withhold", "no_such_entry")));
    }
    let (member, is_new) = store::enrolment::join(conn, joining.link.id, account.id, actor.now)?;
    if !is_new {
        return Ok(Ok(false));
    }
    if member.standing == Standing::Learner {
        store::cohorts::withhold(conn, joining.cohort.id, account.id, withheld)?;
        bringing.bring(conn, actor, &joining.cohort, dice, account)?;
    }
    let detail = json!({ "link": joining.link.public_id.to_string(), "standing": member.standing.word() });
    let mut row = actor.row("member.join", format!("cohort:{}", joining.cohort.public_id), detail);
    (row.actor, row.actor_name) = (Some(account.id), account.name.to_string());
    store::audit::append(conn, &row)?;
    Ok(Ok(true))
}

/// Makes an account, its membership and a session by a link: all or nothing.
pub async fn accept(state: &State, actor: &Actor, joining: &Joining, newcomer: Newcomer) -> Result<NewlySignedIn, Error> {
    let new = invitations::checked(state, actor, newcomer, false).await?;
    let bringing = Bringing::of(state, None, &joining.cohort, &joining.set_up).await?;
    let (actor, joining, dice) = (actor.clone(), joining.clone(), std::sync::Arc::clone(&state.dice));
    let secret = state.dice.secret();
    let made = state.store.write(move |conn| come_in(conn, &actor, &joining, &bringing, &*dice, &new, &secret));
    let account = made.await.map_err(invitations::name_taken)?;
    Ok(NewlySignedIn { account, secret })
}

fn come_in(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    joining: &Joining,
    bringing: &Bringing,
    dice: &dyn Dice,
    new: &NewAccount,
    secret: &[u8; 32],
) -> Result<Account, store::Error> {
    let account = store::accounts::create(conn, new)?;
    // A new account has no entries, so nothing is refused.
    let _ = join(conn, actor, joining, bringing, dice, &account, &BTreeSet::new())?;
    store::sessions::create(conn, &new_session(actor, account.id, secret))?;
    let detail = json!({ "link": joining.link.public_id.to_string() });
    let mut row = actor.row("account.create", format!("account:{}", account.public_id), detail);
    (row.actor, row.actor_name) = (Some(account.id), account.name.to_string());
    store::audit::append(conn, &row)?;
    Ok(account)
}
