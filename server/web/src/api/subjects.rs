//! The catalogue: what evidence can be about.

use actix_web::HttpResponse;
use domain::subject::SubjectKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, ok, word};
use crate::body::Query;
use crate::errors::Error;
use crate::state::Shared;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SubjectQuery {
    /// Words of the name, an alias or the id.
    q: Option<String>,
    /// `skill`, `criterion`, `certification`, `topic`.
    kind: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<usize>,
}

/// A subject of the catalogue.
#[derive(Serialize, ToSchema)]
#[schema(as = Subject)]
pub struct SubjectJson {
    /// As evidence names it: `skill:postgresql`.
    subject: String,
    kind: &'static str,
    id: String,
    name: String,
    aliases: Vec<String>,
    asks: Option<String>,
    esco: Option<String>,
}

/// Best first: names that begin with what was typed, then names and aliases that hold it.
pub async fn search(state: Shared, query: Query<SubjectQuery>) -> Result<HttpResponse, Error> {
    let wanted = query.0.q.unwrap_or_default().trim().to_lowercase();
    let kind = query.0.kind.as_deref().map(|kind| word::<SubjectKind>("kind", kind)).transpose()?;
    let catalogue = state.catalogue();
    let mut found: Vec<(u8, SubjectJson)> = catalogue
        .iter()
        .filter(|(subject, _)| kind.is_none_or(|kind| subject.kind == kind))
        .filter_map(|(subject, document)| {
            let rank = rank(&wanted, &document.name, &subject.id, &document.aliases)?;
            let json = SubjectJson {
                subject: subject.to_string(),
                kind: subject.kind.word(),
                id: subject.id.clone(),
                name: document.name.clone(),
                aliases: document.aliases.clone(),
                asks: document.asks.clone(),
                esco: document.esco.clone(),
            };
            Some((rank, json))
        })
        .collect();
    found.sort_by(|(a, left), (b, right)| a.cmp(b).then_with(|| left.name.cmp(&right.name)).then_with(|| left.subject.cmp(&right.subject)));
    found.truncate(query.0.limit.unwrap_or(50).clamp(1, 200));
    Ok(ok(&Listed::whole(found.into_iter().map(|(_, json)| json).collect())))
}

/// How well a subject fits, 0 best; none where it does not.
fn rank(wanted: &str, name: &str, id: &str, aliases: &[String]) -> Option<u8> {
    if wanted.is_empty() {
        return Some(0);
    }
    let name = name.to_lowercase();
    if name == wanted || id == wanted {
        Some(0)
    } else if name.starts_with(wanted) {
        Some(1)
    } else if aliases.iter().any(|alias| alias.to_lowercase().starts_with(wanted)) {
        Some(2)
    } else if name.contains(wanted) || id.contains(wanted) || aliases.iter().any(|alias| alias.to_lowercase().contains(wanted)) {
        Some(3)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_nearest_name_comes_first() {
        let aliases = ["Postgres".to_owned()];
        let of = |wanted: &str| rank(wanted, "PostgreSQL", "postgresql", &aliases);
        assert_eq!([of("postgresql"), of("postgr"), of("sql"), of("redis"), of("")], [Some(0), Some(1), Some(3), None, Some(0)]);
        assert_eq!(rank("k8s", "Kubernetes", "kubernetes", &["K8s".to_owned()]), Some(2));
    }
}
