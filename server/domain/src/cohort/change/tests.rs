use super::*;

fn at(text: &str) -> Instant {
    Instant::try_from(text.to_owned()).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

#[test]
fn four_weeks_ago_is_the_end_of_the_learners_day_whatever_the_clocks_did() {
    // Clocks in Lisbon went back on 25 October 2026; it is the 20th in Kiritimati already, and still the 18th in Honolulu.
    for (now, name, then, end) in [
        ("2026-11-19T08:14:07Z", "Europe/Lisbon", "2026-10-22", "2026-10-22T22:59:59.999999Z"),
        ("2026-11-19T23:59:59Z", "Europe/Lisbon", "2026-10-22", "2026-10-22T22:59:59.999999Z"),
        ("2026-11-20T00:00:00Z", "Europe/Lisbon", "2026-10-23", "2026-10-23T22:59:59.999999Z"),
        ("2026-11-19T12:00:00Z", "Pacific/Kiritimati", "2026-10-23", "2026-10-23T09:59:59.999999Z"),
        ("2026-11-19T08:14:07Z", "Pacific/Honolulu", "2026-10-21", "2026-10-22T09:59:59.999999Z"),
    ] {
        assert_eq!(Before::of(at(now), &zone(name)), Before { day: day(then), at: at(end) }, "{now} in {name}");
    }
}

#[test]
fn who_came_in_later_has_nothing_to_compare_with() {
    let lisbon = zone("Europe/Lisbon");
    let before = Before::of(at("2026-11-19T08:14:07Z"), &lisbon);
    let joined = |days: &[&str]| {
        let spans: Vec<Span> = days.iter().map(|text| Span::new(MemberState::Active, day(text))).collect();
        before.joined_since(&spans, &lisbon)
    };
    assert_eq!(joined(&["2026-10-22"]), None, "on that day they were there");
    assert_eq!(joined(&["2026-10-23"]), Some(day("2026-10-23")));
    assert_eq!(joined(&["2026-09-07", "2026-11-02"]), None, "a pause is no coming in");
    assert_eq!(joined(&[]), None, "who has no span was there from the beginning");
}

#[test]
fn who_dropped_out_was_seen_last_on_the_day_on_which_they_left() {
    let spans = |states: &[(MemberState, &str)]| states.iter().map(|(state, text)| Span::new(*state, day(text))).collect::<Vec<_>>();
    let (active, paused) = ((MemberState::Active, "2026-09-07"), (MemberState::Paused, "2026-10-05"));
    let (dropped, back) = ((MemberState::Dropped, "2026-11-02"), (MemberState::Active, "2026-11-09"));
    for (states, wrote, seen) in [
        (vec![], "2026-11-19", "2026-11-19"),
        (vec![active, paused], "2026-11-19", "2026-11-19"),
        (vec![active, dropped], "2026-11-19", "2026-11-02"),
        (vec![active, dropped], "2026-10-30", "2026-10-30"),
        (vec![active, dropped, back], "2026-11-19", "2026-11-19"),
    ] {
        assert_eq!(last_seen(day(wrote), &spans(&states)), day(seen), "{states:?} {wrote}");
    }
}

#[test]
fn a_change_is_the_difference_of_what_two_boards_say() {
    let cell = |claimed, proven| Some(Cell { claimed, proven });
    assert_eq!(Delta::of_cells(cell(40, 10), cell(55, 4)), Some(Delta { claimed: 15, proven: -6 }));
    assert_eq!((Delta::of_cells(None, cell(55, 4)), Delta::of_cells(cell(40, 10), None)), (None, None));
    let delta = Delta::of((7_010, 300), (6_990, 300));
    assert_eq!((delta.by(Measure::Claimed), delta.by(Measure::Proven)), (-20, 0));
}

#[test]
fn the_least_loss_is_one_and_gains_have_steps() {
    let (gain, loss) = (Drift::Gain, Drift::Loss);
    assert_eq!(
        [-100, -1, 0, 1, 4, 5, 9, 10, 19, 20, 100].map(drift),
        [loss, loss, gain(0), gain(1), gain(1), gain(2), gain(2), gain(3), gain(3), gain(4), gain(4)]
    );
}
