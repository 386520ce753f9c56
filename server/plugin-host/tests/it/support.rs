//! What the tests share: hosts, guests, packs and inputs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use domain::scoring::{Attribute, InputCriterion, InputEvidence, InputGroup, InputRequirement, RequirementKind, ScoreInput, Value};
use domain::subject::Trust;
use domain::time::Instant;
use domain::world::Clock;
use plugin_host::build::build_guest;
use plugin_host::{Compiler, Host, Limits, Options, componentize, pack};
use wit_component::{StringEncoding, embed_component_metadata};

/// A clock that stands still until it is told the time.
#[derive(Default)]
pub struct Watch(AtomicI64);

impl Watch {
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for Watch {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// The example that compiles, in the process of its own that a server uses. Cargo builds it with the tests.
pub fn compiler() -> Compiler {
    let tests = std::env::current_exe().unwrap();
    let program = tests.ancestors().nth(2).unwrap().join("examples/compile_child");
    Compiler::Child { program, arguments: Vec::new() }
}

/// Options in a folder that all tests share, so that each component is compiled once a run.
pub fn options(limits: Limits) -> Options {
    static SHARED: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = SHARED.get_or_init(|| tempfile::tempdir().unwrap()).path().to_owned();
    Options { folder, seal: [7; 32], compiler: compiler(), limits, clock: Arc::new(Watch::default()) }
}

pub fn host() -> Host {
    Host::new(options(patient()))
}

/// The limits of a server, but patient by the clock: fuel ends a loop before a busy machine does.
pub fn patient() -> Limits {
    let mut limits = Limits { calls: 2, ..Limits::default() };
    limits.score.deadline = 3_000;
    limits
}

pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The component of `tests/guests/hostile`, built once a run.
pub fn hostile() -> &'static [u8] {
    static GUEST: OnceLock<Vec<u8>> = OnceLock::new();
    GUEST.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guests/hostile");
        let module = build_guest(&folder, &workspace().join("target/guests")).unwrap_or_else(|refusal| panic!("{refusal}"));
        componentize(&module).unwrap()
    })
}

/// A guest written as a core module: the body of `score` with a memory of 64 pages (4 MiB), whose upper half is the
/// allocator's. Its parameters are those of the flattened input, its result the address of a `result<scorecard, …>`.
pub fn handwritten(body: &str) -> Vec<u8> {
    let parameters = "i32 ".repeat(13);
    let module = format!(
        r#"(module
          (memory (export "memory") 64)
          (global $next (mut i32) (i32.const 0x200000))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (global.set $next (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
            (global.get $next)
            (global.set $next (i32.add (global.get $next) (local.get 3))))
          {body_and_helpers}
          (func (export "waymark:plugin/scoring@0.1.0#score") (param {parameters}) (result i32) (call $body)))"#,
        body_and_helpers = body,
    );
    let mut module = wat::parse_str(module).unwrap();
    let mut resolve = wit_parser::Resolve::default();
    let (package, _) = resolve.push_path(workspace().join("plugins/wit/v0.1")).unwrap();
    let world = resolve.select_world(&[package], Some("scoring-rule")).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    componentize(&module).unwrap()
}

/// A manifest of `test/guest` with one setting, `mode`.
pub fn manifest(kind: &str, mode: &str) -> String {
    format!(
        r#"format = 1
id = "test/guest"
version = "1.0.0"
contract = "0.1.0"
kind = "{kind}"
name = "Guest"
summary = "A guest of the tests."
license = "MIT"
authors = ["nobody"]

[[settings]]
key = "mode"
type = "text"
name = "Mode"
about = "What it does."
default = "{mode}"
"#
    )
}

/// Files of a pack by name.
pub fn files(files: &[(&str, &[u8])]) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// A pack of a scoring rule.
pub fn scoring_pack(component: &[u8], mode: &str) -> Vec<u8> {
    let files = files(&[("component.wasm", component), ("messages/en.ftl", b"counted = Counted.\n")]);
    pack::write(&manifest("scoring", mode), &files).unwrap()
}

pub fn settings(mode: &str) -> Vec<Attribute> {
    vec![Attribute { key: "mode".into(), value: Value::Text(mode.to_owned().into()) }]
}

/// Two requirements with some evidence each.
pub fn input(mode: &str) -> ScoreInput {
    let requirement = |id: &str, possible, criteria: &[u32]| InputRequirement {
        id: id.into(),
        kind: if criteria.is_empty() { RequirementKind::Topic } else { RequirementKind::Project },
        group: 0,
        level: 0,
        step: 0,
        possible,
        least_trust: Trust::Linked,
        hours: 10,
        criteria: criteria.iter().map(|&weight| InputCriterion { weight }).collect(),
        requires: Default::default(),
        attributes: Vec::new(),
    };
    let evidence = |requirement, criteria: &[u32], share| InputEvidence {
        requirement,
        criteria: criteria.to_vec(),
        share,
        trust: Trust::Linked,
        on: 19_990,
        attributes: Vec::new(),
    };
    ScoreInput {
        template: "test".to_owned(),
        revision: "0".repeat(64),
        today: 20_000,
        groups: vec![InputGroup { parent: None, need: None, weight: 10_000, attributes: Vec::new() }],
        requirements: vec![requirement("reading", 4_000, &[]), requirement("building", 6_000, &[1, 1])],
        evidence: vec![evidence(0, &[], 5_000), evidence(1, &[1], 10_000)],
        settings: settings(mode),
    }
}
