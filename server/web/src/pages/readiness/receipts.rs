//! The receipts: a table that sums to the number shown, in the order asked for.

use std::collections::BTreeMap;

use domain::ledger::{Entry, EvidenceKind};
use domain::path::{ReceiptOrder, ReceiptRow, RequirementStanding, State, receipt_rows};
use domain::progress::last_days;
use domain::subject::Trust;
use words::PackWords;

use super::Asked;
use crate::pages::marks::{self, Mark};
use crate::services::paths::OpenPath;
use crate::services::readiness::Readiness;
use crate::view::View;

/// Rows before one asks for all.
const FIRST: usize = 8;

pub struct Receipts {
    pub heads: Vec<Head>,
    pub orders: Vec<OrderLink>,
    pub rows: Vec<Row>,
    /// What is not shown, in one row.
    pub rest: Option<Sum>,
    pub sum: Sum,
    /// Words and link of "show all" or "show the first".
    pub toggle: Option<(String, String)>,
}

pub struct OrderLink {
    pub words: String,
    pub link: String,
    pub on: bool,
}

pub struct Row {
    pub id: String,
    pub name: String,
    pub mark: Mark,
    pub possible: String,
    pub evidence: Vec<EvidenceCell>,
    pub more: usize,
    pub points: String,
    pub proven: String,
    pub missing: String,
    /// `+0.41`, `+1.63 proven`.
    pub gains: Vec<String>,
    pub reason: String,
}

pub struct EvidenceCell {
    pub words: String,
    pub trust: String,
    pub blazes: u8,
}

pub struct Sum {
    pub words: String,
    pub possible: String,
    pub points: String,
    pub proven: String,
    pub missing: String,
}

/// A head cell of the table.
pub struct Head {
    pub words: String,
    pub is_number: bool,
    /// The link that orders by it, and what `aria-sort` says: names rise, numbers fall.
    pub sort: Option<(String, &'static str)>,
}

fn heads(w: &View, page: &str, asked: &Asked) -> Vec<Head> {
    let head = |key: &str, is_number: bool, order: Option<ReceiptOrder>| {
        let sort = order.map(|order| {
            let direction = if order == ReceiptOrder::Name { "ascending" } else { "descending" };
            (asked.ordered(page, order), if order == asked.order { direction } else { "none" })
        });
        Head { words: w.t(key), is_number, sort }
    };
    vec![
        head("path-col-requirement", false, Some(ReceiptOrder::Name)),
        head("readiness-col-weight", true, Some(ReceiptOrder::Weight)),
        head("readiness-col-evidence", false, None),
        head("readiness-col-points", true, None),
        head("readiness-col-missing", true, Some(ReceiptOrder::Missing)),
        head("readiness-col-add", false, Some(ReceiptOrder::Gain)),
    ]
}

pub fn receipts(w: &View, page: &str, asked: &Asked, open: &OpenPath, readiness: &Readiness, words: Option<&PackWords>) -> Receipts {
    let (score, template) = (&readiness.score, &open.template);
    let rows = receipt_rows(template, score, asked.order);
    let shown = if asked.all { rows.len() } else { rows.len().min(FIRST) };
    let table = Table { w, open, readiness, words, standings: open.standings(), by_seq: by_seq(&open.facts) };
    let toggle = match (asked.all, rows.len() > FIRST) {
        (_, false) => None,
        (true, true) => Some((w.t1("readiness-show-first", "count", FIRST), asked.with_all(page, false))),
        (false, true) => Some((w.t1("readiness-show-all", "count", rows.len()), asked.with_all(page, true))),
    };
    let sum = |words: String, rows: &[ReceiptRow<'_>]| {
        let total = |of: fn(&ReceiptRow<'_>) -> u32| w.lang.points_exact(rows.iter().map(of).sum());
        Sum {
            words,
            possible: total(|row| row.claimed.possible),
            points: total(|row| row.claimed.points),
            proven: total(|row| row.proven.points),
            missing: total(|row| row.missing),
        }
    };
    Receipts {
        heads: heads(w, page, asked),
        orders: ReceiptOrder::ALL
            .iter()
            .map(|&order| OrderLink {
                words: w.t(&format!("readiness-order-{order}")),
                link: asked.ordered(page, order),
                on: order == asked.order,
            })
            .collect(),
        rows: rows[..shown].iter().map(|row| table.row(row)).collect(),
        rest: (shown < rows.len()).then(|| sum(w.t1("readiness-more", "count", rows.len() - shown), &rows[shown..])),
        sum: sum(w.t("readiness-sum"), &rows),
        toggle,
    }
}

fn by_seq(facts: &[Entry]) -> BTreeMap<u32, &Entry> {
    facts.iter().map(|entry| (entry.seq, entry)).collect()
}

struct Table<'a> {
    w: &'a View,
    open: &'a OpenPath,
    readiness: &'a Readiness,
    words: Option<&'a PackWords>,
    standings: Vec<RequirementStanding>,
    by_seq: BTreeMap<u32, &'a Entry>,
}

impl Table<'_> {
    fn row(&self, row: &ReceiptRow<'_>) -> Row {
        let (w, open, score) = (self.w, self.open, &self.readiness.score);
        let requirement = &open.template.requirements[row.requirement];
        let standing = &self.standings[row.requirement];
        let numbers = row.claimed.evidence.iter().filter_map(|&evidence| score.claimed_entries.get(evidence as usize));
        let cited: Vec<&Entry> = numbers.filter_map(|seq| self.by_seq.get(seq).copied()).collect();
        let mut evidence: Vec<EvidenceCell> = cited
            .iter()
            .take(2)
            .map(|entry| {
                let kind = w.t(&format!("evidence-{}", entry.kind));
                self.cell(format!("{kind}, {}", w.lang.day_near(entry.day, open.today)), entry.trust)
            })
            .collect();
        evidence.extend(if standing.state == State::Expired { self.expired(row.requirement) } else { None });
        let gain = |points: u32| w.lang.t_with("number-gain", &[("amount", w.lang.points_exact(points).into())]);
        let missing = (row.missing > 0).then(|| gain(row.missing));
        let to_prove = (row.to_prove > 0).then(|| w.t1("readiness-gain-proven", "points", gain(row.to_prove)));
        let why = row.rank.and_then(|rank| score.claimed.next.get(rank)).map_or(&row.claimed.reason, |next| &next.why);
        Row {
            id: requirement.id.clone(),
            name: requirement.name.clone(),
            mark: Mark::new(w, standing),
            possible: w.lang.points_exact(row.claimed.possible),
            more: cited.len().saturating_sub(2),
            evidence,
            points: w.lang.points_exact(row.claimed.points),
            proven: w.lang.points_exact(row.proven.points),
            missing: w.lang.points_exact(row.missing),
            gains: missing.into_iter().chain(to_prove).collect(),
            reason: w.lang.reason(why, self.words),
        }
    }

    fn cell(&self, words: String, trust: Trust) -> EvidenceCell {
        EvidenceCell { words, trust: marks::trust_words(self.w, Some(trust)), blazes: marks::blazes(Some(trust)) }
    }

    /// The certificate that would count, had it not run out.
    fn expired(&self, requirement: usize) -> Option<EvidenceCell> {
        let (w, open) = (self.w, self.open);
        let wanted = open.template.requirements[requirement].subjects();
        let asks = |subject: &domain::subject::Subject| wanted.contains(&open.template.resolve(subject));
        let day = last_days(&open.facts).into_iter().filter(|(subject, _)| asks(subject)).find_map(|(_, last)| last)?;
        let last = open.facts.iter().rev().find(|entry| entry.expires_on == Some(day) && entry.kind == EvidenceKind::Certificate)?;
        let kind = w.t(&format!("evidence-{}", last.kind));
        Some(self.cell(w.t2("readiness-expired", "kind", kind, "day", w.lang.day_near(day, open.today)), last.trust))
    }
}
