//! Largest-remainder apportionment (Hamilton's method): whole points that sum exactly.

use std::cmp::Reverse;

/// Shares of `total` in proportion to `weights`, summing to `total` exactly. Each share is the floor of its quota; what
/// is left goes one by one to the largest remainders, ties to the smaller `key`, then to the earlier place. All weights
/// zero gives all zero. There is one key for each weight.
///
/// Source: Hamilton's method, M. L. Balinski and H. P. Young, *Fair Representation*, 2nd edition, chapter 3.
pub fn apportion<K: Ord>(total: u32, weights: &[u32], keys: &[K]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|&weight| u64::from(weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let quota = |weight: u32| u64::from(total) * u64::from(weight);
    // A floor of a quota is at most `total`, so it fits.
    let mut shares: Vec<u32> = weights.iter().map(|&weight| (quota(weight) / sum) as u32).collect();
    let left = total - shares.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (Reverse(quota(weights[i]) % sum), keys.get(i), i));
    for &i in order.iter().take(left as usize) {
        shares[i] += 1;
    }
    shares
}

/// `total` in `n` slots that differ by at most one, largest first. No slots for an `n` of zero.
pub fn slots(total: u32, n: u32) -> Vec<u32> {
    if n == 0 {
        return Vec::new();
    }
    (0..n).map(|slot| total / n + u32::from(slot < total % n)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_left_goes_to_the_largest_remainders_and_ties_to_the_smaller_key() {
        type Row = (u32, &'static [u32], &'static [&'static str], &'static [u32]);
        let table: [Row; 8] = [
            (10_000, &[1, 1, 1], &["a", "b", "c"], &[3_334, 3_333, 3_333]),
            (10_000, &[1, 1, 1], &["c", "b", "a"], &[3_333, 3_333, 3_334]),
            (10, &[6, 3, 1], &["a", "b", "c"], &[6, 3, 1]),
            // quotas 3.33, 3.33, 1.66, 1.66: both spare points go to the larger remainders
            (10, &[2, 2, 1, 1], &["a", "b", "c", "d"], &[3, 3, 2, 2]),
            (1, &[5, 5], &["b", "a"], &[0, 1]),
            (7, &[0, 3], &["a", "b"], &[0, 7]),
            (7, &[0, 0], &["a", "b"], &[0, 0]),
            (7, &[], &[], &[]),
        ];
        for (total, weights, keys, expected) in table {
            assert_eq!(apportion(total, weights, keys), expected, "{total} over {weights:?} of {keys:?}");
        }
    }

    #[test]
    fn slots_are_largest_first_and_differ_by_one() {
        assert_eq!(slots(10, 3), [4, 3, 3]);
        assert_eq!(slots(11, 3), [4, 4, 3]);
        assert_eq!(slots(2, 3), [1, 1, 0]);
        assert_eq!(slots(0, 2), [0, 0]);
        assert_eq!(slots(10, 0), [0; 0]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_total_and_each_is_within_one_of_its_quota(
            total in 0_u32..20_000,
            weights in proptest::collection::vec(0_u32..10_001, 0..40),
            turn in 0_usize..40,
        ) {
            let keys: Vec<usize> = (0..weights.len()).map(|i| (i + turn) % weights.len()).collect();
            let shares = apportion(total, &weights, &keys);
            let sum: u64 = weights.iter().map(|&w| u64::from(w)).sum();
            prop_assert_eq!(shares.len(), weights.len());
            prop_assert_eq!(shares.iter().sum::<u32>(), if sum == 0 { 0 } else { total });
            for (&share, &weight) in shares.iter().zip(&weights) {
                if sum > 0 {
                    let quota = u64::from(total) * u64::from(weight);
                    prop_assert!(u64::from(share) * sum < quota + sum, "{} is one or more above its quota", share);
                    prop_assert!((u64::from(share) + 1) * sum > quota, "{} is one or more below its quota", share);
                }
            }
        }

        #[test]
        fn the_order_of_the_list_does_not_matter(total in 0_u32..20_000, weights in proptest::collection::vec(0_u32..100, 1..20)) {
            let keys: Vec<usize> = (0..weights.len()).collect();
            let mut backwards = apportion(total, &weights.iter().rev().copied().collect::<Vec<_>>(), &keys.iter().rev().copied().collect::<Vec<_>>());
            backwards.reverse();
            prop_assert_eq!(apportion(total, &weights, &keys), backwards);
        }

        #[test]
        fn slots_sum_to_the_total(total in 0_u32..20_000, n in 1_u32..30) {
            let slots = slots(total, n);
            prop_assert_eq!(slots.iter().sum::<u32>(), total);
            prop_assert!(slots.is_sorted_by(|a, b| a >= b) && slots[0] - slots[slots.len() - 1] <= 1);
        }
    }
}
