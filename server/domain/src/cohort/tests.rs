use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::ids::{CohortId, RevisionId};
use crate::path::RuleChoice;
use crate::samples::maker;
use crate::schedule::Weekday;
use crate::time::Instant;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Monday 7 September to Friday 18 December 2026.
fn autumn(holidays: &[(&str, &str)]) -> Calendar {
    let holiday = |&(first, last): &(&str, &str)| Holiday { first: day(first), last: day(last), name: String::new() };
    Calendar::new(day("2026-09-07"), day("2026-12-18"), Weekdays::WORKING, &holidays.iter().map(holiday).collect::<Vec<_>>())
}

fn span(state: MemberState, first: &str) -> Span {
    Span::new(state, day(first))
}

#[test]
fn session_days_are_weekdays_without_holidays() {
    let calendar = autumn(&[("2026-10-05", "2026-10-09"), ("2026-12-08", "2026-12-08")]);
    assert_eq!((calendar.length(), calendar.weeks()), (15 * 5 - 5 - 1, 15));
    for (first, last, sessions) in [
        ("2026-09-07", "2026-09-07", 1),
        ("2026-09-07", "2026-09-13", 5),
        ("2026-09-12", "2026-09-13", 0),
        ("2026-10-04", "2026-10-12", 1),
        ("2026-12-07", "2026-12-09", 2),
        ("2026-12-09", "2026-12-07", 0),
        // in the same way after the last day
        ("2026-12-19", "2026-12-27", 5),
    ] {
        assert_eq!(calendar.sessions(day(first), day(last)), sessions, "{first} to {last}");
    }
    assert_eq!((calendar.sessions_through(4), calendar.sessions_through(5), calendar.sessions_through(6)), (20, 20, 25));
}

#[test]
fn weeks_begin_on_monday_and_are_cut_to_the_cohorts_dates() {
    let tuesdays = Weekdays::new(&[Weekday::Tuesday, Weekday::Saturday]).unwrap();
    let calendar = Calendar::new(day("2026-09-09"), day("2026-09-22"), tuesdays, &[]);
    assert_eq!(calendar.weeks(), 3);
    assert_eq!(calendar.week(1), (day("2026-09-09"), day("2026-09-13")));
    assert_eq!(calendar.week(3), (day("2026-09-21"), day("2026-09-22")));
    assert_eq!((calendar.sessions_through(1), calendar.sessions_through(2), calendar.sessions_through(3)), (1, 3, 4));
    assert_eq!((calendar.week_of(day("2020-01-01")), calendar.week_of(day("2026-09-14")), calendar.week_of(day("2030-01-01"))), (1, 2, 3));
    assert_eq!(tuesdays.days(), [Weekday::Tuesday, Weekday::Saturday]);
    assert!(Weekdays::new(&[]).is_none() && Weekdays::from_bits(0x80).is_none());
}

/// 20 November 2026, 23:30 in Lisbon: there the session day runs, in Tokyo it ended long ago.
#[test]
fn a_session_day_ends_in_the_cohorts_zone() {
    let now = Instant::try_from("2026-11-20T23:30:00Z".to_owned()).unwrap();
    for (zone, last) in [("Europe/Lisbon", "2026-11-19"), ("Asia/Tokyo", "2026-11-20"), ("Pacific/Pago_Pago", "2026-11-19")] {
        assert_eq!(ended(now, &Zone::parse(zone).unwrap()), day(last), "{zone}");
    }
}

#[test]
fn a_member_is_measured_on_a_calendar_of_their_own() {
    use MemberState::{Active, Completed, Dropped, Paused};
    let calendar = autumn(&[]);
    let whole = [span(Active, "2026-09-07")];
    let ill = [span(Active, "2026-09-07"), span(Paused, "2026-09-14"), span(Active, "2026-09-21")];
    let still_ill = [span(Active, "2026-09-07"), span(Paused, "2026-09-14")];
    let left = [span(Active, "2026-09-07"), span(Dropped, "2026-09-14")];
    let back = [span(Active, "2026-09-07"), span(Dropped, "2026-09-14"), span(Active, "2026-09-16")];
    let done = [span(Active, "2026-09-07"), span(Completed, "2026-09-14")];
    let terms = Terms::default();
    let late = Terms { starts_on: Some(day("2026-09-09")), ..terms };
    let half = Terms { factor: 50, ..terms };
    let quick = Terms { factor: 150, ..terms };
    let extended = Terms { extension: 5, ..terms };
    let (friday, second) = ("2026-09-11", "2026-09-18");
    type Case<'a> = (&'a str, &'a Terms, &'a [Span], &'a str, u32, u32, Option<&'a str>);
    #[rustfmt::skip]
    let table: &[Case<'_>] = &[
        //                         through own plan, and when the plan's fifth session day is due
        ("the first day",   &terms,    &whole,     "2026-09-07", 1, 1, Some(friday)),
        ("before it",       &terms,    &whole,     "2026-09-06", 0, 0, Some(friday)),
        ("one week",        &terms,    &whole,     friday,       5, 5, Some(friday)),
        ("a late joiner",   &late,     &whole,     friday,       3, 3, Some("2026-09-15")),
        ("half time",       &half,     &whole,     friday,       5, 2, Some(second)),
        ("one and a half",  &quick,    &whole,     friday,       5, 7, Some("2026-09-10")),
        ("an extension",    &extended, &whole,     friday,       5, 0, Some(second)),
        ("after illness",   &terms,    &ill,       "2026-09-22", 7, 7, Some(friday)),
        ("ill",             &terms,    &still_ill, "2026-09-22", 5, 5, Some(friday)),
        ("dropped out",     &terms,    &left,      "2026-09-22", 5, 5, Some(friday)),
        ("back again",      &terms,    &back,      "2026-09-22", 10, 10, Some(friday)),
        ("completed",       &terms,    &done,      "2026-09-22", 5, 5, Some(friday)),
    ];
    for (who, terms, spans, through, own, reached, due) in table {
        let member = MemberCalendar { calendar: &calendar, terms, spans };
        let through = day(through);
        assert_eq!(member.sessions(day("2026-09-01"), through), *own, "{who}: own session days");
        assert_eq!(member.reached(through), *reached, "{who}: of the plan");
        assert_eq!(member.due(5, through), due.map(day), "{who}: the fifth session day");
    }
    let sixth = |spans| MemberCalendar { calendar: &calendar, terms: &terms, spans }.due(6, day("2026-09-22"));
    assert_eq!(sixth(&ill), Some(day("2026-09-21")), "the pause moved it by a week");
    assert_eq!(sixth(&still_ill), Some(day("2026-09-23")), "as if the member came back tomorrow");
    assert_eq!((sixth(&left), sixth(&done)), (None, None));
}

#[test]
fn a_state_changes_to_another_one_and_never_before_the_one_that_it_ends() {
    use MemberState::{Active, Dropped, Paused};
    let today = day("2026-11-19");
    let spans = [span(Active, "2026-09-07"), span(Paused, "2026-11-02")];
    let change = |state, on: Option<&str>, reason: &str| {
        let made = change_state(&spans, state, on.map(day), Some(reason.to_owned()), today);
        made.map_err(|wrong| wrong.iter().map(|error| (error.field, error.code)).collect::<Vec<_>>())
    };
    let back = change(Some(Active), Some("2026-11-16"), " well again ").unwrap();
    assert_eq!((back.state, back.first_day, back.reason.as_deref()), (Active, day("2026-11-16"), Some("well again")));
    assert_eq!(change(Some(Dropped), None, "").unwrap().first_day, today);
    assert_eq!(change(Some(Active), Some("2026-11-20"), "").unwrap_err(), [("day", "day_in_future")]);
    assert_eq!(change(Some(Active), Some("2026-11-01"), "").unwrap_err(), [("day", "day_too_early")]);
    assert_eq!(change(Some(Paused), None, "").unwrap_err(), [("state", "state_is_same")]);
    assert_eq!(change(None, None, &"x".repeat(201)).unwrap_err(), [("reason", "too_long"), ("state", "missing")]);
}

#[test]
fn terms_are_bounded_and_a_start_on_the_cohorts_first_day_is_none_of_ones_own() {
    let (first, last) = (day("2026-09-07"), day("2026-12-18"));
    let check = |wish| check_terms(wish, first, last, None);
    assert_eq!(check(TermsWish::default()), Ok(Terms::default()));
    assert_eq!(check(TermsWish { starts_on: Some(first), ..TermsWish::default() }), Ok(Terms::default()));
    let own = TermsWish { starts_on: Some(day("2026-09-21")), factor: Some(50), extension: Some(10) };
    assert_eq!(check(own), Ok(Terms { starts_on: own.starts_on, factor: 50, extension: 10, mentor: None }));
    let wrong = TermsWish { starts_on: Some(day("2024-01-01")), factor: Some(9), extension: Some(251) };
    let fields: Vec<&str> = check(wrong).unwrap_err().iter().map(|error| error.field).collect();
    assert_eq!(fields, ["starts_on", "factor", "extension"]);
}

#[test]
fn a_paths_pause_holds_on_its_days_and_moves_the_target_by_them() {
    let (first, last) = (day("2026-11-02"), day("2026-11-08"));
    let pauses = [Pause { first, last: Some(last) }, Pause { first: day("2026-11-16"), last: None }];
    for (on, paused) in [("2026-11-01", false), ("2026-11-02", true), ("2026-11-08", true), ("2026-11-09", false), ("2027-01-01", true)] {
        assert_eq!(is_paused(&pauses, day(on)), paused, "{on}");
    }
    let on = day("2026-11-05");
    assert_eq!(pause(&pauses, on, None), Ok(Pause { first, last: None }), "told anew");
    assert_eq!(
        pause(&pauses, day("2026-11-12"), Some(day("2026-11-12"))),
        Ok(Pause { first: day("2026-11-12"), last: Some(day("2026-11-12")) })
    );
    assert_eq!(pause(&[], on, Some(on.plus(-1))).map_err(|error| error.code), Err("ends_before_start"));
    assert_eq!(pause(&[], on, Some(on.plus(400))).map_err(|error| error.code), Err("out_of_range"));
    assert_eq!((pauses[0].days(), pauses[1].days()), (7, 0), "without an end nothing is moved yet");
    let on = day("2026-11-20");
    assert_eq!(ended_pause(pauses[1], on).map(|pause| pause.days()), Some(4));
    assert_eq!(ended_pause(pauses[1], day("2026-11-16")), None, "it began today and has not been");
}

fn set_up() -> SetUp {
    SetUp {
        roles: vec![CohortRole { role: "maker".into(), revision: RevisionId(1), target_level: "maker".into(), chosen: BTreeSet::new() }],
        ..SetUp::default()
    }
}

#[test]
fn a_suggested_plan_has_every_point_once_and_nothing_before_what_it_requires() {
    let (template, calendar) = (maker(), autumn(&[("2026-10-05", "2026-10-09")]));
    let planned = plan(&template, 1, &BTreeSet::new(), &calendar, &BTreeMap::new()).unwrap();
    assert_eq!(planned.iter().map(|planned| planned.points).sum::<u32>(), 10_000);
    let week = |id: &str| planned.iter().find(|planned| planned.part.key(&template).id == id).unwrap().week;
    // 10 hours of git, 80 of the shorter language, 40 of the service, 60 of the certificate, over 14 weeks of sessions
    assert_eq!((week("git-basics"), week("languages"), week("service"), week("cloud-cert")), (1, 8, 11, 15));
    assert!(planned.iter().all(|planned| planned.week == planned.suggested));
    assert_eq!(planned.iter().filter(|planned| matches!(planned.part, Part::Group(_))).count(), 1, "any one language is one part");

    let fixed = BTreeSet::from(["rust-lang".to_owned()]);
    let rust = plan(&template, 1, &fixed, &calendar, &BTreeMap::new()).unwrap();
    assert_eq!(rust.iter().find(|planned| matches!(planned.part, Part::Group(_))).unwrap().hours, 100);
}

#[test]
fn a_week_that_a_lead_chose_holds_and_is_cut_to_the_cohorts() {
    let (template, calendar) = (maker(), autumn(&[]));
    let key = |id: &str, is_group| PartKey { is_group, id: id.to_owned() };
    let weeks = BTreeMap::from([(key("languages", true), 2), (key("cloud-cert", false), 99), (key("languages", false), 9)]);
    let planned = plan(&template, 1, &BTreeSet::new(), &calendar, &weeks).unwrap();
    let of = |id: &str| planned.iter().find(|planned| planned.part.key(&template).id == id).unwrap();
    assert_eq!((of("languages").week, of("languages").suggested), (2, 8));
    assert_eq!(of("cloud-cert").week, 15);
}

#[test]
fn the_plan_asks_for_a_week_once_it_is_over() {
    let (template, calendar) = (maker(), autumn(&[]));
    let planned = plan(&template, 1, &BTreeSet::new(), &calendar, &BTreeMap::new()).unwrap();
    let git = planned[0].points;
    let curve = Curve::new(&planned, &calendar);
    assert_eq!([0, 4, 5, 39].map(|reached| curve.at(reached)), [0, 0, git, git]);
    assert_eq!(curve.at(calendar.length()), 10_000);
}

#[test]
fn each_rule_puts_a_learner_where_it_says() {
    use MemberState::{Active, Dropped, Paused};
    let (template, calendar, set_up) = (maker(), autumn(&[]), set_up());
    let planned = plan(&template, 1, &BTreeSet::new(), &calendar, &BTreeMap::new()).unwrap();
    let through = day("2026-11-18");
    let now = Instant::try_from("2026-11-19T08:00:00Z".to_owned()).unwrap();
    let curve = Curve::new(&planned, &calendar);
    let due = curve.at(calendar.sessions(day("2026-09-07"), through));
    assert!((2_000..8_000).contains(&due), "{due}");
    let active = [span(Active, "2026-09-07")];
    let yesterday = Some(through);
    let three_days_ago = Some(now.plus_seconds(-3 * 86_400));
    let seen = |claimed, last_active, waiting_since| Seen { ready: Some((claimed, 0)), last_active, waiting_since };
    let of = |spans: &[Span], terms: Terms, set_up: &SetUp, seen| {
        pace(MemberCalendar { calendar: &calendar, terms: &terms, spans }, set_up, &curve, seen, through, now, &Zone::utc())
    };
    let plain = |seen| of(&active, Terms::default(), &set_up, seen);
    let (band, expected) = (set_up.band, due);
    assert_eq!(plain(seen(due, yesterday, None)), Why::OnPace { expected, band });
    assert_eq!(plain(seen(due - band, yesterday, None)), Why::OnPace { expected, band });
    assert_eq!(plain(seen(due - band - 1, yesterday, None)), Why::Behind { short: band + 1, expected, band });
    assert_eq!(plain(seen(due + band, yesterday, None)), Why::OnPace { expected, band });
    assert_eq!(plain(seen(due + band + 1, yesterday, None)), Why::Ahead { over: band + 1, expected, band });
    assert_eq!(plain(seen(due, yesterday, three_days_ago)), Why::Waiting { days: 3 });
    assert_eq!(plain(seen(0, yesterday, three_days_ago)).pace(), Pace::Behind, "who waits may be behind all the same");
    // Thursday to Wednesday, five session days; four are not enough
    assert_eq!(plain(seen(due, Some(day("2026-11-11")), None)), Why::Silent { sessions: 5, limit: 5 });
    assert_eq!(plain(seen(due, Some(day("2026-11-12")), None)).pace(), Pace::OnPace);
    assert_eq!(plain(Seen { ready: None, last_active: None, waiting_since: None }).pace(), Pace::Silent);
    assert_eq!(plain(Seen { ready: None, last_active: yesterday, waiting_since: None }), Why::NoPath);

    let proven = SetUp { measure: Measure::Proven, ..set_up.clone() };
    assert_eq!(of(&active, Terms::default(), &proven, seen(10_000, yesterday, None)).pace(), Pace::Behind);
    let nobody_is_silent = SetUp { silent_after: None, ..set_up.clone() };
    assert_eq!(of(&active, Terms::default(), &nobody_is_silent, seen(due, None, None)).pace(), Pace::OnPace);

    let ill = [span(Active, "2026-09-07"), span(Paused, "2026-10-01")];
    assert_eq!(of(&ill, Terms::default(), &set_up, seen(0, None, None)), Why::Resting { state: Paused, since: Some(day("2026-10-01")) });
    let left = [span(Active, "2026-09-07"), span(Dropped, "2026-11-19")];
    assert_eq!(of(&left, Terms::default(), &set_up, seen(0, None, None)).pace(), Pace::Resting);
    let moved = [span(Active, "2026-09-07"), Span { moved_to: Some(CohortId(2)), ..span(Dropped, "2026-11-19") }];
    assert_eq!(of(&moved, Terms::default(), &set_up, seen(0, None, None)), Why::Moved { since: day("2026-11-19") });
    let late = Terms { starts_on: Some(day("2026-11-30")), ..Terms::default() };
    assert_eq!(of(&active, late, &set_up, seen(0, None, None)), Why::NotStarted { starts_on: day("2026-11-30") });
    let just_begun = Terms { starts_on: Some(day("2026-11-18")), ..Terms::default() };
    assert_eq!(of(&active, just_begun, &set_up, seen(0, None, None)).pace(), Pace::OnPace, "nothing is asked on the first day");
}

#[test]
fn a_set_up_says_all_that_is_wrong_with_it_at_once() {
    let template = maker();
    let frame = check_frame(&FrameWish {
        name: " Backend Autumn ".into(),
        starts_on: Some(day("2026-09-07")),
        ends_on: Some(day("2026-12-18")),
        zone: "europe/lisbon".into(),
    })
    .unwrap();
    assert_eq!((frame.name.as_str(), frame.zone.name()), ("Backend Autumn", "Europe/Lisbon"));
    let role = |level: &str, chosen: &[&str]| RoleWish {
        revision: RevisionId(1),
        template: &template,
        target_level: level.to_owned(),
        chosen: chosen.iter().map(|id| (*id).to_owned()).collect(),
    };
    let holiday = |first: &str, last: &str| Holiday { first: day(first), last: day(last), name: "Break".to_owned() };
    let wish = |weekdays, holidays, roles| SetUpWish {
        weekdays,
        holidays,
        roles,
        rule: RuleChoice::BuiltIn,
        measure: Measure::Claimed,
        band: 1_000,
        silent_after: Some(5),
        waiting_after: None,
    };
    let all = Some(Weekdays::WORKING);
    let good = wish(all, vec![holiday("2026-12-08", "2026-12-08"), holiday("2026-10-05", "2026-10-09")], vec![role("maker", &["go-lang"])]);
    let good = check_set_up(good, &frame).unwrap();
    assert_eq!(good.holidays[0].first, day("2026-10-05"), "in order");
    assert_eq!(good.role("maker").map(|role| role.target_level.as_str()), Some("maker"));

    let codes = |wish| check_set_up(wish, &frame).unwrap_err().iter().map(|error| (error.field, error.code)).collect::<Vec<_>>();
    let overlapping = vec![holiday("2026-10-05", "2026-10-09"), holiday("2026-10-09", "2026-10-09"), holiday("2026-11-02", "2026-11-01")];
    assert_eq!(
        codes(wish(None, overlapping, Vec::new())),
        [("weekdays", "missing"), ("holidays", "ends_before_start"), ("holidays", "holidays_overlap"), ("roles", "missing")]
    );
    assert_eq!(
        codes(wish(all, Vec::new(), vec![role("chief", &["git-basics"]), role("maker", &[])])),
        [("roles", "level_unknown"), ("roles", "chosen_unknown"), ("roles", "role_twice")]
    );
    assert_eq!(codes(wish(all, vec![holiday("2026-09-01", "2026-12-31")], vec![role("maker", &[])])), [("weekdays", "no_session_days")]);
    let strict = SetUpWish { band: 99, silent_after: Some(0), waiting_after: Some(61), ..wish(all, Vec::new(), vec![role("maker", &[])]) };
    assert_eq!(codes(strict), [("band", "out_of_range"), ("silent_after", "out_of_range"), ("waiting_after", "out_of_range")]);
}

#[test]
fn a_frame_says_all_that_is_wrong_with_it_at_once() {
    let codes = |name: &str, first: Option<&str>, last: Option<&str>, zone: &str| {
        let wish = FrameWish { name: name.into(), starts_on: first.map(day), ends_on: last.map(day), zone: zone.into() };
        check_frame(&wish).unwrap_err().iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
    };
    assert_eq!(
        codes("", None, None, "Moon/Sea"),
        [("name", "name_empty"), ("zone", "zone_unknown"), ("starts_on", "missing"), ("ends_on", "missing")]
    );
    assert_eq!(codes("A", Some("2026-09-07"), Some("2026-09-06"), "UTC"), [("ends_on", "ends_before_start")]);
    assert_eq!(codes("A", Some("2026-09-07"), Some("2029-12-06"), "UTC"), [("ends_on", "cohort_too_long")]);
}

#[test]
fn the_board_is_filtered_and_ordered() {
    let row = |account, name: &str, why, ready: Option<(u32, u32)>, seen: Option<&str>, mentor: Option<i64>| BoardRow {
        account: AccountId(account),
        name: name.to_owned(),
        mentor: mentor.map(AccountId),
        why,
        ready,
        areas: Vec::new(),
        last_active: seen.map(day),
        waiting_since: None,
        change: None,
    };
    let on_pace = Why::OnPace { expected: 6_000, band: 1_000 };
    let rows = [
        row(1, "Ada Okafor", on_pace, Some((7_000, 4_000)), Some("2026-11-19"), Some(9)),
        row(2, "béla", Why::Behind { short: 2_000, expected: 6_000, band: 1_000 }, Some((4_000, 3_900)), Some("2026-11-01"), None),
        row(3, "Chen", Why::Silent { sessions: 9, limit: 5 }, Some((5_000, 5_000)), None, Some(9)),
        row(4, "Ada Beck", Why::NoPath, None, Some("2026-11-18"), Some(8)),
    ];
    let names = |filter| board(&rows, &filter).into_iter().map(|row| row.name.as_str()).collect::<Vec<_>>();
    let by = |order| names(BoardFilter { order, ..BoardFilter::default() });
    assert_eq!(by(BoardOrder::Pace), ["Chen", "béla", "Ada Beck", "Ada Okafor"]);
    assert_eq!(by(BoardOrder::Readiness), ["Ada Okafor", "Chen", "béla", "Ada Beck"]);
    assert_eq!(by(BoardOrder::Proven), ["Chen", "Ada Okafor", "béla", "Ada Beck"]);
    assert_eq!(by(BoardOrder::Seen), ["Chen", "béla", "Ada Beck", "Ada Okafor"]);
    assert_eq!(by(BoardOrder::Name), ["Ada Beck", "Ada Okafor", "béla", "Chen"]);
    let here = [
        row(1, "Moved", Why::Moved { since: day("2026-11-02") }, None, None, None),
        row(2, "Rests", Why::Resting { state: MemberState::Paused, since: None }, Some((1, 1)), None, None),
    ];
    let of = |filter| board(&here, &filter).into_iter().map(|row| row.name.as_str()).collect::<Vec<_>>();
    assert_eq!(of(BoardFilter::default()), ["Rests", "Moved"], "who moved comes last");
    assert_eq!(of(BoardFilter { pace: Some(Pace::Resting), ..BoardFilter::default() }), ["Rests"]);
    assert_eq!(tally(&here).iter().map(|(_, number)| number).sum::<usize>(), 1);
    // Ada Okafor gained most of what is claimed and lost of what is proven; béla came in since, Ada Beck has no path.
    let since = |claimed, proven| Change::Since { before: day("2026-10-22"), ready: Delta { claimed, proven }, areas: Vec::new() };
    let mut moved = rows.clone();
    moved[0].change = Some(since(900, -100));
    moved[1].change = Some(Change::Joined(day("2026-11-02")));
    moved[2].change = Some(since(-50, 300));
    let by_change = |measure| {
        let filter = BoardFilter { order: BoardOrder::Change, measure, ..BoardFilter::default() };
        board(&moved, &filter).into_iter().map(|row| row.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(by_change(Measure::Claimed), ["Chen", "Ada Okafor", "Ada Beck", "béla"]);
    assert_eq!(by_change(Measure::Proven), ["Ada Okafor", "Chen", "Ada Beck", "béla"]);
    assert_eq!(names(BoardFilter { words: " OKA ada".into(), ..BoardFilter::default() }), ["Ada Okafor"]);
    assert_eq!(names(BoardFilter { pace: Some(Pace::Behind), ..BoardFilter::default() }), ["béla"]);
    assert_eq!(names(BoardFilter { mentor: Mentored::By(AccountId(9)), ..BoardFilter::default() }), ["Chen", "Ada Okafor"]);
    assert_eq!(names(BoardFilter { mentor: Mentored::ByNobody, ..BoardFilter::default() }), ["béla"]);
    assert_eq!(tally(&rows).iter().map(|(_, number)| number).sum::<usize>(), rows.len());
    assert_eq!((median(vec![9, 1, 4, 2]), median(vec![3]), median(Vec::new())), (Some(2), Some(3), None::<u32>));
    assert_eq!(median(vec![-3, 4, 0]), Some(0), "changes have one too");
    assert_eq!([0, 19, 20, 44, 45, 64, 65, 84, 85, 100].map(heat), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
}

prop_compose! {
    /// A calendar of some 20 weeks with a holiday in it.
    fn calendars()(bits in 1_u8..128, first in 20_000_i32..20_400, length in 30_i32..140, off in 0_i32..140, long in 0_i32..9) -> Calendar {
        let first = Day::from_number(first);
        let holiday = Holiday { first: first.plus(off), last: first.plus(off + long), name: String::new() };
        Calendar::new(first, first.plus(length), Weekdays::from_bits(bits).unwrap(), &[holiday])
    }
}

prop_compose! {
    fn terms()(start in proptest::option::of(-5_i32..40), factor in 10_u32..201, extension in 0_u32..20) -> (Option<i32>, u32, u32) {
        (start, factor, extension)
    }
}

proptest! {
    /// No member has a session day on which the cohort has none, before their own start, or while not taking part.
    #[test]
    fn no_member_has_a_day_outside(calendar in calendars(), (start, factor, extension) in terms(), rest in 0_i32..60, long in 1_i32..30) {
        let terms = Terms { starts_on: start.map(|days| calendar.first().plus(days)), factor, extension, mentor: None };
        let (from, until) = (calendar.first().plus(rest), calendar.first().plus(rest + long));
        let spans = [Span::new(MemberState::Active, calendar.first()), Span::new(MemberState::Paused, from), Span::new(MemberState::Active, until)];
        let member = MemberCalendar { calendar: &calendar, terms: &terms, spans: &spans };
        for number in -10..200 {
            let day = calendar.first().plus(number);
            if member.attends(day) {
                prop_assert!(calendar.is_session(day) && day >= member.starts_on() && !(from..until).contains(&day));
            }
        }
        for session in 1..40 {
            if let Some(due) = member.due(session, until) {
                prop_assert!(member.attends(due));
            }
        }
    }

    /// `due` and `reached` tell one story: a session day lies behind a member from the day on at which it is due.
    #[test]
    fn what_is_due_is_reached_that_day_and_not_before(calendar in calendars(), (start, factor, extension) in terms(), session in 1_u32..60) {
        let terms = Terms { starts_on: start.map(|days| calendar.first().plus(days)), factor, extension, mentor: None };
        let member = MemberCalendar { calendar: &calendar, terms: &terms, spans: &[] };
        match member.due(session, calendar.first()) {
            Some(due) => {
                prop_assert!(member.reached(due) >= session);
                prop_assert!(member.reached(due.plus(-1)) < session);
            }
            // One session day a week and a tenth of the hours: ten years do not suffice.
            None => prop_assert!(member.reached(member.starts_on().plus(3_650)) < session),
        }
    }

    /// A pause of k session days moves every day that is planned after it by k session days, and none before it.
    #[test]
    fn a_pause_moves_every_later_day_by_its_session_days(calendar in calendars(), rest in 0_i32..60, long in 1_i32..30, session in 1_u32..60) {
        let terms = Terms::default();
        let (from, until) = (calendar.first().plus(rest), calendar.first().plus(rest + long));
        let paused = [Span::new(MemberState::Active, calendar.first()), Span::new(MemberState::Paused, from), Span::new(MemberState::Active, until)];
        let today = until;
        let planned = MemberCalendar { calendar: &calendar, terms: &terms, spans: &[] }.due(session, today).unwrap();
        let moved = MemberCalendar { calendar: &calendar, terms: &terms, spans: &paused }.due(session, today).unwrap();
        let missed = calendar.sessions(from, until.plus(-1));
        let expected = if planned < from { 0 } else { missed };
        prop_assert_eq!(calendar.sessions(planned.plus(1), moved), expected);
    }

    /// At half the hours every planned day takes twice as many session days; an extension adds its own.
    #[test]
    fn half_the_hours_take_twice_the_days(calendar in calendars(), session in 1_u32..60, extension in 0_u32..30) {
        let days_to = |terms: Terms| {
            let member = MemberCalendar { calendar: &calendar, terms: &terms, spans: &[] };
            member.sessions(calendar.first(), member.due(session, calendar.first()).unwrap())
        };
        let whole = days_to(Terms::default());
        prop_assert_eq!(whole, session);
        prop_assert_eq!(days_to(Terms { factor: 50, ..Terms::default() }), 2 * whole);
        prop_assert_eq!(days_to(Terms { extension, ..Terms::default() }), whole + extension);
    }

    /// The plan never asks for less as days go by.
    #[test]
    fn the_plan_asks_for_more_and_more(calendar in calendars(), weeks in proptest::collection::vec(1_u32..30, 4)) {
        let template = maker();
        let keys = plan(&template, 1, &BTreeSet::new(), &calendar, &BTreeMap::new()).unwrap();
        let weeks = keys.iter().zip(weeks).map(|(planned, week)| (planned.part.key(&template), week)).collect();
        let planned = plan(&template, 1, &BTreeSet::new(), &calendar, &weeks).unwrap();
        let curve = Curve::new(&planned, &calendar);
        let asked: Vec<u32> = (0..=calendar.length().max(1)).map(|reached| curve.at(reached)).collect();
        prop_assert!(asked.is_sorted());
        prop_assert_eq!(asked.last().copied(), Some(10_000));
    }
}

#[test]
fn in_a_spreadsheet_no_name_becomes_a_formula() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let text =
        board_csv(&row(&["name", "points"]), &[row(&["=HYPERLINK(\"x\")", "-1"]), row(&["-1+1", "-"]), row(&["O'Brien, \"Bo\"", "12.50"])])
            .unwrap();
    assert_eq!(text, "name,points\r\n\"'=HYPERLINK(\"\"x\"\")\",-1\r\n'-1+1,'-\r\n\"O'Brien, \"\"Bo\"\"\",12.50\r\n");
}
