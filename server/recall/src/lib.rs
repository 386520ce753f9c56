//! When a card comes again: FSRS, as `rs-fsrs` computes it. A crate of its own, because that computes in floating point
//! and domain does not; what comes out is whole thousandths, frozen in the card's row, so nothing is ever computed from
//! an unrounded number.
//!
//! FSRS is told the learner's own days, not instants: a card answered late one evening and early the next morning was
//! kept a day. Its default parameters, without fuzz: the same answers give the same days.

use chrono::{DateTime, TimeDelta, Utc};
use domain::practice::{Due, Grade, Memory, Phase};
use domain::time::{Day, Instant};
use rs_fsrs::{Card, FSRS, Parameters, Rating, State};

const DAY_SECONDS: i64 = 86_400;

/// What an answer makes of a card; `before` is none for its first.
pub fn after(before: Option<&Memory>, grade: Grade, today: Day, now: Instant) -> Memory {
    let card = before.map(card).unwrap_or_default();
    // A day that lies before the last answer happens when somebody travels west; nothing was forgotten meanwhile.
    let today = before.map_or(today, |memory| memory.reviewed_on.max(today));
    let midnight = midnight(today);
    let next = FSRS::new(Parameters { enable_fuzz: false, ..Parameters::default() }).next(card, midnight, rating(grade)).card;
    let due = if next.scheduled_days > 0 {
        Due::On(today.plus(i32::try_from(next.scheduled_days).unwrap_or(i32::MAX)))
    } else {
        Due::At(now.plus_seconds((next.due - midnight).num_seconds()))
    };
    Memory {
        phase: phase(next.state),
        stability: thousandths(next.stability),
        difficulty: thousandths(next.difficulty),
        reps: before.map_or(0, |memory| memory.reps) + 1,
        lapses: u32::try_from(next.lapses).unwrap_or_default(),
        reviewed_on: today,
        due,
    }
}

/// What each answer would make of the card, worst first.
pub fn choices(before: Option<&Memory>, today: Day, now: Instant) -> Vec<(Grade, Memory)> {
    Grade::ALL.iter().map(|&grade| (grade, after(before, grade, today, now))).collect()
}

fn card(memory: &Memory) -> Card {
    Card {
        stability: f64::from(memory.stability) / 1_000.0,
        difficulty: f64::from(memory.difficulty) / 1_000.0,
        reps: i32::try_from(memory.reps).unwrap_or(i32::MAX),
        lapses: i32::try_from(memory.lapses).unwrap_or(i32::MAX),
        state: match memory.phase {
            Phase::Learning => State::Learning,
            Phase::Review => State::Review,
            Phase::Relearning => State::Relearning,
        },
        last_review: midnight(memory.reviewed_on),
        ..Card::default()
    }
}

fn phase(state: State) -> Phase {
    match state {
        State::New | State::Learning => Phase::Learning,
        State::Review => Phase::Review,
        State::Relearning => Phase::Relearning,
    }
}

fn rating(grade: Grade) -> Rating {
    match grade {
        Grade::Again => Rating::Again,
        Grade::Hard => Rating::Hard,
        Grade::Good => Rating::Good,
        Grade::Easy => Rating::Easy,
    }
}

/// A learner's day as FSRS counts them: only differences matter, so no zone does.
fn midnight(day: Day) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(i64::from(day.number()) * DAY_SECONDS)
}

/// At least one: a stability of nothing would be divided by.
fn thousandths(number: f64) -> u32 {
    (number * 1_000.0).round().clamp(1.0, f64::from(u32::MAX / 2)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TODAY: Day = Day::from_number(20_776);
    const NOW: Instant = Instant::from_micros(20_776 * 86_400_000_000 + 36_000_000_000);

    /// The day on which a card is due, for comparing: a step of minutes is today.
    fn due_on(memory: &Memory) -> (Day, i64) {
        match memory.due {
            Due::At(at) => (memory.reviewed_on, at.micros()),
            Due::On(day) => (day, 0),
        }
    }

    #[test]
    fn a_new_card_goes_through_steps_of_minutes_and_then_by_days() {
        let first = after(None, Grade::Good, TODAY, NOW);
        assert_eq!((first.phase, first.due, first.reps, first.lapses), (Phase::Learning, Due::At(NOW.plus_seconds(600)), 1, 0));
        assert_eq!(first.stability, 3_126, "FSRS-5's w2, the stability after a first “good”");
        let second = after(Some(&first), Grade::Good, TODAY, NOW.plus_seconds(600));
        assert_eq!((second.phase, second.due, second.reps), (Phase::Review, Due::On(TODAY.plus(4)), 2));
        let easy = after(None, Grade::Easy, TODAY, NOW);
        assert_eq!((easy.phase, easy.due), (Phase::Review, Due::On(TODAY.plus(15))));
    }

    #[test]
    fn a_forgotten_card_lapses_and_comes_back_within_minutes() {
        let known = after(None, Grade::Easy, TODAY, NOW);
        let then = TODAY.plus(15);
        let forgotten = after(Some(&known), Grade::Again, then, NOW);
        assert_eq!((forgotten.phase, forgotten.lapses, forgotten.due), (Phase::Relearning, 1, Due::At(NOW.plus_seconds(300))));
        assert!(forgotten.stability < known.stability);
        assert_eq!(after(Some(&forgotten), Grade::Again, then, NOW).lapses, 1, "a lapse is counted once until the card is known again");
    }

    fn any_grade() -> impl Strategy<Value = Grade> {
        prop::sample::select(Grade::ALL.to_vec())
    }

    proptest! {
        /// Whatever happened before, a better grade never brings the card back sooner, and the same answers give the same card.
        #[test]
        fn a_better_grade_never_comes_back_sooner(history in prop::collection::vec((any_grade(), 0_i32..400), 0..12), wait in 0_i32..400) {
            let play = || {
                let (mut memory, mut day) = (None::<Memory>, TODAY);
                for (grade, wait) in &history {
                    day = day.plus(*wait);
                    memory = Some(after(memory.as_ref(), *grade, day, NOW));
                }
                (memory, day)
            };
            let (memory, day) = play();
            prop_assert_eq!(&memory, &play().0);
            let choices = choices(memory.as_ref(), day.plus(wait), NOW);
            for pair in choices.windows(2) {
                prop_assert!(due_on(&pair[0].1) <= due_on(&pair[1].1), "{:?}", pair);
                prop_assert!(pair[0].1.stability <= pair[1].1.stability, "{:?}", pair);
            }
            for (_, memory) in &choices {
                prop_assert!((1_000..=10_000).contains(&memory.difficulty));
                prop_assert!(memory.stability >= 1 && due_on(memory).0 >= day);
            }
        }
    }
}
