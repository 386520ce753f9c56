//! Interview practice: decks of questions, what is due on a learner's day, and what a practised topic is worth.
//!
//! A card is a shipped question or one of the learner's own; [`CardKey`] names either. How long a card is kept is FSRS's
//! business (the crate `recall`); here are the rules around it, as users of Anki expect them: limits a day, steps of
//! minutes before days, burying until tomorrow, suspending, leeches.

mod deck;
mod desk;
mod import;
mod interview;
mod memory;
mod plain;
mod topic;

pub use deck::{Deck, DeckDocument, DeckQuestion, QuestionDocument, deck_from_json, parse_deck_toml, validate_deck};
pub use desk::{AHEAD_SECONDS, Desk, Done, Library, Limits, Queue, Seat, TopicCount, wanted_topics};
pub(crate) use import::line_of;
pub use import::{Import, ImportRow, MAX_IMPORT, MAX_ROWS, NewCard, RowFate, check_card, check_deck_name, read_import};
pub use interview::{MAX_MINUTES, MAX_QUESTIONS, Mark, Wish, check_notes, check_wish, pick};
pub use memory::{CardKey, CardState, Due, Grade, LEECH_LAPSES, Memory, Phase};
pub use topic::{recall_of, settle, topic_subject};
