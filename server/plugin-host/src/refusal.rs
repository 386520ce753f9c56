//! Why a pack is not taken.

use std::fmt;

use domain::template::Problem;
use serde::Serialize;

/// A pack that is refused: a stable code, what is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable: `archive`, `manifest`, `hash_mismatch`, `not_a_component`, `component_too_large`, `contract_version`,
    /// `import_refused`, `export_missing`, `compile`, `fixture`, `unsteady`, `law`, `documents`, … or the code of a call
    /// that failed at install.
    pub code: String,
    /// `publisher/name`, where it is known.
    pub plugin: Option<String>,
    pub what: String,
    /// A sentence that says what to do.
    pub mend: String,
    /// Everything that is wrong in a manifest or a document; may be empty.
    pub problems: Vec<Problem>,
}

impl Refusal {
    pub(crate) fn new(code: &str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { code: code.to_owned(), plugin: None, what: what.into(), mend: mend.into(), problems: Vec::new() }
    }

    pub(crate) fn of(mut self, plugin: &str) -> Self {
        self.plugin.get_or_insert_with(|| plugin.to_owned());
        self
    }

    pub(crate) fn with(mut self, problems: Vec<Problem>) -> Self {
        self.problems = problems;
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(plugin) = &self.plugin {
            write!(f, "{plugin}: ")?;
        }
        write!(f, "{} ({}). {}", self.what, self.code, self.mend)?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
