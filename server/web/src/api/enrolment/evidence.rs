//! Evidence that a school brings along for its learners.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::enrolment::{EvidenceFate, MAX_EVIDENCE, MAX_EVIDENCE_BYTES, TypedEvidence, read_evidence};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::people::{RowErrorJson, TrialQuery};
use crate::api::{id, ok};
use crate::body::{self, Once, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::enrolment::{Bringer, Progress, Recorded};
use crate::services::{Actor, cohorts, enrolment, once};
use crate::state::Shared;

/// Evidence to be recorded, up to 100 000 entries. The same as CSV (`text/csv`) has these columns.
#[derive(Deserialize, ToSchema)]
#[schema(as = BroughtEvidence)]
#[serde(deny_unknown_fields)]
pub struct BroughtJson {
    #[schema(value_type = Vec<BroughtRowJson>)]
    items: Vec<TypedEvidence>,
}

/// One entry. It is known again by `origin` and `external_id`.
#[derive(ToSchema)]
#[schema(as = BroughtEntry)]
#[allow(dead_code, reason = "describes what is read as the domain's own")]
pub struct BroughtRowJson {
    /// Username of a learner of the cohort.
    person: String,
    /// `skill:git`
    subject: String,
    /// Skills only.
    step: Option<String>,
    /// `claimed`, `linked` (with a `url`), `peer`, `mentor`; certifications: `verified` too.
    trust: String,
    /// What the system calls itself that it comes from.
    origin: String,
    day: String,
    /// Its id there.
    external_id: String,
    url: Option<String>,
}

/// What became of the rows, or would.
#[derive(Serialize, ToSchema)]
#[schema(as = RecordedEvidence)]
pub struct RecordedJson {
    /// True when nothing was changed.
    dry_run: bool,
    new: usize,
    /// In the ledger already.
    known: usize,
    /// With one row refused none is recorded.
    refused: usize,
    /// Of a dry run: what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<RefusedRowJson>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefusedRow)]
pub struct RefusedRowJson {
    /// Of the file or the list, from 1.
    line: u64,
    errors: Vec<RowErrorJson>,
}

pub async fn import(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<String>,
    query: Query<TrialQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let opened = cohorts::open_to_lead(&state, &who, id(&at, "cohort")?).await?;
    let is_json = body::is(&request, "application/json");
    let (typed, once) = if is_json {
        let bytes = body::read(payload.into_inner(), MAX_EVIDENCE_BYTES).await?;
        let once = Once::new(&request, &bytes)?;
        let BroughtJson { mut items } = crate::wrong_json::read(&bytes)?;
        if items.len() > MAX_EVIDENCE {
            return Err(Error::field("items", "too_many_rows"));
        }
        for (item, line) in items.iter_mut().zip(1..) {
            item.line = line;
        }
        (items, once)
    } else {
        let (text, once) = super::people::csv(&request, payload, MAX_EVIDENCE_BYTES).await?;
        (read_evidence(&text)?, once)
    };
    let bringer = Bringer::new(&state, &who);
    if query.0.dry_run {
        let looked = enrolment::look_at_evidence(&state, &opened.cohort, bringer, typed).await?;
        let fates: Vec<EvidenceFate> = looked.iter().map(|(_, fate)| fate.clone()).collect();
        let rows = looked.into_iter().filter_map(|(row, fate)| match fate {
            EvidenceFate::Refused(errors) => Some(RefusedRowJson {
                line: row.line,
                errors: errors.into_iter().map(|error| RowErrorJson { field: error.field, code: error.code }).collect(),
            }),
            _ => None,
        });
        let Recorded { new, known, refused } = Recorded::of(&fates);
        return Ok(ok(&RecordedJson { dry_run: true, new, known, refused, rows: Some(rows.collect()) }));
    }
    let (actor, cohort, dice) = (Actor::new(&state, &request, Some(&who)), opened.cohort, Arc::clone(&state.dice));
    once::write(&state, who.account.id, once, StatusCode::OK, move |conn| {
        let recorded = enrolment::record(conn, &actor, &cohort, &bringer, &*dice, &typed, &Progress::default())?;
        Ok(recorded.map(|Recorded { new, known, refused }| RecordedJson { dry_run: false, new, known, refused, rows: None }))
    })
    .await
}
