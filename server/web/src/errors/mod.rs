//! What can go wrong in this layer, and how it is told: a problem document (RFC 9457) below `/api`, a page with words
//! elsewhere. Causes are logged under the request id and never sent.

mod codes;
mod dress;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use domain::ledger::FieldError;

pub use codes::{CODES, message_key, status_of};
pub(crate) use dress::dress;

/// An error of the web layer. Kinds: a rule broken (`Rule`, `Fields`, …), not there, a broken machine.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A rule of the table was broken.
    #[error("{0}")]
    Rule(&'static str),
    /// As `Rule`, with words that the sender may see, in English: a limit, a position in a body.
    #[error("{code}: {detail}")]
    Detail { code: &'static str, detail: String },
    /// Fields of a form or body that cannot be taken.
    #[error("fields: {0:?}")]
    Fields(Vec<Field>),
    /// Nothing is there, or nothing that the caller may know of; both look the same.
    #[error("no {0}")]
    NotThere(&'static str),
    #[error("nobody is signed in")]
    SignIn,
    #[error("method not allowed; {allowed}")]
    WrongMethod { allowed: String },
    #[error("too many attempts")]
    TooMany { seconds: i64 },
    /// Something broke; the text is for the log only.
    #[error("{0}")]
    Machine(String),
}

/// One field that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name in the form or in JSON; where it is nested, with dots.
    pub field: String,
    pub code: &'static str,
}

impl Field {
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

impl From<FieldError> for Field {
    fn from(error: FieldError) -> Self {
        Self { field: error.field.to_owned(), code: error.code }
    }
}

impl Error {
    /// One wrong field.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::Fields(vec![Field::new(field, code)])
    }

    pub fn detail(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Detail { code, detail: detail.into() }
    }

    /// A broken machine; `cause` is for the log.
    pub fn machine(cause: impl std::fmt::Display) -> Self {
        Self::Machine(cause.to_string())
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rule(code) | Self::Detail { code, .. } => code,
            Self::Fields(_) => "fields_wrong",
            Self::NotThere(_) => "not_there",
            Self::SignIn => "sign_in_needed",
            Self::WrongMethod { .. } => "wrong_method",
            Self::TooMany { .. } => "too_many_attempts",
            Self::Machine(_) => "internal",
        }
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(status_of(self.code())).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Fields(errors.into_iter().map(Field::from).collect())
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::Fields(vec![error.into()])
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Rule(code) => Self::Rule(code),
            store::Error::NotThere(what) => Self::NotThere(what),
            store::Error::Machine(cause) => Self::Machine(cause),
        }
    }
}

/// The bare answer; [`dress`] gives it words, since only the request knows in which language and shape.
impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_stands_once_in_the_table_and_has_words() {
        let lang = words::Words::load().for_languages(Some("en"), None);
        let mut seen = BTreeSet::new();
        for (code, status) in CODES {
            assert!(seen.insert(code), "{code} stands twice");
            assert!((400..600).contains(status), "{code}");
            assert!(lang.has(&message_key(code)), "no words for {code}");
        }
    }

    /// Codes are literals; whoever adds one has to put it into the table. What only the command line meets is left out.
    #[test]
    fn every_code_that_domain_store_and_web_use_stands_in_the_table() {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in ["src", "../store/src", "../domain/src/path.rs", "../domain/src/account.rs"] {
            collect(&here.join(folder), &mut files);
        }
        files.retain(|file| !file.ends_with("backup.rs") && !file.ends_with("transfer.rs"));
        let lists = [
            domain::attachment::FIELD_CODES,
            domain::co_author::FIELD_CODES,
            domain::cohort::FIELD_CODES,
            domain::enrolment::FIELD_CODES,
            domain::ledger::FIELD_CODES,
            domain::mentoring::FIELD_CODES,
            domain::pinned::FIELD_CODES,
            domain::plan::FIELD_CODES,
            domain::review::FIELD_CODES,
            domain::path::KNOWN_CODES,
        ];
        let mut used: BTreeSet<String> = lists.concat().iter().map(|code| (*code).to_owned()).collect();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for opening in ["Rule(\"", "Error::detail(\"", "Err(\"password_", "_key\", \""] {
                let code_of = |at: usize| text[at + opening.len()..].split('"').next().unwrap_or_default();
                let prefix = opening.strip_prefix("Err(\"").unwrap_or_default();
                used.extend(text.match_indices(opening).map(|(at, _)| format!("{prefix}{}", code_of(at))));
            }
            for opening in ["Error::field(", "Field::new(", "refuse(\"", ".parsed::<"] {
                for (at, _) in text.match_indices(opening) {
                    let literals: Vec<&str> =
                        text[at..].split([';', '\n']).next().unwrap_or_default().split('"').skip(1).step_by(2).collect();
                    used.extend(literals.get(1).filter(|code| code.contains('_')).map(|code| (*code).to_owned()));
                }
            }
        }
        let is_code = |code: &str| !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        used.retain(|code| is_code(code));
        assert!(used.len() > 40, "the search finds what it looks for: {used:#?}");
        let unknown: Vec<String> = used.into_iter().filter(|code| !CODES.iter().any(|(known, _)| known == code)).collect();
        assert!(unknown.is_empty(), "{unknown:#?}");
    }

    fn collect(path: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
        if path.is_file() {
            // assets have bytes that are no text
            files.extend(path.extension().is_some_and(|kind| kind == "rs").then(|| path.to_owned()));
        } else if let Ok(entries) = std::fs::read_dir(path) {
            for entry in entries {
                collect(&entry.unwrap().path(), files);
            }
        }
    }
}
