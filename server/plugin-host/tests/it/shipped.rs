//! The packs that ship.

use std::fs;
use std::path::PathBuf;

use plugin_host::build::{Built, pack_folder};
use plugin_host::pack::Pack;
use plugin_host::{Kind, Loaded};

use crate::support::{host, workspace};

fn folder(name: &str) -> PathBuf {
    workspace().join("plugins").join(name)
}

fn built(name: &str) -> Built {
    pack_folder(&folder(name), &workspace().join("target/guests")).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn loaded(name: &str, file: &str) -> Loaded {
    host().load(&fs::read(folder(name).join(file)).unwrap()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn the_packs_that_are_checked_in_are_what_their_sources_give() {
    for name in ["recency", "site-reliability"] {
        let built = built(name);
        let checked_in = fs::read(folder(name).join(&built.file_name)).unwrap_or_default();
        assert!(checked_in == built.archive, "{} is stale: run `cargo xtask packs`", built.file_name);
        let code = Pack::read(&built.archive).unwrap().files["component.wasm"].clone();
        let here = workspace();
        let here = here.to_str().unwrap();
        assert!(!String::from_utf8_lossy(&code).contains(here), "{name} names a folder of this machine");
    }
}

#[test]
fn recency_keeps_its_fixtures_and_the_laws() {
    let host = host();
    let loaded = loaded("recency", "waymark.recency-0.1.1.waypack");
    let probed = host.probe(&loaded).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(probed.fixtures.len(), 3);
    assert_eq!(loaded.manifest.kind, Kind::Scoring);
    assert_eq!(loaded.rule.unwrap().statistics().calls, 0, "probing leaves no trace");
}

#[test]
fn site_reliability_gives_its_template_and_its_own_subjects() {
    let loaded = loaded("site-reliability", "waymark.site-reliability-0.2.0.waypack");
    assert_eq!(loaded.templates.len(), 1);
    assert!(loaded.templates[0].id.starts_with("waymark/site-reliability/"));
    assert!(loaded.catalogue.is_some() && loaded.rule.is_none());
    let source = fs::read_to_string(folder("site-reliability").join("templates/site-reliability-engineer.toml")).unwrap();
    assert_eq!(domain::template::parse_toml(&source).as_ref(), Ok(&loaded.templates[0]));
}
