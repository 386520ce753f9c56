//! Search: what a learner may see, by a few words.

use actix_web::HttpResponse;
use domain::search::Query as Words;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, ok};
use crate::body::Query;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::search::{self, Found, Kind, Place};
use crate::state::Shared;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words: all have to fit, each as the beginning of a word; case and accents do not matter.
    q: String,
    /// `requirement`, `note`, `question`, `skill`, `resource`; all where absent.
    kind: Option<String>,
    /// Of each kind: 1 to 200; 20 where absent.
    limit: Option<usize>,
}

/// Something found. Kinds follow each other, the best of each first.
#[derive(Serialize, ToSchema)]
#[schema(as = SearchResult)]
pub struct FoundJson {
    /// `requirement`, `note`, `question`, `skill`, `resource`.
    kind: &'static str,
    name: String,
    /// What is said of it, as written.
    text: String,
    /// Names of the roles that it belongs to.
    roles: Vec<String>,
    /// One's own path, where it leads there.
    path: Option<String>,
    /// Id of the role whose guide it stands in.
    role: Option<String>,
    /// Of the path's or the role's revision.
    requirement: Option<String>,
    resource: Option<String>,
    url: Option<String>,
    /// Number of the ledger's entry.
    seq: Option<u32>,
    /// `skill:postgresql`
    subject: Option<String>,
    /// Of a question: its topic, where it came with a role.
    topic: Option<String>,
    /// Of a question: the card, where it is one's own.
    card: Option<String>,
    day: Option<String>,
}

impl From<Found> for FoundJson {
    fn from(found: Found) -> Self {
        let mut json = Self {
            kind: found.kind.word(),
            name: found.name,
            text: found.text,
            roles: found.roles,
            path: None,
            role: None,
            requirement: None,
            resource: None,
            url: None,
            seq: None,
            subject: found.subject.map(|subject| subject.to_string()),
            topic: None,
            card: None,
            day: found.day.map(|day| day.to_string()),
        };
        match found.place {
            Place::Path { path, requirement } => {
                json.path = Some(path.to_string());
                json.requirement = Some(requirement);
            }
            Place::Guide { role, requirement } => {
                json.role = Some(role);
                json.requirement = Some(requirement);
            }
            Place::Resource { role, resource, url } => {
                json.role = Some(role);
                json.resource = Some(resource);
                json.url = url;
            }
            Place::Entry { seq } => json.seq = Some(seq),
            Place::Topic { topic } => json.topic = Some(topic),
            Place::Card { card } => json.card = Some(card.to_string()),
            Place::Catalogue => {}
        }
        json
    }
}

pub async fn find(state: Shared, who: SignedIn, query: Query<SearchQuery>) -> Result<HttpResponse, Error> {
    let only =
        query.0.kind.as_deref().map(|kind| kind.parse::<Kind>().map_err(|()| Error::field("kind", "field_malformed"))).transpose()?;
    let limit = query.0.limit.unwrap_or(20).clamp(1, 200);
    let Some(words) = Words::parse(&query.0.q) else { return Ok(ok(&Listed::<FoundJson>::whole(Vec::new()))) };
    let mut found = search::find(&state, &who, &words).await?;
    let kinds = Kind::ALL.into_iter().filter(|kind| only.is_none_or(|only| only == *kind));
    let items = kinds.flat_map(|kind| found.remove(&kind).unwrap_or_default().into_iter().take(limit)).map(FoundJson::from).collect();
    Ok(ok(&Listed::whole(items)))
}
