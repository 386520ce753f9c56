//! What a role pays, drawn: one bar a source and level on one scale, the same as a table, and what disagrees in words.

use domain::guide::{Disagreement, Drawn, Pay, PayLine, TAIL, pay};
use domain::template::{Document, Measure, Salary};

use crate::pages::marks::width;
use crate::view::View;

/// All of it, ready for a template.
pub struct PayView {
    pub unit: String,
    /// Positions and words of the scale.
    pub ticks: Vec<(String, String)>,
    pub rows: Vec<RowView>,
    /// Which source is drawn how.
    pub sources: Vec<(String, &'static str)>,
    pub table: Vec<TableRow>,
}

/// One level, or the figures of places.
pub struct RowView {
    pub title: String,
    pub hint: Option<String>,
    pub height: usize,
    /// The picture in a sentence.
    pub label: String,
    pub lines: Vec<LineView>,
    /// Figures without a place on the scale.
    pub undrawn: Vec<String>,
    pub disagreements: Vec<String>,
}

pub struct LineView {
    /// Top of the line; text and bar lie below.
    pub text_y: usize,
    pub bar_y: usize,
    pub mark_y: usize,
    pub text: String,
    pub text_x: String,
    pub anchor: &'static str,
    pub look: &'static str,
    pub x: String,
    pub width: String,
    /// Where a dashed tail begins and ends.
    pub tail: Option<(String, String)>,
    pub marks: Vec<String>,
}

pub struct TableRow {
    pub level: String,
    pub source: String,
    pub label: String,
    pub figure: String,
    pub about: String,
    pub place: String,
    pub period: String,
}

/// Pixels of one line.
const LINE: usize = 34;

pub fn of(w: &View, document: &Document) -> Option<PayView> {
    let pay = pay(document)?;
    let mut keys: Vec<&str> = Vec::new();
    for line in pay.rows.iter().flat_map(|row| &row.lines).chain(&pay.places) {
        if !keys.contains(&line.source) {
            keys.push(line.source);
        }
    }
    keys.sort_unstable();
    let looks = |source: &str| LOOKS[keys.iter().position(|key| *key == source).unwrap_or(0) % LOOKS.len()];
    let level_name = |level: Option<usize>| level.map_or_else(|| w.t("guide-pay-no-level"), |level| document.levels[level].name.clone());
    let mut rows: Vec<RowView> = pay
        .rows
        .iter()
        .map(|row| {
            let years = row.level.and_then(|level| document.levels[level].years).map(|years| super::guide::years(w, years));
            let mut view = row_view(w, &pay, level_name(row.level), years, &row.lines, &looks);
            view.disagreements = row.disagreements.iter().map(|one| disagreement(w, one)).collect();
            view
        })
        .collect();
    if !pay.places.is_empty() {
        let hint = w.t1("guide-pay-places-hint", "currency", pay.currency);
        rows.push(row_view(w, &pay, w.t("guide-pay-places"), Some(hint), &pay.places, &looks));
    }
    let table = pay
        .rows
        .iter()
        .flat_map(|row| row.lines.iter().map(move |line| (row.level, line)))
        .map(|(level, line)| table_row(w, level_name(level), line))
        .chain(pay.places.iter().map(|line| table_row(w, level_name(None), line)))
        .collect();
    Some(PayView {
        unit: w.t1("guide-pay-unit", "currency", pay.currency),
        ticks: pay.ticks.iter().map(|&tick| (width(pay.at(tick)), amount(w, tick))).collect(),
        rows,
        sources: keys.iter().map(|key| ((*key).to_owned(), looks(key))).collect(),
        table,
    })
}

/// Of bars, by source in turn; the source's key stands at each bar too.
const LOOKS: [&str; 4] = ["pay d", "pay c", "pay b", "pay"];

fn row_view(
    w: &View,
    pay: &Pay<'_>,
    title: String,
    hint: Option<String>,
    lines: &[PayLine<'_>],
    looks: &dyn Fn(&str) -> &'static str,
) -> RowView {
    let drawn: Vec<LineView> = lines
        .iter()
        .filter_map(|line| Some((line, line.drawn.as_ref()?)))
        .enumerate()
        .map(|(index, (line, drawn))| line_view(w, pay, index, line, drawn, looks(line.source)))
        .collect();
    RowView {
        title,
        hint,
        height: drawn.len() * LINE,
        label: drawn.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("; "),
        undrawn: lines.iter().filter(|line| line.drawn.is_none()).map(|line| words(w, line)).collect(),
        lines: drawn,
        disagreements: Vec::new(),
    }
}

fn line_view(w: &View, pay: &Pay<'_>, index: usize, line: &PayLine<'_>, drawn: &Drawn, look: &'static str) -> LineView {
    let (from, to) = (pay.at(drawn.low), pay.at(drawn.high));
    let end = if drawn.open_end { (to + TAIL).min(10_000) } else { to };
    let middle = u32::midpoint(from, end);
    // Words begin at a bar on the left, end at one on the right, and stand over one in the middle: so they stay inside.
    let (text_x, anchor) = match middle {
        0..3_000 => (from, ""),
        3_000..7_000 => (middle, " c"),
        _ => (end, " e"),
    };
    let top = index * LINE;
    LineView {
        text_y: top + 13,
        bar_y: top + 18,
        mark_y: top + 23,
        text: words(w, line),
        text_x: width(text_x),
        anchor,
        look,
        x: width(from),
        width: width(to - from),
        tail: drawn.open_end.then(|| (width(to), width(end))),
        marks: drawn.marks.iter().map(|(_, figure)| width(pay.at(*figure))).collect(),
    }
}

/// `S2 75–110k · USA`
fn words(w: &View, line: &PayLine<'_>) -> String {
    let figures: Vec<String> = line.figures.iter().map(|salary| figure(w, salary)).collect();
    let mut parts = vec![w.t2("guide-pay-line", "source", line.source, "figure", figures.join(", "))];
    parts.extend(line.place.map(str::to_owned));
    parts.extend(line.period.map(str::to_owned));
    parts.join(" · ")
}

fn table_row(w: &View, level: String, line: &PayLine<'_>) -> TableRow {
    let currency = line.figures.first().map_or("", |salary| salary.currency.as_str());
    let figures: Vec<String> = line.figures.iter().map(|salary| figure(w, salary)).collect();
    let about = line.figures.iter().find_map(|salary| salary.about_usd);
    TableRow {
        level,
        source: line.source.to_owned(),
        label: line.label.to_owned(),
        figure: w.t2("guide-pay-figure", "figure", figures.join(", "), "currency", currency),
        about: about.map(|[low, high]| w.t1("guide-pay-about", "figure", range(w, low, high))).unwrap_or_default(),
        place: line.place.unwrap_or_default().to_owned(),
        period: line.period.unwrap_or_default().to_owned(),
    }
}

/// One figure as its source gives it, without its currency.
fn figure(w: &View, salary: &Salary) -> String {
    let range = range(w, salary.low, salary.high);
    match salary.measure {
        Measure::Median => w.t1("guide-pay-median", "amount", range),
        Measure::Average => w.t1("guide-pay-average", "amount", range),
        _ if salary.open_end && salary.low == salary.high => w.t1("guide-pay-over", "amount", range),
        Measure::Range if salary.open_end => w.t1("guide-pay-open", "range", range),
        Measure::Range => range,
        Measure::MedianRange => w.t1("guide-pay-medians", "range", range),
    }
}

fn range(w: &View, low: u32, high: u32) -> String {
    if low == high {
        return amount(w, low);
    }
    let unit = [1_000_000, 1_000].into_iter().find(|&unit| low.is_multiple_of(unit) && high.is_multiple_of(unit));
    match unit {
        Some(unit) => w.t2("guide-pay-range", "low", low / unit, "high", amount(w, high)),
        None => w.t2("guide-pay-range", "low", amount(w, low), "high", amount(w, high)),
    }
}

/// `55k`, `6M`, or all digits where it is no round thousand.
fn amount(w: &View, amount: u32) -> String {
    match amount {
        _ if amount >= 1_000_000 && amount.is_multiple_of(1_000_000) => w.t1("guide-pay-millions", "amount", amount / 1_000_000),
        _ if amount >= 1_000 && amount.is_multiple_of(1_000) => w.t1("guide-pay-thousands", "amount", amount / 1_000),
        _ if amount >= 1_000 => format!("{}\u{202f}{:03}", amount / 1_000, amount % 1_000),
        _ => amount.to_string(),
    }
}

fn disagreement(w: &View, one: &Disagreement<'_>) -> String {
    match *one {
        Disagreement::Apart { lower, top, upper, floor } => {
            let (top, floor) = (amount(w, top), amount(w, floor));
            w.lang.t_with(
                "guide-pay-apart",
                &[("lower", lower.into()), ("top", top.into()), ("upper", upper.into()), ("floor", floor.into())],
            )
        }
        Disagreement::Floors { lowest, of, highest, and } => {
            let (lowest, highest) = (amount(w, lowest), amount(w, highest));
            let args = [("lowest", lowest.into()), ("of", of.into()), ("highest", highest.into()), ("and", and.into())];
            w.lang.t_with("guide-pay-floors", &args)
        }
        Disagreement::Within { source, figure, low, high, open_end } => {
            let own = if open_end && low == high { w.t1("guide-pay-over", "amount", amount(w, low)) } else { range(w, low, high) };
            w.t3("guide-pay-within", "source", source, "figure", amount(w, figure), "range", own)
        }
    }
}
