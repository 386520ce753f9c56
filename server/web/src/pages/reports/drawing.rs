//! A cohort over time as a drawing: the median as a line, the middle half of the learners as a band, the plan beside them.

use domain::cohort::{ReportRow, Spread};
use domain::progress::WHOLE;

use crate::pages::readiness::hundredths;
use crate::services::cohorts::Report;
use crate::view::View;

pub struct Drawing {
    pub label: String,
    /// Points of SVG lines in a square of 100.
    pub middle: String,
    pub claimed: String,
    pub proven: String,
    pub plan: String,
    /// Where the lines end: `70.00%`.
    pub end: String,
    /// Words at the end stand to its left.
    pub is_left: bool,
    pub claimed_words: String,
    pub proven_words: String,
    /// Pixels from the top.
    pub claimed_y: u32,
    pub proven_y: u32,
    /// Place and number of weeks below the axis.
    pub weeks: Vec<(String, u32)>,
}

/// Pixels of the picture's height: hundred at the top, nothing at the bottom.
const TOP: u32 = 10;
const HIGH: u32 = 210;
/// Weeks that are named at most: on a phone each needs some 25 pixels.
const MOST_WEEKS: u32 = 12;

/// None before two moments have learners with a path.
pub fn drawing(w: &View, report: &Report) -> Option<Drawing> {
    let weeks = report.calendar.weeks();
    let all: Vec<(&ReportRow, u32)> = report.weeks.iter().chain([&report.now]).zip(report.expected.iter().copied()).collect();
    // A week that is over has its own place; what is now has that of its week, while the cohort runs.
    let is_shown = |row: &ReportRow| std::ptr::eq(row, &report.now) && row.moment.week <= report.weeks.len() as u32;
    let shown = all.into_iter().filter(|(row, _)| !is_shown(row)).filter_map(|(row, plan)| {
        let (claimed, proven) = row.claimed.zip(row.proven)?;
        Some(Point { week: row.moment.week, claimed, proven, plan })
    });
    let points: Vec<Point> = shown.collect();
    let (first, last) = (points.first()?, points.last()?);
    if first.week == last.week {
        return None;
    }
    let scale = Scale { last: weeks };
    let line = |pick: &dyn Fn(&Point) -> u32| points.iter().map(|point| scale.point(point.week, pick(point))).collect::<Vec<_>>();
    let mut middle = line(&|point| point.claimed.upper);
    middle.extend(line(&|point| point.claimed.lower).into_iter().rev());
    let (mut claimed_y, mut proven_y) = (y(last.claimed.median).max(TOP + 8), y(last.proven.median));
    // Words need 14 pixels from line to line.
    if proven_y < claimed_y + 14 {
        proven_y = (claimed_y + 14).min(TOP + HIGH - 4);
        claimed_y = claimed_y.min(proven_y - 14);
    }
    let step = weeks.div_ceil(MOST_WEEKS).max(1);
    Some(Drawing {
        label: w.t3(
            "report-drawing",
            "week",
            last.week,
            "claimed",
            w.lang.readiness(last.claimed.median),
            "proven",
            w.lang.readiness(last.proven.median),
        ),
        middle: middle.join(" "),
        claimed: line(&|point| point.claimed.median).join(" "),
        proven: line(&|point| point.proven.median).join(" "),
        plan: line(&|point| point.plan).join(" "),
        end: format!("{}%", hundredths(scale.x(last.week))),
        is_left: scale.x(last.week) > 6_000,
        claimed_words: w.t1("report-claimed-at", "points", w.lang.readiness(last.claimed.median)),
        proven_words: w.t1("report-proven-at", "points", w.lang.readiness(last.proven.median)),
        claimed_y,
        proven_y,
        weeks: (1..weeks).step_by(step as usize).map(|week| (format!("{}%", hundredths(scale.x(week))), week)).collect(),
    })
}

struct Point {
    week: u32,
    claimed: Spread,
    proven: Spread,
    plan: u32,
}

/// Weeks and points as places in the picture, which is a hundred hundreds wide.
struct Scale {
    last: u32,
}

impl Scale {
    fn x(&self, week: u32) -> i32 {
        ((week - 1) * 10_000 / (self.last - 1).max(1)) as i32
    }

    fn point(&self, week: u32, points: u32) -> String {
        format!("{},{}", hundredths(self.x(week)), hundredths((WHOLE - points.min(WHOLE)) as i32))
    }
}

fn y(points: u32) -> u32 {
    TOP + HIGH * (WHOLE - points.min(WHOLE)) / WHOLE
}
