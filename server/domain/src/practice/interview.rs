//! Mock interviews: so many questions of chosen topics, with a time to keep for each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ledger::{FieldError, MAX_NOTE};
use crate::practice::{CardKey, Library};
use crate::subject::words;
use crate::text::is_clean_prose;

pub const MAX_QUESTIONS: u32 = 30;
pub const MAX_MINUTES: u32 = 60;

/// How one's own answer was, by one's own judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Missed,
    Partly,
    Good,
}

words!(Mark { Missed = "missed", Partly = "partly", Good = "good" });

/// What somebody wants to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Ids; none: all topics that have questions.
    pub topics: BTreeSet<String>,
    pub questions: u32,
    /// For each question; 0: no limit.
    pub minutes: u32,
}

/// Checks a wish: 1 to [`MAX_QUESTIONS`] questions, at most [`MAX_MINUTES`] minutes, topics that have questions.
pub fn check_wish(wish: Wish, library: &Library) -> Result<Wish, Vec<FieldError>> {
    let mut wrong = Vec::new();
    if !(1..=MAX_QUESTIONS).contains(&wish.questions) {
        wrong.push(FieldError::new("questions", "out_of_range"));
    }
    if wish.minutes > MAX_MINUTES {
        wrong.push(FieldError::new("minutes", "out_of_range"));
    }
    let known: BTreeSet<String> = library.seats().filter_map(|seat| seat.topic).collect();
    if known.is_empty() || !wish.topics.is_subset(&known) {
        wrong.push(FieldError::new("topics", "topic_unknown"));
    }
    if wrong.is_empty() { Ok(wish) } else { Err(wrong) }
}

/// Notes of one answer: at most 10 000 characters without control characters; blank ones are none.
pub fn check_notes(notes: Option<String>) -> Result<Option<String>, FieldError> {
    let Some(notes) = notes else { return Ok(None) };
    let notes = notes.replace("\r\n", "\n").trim().to_owned();
    if notes.chars().count() > MAX_NOTE {
        return Err(FieldError::new("notes", "too_long"));
    }
    if !is_clean_prose(&notes) {
        return Err(FieldError::new("notes", "bad_characters"));
    }
    Ok(Some(notes).filter(|notes| !notes.is_empty()))
}

/// Draws the questions, each once, topic by topic in turn so that none is left out; fewer where there are no more.
/// `dice` gives a number below its argument, which is at least 1.
pub fn pick(wish: &Wish, library: &Library, dice: &mut dyn FnMut(usize) -> usize) -> Vec<CardKey> {
    let mut piles: BTreeMap<String, Vec<CardKey>> = BTreeMap::new();
    for seat in library.seats() {
        if let Some(topic) = seat.topic.filter(|topic| wish.topics.is_empty() || wish.topics.contains(topic)) {
            piles.entry(topic).or_default().push(seat.key);
        }
    }
    let mut piles: Vec<Vec<CardKey>> = piles.into_values().collect();
    let mut order: Vec<usize> = Vec::new();
    let mut picked = Vec::new();
    while picked.len() < wish.questions as usize && !piles.iter().all(Vec::is_empty) {
        if order.is_empty() {
            order = (0..piles.len()).filter(|&pile| !piles[pile].is_empty()).collect();
        }
        let pile = order.swap_remove(dice(order.len()));
        let at = dice(piles[pile].len());
        picked.push(piles[pile].swap_remove(at));
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Deck, DeckQuestion};

    fn library() -> Library {
        let question = |id: &str, topic: &str| DeckQuestion {
            id: id.to_owned(),
            topic: topic.to_owned(),
            question: "Why?".to_owned(),
            covers: Vec::new(),
        };
        let questions = vec![question("a1", "api"), question("a2", "api"), question("a3", "api"), question("s1", "sql")];
        let deck = Deck { id: "basics".to_owned(), name: "Basics".to_owned(), language: "en".to_owned(), questions };
        Library::new([std::sync::Arc::new(deck)])
    }

    fn wish(topics: &[&str], questions: u32) -> Wish {
        Wish { topics: topics.iter().map(|topic| (*topic).to_owned()).collect(), questions, minutes: 3 }
    }

    #[test]
    fn every_topic_has_its_turn_and_no_question_comes_twice() {
        for seed in 0..20 {
            let mut next = seed;
            let mut dice = |below: usize| {
                next = (next * 7 + 3) % 101;
                next % below
            };
            let picked = pick(&wish(&[], 2), &library(), &mut dice);
            let topics: BTreeSet<String> = picked.iter().map(|key| library().get(key).unwrap().1.topic.clone()).collect();
            assert_eq!(topics.len(), 2, "{picked:?}");
            let all: BTreeSet<CardKey> = pick(&wish(&[], 30), &library(), &mut dice).into_iter().collect();
            assert_eq!(all.len(), 4, "as many as there are, each once");
            assert_eq!(pick(&wish(&["sql"], 5), &library(), &mut dice).len(), 1);
        }
    }

    #[test]
    fn a_wish_says_every_field_that_is_wrong() {
        let wrong = check_wish(Wish { minutes: 61, ..wish(&["cooking"], 0) }, &library()).unwrap_err();
        let fields: Vec<(&str, &str)> = wrong.iter().map(|error| (error.field, error.code)).collect();
        assert_eq!(fields, [("questions", "out_of_range"), ("minutes", "out_of_range"), ("topics", "topic_unknown")]);
        assert!(check_wish(wish(&["api"], 30), &library()).is_ok());
        assert_eq!(check_notes(Some("x".repeat(MAX_NOTE + 1))).unwrap_err().code, "too_long");
        assert_eq!(check_notes(Some(" \r\n ".to_owned())), Ok(None));
    }
}
