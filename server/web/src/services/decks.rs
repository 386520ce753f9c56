//! Decks of one's own: imported with a preview, edited card by card.

use std::collections::BTreeSet;

use domain::ids::{AccountId, PublicId};
use domain::practice::{Import, MAX_ROWS, NewCard, check_card, check_deck_name, read_import, topic_subject};
use store::own_decks::{self, OwnCard, OwnDeck};

use crate::caller::Signed;
use crate::errors::{Error, Field};
use crate::state::State;

/// What a file is to become.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Of a new deck.
    pub name: String,
    /// Of rows that name none.
    pub topic: Option<String>,
    /// The file's text.
    pub text: String,
    /// The code of what kept a file from being text.
    pub unreadable: Option<&'static str>,
}

/// A file as it was read, with the checked name of its deck.
#[derive(Clone, Debug)]
pub struct Read {
    pub name: String,
    pub import: Import,
}

pub async fn list(state: &State, who: &Signed) -> Result<Vec<OwnDeck>, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| own_decks::list(conn, id)).await?)
}

pub async fn get(state: &State, who: &Signed, deck: PublicId) -> Result<(OwnDeck, Vec<OwnCard>), Error> {
    let id = who.account.id;
    Ok(state.store.scan(move |conn| Ok((own_decks::get(conn, id, deck)?, own_decks::cards(conn, id, deck)?))).await?)
}

pub async fn card(state: &State, who: &Signed, card: PublicId) -> Result<OwnCard, Error> {
    let id = who.account.id;
    Ok(state.store.read(move |conn| own_decks::card(conn, id, card)).await?)
}

/// Reads a file and says the fate of every row, and everything that is wrong with name, topic and file. Nothing is stored.
pub fn read(state: &State, wish: &Wish) -> Result<Read, Error> {
    let (name, mut wrong) = match check_deck_name(&wish.name) {
        Ok(name) => (name, Vec::new()),
        Err(error) => (String::new(), vec![Field::from(error)]),
    };
    let catalogue = state.catalogue();
    let is_topic = |id: &str| catalogue.get(&topic_subject(id)).is_some();
    if wish.topic.as_deref().is_some_and(|topic| !is_topic(topic)) {
        wrong.push(Field::new("topic", "topic_unknown"));
    }
    if let Some(code) = wish.unreadable {
        wrong.push(Field::new("file", code));
        return Err(Error::Fields(wrong));
    }
    match read_import(&wish.text, wish.topic.as_deref(), &is_topic, &BTreeSet::new()) {
        Ok(import) if wrong.is_empty() => return Ok(Read { name, import }),
        Ok(_) => {}
        Err(error) => wrong.push(error.into()),
    }
    Err(Error::Fields(wrong))
}

/// The work of keeping a file's cards as a new deck, for a transaction: rows that were refused are left out.
pub fn keeping(
    state: &State,
    who: &Signed,
    read: Read,
) -> impl Fn(&mut store::Conn<'_>) -> Result<Result<OwnDeck, Error>, store::Error> + Send + 'static {
    let (account, now, id) = (who.account.id, state.clock.now(), state.dice.public_id());
    let name = read.name;
    let cards: Vec<(PublicId, NewCard)> = read.import.cards().into_iter().map(|card| (state.dice.public_id(), card)).collect();
    move |conn| {
        if let Err(full) = room(conn, account, cards.len())? {
            return Ok(Err(full));
        }
        own_decks::create(conn, account, id, &name, now)?;
        own_decks::add(conn, account, id, &cards)?;
        own_decks::get(conn, account, id).map(Ok)
    }
}

/// The work of adding one card to a deck, for a transaction.
pub fn adding(
    state: &State,
    who: &Signed,
    deck: PublicId,
    card: NewCard,
) -> Result<impl Fn(&mut store::Conn<'_>) -> Result<Result<OwnCard, Error>, store::Error> + Send + 'static, Error> {
    let card = checked(state, card)?;
    let (account, id) = (who.account.id, state.dice.public_id());
    Ok(move |conn: &mut store::Conn<'_>| {
        if let Err(full) = room(conn, account, 1)? {
            return Ok(Err(full));
        }
        own_decks::add(conn, account, deck, &[(id, card.clone())])?;
        own_decks::card(conn, account, id).map(Ok)
    })
}

/// A card as it was sent, with every field that is wrong.
pub fn checked(state: &State, card: NewCard) -> Result<NewCard, Error> {
    let catalogue = state.catalogue();
    Ok(check_card(card, &|id| catalogue.get(&topic_subject(id)).is_some())?)
}

pub fn checked_name(name: &str) -> Result<String, Error> {
    Ok(check_deck_name(name)?)
}

fn room(conn: &mut store::Conn<'_>, account: AccountId, more: usize) -> Result<Result<(), Error>, store::Error> {
    let there = own_decks::seats(conn, account)?.len();
    Ok(if there + more > MAX_ROWS { Err(Error::field("file", "too_many_cards")) } else { Ok(()) })
}
