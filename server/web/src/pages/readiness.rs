//! Readiness: both numbers, areas, every receipt, history, and how the card was made.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use domain::ids::PublicId;
use domain::ledger::Entry;
use domain::path::areas;
use domain::scoring::{Receipt, RuleFailure};
use words::PackWords;

use crate::caller::SignedIn;
use crate::errors::Error;
use crate::pages::marks::{self, Mark, width_of};
use crate::services::paths::{self, OpenPath, level_name};
use crate::services::readiness::{self, Origin, Readiness};
use crate::state::Shared;
use crate::view::{View, page};

#[derive(Template)]
#[template(path = "readiness.html")]
struct ReadinessPage {
    w: View,
    path: PublicId,
    eyebrow: String,
    title: String,
    notice: Option<Notice>,
    areas: Vec<AreaRow>,
    history: Option<History>,
    made: Made,
    also: Vec<Also>,
    receipts: Vec<ReceiptRow>,
    sum: SumRow,
}

/// Why it is not the rule's own card of today.
pub struct Notice {
    pub what: String,
    pub why: String,
}

struct AreaRow {
    id: String,
    name: String,
    /// Pixels.
    height: u32,
    claimed_width: String,
    proven_width: String,
    claimed: String,
    proven: String,
    possible: String,
}

struct History {
    since: String,
    label: String,
    /// Points of an SVG polyline in a square of 100.
    claimed_line: String,
    proven_line: String,
    proven_area: String,
    claimed_words: String,
    proven_words: String,
    claimed_y: u32,
    proven_y: u32,
    months: Vec<(String, String)>,
}

struct Made {
    rule: String,
    template: String,
    input: String,
    card: String,
    fuel: Option<u64>,
}

struct Also {
    name: String,
    points: String,
    width: String,
}

struct ReceiptRow {
    id: String,
    name: String,
    mark: Mark,
    possible: String,
    evidence: Vec<EvidenceCell>,
    more: usize,
    points: String,
    proven: String,
    missing: String,
    gain: Option<String>,
    reason: String,
}

struct EvidenceCell {
    kind: String,
    day: String,
    trust: String,
    blazes: u8,
}

struct SumRow {
    possible: String,
    points: String,
    proven: String,
    missing: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: SignedIn, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let id = path.parse().map_err(|_| Error::NotThere("path"))?;
    let open = paths::open(&state, &who, id).await?;
    let readiness = readiness::of(&state, &open).await?;
    let from = open.path.started_on.plus(-366);
    let history = readiness::history(&state, &open, from).await?;
    let also = readiness::elsewhere(&state, &open, &[open.template.id().to_owned()]).await?;
    let pack_words = readiness::words_of(&state, &readiness.score.rule).await?;
    let w = View::new(&state, &request, Some(who.0.clone()), "readiness");
    page(&filled(w, &open, &readiness, &history, also, pack_words.as_deref()))
}

/// The navigation's entry: the oldest path's readiness, or the start of one.
pub async fn mine(state: Shared, who: SignedIn) -> Result<HttpResponse, Error> {
    super::path::to_first(&state, &who, "readiness").await
}

/// What a page says when the card is not the rule's own of today.
pub fn notice(w: &View, open: &OpenPath, origin: &Origin) -> Option<Notice> {
    let rule = String::from(open.path.rule.clone());
    // A rule that is away has not failed, and somebody has to bring it back.
    let why = |failure: &RuleFailure, key: &str| match failure.code.as_str() {
        "plugin_missing" => w.t1("readiness-rule-missing", "rule", &rule),
        code => w.t2(key, "rule", &rule, "code", code),
    };
    match origin {
        Origin::Current => None,
        Origin::Stale { day, failure } => {
            Some(Notice { what: w.t1("readiness-stale", "day", w.lang.day_long(*day)), why: why(failure, "readiness-stale-why") })
        }
        Origin::StandIn { failure } => Some(Notice { what: w.t("readiness-stand-in"), why: why(failure, "readiness-stand-in-why") }),
    }
}

fn filled(
    w: View,
    open: &OpenPath,
    readiness: &Readiness,
    history: &[(domain::time::Day, u32, u32)],
    also: Vec<(String, String, u32)>,
    words: Option<&PackWords>,
) -> ReadinessPage {
    let (score, template) = (&readiness.score, &open.template);
    let areas = areas(template, score)
        .into_iter()
        .filter(|area| area.possible > 0)
        .map(|area| AreaRow {
            id: template.groups[area.group].id.clone(),
            name: template.groups[area.group].name.clone(),
            height: (460 * area.possible / 10_000).max(20),
            claimed_width: width_of(area.claimed, area.possible),
            proven_width: width_of(area.proven, area.possible),
            claimed: w.lang.points(area.claimed),
            proven: w.lang.points(area.proven),
            possible: w.lang.points(area.possible),
        })
        .collect();
    let (claimed, proven) = (score.claimed.readiness, score.proven.readiness);
    ReadinessPage {
        path: open.path.public_id,
        eyebrow: w.t2(
            "readiness-eyebrow",
            "goal",
            w.lang.goal(&template.document.name, &level_name(template, &open.path.target_level)),
            "day",
            w.lang.day(score.today),
        ),
        title: w.t2("readiness-title", "claimed", claimed / 100, "proven", proven / 100),
        notice: notice(&w, open, &readiness.origin),
        areas,
        history: line(&w, history),
        made: Made {
            rule: score.rule.name.clone(),
            template: format!("{} {}", template.id(), template.version()),
            input: short(&score.input_hash),
            card: short(&score.card_hash),
            fuel: score.fuel,
        },
        also: also.into_iter().map(|(_, name, points)| Also { name, points: w.lang.points(points), width: marks::width(points) }).collect(),
        receipts: receipts(&w, open, readiness, words),
        sum: SumRow {
            possible: w.lang.points_exact(10_000),
            points: w.lang.points_exact(claimed),
            proven: w.lang.points_exact(proven),
            missing: w.lang.points_exact(10_000 - claimed),
        },
        w,
    }
}

fn short(hash: &str) -> String {
    if hash.len() > 12 { format!("{}…{}", &hash[..4], &hash[hash.len() - 4..]) } else { hash.to_owned() }
}

/// Receipts in the order of what would add most: first as the rule's next actions say, then by what is missing.
fn receipts(w: &View, open: &OpenPath, readiness: &Readiness, words: Option<&PackWords>) -> Vec<ReceiptRow> {
    let (score, template) = (&readiness.score, &open.template);
    let standings = open.standings();
    let by_seq: BTreeMap<u32, &Entry> = open.facts.iter().map(|entry| (entry.seq, entry)).collect();
    let proven: BTreeMap<u32, u32> = score.proven.receipts.iter().map(|receipt| (receipt.requirement, receipt.points)).collect();
    let rank = |receipt: &Receipt| score.claimed.next.iter().position(|next| next.requirement == receipt.requirement).unwrap_or(usize::MAX);
    let mut ordered: Vec<&Receipt> = score.claimed.receipts.iter().filter(|receipt| receipt.possible > 0 || receipt.points > 0).collect();
    ordered.sort_by_key(|receipt| (rank(receipt), std::cmp::Reverse(receipt.possible - receipt.points), receipt.requirement));
    ordered
        .into_iter()
        .filter_map(|receipt| {
            let id = score.requirements.get(receipt.requirement as usize)?;
            let index = template.requirement(id)?;
            let cited: Vec<&Entry> = receipt
                .evidence
                .iter()
                .filter_map(|&row| score.claimed_entries.get(row as usize))
                .filter_map(|seq| by_seq.get(seq).copied())
                .collect();
            let missing = receipt.possible - receipt.points;
            Some(ReceiptRow {
                id: id.clone(),
                name: template.requirements[index].name.clone(),
                mark: Mark::new(w, &standings[index]),
                possible: w.lang.points_exact(receipt.possible),
                more: cited.len().saturating_sub(2),
                evidence: cited
                    .iter()
                    .take(2)
                    .map(|entry| EvidenceCell {
                        kind: w.t(&format!("evidence-{}", entry.kind)),
                        day: w.lang.day_near(entry.day, open.today),
                        trust: marks::trust_words(w, Some(entry.trust)),
                        blazes: marks::blazes(Some(entry.trust)),
                    })
                    .collect(),
                points: w.lang.points_exact(receipt.points),
                proven: w.lang.points_exact(proven.get(&receipt.requirement).copied().unwrap_or(0)),
                missing: w.lang.points_exact(missing),
                gain: (missing > 0).then(|| format!("+{}", w.lang.points_exact(missing))),
                reason: w.lang.reason(score.claimed.next.get(rank(receipt)).map_or(&receipt.reason, |next| &next.why), words),
            })
        })
        .collect()
}

/// Where the line ends, in hundredths of a per cent of the picture's width.
const TODAY: i32 = 7_000;

/// The history as a line; none before there are two days.
fn line(w: &View, history: &[(domain::time::Day, u32, u32)]) -> Option<History> {
    let ((first, first_claimed, first_proven), (last, claimed, proven)) = (*history.first()?, *history.last()?);
    let days = last.number() - first.number();
    if days < 1 {
        return None;
    }
    // Hundredths of the picture's width and height; today stands at 70 of 100, so that the words have room on a phone, too.
    let x = |day: domain::time::Day| (day.number() - first.number()) * TODAY / days;
    let point = |day, share: u32| format!("{}.{:02},{}.{:02}", x(day) / 100, x(day) % 100, (10_000 - share) / 100, (10_000 - share) % 100);
    let line = |pick: fn(&(domain::time::Day, u32, u32)) -> u32| {
        history.iter().map(|entry| point(entry.0, pick(entry))).collect::<Vec<_>>().join(" ")
    };
    let (claimed_line, proven_line) = (line(|entry| entry.1), line(|entry| entry.2));
    let mut months = Vec::new();
    let mut seen = 0;
    for day in first.number()..=last.number() {
        let day = domain::time::Day::from_number(day);
        let date = day.date();
        if date.day() == 1 || day == first {
            let at = x(day);
            if months.is_empty() || at - seen > 1_200 {
                months.push((format!("{}.{:02}%", at / 100, at % 100), w.lang.month(date.month())));
                seen = at;
            }
        }
    }
    // Words keep 15 pixels apart.
    let y = |share: u32| 10 + 210 * (10_000 - share) / 10_000;
    let (claimed_y, mut proven_y) = (y(claimed), y(proven));
    if proven_y < claimed_y + 15 {
        proven_y = claimed_y + 15;
    }
    Some(History {
        since: w.lang.day_near(first, last),
        label: w.lang.t_with(
            "readiness-history-label",
            &[
                ("from", words::Arg::from(w.lang.day_near(first, last).as_str())),
                ("to", words::Arg::from(w.lang.day_near(last, last).as_str())),
                ("claimedFrom", words::Arg::Number(i64::from(first_claimed / 100))),
                ("claimed", words::Arg::Number(i64::from(claimed / 100))),
                ("provenFrom", words::Arg::Number(i64::from(first_proven / 100))),
                ("proven", words::Arg::Number(i64::from(proven / 100))),
            ],
        ),
        proven_area: format!("M{}L{},100L0,100z", proven_line.replace(' ', "L"), TODAY / 100),
        claimed_line,
        proven_line,
        claimed_words: w.t1("readiness-line-claimed", "points", claimed / 100),
        proven_words: w.t1("readiness-line-proven", "points", proven / 100),
        claimed_y,
        proven_y,
        months,
    })
}
