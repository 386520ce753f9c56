//! Questions of interviews that came with roles, and cards of one's own. What a good answer covers is not searched: it would
//! tell before one has tried.

use domain::practice::{DeckQuestion, topic_subject};
use domain::search::{Card, Query, best_first};
use store::own_decks::OwnCard;

use super::{Found, Kind, Place};
use crate::services::practice::topic_name;
use crate::state::State;

/// One's own cards are nearer than those that came along.
pub fn find(state: &State, own: &[OwnCard], query: &Query) -> Vec<Found> {
    let library = state.library();
    let shipped = library.decks().iter().flat_map(|deck| deck.questions.iter().map(|question| shipped(state, &deck.name, question)));
    let own = own.iter().map(|card| {
        let topic = card.card.topic.as_deref().map(|topic| topic_name(state, topic));
        found(&card.card.front, topic.into_iter().collect(), Place::Card { card: card.public_id })
    });
    let all: Vec<(Card, u32, Found)> = own.map(|found| (0, found)).chain(shipped.map(|found| (1, found))).map(carded).collect();
    best_first(query, all.iter().map(|(card, distance, found)| (card, *distance, found))).into_iter().cloned().collect()
}

fn shipped(state: &State, deck: &str, question: &DeckQuestion) -> Found {
    let topic = state.catalogue().get(&topic_subject(&question.topic)).map(|known| known.name.clone());
    let about = topic.into_iter().chain([deck.to_owned()]).collect();
    found(&question.question, about, Place::Topic { topic: question.topic.clone() })
}

fn found(question: &str, about: Vec<String>, place: Place) -> Found {
    Found { kind: Kind::Question, name: question.to_owned(), text: String::new(), roles: about, place, day: None, subject: None }
}

fn carded((distance, found): (u32, Found)) -> (Card, u32, Found) {
    (Card::new(&found.name, [], &found.roles.join(" ")), distance, found)
}
