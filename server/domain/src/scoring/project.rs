//! Projection: a ledger onto a template's requirements, before any rule sees it.

use std::collections::BTreeSet;

use crate::ledger::Entry;
use crate::scoring::{Attribute, ScoreInput};
use crate::template::{LevelIndex, RequirementIndex, Template};
use crate::time::Day;

/// Version of everything in this file; a stored score names it. A change that can change a number raises it.
pub const PROJECTION_VERSION: u32 = 1;

/// Whose ledger against what.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub template: &'a Template,
    pub target: LevelIndex,
    /// Members of any-N groups that the learner chose.
    pub chosen: &'a BTreeSet<String>,
    /// A path without a mentor cannot earn more than *linked*, so least trust is capped there.
    pub mentored: bool,
    pub today: Day,
    pub settings: &'a [Attribute],
}

/// Both inputs of a score, and where the numbers in them come from.
#[derive(Clone, Debug)]
pub struct Projection {
    /// All evidence.
    pub claimed: ScoreInput,
    /// Only evidence of the least trust asked.
    pub proven: ScoreInput,
    /// The template's requirement behind each requirement of the inputs (the same in both).
    pub requirements: Vec<RequirementIndex>,
    /// The number in the ledger behind each evidence row of `claimed`, and of `proven`.
    pub claimed_entries: Vec<u32>,
    pub proven_entries: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProjectionError {
    #[error("no requirement lies within the target level")]
    NothingInScope,
}

/// Projects a ledger.
///
/// - Requirements of levels up to the target, in the template's order.
/// - Evidence that stands (no retraction), frozen on `today` or before; expired certificates are out.
/// - A step short of what is asked earns 6 666, two steps 3 333, three 1 000 basis points.
/// - A certificate counts for a certification only; a claim for skills, criteria and topics.
/// - Recall fades as FSRS's forgetting curve says: `R = (1 + 19/81 · t/S)^(-1/2)`, by integer square root
///   (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>, FSRS-4.5).
/// - Points: 10 000 over areas, groups and requirements from the outside in, by largest remainder, ties by id. A group
///   of any N splits its points into N slots, largest first; the chosen members hold them, else the best by share
///   (ties by id), found anew for each input, so that more evidence never lowers either number.
/// - `proven` keeps rows whose trust is at least what the requirement asks.
pub fn project(scope: Scope<'_>, ledger: &[Entry]) -> Result<Projection, ProjectionError> {
    let _ = (scope, ledger);
    todo!()
}
