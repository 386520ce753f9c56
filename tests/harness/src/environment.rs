//! What the machine offers to the tests.

use std::path::PathBuf;

/// A variable that is set and not empty.
#[allow(
    clippy::disallowed_methods,
    reason = "`cargo xtask test` tells the tests by variables what it found; here is the one place that reads them"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The variable, or `None` with a word on stderr; under `cargo xtask test` its absence is a failure, never a skip.
pub(crate) fn offered(name: &str, what: &str) -> Option<String> {
    let value = variable(name);
    if value.is_none() {
        assert!(variable("WAYMARK_TEST_REQUIRE").is_none(), "{name} is not set, so there is no {what}, and WAYMARK_TEST_REQUIRE wants it");
        eprintln!("left out: no {what} ({name} is not set; `cargo xtask test` brings it)");
    }
    value
}

/// The program `waymark`: what `cargo xtask test` built, else what stands beside this test.
pub fn binary() -> Option<PathBuf> {
    if variable("WAYMARK_TEST_BINARY").is_none() {
        let test = std::env::current_exe().ok()?;
        let beside = test.parent()?.parent()?.join("waymark");
        if beside.is_file() {
            return Some(beside);
        }
    }
    let named = PathBuf::from(offered("WAYMARK_TEST_BINARY", "program `waymark`")?);
    assert!(named.is_file(), "{} is not there", named.display());
    Some(named)
}

/// The built pack of a plugin that ships, `publisher/name`, as it is checked in.
pub fn pack(plugin: &str) -> PathBuf {
    let (publisher, name) = plugin.split_once('/').expect("publisher/name");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../plugins").join(name).canonicalize().expect("the plugin's folder");
    let packs = std::fs::read_dir(&folder).expect("the plugin's folder").flatten().map(|entry| entry.path());
    let begins = format!("{publisher}.{name}-");
    packs
        .into_iter()
        .find(|file| {
            let file = file.file_name().unwrap_or_default().to_string_lossy();
            file.starts_with(&begins) && file.ends_with(".waypack")
        })
        .unwrap_or_else(|| panic!("no pack in {}; `cargo xtask packs` builds it", folder.display()))
}
