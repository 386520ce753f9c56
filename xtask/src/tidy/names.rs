//! How files are called, and how long they may be.

use super::{Findings, Tree};
use crate::shell::Done;

/// Names that the world expects in capitals.
const CAPITALS: &[&str] =
    &["README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG", "SECURITY", "LICENSE", "DESIGN", "STYLE", "PLUGINS", "WISHES"];

/// Lines of a Rust file. Over some 400, look for two rooms in it; over this, it is two rooms.
const LINES: usize = 600;

/// Files that may be longer, each with its reason.
const LONGER: &[(&str, &str)] = &[("server/store/src/schema.rs", "one list of all tables, in words of diesel")];

pub fn names(tree: &Tree, findings: &mut Findings) -> Done {
    for file in &tree.files {
        // A program is called as people type it.
        if file.contains("/src/bin/") && file.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c)) {
            continue;
        }
        for part in file.split('/') {
            if let Some(mend) = wrong_name(part) {
                findings.add(file, 0, format!("`{part}` is not how files are called here"), mend);
            }
        }
    }
    Ok(())
}

fn wrong_name(part: &str) -> Option<&'static str> {
    let stem = part.split('.').next().unwrap_or(part);
    if part == "Cargo.toml" || part == "Cargo.lock" || part == "Dockerfile" || part == "Caddyfile" {
        return None;
    }
    if CAPITALS.iter().any(|capital| stem == *capital || stem.strip_prefix(capital).is_some_and(|rest| rest.starts_with('-'))) {
        return None;
    }
    if let Some(stem) = part.strip_suffix(".rs") {
        let snake = stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        return (!snake).then_some("Rust files are snake_case.rs");
    }
    if part.strip_suffix(".LICENSE").is_some_and(|of| wrong_name(of).is_none()) {
        return None;
    }
    // Snapshots carry the names of their tests; a message catalogue's folder is a language tag.
    if part.ends_with(".snap") || part == "en-XA" {
        return None;
    }
    let plain = part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.+".contains(c));
    (!plain).then_some("use small letters, digits, dashes and dots")
}

pub fn length(tree: &Tree, findings: &mut Findings) -> Done {
    for file in tree.with_ending(".rs") {
        let lines = tree.text(file)?.lines().count();
        let allowed = LONGER.iter().any(|(longer, _)| *longer == file);
        if lines > LINES && !allowed {
            findings.add(
                file,
                0,
                format!("{lines} lines, over {LINES}"),
                "it is two rooms: split it; or name it in LONGER (xtask/src/tidy/names.rs) with a reason",
            );
        }
        if lines <= LINES && allowed {
            findings.add(file, 0, "may be longer, and is not any more", "take it out of LONGER in xtask/src/tidy/names.rs");
        }
    }
    for (longer, _) in LONGER {
        if !tree.has(longer) {
            findings.add(longer, 0, "may be longer, and is not there", "take it out of LONGER in xtask/src/tidy/names.rs");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_small_and_plain() {
        for right in [
            "main.rs",
            "default_rule.rs",
            "README.md",
            "LICENSE-MIT",
            "backend-developer.toml",
            "waymark.recency-0.1.0.waypack",
            ".ci",
            "up.sql",
            "2026-11-23-000001_ledger",
        ] {
            assert_eq!(wrong_name(right), None, "{right}");
        }
        for wrong in ["Main.rs", "default-rule.rs", "Notes.md", "a file.toml", "naïve.txt"] {
            assert!(wrong_name(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_file_of_601_lines_is_found_and_one_of_600_is_not() {
        let (long, short) = ("//\n".repeat(601), "//\n".repeat(600));
        let mut tree = vec![("a.rs", long.as_str()), ("b.rs", short.as_str())];
        tree.extend(LONGER.iter().map(|(named, _)| (*named, long.as_str())));
        assert_eq!(super::super::found(length, &tree), ["a.rs:0 601 lines, over 600"]);
    }
}
