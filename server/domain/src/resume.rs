//! A ledger as a résumé in the JSON Resume format, version 1.0.0 of its schema (jsonresume.org).
//!
//! Work comes from experience (jobs and studies are one kind), certificates from certificates, projects from links and
//! submissions, skills from the highest step at which each is held. What was taken back, blanked or has expired is left out. The format has no place for trust:
//! a résumé is what its holder says.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ledger::{Entry, EvidenceKind, Payload, standing};
use crate::subject::{Step, Subject, SubjectKind};
use crate::time::Day;

const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// The document. Days read `2026-11-19`, which is one of the schema's `iso8601` forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub basics: Basics,
    pub work: Vec<Work>,
    pub certificates: Vec<Certificate>,
    pub skills: Vec<Skill>,
    pub projects: Vec<Project>,
    pub meta: Meta,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basics {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Work {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub position: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub start_date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub name: String,
    pub date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skill {
    pub name: String,
    pub level: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub start_date: Day,
    pub end_date: Day,
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    pub canonical: &'static str,
    pub version: &'static str,
    /// The day on which it was made.
    pub last_modified: Day,
}

/// What a résumé is made of besides the ledger.
pub struct Holder<'a> {
    pub name: &'a str,
    pub mail: Option<&'a str>,
    pub today: Day,
    /// What the catalogue calls a subject; its id where it is unknown.
    pub name_of: &'a dyn Fn(&Subject) -> String,
    pub words_of: &'a dyn Fn(Step) -> String,
}

/// Makes the résumé; newest first within its parts, skills and projects by name. The same ledger gives the same bytes.
/// `written` says what stands with an entry's number; none: blanked.
pub fn resume(ledger: &[Entry], written: &BTreeMap<u32, Payload>, holder: &Holder<'_>) -> Resume {
    let mut entries: Vec<(&Entry, &Payload)> = standing(ledger)
        .into_iter()
        .filter(|entry| entry.expires_on.is_none_or(|last| last >= holder.today))
        .filter_map(|entry| Some((entry, written.get(&entry.seq)?)))
        .collect();
    entries.sort_by_key(|(entry, _)| (std::cmp::Reverse(entry.day), entry.seq));
    let names = |entry: &Entry| -> Vec<String> { entry.held.iter().map(|held| (holder.name_of)(&held.subject)).collect() };
    let of = |kind: EvidenceKind| entries.iter().filter(move |(entry, _)| entry.kind == kind);

    let work = of(EvidenceKind::Experience)
        .map(|(entry, payload)| Work {
            name: payload.issuer.clone(),
            position: payload.title.clone().unwrap_or_default(),
            url: payload.url.clone(),
            start_date: entry.day,
            summary: payload.note.clone(),
            highlights: names(entry),
        })
        .collect();
    let certificates = of(EvidenceKind::Certificate)
        .flat_map(|(entry, payload)| {
            names(entry).into_iter().map(move |name| Certificate {
                name: payload.title.clone().unwrap_or(name),
                date: payload.issued_on.unwrap_or(entry.day),
                url: payload.url.clone(),
                issuer: payload.issuer.clone(),
            })
        })
        .collect();
    let mut steps: BTreeMap<&Subject, Step> = BTreeMap::new();
    for held in entries.iter().flat_map(|(entry, _)| &entry.held) {
        if let (SubjectKind::Skill, Some(step)) = (held.subject.kind, held.step) {
            let best = steps.entry(&held.subject).or_insert(step);
            *best = step.max(*best);
        }
    }
    let mut skills: Vec<Skill> =
        steps.into_iter().map(|(subject, step)| Skill { name: (holder.name_of)(subject), level: (holder.words_of)(step) }).collect();
    skills.sort_by(|a, b| a.name.cmp(&b.name));
    Resume {
        schema: SCHEMA,
        basics: Basics { name: holder.name.to_owned(), email: holder.mail.map(str::to_owned) },
        work,
        certificates,
        skills,
        projects: projects(&entries, holder),
        meta: Meta { canonical: SCHEMA, version: "v1.0.0", last_modified: holder.today },
    }
}

/// One project for each address, however often it was recorded: oldest and newest day, all subjects, the newest words.
fn projects(entries: &[(&Entry, &Payload)], holder: &Holder<'_>) -> Vec<Project> {
    let mut projects: BTreeMap<&str, Project> = BTreeMap::new();
    for (entry, payload) in entries {
        if !matches!(entry.kind, EvidenceKind::Link | EvidenceKind::Submission) {
            continue;
        }
        let Some(url) = payload.url.as_deref() else { continue };
        let project = projects.entry(url).or_insert_with(|| Project {
            name: payload.title.clone().unwrap_or_else(|| url.to_owned()),
            description: payload.note.clone(),
            keywords: Vec::new(),
            start_date: entry.day,
            end_date: entry.day,
            url: url.to_owned(),
        });
        project.start_date = project.start_date.min(entry.day);
        for held in &entry.held {
            let name = (holder.name_of)(&held.subject);
            if !project.keywords.contains(&name) {
                project.keywords.push(name);
            }
        }
    }
    let mut projects: Vec<Project> = projects.into_values().collect();
    projects.iter_mut().for_each(|project| project.keywords.sort());
    projects.sort_by(|a, b| (&a.name, &a.url).cmp(&(&b.name, &b.url)));
    projects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Held, NewEntry, Offer, check};
    use crate::time::Instant;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn entry(seq: u32, offer: Offer) -> (Entry, Payload) {
        let NewEntry { kind, trust, day, recorded_at, held, expires_on, retracts, recall, payload } =
            check(offer, day("2026-11-19"), Instant::from_micros(0), &|_| true).unwrap();
        (Entry { seq, kind, trust, day, recorded_at, held, expires_on, retracts, recall }, payload)
    }

    fn offer(kind: EvidenceKind, on: &str, subjects: &[(&str, Option<Step>)]) -> Offer {
        let subjects = subjects.iter().map(|(subject, step)| Held { subject: subject.parse().unwrap(), step: *step }).collect();
        Offer { kind: Some(kind), day: Some(day(on)), subjects, ..Offer::default() }
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn made(entries: Vec<(Entry, Payload)>) -> serde_json::Value {
        let written = entries.iter().map(|(entry, payload)| (entry.seq, payload.clone())).collect();
        let ledger: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
        let holder = Holder {
            name: "Ada",
            mail: Some("ada@example.org"),
            today: day("2026-11-19"),
            name_of: &|subject| subject.id.to_uppercase(),
            words_of: &|step| step.word().to_owned(),
        };
        serde_json::to_value(resume(&ledger, &written, &holder)).unwrap()
    }

    #[test]
    fn each_kind_of_evidence_stands_where_the_schema_has_a_place_for_it() {
        let shop = text("https://git.example/ada/shop");
        let resume = made(vec![
            entry(1, Offer { title: text("Trainee"), issuer: text("Harbour"), ..offer(EvidenceKind::Experience, "2025-01-01", &[]) }),
            entry(2, offer(EvidenceKind::Claim, "2026-01-01", &[("skill:rust", Some(Step::Aware))])),
            entry(
                3,
                Offer {
                    url: shop.clone(),
                    title: text("Shop"),
                    ..offer(EvidenceKind::Link, "2026-02-01", &[("skill:rust", Some(Step::Working))])
                },
            ),
            entry(
                4,
                Offer {
                    url: shop,
                    note: text("With tests"),
                    ..offer(EvidenceKind::Submission, "2026-03-01", &[("criterion:tests", None)])
                },
            ),
            entry(
                5,
                Offer {
                    issuer: text("Board"),
                    issued_on: Some(day("2026-04-01")),
                    ..offer(EvidenceKind::Certificate, "2026-04-02", &[("certification:cloud", None)])
                },
            ),
            entry(
                6,
                Offer {
                    issuer: text("Board"),
                    expires_on: Some(day("2026-11-18")),
                    ..offer(EvidenceKind::Certificate, "2023-04-02", &[("certification:old", None)])
                },
            ),
        ]);
        assert_eq!(resume["basics"], serde_json::json!({ "name": "Ada", "email": "ada@example.org" }));
        assert_eq!(resume["work"], serde_json::json!([{ "name": "Harbour", "position": "Trainee", "startDate": "2025-01-01" }]));
        assert_eq!(resume["skills"], serde_json::json!([{ "name": "RUST", "level": "working" }]));
        assert_eq!(resume["certificates"], serde_json::json!([{ "name": "CLOUD", "date": "2026-04-01", "issuer": "Board" }]));
        assert_eq!(
            resume["projects"],
            serde_json::json!([{
                "name": "https://git.example/ada/shop",
                "description": "With tests",
                "keywords": ["RUST", "TESTS"],
                "startDate": "2026-02-01",
                "endDate": "2026-03-01",
                "url": "https://git.example/ada/shop",
            }])
        );
    }

    #[test]
    fn what_was_taken_back_or_blanked_is_left_out() {
        let mut entries = vec![
            entry(1, offer(EvidenceKind::Claim, "2026-01-01", &[("skill:rust", Some(Step::Leading))])),
            entry(2, offer(EvidenceKind::Claim, "2026-01-01", &[("skill:go", Some(Step::Working))])),
        ];
        let ledger: Vec<Entry> = entries.iter().map(|(entry, _)| entry.clone()).collect();
        let retraction = crate::ledger::retract(&ledger, 1, day("2026-11-19"), Instant::from_micros(0), None).unwrap();
        let NewEntry { kind, trust, day, recorded_at, held, expires_on, retracts, recall, payload } = retraction;
        entries.push((Entry { seq: 3, kind, trust, day, recorded_at, held, expires_on, retracts, recall }, payload));
        assert_eq!(made(entries.clone())["skills"], serde_json::json!([{ "name": "GO", "level": "working" }]));
        let ledger: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
        let holder =
            Holder { name: "Ada", mail: None, today: ledger[0].day, name_of: &|s| s.id.clone(), words_of: &|s| s.word().to_owned() };
        assert_eq!(resume(&ledger, &BTreeMap::new(), &holder).skills, []);
    }
}
