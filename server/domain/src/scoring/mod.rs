//! From a ledger to a scorecard, in three steps: the host *projects* the ledger onto the template's requirements and
//! *apportions* the points ([`project`]), a rule *judges* ([`ScoringRule`]), the host *checks* what the rule said
//! ([`check`]). All in integers, all reproducible from what a stored score names.

mod apportion;
mod card;
mod default_rule;
mod input;
mod kept;
mod laws;
mod outline;
mod project;
mod run;
#[cfg(test)]
mod samples;
mod share;

pub use apportion::*;
pub use card::*;
pub use default_rule::*;
pub use input::*;
pub use kept::*;
pub use laws::*;
pub use outline::*;
pub use project::*;
pub use run::*;
pub use share::*;
