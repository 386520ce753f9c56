//! State and trust as pages draw them: by shape and word, never by colour alone.

use domain::path::{RequirementStanding, State};
use domain::subject::{Step, Trust};

use crate::view::View;

/// Id of the glyph's symbol. Expired, locked and doing come before trust.
pub fn glyph(state: State, trust: Option<Trust>) -> &'static str {
    match (state, trust) {
        (State::Expired, _) => "g-expired",
        (State::Locked, _) => "g-locked",
        (State::Doing, _) => "g-doing",
        (State::Open, _) => "g-open",
        (_, Some(trust)) => trust_glyph(trust),
        (_, None) => "g-claimed",
    }
}

/// Of one entry of the ledger.
pub fn trust_glyph(trust: Trust) -> &'static str {
    match trust {
        Trust::Claimed => "g-claimed",
        Trust::Linked => "g-linked",
        Trust::Peer => "g-peer",
        Trust::Mentor => "g-mentor",
        Trust::Verified => "g-credential",
    }
}

/// How many of the five blazes are filled.
pub fn blazes(trust: Option<Trust>) -> u8 {
    match trust {
        None => 0,
        Some(Trust::Claimed) => 1,
        Some(Trust::Linked) => 2,
        Some(Trust::Peer) => 3,
        Some(Trust::Mentor) => 4,
        Some(Trust::Verified) => 5,
    }
}

pub fn trust_words(w: &View, trust: Option<Trust>) -> String {
    w.t(match trust {
        None => "trust-none",
        Some(Trust::Claimed) => "trust-claimed",
        Some(Trust::Linked) => "trust-linked",
        Some(Trust::Peer) => "trust-peer",
        Some(Trust::Mentor) => "trust-mentor",
        Some(Trust::Verified) => "trust-verified",
    })
}

pub fn state_words(w: &View, state: State) -> String {
    w.t(match state {
        State::Open => "state-open",
        State::Locked => "state-locked",
        State::Doing => "state-doing",
        State::Claimed => "state-claimed",
        State::Proven => "state-proven",
        State::Expired => "state-expired",
    })
}

pub fn step_words(w: &View, step: Step) -> String {
    w.t(match step {
        Step::Aware => "step-aware",
        Step::Working => "step-working",
        Step::Independent => "step-independent",
        Step::Leading => "step-leading",
    })
}

/// One mark, ready for a template.
#[derive(Clone)]
pub struct Mark {
    pub glyph: &'static str,
    pub state: String,
    pub trust: String,
    pub blazes: u8,
}

impl Mark {
    pub fn new(w: &View, standing: &RequirementStanding) -> Self {
        Self {
            glyph: glyph(standing.state, standing.trust),
            state: state_words(w, standing.state),
            trust: trust_words(w, standing.trust),
            blazes: blazes(standing.trust),
        }
    }
}

/// A share as a width in per cent with two decimals: SVG attributes take it, styles are not allowed.
pub fn width(share: u32) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

/// `part` of `whole` as such a width.
pub fn width_of(part: u32, whole: u32) -> String {
    width(domain::points::BasisPoints::ratio(u64::from(part), u64::from(whole)).get())
}
