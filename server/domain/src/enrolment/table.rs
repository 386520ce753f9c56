//! Tables from files: CSV with a line of column names, in any order.

use crate::ledger::FieldError;
use crate::practice::line_of;

/// Rows of a file whose columns were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The line of the file on which each row begins, from 1, and its cells in the order of the columns that were asked for;
    /// trimmed, empty where a row or the file lacks them.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads CSV (RFC 4180); semicolons and tabs separate too. The first line names the columns: each of `columns` once, in any
/// order and case; those of `needed` have to be there. Blank rows are left out. Fails with the field `file`.
pub fn read_table(text: &str, columns: &[&str], needed: &[&str], most_rows: usize) -> Result<Table, FieldError> {
    let refused = |code| FieldError::new("file", code);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let separator = [b'\t', b';', b','].into_iter().find(|&separator| head.contains(char::from(separator))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(separator).trim(csv::Trim::All);
    let mut places: Option<Vec<Option<usize>>> = None;
    let mut rows = Vec::new();
    for record in reader.from_reader(text.as_bytes()).into_records() {
        let record = record.map_err(|_| refused("file_not_text"))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let Some(places) = &places else {
            let names: Vec<String> = record.iter().map(str::to_lowercase).collect();
            if names.iter().any(|name| !columns.contains(&name.as_str())) {
                return Err(refused("column_unknown"));
            }
            if names.iter().enumerate().any(|(place, name)| names[..place].contains(name)) {
                return Err(refused("column_twice"));
            }
            let found: Vec<Option<usize>> = columns.iter().map(|column| names.iter().position(|name| name == column)).collect();
            if needed.iter().any(|column| !names.iter().any(|name| name == column)) {
                return Err(refused("column_missing"));
            }
            places = Some(found);
            continue;
        };
        if rows.len() == most_rows {
            return Err(refused("too_many_rows"));
        }
        let cell = |place: &Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned();
        rows.push((record.position().map_or(0, |at| line_of(at, text)), places.iter().map(cell).collect()));
    }
    if rows.is_empty() { Err(refused("file_empty")) } else { Ok(Table { rows }) }
}

/// True for a text that a spreadsheet would take for a formula. It is kept as it is, and every export makes it harmless.
pub fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}
