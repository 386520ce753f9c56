//! The board: learners by areas, filtered and ordered.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::cohort::{Change, Measure, Pace, Why};
use crate::ids::AccountId;
use crate::path::AreaSum;
use crate::subject::words;
use crate::time::{Day, Instant};

/// A learner on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRow {
    pub account: AccountId,
    pub name: String,
    pub mentor: Option<AccountId>,
    pub why: Why,
    /// Claimed and proven readiness in basis points; none without a path.
    pub ready: Option<(u32, u32)>,
    /// In the order of the board's areas; none where the learner's revision lacks the area or it asks nothing.
    pub areas: Vec<Option<Cell>>,
    pub last_active: Option<Day>,
    pub waiting_since: Option<Instant>,
    /// Where it was asked for; none without a path.
    pub change: Option<Change>,
}

/// A learner's share of an area, in per cent, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub claimed: u32,
    pub proven: u32,
}

impl Cell {
    /// None where the area asks nothing at the target.
    pub fn of(sum: &AreaSum) -> Option<Self> {
        let share = |points: u32| (u64::from(points) * 100).checked_div(sum.possible.into()).map(|share| share.min(100) as u32);
        share(sum.claimed).zip(share(sum.proven)).map(|(claimed, proven)| Self { claimed, proven })
    }
}

/// Steps of the heat map, 0 to 4, from per cent.
pub const fn heat(per_cent: u32) -> u32 {
    match per_cent {
        0..20 => 0,
        20..45 => 1,
        45..65 => 2,
        65..85 => 3,
        _ => 4,
    }
}

/// Orders of the board; equal ones go by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoardOrder {
    /// Worst first, and there the least ready; who moved to another cohort comes last.
    #[default]
    Pace,
    /// Most first.
    Readiness,
    Proven,
    /// Longest ago first; who never recorded anything comes before.
    Seen,
    /// Of the readiness in four weeks, by the cohort's measure, least first; who came in since comes last.
    Change,
    Name,
}

words!(BoardOrder { Pace = "pace", Readiness = "readiness", Proven = "proven", Seen = "seen", Change = "change", Name = "name" });

/// Whose learners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mentored {
    #[default]
    All,
    By(AccountId),
    ByNobody,
}

/// What of the board is shown. The default shows everybody, worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// Every word, in any case, is part of the name.
    pub words: String,
    pub pace: Option<Pace>,
    pub mentor: Mentored,
    pub order: BoardOrder,
    /// By which changes are ordered.
    pub measure: Measure,
}

/// The rows that pass the filter, in its order.
pub fn board<'a>(rows: &'a [BoardRow], filter: &BoardFilter) -> Vec<&'a BoardRow> {
    let words: Vec<String> = filter.words.split_whitespace().map(str::to_lowercase).collect();
    let passes = |row: &&BoardRow| {
        let mentor = match filter.mentor {
            Mentored::All => true,
            Mentored::By(mentor) => row.mentor == Some(mentor),
            Mentored::ByNobody => row.mentor.is_none(),
        };
        let name = row.name.to_lowercase();
        mentor && filter.pace.is_none_or(|pace| row.why.is(pace)) && words.iter().all(|word| name.contains(word))
    };
    let mut shown: Vec<&BoardRow> = rows.iter().filter(passes).collect();
    let claimed = |row: &BoardRow| row.ready.map_or(0, |(claimed, _)| claimed);
    shown.sort_by_cached_key(|row| (row.name.to_lowercase(), row.account));
    match filter.order {
        BoardOrder::Pace => shown.sort_by_key(|row| (row.why.pace(), !row.why.is(row.why.pace()), claimed(row))),
        BoardOrder::Readiness => shown.sort_by_key(|row| Reverse(claimed(row))),
        BoardOrder::Proven => shown.sort_by_key(|row| Reverse(row.ready.map_or(0, |(_, proven)| proven))),
        BoardOrder::Seen => shown.sort_by_key(|row| row.last_active),
        BoardOrder::Change => shown.sort_by_key(|row| {
            let change = row.change.as_ref().and_then(Change::ready);
            (change.is_none(), change.map(|change| change.by(filter.measure)))
        }),
        BoardOrder::Name => {}
    }
    shown
}

/// The median of some shares or changes, the lower of two in the middle; none of none.
pub fn median<T: Ord + Copy>(mut shares: Vec<T>) -> Option<T> {
    shares.sort_unstable();
    shares.get(shares.len().checked_sub(1)? / 2).copied()
}

/// Of each pace how many, in the order of [`Pace::ALL`].
pub fn tally(rows: &[BoardRow]) -> Vec<(Pace, usize)> {
    Pace::ALL.iter().map(|&pace| (pace, rows.iter().filter(|row| row.why.is(pace)).count())).collect()
}

/// Rows as CSV (RFC 4180) for spreadsheets: what they would take for a formula gets an apostrophe in front. A number with a
/// minus is none.
pub fn board_csv(head: &[String], rows: &[Vec<String>]) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|text| harmless(text)))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn harmless(text: &str) -> String {
    let starts = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number = text.strip_prefix('-').is_some_and(|size| size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    if starts && !(is_number && text.ends_with(|last: char| last.is_ascii_digit())) { format!("'{text}") } else { text.to_owned() }
}
