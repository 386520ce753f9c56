//! Evidence that a school brings along for its learners: from a file, or from another system by the API. Every row has a
//! fate; a row is known again by where it comes from, so that the same file twice records nothing twice.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::table::read_table;
use crate::account::CleanName;
use crate::ids::{AccountId, PublicId};
use crate::ledger::{EvidenceKind, FieldError, Held, NewEntry, Payload, Wrong};
use crate::subject::{Step, Subject, SubjectKind, Trust};
use crate::time::{Day, Instant, Zone};

/// Most rows of a file.
pub const MAX_EVIDENCE: usize = 100_000;
/// Most bytes of a file.
pub const MAX_EVIDENCE_BYTES: usize = 16 << 20;
/// What the columns of the file are called; `step` and `url` may be missing.
pub const EVIDENCE_COLUMNS: &[&str] = &["person", "subject", "step", "trust", "origin", "day", "external_id", "url"];

/// A row as it was typed or sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypedEvidence {
    /// Of the file or the list, from 1.
    #[serde(skip)]
    pub line: u64,
    /// Username of a learner of the cohort.
    pub person: String,
    /// `skill:git`
    pub subject: String,
    /// Skills only.
    pub step: String,
    pub trust: String,
    /// What the system calls itself that it comes from.
    pub origin: String,
    /// The learner's day that it is about.
    pub day: String,
    /// Its id there.
    pub external_id: String,
    /// For what is *linked*.
    pub url: String,
}

/// Reads a file with the columns [`EVIDENCE_COLUMNS`]. Fails with the field `file`.
pub fn read_evidence(text: &str) -> Result<Vec<TypedEvidence>, FieldError> {
    if text.len() > MAX_EVIDENCE_BYTES {
        return Err(FieldError::new("file", "file_too_large"));
    }
    let needed = ["person", "subject", "trust", "origin", "day", "external_id"];
    let table = read_table(text, EVIDENCE_COLUMNS, &needed, MAX_EVIDENCE)?;
    let row = |(line, cells): (u64, Vec<String>)| {
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        TypedEvidence {
            line,
            person: next(),
            subject: next(),
            step: next(),
            trust: next(),
            origin: next(),
            day: next(),
            external_id: next(),
            url: next(),
        }
    };
    Ok(table.rows.into_iter().map(row).collect())
}

/// Learners of the cohort who take part or have completed, and where their entries come from.
#[derive(Clone, Debug, Default)]
pub struct KnownLearners {
    pub learners: HashMap<String, (AccountId, Zone)>,
    pub origins: HashMap<AccountId, HashSet<PublicId>>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceFate {
    /// Recorded for that learner, under an id that says where it comes from.
    New(AccountId, Box<NewEntry>, PublicId),
    /// In the ledger already, or taken back there.
    Known,
    /// For all these reasons.
    Refused(Vec<FieldError>),
}

/// The id of an entry by which it is known again: of the system that it comes from and its id there.
pub fn external_id(origin: &str, id: &str) -> PublicId {
    let hash = Sha256::digest(format!("enrolment\0{origin}\0{id}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    PublicId::new(bytes)
}

/// The fates of all rows; a file is recorded as a whole, or with one row refused not at all. `by` is who brings it, `resolve`
/// says what a subject is called now, or none for one that no catalogue knows.
///
/// Kinds follow from subject and trust: a certification is a certificate, issued by its origin, and only that is
/// *verified*; what is *claimed* is a claim, what is *linked* a link that needs its `url`, and what is *peer* or *mentor*
/// an assessment.
pub fn evidence_fates(
    rows: &[TypedEvidence],
    known: &KnownLearners,
    by: &CleanName,
    now: Instant,
    resolve: &dyn Fn(&Subject) -> Option<Subject>,
) -> Vec<EvidenceFate> {
    let mut seen: HashSet<(AccountId, PublicId)> = HashSet::new();
    rows.iter().map(|row| fate(row, known, by, now, resolve, &mut seen)).collect()
}

fn fate(
    row: &TypedEvidence,
    known: &KnownLearners,
    by: &CleanName,
    now: Instant,
    resolve: &dyn Fn(&Subject) -> Option<Subject>,
    seen: &mut HashSet<(AccountId, PublicId)>,
) -> EvidenceFate {
    let mut wrong = Wrong::default();
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let learner = known.learners.get(&row.person.to_ascii_lowercase());
    if learner.is_none() {
        wrong.add("person", "person_unknown");
    }
    let subject = match row.subject.parse::<Subject>() {
        Ok(subject) => resolve(&subject).or_else(|| {
            wrong.add("subject", "subject_unknown");
            None
        }),
        Err(_) => {
            wrong.add("subject", "subject_malformed");
            None
        }
    };
    let step = match row.step.as_str() {
        "" => None,
        text => text.parse::<Step>().map_err(|_| wrong.add("step", "step_unknown")).ok(),
    };
    let trust = row.trust.parse::<Trust>().map_err(|_| wrong.add("trust", "trust_unknown")).ok();
    let origin = wrong.short("origin", filled(&row.origin));
    wrong.needs("origin", origin.is_some());
    let id = wrong.short("external_id", filled(&row.external_id));
    wrong.needs("external_id", id.is_some());
    let url = wrong.url(filled(&row.url));
    let day = match row.day.as_str() {
        "" => None,
        text => text.parse::<Day>().map_err(|_| wrong.add("day", "day_malformed")).ok(),
    };
    wrong.needs("day", day.is_some());
    let today = learner.map_or_else(|| now.day_in(&Zone::utc()), |(_, zone)| now.day_in(zone));
    wrong.past("day", day, today);
    if let Some(subject) = &subject {
        let is_skill = subject.kind == SubjectKind::Skill;
        if is_skill && step.is_none() && !wrong.names("step") {
            wrong.add("step", "step_missing");
        } else if !is_skill && step.is_some() {
            wrong.add("step", "step_unexpected");
        }
    }
    let is_certification = subject.as_ref().is_some_and(|subject| subject.kind == SubjectKind::Certification);
    if trust == Some(Trust::Verified) && !is_certification && subject.is_some() {
        wrong.add("trust", "trust_not_given");
    }
    if trust == Some(Trust::Linked) && !wrong.names("url") {
        wrong.needs("url", url.is_some());
    }
    let (Some((account, _)), Some(subject), Some(trust), Some(origin), Some(id), Some(day), true) =
        (learner, subject, trust, origin, id, day, wrong.0.is_empty())
    else {
        return EvidenceFate::Refused(wrong.0);
    };
    let from = external_id(&origin, &id);
    if !seen.insert((*account, from)) {
        return EvidenceFate::Refused(vec![FieldError::new("external_id", "entry_twice")]);
    }
    if known.origins.get(account).is_some_and(|origins| origins.contains(&from)) {
        return EvidenceFate::Known;
    }
    let kind = match trust {
        _ if is_certification => EvidenceKind::Certificate,
        Trust::Claimed => EvidenceKind::Claim,
        Trust::Linked => EvidenceKind::Link,
        Trust::Peer | Trust::Mentor | Trust::Verified => EvidenceKind::Assessment,
    };
    let payload = Payload {
        issuer: is_certification.then(|| origin.clone()),
        title: Some(origin),
        url,
        by: Some(by.to_string()),
        ..Payload::default()
    };
    let entry = NewEntry {
        kind,
        trust,
        day,
        recorded_at: now,
        held: vec![Held { subject, step }],
        expires_on: None,
        retracts: None,
        recall: None,
        payload,
    };
    EvidenceFate::New(*account, Box::new(entry), from)
}
