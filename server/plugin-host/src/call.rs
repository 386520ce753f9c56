//! One call of a plugin: a store and an instance of its own, a budget, and a name for everything that can go wrong.

use std::fmt;

use domain::scoring::{RuleFailure, ScoreInput, Scorecard};
use serde::Serialize;
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Store, Trap};

use crate::bindings::diagnostics::Severity;
use crate::bindings::{diagnostics, roles, rule, types};
use crate::convert::{self, Scale};
use crate::engine::Ticker;
use crate::limits::{Budget, Limits, Meter};
use crate::text::plain;

/// A line that a plugin logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// `debug`, `info`, `warn` or `error`.
    pub severity: &'static str,
    /// One line, without control characters.
    pub text: String,
}

/// What a call used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    pub fuel: u64,
    /// Bytes of all memories.
    pub memory: u64,
    /// Bytes of the answer.
    pub output: u64,
    pub log: Vec<LogLine>,
    /// Lines that were logged beyond what is kept.
    pub log_dropped: u32,
}

/// A call that gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    pub(crate) code: String,
    pub(crate) detail: String,
    pub(crate) passing: bool,
}

impl Failed {
    pub(crate) fn new(code: &str, detail: impl Into<String>) -> Self {
        Self { code: code.to_owned(), detail: detail.into(), passing: false }
    }

    fn passing(code: &str, detail: impl Into<String>) -> Self {
        Self { passing: true, ..Self::new(code, detail) }
    }
}

impl From<Failed> for RuleFailure {
    fn from(failed: Failed) -> Self {
        Self { code: failed.code, detail: failed.detail, passing: failed.passing }
    }
}

/// A plugin's code, ready to be called; cheap to clone.
#[derive(Clone)]
pub(crate) struct Program {
    engine: Engine,
    limits: Limits,
    scoring: Option<rule::ScoringRulePre<CallState>>,
    catalog: Option<roles::RolePackPre<CallState>>,
}

/// What every instance is linked with: `diagnostics.log`, and nothing else.
pub(crate) fn linker(engine: &Engine) -> wasmtime::Result<Linker<CallState>> {
    let mut linker = Linker::new(engine);
    diagnostics::add_to_linker::<_, HasSelf<_>>(&mut linker, |state: &mut CallState| state)?;
    Ok(linker)
}

impl Program {
    pub(crate) fn new(
        linker: &Linker<CallState>,
        component: &Component,
        limits: Limits,
        scores: bool,
        has_templates: bool,
    ) -> wasmtime::Result<Self> {
        let pre = linker.instantiate_pre(component)?;
        let scoring = if scores { Some(rule::ScoringRulePre::new(pre.clone())?) } else { None };
        let catalog = if has_templates { Some(roles::RolePackPre::new(pre)?) } else { None };
        Ok(Self { engine: linker.engine().clone(), limits, scoring, catalog })
    }

    pub(crate) fn score(&self, ticker: &Ticker, input: &ScoreInput) -> (Result<Scorecard, Failed>, Usage) {
        let Some(pre) = &self.scoring else {
            return (Err(Failed::new("export_missing", "it has no scoring rule")), Usage::default());
        };
        if let Err(failed) = convert::check_input(&self.limits, input) {
            return (Err(failed), Usage::default());
        }
        let parts = convert::Parts::of(input);
        let rows = parts.rows(input);
        self.call(ticker, self.limits.score, |store, scale| {
            let answer = pre.instantiate(&mut *store)?.waymark_plugin_scoring().call_score(store, rows.input(input))?;
            Ok(answer.map_err(|error| declared(&error)).and_then(|card| scale.card(card)))
        })
    }

    pub(crate) fn templates(&self, ticker: &Ticker) -> (Result<Vec<String>, Failed>, Usage) {
        let Some(pre) = &self.catalog else {
            return (Err(Failed::new("export_missing", "it has no templates")), Usage::default());
        };
        self.call(ticker, self.limits.templates, |store, scale| {
            let answer = pre.instantiate(&mut *store)?.waymark_plugin_catalog().call_templates(store)?;
            let strings = |texts: Vec<String>| texts.into_iter().map(|text| scale.string(text)).collect();
            Ok(answer.map_err(|error| declared(&error)).and_then(strings))
        })
    }

    fn call<T>(
        &self,
        ticker: &Ticker,
        budget: Budget,
        run: impl FnOnce(&mut Store<CallState>, &mut Scale) -> wasmtime::Result<Result<T, Failed>>,
    ) -> (Result<T, Failed>, Usage) {
        let _ticket = ticker.call(self.limits.calls);
        let mut store = Store::new(&self.engine, CallState { meter: Meter::new(self.limits), log: Log::default() });
        store.limiter(|state| &mut state.meter);
        if let Err(error) = store.set_fuel(budget.fuel) {
            return (Err(Failed::passing("engine", error.to_string())), Usage::default());
        }
        store.set_epoch_deadline(budget.deadline);
        store.epoch_deadline_trap();
        store.set_hostcall_fuel(budget.hostcall);
        let mut scale = Scale::new(budget);
        let result = run(&mut store, &mut scale).unwrap_or_else(|error| Err(name(&error, store.data(), budget)));
        let fuel = budget.fuel - store.get_fuel().unwrap_or(0);
        let CallState { meter, log } = store.into_data();
        (result, Usage { fuel, memory: meter.memory(), output: scale.bytes(), log: log.lines, log_dropped: log.dropped })
    }
}

fn declared(error: &types::PluginError) -> Failed {
    let (code, text) = match error {
        types::PluginError::UnsupportedSettings(text) => ("declared_error_unsupported_settings", text),
        types::PluginError::InvalidInput(text) => ("declared_error_invalid_input", text),
        types::PluginError::Internal(text) => ("declared_error_internal", text),
    };
    Failed::new(code, plain(text, MAX_DETAIL))
}

const MAX_DETAIL: usize = 500;

/// Names what ended a call.
fn name(error: &wasmtime::Error, state: &CallState, budget: Budget) -> Failed {
    let failed = |code: &str, what: &str| {
        let said = state.log.last_error.as_deref().map(|line| format!("; it said: {line}")).unwrap_or_default();
        Failed::new(code, plain(&format!("{what}{said}"), MAX_DETAIL))
    };
    if let Some(what) = state.meter.refused {
        return failed("memory_limit", &format!("it wanted more {what} than it may have"));
    }
    if error.downcast_ref::<LogFlood>().is_some() {
        return failed("hostcall_limit", &LogFlood.to_string());
    }
    let text = format!("{error:#}");
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => failed("fuel_exhausted", &format!("it used up its {} units of fuel", budget.fuel)),
        Some(Trap::Interrupt) => Failed::passing("deadline", format!("it took longer than {} ms", budget.deadline * 10)),
        Some(Trap::StackOverflow) => failed("stack_overflow", "its calls are nested too deeply"),
        Some(Trap::MemoryOutOfBounds) => failed("out_of_bounds", "it reached beyond its memory"),
        Some(trap) => failed("trap", &trap.to_string()),
        // wasmtime keeps the type of this error to itself.
        None if text.contains("fuel allocated for hostcalls") => {
            failed("hostcall_limit", &format!("it handed over more than {} KiB", budget.hostcall >> 10))
        }
        None if error.is::<wasmtime::PoolConcurrencyLimitError>() => Failed::passing("busy", "no room for another instance"),
        None => failed("bad_answer", &text),
    }
}

/// What an instance's imports work on.
pub(crate) struct CallState {
    meter: Meter,
    log: Log,
}

#[derive(Default)]
struct Log {
    lines: Vec<LogLine>,
    bytes: usize,
    calls: u32,
    dropped: u32,
    last_error: Option<String>,
}

const LOG_LINES: usize = 64;
const LOG_BYTES: usize = 4 << 10;
/// Calls of `log` after which the guest is stopped: each costs the host a copy that fuel does not count.
const LOG_CALLS: u32 = 1_024;

#[derive(Debug)]
struct LogFlood;

impl fmt::Display for LogFlood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it logged more than {LOG_CALLS} times")
    }
}

impl std::error::Error for LogFlood {}

impl diagnostics::Host for CallState {
    fn log(&mut self, severity: Severity, message: String) -> wasmtime::Result<()> {
        let log = &mut self.log;
        log.calls += 1;
        if log.calls > LOG_CALLS {
            return Err(LogFlood.into());
        }
        let text = plain(&message, LOG_BYTES.saturating_sub(log.bytes));
        if severity == Severity::Error {
            log.last_error = Some(plain(&message, MAX_DETAIL));
        }
        if log.lines.len() == LOG_LINES || (text.is_empty() && !message.is_empty()) {
            log.dropped += 1;
            return Ok(());
        }
        log.bytes += text.len();
        let severity = match severity {
            Severity::Debug => "debug",
            Severity::Info => "info",
            Severity::Warn => "warn",
            Severity::Error => "error",
        };
        log.lines.push(LogLine { severity, text });
        Ok(())
    }
}

impl types::Host for CallState {}
