//! Links with which people join a cohort.

use crate::cohort::Standing;
use crate::ledger::{FieldError, Wrong};
use crate::subject::words;
use crate::time::Instant;

/// What a lead says of a new link; what is absent is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkWish {
    pub standing: Option<Standing>,
    pub places: Option<u32>,
    pub days: Option<u32>,
}

/// What a link gives, to how many and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkTerms {
    pub standing: Standing,
    pub places: u32,
    pub expires_at: Instant,
}

/// People who may come by one link, at most.
pub const MAX_PLACES: u32 = 1_000;
/// Days for which a link holds, at most.
pub const MAX_LINK_DAYS: u32 = 180;
pub const DEFAULT_PLACES: u32 = 30;
pub const DEFAULT_LINK_DAYS: u32 = 14;

/// Checks a wish: for a learner or a mentor (leads are made by name), 1 to 1 000 places, 1 to 180 days.
pub fn check_link(wish: LinkWish, now: Instant) -> Result<LinkTerms, Vec<FieldError>> {
    let mut wrong = Wrong::default();
    let standing = wish.standing.unwrap_or(Standing::Learner);
    if standing == Standing::Lead {
        wrong.add("standing", "standing_not_by_link");
    }
    let places = wish.places.unwrap_or(DEFAULT_PLACES);
    if !(1..=MAX_PLACES).contains(&places) {
        wrong.add("places", "out_of_range");
    }
    let days = wish.days.unwrap_or(DEFAULT_LINK_DAYS);
    if !(1..=MAX_LINK_DAYS).contains(&days) {
        wrong.add("days", "out_of_range");
    }
    wrong.none()?;
    Ok(LinkTerms { standing, places, expires_at: now.plus_seconds(i64::from(days) * 86_400) })
}

/// Whether a link still opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkState {
    Open,
    Full,
    Expired,
    Revoked,
}

words!(LinkState { Open = "open", Full = "full", Expired = "expired", Revoked = "revoked" });

/// The state of a link at `now`. What a lead took back stays so, whatever else is true of it.
pub fn link_state(revoked: bool, expires_at: Instant, taken: u32, places: u32, now: Instant) -> LinkState {
    if revoked {
        LinkState::Revoked
    } else if expires_at <= now {
        LinkState::Expired
    } else if taken >= places {
        LinkState::Full
    } else {
        LinkState::Open
    }
}
