//! A reviewer's page, behind the secret of a link: one submission, criterion by criterion. It needs no account and shows
//! nothing else of the learner but the name.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::review::{Reply, Said, Verdict, WrongReply};
use domain::subject::Subject;

use crate::body::Form;
use crate::caller::Visitor;
use crate::errors::{Error, Field};
use crate::markdown;
use crate::pages::files::{self, FileRow};
use crate::pages::requirement::reviews::verdict_words;
use crate::services::Actor;
use crate::services::reviews::{self, Opened};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    w: View,
    action: String,
    learner: String,
    message: Option<String>,
    until: Option<String>,
    title: Option<String>,
    url: Option<String>,
    pin: Option<(String, &'static str)>,
    files: Vec<FileRow>,
    note: Option<String>,
    submitted: String,
    criteria: Vec<CriterionForm>,
    name: String,
    comment: String,
    errors: FormErrors,
}

struct CriterionForm {
    number: usize,
    name: String,
    asks: Option<String>,
    /// Word, what it says, whether it is chosen.
    verdicts: Vec<(&'static str, String, bool)>,
    comment: String,
    verdict_error: Option<String>,
    comment_error: Option<String>,
}

#[derive(Template)]
#[template(path = "review_done.html")]
struct DonePage {
    w: View,
    learner: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: Visitor, secret: web::Path<String>) -> Result<HttpResponse, Error> {
    let opened = open(&state, &request, &who, &secret).await?;
    if opened.is_answered {
        let w = View::new(&state, &request, None, "");
        return page(&DonePage { learner: opened.learner.name.to_string(), w });
    }
    page(&form_page(&state, &request, &secret, &opened, &Form::default(), FormErrors::default()))
}

/// POST: the answer, once.
pub async fn submit(
    state: Shared,
    request: HttpRequest,
    who: Visitor,
    secret: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let opened = open(&state, &request, &who, &secret).await?;
    let asked: Vec<Subject> = opened.submission.1.held.iter().map(|held| held.subject.clone()).collect();
    let said = asked.iter().enumerate().map(|(at, subject)| Said {
        subject: subject.clone(),
        verdict: form.raw(&format!("verdict-{at}")).parse::<Verdict>().ok(),
        level: None,
        comment: form.text(&format!("comment-{at}")),
    });
    let reply = Reply { name: form.raw("name").to_owned(), comment: form.text("comment"), criteria: said.collect() };
    match reviews::answer(&state, &opened, who.0.as_deref(), reply).await? {
        Ok(()) => Ok(see(state.links.path("review", &[&secret]))),
        Err(wrong) => {
            let errors = FormErrors::of(Error::Fields(wrong.iter().map(|wrong| field(&asked, wrong)).collect()))?;
            page_again(&form_page(&state, &request, &secret, &opened, &form, errors))
        }
    }
}

/// A file of the work.
pub async fn fetch(state: Shared, request: HttpRequest, who: Visitor, at: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let opened = open(&state, &request, &who, &at.0).await?;
    Ok(files::answer(opened.file(&state, files::id(&at.1, "attachment")?).await?))
}

async fn open(state: &State, request: &HttpRequest, who: &Visitor, secret: &str) -> Result<Opened, Error> {
    reviews::open(state, &Actor::new(state, request, None), who.0.as_deref(), secret).await
}

/// A criterion's fields carry its number.
fn field(asked: &[Subject], wrong: &WrongReply) -> Field {
    let at = wrong.about.as_ref().and_then(|about| asked.iter().position(|subject| subject == about));
    Field::new(at.map_or_else(|| wrong.field.to_owned(), |at| format!("{}-{at}", wrong.field)), wrong.code)
}

fn form_page(state: &State, request: &HttpRequest, secret: &str, opened: &Opened, form: &Form, errors: FormErrors) -> ReviewPage {
    let w = View::new(state, request, None, "");
    let (_, entry, payload) = &opened.submission;
    let payload = payload.clone().unwrap_or_default();
    let catalogue = state.catalogue();
    let criterion = |(number, subject): (usize, &Subject)| {
        let document = catalogue.get(subject);
        let chosen = form.raw(&format!("verdict-{number}"));
        CriterionForm {
            number,
            name: document.map_or_else(|| subject.id.clone(), |document| document.name.clone()),
            asks: document.and_then(|document| document.asks.clone()),
            verdicts: Verdict::ALL.iter().map(|&verdict| (verdict.word(), verdict_words(&w, verdict), verdict.word() == chosen)).collect(),
            comment: form.raw(&format!("comment-{number}")).to_owned(),
            verdict_error: errors.at(&format!("verdict-{number}"), &w),
            comment_error: errors.at(&format!("comment-{number}"), &w),
        }
    };
    let name = if form.has("name") { form.raw("name").to_owned() } else { opened.request.reviewer.to_string() };
    ReviewPage {
        action: state.links.path("review-do", &[secret]),
        learner: opened.learner.name.to_string(),
        message: opened.request.message.as_deref().map(markdown::to_html),
        // Nobody knows the reviewer's zone.
        until: opened.request.expires_at.map(|end| w.t1("review-until", "until", format!("{} UTC", w.moment(&end)))),
        title: payload.title,
        pin: payload.url.as_deref().and_then(|url| files::pin(&w, url)),
        files: FileRow::list(&w, Some(&opened.files), |file| w.link2("review-file", secret, file.public_id)),
        url: payload.url,
        note: payload.note.as_deref().map(markdown::to_html),
        submitted: w.t1("review-submitted", "day", w.lang.day_long(entry.day)),
        criteria: entry.held.iter().map(|held| &held.subject).enumerate().map(criterion).collect(),
        name,
        comment: form.raw("comment").to_owned(),
        errors,
        w,
    }
}
