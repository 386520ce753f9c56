//! The learner's digest in words.

use askama::Template;
use domain::account::{CleanName, strip};
use domain::digest::{Change, DigestAction, LearnerDigest, PathDigest, Question, QuestionAbout, ReviewAnswer};
use domain::ledger::EvidenceKind;
use domain::schedule::{Period, Rule};
use domain::time::{Day, Zone};
use words::{Arg, Lang};

use crate::plain::{padded, wrap};
use crate::{Letter, Links, RenderError, plain};

/// Entries of the ledger that a mail shows one by one; the rest is counted.
const MOST_CHANGES: usize = 15;

/// Everything that a learner's digest shows.
#[derive(Clone, Debug)]
pub struct LearnerDigestView<'a> {
    pub name: &'a CleanName,
    pub period: &'a Period,
    /// The recipient's own day.
    pub today: Day,
    pub digest: &'a LearnerDigest,
    pub links: &'a Links,
    pub unsubscribe_token: &'a str,
    pub rule: Rule,
    pub zone: &'a Zone,
    pub instance: &'a str,
}

/// Puts a digest into words.
pub fn learner_digest(lang: &Lang, view: &LearnerDigestView<'_>) -> Result<Letter, RenderError> {
    let page = page(lang, view);
    Ok(Letter {
        subject: page.subject.clone(),
        text: plain::finished(&DigestText { page: &page, lang }.render()?),
        html: DigestHtml { page: &page, lang }.render()?,
        language: lang.tag().to_owned(),
    })
}

#[derive(Template)]
#[template(path = "learner_digest.html")]
struct DigestHtml<'a> {
    page: &'a Page,
    lang: &'a Lang,
}

#[derive(Template)]
#[template(path = "learner_digest.txt", escape = "none")]
struct DigestText<'a> {
    page: &'a Page,
    lang: &'a Lang,
}

struct Page {
    subject: String,
    preheader: String,
    headline: String,
    title: String,
    paths: Vec<PathPart>,
    changes: Vec<Line>,
    more_changes: Option<String>,
    lapsing: Vec<Line>,
    reviews: Vec<Line>,
    questions: Vec<QuestionLine>,
    /// How many interview cards are due; none where none is.
    cards: Option<String>,
    why: String,
    practice_url: String,
    today_url: String,
    settings_url: String,
    unsubscribe_url: String,
}

struct PathPart {
    claimed: Figure,
    proven: Figure,
    bar: String,
    /// Proven, claimed beyond it, the rest; empty ones left out.
    parts: Vec<BarPart>,
    goal: String,
    next_title: String,
    next: Vec<ActionLine>,
}

struct BarPart {
    class: &'static str,
    colour: &'static str,
    /// Whole ones; those of a bar sum to 100.
    percent: u32,
}

struct Figure {
    percent: String,
    label: String,
    before: String,
}

struct ActionLine {
    number: usize,
    name: String,
    gain: String,
    detail: String,
    url: String,
}

/// A name in bold and what is to be said of it.
struct Line {
    name: String,
    what: String,
}

/// Something to answer, and where.
struct QuestionLine {
    name: String,
    what: String,
    url: String,
}

impl PathPart {
    /// Both figures under each other, the second column aligned.
    fn figures(&self) -> String {
        let heads = [&self.claimed, &self.proven].map(|figure| format!("  {} {}", figure.percent, figure.label));
        let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or_default() + 3;
        let lines = [&self.claimed, &self.proven].into_iter().zip(&heads);
        lines.map(|(figure, head)| format!("{}{}", padded(head, width), figure.before)).collect::<Vec<_>>().join("\n")
    }
}

impl ActionLine {
    fn text(&self) -> String {
        let first = format!("{}. ", self.number);
        let one_line = format!("{}{}{}", padded(&format!("{first}{}", self.name), 29), padded(&self.gain, 7), self.detail);
        if one_line.chars().count() <= plain::WIDTH && self.name.chars().count() <= 25 {
            return one_line;
        }
        format!("{}\n{}", wrap(&self.name, &first, "   "), wrap(&format!("{}, {}", self.gain, self.detail), "   ", "   "))
    }
}

impl Line {
    fn text(&self) -> String {
        wrap(&format!("{}: {}", self.name, self.what), "- ", "  ")
    }
}

impl QuestionLine {
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

fn page(lang: &Lang, view: &LearnerDigestView<'_>) -> Page {
    let span = span_of(view.period);
    let name = strip(view.name.as_str());
    let digest = view.digest;
    let first = digest.paths.first();
    let subject = match first {
        Some(path) => lang.t_with(
            "digest-subject",
            &[("span", span.into()), ("claimed", lang.readiness(path.claimed).into()), ("proven", lang.readiness(path.proven).into())],
        ),
        None => lang.t_with("digest-subject-bare", &[("span", span.into())]),
    };
    let instance = strip(view.instance);
    let rest = digest.changes.len().saturating_sub(MOST_CHANGES);
    Page {
        subject,
        preheader: preheader(lang, first),
        headline: lang.t_with(headline_key(digest), &[("span", span.into()), ("name", name.into())]),
        title: lang.period_title(view.period),
        paths: digest.paths.iter().map(|path| path_part(lang, view, span, path)).collect(),
        changes: digest.changes.iter().take(MOST_CHANGES).map(|change| change_line(lang, change)).collect(),
        more_changes: (rest > 0).then(|| lang.t_with("digest-more-changes", &[("count", rest.into())])),
        reviews: digest.reviews.iter().map(|review| review_line(lang, review, view.today)).collect(),
        questions: digest.questions.iter().map(|question| question_line(lang, view.links, question)).collect(),
        lapsing: digest.lapsing.iter().map(|lapse| lapse_line(lang, &lapse.name, lapse.on, view.today)).collect(),
        cards: (digest.cards_due > 0).then(|| lang.t_with("digest-cards", &[("count", digest.cards_due.into())])),
        practice_url: view.links.practice(),
        why: lang.t_with("digest-why", &[("schedule", lang.schedule(view.rule, view.zone).into()), ("instance", (&instance).into())]),
        today_url: view.links.today(),
        settings_url: view.links.digest_settings(),
        unsubscribe_url: view.links.unsubscribe(view.unsubscribe_token),
    }
}

fn span_of(period: &Period) -> &'static str {
    match period.0.len() {
        10 => "day",
        7 => "month",
        _ => "week",
    }
}

fn headline_key(digest: &LearnerDigest) -> &'static str {
    let more = |before: Option<u32>, now: u32| before.is_some_and(|before| now > before);
    if digest.paths.iter().any(|path| more(path.proven_before, path.proven)) {
        "digest-headline-more-proven"
    } else if digest.paths.iter().any(|path| more(path.claimed_before, path.claimed)) {
        "digest-headline-more-claimed"
    } else {
        "digest-headline"
    }
}

fn moved(now: u32, before: Option<u32>) -> i64 {
    before.map_or(0, |before| i64::from(now) - i64::from(before))
}

fn preheader(lang: &Lang, path: Option<&PathDigest>) -> String {
    let Some(path) = path else { return String::new() };
    let mut parts = Vec::new();
    let (claimed, proven) = (moved(path.claimed, path.claimed_before), moved(path.proven, path.proven_before));
    if claimed != 0 || proven != 0 {
        let args = [("claimed", lang.points_moved(claimed).into()), ("proven", lang.points_moved(proven).into())];
        parts.push(lang.t_with("digest-preheader-moved", &args));
    }
    if let Some(action) = path.next.first() {
        let args = [
            ("name", Arg::from(strip(&action.name))),
            ("effort", lang.hours(action.hours).into()),
            ("gain", lang.points_moved(action.gain.into()).into()),
        ];
        parts.push(lang.t_with("digest-preheader-next", &args));
    }
    parts.join(" ")
}

fn path_part(lang: &Lang, view: &LearnerDigestView<'_>, span: &str, path: &PathDigest) -> PathPart {
    let figure = |points: u32, before: Option<u32>, key: &str| Figure {
        percent: lang.t_with("digest-percent", &[("points", lang.readiness(points).into())]),
        label: lang.t(key),
        before: match before {
            Some(before) => lang.t_with("digest-before", &[("span", span.into()), ("points", lang.readiness(before).into())]),
            None => lang.t("digest-first-score"),
        },
    };
    let proven = (path.proven / 100).min(100);
    let claimed = (path.claimed / 100).clamp(proven, 100);
    let args = [("proven", lang.readiness(path.proven).into()), ("claimed", lang.readiness(path.claimed).into())];
    PathPart {
        claimed: figure(path.claimed, path.claimed_before, "digest-claimed"),
        proven: figure(path.proven, path.proven_before, "digest-proven"),
        bar: lang.t_with("digest-bar", &args),
        parts: bar_parts([proven, claimed - proven, 100 - claimed]),
        goal: goal(lang, path, view.today),
        next_title: lang.t_with("digest-actions", &[("count", path.next.len().into())]),
        next: path.next.iter().enumerate().map(|(at, action)| action_line(lang, view.links, path, at + 1, action)).collect(),
    }
}

fn bar_parts(widths: [u32; 3]) -> Vec<BarPart> {
    let looks = [("mv", "#00695c"), ("mc", "#a9d8cf"), ("me", "#e6ecea")];
    let parts = looks.into_iter().zip(widths).filter(|(_, percent)| *percent > 0);
    parts.map(|((class, colour), percent)| BarPart { class, colour, percent }).collect()
}

fn goal(lang: &Lang, path: &PathDigest, today: Day) -> String {
    let goal = lang.goal(&strip(&path.role), &strip(&path.target));
    let missing = 10_000u32.saturating_sub(path.claimed);
    if missing == 0 {
        return lang.t_with("digest-done", &[("goal", goal.into())]);
    }
    let mut args = vec![("goal", Arg::from(goal)), ("points", lang.points(missing).into())];
    let Some(day) = path.target_day else {
        return lang.t_with("digest-to-go", &args);
    };
    args.extend([("day", lang.day_near(day, today).into()), ("days", (day.number() - today.number()).into())]);
    lang.t_with(if day < today { "digest-deadline-over" } else { "digest-deadline" }, &args)
}

fn action_line(lang: &Lang, links: &Links, path: &PathDigest, number: usize, action: &DigestAction) -> ActionLine {
    ActionLine {
        number,
        name: strip(&action.name),
        gain: lang.points_moved(action.gain.into()),
        detail: lang.t_with("digest-action-detail", &[("area", strip(&action.area).into()), ("effort", lang.hours(action.hours).into())]),
        url: links.requirement(&path.path, &action.requirement),
    }
}

fn change_line(lang: &Lang, change: &Change) -> Line {
    let key = match change.kind {
        EvidenceKind::Claim => "digest-change-claim",
        EvidenceKind::Link => "digest-change-link",
        EvidenceKind::Submission => "digest-change-submission",
        EvidenceKind::Review => "digest-change-review",
        EvidenceKind::Assessment => "digest-change-assessment",
        EvidenceKind::Certificate => "digest-change-certificate",
        EvidenceKind::Experience => "digest-change-experience",
        EvidenceKind::Recall => "digest-change-recall",
        EvidenceKind::Retraction => "digest-change-retraction",
    };
    let what = lang.t_with(key, &[("trust", change.trust.word().into())]);
    Line {
        name: names(lang, &change.names, change.more),
        what: lang.t_with("digest-change-detail", &[("what", what.into()), ("day", lang.day_short(change.day).into())]),
    }
}

fn names(lang: &Lang, names: &[String], more: u32) -> String {
    let names: Vec<String> = names.iter().map(|name| strip(name)).filter(|name| !name.is_empty()).collect();
    let Some((last, others)) = names.split_last() else { return lang.t("digest-change-unnamed") };
    let comma = |first: String, next: &String| lang.t_with("mail-list-comma", &[("first", first.into()), ("last", next.into())]);
    let joined = |names: &[String]| names.split_first().map_or_else(String::new, |(first, rest)| rest.iter().fold(first.clone(), comma));
    if more > 0 {
        return lang.t_with("mail-list-more", &[("names", joined(&names).into()), ("count", more.into())]);
    }
    if others.is_empty() {
        return last.clone();
    }
    lang.t_with("mail-list-two", &[("first", joined(others).into()), ("last", last.into())])
}

fn review_line(lang: &Lang, review: &ReviewAnswer, today: Day) -> Line {
    let args = [
        ("met", review.met.into()),
        ("all", review.all.into()),
        ("names", Arg::from(names(lang, &review.names, review.more))),
        ("day", lang.day_near(review.on, today).into()),
    ];
    Line { name: strip(&review.by), what: lang.t_with("digest-review", &args) }
}

fn question_line(lang: &Lang, links: &Links, question: &Question) -> QuestionLine {
    match &question.about {
        QuestionAbout::Work { by, title } => {
            let title = title.as_deref().map(strip).filter(|title| !title.is_empty());
            let what = match title {
                Some(title) => lang.t_with("digest-question-work", &[("title", title.into())]),
                None => lang.t("digest-question-work-untitled"),
            };
            QuestionLine { name: strip(by), what, url: links.together() }
        }
        QuestionAbout::Summary { label, cohort, name } => {
            let what = lang.t_with("digest-question-summary", &[("label", strip(label).into())]);
            QuestionLine { name: strip(name), what, url: links.sharing(cohort) }
        }
    }
}

fn lapse_line(lang: &Lang, name: &str, on: Day, today: Day) -> Line {
    let key = if on < today { "digest-lapsed" } else { "digest-lapses" };
    let args = [("day", lang.day_near(on, today).into()), ("days", (on.number() - today.number()).into())];
    Line { name: strip(name), what: lang.t_with(key, &args) }
}
