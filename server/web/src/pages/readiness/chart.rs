//! The history as a line, what moved it, and what is ahead: lines with a band to the right of today.

use domain::progress::{CannotSay, Event, EventKind, Forecast, Holds, Real, ScorePoint, WHOLE};
use domain::time::Day;
use words::Arg;

use super::asked::{Asked, Span};
use crate::services::paths::{OpenPath, level_name};
use crate::state::State;
use crate::view::View;

pub struct Chart {
    pub since: String,
    pub label: String,
    /// Points of SVG lines in a square of 100.
    pub claimed_line: String,
    pub proven_line: String,
    pub proven_area: String,
    /// Where today stands: `70.00%`.
    pub today: String,
    pub claimed_words: String,
    pub proven_words: String,
    pub claimed_y: u32,
    pub proven_y: u32,
    pub months: Vec<(String, String)>,
    /// The target day, where it lies in the picture.
    pub target: Option<(String, String)>,
    /// Claimed at the real pace, with its band, and proven.
    pub band: Option<String>,
    pub real: Option<String>,
    pub real_proven: Option<String>,
    pub stated: Option<String>,
    pub marks: Vec<EventMark>,
}

pub struct EventMark {
    pub number: usize,
    pub x: String,
    pub y: u32,
}

pub struct EventRow {
    pub number: usize,
    pub day: String,
    pub words: String,
    pub moved: String,
}

/// Words and link of a span of history.
pub struct SpanLink {
    pub words: String,
    pub link: String,
    pub on: bool,
}

pub fn spans(w: &View, page: &str, asked: &Asked) -> Vec<SpanLink> {
    let link = |span: Span| SpanLink {
        words: w.t(&format!("readiness-span-{}", span.word())),
        link: asked.spanning(page, span),
        on: span == asked.span,
    };
    Span::ALL.into_iter().map(link).collect()
}

/// Days and points as places in the picture, which is a hundred hundreds wide.
struct Scale {
    first: Day,
    days: i32,
}

/// Pixels of the picture's height: hundred at the top, nothing at the bottom.
const TOP: u32 = 10;
const HIGH: u32 = 210;
/// Points of one line at most.
const MOST_POINTS: usize = 180;

impl Scale {
    fn x(&self, day: Day) -> i32 {
        (day.number() - self.first.number()) * 10_000 / self.days
    }

    fn per_cent(&self, day: Day) -> String {
        format!("{}%", hundredths(self.x(day)))
    }

    fn point(&self, day: Day, points: u32) -> String {
        format!("{},{}", hundredths(self.x(day)), hundredths((WHOLE - points.min(WHOLE)) as i32))
    }

    fn line(&self, points: impl Iterator<Item = (Day, u32)>) -> String {
        points.map(|(day, points)| self.point(day, points)).collect::<Vec<_>>().join(" ")
    }
}

/// `12.34` of 1 234, as SVG takes it.
pub(in crate::pages) fn hundredths(number: i32) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", number.unsigned_abs() / 100, number.unsigned_abs() % 100)
}

fn y(points: u32) -> u32 {
    TOP + HIGH * (WHOLE - points.min(WHOLE)) / WHOLE
}

/// None before there are two days of history in the span.
pub fn chart(w: &View, open: &OpenPath, history: &[ScorePoint], events: &[Event], ahead: &Forecast, span: Span) -> Option<Chart> {
    let today = open.today;
    let from = history.partition_point(|point| point.day < span.from(today));
    let shown = &history[from..];
    let (first, last) = (shown.first()?, shown.last()?);
    let past = today.number() - first.day.number();
    if first.day == last.day || past < 1 {
        return None;
    }
    // What is ahead has at least 30 of 100, for the words beside today; it goes a week beyond the target day, if that is not
    // farther than one and a half times what is past.
    let wanted = open.path.target_day.map_or(28, |target| (target.number() - today.number() + 7).max(28));
    let future = wanted.clamp((past * 3 + 6) / 7, (past * 3 / 2).max((past * 3 + 6) / 7));
    let scale = Scale { first: first.day, days: past + future };
    let end = today.plus(future);
    let step = shown.len().div_ceil(MOST_POINTS);
    let drawn: Vec<&ScorePoint> =
        shown.iter().enumerate().filter(|(i, _)| i % step == 0 || i + 1 == shown.len()).map(|(_, point)| point).collect();
    let line = |pick: fn(&ScorePoint) -> u32| scale.line(drawn.iter().map(|point| (point.day, pick(point))));
    let (claimed_line, proven_line) = (line(|point| point.claimed), line(|point| point.proven));
    // Words stand below their line, where what is ahead does not cross them, and keep 15 pixels apart.
    let claimed_y = (y(last.claimed) + 16).min(198);
    let proven_y = (y(last.proven) + 16).max(claimed_y + 15).min(216);
    let whole = |points: u32| Arg::Number(i64::from(points / 100));
    let near = |day: Day| w.lang.day_near(day, today);
    Some(Chart {
        since: near(first.day),
        label: w.lang.t_with(
            "readiness-history-label",
            &[
                ("from", near(first.day).into()),
                ("to", near(last.day).into()),
                ("claimedFrom", whole(first.claimed)),
                ("claimed", whole(last.claimed)),
                ("provenFrom", whole(first.proven)),
                ("proven", whole(last.proven)),
            ],
        ),
        proven_area: format!("M{}L{},100L0,100z", proven_line.replace(' ', "L"), hundredths(scale.x(last.day))),
        claimed_line,
        proven_line,
        today: scale.per_cent(today),
        claimed_words: w.t1("readiness-line-claimed", "points", last.claimed / 100),
        proven_words: w.t1("readiness-line-proven", "points", last.proven / 100),
        claimed_y,
        proven_y,
        months: months(w, &scale, end),
        target: open
            .path
            .target_day
            .filter(|target| *target > today && *target <= end)
            .map(|target| (scale.per_cent(target), near(target))),
        band: ahead.claimed.as_ref().ok().map(|real| {
            let low = scale.line(going_on(real, real.low, today, end).into_iter());
            let high = scale.line(going_on(real, real.high, today, end).into_iter().rev());
            format!("{high} {low}")
        }),
        real: ahead.claimed.as_ref().ok().map(|real| scale.line(going_on(real, real.median, today, end).into_iter())),
        real_proven: ahead.proven.as_ref().ok().map(|real| scale.line(going_on(real, real.median, today, end).into_iter())),
        stated: stated(&scale, ahead, end),
        marks: events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.day >= first.day)
            .map(|(i, event)| EventMark { number: i + 1, x: scale.per_cent(event.day), y: y(event.at) })
            .collect(),
    })
}

/// A straight line from today, with a corner where it reaches the whole or nothing.
fn going_on(real: &Real, gain: i64, today: Day, end: Day) -> Vec<(Day, u32)> {
    let days = end.number() - today.number();
    let room = if gain < 0 { i64::from(real.now) } else { i64::from(WHOLE - real.now) };
    let corner =
        (gain != 0).then(|| room * 7 / gain.abs()).and_then(|days| i32::try_from(days).ok()).filter(|corner| (1..days).contains(corner));
    let at = |days: i32| (today.plus(days), real.after(days, gain));
    [Some(0), corner, Some(days)].into_iter().flatten().map(at).collect()
}

/// The steps of the hours set aside, at most forty, as far as they are in the picture, and flat after the last.
fn stated(scale: &Scale, ahead: &Forecast, end: Day) -> Option<String> {
    let steps = &ahead.stated.steps;
    if steps.len() < 2 {
        return None;
    }
    let every = steps.len().div_ceil(40);
    let mut line: Vec<(Day, u32)> =
        steps.iter().enumerate().filter(|(i, _)| i % every == 0 || i + 1 == steps.len()).map(|(_, step)| *step).collect();
    let inside = line.partition_point(|(day, _)| *day <= end);
    // The line ends where the picture does: on its way to the next step, or flat after the last.
    let ends_at = match (line.get(inside - 1), line.get(inside)) {
        (Some(&(before, points)), Some(&(day, next))) => {
            let (part, whole) = (end.number() - before.number(), day.number() - before.number());
            points + (u64::from(next - points) * u64::from(part.unsigned_abs()) / u64::from(whole.unsigned_abs())) as u32
        }
        (before, _) => before.map_or(0, |step| step.1),
    };
    line.truncate(inside);
    line.push((end, ends_at));
    Some(scale.line(line.into_iter()))
}

fn months(w: &View, scale: &Scale, end: Day) -> Vec<(String, String)> {
    let mut months = Vec::new();
    let mut seen = 0;
    for number in scale.first.number()..=end.number() {
        let day = Day::from_number(number);
        let (date, at) = (day.date(), scale.x(day));
        let is_start = date.day() == 1 || day == scale.first;
        // Words need 19 of 100 on a phone, and 10 at the end.
        if is_start && (months.is_empty() || at - seen > 1_900) && at < 9_000 {
            months.push((scale.per_cent(day), w.lang.month(date.month())));
            seen = at;
        }
    }
    months
}

/// What moved the numbers, in words, in the marks' order.
pub fn event_rows(state: &State, w: &View, open: &OpenPath, events: &[Event]) -> Vec<EventRow> {
    let catalogue = state.catalogue();
    let name = |subject: &domain::subject::Subject| catalogue.get(subject).map_or_else(|| subject.id.clone(), |known| known.name.clone());
    let row = |(i, event): (usize, &Event)| {
        let (claimed, proven) = (w.lang.points_moved(event.claimed), w.lang.points_moved(event.proven));
        EventRow {
            number: i + 1,
            day: w.lang.day_near(event.day, open.today),
            words: match &event.kind {
                EventKind::Target { level } => w.t1("readiness-event-target", "level", level_name(&open.template, level)),
                EventKind::Revision { .. } => w.t("readiness-event-revision"),
                EventKind::Rule => w.t("readiness-event-rule"),
                EventKind::Expired { subject } => w.t1("readiness-event-expired", "name", name(subject)),
                EventKind::Reviewed { first, more } => w.t2("readiness-event-reviewed", "name", name(first), "more", *more),
            },
            // With more than a day between the two scores, other things may have moved them too.
            moved: if event.since == event.day.plus(-1) {
                w.t2("readiness-event-moved", "claimed", claimed, "proven", proven)
            } else {
                let since = w.lang.day_near(event.since, open.today);
                w.t3("readiness-event-moved-since", "claimed", claimed, "proven", proven, "since", since)
            },
        }
    };
    events.iter().enumerate().map(row).collect()
}

/// The forecast in sentences.
pub fn sentences(w: &View, ahead: &Forecast) -> Vec<String> {
    let near = |day: Day| w.lang.day_near(day, ahead.today);
    let mut said = Vec::new();
    let stated = &ahead.stated;
    if stated.steps.len() < 2 {
        return vec![w.t("readiness-stated-reached")];
    }
    let work = w.lang.effort(u32::try_from(stated.minutes).unwrap_or(u32::MAX));
    let hours = w.lang.hours(stated.hours_week);
    let mut plan = match stated.day {
        Some(day) => w.t3("readiness-stated-by", "hours", hours, "work", work, "day", near(day)),
        None => w.t2("readiness-stated-never", "hours", hours, "work", work),
    };
    if let (Some(holds), Some(target)) = (stated.holds, ahead.target_day) {
        let key = if holds { "readiness-stated-holds" } else { "readiness-stated-fails" };
        plan = format!("{plan} {}", w.t1(key, "target", near(target)));
    }
    said.push(plan);
    match &ahead.claimed {
        Err(CannotSay::Reached) => {}
        Err(CannotSay::TooYoung { weeks }) => said.push(w.t1("readiness-real-young", "weeks", *weeks)),
        Err(CannotSay::NoGain { weeks }) => said.push(w.t1("readiness-real-no-gain", "weeks", *weeks)),
        Ok(real) => said.push(real_words(w, ahead, real)),
    }
    if let Some(day) = ahead.proven.as_ref().ok().and_then(|real| real.day) {
        said.push(w.t1("readiness-real-proven", "day", near(day)));
    }
    said
}

fn real_words(w: &View, ahead: &Forecast, real: &Real) -> String {
    let near = |day: Day| Arg::from(w.lang.day_near(day, ahead.today));
    let gain = |gain: i64| Arg::from(w.lang.points_moved(gain));
    let gains = [("weeks", real.weeks.into()), ("low", gain(real.low)), ("median", gain(real.median)), ("high", gain(real.high))];
    let mut words = vec![w.lang.t_with("readiness-real-gains", &gains)];
    words.push(match (real.day, real.earliest, real.latest) {
        (Some(day), Some(earliest), Some(latest)) => {
            w.lang.t_with("readiness-real-by", &[("day", near(day)), ("earliest", near(earliest)), ("latest", near(latest))])
        }
        (Some(day), Some(earliest), None) => w.lang.t_with("readiness-real-by-open", &[("day", near(day)), ("earliest", near(earliest))]),
        _ => w.t("readiness-real-far"),
    });
    if let (Some(holds), Some(target)) = (real.holds, ahead.target_day) {
        let key = match holds {
            Holds::Surely => "readiness-holds-surely",
            Holds::Likely => "readiness-holds-likely",
            Holds::Hardly => "readiness-holds-hardly",
            Holds::No => "readiness-holds-no",
        };
        words.push(w.lang.t_with(key, &[("target", near(target))]));
    }
    words.join(" ")
}
