//! What the documents say is there, is there.

use std::collections::BTreeSet;

use super::{Findings, RULES, Tree};
use crate::shell::Done;

/// Relative links of every Markdown file lead to a file or folder of the project, and anchors to a heading.
pub fn links(tree: &Tree, findings: &mut Findings) -> Done {
    for file in tree.with_ending(".md") {
        let text = tree.text(file)?;
        for (number, line) in outside_code(&text) {
            for target in targets(line) {
                if target.contains("://") || target.starts_with("mailto:") {
                    continue;
                }
                let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
                let path = if path.is_empty() { file.to_owned() } else { joined(file, path) };
                let folder = format!("{}/", path.trim_end_matches('/'));
                let is_folder = path.is_empty() || tree.files.iter().any(|known| known.starts_with(&folder));
                if !tree.has(&path) && !is_folder {
                    findings.add(file, number, format!("links to `{target}`, which is not there"), "mend the link, or add what it means");
                } else if !anchor.is_empty() && path.ends_with(".md") && !anchors(&tree.text(&path)?).contains(anchor) {
                    findings.add(
                        file,
                        number,
                        format!("links to `#{anchor}`, and {path} has no such heading"),
                        "mend the link or the heading",
                    );
                }
            }
        }
    }
    Ok(())
}

/// Lines with their numbers, without fenced code.
fn outside_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fenced && !fence).then_some((number + 1, line))
    })
}

fn targets(line: &str) -> impl Iterator<Item = &str> {
    let definition = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target.trim());
    // What stands in `code` is no link.
    let prose = line.split('`').step_by(2);
    prose
        .flat_map(|part| part.split("](").skip(1))
        .filter_map(|rest| rest.split([')', ' ']).next())
        .chain(definition)
        .filter(|target| !target.is_empty())
}

fn joined(file: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { file.split('/').collect() };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                // A link out of the project keeps its dots, so that it is found.
                if parts.pop().is_none_or(|popped| popped == "..") {
                    parts.push("..");
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn anchors(text: &str) -> BTreeSet<String> {
    outside_code(text)
        .filter_map(|(_, line)| line.strip_prefix('#'))
        .map(|heading| {
            let heading = heading.trim_start_matches('#').trim().to_lowercase();
            heading
                .chars()
                .filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-' || *c == '_')
                .map(|c| if c == ' ' { '-' } else { c })
                .collect()
        })
        .collect()
}

/// Each numbered invariant of ARCHITECTURE.md says `Held by` and names what holds it in backticks: a test's function,
/// a file, a rule of this task (`tidy: arrows`), a lint (`clippy: name`) or `cargo deny`. What it names must exist.
pub fn invariants(tree: &Tree, findings: &mut Findings) -> Done {
    const FILE: &str = "ARCHITECTURE.md";
    if !tree.has(FILE) {
        findings.add(FILE, 0, "is missing", "write the map of the house, with numbered invariants");
        return Ok(());
    }
    let text = tree.text(FILE)?;
    let items = numbered(&text);
    if items.is_empty() {
        findings.add(FILE, 0, "has no numbered invariants under a heading that says so", "list them: `1. … Held by `check`.`");
        return Ok(());
    }
    let functions = functions(tree)?;
    let lints = format!("{}\n{}", tree.text("clippy.toml").unwrap_or_default(), tree.text("Cargo.toml").unwrap_or_default());
    for (number, item) in items {
        let checks: Vec<&str> =
            item.split_once("Held by").map(|(_, held)| held.split('`').skip(1).step_by(2).collect()).unwrap_or_default();
        if checks.is_empty() {
            findings.add(
                FILE,
                number,
                format!("no check holds “{}”", beginning(&item)),
                "end it with: Held by `the test's or rule's name`.",
            );
        }
        for check in checks {
            let exists = match check.split_once(": ") {
                Some(("tidy", rule)) => RULES.iter().any(|(name, _)| *name == rule),
                Some(("clippy", lint)) => lints.contains(lint),
                _ if check.starts_with("cargo deny") => tree.has("deny.toml"),
                _ => {
                    let function = check.rsplit("::").next().unwrap_or(check).trim_end_matches("()");
                    functions.contains(function)
                        || tree.has(check)
                        || tree.files.iter().any(|file| file.starts_with(&format!("{}/", check.trim_end_matches('/'))))
                }
            };
            if !exists {
                findings.add(
                    FILE,
                    number,
                    format!("names the check `{check}`, which is not there"),
                    "name a test's function, a file, `tidy: RULE`, `clippy: LINT` or `cargo deny`",
                );
            }
        }
    }
    Ok(())
}

fn beginning(item: &str) -> String {
    item.split_whitespace().take(10).collect::<Vec<_>>().join(" ")
}

/// The numbered items, with the lines that go on below them, of the sections whose heading speaks of invariants.
fn numbered(text: &str) -> Vec<(usize, String)> {
    let mut items: Vec<(usize, String)> = Vec::new();
    let (mut inside, mut open) = (false, false);
    for (number, line) in outside_code(text) {
        if line.starts_with('#') {
            inside = line.to_lowercase().contains("invariant");
            open = false;
        } else if !inside {
        } else if line.split_once(". ").is_some_and(|(digits, _)| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())) {
            items.push((number, line.to_owned()));
            open = true;
        } else if line.trim().is_empty() {
            open = false;
        } else if open && let Some((_, item)) = items.last_mut() {
            item.push(' ');
            item.push_str(line.trim());
        }
    }
    items
}

fn functions(tree: &Tree) -> Done<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for file in tree.with_ending(".rs") {
        for line in tree.text(file)?.lines() {
            if let Some((_, rest)) = line.split_once("fn ") {
                names.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let readme = "# Waymark\n[map](ARCHITECTURE.md#the-house) [gone](docs/GONE.md)\n```\n[code](not/a/link)\n```\n`[also](code)` [web](https://example.org) [out](../beside)\n[folder](docs) [below](#waymark) [no](#nowhere)\n";
        let files = [("README.md", readme), ("ARCHITECTURE.md", "## The house\n"), ("docs/a.md", "[up](../README.md)")];
        assert_eq!(
            found(links, &files),
            [
                "README.md:2 links to `docs/GONE.md`, which is not there",
                "README.md:6 links to `../beside`, which is not there",
                "README.md:7 links to `#nowhere`, and README.md has no such heading",
            ]
        );
    }

    #[test]
    fn an_invariant_without_a_check_or_with_one_that_is_not_there_is_found() {
        let text = "# Map\n1. not one\n## Invariants\n1. Points sum.\n   Held by `points_sum`.\n2. Nobody looks.\n3. The clock is an argument. Held by `clippy: disallowed_methods`, `tidy: nonsense`.\n";
        let files =
            [("ARCHITECTURE.md", text), ("clippy.toml", "disallowed_methods"), ("Cargo.toml", ""), ("a.rs", "    fn points_sum() {}")];
        assert_eq!(
            found(invariants, &files),
            [
                "ARCHITECTURE.md:6 no check holds “2. Nobody looks.”",
                "ARCHITECTURE.md:7 names the check `tidy: nonsense`, which is not there",
            ]
        );
    }
}
