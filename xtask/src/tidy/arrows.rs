//! Which crate may name which: the direction of the house.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use super::{Findings, Tree};
use crate::shell::{Done, While};

/// Every package of the workspace and the packages of the workspace that it may name.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("words", &["domain"]),
    ("recall", &["domain"]),
    ("store", &["domain"]),
    ("letters", &["domain", "words"]),
    ("mail", &["domain", "letters"]),
    ("plugin-host", &["domain"]),
    ("jobs", &["domain", "words", "store", "letters", "mail", "plugin-host"]),
    ("web", &["domain", "words", "recall", "store", "letters", "plugin-host"]),
    ("app", &["domain", "words", "recall", "store", "letters", "mail", "plugin-host", "jobs", "web"]),
    ("waymark-plugin", &[]),
    ("recency", &["waymark-plugin"]),
    ("site-reliability", &["waymark-plugin"]),
    ("hostile", &["waymark-plugin"]),
    ("tests", &["domain", "words", "store", "letters", "mail", "plugin-host", "jobs", "web", "app"]),
    ("bench", &["domain", "words", "store", "letters", "mail", "plugin-host", "jobs", "web", "app", "tests"]),
    ("xtask", &[]),
];

/// Crates from outside with one door each: who may name them.
const OWNERS: &[(&str, &[&str])] = &[
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("pq-sys", &["store"]),
    ("openssl-sys", &["store"]),
    ("wasmtime", &["plugin-host"]),
    ("wit-component", &["plugin-host"]),
    ("wit-bindgen", &["waymark-plugin"]),
    ("lettre", &["mail"]),
    ("cron", &["jobs"]),
    ("chrono", &["jobs", "recall"]),
    ("rs-fsrs", &["recall"]),
    // The bench's floors are bare actix-web servers.
    ("actix-web", &["web", "bench"]),
    ("askama", &["letters", "web"]),
    ("fluent-bundle", &["words"]),
    ("jiff", &["domain"]),
    ("getrandom", &["app"]),
    ("argon2", &["web", "app"]),
    ("ammonia", &["web", "letters"]),
    ("pulldown-cmark", &["web", "letters"]),
    ("clap", &["app"]),
    ("tracing-subscriber", &["app"]),
    ("fantoccini", &["tests"]),
    // Nothing that ships asks other servers.
    ("ureq", &["tests", "bench"]),
];

/// Of these, those that any crate may name for its tests.
const FOR_TESTS: &[&str] = &["ureq"];

/// What domain may name from outside: nothing with I/O of its own.
const DOMAIN_MAY: &[&str] =
    &["serde", "serde_json", "thiserror", "jiff", "schemars", "semver", "toml", "strsim", "sha2", "csv", "unicode-normalization"];

fn packages(tree: &Tree) -> Done<Vec<Package>> {
    let metadata = MetadataCommand::new()
        .manifest_path(tree.root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .while_doing("`cargo metadata` does not answer")?;
    Ok(metadata.packages)
}

pub fn workspace(tree: &Tree, findings: &mut Findings) -> Done {
    let packages = packages(tree)?;
    let known: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for package in &packages {
        let file = manifest(tree, package);
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| *name == package.name.as_str()) else {
            findings.add(
                file,
                0,
                format!("package `{}` has no row in the table of arrows", package.name),
                "add it to ARROWS in xtask/src/tidy/arrows.rs",
            );
            continue;
        };
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            // A package may name itself for its tests (features of its own), and the harness serves every package's tests.
            let for_tests = dependency.kind == DependencyKind::Development && (name == package.name.as_str() || name == "tests");
            if known.contains(&name) && dependency.path.is_some() && !may.contains(&name) && !for_tests {
                findings.add(
                    &file,
                    0,
                    format!("`{}` names `{name}`, against the direction of the house", package.name),
                    format!(
                        "take the arrow out, or hand over through one of: {}",
                        if may.is_empty() { "nothing".to_owned() } else { may.join(", ") }
                    ),
                );
            }
        }
    }
    Ok(())
}

pub fn owners(tree: &Tree, findings: &mut Findings) -> Done {
    for package in packages(tree)? {
        let file = manifest(tree, &package);
        let this = package.name.as_str();
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            if let Some((_, owners)) = OWNERS.iter().find(|(owned, _)| *owned == name)
                && !owners.contains(&this)
                && !(dependency.kind == DependencyKind::Development && FOR_TESTS.contains(&name))
            {
                findings.add(&file, 0, format!("`{this}` names `{name}`"), format!("only {} may; go through it", owners.join(" and ")));
            }
            if this == "domain" && dependency.kind != DependencyKind::Development && !DOMAIN_MAY.contains(&name) {
                findings.add(
                    &file,
                    0,
                    format!("domain names `{name}`"),
                    "domain is pure; move what needs it, or add it to DOMAIN_MAY with care",
                );
            }
        }
    }
    Ok(())
}

/// Every dependency from outside says in a few words what it is for, and the same version serves all.
pub fn reasons(tree: &Tree, findings: &mut Findings) -> Done {
    let text = tree.text("Cargo.toml")?;
    check_reasons(&text, findings);
    for package in packages(tree)? {
        let file = manifest(tree, &package);
        let text = tree.text(&file)?;
        let mut in_dependencies = false;
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                in_dependencies = line.trim_end_matches(']').ends_with("dependencies");
            } else if in_dependencies
                && line.contains('=')
                && !line.contains("workspace")
                && !line.contains("path = \".\"")
                && !line.trim_start().starts_with('#')
            {
                findings.add(
                    &file,
                    number + 1,
                    format!("a version of its own: `{}`", line.trim()),
                    "name it under [workspace.dependencies] and write `NAME.workspace = true`",
                );
            }
        }
    }
    Ok(())
}

fn check_reasons(text: &str, findings: &mut Findings) {
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim() == "[workspace.dependencies]";
        } else if inside
            && line.contains('=')
            && !line.trim_start().starts_with('#')
            && !line.contains("path = \"")
            && !line.contains(" # ")
        {
            let name = line.split('=').next().unwrap_or(line).trim();
            findings.add("Cargo.toml", number + 1, format!("`{name}` says not what it is for"), "add a few words behind it: `# …`");
        }
    }
}

fn manifest(tree: &Tree, package: &Package) -> String {
    let path = package.manifest_path.as_std_path();
    path.strip_prefix(&tree.root).unwrap_or(path).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_without_a_reason_is_found_and_one_with_is_not() {
        let text = "[workspace.dependencies]\nserde = \"1\"\ntoml = \"1\" # documents\nstore = { path = \"server/store\" }\n[profile.dev]\ndebug = true\n";
        let mut findings = Findings::default();
        check_reasons(text, &mut findings);
        assert_eq!(findings.shown(), ["Cargo.toml:2 `serde` says not what it is for"]);
    }

    #[test]
    fn no_arrow_goes_round_in_a_circle() {
        // Each row may only name rows above it (the table is in the order of the house).
        for (row, (name, may)) in ARROWS.iter().enumerate() {
            for target in *may {
                let position = ARROWS.iter().position(|(known, _)| known == target);
                assert!(position.is_some_and(|position| position < row), "{name} -> {target}");
            }
        }
    }

    #[test]
    fn an_arrow_against_the_direction_is_found() {
        let workspace_toml = "[workspace]\nresolver = \"3\"\nmembers = [\"domain\", \"store\"]\n";
        let package = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{rest}");
        let found = super::super::found(
            workspace,
            &[
                ("Cargo.toml", workspace_toml),
                ("domain/Cargo.toml", &package("domain", "[dependencies]\nstore = { path = \"../store\" }\n")),
                ("domain/src/lib.rs", ""),
                ("store/Cargo.toml", &package("store", "")),
                ("store/src/lib.rs", ""),
            ],
        );
        assert_eq!(found, ["domain/Cargo.toml:0 `domain` names `store`, against the direction of the house"]);
    }
}
