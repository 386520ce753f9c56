//! A mentor's review: what was handed in, criterion by criterion, accept or send back; and what was said, to take back.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::ledger::Payload;
use domain::mentoring::{Decision, ItemKind};
use domain::review::{Reply, Said, Verdict, WrongReply};
use domain::subject::Subject;
use domain::template::{Rubric, RubricLevelDocument};
use domain::time::Day;
use store::reviews::Answer;

use super::{HoldView, hold_view, item_id};
use crate::body::Form;
use crate::caller::SignedIn;
use crate::errors::{Error, Field};
use crate::markdown;
use crate::pages::cohorts::id;
use crate::pages::files::{self, FileRow};
use crate::pages::marks;
use crate::pages::requirement::reviews::{judged_words, verdict_words};
use crate::services::cohorts::Opened;
use crate::services::ledger::Written;
use crate::services::mentoring::{self, Answering, Drafting, OpenReview, Otherwise, Undoing, Waiting};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "mentoring/review.html")]
struct ReviewPage {
    w: View,
    cohort: (PublicId, String),
    id: PublicId,
    learner: (PublicId, String),
    /// Names of those who made it too.
    with: String,
    /// Names of the requirements.
    title: String,
    kind: String,
    submitted: String,
    version: String,
    work: WorkView,
    criteria: Vec<CriterionForm>,
    comment: String,
    /// When what is in the form was kept.
    saved: Option<String>,
    errors: FormErrors,
    hold: HoldView,
    answer: Option<AnswerView>,
    may_undo: bool,
    claimed: String,
    proven: String,
    widths: (String, String),
    would: String,
    asks_for: Vec<(String, String)>,
    before: Vec<(WorkView, Option<AnswerView>)>,
    next: Vec<(String, String, String)>,
}

/// What was handed in.
struct WorkView {
    heading: String,
    title: Option<String>,
    url: Option<String>,
    pin: Option<(String, &'static str)>,
    files: Vec<FileRow>,
    note: Option<String>,
    facts: Vec<String>,
    blanked: bool,
}

struct CriterionForm {
    number: usize,
    name: String,
    asks: Option<String>,
    choices: Vec<Choice>,
    /// Of those who made the work too: id, name, and what can be said of them.
    members: Vec<(PublicId, String, Vec<Choice>)>,
    comment: String,
    verdict_error: Option<String>,
    comment_error: Option<String>,
}

/// A verdict, or a level of a rubric.
struct Choice {
    value: String,
    name: String,
    /// What a level means, and whether it counts as met.
    means: Option<(String, String)>,
    chosen: bool,
}

/// What was said.
struct AnswerView {
    who: String,
    returned: bool,
    met: String,
    comment: Option<String>,
    /// Glyph, name, verdict, comment.
    verdicts: Vec<(&'static str, String, String, Option<String>)>,
}

type At = web::Path<(String, String)>;

struct Asked {
    opened: Opened,
    open: OpenReview,
}

impl Asked {
    async fn find(state: &State, who: &SignedIn, at: &At) -> Result<Self, Error> {
        let opened = mentoring::open(state, who, id(&at.0)?).await?;
        let open = mentoring::open_review(state, who, &opened, item_id(&at.1)?).await?;
        Ok(Self { opened, open })
    }
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &who, &at).await?;
    let form = as_kept(&asked.open);
    page(&filled(&state, &request, &who, &asked, &form, FormErrors::default()).await?)
}

/// What one had written so far, as the form shows it.
fn as_kept(open: &OpenReview) -> Form {
    let Some(draft) = &open.draft else { return Form::default() };
    let asked: Vec<&Subject> = open.submission.1.held.iter().map(|held| &held.subject).collect();
    let place = |said: &Said| asked.iter().position(|subject| **subject == said.subject);
    let of_criteria = draft.reply.criteria.iter().filter_map(|said| Some((place(said)?, said))).flat_map(|(at, said)| {
        let chosen = said.level.as_ref().map(|level| format!("{LEVEL}{level}")).or_else(|| said.verdict.map(|verdict| verdict.to_string()));
        let comment = said.comment.clone();
        [chosen.map(|chosen| (format!("verdict-{at}"), chosen)), comment.map(|comment| (format!("comment-{at}"), comment))]
    });
    let whole = draft.reply.comment.clone().map(|comment| ("comment".to_owned(), comment));
    of_criteria.chain([whole]).flatten().collect()
}

/// Begins the value of a level among those of verdicts.
const LEVEL: &str = "level:";

/// POST: the answer, or as far as it is by now.
pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let mut asked = Asked::find(&state, &who, &at).await?;
    let subjects: Vec<Subject> = asked.open.submission.1.held.iter().map(|held| held.subject.clone()).collect();
    let said = subjects.iter().enumerate().map(|(at, subject)| {
        let chosen = form.raw(&format!("verdict-{at}"));
        Said {
            subject: subject.clone(),
            verdict: chosen.parse::<Verdict>().ok(),
            level: chosen.strip_prefix(LEVEL).map(str::to_owned),
            comment: form.text(&format!("comment-{at}")),
        }
    });
    let reply = Reply { name: String::new(), comment: form.text("comment"), criteria: said.collect() };
    if form.raw("decision") == "save" {
        let errors = match Drafting::of(&state, &who, &asked.open, reply) {
            Ok(drafting) => match state.store.write(move |conn| drafting.keep(conn)).await {
                Ok(()) => return Ok(see(format!("{}#draft", state.links.path("cohort-review", &[&at.0, &at.1])))),
                Err(store::Error::Rule(code)) => FormErrors::of(Error::field("decision", code))?,
                Err(other) => return Err(other.into()),
            },
            Err(wrong) => FormErrors::of(Error::Fields(wrong.iter().map(|wrong| field(&subjects, wrong)).collect()))?,
        };
        asked.open.request.answer = None;
        return page_again(&filled(&state, &request, &who, &asked, &form, errors).await?);
    }
    let decision = form.raw("decision").parse::<Decision>().ok();
    let otherwise: Vec<Otherwise> = asked.open.members.iter().map(|member| otherwise(member.account.public_id, &subjects, &form)).collect();
    let errors = match Answering::of(&state, &who, &asked.opened, &asked.open, decision, reply, &otherwise) {
        Ok(answering) => match state.store.write(move |conn| answering.keep(conn)).await {
            Ok(answer) => {
                let done = if answer.returned { "return" } else { "accept" };
                return Ok(see(format!("{}?done={done}", state.links.path("cohort-queue", &[&at.0]))));
            }
            // Somebody was faster, or the work is gone: what was written is not lost.
            Err(store::Error::Rule(code)) => FormErrors::of(Error::field("decision", code))?,
            Err(other) => return Err(other.into()),
        },
        Err(wrong) => FormErrors::of(Error::Fields(wrong.iter().map(|wrong| field(&subjects, wrong)).collect()))?,
    };
    asked.open.request.answer = None;
    page_again(&filled(&state, &request, &who, &asked, &form, errors).await?)
}

/// A file of the work.
pub async fn fetch(state: Shared, who: SignedIn, at: web::Path<(String, String, String)>) -> Result<HttpResponse, Error> {
    let opened = mentoring::open(&state, &who, id(&at.0)?).await?;
    let open = mentoring::open_review(&state, &who, &opened, item_id(&at.1)?).await?;
    Ok(files::answer(open.file(&state, files::id(&at.2, "attachment")?).await?))
}

/// POST: takes one's review back, or as lead another's.
pub async fn undo(state: Shared, who: SignedIn, at: At) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &who, &at).await?;
    let undoing = Undoing::of(&state, &who, &asked.opened, &asked.open)?;
    state.store.write(move |conn| undoing.keep(conn)).await?;
    Ok(see(format!("{}?done=undo", state.links.path("cohort-queue", &[&at.0]))))
}

/// What is chosen of one member; what is not is as for the work.
fn otherwise(person: PublicId, subjects: &[Subject], form: &Form) -> Otherwise {
    let of = |(at, subject): (usize, &Subject)| {
        let chosen = form.raw(&format!("verdict-{at}-of-{person}"));
        let (verdict, level) = (chosen.parse::<Verdict>().ok(), chosen.strip_prefix(LEVEL).map(str::to_owned));
        (!chosen.is_empty()).then(|| Said { subject: subject.clone(), verdict, level, comment: None })
    };
    Otherwise { person, criteria: subjects.iter().enumerate().filter_map(of).collect() }
}

/// A criterion's fields carry its number.
fn field(asked: &[Subject], wrong: &WrongReply) -> Field {
    let at = wrong.about.as_ref().and_then(|about| asked.iter().position(|subject| subject == about));
    // Levels are chosen where verdicts are.
    let name = if wrong.field == "level" { "verdict" } else { wrong.field };
    Field::new(at.map_or_else(|| name.to_owned(), |at| format!("{name}-{at}")), wrong.code)
}

/// What can be said of a criterion: the levels of its rubric, else met and not met; and that one cannot say.
fn choices(w: &View, rubric: Option<&Rubric>, chosen: &str) -> Vec<Choice> {
    let verdict = |&verdict: &Verdict| Choice {
        value: verdict.word().to_owned(),
        name: verdict_words(w, verdict),
        means: None,
        chosen: chosen == verdict.word(),
    };
    let Some(rubric) = rubric else { return Verdict::ALL.iter().map(verdict).collect() };
    let level = |(at, level): (usize, &RubricLevelDocument)| {
        let value = format!("{LEVEL}{}", level.id);
        let met = if at >= rubric.met_from { Verdict::Met } else { Verdict::NotMet };
        Choice { chosen: chosen == value, value, name: level.name.clone(), means: Some((level.means.clone(), verdict_words(w, met))) }
    };
    rubric.levels.iter().enumerate().map(level).chain([verdict(&Verdict::CannotSay)]).collect()
}

async fn filled(
    state: &State,
    request: &HttpRequest,
    who: &SignedIn,
    asked: &Asked,
    form: &Form,
    errors: FormErrors,
) -> Result<ReviewPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "cohorts");
    let Asked { opened, open } = asked;
    let worth = open.worth(state).await?;
    let (catalogue, template) = (state.catalogue(), &open.template);
    let (_, entry, _) = &open.submission;
    let criterion = |(number, subject): (usize, &Subject)| {
        let document = catalogue.get(subject);
        let chosen = form.raw(&format!("verdict-{number}"));
        CriterionForm {
            number,
            name: document.map_or_else(|| subject.id.clone(), |document| document.name.clone()),
            asks: document.and_then(|document| document.asks.clone()),
            choices: choices(&w, open.rubric(subject), chosen),
            members: open
                .members
                .iter()
                .map(|member| {
                    let chosen = form.raw(&format!("verdict-{number}-of-{}", member.account.public_id));
                    (member.account.public_id, member.account.name.to_string(), choices(&w, open.rubric(subject), chosen))
                })
                .collect(),
            comment: form.raw(&format!("comment-{number}")).to_owned(),
            verdict_error: errors.at(&format!("verdict-{number}"), &w),
            comment_error: errors.at(&format!("comment-{number}"), &w),
        }
    };
    let names: Vec<&str> = open.requirements.iter().map(|&index| template.requirements[index].name.as_str()).collect();
    let kind = ItemKind::of(entry).unwrap_or(ItemKind::Submission);
    let answer = open.request.answer.as_ref();
    let is_own = answer.is_some_and(|answer| answer.by == Some(who.account.id));
    let waiting = mentoring::of_cohort(state, who, &opened.cohort).await?;
    Ok(ReviewPage {
        cohort: (opened.cohort.public_id, opened.cohort.name.to_string()),
        id: open.request.public_id,
        learner: (open.learner.public_id, open.learner.name.to_string()),
        with: open.members.iter().map(|member| member.account.name.as_str()).collect::<Vec<_>>().join(", "),
        title: names.join(", "),
        kind: w.t(&format!("queue-kind-{kind}")),
        submitted: w.t1("mentoring-submitted", "moment", w.moment(&open.request.created_at)),
        version: w.t1("mentoring-version", "number", open.before.len() + 1),
        work: work(&w, opened, open, &open.submission),
        criteria: entry.held.iter().map(|held| &held.subject).enumerate().map(criterion).collect(),
        comment: form.raw("comment").to_owned(),
        saved: open.draft.as_ref().map(|draft| w.t1("mentoring-draft-saved", "moment", w.moment(&draft.saved_at))),
        hold: hold_view(&w, open.hold, open.holder.as_deref()),
        may_undo: is_own || opened.may_lead,
        answer: answer.map(|answer| answer_view(state, &w, answer)),
        claimed: w.lang.readiness(worth.claimed),
        proven: w.lang.readiness(worth.proven),
        widths: (marks::width(worth.claimed), marks::width(worth.proven)),
        would: w.t3(
            "mentoring-would",
            "name",
            open.learner.name.as_str(),
            "now",
            w.lang.readiness(worth.proven),
            "then",
            w.lang.readiness(worth.proven_if_met),
        ),
        asks_for: open
            .requirements
            .iter()
            .map(|&index| &template.requirements[index])
            .map(|requirement| (requirement.name.clone(), marks::trust_words(&w, Some(requirement.least_trust))))
            .collect(),
        before: open
            .before
            .iter()
            .map(|(written, answer)| (work(&w, opened, open, written), answer.as_ref().map(|answer| answer_view(state, &w, answer))))
            .collect(),
        next: waiting.iter().filter(|waiting| waiting.id != open.request.public_id).take(3).map(|waiting| next(&w, waiting)).collect(),
        errors,
        w,
    })
}

/// Link, name, and what it is about.
fn next(w: &View, waiting: &Waiting) -> (String, String, String) {
    let route = if waiting.kind == ItemKind::Help { "cohort-help" } else { "cohort-review" };
    let link = w.link2(route, waiting.cohort.public_id, waiting.id);
    (link, waiting.learner.name.to_string(), waiting.about.join(", "))
}

fn work(w: &View, opened: &Opened, open: &OpenReview, (_, entry, payload): &Written) -> WorkView {
    let written: Payload = payload.clone().unwrap_or_default();
    let mut facts = Vec::new();
    facts.extend(written.issuer);
    facts.extend(written.number);
    facts.extend(written.issued_on.map(|day| w.t1("mentoring-issued", "day", w.lang.day_long(day))));
    let ends = |day: Day| {
        let key = if day < open.today { "requirement-expired-on" } else { "requirement-expires-on" };
        w.t1(key, "day", w.lang.day_long(day))
    };
    facts.extend(entry.expires_on.map(ends));
    facts.extend(written.minutes.map(|minutes| w.lang.effort(minutes)));
    WorkView {
        heading: w.t2("mentoring-entry", "number", entry.seq, "day", w.lang.day_long(entry.day)),
        title: written.title,
        pin: written.url.as_deref().and_then(|url| files::pin(w, url)),
        files: FileRow::list(w, open.files.get(&entry.seq), |file| {
            w.link3("cohort-review-file", opened.cohort.public_id, open.request.public_id, file.public_id)
        }),
        url: written.url,
        note: written.note.as_deref().map(markdown::to_html),
        facts,
        blanked: payload.is_none(),
    }
}

fn answer_view(state: &State, w: &View, answer: &Answer) -> AnswerView {
    let catalogue = state.catalogue();
    let judged = |judged: &domain::review::Judged| {
        let name = catalogue.get(&judged.subject).map_or_else(|| judged.subject.id.clone(), |document| document.name.clone());
        let glyph = if judged.verdict == Verdict::Met { "g-mentor" } else { "g-open" };
        (glyph, name, judged_words(w, judged), judged.comment.clone())
    };
    let met = answer.review.criteria.iter().filter(|judged| judged.verdict == Verdict::Met).count();
    AnswerView {
        who: w.t2("review-by", "name", answer.review.by.as_str(), "day", w.moment(&answer.at)),
        returned: answer.returned,
        met: w.t2("review-met", "met", met, "all", answer.review.criteria.len()),
        comment: answer.review.comment.as_deref().map(markdown::to_html),
        verdicts: answer.review.criteria.iter().map(judged).collect(),
    }
}
