//! Who may do what. One function decides for cookie and bearer alike; what it does not allow is refused.

use serde::{Deserialize, Serialize};

use crate::cohort::{MemberState, Membership, Standing};
use crate::ids::{AccountId, CohortId};
use crate::subject::words;

/// What a token may be used for; a session has all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read what the account may see.
    Read,
    /// Also record and change what is the account's own.
    Write,
    /// Also administer, for an admin's account.
    Admin,
}

words!(Scope { Read = "read", Write = "write", Admin = "admin" });

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    Nobody,
    Account {
        id: AccountId,
        is_admin: bool,
        /// The strongest scope of the token; a session has `Admin`.
        scope: Scope,
        memberships: Vec<Membership>,
    },
}

/// What a route or an act needs. Every route names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Anyone, signed in or not: login, static files, health.
    Public,
    /// Anyone who is signed in: own pages and catalogue, reading.
    ReadOwn,
    /// Anyone who is signed in: own ledger, paths and settings, writing.
    WriteOwn,
    /// Account, password, sessions and tokens of one's own: sessions only, or a token of scope admin.
    ManageOwn,
    /// See a learner: oneself, or as mentor or lead of an active membership's cohort that both share, or as admin.
    SeeLearner { learner: AccountId, cohort: Option<CohortId> },
    /// See work that a learner handed in, what they ask, and what mentors note: as mentor or lead of the cohort; never one's own.
    SeeWork { learner: AccountId, cohort: CohortId },
    /// Assess a learner: as mentor or lead of the cohort; never oneself.
    AssessLearner { learner: AccountId, cohort: CohortId },
    /// See a cohort's board, members and plan: as mentor or lead of it, or as admin. Its learners see their own pages only.
    SeeCohort { cohort: CohortId },
    /// See what waits for the mentors of a cohort: as mentor or lead of it.
    MentorCohort { cohort: CohortId },
    /// See what only those see who lead a cohort: links, alerts, outcomes, what is handed on. As lead of it, or as admin.
    SeeAsLead { cohort: CohortId },
    /// Change a cohort's set-up, members and plan: as lead of it, or as admin. What is told once only, codes and addresses of
    /// links, is the answer to such a change.
    LeadCohort { cohort: CohortId },
    /// The instance: people, plugins, mail, health, audit.
    Administer,
}

/// The answer of [`decide`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allow,
    /// Nobody is signed in: 401, or the login page.
    SignIn,
    /// Signed in, but the token's scope or the standing does not reach: 403.
    Forbid,
    /// Not theirs to know of: 404 with the same shape as for what does not exist.
    Hide,
}

/// The one policy. By default no.
pub fn decide(caller: &Caller, act: Act) -> Decision {
    let Caller::Account { id, is_admin, scope, memberships } = caller else {
        return if act == Act::Public { Decision::Allow } else { Decision::SignIn };
    };
    let reaches = |needed: Scope| if *scope >= needed { Decision::Allow } else { Decision::Forbid };
    let holds = |cohort: CohortId, standing: Standing| {
        memberships.iter().any(|m| m.cohort == cohort && m.state == MemberState::Active && m.standing >= standing)
    };
    let guides = |cohort: CohortId| holds(cohort, Standing::Mentor);
    let governs = *is_admin && *scope == Scope::Admin;
    match act {
        Act::Public => Decision::Allow,
        Act::ReadOwn => reaches(Scope::Read),
        Act::WriteOwn => reaches(Scope::Write),
        Act::ManageOwn => reaches(Scope::Admin),
        Act::SeeLearner { learner, cohort } => {
            let may = learner == *id || governs || cohort.is_some_and(guides);
            if may { reaches(Scope::Read) } else { Decision::Hide }
        }
        Act::SeeWork { learner, cohort } | Act::AssessLearner { learner, cohort } => {
            if !guides(cohort) {
                Decision::Hide
            } else if learner == *id {
                Decision::Forbid
            } else {
                reaches(if matches!(act, Act::SeeWork { .. }) { Scope::Read } else { Scope::Write })
            }
        }
        Act::SeeCohort { cohort } => {
            if governs || guides(cohort) {
                reaches(Scope::Read)
            } else {
                Decision::Hide
            }
        }
        Act::MentorCohort { cohort } => {
            if guides(cohort) {
                reaches(Scope::Read)
            } else {
                Decision::Hide
            }
        }
        Act::SeeAsLead { cohort } | Act::LeadCohort { cohort } => {
            if governs || holds(cohort, Standing::Lead) {
                reaches(if matches!(act, Act::SeeAsLead { .. }) { Scope::Read } else { Scope::Write })
            } else if guides(cohort) {
                Decision::Forbid
            } else {
                Decision::Hide
            }
        }
        Act::Administer => {
            if *is_admin {
                reaches(Scope::Admin)
            } else {
                Decision::Forbid
            }
        }
    }
}

#[cfg(test)]
mod tests;
