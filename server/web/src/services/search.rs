//! Search over what a reader may see: requirements and resources of roles, the catalogue, questions of interviews, and what
//! they wrote themselves. Roles and catalogue are folded once a revision and kept; one's own words are read for each search,
//! and only the reader's.

mod own;
mod questions;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use domain::catalogue::Catalogue;
use domain::ids::{PublicId, RevisionId};
use domain::path::Path;
use domain::search::{Card, Query, best_first};
use domain::subject::Subject;
use domain::template::{RequirementIndex, Template};
use domain::time::Day;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::paths;
use crate::services::roles::{self, Role};
use crate::state::State;

/// Revisions kept in memory; above that all go.
const MOST_REVISIONS: usize = 64;

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Requirement,
    Skill,
    Note,
    Question,
    Resource,
}

impl Kind {
    /// In the order of the page.
    pub const ALL: [Self; 5] = [Self::Requirement, Self::Note, Self::Question, Self::Skill, Self::Resource];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::Skill => "skill",
            Self::Note => "note",
            Self::Question => "question",
            Self::Resource => "resource",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

/// Where something found leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A requirement of one's own path.
    Path { path: PublicId, requirement: String },
    /// A requirement in a role's guide.
    Guide { role: String, requirement: String },
    /// A resource in a role's guide, with its own address where it has one.
    Resource { role: String, resource: String, url: Option<String> },
    /// An entry of the ledger.
    Entry { seq: u32 },
    /// Practice of a topic.
    Topic { topic: String },
    /// A card of one's own.
    Card { card: PublicId },
    /// Nowhere: no role on offer asks for it.
    Catalogue,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub name: String,
    /// What is said of it, as written.
    pub text: String,
    /// Names of the roles that it belongs to.
    pub roles: Vec<String>,
    pub place: Place,
    /// Of a note: when it was written; plans have no day.
    pub day: Option<Day>,
    /// Of a subject of the catalogue.
    pub subject: Option<Subject>,
}

/// A revision's words, folded.
#[derive(Default)]
struct Folded {
    requirements: Vec<Card>,
    resources: Vec<Card>,
}

type Subjects = Arc<Vec<(Subject, Card)>>;

/// Folded words of revisions and of the catalogue.
#[derive(Default)]
pub struct Index {
    revisions: RwLock<HashMap<RevisionId, Arc<Folded>>>,
    /// With the catalogue that they were made of.
    catalogue: RwLock<Option<(Arc<Catalogue>, Subjects)>>,
}

impl Index {
    fn revision(&self, id: RevisionId, template: &Template) -> Arc<Folded> {
        if let Some(known) = self.revisions.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Arc::clone(known);
        }
        let folded = Arc::new(fold(template));
        let mut revisions = self.revisions.write().unwrap_or_else(PoisonError::into_inner);
        if revisions.len() >= MOST_REVISIONS {
            revisions.clear();
        }
        revisions.insert(id, Arc::clone(&folded));
        folded
    }

    fn catalogue(&self, catalogue: &Arc<Catalogue>) -> Subjects {
        if let Some((of, cards)) = &*self.catalogue.read().unwrap_or_else(PoisonError::into_inner)
            && Arc::ptr_eq(of, catalogue)
        {
            return Arc::clone(cards);
        }
        let card = |(subject, document): (&Subject, &domain::catalogue::SubjectDocument)| {
            let aliases = document.aliases.iter().map(String::as_str).chain([subject.id.as_str()]);
            (subject.clone(), Card::new(&document.name, aliases, document.asks.as_deref().unwrap_or_default()))
        };
        let cards = Arc::new(catalogue.iter().map(card).collect());
        *self.catalogue.write().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(catalogue), Arc::clone(&cards)));
        cards
    }
}

fn fold(template: &Template) -> Folded {
    let document = &template.document;
    let requirements = template
        .requirements
        .iter()
        .zip(&document.requirements)
        .map(|(requirement, written)| {
            let ids = requirement.subjects().into_iter().map(|subject| subject.id.as_str());
            let names = [requirement.short.as_str(), requirement.id.as_str()].into_iter().chain(ids.take(1));
            let text = format!("{} {} {}", template.groups[requirement.area].name, template.groups[requirement.group].name, written.asks);
            Card::new(&requirement.name, names, &text)
        })
        .collect();
    let resource = |one: &domain::template::Resource| {
        Card::new(&one.name, [], &format!("{} {}", one.note.as_deref().unwrap_or_default(), one.url.as_deref().unwrap_or_default()))
    };
    Folded { requirements, resources: document.resources.iter().map(resource).collect() }
}

/// A role that is searched: one's own path's revision where it is followed, else the newest on offer.
struct Searched {
    revision: RevisionId,
    template: Arc<Template>,
    path: Option<PublicId>,
}

impl Searched {
    fn place(&self, requirement: RequirementIndex) -> Place {
        let id = self.template.requirements[requirement].id.clone();
        match self.path {
            Some(path) => Place::Path { path, requirement: id },
            None => Place::Guide { role: self.template.id().to_owned(), requirement: id },
        }
    }

    /// What one follows is nearer than what one does not.
    fn distance(&self) -> u32 {
        u32::from(self.path.is_none())
    }
}

/// Everything that fits, best first within each kind.
pub async fn find(state: &State, who: &Signed, query: &Query) -> Result<BTreeMap<Kind, Vec<Found>>, Error> {
    let followed = paths::list(state, who).await?;
    let searched = searched(roles::all(state).await?, &followed);
    let mut found = BTreeMap::new();
    found.insert(Kind::Requirement, requirements(state, &searched, query));
    found.insert(Kind::Resource, resources(state, &searched, query));
    found.insert(Kind::Skill, subjects(state, &searched, query));
    let own = own::read(state, who, &followed).await?;
    found.insert(Kind::Question, questions::find(state, &own.cards, query));
    found.insert(Kind::Note, own::notes(state, &followed, own, query));
    Ok(found)
}

fn searched(offered: Vec<Role>, followed: &[(Path, Arc<Template>)]) -> Vec<Searched> {
    let own = followed.iter().map(|(path, template)| Searched {
        revision: path.revision,
        template: Arc::clone(template),
        path: Some(path.public_id),
    });
    let others = offered
        .into_iter()
        .filter(|role| !followed.iter().any(|(_, template)| template.id() == role.template.id()))
        .map(|role| Searched { revision: role.head.id, template: role.template, path: None });
    own.chain(others).collect()
}

fn requirements(state: &State, searched: &[Searched], query: &Query) -> Vec<Found> {
    let folded: Vec<Arc<Folded>> = searched.iter().map(|one| state.search.revision(one.revision, &one.template)).collect();
    let things = searched
        .iter()
        .zip(&folded)
        .flat_map(|(one, folded)| folded.requirements.iter().enumerate().map(move |(index, card)| (card, one.distance(), (one, index))));
    best_first(query, things)
        .into_iter()
        .map(|(one, index)| Found {
            kind: Kind::Requirement,
            name: one.template.requirements[index].name.clone(),
            text: one.template.document.requirements[index].asks.clone(),
            roles: vec![one.template.document.name.clone()],
            place: one.place(index),
            day: None,
            subject: None,
        })
        .collect()
}

/// The same resource of several roles is found once.
fn resources(state: &State, searched: &[Searched], query: &Query) -> Vec<Found> {
    let folded: Vec<Arc<Folded>> = searched.iter().map(|one| state.search.revision(one.revision, &one.template)).collect();
    let things = searched
        .iter()
        .zip(&folded)
        .flat_map(|(one, folded)| folded.resources.iter().enumerate().map(move |(index, card)| (card, one.distance(), (one, index))));
    let mut found: Vec<Found> = Vec::new();
    for (one, index) in best_first(query, things) {
        let resource = &one.template.document.resources[index];
        let role = one.template.document.name.clone();
        let same =
            |other: &&mut Found| other.name == resource.name && matches!(&other.place, Place::Resource { url, .. } if *url == resource.url);
        if let Some(known) = found.iter_mut().find(same) {
            known.roles.push(role);
            continue;
        }
        found.push(Found {
            kind: Kind::Resource,
            name: resource.name.clone(),
            text: resource.note.clone().unwrap_or_default(),
            roles: vec![role],
            place: Place::Resource { role: one.template.id().to_owned(), resource: resource.id.clone(), url: resource.url.clone() },
            day: None,
            subject: None,
        });
    }
    found
}

/// Subjects of the catalogue lead to the first requirement that asks for them, one's own paths first.
fn subjects(state: &State, searched: &[Searched], query: &Query) -> Vec<Found> {
    let catalogue = state.catalogue();
    let cards = state.search.catalogue(&catalogue);
    let mut asked: HashMap<&Subject, Vec<(&Searched, RequirementIndex)>> = HashMap::new();
    for one in searched {
        for (index, requirement) in one.template.requirements.iter().enumerate() {
            for subject in requirement.subjects() {
                asked.entry(one.template.resolve(subject)).or_default().push((one, index));
            }
        }
    }
    let things = cards.iter().map(|(subject, card)| (card, 0, subject));
    best_first(query, things)
        .into_iter()
        .filter_map(|subject| {
            let document = catalogue.get(subject)?;
            let places = asked.get(subject).map(Vec::as_slice).unwrap_or_default();
            let mut roles: Vec<String> = places.iter().map(|(one, _)| one.template.document.name.clone()).collect();
            roles.dedup();
            Some(Found {
                kind: Kind::Skill,
                name: document.name.clone(),
                text: document.asks.clone().unwrap_or_else(|| document.aliases.join(", ")),
                roles,
                place: places.first().map_or(Place::Catalogue, |(one, index)| one.place(*index)),
                day: None,
                subject: Some(subject.clone()),
            })
        })
        .collect()
}
