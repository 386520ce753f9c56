use super::*;
use crate::samples::{entry as sample, today};
use crate::subject::Trust;

#[test]
fn names_are_read_from_one_field_each_once() {
    let me = Username::parse("ada").unwrap();
    let read = |text: &str| named(text, &me).map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>()).map_err(|e| e.code);
    for (text, expected) in [
        ("", Ok(vec![])),
        (" , ", Ok(vec![])),
        ("bela, cem", Ok(vec!["bela".to_owned(), "cem".to_owned()])),
        ("@bela;bela\ncem", Ok(vec!["bela".to_owned(), "cem".to_owned()])),
        ("bela ada", Err("co_author_is_self")),
        ("bela <x>", Err("co_author_unknown")),
        ("aa bb cc dd ee ff", Err("co_authors_too_many")),
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
}

#[test]
fn a_member_has_the_work_as_their_own_and_nothing_that_the_other_wrote_beside_it() {
    let work = sample(4, EvidenceKind::Submission, Trust::Linked, &["criterion:has-tests"]);
    let text = |text: &str| Some(text.to_owned());
    let payload =
        Payload { title: text("Shop"), url: text("https://example.org"), note: text("mine"), minutes: Some(9), ..Payload::default() };
    let now = Instant::from_micros(7);
    let own = entry(&work, &payload, Some(2), today(), now);
    assert_eq!((own.kind, own.trust, own.day, &own.held), (EvidenceKind::Submission, Trust::Linked, work.day, &work.held));
    assert_eq!(own.payload, Payload { title: text("Shop"), url: text("https://example.org"), follows: Some(2), ..Payload::default() });
    let earlier = work.day.plus(-1);
    assert_eq!(entry(&work, &payload, None, earlier, now).day, earlier, "where the day has not begun yet");
}

#[test]
fn of_a_member_holds_what_is_said_of_the_work_but_for_what_is_said_of_them() {
    let work = sample(4, EvidenceKind::Submission, Trust::Linked, &["criterion:deployed", "criterion:has-tests"]);
    let said = |subject: &str, verdict, comment: Option<&str>| Said {
        subject: subject.parse().unwrap(),
        verdict: Some(verdict),
        level: None,
        comment: comment.map(str::to_owned),
    };
    let (deployed, tests) = ("criterion:deployed", "criterion:has-tests");
    let whole = Reply {
        name: "Mira".to_owned(),
        comment: Some("Good.".to_owned()),
        criteria: vec![said(deployed, Verdict::Met, Some("Runs.")), said(tests, Verdict::Met, None)],
    };
    let of = |own: &[Said]| of_member(&work, &whole, own, &|_| None);
    let same = of(&[]).unwrap();
    assert_eq!(same, check(&work, whole.clone(), &|_| None).unwrap());
    assert!(!is_returned(false, &same) && is_returned(true, &same));
    let other = of(&[said(deployed, Verdict::NotMet, None)]).unwrap();
    let verdicts: Vec<_> = other.criteria.iter().map(|judged| (judged.verdict, judged.comment.as_deref())).collect();
    assert_eq!(verdicts, [(Verdict::NotMet, Some("Runs.")), (Verdict::Met, None)]);
    assert!(is_returned(false, &other));
    let unknown = of(&[said("criterion:other", Verdict::Met, None)]).unwrap_err();
    assert_eq!((unknown[0].field, unknown[0].code), ("subject", "subject_unknown"));
}

#[test]
fn a_piece_of_work_waits_once_and_comes_to_the_front_when_the_first_one_ends() {
    let of = |account: i64, entry: u32| (AccountId(account), entry);
    let behind = HashMap::from([(of(2, 5), of(1, 1)), (of(3, 7), of(1, 1))]);
    for (waiting, expected) in [
        (vec![of(1, 1), of(2, 5), of(3, 7), of(2, 6)], vec![of(1, 1), of(2, 6)]),
        (vec![of(2, 5), of(3, 7)], vec![of(2, 5), of(3, 7)]),
        (vec![of(1, 2), of(2, 5)], vec![of(1, 2), of(2, 5)]),
    ] {
        assert_eq!(at_the_front(waiting, |one| *one, &behind), expected);
    }
}
