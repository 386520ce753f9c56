//! People from a file: a look at every row, the import with its progress, and codes to print.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::enrolment::{MAX_PEOPLE, MAX_PEOPLE_BYTES, PEOPLE_COLUMNS, PersonFate, TypedPerson, looks_like_a_formula, read_people};
use domain::ids::PublicId;

use super::id;
use crate::body::{self, Form};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::Top;
use crate::services::cohorts::{self, Begin, Opened};
use crate::services::enrolment::{Counts, Ended, Run};
use crate::services::{Actor, enrolment};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// A form with the largest file: its signs take up to three bytes each when they are escaped.
const MAX_FORM: usize = 3 * MAX_PEOPLE_BYTES;
/// Rows that a page shows of each kind.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "enrolment/people.html")]
struct PeoplePage {
    w: View,
    top: Top,
    errors: FormErrors,
    columns: String,
    most: usize,
    /// Whose accounts the cohort made and who have not come in.
    waiting: usize,
}

#[derive(Template)]
#[template(path = "enrolment/people_look.html")]
struct LookPage {
    w: View,
    top: Top,
    counts: Counts,
    refused: Vec<Row>,
    more_refused: usize,
    rows: Vec<Row>,
    more_rows: usize,
    formulas: usize,
    /// For the form that imports what was shown; empty where nothing may come in.
    document: String,
}

struct Row {
    line: i64,
    name: String,
    username: String,
    fate: String,
    class: &'static str,
    reasons: Vec<String>,
}

#[derive(Template)]
#[template(path = "enrolment/run.html")]
pub(super) struct RunPage {
    pub w: View,
    pub top: Top,
    pub run: PublicId,
    /// Of the routes of this kind of import.
    pub show: &'static str,
    pub cancel: &'static str,
    pub at: &'static str,
    pub done: usize,
    pub total: usize,
    pub end: Option<EndView>,
}

pub(super) struct EndView {
    pub class: &'static str,
    pub title: String,
    pub words: String,
    /// People came in who need codes.
    pub has_codes: bool,
}

#[derive(Template)]
#[template(path = "enrolment/codes.html")]
struct CodesPage {
    w: View,
    top: Top,
    place: String,
    until: String,
    codes: Vec<CodeRow>,
}

struct CodeRow {
    name: String,
    username: String,
    code: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    page(&form_page(&state, &request, &who, &opened, FormErrors::default()).await?)
}

async fn form_page(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened, errors: FormErrors) -> Result<PeoplePage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let cohort = opened.cohort.id;
    let waiting = state.store.read(move |conn| store::enrolment::not_come_in(conn, cohort)).await?.len();
    Ok(PeoplePage { errors, columns: PEOPLE_COLUMNS.join(", "), most: MAX_PEOPLE, waiting, top: Top::new(&w, opened, "members"), w })
}

/// POST. With a file: what would become of each row, and the same file in a form; with that form: the import begins.
pub async fn import(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let (text, is_trial) = document(&request, payload, MAX_FORM).await?;
    let typed = match text.and_then(|text| Ok((read_people(&text).map_err(Error::from)?, text))) {
        Ok(read) => read,
        Err(error) => {
            let errors = FormErrors::beside("file", error)?;
            return page_again(&form_page(&state, &request, &who, &opened, errors).await?);
        }
    };
    let (typed, text) = typed;
    let looked = enrolment::look_at_people(&state, &opened.cohort, typed).await?;
    let refused = looked.iter().any(|(_, fate)| matches!(fate, PersonFate::Refused(_)));
    if is_trial || refused {
        let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
        let shown = look_page(w, &opened, &looked, if refused { String::new() } else { text });
        return if is_trial { page(&shown) } else { page_again(&shown) };
    }
    let typed = looked.into_iter().map(|(row, _)| row).collect();
    let run = begin(&state, &request, &who, &opened, typed).await?;
    Ok(see(state.links.path("cohort-people-run", &[&at, &run.to_string()])))
}

/// The file of a form and whether it is only to be looked at.
pub(super) async fn document(request: &HttpRequest, payload: web::Payload, most: usize) -> Result<(Result<String, Error>, bool), Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let not_text = || Error::field("file", "file_not_text");
    if body::is(request, "multipart/form-data") {
        let bytes = body::read(payload.into_inner(), most).await?;
        let text = body::file_of(kind, &bytes).and_then(|bytes| String::from_utf8(bytes).map_err(|_| not_text()));
        Ok((text, true))
    } else if body::is(request, "application/x-www-form-urlencoded") {
        let bytes = body::read(payload.into_inner(), most).await?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::Rule("body_malformed"))?;
        Ok((Ok(Form::parse(text)?.raw("document").to_owned()), false))
    } else {
        Err(Error::Rule("body_wrong_type"))
    }
}

fn look_page(w: View, opened: &Opened, looked: &[(TypedPerson, PersonFate)], document: String) -> LookPage {
    let fates: Vec<PersonFate> = looked.iter().map(|(_, fate)| fate.clone()).collect();
    let counts = Counts::of(&fates);
    let is_refused = |fate: &PersonFate| matches!(fate, PersonFate::Refused(_));
    let refused = looked.iter().filter(|(_, fate)| is_refused(fate)).take(SHOWN).map(|(row, fate)| row_of(&w, row, fate)).collect();
    let rows = looked.iter().filter(|(_, fate)| !is_refused(fate)).take(SHOWN).map(|(row, fate)| row_of(&w, row, fate)).collect();
    LookPage {
        more_refused: counts.refused.saturating_sub(SHOWN),
        more_rows: (looked.len() - counts.refused).saturating_sub(SHOWN),
        formulas: looked.iter().filter(|(row, _)| looks_like_a_formula(&row.name)).count(),
        counts,
        refused,
        rows,
        document,
        top: Top::new(&w, opened, "members"),
        w,
    }
}

fn row_of(w: &View, typed: &TypedPerson, fate: &PersonFate) -> Row {
    let (key, class, username, reasons) = match fate {
        PersonFate::New(comer, _) => ("people-row-new", "on", comer.username.to_string(), Vec::new()),
        PersonFate::Joins(comer) => ("people-row-joins", "on", comer.username.to_string(), Vec::new()),
        PersonFate::Known(username) => ("people-row-known", "", username.clone(), Vec::new()),
        PersonFate::Refused(errors) => {
            let reasons = errors.iter().map(|error| format!("{}: {}", error.field, w.error(error.code))).collect();
            ("people-row-refused", "bad", typed.username.clone(), reasons)
        }
    };
    Row { line: i64::try_from(typed.line).unwrap_or(i64::MAX), name: typed.name.clone(), username, fate: w.t(key), class, reasons }
}

/// Begins the import and answers at once.
async fn begin(state: &Shared, request: &HttpRequest, who: &SignedIn, opened: &Opened, typed: Vec<TypedPerson>) -> Result<PublicId, Error> {
    let begin = Begin::of(state, &opened.cohort, &opened.set_up).await?;
    let (actor, cohort, dice) = (Actor::new(state, request, Some(who)), opened.cohort.clone(), Arc::clone(&state.dice));
    let (id, languages) = (state.dice.public_id(), enrolment::languages(state));
    let run = state.runs.begin(id, who.account.id, cohort.id, typed.len(), actor.now);
    let store = state.store.clone();
    actix_web::rt::spawn(async move {
        let watched = Arc::clone(&run);
        let work = store.write(move |conn| enrolment::enrol(conn, &actor, &cohort, &begin, &*dice, &languages, &typed, &watched.progress));
        run.finish(match work.await {
            Ok(Ok(counts)) => Ended::Done { new: counts.new + counts.joins, known: counts.known },
            Ok(Err(_)) => Ended::Refused,
            Err(store::Error::Rule("import_cancelled")) => Ended::Cancelled,
            Err(store::Error::Rule(_)) => Ended::Refused,
            Err(error) => {
                tracing::error!(%error, "an import of people broke");
                Ended::Failed
            }
        });
    });
    Ok(id)
}

pub(super) type At = web::Path<(String, String)>;

/// A run of whoever asks, in a cohort that they lead.
pub(super) async fn run_of(state: &State, who: &SignedIn, at: &At) -> Result<(Opened, PublicId, Arc<Run>), Error> {
    let opened = cohorts::open_as_lead(state, who, id(&at.0)?).await?;
    let run: PublicId = at.1.parse().map_err(|_| Error::NotThere("run"))?;
    let found = state.runs.get(run, who.account.id, opened.cohort.id).ok_or(Error::NotThere("run"))?;
    Ok((opened, run, found))
}

pub async fn show_run(state: Shared, request: HttpRequest, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let (opened, run, found) = run_of(&state, &who, &at).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let end = found.end().map(|end| match end {
        Ended::Done { new, known } => EndView {
            class: "",
            title: w.t("people-done"),
            words: w.t2("people-done-counts", "new", new, "known", known),
            has_codes: new > 0,
        },
        other => ended(&w, &other),
    });
    let (show, cancel, at) = ("cohort-people-run", "cohort-people-cancel", "people");
    let (done, total) = (found.progress.done(), found.total);
    page(&RunPage { run, show, cancel, at, done, total, end, top: Top::new(&w, &opened, "members"), w })
}

/// How an import ended otherwise than well.
pub(super) fn ended(w: &View, end: &Ended) -> EndView {
    let (class, title, words) = match end {
        Ended::Cancelled => ("warn", "run-cancelled", "run-nothing-kept"),
        Ended::Refused => ("bad", "run-refused", "run-refused-why"),
        _ => ("bad", "run-failed", "run-nothing-kept"),
    };
    EndView { class, title: w.t(title), words: w.t(words), has_codes: false }
}

pub async fn cancel(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let (_, _, found) = run_of(&state, &who, &at).await?;
    found.progress.cancel();
    Ok(see(state.links.path("cohort-people-run", &[&at.0, &at.1])))
}

/// POST: codes are in the answer itself and nowhere else.
pub async fn codes(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at)?).await?;
    let (actor, cohort, dice) = (Actor::new(&state, &request, Some(&who)), opened.cohort.clone(), Arc::clone(&state.dice));
    let codes = state.store.write(move |conn| enrolment::make_codes(conn, &actor, &cohort, &*dice)).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let until = codes.first().map(|one| w.moment(&one.made.expires_at)).unwrap_or_default();
    let row = |one: enrolment::PersonCode| CodeRow {
        name: one.account.name.to_string(),
        username: one.account.username.to_string(),
        code: one.made.code,
    };
    page(&CodesPage {
        place: state.links.absolute("reset", &[]),
        until,
        codes: codes.into_iter().map(row).collect(),
        top: Top::new(&w, &opened, "members"),
        w,
    })
}
