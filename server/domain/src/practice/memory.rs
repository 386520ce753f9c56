//! One card of one learner: what FSRS keeps of it, and whether it is put aside.

use serde::{Deserialize, Serialize};

use crate::ids::PublicId;
use crate::subject::words;
use crate::time::{Day, Instant};

/// Which card: `<deck>:<question>` for a shipped one, `own:<public id>` for one of the learner's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardKey(String);

const OWN: &str = "own:";

impl CardKey {
    pub fn shipped(deck: &str, question: &str) -> Self {
        Self(format!("{deck}:{question}"))
    }

    pub fn own(id: PublicId) -> Self {
        Self(format!("{OWN}{id}"))
    }

    /// As it was written before; what leads nowhere is found out when it is looked up.
    pub fn written(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of one of the learner's own cards.
    pub fn own_id(&self) -> Option<PublicId> {
        self.0.strip_prefix(OWN)?.parse().ok()
    }
}

impl std::fmt::Display for CardKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How well a card was answered, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    Again = 1,
    Hard = 2,
    Good = 3,
    Easy = 4,
}

words!(Grade { Again = "again", Hard = "hard", Good = "good", Easy = "easy" });

/// Where a card that was answered stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// New, in steps of minutes.
    Learning,
    /// Known, due by days.
    Review,
    /// Forgotten, in steps of minutes.
    Relearning,
}

words!(Phase { Learning = "learning", Review = "review", Relearning = "relearning" });

/// When a card comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A step of minutes.
    At(Instant),
    /// A day of the learner's own.
    On(Day),
}

/// What FSRS keeps of a card that was answered at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    pub phase: Phase,
    /// Thousandths of a day until nine in ten are still remembered; at least 1.
    pub stability: u32,
    /// Thousandths, from 1 000 to 10 000.
    pub difficulty: u32,
    /// Answers so far.
    pub reps: u32,
    /// How often it was known and then forgotten.
    pub lapses: u32,
    /// The learner's own day of the last answer.
    pub reviewed_on: Day,
    pub due: Due,
}

impl Memory {
    /// Chance that the card is still remembered `days` after the last answer, in millionths, rounded down: FSRS's
    /// forgetting curve `(1 + 19/81 · t/S)^(-1/2)`, by integer square root.
    pub fn left(&self, days: u32) -> u64 {
        let stability = 81 * u128::from(self.stability.max(1));
        (1_000_000_000_000 * stability / (stability + 19_000 * u128::from(days))).isqrt() as u64
    }

    /// Days from the last answer to `day`; none before it.
    pub fn days_until(&self, day: Day) -> u32 {
        u32::try_from(i64::from(day.number()) - i64::from(self.reviewed_on.number())).unwrap_or(0)
    }
}

/// Lapses that make a card a leech; after them, every half as many again.
pub const LEECH_LAPSES: u32 = 8;

/// A card of one learner. The default is a card that was never answered or touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardState {
    pub memory: Option<Memory>,
    /// Not asked until it is taken back.
    pub suspended: bool,
    /// It was forgotten so often that another way of learning it is called for. Stays when the card is taken back.
    pub leech: bool,
    /// Not asked before this day.
    pub buried_until: Option<Day>,
}

impl CardState {
    /// After an answer that made `next` of its memory. A card that lapsed for the eighth time, the twelfth, … is a leech
    /// and suspended.
    pub fn answered(&self, next: Memory) -> Self {
        let lapsed = next.lapses > self.memory.as_ref().map_or(0, |memory| memory.lapses);
        let leech = lapsed && next.lapses >= LEECH_LAPSES && (next.lapses - LEECH_LAPSES).is_multiple_of(LEECH_LAPSES / 2);
        Self { memory: Some(next), suspended: leech, leech: self.leech || leech, buried_until: None }
    }

    /// Not asked again today.
    pub fn buried(&self, today: Day) -> Self {
        Self { buried_until: Some(today.plus(1)), ..self.clone() }
    }

    pub fn set_suspended(&self, suspended: bool) -> Self {
        Self { suspended, buried_until: self.buried_until.filter(|_| suspended), ..self.clone() }
    }

    /// Answers so far.
    pub fn reps(&self) -> u32 {
        self.memory.as_ref().map_or(0, |memory| memory.reps)
    }

    /// True while the card is not asked on `today`.
    pub fn is_aside(&self, today: Day) -> bool {
        self.suspended || self.buried_until.is_some_and(|until| today < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const TODAY: Day = Day::from_number(20_776);

    fn memory(stability: u32, lapses: u32) -> Memory {
        Memory {
            phase: Phase::Review,
            stability,
            difficulty: 5_000,
            reps: lapses + 1,
            lapses,
            reviewed_on: TODAY,
            due: Due::On(TODAY.plus(1)),
        }
    }

    #[test]
    fn nine_in_ten_are_left_after_the_stability() {
        // (stability in thousandths, days, millionths)
        for (stability, days, left) in
            [(10_000, 0, 1_000_000), (10_000, 10, 900_000), (1_000, 1, 900_000), (3_126, 30, 554_603), (1, 36_500, 341)]
        {
            assert_eq!(memory(stability, 0).left(days), left, "{stability} after {days}");
        }
    }

    #[test]
    fn a_card_is_a_leech_at_its_eighth_lapse_and_every_fourth_after() {
        let mut state = CardState::default();
        let mut leeches = Vec::new();
        for lapses in 1..=16 {
            state = state.answered(memory(1_000, lapses));
            if state.suspended {
                leeches.push(lapses);
                state = state.set_suspended(false);
                assert!(state.leech, "the mark stays");
            }
        }
        assert_eq!(leeches, [8, 12, 16]);
        let eighth = CardState { memory: Some(memory(1_000, 8)), ..CardState::default() };
        assert!(!eighth.answered(memory(1_200, 8)).suspended, "an answer without a lapse suspends nothing");
    }

    #[test]
    fn a_buried_card_is_back_tomorrow_and_a_suspended_one_when_it_is_taken_back() {
        let buried = CardState::default().buried(TODAY);
        assert!(buried.is_aside(TODAY) && !buried.is_aside(TODAY.plus(1)));
        let suspended = CardState::default().set_suspended(true);
        assert!(suspended.is_aside(TODAY.plus(400)) && !suspended.set_suspended(false).is_aside(TODAY));
    }

    #[test]
    fn a_key_says_whose_card_it_is() {
        let id = PublicId::new([7; 16]);
        assert_eq!(CardKey::own(id).own_id(), Some(id));
        assert_eq!(CardKey::shipped("acme/web/basics", "rest").as_str(), "acme/web/basics:rest");
        assert_eq!(CardKey::shipped("backend-developer", "rest").own_id(), None);
    }
}
