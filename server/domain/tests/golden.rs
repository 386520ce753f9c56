//! One role, one ledger, one score to the last byte: no change of scoring goes unnoticed.
//!
//! If this test fails, the numbers of stored scores have changed: raise `PROJECTION_VERSION` or the default rule's version
//! and keep the old one compiled in, or take the change back. Only what was never released may be rewritten here.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use domain::ledger::{Entry, EvidenceKind, Held, Recall};
use domain::points::BasisPoints;
use domain::scoring::{DEFAULT_RULE, DefaultRule, PROJECTION_VERSION, Scope, score};
use domain::subject::Trust;
use domain::template;
use domain::time::{Day, Instant};

const CATALOGUE: &str = r#"
skills = [{ id = "sql", name = "SQL", former-ids = ["queries"] }, { id = "go", name = "Go" }, { id = "rust", name = "Rust" }]
criteria = [{ id = "documented", name = "Documented" }, { id = "tested", name = "Tested" }, { id = "limited", name = "Limited" }]
certifications = [{ id = "database", name = "Database" }, { id = "cloud", name = "Cloud" }]
topics = [{ id = "caching", name = "Caching" }]
"#;

const ROLE: &str = r#"
format = 1
id = "golden"
version = "1.0.0"
name = "Golden"
summary = "A role that never changes."
levels = [{ id = "first", name = "First" }, { id = "second", name = "Second" }]
groups = [
    { id = "data", name = "Data" },
    { id = "certificates", name = "Certificates", parent = "data", need = 1, weight = 15, attributes = { exam = true } },
    { id = "languages", name = "Languages", need = 1, weight = 30 },
    { id = "work", name = "Work" },
]
requirements = [
    { id = "sql", name = "SQL", group = "data", level = "first", hours = 30, skill = "sql", step = "leading", asks = "Ask well." },
    { id = "database", name = "Database", group = "certificates", level = "first", hours = 60, certification = "database", asks = "Pass." },
    { id = "cloud", name = "Cloud", group = "certificates", level = "first", hours = 50, certification = "cloud", asks = "Pass." },
    { id = "go", name = "Go", group = "languages", level = "first", hours = 90, skill = "go", step = "working", asks = "Write." },
    { id = "rust", name = "Rust", group = "languages", level = "first", hours = 120, skill = "rust", step = "working", asks = "Write." },
    { id = "api", name = "API", group = "work", level = "second", weight = 25, hours = 40, trust = "mentor", requires = ["sql", "go"], criteria = [{ id = "documented" }, { id = "tested", weight = 3 }, { id = "limited", weight = 2 }], asks = "Build.", attributes = { tier = 2 } },
    { id = "caching", name = "Caching", group = "work", level = "second", weight = 7, hours = 3, topic = "caching", asks = "Explain." },
]
"#;

fn entry(seq: u32, day: &str, kind: EvidenceKind, trust: Trust, subjects: &[&str]) -> Entry {
    let held = |text: &&str| match text.split_once('@') {
        Some((subject, step)) => Held { subject: subject.parse().unwrap(), step: Some(step.parse().unwrap()) },
        None => Held { subject: text.parse().unwrap(), step: None },
    };
    Entry {
        seq,
        kind,
        trust,
        day: day.parse().unwrap(),
        recorded_at: Instant::from_micros(0),
        held: subjects.iter().map(held).collect(),
        expires_on: None,
        retracts: None,
        recall: None,
    }
}

fn ledger() -> Vec<Entry> {
    use EvidenceKind::{Certificate, Claim, Experience, Link, Recall as Remembered, Retraction, Review};
    let until = |day: &str, entry: Entry| Entry { expires_on: Some(day.parse().unwrap()), ..entry };
    vec![
        entry(1, "2026-01-05", Claim, Trust::Claimed, &["skill:queries@independent", "skill:go@working"]),
        entry(2, "2026-02-11", Experience, Trust::Linked, &["skill:sql@working", "skill:rust@aware"]),
        until("2026-10-31", entry(3, "2024-11-01", Certificate, Trust::Verified, &["certification:cloud"])),
        until("2027-10-31", entry(4, "2026-10-20", Certificate, Trust::Claimed, &["certification:database"])),
        entry(5, "2026-09-01", Link, Trust::Linked, &["criterion:documented", "criterion:tested"]),
        entry(6, "2026-09-20", Review, Trust::Mentor, &["criterion:tested"]),
        entry(7, "2026-09-21", Claim, Trust::Claimed, &["criterion:limited"]),
        Entry { retracts: Some(7), ..entry(8, "2026-09-22", Retraction, Trust::Claimed, &[]) },
        Entry {
            recall: Some(Recall { share: BasisPoints::new(8_800).unwrap(), stability: 21 }),
            ..entry(9, "2026-11-01", Remembered, Trust::Linked, &["topic:caching"])
        },
        entry(10, "2026-11-23", Link, Trust::Verified, &["criterion:limited"]),
    ]
}

#[test]
fn a_score_is_the_same_to_the_last_byte() {
    let catalogue = template::catalogue(&[(None, template::parse_catalogue_toml(CATALOGUE).unwrap())]).unwrap();
    let role = template::validate(template::parse_toml(ROLE).unwrap(), &catalogue).unwrap();
    let chosen = BTreeSet::from(["rust".to_owned()]);
    let today: Day = "2026-11-22".parse().unwrap();
    let scope = Scope { template: &role, target: 1, chosen: &chosen, mentored: true, today, settings: &[] };
    let score = score(&DefaultRule, scope, &ledger()).unwrap();

    assert_eq!((DEFAULT_RULE, PROJECTION_VERSION), ("waymark/default@1", 1));
    let points = |receipts: &[domain::scoring::Receipt]| -> Vec<(String, u32, u32)> {
        receipts.iter().map(|r| (score.requirements[r.requirement as usize].clone(), r.points, r.possible)).collect()
    };
    let row = |id: &str, points, possible| (id.to_owned(), points, possible);
    // 10 000 over data 25 (sql 10, certificates 15), languages 30, work 32 (api 25, caching 7)
    // a step short; wanted and claimed; ran out; not needed, another is chosen; a step short; four of six parts; faded
    let claimed = [
        row("sql", 766, 1_150),
        row("database", 1_724, 1_724),
        row("cloud", 0, 0),
        row("go", 0, 0),
        row("rust", 2_298, 3_448),
        row("api", 1_915, 2_873),
        row("caching", 637, 805),
    ];
    // two steps short; no certificate that is linked, so the slot goes by id; three of six parts seen by a mentor
    let proven = [
        row("sql", 383, 1_150),
        row("database", 0, 0),
        row("cloud", 0, 1_724),
        row("go", 0, 0),
        row("rust", 2_298, 3_448),
        row("api", 1_436, 2_873),
        row("caching", 637, 805),
    ];
    assert_eq!(points(&score.claimed.receipts), claimed);
    assert_eq!(points(&score.proven.receipts), proven);
    let next: Vec<(&str, u32)> =
        score.claimed.next.iter().map(|action| (score.requirements[action.requirement as usize].as_str(), action.gain)).collect();
    assert_eq!(next, [("caching", 168), ("api", 958), ("sql", 384), ("rust", 1_150)]);
    assert_eq!((score.claimed.readiness, score.proven.readiness), (7_340, 4_754));
    let hashes = [&role.hash, &score.input_hash, &score.card_hash];
    let expected = [
        "3c51ef23ead45a315a84adaf8b04a1c513aaa7244ff9b6672eec7787c53e67fa",
        "b9af9d3c10cef265d696a8278f7679d5e7aa2f689d092a4d5c28e399cf7f404a",
        "fb3482489fafa7a2ce9f49f64ee15ef9df89e91ad568f3da5ac25b2e32a569b9",
    ];
    assert_eq!(hashes, expected);
}
