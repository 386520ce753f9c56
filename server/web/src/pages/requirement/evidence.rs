//! The form for evidence: what was typed, and the offer that it makes.

use std::collections::BTreeSet;

use domain::ledger::{Entry, EvidenceKind, Held, Offer, standing};
use domain::subject::{Step, Subject};
use domain::template::{Asks, Requirement};
use domain::time::Day;

use super::reviews::ReviewPart;
use crate::body::Form;
use crate::errors::Error;
use crate::pages::marks;
use crate::services::ledger::Written;
use crate::services::paths::OpenPath;
use crate::view::{FormErrors, View};

/// What was typed, shown again when something was wrong.
#[derive(Default)]
pub struct Draft {
    pub errors: FormErrors,
    pub kind: String,
    /// Kinds to choose from, with their words; none for a certificate.
    pub kinds: Vec<(&'static str, String)>,
    pub url: String,
    /// The commit that the link is to name.
    pub commit: String,
    /// Usernames of those who made it too.
    pub co_authors: String,
    /// Which files were not taken, and why.
    pub wrong_files: Vec<String>,
    pub note: String,
    pub minutes: String,
    pub day: String,
    pub title: String,
    pub issuer: String,
    pub number: String,
    pub issued_on: String,
    pub expires_on: String,
    /// Number of the entry that this one renews, or takes the place of; empty for a first one.
    pub renews: String,
    /// Submissions whose place this one can take: number and words, newest first.
    pub follows: Vec<(String, String)>,
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

    /// Work that stands can be handed in again; what was sent back last is what one does so with.
    pub fn follow(&mut self, w: &View, open: &OpenPath, written: &[Written], reviews: &ReviewPart) {
        let standing = standing(&open.facts);
        let is_work = |entry: &Entry| entry.kind == EvidenceKind::Submission && standing.iter().any(|other| other.seq == entry.seq);
        let words = |(_, entry, payload): &Written| {
            let what = payload.as_ref().and_then(|payload| payload.title.clone().or_else(|| payload.url.clone())).unwrap_or_default();
            w.t3("review-of", "number", entry.seq, "day", w.lang.day_near(entry.day, w.today()), "what", what)
        };
        let work = || written.iter().filter(|(_, entry, _)| is_work(entry));
        self.follows = work().map(|written| (written.1.seq.to_string(), words(written))).collect();
        let followed =
            |seq: u32| written.iter().any(|(_, _, payload)| payload.as_ref().is_some_and(|payload| payload.follows == Some(seq)));
        let returned = work().find(|(_, entry, _)| reviews.is_returned(entry.seq));
        if let Some((_, entry, _)) = returned.filter(|(_, entry, _)| !work().any(|other| other.1.seq > entry.seq && followed(entry.seq))) {
            self.renews = entry.seq.to_string();
        }
    }

    pub fn take(&mut self, form: &Form) {
        let raw = |name: &str| form.raw(name).to_owned();
        (self.url, self.commit, self.note, self.minutes) = (raw("url"), raw("commit"), raw("note"), raw("minutes"));
        self.co_authors = raw("co_authors");
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
    let is_code = matches!(kind, Some(EvidenceKind::Link | EvidenceKind::Submission));
    let follows = matches!(kind, Some(EvidenceKind::Submission | EvidenceKind::Certificate));
    Ok(Offer {
        kind,
        subjects,
        day: form.parsed::<Day>("day", "field_malformed")?,
        expires_on: form.parsed::<Day>("expires_on", "field_malformed")?,
        title: form.text("title").filter(|_| named),
        note: form.text("note"),
        url: form.text("url"),
        commit: form.text("commit").filter(|_| is_code),
        issuer: form.text("issuer").filter(|_| named),
        number: form.text("number"),
        issued_on: form.parsed::<Day>("issued_on", "field_malformed")?,
        minutes: form.parsed::<u32>("minutes", "field_malformed")?,
        renews: form.parsed::<u32>("renews", "field_malformed")?.filter(|_| follows),
    })
}
