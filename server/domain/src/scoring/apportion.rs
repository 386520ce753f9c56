//! Largest-remainder apportionment (Hamilton's method): whole points that sum exactly.

/// Shares of `total` in proportion to `weights`, summing to `total` exactly. Each share is the floor of its quota; what
/// is left goes one by one to the largest remainders, ties to the smaller `key`. All weights zero gives all zero.
pub fn apportion<K: Ord>(total: u32, weights: &[u32], keys: &[K]) -> Vec<u32> {
    let _ = (weights, keys);
    todo!("{total}")
}

/// `total` in `n` slots that differ by at most one, largest first.
pub fn slots(total: u32, n: u32) -> Vec<u32> {
    todo!("{total} {n}")
}
