//! A guest that misbehaves as the setting `mode` says. `good` keeps to everything.

use std::hint::black_box;

use waymark_plugin::{
    Card, Combined, FULL, Message, NextAction, PluginError, ScoreInput, Scorecard, ScoringRule, Severity, combined, log, rows, text,
};

struct Hostile;

waymark_plugin::export_rule!(Hostile);

impl ScoringRule for Hostile {
    fn score(input: &ScoreInput) -> Result<Scorecard, PluginError> {
        let mut card = good(input);
        match text(&input.settings, "mode").unwrap_or("good") {
            "good" => log(Severity::Info, "judged"),
            "endless loop" => endless(),
            "memory bomb" => bomb(),
            "panic" => return Err(panics(input)),
            "declared" => return Err(PluginError::Internal("out of ideas".to_owned())),
            "settings" => return Err(PluginError::UnsupportedSettings("no such mode".to_owned())),
            "log flood" => flood(),
            "many lines" => (0..100).for_each(|line| log(Severity::Warn, &format!("line {line}\u{202e}\n"))),
            "huge answer" => card.receipts[0].reason.id = "x".repeat(3 << 20),
            "long string" => card.receipts[0].reason.id = "x".repeat(2_049),
            "large answer" => card.next = (0..200).map(|_| action("x".repeat(2_000))).collect(),
            "unknown message" => card.receipts[0].reason.id = "nowhere".to_owned(),
            "no sum" => card.readiness += 1,
            "above all" => card.readiness = FULL + 1,
            "above possible" => card.receipts[0].points = card.receipts[0].possible + 1,
            "evidence from nowhere" => card.receipts[0].evidence.push(9_999),
            "missing receipt" => drop(card.receipts.pop()),
            "receipt twice" => card.receipts.push(card.receipts[0].clone()),
            "receipts without end" => card.receipts = vec![card.receipts[0].clone(); 6_500],
            "actions without end" => card.next = (0..21).map(|_| action("counted".to_owned())).collect(),
            "punishes diligence" if input.evidence.len() > 3 => card = nothing(input),
            "counts order" => card = by_order(input),
            _ => {}
        }
        Ok(card)
    }
}

/// A card like the default rule's.
fn good(input: &ScoreInput) -> Scorecard {
    card(input, |best| best.share)
}

fn nothing(input: &ScoreInput) -> Scorecard {
    card(input, |_| 0)
}

/// Gives more when the first row is not the best.
fn by_order(input: &ScoreInput) -> Scorecard {
    let odd = input.evidence.first().is_some_and(|row| row.share < FULL);
    card(input, |best| if odd { best.share } else { best.share / 2 })
}

fn card(input: &ScoreInput, share: impl Fn(&Combined) -> u32) -> Scorecard {
    let mut card = Card::new(input);
    for (index, rows) in rows(input).iter().enumerate() {
        let best = combined(input, index, rows, |row| row.share);
        card.receipt(index, input.requirements[index].possible, share(&best), Message::new("counted"), best.evidence);
    }
    card.finish()
}

fn action(id: String) -> NextAction {
    NextAction { requirement: 0, gain: 0, why: Message { id, arguments: Vec::new() } }
}

fn endless() {
    let mut turn = 0_u64;
    while black_box(turn) != u64::MAX {
        turn = black_box(turn.wrapping_add(2)) & !1;
    }
}

fn bomb() {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(vec![1_u8; 1 << 20]));
    }
}

fn flood() {
    loop {
        log(Severity::Debug, "again");
    }
}

#[allow(clippy::panic, reason = "to see how the host reports it")]
fn panics(input: &ScoreInput) -> PluginError {
    if input.today > i32::MIN {
        panic!("broken on purpose");
    }
    PluginError::Internal(String::new())
}
