//! A submission that shows several projects at once: one address, and the criteria of the whole role to tick. The ledger
//! gets subjects, so what two projects ask alike is shown to both.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::ledger::{EvidenceKind, Held, Offer};
use domain::path::State as Standing;
use domain::subject::Subject;
use domain::template::Asks;
use domain::time::Day;
use serde::Deserialize;

use crate::body::{Form, Query, Upload};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::files::wrong_words;
use crate::pages::marks::Mark;
use crate::services::ledger::Beside;
use crate::services::paths::{self, OpenPath};
use crate::services::{attachments, co_authors, ledger};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "submission.html")]
struct SubmissionPage {
    w: View,
    path: PublicId,
    role: String,
    /// The requirement that one came from, and goes back to.
    from: String,
    projects: Vec<ProjectRow>,
    title: String,
    url: String,
    commit: String,
    co_authors: String,
    note: String,
    minutes: String,
    day: String,
    wrong_files: Vec<String>,
    errors: FormErrors,
}

struct ProjectRow {
    id: String,
    name: String,
    mark: Mark,
    /// How many are ticked, of how many.
    count: String,
    is_open: bool,
    criteria: Vec<Tick>,
}

struct Tick {
    subject: String,
    name: String,
    asks: String,
    ticked: bool,
    /// Its trust, where there is evidence already.
    trust: Option<String>,
}

#[derive(Deserialize)]
pub struct From {
    from: Option<String>,
}

pub async fn show(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    path: web::Path<String>,
    query: Query<From>,
) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, path.parse().map_err(|_| Error::NotThere("path"))?).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "path");
    let from = query.0.from.filter(|from| open.template.requirement(from).is_some()).unwrap_or_default();
    page(&filled(&state, w, &open, from, &BTreeSet::new()))
}

/// POST: one entry, whichever projects its criteria belong to.
pub async fn submit(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    path: web::Path<String>,
    upload: Upload,
) -> Result<HttpResponse, Error> {
    let Upload { form, files } = upload;
    let open = paths::open(&state, &who, path.parse().map_err(|_| Error::NotThere("path"))?).await?;
    let from = form.text("from").filter(|from| open.template.requirement(from).is_some()).unwrap_or_default();
    let ticked: BTreeSet<String> = form.all("criterion").iter().cloned().collect();
    let (files, wrong) = match attachments::look(&state, files).await? {
        Ok(files) => (files, Vec::new()),
        Err(wrong) => (Vec::new(), wrong),
    };
    let offer = offer(&open, &ticked, &form, !files.is_empty());
    let recorded = match (offer, co_authors::find(&state, &who, form.raw("co_authors")).await) {
        _ if !wrong.is_empty() => Err(attachments::refused("files", &wrong)),
        (Ok(offer), Ok(co_authors)) => ledger::record(&state, &who, offer, Beside { files, co_authors }).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match recorded {
        Ok(_) if from.is_empty() => Ok(see(format!("{}?done=evidence", state.links.path("ledger", &[])))),
        Ok(_) => Ok(see(format!("{}?done=evidence#rv", state.links.path("requirement", &[&path, &from])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let w = View::new(&state, &request, Some(who.0.clone()), "path");
            let raw = |name: &str| form.raw(name).to_owned();
            page_again(&SubmissionPage {
                title: raw("title"),
                url: raw("url"),
                commit: raw("commit"),
                co_authors: raw("co_authors"),
                note: raw("note"),
                minutes: raw("minutes"),
                day: raw("day"),
                wrong_files: wrong_words(&w, &wrong),
                errors,
                ..filled(&state, w, &open, from, &ticked)
            })
        }
    }
}

/// Only criteria that the role asks for can be ticked here, and there has to be something to look at.
fn offer(open: &OpenPath, ticked: &BTreeSet<String>, form: &Form, has_files: bool) -> Result<Offer, Error> {
    let asked: BTreeSet<&Subject> = projects(open).flat_map(|(_, criteria)| criteria).collect();
    let subjects = asked.into_iter().filter(|subject| ticked.contains(&subject.to_string()));
    let subjects = subjects.map(|subject| Held { subject: subject.clone(), step: None }).collect();
    let url = form.text("url");
    if url.is_none() && !has_files {
        return Err(Error::field("url", "missing"));
    }
    Ok(Offer {
        kind: Some(EvidenceKind::Submission),
        subjects,
        day: form.parsed::<Day>("day", "field_malformed")?,
        title: form.text("title"),
        note: form.text("note"),
        url,
        commit: form.text("commit"),
        minutes: form.parsed::<u32>("minutes", "field_malformed")?,
        ..Offer::default()
    })
}

/// The role's projects with their criteria, in its order.
fn projects(open: &OpenPath) -> impl Iterator<Item = (usize, Vec<&Subject>)> {
    open.template.requirements.iter().enumerate().filter_map(|(index, requirement)| match &requirement.asks {
        Asks::Project(criteria) => Some((index, criteria.iter().map(|criterion| &criterion.subject).collect())),
        _ => None,
    })
}

fn filled(state: &State, w: View, open: &OpenPath, from: String, ticked: &BTreeSet<String>) -> SubmissionPage {
    let (catalogue, standings) = (state.catalogue(), open.standings());
    let standing = domain::ledger::standing(&open.facts);
    let trust_of = |subject: &Subject| {
        let about = |entry: &&&domain::ledger::Entry| entry.held.iter().any(|held| open.template.resolve(&held.subject) == subject);
        standing.iter().filter(about).map(|entry| entry.trust).max()
    };
    let tick = |subject: &Subject| {
        let document = catalogue.get(subject);
        Tick {
            subject: subject.to_string(),
            name: document.map_or_else(|| subject.id.clone(), |document| document.name.clone()),
            asks: document.and_then(|document| document.asks.clone()).unwrap_or_default(),
            ticked: ticked.contains(&subject.to_string()),
            trust: trust_of(subject).map(|trust| crate::pages::marks::trust_words(&w, Some(trust))),
        }
    };
    let project = |(index, subjects): (usize, Vec<&Subject>)| {
        let requirement = &open.template.requirements[index];
        let criteria: Vec<Tick> = subjects.into_iter().map(tick).collect();
        let count = criteria.iter().filter(|criterion| criterion.ticked).count();
        ProjectRow {
            id: requirement.id.clone(),
            name: requirement.name.clone(),
            mark: Mark::new(&w, &standings[index]),
            count: w.t2("submission-count", "ticked", count, "all", criteria.len()),
            is_open: count > 0 || requirement.id == from || (from.is_empty() && standings[index].state == Standing::Doing),
            criteria,
        }
    };
    SubmissionPage {
        path: open.path.public_id,
        role: open.template.document.name.clone(),
        projects: projects(open).map(project).collect(),
        from,
        title: String::new(),
        url: String::new(),
        commit: String::new(),
        co_authors: String::new(),
        wrong_files: Vec::new(),
        note: String::new(),
        minutes: String::new(),
        day: open.today.to_string(),
        errors: FormErrors::default(),
        w,
    }
}
