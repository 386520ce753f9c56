//! Mentoring: the queue, reviews by mentors, cries for help, assessments, notes.

mod reviewing;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::ids::PublicId;
use domain::mentoring::{Hold, Occasion};
use domain::subject::Subject;
use serde::{Deserialize, Serialize};
use store::mentoring::Help;
use utoipa::ToSchema;

use crate::api::{Listed, id, nothing, ok, word};
use crate::body::{Json, Once};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::services::mentoring::{self, Helping, Taking, Waiting};
use crate::services::{cohorts, once, paths};
use crate::state::Shared;

pub use reviewing::{MentorReviewJson, NewDraft, NewReview, answer, discard_draft, review, save_draft, undo};

/// Something that waits for the mentors of a cohort.
#[derive(Serialize, ToSchema)]
#[schema(as = Waiting)]
pub struct WaitingJson {
    id: String,
    /// `submission`, `certificate`, `help`.
    kind: &'static str,
    cohort: String,
    /// Public id of the account, and name.
    learner: String,
    name: String,
    /// One is the learner's primary mentor.
    mine: bool,
    since: String,
    /// Names of the requirements that it is about.
    about: Vec<String>,
    /// Title of the work, or the first words of who is stuck.
    said: Option<String>,
    /// Who has taken it up; absent: nobody.
    held: Option<HeldByJson>,
}

/// That somebody has taken something up.
#[derive(Serialize, ToSchema)]
#[schema(as = QueueHold)]
pub struct HeldByJson {
    /// It is oneself.
    mine: bool,
    name: Option<String>,
    until: String,
}

impl HeldByJson {
    pub(super) fn of(hold: Hold, holder: Option<&str>) -> Option<Self> {
        match hold {
            Hold::Free => None,
            Hold::Mine(until) => Some(Self { mine: true, name: None, until: until.to_string() }),
            Hold::Another(lease) => Some(Self { mine: false, name: holder.map(str::to_owned), until: lease.until.to_string() }),
        }
    }
}

impl From<&Waiting> for WaitingJson {
    fn from(waiting: &Waiting) -> Self {
        Self {
            id: waiting.id.to_string(),
            kind: waiting.kind.word(),
            cohort: waiting.cohort.public_id.to_string(),
            learner: waiting.learner.public_id.to_string(),
            name: waiting.learner.name.to_string(),
            mine: waiting.is_mine,
            since: waiting.since.to_string(),
            about: waiting.about.clone(),
            said: waiting.said.clone(),
            held: HeldByJson::of(waiting.hold, waiting.holder.as_deref()),
        }
    }
}

type At = web::Path<(String, String)>;

pub async fn everywhere(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let waiting = mentoring::everywhere(&state, &who).await?;
    Ok(ok(&Listed::whole(waiting.iter().map(WaitingJson::from).collect())))
}

pub async fn queue(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at, "cohort")?).await?;
    let waiting = mentoring::of_cohort(&state, &who, &opened.cohort).await?;
    Ok(ok(&Listed::whole(waiting.iter().map(WaitingJson::from).collect())))
}

/// Until when one has it.
#[derive(Serialize, ToSchema)]
#[schema(as = QueueClaim)]
pub struct ClaimJson {
    until: String,
}

pub async fn claim(state: Shared, who: SignedIn, at: At, once: Once) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let (taking, _) = Taking::of(&state, &who, &opened.cohort, id(&at.1, "item")?).await?;
    once::write(&state, who.account.id, once, StatusCode::OK, move |conn| {
        taking.take(conn)?;
        Ok(Ok(ClaimJson { until: taking.until().to_string() }))
    })
    .await
}

pub async fn release(state: Shared, who: SignedIn, at: At, once: Once) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let (taking, _) = Taking::of(&state, &who, &opened.cohort, id(&at.1, "item")?).await?;
    once::write(&state, who.account.id, once, StatusCode::NO_CONTENT, move |conn| taking.give_back(conn).map(Ok)).await
}

/// A cry for help.
#[derive(Serialize, ToSchema)]
#[schema(as = Help)]
pub struct HelpJson {
    id: String,
    requirement: String,
    /// Markdown.
    words: String,
    asked_at: String,
    /// Answered, or closed by the learner.
    ended_at: Option<String>,
    /// A mentor's; Markdown.
    answer: Option<String>,
    answered_by: Option<String>,
}

impl From<&Help> for HelpJson {
    fn from(help: &Help) -> Self {
        let (answer, answered_by) = help.answer.clone().unzip();
        Self {
            id: help.public_id.to_string(),
            requirement: help.requirement.clone(),
            words: help.words.clone(),
            asked_at: help.asked_at.to_string(),
            ended_at: help.ended_at.map(|at| at.to_string()),
            answer,
            answered_by,
        }
    }
}

/// “I am stuck.”
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHelp {
    /// Id of a requirement of the path's role.
    requirement: String,
    /// Markdown.
    words: String,
}

/// Words to somebody.
#[derive(Deserialize, ToSchema)]
#[schema(as = MentorWords)]
#[serde(deny_unknown_fields)]
pub struct WordsJson {
    /// Markdown.
    words: String,
}

pub async fn helps(state: Shared, who: SignedIn, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&path, "path")?).await?;
    let helps = mentoring::help_of_path(&state, &open).await?;
    Ok(ok(&Listed::whole(helps.iter().map(HelpJson::from).collect())))
}

pub async fn ask_help(state: Shared, who: SignedIn, path: web::Path<String>, body: Json<NewHelp>) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&path, "path")?).await?;
    let asking = mentoring::ask_help(&state, &open, &body.value.requirement, Some(body.value.words))?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| Ok(Ok(HelpJson::from(&asking.keep(conn)?)))).await
}

pub async fn close_help(state: Shared, who: SignedIn, at: At, _: Once) -> Result<HttpResponse, Error> {
    let open = paths::open(&state, &who, id(&at.0, "path")?).await?;
    mentoring::close_help(&state, &open, id(&at.1, "help")?).await?;
    Ok(nothing())
}

pub async fn help(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_help(&state, &who, &opened, id(&at.1, "help")?).await?;
    Ok(ok(&HelpJson::from(&open.help)))
}

pub async fn answer_help(state: Shared, who: SignedIn, at: At, body: Json<WordsJson>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let open = mentoring::open_help(&state, &who, &opened, id(&at.1, "help")?).await?;
    let helping = Helping::answer(&state, &who, &open, Some(body.value.words))?;
    let public_id = open.help.public_id;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        helping.keep(conn)?;
        Ok(Ok(HelpJson::from(&store::mentoring::help_of(conn, public_id)?)))
    })
    .await
}

/// What a mentor saw of learners at once.
#[derive(Serialize, ToSchema)]
#[schema(as = Assessments)]
pub struct AssessmentsJson {
    id: String,
    /// `oral`, `attendance`, `checkpoint`.
    occasion: &'static str,
    at: String,
    day: String,
    by: String,
    subjects: Vec<crate::api::evidence::HeldJson>,
    /// Markdown.
    note: Option<String>,
    learners: Vec<AssessedJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = AssessedLearner)]
pub struct AssessedJson {
    learner: String,
    name: String,
    /// It was taken back.
    undone: bool,
}

pub async fn assessments(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at, "cohort")?).await?;
    let acts = mentoring::acts(&state, &who, &opened).await?;
    let act = |act: mentoring::AssessmentAct| AssessmentsJson {
        id: act.batch.to_string(),
        occasion: act.occasion.word(),
        at: act.at.to_string(),
        day: act.day.to_string(),
        by: act.by,
        subjects: act.about.iter().map(crate::api::evidence::HeldJson::from).collect(),
        note: act.note,
        learners: act
            .learners
            .into_iter()
            .map(|(learner, name, undone)| AssessedJson { learner: learner.to_string(), name, undone })
            .collect(),
    };
    Ok(ok(&Listed::whole(acts.into_iter().map(act).collect())))
}

/// Something that was seen of learners.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssessments {
    /// A role that the cohort follows; absent: its first.
    role: Option<String>,
    /// Id of a requirement of that role.
    requirement: String,
    /// Public ids of learners of the cohort, at most 200.
    learners: Vec<String>,
    /// `oral`, `attendance`, `checkpoint`.
    occasion: String,
    /// For a skill; the one that is asked where absent.
    step: Option<String>,
    /// For a project: criteria that were met; all where absent.
    criteria: Option<Vec<String>>,
    /// Absent: today, each learner's own.
    day: Option<String>,
    /// Markdown.
    note: Option<String>,
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
pub struct MadeAssessments {
    /// To take it back by.
    id: String,
    /// How many entries.
    recorded: usize,
}

pub async fn assess(state: Shared, who: SignedIn, at: web::Path<String>, body: Json<NewAssessments>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at, "cohort")?).await?;
    let sent = body.value;
    let learner = |text: &String| text.parse::<PublicId>().map_err(|_| Error::field("learners", "only_learners"));
    let wish = mentoring::AssessmentWish {
        learners: sent.learners.iter().map(learner).collect::<Result<_, _>>()?,
        occasion: Some(word::<Occasion>("occasion", &sent.occasion)?),
        step: sent.step.as_deref().map(|step| word("step", step)).transpose()?,
        criteria: sent
            .criteria
            .map(|criteria| criteria.iter().map(|subject| word("criteria", subject)).collect::<Result<Vec<Subject>, _>>())
            .transpose()?,
        day: sent.day.as_deref().map(|day| day.parse().map_err(|_| Error::field("day", "day_malformed"))).transpose()?,
        note: sent.note,
    };
    let role = sent.role.or_else(|| opened.set_up.roles.first().map(|role| role.role.clone()));
    let role = role.ok_or_else(|| Error::field("role", "role_unknown"))?;
    let found = match opened.set_up.role(&role) {
        Some(_) => cohorts::revision(&state, &role, &opened.set_up).await?,
        None => None,
    };
    let (_, template) = found.ok_or_else(|| Error::field("role", "role_unknown"))?;
    let index = template.requirement(&sent.requirement).ok_or_else(|| Error::field("requirement", "requirement_unknown"))?;
    let assessing = mentoring::Assessing::of(&state, &who, &opened, (&template, index), wish).await?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        let recorded = assessing.keep(conn)?.len();
        Ok(Ok(MadeAssessments { id: assessing.batch.to_string(), recorded }))
    })
    .await
}

pub async fn undo_assessments(state: Shared, who: SignedIn, at: At, once: Once) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let act = mentoring::undo_assessment(&state, &who, &opened, id(&at.1, "assessment")?).await?;
    once::write(&state, who.account.id, once, StatusCode::NO_CONTENT, move |conn| act(conn).map(Ok)).await
}

/// What a mentor noted of a learner, for mentors.
#[derive(Serialize, ToSchema)]
#[schema(as = MentorNote)]
pub struct NoteJson {
    id: String,
    by: String,
    at: String,
    /// Markdown.
    words: String,
}

impl From<&store::mentoring::Note> for NoteJson {
    fn from(note: &store::mentoring::Note) -> Self {
        Self { id: note.public_id.to_string(), by: note.by_name.clone(), at: note.at.to_string(), words: note.words.clone() }
    }
}

pub async fn notes(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let member = cohorts::member(&state, &opened, id(&at.1, "member")?).await?;
    let notes = mentoring::notes(&state, &who, &opened, &member).await?;
    Ok(ok(&Listed::whole(notes.iter().map(NoteJson::from).collect())))
}

pub async fn add_note(state: Shared, who: SignedIn, at: At, body: Json<WordsJson>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let member = cohorts::member(&state, &opened, id(&at.1, "member")?).await?;
    let note = mentoring::add_note(&state, &who, &opened, &member, Some(body.value.words))?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        store::mentoring::add_note(conn, &note)?;
        Ok(Ok(NoteJson::from(&note)))
    })
    .await
}

pub async fn remove_note(state: Shared, who: SignedIn, at: web::Path<(String, String, String)>, _: Once) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let member = cohorts::member(&state, &opened, id(&at.1, "member")?).await?;
    mentoring::remove_note(&state, &who, &opened, &member, id(&at.2, "note")?).await?;
    Ok(nothing())
}

fn message_json(message: &store::mentoring::Message) -> NoteJson {
    NoteJson { id: message.public_id.to_string(), by: message.by_name.clone(), at: message.at.to_string(), words: message.words.clone() }
}

pub async fn messages(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let member = cohorts::member(&state, &opened, id(&at.1, "member")?).await?;
    let sent = mentoring::messages(&state, &who, &opened, &member).await?;
    Ok(ok(&Listed::whole(sent.iter().map(message_json).collect())))
}

pub async fn send_message(state: Shared, who: SignedIn, at: At, body: Json<WordsJson>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0, "cohort")?).await?;
    let member = cohorts::member(&state, &opened, id(&at.1, "member")?).await?;
    let message = mentoring::write_message(&state, &who, &opened, &member, Some(body.value.words))?;
    once::write(&state, who.account.id, body.once, StatusCode::CREATED, move |conn| {
        store::mentoring::send_message(conn, &message)?;
        Ok(Ok(message_json(&message)))
    })
    .await
}
