use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::*;

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn instant(text: &str) -> Instant {
    Instant::from(text.parse::<Timestamp>().unwrap())
}

fn rule(text: &str) -> Rule {
    let (cadence, time) = text.rsplit_once(' ').unwrap();
    let cadence = match cadence.split_once(' ') {
        None if cadence == "off" => Cadence::Off,
        None => Cadence::Daily,
        Some(("weekly", weekday)) => Cadence::Weekly { weekday: weekday.parse().unwrap() },
        Some((_, day)) => Cadence::Monthly { day: day.parse().unwrap() },
    };
    Rule { cadence, time: time.parse().unwrap() }
}

/// Zone, rule, after, and what follows: instants and periods.
type Case = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

#[test]
fn famous_gaps_folds_and_calendar_edges() {
    let cases: &[Case] = &[
        // United States: 02:30 does not exist on 8 March and runs at 03:30
        (
            "America/New_York",
            "daily 02:30",
            "2026-03-07T12:00Z",
            &[("2026-03-08T07:30Z", "2026-03-08"), ("2026-03-09T06:30Z", "2026-03-09")],
        ),
        (
            "America/New_York",
            "daily 01:30",
            "2026-10-31T12:00Z",
            &[("2026-11-01T05:30Z", "2026-11-01"), ("2026-11-02T06:30Z", "2026-11-02")],
        ),
        ("America/New_York", "daily 01:30", "2026-11-01T06:00Z", &[("2026-11-02T06:30Z", "2026-11-02")]),
        (
            "America/New_York",
            "weekly sunday 02:30",
            "2026-03-02T00:00Z",
            &[("2026-03-08T07:30Z", "2026-W10"), ("2026-03-15T06:30Z", "2026-W11")],
        ),
        ("America/New_York", "monthly 8 02:00", "2026-02-20T00:00Z", &[("2026-03-08T07:00Z", "2026-03"), ("2026-04-08T06:00Z", "2026-04")]),
        // European Union
        ("Europe/Berlin", "daily 02:30", "2026-03-28T12:00Z", &[("2026-03-29T01:30Z", "2026-03-29"), ("2026-03-30T00:30Z", "2026-03-30")]),
        ("Europe/Berlin", "daily 02:30", "2026-10-24T12:00Z", &[("2026-10-25T00:30Z", "2026-10-25"), ("2026-10-26T01:30Z", "2026-10-26")]),
        ("Europe/Berlin", "daily 03:00", "2026-03-28T12:00Z", &[("2026-03-29T01:00Z", "2026-03-29")]),
        // Lord Howe moves by half an hour
        (
            "Australia/Lord_Howe",
            "daily 02:15",
            "2026-10-03T00:00Z",
            &[("2026-10-03T15:45Z", "2026-10-04"), ("2026-10-04T15:15Z", "2026-10-05")],
        ),
        (
            "Australia/Lord_Howe",
            "daily 01:45",
            "2026-04-04T00:00Z",
            &[("2026-04-04T14:45Z", "2026-04-05"), ("2026-04-05T15:15Z", "2026-04-06")],
        ),
        // Samoa left out Friday 30 December 2011
        (
            "Pacific/Apia",
            "daily 09:00",
            "2011-12-28T20:00Z",
            &[("2011-12-29T19:00Z", "2011-12-29"), ("2011-12-30T19:00Z", "2011-12-31"), ("2011-12-31T19:00Z", "2012-01-01")],
        ),
        (
            "Pacific/Apia",
            "weekly friday 09:00",
            "2011-12-25T00:00Z",
            &[("2011-12-30T19:00Z", "2011-W52"), ("2012-01-05T19:00Z", "2012-W01")],
        ),
        ("Pacific/Apia", "monthly 30 09:00", "2011-12-25T00:00Z", &[("2011-12-30T19:00Z", "2011-12"), ("2012-01-29T19:00Z", "2012-01")]),
        // gaps at midnight
        ("Africa/Cairo", "daily 00:30", "2026-04-23T12:00Z", &[("2026-04-23T22:30Z", "2026-04-24"), ("2026-04-24T21:30Z", "2026-04-25")]),
        ("Africa/Cairo", "daily 23:30", "2026-10-29T12:00Z", &[("2026-10-29T20:30Z", "2026-10-29"), ("2026-10-30T21:30Z", "2026-10-30")]),
        ("Asia/Beirut", "daily 00:00", "2026-03-28T12:00Z", &[("2026-03-28T22:00Z", "2026-03-29"), ("2026-03-29T21:00Z", "2026-03-30")]),
        ("America/Havana", "daily 00:30", "2026-03-07T12:00Z", &[("2026-03-08T05:30Z", "2026-03-08"), ("2026-03-09T04:30Z", "2026-03-09")]),
        ("America/Havana", "daily 00:30", "2025-11-01T12:00Z", &[("2025-11-02T04:30Z", "2025-11-02"), ("2025-11-03T05:30Z", "2025-11-03")]),
        // a gap that carries a run beyond its own day, whose period it keeps
        (
            "America/Scoresbysund",
            "daily 23:30",
            "2026-03-28T12:00Z",
            &[("2026-03-29T01:30Z", "2026-03-28"), ("2026-03-30T00:30Z", "2026-03-29")],
        ),
        ("America/Scoresbysund", "daily 23:30", "2026-03-29T01:15Z", &[("2026-03-29T01:30Z", "2026-03-28")]),
        // Kwajalein left out 1993-08-21, and had 1969-09-30 nearly twice
        (
            "Pacific/Kwajalein",
            "daily 12:00",
            "1993-08-20T00:00Z",
            &[("1993-08-21T00:00Z", "1993-08-20"), ("1993-08-22T00:00Z", "1993-08-22")],
        ),
        // months' ends
        (
            "Europe/London",
            "monthly 31 08:00",
            "2026-01-31T08:00Z",
            &[("2026-02-28T08:00Z", "2026-02"), ("2026-03-31T07:00Z", "2026-03"), ("2026-04-30T07:00Z", "2026-04")],
        ),
        ("UTC", "monthly 29 08:00", "2028-02-01T00:00Z", &[("2028-02-29T08:00Z", "2028-02"), ("2028-03-29T08:00Z", "2028-03")]),
        ("UTC", "monthly 1 00:00", "2026-12-01T00:00Z", &[("2027-01-01T00:00Z", "2027-01")]),
        // a year of 53 weeks; the week belongs to the year of its Thursday
        ("UTC", "weekly friday 08:00", "2026-12-25T08:00Z", &[("2027-01-01T08:00Z", "2026-W53"), ("2027-01-08T08:00Z", "2027-W01")]),
        ("UTC", "weekly monday 00:00", "2024-12-29T00:00Z", &[("2024-12-30T00:00Z", "2025-W01"), ("2025-01-06T00:00Z", "2025-W02")]),
        // years' ends, on both sides of the date line
        ("Pacific/Kiritimati", "daily 00:00", "2026-12-31T09:59Z", &[("2026-12-31T10:00Z", "2027-01-01")]),
        ("Pacific/Pago_Pago", "daily 23:59", "2026-12-31T10:59Z", &[("2027-01-01T10:59Z", "2026-12-31")]),
        // strictly after
        ("UTC", "daily 08:00", "2026-11-19T08:00Z", &[("2026-11-20T08:00Z", "2026-11-20")]),
        ("UTC", "daily 08:00", "2026-11-19T07:59:59.999999Z", &[("2026-11-19T08:00Z", "2026-11-19")]),
    ];
    for (name, text, after, expected) in cases {
        let found = upcoming(rule(text), &zone(name), instant(after), expected.len());
        let expected: Vec<Due> =
            expected.iter().map(|(at, period)| Due { at: instant(at), period: Period((*period).to_owned()) }).collect();
        assert_eq!(found, expected, "{name}, {text}, after {after}");
    }
}

#[test]
fn off_is_never_due() {
    assert_eq!(next_due(rule("off 08:00"), &zone("UTC"), instant("2026-11-19T08:00Z")), None);
    assert!(upcoming(rule("off 08:00"), &zone("UTC"), instant("2026-11-19T08:00Z"), 3).is_empty());
}

#[test]
fn the_end_of_time_is_no_crash() {
    for text in ["daily 08:00", "weekly monday 08:00", "monthly 31 08:00"] {
        for micros in [i64::MIN, -377_705_023_201_000_000, i64::MAX] {
            let after = Instant::from_micros(micros);
            assert!(next_due(rule(text), &zone("Europe/Berlin"), after).is_none_or(|due| due.at > after), "{text} {micros}");
        }
    }
}

#[test]
fn a_sending_is_late_until_half_of_the_way_to_the_next_is_over() {
    let cases = [
        ("daily 08:00", "2026-11-19T08:00Z", Lateness::OnTime),
        ("daily 08:00", "2026-11-19T07:00Z", Lateness::OnTime),
        ("daily 08:00", "2026-11-19T09:00Z", Lateness::OnTime),
        ("daily 08:00", "2026-11-19T09:00:00.000001Z", Lateness::Late),
        ("daily 08:00", "2026-11-19T20:00Z", Lateness::Late),
        ("daily 08:00", "2026-11-19T20:00:00.000001Z", Lateness::TooLate),
        ("daily 08:00", "2026-11-25T08:00Z", Lateness::TooLate),
        ("weekly thursday 08:00", "2026-11-22T20:00Z", Lateness::Late),
        ("weekly thursday 08:00", "2026-11-22T20:01Z", Lateness::TooLate),
        ("monthly 19 08:00", "2026-12-04T08:00Z", Lateness::Late),
        ("monthly 19 08:00", "2026-12-04T08:01Z", Lateness::TooLate),
        ("off 08:00", "2026-11-19T08:30Z", Lateness::OnTime),
        ("off 08:00", "2026-11-19T09:30Z", Lateness::TooLate),
    ];
    for (text, now, expected) in cases {
        let due = instant("2026-11-19T08:00Z");
        assert_eq!(lateness(rule(text), &zone("UTC"), due, instant(now)), expected, "{text} at {now}");
    }
}

#[test]
fn rules_read_and_write_as_flat_json() {
    for (text, json) in [
        ("off 08:00", r#"{"cadence":"off","time":"08:00"}"#),
        ("daily 08:00", r#"{"cadence":"daily","time":"08:00"}"#),
        ("weekly monday 18:30", r#"{"cadence":"weekly","weekday":"monday","time":"18:30"}"#),
        ("monthly 31 00:00", r#"{"cadence":"monthly","day":31,"time":"00:00"}"#),
    ] {
        assert_eq!(serde_json::to_string(&rule(text)).unwrap(), json);
        assert_eq!(serde_json::from_str::<Rule>(json).unwrap(), rule(text));
    }
    for bad in [
        r#"{"cadence":"monthly","day":0,"time":"08:00"}"#,
        r#"{"cadence":"monthly","day":32,"time":"08:00"}"#,
        r#"{"cadence":"daily","time":"24:00"}"#,
        r#"{"cadence":"daily","time":"8:00"}"#,
        r#"{"cadence":"hourly","time":"08:00"}"#,
    ] {
        assert!(serde_json::from_str::<Rule>(bad).is_err(), "{bad}");
    }
    for bad in ["+1:30", "1:300", "12", "12:60", "", ":", "12:3 "] {
        assert!(bad.parse::<TimeOfDay>().is_err(), "{bad}");
    }
}

/// Seconds from UTC before and after a change of the clocks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: Timestamp,
    before: i64,
    after: i64,
}

impl Change {
    /// RFC 5545, 3.3.5, without a time-zone library: a local time that was reached before the change counts by the offset
    /// before it (so a fold's first pass), one that exists after it only by the offset after, one in the gap by that before.
    fn instant(&self, date: Date, minutes: i64) -> Instant {
        let local = i64::from(Day::from_date(date).number()) * 86_400 + minutes * 60;
        let (first, second) = (local - self.before, local - self.after);
        let seconds = if first < self.at.as_second() || second < self.at.as_second() { first } else { second };
        Instant::from_micros(seconds * 1_000_000)
    }
}

fn changes(zone: &Zone) -> Vec<Change> {
    let (start, end): (Timestamp, Timestamp) = ("2024-01-01T00:00Z".parse().unwrap(), "2038-01-01T00:00Z".parse().unwrap());
    let offset = |at: Timestamp| i64::from(zone.tz.to_offset(at).seconds());
    zone.tz
        .following(start)
        .take_while(|change| change.timestamp() < end)
        .map(|change| {
            let at = change.timestamp();
            Change { at, before: offset(at - jiff::Span::new().seconds(1)), after: offset(at) }
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// Every zone of the database, every change of the clocks of 2024 to 2037, times of day on and around both of its edges.
#[test]
fn in_every_zone_every_period_has_exactly_one_sending_at_its_time() {
    let mut zones: BTreeMap<Vec<Change>, Zone> = BTreeMap::new();
    let names = Zone::all_names();
    for zone in names.iter().filter_map(|name| Zone::parse(name).ok()) {
        zones.entry(changes(&zone)).or_insert(zone);
    }
    assert!(names.len() > 500 && zones.len() > 20, "{} zones, {} of them different", names.len(), zones.len());

    let mut looked_at = 0;
    for (changes, zone) in &zones {
        for change in changes {
            looked_at += 1;
            let edge = |offset: i64| Timestamp::from_second(change.at.as_second() + offset).unwrap();
            let wall = |offset: i64| jiff::tz::TimeZone::UTC.to_datetime(edge(offset));
            let (from, to) = (wall(change.before), wall(change.after));
            let day = from.date().min(to.date());
            for edge in [from, to] {
                let minutes = i64::from(edge.hour()) * 60 + i64::from(edge.minute());
                for off in [-31, -1, 0, 1, 29] {
                    let minutes = (minutes + off).rem_euclid(1_440);
                    let time = TimeOfDay::new((minutes / 60) as u8, (minutes % 60) as u8).unwrap();
                    check_around(zone, change, day, time, minutes);
                }
            }
        }
    }
    assert!(looked_at > 500, "{looked_at} changes");
}

/// Two days before a change to two after, the week before to the week after, the month before to the month after.
fn check_around(zone: &Zone, change: &Change, day: Date, time: TimeOfDay, minutes: i64) {
    let days: Vec<(Date, String)> =
        (-1..=2).map(|n| day.checked_add(jiff::Span::new().days(n)).unwrap()).map(|date| (date, date.to_string())).collect();
    expect(zone, change, Rule { cadence: Cadence::Daily, time }, minutes, &days);

    let weekday = Weekday::ALL[day.weekday().to_monday_zero_offset() as usize];
    let weeks: Vec<(Date, String)> = (0..=1)
        .map(|n| day.checked_add(jiff::Span::new().weeks(n)).unwrap())
        .map(|date| (date, format!("{:04}-W{:02}", date.iso_week_date().year(), date.iso_week_date().week())))
        .collect();
    expect(zone, change, Rule { cadence: Cadence::Weekly { weekday }, time }, minutes, &weeks);

    let month = vec![(day, format!("{:04}-{:02}", day.year(), day.month()))];
    expect(zone, change, Rule { cadence: Cadence::Monthly { day: day.day() as u8 }, time }, minutes, &month);
}

/// From just before the first date's sending, exactly these periods follow, each at its time.
fn expect(zone: &Zone, change: &Change, rule: Rule, minutes: i64, dates: &[(Date, String)]) {
    let expected: Vec<Due> =
        dates.iter().map(|(date, period)| Due { at: change.instant(*date, minutes), period: Period(period.clone()) }).collect();
    let mut after = Instant::from_micros(expected[0].at.micros() - 1);
    for due in &expected {
        let found = next_due(rule, zone, after);
        assert_eq!(found.as_ref(), Some(due), "{zone}, {rule:?}, after {after}, around {}", change.at);
        assert!(due.at > after);
        after = due.at;
    }
}

#[test]
fn no_zone_leaves_out_a_day_without_our_saying_so() {
    assert!(is_left_out(date(2011, 12, 30), &zone("Pacific/Apia")));
    assert!(is_left_out(date(1993, 8, 21), &zone("Pacific/Kwajalein")));
    for name in ["Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Scoresbysund", "Pacific/Apia"] {
        for number in (0..30_000).step_by(7) {
            let date = Day::from_number(number).date();
            assert!(!is_left_out(date, &zone(name)) || date == jiff::civil::date(2011, 12, 30), "{name} {date}");
        }
    }
}
