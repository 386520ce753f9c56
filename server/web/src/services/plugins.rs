//! Plugins: installing a pack, switching it on and off, going back to another version.

use std::sync::Arc;

use domain::catalogue::{Catalogue, CatalogueDocument};
use domain::practice::{Deck, validate_deck};
use domain::template;
use domain::time::Instant;
use serde_json::json;
use store::packs::{NewPack, PackRow, PackStats};
use store::templates::NewRevision;

use crate::errors::Error;
use crate::services::Actor;
use crate::state::{Inspected, Refused, State};

/// All packs with the figures of their calls, by plugin, oldest installation first.
pub async fn list(state: &State) -> Result<Vec<(PackRow, PackStats)>, Error> {
    let plugins = Arc::clone(&state.plugins);
    tokio::task::spawn_blocking(move || plugins.record_calls()).await.map_err(Error::machine)?;
    let read = |conn: &mut store::Conn<'_>| {
        let packs = store::packs::list(conn)?;
        packs
            .into_iter()
            .map(|pack| Ok((store::packs::stats(conn, pack.id)?, pack)))
            .map(|one| one.map(|(stats, pack)| (pack, stats)))
            .collect()
    };
    Ok(state.store.scan(read).await?)
}

/// A pack whose documents fit the catalogue, ready to be stored.
#[derive(Clone, Debug)]
pub struct Prepared {
    pack: NewPack,
    catalogue: Option<CatalogueDocument>,
    revisions: Vec<NewRevision>,
    decks: Vec<Deck>,
}

impl Prepared {
    pub fn plugin(&self) -> &str {
        &self.pack.plugin
    }

    pub fn version(&self) -> &str {
        &self.pack.version
    }

    pub fn digest(&self) -> &str {
        &self.pack.digest
    }
}

/// Checks the role templates and decks of an inspected pack against the catalogue that would be with it. Says everything that is
/// wrong.
pub fn prepare(inspected: Inspected, archive: Vec<u8>, catalogue: &Catalogue, now: Instant) -> Result<Prepared, Refused> {
    let (mut revisions, mut wrong) = (Vec::new(), Vec::new());
    let origin = format!("plugin:{}@{}", inspected.plugin, inspected.version);
    for text in &inspected.templates {
        let document = match template::parse_json(text) {
            Ok(document) if !template::is_owned(&document.id, &inspected.plugin) => {
                wrong.push(format!(
                    "id: the role {} does not belong to {}. Call it {}/{}.",
                    document.id,
                    inspected.plugin,
                    inspected.plugin,
                    document.id.rsplit('/').next().unwrap_or_default()
                ));
                continue;
            }
            parsed => parsed,
        };
        match document.and_then(|document| template::validate(document, catalogue)) {
            Ok(template) => revisions.push(NewRevision {
                role: template.id().to_owned(),
                version: template.version().to_owned(),
                hash: template.hash.clone(),
                canonical: template.canonical(),
                origin: origin.clone(),
                created_at: now,
            }),
            Err(problems) => wrong.extend(problems.to_string().lines().map(str::to_owned)),
        }
    }
    let mut decks = Vec::new();
    for document in inspected.decks {
        if !template::is_owned(&document.id, &inspected.plugin) {
            let (id, plugin) = (&document.id, &inspected.plugin);
            let last = id.rsplit('/').next().unwrap_or_default();
            wrong.push(format!("id: the deck {id} does not belong to {plugin}. Call it {plugin}/{last}."));
            continue;
        }
        match validate_deck(document, catalogue) {
            Ok(deck) => decks.push(deck),
            Err(problems) => wrong.extend(problems.to_string().lines().map(str::to_owned)),
        }
    }
    if !wrong.is_empty() {
        return Err(Refused(wrong));
    }
    let pack = NewPack {
        plugin: inspected.plugin,
        version: inspected.version,
        digest: inspected.digest,
        manifest_json: inspected.manifest_json,
        archive,
        kind: inspected.kind,
        now,
    };
    Ok(Prepared { pack, catalogue: inspected.catalogue, revisions, decks })
}

/// Stores a pack with all that it brings and points its plugin at it, inside a transaction.
pub fn keep(conn: &mut store::Conn<'_>, prepared: &Prepared) -> Result<(), store::Error> {
    let pack = store::packs::install(conn, &prepared.pack)?;
    if let Some(catalogue) = &prepared.catalogue {
        store::catalogue::put(conn, pack, catalogue)?;
    }
    for revision in &prepared.revisions {
        store::templates::put(conn, revision)?;
    }
    store::practice::put_decks(conn, pack, &prepared.decks)?;
    store::packs::activate(conn, &prepared.pack.plugin, &prepared.pack.version)
}

/// Looks a pack through, proves it, stores it and switches it on.
pub async fn install(state: &State, actor: &Actor, archive: Vec<u8>) -> Result<(String, String), Error> {
    let plugins = Arc::clone(&state.plugins);
    let (inspected, archive) = tokio::task::spawn_blocking(move || (plugins.inspect(&archive), archive)).await.map_err(Error::machine)?;
    let inspected = inspected.map_err(refused)?;
    let catalogue = match &inspected.catalogue {
        Some(document) => Arc::new(
            state
                .catalogue_with(&inspected.plugin, document)
                .await?
                .map_err(|problems| Error::detail("pack_refused", problems.to_string()))?,
        ),
        None => state.catalogue(),
    };
    let prepared = prepare(inspected, archive, &catalogue, actor.now).map_err(refused)?;
    let named = (prepared.plugin().to_owned(), prepared.version().to_owned());
    let row = actor.row("plugin.install", format!("plugin:{}", named.0), json!({ "version": named.1, "digest": prepared.pack.digest }));
    state
        .store
        .write(move |conn| {
            keep(conn, &prepared)?;
            store::audit::append(conn, &row)
        })
        .await?;
    state.refresh().await?;
    Ok(named)
}

fn refused(Refused(why): Refused) -> Error {
    Error::detail("pack_refused", why.join("\n"))
}

pub async fn set_enabled(state: &State, actor: &Actor, plugin: &str, enabled: bool) -> Result<(), Error> {
    let plugin = plugin.to_owned();
    let row = actor.row(if enabled { "plugin.enable" } else { "plugin.disable" }, format!("plugin:{plugin}"), json!({}));
    state
        .store
        .write(move |conn| {
            store::packs::set_enabled(conn, &plugin, enabled)?;
            store::audit::append(conn, &row)
        })
        .await?;
    state.refresh().await?;
    Ok(())
}

/// Points a plugin at a version that is installed: an update, or the way back.
pub async fn activate(state: &State, actor: &Actor, plugin: &str, version: &str) -> Result<(), Error> {
    let (plugin, version) = (plugin.to_owned(), version.to_owned());
    let row = actor.row("plugin.activate", format!("plugin:{plugin}"), json!({ "version": version }));
    state
        .store
        .write(move |conn| {
            store::packs::activate(conn, &plugin, &version)?;
            store::audit::append(conn, &row)
        })
        .await?;
    state.refresh().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_cannot_bring_a_role_of_somebody_else() {
        let catalogue = template::catalogue::<CatalogueDocument>(&[]).unwrap();
        let document = serde_json::json!({
            "format": 1, "id": "backend-developer", "version": "9.0.0", "name": "Taken over", "summary": "Not theirs.",
            "levels": [], "groups": [], "requirements": []
        });
        let inspected = Inspected {
            plugin: "mallory/roles".to_owned(),
            version: "1.0.0".to_owned(),
            digest: String::new(),
            manifest_json: String::new(),
            kind: "roles".to_owned(),
            catalogue: None,
            templates: vec![document.to_string()],
            decks: Vec::new(),
        };
        let Refused(why) = prepare(inspected, Vec::new(), &catalogue, Instant::from_micros(0)).unwrap_err();
        assert!(why[0].contains("does not belong to mallory/roles") && why[0].contains("mallory/roles/backend-developer"), "{why:?}");
    }
}
