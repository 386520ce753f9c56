//! Decks of a learner's own and their cards.

use diesel::prelude::*;
use domain::ids::{AccountId, PublicId};
use domain::practice::{CardKey, NewCard, Seat};
use domain::time::Instant;

use crate::rows::{self, one};
use crate::schema::{practice_cards, practice_decks, practice_states};
use crate::{Conn, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDeck {
    pub public_id: PublicId,
    pub name: String,
    pub created_at: Instant,
    pub cards: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCard {
    pub public_id: PublicId,
    /// Public id of its deck.
    pub deck: PublicId,
    pub card: NewCard,
}

/// Makes a deck. Fails with `NotThere("account")`.
pub fn create(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, name: &str, now: Instant) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(practice_decks::table)
        .values((
            practice_decks::public_id.eq(public_id.bytes().as_slice()),
            practice_decks::account.eq(account.0),
            practice_decks::name.eq(name),
            practice_decks::created_at.eq(now.micros()),
        ))
        .execute(c))
    .map_err(|why| Error::from(why).naming("account"))?;
    Ok(())
}

/// Oldest first, with how many cards each has.
pub fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<OwnDeck>> {
    let rows: Vec<(i64, Vec<u8>, String, i64)> = on_backend!(conn, c => practice_decks::table
        .filter(practice_decks::account.eq(account.0))
        .order(practice_decks::id)
        .select((practice_decks::id, practice_decks::public_id, practice_decks::name, practice_decks::created_at))
        .load(c))?;
    rows.into_iter()
        .map(|(id, public_id, name, created_at)| {
            let cards = on_backend!(conn, c => practice_cards::table.filter(practice_cards::deck.eq(id)).count().get_result(c))?;
            Ok(OwnDeck { public_id: rows::public_id(&public_id)?, name, created_at: Instant::from_micros(created_at), cards })
        })
        .collect()
}

/// Fails with `NotThere("deck")` when it is not a deck of the account.
pub fn get(conn: &mut Conn<'_>, account: AccountId, deck: PublicId) -> Result<OwnDeck> {
    list(conn, account)?.into_iter().find(|known| known.public_id == deck).ok_or(Error::NotThere("deck"))
}

pub fn rename(conn: &mut Conn<'_>, account: AccountId, deck: PublicId, name: &str) -> Result<()> {
    let changed = on_backend!(conn, c => diesel::update(
            practice_decks::table
                .filter(practice_decks::public_id.eq(deck.bytes().as_slice()))
                .filter(practice_decks::account.eq(account.0)),
        )
        .set(practice_decks::name.eq(name))
        .execute(c))?;
    one(changed, "deck")
}

/// With its cards and what was remembered of them; answers stay in the log.
pub fn delete(conn: &mut Conn<'_>, account: AccountId, deck: PublicId) -> Result<()> {
    for card in cards(conn, account, deck)? {
        forget(conn, account, card.public_id)?;
    }
    let gone = on_backend!(conn, c => diesel::delete(
            practice_decks::table
                .filter(practice_decks::public_id.eq(deck.bytes().as_slice()))
                .filter(practice_decks::account.eq(account.0)),
        )
        .execute(c))?;
    one(gone, "deck")
}

/// Oldest first. Fails with `NotThere("deck")`.
pub fn cards(conn: &mut Conn<'_>, account: AccountId, deck: PublicId) -> Result<Vec<OwnCard>> {
    let id = key(conn, account, deck)?;
    let rows: Vec<CardRow> = on_backend!(conn, c => practice_cards::table
        .filter(practice_cards::deck.eq(id))
        .order(practice_cards::id)
        .select(CardRow::as_select())
        .load(c))?;
    rows.into_iter().map(|row| row.card(deck)).collect()
}

/// Of all decks, oldest first.
pub fn all_cards(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<OwnCard>> {
    let rows: Vec<(CardRow, Vec<u8>)> = on_backend!(conn, c => practice_cards::table
        .inner_join(practice_decks::table)
        .filter(practice_decks::account.eq(account.0))
        .order((practice_decks::id, practice_cards::id))
        .select((CardRow::as_select(), practice_decks::public_id))
        .load(c))?;
    rows.into_iter().map(|(row, deck)| row.card(rows::public_id(&deck)?)).collect()
}

/// Adds cards at the end of a deck.
pub fn add(conn: &mut Conn<'_>, account: AccountId, deck: PublicId, cards: &[(PublicId, NewCard)]) -> Result<()> {
    let id = key(conn, account, deck)?;
    // SQLite takes some 32 000 values in a statement, PostgreSQL twice as many
    for chunk in cards.chunks(500) {
        let values: Vec<_> = chunk
            .iter()
            .map(|(public_id, card)| {
                (
                    practice_cards::public_id.eq(public_id.bytes().as_slice()),
                    practice_cards::deck.eq(id),
                    practice_cards::front.eq(&card.front),
                    practice_cards::back.eq(&card.back),
                    practice_cards::topic.eq(&card.topic),
                )
            })
            .collect();
        on_backend!(conn, c => diesel::insert_into(practice_cards::table).values(&values).execute(c))?;
    }
    Ok(())
}

/// Fails with `NotThere("card")` when it is not a card of the account.
pub fn card(conn: &mut Conn<'_>, account: AccountId, card: PublicId) -> Result<OwnCard> {
    let row: Option<(CardRow, Vec<u8>)> = on_backend!(conn, c => practice_cards::table
        .inner_join(practice_decks::table)
        .filter(practice_cards::public_id.eq(card.bytes().as_slice()))
        .filter(practice_decks::account.eq(account.0))
        .select((CardRow::as_select(), practice_decks::public_id))
        .first(c)
        .optional())?;
    let (row, deck) = row.ok_or(Error::NotThere("card"))?;
    row.card(rows::public_id(&deck)?)
}

pub fn set_card(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId, new: &NewCard) -> Result<()> {
    card(conn, account, public_id)?;
    let changed = on_backend!(conn, c => diesel::update(
            practice_cards::table.filter(practice_cards::public_id.eq(public_id.bytes().as_slice())),
        )
        .set((practice_cards::front.eq(&new.front), practice_cards::back.eq(&new.back), practice_cards::topic.eq(&new.topic)))
        .execute(c))?;
    one(changed, "card")
}

pub fn delete_card(conn: &mut Conn<'_>, account: AccountId, public_id: PublicId) -> Result<()> {
    card(conn, account, public_id)?;
    forget(conn, account, public_id)?;
    let gone = on_backend!(conn, c => diesel::delete(
            practice_cards::table.filter(practice_cards::public_id.eq(public_id.bytes().as_slice())),
        )
        .execute(c))?;
    one(gone, "card")
}

/// All cards of an account without their words, deck by deck, oldest first.
pub fn seats(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Seat>> {
    let rows: Vec<(Vec<u8>, Option<String>)> = on_backend!(conn, c => practice_cards::table
        .inner_join(practice_decks::table)
        .filter(practice_decks::account.eq(account.0))
        .order((practice_decks::id, practice_cards::id))
        .select((practice_cards::public_id, practice_cards::topic))
        .load(c))?;
    rows.into_iter().map(|(public_id, topic)| Ok(Seat { key: CardKey::own(rows::public_id(&public_id)?), topic, own: true })).collect()
}

fn forget(conn: &mut Conn<'_>, account: AccountId, card: PublicId) -> Result<()> {
    let key = CardKey::own(card);
    on_backend!(conn, c => diesel::delete(practice_states::table.find((account.0, key.as_str()))).execute(c))?;
    Ok(())
}

fn key(conn: &mut Conn<'_>, account: AccountId, deck: PublicId) -> Result<i64> {
    let id: Option<i64> = on_backend!(conn, c => practice_decks::table
        .filter(practice_decks::public_id.eq(deck.bytes().as_slice()))
        .filter(practice_decks::account.eq(account.0))
        .select(practice_decks::id)
        .first(c)
        .optional())?;
    id.ok_or(Error::NotThere("deck"))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = practice_cards, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct CardRow {
    public_id: Vec<u8>,
    front: String,
    back: String,
    topic: Option<String>,
}

impl CardRow {
    fn card(self, deck: PublicId) -> Result<OwnCard> {
        let card = NewCard { front: self.front, back: self.back, topic: self.topic };
        Ok(OwnCard { public_id: rows::public_id(&self.public_id)?, deck, card })
    }
}
