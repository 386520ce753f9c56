//! A small role and a ledger's entries, for this crate's tests.

use crate::ledger::{Entry, EvidenceKind, Held};
use crate::subject::{Step, Trust};
use crate::template::{self, Document, Template};
use crate::time::{Day, Instant};

const CATALOGUE: &str = r#"
skills = [{ id = "git", name = "Git", former-ids = ["scm"] }, { id = "go", name = "Go" }, { id = "rust", name = "Rust" }]
criteria = [{ id = "has-tests", name = "Has tests" }, { id = "deployed", name = "Deployed" }]
certifications = [{ id = "cloud", name = "Cloud" }]
topics = [{ id = "apis", name = "APIs" }]
"#;

const TEMPLATE: &str = r#"
format = 1
id = "maker"
version = "1.0.0"
name = "Maker"
summary = "Makes things."
levels = [{ id = "junior", name = "Junior" }, { id = "maker", name = "Maker" }, { id = "senior", name = "Senior" }]
groups = [
    { id = "craft", name = "Craft" },
    { id = "languages", name = "Languages", parent = "craft", need = 1, weight = 20 },
    { id = "proof", name = "Proof of work" },
]

[[requirements]]
id = "git-basics"
name = "Version control"
group = "craft"
level = "junior"
hours = 10
skill = "git"
step = "independent"
asks = "Keep history."

[[requirements]]
id = "rust-lang"
name = "Rust"
group = "languages"
level = "junior"
hours = 100
skill = "rust"
step = "working"
asks = "Write some."

[[requirements]]
id = "go-lang"
name = "Go"
group = "languages"
level = "junior"
hours = 80
skill = "go"
step = "working"
asks = "Write some."

[[requirements]]
id = "service"
name = "A service"
group = "proof"
level = "maker"
hours = 40
trust = "mentor"
criteria = [{ id = "has-tests", weight = 3 }, { id = "deployed" }]
requires = ["git-basics"]
asks = "Run one."

[[requirements]]
id = "cloud-cert"
name = "Cloud certificate"
group = "proof"
level = "maker"
hours = 60
certification = "cloud"
asks = "Pass the exam."

[[requirements]]
id = "api-talk"
name = "Talking of APIs"
group = "proof"
level = "senior"
hours = 5
topic = "apis"
requires = ["cloud-cert"]
asks = "Know them."
"#;

pub(crate) fn maker() -> Template {
    maker_as(|_| {})
}

/// The same with changes, as another revision would have them.
pub(crate) fn maker_as(change: impl FnOnce(&mut Document)) -> Template {
    let catalogue = template::catalogue(&[(None, template::parse_catalogue_toml(CATALOGUE).unwrap())]).unwrap();
    let mut document = template::parse_toml(TEMPLATE).unwrap();
    change(&mut document);
    template::validate(document, &catalogue).unwrap()
}

pub(crate) fn today() -> Day {
    "2026-11-22".parse().unwrap()
}

pub(crate) fn entry(seq: u32, kind: EvidenceKind, trust: Trust, subjects: &[&str]) -> Entry {
    let held = |text: &&str| match text.split_once('@') {
        Some((subject, step)) => Held { subject: subject.parse().unwrap(), step: Some(step.parse::<Step>().unwrap()) },
        None => Held { subject: text.parse().unwrap(), step: None },
    };
    Entry {
        seq,
        kind,
        trust,
        day: today().plus(-100 + seq as i32),
        recorded_at: Instant::from_micros(0),
        held: subjects.iter().map(held).collect(),
        expires_on: None,
        retracts: None,
        recall: None,
    }
}

pub(crate) fn link(seq: u32, subjects: &[&str]) -> Entry {
    entry(seq, EvidenceKind::Link, Trust::Linked, subjects)
}

pub(crate) fn claim(seq: u32, subjects: &[&str]) -> Entry {
    entry(seq, EvidenceKind::Claim, Trust::Claimed, subjects)
}

pub(crate) fn certificate(seq: u32, last_day: i32) -> Entry {
    Entry { expires_on: Some(today().plus(last_day)), ..entry(seq, EvidenceKind::Certificate, Trust::Linked, &["certification:cloud"]) }
}
