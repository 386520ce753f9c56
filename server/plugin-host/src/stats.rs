//! How a plugin's calls went.

use std::collections::VecDeque;

use domain::scoring::RuleFailure;
use domain::time::Instant;
use serde::Serialize;

use crate::call::{LogLine, Usage};

/// One call, as it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    pub at: Instant,
    pub fuel: u64,
    /// Bytes of all memories.
    pub memory: u64,
    /// Bytes of the answer.
    pub output: u64,
    pub log_lines: u32,
    pub micros: u64,
    /// Stable code and detail.
    pub error: Option<(String, String)>,
}

/// All calls since the plugin was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    pub calls: u64,
    pub failures: u64,
    pub max_fuel: u64,
    pub max_memory: u64,
    pub max_output: u64,
    pub max_log_lines: u32,
    pub max_micros: u64,
    /// Code, detail and when.
    pub last_error: Option<(String, String, Instant)>,
    /// What the last call logged.
    pub last_log: Vec<LogLine>,
}

/// Calls that nobody has fetched yet; older ones are forgotten beyond this number.
const KEPT: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) statistics: Statistics,
    unfetched: VecDeque<Call>,
}

impl Book {
    pub(crate) fn record(&mut self, usage: Usage, failure: Option<&RuleFailure>, at: Instant, micros: u64) {
        let log_lines = u32::try_from(usage.log.len()).unwrap_or(u32::MAX) + usage.log_dropped;
        let error = failure.map(|failure| (failure.code.clone(), failure.detail.clone()));
        let all = &mut self.statistics;
        all.calls += 1;
        all.max_fuel = all.max_fuel.max(usage.fuel);
        all.max_memory = all.max_memory.max(usage.memory);
        all.max_output = all.max_output.max(usage.output);
        all.max_log_lines = all.max_log_lines.max(log_lines);
        all.max_micros = all.max_micros.max(micros);
        if let Some((code, detail)) = &error {
            all.failures += 1;
            all.last_error = Some((code.clone(), detail.clone(), at));
        }
        if self.unfetched.len() == KEPT {
            self.unfetched.pop_front();
        }
        let (fuel, memory, output) = (usage.fuel, usage.memory, usage.output);
        self.unfetched.push_back(Call { at, fuel, memory, output, log_lines, micros, error });
        all.last_log = usage.log;
    }

    pub(crate) fn fetch(&mut self) -> Vec<Call> {
        self.unfetched.drain(..).collect()
    }
}
