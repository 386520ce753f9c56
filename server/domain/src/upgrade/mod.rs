//! Taking over another revision of a role: how two revisions differ, and what of a path or a cohort goes along.
//!
//! Evidence is not in it: the ledger names subjects, never requirements, so nothing of it can be lost. What hangs on
//! requirements (marks, notes, own links, minutes) is kept under their ids, whether the revision has them or not; it is
//! shown while it has. What has to fit the revision is carried over by [`carry`] and given back by [`give_back`].

mod carry;
mod compare;

use semver::Version;

use crate::cohort::{MemberState, Membership, Standing};

pub use carry::*;
pub use compare::*;

/// True when a version is higher than another one, as semver orders them. What is no version is never higher.
pub fn is_newer(version: &str, than: &str) -> bool {
    let (Ok(version), than) = (Version::parse(version), Version::parse(than).ok()) else { return false };
    than.is_none_or(|than| version > than)
}

/// Whether a cohort takes over revisions for a path that belongs to it: it follows the role, and the learner takes part or
/// rests. Its board measures everybody by one revision; who has left or completed goes on alone.
pub fn is_led(follows_role: bool, member: Option<&Membership>) -> bool {
    let takes_part =
        |member: &Membership| member.standing == Standing::Learner && matches!(member.state, MemberState::Active | MemberState::Paused);
    follows_role && member.is_some_and(takes_part)
}

#[cfg(test)]
mod tests;
