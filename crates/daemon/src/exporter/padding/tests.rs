use super::*;
use proptest::prelude::*;
use rand::SeedableRng;

const DAY: u32 = 144;

fn shape(key: u8, day: u32, risk: i64, onset: Option<i64>, region_set: i64) -> Shape {
    let tek = Tek::new(TekFields {
        key_data: &[key; 16],
        rolling_start: i64::from(20_000 * DAY + day * DAY),
        rolling_period: 144,
        transmission_risk: risk,
        report_type: ReportType::ConfirmedTest,
        days_since_onset: onset,
        variant_of_concern: 0,
    });
    Shape { tek: tek.unwrap(), region_set: RegionSetId(region_set), traveler: false }
}

fn window() -> (UtcTime, UtcTime) {
    let end = i64::from(20_000 * DAY + 20 * DAY) * 600;
    (UtcTime::saturating(end - 3_600), UtcTime::saturating(end))
}

#[test]
fn an_uploads_days_stay_together() {
    // Two people: days 0 to 2 with onset on day 1, and days 1 to 2 with onset on day 2; a third elsewhere.
    let keys = [
        shape(1, 0, 1, Some(-1), 1),
        shape(2, 1, 2, Some(0), 1),
        shape(3, 2, 3, Some(1), 1),
        shape(4, 1, 1, Some(-1), 1),
        shape(5, 2, 2, Some(0), 1),
        shape(6, 2, 2, Some(0), 2),
    ];
    let mut lengths: Vec<usize> = runs(&keys).iter().map(Vec::len).collect();
    lengths.sort_unstable();
    assert_eq!(lengths, [1, 2, 3]);
}

#[test]
fn counts_by_day_and_risk_keep_their_shape() {
    // Two thirds of the people uploaded two days, one third one day.
    let keys: Vec<Shape> = (0..30u8)
        .flat_map(|i| {
            let first = shape(i, 0, 1, Some(0), 1);
            let second = (i % 3 != 0).then(|| shape(i + 100, 1, 5, Some(1), 1));
            [Some(first), second]
        })
        .flatten()
        .collect();
    let (from, until) = window();
    let generated = generate(&keys, 5_000, from, until, &mut ChaCha20Rng::seed_from_u64(7));
    assert_eq!(generated.len(), 5_000);
    let second_days = generated.iter().filter(|key| key.tek.transmission_risk() == 5).count();
    // 20 of 50 real keys.
    assert!((1_900..2_100).contains(&second_days), "{second_days}");
}

proptest! {
    #[test]
    fn generated_keys_carry_what_a_real_one_carries_and_are_released_in_time(
        real in prop::collection::vec((any::<u8>(), 0u32..18, 0i64..8, prop::option::of(-14i64..14), 1i64..3), 0..40),
        keys in 0usize..200,
        seed: u64,
    ) {
        let shapes: Vec<Shape> = real.iter().map(|(k, d, r, o, s)| shape(*k, *d, *r, *o, *s)).collect();
        let (from, until) = window();
        let generated = generate(&shapes, keys, from, until, &mut ChaCha20Rng::seed_from_u64(seed));
        prop_assert_eq!(generated.len(), if shapes.is_empty() { 0 } else { keys });
        let carried = |tek: &Tek, set| (tek.rolling_start(), tek.transmission_risk(), tek.days_since_onset(), set);
        let real: Vec<_> = shapes.iter().map(|shape| carried(&shape.tek, shape.region_set)).collect();
        let mut data = BTreeSet::new();
        for key in generated {
            prop_assert!(real.contains(&carried(&key.tek, key.region_set)));
            prop_assert!(from <= key.release_at && key.release_at < until);
            prop_assert!(key.release_at.unix_seconds() >= key.tek.releasable_at_seconds());
            prop_assert!(data.insert(*key.tek.key_data()));
        }
        prop_assert_eq!(generate(&shapes, 5, until, until, &mut ChaCha20Rng::seed_from_u64(seed)).len(), 0);
    }

    #[test]
    fn every_key_is_in_one_run(real in prop::collection::vec((any::<u8>(), 0u32..14, prop::option::of(-3i64..3), 1i64..3), 0..60)) {
        let shapes: Vec<Shape> = real.iter().map(|(k, d, o, s)| shape(*k, *d, 1, *o, *s)).collect();
        let runs = runs(&shapes);
        prop_assert_eq!(runs.iter().map(Vec::len).sum::<usize>(), shapes.len());
        for run in runs {
            for pair in run.windows(2) {
                prop_assert_eq!(pair[0].tek.rolling_start() + DAY, pair[1].tek.rolling_start());
                prop_assert_eq!(pair[0].region_set, pair[1].region_set);
            }
        }
    }
}
