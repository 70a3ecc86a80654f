//! The order of keys in a file, and how many go into each.

use crate::Tek;
use std::cmp::Ordering;
use std::ops::Range;

/// Compares by what the keys carry, then by their bytes: rolling start, rolling period, report type,
/// transmission risk, days since onset, variant of concern, key data.
///
/// Nothing about arrival or about the person shows in it, and neighbours are alike, which compresses best.
#[must_use]
pub fn file_order(left: &Tek, right: &Tek) -> Ordering {
    let carried = |tek: &Tek| {
        (
            tek.rolling_start(),
            tek.rolling_period(),
            tek.report_type(),
            tek.transmission_risk(),
            tek.days_since_onset(),
            tek.variant_of_concern(),
        )
    };
    carried(left).cmp(&carried(right)).then_with(|| left.key_data().cmp(right.key_data()))
}

/// Puts keys in the order of [`file_order`], in place and without further memory.
pub fn order(keys: &mut [Tek]) {
    keys.sort_unstable_by(file_order);
}

/// Cuts `len` ordered keys into ranges of at most `max`, as even as they go, so that the last file isn't a
/// small one that shows more of its keys' owners. Returns no range for no keys; `max` 0 counts as 1.
#[must_use]
pub fn split(len: usize, max: usize) -> Vec<Range<usize>> {
    let files = len.div_ceil(max.max(1));
    // In 128 bits no product of two lengths overflows; the quotient is at most `len`.
    let cut = |file: usize| usize::try_from(file as u128 * len as u128 / files.max(1) as u128).unwrap_or(len);
    (0..files).map(|file| cut(file)..cut(file + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReportType, TekFields};
    use proptest::prelude::*;

    fn tek(key: u8, rolling_start: i64, risk: i64) -> Tek {
        Tek::new(TekFields {
            key_data: &[key; 16],
            rolling_start,
            rolling_period: 144,
            transmission_risk: risk,
            report_type: ReportType::ConfirmedTest,
            days_since_onset: Some(1),
            variant_of_concern: 0,
        })
        .unwrap()
    }

    #[test]
    fn what_a_key_carries_comes_before_its_bytes() {
        let mut keys = [tek(1, 200, 0), tek(9, 100, 1), tek(8, 100, 1), tek(10, 100, 0)];
        order(&mut keys);
        assert_eq!(keys, [tek(10, 100, 0), tek(8, 100, 1), tek(9, 100, 1), tek(1, 200, 0)]);
    }

    #[test]
    fn a_file_over_the_maximum_is_cut_evenly() {
        let lengths = |len, max| split(len, max).into_iter().map(|range| range.len()).collect::<Vec<_>>();
        assert_eq!(lengths(0, 10), []);
        assert_eq!(lengths(10, 10), [10]);
        assert_eq!(lengths(11, 10), [5, 6]);
        assert_eq!(lengths(2, 0), [1, 1]);
    }

    proptest! {
        #[test]
        fn order_depends_on_the_keys_alone(
            mut keys in prop::collection::vec((0u8..40, 0i64..3, 0i64..3).prop_map(|(k, s, r)| tek(k, s, r)), 0..60)
                .prop_flat_map(|keys| (Just(keys.clone()), Just(keys).prop_shuffle()))
        ) {
            order(&mut keys.0);
            order(&mut keys.1);
            prop_assert_eq!(keys.0, keys.1);
        }

        #[test]
        fn split_covers_everything_once(len in 0usize..5_000, max in 1usize..600) {
            let ranges = split(len, max);
            let mut next = 0;
            for range in &ranges {
                prop_assert_eq!(range.start, next);
                prop_assert!(!range.is_empty() && range.len() <= max);
                next = range.end;
            }
            prop_assert_eq!(next, len);
            prop_assert_eq!(ranges.len(), len.div_ceil(max));
        }
    }
}
