use super::*;
use crate::cohort::Why;
use crate::ids::AccountId;

fn at(seconds: i64) -> Instant {
    Instant::from_micros(0).plus_seconds(seconds)
}

#[test]
fn a_link_is_for_somebody_and_ends() {
    let wish = |label: &str, days| SummaryWish { label: label.to_owned(), days };
    let codes =
        |wish: &SummaryWish| check_summary(wish, at(0)).unwrap_err().iter().map(|error| (error.field, error.code)).collect::<Vec<_>>();
    assert_eq!(check_summary(&wish("Harbour Fund", Some(1)), at(0)).unwrap().expires_at, at(86_400));
    assert_eq!(check_summary(&wish("Harbour Fund", None), at(0)).unwrap().expires_at, at(90 * 86_400));
    assert_eq!(codes(&wish("", Some(0))), [("label", "name_empty"), ("days", "out_of_range")]);
    assert_eq!(codes(&wish("Harbour Fund", Some(181))), [("days", "out_of_range")]);
}

#[test]
fn what_was_taken_back_stays_so() {
    let table = [(false, 10, 9, "open"), (false, 10, 10, "expired"), (true, 10, 9, "revoked"), (true, 10, 11, "revoked")];
    for (revoked, expires, now, state) in table {
        assert_eq!(summary_state(revoked, at(expires), at(now)).word(), state);
    }
}

#[test]
fn of_fewer_than_five_nothing_is_told_and_who_follows_no_role_is_none_of_them() {
    let row = |number: u32, ready: Option<(u32, u32)>| BoardRow {
        account: AccountId(number.into()),
        name: String::new(),
        mentor: None,
        why: Why::OnPace { expected: 0, band: 1_000 },
        ready,
        areas: vec![Some(Cell { claimed: number * 10, proven: number }), (number > 1).then_some(Cell { claimed: 5, proven: 5 })],
        last_active: None,
        waiting_since: None,
        change: None,
    };
    let five: Vec<BoardRow> = (1..=5).map(|number| row(number, Some((number * 1_000, number * 100)))).collect();
    let mut rows: Vec<&BoardRow> = five.iter().collect();
    let told = together(&rows, 2, Measure::Claimed).unwrap();
    assert_eq!((told.learners, told.claimed, told.proven), (5, 3_000, 300));
    assert_eq!(told.areas, [Some(Cell { claimed: 30, proven: 3 }), None], "an area of four is not told");
    assert_eq!(told.pace.counts, [None; 6], "that all are on pace would be told of each");
    let none = row(6, None);
    rows[4] = &none;
    assert_eq!(together(&rows, 2, Measure::Claimed), None);
    assert_eq!(together(&[], 2, Measure::Proven), None);
}
