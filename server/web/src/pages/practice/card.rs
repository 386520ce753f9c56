//! One card at a time: the question, then what a good answer covers, then how it went.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::practice::{CardKey, CardState, Due, Grade, Memory};
use domain::time::{Day, Instant};
use serde::Deserialize;

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::services::practice::{self, Aside, Back, Ground};
use crate::state::{Shared, State};
use crate::view::{View, page, see};

#[derive(Template)]
#[template(path = "practice/card.html")]
struct CardPage {
    w: View,
    card: CardKey,
    /// Only cards of this topic are asked; empty for all.
    only: String,
    deck: String,
    topic: Option<String>,
    left: usize,
    seen: u32,
    front: String,
    note: Option<String>,
    /// None until the answer is shown.
    shown: Option<Shown>,
}

struct Shown {
    /// HTML, one a line.
    covers: Vec<String>,
    text: Option<String>,
    own: String,
    grades: Vec<GradeButton>,
}

struct GradeButton {
    grade: &'static str,
    key: usize,
    name: String,
    when: String,
    main: bool,
}

#[derive(Deserialize)]
pub struct Which {
    topic: Option<String>,
    done: Option<String>,
}

/// The next card that is due; none: back to the overview.
pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Which>) -> Result<HttpResponse, Error> {
    let ground = practice::ground(&state, &who).await?;
    let desk = practice::desk(&state, &ground).await?;
    let only = query.0.topic.unwrap_or_default();
    let queue = desk.queue(Some(only.as_str()).filter(|topic| !topic.is_empty()));
    let Some((key, card)) = queue.cards.first().and_then(|key| desk.find(key)).map(|(seat, card)| (seat.key.clone(), card.clone())) else {
        return Ok(see(format!("{}?done=all", state.links.path("practice", &[]))));
    };
    let mut filled = filled(&state, &request, &who, &ground, key, &card, only, queue.cards.len()).await?;
    let w = &filled.w;
    filled.note = match query.0.done.as_deref() {
        Some("leech") => Some(w.t("practice-leech-note")),
        Some("bury") => Some(w.t("practice-buried")),
        Some("suspend") => Some(w.t("practice-suspended")),
        _ => None,
    };
    page(&filled)
}

/// POST: the same card with its answer. Nothing is stored, not even one's own answer.
pub async fn reveal(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let ground = practice::ground(&state, &who).await?;
    let desk = practice::desk(&state, &ground).await?;
    let only = form.raw("topic").to_owned();
    let left = desk.queue(Some(only.as_str()).filter(|topic| !topic.is_empty())).cards.len();
    let key = CardKey::written(form.raw("card"));
    let (_, card) = desk.find(&key).ok_or(Error::NotThere("card"))?;
    let mut filled = filled(&state, &request, &who, &ground, key.clone(), card, only, left).await?;
    let words = practice::words(&state, &ground, &key).await?;
    let (covers, text) = match words.back {
        Back::Covers(covers) => (covers.iter().map(|cover| markdown::line_to_html(cover)).collect(), None),
        Back::Text(text) => (Vec::new(), Some(text)),
    };
    let grades = grades(&filled.w, card.memory.as_ref(), ground.today, ground.now);
    filled.shown = Some(Shown { covers, text, own: form.raw("answer").trim().to_owned(), grades });
    page(&filled)
}

/// POST: how it went. A form that is sent twice counts once.
pub async fn grade(state: Shared, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let grade: Grade = form.parsed("grade", "grade_unknown")?.ok_or_else(|| Error::field("grade", "grade_unknown"))?;
    let seen = form.parsed::<u32>("seen", "field_malformed")?;
    let ground = practice::ground(&state, &who).await?;
    let graded = state.store.write(practice::grading(&ground, CardKey::written(form.raw("card")), grade, seen)).await?;
    let done = match graded {
        Ok(graded) => graded.leech.then_some("leech"),
        Err(Error::Rule("card_answered")) => None,
        Err(error) => return Err(error),
    };
    Ok(see(next(&state, &form, done)))
}

/// POST: not today, or not at all.
pub async fn aside(state: Shared, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let (aside, done) = match form.raw("act") {
        "bury" => (Aside::Bury, "bury"),
        "suspend" => (Aside::Suspend, "suspend"),
        _ => return Err(Error::field("act", "field_malformed")),
    };
    let ground = practice::ground(&state, &who).await?;
    state.store.write(practice::putting_aside(&ground, CardKey::written(form.raw("card")), vec![aside])).await??;
    Ok(see(next(&state, &form, Some(done))))
}

/// Where the next card is.
fn next(state: &State, form: &Form, done: Option<&str>) -> String {
    let topic = form.text("topic").map(|topic| format!("topic={}", crate::base::query_value(&topic)));
    let done = done.map(|done| format!("done={done}"));
    let query: Vec<String> = topic.into_iter().chain(done).collect();
    let at = state.links.path("practice-card", &[]);
    if query.is_empty() { at } else { format!("{at}?{}", query.join("&")) }
}

#[allow(clippy::too_many_arguments, reason = "one card with all that stands around it")]
async fn filled(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    ground: &Ground,
    key: CardKey,
    card: &CardState,
    only: String,
    left: usize,
) -> Result<CardPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "practice");
    let words = practice::words(state, ground, &key).await?;
    // One's own cards are text, shipped ones Markdown.
    let front = match words.back {
        Back::Covers(_) => markdown::line_to_html(&words.front),
        Back::Text(_) => lines_of(&words.front),
    };
    Ok(CardPage {
        card: key,
        only,
        deck: words.deck,
        topic: words.topic.map(|topic| practice::topic_name(state, &topic)),
        left,
        seen: card.reps(),
        front,
        note: None,
        shown: None,
        w,
    })
}

/// Text as HTML with its line ends.
fn lines_of(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

fn grades(w: &View, before: Option<&Memory>, today: Day, now: Instant) -> Vec<GradeButton> {
    let button = |(key, (grade, memory)): (usize, (Grade, Memory))| GradeButton {
        grade: grade.word(),
        key,
        name: w.t(match grade {
            Grade::Again => "practice-again",
            Grade::Hard => "practice-hard",
            Grade::Good => "practice-good",
            Grade::Easy => "practice-easy",
        }),
        when: when(w, &memory, today, now),
        main: grade == Grade::Good,
    };
    (1..).zip(recall::choices(before, today, now)).map(button).collect()
}

/// In how long a card comes again: `10 min`, `4 days`, `3 months`.
pub(crate) fn when(w: &View, memory: &Memory, today: Day, now: Instant) -> String {
    match memory.due {
        Due::At(at) => w.t1("practice-in-minutes", "count", (at.seconds_since(now).max(0) + 59) / 60),
        Due::On(day) => {
            let days = (day.number() - today.number()).max(0);
            match days {
                0..=30 => w.t1("practice-in-days", "count", days),
                31..=364 => w.t1("practice-in-months", "count", (days + 15) / 30),
                _ => w.t1("practice-in-years", "count", (days + 182) / 365),
            }
        }
    }
}
