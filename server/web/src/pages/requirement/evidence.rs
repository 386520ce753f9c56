//! The form for evidence: what was typed, and the offer that it makes.

use std::collections::BTreeSet;

use domain::ledger::{EvidenceKind, Held, Offer};
use domain::subject::{Step, Subject};
use domain::template::{Asks, Requirement};
use domain::time::Day;

use crate::body::Form;
use crate::errors::Error;
use crate::pages::marks;
use crate::services::ledger::Written;
use crate::view::{FormErrors, View};

/// What was typed, shown again when something was wrong.
#[derive(Default)]
pub struct Draft {
    pub errors: FormErrors,
    pub kind: String,
    /// Kinds to choose from, with their words; none for a certificate.
    pub kinds: Vec<(&'static str, String)>,
    pub url: String,
    pub note: String,
    pub minutes: String,
    pub day: String,
    pub title: String,
    pub issuer: String,
    pub number: String,
    pub issued_on: String,
    pub expires_on: String,
    /// Number of the certificate that this one renews; empty for a first one.
    pub renews: String,
    pub step: String,
    pub steps: Vec<(&'static str, String)>,
    /// Written subjects of the ticked criteria.
    pub criteria: BTreeSet<String>,
}

impl Draft {
    pub fn new(w: &View, requirement: &Requirement, open_criteria: BTreeSet<String>) -> Self {
        let (kinds, step): (&[EvidenceKind], _) = match &requirement.asks {
            Asks::Certification(_) => (&[], None),
            Asks::Skill { step, .. } => (&[EvidenceKind::Claim, EvidenceKind::Link, EvidenceKind::Experience], Some(*step)),
            Asks::Topic(_) => (&[EvidenceKind::Claim, EvidenceKind::Link, EvidenceKind::Experience], None),
            Asks::Project(_) => (&[EvidenceKind::Submission, EvidenceKind::Link, EvidenceKind::Claim], None),
        };
        Self {
            kind: kinds.first().map_or("certificate", |kind| kind.word()).to_owned(),
            kinds: kinds.iter().map(|kind| (kind.word(), w.t(&format!("evidence-{kind}")))).collect(),
            step: step.map(|step| step.word().to_owned()).unwrap_or_default(),
            steps: step.iter().flat_map(|_| Step::ALL.iter()).map(|&step| (step.word(), marks::step_words(w, step))).collect(),
            criteria: open_criteria,
            ..Self::default()
        }
    }

    /// What can be kept of the certificate that is renewed: the new one has other days, and mostly another number.
    pub fn renew(&mut self, (_, entry, payload): &Written) {
        let written = payload.clone().unwrap_or_default();
        self.renews = entry.seq.to_string();
        self.title = written.title.unwrap_or_default();
        self.issuer = written.issuer.unwrap_or_default();
        self.number = written.number.unwrap_or_default();
        self.url = written.url.unwrap_or_default();
    }

    pub fn take(&mut self, form: &Form) {
        let raw = |name: &str| form.raw(name).to_owned();
        (self.url, self.note, self.minutes) = (raw("url"), raw("note"), raw("minutes"));
        (self.day, self.title, self.issuer, self.number) = (raw("day"), raw("title"), raw("issuer"), raw("number"));
        (self.issued_on, self.expires_on, self.renews) = (raw("issued_on"), raw("expires_on"), raw("renews"));
        (self.kind, self.step) = (raw("kind"), raw("step"));
        self.criteria = form.all("criterion").iter().cloned().collect();
    }
}

/// The form as an offer; which subjects it is about follows from what the requirement asks.
pub fn offer(requirement: &Requirement, form: &Form) -> Result<Offer, Error> {
    let held = |subject: &Subject, step| Held { subject: subject.clone(), step };
    let subjects = match &requirement.asks {
        Asks::Skill { subject, step } => vec![held(subject, form.parsed::<Step>("step", "field_malformed")?.or(Some(*step)))],
        Asks::Certification(subject) | Asks::Topic(subject) => vec![held(subject, None)],
        Asks::Project(criteria) => {
            let ticked = form.all("criterion");
            criteria
                .iter()
                .filter(|criterion| ticked.contains(&criterion.subject.to_string()))
                .map(|criterion| held(&criterion.subject, None))
                .collect()
        }
    };
    let kind = form.parsed::<EvidenceKind>("kind", "field_malformed")?;
    // Title and issuer are fields of two kinds; what was typed into them before another was chosen says nothing.
    let named = matches!(kind, Some(EvidenceKind::Experience | EvidenceKind::Certificate));
    Ok(Offer {
        kind,
        subjects,
        day: form.parsed::<Day>("day", "field_malformed")?,
        expires_on: form.parsed::<Day>("expires_on", "field_malformed")?,
        title: form.text("title").filter(|_| named),
        note: form.text("note"),
        url: form.text("url"),
        issuer: form.text("issuer").filter(|_| named),
        number: form.text("number"),
        issued_on: form.parsed::<Day>("issued_on", "field_malformed")?,
        minutes: form.parsed::<u32>("minutes", "field_malformed")?,
        renews: form.parsed::<u32>("renews", "field_malformed")?,
    })
}
