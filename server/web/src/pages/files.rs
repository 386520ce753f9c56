//! Work as reviewers and its learner see it: files and links. And the page of a submission's files.

use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderName, HeaderValue,
};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::attachment::MAX_FILES;
use domain::ids::PublicId;
use domain::pinned::{self, LinkState};
use serde::Deserialize;
use store::attachments::Attachment;

use crate::body::{Query, Upload};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::attachments::{self, WrongFile};
use crate::services::ledger::{self, Written};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// Set on every file that people handed in: whatever a browser makes of it, it runs nothing, loads nothing and is nobody.
const FILE_CSP: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// A file to be fetched.
pub struct FileRow {
    pub id: PublicId,
    pub href: String,
    pub name: String,
    /// What it is, and how large.
    pub facts: String,
}

impl FileRow {
    pub fn new(w: &View, file: &Attachment, href: String) -> Self {
        let kind = w.t(&format!("file-kind-{}", file.kind));
        let facts = w.t2("file-facts", "kind", kind, "size", size(w, u64::from(file.size)));
        Self { id: file.public_id, href, name: file.name.clone(), facts }
    }

    /// Rows of files whose addresses `href` makes.
    pub fn list(w: &View, files: Option<&Vec<Attachment>>, href: impl Fn(&Attachment) -> String) -> Vec<Self> {
        files.into_iter().flatten().map(|file| Self::new(w, file, href(file))).collect()
    }
}

/// Bytes in words: whole KB, from one MB on with a decimal, rounded up.
pub fn size(w: &View, bytes: u64) -> String {
    const MB: u64 = 1 << 20;
    if bytes < MB {
        return w.t1("file-size-kb", "size", i64::try_from(bytes.div_ceil(1 << 10)).unwrap_or(i64::MAX));
    }
    let tenths = (bytes * 10).div_ceil(MB);
    w.t1("file-size-mb", "size", w.lang.points(u32::try_from(tenths).unwrap_or(u32::MAX / 10) * 10))
}

/// Whether a link names a commit, in words, and the class of the tag that says so; none where that is no question.
pub fn pin(w: &View, url: &str) -> Option<(String, &'static str)> {
    match pinned::state(url) {
        LinkState::Pinned(commit) => Some((w.t1("link-pinned", "commit", pinned::short(&commit)), " on")),
        LinkState::Moving => Some((w.t("link-moving"), " warn")),
        LinkState::Elsewhere => None,
    }
}

/// A file as an answer: to be kept, never shown, and of no other type than it was found to be.
pub fn answer((file, content): (Attachment, Vec<u8>)) -> HttpResponse {
    let plain: String = file.name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let name = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: file.name.into_bytes() };
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(name)],
    };
    HttpResponse::Ok()
        .content_type(file.kind.media_type())
        .insert_header(disposition)
        .insert_header((header::CONTENT_SECURITY_POLICY, FILE_CSP))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")))
        .body(content)
}

#[derive(Template)]
#[template(path = "files.html")]
struct FilesPage {
    w: View,
    entry: PublicId,
    number: u32,
    /// What the work is called.
    title: String,
    files: Vec<FileRow>,
    may_add: bool,
    may_remove: bool,
    most: usize,
    room: String,
    errors: FormErrors,
    /// Which files were not taken, and why.
    wrong: Vec<String>,
    done: Option<String>,
}

#[derive(Deserialize)]
pub struct Done {
    pub done: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    entry: web::Path<String>,
    query: Query<Done>,
) -> Result<HttpResponse, Error> {
    let written = ledger::get(&state, who.account.id, id(&entry, "entry")?).await?;
    let mut filled = filled(&state, &request, &who, &written).await?;
    filled.done = query.0.done.map(|done| filled.w.t(if done == "removed" { "files-removed" } else { "files-added" }));
    page(&filled)
}

/// POST: more files for one's own submission.
pub async fn add(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    entry: web::Path<String>,
    upload: Upload,
) -> Result<HttpResponse, Error> {
    let written = ledger::get(&state, who.account.id, id(&entry, "entry")?).await?;
    let (mut wrong, mut errors) = (Vec::new(), FormErrors::default());
    if upload.files.is_empty() {
        errors = FormErrors::of(Error::field("files", "missing"))?;
    } else {
        match attachments::look(&state, upload.files).await? {
            Ok(files) => {
                let act = attachments::attaching(&state, who.account.id, written.1.seq, files);
                match state.store.write(act).await {
                    Ok(_) => return Ok(see(format!("{}?done=added", state.links.path("files", &[&entry])))),
                    Err(error) => errors = FormErrors::of(attachments::beside("files", error.into()))?,
                }
            }
            Err(refused) => wrong = refused,
        }
    }
    if !wrong.is_empty() {
        errors = FormErrors::of(attachments::refused("files", &wrong))?;
    }
    let mut filled = filled(&state, &request, &who, &written).await?;
    (filled.wrong, filled.errors) = (wrong_words(&filled.w, &wrong), errors);
    page_again(&filled)
}

/// What is wrong with files, at their field, file by file.
pub fn wrong_words(w: &View, wrong: &[WrongFile]) -> Vec<String> {
    wrong.iter().map(|wrong| w.t2("files-wrong", "name", &wrong.name, "why", w.error(wrong.code))).collect()
}

/// POST: a file less.
pub async fn remove(state: Shared, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    attachments::remove(&state, &who, id(&at.0, "entry")?, id(&at.1, "attachment")?).await?;
    Ok(see(format!("{}?done=removed", state.links.path("files", &[&at.0]))))
}

/// One's own file.
pub async fn fetch(state: Shared, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (_, entry, _) = ledger::get(&state, who.account.id, id(&at.0, "entry")?).await?;
    Ok(answer(attachments::content(&state, who.account.id, vec![entry.seq], id(&at.1, "attachment")?).await?))
}

pub fn id(text: &str, what: &'static str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere(what))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, written: &Written) -> Result<FilesPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "ledger");
    let (entry, number) = (written.0, written.1.seq);
    let mut files = attachments::list(state, who.account.id, std::slice::from_ref(written)).await?;
    let (may_add, may_remove) = attachments::may_change(state, who, written).await?;
    let (used, quota) = attachments::used(state, who).await?;
    let title = written.2.as_ref().and_then(|payload| payload.title.clone().or_else(|| payload.url.clone())).unwrap_or_default();
    let files = files.remove(&number).unwrap_or_default();
    Ok(FilesPage {
        entry,
        number,
        title,
        may_add: may_add && files.len() < MAX_FILES,
        may_remove,
        files: FileRow::list(&w, Some(&files), |file| w.link2("file", entry, file.public_id)),
        most: MAX_FILES,
        room: w.t2("files-room", "used", size(&w, used), "quota", size(&w, quota)),
        errors: FormErrors::default(),
        wrong: Vec::new(),
        done: None,
        w,
    })
}
