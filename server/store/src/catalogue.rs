//! Catalogue documents that packs bring. The built-in catalogue is compiled into the program.

use domain::catalogue::CatalogueDocument;
use domain::ids::PackId;

use crate::{Conn, Result};

/// Keeps the document of a pack; a second one of the same pack replaces it.
pub fn put(conn: &mut Conn<'_>, pack: PackId, document: &CatalogueDocument) -> Result<()> {
    todo!()
}

/// Documents of packs that are active and enabled, with the plugin (`publisher/name`) that owns each, by plugin.
pub fn documents(conn: &mut Conn<'_>) -> Result<Vec<(String, CatalogueDocument)>> {
    todo!()
}
