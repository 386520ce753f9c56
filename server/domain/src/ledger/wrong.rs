//! Collects all that is wrong with what somebody sent.

use crate::ledger::{EARLIEST_DAY, EvidenceKind, FieldError, Held, MAX_NOTE, MAX_SHORT_TEXT, MAX_SUBJECTS, MAX_URL};
use crate::pinned::pin;
use crate::subject::SubjectKind;
use crate::text::{is_clean_prose, is_forbidden, is_web_url};
use crate::time::Day;

/// What is wrong with a form so far: texts are trimmed, blank ones count as absent.
#[derive(Default)]
pub(crate) struct Wrong(pub(crate) Vec<FieldError>);

impl Wrong {
    pub(crate) fn add(&mut self, field: &'static str, code: &'static str) {
        self.0.push(FieldError::new(field, code));
    }

    pub(crate) fn names(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }

    pub(crate) fn none(self) -> Result<(), Vec<FieldError>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }

    pub(crate) fn refuse<T>(mut self, field: &'static str, code: &'static str) -> Result<T, Vec<FieldError>> {
        self.add(field, code);
        Err(self.0)
    }

    pub(crate) fn needs(&mut self, field: &'static str, is_there: bool) {
        if !is_there && !self.names(field) {
            self.add(field, "missing");
        }
    }

    pub(crate) fn not_here(&mut self, field: &'static str, is_there: bool) {
        if is_there && !self.names(field) {
            self.add(field, "not_for_this_kind");
        }
    }

    pub(crate) fn past(&mut self, field: &'static str, day: Option<Day>, today: Day) {
        match day {
            Some(day) if day > today => self.add(field, "day_in_future"),
            Some(day) if day < EARLIEST_DAY => self.add(field, "day_too_early"),
            _ => {}
        }
    }

    pub(crate) fn short(&mut self, field: &'static str, text: Option<String>) -> Option<String> {
        let text = text?.trim().to_owned();
        if text.chars().count() > MAX_SHORT_TEXT {
            self.add(field, "too_long");
        } else if text.chars().any(is_forbidden) {
            self.add(field, "bad_characters");
        }
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn note(&mut self, note: Option<String>) -> Option<String> {
        self.prose("note", note, MAX_NOTE)
    }

    /// Text of several lines.
    pub(crate) fn prose(&mut self, field: &'static str, text: Option<String>, most: usize) -> Option<String> {
        // browsers send line ends of forms as CR LF
        let text = text?.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > most {
            self.add(field, "too_long");
        } else if !is_clean_prose(&text) {
            self.add(field, "bad_characters");
        }
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn url(&mut self, url: Option<String>) -> Option<String> {
        let url = url?.trim().to_owned();
        if url.is_empty() {
            return None;
        }
        if url.len() > MAX_URL {
            self.add("url", "too_long");
        } else if !is_web_url(&url) {
            self.add("url", "url_malformed");
        }
        Some(url)
    }

    /// The link at that commit; as it is where it cannot be, which is said.
    pub(crate) fn pinned(&mut self, kind: Option<EvidenceKind>, url: Option<String>, commit: &str) -> Option<String> {
        if !matches!(kind, Some(EvidenceKind::Link | EvidenceKind::Submission)) {
            self.add("commit", "not_for_this_kind");
            return url;
        }
        let Some(url) = url else {
            self.needs("url", false);
            return None;
        };
        if self.names("url") {
            return Some(url);
        }
        match pin(&url, commit) {
            Ok(pinned) if pinned.len() > MAX_URL => self.add("url", "too_long"),
            Ok(pinned) => return Some(pinned),
            Err(code) => self.add("commit", code),
        }
        Some(url)
    }

    pub(crate) fn held(&mut self, mut held: Vec<Held>) -> Vec<Held> {
        held.sort();
        held.dedup();
        if held.len() > MAX_SUBJECTS {
            self.add("subjects", "too_many");
        }
        if held.windows(2).any(|pair| pair[0].subject == pair[1].subject) {
            self.add("subjects", "subject_twice");
        }
        let is_skill = |held: &Held| held.subject.kind == SubjectKind::Skill;
        if held.iter().any(|held| is_skill(held) && held.step.is_none()) {
            self.add("subjects", "step_missing");
        }
        if held.iter().any(|held| !is_skill(held) && held.step.is_some()) {
            self.add("subjects", "step_unexpected");
        }
        held
    }
}
