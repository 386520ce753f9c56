//! Paths: who follows which revision to where.

use domain::ids::{AccountId, CohortId, PathId, PublicId, RevisionId};
use domain::path::{CheckedSettings, Path};
use domain::time::{Day, Instant};

use crate::{Conn, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPath {
    pub public_id: PublicId,
    pub account: AccountId,
    pub revision: RevisionId,
    pub settings: CheckedSettings,
    pub cohort: Option<CohortId>,
    pub started_on: Day,
    pub created_at: Instant,
}

pub fn create(conn: &mut Conn<'_>, new: &NewPath) -> Result<Path> {
    todo!()
}

/// Fails with `NotThere` when it is not a path of the account.
pub fn get(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<Path> {
    todo!()
}

pub fn by_id(conn: &mut Conn<'_>, id: PathId) -> Result<Path> {
    todo!()
}

/// Of one account, oldest first.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Path>> {
    todo!()
}

/// Of one cohort, oldest first.
pub fn of_cohort(conn: &mut Conn<'_>, cohort: CohortId) -> Result<Vec<Path>> {
    todo!()
}

pub fn update_settings(conn: &mut Conn<'_>, id: PathId, settings: &CheckedSettings) -> Result<()> {
    todo!()
}

/// Pins another revision, with settings that fit it.
pub fn set_revision(conn: &mut Conn<'_>, id: PathId, revision: RevisionId, settings: &CheckedSettings) -> Result<()> {
    todo!()
}

pub fn set_cohort(conn: &mut Conn<'_>, id: PathId, cohort: Option<CohortId>) -> Result<()> {
    todo!()
}

/// By key.
pub fn all_ids(conn: &mut Conn<'_>, after: Option<PathId>, limit: i64) -> Result<Vec<PathId>> {
    todo!()
}
