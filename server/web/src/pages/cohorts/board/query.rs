//! What of the board is wanted: whose rows, in which order, and what the cells show.

use domain::cohort::{BoardFilter, BoardOrder, Measure, Mentored};
use domain::ids::AccountId;
use serde::Deserialize;

use crate::base::query_value;
use crate::services::cohorts::Board;

/// What the cells show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cells {
    Claimed,
    Proven,
    /// In four weeks, by the cohort's measure.
    Change,
}

impl Cells {
    pub(super) const ALL: [(Self, &str); 3] = [(Self::Claimed, "claimed"), (Self::Proven, "proven"), (Self::Change, "change")];
}

/// What of the board is wanted. Everything is a word that may be anything; what is none of ours counts as not said.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BoardQuery {
    pub q: String,
    pub pace: String,
    /// `mine`, `none`, or the id of a mentor.
    pub mentor: String,
    pub sort: String,
    /// `claimed`, `proven` or `change`.
    pub cells: String,
    pub role: String,
    /// From 1.
    pub page: Option<usize>,
}

impl BoardQuery {
    pub(in crate::pages) fn role(&self) -> Option<&str> {
        Some(self.role.as_str()).filter(|role| !role.is_empty())
    }

    pub(super) fn shown(&self) -> Cells {
        match self.cells.as_str() {
            "proven" => Cells::Proven,
            "change" => Cells::Change,
            _ => Cells::Claimed,
        }
    }

    /// Whether to work out what changed: where it is shown, and where it orders.
    pub(crate) fn wants_change(&self) -> bool {
        self.shown() == Cells::Change || self.sort == BoardOrder::Change.word()
    }

    pub(crate) fn filter(&self, board: &Board, measure: Measure, who: AccountId) -> BoardFilter {
        let named = || board.guides.iter().find(|(guide, _)| guide.public_id.to_string() == self.mentor).map(|(guide, _)| guide.id);
        let mentor = match self.mentor.as_str() {
            "mine" => Mentored::By(who),
            "none" => Mentored::ByNobody,
            _ => named().map_or(Mentored::All, Mentored::By),
        };
        BoardFilter {
            words: self.q.chars().take(100).collect(),
            pace: self.pace.parse().ok(),
            mentor,
            order: self.sort.parse().unwrap_or_default(),
            measure,
        }
    }

    /// The query of another look at the same board; the page is left out.
    pub(super) fn with(&self, field: &str, value: &str) -> String {
        let fields = [
            ("q", &self.q),
            ("pace", &self.pace),
            ("mentor", &self.mentor),
            ("sort", &self.sort),
            ("cells", &self.cells),
            ("role", &self.role),
        ];
        let pairs = fields.iter().filter_map(|(name, own)| {
            let value = if *name == field { value } else { own.as_str() };
            (!value.is_empty()).then(|| format!("{name}={}", query_value(value)))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}
