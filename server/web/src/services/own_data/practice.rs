//! Interview practice: decks of one's own, what is remembered of each card, answers and interviews; and reviews, whose
//! outcomes travel as evidence.

use std::collections::{BTreeMap, BTreeSet};

use domain::account::Account;
use domain::practice::{CardKey, CardState, Due, Limits, MAX_ROWS, Memory, NewCard, check_card, check_deck_name, topic_subject};
use domain::time::{Day, Instant};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{interviews, own_decks, practice, reviews};

use super::{Arriving, Finding};

#[derive(Serialize, Deserialize)]
struct MovedPractice {
    #[serde(default)]
    limits: Option<MovedLimits>,
    #[serde(default)]
    decks: Vec<MovedDeck>,
    /// What is remembered, by the card: a shipped one by deck and question, one's own as `own:` and the id of a card above.
    #[serde(default)]
    cards: BTreeMap<String, MovedState>,
    /// Every answer, oldest first. Told, not imported: what is remembered says all that counts.
    #[serde(default)]
    answers: Value,
}

#[derive(Serialize, Deserialize)]
struct MovedLimits {
    new_a_day: u32,
    reviews_a_day: u32,
}

#[derive(Serialize, Deserialize)]
struct MovedDeck {
    name: String,
    #[serde(default)]
    cards: Vec<MovedCard>,
}

#[derive(Serialize, Deserialize)]
struct MovedCard {
    #[serde(default)]
    id: String,
    front: String,
    back: String,
    #[serde(default)]
    topic: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct MovedState {
    memory: Option<MovedMemory>,
    suspended: bool,
    leech: bool,
    buried_until: Option<Day>,
}

/// Stability in thousandths of a day, difficulty in thousandths.
#[derive(Serialize, Deserialize)]
struct MovedMemory {
    phase: String,
    stability: u32,
    difficulty: u32,
    reps: u32,
    lapses: u32,
    reviewed_on: Day,
    #[serde(default)]
    due_on: Option<Day>,
    #[serde(default)]
    due_at: Option<Instant>,
}

pub(super) fn export(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let cards = own_decks::all_cards(conn, account.id)?;
    let deck = |deck: own_decks::OwnDeck| MovedDeck {
        cards: cards.iter().filter(|card| card.deck == deck.public_id).map(MovedCard::from).collect(),
        name: deck.name,
    };
    let answers = practice::answers(conn, account.id)?.into_iter();
    let moved = MovedPractice {
        limits: Some(practice::limits(conn, account.id)?)
            .map(|limits| MovedLimits { new_a_day: limits.new_a_day, reviews_a_day: limits.reviews_a_day }),
        decks: own_decks::list(conn, account.id)?.into_iter().map(deck).collect(),
        cards: practice::states(conn, account.id)?.into_iter().map(|(key, state)| (key.as_str().to_owned(), state.into())).collect(),
        answers: answers
            .map(|answer| json!({ "card": answer.card.as_str(), "day": answer.day, "at": answer.at, "grade": answer.grade.word() }))
            .collect(),
    };
    serde_json::to_value(moved).map_err(|error| store::Error::Machine(error.to_string()))
}

/// A deck of the same name takes the cards that it lacks; a card that is remembered here already stays as it is.
pub(super) fn import(conn: &mut store::Conn<'_>, arriving: &Arriving, value: Value) -> store::Result<Vec<Finding>> {
    let Ok(moved) = serde_json::from_value::<MovedPractice>(value) else {
        return Ok(vec![Finding::refused("practice", "", "field_malformed")]);
    };
    let account = arriving.account.id;
    let mut findings = Vec::new();
    let mut keys = BTreeMap::new();
    for (place, deck) in (0..).zip(moved.decks) {
        one_deck(conn, arriving, deck, &format!("practice.decks[{place}]"), &mut keys, &mut findings)?;
    }
    let known = practice::states(conn, account)?;
    let mut remembered = 0;
    for (written, state) in moved.cards {
        let key = match written.strip_prefix("own:") {
            Some(id) => keys.get(id).cloned(),
            None => Some(CardKey::written(written.as_str())),
        };
        let Some(key) = key.filter(|key| !known.contains_key(key)) else { continue };
        match state.checked(arriving.today) {
            Some(state) => {
                practice::put_state(conn, account, &key, &state)?;
                remembered += 1;
            }
            None => findings.push(Finding::refused(format!("practice.cards.{}", super::clipped(&written)), "", "field_malformed")),
        }
    }
    if remembered > 0 {
        findings.push(Finding::new("memory_new", "", remembered));
    }
    if let Some(limits) = moved.limits
        && practice::limits(conn, account)? == Limits::default()
    {
        match Limits::check(limits.new_a_day, limits.reviews_a_day) {
            Ok(limits) => practice::set_limits(conn, account, limits)?,
            Err(wrong) => findings.extend(wrong.into_iter().map(|wrong| Finding::refused("practice.limits", wrong.field, wrong.code))),
        }
    }
    Ok(findings)
}

fn one_deck(
    conn: &mut store::Conn<'_>,
    arriving: &Arriving,
    moved: MovedDeck,
    place: &str,
    keys: &mut BTreeMap<String, CardKey>,
    findings: &mut Vec<Finding>,
) -> store::Result<()> {
    let account = arriving.account.id;
    let name = match check_deck_name(&moved.name) {
        Ok(name) => name,
        Err(wrong) => {
            findings.push(Finding::refused(place, wrong.field, wrong.code));
            return Ok(());
        }
    };
    let deck = match own_decks::list(conn, account)?.into_iter().find(|deck| deck.name == name) {
        Some(deck) => deck.public_id,
        None => {
            let id = arriving.dice.public_id();
            own_decks::create(conn, account, id, &name, arriving.now)?;
            id
        }
    };
    let has: BTreeMap<String, CardKey> =
        own_decks::cards(conn, account, deck)?.into_iter().map(|card| (card.card.front, CardKey::own(card.public_id))).collect();
    let is_topic = |id: &str| arriving.catalogue.get(&topic_subject(id)).is_some();
    let mut room = MAX_ROWS.saturating_sub(own_decks::seats(conn, account)?.len());
    let (mut new, mut fronts) = (Vec::new(), BTreeSet::new());
    for (at, card) in (0..).zip(moved.cards) {
        let at = format!("{place}.cards[{at}]");
        // A topic that no catalogue here knows would count for nothing.
        let topic = card.topic.filter(|topic| is_topic(topic));
        let written = match check_card(NewCard { front: card.front, back: card.back, topic }, &is_topic) {
            Ok(card) => card,
            Err(wrong) => {
                findings.extend(wrong.into_iter().map(|wrong| Finding::refused(at.as_str(), wrong.field, wrong.code)));
                continue;
            }
        };
        if let Some(key) = has.get(&written.front) {
            keys.insert(card.id, key.clone());
        } else if room == 0 {
            findings.push(Finding::refused(at, "", "too_many_cards"));
        } else if fronts.insert(written.front.clone()) {
            let id = arriving.dice.public_id();
            keys.insert(card.id, CardKey::own(id));
            new.push((id, written));
            room -= 1;
        }
    }
    own_decks::add(conn, account, deck, &new)?;
    findings.push(Finding::new(if new.is_empty() { "deck_known" } else { "deck_new" }, name, new.len()));
    Ok(())
}

impl From<&own_decks::OwnCard> for MovedCard {
    fn from(card: &own_decks::OwnCard) -> Self {
        let NewCard { front, back, topic } = card.card.clone();
        Self { id: card.public_id.to_string(), front, back, topic }
    }
}

impl From<CardState> for MovedState {
    fn from(state: CardState) -> Self {
        let CardState { memory, suspended, leech, buried_until } = state;
        let memory = memory.map(|memory| {
            let (due_on, due_at) = match memory.due {
                Due::On(day) => (Some(day), None),
                Due::At(at) => (None, Some(at)),
            };
            let Memory { phase, stability, difficulty, reps, lapses, reviewed_on, .. } = memory;
            MovedMemory { phase: phase.word().to_owned(), stability, difficulty, reps, lapses, reviewed_on, due_on, due_at }
        });
        Self { memory, suspended, leech, buried_until }
    }
}

impl MovedState {
    /// None where it says what no answer can have left.
    fn checked(self, today: Day) -> Option<CardState> {
        let memory = match self.memory {
            None => None,
            Some(moved) => Some(moved.checked(today)?),
        };
        Some(CardState { memory, suspended: self.suspended, leech: self.leech, buried_until: self.buried_until })
    }
}

impl MovedMemory {
    fn checked(self, today: Day) -> Option<Memory> {
        let due = match (self.due_on, self.due_at) {
            (Some(day), None) => Due::On(day),
            (None, Some(at)) => Due::At(at),
            _ => return None,
        };
        let Self { phase, stability, difficulty, reps, lapses, reviewed_on, .. } = self;
        let fits = i32::try_from(stability).is_ok() && i32::try_from(reps).is_ok() && lapses <= reps && reviewed_on <= today;
        let in_range = stability >= 1 && (1_000..=10_000).contains(&difficulty) && fits;
        let phase = phase.parse().ok()?;
        in_range.then_some(Memory { phase, stability, difficulty, reps, lapses, reviewed_on, due })
    }
}

/// Interviews with what was noted, newest first.
pub(super) fn interviews(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let all = interviews::list(conn, account.id, i64::MAX)?;
    let question = |question: interviews::Question| {
        json!({
            "topic": question.topic, "question": question.question, "opened_at": question.opened_at, "answered_at": question.answered_at,
            "notes": question.notes, "mark": question.mark.map(|mark| mark.word()),
        })
    };
    let interview = |one: interviews::Interview| {
        json!({
            "started_at": one.started_at, "minutes": one.minutes,
            "questions": one.questions.into_iter().map(question).collect::<Vec<_>>(),
        })
    };
    Ok(all.into_iter().map(interview).collect())
}

/// Who was asked to look at what, and what they answered, newest first. The links' secrets are nowhere.
pub(super) fn reviews(conn: &mut store::Conn<'_>, account: &Account) -> store::Result<Value> {
    let all = reviews::list(conn, account.id, None, None, i64::MAX)?;
    let answer = |answer: reviews::Answer| {
        let verdicts: Vec<Value> = answer
            .review
            .criteria
            .iter()
            .map(|one| json!({ "subject": one.subject.to_string(), "verdict": one.verdict.word(), "comment": one.comment }))
            .collect();
        json!({ "at": answer.at, "entry": answer.entry, "returned": answer.returned, "comment": answer.review.comment, "verdicts": verdicts })
    };
    let request = |request: reviews::Request| {
        json!({
            "id": request.public_id.to_string(), "entry": request.entry, "mentors": request.is_for_mentors,
            "reviewer": request.reviewer, "message": request.message,
            "asked_at": request.created_at, "expires_at": request.expires_at, "revoked": request.is_revoked,
            "answer": request.answer.map(answer),
        })
    };
    Ok(all.into_iter().map(request).collect())
}
