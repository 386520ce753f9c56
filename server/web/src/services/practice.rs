//! Practice: what is due, grading, putting aside, and making the ledger say how a topic stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ids::AccountId;
use domain::practice::{CardKey, CardState, Desk, Grade, Library, Limits, Queue, wanted_topics};
use domain::time::{Day, Instant};
use domain::world::Dice;
use store::practice::Review;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::paths;
use crate::state::State;

/// Whose desk, on which day: all that a desk is made of beside what the database says.
#[derive(Clone)]
pub struct Ground {
    account: AccountId,
    pub library: Arc<Library>,
    wanted: BTreeSet<String>,
    pub today: Day,
    pub now: Instant,
    dice: Arc<dyn Dice>,
}

impl Ground {
    /// One of the paths asks for this topic.
    pub fn wants(&self, topic: &str) -> bool {
        self.wanted.contains(topic)
    }
}

/// The words of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Name of the deck.
    pub deck: String,
    pub topic: Option<String>,
    pub front: String,
    pub back: Back,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Back {
    /// Of a shipped question: what a good answer covers, one line of Markdown each.
    Covers(Vec<String>),
    /// Of one's own card.
    Text(String),
}

/// What an answer came to.
#[derive(Clone, Debug)]
pub struct Graded {
    pub card: CardKey,
    pub state: CardState,
    /// It became a leech and is suspended now.
    pub leech: bool,
}

/// The topics of one's paths and the decks on offer, as of now.
pub async fn ground(state: &State, who: &Signed) -> Result<Ground, Error> {
    let mut wanted = BTreeSet::new();
    for (path, template) in paths::list(state, who).await? {
        wanted.extend(wanted_topics(&template, template.level(&path.target_level).unwrap_or(0)));
    }
    let now = state.clock.now();
    Ok(Ground {
        account: who.account.id,
        library: state.library(),
        wanted,
        today: now.day_in(&who.account.zone),
        now,
        dice: Arc::clone(&state.dice),
    })
}

/// The desk on this ground, inside a transaction.
pub fn desk_in(conn: &mut store::Conn<'_>, ground: &Ground) -> Result<Desk, store::Error> {
    let practice = store::practice::load(conn, ground.account, ground.today)?;
    // Whoever imports a deck wants to meet it before the questions that came with the role.
    let seats = practice.own.into_iter().chain(ground.library.seats());
    let terms = (practice.limits, practice.done);
    Ok(Desk::new(seats, practice.states, ground.wanted.clone(), terms, (ground.today, ground.now)))
}

/// One's own desk now.
pub async fn desk(state: &State, ground: &Ground) -> Result<Desk, Error> {
    let ground = ground.clone();
    Ok(state.store.read(move |conn| desk_in(conn, &ground)).await?)
}

/// What is to be asked of somebody now, for pages that only count it.
pub async fn due(state: &State, who: &Signed) -> Result<Queue, Error> {
    let ground = ground(state, who).await?;
    Ok(desk(state, &ground).await?.queue(None))
}

/// The words of a card; not there when it is neither on offer nor one's own.
pub async fn words(state: &State, ground: &Ground, key: &CardKey) -> Result<Words, Error> {
    if let Some((deck, question)) = ground.library.get(key) {
        return Ok(Words {
            deck: deck.name.clone(),
            topic: Some(question.topic.clone()),
            front: question.question.clone(),
            back: Back::Covers(question.covers.clone()),
        });
    }
    let (account, id) = (ground.account, key.own_id().ok_or(Error::NotThere("card"))?);
    let (deck, own) = state
        .store
        .read(move |conn| {
            let own = store::own_decks::card(conn, account, id)?;
            Ok((store::own_decks::get(conn, account, own.deck)?, own))
        })
        .await?;
    Ok(Words { deck: deck.name, topic: own.card.topic, front: own.card.front, back: Back::Text(own.card.back) })
}

/// The work of grading a card, for a transaction. `seen` is how often it had been answered when it was shown; another
/// number means that it was answered meanwhile, so that a form that is sent twice counts once.
///
/// When nothing of the card's topic is left for today, the ledger is told how the topic stands.
pub fn grading(
    ground: &Ground,
    card: CardKey,
    grade: Grade,
    seen: Option<u32>,
) -> impl Fn(&mut store::Conn<'_>) -> Result<Result<Graded, Error>, store::Error> + Send + 'static {
    let ground = ground.clone();
    move |conn| {
        let mut desk = desk_in(conn, &ground)?;
        let Some((seat, before)) = desk.find(&card).map(|(seat, state)| (seat.clone(), state.clone())) else {
            return Ok(Err(Error::NotThere("card")));
        };
        if seen.is_some_and(|seen| seen != before.reps()) {
            return Ok(Err(Error::Rule("card_answered")));
        }
        let (today, now) = (ground.today, ground.now);
        let after = recall::after(before.memory.as_ref(), grade, today, now);
        let state = before.answered(after.clone());
        store::practice::put_state(conn, ground.account, &card, &state)?;
        let review = Review { card: card.clone(), day: today, at: now, grade, before: before.memory.clone(), after };
        store::practice::log(conn, ground.account, &review)?;
        if let Some(topic) = seat.topic {
            store::practice::unsettle(conn, ground.account, &topic, now)?;
            desk.put(&card, state.clone());
            if desk.queue(Some(&topic)).cards.is_empty() {
                settle_in(conn, &ground, &desk, &[topic])?;
            }
        }
        Ok(Ok(Graded { card: card.clone(), leech: state.leech && state.suspended, state }))
    }
}

fn settle_in(conn: &mut store::Conn<'_>, ground: &Ground, desk: &Desk, topics: &[String]) -> Result<(), store::Error> {
    let mut ids = || ground.dice.public_id();
    store::practice::settle(conn, ground.account, desk, topics, (ground.today, ground.now), &mut ids)
}

/// The work of ending a session, for a transaction: the ledger is told of every topic that was practised since it was
/// told last. Says of how many.
pub fn finishing(ground: &Ground) -> impl Fn(&mut store::Conn<'_>) -> Result<usize, store::Error> + Send + 'static {
    let ground = ground.clone();
    move |conn| {
        let topics = store::practice::unsettled(conn, ground.account)?;
        if !topics.is_empty() {
            let desk = desk_in(conn, &ground)?;
            settle_in(conn, &ground, &desk, &topics)?;
        }
        Ok(topics.len())
    }
}

/// What can be done with a card beside answering it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Not again today.
    Bury,
    Unbury,
    Suspend,
    /// Taken back from being suspended.
    Resume,
}

/// The work of putting a card aside or taking it back, for a transaction.
pub fn putting_aside(
    ground: &Ground,
    card: CardKey,
    aside: Vec<Aside>,
) -> impl Fn(&mut store::Conn<'_>) -> Result<Result<CardState, Error>, store::Error> + Send + 'static {
    let ground = ground.clone();
    move |conn| {
        let desk = desk_in(conn, &ground)?;
        let Some((_, before)) = desk.find(&card) else { return Ok(Err(Error::NotThere("card"))) };
        let state = aside.iter().fold(before.clone(), |state, aside| match aside {
            Aside::Bury => state.buried(ground.today),
            Aside::Unbury => CardState { buried_until: None, ..state },
            Aside::Suspend => state.set_suspended(true),
            Aside::Resume => state.set_suspended(false),
        });
        store::practice::put_state(conn, ground.account, &card, &state)?;
        Ok(Ok(state))
    }
}

/// Limits as they were sent, checked.
pub fn checked_limits(new_a_day: u32, reviews_a_day: u32) -> Result<Limits, Error> {
    Ok(Limits::check(new_a_day, reviews_a_day)?)
}

/// A topic's name in the catalogue.
pub fn topic_name(state: &State, topic: &str) -> String {
    let subject = domain::practice::topic_subject(topic);
    state.catalogue().get(&subject).map_or_else(|| topic.to_owned(), |document| document.name.clone())
}
