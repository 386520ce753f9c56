//! How far a ledger reaches in a role, whether it is followed or not.

use crate::ledger::Entry;
use crate::scoring::{DefaultRule, Scope, score};

/// Claimed and proven readiness by the built-in rule, in basis points; none where nothing is asked up to the target.
pub fn ready_for(scope: Scope<'_>, ledger: &[Entry]) -> Option<(u32, u32)> {
    let score = score(&DefaultRule, scope, ledger).ok()?;
    Some((score.claimed.readiness, score.proven.readiness))
}

/// The same for each level of the ladder as if it were the target, `scope`'s own target aside.
pub fn ready_by_level(scope: Scope<'_>, ledger: &[Entry]) -> Vec<Option<(u32, u32)>> {
    (0..scope.template.document.levels.len()).map(|target| ready_for(Scope { target, ..scope }, ledger)).collect()
}
