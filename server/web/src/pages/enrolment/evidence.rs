//! Evidence that a school brings along from a file: a look at every row, then the import with its progress.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::enrolment::{EVIDENCE_COLUMNS, EvidenceFate, MAX_EVIDENCE, MAX_EVIDENCE_BYTES, TypedEvidence, read_evidence};
use domain::ids::PublicId;

use super::id;
use super::people::{At, EndView, RunPage, document, ended, run_of};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::cohorts::Top;
use crate::services::cohorts::{self, Opened};
use crate::services::enrolment::{Bringer, Ended, Recorded};
use crate::services::{Actor, enrolment};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

/// A form with the largest file: its signs take up to three bytes each when they are escaped.
const MAX_FORM: usize = 3 * MAX_EVIDENCE_BYTES;
/// Refused rows that a page shows.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "enrolment/evidence.html")]
struct EvidencePage {
    w: View,
    top: Top,
    errors: FormErrors,
    columns: String,
    most: usize,
    /// What became of the rows of a file that was looked at.
    looked: Option<Recorded>,
    refused: Vec<Row>,
    more_refused: usize,
    /// For the form that imports what was shown; empty where nothing may be recorded.
    document: String,
}

struct Row {
    line: i64,
    about: String,
    reasons: Vec<String>,
}

fn form_page(state: &State, request: &HttpRequest, who: &SignedIn, opened: &Opened, errors: FormErrors) -> EvidencePage {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    EvidencePage {
        errors,
        columns: EVIDENCE_COLUMNS.join(", "),
        most: MAX_EVIDENCE,
        looked: None,
        refused: Vec::new(),
        more_refused: 0,
        document: String::new(),
        top: Top::new(&w, opened, "members"),
        w,
    }
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_as_lead(&state, &who, id(&at)?).await?;
    page(&form_page(&state, &request, &who, &opened, FormErrors::default()))
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
    let (typed, text) = match text.and_then(|text| Ok((read_evidence(&text).map_err(Error::from)?, text))) {
        Ok(read) => read,
        Err(error) => {
            let errors = FormErrors::beside("file", error)?;
            return page_again(&form_page(&state, &request, &who, &opened, errors));
        }
    };
    let looked = enrolment::look_at_evidence(&state, &opened.cohort, Bringer::new(&state, &who), typed).await?;
    let fates: Vec<EvidenceFate> = looked.iter().map(|(_, fate)| fate.clone()).collect();
    let counts = Recorded::of(&fates);
    if !is_trial && counts.refused == 0 {
        let typed = looked.into_iter().map(|(row, _)| row).collect();
        let run = begin(&state, &request, &who, &opened, typed);
        return Ok(see(state.links.path("cohort-evidence-run", &[&at, &run.to_string()])));
    }
    let form = form_page(&state, &request, &who, &opened, FormErrors::default());
    let refused = looked.iter().filter_map(|(row, fate)| match fate {
        EvidenceFate::Refused(errors) => Some(Row {
            line: i64::try_from(row.line).unwrap_or(i64::MAX),
            about: [row.person.as_str(), row.subject.as_str()].join(" "),
            reasons: errors.iter().map(|error| format!("{}: {}", error.field, form.w.error(error.code))).collect(),
        }),
        _ => None,
    });
    let refused = refused.take(SHOWN).collect();
    let shown = EvidencePage {
        looked: Some(counts),
        refused,
        more_refused: counts.refused.saturating_sub(SHOWN),
        document: if counts.refused == 0 { text } else { String::new() },
        ..form
    };
    if is_trial { page(&shown) } else { page_again(&shown) }
}

/// Begins the import and answers at once.
fn begin(state: &Shared, request: &HttpRequest, who: &SignedIn, opened: &Opened, typed: Vec<TypedEvidence>) -> PublicId {
    let (actor, cohort, dice) = (Actor::new(state, request, Some(who)), opened.cohort.clone(), Arc::clone(&state.dice));
    let (id, bringer) = (state.dice.public_id(), Bringer::new(state, who));
    let run = state.runs.begin(id, who.account.id, cohort.id, typed.len(), actor.now);
    let store = state.store.clone();
    actix_web::rt::spawn(async move {
        let watched = Arc::clone(&run);
        let work = store.write(move |conn| enrolment::record(conn, &actor, &cohort, &bringer, &*dice, &typed, &watched.progress));
        run.finish(match work.await {
            Ok(Ok(counts)) => Ended::Done { new: counts.new, known: counts.known },
            Ok(Err(_)) => Ended::Refused,
            Err(store::Error::Rule("import_cancelled")) => Ended::Cancelled,
            Err(store::Error::Rule(_)) => Ended::Refused,
            Err(error) => {
                tracing::error!(%error, "an import of evidence broke");
                Ended::Failed
            }
        });
    });
    id
}

pub async fn show_run(state: Shared, request: HttpRequest, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let (opened, run, found) = run_of(&state, &who, &at).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "cohorts");
    let end = found.end().map(|end| match end {
        Ended::Done { new, known } => EndView {
            class: "",
            title: w.t("brought-done"),
            words: w.t2("brought-done-counts", "new", new, "known", known),
            has_codes: false,
        },
        other => ended(&w, &other),
    });
    let (done, total) = (found.progress.done(), found.total);
    page(&RunPage {
        run,
        show: "cohort-evidence-run",
        cancel: "cohort-evidence-cancel",
        at: "evidence",
        done,
        total,
        end,
        top: Top::new(&w, &opened, "members"),
        w,
    })
}

pub async fn cancel(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let (_, _, found) = run_of(&state, &who, &at).await?;
    found.progress.cancel();
    Ok(see(state.links.path("cohort-evidence-run", &[&at.0, &at.1])))
}
