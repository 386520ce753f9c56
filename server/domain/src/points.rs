//! Basis points: hundredths of a per cent, the unit of every score.

use serde::{Deserialize, Serialize};

/// A share or a number of points: an integer from 0 to 10 000. 10 000 is the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BasisPoints(u32);

impl BasisPoints {
    pub const ZERO: Self = Self(0);
    pub const FULL: Self = Self(10_000);

    /// `None` above 10 000.
    pub const fn new(value: u32) -> Option<Self> {
        if value <= 10_000 { Some(Self(value)) } else { None }
    }

    /// The nearest allowed value: what is above 10 000 becomes 10 000.
    pub const fn clamped(value: u64) -> Self {
        if value > 10_000 { Self::FULL } else { Self(value as u32) }
    }

    pub const fn get(self) -> u32 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// `self` of `whole`, rounded down: 5 000 of 333 is 166.
    pub const fn of(self, whole: u32) -> u32 {
        ((whole as u64 * self.0 as u64) / 10_000) as u32
    }

    /// `part / whole` in basis points, rounded down; a whole of nothing gives nothing.
    pub const fn ratio(part: u64, whole: u64) -> Self {
        match (part * 10_000).checked_div(whole) {
            Some(value) => Self::clamped(value),
            None => Self::ZERO,
        }
    }

    /// What is missing to the whole.
    pub const fn rest(self) -> Self {
        Self(10_000 - self.0)
    }
}

impl TryFrom<u32> for BasisPoints {
    type Error = String;

    fn try_from(value: u32) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("{value} is above 10000 basis points"))
    }
}

impl From<BasisPoints> for u32 {
    fn from(value: BasisPoints) -> u32 {
        value.0
    }
}
