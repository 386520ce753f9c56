use domain::account::CleanName;
use domain::digest::{Change, DigestAction, DigestKind, Lapse, LearnerDigest, PathDigest, Question, QuestionAbout, ReviewAnswer};
use domain::ids::PublicId;
use domain::ledger::EvidenceKind;
use domain::schedule::{Cadence, Period, Rule, TimeOfDay, Weekday};
use domain::subject::Trust;
use domain::time::{Day, Instant, Zone};
use proptest::prelude::*;
use words::{Words, keys_used};

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn change(on: &str, kind: EvidenceKind, trust: Trust, names: &[&str], more: u32) -> Change {
    Change { day: day(on), kind, trust, names: names.iter().map(|&name| name.to_owned()).collect(), more }
}

fn action(requirement: &str, name: &str, area: &str, gain: u32, hours: u32) -> DigestAction {
    DigestAction { requirement: requirement.to_owned(), name: name.to_owned(), area: area.to_owned(), gain, hours }
}

fn question(about: QuestionAbout) -> Question {
    Question { asked_at: day("2026-11-20").starts_in(&Zone::utc()), about }
}

fn ada() -> LearnerDigest {
    LearnerDigest {
        paths: vec![PathDigest {
            path: PublicId::new([0x2f; 16]).to_string(),
            role: "Back-End Developer".to_owned(),
            target: "Junior".to_owned(),
            target_day: Some(day("2026-12-18")),
            claimed: 7190,
            proven: 5830,
            claimed_before: Some(6900),
            proven_before: Some(5300),
            next: vec![
                action("rate-limiting", "Rate limiting", "APIs", 170, 2),
                action("data-protection", "Data protection", "Security", 130, 1),
                action("alerting", "Alerting", "Operations", 110, 1),
            ],
        }],
        changes: vec![
            change("2026-11-20", EvidenceKind::Review, Trust::Mentor, &["Caching", "Redis"], 0),
            change("2026-11-19", EvidenceKind::Recall, Trust::Linked, &["API design questions"], 0),
            change("2026-11-18", EvidenceKind::Link, Trust::Linked, &["Monitoring", "Tracing", "Logging"], 2),
            change("2026-11-17", EvidenceKind::Certificate, Trust::Verified, &["Cloud certificate"], 0),
            change("2026-11-16", EvidenceKind::Retraction, Trust::Claimed, &[], 0),
        ],
        lapsing: vec![
            Lapse { name: "Database certificate".to_owned(), on: day("2026-11-02") },
            Lapse { name: "Cloud certificate".to_owned(), on: day("2027-01-14") },
        ],
        reviews: vec![ReviewAnswer {
            by: "Bo Lindqvist".to_owned(),
            on: day("2026-11-21"),
            met: 2,
            all: 4,
            names: ["Documents", "Errors", "Limits"].map(str::to_owned).to_vec(),
            more: 1,
        }],
        questions: vec![
            question(QuestionAbout::Work { by: "Bela Horváth".to_owned(), title: Some("Orders service".to_owned()) }),
            question(QuestionAbout::Summary {
                label: "Harbour Fund".to_owned(),
                cohort: PublicId::new([0x3c; 16]).to_string(),
                name: "Backend, autumn".to_owned(),
            }),
        ],
        cards_due: 14,
    }
}

fn letter_in(language: &str, name: &str, digest: &LearnerDigest, period: &str) -> Letter {
    let name = CleanName::parse(name).unwrap();
    let token = unsubscribe::make(&[7; 32], &PublicId::new([1; 16]), DigestKind::Learner);
    let view = LearnerDigestView {
        name: &name,
        period: &Period(period.to_owned()),
        today: day("2026-11-22"),
        digest,
        links: &Links::new("https://waymark.harbour.example/school/"),
        unsubscribe_token: &token,
        rule: Rule { cadence: Cadence::Weekly { weekday: Weekday::Sunday }, time: TimeOfDay::new(18, 30).unwrap() },
        zone: &Zone::parse("Europe/Lisbon").unwrap(),
        instance: "Waymark at Harbour School",
    };
    learner_digest(&Words::load().for_languages(Some(language), None), &view).unwrap()
}

fn letter(name: &str, digest: &LearnerDigest, period: &str) -> Letter {
    letter_in("en", name, digest, period)
}

/// Lines wider than 72 that are more than an address.
fn wide(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.chars().count() > 72 && line.trim().contains(' ')).collect()
}

#[test]
fn a_learners_week_as_plain_text() {
    let letter = letter("Ada Okafor", &ada(), "2026-W47");
    insta::assert_snapshot!(format!("Subject: {}\n\n{}", letter.subject, letter.text));
}

#[test]
fn a_learners_week_as_html() {
    insta::assert_snapshot!(letter("Ada Okafor", &ada(), "2026-W47").html);
}

#[test]
fn the_same_in_the_pseudo_locale_leaves_no_word_of_ours_unmarked() {
    insta::assert_snapshot!(letter_in("en-XA", "Ada Okafor", &ada(), "2026-W47").text);
}

#[test]
fn two_paths_a_first_score_and_names_too_long_for_a_line() {
    let mut digest = ada();
    let long = "Measured query optimisation of a relational database under a workload that somebody wrote down";
    digest.paths.push(PathDigest {
        path: PublicId::new([3; 16]).to_string(),
        role: "Site Reliability Engineer".to_owned(),
        target: "Mid".to_owned(),
        target_day: None,
        claimed: 4,
        proven: 0,
        claimed_before: None,
        proven_before: None,
        next: vec![action("query", long, "Databases and everything that keeps data", 12, 40)],
    });
    let letter = letter("Ada Okafor", &digest, "2026-11");
    assert_eq!(wide(&letter.text), Vec::<&str>::new());
    insta::assert_snapshot!(letter.text);
}

#[test]
fn names_with_html_direction_marks_and_line_ends_do_no_harm() {
    let mut digest = ada();
    digest.paths[0].role = "Back-End\r\nBcc: all@harbour.example".to_owned();
    digest.paths[0].next[0].name = "\u{202e}gnitimil\u{202c} <script>alert(1)</script>".to_owned();
    digest.changes[0].names = vec!["<b>Caching</b> & \"Redis\"\n\n.\nQUIT".to_owned(), "\u{2066}\u{200f}".to_owned()];
    digest.reviews[0].by = "Bo\r\nBcc: all@harbour.example <b>".to_owned();
    digest.lapsing[0].name = "أمن \u{061c}الشبكات".to_owned();
    let letter = letter("<img src=x onerror=alert(1)> O'Brien", &digest, "2026-11-22");
    for part in [&letter.subject, &letter.text, &letter.html] {
        assert!(!part.contains(['\u{202e}', '\u{202c}', '\u{2066}', '\u{200f}', '\u{061c}', '\r']), "{part}");
    }
    assert!(!letter.html.contains("<script") && !letter.html.contains("<img") && !letter.html.contains("<b>Caching"));
    assert!(!letter.text.lines().any(|line| line.starts_with("Bcc:") || line == "." || line == "QUIT"));
    insta::assert_snapshot!(letter.text);
    insta::assert_snapshot!(letter.html);
}

#[test]
fn a_digest_with_nothing_but_a_ledger_entry_is_short() {
    let digest = LearnerDigest {
        paths: vec![],
        changes: vec![change("2026-11-22", EvidenceKind::Claim, Trust::Claimed, &["Git"], 0)],
        lapsing: vec![],
        reviews: vec![],
        questions: vec![],
        cards_due: 0,
    };
    let letter = letter("Ada", &digest, "2026-11-22");
    insta::assert_snapshot!(format!("Subject: {}\n\n{}", letter.subject, letter.text));
}

#[test]
fn many_entries_are_counted_not_listed() {
    let mut digest = ada();
    digest.changes = vec![change("2026-11-22", EvidenceKind::Claim, Trust::Claimed, &["Git"], 0); 40];
    let letter = letter("Ada", &digest, "2026-W47");
    assert!(letter.text.contains("And 25 entries more in your ledger."), "{}", letter.text);
    assert_eq!(letter.text.matches("- Git: claimed").count(), 15);
    assert_eq!(letter.html.matches("<b>Git</b>").count(), 15);
}

#[test]
fn a_target_day_reads_right_on_either_side_of_it() {
    let cases = [
        (Some("2026-11-23"), 7190, "1 day left, 28.1 points to go"),
        (Some("2026-11-22"), 7190, "today is the day, 28.1 points to go"),
        (Some("2026-11-21"), 7190, "that day is over, 28.1 points to go"),
        (Some("2026-11-21"), 10_000, "nothing is left to claim"),
        (None, 7190, "Back-End Developer, Junior: 28.1 points to go"),
    ];
    for (target, claimed, said) in cases {
        let mut digest = ada();
        digest.paths[0].target_day = target.map(day);
        digest.paths[0].claimed = claimed;
        let text = letter("Ada", &digest, "2026-W47").text.replace('\n', " ");
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn the_html_names_no_other_host_and_holds_no_image_or_script() {
    let html = letter("Ada Okafor", &ada(), "2026-W47").html;
    for forbidden in ["<img", "<script", "<link", "@import", "url(", "src="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    let hosts: Vec<&str> = html.match_indices("://").map(|(at, _)| html[at + 3..].split(['/', '"']).next().unwrap()).collect();
    assert!(hosts.len() > 4 && hosts.iter().all(|&host| host == "waymark.harbour.example"), "{hosts:?}");
}

#[test]
fn both_parts_say_the_same_and_carry_the_same_links() {
    let letter = letter("Ada Okafor", &ada(), "2026-W47");
    for shared in
        ["71 %", "58 %", "+1.7", "Rate limiting", "/requirements/alerting", "/settings/digest", "/unsubscribe/", "14 January 2027"]
    {
        assert!(letter.text.contains(shared) && letter.html.contains(shared), "{shared}");
    }
}

#[test]
fn every_key_that_letters_use_exists() {
    let lang = Words::load().for_languages(None, None);
    let sources = [
        include_str!("lib.rs"),
        include_str!("digest.rs"),
        include_str!("../templates/learner_digest.html"),
        include_str!("../templates/learner_digest.txt"),
        include_str!("../templates/note.html"),
        include_str!("../templates/note.txt"),
        include_str!("../templates/mail.html"),
    ];
    let quoted = |source: &'static str| source.split('"').filter(|text| text.starts_with("digest-") || text.starts_with("mail-"));
    let keys: Vec<&str> = sources.iter().flat_map(|source| keys_used(source).into_iter().chain(quoted(source))).collect();
    assert!(keys.len() > 40, "{}", keys.len());
    for key in keys {
        assert!(lang.has(key), "{key}");
    }
}

#[test]
fn test_letters_and_invitations() {
    let lang = Words::load().for_languages(None, None);
    let links = Links::new("http://127.0.0.1:8080");
    let now: Instant = "2026-11-22T18:30:00Z".to_owned().try_into().unwrap();
    let zone = Zone::parse("Europe/Lisbon").unwrap();
    let test = test_letter(&lang, "Waymark at Harbour School", &links, now, &zone).unwrap();
    let (name, cohort) = (CleanName::parse("Ada <Okafor>").unwrap(), CleanName::parse("Backend Autumn 2026").unwrap());
    let link = format!("http://127.0.0.1:8080/invitations/{}", "x".repeat(64));
    let view = InvitationView {
        instance: "Waymark at Harbour School",
        name: Some(&name),
        cohort: Some(&cohort),
        link: &link,
        expires_at: now.plus_seconds(7 * 86_400),
        zone: &zone,
    };
    let invitation = invitation(&lang, &view).unwrap();
    assert!(invitation.html.contains("Ada &#60;Okafor&#62;"), "{}", invitation.html);
    for letter in [&test, &invitation] {
        assert_eq!(wide(&letter.text), Vec::<&str>::new());
    }
    insta::assert_snapshot!(format!("Subject: {}\n\n{}", test.subject, test.text));
    insta::assert_snapshot!(format!("Subject: {}\n\n{}", invitation.subject, invitation.text));
}

#[test]
fn links_keep_the_base_path_and_encode_what_packs_wrote() {
    let links = Links::new("https://school.example/waymark/");
    assert_eq!(links.today(), "https://school.example/waymark/");
    assert_eq!(links.requirement("ab", "a/b c?"), "https://school.example/waymark/paths/ab/requirements/a%2Fb%20c%3F");
    let made = [
        links.today(),
        links.path("{path}"),
        links.requirement("{path}", "{requirement}"),
        links.practice(),
        links.together(),
        links.sharing("{cohort}"),
        links.digest_settings(),
        links.mentor_digest_settings(),
        links.queue(),
        links.cohort("{cohort}"),
        links.learner("{cohort}", "{person}"),
        links.unsubscribe("{token}"),
    ];
    let made = made.map(|url| url.replace("%7B", "{").replace("%7D", "}"));
    let patterns: Vec<String> = LINKS.iter().map(|pattern| format!("https://school.example/waymark{pattern}")).collect();
    assert_eq!(made.as_slice(), patterns.as_slice());
}

#[test]
fn an_unsubscribe_token_opens_with_its_own_secret_only() {
    let account = PublicId::new([9; 16]);
    let token = unsubscribe::make(&[1; 32], &account, DigestKind::Learner);
    assert_eq!(token.len(), 66);
    assert_eq!(unsubscribe::verify(&[1; 32], &token), Some((account, DigestKind::Learner)));
    assert_eq!(unsubscribe::verify(&[2; 32], &token), None);
    for at in 0..token.len() {
        let mut other = token.clone().into_bytes();
        other[at] = if other[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(unsubscribe::verify(&[1; 32], std::str::from_utf8(&other).unwrap()), None, "byte {at}");
    }
    for broken in ["", "x", &token[1..], &format!("{token}A")] {
        assert_eq!(unsubscribe::verify(&[1; 32], broken), None);
    }
}

#[test]
fn the_seal_is_hmac_sha256_as_rfc_2104_says() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let (secret, account) = ([0x42; 32], PublicId::new([9; 16]));
    let pad = |byte: u8| -> Vec<u8> { secret.iter().copied().chain([0; 32]).map(|key| key ^ byte).collect() };
    let said = [b"waymark unsubscribe 1".as_slice(), account.bytes(), &[1]].concat();
    let inner = sha2::Sha256::digest([pad(0x36), said].concat());
    let outer = sha2::Sha256::digest([pad(0x5c), inner.to_vec()].concat());
    let token = unsubscribe::make(&secret, &account, DigestKind::Learner);
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token).unwrap();
    assert_eq!(&bytes[17..], outer.as_slice());
}

proptest! {
    #[test]
    fn no_line_is_wider_than_72_and_no_word_is_lost(text in "[a-zé ]{0,400}", indent in "[- ]{0,6}") {
        let wrapped = plain::wrap(&text, &indent, &" ".repeat(indent.chars().count()));
        prop_assert!(wrapped.lines().all(|line| line.chars().count() <= 72));
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&wrapped), letters(&text));
    }

    #[test]
    fn whatever_packs_call_things_no_line_is_wider_than_72(name in "\\PC{0,200}", area in "\\PC{0,120}", role in "\\PC{0,90}", gain in 0u32..10_000) {
        let mut digest = ada();
        digest.paths[0].next[1] = action("x", &name, &area, gain, 7);
        digest.paths[0].role = role;
        digest.changes[0].names = vec![name.clone(), area];
        digest.reviews[0].by = name.clone();
        digest.lapsing[0].name = name;
        let letter = letter("Ada", &digest, "2026-W47");
        prop_assert_eq!(wide(&letter.text), Vec::<&str>::new());
        let subject_is_one_line = !letter.subject.chars().any(char::is_control);
        prop_assert!(subject_is_one_line);
    }
}
