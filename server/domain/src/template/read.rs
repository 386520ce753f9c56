//! From text to documents and back.

use serde::de::DeserializeOwned;

use crate::catalogue::CatalogueDocument;
use crate::template::{Document, Problems};
use crate::text::nearest;

/// The largest document that is read, in bytes.
pub const MAX_DOCUMENT: usize = 1 << 20;

/// Reads a template from TOML. A syntax error or an unknown key is one problem with its line and column.
pub fn parse_toml(text: &str) -> Result<Document, Problems> {
    read_toml(text)
}

/// Reads a template from JSON, as packs give it and the API exports it.
pub fn parse_json(text: &str) -> Result<Document, Problems> {
    fits(text)?;
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        // serde_json ends its messages with the position, which we say in our own words
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        explain(message, error.line(), error.column())
    })
}

/// Reads a catalogue from TOML: the built-in one or a pack's.
pub fn parse_catalogue_toml(text: &str) -> Result<CatalogueDocument, Problems> {
    read_toml(text)
}

/// Writes a template as TOML that [`parse_toml`] reads back to the same document.
pub fn to_toml(document: &Document) -> String {
    // every value of a document has a form in TOML, so this cannot fail
    toml::to_string_pretty(document).unwrap_or_default()
}

/// The JSON Schema of [`Document`], draft 2020-12.
pub fn json_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let mut schema = settings.into_generator().into_root_schema_for::<Document>();
    schema.insert("title".to_owned(), "Role template of Waymark, format 1".into());
    schema.to_value()
}

fn fits(text: &str) -> Result<(), Problems> {
    if text.len() <= MAX_DOCUMENT {
        return Ok(());
    }
    let what = format!("the document has {} bytes, {MAX_DOCUMENT} are allowed", text.len());
    Err(Problems::one("document", what, "Shorten its texts or split it into several roles"))
}

pub(crate) fn read_toml<T: DeserializeOwned>(text: &str) -> Result<T, Problems> {
    fits(text)?;
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let before = text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        explain(error.message(), line, column)
    })
}

/// Puts a parser's message into our words, with the nearest known word where one is meant.
fn explain(message: &str, line: usize, column: usize) -> Problems {
    let place = format!("line {line}, column {column}");
    let message = message.lines().next().unwrap_or_default();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (what, mend) = match quoted.as_slice() {
        [wrong, known @ ..] if message.starts_with("unknown field") => (format!("unknown key “{wrong}”"), meant(wrong, known, "keys")),
        [wrong, known @ ..] if message.starts_with("unknown variant") => (format!("unknown word “{wrong}”"), meant(wrong, known, "words")),
        [missing] if message.starts_with("missing field") => (format!("the key “{missing}” is missing"), format!("Add “{missing}”")),
        [twice] if message.starts_with("duplicate field") => (format!("the key “{twice}” stands twice"), "Remove one of them".to_owned()),
        _ if message.contains("untagged enum AttributeValue") => {
            ("not an attribute's value".to_owned(), "Write a text, a whole number, true or false".to_owned())
        }
        _ => (message.to_owned(), "Mend the text at this place".to_owned()),
    };
    Problems::one(place, what, mend)
}

fn meant(wrong: &str, known: &[&str], kind: &str) -> String {
    match nearest(wrong, known.iter().copied()) {
        Some(word) => format!("Did you mean “{word}”?"),
        None if known.is_empty() => "Remove it".to_owned(),
        None => format!("The {kind} here are {}", known.join(", ")),
    }
}
