//! Reviews on a requirement's page: whom the learner asked about submissions that show some of it, what they said, and
//! the form that asks.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::ids::PublicId;
use domain::ledger::{EvidenceKind, standing};
use domain::mentoring::ItemKind;
use domain::review::{DAYS, Judged, RequestState, Verdict, Wish};
use domain::subject::Subject;
use domain::time::Instant;
use store::reviews::Request;

use super::{Asked, At};
use crate::body::Form;
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::markdown;
use crate::services::ledger::Written;
use crate::services::paths::OpenPath;
use crate::services::reviews;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again};

pub struct ReviewPart {
    /// Public id and words of each submission that can be reviewed, newest first.
    pub submissions: Vec<(String, String)>,
    /// Of people outside.
    pub rows: Vec<ReviewRow>,
    /// Of mentors.
    pub of_mentors: Vec<ReviewRow>,
    /// The link that was just made, and for whom.
    pub made: Option<(String, String)>,
    pub entry: String,
    pub reviewer: String,
    pub message: String,
    pub days: String,
    pub errors: FormErrors,
}

pub struct ReviewRow {
    pub entry: u32,
    pub returned: bool,
    pub id: PublicId,
    pub reviewer: String,
    pub state: String,
    /// Class of its tag.
    pub tag: &'static str,
    pub when: String,
    pub message: Option<String>,
    pub can_revoke: bool,
    pub answer: Option<AnswerRow>,
}

pub struct AnswerRow {
    pub at: Instant,
    pub who: String,
    pub comment: Option<String>,
    pub met: String,
    pub verdicts: Vec<VerdictRow>,
}

pub struct VerdictRow {
    pub subject: Subject,
    pub glyph: &'static str,
    pub verdict: String,
    pub name: String,
    pub comment: Option<String>,
}

impl ReviewPart {
    /// `written` are the entries about the requirement, newest first.
    pub async fn load(state: &State, w: &View, open: &OpenPath, written: &[Written]) -> Result<Self, Error> {
        let stands = standing(&open.facts);
        let submissions: Vec<&Written> = written
            .iter()
            .filter(|(_, entry, _)| entry.kind == EvidenceKind::Submission && stands.iter().any(|other| other.seq == entry.seq))
            .collect();
        let numbers: Vec<u32> =
            written.iter().filter(|(_, entry, _)| ItemKind::of(entry).is_some()).map(|(_, entry, _)| entry.seq).collect();
        let requests = match numbers.is_empty() {
            true => Vec::new(),
            false => reviews::list(state, open.learner.id, Some(numbers), None, i64::from(i32::MAX)).await?,
        };
        let said = |(id, entry, payload): &&Written| {
            let what = payload.as_ref().and_then(|payload| payload.title.clone().or_else(|| payload.url.clone())).unwrap_or_default();
            (id.to_string(), w.t3("review-of", "number", entry.seq, "day", w.lang.day_near(entry.day, w.today()), "what", what))
        };
        let submissions: Vec<(String, String)> = submissions.iter().map(said).collect();
        let (of_mentors, outside): (Vec<&Request>, Vec<&Request>) = requests.iter().partition(|request| request.is_for_mentors);
        Ok(Self {
            entry: submissions.first().map(|(id, _)| id.clone()).unwrap_or_default(),
            submissions,
            rows: outside.into_iter().map(|request| row(state, w, request)).collect(),
            of_mentors: of_mentors.into_iter().map(|request| row(state, w, request)).collect(),
            made: None,
            reviewer: String::new(),
            message: String::new(),
            days: DAYS.to_string(),
            errors: FormErrors::default(),
        })
    }

    /// The mentors sent this entry back.
    pub fn is_returned(&self, entry: u32) -> bool {
        self.of_mentors.iter().any(|row| row.entry == entry && row.returned)
    }

    /// What the newest review that judged a criterion said of it.
    pub fn said_of(&self, w: &View, subject: &Subject) -> Option<String> {
        let answers = self.rows.iter().chain(&self.of_mentors).filter_map(|row| row.answer.as_ref());
        let (answer, verdict) = answers
            .filter_map(|answer| Some((answer, answer.verdicts.iter().find(|row| row.subject == *subject)?)))
            .max_by_key(|(answer, _)| answer.at)?;
        Some(match &verdict.comment {
            None => w.t2("review-said", "verdict", &verdict.verdict, "who", &answer.who),
            Some(comment) => w.t3("review-said-with", "verdict", &verdict.verdict, "who", &answer.who, "comment", comment),
        })
    }
}

fn row(state: &State, w: &View, request: &Request) -> ReviewRow {
    let catalogue = state.catalogue();
    let (key, tag) = match request.state(w.now) {
        RequestState::Open => ("review-state-open", ""),
        RequestState::Answered if request.answer.as_ref().is_some_and(|answer| answer.returned) => ("mentoring-returned", " warn"),
        RequestState::Answered if request.is_for_mentors => ("mentoring-accepted", " on"),
        RequestState::Revoked if request.is_for_mentors => ("mentoring-withdrawn", ""),
        RequestState::Answered => ("review-state-answered", " on"),
        RequestState::Expired => ("review-state-expired", " warn"),
        RequestState::Revoked => ("review-state-revoked", ""),
    };
    let is_open = request.state(w.now) == RequestState::Open;
    let answer = request.answer.as_ref().map(|answer| {
        let verdicts = answer.review.criteria.iter().map(|judged| VerdictRow {
            subject: judged.subject.clone(),
            glyph: match judged.verdict {
                Verdict::Met if request.is_for_mentors => "g-mentor",
                Verdict::Met => "g-peer",
                Verdict::NotMet | Verdict::CannotSay => "g-open",
            },
            verdict: judged_words(w, judged),
            name: catalogue.get(&judged.subject).map_or_else(|| judged.subject.id.clone(), |document| document.name.clone()),
            comment: judged.comment.clone(),
        });
        let met = answer.review.criteria.iter().filter(|judged| judged.verdict == Verdict::Met).count();
        let on = w.lang.day_near(answer.at.day_in(&w.zone()), w.today());
        AnswerRow {
            at: answer.at,
            who: w.t2("review-by", "name", answer.review.by.as_str(), "day", on),
            comment: answer.review.comment.as_deref().map(markdown::to_html),
            met: w.t2("review-met", "met", met, "all", answer.review.criteria.len()),
            verdicts: verdicts.collect(),
        }
    });
    ReviewRow {
        entry: request.entry,
        returned: request.answer.as_ref().is_some_and(|answer| answer.returned),
        id: request.public_id,
        reviewer: match &request.answer {
            Some(answer) if request.is_for_mentors => answer.review.by.to_string(),
            None if request.is_for_mentors => w.t("mentoring-mentors"),
            _ => request.reviewer.to_string(),
        },
        state: w.t(key),
        tag,
        when: w.t3(
            if is_open && !request.is_for_mentors { "review-asked-until" } else { "review-asked" },
            "number",
            request.entry,
            "day",
            w.lang.day_near(request.created_at.day_in(&w.zone()), w.today()),
            "until",
            request.expires_at.map(|end| w.moment(&end)).unwrap_or_default(),
        ),
        message: request.message.as_deref().map(markdown::to_html),
        can_revoke: is_open && !request.is_for_mentors,
        answer,
    }
}

/// The verdict, behind the level of the rubric that it follows from.
pub fn judged_words(w: &View, judged: &Judged) -> String {
    let verdict = verdict_words(w, judged.verdict);
    match &judged.level {
        Some(level) => w.t2("verdict-level", "level", &level.name, "verdict", verdict),
        None => verdict,
    }
}

pub fn verdict_words(w: &View, verdict: Verdict) -> String {
    w.t(match verdict {
        Verdict::Met => "verdict-met",
        Verdict::NotMet => "verdict-not-met",
        Verdict::CannotSay => "verdict-cannot-say",
    })
}

/// POST: makes a link. It is shown in the answer and never again.
pub async fn ask(state: Shared, request: HttpRequest, who: SignedIn, at: At, form: Form) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let made = match form.parsed::<u32>("days", "days_out_of_range") {
        Err(error) => Err(error),
        Ok(days) => match form.parsed::<PublicId>("entry", "no_such_entry") {
            Err(error) => Err(error),
            Ok(None) => Err(Error::field("entry", "missing")),
            Ok(Some(entry)) => {
                let wish = Wish { reviewer: form.raw("reviewer").to_owned(), message: form.text("message"), days };
                reviews::ask(&state, &who, entry, wish).await
            }
        },
    };
    match made {
        Ok((request, link)) => {
            let mut filled = asked.page().await?;
            filled.reviews.made = Some((link, request.reviewer.to_string()));
            page(&filled)
        }
        Err(error) => {
            let errors = FormErrors::beside("entry", error)?;
            let mut filled = asked.page().await?;
            let part = &mut filled.reviews;
            let raw = |name: &str| form.raw(name).to_owned();
            (part.entry, part.reviewer, part.message, part.days) = (raw("entry"), raw("reviewer"), raw("message"), raw("days"));
            part.errors = errors;
            page_again(&filled)
        }
    }
}

/// POST: a link ends.
pub async fn revoke(
    state: Shared,
    request: HttpRequest,
    who: SignedIn,
    at: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Error> {
    let asked = Asked::find(&state, &request, &who, &at.0, &at.1).await?;
    let review = at.2.parse().map_err(|_| Error::NotThere("review"))?;
    reviews::revoke(&state, &who, review).await?;
    Ok(asked.back("review-revoked", "rv"))
}
