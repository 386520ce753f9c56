use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::ids::RevisionId;
use crate::ledger::{Entry, EvidenceKind};
use crate::samples::{certificate, claim, entry, maker, today};
use crate::scoring::{DefaultRule, Scope, Score, score};
use crate::subject::Trust;
use crate::time::Day;

fn on(days: i32, entry: Entry) -> Entry {
    Entry { day: today().plus(days), ..entry }
}

fn git(seq: u32, days: i32) -> Entry {
    on(days, claim(seq, &["skill:git@working"]))
}

fn back(seq: u32, retracts: u32) -> Entry {
    Entry { retracts: Some(retracts), ..on(0, entry(seq, EvidenceKind::Retraction, Trust::Claimed, &["skill:git"])) }
}

/// A score that only says its numbers and how it was measured.
fn point(days: i32, claimed: u32, proven: u32) -> ScorePoint {
    ScorePoint {
        day: today().plus(days),
        claimed,
        proven,
        revision: RevisionId(1),
        rule_digest: "r".to_owned(),
        target_level: "maker".to_owned(),
    }
}

fn scored(ledger: &[Entry]) -> Score {
    let none = BTreeSet::new();
    let scope = Scope { template: &maker(), target: 1, chosen: &none, mentored: false, today: today(), settings: &[] };
    score(&DefaultRule, scope, ledger).unwrap()
}

#[test]
fn a_week_is_monday_to_sunday_and_counts_what_stands() {
    // today is a Sunday
    let ledger = [git(1, -7), git(2, -6), git(3, 0), git(4, 0), git(5, -1), back(6, 5), git(7, 1)];
    let minutes = BTreeMap::from([(1, 500), (2, 30), (3, 45), (4, 15), (5, 100), (7, 900)]);
    let shown = week(&ledger, &minutes, today());
    assert_eq!((shown.days[0].day, shown.days[6].day), (today().plus(-6), today()));
    assert_eq!(shown.days.map(|day| day.minutes), [30, 0, 0, 0, 0, 0, 60]);
    assert_eq!(shown.minutes, 90);
    for days in 0..7 {
        assert_eq!(monday_of(today().plus(-days)), today().plus(-6), "{days} days before");
    }
    assert_eq!(monday_of(today().plus(1)), today().plus(1));
    let endless = week(&[git(1, 0), git(2, -1)], &BTreeMap::from([(1, u32::MAX), (2, 9)]), today());
    assert_eq!(endless.minutes, u32::MAX);
}

#[test]
fn a_streak_ends_today_or_yesterday() {
    let table: [(&str, Vec<Entry>, u32); 8] = [
        ("nothing", vec![], 0),
        ("today", vec![git(1, 0)], 1),
        ("yesterday, today is not over", vec![git(1, -1), git(2, -2)], 2),
        ("the day before yesterday", vec![git(1, -2)], 0),
        ("a gap", vec![git(1, 0), git(2, -1), git(3, -3)], 2),
        ("twice a day", vec![git(1, 0), git(2, 0), git(3, -1)], 2),
        ("taken back", vec![git(1, 0), git(2, -1), git(3, -2), back(4, 2)], 1),
        ("a day to come", vec![git(1, 1), git(2, 0)], 1),
    ];
    for (what, ledger, days) in table {
        assert_eq!(streak(&ledger, today()), days, "{what}");
    }
}

#[test]
fn the_week_of_a_cohort_is_counted_from_its_start() {
    let day = |days| today().plus(days);
    let table = [(0, 0, Some((1, 1))), (-6, 98, Some((1, 15))), (-7, 97, Some((2, 15))), (-9, -1, None), (1, 9, None)];
    for (from, to, expected) in table {
        assert_eq!(week_of(day(from), day(to), today()), expected, "{from} to {to}");
    }
}

#[test]
fn a_certificate_ends_unless_a_later_one_holds() {
    let forever = Entry { expires_on: None, ..certificate(2, 0) };
    type Row = (&'static str, Vec<Entry>, Option<(i32, bool)>);
    let table: [Row; 8] = [
        ("today is the last day", vec![certificate(1, 0)], Some((0, false))),
        ("it was yesterday", vec![certificate(1, -1)], Some((-1, true))),
        ("far ahead", vec![certificate(1, 61)], None),
        ("long over", vec![certificate(1, -61)], None),
        ("renewed", vec![certificate(1, -1), certificate(2, 400)], None),
        ("renewed for a little", vec![certificate(1, 50), certificate(2, 20)], Some((50, false))),
        ("renewed for good", vec![certificate(1, -1), forever], None),
        ("taken back", vec![certificate(1, 5), back(2, 1)], None),
    ];
    for (what, ledger, expected) in table {
        let found: Vec<(i32, bool)> =
            ending(&ledger, today()).iter().map(|end| (end.last_day.number() - today().number(), end.is_over)).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{what}");
    }
}

#[test]
fn work_waits_until_somebody_looked_at_it() {
    let kind = |seq, kind, subjects: &[&str]| entry(seq, kind, Trust::Linked, subjects);
    let handed_in = |seq, subjects: &[&str]| kind(seq, EvidenceKind::Submission, subjects);
    let (tests, deployed) = (["criterion:has-tests"], ["criterion:deployed"]);
    let both = ["criterion:deployed", "criterion:has-tests"];
    let table: [(&str, Vec<Entry>, &[u32]); 6] = [
        ("nobody yet", vec![handed_in(1, &tests)], &[1]),
        ("reviewed", vec![handed_in(1, &tests), kind(2, EvidenceKind::Review, &tests)], &[]),
        ("something else was seen", vec![handed_in(1, &tests), kind(2, EvidenceKind::Assessment, &deployed)], &[1]),
        ("seen before", vec![kind(1, EvidenceKind::Assessment, &tests), handed_in(2, &tests)], &[2]),
        ("handed in anew", vec![handed_in(1, &tests), handed_in(2, &both)], &[2]),
        ("a claim is no submission", vec![claim(1, &tests)], &[]),
    ];
    for (what, ledger, expected) in table {
        assert_eq!(waiting(&ledger).iter().map(|entry| entry.seq).collect::<Vec<_>>(), expected, "{what}");
    }
    let said = [on(-8, kind(1, EvidenceKind::Review, &tests)), on(-7, kind(2, EvidenceKind::Review, &tests)), git(3, 0)];
    let said = [said.to_vec(), vec![on(-1, kind(4, EvidenceKind::Assessment, &deployed))]].concat();
    assert_eq!(answered(&said, today().plus(-7)).iter().map(|entry| entry.seq).collect::<Vec<_>>(), [4, 2]);
}

#[test]
fn a_change_of_measure_is_an_event_even_when_no_number_moved() {
    let points = [
        point(-9, 100, 50),
        ScorePoint { target_level: "senior".to_owned(), ..point(-5, 80, 40) },
        ScorePoint { target_level: "senior".to_owned(), revision: RevisionId(2), rule_digest: "s".to_owned(), ..point(-4, 80, 40) },
    ];
    let found = events(&points, &[], &maker());
    let day = |days| today().plus(days);
    let target = EventKind::Target { level: "senior".to_owned() };
    assert_eq!(found[0], Event { day: day(-5), kind: target, at: 80, since: day(-9), claimed: -20, proven: -10 });
    assert_eq!(found[1].kind, EventKind::Revision { revision: RevisionId(2) });
    assert_eq!((found[2].kind.clone(), found[2].claimed), (EventKind::Rule, 0));
    assert_eq!(found.len(), 3);
    assert_eq!(events(&points[..1], &[], &maker()), []);
}

#[test]
fn what_lapsed_or_was_reviewed_is_an_event_where_it_moved_a_number_of_this_role() {
    let assessed = |seq, days, subjects: &[&str]| on(days, entry(seq, EvidenceKind::Assessment, Trust::Mentor, subjects));
    let seen = ["criterion:has-tests", "skill:git@working"];
    let up = [point(-10, 100, 50), point(-6, 100, 90), point(-3, 100, 90)];
    let down = [point(-10, 900, 500), point(-6, 700, 300), point(-3, 700, 300)];
    type Row = (&'static str, Vec<Entry>, Vec<ScorePoint>, Vec<(i32, u32)>);
    let table: [Row; 8] = [
        ("a certificate held until eight days ago", vec![certificate(1, -8)], down.to_vec(), vec![(-7, 700)]),
        ("it was renewed", vec![certificate(1, -8), certificate(2, 90)], down.to_vec(), vec![]),
        ("nothing moved after it", vec![certificate(1, -5)], down.to_vec(), vec![]),
        ("before the first score", vec![certificate(1, -11)], down.to_vec(), vec![]),
        ("after the last score", vec![certificate(1, -2)], down.to_vec(), vec![]),
        ("a mentor saw two things", vec![assessed(1, -7, &seen)], up.to_vec(), vec![(-7, 100)]),
        ("of another role", vec![assessed(1, -7, &["topic:elsewhere"])], up.to_vec(), vec![]),
        ("twice between two scores is one event", vec![assessed(1, -9, &seen), assessed(2, -7, &seen)], up.to_vec(), vec![(-7, 100)]),
    ];
    for (what, ledger, points, expected) in table {
        let found = events(&points, &ledger, &maker());
        let found: Vec<(i32, u32)> = found.iter().map(|event| (event.day.number() - today().number(), event.at)).collect();
        assert_eq!(found, expected, "{what}");
    }
    let reviewed = events(&up, &[assessed(1, -7, &seen)], &maker());
    assert_eq!(reviewed[0].kind, EventKind::Reviewed { first: "criterion:has-tests".parse().unwrap(), more: 1 });
}

#[test]
fn a_picture_marks_a_handful_of_events_those_that_moved_most() {
    let points: Vec<ScorePoint> = (0..10).map(|i| point(-20 + i, 100 * (i * i) as u32, 0)).collect();
    let ledger: Vec<Entry> =
        (1..10).map(|i| on(-20 + i, entry(i as u32, EvidenceKind::Review, Trust::Peer, &["criterion:deployed"]))).collect();
    let found = events(&points, &ledger, &maker());
    assert_eq!(found.len(), MOST_EVENTS);
    let days: Vec<i32> = found.iter().map(|event| event.day.number() - today().number()).collect();
    assert_eq!(days, [-15, -14, -13, -12, -11], "the largest steps come last, and are shown oldest first");
}

fn forecast_of(ledger: &[Entry], history: &[ScorePoint], hours_week: u32, target: Option<i32>, goal: u32) -> Forecast {
    let (template, score) = (maker(), scored(ledger));
    let target_day = target.map(|days| today().plus(days));
    forecast(&ForecastFacts { template: &template, score: &score, history, today: today(), target_day, hours_week, goal })
}

#[test]
fn at_the_stated_pace_next_actions_come_first_and_hours_are_spread_over_the_week() {
    let shown = forecast_of(&[], &[], 10, Some(133), WHOLE).stated;
    let steps: Vec<(i32, u32)> = shown.steps.iter().map(|(day, points)| (day.number() - today().number(), *points)).collect();
    // git 10 h, go 80 h, the certificate 60 h, and the service of 40 h, which waits for git
    assert_eq!(steps, [(0, 0), (7, 2_000), (63, 6_000), (105, 8_000), (133, 10_000)]);
    assert_eq!((shown.minutes, shown.day, shown.holds), (11_400, Some(today().plus(133)), Some(true)));
    // three quarters of a service are left out of its 40 h, and nothing of the certificate that holds
    let some = [claim(1, &["skill:git@independent", "skill:go@working", "criterion:has-tests"]), certificate(2, 9)];
    assert_eq!(forecast_of(&some, &[], 10, None, WHOLE).stated.minutes, 600);

    let table = [
        (10, WHOLE, Some(132), Some(133), Some(false)),
        (10, 2_000, Some(0), Some(7), Some(false)),
        (10, 2_001, Some(70), Some(63), Some(true)),
        (80, WHOLE, None, Some(17), None),
        // 190 hours at one an week are 1 330 days
        (1, WHOLE, None, Some(1_330), None),
    ];
    for (hours, goal, target, days, holds) in table {
        let stated = forecast_of(&[], &[], hours, target, goal).stated;
        assert_eq!((stated.day, stated.holds), (days.map(|days| today().plus(days)), holds), "{hours} h to {goal}");
    }
    let reached = forecast_of(&some, &[], 10, Some(-3), 5_000).stated;
    assert_eq!((reached.minutes, reached.day, reached.holds), (0, Some(today()), Some(false)));
}

/// A score every seven days, the last one today's: these gains, oldest first, lead to `now`.
fn weeks(now: u32, gains: &[i64]) -> Vec<ScorePoint> {
    let mut value = i64::from(now);
    let mut points = vec![point(0, now, now)];
    for (gain, week) in gains.iter().rev().zip(1..) {
        value -= gain;
        points.push(point(-7 * week, value as u32, value as u32));
    }
    points.reverse();
    points
}

#[test]
fn the_real_pace_is_the_median_week_between_its_quartiles() {
    // git 2 000 claimed, nothing proven
    let ledger = [claim(1, &["skill:git@independent"])];
    let real = |history: &[ScorePoint], target| forecast_of(&ledger, history, 6, target, WHOLE).claimed;
    let found = real(&weeks(2_000, &[500, 100, 300, 200, 400]), Some(185)).unwrap();
    assert_eq!((found.weeks, found.low, found.median, found.high, found.now), (5, 200, 300, 400, 2_000));
    // 8 000 missing: 40, 26 2/3 and 20 weeks
    let days = |days: i32| Some(today().plus(days));
    assert_eq!((found.latest, found.day, found.earliest), (days(280), days(187), days(140)));
    assert_eq!(found.holds, Some(Holds::Hardly));
    assert_eq!((found.after(70, found.median), found.after(7_000, 300), found.after(70, -900)), (5_000, WHOLE, 0));

    let four = real(&weeks(2_000, &[0, 100, 200, 400]), None).unwrap();
    assert_eq!((four.low, four.median, four.high, four.holds), (75, 150, 250, None));
    let slow = real(&weeks(2_000, &[-100, -50, 100, 100, 100]), None).unwrap();
    assert_eq!((slow.low, slow.median, slow.latest), (-50, 100, None));

    let steady = weeks(2_000, &[200, 200, 200]);
    for (target, holds) in [(280, Holds::Surely), (279, Holds::No)] {
        assert_eq!(real(&steady, Some(target)).unwrap().holds, Some(holds), "{target}");
    }
    assert_eq!(real(&weeks(2_000, &[500, 100, 300, 200, 400]), Some(187)).unwrap().holds, Some(Holds::Likely));
    assert_eq!(real(&weeks(2_000, &[100; 15]), None).unwrap().weeks, MOST_WEEKS);
}

#[test]
fn what_cannot_be_said_is_not_said() {
    let ledger = [claim(1, &["skill:git@independent"])];
    let claimed = |history: &[ScorePoint]| forecast_of(&ledger, history, 6, None, WHOLE).claimed;
    assert_eq!(claimed(&[]), Err(CannotSay::TooYoung { weeks: 0 }));
    assert_eq!(claimed(&weeks(2_000, &[900, 900])), Err(CannotSay::TooYoung { weeks: 2 }));
    assert_eq!(claimed(&weeks(2_000, &[0, 0, 900, 0])), Err(CannotSay::NoGain { weeks: 4 }));
    // a point a week: ten years are not enough
    assert_eq!(claimed(&weeks(2_000, &[1, 1, 1])).unwrap().day, None);
    // numbers of another target do not compare
    let mut moved = weeks(2_000, &[100, 100, 100, 100]);
    moved[1].target_level = "senior".to_owned();
    assert_eq!(claimed(&moved), Err(CannotSay::TooYoung { weeks: 2 }));
    // claims prove nothing
    assert_eq!(forecast_of(&ledger, &weeks(0, &[0; 4]), 6, None, WHOLE).proven, Err(CannotSay::NoGain { weeks: 4 }));
    assert_eq!(forecast_of(&ledger, &[], 6, None, 2_000).claimed, Err(CannotSay::Reached));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn one_more_entry_never_shortens_a_streak_nor_a_week(days in prop::collection::vec(-20_i32..3, 0..30), more in -20_i32..3, spent in 0_u32..900) {
        let ledger: Vec<Entry> = days.iter().zip(1..).map(|(&days, seq)| git(seq, days)).collect();
        let minutes: BTreeMap<u32, u32> = (1..=ledger.len() as u32 + 1).map(|seq| (seq, spent)).collect();
        let mut longer = ledger.clone();
        longer.push(git(ledger.len() as u32 + 1, more));
        prop_assert!(streak(&longer, today()) >= streak(&ledger, today()));
        let (before, after) = (week(&ledger, &minutes, today()), week(&longer, &minutes, today()));
        prop_assert!(after.minutes >= before.minutes);
        prop_assert_eq!(after.minutes, after.days.iter().map(|day| day.minutes).sum::<u32>());
        let mut turned = longer.clone();
        turned.reverse();
        prop_assert_eq!(streak(&turned, today()), streak(&longer, today()));
        let distinct: BTreeSet<Day> = longer.iter().map(|entry| entry.day).collect();
        prop_assert!(streak(&longer, today()) as usize <= distinct.len());
    }

    #[test]
    fn better_weeks_arrive_first_and_more_hours_are_never_later(gains in prop::collection::vec(-300_i64..600, 3..14), hours in 1_u32..80) {
        let ledger = [claim(1, &["skill:git@independent"])];
        let lowest = gains.iter().rev().scan(8_000_i64, |value, gain| { *value -= gain; Some(*value) }).min().unwrap_or(0);
        prop_assume!(lowest >= 0);
        let shown = forecast_of(&ledger, &weeks(8_000, &gains), hours, Some(200), WHOLE);
        if let Ok(real) = shown.claimed {
            prop_assert!(real.low <= real.median && real.median <= real.high && real.median > 0);
            let late = |day: Option<Day>| day.map_or(i32::MAX, Day::number);
            prop_assert!(late(real.earliest) <= late(real.day) && late(real.day) <= late(real.latest));
            if let Some(day) = real.day {
                let days = day.number() - today().number();
                prop_assert!(real.after(days, real.median) == WHOLE && real.after(days - 1, real.median) < WHOLE);
            }
        }
        let more = forecast_of(&ledger, &[], hours + 1, None, WHOLE).stated;
        prop_assert!(more.day <= shown.stated.day);
        prop_assert!(shown.stated.steps.is_sorted());
        prop_assert_eq!(shown.stated.steps.last().map(|step| step.1), Some(WHOLE));
    }
}
