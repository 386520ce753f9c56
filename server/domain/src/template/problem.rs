//! What is wrong with a document, where it is and how to mend it.

use std::fmt;

use crate::text::nearest;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Path in the document: `version`, `requirements[3] (rate-limiting).skill`; or `line 12, column 5`.
    pub place: String,
    pub what: String,
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stop = if self.mend.ends_with(['?', '.']) { "" } else { "." };
        write!(f, "{}: {}. {}{stop}", self.place, self.what, self.mend)
    }
}

/// Everything that is wrong with a document; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl Problems {
    pub(crate) fn one(place: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self(vec![Problem { place: place.into(), what: what.into(), mend: mend.into() }])
    }
}

/// Collects problems, so that an author sees them all at once.
#[derive(Default)]
pub(crate) struct Report(Vec<Problem>);

impl Report {
    pub fn add(&mut self, place: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Problem { place: place.into(), what: what.into(), mend: mend.into() });
    }

    pub fn done(self) -> Result<(), Problems> {
        if self.0.is_empty() { Ok(()) } else { Err(Problems(self.0)) }
    }
}

/// `requirements[3] (rate-limiting)`; without an id, `requirements[3]`.
pub(crate) fn item(list: &str, index: usize, id: &str) -> String {
    if id.is_empty() || id.len() > 60 { format!("{list}[{index}]") } else { format!("{list}[{index}] ({id})") }
}

/// How to mend a reference: the nearest known id, or where to look.
pub(crate) fn mend_reference<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    match nearest(wrong, known) {
        Some(id) => format!("Did you mean “{id}”? Else {otherwise}"),
        None => capital(otherwise),
    }
}

pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
