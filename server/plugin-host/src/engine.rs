//! The engine and the clock of its calls.

use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::limits::{CORE_INSTANCES, Limits, MEMORIES, STACK, TABLES};
use crate::text::hexadecimal;

/// An engine that runs plugins: no WASI, threads, 64-bit memories or garbage collection; fuel and epochs counted; floats
/// the same on every machine.
///
/// # Errors
/// The machine cannot reserve the address space, or has no code generator.
pub(crate) fn engine(limits: &Limits) -> wasmtime::Result<Engine> {
    let mut config = settings();
    let calls = limits.calls.max(1);
    let mut pool = PoolingAllocationConfig::default();
    pool.max_memories_per_component(MEMORIES)
        .max_core_instances_per_component(CORE_INSTANCES)
        .max_tables_per_component(TABLES)
        .max_memory_size(limits.memory)
        .table_elements(limits.table_elements)
        .total_component_instances(calls)
        .total_core_instances(calls * CORE_INSTANCES)
        .total_memories(calls * MEMORIES)
        .total_tables(calls * TABLES);
    // A call is shorter than mapping its pages anew. Where the kernel can tell which pages a call wrote, those are put back
    // to what the component begins with and stay; elsewhere all are given back, as whole memories would have to be written.
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Auto).linear_memory_keep_resident(KEPT_MEMORY).table_keep_resident(KEPT_TABLE);
    }
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config)
}

/// An engine that compiles only: it makes the same artefacts, and reserves no address space.
pub(crate) fn compiling_engine() -> wasmtime::Result<Engine> {
    Engine::new(&settings())
}

fn settings() -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        .consume_fuel(true)
        .epoch_interruption(true)
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        .relaxed_simd_deterministic(true)
        .wasm_memory64(false)
        .max_wasm_stack(STACK)
        .memory_init_cow(true)
        .wasm_backtrace_max_frames(NonZeroUsize::new(20));
    config
}

/// What an artefact depends on beside the component: wasmtime's version, its settings, the processor. Hexadecimal.
pub(crate) fn fingerprint(engine: &Engine) -> String {
    /// A digest that does not change with the standard library's hasher.
    struct Stable(Sha256);
    impl Hasher for Stable {
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }

        fn finish(&self) -> u64 {
            0
        }
    }
    let mut stable = Stable(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut stable);
    hexadecimal(&stable.0.finalize()[..16])
}

/// Bytes of a memory, and of a table, that stay with the process between calls.
const KEPT_MEMORY: usize = 1 << 20;
const KEPT_TABLE: usize = 64 << 10;

/// One tick of the epoch.
const TICK: Duration = Duration::from_millis(10);

/// Ticks the engine's epoch while calls are under way, and rests when there are none.
pub(crate) struct Ticker {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<Ticking>,
    /// Tells the ticker that it may rest no longer.
    begun: Condvar,
    /// Tells those who wait for their turn that a call is over.
    ended: Condvar,
}

#[derive(Default)]
struct Ticking {
    calls: u32,
    /// Callers that wait for their turn.
    waiting: u32,
    resting: bool,
    stop: bool,
}

impl Ticker {
    /// Starts the thread that ticks.
    pub(crate) fn start(engine: &Engine) -> std::io::Result<Self> {
        let shared = Arc::new(Shared { state: Mutex::default(), begun: Condvar::new(), ended: Condvar::new() });
        let (engine, theirs) = (engine.clone(), Arc::clone(&shared));
        std::thread::Builder::new().name("plugin-epoch".to_owned()).spawn(move || theirs.run(|| engine.increment_epoch()))?;
        Ok(Self { shared })
    }

    /// Enters a call, waiting while `most` are under way. It is over when what this returns is dropped.
    pub(crate) fn call(&self, most: u32) -> Ticket<'_> {
        let mut state = self.shared.lock();
        if state.calls >= most {
            state.waiting += 1;
            state = self.shared.ended.wait_while(state, |state| state.calls >= most).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        state.calls += 1;
        // A call is over in less time than it takes to wake a thread, so only one that rests is woken.
        if std::mem::take(&mut state.resting) {
            self.shared.begun.notify_one();
        }
        Ticket { shared: &self.shared }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.lock().stop = true;
        self.shared.begun.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Ticking> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, mut tick: impl FnMut()) {
        let mut state = self.lock();
        loop {
            if state.calls == 0 {
                state.resting = true;
                state = self.begun.wait_while(state, |state| state.resting && !state.stop).unwrap_or_else(PoisonError::into_inner);
            }
            state = match self.begun.wait_timeout_while(state, TICK, |state| !state.stop) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
            if state.stop {
                return;
            }
            tick();
        }
    }
}

pub(crate) struct Ticket<'a> {
    shared: &'a Shared,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.calls -= 1;
        if state.waiting > 0 {
            self.shared.ended.notify_one();
        }
    }
}
