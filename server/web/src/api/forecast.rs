//! A forecast and what moved readiness before it, as JSON.

use domain::progress::{CannotSay, Event, EventKind, Forecast, Holds, Real};
use domain::time::Day;
use serde::Serialize;
use utoipa::ToSchema;

/// When all that the target level asks is reached. An estimate in days, not a promise.
#[derive(Serialize, ToSchema)]
#[schema(as = Forecast)]
pub struct ForecastJson {
    /// Basis points to reach.
    goal: u32,
    target_day: Option<String>,
    stated: StatedJson,
    /// At the pace of the past weeks.
    claimed: RealJson,
    proven: RealJson,
}

/// At the hours set aside: the next actions first, then most points an hour.
#[derive(Serialize, ToSchema)]
#[schema(as = StatedPace)]
pub struct StatedJson {
    hours_week: u32,
    /// Minutes of work until the goal.
    minutes: u64,
    /// Absent beyond ten years.
    day: Option<String>,
    /// Reached by the target day; absent without one.
    holds: Option<bool>,
}

/// At the pace of the past weeks. Gains are basis points a week.
#[derive(Serialize, ToSchema)]
#[schema(as = RealPace)]
pub struct RealJson {
    /// `reached`: nothing is missing. `too_young`: fewer than three weeks that compare. `no_gain`: the median week gained
    /// nothing. Absent where there is a forecast.
    cannot_say: Option<&'static str>,
    /// Weeks that compare.
    weeks: Option<u32>,
    /// Lower quartile, median and upper quartile of the weekly gains.
    low: Option<i64>,
    median: Option<i64>,
    high: Option<i64>,
    /// By the median; absent beyond ten years.
    day: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    /// Of the target day: `surely`, `likely`, `hardly`, `no`; absent without one.
    holds: Option<&'static str>,
}

impl ForecastJson {
    pub fn of(forecast: &Forecast) -> Self {
        let stated = &forecast.stated;
        Self {
            goal: forecast.goal,
            target_day: written(forecast.target_day),
            stated: StatedJson { hours_week: stated.hours_week, minutes: stated.minutes, day: written(stated.day), holds: stated.holds },
            claimed: RealJson::of(forecast.claimed),
            proven: RealJson::of(forecast.proven),
        }
    }
}

impl RealJson {
    fn of(real: Result<Real, CannotSay>) -> Self {
        let nothing = |word, weeks| Self {
            cannot_say: Some(word),
            weeks,
            low: None,
            median: None,
            high: None,
            day: None,
            earliest: None,
            latest: None,
            holds: None,
        };
        match real {
            Err(CannotSay::Reached) => nothing("reached", None),
            Err(CannotSay::TooYoung { weeks }) => nothing("too_young", Some(weeks)),
            Err(CannotSay::NoGain { weeks }) => nothing("no_gain", Some(weeks)),
            Ok(real) => Self {
                cannot_say: None,
                weeks: Some(real.weeks),
                low: Some(real.low),
                median: Some(real.median),
                high: Some(real.high),
                day: written(real.day),
                earliest: written(real.earliest),
                latest: written(real.latest),
                holds: real.holds.map(|holds| match holds {
                    Holds::Surely => "surely",
                    Holds::Likely => "likely",
                    Holds::Hardly => "hardly",
                    Holds::No => "no",
                }),
            },
        }
    }
}

fn written(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Something that moved readiness.
#[derive(Serialize, ToSchema)]
#[schema(as = ReadinessEvent)]
pub struct EventJson {
    day: String,
    /// `target`, `revision`, `rule`: it is measured otherwise since. `expired`: a certification holds no more. `reviewed`:
    /// reviews or assessments came back.
    kind: &'static str,
    /// What expired, or the first that was reviewed.
    subject: Option<String>,
    /// The day of the score before it.
    since: String,
    /// Basis points from that score to the first one of this day or after it.
    claimed: i64,
    proven: i64,
}

impl EventJson {
    pub fn of(event: &Event) -> Self {
        let (kind, subject) = match &event.kind {
            EventKind::Target { .. } => ("target", None),
            EventKind::Revision { .. } => ("revision", None),
            EventKind::Rule => ("rule", None),
            EventKind::Expired { subject } => ("expired", Some(subject.to_string())),
            EventKind::Reviewed { first, .. } => ("reviewed", Some(first.to_string())),
        };
        Self { day: event.day.to_string(), kind, subject, since: event.since.to_string(), claimed: event.claimed, proven: event.proven }
    }
}
