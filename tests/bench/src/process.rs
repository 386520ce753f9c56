//! What a process has used, read from /proc.

use std::fs;

/// CPU time so far, user and system, in seconds; of the process and its live children one deep.
pub fn cpu_seconds(pid: u32) -> f64 {
    let ticks: u64 = family(pid).into_iter().filter_map(ticks).sum();
    // USER_HZ is 100 on every Linux that this runs on.
    ticks as f64 / 100.0
}

/// Waits until a process has done nothing for three seconds, which is longer than a server waits before it looks for something to do.
#[expect(clippy::disallowed_methods, reason = "that time passes is the condition")]
pub fn until_idle(pid: u32) {
    let (mut known, mut quiet) = (cpu_seconds(pid), 0);
    while quiet < 6 {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let used = cpu_seconds(pid);
        quiet = if used - known < 0.005 { quiet + 1 } else { 0 };
        known = used;
    }
}

/// Memory that is resident and not shared with files: what the machine would get back. In bytes.
pub fn private_bytes(pid: u32) -> u64 {
    let of = |pid: u32| -> u64 {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let kib =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0);
        (kib("Private_Clean:") + kib("Private_Dirty:")) * 1024
    };
    family(pid).into_iter().map(of).sum()
}

/// All that is resident, in bytes.
pub fn resident_bytes(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    text.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn family(pid: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    std::iter::once(pid).chain(children.split_whitespace().filter_map(|child| child.parse().ok())).collect()
}

fn ticks(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything; the numbers start behind it.
    let (_, rest) = text.rsplit_once(") ")?;
    let mut numbers = rest.split_whitespace().skip(11).map(|number| number.parse::<u64>().unwrap_or(0));
    Some(numbers.next()? + numbers.next()?)
}
