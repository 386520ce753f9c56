use super::*;
use crate::points::BasisPoints;

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn id(n: u8) -> PublicId {
    PublicId::new([n; 16])
}

fn held(text: &str) -> Held {
    match text.split_once('@') {
        Some((subject, step)) => Held { subject: subject.parse().unwrap(), step: Some(step.parse().unwrap()) },
        None => Held { subject: text.parse().unwrap(), step: None },
    }
}

fn moved(n: u8, kind: EvidenceKind, trust: Trust, subjects: &[&str]) -> MovedEntry {
    MovedEntry {
        id: id(n),
        kind,
        trust,
        day: day("2026-03-01"),
        recorded_at: NOW.plus_seconds(-86_400),
        subjects: subjects.iter().map(|text| held(text)).collect(),
        expires_on: None,
        retracts: None,
        recall: None,
        follows: None,
        redacted: false,
        payload: Payload::default(),
    }
}

fn with_link(entry: MovedEntry) -> MovedEntry {
    let url = Some("https://example.org/work".to_owned());
    MovedEntry { payload: Payload { url, ..entry.payload }, ..entry }
}

fn resolve(subject: &Subject) -> Option<Subject> {
    match subject.id.as_str() {
        "golang" => Some(Subject::new(subject.kind, "go")),
        id if id.starts_with("unknown") => None,
        _ => Some(subject.clone()),
    }
}

fn come(entries: Vec<MovedEntry>, known: &Known) -> Arrivals {
    arrivals(entries, known, &Here { today: day("2026-11-19"), now: NOW, from: "Harbour School", resolve: &resolve })
}

fn trusts(entries: Vec<MovedEntry>) -> Vec<(Trust, Option<Trust>)> {
    let arrived = come(entries, &Known::default());
    assert_eq!(arrived.refused, []);
    arrived.new.iter().map(|arrival| (arrival.entry.trust, arrival.lowered_from)).collect()
}

#[test]
fn reviews_fall_to_linked_and_claims_stay_claims() {
    use EvidenceKind::{Assessment, Certificate, Claim, Link, Recall as Recalled, Review, Submission};
    use Trust::{Claimed, Linked, Mentor, Peer, Verified};
    let certificate = |n, trust| {
        let entry = moved(n, Certificate, trust, &["certification:cloud"]);
        MovedEntry { payload: Payload { issuer: Some("Board".to_owned()), ..Payload::default() }, ..entry }
    };
    let recall = Some(Recall { share: BasisPoints::FULL, stability: 9 });
    assert_eq!(
        trusts(vec![
            moved(1, Claim, Claimed, &["skill:rust@working"]),
            with_link(moved(2, Claim, Linked, &["skill:rust@working"])),
            with_link(moved(3, Link, Linked, &["skill:rust@working"])),
            with_link(moved(4, Link, Claimed, &["skill:rust@working"])),
            moved(5, Submission, Linked, &["criterion:one"]),
            moved(6, Review, Mentor, &["criterion:one"]),
            moved(7, Assessment, Peer, &["skill:rust@working"]),
            certificate(8, Verified),
            with_link(certificate(9, Verified)),
            MovedEntry { recall, ..moved(10, Recalled, Linked, &["topic:caching"]) },
        ]),
        [
            (Claimed, None),
            (Claimed, Some(Linked)),
            (Linked, None),
            (Claimed, None),
            (Claimed, Some(Linked)),
            (Linked, Some(Mentor)),
            (Linked, Some(Peer)),
            (Claimed, Some(Verified)),
            (Linked, Some(Verified)),
            (Linked, None),
        ]
    );
}

#[test]
fn days_stay_names_say_where_they_come_from_and_unknown_subjects_are_kept() {
    let mut review = moved(1, EvidenceKind::Review, Trust::Mentor, &["skill:golang@working", "skill:unknown-thing@aware"]);
    review.payload.by = Some("Mira".to_owned());
    review.recorded_at = NOW.plus_seconds(99);
    let arrived = come(vec![review], &Known::default());
    let one = &arrived.new[0];
    assert_eq!((one.entry.day, one.entry.recorded_at), (day("2026-03-01"), NOW));
    assert_eq!(one.entry.payload.by.as_deref(), Some("Mira · Harbour School"));
    assert_eq!(one.entry.held, [held("skill:go@working"), held("skill:unknown-thing@aware")]);
    assert_eq!(one.unknown, [Subject::new(SubjectKind::Skill, "unknown-thing")]);
}

#[test]
fn what_is_wrong_is_refused_by_name_and_takes_its_retraction_along() {
    use EvidenceKind::{Claim, Link, Retraction, Review};
    let retraction = |n, of| MovedEntry { retracts: Some(id(of)), ..moved(n, Retraction, Trust::Claimed, &[]) };
    let late = MovedEntry { day: day("2026-11-20"), ..moved(3, Claim, Trust::Claimed, &["topic:caching"]) };
    let by = |entry: MovedEntry| MovedEntry { payload: Payload { by: Some("x".to_owned()), ..Payload::default() }, ..entry };
    let arrived = come(
        vec![
            moved(1, Claim, Trust::Claimed, &["topic:caching"]),
            moved(1, Claim, Trust::Claimed, &["topic:caching"]),
            moved(2, Link, Trust::Linked, &["topic:caching"]),
            late,
            retraction(4, 2),
            retraction(5, 1),
            retraction(6, 1),
            retraction(7, 5),
            by(moved(8, Claim, Trust::Claimed, &["topic:caching"])),
            moved(9, Review, Trust::Peer, &["certification:cloud"]),
            moved(10, Retraction, Trust::Claimed, &[]),
            moved(11, EvidenceKind::Recall, Trust::Linked, &["topic:caching"]),
        ],
        &Known::default(),
    );
    let taken: Vec<PublicId> = arrived.new.iter().map(|arrival| arrival.id).collect();
    assert_eq!(taken, [id(1), id(5)]);
    let refused: Vec<(PublicId, &str, &str)> = arrived.refused.iter().map(|(id, wrong)| (*id, wrong[0].field, wrong[0].code)).collect();
    assert_eq!(
        refused,
        [
            (id(1), "id", "entry_twice"),
            (id(2), "url", "missing"),
            (id(3), "day", "day_in_future"),
            (id(4), "retracts", "no_such_entry"),
            (id(6), "retracts", "already_retracted"),
            (id(7), "retracts", "retracts_a_retraction"),
            (id(8), "by", "not_for_this_kind"),
            (id(9), "subjects", "certification_needs_certificate"),
            (id(10), "retracts", "missing"),
            (id(11), "recall", "missing"),
        ]
    );
}

#[test]
fn what_is_here_already_does_not_come_again() {
    let known =
        Known { numbers: BTreeMap::from([(id(1), 1), (id(2), 2)]), retracted: BTreeSet::from([1]), retractions: BTreeSet::from([2]) };
    let retraction = |n, of| MovedEntry { retracts: Some(id(of)), ..moved(n, EvidenceKind::Retraction, Trust::Claimed, &[]) };
    let arrived = come(
        vec![moved(1, EvidenceKind::Claim, Trust::Claimed, &["topic:caching"]), retraction(2, 1), retraction(3, 1), retraction(4, 2)],
        &known,
    );
    assert_eq!((arrived.known, arrived.new.len()), (2, 0));
    let codes: Vec<&str> = arrived.refused.iter().map(|(_, wrong)| wrong[0].code).collect();
    assert_eq!(codes, ["already_retracted", "retracts_a_retraction"]);
}

#[test]
fn a_blanked_entry_needs_nothing_that_was_written() {
    let mut blanked = moved(1, EvidenceKind::Link, Trust::Linked, &["topic:caching"]);
    blanked.redacted = true;
    blanked.payload.note = Some("left over".to_owned());
    let arrived = come(vec![blanked], &Known::default());
    assert_eq!((arrived.new[0].entry.trust, arrived.new[0].redacted), (Trust::Linked, true));
    assert_eq!(arrived.new[0].entry.payload, Payload::default());
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    fn any_entry() -> impl Strategy<Value = MovedEntry> {
        let subjects = prop::sample::subsequence(vec!["skill:rust@working", "criterion:one", "topic:caching", "certification:cloud"], 0..3);
        (0..9_u8, 0..EvidenceKind::ALL.len(), 0..Trust::ALL.len(), subjects, any::<bool>(), any::<bool>(), prop::option::of(0..9_u8))
            .prop_map(|(n, kind, trust, subjects, link, redacted, retracts)| {
                let mut entry = moved(n, EvidenceKind::ALL[kind], Trust::ALL[trust], &subjects);
                entry.redacted = redacted;
                entry.payload.url = link.then(|| "https://example.org/".to_owned());
                entry.payload.title = Some("x".to_owned());
                entry.retracts = retracts.map(id).filter(|_| entry.kind == EvidenceKind::Retraction);
                entry
            })
    }

    /// What the ledger knows once the arrivals are numbered from `first`.
    fn recorded(arrived: &Arrivals, mut known: Known) -> Known {
        for arrival in &arrived.new {
            let number = known.numbers.len() as u32 + 1;
            if let Some(target) = arrival.retracts {
                known.retracted.insert(known.numbers[&target]);
                known.retractions.insert(number);
            }
            known.numbers.insert(arrival.id, number);
        }
        known
    }

    proptest! {
        #[test]
        fn nothing_arrives_twice_nothing_is_believed_more_and_nothing_is_lost_without_a_word(
            entries in prop::collection::vec(any_entry(), 0..12)
        ) {
            let first = come(entries.clone(), &Known::default());
            prop_assert_eq!(first.new.len() + first.known + first.refused.len(), entries.len());
            for arrival in &first.new {
                prop_assert!(arrival.entry.trust <= Trust::Linked);
                let had = entries.iter().filter(|entry| entry.id == arrival.id).map(|entry| entry.trust).max();
                prop_assert!(Some(arrival.entry.trust) <= had);
            }
            let known = recorded(&first, Known::default());
            let again = come(entries, &known);
            prop_assert_eq!(again.new, vec![]);
        }
    }
}
