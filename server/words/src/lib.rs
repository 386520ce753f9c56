//! The words of pages and mails: Fluent catalogues of `config/messages/<language>/*.ftl`, compiled in.
//!
//! [`Words`] holds all languages, [`Lang`] is one of them and says things: [`Lang::t`] a message, [`Lang::t_with`] one
//! with arguments, and (in [`say`]) days, periods, points and durations. What it returns is plain text, never HTML.

mod negotiate;
mod pack;
mod pseudo;
pub mod say;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use pack::PackWords;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The language that every message exists in.
pub const FALLBACK: &str = "en";

/// English with accents and brackets: shows which words of a page escaped the catalogue. Debug and test builds only.
pub const PSEUDO: &str = "en-XA";

/// All languages. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    languages: Arc<[Lang]>,
    fallback: Lang,
}

/// One language. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Lang(Arc<Inner>);

struct Inner {
    tag: String,
    bundle: Bundle,
    /// Asked for what this language lacks.
    fallback: Option<Lang>,
    brackets: bool,
}

/// A language's messages, read when it says its first word: most instances never speak all languages.
type Bundle = LazyLock<FluentBundle<FluentResource>, Box<dyn FnOnce() -> FluentBundle<FluentResource> + Send>>;

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Number(i64),
}

impl Words {
    /// The catalogues that are compiled in. What does not parse is left out here and fails this crate's tests.
    pub fn load() -> Self {
        Self::from_files(FILES)
    }

    fn from_files(files: &[(&str, &str, &'static str)]) -> Self {
        let fallback = Lang::new(FALLBACK, texts_of(files, FALLBACK), None, false);
        let mut tags: Vec<&str> = files.iter().map(|(tag, _, _)| *tag).filter(|tag| *tag != FALLBACK).collect();
        tags.dedup();
        let mut languages = vec![fallback.clone()];
        languages.extend(tags.into_iter().map(|tag| Lang::new(tag, texts_of(files, tag), Some(fallback.clone()), false)));
        if cfg!(debug_assertions) {
            languages.push(Lang::new(PSEUDO, texts_of(files, FALLBACK), None, true));
        }
        Self { languages: languages.into(), fallback }
    }

    /// The account's language, else the best of an `Accept-Language` header, else English. A language that is not there
    /// is looked for without its region.
    pub fn for_languages(&self, account: Option<&str>, accept_language: Option<&str>) -> Lang {
        account
            .and_then(|tag| negotiate::find(&self.languages, tag))
            .or_else(|| negotiate::best(&self.languages, accept_language.unwrap_or_default()))
            .unwrap_or(&self.fallback)
            .clone()
    }

    /// Tags of all languages, English first.
    pub fn tags(&self) -> Vec<&str> {
        self.languages.iter().map(Lang::tag).collect()
    }

    /// Tags of all languages with the name that each gives itself, English first: whoever reads none of the others still
    /// finds their own.
    pub fn names(&self) -> Vec<(&str, String)> {
        self.languages.iter().map(|language| (language.tag(), language.t("language-name"))).collect()
    }
}

fn texts_of(files: &[(&str, &str, &'static str)], tag: &str) -> Vec<&'static str> {
    files.iter().filter(|(language, _, _)| *language == tag).map(|(_, _, text)| *text).collect()
}

impl Lang {
    fn new(tag: &str, texts: Vec<&'static str>, fallback: Option<Lang>, pseudo: bool) -> Self {
        let own = tag.to_owned();
        let read = move || {
            let mut bundle = empty_bundle(&own);
            if pseudo {
                bundle.set_transform(Some(pseudo::accented));
            }
            for text in texts {
                bundle.add_resource_overriding(resource(text));
            }
            bundle
        };
        let bundle: Bundle = LazyLock::new(Box::new(read));
        Self(Arc::new(Inner { tag: tag.to_owned(), bundle, fallback, brackets: pseudo }))
    }

    /// BCP 47, for `lang=` and for the account.
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// The message. A key that is nowhere is shown itself.
    pub fn t(&self, key: &str) -> String {
        self.t_with(key, &[])
    }

    /// The message with its arguments.
    pub fn t_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let text = self.plain(key, args);
        if self.0.brackets { format!("[{text}]") } else { text }
    }

    /// True if the message exists, in this language or in English.
    pub fn has(&self, key: &str) -> bool {
        self.0.bundle.has_message(key) || self.0.fallback.as_ref().is_some_and(|fallback| fallback.has(key))
    }

    /// Without the brackets of the pseudo-locale: for words that become arguments of others.
    fn plain(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match (format(&self.0.bundle, key, args), &self.0.fallback) {
            (Some(text), _) => text,
            (None, Some(fallback)) => fallback.plain(key, args),
            (None, None) => key.to_owned(),
        }
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lang").field(&self.0.tag).finish()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.tags()).finish()
    }
}

fn empty_bundle(tag: &str) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are bidi controls, which names must not hold and plain-text mails show as boxes.
    bundle.set_use_isolating(false);
    bundle
}

fn resource(text: &str) -> FluentResource {
    match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    }
}

fn format(bundle: &FluentBundle<FluentResource>, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs<'_> = args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                Arg::Text(text) => FluentValue::String(Cow::Borrowed(text.as_ref())),
                Arg::Number(number) => FluentValue::from(*number),
            };
            (*name, value)
        })
        .collect();
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl From<$type> for Arg<'_> {
            fn from(number: $type) -> Self {
                Self::Number(i64::from(number))
            }
        }
    )*};
}

numbers!(i64, i32, u32, u16, u8);

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Message keys that source text or a template asks for literally: the first argument of `t(` and `t_with(`. For tests
/// that look whether every key used exists.
pub fn keys_used(source: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for call in ["t(\"", "t_with(\""] {
        for (at, _) in source.match_indices(call) {
            let before = source[..at].chars().next_back();
            let rest = &source[at + call.len()..];
            if let Some(end) = rest.find('"').filter(|_| !before.is_some_and(|c| c.is_alphanumeric() || c == '_')) {
                keys.push(&rest[..end]);
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests;
