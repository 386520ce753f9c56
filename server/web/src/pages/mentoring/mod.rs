//! What mentors do: the queue, reviews, cries for help, assessments, and their part of a learner's page.

pub mod assessments;
pub mod help;
pub mod learner;
pub mod queue;
pub mod review;

use domain::mentoring::Hold;
use domain::time::Instant;

use crate::errors::Error;
use crate::view::View;

/// Who has a thing, as its page tells it.
pub(super) struct HoldView {
    /// It may be taken up.
    pub is_free: bool,
    pub is_mine: bool,
    pub words: String,
}

pub(super) fn hold_view(w: &View, hold: Hold, holder: Option<&str>) -> HoldView {
    let until = |at: Instant| w.moment(&at);
    let words = match hold {
        Hold::Free => w.t("queue-free"),
        Hold::Mine(end) => w.t1("queue-mine-until", "time", until(end)),
        Hold::Another(lease) => w.t2("queue-another-until", "name", holder.unwrap_or("—"), "time", until(lease.until)),
    };
    HoldView { is_free: hold == Hold::Free, is_mine: matches!(hold, Hold::Mine(_)), words }
}

fn item_id(text: &str) -> Result<domain::ids::PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("item"))
}
