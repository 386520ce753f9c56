//! A plugin's scoring rule, as the domain sees it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::scoring::{Outcome, RuleFailure, RuleIdentity, ScoreInput, Scorecard, ScoringRule, check};
use domain::world::Clock;

use crate::breaker::Breaker;
use crate::call::{Failed, Program, Usage};
use crate::engine::Ticker;
use crate::stats::{Book, Call, Statistics};

/// A rule in the sandbox. Every call has an instance of its own; what it answers has passed the host's check.
pub struct PluginRule {
    identity: RuleIdentity,
    messages: BTreeSet<String>,
    program: Program,
    ticker: Arc<Ticker>,
    clock: Arc<dyn Clock>,
    breaker: Mutex<Breaker>,
    book: Mutex<Book>,
}

/// Failures that are not the plugin's: they do not count towards its breaker.
const NOT_ITS_FAULT: &[&str] = &["input_too_large", "declared_error_unsupported_settings", "declared_error_invalid_input"];

impl PluginRule {
    pub(crate) fn new(
        identity: RuleIdentity,
        messages: BTreeSet<String>,
        program: Program,
        ticker: Arc<Ticker>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { identity, messages, program, ticker, clock, breaker: Mutex::default(), book: Mutex::default() }
    }

    /// All calls since it was loaded.
    pub fn statistics(&self) -> Statistics {
        lock(&self.book).statistics.clone()
    }

    /// The calls since this was last asked, oldest first, at most 1 000: for those who keep them.
    pub fn fetch_calls(&self) -> Vec<Call> {
        lock(&self.book).fetch()
    }

    /// One call outside breaker and statistics, with what it used: for probing and for authors.
    ///
    /// # Errors
    /// What ended the call, or the rule of the contract that the card breaks.
    pub fn try_out(&self, input: &ScoreInput) -> (Result<Scorecard, RuleFailure>, Usage) {
        let (result, usage) = self.unchecked(input);
        let checked = |card| {
            let broken = |broken: domain::scoring::BrokenCard| Failed::new(&broken.rule, broken.detail);
            check(input, card, &|id| self.knows_message(id)).map_err(broken)
        };
        (result.and_then(checked).map_err(RuleFailure::from), usage)
    }

    /// What the rule answers, before the host's check: for the scoring laws, which name what it breaks.
    pub(crate) fn unchecked(&self, input: &ScoreInput) -> (Result<Scorecard, Failed>, Usage) {
        self.program.score(&self.ticker, input)
    }

    fn call(&self, input: &ScoreInput) -> Result<Outcome, RuleFailure> {
        let begun = self.clock.now();
        if let Some(until) = lock(&self.breaker).open(begun) {
            let detail = format!("it failed too often and is left alone until {until}");
            return Err(RuleFailure { code: "breaker_open".to_owned(), detail, passing: true });
        }
        let (result, usage) = self.try_out(input);
        let now = self.clock.now();
        let micros = u64::try_from(now.micros() - begun.micros()).unwrap_or(0);
        let counts = |failure: &RuleFailure| !failure.passing && !NOT_ITS_FAULT.contains(&failure.code.as_str());
        match &result {
            Ok(_) => lock(&self.breaker).record(false, now),
            Err(failure) if counts(failure) => lock(&self.breaker).record(true, now),
            Err(_) => {}
        }
        if let Err(failure) = &result {
            tracing::warn!(rule = self.identity.name, code = failure.code, detail = failure.detail, "a plugin gave no card");
        }
        let fuel = usage.fuel;
        lock(&self.book).record(usage, result.as_ref().err(), now, micros);
        result.map(|card| Outcome { card, fuel: Some(fuel) })
    }
}

impl ScoringRule for PluginRule {
    fn identity(&self) -> RuleIdentity {
        self.identity.clone()
    }

    fn score(&self, inputs: &[ScoreInput]) -> Vec<Result<Outcome, RuleFailure>> {
        inputs.iter().map(|input| self.call(input)).collect()
    }

    fn knows_message(&self, id: &str) -> bool {
        self.messages.contains(id)
    }
}

impl fmt::Debug for PluginRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PluginRule").field("identity", &self.identity).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
