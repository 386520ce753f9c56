//! Every message that pages, mails and code ask for by name is in the English catalogue, which has all.

use std::collections::BTreeSet;

use super::{Findings, Tree};
use crate::shell::Done;

const CATALOGUE: &str = "config/messages/";
/// How a message is asked for, in Rust and in templates alike.
const CALLS: [&str; 5] = [".t(\"", ".t1(\"", ".t2(\"", ".t3(\"", ".t_with(\""];

pub fn keys(tree: &Tree, findings: &mut Findings) -> Done {
    let mut english: BTreeSet<String> = BTreeSet::new();
    for file in tree.with_ending(".ftl").filter(|file| file.starts_with("config/messages/en/")) {
        for (number, line) in tree.text(file)?.lines().enumerate() {
            if let Some(key) = defined(line)
                && !english.insert(key.clone())
            {
                findings.add(file, number + 1, format!("`{key}` is said twice"), "keep one");
            }
        }
    }
    for file in tree.with_ending(".ftl").filter(|file| file.starts_with(CATALOGUE) && !file.starts_with("config/messages/en/")) {
        for (number, line) in tree.text(file)?.lines().enumerate() {
            if let Some(key) = defined(line).filter(|key| !english.contains(key)) {
                findings.add(
                    file,
                    number + 1,
                    format!("`{key}` is not in English"),
                    "English has every message: add it there, or take it out here",
                );
            }
        }
    }
    for file in tree.files.iter().filter(|file| asks(file)) {
        for (number, line) in tree.text(file)?.lines().enumerate() {
            for key in asked(line).filter(|key| !english.contains(*key)) {
                findings.add(
                    file,
                    number + 1,
                    format!("asks for the message `{key}`, which is not there"),
                    "add it under config/messages/en/",
                );
            }
        }
    }
    Ok(())
}

/// The words' own crate tests with catalogues of its own.
fn asks(file: &str) -> bool {
    let kind = [".rs", ".html", ".txt", ".xml", ".svg"].iter().any(|ending| file.ends_with(ending));
    file.starts_with("server/")
        && kind
        && !file.starts_with("server/words/src/tests")
        && !file.ends_with("words/src/lib.rs")
        && !file.ends_with("words/src/pack.rs")
}

fn defined(line: &str) -> Option<String> {
    let (key, _) = line.split_once('=')?;
    let key = key.strip_suffix(' ').unwrap_or(key);
    let first = key.chars().next()?;
    (first.is_ascii_alphabetic() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')).then(|| key.to_owned())
}

fn asked(line: &str) -> impl Iterator<Item = &str> {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    CALLS
        .iter()
        .flat_map(move |call| code.split(call).skip(1))
        .filter_map(|rest| rest.split_once('"'))
        .filter(|(key, behind)| {
            // `.t("a-".to_owned() + …)` and the like are put together at run time; tests of the words look at those.
            !key.is_empty() && !key.contains(['{', '~']) && (behind.starts_with(')') || behind.starts_with(','))
        })
        .map(|(key, _)| key.split_once('.').map_or(key, |(message, _)| message))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_message_that_is_asked_for_and_not_there_is_found() {
        let files = [
            ("config/messages/en/pages.ftl", "home-title = Home\npath-title =\n    Your path\n"),
            ("config/messages/de/pages.ftl", "home-title = Start\nolder = Alt\n"),
            ("server/web/templates/home.html", "<h1>{{ lang.t(\"home-title\") }}</h1>\n<p>{{ lang.t_with(\"gone\", &[]) }}</p>"),
            ("server/web/src/a.rs", "// lang.t(\"in-a-comment\")\nlang.t(\"path-title\");\nlang.t(&format!(\"kind-{kind}\"));"),
        ];
        assert_eq!(
            found(keys, &files),
            [
                "config/messages/de/pages.ftl:2 `older` is not in English",
                "server/web/templates/home.html:2 asks for the message `gone`, which is not there",
            ]
        );
    }
}
