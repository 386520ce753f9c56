//! Alternating slices, and what they say.

use std::fs;
use std::time::{Duration, Instant};

/// What one slice did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slice {
    /// Requests, writes, mails, scores.
    pub done: u64,
    pub seconds: f64,
    /// CPU time of the side's own processes.
    pub cpu_seconds: f64,
    /// Bytes that came back.
    pub bytes: u64,
    /// What 99 of 100 took at most; 0 where one by one was not measured.
    pub p99_millis: f64,
}

impl Slice {
    pub fn rate(&self) -> f64 {
        self.done as f64 / self.seconds
    }

    fn cpu_micros_each(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.done.max(1) as f64
    }
}

#[allow(clippy::disallowed_methods, reason = "measuring reads the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Runs both sides in turn, the order swapped each round, and prints ratios of rates (ours by the floor's).
/// Gives the median ratio.
pub fn compare(rounds: usize, mut ours: impl FnMut() -> Slice, mut floor: impl FnMut() -> Slice) -> f64 {
    // One round warms caches and pools of both sides.
    ours();
    floor();
    let mut pairs = Vec::new();
    for round in 0..rounds {
        let pair = if round % 2 == 0 {
            let ours = ours();
            (ours, floor())
        } else {
            let floor = floor();
            (ours(), floor)
        };
        pairs.push(pair);
    }
    let ratios: Vec<f64> = pairs.iter().map(|(ours, floor)| ours.rate() / floor.rate()).collect();
    let [low, middle, high] = spread(ratios);
    println!("  ratio of rates     min {low:.3}   median {middle:.3}   max {high:.3}   ({rounds} rounds)");
    line("ours", pairs.iter().map(|(ours, _)| *ours).collect());
    line("floor", pairs.iter().map(|(_, floor)| *floor).collect());
    println!("  load average       {}", load_average());
    middle
}

fn line(side: &str, slices: Vec<Slice>) {
    let [low, middle, high] = spread(slices.iter().map(Slice::rate).collect());
    let [_, cpu, _] = spread(slices.iter().map(Slice::cpu_micros_each).collect());
    let (bytes, done) = slices.iter().fold((0, 0), |(bytes, done), slice| (bytes + slice.bytes, done + slice.done));
    let each = if bytes == 0 { String::new() } else { format!("   {} bytes each", bytes / done.max(1)) };
    let cpu = if cpu > 0.0 { format!("   {cpu:.0} µs CPU each") } else { String::new() };
    let [_, p99, _] = spread(slices.iter().map(|slice| slice.p99_millis).collect());
    let p99 = if p99 > 0.0 { format!("   p99 {p99:.1} ms") } else { String::new() };
    println!("  {side:<18} {low:.0} to {high:.0} a second, median {middle:.0}{cpu}{p99}{each}");
}

/// Minimum, median and maximum.
pub fn spread(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    match values.as_slice() {
        [] => [f64::NAN; 3],
        [first, ..] => [*first, values[values.len() / 2], values[values.len() - 1]],
    }
}

/// Runs a piece of work again and again for as long as a slice lasts.
pub fn for_seconds(seconds: f64, mut work: impl FnMut() -> u64) -> Slice {
    let (start, length) = (now(), Duration::from_secs_f64(seconds));
    let mut done = 0;
    while start.elapsed() < length {
        done += work();
    }
    Slice { done, seconds: start.elapsed().as_secs_f64(), ..Slice::default() }
}

pub fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// The machine, for whoever reads the figures later.
pub fn say_where() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        model.lines().find_map(|line| line.strip_prefix("model name")).map_or("?", |rest| rest.trim_start_matches(['\t', ' ', ':']));
    println!("{cores} cores ({model}), load average {}", load_average());
}
