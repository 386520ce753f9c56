//! From a document to a template: all errors at once, each with its place and its mend.

use std::fmt;

use crate::catalogue::{Catalogue, CatalogueDocument};
use crate::template::{Document, Template};

/// One thing that is wrong, where it is and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Path in the document: `requirements[3].skill` or `requirements[3] (rate-limiting).skill`.
    pub place: String,
    pub what: String,
    pub mend: String,
}

/// Everything that is wrong with a document; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{}: {}. {}.", problem.place, problem.what, problem.mend)?;
        }
        Ok(())
    }
}

/// Reads a template from TOML. A syntax error or an unknown key is one problem with its line and column.
pub fn parse_toml(text: &str) -> Result<Document, Problems> {
    todo!("{}", text.len())
}

/// Reads a template from JSON, as packs give it and the API exports it.
pub fn parse_json(text: &str) -> Result<Document, Problems> {
    todo!("{}", text.len())
}

/// Writes a template as TOML that [`parse_toml`] reads back to the same document.
pub fn to_toml(document: &Document) -> String {
    todo!("{}", document.id)
}

/// Reads catalogue documents (built-in first, then packs') into one catalogue.
pub fn parse_catalogue_toml(text: &str) -> Result<CatalogueDocument, Problems> {
    todo!("{}", text.len())
}

/// Joins catalogue documents, the built-in one first. `owner` of a document is `None` for the built-in one, else
/// `publisher/name`, and then all its ids must begin with it.
pub fn catalogue(documents: &[(Option<&str>, CatalogueDocument)]) -> Result<Catalogue, Problems> {
    todo!("{}", documents.len())
}

/// Checks a document against the catalogue and resolves it.
pub fn validate(document: Document, catalogue: &Catalogue) -> Result<Template, Problems> {
    todo!("{} {}", document.id, catalogue.len())
}

/// A revision read back from the store: the document was valid when it was stored, with these aliases.
pub fn restore(canonical: &str) -> Result<Template, Problems> {
    todo!("{}", canonical.len())
}

impl Template {
    /// The revision as JSON with its fields in a fixed order: what is stored, and what the hash is over.
    pub fn canonical(&self) -> String {
        todo!()
    }
}

/// The JSON Schema of [`Document`], draft 2020-12.
pub fn json_schema() -> serde_json::Value {
    todo!()
}
