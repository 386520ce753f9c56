//! Search over requirements, one's own notes, questions, the catalogue and what to learn from. Works without scripts; htmx brings
//! results while one types, and `/` leads to the field from every page.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::search::{Piece, Query as Words, excerpt, marked};
use serde::Deserialize;

use crate::base::query_value;
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::search::{self, Found, Kind, Place};
use crate::state::Shared;
use crate::view::{View, page};

/// Results of each kind on the page of all; and on the page of one kind.
const FEW: usize = 6;
const MANY: usize = 100;
/// Characters of what is shown of a text.
const EXCERPT: usize = 150;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    w: View,
    typed: String,
    /// Set when only one kind is shown.
    kind: &'static str,
    /// The same words in every kind.
    everywhere: String,
    count: Option<String>,
    groups: Vec<Group>,
    tips: bool,
}

struct Group {
    kind: &'static str,
    title: String,
    count: String,
    rows: Vec<Row>,
    more: Option<(String, String)>,
}

struct Row {
    link: Option<String>,
    outside: bool,
    name: Vec<Bit>,
    text: Vec<Bit>,
    /// Left out before and behind.
    cut: (bool, bool),
    facts: Vec<String>,
    guide: Option<(String, String)>,
}

struct Bit {
    text: String,
    hit: bool,
}

#[derive(Deserialize)]
pub struct SearchQuery {
    q: Option<String>,
    kind: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<SearchQuery>) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "search");
    let typed = query.0.q.unwrap_or_default();
    let only = match query.0.kind.as_deref() {
        None | Some("") => None,
        Some(kind) => Some(kind.parse::<Kind>().map_err(|()| Error::field("kind", "field_malformed"))?),
    };
    let words = Words::parse(&typed);
    let mut groups = Vec::new();
    let mut all = 0;
    if let Some(words) = &words {
        let found = search::find(&state, &who, words).await?;
        for kind in Kind::ALL.into_iter().filter(|kind| only.is_none_or(|only| only == *kind)) {
            let of_kind = found.get(&kind).map(Vec::as_slice).unwrap_or_default();
            all += of_kind.len();
            if !of_kind.is_empty() {
                groups.push(group(&w, words, &typed, kind, of_kind, only.is_some()));
            }
        }
    }
    page(&SearchPage {
        count: words
            .as_ref()
            .map(|_| if all == 0 { w.t1("search-nothing", "words", typed.trim()) } else { w.t1("search-count", "count", all) }),
        tips: words.is_none() || all == 0,
        kind: only.map_or("", Kind::word),
        everywhere: format!("{}?q={}", w.link("search"), query_value(&typed)),
        groups,
        typed,
        w,
    })
}

fn group(w: &View, words: &Words, typed: &str, kind: Kind, found: &[Found], is_only: bool) -> Group {
    let most = if is_only { MANY } else { FEW };
    let more = (found.len() > most && !is_only).then(|| {
        let link = format!("{}?q={}&kind={}", w.link("search"), query_value(typed), kind.word());
        (link, w.t1("search-more", "count", found.len() - most))
    });
    Group {
        kind: kind.word(),
        title: w.t(&format!("search-kind-{}", kind.word())),
        count: if found.len() > most && is_only {
            w.t2("search-first-of", "shown", most, "count", found.len())
        } else {
            found.len().to_string()
        },
        rows: found.iter().take(most).map(|one| row(w, words, one)).collect(),
        more,
    }
}

fn row(w: &View, words: &Words, found: &Found) -> Row {
    let (before, text, behind) = excerpt(words, &found.text, EXCERPT);
    let mut facts = Vec::new();
    if let Some(subject) = &found.subject {
        facts.push(w.t(&format!("search-subject-{}", subject.kind)));
    }
    facts.extend(found.day.map(|day| w.lang.day_near(day, w.today())));
    if found.roles.len() > 3 {
        facts.push(w.t1("search-roles", "count", found.roles.len()));
    } else {
        facts.extend(found.roles.iter().cloned());
    }
    if matches!(found.place, Place::Path { .. }) {
        facts.push(w.t("search-own-path"));
    }
    let (link, outside) = link(w, &found.place);
    let guide = match &found.place {
        Place::Resource { role, resource, url: Some(_) } => {
            Some((format!("{}#res-{resource}", w.link1("role", role)), w.t("search-in-guide")))
        }
        _ => None,
    };
    Row { link, outside, name: bits(words, &found.name), text: bits(words, text), cut: (before, behind), facts, guide }
}

/// Where something found leads; an address of another host is opened as such.
pub fn link(w: &View, place: &Place) -> (Option<String>, bool) {
    match place {
        Place::Path { path, requirement } => (Some(w.link2("requirement", path, requirement)), false),
        Place::Guide { role, requirement } => (Some(format!("{}?texts=1#r-{requirement}", w.link1("role", role))), false),
        Place::Resource { url: Some(url), .. } => (Some(url.clone()), true),
        Place::Resource { role, resource, url: None } => (Some(format!("{}#res-{resource}", w.link1("role", role))), false),
        Place::Entry { seq } => (Some(format!("{}?before={}#e-{seq}", w.link("ledger"), seq.saturating_add(1))), false),
        Place::Topic { topic } => (Some(format!("{}?topic={}", w.link("practice-card"), query_value(topic))), false),
        Place::Card { card } => (Some(w.link1("practice-own-card", card)), false),
        Place::Catalogue => (None, false),
    }
}

fn bits(words: &Words, text: &str) -> Vec<Bit> {
    marked(words, text).into_iter().map(|Piece { text, is_hit }| Bit { text: text.to_owned(), hit: is_hit }).collect()
}
