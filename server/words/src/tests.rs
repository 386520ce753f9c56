use std::collections::{BTreeMap, BTreeSet};

use domain::schedule::{Cadence, Period, Rule, TimeOfDay, Weekday};
use domain::scoring::{Attribute, MESSAGES, Message, Value};
use domain::time::{Day, Instant, Zone};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

use super::*;

fn english() -> Lang {
    Words::load().for_languages(None, None)
}

fn german() -> Lang {
    Words::load().for_languages(Some("de"), None)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Keys a language.
fn keys() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (tag, name, text) in FILES {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| panic!("{tag}/{name}: {errors:?}"));
        assert!(resource.entries().count() > 0, "{tag}/{name} is empty");
        for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
            let key = line.split_once(" =").unwrap_or_else(|| panic!("{tag}/{name}: {line}")).0;
            assert!(keys.entry(tag).or_default().insert(key.to_owned()), "{tag}/{name} says {key} a second time");
        }
    }
    keys
}

#[test]
fn every_catalogue_parses_and_says_nothing_twice() {
    assert!(keys()[FALLBACK].len() > 50);
}

#[test]
fn all_languages_have_the_same_keys() {
    let keys = keys();
    for (tag, own) in &keys {
        let missing: Vec<_> = keys[FALLBACK].symmetric_difference(own).collect();
        assert!(missing.is_empty(), "{tag} differs from {FALLBACK}: {missing:?}");
    }
}

/// What a message has besides its words: `$count` for a variable, `$trust[mentor]` for a word that a variable is compared
/// with, `.title` for an attribute. Plural categories and single numbers are a matter of the language and stand for nothing.
fn shape(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            shape_of(expression, into);
        }
    }
}

fn shape_of(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => drop(variable(inline, into)),
        Expression::Select { selector, variants } => {
            let name = variable(selector, into);
            for variant in variants {
                if let VariantKey::Identifier { name: word } = variant.key
                    && !["zero", "one", "two", "few", "many", "other"].contains(&word)
                {
                    into.insert(format!("{name}[{word}]"));
                }
                shape(&variant.value, into);
            }
        }
    }
}

/// The variable with its sign. Catalogues hold variables only, so that every message can be read for itself.
fn variable(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) -> String {
    let InlineExpression::VariableReference { id } = inline else { panic!("neither a variable nor a choice by one: {inline:?}") };
    let name = format!("${}", id.name);
    into.insert(name.clone());
    name
}

fn shapes(wanted: &str) -> BTreeMap<(&'static str, String), BTreeSet<String>> {
    let mut shapes = BTreeMap::new();
    for (_, name, text) in FILES.iter().filter(|(tag, _, _)| *tag == wanted) {
        for entry in resource(text).entries() {
            let Entry::Message(message) = entry else { continue };
            let mut own = BTreeSet::new();
            if let Some(value) = &message.value {
                shape(value, &mut own);
            }
            for attribute in &message.attributes {
                own.insert(format!(".{}", attribute.id.name));
                shape(&attribute.value, &mut own);
            }
            shapes.insert((*name, message.id.name.to_owned()), own);
        }
    }
    shapes
}

#[test]
fn every_language_says_each_message_with_the_same_variables_choices_and_attributes() {
    let english = shapes(FALLBACK);
    assert!(english.values().any(|shape| shape.contains("$span[month]")));
    let others: BTreeSet<&str> = FILES.iter().map(|(tag, _, _)| *tag).filter(|tag| *tag != FALLBACK).collect();
    assert!(others.contains("de"));
    for tag in others {
        let own = shapes(tag);
        let differ: Vec<_> = english.keys().chain(own.keys()).filter(|key| english.get(*key) != own.get(*key)).collect();
        assert!(differ.is_empty(), "{tag} differs from {FALLBACK} in {differ:?}");
    }
}

#[test]
fn every_language_gives_itself_a_name_of_its_own() {
    let words = Words::load();
    let names = words.names();
    assert_eq!(names[..2], [("en", "English".to_owned()), ("de", "Deutsch".to_owned())]);
    assert_eq!(names.iter().map(|(_, name)| name).collect::<BTreeSet<_>>().len(), words.tags().len());
}

#[test]
fn german_days_periods_numbers_and_schedules_read_as_people_say_them() {
    let lang = german();
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let at: Instant = "2026-11-22T18:30:00Z".to_owned().try_into().unwrap();
    let period = |key: &str| lang.period_title(&Period(key.to_owned()));
    let schedule = |cadence| lang.schedule(Rule { cadence, time: TimeOfDay::new(18, 30).unwrap() }, &zone);
    let cases = [
        (lang.day(day("2026-11-19")), "Donnerstag, 19. November 2026"),
        (lang.day_long(day("2026-03-01")), "1. März 2026"),
        (lang.day_short(day("2026-11-02")), "2. November"),
        (lang.day_named(day("2026-12-06")), "Sonntag, 6. Dezember"),
        (lang.moment(at, &zone), "22. November 2026, 19:30 Uhr"),
        (period("2026-W47"), "Woche 47, 16. bis 22. November 2026"),
        (period("2026-W40"), "Woche 40, 28. September bis 4. Oktober 2026"),
        (period("2026-W53"), "Woche 53, 28. Dezember 2026 bis 3. Januar 2027"),
        (period("2026-11"), "November 2026"),
        (lang.points(1450), "14,5"),
        (lang.points_exact(7199), "71,99"),
        (lang.points_moved(-330), "−3,3"),
        (lang.points_moved(4), "+0,04"),
        (lang.effort(75), "75\u{a0}min"),
        (lang.effort(601), "11\u{a0}h"),
        (lang.t_with("path-claimed", &[("points", "14,5".into())]), "14,5\u{a0}% angegeben"),
        (lang.t_with("path-days-left", &[("days", 1_u8.into())]), "noch ein Tag"),
        (lang.t_with("path-days-left", &[("days", 0_u8.into())]), "noch 0 Tage"),
        (schedule(Cadence::Off), "nie"),
        (schedule(Cadence::Daily), "täglich um 18:30 Uhr in Europe/Berlin"),
        (schedule(Cadence::Weekly { weekday: Weekday::Sunday }), "wöchentlich am Sonntag um 18:30 Uhr in Europe/Berlin"),
        (schedule(Cadence::Monthly { day: 31 }), "monatlich am 31. um 18:30 Uhr in Europe/Berlin"),
    ];
    for (said, expected) in cases {
        assert_eq!(said, expected);
    }
}

#[test]
fn german_keeps_signs_with_their_numbers_and_its_own_quotation_marks() {
    for (tag, name, text) in FILES.iter().filter(|(tag, _, _)| *tag == "de") {
        for line in text.lines() {
            assert!(!line.contains(" %"), "{tag}/{name}: no line ends before a per cent sign: {line}");
            assert_eq!(line.matches('„').count(), line.matches('“').count(), "{tag}/{name}: {line}");
        }
    }
}

#[test]
fn the_same_keys_are_loaded_as_are_written() {
    let lang = english();
    for key in &keys()[FALLBACK] {
        assert!(lang.has(key), "{key}");
    }
}

#[test]
fn every_key_that_this_crate_uses_exists() {
    let lang = english();
    let keys: Vec<&str> = keys_used(include_str!("say.rs"));
    assert!(keys.len() > 5);
    for key in keys.into_iter().chain(MESSAGES.iter().copied()) {
        assert!(lang.has(key), "{key}");
    }
}

#[test]
fn a_missing_key_is_shown_itself() {
    assert_eq!(english().t("nobody-wrote-this"), "nobody-wrote-this");
}

#[test]
fn the_language_is_the_accounts_then_the_browsers_then_english() {
    let files = [("en", "a.ftl", "hello = Hello\nonly = Only"), ("de", "a.ftl", "hello = Hallo"), ("pt-BR", "a.ftl", "hello = Olá")];
    let words = Words::from_files(&files);
    let cases = [
        (Some("de"), Some("pt-BR"), "de"),
        (Some("DE-at"), None, "de"),
        (Some("pt-BR"), None, "pt-BR"),
        (Some("tlh"), Some("de"), "de"),
        (None, Some("fr, de;q=0.5, en;q=0.8"), "en"),
        (None, Some("fr;q=0.9, de-CH;q=0.7"), "de"),
        (None, Some("de;q=0, *"), "en"),
        (None, Some("pt"), "en"),
        (None, Some(";;q=,=;\u{0}"), "en"),
        (None, Some("de;q=NaN"), "en"),
        (None, None, "en"),
        (Some("en-XA"), None, "en-XA"),
        (Some("en-GB"), None, "en"),
    ];
    for (account, header, tag) in cases {
        assert_eq!(words.for_languages(account, header).tag(), tag, "{account:?} {header:?}");
    }
    let german = words.for_languages(Some("de"), None);
    assert_eq!((german.t("hello"), german.t("only")), ("Hallo".to_owned(), "Only".to_owned()));
}

#[test]
fn the_pseudo_locale_marks_words_and_leaves_placeables_alone() {
    let pseudo = Words::load().for_languages(Some(PSEUDO), None);
    assert_eq!(pseudo.day(day("2026-11-22")), "[Šúñďáý 22 Ñóṽéɱƀéŕ 2026]");
    assert_eq!(pseudo.t_with("digest-action-detail", &[("area", "APIs".into()), ("effort", "75 min".into())]), "[APIs, áƀóúţ 75 min]");
}

#[test]
fn every_message_is_marked_in_the_pseudo_locale() {
    let (english, pseudo) = (english(), Words::load().for_languages(Some(PSEUDO), None));
    for key in &keys()[FALLBACK] {
        let said = pseudo.t(key);
        assert!(said.starts_with('[') && said.ends_with(']'), "{key}: {said}");
        assert!(english.t(key) != said, "{key}");
    }
}

#[test]
fn no_message_holds_isolation_marks() {
    let said = english().t_with("digest-before", &[("span", "week".into()), ("points", "69".into())]);
    assert_eq!(said, "69 a week ago");
}

#[test]
fn days_and_periods_read_as_people_say_them() {
    let lang = english();
    assert_eq!(lang.day(day("2026-11-22")), "Sunday 22 November 2026");
    assert_eq!(lang.day_short(day("2026-11-02")), "2 November");
    assert_eq!(lang.day_named(day("2026-12-06")), "Sunday 6 December");
    assert_eq!(lang.day_near(day("2026-12-18"), day("2026-11-22")), "18 December");
    assert_eq!(lang.day_near(day("2027-01-14"), day("2026-11-22")), "14 January 2027");
    let periods = [
        ("2026-W47", "Week 47, 16 to 22 November 2026"),
        ("2026-W40", "Week 40, 28 September to 4 October 2026"),
        ("2026-W53", "Week 53, 28 December 2026 to 3 January 2027"),
        ("2026-W01", "Week 1, 29 December 2025 to 4 January 2026"),
        ("2026-11-22", "Sunday 22 November 2026"),
        ("2026-11", "November 2026"),
        ("2026-W99", "2026-W99"),
        ("soon", "soon"),
    ];
    for (key, title) in periods {
        assert_eq!(lang.period_title(&Period(key.to_owned())), title);
    }
}

#[test]
fn a_moment_is_told_by_the_clock_on_the_wall() {
    let at: Instant = "2026-11-22T18:30:00Z".to_owned().try_into().unwrap();
    let said = |zone: &str| english().moment(at, &Zone::parse(zone).unwrap());
    assert_eq!(said("Europe/Lisbon"), "22 November 2026, 18:30");
    assert_eq!(said("Asia/Tokyo"), "23 November 2026, 03:30");
}

#[test]
fn a_level_that_is_called_as_its_role_is_said_once() {
    let lang = english();
    assert_eq!(lang.goal("Back-End Developer", "Senior"), "Back-End Developer, Senior");
    assert_eq!(lang.goal("Back-End Developer", "Back-End Developer"), "Back-End Developer");
}

#[test]
fn points_are_rounded_down_and_never_hide_a_move() {
    let lang = english();
    for (basis_points, said) in [(0, "0"), (99, "0"), (7_199, "71"), (9_999, "99"), (10_000, "100")] {
        assert_eq!(lang.readiness(basis_points), said);
    }
    for (basis_points, said) in [(0, "0"), (4, "0"), (7190, "71.9"), (7199, "71.9"), (7200, "72"), (9999, "99.9"), (10_000, "100")] {
        assert_eq!(lang.points(basis_points), said);
    }
    for (basis_points, said) in [(0, "0.00"), (166, "1.66"), (7199, "71.99"), (10_000, "100.00")] {
        assert_eq!(lang.points_exact(basis_points), said);
    }
    for (moved, said) in [(0, "0"), (4, "+0.04"), (-4, "−0.04"), (10, "+0.1"), (170, "+1.7"), (-330, "−3.3"), (300, "+3")] {
        assert_eq!(lang.points_moved(moved), said);
    }
}

#[test]
fn durations_and_schedules_read_as_people_say_them() {
    let lang = english();
    for (minutes, said) in [(0, "0 min"), (75, "75 min"), (119, "119 min"), (120, "2 h"), (600, "10 h"), (601, "11 h")] {
        assert_eq!(lang.effort(minutes), said);
    }
    let zone = Zone::parse("Europe/Lisbon").unwrap();
    let time = TimeOfDay::new(18, 30).unwrap();
    let said = |cadence| lang.schedule(Rule { cadence, time }, &zone);
    assert_eq!(said(Cadence::Weekly { weekday: Weekday::Sunday }), "once a week, on Sunday at 18:30 in Europe/Lisbon");
    assert_eq!(said(Cadence::Daily), "once a day, at 18:30 in Europe/Lisbon");
    assert_eq!(said(Cadence::Monthly { day: 31 }), "once a month, on day 31 at 18:30 in Europe/Lisbon");
    assert_eq!(said(Cadence::Off), "never");
}

#[test]
fn a_packs_reason_comes_from_its_own_catalogue_and_falls_back_to_english() {
    let pack = PackWords::parse([("en", "stale = Last used { $days } days ago."), ("de", "stale = Zuletzt vor { $days } Tagen.")]).unwrap();
    let message = Message { id: "stale".into(), arguments: vec![Attribute { key: "days".into(), value: Value::Number(40) }] };
    assert_eq!(english().reason(&message, Some(&pack)), "Last used 40 days ago.");
    assert!(pack.has("stale") && !pack.has("fresh"));
    let errors = PackWords::parse([("en", "a = 1\na = 2"), ("de", "= x")]).unwrap_err();
    assert!(errors.len() >= 2, "{errors:?}");
}

#[test]
fn the_built_in_rules_reasons_read_with_the_arguments_that_it_gives() {
    let attribute = |key: &str, value| Attribute { key: key.to_owned().into(), value };
    let (number, text) = (Value::Number, |text: &str| Value::Text(text.to_owned().into()));
    let cases = [
        ("rule-nothing-yet", vec![], "No evidence yet."),
        ("rule-earned", vec![("evidence", number(2)), ("trust", text("mentor"))], "Fully earned, reviewed by a mentor."),
        ("rule-partly", vec![("percent", number(66)), ("evidence", number(1)), ("trust", text("claimed"))], "66 % earned so far."),
        ("rule-finish", vec![("hours", number(12)), ("points", number(166))], "Brings 1.6 points, in about 12 h."),
        ("rule-finish", vec![("hours", number(0)), ("points", number(166))], "Brings 1.6 points."),
        ("rule-continue", vec![("hours", number(2)), ("points", number(900))], "Begun: what is missing brings 9 points, in at most 2 h."),
        (
            "rule-after",
            vec![("hours", number(2)), ("points", number(4)), ("waits", number(1))],
            "Brings 0 points, after one requirement before it.",
        ),
        (
            "rule-after",
            vec![("hours", number(2)), ("points", number(40)), ("waits", number(3))],
            "Brings 0.4 points, after 3 requirements before it.",
        ),
    ];
    for (id, arguments, said) in cases {
        let arguments = arguments.into_iter().map(|(key, value)| attribute(key, value)).collect();
        assert_eq!(english().reason(&Message { id: id.to_owned().into(), arguments }, None), said);
    }
}
