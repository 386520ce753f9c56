//! Everything that Waymark keeps of one person, as one document; and what of it another instance takes.
//!
//! The document is a list of sections ([`SECTIONS`]), each with a function that writes it and, where it can be taken along,
//! one that reads it. An import runs all of them in one transaction. A dry run is the same import, rolled back at its end,
//! so that what it announces is what happens. docs/own-data.md describes the format and how a section is added.

mod account;
mod evidence;
mod files;
mod mentoring;
mod paths;
mod practice;

use std::sync::{Arc, Mutex, PoisonError};

use domain::account::Account;
use domain::catalogue::Catalogue;
use domain::time::{Day, Instant};
use domain::world::Dice;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::caller::Signed;
use crate::errors::Error;
use crate::services::Actor;
use crate::state::State;

pub use files::{
    Archive, MAX_BYTES as MAX_ARCHIVE_BYTES, archive as files, importing as importing_files, is_archive, parts as file_parts,
    read as read_archive,
};

/// Raised when a document of before could be misread.
const VERSION: u64 = 1;
const KIND: &str = "own-data";
/// Most bytes of a document that is imported; ten thousand entries have some four million.
pub const MAX_BYTES: usize = 16 << 20;
/// Ends a transaction that is only tried. No door tells it.
const TRIED: store::Error = store::Error::Rule("conflict");

type Export = fn(&mut store::Conn<'_>, &Account) -> store::Result<Value>;
type Import = fn(&mut store::Conn<'_>, &Arriving, Value) -> store::Result<Vec<Finding>>;

/// One part of the document.
struct Section {
    name: &'static str,
    export: Export,
    /// None: it says what was here, and means nothing elsewhere.
    import: Option<Import>,
}

/// In the order in which they are written and read.
static SECTIONS: &[Section] = &[
    Section { name: "profile", export: account::profile, import: None },
    Section { name: "evidence", export: evidence::export, import: Some(evidence::import) },
    Section { name: "co_authors", export: evidence::co_authors, import: None },
    Section { name: "attachments", export: files::export, import: None },
    Section { name: "paths", export: paths::export, import: Some(paths::import) },
    Section { name: "practice", export: practice::export, import: Some(practice::import) },
    Section { name: "digest", export: account::digest, import: Some(account::import_digest) },
    Section { name: "scores", export: paths::scores, import: None },
    Section { name: "interviews", export: practice::interviews, import: None },
    Section { name: "reviews", export: practice::reviews, import: None },
    Section { name: "help", export: mentoring::help, import: None },
    Section { name: "review_drafts", export: mentoring::drafts, import: None },
    Section { name: "mentor_notes", export: mentoring::notes, import: None },
    Section { name: "mentor_messages", export: mentoring::messages, import: None },
    Section { name: "summaries", export: mentoring::summaries, import: None },
    Section { name: "mails", export: account::mails, import: None },
    Section { name: "memberships", export: account::memberships, import: None },
    Section { name: "sessions", export: account::sessions, import: None },
    Section { name: "tokens", export: account::tokens, import: None },
    Section { name: "acts", export: account::acts, import: None },
];

/// Where a document arrives, and whose it is from now on.
struct Arriving {
    account: Account,
    catalogue: Arc<Catalogue>,
    today: Day,
    now: Instant,
    dice: Arc<dyn Dice>,
    /// What the instance calls itself that the document comes from.
    from: String,
}

/// One thing that an import does or leaves; its words are the message `import-<code>` with hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportFinding)]
pub struct Finding {
    pub code: &'static str,
    /// A kind, a role, a subject, or the place in the document.
    pub what: String,
    pub count: u32,
    /// For what is refused: the field and the stable code of the refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
}

impl Finding {
    fn new(code: &'static str, what: impl Into<String>, count: usize) -> Self {
        Self { code, what: what.into(), count: u32::try_from(count).unwrap_or(u32::MAX), field: None, error: None }
    }

    fn refused(what: impl Into<String>, field: impl Into<String>, error: &'static str) -> Self {
        Self { field: Some(field.into()), error: Some(error), ..Self::new("refused", what, 1) }
    }
}

/// What an import came to, or would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// What the instance calls itself that the document comes from.
    pub from: String,
    pub exported_at: String,
    /// True when nothing was changed.
    pub dry_run: bool,
    pub findings: Vec<Finding>,
}

/// A document that was read far enough to be imported.
#[derive(Clone, Debug)]
pub struct Document {
    from: String,
    exported_at: String,
    sections: Map<String, Value>,
}

/// The whole document, as of one moment.
pub async fn export(state: &State, who: &Signed) -> Result<Value, Error> {
    let account = who.account.clone();
    let sections = state
        .store
        .scan(move |conn| {
            let mut sections = Map::new();
            for section in SECTIONS {
                sections.insert(section.name.to_owned(), (section.export)(conn, &account)?);
            }
            Ok(sections)
        })
        .await?;
    Ok(json!({
        "waymark": KIND,
        "version": VERSION,
        "instance": state.instance_now().name,
        "exported_at": state.clock.now(),
        "sections": sections,
    }))
}

/// Reads a document. Fails with `import_not_ours` for anything else, with `import_newer` for one of a later version.
pub fn read(bytes: &[u8]) -> Result<Document, Error> {
    let mut document: Value = serde_json::from_slice(bytes).map_err(|_| Error::Rule("import_not_ours"))?;
    if document["waymark"] != KIND {
        return Err(Error::Rule("import_not_ours"));
    }
    match document["version"].as_u64() {
        Some(version) if version > VERSION => return Err(Error::Rule("import_newer")),
        Some(1..) => {}
        _ => return Err(Error::Rule("import_not_ours")),
    }
    let Value::Object(sections) = document["sections"].take() else { return Err(Error::Rule("import_not_ours")) };
    // Shown, and put behind reviewers' names: no longer than a name.
    let line = |key: &str| -> String {
        let text = domain::account::strip(document[key].as_str().unwrap_or_default());
        text.chars().take(80).collect()
    };
    Ok(Document { from: line("instance"), exported_at: line("exported_at"), sections })
}

/// What an import would do; nothing of it is done.
pub async fn dry_run(state: &State, who: &Signed, actor: &Actor, document: Document) -> Result<Report, Error> {
    let act = importing(state, who, actor, document, true);
    let found = Arc::new(Mutex::new(None));
    let tell = Arc::clone(&found);
    let ended = state
        .store
        .write(move |conn| -> store::Result<()> {
            let report = act(conn)?;
            *tell.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
            Err(TRIED)
        })
        .await;
    let report = found.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (ended, report) {
        (Err(error), Some(report)) if error == TRIED => Ok(report),
        (Err(error), _) => Err(error.into()),
        (Ok(()), _) => Err(Error::machine("a trial was kept")),
    }
}

/// The work of an import, for one transaction.
pub fn importing(
    state: &State,
    who: &Signed,
    actor: &Actor,
    document: Document,
    dry_run: bool,
) -> impl Fn(&mut store::Conn<'_>) -> store::Result<Report> + Send + 'static {
    let arriving = Arriving {
        account: who.account.clone(),
        catalogue: state.catalogue(),
        today: actor.now.day_in(&who.account.zone),
        now: actor.now,
        dice: Arc::clone(&state.dice),
        from: document.from.clone(),
    };
    let row = actor.row("own_data.import", format!("account:{}", who.account.public_id), json!({ "from": document.from }));
    move |conn| {
        let mut sections = document.sections.clone();
        let mut findings = Vec::new();
        for section in SECTIONS {
            let Some(value) = sections.remove(section.name) else { continue };
            match section.import {
                Some(import) => findings.extend(import(conn, &arriving, value)?),
                None => findings.push(Finding::new("left", section.name, 1)),
            }
        }
        let unknown = sections.keys().take(20).map(|name| domain::account::strip(name).chars().take(80).collect::<String>());
        findings.extend(unknown.map(|name| Finding::new("section_unknown", name, 1)));
        store::audit::append(conn, &row)?;
        Ok(Report { from: document.from.clone(), exported_at: document.exported_at.clone(), dry_run, findings })
    }
}

/// What somebody else's document says, to be shown: no longer than a name.
fn clipped(text: &str) -> String {
    domain::account::strip(text).chars().take(80).collect()
}

/// The elements of a section that is a list; what is none is refused as a whole.
fn list(section: &'static str, value: Value) -> Result<Vec<Value>, Vec<Finding>> {
    match value {
        Value::Array(items) => Ok(items),
        _ => Err(vec![Finding::refused(section, section, "field_malformed")]),
    }
}
