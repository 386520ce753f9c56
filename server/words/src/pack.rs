//! Words that a pack brings: those of its rule's reasons, a language a file.

use std::collections::BTreeMap;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;

use crate::{Arg, FALLBACK, Lang, empty_bundle, format};

/// A pack's catalogues, by language.
pub struct PackWords {
    bundles: BTreeMap<String, FluentBundle<FluentResource>>,
}

impl PackWords {
    /// From pairs of a language tag and the text of its catalogue. Says everything that is wrong, one sentence each.
    pub fn parse<'a>(catalogues: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<String>> {
        let (mut bundles, mut wrong) = (BTreeMap::new(), Vec::new());
        for (tag, text) in catalogues {
            let bundle: &mut FluentBundle<FluentResource> = bundles.entry(tag.to_ascii_lowercase()).or_insert_with(|| empty_bundle(tag));
            match FluentResource::try_new(text.to_owned()) {
                Err((_, errors)) => wrong.extend(errors.iter().map(|error| format!("messages/{tag}.ftl: {error}"))),
                Ok(resource) => {
                    if let Err(errors) = bundle.add_resource(resource) {
                        wrong.extend(errors.iter().map(|error| format!("messages/{tag}.ftl: {error}")));
                    }
                }
            }
        }
        if wrong.is_empty() { Ok(Self { bundles }) } else { Err(wrong) }
    }

    /// True if a message of that id exists in English, or in the pack's only language.
    pub fn has(&self, id: &str) -> bool {
        self.home().is_some_and(|bundle| bundle.has_message(id))
    }

    /// The message in `lang`, else in English, else in the pack's first language.
    pub fn t_with(&self, lang: &Lang, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let own = self.bundles.get(&lang.tag().to_ascii_lowercase());
        own.and_then(|bundle| format(bundle, id, args)).or_else(|| self.home().and_then(|bundle| format(bundle, id, args)))
    }

    fn home(&self) -> Option<&FluentBundle<FluentResource>> {
        self.bundles.get(FALLBACK).or_else(|| self.bundles.values().next())
    }
}

impl std::fmt::Debug for PackWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.bundles.keys()).finish()
    }
}
