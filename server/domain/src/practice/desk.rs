//! What is on the learner's desk: the cards that can be asked now, in their order and within the day's limits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::ledger::FieldError;
use crate::practice::{CardKey, CardState, Deck, DeckQuestion, Due, Memory, Phase};
use crate::template::{Asks, LevelIndex, Template};
use crate::time::{Day, Instant};

/// A step of minutes that is due within this time is asked rather than waited for, when nothing else is left.
pub const AHEAD_SECONDS: i64 = 20 * 60;

/// All shipped decks that are on offer.
#[derive(Clone, Debug, Default)]
pub struct Library {
    decks: Vec<Arc<Deck>>,
    places: BTreeMap<CardKey, (usize, usize)>,
    seats: Vec<Seat>,
}

impl Library {
    /// In this order; a deck that comes a second time is left out.
    pub fn new(decks: impl IntoIterator<Item = Arc<Deck>>) -> Self {
        let mut library = Self::default();
        for deck in decks {
            if library.decks.iter().any(|known| known.id == deck.id) {
                continue;
            }
            let at = library.decks.len();
            for (i, question) in deck.questions.iter().enumerate() {
                let seat = Seat { key: CardKey::shipped(&deck.id, &question.id), topic: Some(question.topic.clone()), own: false };
                library.places.insert(seat.key.clone(), (at, i));
                library.seats.push(seat);
            }
            library.decks.push(deck);
        }
        library
    }

    pub fn decks(&self) -> &[Arc<Deck>] {
        &self.decks
    }

    pub fn get(&self, key: &CardKey) -> Option<(&Deck, &DeckQuestion)> {
        let (deck, question) = *self.places.get(key)?;
        Some((&self.decks[deck], &self.decks[deck].questions[question]))
    }

    /// Every question, deck by deck in the authors' order.
    pub fn seats(&self) -> impl Iterator<Item = Seat> {
        self.seats.iter().cloned()
    }
}

/// A card without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub key: CardKey,
    pub topic: Option<String>,
    /// One of the learner's own.
    pub own: bool,
}

/// The topics that a path asks up to its target.
pub fn wanted_topics(template: &Template, target: LevelIndex) -> BTreeSet<String> {
    let within = template.requirements.iter().filter(|requirement| requirement.level <= target);
    within
        .filter_map(|requirement| match &requirement.asks {
            Asks::Topic(subject) => Some(subject.id.clone()),
            _ => None,
        })
        .collect()
}

/// How much is asked on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub new_a_day: u32,
    pub reviews_a_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { new_a_day: 10, reviews_a_day: 100 }
    }
}

impl Limits {
    pub const MOST: u32 = 999;

    /// Each from 0 to [`Limits::MOST`].
    pub fn check(new_a_day: u32, reviews_a_day: u32) -> Result<Self, Vec<FieldError>> {
        let wrong: Vec<FieldError> = [("new_a_day", new_a_day), ("reviews_a_day", reviews_a_day)]
            .into_iter()
            .filter(|(_, number)| *number > Self::MOST)
            .map(|(field, _)| FieldError::new(field, "out_of_range"))
            .collect();
        if wrong.is_empty() { Ok(Self { new_a_day, reviews_a_day }) } else { Err(wrong) }
    }
}

/// What was answered today, as far as limits count it. Steps of minutes count towards neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub new: u32,
    pub reviews: u32,
}

/// What the order and the limits are made of.
pub struct Desk {
    seats: Vec<(Seat, CardState)>,
    wanted: BTreeSet<String>,
    limits: Limits,
    done: Done,
    today: Day,
    now: Instant,
}

/// What is to be asked, first card first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    pub cards: Vec<CardKey>,
    /// Of them: steps of minutes, cards due by days, and new ones.
    pub learning: usize,
    pub reviews: usize,
    pub new: usize,
    /// When the next step of minutes is due that cannot be asked yet today.
    pub waits_until: Option<Instant>,
}

impl Queue {
    /// Cards that were begun: all but the new ones.
    pub fn begun(&self) -> u32 {
        u32::try_from(self.learning + self.reviews).unwrap_or(u32::MAX)
    }
}

/// How a topic's cards stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicCount {
    pub cards: usize,
    /// Answered at least once.
    pub seen: usize,
    /// Due today, before limits: steps of minutes and cards due by days.
    pub due: usize,
    /// Never answered and not put aside.
    pub new: usize,
    pub suspended: usize,
    pub leeches: usize,
}

impl Desk {
    /// `states` of cards that are not there any more mean nothing. New cards come of `wanted` topics and of the learner's
    /// own only; no topic wanted means all.
    pub fn new(
        seats: impl IntoIterator<Item = Seat>,
        mut states: BTreeMap<CardKey, CardState>,
        wanted: BTreeSet<String>,
        (limits, done): (Limits, Done),
        (today, now): (Day, Instant),
    ) -> Self {
        let seats = seats.into_iter().map(|seat| {
            let state = states.remove(&seat.key).unwrap_or_default();
            (seat, state)
        });
        Self { seats: seats.collect(), wanted, limits, done, today, now }
    }

    /// What is to be asked now; of one topic, or of all.
    ///
    /// Steps of minutes that are due come first, oldest first. Then cards due by days, the longest due first, and new
    /// ones, the first of every topic before the second of any; each within what is left of the day's limit. Steps due
    /// within [`AHEAD_SECONDS`] come last. Cards that are put aside are not asked.
    pub fn queue(&self, topic: Option<&str>) -> Queue {
        let (mut learning, mut ahead, mut reviews, mut new) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut waits_until = None;
        let mut ranks: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let asked = |seat: &Seat| topic.is_none_or(|topic| seat.topic.as_deref() == Some(topic));
        for (place, (seat, state)) in self.seats.iter().enumerate().filter(|(_, (seat, _))| asked(seat)) {
            let rank = ranks.entry(seat.topic.as_deref()).or_default();
            if state.is_aside(self.today) {
                continue;
            }
            match &state.memory {
                None => {
                    *rank += 1;
                    if topic.is_some() || self.is_wanted(seat) {
                        new.push(((*rank, place), &seat.key));
                    }
                }
                Some(Memory { due: Due::At(at), .. }) if *at <= self.now => learning.push(((*at, place), &seat.key)),
                Some(Memory { due: Due::At(at), .. }) if *at <= self.now.plus_seconds(AHEAD_SECONDS) => {
                    ahead.push(((*at, place), &seat.key))
                }
                Some(Memory { due: Due::At(at), .. }) => waits_until = Some(waits_until.map_or(*at, |first: Instant| first.min(*at))),
                Some(Memory { due: Due::On(day), .. }) if *day <= self.today => reviews.push(((*day, place), &seat.key)),
                Some(_) => {}
            }
        }
        learning.sort_unstable();
        ahead.sort_unstable();
        reviews.sort_unstable();
        new.sort_unstable();
        reviews.truncate(self.limits.reviews_a_day.saturating_sub(self.done.reviews) as usize);
        new.truncate(self.limits.new_a_day.saturating_sub(self.done.new) as usize);
        let counts = (learning.len() + ahead.len(), reviews.len(), new.len());
        let keys = learning.into_iter().map(|(_, key)| key);
        let keys = keys.chain(reviews.into_iter().map(|(_, key)| key)).chain(new.into_iter().map(|(_, key)| key));
        let cards = keys.chain(ahead.into_iter().map(|(_, key)| key)).cloned().collect();
        Queue { cards, learning: counts.0, reviews: counts.1, new: counts.2, waits_until }
    }

    /// By topic, none for cards without one.
    pub fn topics(&self) -> BTreeMap<Option<String>, TopicCount> {
        let mut topics: BTreeMap<Option<String>, TopicCount> = BTreeMap::new();
        for (seat, state) in &self.seats {
            let count = topics.entry(seat.topic.clone()).or_default();
            count.cards += 1;
            count.seen += usize::from(state.memory.is_some());
            count.suspended += usize::from(state.suspended);
            count.leeches += usize::from(state.leech);
            if !state.is_aside(self.today) {
                count.due += usize::from(state.memory.as_ref().is_some_and(|memory| self.is_due(memory)));
                count.new += usize::from(state.memory.is_none());
            }
        }
        topics
    }

    /// The memories of a topic's cards, none for one that was never answered.
    pub fn memories<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = Option<&'a Memory>> {
        self.seats.iter().filter(move |(seat, _)| seat.topic.as_deref() == Some(topic)).map(|(_, state)| state.memory.as_ref())
    }

    /// Cards that are suspended, leeches first.
    pub fn suspended(&self) -> Vec<(&Seat, &CardState)> {
        let mut found: Vec<(&Seat, &CardState)> =
            self.seats.iter().filter(|(_, state)| state.suspended).map(|(seat, state)| (seat, state)).collect();
        found.sort_by_key(|(_, state)| !state.leech);
        found
    }

    pub fn find(&self, key: &CardKey) -> Option<(&Seat, &CardState)> {
        self.seats.iter().find(|(seat, _)| seat.key == *key).map(|(seat, state)| (seat, state))
    }

    /// The same desk after `state` came to be of the card `key`.
    pub fn put(&mut self, key: &CardKey, state: CardState) {
        if let Some((_, kept)) = self.seats.iter_mut().find(|(seat, _)| seat.key == *key) {
            *kept = state;
        }
    }

    fn is_wanted(&self, seat: &Seat) -> bool {
        seat.own || self.wanted.is_empty() || seat.topic.as_ref().is_some_and(|topic| self.wanted.contains(topic))
    }

    fn is_due(&self, memory: &Memory) -> bool {
        match (memory.phase, memory.due) {
            (Phase::Learning | Phase::Relearning, Due::At(at)) => at <= self.now.plus_seconds(AHEAD_SECONDS),
            (_, Due::At(at)) => at <= self.now,
            (_, Due::On(day)) => day <= self.today,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::from_number(20_776);
    const NOW: Instant = Instant::from_micros(1_795_076_047_000_000);

    fn seat(key: &str, topic: &str) -> Seat {
        Seat { key: CardKey::written(key), topic: Some(topic.to_owned()), own: false }
    }

    fn due(due: Due) -> CardState {
        let phase = if matches!(due, Due::At(_)) { Phase::Learning } else { Phase::Review };
        let memory = Memory { phase, stability: 3_000, difficulty: 5_000, reps: 1, lapses: 0, reviewed_on: TODAY.plus(-9), due };
        CardState { memory: Some(memory), ..CardState::default() }
    }

    fn desk(cards: &[(&str, &str, CardState)], limits: (u32, u32), done: Done) -> Desk {
        let seats = cards.iter().map(|(key, topic, _)| seat(key, topic));
        let states = cards.iter().map(|(key, _, state)| (CardKey::written(*key), state.clone())).collect();
        let limits = Limits { new_a_day: limits.0, reviews_a_day: limits.1 };
        Desk::new(seats, states, BTreeSet::new(), (limits, done), (TODAY, NOW))
    }

    fn names(queue: &Queue) -> Vec<&str> {
        queue.cards.iter().map(CardKey::as_str).collect()
    }

    #[test]
    fn steps_come_first_then_what_is_longest_due_then_new_cards_topic_by_topic() {
        let new = CardState::default;
        let cards = [
            ("n1", "api", new()),
            ("n2", "api", new()),
            ("m1", "sql", new()),
            ("soon", "api", due(Due::At(NOW.plus_seconds(600)))),
            ("late", "api", due(Due::At(NOW.plus_seconds(7_200)))),
            ("step", "sql", due(Due::At(NOW.plus_seconds(-60)))),
            ("today", "sql", due(Due::On(TODAY))),
            ("over", "api", due(Due::On(TODAY.plus(-3)))),
            ("tomorrow", "api", due(Due::On(TODAY.plus(1)))),
            ("aside", "api", due(Due::On(TODAY)).set_suspended(true)),
            ("buried", "api", due(Due::On(TODAY)).buried(TODAY)),
        ];
        let desk = desk(&cards, (10, 10), Done::default());
        let queue = desk.queue(None);
        assert_eq!(names(&queue), ["step", "over", "today", "n1", "m1", "n2", "soon"]);
        assert_eq!((queue.learning, queue.reviews, queue.new), (2, 2, 3));
        assert_eq!(queue.waits_until, Some(NOW.plus_seconds(7_200)));
        assert_eq!(names(&desk.queue(Some("sql"))), ["step", "today", "m1"]);
        let api = &desk.topics()[&Some("api".to_owned())];
        assert_eq!((api.cards, api.seen, api.due, api.new, api.suspended), (8, 6, 2, 2, 1));
    }

    #[test]
    fn limits_hold_for_the_day_and_steps_are_always_finished() {
        let names: Vec<String> = (0..8).map(|n| format!("r{n}")).collect();
        let mut cards: Vec<(&str, &str, CardState)> = names.iter().map(|name| (name.as_str(), "api", due(Due::On(TODAY)))).collect();
        cards.push(("new", "api", CardState::default()));
        cards.push(("step", "api", due(Due::At(NOW))));
        // (limits, done today, reviews and new cards left)
        let done = |new, reviews| Done { new, reviews };
        for (limits, done, left) in [
            ((10, 100), done(0, 0), (8, 1)),
            ((10, 5), done(0, 0), (5, 1)),
            ((10, 5), done(0, 3), (2, 1)),
            ((1, 5), done(1, 9), (0, 0)),
            ((0, 0), done(0, 0), (0, 0)),
        ] {
            let queue = desk(&cards, limits, done).queue(None);
            assert_eq!((queue.reviews, queue.new, queue.learning), (left.0, left.1, 1), "{limits:?} {done:?}");
        }
        assert_eq!(Limits::check(1_000, 5), Err(vec![FieldError::new("new_a_day", "out_of_range")]));
    }

    #[test]
    fn new_cards_come_of_wanted_topics_unless_one_is_chosen() {
        let seats = [seat("a", "api"), seat("b", "sql"), Seat { key: CardKey::written("own"), topic: None, own: true }];
        let wanted = BTreeSet::from(["sql".to_owned()]);
        let desk = Desk::new(seats, BTreeMap::new(), wanted, (Limits::default(), Done::default()), (TODAY, NOW));
        assert_eq!(names(&desk.queue(None)), ["b", "own"]);
        assert_eq!(names(&desk.queue(Some("api"))), ["a"]);
    }
}
