//! Reviews by mentors: what there is to judge, drafts, answers, and taking them back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::ledger::Held;
use domain::mentoring::Decision;
use domain::review::{Reply, WrongReply};
use domain::subject::Subject;
use domain::template::{Rubric, RubricLevelDocument};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{At, HeldByJson};
use crate::api::attachments::AttachmentJson;
use crate::api::evidence::commit_of;
use crate::api::reviews::{AnswerJson, JudgedJson};
use crate::api::{id, nothing, ok, word};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::{Error, Field};
use crate::services::mentoring::{self, Answering, Drafting, OpenReview, Otherwise, Undoing};
use crate::services::once;
use crate::state::{Shared, State};

/// Work or a certificate that mentors are asked to look at.
#[derive(Serialize, ToSchema)]
#[schema(as = MentorReview)]
pub struct MentorReviewJson {
    id: String,
    learner: String,
    name: String,
    /// Number and day of the entry.
    number: u32,
    day: String,
    title: Option<String>,
    url: Option<String>,
    /// The commit that the link names.
    commit: Option<String>,
    attachments: Vec<AttachmentJson>,
    /// Markdown.
    note: Option<String>,
    issuer: Option<String>,
    number_of_certificate: Option<String>,
    expires_on: Option<String>,
    /// Ids of the path's requirements that it is about.
    requirements: Vec<String>,
    criteria: Vec<CriterionJson>,
    held: Option<HeldByJson>,
    /// Numbers of the submissions whose place it took, newest first.
    versions_before: Vec<u32>,
    /// The answer that stands.
    answer: Option<AnswerJson>,
    /// Those who confirmed that they made it too and whom this review is of as well.
    members: Vec<MemberJson>,
    /// What one has of it so far; nobody else sees it.
    draft: Option<DraftJson>,
}

/// One criterion to judge.
#[derive(Serialize, ToSchema)]
#[schema(as = MentorCriterion)]
pub struct CriterionJson {
    subject: String,
    name: String,
    /// What it asks.
    asks: Option<String>,
    /// Levels of the role's rubric, lowest first; empty: it is met or not.
    levels: Vec<RubricLevelJson>,
}

/// A level that work can reach in a criterion.
#[derive(Serialize, ToSchema)]
#[schema(as = RubricLevel)]
pub struct RubricLevelJson {
    id: String,
    name: String,
    means: String,
    /// Counts as met.
    met: bool,
}

impl RubricLevelJson {
    fn list(rubric: &Rubric) -> Vec<Self> {
        let level = |(at, level): (usize, &RubricLevelDocument)| Self {
            id: level.id.clone(),
            name: level.name.clone(),
            means: level.means.clone(),
            met: at >= rubric.met_from,
        };
        rubric.levels.iter().enumerate().map(level).collect()
    }
}

/// A review that one has begun.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewDraft)]
pub struct DraftJson {
    saved_at: String,
    comment: Option<String>,
    criteria: Vec<JudgedJson>,
}

impl MentorReviewJson {
    fn of(state: &State, open: &OpenReview) -> Self {
        let catalogue = state.catalogue();
        let (_, entry, payload) = &open.submission;
        let written = payload.clone().unwrap_or_default();
        let criterion = |held: &Held| {
            let document = catalogue.get(&held.subject);
            CriterionJson {
                subject: held.subject.to_string(),
                name: document.map_or_else(|| held.subject.id.clone(), |document| document.name.clone()),
                asks: document.and_then(|document| document.asks.clone()),
                levels: open.rubric(&held.subject).map(RubricLevelJson::list).unwrap_or_default(),
            }
        };
        let draft = open.draft.as_ref().map(|draft| DraftJson {
            saved_at: draft.saved_at.to_string(),
            comment: draft.reply.comment.clone(),
            criteria: draft.reply.criteria.iter().map(JudgedJson::from).collect(),
        });
        let member =
            |member: &mentoring::Member| MemberJson { person: member.account.public_id.to_string(), name: member.account.name.to_string() };
        Self {
            members: open.members.iter().map(member).collect(),
            draft,
            id: open.request.public_id.to_string(),
            learner: open.learner.public_id.to_string(),
            name: open.learner.name.to_string(),
            number: entry.seq,
            day: entry.day.to_string(),
            title: written.title,
            commit: written.url.as_deref().and_then(commit_of),
            url: written.url,
            attachments: open.files.get(&entry.seq).into_iter().flatten().map(AttachmentJson::from).collect(),
            note: written.note,
            issuer: written.issuer,
            number_of_certificate: written.number,
            expires_on: entry.expires_on.map(|day| day.to_string()),
            requirements: open.requirements.iter().map(|&index| open.template.requirements[index].id.clone()).collect(),
            criteria: entry.held.iter().map(criterion).collect(),
            held: HeldByJson::of(open.hold, open.holder.as_deref()),
            versions_before: open.before.iter().map(|((_, entry, _), _)| entry.seq).collect(),
            answer: open.request.answer.as_ref().map(AnswerJson::of),
        }
    }
}

pub async fn review(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_review(&state, &who, &opened, id(&at.1, "review")?).await?;
    Ok(ok(&MentorReviewJson::of(&state, &open)))
}

/// A mentor's answer; every criterion wants its verdict.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewMentorReview)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// `accept`, `return`. What is accepted has nothing unmet; what is sent back says why.
    decision: String,
    /// Markdown.
    comment: Option<String>,
    criteria: Vec<JudgedJson>,
    /// What is said otherwise of those who made the work too.
    #[serde(default)]
    members: Vec<OtherwiseJson>,
}

/// What is said otherwise of one member than of the work.
#[derive(Deserialize, ToSchema)]
#[schema(as = MemberReview)]
#[serde(deny_unknown_fields)]
pub struct OtherwiseJson {
    /// Public id of the account.
    person: String,
    criteria: Vec<JudgedJson>,
}

/// One who made the work too.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewMember)]
pub struct MemberJson {
    person: String,
    name: String,
}

pub async fn answer(state: Shared, who: SignedIn, at: At, body: Json<NewReview>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_review(&state, &who, &opened, id(&at.1, "review")?).await?;
    let decision = word::<Decision>("decision", &body.value.decision)?;
    let mut otherwise = Vec::with_capacity(body.value.members.len());
    for (at, member) in body.value.members.into_iter().enumerate() {
        let person = member.person.parse().map_err(|_| Error::field(format!("members.{at}.person"), "co_author_unknown"))?;
        let criteria = reply(None, member.criteria).map_err(|error| inside(&format!("members.{at}"), error))?.criteria;
        otherwise.push(Otherwise { person, criteria });
    }
    let reply = reply(body.value.comment, body.value.criteria)?;
    let subjects: Vec<Subject> = reply.criteria.iter().map(|said| said.subject.clone()).collect();
    let answering =
        Answering::of(&state, &who, &opened, &open, Some(decision), reply, &otherwise).map_err(|wrong| fields(&subjects, wrong))?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| Ok(Ok(AnswerJson::of(&answering.keep(conn)?)))).await
}

/// Fields of a part of a body, named from the whole.
fn inside(place: &str, error: Error) -> Error {
    match error {
        Error::Fields(fields) => {
            Error::Fields(fields.into_iter().map(|field| Field::new(format!("{place}.{}", field.field), field.code)).collect())
        }
        other => other,
    }
}

/// What was sent of criteria, or every field that does not read.
fn reply(comment: Option<String>, judged: Vec<JudgedJson>) -> Result<Reply, Error> {
    let mut wrong = Vec::new();
    let mut criteria = Vec::with_capacity(judged.len());
    for (at, judged) in judged.into_iter().enumerate() {
        match judged.read() {
            Ok(said) => criteria.push(said),
            Err(errors) => wrong.extend(errors.into_iter().map(|(field, code)| Field::new(format!("criteria.{at}.{field}"), code))),
        }
    }
    if wrong.is_empty() { Ok(Reply { name: String::new(), comment, criteria }) } else { Err(Error::Fields(wrong)) }
}

/// As much of a review as one has.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewReviewDraft)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    /// Markdown.
    comment: Option<String>,
    #[serde(default)]
    criteria: Vec<JudgedJson>,
}

/// Keeps it in place of what one had.
pub async fn save_draft(state: Shared, who: SignedIn, at: At, body: Json<NewDraft>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_review(&state, &who, &opened, id(&at.1, "review")?).await?;
    let reply = reply(body.value.comment, body.value.criteria)?;
    let subjects: Vec<Subject> = reply.criteria.iter().map(|said| said.subject.clone()).collect();
    let drafting = Drafting::of(&state, &who, &open, reply).map_err(|wrong| fields(&subjects, wrong))?;
    once::write(&state, who.account.id, body.once, StatusCode::NO_CONTENT, move |conn| drafting.keep(conn).map(Ok)).await
}

pub async fn discard_draft(state: Shared, who: SignedIn, at: At, _: Once) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_review(&state, &who, &opened, id(&at.1, "review")?).await?;
    let (request, me) = (open.request.id, who.account.id);
    state.store.write(move |conn| store::mentoring::discard_draft(conn, request, me)).await?;
    Ok(nothing())
}

fn fields(sent: &[Subject], wrong: Vec<WrongReply>) -> Error {
    let field = |wrong: WrongReply| match wrong.about {
        None => Field::new(wrong.field, wrong.code),
        Some(about) => match sent.iter().position(|subject| *subject == about) {
            Some(at) => Field::new(format!("criteria.{at}.{}", wrong.field), wrong.code),
            None => Field::new("criteria", wrong.code),
        },
    };
    Error::Fields(wrong.into_iter().map(field).collect())
}

pub async fn undo(state: Shared, who: SignedIn, at: At, once: Once) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_review(&state, &who, &opened, id(&at.1, "review")?).await?;
    let undoing = Undoing::of(&state, &who, &opened, &open)?;
    once::write(&state, who.account.id, once, StatusCode::NO_CONTENT, move |conn| undoing.keep(conn).map(Ok)).await
}
