//! What is compiled in: the catalogue, the built-in roles and decks, the packs that ship.

use std::sync::{Arc, LazyLock};

use domain::catalogue::{Catalogue, CatalogueDocument};
use domain::practice::{Deck, parse_deck_toml, validate_deck};
use domain::template::{self, Problems, Template};
use domain::time::Instant;
use sha2::{Digest, Sha256};
use store::{Conn, templates};

const SKILLS: &str = include_str!("../../../config/skills.toml");
const ROLES: &[(&str, &str)] = &[
    ("config/roles/backend-developer.toml", include_str!("../../../config/roles/backend-developer.toml")),
    ("config/roles/full-stack-developer.toml", include_str!("../../../config/roles/full-stack-developer.toml")),
    ("config/roles/platform-engineer.toml", include_str!("../../../config/roles/platform-engineer.toml")),
];

const DECKS: &[&str] = &[include_str!("../../../config/questions/backend-developer.toml")];

/// Packs that ship with Waymark, for the demo; others install them from their files.
pub const PACKS: &[(&str, &[u8])] = &[
    ("waymark/site-reliability", include_bytes!("../../../plugins/site-reliability/waymark.site-reliability-0.2.0.waypack")),
    ("waymark/recency", include_bytes!("../../../plugins/recency/waymark.recency-0.1.1.waypack")),
];

/// Where the instance keeps the [`roles_print`] whose revisions it has.
pub const ROLES_KEY: &str = "builtin.roles";

/// The built-in catalogue's document and decks of questions, each valid. Cheap to clone.
#[derive(Clone)]
pub struct Content {
    pub skills: Arc<CatalogueDocument>,
    pub decks: Vec<Arc<Deck>>,
}

/// The built-in catalogue with that of enabled packs.
pub fn catalogue(packs: &[(String, CatalogueDocument)]) -> Result<Catalogue, Problems> {
    let built_in = content()?.skills;
    let mut documents = vec![(None, &*built_in)];
    documents.extend(packs.iter().map(|(owner, document)| (Some(owner.as_str()), document)));
    template::catalogue(&documents)
}

/// The built-in roles, checked against the catalogue.
pub fn roles(catalogue: &Catalogue) -> Result<Vec<Template>, Problems> {
    ROLES.iter().map(|(_, text)| template::validate(template::parse_toml(text)?, catalogue)).collect()
}

static CONTENT: LazyLock<Result<Content, Problems>> = LazyLock::new(|| {
    let skills = template::parse_catalogue_toml(SKILLS)?;
    let catalogue = template::catalogue(&[(None, &skills)])?;
    let decks = DECKS.iter().map(|text| validate_deck(parse_deck_toml(text)?, &catalogue).map(Arc::new)).collect::<Result<_, _>>()?;
    Ok(Content { skills: Arc::new(skills), decks })
});

/// Read and checked once a process.
pub fn content() -> Result<Content, Problems> {
    CONTENT.clone()
}

/// Reads [`content`] on a thread of its own, for those who have other things to do before they need it.
pub fn read_ahead() {
    let thread = std::thread::Builder::new().name("content".to_owned());
    drop(thread.spawn(|| LazyLock::force(&CONTENT).is_ok()));
}

/// What the built-in roles are made of: their texts, the catalogue's, and how they are read. SHA-256 in hex.
pub fn roles_print() -> String {
    let texts = ROLES.iter().flat_map(|(file, text)| [*file, *text]);
    let parts = [env!("CARGO_PKG_VERSION"), SKILLS].into_iter().chain(texts);
    let mut hash = Sha256::new();
    hash.update(template::READING_VERSION.to_le_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Stores the built-in roles' revisions where they are not stored yet, and that `print` has been.
pub fn put_roles(conn: &mut Conn<'_>, roles: &[Template], print: &str, now: Instant) -> store::Result<()> {
    store::instance::set(conn, ROLES_KEY, print)?;
    for role in roles {
        if templates::by_hash(conn, &role.hash)?.is_none() {
            templates::put(conn, &revision(role, "builtin", now))?;
        }
    }
    Ok(())
}

/// A template as a row of the store.
pub fn revision(template: &Template, origin: &str, now: Instant) -> templates::NewRevision {
    templates::NewRevision {
        role: template.id().to_owned(),
        version: template.version().to_owned(),
        hash: template.hash.clone(),
        canonical: template.canonical(),
        origin: origin.to_owned(),
        created_at: now,
    }
}
