use domain::account::CleanName;
use domain::digest::DigestKind;
use domain::ids::PublicId;
use proptest::prelude::*;
use words::Words;

use super::*;
use crate::unsubscribe;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn told(name: &str, figure: u32, is_new: bool) -> Told {
    Told { person: PublicId::new([2; 16]).to_string(), name: name.to_owned(), figure, is_new }
}

fn autumn() -> CohortNews {
    let person = || PublicId::new([2; 16]).to_string();
    let alert = |name: &str, kind, figure, on: &str| AlertNews { person: person(), name: name.to_owned(), kind, figure, day: day(on) };
    CohortNews {
        cohort: PublicId::new([1; 16]).to_string(),
        name: "Backend, autumn".to_owned(),
        learners: 24,
        alerts: vec![
            alert("Farid Nazari", AlertKind::Silent, 6, "2026-11-12"),
            alert("Hiro Tanaka", AlertKind::Behind, 1_500, "2026-11-19"),
            alert("Ada Okafor", AlertKind::Waiting, 1, "2026-11-21"),
            alert("Chen Yu", AlertKind::Lapsing, 30, "2026-12-22"),
        ],
        waiting: vec![Waits { person: person(), name: "Ada Okafor".to_owned(), number: 2, days: 1 }],
        silent: vec![told("Farid Nazari", 6, true), told("Kofi Boateng", 11, false)],
        behind: (1..=14).map(|number| told(&format!("Learner {number}"), 1_000 + number, number == 1)).collect(),
        moved: vec![Moved { person: person(), name: "Chen Yu".to_owned(), from: 5_400, to: 6_100 }],
    }
}

fn letter_in(language: &str, digest: &GuideDigest) -> Letter {
    let name = CleanName::parse("Mira Lindqvist").unwrap();
    let token = unsubscribe::make(&[7; 32], &PublicId::new([1; 16]), DigestKind::Mentor);
    let view = MentorDigestView {
        name: &name,
        period: &Period("2026-W47".to_owned()),
        today: day("2026-11-22"),
        digest,
        links: &Links::new("https://waymark.harbour.example/school/"),
        unsubscribe_token: &token,
        rule: DigestKind::Mentor.suggested(),
        zone: &Zone::parse("Europe/Stockholm").unwrap(),
        instance: "Waymark at Harbour School",
    };
    mentor_digest(&Words::load().for_languages(Some(language), None), &view).unwrap()
}

fn wide(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.chars().count() > 72 && line.trim().contains(' ')).collect()
}

#[test]
fn a_mentors_letter_says_what_waits_who_is_silent_or_behind_and_who_moved() {
    let letter = letter_in("en", &GuideDigest { cohorts: vec![autumn()] });
    insta::assert_snapshot!(format!("Subject: {}\n\n{}", letter.subject, letter.text));
    assert!(letter.html.contains("<h1") && letter.html.contains("/cohorts/01010101010101010101010101010101/learners/"));
    let german = letter_in("de", &GuideDigest { cohorts: vec![autumn()] });
    assert_eq!(german.subject, "Deine Lernenden: 1 warten, 2 still, 14 im Rückstand");
    assert!(!german.text.contains("mentor-digest-") && !german.text.contains("alert-says"), "{}", german.text);
}

#[test]
fn a_token_of_this_digest_ends_no_other() {
    let account = PublicId::new([9; 16]);
    let token = unsubscribe::make(&[1; 32], &account, DigestKind::Mentor);
    assert_eq!(unsubscribe::verify(&[1; 32], &token), Some((account, DigestKind::Mentor)));
    assert_ne!(token, unsubscribe::make(&[1; 32], &account, DigestKind::Learner));
}

proptest! {
    #[test]
    fn whatever_people_and_cohorts_are_called_no_line_is_wider_than_72(name in "\\PC{0,80}", cohort in "\\PC{0,80}") {
        let mut news = autumn();
        news.name = cohort;
        news.silent[0].name = name.clone();
        news.alerts[0].name = name.clone();
        news.waiting[0].name = name;
        let letter = letter_in("en", &GuideDigest { cohorts: vec![news] });
        prop_assert_eq!(wide(&letter.text), Vec::<&str>::new());
        let subject_is_one_line = !letter.subject.chars().any(char::is_control);
        prop_assert!(subject_is_one_line);
    }
}
