//! Practice: what is due, answers, cards put aside, limits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::practice::{CardKey, CardState, Due, Grade, TopicCount};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, ok};
use crate::body::{Json, Once, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::once;
use crate::services::practice::{self, Aside, Back};
use crate::state::Shared;

/// What is due now.
#[derive(Serialize, ToSchema)]
#[schema(as = Practice)]
pub struct PracticeJson {
    /// The learner's own day.
    today: String,
    /// Cards that can be asked now, and what they are.
    due: usize,
    learning: usize,
    reviews: usize,
    new: usize,
    /// When the next step of minutes is due that cannot be asked yet.
    waits_until: Option<String>,
    limits: LimitsJson,
    /// Topics that were practised and of which the ledger does not know yet.
    unsettled: Vec<String>,
    topics: Vec<TopicJson>,
}

/// How a topic's cards stand.
#[derive(Serialize, ToSchema)]
#[schema(as = PracticeTopic)]
pub struct TopicJson {
    /// Absent for cards without a topic.
    topic: Option<String>,
    cards: usize,
    /// Answered at least once.
    seen: usize,
    /// Before limits.
    due: usize,
    new: usize,
    suspended: usize,
    leeches: usize,
}

impl TopicJson {
    fn of((topic, count): (Option<String>, TopicCount)) -> Self {
        let TopicCount { cards, seen, due, new, suspended, leeches } = count;
        Self { topic, cards, seen, due, new, suspended, leeches }
    }
}

/// How many cards a day are asked, each from 0 to 999.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = PracticeLimits)]
#[serde(deny_unknown_fields)]
pub struct LimitsJson {
    new_a_day: u32,
    reviews_a_day: u32,
}

/// A card with its answer.
#[derive(Serialize, ToSchema)]
#[schema(as = PracticeCard)]
pub struct CardJson {
    /// `backend-developer:idempotent-requests`, or `own:` and an id.
    card: String,
    deck: String,
    topic: Option<String>,
    /// Markdown of one line; of one's own card plain text.
    question: String,
    /// What a good answer covers.
    covers: Vec<String>,
    /// The back of one's own card.
    back: Option<String>,
    state: CardStateJson,
}

/// What is remembered of a card.
#[derive(Serialize, ToSchema)]
#[schema(as = PracticeState)]
pub struct CardStateJson {
    card: String,
    /// `new`, `learning`, `review`, `relearning`.
    phase: &'static str,
    /// A step of minutes: when.
    due_at: Option<String>,
    /// Due by days: the learner's own day.
    due_on: Option<String>,
    /// Days until nine in ten are still remembered.
    stability: Option<f64>,
    /// Answers so far.
    seen: u32,
    lapses: u32,
    suspended: bool,
    leech: bool,
    buried_until: Option<String>,
}

impl CardStateJson {
    fn of(card: &CardKey, state: &CardState) -> Self {
        let memory = state.memory.as_ref();
        let (due_at, due_on) = match memory.map(|memory| memory.due) {
            Some(Due::At(at)) => (Some(at.to_string()), None),
            Some(Due::On(day)) => (None, Some(day.to_string())),
            None => (None, None),
        };
        Self {
            card: card.to_string(),
            phase: memory.map_or("new", |memory| memory.phase.word()),
            due_at,
            due_on,
            stability: memory.map(|memory| f64::from(memory.stability) / 1_000.0),
            seen: state.reps(),
            lapses: memory.map_or(0, |memory| memory.lapses),
            suspended: state.suspended,
            leech: state.leech,
            buried_until: state.buried_until.map(|day| day.to_string()),
        }
    }
}

/// Which cards.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CardsQuery {
    /// Of one topic only.
    topic: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<usize>,
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[schema(as = PracticeAnswer)]
#[serde(deny_unknown_fields)]
pub struct AnswerJson {
    card: String,
    /// `again`, `hard`, `good`, `easy`.
    grade: String,
    /// `seen` of the card as it was shown; another number means that it was answered meanwhile, and is refused.
    seen: Option<u32>,
}

/// What to change of a card; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[schema(as = PracticeCardChange)]
#[serde(deny_unknown_fields)]
pub struct CardChange {
    card: String,
    /// Not asked until it is taken back.
    suspended: Option<bool>,
    /// Not asked before tomorrow.
    buried: Option<bool>,
}

/// What the end of a session came to.
#[derive(Serialize, ToSchema)]
#[schema(as = PracticeSession)]
pub struct FinishedJson {
    /// Topics of which the ledger was told.
    settled: usize,
}

pub async fn show(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let (ground, id) = (practice::ground(&state, &who).await?, who.account.id);
    let today = ground.today;
    let (desk, limits, unsettled) = state
        .store
        .read(move |conn| {
            let desk = practice::desk_in(conn, &ground)?;
            Ok((desk, store::practice::limits(conn, id)?, store::practice::unsettled(conn, id)?))
        })
        .await?;
    let queue = desk.queue(None);
    Ok(ok(&PracticeJson {
        today: today.to_string(),
        due: queue.cards.len(),
        learning: queue.learning,
        reviews: queue.reviews,
        new: queue.new,
        waits_until: queue.waits_until.map(|at| at.to_string()),
        limits: LimitsJson { new_a_day: limits.new_a_day, reviews_a_day: limits.reviews_a_day },
        unsettled,
        topics: desk.topics().into_iter().map(TopicJson::of).collect(),
    }))
}

pub async fn cards(state: Shared, who: SignedIn, query: Query<CardsQuery>) -> Result<HttpResponse, Error> {
    let ground = practice::ground(&state, &who).await?;
    let desk = practice::desk(&state, &ground).await?;
    let mut items = Vec::new();
    let most = query.0.limit.unwrap_or(50).clamp(1, 200);
    for key in desk.queue(query.0.topic.as_deref()).cards.iter().take(most) {
        let Some((_, card)) = desk.find(key) else { continue };
        let words = practice::words(&state, &ground, key).await?;
        let (covers, back) = match words.back {
            Back::Covers(covers) => (covers, None),
            Back::Text(text) => (Vec::new(), Some(text)),
        };
        items.push(CardJson {
            card: key.to_string(),
            deck: words.deck,
            topic: words.topic,
            question: words.front,
            covers,
            back,
            state: CardStateJson::of(key, card),
        });
    }
    Ok(ok(&Listed::whole(items)))
}

pub async fn answer(state: Shared, who: SignedIn, body: Json<AnswerJson>) -> Result<HttpResponse, Error> {
    let AnswerJson { card, grade, seen } = body.value;
    let grade = grade.parse::<Grade>().map_err(|_| Error::field("grade", "grade_unknown"))?;
    let ground = practice::ground(&state, &who).await?;
    let act = practice::grading(&ground, CardKey::written(card), grade, seen);
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        Ok(act(conn)?.map(|graded| CardStateJson::of(&graded.card, &graded.state)))
    })
    .await
}

pub async fn put_aside(state: Shared, who: SignedIn, body: Json<CardChange>) -> Result<HttpResponse, Error> {
    let CardChange { card, suspended, buried } = body.value;
    let suspend = suspended.map(|suspended| if suspended { Aside::Suspend } else { Aside::Resume });
    let bury = buried.map(|buried| if buried { Aside::Bury } else { Aside::Unbury });
    let card = CardKey::written(card);
    let ground = practice::ground(&state, &who).await?;
    let act = practice::putting_aside(&ground, card.clone(), suspend.into_iter().chain(bury).collect());
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| Ok(act(conn)?.map(|state| CardStateJson::of(&card, &state))))
        .await
}

pub async fn finish(state: Shared, who: SignedIn, once: Once) -> Result<HttpResponse, Error> {
    let act = practice::finishing(&practice::ground(&state, &who).await?);
    once::write(&state, who.account.id, once, StatusCode::CREATED, move |conn| Ok(Ok(FinishedJson { settled: act(conn)? }))).await
}

pub async fn set_limits(state: Shared, who: SignedIn, body: Json<LimitsJson>) -> Result<HttpResponse, Error> {
    let sent = body.value;
    let limits = practice::checked_limits(sent.new_a_day, sent.reviews_a_day)?;
    let id = who.account.id;
    once::write(&state, id, body.once, StatusCode::OK, move |conn| {
        store::practice::set_limits(conn, id, limits)?;
        Ok(Ok(sent))
    })
    .await
}
