use proptest::prelude::*;

use super::*;
use crate::cohort::{BoardRow, median};
use crate::cohort::{Holiday, Weekdays, tally};
use crate::ids::{AccountId, CohortId};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    Instant::try_from(text.to_owned()).unwrap()
}

/// Monday 7 September to Friday 2 October 2026: four weeks, the last one cut.
fn calendar() -> Calendar {
    Calendar::new(day("2026-09-07"), day("2026-10-02"), Weekdays::WORKING, &[])
}

fn lisbon() -> Zone {
    Zone::parse("Europe/Lisbon").unwrap()
}

fn span(state: MemberState, first: &str) -> Span {
    Span::new(state, day(first))
}

fn wrote(when: &str) -> Wrote {
    let at = at(when);
    Wrote { at, day: at.day_in(&lisbon()) }
}

fn review(asked: &str, answered: &[(&str, Option<&str>)]) -> AskedReview {
    let answers = answered.iter().map(|(answered, undone)| (at(answered), undone.map(at))).collect();
    AskedReview { asked_at: at(asked), withdrawn_at: None, answers }
}

fn rows(now: &str, learners: &[Past]) -> Vec<ReportRow> {
    let (calendar, zone, set_up, plan) = (calendar(), lisbon(), set_up(), Curve::default());
    let mut moments = weeks_over(&calendar, &zone, at(now));
    moments.push(moment_now(&calendar, &zone, at(now)));
    report(Measured { calendar: &calendar, set_up: &set_up, plan: &plan, zone: &zone }, &moments, learners)
}

fn set_up() -> SetUp {
    SetUp { silent_after: Some(5), ..SetUp::default() }
}

#[test]
fn weeks_are_over_at_midnight_of_the_cohorts_zone() {
    let over = |now: &str| weeks_over(&calendar(), &lisbon(), at(now)).iter().map(|moment| moment.week).collect::<Vec<_>>();
    // Midnight in Lisbon is 23:00 UTC until the clocks go back.
    assert_eq!(over("2026-09-13T22:59:59Z"), Vec::<u32>::new());
    assert_eq!(over("2026-09-13T23:00:00Z"), [1]);
    assert_eq!(over("2026-10-02T22:00:00Z"), [1, 2, 3]);
    assert_eq!(over("2027-01-01T00:00:00Z"), [1, 2, 3, 4]);
    let last = weeks_over(&calendar(), &lisbon(), at("2027-01-01T00:00:00Z"))[3];
    assert_eq!((last.first, last.through), (day("2026-09-28"), day("2026-10-02")));
    let now = moment_now(&calendar(), &lisbon(), at("2026-09-16T08:00:00Z"));
    assert_eq!((now.week, now.first, now.through), (2, day("2026-09-14"), day("2026-09-15")));
}

#[test]
fn quartiles_are_values_that_somebody_has() {
    type Case<'a> = (&'a [u32], Option<(u32, u32, u32, u32, u32)>);
    let table: &[Case<'_>] = &[
        (&[], None),
        (&[7], Some((7, 7, 7, 7, 7))),
        (&[9, 1], Some((1, 1, 1, 9, 9))),
        (&[4, 2, 1, 3], Some((1, 1, 2, 3, 4))),
        (&[5, 4, 3, 2, 1], Some((1, 2, 3, 4, 5))),
        (&[10, 20, 30, 40, 50, 60, 70, 80], Some((10, 20, 40, 60, 80))),
    ];
    for (values, expected) in table {
        let spread = Spread::of(values.to_vec()).map(|of| (of.lowest, of.lower, of.median, of.upper, of.highest));
        assert_eq!(spread, *expected, "{values:?}");
        assert_eq!(spread.map(|spread| spread.2), median(values.to_vec()), "the board's median");
    }
}

#[test]
fn a_week_is_told_by_what_was_written_until_its_end() {
    use MemberState::{Active, Dropped, Paused};
    let ready = |values: [u32; 3]| values.iter().map(|&claimed| Some((claimed, claimed / 2))).collect::<Vec<_>>();
    let steady = Past {
        ready: ready([1_000, 2_000, 2_500]),
        // the second time at a quarter past midnight on Monday, when the first week is over
        wrote: vec![wrote("2026-09-10T08:00:00Z"), wrote("2026-09-13T23:15:00Z")],
        reviews: vec![review("2026-09-09T08:00:00Z", &[("2026-09-15T08:00:00Z", None)])],
        ..Past::default()
    };
    let left = Past {
        spans: vec![span(Active, "2026-09-07"), span(Dropped, "2026-09-15")],
        ready: ready([4_000, 4_000, 4_000]),
        reviews: vec![review("2026-09-08T08:00:00Z", &[])],
        ..Past::default()
    };
    let late = Past {
        spans: vec![span(Active, "2026-09-14"), span(Paused, "2026-09-22")],
        ready: ready([0, 300, 300]),
        reviews: vec![review("2026-09-14T08:00:00Z", &[("2026-09-17T08:00:00Z", Some("2026-09-22T08:00:00Z"))])],
        ..Past::default()
    };
    let all = rows("2026-09-23T12:00:00Z", &[steady, left, late]);
    assert_eq!(all.iter().map(|row| row.moment.week).collect::<Vec<_>>(), [1, 2, 3]);
    let states = |row: &ReportRow| MemberState::ALL.iter().map(|&state| row.of_state(state)).collect::<Vec<_>>();
    assert_eq!(all.iter().map(states).collect::<Vec<_>>(), [[2, 0, 0, 0], [2, 0, 1, 0], [1, 1, 1, 0]]);
    let medians = all.iter().map(|row| row.claimed.map(|spread| (spread.lowest, spread.median, spread.highest)));
    assert_eq!(medians.collect::<Vec<_>>(), [Some((1_000, 1_000, 4_000)), Some((300, 300, 2_000)), Some((2_500, 2_500, 2_500))]);
    assert_eq!(all.iter().map(|row| row.recorded).collect::<Vec<_>>(), [1, 1, 0]);
    let reviews = all.iter().map(|row| (row.answered, row.waited, row.open));
    assert_eq!(reviews.collect::<Vec<_>>(), [(0, None, 2), (2, Some(3), 0), (0, None, 1)], "an answer taken back waits again, later only");
    assert_eq!((all[2].answered_so_far, all[2].waited_so_far), (1, Some(6)));
    assert_eq!(all[2].of_pace(Pace::Resting), 2);
}

#[test]
fn who_moves_takes_later_reviews_along_and_is_counted_there_only() {
    use MemberState::{Active, Dropped};
    let moves = Span { moved_to: Some(CohortId(2)), ..span(Dropped, "2026-09-16") };
    let reviews = vec![
        review("2026-09-08T08:00:00Z", &[("2026-09-10T08:00:00Z", None)]),
        review("2026-09-14T08:00:00Z", &[("2026-09-17T08:00:00Z", None)]),
    ];
    let left = Past { spans: vec![span(Active, "2026-09-07"), moves], ready: vec![None; 6], reviews: reviews.clone(), ..Past::default() };
    let came = Past { spans: vec![span(Active, "2026-09-16")], ready: vec![None; 6], reviews, ..Past::default() };
    let told = |past: Past| {
        let all = rows("2026-09-23T12:00:00Z", &[past]);
        all.iter().map(|row| (row.learners(), row.answered, row.answered_so_far, row.waited_so_far)).collect::<Vec<_>>()
    };
    assert_eq!(told(left), [(1, 1, 1, Some(2)), (0, 0, 1, Some(2)), (0, 0, 1, Some(2))]);
    assert_eq!(told(came), [(0, 0, 0, None), (1, 1, 1, Some(3)), (1, 0, 1, Some(3))]);
}

#[test]
fn cohorts_are_compared_by_shares() {
    let past = |state| Past {
        spans: vec![span(MemberState::Active, "2026-09-07"), span(state, "2026-09-08")],
        ready: vec![None; 3],
        ..Past::default()
    };
    let mut learners = vec![past(MemberState::Dropped), past(MemberState::Completed)];
    learners.extend([
        Past { ready: vec![Some((3_000, 1_000)); 3], wrote: vec![wrote("2026-09-21T08:00:00Z")], ..Past::default() },
        Past::default(),
    ]);
    let compared = compared(rows("2026-09-22T12:00:00Z", &learners).last().unwrap());
    assert_eq!((compared.learners, compared.active, compared.dropped, compared.completed), (4, 2, Some(25), Some(25)));
    assert_eq!((compared.claimed, compared.proven, compared.recorded, compared.behind), (Some(3_000), Some(1_000), Some(50), Some(50)));
    assert_eq!(super::compared(&rows("2026-09-22T12:00:00Z", &[]).pop().unwrap()).dropped, None);
}

const HOUR: i64 = 3_600_000_000;

prop_compose! {
    fn instants()(hours in 0_i64..24 * 40) -> Instant {
        Instant::from_micros(day("2026-09-01").starts_in(&Zone::utc()).micros() + hours * HOUR)
    }
}

prop_compose! {
    fn reviews()(
        asked in instants(),
        withdrawn in proptest::option::of(instants()),
        answers in proptest::collection::vec((instants(), proptest::option::of(instants())), 0..3),
    ) -> AskedReview {
        // nothing is answered before it is asked, nor taken back before it is answered
        let answers = answers.into_iter().map(|(at, undone)| (at.max(asked), undone.map(|undone| undone.max(at).max(asked)))).collect();
        AskedReview { asked_at: asked, withdrawn_at: withdrawn, answers }
    }
}

prop_compose! {
    fn pasts()(
        changes in proptest::collection::vec((0_i32..40, 0_usize..4, any::<bool>()), 0..4),
        ready in proptest::collection::vec(proptest::option::of((0_u32..=10_000, 0_u32..=10_000)), 6),
        times in proptest::collection::vec(instants(), 0..8),
        reviews in proptest::collection::vec(reviews(), 0..3),
    ) -> Past {
        let mut spans: Vec<Span> = changes.into_iter().map(|(days, state, moves)| {
            let span = Span::new(MemberState::ALL[state], day("2026-09-01").plus(days));
            let moved_to = (moves && span.state == MemberState::Dropped).then_some(CohortId(2));
            Span { moved_to, ..span }
        }).collect();
        spans.sort_by_key(|span| span.first_day);
        let wrote = times.into_iter().map(|at| Wrote { at, day: at.day_in(&Zone::utc()) }).collect();
        Past { spans, ready, wrote, reviews, terms: Terms::default() }
    }
}

proptest! {
    #[test]
    fn every_row_is_ordered_and_adds_up(learners in proptest::collection::vec(pasts(), 0..8), now in instants()) {
        for row in rows(&now.to_string(), &learners) {
            prop_assert_eq!(row.paces.iter().map(|(_, number)| number).sum::<usize>(), row.learners());
            prop_assert!(row.learners() <= learners.len() && row.recorded <= row.of_state(MemberState::Active));
            for spread in [row.claimed, row.proven].into_iter().flatten() {
                let Spread { lowest, lower, median, upper, highest } = spread;
                prop_assert!([lowest, lower, median, upper, highest].is_sorted());
            }
            prop_assert!(row.answered <= row.answered_so_far);
            prop_assert_eq!(row.waited.is_some(), row.answered > 0);
        }
    }

    /// What is written, asked, answered or changed after a week is over leaves its row as it was.
    #[test]
    fn nothing_of_a_later_week_changes_an_earlier_one(learners in proptest::collection::vec(pasts(), 1..5), now in instants()) {
        let (calendar, zone) = (calendar(), lisbon());
        let all = rows(&now.to_string(), &learners);
        for moment in weeks_over(&calendar, &zone, now) {
            let before = |when: &Instant| *when <= moment.at;
            let then: Vec<Past> = learners.iter().filter_map(|learner| {
                let mut then = learner.clone();
                then.spans.retain(|span| span.first_day <= moment.through);
                if then.spans.is_empty() && !learner.spans.is_empty() {
                    return None;
                }
                then.wrote.retain(|wrote| before(&wrote.at));
                then.reviews.retain(|review| before(&review.asked_at));
                for review in &mut then.reviews {
                    review.withdrawn_at = review.withdrawn_at.filter(before);
                    review.answers.retain(|(at, _)| before(at));
                    for (_, undone) in &mut review.answers {
                        *undone = undone.filter(before);
                    }
                }
                Some(then)
            }).collect();
            let place = moment.week as usize - 1;
            prop_assert_eq!(&rows(&now.to_string(), &then)[place], &all[place]);
        }
    }

    /// The newest row is the board's tally.
    #[test]
    fn the_newest_row_tells_the_paces_of_the_board(learners in proptest::collection::vec(pasts(), 0..6), now in instants()) {
        let (calendar, zone, set_up) = (calendar(), lisbon(), set_up());
        let there: Vec<&Past> = learners.iter().filter(|past| past.spans.first().is_none_or(|span| span.first_day <= now.day_in(&zone))).collect();
        let place = weeks_over(&calendar, &zone, now).len();
        let board: Vec<BoardRow> = there.into_iter().map(|past| {
            let waits = |review: &&AskedReview| review.waits(now);
            let seen = Seen {
                ready: past.ready[place],
                last_active: past.wrote.iter().filter(|wrote| wrote.at <= now).map(|wrote| wrote.day).max(),
                waiting_since: past.reviews.iter().filter(waits).map(|review| review.asked_at).min(),
            };
            // the board knows no span of days to come
            let known: Vec<Span> = past.spans.iter().filter(|span| span.first_day <= now.day_in(&zone)).cloned().collect();
            let member = MemberCalendar { calendar: &calendar, terms: &past.terms, spans: &known };
            let why = pace(member, &set_up, &Curve::default(), seen, ended(now, &zone), now, &zone);
            BoardRow { account: AccountId(1), name: String::new(), mentor: None, why, ready: seen.ready, areas: Vec::new(), last_active: seen.last_active, waiting_since: seen.waiting_since, change: None }
        }).collect();
        prop_assert_eq!(rows(&now.to_string(), &learners).pop().unwrap().paces, tally(&board));
    }
}

#[test]
fn a_week_of_holidays_has_a_row_like_any_other() {
    let holiday = Holiday { first: day("2026-09-14"), last: day("2026-09-20"), name: String::new() };
    let calendar = Calendar::new(day("2026-09-07"), day("2026-10-02"), Weekdays::WORKING, &[holiday]);
    let weeks = weeks_over(&calendar, &lisbon(), at("2026-10-05T12:00:00Z"));
    assert_eq!(
        weeks.iter().map(|moment| moment.through.to_string()).collect::<Vec<_>>(),
        ["2026-09-13", "2026-09-20", "2026-09-27", "2026-10-02"]
    );
}
