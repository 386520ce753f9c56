//! `waymark/recency`: evidence loses weight with age. The formula stands in the pack's README.

use waymark_plugin::{
    Card, Combined, Evidence, FULL, Message, PluginError, ScoreInput, Scorecard, ScoringRule, combined, number, rows, slots,
};

/// The rule.
struct Recency;

waymark_plugin::export_rule!(Recency);

impl ScoringRule for Recency {
    fn score(input: &ScoreInput) -> Result<Scorecard, PluginError> {
        let fading = Fading::of(input)?;
        let rows = rows(input);
        let aged = |index: usize| combined(input, index, &rows[index], |row| fading.worth(row.share, age(input, row)));
        let best: Vec<Combined> = (0..rows.len()).map(aged).collect();
        let shares: Vec<u32> = best.iter().map(|best| best.share).collect();
        let possible = slots(input, &shares);

        let begun: Vec<bool> = best.iter().map(|best| !best.evidence.is_empty()).collect();

        let mut card = Card::new(input);
        for (index, best) in best.into_iter().enumerate() {
            let reason = reason(input, fading, &best, possible[index]);
            card.receipt(index, possible[index], best.share, reason, best.evidence);
        }
        card.actions(|index| {
            let when_shown = combined(input, index, &rows[index], |row| row.share).share;
            Message::new(next(begun[index], when_shown))
        });
        Ok(card.finish())
    }
}

fn reason(input: &ScoreInput, fading: Fading, best: &Combined, possible: u32) -> Message {
    let Some(oldest) = best.evidence.iter().map(|&index| age(input, &input.evidence[index as usize])).max() else {
        return Message::new("recency-nothing");
    };
    match fading.weight(oldest) {
        _ if possible == 0 => Message::new("recency-not-needed"),
        FULL => Message::new("recency-fresh").with("days", oldest),
        weight => Message::new("recency-faded").with("days", oldest).with("kept", weight / 100),
    }
}

/// Why to go on; `when_shown` is the share without age.
fn next(begun: bool, when_shown: u32) -> &'static str {
    match (begun, when_shown) {
        (_, FULL) => "recency-renew",
        (true, _) => "recency-continue",
        (false, _) => "recency-begin",
    }
}

/// Days since the evidence; the future counts as today.
fn age(input: &ScoreInput, row: &Evidence) -> u32 {
    u32::try_from(i64::from(input.today) - i64::from(row.on)).unwrap_or(0)
}

#[derive(Clone, Copy)]
struct Fading {
    half_life: u32,
    floor: u32,
}

impl Fading {
    fn of(input: &ScoreInput) -> Result<Self, PluginError> {
        let setting = |key: &str, default: i64, least: i64, most: i64| {
            let value = number(&input.settings, key).unwrap_or(default);
            match u32::try_from(value) {
                Ok(number) if (least..=most).contains(&value) => Ok(number),
                _ => Err(PluginError::UnsupportedSettings(format!("{key} is {value}, it must be from {least} to {most}"))),
            }
        };
        Ok(Self { half_life: setting("half-life-days", 365, 1, 36_500)?, floor: setting("floor", 2_500, 0, 10_000)? })
    }

    /// What evidence of an age keeps, in basis points.
    fn weight(self, days: u32) -> u32 {
        let halved = |times: u32| FULL.checked_shr(times).unwrap_or(0);
        let (times, rest) = (days / self.half_life, days % self.half_life);
        let (upper, lower) = (halved(times), halved(times.saturating_add(1)));
        let fallen = u64::from(upper - lower) * u64::from(rest) / u64::from(self.half_life);
        (upper - fallen as u32).max(self.floor)
    }

    fn worth(self, share: u32, days: u32) -> u32 {
        (u64::from(share.min(FULL)) * u64::from(self.weight(days)) / u64::from(FULL)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::Fading;

    #[test]
    fn weight_halves_with_each_half_life_and_falls_in_a_line_between() {
        let fading = Fading { half_life: 100, floor: 1_000 };
        for (days, weight) in [(0, 10_000), (1, 9_950), (50, 7_500), (100, 5_000), (150, 3_750), (200, 2_500), (300, 1_250), (400, 1_000)] {
            assert_eq!(fading.weight(days), weight, "after {days} days");
        }
        assert_eq!(Fading { half_life: 1, floor: 0 }.weight(u32::MAX), 0);
    }

    #[test]
    fn older_evidence_never_weighs_more() {
        let fading = Fading { half_life: 37, floor: 0 };
        let weights: Vec<u32> = (0..1_000).map(|days| fading.weight(days)).collect();
        assert!(weights.is_sorted_by(|newer, older| newer >= older));
        assert_eq!(weights.last(), Some(&0));
    }
}
