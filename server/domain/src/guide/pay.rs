//! Pay as a picture: one bar a source and level, on one scale, with what disagrees said in so many words.

use crate::template::{Document, LevelIndex, Measure, Salary};

/// All figures of a role, ready to be drawn. Amounts are whole units of [`Pay::currency`] a year, positions basis points of
/// the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay<'a> {
    /// The currency that most figures are in.
    pub currency: &'a str,
    /// End of the scale, which begins at 0.
    pub to: u32,
    /// Amounts with a rule at them.
    pub ticks: Vec<u32>,
    /// Levels in the ladder's order, then what is said without a level.
    pub rows: Vec<PayRow<'a>>,
    /// Figures for a place, without a level.
    pub places: Vec<PayLine<'a>>,
}

/// What is said of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayRow<'a> {
    pub level: Option<LevelIndex>,
    pub lines: Vec<PayLine<'a>>,
    pub disagreements: Vec<Disagreement<'a>>,
}

/// What one source says in one breath: a range, or a median and an average.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayLine<'a> {
    pub source: &'a str,
    pub label: &'a str,
    pub place: Option<&'a str>,
    pub period: Option<&'a str>,
    /// As the source gives them, in their own currency.
    pub figures: Vec<&'a Salary>,
    /// Amounts on the scale; none for another currency without its worth in that of the scale.
    pub drawn: Option<Drawn>,
}

/// Where a line lies on the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub low: u32,
    pub high: u32,
    /// "And more": drawn as a tail behind `high`.
    pub open_end: bool,
    /// Single figures; empty for a range.
    pub marks: Vec<(Measure, u32)>,
}

/// How sources disagree on one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disagreement<'a> {
    /// Two ranges do not meet: all of the one ends below all of the other.
    Apart { lower: &'a str, top: u32, upper: &'a str, floor: u32 },
    /// They meet, and begin at different amounts.
    Floors { lowest: u32, of: &'a str, highest: u32, and: &'a str },
    /// A source's own single figure lies outside of its own range.
    Within { source: &'a str, figure: u32, low: u32, high: u32, open_end: bool },
}

/// How much of the scale an open end's tail takes, in basis points.
pub const TAIL: u32 = 500;

impl Pay<'_> {
    /// Basis points of the scale.
    pub fn at(&self, amount: u32) -> u32 {
        crate::points::BasisPoints::ratio(u64::from(amount), u64::from(self.to)).get()
    }
}

/// The figures of a document; none where it has none.
pub fn pay(document: &Document) -> Option<Pay<'_>> {
    let currency = main_currency(&document.salaries)?;
    let level_of = |salary: &Salary| salary.level.as_ref().and_then(|id| document.levels.iter().position(|level| level.id == *id));
    let mut rows = Vec::new();
    for level in (0..document.levels.len()).map(Some).chain([None]) {
        let of_level = |salary: &&Salary| {
            salary.currency == currency && level_of(salary) == level && (level.is_some() || salary.place.as_deref() != Some(&salary.label))
        };
        let lines = lines(document.salaries.iter().filter(of_level), currency);
        if !lines.is_empty() {
            rows.push(PayRow { level, disagreements: disagreements(&lines), lines });
        }
    }
    let of_place = |salary: &&Salary| {
        salary.currency != currency || (level_of(salary).is_none() && salary.place.as_deref() == Some(salary.label.as_str()))
    };
    let places = lines(document.salaries.iter().filter(of_place), currency);
    let all = rows.iter().flat_map(|row| &row.lines).chain(&places).filter_map(|line| line.drawn.as_ref());
    let highest = all.map(|drawn| u64::from(drawn.high) * if drawn.open_end { 10_000 + u64::from(TAIL) } else { 10_000 } / 10_000).max()?;
    let step = step(highest);
    let to = u32::try_from(highest.div_ceil(step / 2) * (step / 2)).unwrap_or(u32::MAX);
    let ticks = (1..).map(|n| n * step).take_while(|&tick| tick < u64::from(to)).filter_map(|tick| u32::try_from(tick).ok()).collect();
    Some(Pay { currency, to, ticks, rows, places })
}

fn main_currency(salaries: &[Salary]) -> Option<&str> {
    let count = |currency: &str| salaries.iter().filter(|salary| salary.currency == currency).count();
    // Of equals the first named.
    salaries.iter().map(|salary| salary.currency.as_str()).rev().max_by_key(|currency| count(currency))
}

/// Between three and six rules on the scale: 1, 2 or 5 times a power of ten.
fn step(highest: u64) -> u64 {
    let mut power = 10;
    loop {
        for factor in [1, 2, 5] {
            if highest <= factor * power * 6 {
                return factor * power;
            }
        }
        power *= 10;
    }
}

/// Single figures of one source, label, place and time share a line; every range has one of its own.
fn lines<'a>(salaries: impl Iterator<Item = &'a Salary>, currency: &str) -> Vec<PayLine<'a>> {
    let mut lines: Vec<PayLine<'a>> = Vec::new();
    let is_single = |salary: &Salary| matches!(salary.measure, Measure::Median | Measure::Average);
    for salary in salaries {
        let joins = |line: &PayLine<'_>| {
            is_single(salary)
                && line.figures.iter().all(|other| is_single(other) && other.currency == salary.currency)
                && (line.source, line.label, line.place, line.period)
                    == (&salary.source, &salary.label, salary.place.as_deref(), salary.period.as_deref())
        };
        match lines.iter_mut().find(|line| joins(line)) {
            Some(line) => line.figures.push(salary),
            None => lines.push(PayLine {
                source: &salary.source,
                label: &salary.label,
                place: salary.place.as_deref(),
                period: salary.period.as_deref(),
                figures: vec![salary],
                drawn: None,
            }),
        }
    }
    for line in &mut lines {
        line.drawn = drawn(&line.figures, currency);
    }
    lines.sort_by_key(|line| line.source);
    lines
}

fn drawn(figures: &[&Salary], currency: &str) -> Option<Drawn> {
    let amounts = |salary: &Salary| {
        if salary.currency == currency {
            Some((salary.low, salary.high))
        } else {
            salary.about_usd.filter(|_| currency == "USD").map(|[low, high]| (low, high))
        }
    };
    let all: Vec<(u32, u32)> = figures.iter().filter_map(|salary| amounts(salary)).collect();
    let single = figures.iter().filter(|salary| matches!(salary.measure, Measure::Median | Measure::Average));
    Some(Drawn {
        low: all.iter().map(|(low, _)| *low).min()?,
        high: all.iter().map(|(_, high)| *high).max()?,
        open_end: figures.iter().any(|salary| salary.open_end),
        marks: single.filter_map(|salary| Some((salary.measure, amounts(salary)?.0))).collect(),
    })
}

/// Of one level. Ranges are compared between sources, single figures with the ranges of their own source.
fn disagreements<'a>(lines: &[PayLine<'a>]) -> Vec<Disagreement<'a>> {
    let ranges: Vec<(&'a str, &Drawn)> =
        lines.iter().filter_map(|line| Some((line.source, line.drawn.as_ref()?))).filter(|(_, drawn)| drawn.marks.is_empty()).collect();
    let mut found = Vec::new();
    let apart = ranges
        .iter()
        .flat_map(|lower| ranges.iter().map(move |upper| (lower, upper)))
        .filter(|((one, below), (other, above))| one != other && !below.open_end && below.high < above.low)
        .max_by_key(|((_, below), (_, above))| above.low - below.high);
    if let Some(((lower, below), (upper, above))) = apart {
        found.push(Disagreement::Apart { lower, top: below.high, upper, floor: above.low });
    } else {
        let lowest = ranges.iter().min_by_key(|(_, drawn)| drawn.low);
        let highest = ranges.iter().rev().max_by_key(|(_, drawn)| drawn.low);
        if let (Some((of, low)), Some((and, high))) = (lowest, highest)
            && of != and
            && low.low < high.low
        {
            found.push(Disagreement::Floors { lowest: low.low, of, highest: high.low, and });
        }
    }
    for line in lines {
        let marks = line.drawn.iter().flat_map(|drawn| &drawn.marks);
        let outside = |drawn: &Drawn, figure: u32| figure < drawn.low || (!drawn.open_end && figure > drawn.high);
        for &(_, figure) in marks {
            let own: Vec<&Drawn> = ranges.iter().filter(|(source, _)| *source == line.source).map(|(_, drawn)| *drawn).collect();
            let known = found.iter().any(|one| matches!(one, Disagreement::Within { source, .. } if *source == line.source));
            if let Some(range) = own.first().filter(|_| !known && own.iter().all(|drawn| outside(drawn, figure))) {
                let Drawn { low, high, open_end, .. } = **range;
                found.push(Disagreement::Within { source: line.source, figure, low, high, open_end });
            }
        }
    }
    found
}
