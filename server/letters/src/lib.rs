//! What a mail says: a view of what is to be said goes in, a [`Letter`] comes out, once as HTML and once as plain text.
//!
//! Nothing here sends, stores or reads a clock. Every name that came from people or packs is stripped of control and
//! bidirectional characters again here, because what is stored may be older than the rule for names.

mod digest;
mod guiding;
mod links;
mod plain;
pub mod unsubscribe;

use askama::Template;
use domain::account::{CleanName, strip};
use domain::time::{Instant, Zone};
use words::Lang;

pub use digest::{LearnerDigestView, learner_digest};
pub use guiding::{MentorDigestView, mentor_digest};
pub use links::{LINKS, Links};

/// A letter, ready to be carried or shown. `text` has lines of at most 72 characters, links on lines of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// BCP 47.
    pub language: String,
}

/// A template that could not be filled; only a formatter that fails does that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a letter could not be rendered: {0}")]
pub struct RenderError(String);

impl From<askama::Error> for RenderError {
    fn from(error: askama::Error) -> Self {
        Self(error.to_string())
    }
}

/// A letter that says one thing and offers at most one link.
#[derive(Template)]
#[template(path = "note.html")]
struct NoteHtml<'a> {
    note: &'a Note<'a>,
    lang: &'a Lang,
}

#[derive(Template)]
#[template(path = "note.txt", escape = "none")]
struct NoteText<'a> {
    note: &'a Note<'a>,
}

struct Note<'a> {
    lang: &'a Lang,
    subject: String,
    headline: String,
    paragraphs: Vec<String>,
    /// Label and address.
    link: Option<(String, String)>,
    small: String,
}

impl Note<'_> {
    fn wrapped(&self, text: &str) -> String {
        plain::wrap(text, "", "")
    }

    fn letter(&self) -> Result<Letter, RenderError> {
        Ok(Letter {
            subject: self.subject.clone(),
            text: plain::finished(&NoteText { note: self }.render()?),
            html: NoteHtml { note: self, lang: self.lang }.render()?,
            language: self.lang.tag().to_owned(),
        })
    }
}

/// The letter that shows an admin that mail arrives.
pub fn test_letter(lang: &Lang, instance: &str, links: &Links, now: Instant, zone: &Zone) -> Result<Letter, RenderError> {
    let instance = strip(instance);
    let args = [("instance", words::Arg::from(&instance))];
    let moment = lang.moment(now, zone);
    Note {
        lang,
        subject: lang.t_with("mail-test-subject", &args),
        headline: lang.t("mail-test-headline"),
        paragraphs: vec![lang.t_with("mail-test-body", &args)],
        link: None,
        small: lang.t_with("mail-test-sent-at", &[("moment", moment.into()), ("url", links.base().into())]),
    }
    .letter()
}

/// Whom an invitation is for and until when it works.
#[derive(Clone, Debug)]
pub struct InvitationView<'a> {
    pub instance: &'a str,
    pub name: Option<&'a CleanName>,
    pub cohort: Option<&'a CleanName>,
    /// The whole address, token and all.
    pub link: &'a str,
    pub expires_at: Instant,
    pub zone: &'a Zone,
}

/// The letter with a one-time link to an account.
pub fn invitation(lang: &Lang, view: &InvitationView<'_>) -> Result<Letter, RenderError> {
    let instance = strip(view.instance);
    let args = [("instance", words::Arg::from(&instance))];
    let headline = match view.name {
        Some(name) => {
            lang.t_with("mail-invitation-headline-named", &[("name", strip(name.as_str()).into()), ("instance", (&instance).into())])
        }
        None => lang.t_with("mail-invitation-headline", &args),
    };
    let mut paragraphs = vec![lang.t_with("mail-invitation-body", &args)];
    paragraphs.extend(view.cohort.map(|cohort| lang.t_with("mail-invitation-cohort", &[("cohort", strip(cohort.as_str()).into())])));
    Note {
        lang,
        subject: lang.t_with("mail-invitation-subject", &args),
        headline,
        paragraphs,
        link: Some((lang.t("mail-invitation-accept"), view.link.to_owned())),
        small: lang.t_with("mail-invitation-until", &[("moment", lang.moment(view.expires_at, view.zone).into())]),
    }
    .letter()
}

/// What a mentor writes to a learner.
#[derive(Clone, Debug)]
pub struct MessageView<'a> {
    pub instance: &'a str,
    /// Who writes.
    pub by: &'a str,
    pub cohort: &'a CleanName,
    /// As it was typed; blank lines part paragraphs.
    pub words: &'a str,
    pub links: &'a Links,
}

/// The letter that carries a mentor's message.
pub fn message(lang: &Lang, view: &MessageView<'_>) -> Result<Letter, RenderError> {
    let (by, cohort, instance) = (strip(view.by), strip(view.cohort.as_str()), strip(view.instance));
    let args = [("by", words::Arg::from(&by)), ("cohort", (&cohort).into()), ("instance", (&instance).into())];
    let paragraph = |text: &str| strip(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    Note {
        lang,
        subject: lang.t_with("mail-message-subject", &args),
        headline: lang.t_with("mail-message-headline", &args),
        paragraphs: view.words.split("\n\n").map(paragraph).filter(|text| !text.is_empty()).collect(),
        link: Some((lang.t("mail-message-open"), view.links.today())),
        small: lang.t_with("mail-message-small", &args),
    }
    .letter()
}

#[cfg(test)]
mod tests;
