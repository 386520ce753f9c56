//! Certificates of a learner: all that stand in the ledger, with their state.

use domain::certificate::{CertificateState, certificates};
use domain::subject::{Subject, SubjectKind};
use store::ledger::LedgerFilter;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::ledger::Written;
use crate::services::paths;
use crate::state::State;

/// Soonest end first, those that were renewed or taken back at the end.
pub async fn list(state: &State, who: &Signed) -> Result<Vec<(Written, CertificateState)>, Error> {
    let (account, today) = (who.account.id, state.clock.now().day_in(&who.account.zone));
    let (facts, written) = state
        .store
        .read(move |conn| {
            let facts = store::ledger::facts(conn, account)?;
            let about: Vec<Subject> = facts
                .iter()
                .flat_map(|entry| &entry.held)
                .filter(|held| held.subject.kind == SubjectKind::Certification)
                .map(|held| held.subject.clone())
                .collect();
            let filter = LedgerFilter { subjects: Some(about), before_seq: None, limit: i64::from(i32::MAX) };
            let written = store::ledger::with_payload(conn, account, &filter)?;
            Ok((facts, written))
        })
        .await?;
    let states = certificates(&facts, today);
    let mut listed: Vec<(Written, CertificateState)> = written
        .into_iter()
        .filter_map(|written| {
            let state = states.iter().find(|(entry, _)| entry.seq == written.1.seq)?.1;
            Some((written, state))
        })
        .collect();
    let is_over = |state: &CertificateState| matches!(state, CertificateState::Renewed | CertificateState::TakenBack);
    listed
        .sort_by_key(|((_, entry, _), state)| (is_over(state), entry.expires_on.is_none(), entry.expires_on, std::cmp::Reverse(entry.seq)));
    Ok(listed)
}

/// Where a certificate can be renewed: a path of the learner's with a requirement that asks for it.
pub async fn requirement_of(state: &State, who: &Signed, subjects: &[Subject]) -> Result<Option<(domain::ids::PublicId, String)>, Error> {
    for (path, template) in paths::list(state, who).await? {
        let asks = |requirement: &&domain::template::Requirement| requirement.subjects().iter().any(|subject| subjects.contains(subject));
        if let Some(requirement) = template.requirements.iter().find(asks) {
            return Ok(Some((path.public_id, requirement.id.clone())));
        }
    }
    Ok(None)
}
