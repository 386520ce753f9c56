//! Decks of one's own.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::practice::{ImportRow, NewCard, RowFate};
use serde::{Deserialize, Serialize};
use store::own_decks::{self, OwnCard, OwnDeck};
use utoipa::ToSchema;

use crate::api::{Listed, id, nothing, ok};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::decks::{self, Wish};
use crate::services::once;
use crate::state::Shared;

/// A deck of one's own.
#[derive(Serialize, ToSchema)]
#[schema(as = Deck)]
pub struct DeckJson {
    id: String,
    name: String,
    cards: i64,
    created_at: String,
}

impl From<OwnDeck> for DeckJson {
    fn from(deck: OwnDeck) -> Self {
        Self { id: deck.public_id.to_string(), name: deck.name, cards: deck.cards, created_at: deck.created_at.to_string() }
    }
}

/// A card of one's own.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnCard)]
pub struct OwnCardJson {
    id: String,
    deck: String,
    front: String,
    back: String,
    topic: Option<String>,
}

impl From<OwnCard> for OwnCardJson {
    fn from(card: OwnCard) -> Self {
        let NewCard { front, back, topic } = card.card;
        Self { id: card.public_id.to_string(), deck: card.deck.to_string(), front, back, topic }
    }
}

/// A deck with its cards.
#[derive(Serialize, ToSchema)]
#[schema(as = DeckCards)]
pub struct DeckCardsJson {
    #[serde(flatten)]
    deck: DeckJson,
    items: Vec<OwnCardJson>,
}

/// A file that becomes a deck.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeck {
    name: String,
    /// Of rows that name none; the id of a topic.
    topic: Option<String>,
    /// CSV with the columns front, back and, if wished, topic; or Anki's export “Notes in plain text”. At most some
    /// 250 KB here; the page takes twice as much.
    text: String,
}

impl From<NewDeck> for Wish {
    fn from(new: NewDeck) -> Self {
        Self { name: new.name, topic: new.topic, text: new.text, unreadable: None }
    }
}

/// What would become of a file.
#[derive(Serialize, ToSchema)]
#[schema(as = DeckPreview)]
pub struct PreviewJson {
    name: String,
    from_anki: bool,
    added: usize,
    rows: Vec<RowJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DeckPreviewRow)]
pub struct RowJson {
    /// Of the file, from 1.
    line: u64,
    front: String,
    back: String,
    topic: Option<String>,
    /// `added`, `known`, `refused`.
    fate: &'static str,
    /// Why it is refused: field and code.
    errors: Vec<RowErrorJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DeckPreviewError)]
pub struct RowErrorJson {
    field: &'static str,
    code: &'static str,
}

impl From<ImportRow> for RowJson {
    fn from(row: ImportRow) -> Self {
        let NewCard { front, back, topic } = row.card;
        let (fate, errors) = match row.fate {
            RowFate::Added => ("added", Vec::new()),
            RowFate::Known => ("known", Vec::new()),
            RowFate::Refused(wrong) => ("refused", wrong),
        };
        let errors = errors.into_iter().map(|error| RowErrorJson { field: error.field, code: error.code }).collect();
        Self { line: row.line, front, back, topic, fate, errors }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeckChange {
    name: String,
}

/// Both sides of a card.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCardText {
    front: String,
    back: String,
    topic: Option<String>,
}

impl From<OwnCardText> for NewCard {
    fn from(text: OwnCardText) -> Self {
        Self { front: text.front, back: text.back, topic: text.topic }
    }
}

pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    Ok(ok(&Listed::whole(decks::list(&state, &who).await?.into_iter().map(DeckJson::from).collect())))
}

pub async fn show(state: Shared, who: SignedIn, deck: web::Path<String>) -> Result<HttpResponse, Error> {
    let (deck, cards) = decks::get(&state, &who, id(&deck, "deck")?).await?;
    Ok(ok(&DeckCardsJson { deck: deck.into(), items: cards.into_iter().map(OwnCardJson::from).collect() }))
}

pub async fn preview(state: Shared, _: SignedIn, body: Json<NewDeck>) -> Result<HttpResponse, Error> {
    let read = decks::read(&state, &body.value.into())?;
    let added = read.import.rows.iter().filter(|row| row.fate == RowFate::Added).count();
    let rows = read.import.rows.into_iter().map(RowJson::from).collect();
    Ok(ok(&PreviewJson { name: read.name, from_anki: read.import.from_anki, added, rows }))
}

pub async fn add(state: Shared, who: SignedIn, body: Json<NewDeck>) -> Result<HttpResponse, Error> {
    let act = decks::keeping(&state, &who, decks::read(&state, &body.value.into())?);
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| Ok(act(conn)?.map(DeckJson::from))).await
}

pub async fn rename(state: Shared, who: SignedIn, deck: web::Path<String>, body: Json<DeckChange>) -> Result<HttpResponse, Error> {
    let (account, deck) = (who.account.id, id(&deck, "deck")?);
    let name = decks::checked_name(&body.value.name)?;
    once::write(&state, account, body.once, StatusCode::OK, move |conn| {
        own_decks::rename(conn, account, deck, &name)?;
        own_decks::get(conn, account, deck).map(|deck| Ok(DeckJson::from(deck)))
    })
    .await
}

pub async fn delete(state: Shared, who: SignedIn, deck: web::Path<String>, _: Once) -> Result<HttpResponse, Error> {
    let (account, deck) = (who.account.id, id(&deck, "deck")?);
    state.store.write(move |conn| own_decks::delete(conn, account, deck)).await?;
    Ok(nothing())
}

pub async fn add_card(state: Shared, who: SignedIn, deck: web::Path<String>, body: Json<OwnCardText>) -> Result<HttpResponse, Error> {
    let act = decks::adding(&state, &who, id(&deck, "deck")?, body.value.into())?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| Ok(act(conn)?.map(OwnCardJson::from))).await
}

pub async fn set_card(state: Shared, who: SignedIn, card: web::Path<String>, body: Json<OwnCardText>) -> Result<HttpResponse, Error> {
    let (account, card) = (who.account.id, id(&card, "card")?);
    let new = decks::checked(&state, body.value.into())?;
    once::write(&state, account, body.once, StatusCode::OK, move |conn| {
        own_decks::set_card(conn, account, card, &new)?;
        own_decks::card(conn, account, card).map(|card| Ok(OwnCardJson::from(card)))
    })
    .await
}

pub async fn delete_card(state: Shared, who: SignedIn, card: web::Path<String>, _: Once) -> Result<HttpResponse, Error> {
    let (account, card) = (who.account.id, id(&card, "card")?);
    state.store.write(move |conn| own_decks::delete_card(conn, account, card)).await?;
    Ok(nothing())
}
