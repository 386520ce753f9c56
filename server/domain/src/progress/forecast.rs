//! When readiness gets to where it shall be: at the hours that the learner set aside, and at the pace that was real.
//!
//! *Stated.* What is missing of each requirement takes its part of the template's hours, `hours × missing / possible`. The
//! next actions come first, in their order, then the rest, most points an hour first. `hours_week` hours are done in every
//! seven days, evenly, so an action that ends after `m` minutes ends `⌈m · 7 / (60 · hours_week)⌉` days from today.
//!
//! *Real.* Readiness is read at today and at every seventh day before it, from the stored scores, twelve weeks back at
//! most and never across a change of target, revision or rule, since such numbers do not compare. The gains between these
//! days, sorted, give a median and two quartiles (linear interpolation between order statistics, type 7 of Hyndman and
//! Fan, *Sample Quantiles in Statistical Packages*, The American Statistician 50, 1996). The middle line goes on by the
//! median a week; the band would be reached if every week were like the weaker, or the stronger, quarter. A learner's own
//! past weeks say more than a plan: the outside view of Kahneman and Tversky, *Intuitive Prediction*, 1979.
//!
//! Fewer than [`LEAST_WEEKS`] gains, or a median that is not above nothing, give no forecast.

use crate::progress::ScorePoint;
use crate::scoring::Score;
use crate::template::Template;
use crate::time::Day;

/// Weeks of comparable history without which nothing is forecast.
pub const LEAST_WEEKS: u32 = 3;
/// Weeks that are looked back on at most.
pub const MOST_WEEKS: u32 = 12;
/// Beyond so many days, ten years, no day is named.
pub const FARTHEST: i32 = 3_653;
/// All that the target level asks.
pub const WHOLE: u32 = 10_000;

/// Both paces, against one goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Basis points.
    pub goal: u32,
    pub today: Day,
    pub target_day: Option<Day>,
    pub stated: Stated,
    pub claimed: Result<Real, CannotSay>,
    pub proven: Result<Real, CannotSay>,
}

/// At the hours set aside. What they bring is claimed: a review takes somebody else's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Hours set aside a week.
    pub hours_week: u32,
    /// Minutes until the goal.
    pub minutes: u64,
    /// The day on which the goal is reached: today where it is already; none beyond [`FARTHEST`].
    pub day: Option<Day>,
    /// Whether the goal is reached by the target day; none without one.
    pub holds: Option<bool>,
    /// Claimed readiness after each action until the goal, from today on; days never fall, nor do points.
    pub steps: Vec<(Day, u32)>,
}

/// At the pace of the past weeks. Gains are basis points a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Real {
    pub now: u32,
    /// How many weeks' gains it is made of.
    pub weeks: u32,
    pub low: i64,
    pub median: i64,
    pub high: i64,
    /// The day of the goal by the median, by the better and by the weaker weeks; none: not within [`FARTHEST`], or never.
    pub day: Option<Day>,
    pub earliest: Option<Day>,
    pub latest: Option<Day>,
    /// Whether the target day holds; none without one.
    pub holds: Option<Holds>,
}

/// What the band says of the target day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Even in weaker weeks.
    Surely,
    /// At the median.
    Likely,
    /// In better weeks only.
    Hardly,
    No,
}

/// Why there is no real pace to go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotSay {
    /// The goal is reached.
    Reached,
    /// So many weeks of comparable history are too few.
    TooYoung { weeks: u32 },
    /// Nothing was gained in the median week.
    NoGain { weeks: u32 },
}

/// What a forecast is made of.
pub struct ForecastFacts<'a> {
    pub template: &'a Template,
    /// Of today.
    pub score: &'a Score,
    /// Stored scores, oldest first.
    pub history: &'a [ScorePoint],
    pub today: Day,
    pub target_day: Option<Day>,
    /// 1 or more.
    pub hours_week: u32,
    /// Basis points to reach; [`WHOLE`] as a rule.
    pub goal: u32,
}

/// Both paces. See the head of this file for the formulas.
pub fn forecast(facts: &ForecastFacts<'_>) -> Forecast {
    let real = |pick: fn(&ScorePoint) -> u32, now: u32| real(facts, pick, now);
    Forecast {
        goal: facts.goal,
        today: facts.today,
        target_day: facts.target_day,
        stated: stated(facts),
        claimed: real(|point| point.claimed, facts.score.claimed.readiness),
        proven: real(|point| point.proven, facts.score.proven.readiness),
    }
}

impl Real {
    /// Basis points after so many days at a gain a week, between nothing and the whole.
    pub fn after(&self, days: i32, gain: i64) -> u32 {
        (i64::from(self.now) + gain * i64::from(days) / 7).clamp(0, i64::from(WHOLE)) as u32
    }
}

struct Missing {
    rank: usize,
    points: u32,
    minutes: u64,
    index: usize,
}

fn stated(facts: &ForecastFacts<'_>) -> Stated {
    let (score, today) = (facts.score, facts.today);
    let mut missing: Vec<Missing> = score
        .claimed
        .receipts
        .iter()
        .filter(|receipt| receipt.possible > receipt.points)
        .filter_map(|receipt| {
            let index = facts.template.requirement(score.requirements.get(receipt.requirement as usize)?)?;
            let points = receipt.possible - receipt.points;
            let whole = u64::from(facts.template.requirements[index].hours) * 60;
            let rank = score.claimed.next.iter().position(|next| next.requirement == receipt.requirement).unwrap_or(usize::MAX);
            Some(Missing { rank, points, minutes: whole * u64::from(points) / u64::from(receipt.possible), index })
        })
        .collect();
    missing.sort_by(|a, b| {
        let rate = (u64::from(b.points) * a.minutes.max(1)).cmp(&(u64::from(a.points) * b.minutes.max(1)));
        a.rank.cmp(&b.rank).then(rate).then(a.index.cmp(&b.index))
    });
    let (mut minutes, mut points) = (0, score.claimed.readiness);
    let mut steps = vec![(today, points)];
    let mut day = (points >= facts.goal).then_some(today);
    for part in missing {
        if points >= facts.goal {
            break;
        }
        minutes += part.minutes;
        points += part.points;
        let days = (minutes * 7).div_ceil(60 * u64::from(facts.hours_week.max(1)));
        let reached = i32::try_from(days).ok().filter(|days| *days <= FARTHEST).map(|days| today.plus(days));
        if let Some(reached) = reached {
            steps.push((reached, points));
        }
        day = reached.filter(|_| points >= facts.goal);
    }
    let holds = facts.target_day.map(|target| day.is_some_and(|day| day <= target));
    Stated { hours_week: facts.hours_week, minutes, day, holds, steps }
}

fn real(facts: &ForecastFacts<'_>, pick: fn(&ScorePoint) -> u32, now: u32) -> Result<Real, CannotSay> {
    if now >= facts.goal {
        return Err(CannotSay::Reached);
    }
    let mut gains = weekly_gains(facts.history, facts.today, pick, now);
    let weeks = gains.len() as u32;
    if weeks < LEAST_WEEKS {
        return Err(CannotSay::TooYoung { weeks });
    }
    gains.sort_unstable();
    let [low, median, high] = [1, 2, 3].map(|quarters| quantile(&gains, quarters));
    if median <= 0 {
        return Err(CannotSay::NoGain { weeks });
    }
    let day = |gain: i64| {
        let missing = i64::from(facts.goal - now);
        let days = if gain > 0 { (missing * 7 + gain - 1) / gain } else { i64::MAX };
        i32::try_from(days).ok().filter(|days| *days <= FARTHEST).map(|days| facts.today.plus(days))
    };
    let (day, earliest, latest) = (day(median), day(high), day(low));
    let holds = facts.target_day.map(|target| {
        let by = |day: Option<Day>| day.is_some_and(|day| day <= target);
        match (by(latest), by(day), by(earliest)) {
            (true, ..) => Holds::Surely,
            (_, true, _) => Holds::Likely,
            (.., true) => Holds::Hardly,
            _ => Holds::No,
        }
    });
    Ok(Real { now, weeks, low, median, high, day, earliest, latest, holds })
}

/// Gains of the past weeks, newest first; a week's end reads the last score of that day or before it.
fn weekly_gains(history: &[ScorePoint], today: Day, pick: fn(&ScorePoint) -> u32, now: u32) -> Vec<i64> {
    let Some(last) = history.last() else { return Vec::new() };
    let since = history.iter().rposition(|point| !point.is_measured_as(last)).map_or(0, |changed| changed + 1);
    let comparable = &history[since..];
    let on = |day: Day| {
        let after = comparable.partition_point(|point| point.day <= day);
        after.checked_sub(1).map(|i| i64::from(pick(&comparable[i])))
    };
    let mut gains = Vec::new();
    let mut later = i64::from(now);
    for week in 1..=MOST_WEEKS {
        let Some(earlier) = on(today.plus(-7 * week as i32)) else { break };
        gains.push(later - earlier);
        later = earlier;
    }
    gains
}

/// The quantile of `quarters` quarters of sorted numbers, rounded down; there is at least one.
fn quantile(sorted: &[i64], quarters: usize) -> i64 {
    let place = (sorted.len() - 1) * quarters;
    let (index, part) = (place / 4, (place % 4) as i64);
    let (low, high) = (sorted[index], sorted[(index + 1).min(sorted.len() - 1)]);
    (low * (4 - part) + high * part).div_euclid(4)
}
