use proptest::prelude::*;

use super::*;
use crate::cohort::{Calendar, Span, Terms, Weekdays};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Monday 7 September to Friday 18 December 2026, Monday to Friday.
fn calendar() -> Calendar {
    Calendar::new(day("2026-09-07"), day("2026-12-18"), Weekdays::WORKING, &[])
}

fn all_on() -> AlertSettings {
    AlertSettings { silent: Some(3), behind: Some(1_000), waiting: Some(4), lapsing: Some(30), quiet: 7 }
}

/// A learner of the autumn and what is known of them.
#[derive(Clone, Debug, Default)]
struct Ada {
    terms: Terms,
    spans: Vec<Span>,
    last_active: Option<Day>,
    short: Option<u32>,
    waiting: Vec<(u32, Day)>,
    certificates: Vec<Ending>,
    known: Vec<KnownAlert>,
}

impl Ada {
    /// At the end of a day; what is raised is known from then on, what is over is over.
    fn look(&mut self, settings: &AlertSettings, through: Day) -> Vec<(AlertKind, String)> {
        let calendar = calendar();
        let member = MemberCalendar { calendar: &calendar, terms: &self.terms, spans: &self.spans };
        let facts = AlertFacts {
            member,
            last_active: self.last_active,
            short: self.short,
            waiting: &self.waiting,
            certificates: &self.certificates,
            today: through.plus(1),
        };
        let look = look(settings, &facts, &self.known, through);
        for place in look.over {
            self.known[place].is_over = true;
        }
        let raised_on = through.plus(1);
        let known = |event: &Event| KnownAlert { kind: event.kind, key: event.key.clone(), raised_on, is_over: false };
        self.known.extend(look.raised.iter().map(known));
        look.raised.into_iter().map(|event| (event.kind, event.key)).collect()
    }

    /// Every day from `first` to `last`: what was raised, with the day at whose end it was.
    fn days(&mut self, settings: &AlertSettings, first: &str, last: &str) -> Vec<String> {
        let mut told = Vec::new();
        for number in day(first).number()..=day(last).number() {
            let through = Day::from_number(number);
            told.extend(self.look(settings, through).into_iter().map(|(kind, key)| format!("{through}: {kind} {key}")));
        }
        told
    }
}

#[test]
fn no_alert_is_on_by_default_and_every_figure_has_its_range() {
    assert!(!AlertSettings::default().is_on());
    assert_eq!(AlertSettings::default().checked(), Ok(AlertSettings::default()));
    assert_eq!(all_on().checked(), Ok(all_on()));
    let wild = AlertSettings { silent: Some(0), behind: Some(99), waiting: Some(61), lapsing: Some(181), quiet: 0 };
    let fields: Vec<_> = wild.checked().unwrap_err().into_iter().map(|error| (error.field, error.code)).collect();
    assert_eq!(fields, ["silent", "behind", "waiting", "lapsing", "quiet"].map(|field| (field, "out_of_range")));
}

#[test]
fn a_learner_goes_silent_once_returns_and_goes_silent_again() {
    let mut ada = Ada { last_active: Some(day("2026-09-11")), ..Ada::default() };
    // Friday; the weekend does not count, so three session days are over on Wednesday.
    assert_eq!(ada.days(&all_on(), "2026-09-11", "2026-09-30"), ["2026-09-16: silent 2026-09-12"]);
    ada.last_active = Some(day("2026-10-01"));
    assert_eq!(ada.days(&all_on(), "2026-10-01", "2026-10-31"), ["2026-10-06: silent 2026-10-02"]);
    assert!(ada.known[0].is_over && !ada.known[1].is_over);
}

#[test]
fn within_the_quiet_period_nothing_of_the_same_kind_is_raised_and_what_still_holds_comes_after_it() {
    let mut ada = Ada { waiting: vec![(4, day("2026-09-07")), (9, day("2026-09-08"))], ..Ada::default() };
    let settings = AlertSettings { silent: None, ..all_on() };
    assert_eq!(ada.days(&settings, "2026-09-07", "2026-09-30"), ["2026-09-10: waiting 4", "2026-09-17: waiting 9"]);
    ada.waiting.clear();
    assert_eq!(ada.days(&settings, "2026-10-01", "2026-10-01"), [""; 0]);
    assert!(ada.known.iter().all(|alert| alert.is_over));
}

#[test]
fn behind_is_one_event_until_the_learner_has_caught_up() {
    let mut ada = Ada { short: Some(1_200), ..Ada::default() };
    let settings = AlertSettings { silent: None, ..all_on() };
    assert_eq!(ada.days(&settings, "2026-09-14", "2026-10-20"), ["2026-09-14: behind 2026-09-15"]);
    ada.short = Some(999);
    assert_eq!(ada.days(&settings, "2026-10-21", "2026-10-21"), [""; 0]);
    ada.short = Some(1_000);
    assert_eq!(ada.days(&settings, "2026-10-22", "2026-11-20"), ["2026-10-22: behind 2026-10-23"]);
}

#[test]
fn a_certificate_is_told_once_before_its_end_and_not_for_having_been_brought_along_late() {
    let ending = |brought_on: Option<&str>| Ending { entry: 7, last: day("2026-10-30"), brought_on: brought_on.map(day) };
    let settings = AlertSettings { silent: None, ..all_on() };
    let cases = [(None, vec!["2026-09-29: lapsing 7"]), (Some("2026-09-20"), vec!["2026-09-29: lapsing 7"]), (Some("2026-10-05"), vec![])];
    for (brought, expected) in cases {
        let mut ada = Ada { certificates: vec![ending(brought)], ..Ada::default() };
        assert_eq!(ada.days(&settings, "2026-09-20", "2026-11-05"), expected, "{brought:?}");
    }
}

#[test]
fn who_rests_raises_nothing_and_has_the_whole_time_again_after_coming_back() {
    let pause = |first: &str| Span::new(MemberState::Paused, day(first));
    let mut ada = Ada { spans: vec![pause("2026-09-10")], short: Some(5_000), ..Ada::default() };
    assert_eq!(ada.days(&all_on(), "2026-09-10", "2026-10-01"), [""; 0]);
    ada.spans.push(Span::new(MemberState::Active, day("2026-10-02")));
    // Friday 2, Monday 5 and Tuesday 6 October are three session days.
    assert_eq!(ada.days(&all_on(), "2026-10-02", "2026-10-06"), ["2026-10-02: behind 2026-10-03", "2026-10-06: silent 2026-10-02"]);
    ada.spans.push(pause("2026-10-07"));
    ada.look(&all_on(), day("2026-10-07"));
    assert!(ada.known.iter().all(|alert| alert.is_over), "what was told of who rests is over");
    for state in [MemberState::Dropped, MemberState::Completed] {
        let mut gone = Ada { spans: vec![Span::new(state, day("2026-09-08"))], short: Some(5_000), ..Ada::default() };
        assert_eq!(gone.days(&all_on(), "2026-09-08", "2026-10-30"), [""; 0], "{state}");
    }
}

#[test]
fn who_begins_late_is_not_told_of_before() {
    let mut ada = Ada { terms: Terms { starts_on: Some(day("2026-10-05")), ..Terms::default() }, short: Some(5_000), ..Ada::default() };
    assert_eq!(ada.days(&all_on(), "2026-09-07", "2026-10-03"), [""; 0]);
    assert_eq!(ada.days(&all_on(), "2026-10-04", "2026-10-07"), ["2026-10-04: behind 2026-10-05", "2026-10-07: silent 2026-10-05"]);
}

prop_compose! {
    fn autumn_day()(number in 0..100i32) -> Day {
        day("2026-09-07").plus(number)
    }
}

prop_compose! {
    fn learner()(
        last_active in proptest::option::of(autumn_day()),
        short in proptest::option::of(0..4_000u32),
        waiting in proptest::collection::vec((1..9u32, autumn_day()), 0..4),
        certificates in proptest::collection::vec((10..19u32, autumn_day()), 0..3),
        spans in proptest::collection::vec((0..4usize, autumn_day()), 0..4),
    ) -> Ada {
        let mut spans: Vec<Span> = spans.into_iter().map(|(state, first)| Span::new(MemberState::ALL[state], first)).collect();
        spans.sort_by_key(|span| span.first_day);
        let certificates = certificates.into_iter().map(|(entry, last)| Ending { entry, last, brought_on: None }).collect();
        Ada { spans, last_active, short, waiting, certificates, ..Ada::default() }
    }
}

proptest! {
    #[test]
    fn the_same_facts_twice_raise_nothing_new(mut ada in learner(), through in autumn_day(), quiet in 1..15u32) {
        let settings = AlertSettings { quiet, ..all_on() };
        ada.look(&settings, through);
        let known = ada.known.clone();
        prop_assert_eq!(ada.look(&settings, through), []);
        prop_assert_eq!(&ada.known, &known);
        // Nor does the quiet period make an event a new one.
        for alert in &mut ada.known {
            alert.raised_on = through.plus(-100);
        }
        let again = ada.look(&settings, through);
        prop_assert!(again.iter().all(|(kind, key)| !known.iter().any(|alert| alert.kind == *kind && alert.key == *key)));
    }

    #[test]
    fn days_between_alerts_of_a_kind_are_never_fewer_than_the_quiet_period(mut days in proptest::collection::vec(learner(), 1..40), quiet in 1..15u32) {
        let settings = AlertSettings { quiet, ..all_on() };
        let mut known: Vec<KnownAlert> = Vec::new();
        for (number, ada) in days.iter_mut().enumerate() {
            ada.known = known;
            ada.look(&settings, day("2026-09-07").plus(number as i32));
            known = std::mem::take(&mut ada.known);
        }
        for &kind in AlertKind::ALL {
            let of: Vec<&KnownAlert> = known.iter().filter(|alert| alert.kind == kind).collect();
            prop_assert!(of.windows(2).all(|two| two[1].raised_on.number() - two[0].raised_on.number() >= quiet as i32), "{of:?}");
            let keys: std::collections::BTreeSet<&str> = of.iter().map(|alert| alert.key.as_str()).collect();
            prop_assert_eq!(keys.len(), of.len(), "once an event");
        }
    }

    #[test]
    fn who_is_not_active_raises_nothing(mut ada in learner(), through in autumn_day(), state in 1..4usize) {
        ada.spans.push(Span::new(MemberState::ALL[state], through.plus(1)));
        prop_assert_eq!(ada.look(&all_on(), through), []);
    }
}
