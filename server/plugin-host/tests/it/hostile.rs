//! Hostile guests: each is stopped and named, and none disturbs another.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use domain::scoring::{RuleFailure, ScoreInput, ScoringRule};
use plugin_host::{Host, Limits, Options, PluginRule, Usage};

use crate::support::{Watch, handwritten, host, hostile, input, options, patient, scoring_pack};

fn rule(host: &Host, component: &[u8]) -> Arc<PluginRule> {
    let loaded = host.load(&scoring_pack(component, "good")).unwrap_or_else(|refusal| panic!("{refusal}"));
    loaded.rule.unwrap()
}

/// A call, and how long it kept the host.
fn timed(rule: &PluginRule, input: &ScoreInput) -> (Result<u32, RuleFailure>, Usage, Duration) {
    #[allow(clippy::disallowed_methods, reason = "measures the host")]
    let begun = std::time::Instant::now();
    let (card, usage) = rule.try_out(input);
    (card.map(|card| card.readiness), usage, begun.elapsed())
}

/// No hostile guest may keep the host longer, on a busy machine and unoptimised at that.
const PATIENCE: Duration = Duration::from_secs(5);

fn assert_stopped(rule: &PluginRule, mode: &str, code: &str, says: &str) {
    let (card, usage, took) = timed(rule, &input(mode));
    let failure = card.expect_err(mode);
    assert_eq!(failure.code, code, "{mode}: {}", failure.detail);
    assert!(failure.detail.contains(says), "{mode}: {}", failure.detail);
    assert!(!failure.passing, "{mode}");
    assert!(usage.memory <= 64 << 20, "{mode}: {} bytes", usage.memory);
    assert!(took < PATIENCE, "{mode} took {took:?}");
}

#[test]
fn every_misbehaviour_is_stopped_and_named() {
    let host = host();
    let rule = rule(&host, hostile());
    let (good, usage, _) = timed(&rule, &input("good"));
    assert_eq!(good, Ok(2_000 + 3_000));
    assert!(usage.fuel > 1_000 && usage.output > 0 && usage.memory > 0, "{usage:?}");
    for (mode, code, says) in [
        ("endless loop", "fuel_exhausted", "200000000"),
        ("memory bomb", "memory_limit", "memory"),
        ("panic", "trap", "panicked at"),
        ("panic", "trap", "broken on purpose"),
        ("declared", "declared_error_internal", "out of ideas"),
        ("settings", "declared_error_unsupported_settings", "no such mode"),
        ("log flood", "hostcall_limit", "1024"),
        ("huge answer", "hostcall_limit", "1024 KiB"),
        ("long string", "string_too_long", "2049"),
        ("large answer", "output_too_large", "256 KiB"),
        ("unknown message", "message_unknown", "nowhere"),
        ("no sum", "readiness_sum", ""),
        ("above all", "readiness_out_of_range", "10001"),
        ("above possible", "points_above_possible", ""),
        ("evidence from nowhere", "evidence_unknown", "9999"),
        ("missing receipt", "receipt_missing", "building"),
        ("receipt twice", "receipt_twice", ""),
        ("receipts without end", "output_too_large", "256 KiB"),
        ("actions without end", "too_many_actions", ""),
    ] {
        assert_stopped(&rule, mode, code, says);
    }
    // None of it left a trace.
    assert_eq!(timed(&rule, &input("good")).0, Ok(5_000));
}

#[test]
fn handwritten_attacks_are_stopped_and_named() {
    let host = host();
    // 2 000 receipts at 1 MiB whose reasons all name the first MiB of memory as their id.
    let aliases = r#"(func $body (result i32) (local $i i32) (local $at i32)
        (i32.store (i32.const 0x180008) (i32.const 0x100000))
        (i32.store (i32.const 0x18000c) (i32.const 2000))
        (loop $more
          (local.set $at (i32.add (i32.const 0x100000) (i32.mul (local.get $i) (i32.const 36))))
          (i32.store offset=16 (local.get $at) (i32.const 0x100000))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $more (i32.lt_u (local.get $i) (i32.const 2000))))
        (i32.const 0x180000))"#;
    let deep = "(func $deeper (param i64) (result i64) (i64.add (call $deeper (i64.add (local.get 0) (i64.const 1))) (local.get 0)))
        (func $body (result i32) (i32.wrap_i64 (call $deeper (i64.const 0))))";
    let beyond = "(func $body (result i32) (i32.load (i32.const 0xfffffff0)))";
    let nothing = "(func $body (result i32) unreachable)";
    let divides = "(func $body (result i32) (i32.div_u (i32.const 1) (i32.const 0)))";
    let list_beyond = "(func $body (result i32) (i32.store (i32.const 8) (i32.const 0x3ffff0)) (i32.store (i32.const 12) (i32.const 1000)) (i32.const 0))";
    let no_such_case = "(func $body (result i32) (i32.store8 (i32.const 0) (i32.const 9)) (i32.const 0))";
    let not_utf8 = r#"(func $body (result i32) (i32.store8 (i32.const 0) (i32.const 1)) (i32.store8 (i32.const 0x100) (i32.const 0xff))
        (i32.store (i32.const 8) (i32.const 0x100)) (i32.store (i32.const 12) (i32.const 1)) (i32.const 0))"#;
    let grows = "(func $body (result i32) (loop $more (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable)";
    for (name, body, code) in [
        ("aliases", aliases, "hostcall_limit"),
        ("deep recursion", deep, "stack_overflow"),
        ("out of bounds", beyond, "out_of_bounds"),
        ("unreachable", nothing, "trap"),
        ("division by zero", divides, "trap"),
        ("a list beyond the memory", list_beyond, "bad_answer"),
        ("a case that is not there", no_such_case, "bad_answer"),
        ("text that is not UTF-8", not_utf8, "bad_answer"),
        ("memory without end", grows, "memory_limit"),
    ] {
        let rule = rule(&host, &handwritten(body));
        let (card, usage, took) = timed(&rule, &input("good"));
        let failure = card.expect_err(name);
        assert_eq!(failure.code, code, "{name}: {}", failure.detail);
        assert!(!failure.passing && took < PATIENCE, "{name} took {took:?}");
        assert!(usage.memory <= 64 << 20 && usage.fuel <= 200_000_000, "{name}: {usage:?}");
    }
}

#[test]
fn the_clock_ends_what_fuel_does_not_and_its_verdict_is_passing() {
    let mut limits = patient();
    limits.score.deadline = 3;
    limits.score.fuel = u64::MAX / 2;
    let rule = rule(&Host::new(options(limits)), hostile());
    let (card, _, took) = timed(&rule, &input("endless loop"));
    let failure = card.unwrap_err();
    assert_eq!((failure.code.as_str(), failure.passing), ("deadline", true));
    assert!(took >= Duration::from_millis(10) && took < PATIENCE, "{took:?}");
    (0..5).for_each(|_| drop(rule.score(&[input("endless loop")])));
    assert_eq!(rule.statistics().failures, 5);
    assert!(rule.score(&[input("good")])[0].is_ok(), "the clock's verdict does not count towards the breaker");
}

#[test]
fn a_good_guest_goes_on_while_another_loops() {
    let mut limits = patient();
    limits.score.deadline = 100;
    limits.score.fuel = u64::MAX / 2;
    let host = Host::new(options(limits));
    let rule = rule(&host, hostile());
    let (start, ended) = (Barrier::new(2), AtomicBool::new(false));
    let during = AtomicU32::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            start.wait();
            let (looped, ..) = timed(&rule, &input("endless loop"));
            ended.store(true, Ordering::SeqCst);
            assert_eq!(looped.unwrap_err().code, "deadline");
        });
        scope.spawn(|| {
            start.wait();
            while !ended.load(Ordering::SeqCst) {
                assert_eq!(timed(&rule, &input("good")).0, Ok(5_000));
                if !ended.load(Ordering::SeqCst) {
                    during.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
    });
    // The loop runs for a second; a call that began and ended within it overlapped it, but for the first moments.
    assert!(during.into_inner() > 3, "no good call ended while the other looped");
}

#[test]
fn the_same_input_burns_the_same_fuel_in_every_instance() {
    let rule = rule(&host(), hostile());
    let fuel: Vec<u64> = (0..5).map(|_| timed(&rule, &input("good")).1.fuel).collect();
    assert!(fuel.iter().all(|&one| one == fuel[0]), "{fuel:?}");
}

#[test]
fn logged_lines_are_capped_and_made_plain() {
    let (_, usage, _) = timed(&rule(&host(), hostile()), &input("many lines"));
    assert_eq!((usage.log.len(), usage.log_dropped), (64, 36));
    assert_eq!((usage.log[7].severity, usage.log[7].text.as_str()), ("warn", "line 7 "));
}

#[test]
fn inputs_that_are_too_large_are_not_given_to_a_rule() {
    let rule = rule(&host(), hostile());
    let mut long = input("good");
    long.evidence = vec![long.evidence[0].clone(); 2_001];
    let mut wide = input("good");
    wide.template = "x".repeat(1 << 20);
    for input in [long, wide] {
        let (card, usage, _) = timed(&rule, &input);
        assert_eq!((card.unwrap_err().code.as_str(), usage.fuel), ("input_too_large", 0));
    }
}

#[test]
fn three_failures_leave_a_rule_alone_for_a_minute() {
    let watch = Arc::new(Watch::default());
    let host = Host::new(Options { clock: watch.clone(), ..options(patient()) });
    let rule = rule(&host, hostile());
    let code = |mode| rule.score(&[input(mode)]).remove(0).map(|outcome| outcome.fuel.is_some()).map_err(|failure| failure.code);
    for _ in 0..3 {
        assert_eq!(code("panic"), Err("trap".to_owned()));
    }
    assert_eq!(code("good"), Err("breaker_open".to_owned()));
    watch.advance(59);
    assert_eq!(code("good"), Err("breaker_open".to_owned()));
    watch.advance(1);
    assert_eq!(code("good"), Ok(true));
    let statistics = rule.statistics();
    assert_eq!((statistics.calls, statistics.failures), (4, 3), "calls that were not made are not counted");
    let (code, detail, _) = statistics.last_error.unwrap();
    assert_eq!(code, "trap");
    assert!(detail.contains("broken on purpose") && detail.contains("lib.rs"), "{detail}");
    assert_eq!(statistics.last_log[0].text, "judged");
    assert_eq!(rule.fetch_calls().len(), 4);
    assert_eq!(rule.fetch_calls(), []);
}

#[test]
fn a_batch_is_answered_in_order() {
    let rule = rule(&host(), hostile());
    let answers = rule.score(&[input("good"), input("declared"), input("good")]);
    let codes: Vec<_> = answers.iter().map(|answer| answer.as_ref().map(|o| o.card.readiness).map_err(|f| f.code.as_str())).collect();
    assert_eq!(codes, [Ok(5_000), Err("declared_error_internal"), Ok(5_000)]);
}

#[test]
fn calls_beyond_the_most_at_once_wait_their_turn() {
    let host = Host::new(options(Limits { calls: 1, ..patient() }));
    let rule = rule(&host, hostile());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..5).for_each(|_| assert_eq!(timed(&rule, &input("good")).0, Ok(5_000))));
        }
    });
}
