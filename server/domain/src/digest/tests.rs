use super::*;
use crate::ledger::Held;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.to_owned().try_into().unwrap()
}

/// `skill:git` …, recorded at noon of the day.
fn entry(seq: u32, on: &str, kind: EvidenceKind, trust: Trust, subjects: &[&str]) -> Entry {
    Entry {
        seq,
        kind,
        trust,
        day: day(on),
        recorded_at: at(&format!("{on}T12:00:00Z")),
        held: subjects.iter().map(|subject| Held { subject: subject.parse().unwrap(), step: None }).collect(),
        expires_on: None,
        retracts: None,
        recall: None,
    }
}

fn claim(seq: u32, on: &str, subjects: &[&str]) -> Entry {
    entry(seq, on, EvidenceKind::Claim, Trust::Claimed, subjects)
}

fn retraction(seq: u32, on: &str, retracts: u32) -> Entry {
    Entry { retracts: Some(retracts), ..entry(seq, on, EvidenceKind::Retraction, Trust::Claimed, &[]) }
}

fn certificate(seq: u32, on: &str, id: &str, until: Option<&str>) -> Entry {
    Entry { expires_on: until.map(day), ..entry(seq, on, EvidenceKind::Certificate, Trust::Linked, &[&format!("certification:{id}")]) }
}

/// The week from Sunday 15 to Sunday 22 November 2026, 18:30 each.
fn week(ledger: &[Entry]) -> LearnerDigest {
    week_with(ledger, &[])
}

fn week_with(ledger: &[Entry], reviews: &[AnsweredReview]) -> LearnerDigest {
    compose(&DigestFacts {
        ledger,
        brought: &BTreeSet::new(),
        since: at("2026-11-15T18:30:00Z"),
        since_day: day("2026-11-15"),
        today: day("2026-11-22"),
        paths: Vec::new(),
        reviews,
        questions: &[],
        cards_due: 0,
        name: &|subject| (subject.id != "unknown").then(|| subject.id.to_uppercase()),
    })
}

fn said(ledger: &[Entry]) -> Vec<(String, EvidenceKind, String, u32)> {
    let changes = week(ledger).changes.into_iter();
    changes.map(|change| (change.day.to_string(), change.kind, change.names.join(" "), change.more)).collect()
}

#[test]
fn only_what_was_recorded_since_the_last_sending_is_a_change_newest_first() {
    let ledger = [
        claim(1, "2026-11-15", &["skill:old"]),
        claim(2, "2026-11-16", &["skill:git"]),
        entry(3, "2026-11-20", EvidenceKind::Review, Trust::Mentor, &["criterion:tests", "skill:unknown"]),
    ];
    let expected = [
        ("2026-11-20".to_owned(), EvidenceKind::Review, "TESTS unknown".to_owned(), 0),
        ("2026-11-16".to_owned(), EvidenceKind::Claim, "GIT".to_owned(), 0),
    ];
    assert_eq!(said(&ledger), expected);
}

#[test]
fn an_entry_recorded_now_about_a_day_long_past_is_a_change() {
    let mut late = claim(1, "2026-11-20", &["skill:git"]);
    late.day = day("2020-01-01");
    assert_eq!(said(&[late]).len(), 1);
}

#[test]
fn one_day_kind_and_trust_is_one_change_with_three_names_and_a_count() {
    let ledger = [
        claim(1, "2026-11-17", &["skill:a", "skill:b"]),
        claim(2, "2026-11-17", &["skill:b", "skill:c"]),
        claim(3, "2026-11-17", &["skill:d"]),
        entry(4, "2026-11-17", EvidenceKind::Link, Trust::Linked, &["skill:e"]),
    ];
    let expected = [
        ("2026-11-17".to_owned(), EvidenceKind::Link, "E".to_owned(), 0),
        ("2026-11-17".to_owned(), EvidenceKind::Claim, "D B C".to_owned(), 1),
    ];
    assert_eq!(said(&ledger), expected);
}

#[test]
fn what_was_recorded_and_taken_back_in_between_is_no_change() {
    let both = [claim(1, "2026-11-17", &["skill:git"]), retraction(2, "2026-11-18", 1)];
    assert!(week(&both).is_silent());
    let older = [claim(1, "2026-11-10", &["skill:git"]), retraction(2, "2026-11-18", 1)];
    assert_eq!(said(&older), [("2026-11-18".to_owned(), EvidenceKind::Retraction, "GIT".to_owned(), 0)]);
}

#[test]
fn certificates_are_named_when_a_reminder_falls_into_the_week_or_they_ran_out_in_it() {
    let cases = [
        (Some("2026-11-14"), false),
        (Some("2026-11-15"), true),
        (Some("2026-11-21"), true),
        // A week before, then the day before.
        (Some("2026-11-23"), true),
        (Some("2026-11-24"), true),
        (Some("2026-11-30"), true),
        (Some("2026-12-06"), true),
        (Some("2026-12-07"), false),
        // Sixty days before.
        (Some("2027-01-14"), false),
        (Some("2027-01-15"), true),
        (Some("2027-01-21"), true),
        (Some("2027-01-22"), false),
        (None, false),
    ];
    for (until, lapses) in cases {
        let digest = week(&[certificate(1, "2025-01-01", "cloud", until)]);
        assert_eq!(digest.lapsing.len(), usize::from(lapses), "{until:?}");
        assert_eq!(digest.is_silent(), !lapses, "{until:?}");
    }
}

#[test]
fn an_answered_review_is_told_once_with_what_was_met_of_all() {
    let review = |entry, at_text: &str| AnsweredReview {
        entry,
        by: "Bo Lindqvist".to_owned(),
        at: at(at_text),
        on: day(&at_text[..10]),
        verdicts: ["documents", "errors", "limits", "tests"]
            .iter()
            .zip([Verdict::Met, Verdict::NotMet, Verdict::CannotSay, Verdict::Met])
            .map(|(id, verdict)| (Subject::new(crate::subject::SubjectKind::Criterion, *id), verdict))
            .collect(),
    };
    let entry = entry(2, "2026-11-18", EvidenceKind::Review, Trust::Peer, &["criterion:documents", "criterion:tests"]);
    let answered = [review(1, "2026-11-14T12:00:00Z"), review(2, "2026-11-18T12:00:00Z")];
    let digest = week_with(std::slice::from_ref(&entry), &answered);
    let expected = ReviewAnswer {
        by: "Bo Lindqvist".to_owned(),
        on: day("2026-11-18"),
        met: 2,
        all: 4,
        names: ["DOCUMENTS", "ERRORS", "LIMITS"].map(str::to_owned).to_vec(),
        more: 1,
    };
    assert_eq!(digest.reviews, [expected], "the older one was in the digest before");
    assert_eq!(digest.changes, [], "it is not among the changes too");
    assert!(!digest.is_silent());
    let taken_back = week_with(&[entry, retraction(3, "2026-11-19", 2)], &answered);
    assert_eq!(taken_back.reviews, []);
}

#[test]
fn a_renewed_or_retracted_certificate_does_not_lapse() {
    let lapsing = |more: Vec<Entry>| {
        let mut ledger = vec![certificate(1, "2025-01-01", "cloud", Some("2026-11-29"))];
        ledger.extend(more);
        week(&ledger).lapsing
    };
    assert_eq!(lapsing(vec![]), [Lapse { name: "CLOUD".to_owned(), on: day("2026-11-29") }]);
    assert_eq!(lapsing(vec![certificate(2, "2025-02-01", "cloud", Some("2028-12-01"))]), []);
    assert_eq!(lapsing(vec![certificate(2, "2025-02-01", "cloud", None)]), []);
    assert_eq!(lapsing(vec![retraction(2, "2025-02-01", 1)]), []);
    let sooner = lapsing(vec![certificate(2, "2025-02-01", "data", Some("2026-11-23"))]);
    assert_eq!(sooner.iter().map(|lapse| lapse.name.as_str()).collect::<Vec<_>>(), ["DATA", "CLOUD"]);
}

#[test]
fn a_digest_is_silent_until_a_number_moved() {
    let path = |claimed_before, proven_before| LearnerDigest {
        paths: vec![PathDigest {
            path: String::new(),
            role: String::new(),
            target: String::new(),
            target_day: None,
            claimed: 7000,
            proven: 5000,
            claimed_before,
            proven_before,
            next: Vec::new(),
        }],
        changes: Vec::new(),
        lapsing: Vec::new(),
        reviews: Vec::new(),
        questions: Vec::new(),
        cards_due: 40,
    };
    for (claimed, proven, silent) in
        [(None, None, true), (Some(7000), Some(5000), true), (Some(6999), Some(5000), false), (Some(7000), Some(5001), false)]
    {
        assert_eq!(path(claimed, proven).is_silent(), silent, "{claimed:?} {proven:?}");
    }
}

#[test]
fn who_is_asked_something_is_told_though_nothing_moved() {
    let about = QuestionAbout::Work { by: "Bo".to_owned(), title: None };
    let asked = Question { asked_at: at("2026-11-20T10:00:00Z"), about };
    let digest = LearnerDigest { questions: vec![asked], ..week(&[]) };
    assert!(!digest.is_silent() && week(&[]).is_silent());
}

#[test]
fn what_is_new_starts_at_the_sending_before_whatever_the_clocks_do() {
    use crate::schedule::{TimeOfDay, Weekday};
    let rule = |cadence| Rule { cadence, time: TimeOfDay::new(18, 30).unwrap() };
    let cases = [
        (Cadence::Weekly { weekday: Weekday::Sunday }, "2026-11-22T18:30:00Z", "2026-11-15T18:30:00Z"),
        // Lisbon leaves summer time on 25 October 2026.
        (Cadence::Weekly { weekday: Weekday::Sunday }, "2026-10-25T18:30:00Z", "2026-10-18T17:30:00Z"),
        (Cadence::Daily, "2026-10-25T18:30:00Z", "2026-10-24T17:30:00Z"),
        (Cadence::Monthly { day: 31 }, "2026-11-30T18:30:00Z", "2026-10-31T18:30:00Z"),
        (Cadence::Monthly { day: 31 }, "2027-03-31T17:30:00Z", "2027-02-28T18:30:00Z"),
        (Cadence::Off, "2026-11-22T18:30:00Z", "2026-11-15T18:30:00Z"),
    ];
    let zone = Zone::parse("Europe/Lisbon").unwrap();
    for (cadence, due, expected) in cases {
        assert_eq!(since(rule(cadence), &zone, at(due)), at(expected), "{cadence:?} {due}");
    }
}

#[test]
fn a_path_comes_with_both_numbers_and_the_three_best_actions() {
    use crate::samples::{link, maker, today};
    use crate::scoring::{DefaultRule, Outlook, Scope, score};
    let (template, chosen) = (maker(), BTreeSet::new());
    let scope = Scope { template: &template, target: 1, chosen: &chosen, mentored: false, today: today(), settings: &[] };
    let digest = |ledger: &[Entry], before, skipped: &[&str]| {
        let outlook = Outlook::from(&score(&DefaultRule, scope, ledger).unwrap());
        let path = PathFacts {
            path: "0123".to_owned(),
            template: &template,
            target_level: "maker",
            target_day: Some(today().plus(26)),
            outlook: &outlook,
            before,
            skipped: skipped.iter().map(|&id| id.to_owned()).collect(),
        };
        let moment = at("2026-11-22T18:30:00Z");
        let facts = DigestFacts {
            ledger: &[],
            brought: &BTreeSet::new(),
            since: moment,
            since_day: today(),
            today: today(),
            paths: vec![path],
            reviews: &[],
            questions: &[],
            cards_due: 0,
            name: &|_| None,
        };
        compose(&facts)
    };
    let fresh = digest(&[], None, &[]);
    assert!(fresh.is_silent());
    let path = &fresh.paths[0];
    assert_eq!((path.path.as_str(), path.role.as_str(), path.target.as_str()), ("0123", "Maker", "Maker"));
    assert_eq!((path.target_day, path.claimed_before, path.proven_before), (Some(today().plus(26)), None, None));
    let named = |path: &PathDigest| path.next.iter().map(|action| (action.name.clone(), action.gain, action.hours)).collect::<Vec<_>>();
    let expected = [("Version control", 2_000, 10), ("Go", 4_000, 80), ("Cloud certificate", 2_000, 60)];
    assert_eq!(named(path), expected.map(|(name, gain, hours)| (name.to_owned(), gain, hours)));
    assert_eq!(path.next[2].area, "Proof of work");
    let without = digest(&[], None, &["go-lang"]);
    assert_ne!(named(&without.paths[0])[1].0, "Go", "what is left out is not suggested");

    let moved = digest(&[link(1, &["skill:git@leading"])], Some((1_500, 2_000)), &[]);
    assert!(!moved.is_silent());
    let path = &moved.paths[0];
    assert_eq!((path.claimed, path.claimed_before, path.proven, path.proven_before), (2_000, Some(1_500), 2_000, Some(2_000)));
}

#[test]
fn a_topic_that_is_practised_again_is_news_once() {
    let recall = |seq, on| entry(seq, on, EvidenceKind::Recall, Trust::Linked, &["topic:caching"]);
    let ledger = [recall(1, "2026-11-10"), retraction(2, "2026-11-17", 1), recall(3, "2026-11-17")];
    assert_eq!(said(&ledger), [("2026-11-17".to_owned(), EvidenceKind::Recall, "CACHING".to_owned(), 0)]);
}

/// A school that moves in brings years of evidence: nobody is mailed about it, nor about what it moves.
#[test]
fn what_was_brought_along_is_no_news_and_nor_is_what_it_moves() {
    use crate::samples::{maker, today};
    use crate::scoring::{DefaultRule, Outlook, Scope, score};
    let (template, chosen) = (maker(), BTreeSet::new());
    let scope = Scope { template: &template, target: 1, chosen: &chosen, mentored: true, today: today(), settings: &[] };
    let ledger = [
        claim(1, "2026-11-10", &["skill:git"]),
        entry(2, "2026-11-17", EvidenceKind::Assessment, Trust::Mentor, &["skill:go"]),
        certificate(3, "2026-11-18", "cloud", Some("2026-11-24")),
    ];
    let outlook = Outlook::from(&score(&DefaultRule, scope, &ledger).unwrap());
    let digest = |brought: &[u32]| {
        compose(&DigestFacts {
            ledger: &ledger,
            brought: &brought.iter().copied().collect(),
            since: at("2026-11-15T18:30:00Z"),
            since_day: day("2026-11-15"),
            today: day("2026-11-22"),
            paths: vec![PathFacts {
                path: "0123".to_owned(),
                template: &template,
                target_level: "maker",
                target_day: None,
                outlook: &outlook,
                before: Some((0, 0)),
                skipped: BTreeSet::new(),
            }],
            reviews: &[],
            questions: &[],
            cards_due: 0,
            name: &|_| None,
        })
    };
    assert!(!digest(&[]).is_silent());
    let moved_in = digest(&[2, 3]);
    assert!(moved_in.is_silent(), "{moved_in:?}");
    assert_eq!(digest(&[3]).changes.len(), 1, "what one records beside it is told");
}
