//! The ledger: everything recorded, newest first, and taking an entry back.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::co_author::CoAuthorState;
use domain::ids::{AccountId, PublicId};
use domain::ledger::{Entry, EvidenceKind};
use domain::path::was_ticked;
use domain::subject::Subject;
use domain::time::Instant;
use serde::Deserialize;

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::pages::files::{self, FileRow};
use crate::pages::marks;
use crate::services::attachments::{self, Files};
use crate::services::co_authors::{self, With};
use crate::services::ledger::{self, Written};
use crate::services::paths;
use crate::state::{Shared, State};
use crate::view::{View, page, see};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "ledger.html")]
struct LedgerPage {
    w: View,
    entries: Vec<EntryRow>,
    older: Option<u32>,
    /// What was just done.
    done: Option<String>,
}

/// One entry as a timeline shows it; the requirement's page has the same.
pub struct EntryRow {
    pub id: PublicId,
    pub seq: u32,
    pub glyph: &'static str,
    pub kind: String,
    pub title: Option<String>,
    pub trust: String,
    pub blazes: u8,
    pub when: String,
    /// Names of what it is about.
    pub about: Vec<String>,
    pub note: Option<String>,
    pub url: Option<String>,
    /// Whether its address names a commit.
    pub pin: Option<(String, &'static str)>,
    pub files: Vec<FileRow>,
    /// Where files of one's own work are looked after.
    pub files_link: Option<String>,
    pub facts: Vec<String>,
    pub by: Option<String>,
    pub blanked: bool,
    pub retracted: bool,
    /// It stands, so its trust is told.
    pub stands: bool,
    pub can_retract: bool,
}

#[derive(Deserialize)]
pub struct LedgerQuery {
    before: Option<u32>,
    done: Option<String>,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<LedgerQuery>) -> Result<HttpResponse, Error> {
    let written = ledger::list(&state, who.account.id, None, query.0.before, PAGE + 1).await?;
    let id = who.account.id;
    let facts = state.store.read(move |conn| store::ledger::facts(conn, id)).await?;
    let begun = paths::begun(&state, &who).await?;
    let work = OwnWork::load(&state, id, &written).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "ledger");
    let more = written.len() as i64 > PAGE;
    let written: Vec<Written> = written.into_iter().take(PAGE as usize).collect();
    let older = written.last().filter(|_| more).map(|(_, entry, _)| entry.seq);
    let done = query.0.done.map(|done| w.t(if done == "evidence" { "requirement-recorded" } else { "ledger-retracted" }));
    page(&LedgerPage { entries: rows(&w, &state, &written, &facts, &begun, Some(&work)), older, done, w })
}

/// POST: a retraction, from the ledger's own page or a requirement's (`back` says which; only a path of ours is followed).
pub async fn retract(state: Shared, who: SignedIn, id: web::Path<String>, form: Form) -> Result<HttpResponse, Error> {
    let id: PublicId = id.parse().map_err(|_| Error::NotThere("entry"))?;
    ledger::retract(&state, &who, id, form.text("note")).await?;
    let home = state.links.path("ledger", &[]);
    let back = form
        .text("back")
        .filter(|back| back.starts_with(&state.links.path("home", &[])) && !back.starts_with("//") && !back.contains('\\'));
    Ok(see(back.unwrap_or_else(|| format!("{home}?done=retract"))))
}

/// What a learner's own work has beside what was written: files, and who made it too.
pub struct OwnWork {
    files: Files,
    with: With,
}

impl OwnWork {
    pub async fn load(state: &State, account: AccountId, written: &[Written]) -> Result<Self, Error> {
        Ok(Self { files: attachments::list(state, account, written).await?, with: co_authors::with(state, account, written).await? })
    }
}

/// A name, with what they said where they have not said yes.
fn co_author_words(w: &View, name: &str, state: CoAuthorState) -> String {
    match state {
        CoAuthorState::Confirmed => name.to_owned(),
        CoAuthorState::Asked => w.t1("co-author-asked", "name", name),
        CoAuthorState::Declined => w.t1("co-author-declined", "name", name),
    }
}

/// Code that others look at.
fn is_work(kind: EvidenceKind) -> bool {
    matches!(kind, EvidenceKind::Link | EvidenceKind::Submission)
}

/// Entries ready to be shown. `facts` are all of the learner's, to know what was taken back; `begun` is when their paths
/// began, to know what was only ticked then. Of somebody else's ledger no files are shown here (`work` is none): they stand
/// with the review that is asked for.
pub fn rows(w: &View, state: &State, written: &[Written], facts: &[Entry], begun: &[Instant], work: Option<&OwnWork>) -> Vec<EntryRow> {
    let catalogue = state.catalogue();
    let name = |subject: &Subject| catalogue.get(subject).map_or_else(|| subject.id.clone(), |document| document.name.clone());
    let today = w.today();
    written
        .iter()
        .map(|(id, entry, payload)| {
            let retracted = facts.iter().any(|other| other.retracts == Some(entry.seq));
            let retraction = entry.kind == EvidenceKind::Retraction;
            let written = payload.clone().unwrap_or_default();
            let mut lines = Vec::new();
            if was_ticked(entry, begun) {
                lines.push(w.t("entry-ticked"));
            }
            lines.extend(written.issuer.clone());
            lines.extend(written.number.clone());
            if let Some(until) = entry.expires_on {
                lines.push(w.t1(
                    if until < today { "requirement-expired-on" } else { "requirement-expires-on" },
                    "day",
                    w.lang.day_long(until),
                ));
            }
            if let Some(minutes) = written.minutes {
                lines.push(w.lang.effort(minutes));
            }
            if let Some(seq) = written.follows {
                let key = match entry.kind {
                    EvidenceKind::Review => "entry-reviews",
                    EvidenceKind::Submission => "entry-follows",
                    _ => "entry-renews",
                };
                lines.push(w.t1(key, "number", seq));
            }
            if let Some(with) = work.and_then(|work| work.with.get(&entry.seq)) {
                let names: Vec<String> = with.iter().map(|(name, state)| co_author_words(w, name, *state)).collect();
                lines.push(w.t1("entry-with", "names", names.join(", ")));
            }
            if let Some(recall) = entry.recall {
                lines.push(w.t1("ledger-recall", "percent", recall.share.get() / 100));
            }
            if let Some(seq) = entry.retracts {
                lines.push(w.t1("ledger-takes-back", "number", seq));
            }
            let is_own_work = entry.kind == EvidenceKind::Submission && work.is_some();
            let of_entry = work.and_then(|work| work.files.get(&entry.seq));
            EntryRow {
                pin: written.url.as_deref().filter(|_| is_work(entry.kind)).and_then(|url| files::pin(w, url)),
                files: FileRow::list(w, of_entry, |file| w.link2("file", id, file.public_id)),
                files_link: is_own_work.then(|| w.link1("files", id)),
                id: *id,
                seq: entry.seq,
                glyph: if retraction || retracted { "g-locked" } else { marks::trust_glyph(entry.trust) },
                kind: w.t(&format!("evidence-{}", entry.kind)),
                title: written.title,
                trust: marks::trust_words(w, Some(entry.trust)),
                blazes: marks::blazes(Some(entry.trust)),
                when: w.lang.day_near(entry.day, today),
                about: entry
                    .held
                    .iter()
                    .map(|held| match held.step {
                        Some(step) => format!("{} ({})", name(&held.subject), marks::step_words(w, step)),
                        None => name(&held.subject),
                    })
                    .collect(),
                note: written.note.as_deref().map(markdown::to_html),
                url: written.url,
                facts: lines,
                by: written.by.map(|by| w.t1("requirement-by", "name", by)),
                blanked: payload.is_none(),
                retracted,
                stands: !retraction && !retracted,
                can_retract: !retraction && !retracted,
            }
        })
        .collect()
}
