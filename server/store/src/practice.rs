//! Practice: what learners remember of cards, every answer, the day's limits, and the decks that packs bring.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::ids::{AccountId, PackId, PublicId};
use domain::practice::{CardKey, CardState, Deck, Desk, Done, Due, Grade, Limits, Memory, Seat, deck_from_json, recall_of};
use domain::time::{Day, Instant};

use crate::rows::{self, to_json};
use crate::schema::{packs, plugins, practice_reviews, practice_settings, practice_states, practice_unsettled, question_decks};
use crate::{Conn, Error, Result, instance, ledger, own_decks};

/// What a desk is made of, beside the shipped decks.
#[derive(Clone, Debug)]
pub struct Practice {
    /// The learner's own cards, deck by deck, oldest first.
    pub own: Vec<Seat>,
    /// Of cards that were answered or put aside.
    pub states: BTreeMap<CardKey, CardState>,
    pub limits: Limits,
    /// Answered on the day.
    pub done: Done,
}

/// An answer, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub card: CardKey,
    pub day: Day,
    pub at: Instant,
    pub grade: Grade,
    /// What the card was before.
    pub before: Option<Memory>,
    pub after: Memory,
}

/// Everything of one learner for a day.
pub fn load(conn: &mut Conn<'_>, account: AccountId, today: Day) -> Result<Practice> {
    let states = states(conn, account)?;
    with(conn, account, today, states)
}

/// The same; none for who never answered a card and put none aside.
pub fn begun(conn: &mut Conn<'_>, account: AccountId, today: Day) -> Result<Option<Practice>> {
    let states = states(conn, account)?;
    if states.is_empty() { Ok(None) } else { with(conn, account, today, states).map(Some) }
}

fn with(conn: &mut Conn<'_>, account: AccountId, today: Day, states: BTreeMap<CardKey, CardState>) -> Result<Practice> {
    let own = own_decks::seats(conn, account)?;
    let phases: Vec<String> = on_backend!(conn, c => practice_reviews::table
        .filter(practice_reviews::account.eq(account.0))
        .filter(practice_reviews::day.eq(today.number()))
        .select(practice_reviews::phase)
        .load(c))?;
    let count = |phase: &str| u32::try_from(phases.iter().filter(|one| *one == phase).count()).unwrap_or(u32::MAX);
    let done = Done { new: count(NEW), reviews: count("review") };
    Ok(Practice { own, states, limits: limits(conn, account)?, done })
}

/// Of cards that were answered or put aside.
pub fn states(conn: &mut Conn<'_>, account: AccountId) -> Result<BTreeMap<CardKey, CardState>> {
    let rows: Vec<StateRow> = on_backend!(conn, c => practice_states::table
        .filter(practice_states::account.eq(account.0))
        .select(StateRow::as_select())
        .load(c))?;
    rows.into_iter().map(|row| Ok((CardKey::written(row.card.as_str()), row.state()?))).collect()
}

/// The default for a card that was never answered or put aside.
pub fn state(conn: &mut Conn<'_>, account: AccountId, card: &CardKey) -> Result<CardState> {
    let row: Option<StateRow> = on_backend!(conn, c => practice_states::table
        .find((account.0, card.as_str()))
        .select(StateRow::as_select())
        .first(c)
        .optional())?;
    row.map_or_else(|| Ok(CardState::default()), StateRow::state)
}

/// Keeps a card's state in place of the one before. Fails with `NotThere("account")`.
pub fn put_state(conn: &mut Conn<'_>, account: AccountId, card: &CardKey, state: &CardState) -> Result<()> {
    let memory = state.memory.as_ref();
    let number = |of: fn(&Memory) -> u32| memory.map(|memory| rows::signed(of(memory))).transpose();
    let (stability, difficulty) = (number(|memory| memory.stability)?, number(|memory| memory.difficulty)?);
    let (reps, lapses) = (number(|memory| memory.reps)?.unwrap_or(0), number(|memory| memory.lapses)?.unwrap_or(0));
    let (due_on, due_at) = match memory.map(|memory| memory.due) {
        None => (None, None),
        Some(Due::On(day)) => (Some(day.number()), None),
        Some(Due::At(at)) => (None, Some(at.micros())),
    };
    let values = (
        practice_states::phase.eq(memory.map(|memory| memory.phase.word())),
        practice_states::stability.eq(stability),
        practice_states::difficulty.eq(difficulty),
        practice_states::reps.eq(reps),
        practice_states::lapses.eq(lapses),
        practice_states::reviewed_on.eq(memory.map(|memory| memory.reviewed_on.number())),
        practice_states::due_on.eq(due_on),
        practice_states::due_at.eq(due_at),
        practice_states::suspended.eq(state.suspended),
        practice_states::leech.eq(state.leech),
        practice_states::buried_until.eq(state.buried_until.map(Day::number)),
    );
    on_backend!(conn, c => diesel::insert_into(practice_states::table)
        .values((practice_states::account.eq(account.0), practice_states::card.eq(card.as_str()), values))
        .on_conflict((practice_states::account, practice_states::card))
        .do_update()
        .set(values)
        .execute(c))
    .map_err(|why| Error::from(why).naming("account"))?;
    Ok(())
}

/// An answer as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub card: CardKey,
    pub day: Day,
    pub at: Instant,
    pub grade: Grade,
}

/// Every answer, oldest first.
pub fn answers(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Answered>> {
    let rows: Vec<(String, i32, i64, String)> = on_backend!(conn, c => practice_reviews::table
        .filter(practice_reviews::account.eq(account.0))
        .order(practice_reviews::id)
        .select((practice_reviews::card, practice_reviews::day, practice_reviews::at, practice_reviews::grade))
        .load(c))?;
    rows.into_iter()
        .map(|(card, day, at, grade)| {
            let (card, day, at) = (CardKey::written(card), Day::from_number(day), Instant::from_micros(at));
            Ok(Answered { card, day, at, grade: rows::word(&grade)? })
        })
        .collect()
}

/// Adds an answer to the log.
pub fn log(conn: &mut Conn<'_>, account: AccountId, review: &Review) -> Result<()> {
    let before = review.before.as_ref();
    let elapsed = rows::signed(before.map_or(0, |memory| memory.days_until(review.day)))?;
    let stability = rows::signed(review.after.stability)?;
    on_backend!(conn, c => diesel::insert_into(practice_reviews::table)
        .values((
            practice_reviews::account.eq(account.0),
            practice_reviews::card.eq(review.card.as_str()),
            practice_reviews::day.eq(review.day.number()),
            practice_reviews::at.eq(review.at.micros()),
            practice_reviews::grade.eq(review.grade.word()),
            practice_reviews::phase.eq(before.map_or(NEW, |memory| memory.phase.word())),
            practice_reviews::elapsed_days.eq(elapsed),
            practice_reviews::stability.eq(stability),
        ))
        .execute(c))?;
    Ok(())
}

/// Answers a day, oldest day first, from a day on.
pub fn answers_a_day(conn: &mut Conn<'_>, account: AccountId, from: Day) -> Result<Vec<(Day, u32)>> {
    let rows: Vec<(i32, i64)> = on_backend!(conn, c => practice_reviews::table
        .filter(practice_reviews::account.eq(account.0))
        .filter(practice_reviews::day.ge(from.number()))
        .group_by(practice_reviews::day)
        .order(practice_reviews::day)
        .select((practice_reviews::day, diesel::dsl::count_star()))
        .load(c))?;
    Ok(rows.into_iter().map(|(day, count)| (Day::from_number(day), u32::try_from(count).unwrap_or(u32::MAX))).collect())
}

pub fn limits(conn: &mut Conn<'_>, account: AccountId) -> Result<Limits> {
    let row: Option<(i32, i32)> = on_backend!(conn, c => practice_settings::table
        .find(account.0)
        .select((practice_settings::new_a_day, practice_settings::reviews_a_day))
        .first(c)
        .optional())?;
    match row {
        None => Ok(Limits::default()),
        Some((new, reviews)) => Ok(Limits { new_a_day: rows::unsigned(new)?, reviews_a_day: rows::unsigned(reviews)? }),
    }
}

pub fn set_limits(conn: &mut Conn<'_>, account: AccountId, limits: Limits) -> Result<()> {
    let values = (
        practice_settings::new_a_day.eq(rows::signed(limits.new_a_day)?),
        practice_settings::reviews_a_day.eq(rows::signed(limits.reviews_a_day)?),
    );
    on_backend!(conn, c => diesel::insert_into(practice_settings::table)
        .values((practice_settings::account.eq(account.0), values))
        .on_conflict(practice_settings::account)
        .do_update()
        .set(values)
        .execute(c))
    .map_err(|why| Error::from(why).naming("account"))?;
    Ok(())
}

/// Notes that a topic was practised and that the ledger does not say so yet.
pub fn unsettle(conn: &mut Conn<'_>, account: AccountId, topic: &str, at: Instant) -> Result<()> {
    on_backend!(conn, c => diesel::insert_into(practice_unsettled::table)
        .values((
            practice_unsettled::account.eq(account.0),
            practice_unsettled::topic.eq(topic),
            practice_unsettled::at.eq(at.micros()),
        ))
        .on_conflict((practice_unsettled::account, practice_unsettled::topic))
        .do_update()
        .set(practice_unsettled::at.eq(at.micros()))
        .execute(c))?;
    Ok(())
}

/// The topics of an account that the ledger does not speak of yet.
pub fn unsettled(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<String>> {
    Ok(on_backend!(conn, c => practice_unsettled::table
        .filter(practice_unsettled::account.eq(account.0))
        .order(practice_unsettled::topic)
        .select(practice_unsettled::topic)
        .load(c))?)
}

/// Accounts whose last answer in such a topic lies before a moment, at most so many.
pub fn unsettled_since(conn: &mut Conn<'_>, before: Instant, limit: i64) -> Result<Vec<AccountId>> {
    let ids: Vec<i64> = on_backend!(conn, c => practice_unsettled::table
        .filter(practice_unsettled::at.lt(before.micros()))
        .select(practice_unsettled::account)
        .distinct()
        .order(practice_unsettled::account)
        .limit(limit)
        .load(c))?;
    Ok(ids.into_iter().map(AccountId).collect())
}

/// Makes the ledger say how these topics stand on the learner's day, as the desk has it. `ids` gives public ids of entries.
pub fn settle(
    conn: &mut Conn<'_>,
    account: AccountId,
    desk: &Desk,
    topics: &[String],
    (today, now): (Day, Instant),
    ids: &mut dyn FnMut() -> PublicId,
) -> Result<()> {
    for topic in topics {
        if let Some(recall) = recall_of(desk.memories(topic), today) {
            let facts = ledger::facts(conn, account)?;
            for entry in domain::practice::settle(&facts, topic, recall, today, now) {
                ledger::append(conn, account, &entry, ids())?;
            }
        }
        settled(conn, account, topic)?;
    }
    Ok(())
}

fn settled(conn: &mut Conn<'_>, account: AccountId, topic: &str) -> Result<()> {
    on_backend!(conn, c => diesel::delete(practice_unsettled::table.find((account.0, topic))).execute(c))?;
    Ok(())
}

/// Keeps the decks of a pack in place of those before.
pub fn put_decks(conn: &mut Conn<'_>, pack: PackId, decks: &[Deck]) -> Result<()> {
    on_backend!(conn, c => diesel::delete(question_decks::table.filter(question_decks::pack.eq(pack.0))).execute(c))?;
    for deck in decks {
        let document = to_json(deck)?;
        on_backend!(conn, c => diesel::insert_into(question_decks::table)
            .values((question_decks::pack.eq(pack.0), question_decks::deck.eq(&deck.id), question_decks::document.eq(&document)))
            .execute(c))?;
    }
    instance::bump(conn)
}

/// Decks of packs that are active and enabled, by plugin and deck.
pub fn pack_decks(conn: &mut Conn<'_>) -> Result<Vec<Deck>> {
    let texts: Vec<String> = on_backend!(conn, c => question_decks::table
        .inner_join(packs::table.inner_join(plugins::table))
        .filter(packs::active.eq(true))
        .filter(plugins::enabled.eq(true))
        .order((packs::plugin, question_decks::deck))
        .select(question_decks::document)
        .load(c))?;
    texts.iter().map(|text| deck_from_json(text).map_err(Error::Machine)).collect()
}

/// The phase of a card that had none.
const NEW: &str = "new";

#[derive(Queryable, Selectable)]
#[diesel(table_name = practice_states, check_for_backend(diesel::sqlite::Sqlite, diesel::pg::Pg))]
struct StateRow {
    card: String,
    phase: Option<String>,
    stability: Option<i32>,
    difficulty: Option<i32>,
    reps: i32,
    lapses: i32,
    reviewed_on: Option<i32>,
    due_on: Option<i32>,
    due_at: Option<i64>,
    suspended: bool,
    leech: bool,
    buried_until: Option<i32>,
}

impl StateRow {
    fn state(self) -> Result<CardState> {
        let due = match (self.due_on, self.due_at) {
            (Some(day), _) => Some(Due::On(Day::from_number(day))),
            (None, at) => at.map(|at| Due::At(Instant::from_micros(at))),
        };
        let memory = match (self.phase, self.stability, self.difficulty, self.reviewed_on, due) {
            (Some(phase), Some(stability), Some(difficulty), Some(reviewed_on), Some(due)) => Some(Memory {
                phase: rows::word(&phase)?,
                stability: rows::unsigned(stability)?,
                difficulty: rows::unsigned(difficulty)?,
                reps: rows::unsigned(self.reps)?,
                lapses: rows::unsigned(self.lapses)?,
                reviewed_on: Day::from_number(reviewed_on),
                due,
            }),
            _ => None,
        };
        let buried_until = self.buried_until.map(Day::from_number);
        Ok(CardState { memory, suspended: self.suspended, leech: self.leech, buried_until })
    }
}
