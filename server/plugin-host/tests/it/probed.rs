//! What a rule must show before it is taken.

use plugin_host::{Fixture, Refusal, pack};

use crate::support::{files, host, hostile, input, manifest};

/// Probes the hostile guest in a mode; its fixtures expect what `good` gives.
fn probe(mode: &str, fixtures: &[(&str, Vec<u8>)]) -> Result<(), Refusal> {
    let messages: &[u8] = b"counted = Counted.\n";
    let mut content = files(&[("component.wasm", hostile()), ("messages/en.ftl", messages)]);
    content.extend(fixtures.iter().map(|(name, bytes)| (format!("fixtures/{name}.json"), bytes.clone())));
    let host = host();
    let loaded = host.load(&pack::write(&manifest("scoring", mode), &content).unwrap()).unwrap();
    host.probe(&loaded).map(|probed| {
        assert_eq!(probed.fixtures.len(), 3);
        assert!(probed.laws >= 10 && probed.largest_fuel > 10_000, "{probed:?}");
    })
}

fn fixtures() -> Vec<(&'static str, Vec<u8>)> {
    let host = host();
    let loaded = host.load(&crate::support::scoring_pack(hostile(), "good")).unwrap();
    let rule = loaded.rule.unwrap();
    let fixture = |rows: usize| {
        let mut input = input("good");
        input.evidence.truncate(rows);
        let expected = rule.try_out(&input).0.unwrap();
        serde_json::to_vec(&Fixture { input, expected }).unwrap()
    };
    vec![("a", fixture(0)), ("b", fixture(1)), ("c", fixture(2))]
}

#[test]
fn a_rule_that_keeps_the_laws_is_taken() {
    probe("good", &fixtures()).unwrap_or_else(|refusal| panic!("{refusal}"));
}

#[test]
fn a_rule_that_breaks_a_law_is_refused_with_the_counter_example() {
    for (mode, law) in [("punishes diligence", "monotone"), ("counts order", "order_free"), ("no sum", "receipts_sum")] {
        let refusal = probe(mode, &fixtures()).expect_err(mode);
        assert_eq!((refusal.code.as_str(), refusal.plugin.as_deref()), ("law", Some("test/guest")), "{mode}: {refusal}");
        assert!(refusal.what.contains(law) && refusal.what.contains("\"evidence\":"), "{mode}: {refusal}");
    }
}

#[test]
fn fixtures_must_be_three_readable_and_right() {
    let good = fixtures();
    assert_eq!(probe("good", &good[..2]).unwrap_err().code, "fixture");
    let mut unreadable = good.clone();
    unreadable[1].1 = b"{}".to_vec();
    assert!(probe("good", &unreadable).unwrap_err().what.contains("fixtures/b.json"));
    let mut wrong = good.clone();
    wrong[2].1 = String::from_utf8(wrong[2].1.clone()).unwrap().replace("\"readiness\":5000", "\"readiness\":5001").into_bytes();
    assert!(probe("good", &wrong).unwrap_err().what.contains("fixture c expects readiness 5001"));
    let mut failing = good;
    failing[0].1 = String::from_utf8(failing[0].1.clone()).unwrap().replace("\"good\"", "\"panic\"").into_bytes();
    assert_eq!(probe("good", &failing).unwrap_err().code, "trap");
}
