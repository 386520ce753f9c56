//! Three weeks of interview practice, card by card, as the pages would have asked them.

use std::collections::{BTreeMap, BTreeSet};

use domain::practice::{CardKey, CardState, Desk, Done, Grade, Library, Limits, Phase};
use domain::time::{Day, Zone};
use store::practice::Review;

use super::chance::Chance;

const DAYS: i32 = 21;
/// Answers that a learner of the demo has time for on an evening.
const MOST_ANSWERS: usize = 14;
const LIMITS: Limits = Limits { new_a_day: 4, reviews_a_day: 20 };
const EVENING_SECONDS: i64 = 19 * 3_600;

/// What came of it, in the order in which it happened.
#[derive(Clone, Default)]
pub struct Practised {
    pub states: BTreeMap<CardKey, CardState>,
    pub reviews: Vec<Review>,
}

impl Practised {
    /// Topics of which a card was answered.
    pub fn topics(&self, library: &Library) -> Vec<String> {
        let topics: BTreeSet<String> =
            self.states.keys().filter_map(|key| library.get(key)).map(|(_, question)| question.topic.clone()).collect();
        topics.into_iter().collect()
    }
}

/// The evenings before `today`; some are left out. `eager` is the chance in per cent that one is not.
pub fn practise(library: &Library, wanted: &BTreeSet<String>, today: Day, home: &Zone, eager: u32, chance: &mut Chance) -> Practised {
    let mut practised = Practised::default();
    for day in (1..=DAYS).rev().map(|back| today.plus(-back)) {
        if !chance.percent(eager) {
            continue;
        }
        let mut done = Done::default();
        let mut now = day.starts_in(home).plus_seconds(EVENING_SECONDS);
        for _ in 0..MOST_ANSWERS {
            let desk = Desk::new(library.seats(), practised.states.clone(), wanted.clone(), (LIMITS, done), (day, now));
            let Some(card) = desk.queue(None).cards.into_iter().next() else { break };
            let before = practised.states.get(&card).cloned().unwrap_or_default();
            match before.memory.as_ref().map(|memory| memory.phase) {
                None => done.new += 1,
                Some(Phase::Review) => done.reviews += 1,
                Some(_) => {}
            }
            let grade = match chance.between(1, 100) {
                1..=12 => Grade::Again,
                13..=30 => Grade::Hard,
                31..=85 => Grade::Good,
                _ => Grade::Easy,
            };
            let after = recall::after(before.memory.as_ref(), grade, day, now);
            practised.states.insert(card.clone(), before.answered(after.clone()));
            practised.reviews.push(Review { card, day, at: now, grade, before: before.memory, after });
            now = now.plus_seconds(i64::from(chance.between(40, 150)));
        }
    }
    practised
}
