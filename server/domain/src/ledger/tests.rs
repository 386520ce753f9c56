use super::*;

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn held(text: &str) -> Held {
    match text.split_once('@') {
        Some((subject, step)) => Held { subject: subject.parse().unwrap(), step: Some(step.parse().unwrap()) },
        None => Held { subject: text.parse().unwrap(), step: None },
    }
}

fn offer(kind: EvidenceKind, subjects: &[&str]) -> Offer {
    Offer { kind: Some(kind), subjects: subjects.iter().map(|text| held(text)).collect(), ..Offer::default() }
}

fn checked(offer: Offer) -> Result<NewEntry, Vec<FieldError>> {
    check(offer, day("2026-11-19"), NOW, &|subject| !subject.id.starts_with("unknown"))
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn trust_follows_from_the_kind_and_the_link() {
    use EvidenceKind::{Certificate, Claim, Experience, Link, Submission};
    let url = text("https://example.org/work");
    let cases = [
        (offer(Claim, &["skill:rust@working"]), Trust::Claimed),
        (Offer { url: url.clone(), ..offer(Claim, &["topic:caching"]) }, Trust::Claimed),
        (Offer { url: url.clone(), ..offer(Link, &["criterion:one"]) }, Trust::Linked),
        (offer(Submission, &["criterion:one", "criterion:two"]), Trust::Claimed),
        (Offer { url: url.clone(), ..offer(Submission, &["criterion:one"]) }, Trust::Linked),
        (Offer { title: text("Shop"), ..offer(Experience, &[]) }, Trust::Claimed),
        (Offer { title: text("Shop"), url: url.clone(), ..offer(Experience, &["skill:rust@working"]) }, Trust::Linked),
        (Offer { issuer: text("Board"), ..offer(Certificate, &["certification:cloud"]) }, Trust::Claimed),
        (Offer { issuer: text("Board"), url, ..offer(Certificate, &["certification:cloud"]) }, Trust::Linked),
    ];
    for (offer, trust) in cases {
        let entry = checked(offer.clone()).unwrap_or_else(|wrong| panic!("{offer:?}: {wrong:?}"));
        assert_eq!((Some(entry.kind), entry.trust), (offer.kind, trust), "{offer:?}");
        assert_eq!((entry.recorded_at, entry.retracts, entry.recall), (NOW, None, None));
    }
}

#[test]
fn a_link_is_recorded_at_the_commit_that_was_given() {
    let link = |commit: &str| Offer {
        url: text("https://github.com/ada/shop"),
        commit: text(commit),
        ..offer(EvidenceKind::Submission, &["criterion:one"])
    };
    let hash = "a".repeat(40);
    assert_eq!(checked(link(&hash)).unwrap().payload.url, Some(format!("https://github.com/ada/shop/tree/{hash}")));
    assert_eq!(checked(link("  ")).unwrap().payload.url, text("https://github.com/ada/shop"));
}

#[test]
fn every_wrong_field_is_named() {
    use EvidenceKind::{Assessment, Certificate, Claim, Experience, Link, Recall, Retraction, Review, Submission};
    let claim = || offer(Claim, &["topic:caching"]);
    let link = |url: &str| Offer { url: text(url), ..offer(Link, &["topic:caching"]) };
    let commit = || text(&"a".repeat(40));
    let certificate = || Offer { issuer: text("Board"), ..offer(Certificate, &["certification:cloud"]) };
    let many: Vec<String> = (0..=MAX_SUBJECTS).map(|n| format!("topic:t{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let cases: &[(Offer, &[(&str, &str)])] = &[
        (Offer::default(), &[("kind", "kind_missing")]),
        (offer(Review, &["topic:caching"]), &[("kind", "kind_not_offered")]),
        (offer(Assessment, &["topic:caching"]), &[("kind", "kind_not_offered")]),
        (offer(Recall, &["topic:caching"]), &[("kind", "kind_not_offered")]),
        (offer(Retraction, &["topic:caching"]), &[("kind", "kind_not_offered")]),
        (offer(Claim, &[]), &[("subjects", "missing")]),
        (offer(Claim, &many), &[("subjects", "too_many")]),
        (offer(Claim, &["topic:unknown"]), &[("subjects", "subject_unknown")]),
        (offer(Claim, &["skill:rust"]), &[("subjects", "step_missing")]),
        (offer(Claim, &["topic:caching@working"]), &[("subjects", "step_unexpected")]),
        (offer(Claim, &["skill:rust@aware", "skill:rust@working"]), &[("subjects", "subject_twice")]),
        (offer(Claim, &["certification:cloud"]), &[("subjects", "certification_needs_certificate")]),
        (offer(Submission, &["skill:rust@aware"]), &[("subjects", "only_criteria")]),
        (Offer { issuer: text("Board"), ..offer(Certificate, &["skill:rust@aware"]) }, &[("subjects", "only_certifications")]),
        (offer(Certificate, &["certification:cloud"]), &[("issuer", "missing")]),
        (offer(Experience, &[]), &[("title", "missing")]),
        (offer(Link, &["topic:caching"]), &[("url", "missing")]),
        (Offer { commit: text("main"), ..link("https://github.com/ada/shop") }, &[("commit", "commit_malformed")]),
        (Offer { commit: commit(), ..link("https://example.org") }, &[("commit", "link_cannot_pin")]),
        (Offer { commit: commit(), ..link("no link") }, &[("url", "url_malformed")]),
        (Offer { commit: commit(), ..offer(Link, &["topic:caching"]) }, &[("url", "missing")]),
        (Offer { commit: commit(), ..claim() }, &[("commit", "not_for_this_kind")]),
        (link("javascript:alert(1)"), &[("url", "url_malformed")]),
        (link(&format!("https://example.org/{}", "a".repeat(MAX_URL))), &[("url", "too_long")]),
        (Offer { day: Some(day("2026-11-20")), ..claim() }, &[("day", "day_in_future")]),
        (Offer { day: Some(day("1949-12-31")), ..claim() }, &[("day", "day_too_early")]),
        (Offer { issued_on: Some(day("2026-11-20")), ..certificate() }, &[("issued_on", "day_in_future")]),
        (
            Offer { issued_on: Some(day("2026-11-10")), expires_on: Some(day("2026-11-09")), ..certificate() },
            &[("expires_on", "expires_before_issue")],
        ),
        (Offer { expires_on: Some(day("2027-11-09")), ..claim() }, &[("expires_on", "not_for_this_kind")]),
        (Offer { issued_on: Some(day("2026-11-09")), ..claim() }, &[("issued_on", "not_for_this_kind")]),
        (Offer { issuer: text("Board"), ..claim() }, &[("issuer", "not_for_this_kind")]),
        (Offer { number: text("12"), ..claim() }, &[("number", "not_for_this_kind")]),
        (Offer { minutes: Some(0), ..claim() }, &[("minutes", "out_of_range")]),
        (Offer { minutes: Some(MAX_MINUTES + 1), ..claim() }, &[("minutes", "out_of_range")]),
        (Offer { title: text(&"é".repeat(MAX_SHORT_TEXT + 1)), ..claim() }, &[("title", "too_long")]),
        (Offer { title: text("two\nlines"), ..claim() }, &[("title", "bad_characters")]),
        (Offer { note: text(&"é".repeat(MAX_NOTE + 1)), ..claim() }, &[("note", "too_long")]),
        (Offer { note: text("hidden \u{202e} turn"), ..claim() }, &[("note", "bad_characters")]),
        (
            Offer { minutes: Some(0), url: text("nowhere"), title: text("a\u{7}"), ..offer(Certificate, &["topic:unknown"]) },
            &[
                ("title", "bad_characters"),
                ("url", "url_malformed"),
                ("minutes", "out_of_range"),
                ("subjects", "subject_unknown"),
                ("subjects", "only_certifications"),
                ("issuer", "missing"),
            ],
        ),
    ];
    for (offer, expected) in cases {
        let wrong = checked(offer.clone()).expect_err(&format!("{offer:?}"));
        let wrong: Vec<_> = wrong.iter().map(|error| (error.field, error.code)).collect();
        assert_eq!(&wrong, expected, "{offer:?}");
        let known = |code| FIELD_CODES.contains(code) || crate::pinned::FIELD_CODES.contains(code);
        assert!(wrong.iter().all(|(_, code)| known(code)), "{wrong:?}");
    }
}

#[test]
fn texts_are_trimmed_and_blank_ones_count_as_absent() {
    let entry = checked(Offer {
        title: text("  Orders  "),
        note: text("one\r\ntwo\n"),
        url: text("  "),
        issuer: text(""),
        number: text(" "),
        minutes: Some(40),
        ..offer(EvidenceKind::Claim, &["topic:caching", "skill:rust@aware", "topic:caching"])
    })
    .unwrap();
    let payload = Payload { title: text("Orders"), note: text("one\ntwo"), minutes: Some(40), ..Payload::default() };
    assert_eq!(entry.payload, payload);
    assert_eq!(entry.held, [held("skill:rust@aware"), held("topic:caching")]);
    assert_eq!(entry.day, day("2026-11-19"));
}

#[test]
fn a_certificate_is_about_its_day_of_issue_and_may_be_expired_already() {
    let offer = Offer {
        issuer: text("Board"),
        number: text("A-1"),
        issued_on: Some(day("2020-01-01")),
        expires_on: Some(day("2023-01-01")),
        ..offer(EvidenceKind::Certificate, &["certification:cloud"])
    };
    let entry = checked(offer).unwrap();
    assert_eq!((entry.day, entry.expires_on), (day("2020-01-01"), Some(day("2023-01-01"))));
    assert_eq!((entry.payload.issued_on, entry.payload.number), (Some(day("2020-01-01")), text("A-1")));
}

#[test]
fn the_earliest_day_is_the_first_of_1950() {
    assert_eq!(EARLIEST_DAY, day("1950-01-01"));
    assert!(checked(Offer { day: Some(EARLIEST_DAY), ..offer(EvidenceKind::Claim, &["topic:caching"]) }).is_ok());
}

#[test]
fn json_with_an_unknown_field_is_refused() {
    let good = r#"{"kind":"claim","subjects":[{"subject":"skill:rust","step":"working"}],"day":"2026-11-18","note":"x"}"#;
    assert_eq!(serde_json::from_str::<Offer>(good).unwrap().note, text("x"));
    for bad in [r#"{"kind":"claim","trust":"verified"}"#, r#"{"payload":{}}"#, r#"{"by":"Mira"}"#, r#"{"seq":1}"#] {
        let error = serde_json::from_str::<Offer>(bad).unwrap_err().to_string();
        assert!(error.starts_with("unknown field"), "{error}");
    }
}

#[test]
fn an_assessment_carries_the_mentors_name_and_trust() {
    let by = CleanName::parse("Mira Lindqvist").unwrap();
    let assess = |subjects: &[&str], trust, note: &str| {
        assessed(subjects.iter().map(|text| held(text)).collect(), trust, day("2026-11-19"), NOW, &by, text(note))
    };
    for trust in [Trust::Peer, Trust::Mentor] {
        let entry = assess(&["skill:rust@working", "criterion:one"], trust, "Seen at work").unwrap();
        assert_eq!((entry.kind, entry.trust), (EvidenceKind::Assessment, trust));
        assert_eq!(entry.held, [held("skill:rust@working"), held("criterion:one")]);
        assert_eq!(entry.payload, Payload { note: text("Seen at work"), by: text("Mira Lindqvist"), ..Payload::default() });
    }
    let cases: &[(&[&str], Trust, &str, FieldError)] = &[
        (&[], Trust::Mentor, "", FieldError::new("subjects", "missing")),
        (&["skill:rust"], Trust::Mentor, "", FieldError::new("subjects", "step_missing")),
        (&["certification:cloud"], Trust::Mentor, "", FieldError::new("subjects", "certification_needs_certificate")),
        (&["topic:caching"], Trust::Claimed, "", FieldError::new("trust", "trust_not_given")),
        (&["topic:caching"], Trust::Linked, "", FieldError::new("trust", "trust_not_given")),
        (&["topic:caching"], Trust::Verified, "", FieldError::new("trust", "trust_not_given")),
        (&["topic:caching"], Trust::Mentor, "\u{0}", FieldError::new("note", "bad_characters")),
    ];
    for (subjects, trust, note, expected) in cases {
        assert_eq!(assess(subjects, *trust, note).unwrap_err(), std::slice::from_ref(expected), "{subjects:?} {trust} {note:?}");
    }
}

fn entry(seq: u32, kind: EvidenceKind, retracts: Option<u32>) -> Entry {
    Entry {
        seq,
        kind,
        trust: Trust::Claimed,
        day: day("2026-11-01"),
        recorded_at: NOW,
        held: vec![held("topic:caching")],
        expires_on: None,
        retracts,
        recall: None,
    }
}

#[test]
fn a_retraction_takes_an_entry_out_once_and_cannot_be_taken_back() {
    let ledger = [
        entry(1, EvidenceKind::Claim, None),
        entry(2, EvidenceKind::Claim, None),
        entry(3, EvidenceKind::Retraction, Some(1)),
        entry(4, EvidenceKind::Link, None),
    ];
    let today = day("2026-11-19");
    let retraction = retract(&ledger, 2, today, NOW, text(" a slip ")).unwrap();
    assert_eq!((retraction.kind, retraction.retracts, retraction.day), (EvidenceKind::Retraction, Some(2), today));
    assert_eq!((retraction.held, retraction.payload.note), (vec![held("topic:caching")], text("a slip")));

    for (seq, code) in [(1, "already_retracted"), (3, "retracts_a_retraction"), (5, "no_such_entry"), (0, "no_such_entry")] {
        assert_eq!(retract(&ledger, seq, today, NOW, None).unwrap_err(), FieldError::new("entry", code), "{seq}");
        assert!(FIELD_CODES.contains(&code));
    }
    let long = text(&"x".repeat(MAX_NOTE + 1));
    assert_eq!(retract(&ledger, 2, today, NOW, long).unwrap_err(), FieldError::new("note", "too_long"));

    let left: Vec<u32> = standing(&ledger).iter().map(|entry| entry.seq).collect();
    assert_eq!(left, [2, 4]);
    assert!(standing(&[]).is_empty());
}

#[test]
fn a_submission_takes_the_place_of_one_that_stands_and_shares_a_criterion() {
    let new = |renews, id: &str| checked(Offer { renews, ..offer(EvidenceKind::Submission, &[id]) }).unwrap();
    let ledger =
        [Entry { held: vec![held("criterion:one")], ..entry(1, EvidenceKind::Submission, None) }, entry(2, EvidenceKind::Claim, None)];
    assert_eq!(new(Some(1), "criterion:one").payload.follows, Some(1));
    let cases = [
        (None, "criterion:one", Ok(())),
        (Some(1), "criterion:one", Ok(())),
        (Some(1), "criterion:two", Err(FieldError::new("renews", "renews_another"))),
        (Some(2), "criterion:one", Err(FieldError::new("renews", "no_such_entry"))),
        (Some(3), "criterion:one", Err(FieldError::new("renews", "no_such_entry"))),
    ];
    for (follows, id, expected) in cases {
        assert_eq!(renews(&ledger, &new(follows, id)), expected, "{follows:?} {id}");
    }
}

#[test]
fn a_certificate_renews_one_that_stands_and_is_about_the_same() {
    use EvidenceKind::{Certificate, Claim};
    let certificate = |id: &str, renews| checked(Offer { issuer: text("Board"), renews, ..offer(Certificate, &[id]) }).unwrap();
    let numbered = |seq, new: &NewEntry| new.numbered(seq);
    let ledger = [numbered(1, &certificate("certification:cloud", None))];
    let new = certificate("certification:cloud", Some(1));
    assert_eq!((new.payload.follows, renews(&ledger, &new)), (Some(1), Ok(())));
    let refused = |ledger: &[Entry], new: &NewEntry| renews(ledger, new).unwrap_err().code;
    assert_eq!(refused(&ledger, &certificate("certification:data", Some(1))), "renews_another");
    assert_eq!(refused(&ledger, &certificate("certification:cloud", Some(2))), "no_such_entry");
    let back = numbered(2, &retract(&ledger, 1, day("2026-11-19"), NOW, None).unwrap());
    assert_eq!(refused(&[ledger[0].clone(), back], &new), "no_such_entry");

    let wrong = checked(Offer { renews: Some(1), ..offer(Claim, &["topic:caching"]) }).unwrap_err();
    assert_eq!(wrong, [FieldError::new("renews", "not_for_this_kind")]);
}
