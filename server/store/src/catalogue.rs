//! Catalogue documents that packs bring. The built-in catalogue is compiled into the program.

use diesel::prelude::*;
use domain::catalogue::CatalogueDocument;
use domain::ids::PackId;

use crate::rows::{from_json, to_json};
use crate::schema::{catalogue_documents, packs, plugins};
use crate::{Conn, Result, instance};

/// Keeps the document of a pack; a second one of the same pack replaces it.
pub fn put(conn: &mut Conn<'_>, pack: PackId, document: &CatalogueDocument) -> Result<()> {
    let text = to_json(document)?;
    on_backend!(conn, c => diesel::insert_into(catalogue_documents::table)
        .values((catalogue_documents::pack.eq(pack.0), catalogue_documents::document.eq(&text)))
        .on_conflict(catalogue_documents::pack)
        .do_update()
        .set(catalogue_documents::document.eq(&text))
        .execute(c))?;
    instance::bump(conn)
}

/// Documents of packs that are active and enabled, with the plugin (`publisher/name`) that owns each, by plugin.
pub fn documents(conn: &mut Conn<'_>) -> Result<Vec<(String, CatalogueDocument)>> {
    let rows: Vec<(String, String)> = on_backend!(conn, c => catalogue_documents::table
        .inner_join(packs::table.inner_join(plugins::table))
        .filter(packs::active.eq(true))
        .filter(plugins::enabled.eq(true))
        .order(packs::plugin)
        .select((packs::plugin, catalogue_documents::document))
        .load(c))?;
    rows.into_iter().map(|(plugin, text)| Ok((plugin, from_json(&text)?))).collect()
}
