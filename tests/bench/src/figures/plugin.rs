//! A cohort scored in the sandbox, beside the built-in rule in native code.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ledger::{Entry, EvidenceKind, Held};
use domain::scoring::{DefaultRule, Scope, ScoreInput, ScoringRule, project};
use domain::subject::{Step, SubjectKind, Trust};
use domain::template::{self, Template};
use domain::time::{Day, Instant};
use domain::world::Dice;
use harness::{FakeClock, FixedDice, binary, pack};
use plugin_host::{Compiler, Host, Limits, Options};

use crate::Ask;
use crate::measure::{Slice, compare, now};

/// A cohort, and the evidence of each learner in it.
const LEARNERS: usize = 1_000;
const ENTRIES: usize = 150;

pub fn sandboxed(ask: &Ask) {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::new(Options {
        folder: folder.path().join("compiled"),
        seal: [7; 32],
        compiler: Compiler::Child { program: binary().expect("the program"), arguments: vec!["plugin-compile".to_owned()] },
        limits: Limits::default(),
        clock: Arc::new(FakeClock::reading("2026-11-23T08:00:00Z")),
    });
    let archive = std::fs::read(pack("waymark/recency")).unwrap();
    let loaded = host.load(&archive).unwrap_or_else(|refusal| panic!("{refusal}"));
    let rule = loaded.rule.expect("a rule");
    let inputs = cohort();
    compare(ask.rounds, || scored(rule.as_ref(), &inputs), || scored(&DefaultRule, &inputs));
    let fuel = rule.score(&inputs[..1]).remove(0).expect("a card").fuel;
    println!("  fuel               {} for one learner of {ENTRIES} entries", fuel.unwrap_or(0));
}

/// Scores the whole cohort once: the unit in which it is asked for.
fn scored(rule: &dyn ScoringRule, inputs: &[ScoreInput]) -> Slice {
    let begin = now();
    let cards = rule.score(inputs);
    let seconds = begin.elapsed().as_secs_f64();
    assert_eq!(cards.len(), inputs.len());
    for card in &cards {
        assert!(card.as_ref().is_ok_and(|outcome| outcome.card.readiness > 0), "{card:?}");
    }
    Slice { done: inputs.len() as u64, seconds, ..Slice::default() }
}

fn cohort() -> Vec<ScoreInput> {
    let skills = template::parse_catalogue_toml(include_str!("../../../../config/skills.toml")).unwrap();
    let catalogue = template::catalogue(&[(None, skills)]).unwrap();
    let document = template::parse_toml(include_str!("../../../../config/roles/backend-developer.toml")).unwrap();
    let template = template::validate(document, &catalogue).unwrap();
    let chosen = BTreeSet::new();
    let target = template.document.levels.len() - 1;
    let today = "2026-11-23".parse().unwrap();
    let scope = Scope { template: &template, target, chosen: &chosen, mentored: true, today, settings: &[] };
    (0..LEARNERS as u64).map(|learner| project(scope, &ledger(&template, learner, today)).unwrap().claimed).collect()
}

/// Claims and links over the last two years, different for each learner, the same in every run.
fn ledger(template: &Template, learner: u64, today: Day) -> Vec<Entry> {
    let subjects: Vec<_> = template.requirements.iter().flat_map(|requirement| requirement.subjects()).collect();
    let dice = FixedDice::seeded(learner);
    let mut entries = Vec::new();
    for seq in 1..=ENTRIES as u32 {
        let mut bytes = [0; 8];
        dice.fill(&mut bytes);
        let subject = subjects[usize::from(u16::from_le_bytes([bytes[0], bytes[1]])) % subjects.len()];
        let step =
            (subject.kind == SubjectKind::Skill).then_some([Step::Aware, Step::Working, Step::Independent][usize::from(bytes[2]) % 3]);
        let linked = bytes[3] % 2 == 0;
        let day = today.plus(-i32::from(u16::from_le_bytes([bytes[4], bytes[5]]) % 730));
        entries.push(Entry {
            seq,
            kind: if linked { EvidenceKind::Link } else { EvidenceKind::Claim },
            trust: if linked { Trust::Linked } else { Trust::Claimed },
            day,
            recorded_at: Instant::from_micros(i64::from(day.number()) * 86_400_000_000),
            held: vec![Held { subject: subject.clone(), step }],
            expires_on: None,
            retracts: None,
            recall: None,
        });
    }
    entries
}
