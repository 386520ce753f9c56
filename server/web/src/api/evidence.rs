//! The ledger: evidence in, evidence out.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::ledger::{EvidenceKind, Held, Offer, Payload};
use domain::pinned::{self, LinkState};
use domain::subject::{Step, Subject};
use domain::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, cursor, id, nothing, ok};
use crate::body::{Json, Once, Query};
use crate::caller::SignedIn;
use crate::errors::{Error, Field};
use crate::services::ledger::{Beside, Written};
use crate::services::{co_authors, ledger, mentoring, once};
use crate::state::Shared;

/// A subject with the step at which a skill is held.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Held)]
#[serde(deny_unknown_fields)]
pub struct HeldJson {
    /// `skill:postgresql`, `criterion:rate-limiting`, …
    subject: String,
    /// `aware`, `working`, `independent`, `leading`; for skills only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<String>,
}

impl From<&Held> for HeldJson {
    fn from(held: &Held) -> Self {
        Self { subject: held.subject.to_string(), step: held.step.map(|step| step.word().to_owned()) }
    }
}

impl HeldJson {
    /// Those of the field `name` that read; what does not is said.
    pub(crate) fn read(name: &str, list: &[Self], wrong: &mut Vec<Field>) -> Vec<Held> {
        let mut subjects = Vec::new();
        for (at, held) in list.iter().enumerate() {
            let subject =
                held.subject.parse::<Subject>().map_err(|_| wrong.push(Field::new(format!("{name}.{at}.subject"), "subject_malformed")));
            let step = held.step.as_deref().map(|step| step.parse::<Step>()).transpose();
            let step = step.map_err(|_| wrong.push(Field::new(format!("{name}.{at}.step"), "step_unknown")));
            if let (Ok(subject), Ok(step)) = (subject, step) {
                subjects.push(Held { subject, step });
            }
        }
        subjects
    }
}

/// An entry of the ledger.
#[derive(Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceJson {
    id: String,
    /// Number in the ledger, from 1.
    number: u32,
    /// `claim`, `link`, `submission`, `review`, `assessment`, `certificate`, `experience`, `recall`, `retraction`.
    kind: &'static str,
    /// `claimed`, `linked`, `peer`, `mentor`, `verified`.
    trust: &'static str,
    /// The learner's local day that it is about.
    day: String,
    recorded_at: String,
    subjects: Vec<HeldJson>,
    expires_on: Option<String>,
    /// Number of the entry that a retraction takes out.
    retracts: Option<u32>,
    /// True where what was written has been blanked.
    redacted: bool,
    #[serde(flatten)]
    #[schema(inline)]
    text: TextJson,
}

#[derive(Serialize, ToSchema, Default)]
#[serde(default)]
pub struct TextJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The commit that the link names, so that it shows the same tomorrow.
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_of_certificate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
    /// Who recorded it, where that is not the learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Number of the entry that this one renews or reviews.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<u32>,
}

pub(super) fn commit_of(url: &str) -> Option<String> {
    match pinned::state(url) {
        LinkState::Pinned(commit) => Some(commit),
        LinkState::Moving | LinkState::Elsewhere => None,
    }
}

impl From<Payload> for TextJson {
    fn from(payload: Payload) -> Self {
        Self {
            title: payload.title,
            note: payload.note,
            commit: payload.url.as_deref().and_then(commit_of),
            url: payload.url,
            issuer: payload.issuer,
            number_of_certificate: payload.number,
            issued_on: payload.issued_on.map(|day| day.to_string()),
            minutes: payload.minutes,
            by: payload.by,
            follows: payload.follows,
        }
    }
}

impl From<Written> for EvidenceJson {
    fn from((public_id, entry, payload): Written) -> Self {
        Self {
            id: public_id.to_string(),
            number: entry.seq,
            kind: entry.kind.word(),
            trust: entry.trust.word(),
            day: entry.day.to_string(),
            recorded_at: entry.recorded_at.to_string(),
            subjects: entry.held.iter().map(HeldJson::from).collect(),
            expires_on: entry.expires_on.map(|day| day.to_string()),
            retracts: entry.retracts,
            redacted: payload.is_none(),
            text: payload.map(TextJson::from).unwrap_or_default(),
        }
    }
}

/// Evidence that a learner sends.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewEvidence)]
#[serde(deny_unknown_fields)]
pub struct OfferJson {
    /// `claim`, `link`, `submission`, `certificate`, `experience`.
    kind: String,
    subjects: Vec<HeldJson>,
    /// `2026-11-19`; absent: today, in the learner's zone.
    day: Option<String>,
    /// For a certificate.
    expires_on: Option<String>,
    title: Option<String>,
    /// Markdown.
    note: Option<String>,
    url: Option<String>,
    /// Of a link or a submission: the whole hash of the commit that the link is to name.
    commit: Option<String>,
    issuer: Option<String>,
    /// Of a certificate.
    number: Option<String>,
    issued_on: Option<String>,
    minutes: Option<u32>,
    /// Number of the certificate that this one renews, or of the submission that it takes the place of.
    renews: Option<u32>,
    /// Of a submission: usernames of those who made it too, who learn in a cohort with one.
    #[serde(default)]
    co_authors: Vec<String>,
}

impl OfferJson {
    /// Reads every field and names all that do not read.
    fn offer(self) -> Result<Offer, Error> {
        let mut wrong = Vec::new();
        let kind = self.kind.parse::<EvidenceKind>().map_err(|_| wrong.push(Field::new("kind", "kind_not_offered"))).ok();
        let subjects = HeldJson::read("subjects", &self.subjects, &mut wrong);
        let mut day = |field: &str, text: Option<String>| {
            text.and_then(|text| text.parse::<Day>().map_err(|_| wrong.push(Field::new(field, "day_malformed"))).ok())
        };
        let (on, expires_on, issued_on) = (day("day", self.day), day("expires_on", self.expires_on), day("issued_on", self.issued_on));
        if !wrong.is_empty() {
            return Err(Error::Fields(wrong));
        }
        Ok(Offer {
            kind,
            subjects,
            day: on,
            expires_on,
            title: self.title,
            note: self.note,
            url: self.url,
            commit: self.commit,
            issuer: self.issuer,
            number: self.number,
            issued_on,
            minutes: self.minutes,
            renews: self.renews,
        })
    }
}

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct EvidenceQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// 1 to 200; 50 where absent.
    limit: Option<i64>,
    /// Entries about any of these, with commas between them: `skill:go,skill:sql`.
    subject: Option<String>,
}

/// Newest first.
pub async fn list(state: Shared, who: SignedIn, query: Query<EvidenceQuery>) -> Result<HttpResponse, Error> {
    let page = super::PageQuery { cursor: query.0.cursor, limit: query.0.limit };
    let subjects = query.0.subject.as_deref().map(|text| text.split(',').map(|one| super::word::<Subject>("subject", one)).collect());
    let before = page.after()?.map(|seq| u32::try_from(seq).map_err(|_| Error::Rule("cursor_malformed"))).transpose()?;
    let limit = page.limit();
    let mut entries = ledger::list(&state, who.account.id, subjects.transpose()?, before, limit + 1).await?;
    let more = entries.len() as i64 > limit;
    entries.truncate(limit as usize);
    let next = entries.last().filter(|_| more).map(|(_, entry, _)| cursor(i64::from(entry.seq)));
    Ok(ok(&Listed { items: entries.into_iter().map(EvidenceJson::from).collect(), next }))
}

pub async fn show(state: Shared, who: SignedIn, entry: web::Path<String>) -> Result<HttpResponse, Error> {
    Ok(ok(&EvidenceJson::from(ledger::get(&state, who.account.id, id(&entry, "entry")?).await?)))
}

pub async fn add(state: Shared, who: SignedIn, body: Json<OfferJson>) -> Result<HttpResponse, Error> {
    let named = body.value.co_authors.join(" ");
    let new = ledger::prepare(&state, &who, body.value.offer()?)?;
    let beside = Beside { co_authors: co_authors::find(&state, &who, &named).await?, ..Beside::default() };
    beside.check(new.kind)?;
    let handing = mentoring::handing(&state, &who, &new).await?;
    let (account, public_id) = (who.account.id, state.dice.public_id());
    once::write(&state, account, body.once, StatusCode::CREATED, move |conn| {
        let kept = ledger::keep(conn, account, &new, public_id, handing)?;
        if let Ok(entry) = &kept {
            store::co_authors::ask(conn, account, entry.seq, &beside.co_authors, entry.recorded_at)?;
        }
        Ok(kept.map(|entry| EvidenceJson::from((public_id, entry, Some(new.payload.clone())))))
    })
    .await
}

/// Why an entry is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Retraction {
    note: Option<String>,
}

pub async fn retract(state: Shared, who: SignedIn, entry: web::Path<String>, body: Json<Retraction>) -> Result<HttpResponse, Error> {
    let new_id = state.dice.public_id();
    let note = body.value.note;
    let act = ledger::retraction(&state, &who, id(&entry, "entry")?, new_id, note.clone());
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        let outcome = act(conn)?;
        Ok(outcome.map(|entry| EvidenceJson::from((new_id, entry, Some(Payload { note: note.clone(), ..Payload::default() })))))
    })
    .await
}

/// Blanks what was written; the facts stay.
pub async fn redact(state: Shared, who: SignedIn, entry: web::Path<String>, _: Once) -> Result<HttpResponse, Error> {
    ledger::redact(&state, &who, id(&entry, "entry")?).await?;
    Ok(nothing())
}
