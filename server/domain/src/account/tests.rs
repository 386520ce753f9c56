use proptest::prelude::*;

use super::*;

#[test]
fn names_are_trimmed_folded_and_cleared() {
    let eighty = "é".repeat(80);
    let good = [
        ("Ada Okafor", "Ada Okafor"),
        ("  Ada \t  Okafor ", "Ada Okafor"),
        ("Ada\u{a0}\u{3000}Okafor", "Ada Okafor"),
        ("\u{2028}Ada\n", "Ada"),
        ("李小龍", "李小龍"),
        ("O’Brien, Jr. <x>", "O’Brien, Jr. <x>"),
        (eighty.as_str(), eighty.as_str()),
    ];
    for (text, name) in good {
        assert_eq!(CleanName::parse(text).map(String::from).as_deref(), Ok(name), "{text:?}");
    }
    let bad = [
        ("", BadName::Empty),
        (" \t\u{a0} ", BadName::Empty),
        ("Ada\r\nBcc: x", BadName::BadCharacters),
        ("Ada\u{0}", BadName::BadCharacters),
        ("\u{202e}Ada", BadName::BadCharacters),
        ("A\u{200b}da", BadName::BadCharacters),
        ("A\u{2066}da", BadName::BadCharacters),
        ("A\u{ad}da", BadName::BadCharacters),
        ("A\u{e0041}da", BadName::BadCharacters),
        ("\u{3164}", BadName::BadCharacters),
        ("A\u{2029}da", BadName::BadCharacters),
    ];
    for (text, error) in bad {
        assert_eq!(CleanName::parse(text), Err(error), "{text:?}");
    }
    assert_eq!(CleanName::parse(&"é".repeat(81)), Err(BadName::TooLong));
}

#[test]
fn stripping_mends_what_an_older_rule_let_in() {
    assert_eq!(strip("Ada\r\nBcc:\u{202e} x\u{0} \u{200b}"), "Ada Bcc: x");
    assert_eq!(strip(""), "");
}

#[test]
fn usernames_are_folded_and_plain() {
    for (text, name) in
        [("ada", "ada"), (" Ada.Okafor ", "ada.okafor"), ("a1", "a1"), ("a-b_c.d", "a-b_c.d"), (&"a".repeat(32), &"a".repeat(32))]
    {
        assert_eq!(Username::parse(text).map(String::from).as_deref(), Ok(name), "{text:?}");
    }
    for text in ["", "a", "-ada", "ada-", ".a", "a b", "a@b", "ädä", "a/b", "a\u{202e}b", &"a".repeat(33)] {
        assert_eq!(Username::parse(text), Err(BadName::BadUsername), "{text:?}");
    }
}

#[test]
fn mail_addresses_are_single_plain_and_bounded() {
    let good = [
        ("ada@example.org", "ada@example.org"),
        (" Ada.O+tag@Example.ORG ", "Ada.O+tag@example.org"),
        ("ada@localhost", "ada@localhost"),
        ("o'brien@mail.example.org", "o'brien@mail.example.org"),
    ];
    for (text, address) in good {
        assert_eq!(MailAddress::parse(text).map(String::from).as_deref(), Ok(address), "{text:?}");
    }
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long_domain = format!("a@{}org", "abcdefg.".repeat(40));
    let long_label = format!("a@{}.org", "a".repeat(64));
    let bad = [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example",
        "ada@example..org",
        "ada@.example.org",
        "ada@-example.org",
        "ada@example-.org",
        ".ada@example.org",
        "ada.@example.org",
        "a..da@example.org",
        "a da@example.org",
        "ada@exa mple.org",
        "ada@b@example.org",
        "\"ada\"@example.org",
        "ada@example.org\r\nBcc: x@example.org",
        "ada@example.org, x@example.org",
        "Ada <ada@example.org>",
        "ädä@example.org",
        "ada@[127.0.0.1]",
        &long_local,
        &long_domain,
        &long_label,
    ];
    for text in bad {
        assert_eq!(MailAddress::parse(text), Err(BadName::BadMail), "{text:?}");
    }
}

#[test]
fn passwords_are_ten_to_two_hundred_characters_and_never_printed() {
    let outcome = |text: &str| Password::parse(text).map(|password| password.secret().to_vec());
    assert_eq!(outcome(&"é".repeat(9)), Err("password_too_short"));
    assert_eq!(outcome(&"é".repeat(10)), Ok("é".repeat(10).into_bytes()));
    assert_eq!(outcome(&"x".repeat(200)).map(|secret| secret.len()), Ok(200));
    assert_eq!(outcome(&"x".repeat(201)), Err("password_too_long"));
    assert_eq!(format!("{:?}", Password::parse("correct horse").unwrap()), "Password(…)");
}

#[test]
fn every_bad_name_says_its_code() {
    for bad in [BadName::Empty, BadName::TooLong, BadName::BadCharacters, BadName::BadUsername, BadName::BadMail] {
        assert_eq!(bad.to_string(), bad.code());
    }
}

/// Texts with more than their share of what must not come through.
fn nasty() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        4 => any::<char>(),
        4 => prop::char::range(' ', '~'),
        2 => prop::sample::select(vec!['\r', '\n', '\t', '\u{85}', '\u{a0}', '\u{3000}', '\u{2028}', '\u{1680}']),
        2 => prop::char::range('\u{2000}', '\u{206f}'),
        1 => prop::char::range('\u{e0000}', '\u{e0fff}'),
    ];
    prop::collection::vec(one, 0..100).prop_map(|chars| chars.into_iter().collect())
}

fn is_harmless(text: &str) -> bool {
    // spelt out anew, so that a hole in the rule is not a hole here
    let bidi = [
        '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
        '\u{2069}',
    ];
    !text.chars().any(|c| c.is_control() || bidi.contains(&c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{feff}'))
        && text.trim() == text
        && !text.contains("  ")
        && !text.chars().any(|c| c.is_whitespace() && c != ' ')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn a_clean_name_is_harmless_and_stays_as_it_is(text in nasty()) {
        if let Ok(name) = CleanName::parse(&text) {
            prop_assert!(is_harmless(name.as_str()), "{name:?}");
            prop_assert!((1..=80).contains(&name.as_str().chars().count()));
            prop_assert_eq!(CleanName::parse(name.as_str()), Ok(name.clone()));
            prop_assert_eq!(strip(name.as_str()), name.as_str());
        }
    }

    #[test]
    fn stripped_text_is_harmless_and_stays_as_it_is(text in nasty()) {
        let stripped = strip(&text);
        prop_assert!(is_harmless(&stripped), "{stripped:?}");
        prop_assert_eq!(strip(&stripped), stripped.clone());
        if (1..=80).contains(&stripped.chars().count()) {
            prop_assert_eq!(CleanName::parse(&stripped).map(String::from), Ok(stripped));
        }
    }

    #[test]
    fn usernames_and_mail_addresses_that_pass_stay_as_they_are(text in "[ -~]{0,40}", local in "[a-zA-Z0-9.+]{1,12}", host in "[a-zA-Z0-9.-]{1,12}") {
        if let Ok(name) = Username::parse(&text) {
            prop_assert_eq!(Username::parse(name.as_str()), Ok(name));
        }
        for text in [text, format!("{local}@{host}.org")] {
            if let Ok(address) = MailAddress::parse(&text) {
                prop_assert!(address.as_str().is_ascii() && address.as_str().matches('@').count() == 1);
                prop_assert_eq!(MailAddress::parse(address.as_str()), Ok(address));
            }
        }
    }
}
