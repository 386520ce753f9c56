//! Reviews of submissions by people outside: asking, and answering without an account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::ids::{PublicId, ReviewRequestId};
use domain::review::{Judged, Reply, Said, Verdict, Wish};
use domain::subject::Subject;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use store::reviews::{Answer, Request};
use utoipa::ToSchema;

use crate::api::attachments::AttachmentJson;
use crate::api::evidence::commit_of;
use crate::api::{Listed, PageQuery, cursor, id, json, nothing, ok};
use crate::body::{Json, Query};
use crate::caller::{SignedIn, Visitor};
use crate::errors::{Error, Field};
use crate::services::{Actor, ledger, reviews};
use crate::state::{Shared, State};

/// Somebody who was asked to look at a submission, and what they said.
#[derive(Serialize, ToSchema)]
#[schema(as = Review)]
pub struct ReviewJson {
    id: String,
    /// Of the submission.
    entry: String,
    /// The mentors of one's cohorts are asked, not somebody outside.
    mentors: bool,
    /// Whom a link is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewer: Option<String>,
    /// `open`, `answered`, `expired`, `revoked`.
    state: &'static str,
    /// The learner's words to the reviewer.
    message: Option<String>,
    created_at: String,
    /// When a link ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    answer: Option<AnswerJson>,
}

/// What a reviewer said.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewAnswer)]
pub struct AnswerJson {
    by: String,
    at: String,
    /// Number of the learner's entry that it became.
    number: u32,
    /// Sent back for more work.
    returned: bool,
    /// Markdown.
    comment: Option<String>,
    criteria: Vec<JudgedJson>,
}

/// What is said of one criterion.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Judged)]
#[serde(deny_unknown_fields)]
pub struct JudgedJson {
    /// `criterion:rate-limiting`
    subject: String,
    /// `met`, `not-met`, `cannot-say`. May be left out where a level says it.
    verdict: Option<String>,
    /// Id of the level of the role's rubric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    comment: Option<String>,
}

impl JudgedJson {
    /// As the domain takes it, or every field that does not read, with its code.
    pub(super) fn read(self) -> Result<Said, Vec<(&'static str, &'static str)>> {
        let mut wrong = Vec::new();
        let subject = self.subject.parse::<Subject>().map_err(|_| wrong.push(("subject", "subject_malformed")));
        let verdict = self.verdict.as_deref().map(str::parse::<Verdict>).transpose();
        let verdict = verdict.map_err(|_| wrong.push(("verdict", "field_malformed")));
        match (subject, verdict) {
            (Ok(subject), Ok(verdict)) => Ok(Said { subject, verdict, level: self.level, comment: self.comment }),
            _ => Err(wrong),
        }
    }
}

impl From<&Judged> for JudgedJson {
    fn from(judged: &Judged) -> Self {
        Self {
            subject: judged.subject.to_string(),
            verdict: Some(judged.verdict.word().to_owned()),
            level: judged.level.as_ref().map(|level| level.id.clone()),
            comment: judged.comment.clone(),
        }
    }
}

impl From<&Said> for JudgedJson {
    fn from(said: &Said) -> Self {
        Self {
            subject: said.subject.to_string(),
            verdict: said.verdict.map(|verdict| verdict.word().to_owned()),
            level: said.level.clone(),
            comment: said.comment.clone(),
        }
    }
}

impl ReviewJson {
    fn of(request: &Request, entry: Option<&PublicId>, now: Instant) -> Self {
        Self {
            id: request.public_id.to_string(),
            entry: entry.map(ToString::to_string).unwrap_or_default(),
            mentors: request.is_for_mentors,
            reviewer: (!request.is_for_mentors).then(|| request.reviewer.to_string()),
            state: request.state(now).word(),
            message: request.message.clone(),
            created_at: request.created_at.to_string(),
            expires_at: request.expires_at.map(|at| at.to_string()),
            answer: request.answer.as_ref().map(AnswerJson::of),
        }
    }
}

impl AnswerJson {
    pub(super) fn of(answer: &Answer) -> Self {
        Self {
            by: answer.review.by.to_string(),
            at: answer.at.to_string(),
            number: answer.entry,
            returned: answer.returned,
            comment: answer.review.comment.clone(),
            criteria: answer.review.criteria.iter().map(JudgedJson::from).collect(),
        }
    }
}

/// Whom to ask.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// The reviewer's name.
    reviewer: String,
    /// The learner's own words to them.
    message: Option<String>,
    /// Until the link ends: 1 to 30; 14 where absent.
    days: Option<u32>,
}

/// A review that was asked for.
#[derive(Serialize, ToSchema)]
pub struct MadeReview {
    #[serde(flatten)]
    review: ReviewJson,
    /// To hand over; shown here only.
    link: String,
}

/// Not stored for a repetition, as other writes are: the link is a secret, and two are no harm.
pub async fn ask(state: Shared, who: SignedIn, entry: web::Path<String>, body: Json<NewReview>) -> Result<HttpResponse, Error> {
    let entry = id(&entry, "entry")?;
    let wish = Wish { reviewer: body.value.reviewer, message: body.value.message, days: body.value.days };
    let (request, link) = reviews::ask(&state, &who, entry, wish).await?;
    let review = ReviewJson::of(&request, Some(&entry), state.clock.now());
    Ok(json(StatusCode::CREATED, &MadeReview { review, link }))
}

/// Of one submission, newest first.
pub async fn list_of(state: Shared, who: SignedIn, entry: web::Path<String>) -> Result<HttpResponse, Error> {
    let (_, submission, _) = ledger::get(&state, who.account.id, id(&entry, "entry")?).await?;
    let requests = reviews::list(&state, who.account.id, Some(vec![submission.seq]), None, i64::MAX).await?;
    Ok(ok(&Listed::whole(shown(&state, &who, &requests).await?)))
}

/// All of one's own, newest first.
pub async fn list(state: Shared, who: SignedIn, query: Query<PageQuery>) -> Result<HttpResponse, Error> {
    let limit = query.0.limit();
    let before = query.0.after()?.map(ReviewRequestId);
    let mut requests = reviews::list(&state, who.account.id, None, before, limit + 1).await?;
    let more = requests.len() as i64 > limit;
    requests.truncate(limit as usize);
    let next = requests.last().filter(|_| more).map(|last| cursor(last.id.0));
    Ok(ok(&Listed { items: shown(&state, &who, &requests).await?, next }))
}

async fn shown(state: &State, who: &SignedIn, requests: &[Request]) -> Result<Vec<ReviewJson>, Error> {
    let entries = reviews::submissions(state, who.account.id, requests).await?;
    let now = state.clock.now();
    Ok(requests.iter().map(|request| ReviewJson::of(request, entries.get(&request.entry), now)).collect())
}

/// The link works no more.
pub async fn revoke(state: Shared, who: SignedIn, review: web::Path<String>) -> Result<HttpResponse, Error> {
    reviews::revoke(&state, &who, id(&review, "review")?).await?;
    Ok(nothing())
}

/// What a reviewer is asked, behind the secret of a link.
#[derive(Serialize, ToSchema)]
pub struct AskedReview {
    learner: String,
    reviewer: String,
    message: Option<String>,
    expires_at: Option<String>,
    answered: bool,
    title: Option<String>,
    url: Option<String>,
    /// The commit that the link names.
    commit: Option<String>,
    attachments: Vec<AttachmentJson>,
    /// Markdown.
    note: Option<String>,
    criteria: Vec<AskedCriterion>,
}

/// One criterion to judge.
#[derive(Serialize, ToSchema)]
pub struct AskedCriterion {
    subject: String,
    name: String,
    /// What it asks.
    asks: Option<String>,
}

pub async fn asked(state: Shared, request: HttpRequest, who: Visitor, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let opened = reviews::open(&state, &actor, who.0.as_deref(), &secret).await?;
    let catalogue = state.catalogue();
    let (_, entry, payload) = opened.submission;
    // Once it is answered the link shows nothing any more.
    let payload = payload.filter(|_| !opened.is_answered).unwrap_or_default();
    let criterion = |subject: &Subject| {
        let document = catalogue.get(subject);
        AskedCriterion {
            subject: subject.to_string(),
            name: document.map_or_else(|| subject.id.clone(), |document| document.name.clone()),
            asks: document.and_then(|document| document.asks.clone()),
        }
    };
    Ok(ok(&AskedReview {
        learner: opened.learner.name.to_string(),
        reviewer: opened.request.reviewer.to_string(),
        message: opened.request.message.filter(|_| !opened.is_answered),
        expires_at: opened.request.expires_at.map(|at| at.to_string()),
        answered: opened.is_answered,
        title: payload.title,
        commit: payload.url.as_deref().and_then(commit_of),
        attachments: opened.files.iter().filter(|_| !opened.is_answered).map(AttachmentJson::from).collect(),
        url: payload.url,
        note: payload.note,
        criteria: if opened.is_answered { Vec::new() } else { entry.held.iter().map(|held| criterion(&held.subject)).collect() },
    }))
}

/// A reviewer's answer; every criterion wants its verdict.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewReply {
    /// The reviewer's name.
    name: String,
    /// Markdown.
    comment: Option<String>,
    criteria: Vec<JudgedJson>,
}

/// Answered once; a repetition is refused, so it needs no key.
pub async fn answer(
    state: Shared,
    request: HttpRequest,
    who: Visitor,
    secret: web::Path<String>,
    body: Json<ReviewReply>,
) -> Result<HttpResponse, Error> {
    let actor = Actor::new(&state, &request, None);
    let opened = reviews::open(&state, &actor, who.0.as_deref(), &secret).await?;
    let reply = body.value;
    let mut wrong = Vec::new();
    let mut criteria = Vec::with_capacity(reply.criteria.len());
    for (at, judged) in reply.criteria.into_iter().enumerate() {
        match judged.read() {
            Ok(said) => criteria.push(said),
            Err(errors) => wrong.extend(errors.into_iter().map(|(field, code)| Field::new(format!("criteria.{at}.{field}"), code))),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    let subjects: Vec<Subject> = criteria.iter().map(|said| said.subject.clone()).collect();
    let place = |about: &Subject| subjects.iter().position(|subject| subject == about);
    let reply = Reply { name: reply.name, comment: reply.comment, criteria };
    match reviews::answer(&state, &opened, who.0.as_deref(), reply).await? {
        Ok(()) => Ok(nothing()),
        Err(wrong) => Err(Error::Fields(
            wrong
                .into_iter()
                .map(|wrong| match wrong.about {
                    None => Field::new(wrong.field, wrong.code),
                    Some(about) => match place(&about) {
                        Some(at) => Field::new(format!("criteria.{at}.{}", wrong.field), wrong.code),
                        None => Field::new("criteria", wrong.code),
                    },
                })
                .collect(),
        )),
    }
}
