use proptest::prelude::*;

use super::*;

fn query(text: &str) -> Query {
    Query::parse(text).unwrap()
}

fn fit(text: &str, name: &str, aliases: &[&str], words: &str) -> Option<Fit> {
    query(text).fit(&Card::new(name, aliases.iter().copied(), words))
}

#[test]
fn names_come_before_aliases_and_both_before_what_is_said_of_them() {
    let of = |text: &str| fit(text, "Docker and containers", &["OCI images", "Podman"], "Build a small image and run it.");
    for (text, expected) in [
        ("docker and containers", Some(Fit::Name)),
        ("Docker, and Containers!", Some(Fit::Name)),
        ("podman", Some(Fit::Alias)),
        ("docker", Some(Fit::NameBegins)),
        ("docker and con", Some(Fit::NameBegins)),
        ("oci", Some(Fit::AliasBegins)),
        ("contain dock", Some(Fit::InName)),
        ("docker images", Some(Fit::InAlias)),
        ("docker small", Some(Fit::InText)),
        ("run", Some(Fit::InText)),
        ("docker kubernetes", None),
        ("ocker", None),
        ("mages", None),
    ] {
        assert_eq!(of(text), expected, "{text}");
    }
}

#[test]
fn case_and_accents_make_no_difference() {
    for (typed, name) in [
        ("resume", "Résumé with impact"),
        ("RÉSUMÉ", "resume with impact"),
        ("re\u{301}sume\u{301}", "Résumé with impact"),
        ("uber", "Über"),
        ("istanbul", "İstanbul"),
        ("ﬁ", "first steps"),
        ("caf", "CAFÉ"),
    ] {
        assert!(fit(typed, name, &[], "").is_some(), "{typed} in {name}");
    }
}

#[test]
fn signs_that_make_another_word_are_kept_and_others_divide() {
    assert_eq!(fit("c#", "C#", &[], ""), Some(Fit::Name));
    assert_eq!(fit("c++", "C#", &[], ""), None);
    assert_eq!(fit("c", "C#", &[], ""), Some(Fit::NameBegins));
    assert_eq!(fit("node", "Node.js (JavaScript)", &[], ""), Some(Fit::NameBegins));
    assert_eq!(fit("node.js javascript", "Node.js (JavaScript)", &[], ""), Some(Fit::Name));
    assert_eq!(fit("ci/cd", "Pipelines", &["CI/CD"], ""), Some(Fit::Alias));
}

#[test]
fn nothing_is_looked_for_where_there_is_no_letter_and_no_digit() {
    for text in ["", "   ", "?!", "+", "# +", "…", "\u{301}"] {
        assert_eq!(Query::parse(text), None, "{text:?}");
    }
    assert!(Query::parse("7").is_some());
}

#[test]
fn a_query_of_any_length_is_cut() {
    let long = "sql ".repeat(10_000);
    assert_eq!(query(&long), query(&"sql ".repeat(12)));
    assert!(fit(&"a".repeat(10_000), &"a".repeat(300), &[], "").is_some());
}

#[test]
fn what_fits_alike_is_ordered_by_nearness_then_by_name() {
    let cards: Vec<(Card, u32, &str)> = [
        ("SQL Server", &[][..], "", 0, "server"),
        ("SQL", &[], "", 1, "sql, of another role"),
        ("SQL", &[], "", 0, "sql, of one's own"),
        ("MySQL", &["SQL dialects"], "", 0, "mysql"),
        ("Schema design", &[], "Write it in SQL.", 0, "schema"),
        ("SQL basics", &[], "", 0, "basics"),
        ("Redis", &[], "", 0, "redis"),
    ]
    .into_iter()
    .map(|(name, aliases, text, distance, what)| (Card::new(name, aliases.iter().copied(), text), distance, what))
    .collect();
    let found = best_first(&query("sql"), cards.iter().map(|(card, distance, what)| (card, *distance, *what)));
    assert_eq!(found, ["sql, of one's own", "sql, of another role", "basics", "server", "mysql", "schema"]);
}

#[test]
fn what_was_found_is_marked_where_it_stands() {
    let pieces = |typed: &str, text: &'static str| -> String {
        let mark = |piece: &Piece<'_>| if piece.is_hit { format!("[{}]", piece.text) } else { piece.text.to_owned() };
        marked(&query(typed), text).iter().map(mark).collect()
    };
    assert_eq!(pieces("res im", "Résumé with impact"), "[Résumé] with [impact]");
    assert_eq!(pieces("sql", "PostgreSQL, SQL"), "PostgreSQL, [SQL]");
    assert_eq!(pieces("x", "nothing of it"), "nothing of it");
}

#[test]
fn an_excerpt_stands_around_what_was_found() {
    let text = "One two three four five six seven eight nine ten eleven twelve";
    for (typed, most, expected) in [
        ("one", 20, (false, "One two three four", true)),
        ("seven", 24, (true, "six seven eight nine ten", true)),
        ("twelve", 24, (true, "eleven twelve", false)),
        ("none", 12, (false, "One two", true)),
        ("seven", 500, (false, text, false)),
        // A word longer than the room is shown whole.
        ("eleven", 3, (true, "eleven", true)),
    ] {
        assert_eq!(excerpt(&query(typed), text, most), expected, "{typed}");
    }
    assert_eq!(excerpt(&query("a"), "", 20), (false, "", false));
}

proptest! {
    #[test]
    fn a_text_is_found_by_each_of_its_own_words(text in "\\PC{0,40}") {
        let card = Card::new("", [], &text);
        for word in words(&text) {
            prop_assert!(query(&word).fit(&card).is_some(), "{word:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn one_more_word_never_finds_more(first in "[a-zé]{1,3}", second in "[a-zé]{1,3}", text in "[a-zé ]{0,60}") {
        let card = Card::new("", [], &text);
        let both = query(&format!("{first} {second}"));
        if both.fit(&card).is_some() {
            prop_assert!(query(&first).fit(&card).is_some() && query(&second).fit(&card).is_some());
        }
    }

    #[test]
    fn the_pieces_of_a_text_are_the_text(typed in "[a-z]{1,3}", text in "\\PC{0,60}", most in 0usize..80) {
        let query = query(&typed);
        prop_assert_eq!(marked(&query, &text).iter().map(|piece| piece.text).collect::<String>(), text.clone());
        prop_assert!(text.contains(excerpt(&query, &text, most).1));
    }
}
