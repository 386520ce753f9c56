//! Counts of people that may be published: none under five, and none that the others give away.
//!
//! Learners are told apart into a few kinds, each learner in one, and how many there are is known. A count under five is
//! left out, nought too. Where that alone would give it back, another one is left out with it: the first that is left, by
//! its place and never by its size, since who knows this rule could work back from "the smallest". What is published
//! always fits at least two values of every count that is left out; a law among the tests tries all of them.

/// The least that is told of.
pub const FEWEST: usize = 5;

/// The counts that may be told. None where they are of fewer than five people in all: then nothing is told.
pub fn publish(counts: &[usize]) -> Option<Vec<Option<usize>>> {
    if counts.iter().sum::<usize>() < FEWEST {
        return None;
    }
    let mut shown: Vec<Option<usize>> = counts.iter().map(|&count| (count >= FEWEST).then_some(count)).collect();
    let hidden: Vec<usize> = counts.iter().copied().filter(|&count| count < FEWEST).collect();
    let (kinds, sum) = (hidden.len(), hidden.iter().sum::<usize>());
    if kinds == 0 {
        return Some(shown);
    }
    let most = kinds * (FEWEST - 1);
    // Two or more that are neither all nought nor all four can each be another number.
    if kinds >= 2 && sum > 0 && sum < most {
        return Some(shown);
    }
    let taken = hide_first(&mut shown);
    // All nought beside exactly this many would be the only way to come to their sum.
    if kinds >= 2 && sum == 0 && taken == Some(most + FEWEST - 1) {
        hide_first(&mut shown);
    }
    Some(shown)
}

fn hide_first(shown: &mut [Option<usize>]) -> Option<usize> {
    shown.iter_mut().find_map(Option::take)
}

/// Counts of the kinds that people are of, `kinds` in all.
pub fn counts(of: &[usize], kinds: usize) -> Vec<usize> {
    (0..kinds).map(|kind| of.iter().filter(|&&own| own == kind).count()).collect()
}

/// What may be told of each of them: nothing where the count of their kind is left out.
pub fn blanked(of: &[usize], shown: &[Option<usize>]) -> Vec<Option<usize>> {
    of.iter().map(|&kind| shown.get(kind).copied().flatten().map(|_| kind)).collect()
}

/// Something in which each of some people is of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trait {
    /// For programs.
    pub id: String,
    pub kinds: Vec<&'static str>,
    /// The kind of each, people always in the same order.
    pub of: Vec<usize>,
}

/// What of it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub id: String,
    pub kinds: Vec<&'static str>,
    /// In the order of the kinds.
    pub counts: Vec<Option<usize>>,
    /// In the order of the people.
    pub of: Vec<Option<&'static str>>,
}

impl Told {
    /// None of fewer than five people.
    pub fn new(about: Trait) -> Option<Self> {
        let Trait { id, kinds, of } = about;
        let shown = publish(&counts(&of, kinds.len()))?;
        let of = blanked(&of, &shown).into_iter().map(|kind| kind.and_then(|kind| kinds.get(kind).copied())).collect();
        Some(Self { id, kinds, counts: shown, of })
    }
}

/// Bands of per cent, those of [`super::heat`].
pub const BANDS: [&str; 5] = ["0-19", "20-44", "45-64", "65-84", "85-100"];

/// The place in [`BANDS`] of a readiness in basis points.
pub const fn band(readiness: u32) -> usize {
    super::heat(readiness / 100) as usize
}

#[cfg(test)]
mod tests;
