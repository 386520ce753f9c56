use super::*;
use crate::ledger::{FieldError, Held, retract};
use crate::subject::SubjectKind;
use crate::template::RubricLevelDocument;

fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

fn day() -> Day {
    "2026-11-19".parse().unwrap()
}

fn criterion(id: &str) -> Subject {
    Subject::new(SubjectKind::Criterion, id)
}

fn submission() -> Entry {
    Entry {
        seq: 4,
        kind: EvidenceKind::Submission,
        trust: Trust::Linked,
        day: day(),
        recorded_at: at(0),
        held: ["documents", "errors", "limits"].into_iter().map(|id| Held { subject: criterion(id), step: None }).collect(),
        expires_on: None,
        retracts: None,
        recall: None,
    }
}

fn said(id: &str, verdict: Option<Verdict>) -> Said {
    Said { subject: criterion(id), verdict, level: None, comment: Some(format!(" about {id} ")) }
}

/// A role without rubrics.
fn plain(_: &Subject) -> Option<&'static Rubric> {
    None
}

fn reply() -> Reply {
    let criteria =
        vec![said("limits", Some(Verdict::CannotSay)), said("documents", Some(Verdict::Met)), said("errors", Some(Verdict::NotMet))];
    Reply { name: " Bo  Lindqvist ".to_owned(), comment: Some("Good\r\nwork ".to_owned()), criteria }
}

#[test]
fn only_a_standing_submission_can_be_reviewed_by_somebody_with_a_name_within_thirty_days() {
    let wish = || Wish { reviewer: "Bo".to_owned(), message: Some(" Please look at the tests. ".to_owned()), days: None };
    let ledger = [submission()];
    let asked = ask(&ledger, 4, wish()).unwrap();
    assert_eq!((asked.reviewer.as_str(), asked.message.as_deref(), asked.days), ("Bo", Some("Please look at the tests."), 14));
    for (days, is_good) in [(0, false), (1, true), (30, true), (31, false)] {
        let refused = ask(&ledger, 4, Wish { days: Some(days), ..wish() }).err();
        assert_eq!(refused.is_none(), is_good, "{days}: {refused:?}");
    }
    let wrong = ask(&ledger, 4, Wish { reviewer: " ".to_owned(), message: Some("x".repeat(2_001)), days: Some(99) }).unwrap_err();
    let wrong: Vec<_> = wrong.iter().map(|error| (error.field, error.code)).collect();
    assert_eq!(wrong, [("reviewer", "name_empty"), ("message", "too_long"), ("days", "days_out_of_range")]);

    let entry = |code| vec![FieldError::new("entry", code)];
    assert_eq!(ask(&ledger, 5, wish()).unwrap_err(), entry("no_such_entry"));
    assert_eq!(ask(&[Entry { kind: EvidenceKind::Link, ..submission() }], 4, wish()).unwrap_err(), entry("only_submissions"));
    let back = retract(&ledger, 4, day(), at(1), None).unwrap();
    let back = Entry { seq: 5, kind: back.kind, retracts: back.retracts, ..submission() };
    assert_eq!(ask(&[submission(), back], 4, wish()).unwrap_err(), entry("no_such_entry"));
}

#[test]
fn an_answer_comes_before_a_revocation_and_that_before_the_end_of_time() {
    use RequestState::{Answered, Expired, Open, Revoked};
    let cases = [
        (false, false, 10, Open),
        (false, false, 11, Expired),
        (false, true, 10, Revoked),
        (false, true, 11, Revoked),
        (true, false, 11, Answered),
        (true, true, 11, Answered),
    ];
    for (is_answered, is_revoked, now, expected) in cases {
        assert_eq!(state(is_answered, is_revoked, Some(at(11)), at(now)), expected, "{is_answered} {is_revoked} {now}");
    }
}

#[test]
fn a_reply_says_something_of_every_criterion_in_the_submissions_order() {
    let review = check(&submission(), reply(), &plain).unwrap();
    assert_eq!((review.by.as_str(), review.comment.as_deref()), ("Bo Lindqvist", Some("Good\nwork")));
    let got: Vec<_> = review.criteria.iter().map(|judged| (judged.subject.id.as_str(), judged.verdict)).collect();
    assert_eq!(got, [("documents", Verdict::Met), ("errors", Verdict::NotMet), ("limits", Verdict::CannotSay)]);
    assert_eq!(review.criteria[1].comment.as_deref(), Some("about errors"));
}

#[test]
fn all_that_is_wrong_with_a_reply_is_said_at_once_and_of_which_criterion() {
    let mut wrong = reply();
    wrong.name = String::new();
    wrong.comment = Some("x".repeat(MAX_NOTE + 1));
    wrong.criteria[0].verdict = None;
    wrong.criteria[1].comment = Some("a\u{202e}b".to_owned());
    wrong.criteria.extend([said("elsewhere", Some(Verdict::Met)), said("errors", Some(Verdict::Met))]);
    let found = check(&submission(), wrong, &plain).unwrap_err();
    let of = |id: &str| Some(criterion(id));
    let expected = [
        (None, "name", "name_empty"),
        (None, "comment", "too_long"),
        (of("elsewhere"), "subject", "subject_unknown"),
        (of("errors"), "subject", "subject_twice"),
        (of("documents"), "comment", "bad_characters"),
        (of("limits"), "verdict", "missing"),
    ];
    assert_eq!(found, expected.map(|(about, field, code)| WrongReply { about, field, code }));
}

#[test]
fn exactly_what_is_met_becomes_evidence_of_the_reviewers_trust() {
    let review = check(&submission(), reply(), &plain).unwrap();
    let new = entry(&submission(), &review, Trust::Peer, day(), at(9));
    assert_eq!((new.kind, new.trust, new.day, new.recorded_at), (EvidenceKind::Review, Trust::Peer, day(), at(9)));
    assert_eq!(new.held, [Held { subject: criterion("documents"), step: None }]);
    let written = (new.payload.by.as_deref(), new.payload.follows, new.payload.note.as_deref());
    assert_eq!(written, (Some("Bo Lindqvist"), Some(4), Some("Good\nwork")));

    let mut nothing = reply();
    nothing.criteria[1].verdict = Some(Verdict::NotMet);
    let review = check(&submission(), nothing, &plain).unwrap();
    assert!(entry(&submission(), &review, Trust::Peer, day(), at(9)).held.is_empty(), "the history shows it, the score does not");
}

#[test]
fn where_a_role_has_levels_a_verdict_follows_from_the_level() {
    let level = |id: &str, name: &str| RubricLevelDocument { id: id.to_owned(), name: name.to_owned(), means: "…".to_owned() };
    let rubric = Rubric { levels: vec![level("weak", "Weak"), level("sound", "Sound"), level("fine", "Fine")], met_from: 1 };
    let of = |subject: &Subject| (subject.id == "documents").then_some(&rubric);
    let judge = |verdict, level: Option<&str>| {
        let said = |id: &str| Said { subject: criterion(id), verdict: Some(Verdict::Met), level: None, comment: None };
        let first = Said { verdict, level: level.map(str::to_owned), ..said("documents") };
        let reply = Reply { name: "Bo".to_owned(), comment: None, criteria: vec![first, said("errors"), said("limits")] };
        let review = check(&submission(), reply.clone(), &of);
        assert_eq!(draft(&submission(), reply, &of).is_ok(), review.is_ok() || (verdict.is_none() && level.is_none()));
        review.map(|review| (review.criteria[0].verdict, review.criteria[0].level.clone().map(|level| level.name))).map_err(|wrong| {
            assert!(wrong.iter().all(|wrong| wrong.about == Some(criterion("documents"))), "{wrong:?}");
            wrong.into_iter().map(|wrong| (wrong.field, wrong.code)).collect::<Vec<_>>()
        })
    };
    let reached = |verdict, name: &str| Ok((verdict, Some(name.to_owned())));
    for (verdict, level, expected) in [
        (None, Some("weak"), reached(Verdict::NotMet, "Weak")),
        (None, Some("sound"), reached(Verdict::Met, "Sound")),
        (Some(Verdict::Met), Some("fine"), reached(Verdict::Met, "Fine")),
        (Some(Verdict::CannotSay), None, Ok((Verdict::CannotSay, None))),
        (Some(Verdict::Met), Some("weak"), Err(vec![("verdict", "level_contradicts")])),
        (Some(Verdict::CannotSay), Some("fine"), Err(vec![("verdict", "level_contradicts")])),
        (Some(Verdict::Met), None, Err(vec![("level", "level_missing")])),
        (None, Some("great"), Err(vec![("level", "level_not_there")])),
        (None, None, Err(vec![("verdict", "missing")])),
    ] {
        assert_eq!(judge(verdict, level), expected, "{verdict:?} {level:?}");
    }
    let unasked = Said { level: Some("fine".to_owned()), ..said("documents", Some(Verdict::Met)) };
    let wrong = check(&submission(), Reply { criteria: vec![unasked], ..reply() }, &plain).unwrap_err();
    assert!(wrong.iter().any(|wrong| (wrong.field, wrong.code) == ("level", "level_not_asked")), "{wrong:?}");
}

#[test]
fn a_draft_needs_nothing_and_takes_nothing_that_a_review_would_not() {
    let half = Reply { name: "x".to_owned(), comment: None, criteria: vec![said("limits", None)] };
    assert_eq!(draft(&submission(), half.clone(), &plain).unwrap(), Reply { name: String::new(), ..half });
    assert_eq!(draft(&submission(), Reply::default(), &plain).unwrap(), Reply::default());
    let long = Reply { comment: Some("x".repeat(MAX_NOTE + 1)), ..Reply::default() };
    assert_eq!(draft(&submission(), long, &plain).unwrap_err(), [WrongReply { about: None, field: "comment", code: "too_long" }]);
}
