//! Files that are handed in with work.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::attachment::MAX_BYTES;
use serde::{Deserialize, Serialize};
use store::attachments::Attachment;
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, id, nothing, ok};
use crate::body::{self, Once, Query, SentFile};
use crate::caller::{SignedIn, Visitor};
use crate::errors::Error;
use crate::pages::files::answer;
use crate::services::{Actor, attachments, ledger, mentoring, once, reviews};
use crate::state::Shared;

/// A file that was handed in with work.
#[derive(Serialize, ToSchema)]
#[schema(as = Attachment)]
pub struct AttachmentJson {
    id: String,
    name: String,
    /// `pdf`, `png`, `jpeg`, `text`: what its bytes are.
    kind: &'static str,
    /// Bytes.
    size: u32,
    /// Of its bytes, in hexadecimal digits.
    sha256: String,
    added_at: String,
}

impl From<&Attachment> for AttachmentJson {
    fn from(file: &Attachment) -> Self {
        Self {
            id: file.public_id.to_string(),
            name: file.name.clone(),
            kind: file.kind.word(),
            size: file.size,
            sha256: file.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            added_at: file.added_at.to_string(),
        }
    }
}

pub async fn list(state: Shared, who: SignedIn, entry: web::Path<String>) -> Result<HttpResponse, Error> {
    let written = ledger::get(&state, who.account.id, id(&entry, "entry")?).await?;
    let mut files = attachments::list(&state, who.account.id, std::slice::from_ref(&written)).await?;
    let files = files.remove(&written.1.seq).unwrap_or_default();
    Ok(ok(&Listed::whole(files.iter().map(AttachmentJson::from).collect())))
}

/// What the file is called.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct NameQuery {
    name: String,
}

/// Up to 10 MiB.
pub async fn add(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    entry: web::Path<String>,
    query: Query<NameQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let (_, entry, _) = ledger::get(&state, who.account.id, id(&entry, "entry")?).await?;
    let content = match body::read(payload.into_inner(), MAX_BYTES).await {
        Err(Error::Rule("body_too_large")) => return Err(Error::field("file", "attachment_too_large")),
        other => other?,
    };
    let once = Once::new(&request, &content)?;
    let files = attachments::look(&state, vec![SentFile { name: query.0.name, content }]).await?;
    let files = files.map_err(|wrong| attachments::refused("file", &wrong))?;
    let act = attachments::attaching(&state, who.account.id, entry.seq, files);
    once::write(&state, who.account.id, once, StatusCode::CREATED, move |conn| {
        Ok(act(conn)?.first().map(AttachmentJson::from).ok_or(Error::NotThere("attachment")))
    })
    .await
}

pub async fn fetch(state: Shared, who: SignedIn, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (_, entry, _) = ledger::get(&state, who.account.id, id(&at.0, "entry")?).await?;
    Ok(answer(attachments::content(&state, who.account.id, vec![entry.seq], id(&at.1, "attachment")?).await?))
}

pub async fn remove(state: Shared, who: SignedIn, at: web::Path<(String, String)>, _: Once) -> Result<HttpResponse, Error> {
    attachments::remove(&state, &who, id(&at.0, "entry")?, id(&at.1, "attachment")?).await?;
    Ok(nothing())
}

/// For whoever has the link to review the work, until they have answered.
pub async fn fetch_by_link(
    state: Shared,
    request: HttpRequest,
    who: Visitor,
    at: web::Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let opened = reviews::open(&state, &actor, who.0.as_deref(), &at.0).await?;
    Ok(answer(opened.file(&state, id(&at.1, "attachment")?).await?))
}

/// For mentors and leads of a cohort that may see the work.
pub async fn fetch_of_review(state: Shared, who: SignedIn, at: web::Path<(String, String, String)>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_review(&state, &who, &opened, id(&at.1, "review")?).await?;
    Ok(answer(open.file(&state, id(&at.2, "attachment")?).await?))
}
