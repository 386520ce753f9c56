//! Settings: who one is, and when the digest comes.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::account::Theme;
use domain::digest::DigestKind;
use domain::schedule::{Cadence, Rule, TimeOfDay, Weekday};
use domain::time::Zone;
use serde::Deserialize;
use store::digests::{OutboxRow, OutboxState};

use crate::body::{Form, Query};
use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::admin::mail::reason_words;
use crate::security::FRAME_CSP;
use crate::services::accounts::{self, ProfileWish};
use crate::services::digests;
use crate::state::{Shared, State};
use crate::view::{FormErrors, View, page, page_again, see};

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    w: View,
    errors: FormErrors,
    done: bool,
    wish: ProfileWish,
    username: String,
    /// Tag, own name, chosen.
    languages: Vec<(String, String, bool)>,
    themes: Vec<(&'static str, String, bool)>,
    zones: Vec<String>,
}

#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

impl Done {
    pub(super) fn is_done(&self) -> bool {
        self.done.is_some()
    }
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let account = &who.account;
    let wish = ProfileWish {
        name: account.name.to_string(),
        mail: account.mail.as_ref().map(ToString::to_string),
        language: account.language.clone(),
        zone: account.zone.name().to_owned(),
        theme: account.theme.word().to_owned(),
    };
    page(&profile(&state, &request, &who, wish, FormErrors::default(), query.0.done.is_some()))
}

pub async fn submit(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let wish = ProfileWish {
        name: form.raw("name").to_owned(),
        mail: form.text("mail"),
        language: form.text("language"),
        zone: form.raw("zone").to_owned(),
        theme: form.raw("theme").to_owned(),
    };
    match accounts::check_profile(&state, &wish) {
        Ok(checked) => {
            accounts::set_profile(&state, &who, checked).await?;
            Ok(see(format!("{}?done=1", state.links.path("settings", &[]))))
        }
        Err(error) => page_again(&profile(&state, &request, &who, wish, FormErrors::of(error)?, false)),
    }
}

fn profile(state: &State, request: &HttpRequest, who: &SignedIn, wish: ProfileWish, errors: FormErrors, done: bool) -> SettingsPage {
    let w = View::new(state, request, Some(who.0.clone()), "settings");
    let theme_words = |theme: Theme| {
        w.t(match theme {
            Theme::System => "theme-system",
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
        })
    };
    SettingsPage {
        languages: (state.words.names().into_iter())
            .map(|(tag, name)| (tag.to_owned(), name, wish.language.as_deref() == Some(tag)))
            .collect(),
        themes: Theme::ALL.iter().map(|&theme| (theme.word(), theme_words(theme), wish.theme == theme.word())).collect(),
        zones: Zone::all_names(),
        username: who.account.username.to_string(),
        errors,
        done,
        wish,
        w,
    }
}

#[derive(Template)]
#[template(path = "settings_digest.html")]
struct DigestPage {
    w: View,
    errors: FormErrors,
    done: bool,
    unsubscribed: bool,
    mail: Option<String>,
    cadences: Vec<(&'static str, String, bool)>,
    weekdays: Vec<(&'static str, String, bool)>,
    day: String,
    time: String,
    zone: String,
    next: Vec<(String, String)>,
    sent: Vec<SentRow>,
    subject: String,
}

pub(super) struct SentRow {
    pub period: String,
    pub state: String,
    pub class: &'static str,
    pub when: String,
}

pub async fn show_digest(state: Shared, request: HttpRequest, who: SignedIn, query: Query<Done>) -> Result<HttpResponse, Error> {
    let known = digests::schedule(&state, &who, DigestKind::Learner).await?;
    let rule = known.as_ref().map_or_else(|| DigestKind::Learner.suggested(), |schedule| schedule.rule);
    let mut filled = digest_page(&state, &request, &who, rule).await?;
    filled.unsubscribed = known.as_ref().is_some_and(|schedule| schedule.unsubscribed);
    if known.is_none() || filled.unsubscribed {
        // Nothing is sent before somebody chooses, nor after they have stopped it; the rule is only filled in.
        filled.next.clear();
    }
    filled.done = query.0.done.is_some();
    page(&filled)
}

pub async fn submit_digest(state: Shared, request: HttpRequest, who: SignedIn, form: Form) -> Result<HttpResponse, Error> {
    let set = match rule(&form) {
        Ok(rule) => digests::set_schedule(&state, &who, DigestKind::Learner, rule).await,
        Err(error) => Err(error),
    };
    match set {
        Ok(()) => Ok(see(format!("{}?done=1", state.links.path("digest", &[])))),
        Err(error) => {
            let errors = FormErrors::of(error)?;
            let page = digest_page(&state, &request, &who, as_far_as_it_reads(&form)).await?;
            // What was typed stays, right or wrong; only a rule that was taken has mails to come.
            let (day, time) = (form.raw("day").to_owned(), form.raw("time").to_owned());
            page_again(&DigestPage { errors, day, time, next: Vec::new(), ..page })
        }
    }
}

/// The next digest as HTML, for a sandboxed frame with a policy of its own.
pub async fn preview_html(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let letter = digests::preview(&state, &who).await?.letter;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, FRAME_CSP))
        .body(letter.html))
}

pub async fn preview_text(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    let letter = digests::preview(&state, &who).await?.letter;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(letter.text))
}

/// The rule that a refused form comes nearest to, so that the page shows the choices again.
fn as_far_as_it_reads(form: &Form) -> Rule {
    let suggested = DigestKind::Learner.suggested();
    let cadence = match form.raw("cadence") {
        "off" => Cadence::Off,
        "daily" => Cadence::Daily,
        "monthly" => Cadence::Monthly { day: 1 },
        "weekly" => Cadence::Weekly { weekday: form.raw("weekday").parse().unwrap_or(Weekday::Sunday) },
        _ => suggested.cadence,
    };
    Rule { cadence, time: suggested.time }
}

fn rule(form: &Form) -> Result<Rule, Error> {
    let time = form.parsed::<TimeOfDay>("time", "schedule_malformed")?.ok_or_else(|| Error::field("time", "schedule_malformed"))?;
    let cadence = match form.raw("cadence") {
        "off" => Cadence::Off,
        "daily" => Cadence::Daily,
        "weekly" => Cadence::Weekly { weekday: form.parsed::<Weekday>("weekday", "schedule_malformed")?.unwrap_or(Weekday::Sunday) },
        "monthly" => Cadence::Monthly { day: form.parsed::<u8>("day", "schedule_malformed")?.unwrap_or(1) },
        _ => return Err(Error::field("cadence", "schedule_malformed")),
    };
    digests::checked(Rule { cadence, time })
}

async fn digest_page(state: &State, request: &HttpRequest, who: &SignedIn, rule: Rule) -> Result<DigestPage, Error> {
    let w = View::new(state, request, Some(who.0.clone()), "settings");
    let (cadence, weekday, day) = match rule.cadence {
        Cadence::Off => ("off", Weekday::Sunday, 1),
        Cadence::Daily => ("daily", Weekday::Sunday, 1),
        Cadence::Weekly { weekday } => ("weekly", weekday, 1),
        Cadence::Monthly { day } => ("monthly", Weekday::Sunday, day),
    };
    let subject = digests::preview(state, who).await?.letter.subject;
    let next = digests::next(state, who, rule, 3).into_iter().map(|due| (w.lang.period_title(&due.period), w.moment(&due.at))).collect();
    let sent = digests::outbox(state, who, 8).await?.into_iter().map(|row| sent_row(&w, row)).collect();
    Ok(DigestPage {
        errors: FormErrors::default(),
        done: false,
        unsubscribed: false,
        mail: who.account.mail.as_ref().map(ToString::to_string),
        cadences: ["daily", "weekly", "monthly", "off"]
            .iter()
            .map(|&word| (word, w.t(&format!("cadence-{word}")), word == cadence))
            .collect(),
        weekdays: Weekday::ALL.iter().map(|&one| (one.word(), w.lang.weekday(one), one == weekday)).collect(),
        day: day.to_string(),
        time: rule.time.to_string(),
        zone: who.account.zone.name().to_owned(),
        next,
        sent,
        subject,
        w,
    })
}

pub(super) fn sent_row(w: &View, row: OutboxRow) -> SentRow {
    let (state, class) = match row.state {
        OutboxState::Sent => ("outbox-sent", "on"),
        OutboxState::Queued => ("outbox-queued", ""),
        OutboxState::Skipped => ("outbox-skipped", ""),
        OutboxState::Dead => ("outbox-dead", "bad"),
    };
    let when = match (&row.sent_at, &row.reason) {
        (Some(at), _) => w.moment(at),
        (None, Some(why)) => reason_words(w, why),
        (None, None) => w.moment(&row.due_at),
    };
    let period = match row.kind {
        DigestKind::Learner => w.lang.period_title(&row.period),
        DigestKind::Mentor => format!("{}: {}", w.t("mail-kind-mentor"), w.lang.period_title(&row.period)),
        DigestKind::Message => w.t("mail-kind-message"),
    };
    SentRow { period, state: w.t(state), class, when }
}
