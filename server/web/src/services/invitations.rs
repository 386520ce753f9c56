//! Invitations, and the link that makes the first admin: who holds the link makes an account.

use domain::account::{Account, CleanName, MailAddress, Theme, Username};
use domain::cohort::Standing;
use domain::ids::PublicId;
use domain::time::{Instant, Zone};
use domain::world::Dice;
use serde_json::json;
use store::accounts::NewAccount;
use store::invitations::{Invitation, InvitationKind, NewInvitation};

use crate::auth::limiter::Key;
use crate::auth::{self, secrets};
use crate::errors::{Error, Field};
use crate::services::Actor;
use crate::services::accounts::{NewlySignedIn, checked_password, new_session};
use crate::state::State;

/// Seconds until an invitation ends: 14 days.
const INVITATION_SECONDS: i64 = 14 * 86_400;

/// What an admin says when inviting, as typed.
#[derive(Clone, Debug, Default)]
pub struct InvitationWish {
    pub name: Option<String>,
    pub mail: Option<String>,
    pub is_admin: bool,
    /// Public id of a cohort, and the standing in it.
    pub cohort: Option<(PublicId, Standing)>,
}

/// The one-time invitation of the first admin, for the binary to store and print; the secret goes into
/// `/setup/<secret>`.
pub fn first_admin(dice: &dyn Dice, now: Instant) -> (NewInvitation, String) {
    let secret = dice.secret();
    let new = NewInvitation {
        public_id: dice.public_id(),
        token_hash: secrets::hash(&secret),
        kind: InvitationKind::FirstAdmin,
        name: None,
        mail: None,
        is_admin: true,
        cohort: None,
        created_by: None,
        created_at: now,
        expires_at: now.plus_seconds(INVITATION_SECONDS),
    };
    (new, secrets::write(&secret))
}

/// Checks a wish; the secret belongs into the link that [`link`] makes.
pub async fn prepare(state: &State, actor: &Actor, wish: InvitationWish) -> Result<(NewInvitation, String), Error> {
    let mut wrong = Vec::new();
    let name = wish.name.as_deref().and_then(|name| CleanName::parse(name).map_err(|bad| wrong.push(Field::new("name", bad.code()))).ok());
    let mail =
        wish.mail.as_deref().and_then(|mail| MailAddress::parse(mail).map_err(|bad| wrong.push(Field::new("mail", bad.code()))).ok());
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    let cohort = match wish.cohort {
        None => None,
        Some((id, standing)) => Some((state.store.read(move |conn| store::cohorts::by_public_id(conn, id)).await?.id, standing)),
    };
    let secret = state.dice.secret();
    let new = NewInvitation {
        public_id: state.dice.public_id(),
        token_hash: secrets::hash(&secret),
        kind: InvitationKind::Invite,
        name,
        mail,
        is_admin: wish.is_admin,
        cohort,
        created_by: actor.account,
        created_at: actor.now,
        expires_at: actor.now.plus_seconds(INVITATION_SECONDS),
    };
    Ok((new, secrets::write(&secret)))
}

/// Stores an invitation with its row of the audit, inside a transaction.
pub fn keep(conn: &mut store::Conn<'_>, actor: &Actor, new: &NewInvitation) -> Result<Invitation, store::Error> {
    let invitation = store::invitations::create(conn, new)?;
    let detail = json!({ "name": new.name.as_ref().map(CleanName::as_str), "admin": new.is_admin });
    store::audit::append(conn, &actor.row("invitation.create", format!("invitation:{}", new.public_id), detail))?;
    Ok(invitation)
}

/// Invites; answers with the link to hand over.
pub async fn invite(state: &State, actor: &Actor, wish: InvitationWish) -> Result<(Invitation, String), Error> {
    let (new, secret) = prepare(state, actor, wish).await?;
    let actor = actor.clone();
    let invitation = state.store.write(move |conn| keep(conn, &actor, &new)).await?;
    Ok((invitation, link(state, &secret)))
}

/// The link of an invitation, with scheme and host.
pub fn link(state: &State, secret: &str) -> String {
    state.links.absolute("invite", &[secret])
}

pub async fn open(state: &State) -> Result<Vec<Invitation>, Error> {
    let now = state.clock.now();
    Ok(state.store.read(move |conn| store::invitations::list_open(conn, now)).await?)
}

pub async fn revoke(state: &State, actor: &Actor, id: PublicId) -> Result<(), Error> {
    let row = actor.row("invitation.revoke", format!("invitation:{id}"), json!({}));
    state
        .store
        .write(move |conn| {
            store::invitations::revoke(conn, id)?;
            store::audit::append(conn, &row)
        })
        .await?;
    Ok(())
}

/// The invitation behind a link's secret, and its cohort's name. Guessing is limited.
pub async fn find(state: &State, actor: &Actor, secret: &str, kind: InvitationKind) -> Result<(Invitation, Option<String>), Error> {
    let keys = [Key::Link(auth::network(actor.address))];
    state.limiter.attempt(&keys, actor.now)?;
    let hash = secrets::read(secret).map(|secret| secrets::hash(&secret)).ok_or(Error::Rule("invitation_gone"))?;
    let now = actor.now;
    let found = state
        .store
        .read(move |conn| {
            let Some(invitation) = store::invitations::find(conn, &hash, now)? else { return Ok(None) };
            let cohort = match invitation.cohort {
                Some((id, _)) => Some(store::cohorts::by_id(conn, id)?.name.to_string()),
                None => None,
            };
            Ok(Some((invitation, cohort)))
        })
        .await?;
    let found = found.filter(|(invitation, _)| invitation.kind == kind).ok_or(Error::Rule("invitation_gone"))?;
    state.limiter.forgive(&keys);
    Ok(found)
}

/// Who accepts, as typed.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    pub name: String,
    pub username: String,
    pub mail: Option<String>,
    pub zone: String,
    pub password: String,
    pub again: String,
}

/// Makes the account, its membership and a session, and uses the invitation up: all or nothing.
pub async fn accept(state: &State, actor: &Actor, invitation: &Invitation, newcomer: Newcomer) -> Result<NewlySignedIn, Error> {
    let new = checked(state, actor, newcomer, invitation.is_admin).await?;
    let secret = state.dice.secret();
    let (actor, invitation) = (actor.clone(), invitation.clone());
    let account = state.store.write(move |conn| join(conn, &actor, &invitation, &new, &secret)).await.map_err(name_taken)?;
    Ok(NewlySignedIn { account, secret })
}

/// A newcomer whose every field was looked at, with the hash of the password.
pub(crate) async fn checked(state: &State, actor: &Actor, newcomer: Newcomer, is_admin: bool) -> Result<NewAccount, Error> {
    let mut wrong = Vec::new();
    let name = CleanName::parse(&newcomer.name).map_err(|bad| wrong.push(Field::new("name", bad.code()))).ok();
    let username = Username::parse(&newcomer.username).map_err(|bad| wrong.push(Field::new("username", bad.code()))).ok();
    let mail =
        newcomer.mail.as_deref().and_then(|mail| MailAddress::parse(mail).map_err(|bad| wrong.push(Field::new("mail", bad.code()))).ok());
    let zone = Zone::parse(&newcomer.zone).map_err(|_| wrong.push(Field::new("zone", "zone_unknown"))).ok();
    let password = match checked_password(&newcomer.password, &newcomer.again, "password") {
        Ok(password) => Some(password),
        Err(Error::Fields(fields)) => {
            wrong.extend(fields);
            None
        }
        Err(other) => return Err(other),
    };
    let (Some(name), Some(username), Some(zone), Some(password), true) = (name, username, zone, password, wrong.is_empty()) else {
        return Err(Error::Fields(wrong));
    };
    let hash = state.passwords.hash(password).await?;
    Ok(NewAccount {
        public_id: state.dice.public_id(),
        username,
        name,
        mail,
        language: None,
        zone,
        theme: Theme::System,
        is_admin,
        password_hash: Some(hash),
        created_at: actor.now,
    })
}

/// A username that is taken belongs beside its field.
pub(crate) fn name_taken(error: store::Error) -> Error {
    match error {
        store::Error::Rule("username_taken") => Error::field("username", "username_taken"),
        other => other.into(),
    }
}

fn join(
    conn: &mut store::Conn<'_>,
    actor: &Actor,
    invitation: &Invitation,
    new: &NewAccount,
    secret: &[u8; 32],
) -> Result<Account, store::Error> {
    let account = store::accounts::create(conn, new)?;
    store::invitations::accept(conn, invitation.id, account.id, actor.now)?;
    if let Some((cohort, standing)) = invitation.cohort {
        store::cohorts::add_member(conn, cohort, account.id, standing, actor.now)?;
    }
    store::sessions::create(conn, &new_session(actor, account.id, secret))?;
    let detail = json!({ "invitation": invitation.public_id.to_string(), "admin": account.is_admin });
    let mut row = actor.row("account.create", format!("account:{}", account.public_id), detail);
    (row.actor, row.actor_name) = (Some(account.id), account.name.to_string());
    store::audit::append(conn, &row)?;
    Ok(account)
}
