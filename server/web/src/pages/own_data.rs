//! One's own data: taking it along, bringing it, and leaving.

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::auth;
use crate::body::{self, Form};
use crate::caller::SignedIn;
use crate::errors::{Error, message_key};
use crate::pages::files::size;
use crate::pages::login::add_cookie;
use crate::services::own_data::{self, Finding, Report};
use crate::services::{Actor, leaving, resume};
use crate::state::Shared;
use crate::view::{FormErrors, View, page, page_again};

/// A form of the largest document: its signs take up to three bytes each when they are escaped.
const MAX_FORM: usize = 3 * own_data::MAX_BYTES;

#[derive(Template)]
#[template(path = "own_data.html")]
struct DataPage {
    w: View,
    /// Archives of files: number, address, and what is in it.
    archives: Vec<(usize, String, String)>,
    errors: FormErrors,
}

impl DataPage {
    async fn new(state: &Shared, request: &HttpRequest, who: &SignedIn, errors: FormErrors) -> Result<Self, Error> {
        let w = View::new(state, request, Some(who.0.clone()), "settings");
        let parts = own_data::file_parts(state, who).await?;
        let archive = |(at, (count, bytes)): (usize, (usize, u64))| {
            let what = w.t2("own-data-files-in", "count", count, "size", size(&w, bytes));
            (at + 1, w.link1("own-data-files", at + 1), what)
        };
        Ok(Self { archives: parts.into_iter().enumerate().map(archive).collect(), errors, w })
    }
}

#[derive(Template)]
#[template(path = "own_data_import.html")]
struct ImportPage {
    w: View,
    report: Report,
    /// The document, for the form that imports what was shown; empty when it is done.
    document: String,
    groups: Vec<Group>,
}

/// Findings under one heading.
struct Group {
    id: &'static str,
    title: String,
    class: &'static str,
    icon: &'static str,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "delete.html")]
struct DeletePage {
    w: View,
    errors: FormErrors,
    username: String,
    typed: String,
}

#[derive(Template)]
#[template(path = "deleted.html")]
struct DeletedPage {
    w: View,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    page(&DataPage::new(&state, &request, &who, FormErrors::default()).await?)
}

/// The whole document, to be kept.
pub async fn export(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let document = own_data::export(&state, &who).await?;
    let text = serde_json::to_string_pretty(&document).map_err(Error::machine)?;
    Ok(file(&state, &who, "application/json", "data", "json", text))
}

/// One archive of files.
pub async fn files(state: Shared, who: SignedIn, part: web::Path<usize>) -> Result<HttpResponse, Error> {
    let archive = own_data::files(&state, &who, *part).await?;
    Ok(file(&state, &who, "application/x-tar", &format!("files-{part}"), "tar", archive))
}

pub async fn resume(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "settings");
    let resume = resume::json_resume(&state, &who, &w).await?;
    let text = serde_json::to_string_pretty(&resume).map_err(Error::machine)?;
    Ok(file(&state, &who, "application/json", "resume", "json", text))
}

pub async fn markdown(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "settings");
    let text = resume::markdown(&state, &who, &w).await?;
    Ok(file(&state, &who, "text/markdown; charset=utf-8", "evidence", "md", text))
}

fn file(state: &Shared, who: &SignedIn, kind: &'static str, what: &str, ending: &str, body: impl Into<Bytes>) -> HttpResponse {
    let day = state.clock.now().day_in(&who.account.zone);
    let name = format!("waymark-{}-{what}-{day}.{ending}", who.account.username);
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(body.into())
}

/// POST. With a file: what its import would do, and the same document in a form; with that form: the import.
pub async fn import(state: Shared, request: HttpRequest, who: SignedIn, payload: web::Payload) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (bytes, is_trial) = if body::is(&request, "multipart/form-data") {
        (body::file_of(kind, &body::read(payload.into_inner(), own_data::MAX_ARCHIVE_BYTES).await?), true)
    } else if body::is(&request, "application/x-www-form-urlencoded") {
        let bytes = body::read(payload.into_inner(), MAX_FORM).await?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::Rule("body_malformed"))?;
        (Ok(Form::parse(text)?.raw("document").as_bytes().to_vec()), false)
    } else {
        return Err(Error::Rule("body_wrong_type"));
    };
    let read = match bytes {
        Ok(bytes) if is_trial && own_data::is_archive(&bytes) => {
            let archive = own_data::read_archive(&state, bytes).await?;
            let w = View::new(&state, &request, Some(who.0.clone()), "settings");
            let report = state.store.write(own_data::importing_files(&state, &who, &actor, archive)).await?;
            return page(&ImportPage { groups: groups(&w, &report), report, document: String::new(), w });
        }
        Ok(bytes) if bytes.len() > own_data::MAX_BYTES => Err(Error::Rule("body_too_large")),
        Ok(bytes) => own_data::read(&bytes).map(|document| (document, bytes)),
        Err(error) => Err(error),
    };
    let (document, bytes) = match read {
        Ok(read) => read,
        Err(error) => {
            let errors = FormErrors::beside("file", error)?;
            return page_again(&DataPage::new(&state, &request, &who, errors).await?);
        }
    };
    let w = View::new(&state, &request, Some(who.0.clone()), "settings");
    if is_trial {
        let report = own_data::dry_run(&state, &who, &actor, document).await?;
        let document = String::from_utf8_lossy(&bytes).into_owned();
        return page(&ImportPage { groups: groups(&w, &report), report, document, w });
    }
    let act = own_data::importing(&state, &who, &actor, document, false);
    let report = state.store.write(act).await?;
    page(&ImportPage { groups: groups(&w, &report), report, document: String::new(), w })
}

fn groups(w: &View, report: &Report) -> Vec<Group> {
    let lines = |codes: &[&str]| -> Vec<String> {
        report.findings.iter().filter(|finding| codes.contains(&finding.code)).map(|finding| words(w, finding)).collect()
    };
    let group = |id, title: &str, class, icon, codes: &[&str]| Group { id, title: w.t(title), class, icon, lines: lines(codes) };
    let groups = [
        group(
            "new",
            "import-new",
            "on",
            "i-check",
            &["evidence_new", "path_new", "path_other_revision", "plans", "deck_new", "memory_new", "digest_new", "file_new"],
        ),
        group("less", "import-less", "warn", "i-warn", &["evidence_lowered", "subject_unknown", "path_rule"]),
        group("known", "import-known", "", "i-check", &["evidence_known", "path_known", "deck_known", "digest_known", "file_known"]),
        group("refused", "import-refused", "bad", "i-warn", &["refused", "section_unknown"]),
        group("left", "import-left", "", "i-check", &["left"]),
    ];
    groups.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

fn words(w: &View, finding: &Finding) -> String {
    let what = match finding.code {
        "evidence_new" => w.t(&format!("evidence-{}", finding.what)),
        "evidence_lowered" => w.t(&format!("trust-{}", finding.what)),
        "left" => w.t(&format!("own-data-section-{}", finding.what)),
        _ => finding.what.clone(),
    };
    match (&finding.field, finding.error) {
        (Some(field), Some(error)) => {
            let place = if field.is_empty() { what } else { format!("{what}.{field}") };
            w.t2("import-finding-refused", "place", place, "why", w.t(&message_key(error)))
        }
        _ => w.t2(&format!("import-finding-{}", finding.code.replace('_', "-")), "what", what, "count", finding.count),
    }
}

pub async fn show_delete(state: Shared, request: HttpRequest, who: SignedIn) -> Result<HttpResponse, Error> {
    page(&delete_page(&state, &request, &who, FormErrors::default(), String::new()))
}

/// POST: erases the account; the answer is the last page that it sees.
pub async fn delete(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, Some(&who));
    match leaving::erase(&state, &actor, &who, form.raw("username"), form.raw("password").to_owned()).await {
        Ok(()) => {
            let mut answer = page(&DeletedPage { w: View::new(&state, &request, None, "") })?;
            add_cookie(&mut answer, &auth::drop_cookie(&state));
            Ok(answer)
        }
        Err(error) => {
            let errors = FormErrors::beside("username", error)?;
            page_again(&delete_page(&state, &request, &who, errors, form.raw("username").to_owned()))
        }
    }
}

fn delete_page(state: &Shared, request: &HttpRequest, who: &SignedIn, errors: FormErrors, typed: String) -> DeletePage {
    let w = View::new(state, request, Some(who.0.clone()), "settings");
    DeletePage { username: who.account.username.to_string(), errors, typed, w }
}
