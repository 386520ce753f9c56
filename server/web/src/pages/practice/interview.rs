//! Mock interviews: so many questions, a clock, notes, one's own judgement, and the whole to read again.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::practice::{Mark, Wish};
use serde::Deserialize;
use store::interviews::{Interview, Question};

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::services::interviews::{self, Answer};
use crate::services::practice::topic_name;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "practice/interviews.html")]
struct ListPage {
    w: View,
    done: bool,
    errors: FormErrors,
    topics: Vec<(String, String, bool)>,
    questions: String,
    minutes: String,
    earlier: Vec<Row>,
}

struct Row {
    id: PublicId,
    when: String,
    count: String,
    marks: String,
    /// Where it goes on; none when it is over.
    next: Option<usize>,
}

#[derive(Template)]
#[template(path = "practice/question.html")]
struct QuestionPage {
    w: View,
    errors: FormErrors,
    id: PublicId,
    position: usize,
    of: usize,
    topic: String,
    question: String,
    opened: String,
    /// Seconds since it was opened.
    ran: i64,
    /// Seconds that it should take; 0: no limit.
    limit: u32,
    limit_words: Option<String>,
    notes: String,
    /// None until it was answered.
    answered: Option<Answered>,
}

struct Answered {
    took: String,
    over: bool,
    covers: Vec<String>,
    marks: Vec<(&'static str, String, bool)>,
}

#[derive(Template)]
#[template(path = "practice/interview.html")]
struct SummaryPage {
    w: View,
    id: PublicId,
    when: String,
    marks: String,
    next: Option<usize>,
    questions: Vec<Told>,
}

struct Told {
    position: usize,
    topic: String,
    question: String,
    mark: Option<String>,
    class: &'static str,
    took: Option<String>,
    notes: Option<String>,
    covers: Vec<String>,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

pub async fn list(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let mut filled = filled(&state, &request, &who, None).await?;
    filled.done = query.0.done.is_some();
    page(&filled)
}

/// POST: draws the questions and opens the first.
pub async fn start(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let number = |field: &str| form.parsed::<u32>(field, "out_of_range").map(|number| number.unwrap_or(0));
    let wish = number("questions")
        .and_then(|questions| Ok(Wish { topics: form.all("topic").iter().cloned().collect(), questions, minutes: number("minutes")? }));
    match wish.and_then(|wish| interviews::prepare(&state, wish)) {
        Ok(new) => {
            let (account, id) = (who.account.id, new.public_id.to_string());
            state.store.write(move |conn| store::interviews::create(conn, account, &new)).await?;
            Ok(see(state.links.path("interview-question", &[&id, "1"])))
        }
        Err(error) => {
            let errors = FormErrors::of(error)?;
            page_again(&ListPage { errors, ..filled(&state, &request, &who, Some(&form)).await? })
        }
    }
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let interview = interviews::get(&state, &who, id_of(&at)?).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "practice");
    let told = |(position, question): (usize, &Question)| Told {
        position,
        topic: topic_name(&state, &question.topic),
        question: markdown::line_to_html(&question.question),
        mark: question.mark.map(|mark| mark_words(&w, mark)),
        class: match question.mark {
            Some(Mark::Good) => "on",
            Some(Mark::Partly) => "",
            Some(Mark::Missed) => "warn",
            None => "",
        },
        took: took(&w, question),
        notes: question.notes.clone(),
        covers: lines(&question.covers),
    };
    page(&SummaryPage {
        id: interview.public_id,
        when: w.moment(&interview.started_at),
        marks: marks(&w, &interview),
        next: next(&interview),
        questions: (1..).zip(&interview.questions).map(told).collect(),
        w,
    })
}

/// A question that was opened; a later one is not there yet.
pub async fn question(state: Shared, request: HttpRequest, who: SignedIn, at: web::Path<(String, u32)>) -> Result<HttpResponse, Error> {
    let interview = interviews::get(&state, &who, id_of(&at.0)?).await?;
    page(&asked(&state, &request, &who, &interview, at.1)?)
}

/// POST: notes end the answer, a mark leads on.
pub async fn answer(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, u32)>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let (id, position) = (id_of(&at.0)?, at.1);
    let mark: Option<Mark> = form.parsed("mark", "mark_unknown")?;
    let marked = mark.is_some();
    let answering = interviews::answering(&state, &who, id, position, Answer { notes: form.text("notes"), mark });
    let interview = match answering {
        Ok(answering) => state.store.write(answering).await?,
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let interview = interviews::get(&state, &who, id).await?;
            let notes = form.raw("notes").to_owned();
            return page_again(&QuestionPage { errors, notes, ..asked(&state, &request, &who, &interview, position)? });
        }
    };
    let here = id.to_string();
    let at = |position: usize| state.links.path("interview-question", &[&here, &position.to_string()]);
    Ok(see(match next(&interview) {
        _ if !marked => at(position as usize),
        Some(position) => at(position),
        None => state.links.path("interview", &[&here]),
    }))
}

/// POST: an interview goes with its notes.
pub async fn delete(state: Shared, who: SignedIn, at: web::Path<String>) -> Result<HttpResponse, Error> {
    let (account, id) = (who.account.id, id_of(&at)?);
    state.store.write(move |conn| store::interviews::delete(conn, account, id)).await?;
    Ok(see(format!("{}?done=delete", state.links.path("interviews", &[]))))
}

fn id_of(text: &str) -> Result<PublicId, Error> {
    text.parse().map_err(|_| Error::NotThere("interview"))
}

async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, form: Option<&Form>) -> Result<ListPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "practice");
    let library = state.library();
    let mut ids: Vec<String> = library.seats().filter_map(|seat| seat.topic).collect();
    ids.sort();
    ids.dedup();
    let ticked = |id: &String| form.is_some_and(|form| form.all("topic").contains(id));
    let row = |interview: Interview| Row {
        id: interview.public_id,
        when: w.moment(&interview.started_at),
        count: w.t1("interview-count", "count", interview.questions.len()),
        marks: marks(&w, &interview),
        next: next(&interview),
    };
    let typed = |field: &str, suggested: &str| form.map_or(suggested, |form| form.raw(field)).to_owned();
    Ok(ListPage {
        done: false,
        errors: FormErrors::default(),
        topics: ids.into_iter().map(|id| (id.clone(), topic_name(state, &id), ticked(&id))).collect(),
        questions: typed("questions", "5"),
        minutes: typed("minutes", "3"),
        earlier: interviews::list(state, who).await?.into_iter().map(row).collect(),
        w,
    })
}

fn asked(state: &State, request: &HttpRequest, who: &SignedIn, interview: &Interview, position: u32) -> Result<QuestionPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "practice");
    let position = position as usize;
    let question = position.checked_sub(1).and_then(|at| interview.questions.get(at)).ok_or(Error::NotThere("question"))?;
    let opened = question.opened_at.ok_or(Error::NotThere("question"))?;
    let answered = question.answered_at.map(|at| Answered {
        took: took(&w, question).unwrap_or_default(),
        over: interview.minutes > 0 && at.seconds_since(opened) > i64::from(interview.minutes) * 60,
        covers: lines(&question.covers),
        marks: Mark::ALL.iter().map(|&mark| (mark.word(), mark_words(&w, mark), question.mark == Some(mark))).collect(),
    });
    Ok(QuestionPage {
        errors: FormErrors::default(),
        id: interview.public_id,
        position,
        of: interview.questions.len(),
        topic: topic_name(state, &question.topic),
        question: markdown::line_to_html(&question.question),
        opened: w.moment(&opened),
        ran: w.now.seconds_since(opened).max(0),
        limit: interview.minutes * 60,
        limit_words: (interview.minutes > 0).then(|| w.t1("interview-limit", "count", interview.minutes)),
        notes: question.notes.clone().unwrap_or_default(),
        answered,
        w,
    })
}

/// The first question that has no mark.
fn next(interview: &Interview) -> Option<usize> {
    interview.questions.iter().position(|question| question.mark.is_none()).map(|at| at + 1)
}

/// `3 good, 1 partly, 1 missed`.
fn marks(w: &View, interview: &Interview) -> String {
    let count = |mark: Mark| interview.questions.iter().filter(|question| question.mark == Some(mark)).count();
    let parts = [(Mark::Good, "interview-good"), (Mark::Partly, "interview-partly"), (Mark::Missed, "interview-missed")];
    let parts = parts.into_iter().filter(|(mark, _)| count(*mark) > 0).map(|(mark, key)| w.t1(key, "count", count(mark)));
    parts.collect::<Vec<_>>().join(", ")
}

fn mark_words(w: &View, mark: Mark) -> String {
    w.t(match mark {
        Mark::Missed => "interview-mark-missed",
        Mark::Partly => "interview-mark-partly",
        Mark::Good => "interview-mark-good",
    })
}

fn took(w: &View, question: &Question) -> Option<String> {
    let seconds = question.answered_at?.seconds_since(question.opened_at?).max(0);
    Some(w.t2("interview-took", "minutes", seconds / 60, "seconds", format!("{:02}", seconds % 60)))
}

fn lines(covers: &[String]) -> Vec<String> {
    covers.iter().map(|cover| markdown::line_to_html(cover)).collect()
}
