//! Cohorts and who is in them.

use domain::account::{Account, CleanName};
use domain::cohort::{Cohort, MemberState, Membership, Standing};
use domain::ids::{AccountId, CohortId, PublicId};
use domain::time::{Day, Instant, Zone};

use crate::{Conn, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCohort {
    pub public_id: PublicId,
    pub name: CleanName,
    pub starts_on: Day,
    pub ends_on: Day,
    pub zone: Zone,
    pub created_at: Instant,
}

/// Fails with `cohort_name_taken`.
pub fn create(conn: &mut Conn<'_>, new: &NewCohort) -> Result<Cohort> {
    todo!()
}

pub fn by_id(conn: &mut Conn<'_>, id: CohortId) -> Result<Cohort> {
    todo!()
}

pub fn by_public_id(conn: &mut Conn<'_>, public_id: PublicId) -> Result<Cohort> {
    todo!()
}

/// All, the latest start first.
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<Cohort>> {
    todo!()
}

/// Adds an active member; who is in it already gets the new standing and is active again.
pub fn add_member(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, standing: Standing, now: Instant) -> Result<Membership> {
    todo!()
}

pub fn set_member_state(conn: &mut Conn<'_>, cohort: CohortId, account: AccountId, state: MemberState) -> Result<()> {
    todo!()
}

/// Of one account, by cohort.
pub fn memberships(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Membership>> {
    todo!()
}

/// Of one cohort, by name; tombstones have no memberships.
pub fn members(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<(Account, Membership)>> {
    todo!()
}

/// A cohort in which `viewer` is an active mentor or lead and `learner` a learner; the newest where there are several.
pub fn shared_cohort(conn: &mut Conn<'_>, viewer: AccountId, learner: AccountId) -> Result<Option<CohortId>> {
    todo!()
}
