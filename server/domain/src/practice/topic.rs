//! What a practised topic is worth: one recall of the whole topic, and the entry that says so.

use crate::ledger::{Entry, EvidenceKind, Held, NewEntry, Payload, Recall, retract, standing};
use crate::points::BasisPoints;
use crate::practice::Memory;
use crate::subject::{Subject, SubjectKind, Trust};
use crate::time::{Day, Instant};

/// The days over which a topic's recall fades as its cards do.
const HORIZON: u32 = 30;

/// The subject of a topic.
pub fn topic_subject(id: &str) -> Subject {
    Subject::new(SubjectKind::Topic, id)
}

/// The recall of a topic on a day, from its cards' memories, none for a card that was never answered; `None` where no card
/// was.
///
/// The share is the mean over all cards of the chance that each is remembered today; a card that was never answered
/// counts as forgotten, a suspended one as what is left of it, so putting cards aside raises nothing. The stability is
/// the one with which the share comes, in 30 days, to the mean that the cards' own curves come to; at least a day.
pub fn recall_of<'a>(cards: impl IntoIterator<Item = Option<&'a Memory>>, today: Day) -> Option<Recall> {
    let (mut count, mut now, mut then) = (0_u64, 0_u64, 0_u64);
    for card in cards {
        count += 1;
        if let Some(memory) = card {
            let days = memory.days_until(today);
            now += memory.left(days);
            then += memory.left(days.saturating_add(HORIZON));
        }
    }
    if now == 0 {
        return None;
    }
    // r = then/now = (1 + 19/81 · 30/S)^(-1/2), solved for S
    let (now_squared, then_squared) = (u128::from(now).pow(2), u128::from(then).pow(2));
    let stability = (then_squared * 19 * u128::from(HORIZON)).checked_div(81 * (now_squared - then_squared)).unwrap_or(u128::MAX);
    Some(Recall {
        share: BasisPoints::clamped(now / (100 * count)),
        stability: u32::try_from(stability.clamp(1, 36_500)).unwrap_or(36_500),
    })
}

/// The entries that make the ledger say `recall` of a topic: a retraction of what it said before and the new entry;
/// nothing where it says so already. So a topic has one standing recall entry, and a worse day shows.
pub fn settle(ledger: &[Entry], topic: &str, recall: Recall, today: Day, now: Instant) -> Vec<NewEntry> {
    let held = vec![Held { subject: topic_subject(topic), step: None }];
    let before: Vec<&Entry> =
        standing(ledger).into_iter().filter(|entry| entry.kind == EvidenceKind::Recall && entry.held == held).collect();
    if let [only] = before.as_slice()
        && (only.day, only.recall) == (today, Some(recall))
    {
        return Vec::new();
    }
    let mut entries: Vec<NewEntry> = before.iter().filter_map(|entry| retract(ledger, entry.seq, today, now, None).ok()).collect();
    entries.push(NewEntry {
        kind: EvidenceKind::Recall,
        trust: Trust::Linked,
        day: today,
        recorded_at: now,
        held,
        expires_on: None,
        retracts: None,
        recall: Some(recall),
        payload: Payload::default(),
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Due, Phase};
    use crate::scoring::faded;

    const TODAY: Day = Day::from_number(20_776);
    const NOW: Instant = Instant::from_micros(1_795_076_047_000_000);

    fn memory(stability: u32, days_ago: i32) -> Memory {
        Memory {
            phase: Phase::Review,
            stability,
            difficulty: 5_000,
            reps: 2,
            lapses: 0,
            reviewed_on: TODAY.plus(-days_ago),
            due: Due::On(TODAY),
        }
    }

    #[test]
    fn a_topic_is_the_mean_of_its_cards_and_unseen_ones_count_as_forgotten() {
        let (fresh, old) = (memory(20_000, 0), memory(20_000, 20));
        let share = |cards: &[Option<&Memory>]| recall_of(cards.iter().copied(), TODAY).map(|recall| recall.share.get());
        assert_eq!(share(&[]), None);
        assert_eq!(share(&[None, None]), None);
        assert_eq!(share(&[Some(&fresh)]), Some(10_000));
        assert_eq!(share(&[Some(&old)]), Some(9_000));
        assert_eq!(share(&[Some(&fresh), Some(&old)]), Some(9_500));
        assert_eq!(share(&[Some(&fresh), None, None, None]), Some(2_500));
    }

    #[test]
    fn a_topic_fades_as_its_cards_do_over_a_month() {
        let (strong, weak) = (memory(100_000, 0), memory(407, 0));
        // one card alone keeps its own stability, but for rounding down
        assert_eq!(recall_of([Some(&strong)], TODAY).unwrap().stability, 99);
        assert_eq!(recall_of([Some(&weak)], TODAY).unwrap().stability, 1, "at least a day");
        let mixed: Vec<Option<&Memory>> = std::iter::repeat_n(Some(&strong), 9).chain([Some(&weak)]).collect();
        let recall = recall_of(mixed.iter().copied(), TODAY).unwrap();
        let cards = (9 * strong.left(30) + weak.left(30)) / 1_000;
        let topic = u64::from(faded(recall, 30));
        assert!(cards.abs_diff(topic) < 100, "{cards} of the cards, {topic} of the topic");
    }

    #[test]
    fn a_topic_has_one_standing_entry_and_the_newest_says_how_it_is() {
        let recall = |share, stability| Recall { share: BasisPoints::clamped(share), stability };
        let mut ledger: Vec<Entry> = Vec::new();
        let write = |ledger: &mut Vec<Entry>, topic: &str, recall: Recall, day: Day| {
            let new = settle(ledger, topic, recall, day, NOW);
            let made = new.len();
            for new in new {
                let seq = ledger.len() as u32 + 1;
                ledger.push(Entry {
                    seq,
                    kind: new.kind,
                    trust: new.trust,
                    day: new.day,
                    recorded_at: new.recorded_at,
                    held: new.held,
                    expires_on: new.expires_on,
                    retracts: new.retracts,
                    recall: new.recall,
                });
            }
            made
        };
        assert_eq!(write(&mut ledger, "caching", recall(8_000, 9), TODAY), 1);
        assert_eq!(write(&mut ledger, "caching", recall(8_000, 9), TODAY), 0, "the same again is nothing");
        assert_eq!(write(&mut ledger, "queues", recall(5_000, 9), TODAY), 1, "another topic stands beside it");
        assert_eq!(write(&mut ledger, "caching", recall(3_000, 2), TODAY.plus(1)), 2);
        let standing: Vec<(u32, u32)> = standing(&ledger).iter().map(|entry| (entry.seq, entry.recall.unwrap().share.get())).collect();
        assert_eq!(standing, [(2, 5_000), (4, 3_000)], "the worse day is what counts");
    }
}
