//! Practice: what is due, topic by topic, the day's limits, and cards that are put aside.

pub mod card;
pub mod decks;
pub mod interview;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::practice::{CardKey, Desk, Limits, Queue, TopicCount};
use serde::Deserialize;

use crate::base::query_value;
use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::kept::{Ask, Fresh};
use crate::pages::marks::width_of;
use crate::services::practice::{self, Aside, Ground};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page_again, see};

/// Suspended cards that the page shows.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "practice/overview.html")]
struct PracticePage {
    w: View,
    done: Option<String>,
    errors: FormErrors,
    due: usize,
    /// What they are, in words.
    parts: String,
    waits_until: Option<String>,
    unsettled: usize,
    topics: Vec<TopicRow>,
    suspended: Vec<SuspendedRow>,
    more_suspended: usize,
    new_a_day: String,
    reviews_a_day: String,
    interviews: bool,
}

struct TopicRow {
    id: Option<String>,
    name: String,
    due: usize,
    new: usize,
    seen: String,
    bar: String,
    seen_width: String,
    /// Where its cards are asked; none when there is nothing to ask now.
    start: Option<String>,
}

struct SuspendedRow {
    key: CardKey,
    front: String,
    leech: bool,
    lapses: u32,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "practice");
    let ask = Ask::page(&state, &request, &who, &w);
    ask.or_make(async || {
        let mut filled = filled(&state, &request, &who).await?;
        filled.done = match query.0.done.as_deref() {
            Some("all") => Some(w.t("practice-all-done")),
            Some("finish") => Some(w.t("practice-finished")),
            Some("limits") => Some(w.t("practice-limits-saved")),
            Some("resume") => Some(w.t("practice-resumed")),
            _ => None,
        };
        Ok(Fresh::page(&filled)?.unless(filled.waits_until.is_some()))
    })
    .await
}

/// POST: the limits of a day.
pub async fn limits(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let number = |field: &str| form.parsed::<u32>(field, "out_of_range").and_then(|n| n.ok_or_else(|| Error::field(field, "missing")));
    let read = number("new_a_day").and_then(|new| practice::checked_limits(new, number("reviews_a_day")?));
    match read {
        Ok(limits) => {
            let id = who.account.id;
            state.store.write(move |conn| store::practice::set_limits(conn, id, limits)).await?;
            Ok(see(format!("{}?done=limits", state.links.path("practice", &[]))))
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let typed = |field: &str| form.raw(field).to_owned();
            let (new_a_day, reviews_a_day) = (typed("new_a_day"), typed("reviews_a_day"));
            page_again(&PracticePage { errors, new_a_day, reviews_a_day, ..filled(&state, &request, &who).await? })
        }
    }
}

/// POST: the session is over; what was practised counts now.
pub async fn finish(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let ground = practice::ground(&state, &who).await?;
    state.store.write(practice::finishing(&ground)).await?;
    Ok(see(format!("{}?done=finish", state.links.path("practice", &[]))))
}

/// POST: a suspended card is asked again.
pub async fn resume(state: Shared, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let ground = practice::ground(&state, &who).await?;
    state.store.write(practice::putting_aside(&ground, CardKey::written(form.raw("card")), vec![Aside::Resume])).await??;
    Ok(see(format!("{}?done=resume", state.links.path("practice", &[]))))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn) -> Result<PracticePage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "practice");
    let ground = practice::ground(state, who).await?;
    let (desk, limits, unsettled) = state
        .store
        .read({
            let (ground, id) = (ground.clone(), who.account.id);
            move |conn| {
                let desk = practice::desk_in(conn, &ground)?;
                Ok((desk, store::practice::limits(conn, id)?, store::practice::unsettled(conn, id)?.len()))
            }
        })
        .await?;
    let queue = desk.queue(None);
    let suspended = desk.suspended();
    let more_suspended = suspended.len().saturating_sub(SHOWN);
    let mut rows = Vec::new();
    for (seat, card) in suspended.into_iter().take(SHOWN) {
        let lapses = card.memory.as_ref().map_or(0, |memory| memory.lapses);
        rows.push(SuspendedRow {
            front: practice::words(state, &ground, &seat.key).await?.front,
            key: seat.key.clone(),
            leech: card.leech,
            lapses,
        });
    }
    Ok(filled_of(state, w, &ground, &desk, &queue, limits, unsettled, rows, more_suspended))
}

#[allow(clippy::too_many_arguments, reason = "everything that the page shows, loaded before")]
fn filled_of(
    state: &State,
    w: View,
    ground: &Ground,
    desk: &Desk,
    queue: &Queue,
    limits: Limits,
    unsettled: usize,
    suspended: Vec<SuspendedRow>,
    more_suspended: usize,
) -> PracticePage {
    let row = |(id, count): (Option<String>, TopicCount)| TopicRow {
        name: id.as_deref().map_or_else(|| w.t("practice-no-topic"), |id| practice::topic_name(state, id)),
        start: id
            .as_deref()
            .filter(|id| !desk.queue(Some(id)).cards.is_empty())
            .map(|id| format!("{}?topic={}", state.links.path("practice-card", &[]), query_value(id))),
        due: count.due,
        new: count.new,
        seen: w.t2("practice-seen", "seen", count.seen, "cards", count.cards),
        bar: w.t2("practice-seen-bar", "seen", count.seen, "cards", count.cards),
        seen_width: width_of(count.seen as u32, count.cards as u32),
        id,
    };
    let mut topics: Vec<TopicRow> = desk.topics().into_iter().map(row).collect();
    // What the paths ask comes first.
    topics.sort_by_key(|row| (!row.id.as_deref().is_some_and(|id| ground.wants(id)), row.id.is_none()));
    PracticePage {
        done: None,
        errors: FormErrors::default(),
        due: queue.cards.len(),
        parts: parts(&w, queue),
        waits_until: queue.waits_until.map(|at| w.moment(&at)),
        unsettled,
        topics,
        suspended,
        more_suspended,
        new_a_day: limits.new_a_day.to_string(),
        reviews_a_day: limits.reviews_a_day.to_string(),
        interviews: !ground.library.decks().is_empty(),
        w,
    }
}

/// `2 in steps, 5 due, 3 new`.
fn parts(w: &View, queue: &Queue) -> String {
    let part = |key: &str, count: usize| (count > 0).then(|| w.t1(key, "count", count));
    let parts = [
        part("practice-count-learning", queue.learning),
        part("practice-count-reviews", queue.reviews),
        part("practice-count-new", queue.new),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
