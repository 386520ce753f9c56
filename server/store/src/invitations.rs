//! Invitations: one-time links that make an account.

use domain::account::{CleanName, MailAddress};
use domain::cohort::Standing;
use domain::ids::{AccountId, CohortId, InvitationId, PublicId};
use domain::time::Instant;

use crate::{Conn, Result};

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
    todo!()
}

/// The invitation that is neither used nor expired at `now`.
pub fn find(conn: &mut Conn<'_>, token_hash: &[u8; 32], now: Instant) -> Result<Option<Invitation>> {
    todo!()
}

/// Marks it used by `account`; the caller makes the account and the membership in the same transaction. Fails with
/// `invitation_used` when it was used or expired.
pub fn accept(conn: &mut Conn<'_>, id: InvitationId, account: AccountId, now: Instant) -> Result<()> {
    todo!()
}

/// Neither used nor expired, newest first.
pub fn list_open(conn: &mut Conn<'_>, now: Instant) -> Result<Vec<Invitation>> {
    todo!()
}

/// Takes an unused one away.
pub fn revoke(conn: &mut Conn<'_>, public_id: PublicId) -> Result<()> {
    todo!()
}
