//! Settings of the digest that mentors and leads get.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::digest::DigestKind;
use domain::schedule::{Cadence, Rule, TimeOfDay, Weekday};

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::settings::{Done, SentRow, sent_row};
use crate::security::FRAME_CSP;
use crate::services::{digests, guiding};
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "settings_mentor_digest.html")]
struct MentorDigestPage {
    w: View,
    errors: FormErrors,
    done: bool,
    unsubscribed: bool,
    mail: Option<String>,
    is_on: bool,
    weekdays: Vec<(&'static str, String, bool)>,
    time: String,
    zone: String,
    next: Vec<(String, String)>,
    sent: Vec<SentRow>,
    subject: String,
    is_silent: bool,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let known = digests::schedule(&state, &who, DigestKind::Mentor).await?;
    let rule = known.as_ref().map(|schedule| schedule.rule);
    let mut filled = filled(&state, &request, &who, rule).await?;
    filled.unsubscribed = known.as_ref().is_some_and(|schedule| schedule.unsubscribed);
    if filled.unsubscribed {
        filled.next.clear();
    }
    filled.done = query.0.is_done();
    page(&filled)
}

pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let set = match rule(&form) {
        Ok(rule) => digests::set_schedule(&state, &who, DigestKind::Mentor, rule).await,
        Err(error) => Err(error),
    };
    match set {
        Ok(()) => Ok(see(format!("{}?done=1", state.links.path("mentor-digest", &[])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let weekday = form.raw("weekday").parse().unwrap_or(Weekday::Monday);
            let cadence = if form.raw("cadence") == "weekly" { Cadence::Weekly { weekday } } else { Cadence::Off };
            let page = filled(&state, &request, &who, Some(Rule { cadence, ..DigestKind::Mentor.suggested() })).await?;
            // What was typed stays, right or wrong; only a rule that was taken has mails to come.
            page_again(&MentorDigestPage { errors, time: form.raw("time").to_owned(), next: Vec::new(), ..page })
        }
    }
}

/// The next one as HTML, for a sandboxed frame with a policy of its own.
pub async fn preview_html(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let letter = guiding::preview(&state, &who).await?.letter;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, FRAME_CSP))
        .body(letter.html))
}

pub async fn preview_text(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let letter = guiding::preview(&state, &who).await?.letter;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(letter.text))
}

fn rule(form: &Form) -> Result<Rule, Error> {
    let malformed = |field| Error::field(field, "schedule_malformed");
    let time = form.parsed::<TimeOfDay>("time", "schedule_malformed")?.ok_or_else(|| malformed("time"))?;
    let cadence = match form.raw("cadence") {
        "off" => Cadence::Off,
        "weekly" => Cadence::Weekly { weekday: form.parsed("weekday", "schedule_malformed")?.unwrap_or(Weekday::Monday) },
        _ => return Err(malformed("cadence")),
    };
    guiding::checked(Rule { cadence, time })
}

/// `rule`: none before one was chosen. Then it is off, and what is suggested is filled in.
async fn filled(state: &State, request: &HttpRequest, who: &SignedIn, rule: Option<Rule>) -> Result<MentorDigestPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "settings");
    let is_on = rule.is_some_and(|rule| rule.cadence != Cadence::Off);
    let shown = rule.unwrap_or_else(|| DigestKind::Mentor.suggested());
    let weekday = if let Cadence::Weekly { weekday } = shown.cadence { weekday } else { Weekday::Monday };
    let preview = guiding::preview(state, who).await?;
    let next = if is_on { digests::next(state, who, shown, 3) } else { Vec::new() };
    let sent = digests::outbox(state, who, 50).await?.into_iter().filter(|row| row.kind == DigestKind::Mentor).take(8);
    Ok(MentorDigestPage {
        errors: FormErrors::default(),
        done: false,
        unsubscribed: false,
        mail: who.account.mail.as_ref().map(ToString::to_string),
        is_on,
        weekdays: Weekday::ALL.iter().map(|&one| (one.word(), w.lang.weekday(one), one == weekday)).collect(),
        time: shown.time.to_string(),
        zone: who.account.zone.name().to_owned(),
        next: next.into_iter().map(|due| (w.lang.period_title(&due.period), w.moment(&due.at))).collect(),
        sent: sent.map(|row| sent_row(&w, row)).collect(),
        subject: preview.letter.subject,
        is_silent: preview.digest.is_silent(),
        w,
    })
}
