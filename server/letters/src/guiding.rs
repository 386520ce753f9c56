//! The digest of mentors and leads in words.

use askama::Template;
use domain::account::{CleanName, strip};
use domain::cohort::{AlertKind, AlertNews, CohortNews, GuideDigest, Moved, Told, Waits};
use domain::schedule::{Period, Rule};
use domain::time::{Day, Zone};
use words::Lang;

use crate::plain::wrap;
use crate::{Letter, Links, RenderError, plain};

/// Learners that a part of a mail names; the rest is counted.
const MOST_LINES: usize = 12;

/// Everything that a mentor's digest shows.
#[derive(Clone, Debug)]
pub struct MentorDigestView<'a> {
    pub name: &'a CleanName,
    pub period: &'a Period,
    /// The recipient's own day.
    pub today: Day,
    pub digest: &'a GuideDigest,
    pub links: &'a Links,
    pub unsubscribe_token: &'a str,
    pub rule: Rule,
    pub zone: &'a Zone,
    pub instance: &'a str,
}

/// Puts a mentor's digest into words.
pub fn mentor_digest(lang: &Lang, view: &MentorDigestView<'_>) -> Result<Letter, RenderError> {
    let page = page(lang, view);
    Ok(Letter {
        subject: page.subject.clone(),
        text: plain::finished(&MentorText { page: &page, lang }.render()?),
        html: MentorHtml { page: &page, lang }.render()?,
        language: lang.tag().to_owned(),
    })
}

#[derive(Template)]
#[template(path = "mentor_digest.html")]
struct MentorHtml<'a> {
    page: &'a Page,
    lang: &'a Lang,
}

#[derive(Template)]
#[template(path = "mentor_digest.txt", escape = "none")]
struct MentorText<'a> {
    page: &'a Page,
    lang: &'a Lang,
}

struct Page {
    subject: String,
    preheader: String,
    headline: String,
    title: String,
    cohorts: Vec<CohortPart>,
    why: String,
    queue_url: String,
    settings_url: String,
    unsubscribe_url: String,
}

struct CohortPart {
    name: String,
    /// The name in upper case, for the plain part.
    heading: String,
    about: String,
    url: String,
    parts: Vec<Part>,
}

struct Part {
    title: String,
    lines: Vec<Line>,
    more: Option<String>,
}

struct Line {
    name: String,
    what: String,
    url: String,
}

impl Line {
    fn text(&self) -> String {
        wrap(&format!("{}: {}", self.name, self.what), "- ", "  ")
    }
}

impl Page {
    fn wrapped(&self, text: &str) -> String {
        wrap(text, "", "")
    }

    /// Label and address in one line where it is short enough, else the address on its own.
    fn link(&self, label: impl std::fmt::Display, url: &str) -> String {
        let line = format!("{label} {url}");
        if line.chars().count() <= plain::WIDTH { line } else { format!("{label}\n{url}") }
    }
}

fn page(lang: &Lang, view: &MentorDigestView<'_>) -> Page {
    let sum = |of: fn(&CohortNews) -> usize| -> usize { view.digest.cohorts.iter().map(of).sum() };
    let counts = [
        ("waiting", sum(|news| news.waiting.len()).into()),
        ("silent", sum(|news| news.silent.len()).into()),
        ("behind", sum(|news| news.behind.len()).into()),
    ];
    let names: Vec<String> = view.digest.cohorts.iter().map(|news| strip(&news.name)).collect();
    Page {
        subject: lang.t_with("mentor-digest-subject", &counts),
        preheader: lang
            .t_with("mentor-digest-preheader", &[("moved", sum(|news| news.moved.len()).into()), ("names", names.join(", ").into())]),
        headline: lang.t_with("mentor-digest-headline", &[("name", strip(view.name.as_str()).into())]),
        title: lang.period_title(view.period),
        cohorts: view.digest.cohorts.iter().map(|news| cohort_part(lang, view, news)).collect(),
        why: lang.t_with(
            "mentor-digest-why",
            &[("schedule", lang.schedule(view.rule, view.zone).into()), ("instance", strip(view.instance).into())],
        ),
        queue_url: view.links.queue(),
        settings_url: view.links.mentor_digest_settings(),
        unsubscribe_url: view.links.unsubscribe(view.unsubscribe_token),
    }
}

fn cohort_part(lang: &Lang, view: &MentorDigestView<'_>, news: &CohortNews) -> CohortPart {
    let line = |person: &str, name: &str, what: String| Line { name: strip(name), what, url: view.links.learner(&news.cohort, person) };
    let told = |told: &Told, what: String| {
        let what = if told.is_new { lang.t_with("mentor-digest-new", &[("what", what.into())]) } else { what };
        line(&told.person, &told.name, what)
    };
    let silence = |one: &Told| told(one, lang.t_with("mentor-digest-silence", &[("sessions", one.figure.into())]));
    let shortfall = |one: &Told| told(one, lang.t_with("mentor-digest-short", &[("points", lang.points(one.figure).into())]));
    let waits = |waits: &Waits| {
        let since = lang.t_with("mentor-digest-days", &[("days", waits.days.into())]);
        let what = lang.t_with("mentor-digest-waits", &[("number", waits.number.into()), ("since", since.into())]);
        line(&waits.person, &waits.name, what)
    };
    let moved = |moved: &Moved| {
        let args = [("from", lang.readiness(moved.from).into()), ("to", lang.readiness(moved.to).into())];
        line(&moved.person, &moved.name, lang.t_with("mentor-digest-move", &args))
    };
    let parts = [
        part(lang, "mentor-digest-alerts", &news.alerts, |alert| line(&alert.person, &alert.name, alert_words(lang, alert, view.today))),
        part(lang, "mentor-digest-waiting", &news.waiting, waits),
        part(lang, "mentor-digest-silent", &news.silent, silence),
        part(lang, "mentor-digest-behind", &news.behind, shortfall),
        part(lang, "mentor-digest-moved", &news.moved, moved),
    ];
    CohortPart {
        heading: strip(&news.name).to_uppercase(),
        name: strip(&news.name),
        about: lang.t_with("mentor-digest-about", &[("learners", news.learners.into())]),
        url: view.links.cohort(&news.cohort),
        parts: parts.into_iter().flatten().collect(),
    }
}

fn part<T>(lang: &Lang, title: &str, all: &[T], line: impl Fn(&T) -> Line) -> Option<Part> {
    let rest = all.len().saturating_sub(MOST_LINES);
    (!all.is_empty()).then(|| Part {
        title: lang.t(title),
        lines: all.iter().take(MOST_LINES).map(line).collect(),
        more: (rest > 0).then(|| lang.t_with("mentor-digest-more", &[("count", rest.into())])),
    })
}

fn alert_words(lang: &Lang, alert: &AlertNews, today: Day) -> String {
    let day = lang.day_near(alert.day, today);
    match alert.kind {
        AlertKind::Silent => lang.t_with("alert-says-silent", &[("sessions", alert.figure.into()), ("day", day.into())]),
        AlertKind::Behind => lang.t_with("alert-says-behind", &[("points", lang.points(alert.figure).into()), ("day", day.into())]),
        AlertKind::Waiting => lang.t_with("alert-says-waiting", &[("days", alert.figure.into()), ("day", day.into())]),
        AlertKind::Lapsing => lang.t_with("alert-says-lapsing", &[("day", day.into())]),
    }
}

#[cfg(test)]
mod tests;
