//! People from a file, and codes for those who have not come in.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::enrolment::{MAX_PEOPLE_BYTES, PersonFate, TypedPerson, read_people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{Listed, id, ok};
use crate::body::{self, Once, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::cohorts::{self, Begin};
use crate::services::enrolment::{Counts, Progress};
use crate::services::{Actor, enrolment, once};
use crate::state::Shared;

/// How to import.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct TrialQuery {
    /// Only say what would become of each row.
    #[serde(default)]
    pub(super) dry_run: bool,
}

/// What became of a file, or would.
#[derive(Serialize, ToSchema)]
#[schema(as = EnrolledPeople)]
pub struct PeopleJson {
    /// True when nothing was changed.
    dry_run: bool,
    /// Accounts that are made.
    new: usize,
    /// People who have an account and come in.
    joins: usize,
    /// Members already.
    known: usize,
    /// With one row refused nobody comes in.
    refused: usize,
    /// Of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<PersonRowJson>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = EnrolledRow)]
pub struct PersonRowJson {
    /// Of the file, from 1.
    line: u64,
    /// `new`, `joins`, `known`, `refused`.
    fate: &'static str,
    username: String,
    name: String,
    errors: Vec<RowErrorJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RowError)]
pub struct RowErrorJson {
    pub(super) field: &'static str,
    /// Stable.
    pub(super) code: &'static str,
}

impl PeopleJson {
    fn of(counts: Counts, dry_run: bool, rows: Option<Vec<PersonRowJson>>) -> Self {
        let Counts { new, joins, known, refused } = counts;
        Self { dry_run, new, joins, known, refused, rows }
    }
}

fn row((typed, fate): (TypedPerson, PersonFate)) -> PersonRowJson {
    let (word, username, errors) = match fate {
        PersonFate::New(comer, _) => ("new", comer.username.to_string(), Vec::new()),
        PersonFate::Joins(comer) => ("joins", comer.username.to_string(), Vec::new()),
        PersonFate::Known(username) => ("known", username, Vec::new()),
        PersonFate::Refused(errors) => ("refused", typed.username, errors),
    };
    let errors = errors.into_iter().map(|error| RowErrorJson { field: error.field, code: error.code }).collect();
    PersonRowJson { line: typed.line, fate: word, username, name: typed.name, errors }
}

/// The text of a body of CSV.
pub(super) async fn csv(request: &HttpRequest, payload: web::Payload, most: usize) -> Result<(String, Once), Error> {
    if !body::is(request, "text/csv") {
        return Err(Error::Rule("body_wrong_type"));
    }
    let bytes = body::read(payload.into_inner(), most).await?;
    let once = Once::new(request, &bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| Error::field("file", "file_not_text"))?;
    Ok((text, once))
}

/// The body is CSV (`text/csv`) with a line of column names.
pub async fn import(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<TrialQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let (text, once) = csv(&request, payload, MAX_PEOPLE_BYTES).await?;
    let typed = read_people(&text)?;
    if query.0.dry_run {
        let looked = enrolment::look_at_people(&state, &opened.cohort, typed).await?;
        let fates: Vec<PersonFate> = looked.iter().map(|(_, fate)| fate.clone()).collect();
        return Ok(ok(&PeopleJson::of(Counts::of(&fates), true, Some(looked.into_iter().map(row).collect()))));
    }
    let begin = Begin::of(&state, &opened.cohort, &opened.set_up).await?;
    let (actor, cohort, dice) = (Actor::new(&state, &request, Some(&who)), opened.cohort, Arc::clone(&state.dice));
    let languages = enrolment::languages(&state);
    once::write(&state, who.account.id, once, StatusCode::OK, move |conn| {
        let progress = Progress::default();
        let counts = enrolment::enrol(conn, &actor, &cohort, &begin, &*dice, &languages, &typed, &progress)?;
        Ok(counts.map(|counts| PeopleJson::of(counts, false, None)))
    })
    .await
}

/// A one-time code of somebody who has not come in.
#[derive(Serialize, ToSchema)]
#[schema(as = EnrolmentCode)]
pub struct CodeJson {
    username: String,
    name: String,
    code: String,
    expires_at: String,
}

/// Takes no `Idempotency-Key`: the answer holds secrets, which are kept nowhere.
pub async fn codes(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let (actor, dice) = (Actor::new(&state, &request, Some(&who)), Arc::clone(&state.dice));
    let codes = state.store.write(move |conn| enrolment::make_codes(conn, &actor, &opened.cohort, &*dice)).await?;
    let code = |one: enrolment::PersonCode| CodeJson {
        username: one.account.username.to_string(),
        name: one.account.name.to_string(),
        code: one.made.code,
        expires_at: one.made.expires_at.to_string(),
    };
    Ok(ok(&Listed::whole(codes.into_iter().map(code).collect())))
}
