//! Decks of one's own: imported with a preview of every row, edited card by card.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::practice::{MAX_IMPORT, NewCard, RowFate};
use domain::subject::SubjectKind;
use serde::Deserialize;
use store::own_decks::{self, OwnCard, OwnDeck};

use crate::body::{self, Form, Parts, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::decks::{self, Read, Wish};
use crate::services::practice::topic_name;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// A form around a file is a little longer than the file; and its other fields.
const FORM_BYTES: usize = 8_192;
/// Good rows of a preview that are shown; of wrong ones more.
const SHOWN_GOOD: usize = 20;
const SHOWN_WRONG: usize = 200;

#[derive(Template)]
#[template(path = "practice/decks.html")]
struct DecksPage {
    w: View,
    done: Option<String>,
    errors: FormErrors,
    decks: Vec<OwnDeck>,
    shipped: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    wish: Wish,
    preview: Option<Preview>,
}

struct Preview {
    from_anki: bool,
    added: usize,
    known: usize,
    refused: usize,
    wrong: Vec<PreviewRow>,
    good: Vec<PreviewRow>,
    more_good: usize,
    more_wrong: usize,
}

struct PreviewRow {
    line: u64,
    front: String,
    back: String,
    topic: String,
    fate: String,
}

#[derive(Template)]
#[template(path = "practice/deck.html")]
struct DeckPage {
    w: View,
    done: bool,
    errors: FormErrors,
    deck: OwnDeck,
    cards: Vec<(OwnCard, String)>,
    topics: Vec<(String, String)>,
    draft: NewCard,
    name: String,
}

#[derive(Template)]
#[template(path = "practice/own_card.html")]
struct CardPage {
    w: View,
    errors: FormErrors,
    deck: OwnDeck,
    id: PublicId,
    topics: Vec<(String, String)>,
    draft: NewCard,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let mut filled = filled(&state, &request, &who, Wish::default()).await?;
    filled.done = match query.0.done.as_deref() {
        Some("import") => Some(filled.w.t("practice-imported")),
        Some("delete") => Some(filled.w.t("practice-deck-deleted")),
        _ => None,
    };
    page(&filled)
}

/// POST: reads the file and shows what would become of every row. Nothing is stored.
pub async fn preview(state: Shared, request: HttpRequest, who: SignedIn, payload: web::Payload) -> Result<HttpResponse, Error> {
    let wish = wish(&request, payload).await?;
    match decks::read(&state, &wish) {
        Ok(read) => {
            let mut filled = filled(&state, &request, &who, wish).await?;
            filled.preview = Some(told(&filled.w, &state, &read));
            page(&filled)
        }
        Err(error) => again(&state, &request, &who, wish, error).await,
    }
}

/// POST: keeps the rows that a preview called good as a new deck.
pub async fn add(state: Shared, request: HttpRequest, who: SignedIn, payload: web::Payload) -> Result<HttpResponse, Error> {
    let wish = wish(&request, payload).await?;
    let kept = match decks::read(&state, &wish) {
        Ok(read) => state.store.write(decks::keeping(&state, &who, read)).await?,
        Err(error) => Err(error),
    };
    match kept {
        Ok(_) => Ok(see(format!("{}?done=import", state.links.path("practice-decks", &[])))),
        Err(error) => again(&state, &request, &who, wish, error).await,
    }
}

async fn again(state: &State, request: &HttpRequest, who: &SignedIn, wish: Wish, error: Error) -> Result<HttpResponse, Error> {
    let errors = FormErrors::of(error)?;
    page_again(&DecksPage { errors, ..filled(state, request, who, wish).await? })
}

/// Name, topic and text of the form: the text of the file, or, where the preview sent it back, of its field.
async fn wish(request: &HttpRequest, payload: web::Payload) -> Result<Wish, Error> {
    if !body::is(request, "multipart/form-data") {
        return Err(Error::Rule("body_wrong_type"));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let form = match body::read(payload.into_inner(), MAX_IMPORT + FORM_BYTES).await {
        Ok(form) => form,
        Err(Error::Rule("body_too_large")) => return Ok(Wish { unreadable: Some("file_too_large"), ..Wish::default() }),
        Err(error) => return Err(error),
    };
    let parts = Parts::read(kind, &form)?;
    let (text, unreadable) = match parts.file("file").or_else(|| parts.bytes("text")).map(<[u8]>::to_vec).map(String::from_utf8) {
        Some(Ok(text)) => (text, None),
        Some(Err(_)) => (String::new(), Some("file_not_text")),
        None => (String::new(), Some("missing")),
    };
    let topic = Some(parts.text("topic")).filter(|topic| !topic.is_empty());
    Ok(Wish { name: parts.text("name"), topic, text, unreadable })
}

fn told(w: &View, state: &State, read: &Read) -> Preview {
    let rows = &read.import.rows;
    let row = |row: &domain::practice::ImportRow| PreviewRow {
        line: row.line,
        front: start_of(&row.card.front),
        back: start_of(&row.card.back),
        topic: row.card.topic.as_deref().map(|topic| topic_name(state, topic)).unwrap_or_default(),
        fate: match &row.fate {
            RowFate::Added => w.t("practice-row-added"),
            RowFate::Known => w.t("practice-row-known"),
            RowFate::Refused(wrong) => wrong
                .iter()
                .map(|error| w.t2("practice-row-wrong", "field", w.t(&format!("practice-{}", error.field)), "what", w.error(error.code)))
                .collect::<Vec<_>>()
                .join(" "),
        },
    };
    let count = |fate: fn(&RowFate) -> bool| rows.iter().filter(|row| fate(&row.fate)).count();
    let added = count(|fate| *fate == RowFate::Added);
    let wrong = rows.len() - added;
    Preview {
        from_anki: read.import.from_anki,
        added,
        known: count(|fate| *fate == RowFate::Known),
        refused: count(|fate| matches!(fate, RowFate::Refused(_))),
        wrong: rows.iter().filter(|row| row.fate != RowFate::Added).take(SHOWN_WRONG).map(row).collect(),
        good: rows.iter().filter(|row| row.fate == RowFate::Added).take(SHOWN_GOOD).map(row).collect(),
        more_good: added.saturating_sub(SHOWN_GOOD),
        more_wrong: wrong.saturating_sub(SHOWN_WRONG),
    }
}

/// A line of it, for a table.
fn start_of(text: &str) -> String {
    const MOST: usize = 120;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST { line } else { line.chars().take(MOST).chain(['…']).collect() }
}

/// POST: a deck is renamed, or goes with its cards.
pub async fn change(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let id = deck_id(&at)?;
    let account = who.account.id;
    if form.raw("act") == "delete" {
        state.store.write(move |conn| own_decks::delete(conn, account, id)).await?;
        return Ok(see(format!("{}?done=delete", state.links.path("practice-decks", &[]))));
    }
    match decks::checked_name(form.raw("name")) {
        Ok(name) => {
            state.store.write(move |conn| own_decks::rename(conn, account, id, &name)).await?;
            Ok(saved(&state, id))
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let name = form.raw("name").to_owned();
            page_again(&DeckPage { errors, name, ..deck(&state, &request, &who, id).await? })
        }
    }
}

pub async fn show_deck(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    page(&DeckPage { done: query.0.done.is_some(), ..deck(&state, &request, &who, deck_id(&at)?).await? })
}

/// POST: one more card.
pub async fn add_card(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let id = deck_id(&at)?;
    let added = match decks::adding(&state, &who, id, typed(&form)) {
        Ok(adding) => state.store.write(adding).await?,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => Ok(saved(&state, id)),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&DeckPage { errors, draft: typed(&form), ..deck(&state, &request, &who, id).await? })
        }
    }
}

pub async fn show_card(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    page(&own_card(&state, &request, &who, card_id(&at)?).await?)
}

/// POST: a card is rewritten, or goes.
pub async fn change_card(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let (id, account) = (card_id(&at)?, who.account.id);
    let shown = own_card(&state, &request, &who, id).await?;
    if form.raw("act") == "delete" {
        state.store.write(move |conn| own_decks::delete_card(conn, account, id)).await?;
        return Ok(saved(&state, shown.deck.public_id));
    }
    match decks::checked(&state, typed(&form)) {
        Ok(card) => {
            state.store.write(move |conn| own_decks::set_card(conn, account, id, &card)).await?;
            Ok(saved(&state, shown.deck.public_id))
        }
        Err(error) => page_again(&CardPage { errors: FormErrors::of(error)?, draft: typed(&form), ..shown }),
    }
}

fn typed(form: &Form) -> NewCard {
    NewCard { front: form.raw("front").to_owned(), back: form.raw("back").to_owned(), topic: form.text("topic") }
}

fn saved(state: &State, deck: PublicId) -> HttpResponse {
    see(format!("{}?done=1", state.links.path("practice-deck", &[&deck.to_string()])))
}

fn deck_id(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("deck"))
}

fn card_id(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("card"))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, wish: Wish) -> Result<DecksPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "practice");
    let count = |deck: &domain::practice::Deck| (deck.name.clone(), w.t1("practice-cards", "count", deck.questions.len()));
    Ok(DecksPage {
        done: None,
        errors: FormErrors::default(),
        decks: decks::list(state, who).await?,
        shipped: state.library().decks().iter().map(|deck| count(deck)).collect(),
        topics: topics(state),
        wish,
        preview: None,
        w,
    })
}

async fn deck(state: &State, request: &HttpRequest, who: &SignedIn, id: PublicId) -> Result<DeckPage, Error> {
    let (deck, cards) = decks::get(state, who, id).await?;
    let named = |card: OwnCard| {
        let topic = card.card.topic.as_deref().map(|topic| topic_name(state, topic)).unwrap_or_default();
        (card, topic)
    };
    Ok(DeckPage {
        w: View::new(state, request, Some(who.0.clone()), "practice"),
        done: false,
        errors: FormErrors::default(),
        name: deck.name.clone(),
        cards: cards.into_iter().map(named).collect(),
        topics: topics(state),
        draft: NewCard { front: String::new(), back: String::new(), topic: None },
        deck,
    })
}

async fn own_card(state: &State, request: &HttpRequest, who: &SignedIn, id: PublicId) -> Result<CardPage, Error> {
    let card = decks::card(state, who, id).await?;
    let (account, of) = (who.account.id, card.deck);
    Ok(CardPage {
        w: View::new(state, request, Some(who.0.clone()), "practice"),
        errors: FormErrors::default(),
        deck: state.store.read(move |conn| own_decks::get(conn, account, of)).await?,
        id,
        topics: topics(state),
        draft: card.card,
    })
}

/// Ids and names of the catalogue's topics, by name.
pub(crate) fn topics(state: &State) -> Vec<(String, String)> {
    let catalogue = state.catalogue();
    let mut topics: Vec<(String, String)> =
        catalogue.of_kind(SubjectKind::Topic).map(|(subject, document)| (subject.id.clone(), document.name.clone())).collect();
    topics.sort_by(|a, b| a.1.cmp(&b.1));
    topics
}
