use super::*;
use crate::account::CleanName;
use crate::review::Judged;
use crate::subject::SubjectKind;

const MIRA: AccountId = AccountId(1);
const JO: AccountId = AccountId(2);

fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

fn review(verdicts: &[Verdict], comment: Option<&str>, of_first: Option<&str>) -> Review {
    let judged = |(at, &verdict): (usize, &Verdict)| Judged {
        subject: Subject::new(SubjectKind::Criterion, format!("c{at}")),
        verdict,
        level: None,
        comment: of_first.filter(|_| at == 0).map(str::to_owned),
    };
    Review {
        by: CleanName::parse("Mira").unwrap(),
        comment: comment.map(str::to_owned),
        criteria: verdicts.iter().enumerate().map(judged).collect(),
    }
}

#[test]
fn a_lease_holds_until_its_end_and_for_nobody_else() {
    let lease = |by| Some(Lease { by, until: at(10) });
    let cases = [
        (None, 0, Hold::Free),
        (lease(MIRA), 9, Hold::Mine(at(10))),
        (lease(MIRA), 10, Hold::Free),
        (lease(JO), 9, Hold::Another(Lease { by: JO, until: at(10) })),
        (lease(JO), 10, Hold::Free),
    ];
    for (lease, now, expected) in cases {
        assert_eq!(hold(lease, MIRA, at(now)), expected, "{lease:?} at {now}");
    }
}

#[test]
fn ones_own_learners_come_first_and_then_what_waited_longest() {
    let id = |n| PublicId::new([n; 16]);
    let mut queue = vec![
        (None, at(1), id(1)),
        (Some(JO), at(0), id(2)),
        (Some(MIRA), at(9), id(3)),
        (Some(MIRA), at(5), id(5)),
        (Some(MIRA), at(5), id(4)),
    ];
    queue.sort_by_key(|&(mentor, since, id)| place(mentor, MIRA, since, id));
    let order: Vec<PublicId> = queue.into_iter().map(|(_, _, id)| id).collect();
    assert_eq!(order, [id(4), id(5), id(3), id(2), id(1)]);
}

#[test]
fn what_is_accepted_has_nothing_unmet_and_what_is_sent_back_says_why() {
    use Decision::{Accept, Return};
    use Verdict::{CannotSay, Met, NotMet};
    /// The decision, the verdicts, words on the whole and of the first criterion, and what comes of it.
    type Case<'a> = (Option<Decision>, &'a [Verdict], Option<&'a str>, Option<&'a str>, Result<Decision, &'a str>);
    let cases: &[Case<'_>] = &[
        (Some(Accept), &[Met, Met], None, None, Ok(Accept)),
        (Some(Accept), &[Met, CannotSay], None, None, Ok(Accept)),
        (Some(Accept), &[Met, NotMet], Some("why"), None, Err("accepts_not_met")),
        (Some(Accept), &[CannotSay], Some("why"), None, Err("accepts_nothing")),
        (Some(Return), &[NotMet], None, None, Err("return_needs_words")),
        (Some(Return), &[NotMet], Some("why"), None, Ok(Return)),
        (Some(Return), &[Met, Met], None, Some("why"), Ok(Return)),
        (None, &[Met], Some("why"), None, Err("decision_missing")),
    ];
    for (decision, verdicts, comment, of_first, expected) in cases {
        let got = decide(*decision, &review(verdicts, *comment, *of_first)).map_err(|wrong| (wrong.field, wrong.code));
        assert_eq!(got, expected.map_err(|code| ("decision", code)), "{decision:?} {verdicts:?} {comment:?} {of_first:?}");
        assert!(expected.err().is_none_or(|code| FIELD_CODES.contains(&code)));
    }
}

#[test]
fn words_are_needed_and_bounded() {
    let cases: &[(Option<&str>, Result<&str, &str>)] = &[
        (Some(" I am\r\nstuck "), Ok("I am\nstuck")),
        (None, Err("missing")),
        (Some(" \n"), Err("missing")),
        (Some("a\u{202e}b"), Err("bad_characters")),
    ];
    for (words, expected) in cases {
        let got = said(words.map(str::to_owned)).map_err(|wrong| (wrong[0].field, wrong[0].code));
        assert_eq!(got, expected.map(str::to_owned).map_err(|code| ("words", code)), "{words:?}");
    }
    assert_eq!(said(Some("é".repeat(MAX_WORDS))).unwrap().chars().count(), MAX_WORDS);
    assert_eq!(said(Some("é".repeat(MAX_WORDS + 1))).unwrap_err(), [FieldError::new("words", "too_long")]);
}

#[test]
fn only_work_and_certificates_wait() {
    let entry = |kind| Entry {
        seq: 1,
        kind,
        trust: crate::subject::Trust::Claimed,
        day: "2026-11-19".parse().unwrap(),
        recorded_at: at(0),
        held: Vec::new(),
        expires_on: None,
        retracts: None,
        recall: None,
    };
    let waiting: Vec<ItemKind> = EvidenceKind::ALL.iter().filter_map(|&kind| ItemKind::of(&entry(kind))).collect();
    assert_eq!(waiting, [ItemKind::Submission, ItemKind::Certificate]);
}
