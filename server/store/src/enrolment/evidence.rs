//! Evidence that a school brings along for its learners.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::cohort::{MemberState, Standing};
use domain::enrolment::KnownLearners;
use domain::ids::{AccountId, CohortId, PublicId};
use domain::ledger::NewEntry;

use crate::schema::{evidence_origins, memberships};
use crate::{Conn, Result, cohorts, ledger, rows};

/// Learners of a cohort who have not been dropped, and where their entries come from: two queries.
pub fn known_learners(conn: &mut Conn<'_>, cohort: CohortId) -> Result<KnownLearners> {
    let members = cohorts::members(conn, cohort)?.into_iter();
    let learners = members
        .filter(|(_, member)| member.standing == Standing::Learner && member.state != MemberState::Dropped)
        .map(|(account, _)| (account.username.to_string(), (account.id, account.zone)))
        .collect();
    let found: Vec<(i64, Vec<u8>)> = on_backend!(conn, c => {
        let learners = memberships::table
            .filter(memberships::cohort.eq(cohort.0))
            .filter(memberships::standing.eq(Standing::Learner.word()))
            .select(memberships::account);
        evidence_origins::table
            .filter(evidence_origins::account.eq_any(learners))
            .select((evidence_origins::account, evidence_origins::origin))
            .load(c)
    })?;
    let mut origins: HashMap<AccountId, HashSet<PublicId>> = HashMap::new();
    for (account, origin) in found {
        origins.entry(AccountId(account)).or_default().insert(rows::public_id(&origin)?);
    }
    Ok(KnownLearners { learners, origins })
}

/// Records entries of one learner in their order, each with its own id and the one of where it comes from. Fails with
/// `conflict` when one of them is there already: somebody else recorded it meanwhile.
pub fn record(conn: &mut Conn<'_>, account: AccountId, entries: &[(&NewEntry, PublicId, PublicId)]) -> Result<()> {
    for part in entries.chunks(100) {
        let written: Vec<(&NewEntry, PublicId)> = part.iter().map(|(entry, own, _)| (*entry, *own)).collect();
        let first = ledger::append_all(conn, account, &written)?;
        let origins: Vec<_> = part
            .iter()
            .zip(first..)
            .map(|((_, _, origin), seq)| {
                (
                    evidence_origins::account.eq(account.0),
                    evidence_origins::seq.eq(seq),
                    evidence_origins::origin.eq(origin.bytes().to_vec()),
                )
            })
            .collect();
        on_backend!(conn, c => diesel::insert_into(evidence_origins::table).values(&origins).execute(c))?;
    }
    Ok(())
}
