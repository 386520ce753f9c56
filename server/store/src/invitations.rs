//! Invitations: one-time links that make an account.

use diesel::prelude::*;
use domain::account::{CleanName, MailAddress};
use domain::cohort::Standing;
use domain::ids::{AccountId, CohortId, InvitationId, PublicId};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::invitations;
use crate::{Conn, Error, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InvitationKind {
    /// Printed at the first start; makes the first admin.
    FirstAdmin,
    Invite,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    pub public_id: PublicId,
    /// SHA-256 of the link's secret.
    pub token_hash: [u8; 32],
    pub kind: InvitationKind,
    pub name: Option<CleanName>,
    pub mail: Option<MailAddress>,
    pub is_admin: bool,
    /// The cohort that is joined, and as what.
    pub cohort: Option<(CohortId, Standing)>,
    pub created_by: Option<AccountId>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub public_id: PublicId,
    pub kind: InvitationKind,
    pub name: Option<CleanName>,
    pub mail: Option<MailAddress>,
    pub is_admin: bool,
    pub cohort: Option<(CohortId, Standing)>,
    pub created_by: Option<AccountId>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

pub fn create(conn: &mut Conn<'_>, new: &NewInvitation) -> Result<Invitation> {
    let row: Row = on_backend!(conn, c => diesel::insert_into(invitations::table)
        .values((
            invitations::public_id.eq(new.public_id.bytes().as_slice()),
            invitations::token_hash.eq(new.token_hash.as_slice()),
            invitations::kind.eq(new.kind.word()),
            invitations::name.eq(new.name.as_ref().map(CleanName::as_str)),
            invitations::mail.eq(new.mail.as_ref().map(MailAddress::as_str)),
            invitations::is_admin.eq(new.is_admin),
            invitations::cohort.eq(new.cohort.map(|(cohort, _)| cohort.0)),
            invitations::standing.eq(new.cohort.map(|(_, standing)| standing.word())),
            invitations::created_by.eq(new.created_by.map(|account| account.0)),
            invitations::created_at.eq(new.created_at.micros()),
            invitations::expires_at.eq(new.expires_at.micros()),
        ))
        .returning(Row::as_returning())
        .get_result(c))?;
    row.invitation()
}

/// The invitation that is neither used nor expired at `now`.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32], now: Instant) -> Result<Option<Invitation>> {
    let row: Option<Row> = on_backend!(conn, c => invitations::table
        .filter(invitations::token_hash.eq(token_hash.as_slice()))
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now.micros()))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(Row::invitation).transpose()
}

/// Marks it used by `account`; the caller makes the account and the membership in the same transaction. Fails with
/// `invitation_used` when it was used or has expired.
pub fn accept(conn: &mut Conn<'_>, id: InvitationId, account: AccountId, now: Instant) -> Result<()> {
    let open = invitations::id.eq(id.0).and(invitations::used_at.is_null()).and(invitations::expires_at.gt(now.micros()));
    let used = on_backend!(conn, c => diesel::update(invitations::table.filter(open))
        .set((invitations::used_by.eq(account.0), invitations::used_at.eq(now.micros())))
        .execute(c))?;
    if used == 0 { Err(Error::Rule("invitation_used")) } else { Ok(()) }
}

/// Neither used nor expired, newest first.
pub fn list_open(conn: &mut Conn<'_>, now: Instant) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = on_backend!(conn, c => invitations::table
        .filter(invitations::used_at.is_null())
        .filter(invitations::expires_at.gt(now.micros()))
        .order(invitations::id.desc())
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::invitation).collect()
}

/// Takes an unused one away.
pub fn revoke(conn: &mut Conn<'_>, public_id: PublicId) -> Result<()> {
    let unused = invitations::public_id.eq(public_id.bytes().as_slice()).and(invitations::used_at.is_null());
    let gone = on_backend!(conn, c => diesel::delete(invitations::table.filter(unused)).execute(c))?;
    one(gone, "invitation")
}

/// How many were purged: those used or expired before `before`.
pub fn purge(conn: &mut Conn<'_>, before: Instant) -> Result<usize> {
    let over = invitations::used_at.lt(before.micros()).or(invitations::expires_at.lt(before.micros()).assume_not_null());
    Ok(on_backend!(conn, c => diesel::delete(invitations::table.filter(over)).execute(c))?)
}

const FIRST_ADMIN: &str = "first-admin";
const INVITE: &str = "invite";

impl InvitationKind {
    /// The word in the database and in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstAdmin => FIRST_ADMIN,
            Self::Invite => INVITE,
        }
    }
}

impl std::str::FromStr for InvitationKind {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text {
            FIRST_ADMIN => Ok(Self::FirstAdmin),
            INVITE => Ok(Self::Invite),
            _ => Err(format!("“{text}” is no kind of invitation")),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = invitations, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct Row {
    id: i64,
    public_id: Vec<u8>,
    kind: String,
    name: Option<String>,
    mail: Option<String>,
    is_admin: bool,
    cohort: Option<i64>,
    standing: Option<String>,
    created_by: Option<i64>,
    created_at: i64,
    expires_at: i64,
}

impl Row {
    fn invitation(self) -> Result<Invitation> {
        let standing: Option<Standing> = self.standing.as_deref().map(rows::word).transpose()?;
        Ok(Invitation {
            id: InvitationId(self.id),
            public_id: rows::public_id(&self.public_id)?,
            kind: rows::word(&self.kind)?,
            name: self.name.as_deref().map(rows::clean_name).transpose()?,
            mail: self.mail.as_deref().and_then(|mail| MailAddress::parse(mail).ok()),
            is_admin: self.is_admin,
            cohort: self.cohort.map(CohortId).zip(standing),
            created_by: self.created_by.map(AccountId),
            created_at: Instant::from_micros(self.created_at),
            expires_at: Instant::from_micros(self.expires_at),
        })
    }
}
