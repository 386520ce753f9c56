//! Generated roles and ledgers. Roles go through the public validation, so every generated role is one that an author
//! could have written.

use std::collections::BTreeSet;

use domain::catalogue::{Catalogue, CatalogueDocument, SubjectDocument};
use domain::ledger::{Entry, EvidenceKind, Held, Recall};
use domain::points::BasisPoints;
use domain::scoring::Scope;
use domain::subject::{Step, Subject, SubjectKind, Trust};
use domain::template::{self, Template};
use domain::time::{Day, Instant};
use proptest::prelude::*;
use serde_json::{Value, json};

pub const TODAY: Day = Day::from_number(20_000);
/// Subjects a kind. The first skill had another id before.
const SUBJECTS: usize = 5;
const KINDS: [(&str, SubjectKind); 4] =
    [("s", SubjectKind::Skill), ("c", SubjectKind::Criterion), ("e", SubjectKind::Certification), ("t", SubjectKind::Topic)];

/// A role, a ledger and what a path says of both.
#[derive(Clone, Debug)]
pub struct Case {
    pub template: Template,
    pub target: usize,
    pub chosen: BTreeSet<String>,
    pub mentored: bool,
    pub ledger: Vec<Entry>,
}

impl Case {
    pub fn scope(&self) -> Scope<'_> {
        Scope { template: &self.template, target: self.target, chosen: &self.chosen, mentored: self.mentored, today: TODAY, settings: &[] }
    }
}

pub fn case() -> impl Strategy<Value = Case> {
    (template(), 0..3_usize, picks(), any::<bool>(), ledger()).prop_map(|(template, target, picks, mentored, ledger)| {
        let members = template.requirements.iter().filter(|requirement| template.groups[requirement.group].need.is_some());
        let chosen = members.zip(picks).filter(|(_, pick)| *pick).map(|(requirement, _)| requirement.id.clone()).collect();
        let target = target.min(template.document.levels.len() - 1);
        Case { template, target, chosen, mentored, ledger }
    })
}

/// Which members of any-N groups are chosen: in half of the cases none.
fn picks() -> impl Strategy<Value = Vec<bool>> {
    prop_oneof![Just(Vec::new()), proptest::collection::vec(any::<bool>(), 40)]
}

pub fn catalogue() -> Catalogue {
    let subjects = |prefix: &str, former: bool| {
        let subject = |i: usize| SubjectDocument {
            id: format!("{prefix}{i}"),
            name: format!("{prefix} {i}"),
            asks: (prefix == "c").then(|| "It does.".to_owned()),
            former_ids: if former && i == 0 { vec!["former".to_owned()] } else { Vec::new() },
            ..SubjectDocument::default()
        };
        (0..SUBJECTS).map(subject).collect()
    };
    let document = CatalogueDocument {
        skills: subjects("s", true),
        criteria: subjects("c", false),
        certifications: subjects("e", false),
        topics: subjects("t", false),
    };
    template::catalogue(&[(None, document)]).unwrap()
}

/// An area or a group: a parent among those before it, how many of its members are enough, a weight, and its members.
type GroupPlan = (Option<usize>, Option<usize>, Option<u32>, Vec<MemberPlan>);
/// Level, weight, hours, trust, kind of what it asks, subject, step, weights of criteria, requirements before it.
type MemberPlan = (usize, u32, u32, Trust, usize, usize, Step, Vec<u32>, Vec<usize>);

fn template() -> impl Strategy<Value = Template> {
    let trust = proptest::sample::select(Trust::ALL);
    let step = proptest::sample::select(Step::ALL);
    let member = (
        0..3_usize,
        1..40_u32,
        1..300_u32,
        trust,
        0..4_usize,
        0..SUBJECTS,
        step,
        proptest::collection::vec(1..9_u32, 1..=SUBJECTS),
        proptest::collection::vec(0..100_usize, 0..3),
    );
    let parent = proptest::option::of(0..100_usize);
    let need = proptest::option::of(1..6_usize);
    let weight = proptest::option::of(1..90_u32);
    let group = (parent, need, weight, proptest::collection::vec(member, 1..6));
    (1..4_usize, proptest::collection::vec(group, 1..7)).prop_map(|(levels, groups)| build(levels, &groups))
}

fn build(levels: usize, plans: &[GroupPlan]) -> Template {
    let mut groups: Vec<Value> = Vec::new();
    let mut requirements: Vec<Value> = Vec::new();
    // level of each requirement so far
    let mut so_far: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (i, (parent, need, weight, members)) in plans.iter().enumerate() {
        let parent = parent.filter(|_| !open.is_empty()).map(|parent| open[parent % open.len()]);
        let need = need.filter(|&need| need <= members.len());
        let mut group = json!({ "id": format!("g{i}"), "name": format!("Group {i}") });
        if let Some(parent) = parent {
            group["parent"] = json!(format!("g{parent}"));
        }
        match need {
            Some(need) => group["need"] = json!(need),
            None => open.push(i),
        }
        if let Some(weight) = weight.or(need.map(|_| 20)) {
            group["weight"] = json!(weight);
        }
        groups.push(group);
        for (level, weight, hours, trust, kind, subject, step, criteria, before) in members {
            let n = requirements.len();
            // something is always within the lowest target
            let level = if n == 0 { 0 } else { level % levels };
            let requires: BTreeSet<String> =
                before.iter().map(|at| at % n.max(1)).filter(|&at| at < n && so_far[at] <= level).map(|at| format!("r{at}")).collect();
            let mut requirement = json!({
                "id": format!("r{n}"), "name": format!("Requirement {n}"), "group": format!("g{i}"), "level": format!("l{level}"),
                "weight": weight, "hours": hours, "trust": trust, "requires": requires, "asks": "Do it.",
            });
            match KINDS[*kind] {
                (prefix, SubjectKind::Skill) => {
                    requirement["skill"] = json!(format!("{prefix}{subject}"));
                    requirement["step"] = json!(step);
                }
                (prefix, SubjectKind::Criterion) => {
                    let criterion =
                        |(at, weight): (usize, &u32)| json!({ "id": format!("{prefix}{}", (subject + at) % SUBJECTS), "weight": weight });
                    requirement["criteria"] = criteria.iter().enumerate().map(criterion).collect();
                }
                (prefix, SubjectKind::Certification) => requirement["certification"] = json!(format!("{prefix}{subject}")),
                (prefix, SubjectKind::Topic) => requirement["topic"] = json!(format!("{prefix}{subject}")),
            }
            requirements.push(requirement);
            so_far.push(level);
        }
    }
    let levels: Vec<Value> = (0..levels).map(|level| json!({ "id": format!("l{level}"), "name": format!("Level {level}") })).collect();
    let document = json!({
        "format": 1, "id": "generated", "version": "1.0.0", "name": "Generated", "summary": "A role.",
        "levels": levels, "groups": groups, "requirements": requirements,
    });
    template::validate(template::parse_json(&document.to_string()).unwrap(), &catalogue()).unwrap()
}

/// Evidence that is no retraction; its number is for the ledger to give.
pub fn entry() -> impl Strategy<Value = Entry> {
    let standing: Vec<EvidenceKind> = EvidenceKind::ALL.iter().copied().filter(|kind| *kind != EvidenceKind::Retraction).collect();
    let held = (0..4_usize, 0..=SUBJECTS, proptest::option::weighted(0.9, proptest::sample::select(Step::ALL)))
        .prop_map(|(kind, i, step)| held(KINDS[kind], i, step));
    let recall =
        (0..=10_000_u32, 1..400_u32).prop_map(|(share, stability)| Recall { share: BasisPoints::clamped(u64::from(share)), stability });
    (
        proptest::sample::select(standing),
        proptest::sample::select(Trust::ALL),
        -900..=3_i32,
        proptest::collection::vec(held, 1..7),
        proptest::option::of(-400..400_i32),
        recall,
    )
        .prop_map(|(kind, trust, day, held, lasts, recall)| Entry {
            seq: 0,
            kind,
            trust,
            day: TODAY.plus(day),
            recorded_at: Instant::from_micros(0),
            held,
            expires_on: lasts.filter(|_| kind == EvidenceKind::Certificate).map(|days| TODAY.plus(days)),
            retracts: None,
            recall: (kind == EvidenceKind::Recall).then_some(recall),
        })
}

/// The one past the last subject is a former id, or one that nothing asks for.
fn held((prefix, kind): (&str, SubjectKind), i: usize, step: Option<Step>) -> Held {
    let id = if i == SUBJECTS { "former".to_owned() } else { format!("{prefix}{i}") };
    Held { subject: Subject::new(kind, id), step: step.filter(|_| kind == SubjectKind::Skill) }
}

fn ledger() -> impl Strategy<Value = Vec<Entry>> {
    let line = (entry(), proptest::option::weighted(0.15, 0..100_usize));
    proptest::collection::vec(line, 0..30).prop_map(|lines| {
        let mut ledger: Vec<Entry> = Vec::new();
        for (seq, (entry, retracts)) in (1..).zip(lines) {
            match retracts.filter(|_| !ledger.is_empty()).map(|at| at % ledger.len()) {
                Some(at) if ledger[at].kind != EvidenceKind::Retraction => ledger.push(retraction(seq, ledger[at].seq)),
                _ => ledger.push(Entry { seq, ..entry }),
            }
        }
        ledger
    })
}

pub fn retraction(seq: u32, retracts: u32) -> Entry {
    Entry {
        seq,
        kind: EvidenceKind::Retraction,
        trust: Trust::Claimed,
        day: TODAY,
        recorded_at: Instant::from_micros(0),
        held: Vec::new(),
        expires_on: None,
        retracts: Some(retracts),
        recall: None,
    }
}
