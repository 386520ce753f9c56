//! What is compiled in: the catalogue, the built-in roles and decks, the packs that ship.

use domain::catalogue::{Catalogue, CatalogueDocument};
use domain::practice::{Deck, parse_deck_toml, validate_deck};
use domain::template::{self, Problems, Template};
use domain::time::Instant;
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

/// The built-in catalogue's document.
pub fn skills() -> Result<CatalogueDocument, Problems> {
    template::parse_catalogue_toml(SKILLS)
}

/// The built-in catalogue with that of enabled packs.
pub fn catalogue(packs: Vec<(String, CatalogueDocument)>) -> Result<Catalogue, Problems> {
    let mut documents = vec![(None, skills()?)];
    let packs: Vec<(String, CatalogueDocument)> = packs;
    documents.extend(packs.iter().map(|(owner, document)| (Some(owner.as_str()), document.clone())));
    template::catalogue(&documents)
}

/// The built-in roles, checked against the catalogue.
pub fn roles(catalogue: &Catalogue) -> Result<Vec<Template>, Problems> {
    ROLES.iter().map(|(_, text)| template::validate(template::parse_toml(text)?, catalogue)).collect()
}

/// The built-in decks of questions, checked against the built-in catalogue.
pub fn checked_decks() -> Result<Vec<Deck>, Problems> {
    let catalogue = &catalogue(Vec::new())?;
    DECKS.iter().map(|text| validate_deck(parse_deck_toml(text)?, catalogue)).collect()
}

/// Stores the built-in roles' revisions where they are not stored yet.
pub fn put_roles(conn: &mut Conn<'_>, roles: &[Template], now: Instant) -> store::Result<()> {
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
