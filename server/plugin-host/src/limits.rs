//! How much a plugin may use: numbers, and what counts memory while it runs.

use wasmtime::ResourceLimiter;

/// What one call may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Units of wasmtime's fuel, about one an instruction.
    pub fuel: u64,
    /// Ticks of 10 ms; a backstop, because fuel is what counts.
    pub deadline: u64,
    /// Bytes that may be copied from the guest into the host.
    pub hostcall: usize,
    /// Bytes of the answer, strings and records.
    pub output: usize,
    /// Bytes of one string in it.
    pub string: usize,
}

/// The limits of a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub score: Budget,
    pub templates: Budget,
    /// Bytes of `component.wasm`.
    pub component: usize,
    /// Bytes, summed over all memories of a call.
    pub memory: usize,
    /// Elements, summed over all tables of a call.
    pub table_elements: usize,
    /// Rows of evidence that a rule is given at most.
    pub evidence: usize,
    /// Bytes of an input.
    pub input: usize,
    /// Calls at once; others wait.
    pub calls: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            score: Budget { fuel: 200_000_000, deadline: 25, hostcall: 1 << 20, output: 256 << 10, string: 2 << 10 },
            templates: Budget { fuel: 2_000_000_000, deadline: 1_000, hostcall: 8 << 20, output: 4 << 20, string: 2 << 20 },
            component: 4 << 20,
            memory: 64 << 20,
            table_elements: 20_000,
            evidence: 2_000,
            input: 1 << 20,
            calls: 8,
        }
    }
}

/// What an admin may raise [`Limits::component`] to.
pub const LARGEST_COMPONENT: usize = 32 << 20;
pub(crate) const MEMORIES: u32 = 4;
pub(crate) const CORE_INSTANCES: u32 = 128;
pub(crate) const TABLES: u32 = 16;
pub(crate) const STACK: usize = 512 << 10;

/// Sums what a call's memories and tables hold. wasmtime's own `StoreLimits` looks at each alone.
#[derive(Debug)]
pub(crate) struct Meter {
    limits: Limits,
    memory: usize,
    tables: usize,
    /// What was refused: a guest goes on after a refusal and mostly ends in a trap that says nothing about it.
    pub(crate) refused: Option<&'static str>,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, memory: 0, tables: 0, refused: None }
    }

    /// Bytes of all memories; they never shrink, so this is the peak.
    pub(crate) fn memory(&self) -> u64 {
        self.memory as u64
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let wanted = self.memory.saturating_add(desired.saturating_sub(current));
        if wanted > self.limits.memory {
            self.refused = Some("memory");
            return Ok(false);
        }
        self.memory = wanted;
        Ok(true)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let wanted = self.tables.saturating_add(desired.saturating_sub(current));
        if wanted > self.limits.table_elements {
            self.refused = Some("tables");
            return Ok(false);
        }
        self.tables = wanted;
        Ok(true)
    }

    fn instances(&self) -> usize {
        CORE_INSTANCES as usize
    }

    fn tables(&self) -> usize {
        TABLES as usize
    }

    fn memories(&self) -> usize {
        MEMORIES as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memories_and_tables_are_summed_and_what_was_refused_is_remembered() {
        let mut meter = Meter::new(Limits { memory: 100, table_elements: 10, ..Limits::default() });
        let mut memory = |current, desired| meter.memory_growing(current, desired, None).unwrap();
        assert!(memory(0, 60) && memory(0, 30), "two memories");
        assert!(!memory(30, 50), "together they would have 110");
        assert!(memory(30, 40));
        assert_eq!((meter.memory(), meter.refused), (100, Some("memory")));
        meter.refused = None;
        let mut tables = |current, desired| meter.table_growing(current, desired, None).unwrap();
        assert!(tables(0, 6) && !tables(0, 5) && tables(6, 10));
        assert_eq!(meter.refused, Some("tables"));
    }
}
