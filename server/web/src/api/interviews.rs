//! Mock interviews.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::practice::{Mark, Wish};
use serde::{Deserialize, Serialize};
use store::interviews::{Interview, Question};
use utoipa::ToSchema;

use crate::api::{Listed, id, nothing, ok};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::interviews::{self, Answer};
use crate::services::once;
use crate::state::Shared;

/// A mock interview.
#[derive(Serialize, ToSchema)]
#[schema(as = Interview)]
pub struct InterviewJson {
    id: String,
    started_at: String,
    /// For each question; 0: no limit.
    minutes: u32,
    /// Those that were opened, in order; the others come one by one.
    questions: Vec<QuestionJson>,
    /// How many there are in all.
    of: usize,
}

#[derive(Serialize, ToSchema)]
#[schema(as = InterviewQuestion)]
pub struct QuestionJson {
    topic: String,
    question: String,
    /// Once it was answered.
    covers: Vec<String>,
    opened_at: Option<String>,
    answered_at: Option<String>,
    notes: Option<String>,
    /// `missed`, `partly`, `good`.
    mark: Option<&'static str>,
}

impl From<Interview> for InterviewJson {
    fn from(interview: Interview) -> Self {
        Self {
            id: interview.public_id.to_string(),
            started_at: interview.started_at.to_string(),
            minutes: interview.minutes,
            of: interview.questions.len(),
            questions: interview.questions.into_iter().filter(|question| question.opened_at.is_some()).map(QuestionJson::from).collect(),
        }
    }
}

impl From<Question> for QuestionJson {
    fn from(question: Question) -> Self {
        Self {
            topic: question.topic,
            question: question.question,
            covers: if question.answered_at.is_some() { question.covers } else { Vec::new() },
            opened_at: question.opened_at.map(|at| at.to_string()),
            answered_at: question.answered_at.map(|at| at.to_string()),
            notes: question.notes,
            mark: question.mark.map(Mark::word),
        }
    }
}

/// What to be asked.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewInterview)]
#[serde(deny_unknown_fields)]
pub struct NewInterviewJson {
    /// Ids; none: all topics that have questions.
    #[serde(default)]
    topics: Vec<String>,
    /// 1 to 30.
    questions: u32,
    /// For each question, 0 to 60; 0 where absent: no limit.
    #[serde(default)]
    minutes: u32,
}

/// Notes end the answer and show what a good one covers; a mark opens the next question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterviewAnswer {
    notes: Option<String>,
    /// `missed`, `partly`, `good`.
    mark: Option<String>,
}

pub async fn list(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    Ok(ok(&Listed::whole(interviews::list(&state, &who).await?.into_iter().map(InterviewJson::from).collect())))
}

pub async fn show(state: Shared, who: SignedIn, interview: web::Path<String>) -> Result<HttpResponse, Error> {
    Ok(ok(&InterviewJson::from(interviews::get(&state, &who, id(&interview, "interview")?).await?)))
}

pub async fn start(state: Shared, who: SignedIn, body: Json<NewInterviewJson>) -> Result<HttpResponse, Error> {
    let NewInterviewJson { topics, questions, minutes } = body.value;
    let new = interviews::prepare(&state, Wish { topics: topics.into_iter().collect(), questions, minutes })?;
    let account = who.account.id;
    once::write(&state, account, body.once, StatusCode::CREATED, move |conn| {
        store::interviews::create(conn, account, &new)?;
        store::interviews::get(conn, account, new.public_id).map(|interview| Ok(InterviewJson::from(interview)))
    })
    .await
}

pub async fn answer(
    state: Shared,
    who: SignedIn,
    at: web::Path<(String, u32)>,
    body: Json<InterviewAnswer>,
) -> Result<HttpResponse, Error> {
    let mark = body.value.mark.map(|mark| mark.parse::<Mark>().map_err(|_| Error::field("mark", "mark_unknown"))).transpose()?;
    let answer = Answer { notes: body.value.notes, mark };
    let act = interviews::answering(&state, &who, id(&at.0, "interview")?, at.1, answer)?;
    once::write(&state, who.account.id, body.once, StatusCode::OK, move |conn| Ok(Ok(InterviewJson::from(act(conn)?)))).await
}

pub async fn delete(state: Shared, who: SignedIn, interview: web::Path<String>, _: Once) -> Result<HttpResponse, Error> {
    let (account, interview) = (who.account.id, id(&interview, "interview")?);
    state.store.write(move |conn| store::interviews::delete(conn, account, interview)).await?;
    Ok(nothing())
}
