//! What holds for every input.

use crate::crafted::*;
use proptest::prelude::*;
use tekport_export_file::*;

fn any_tek() -> impl Strategy<Value = Tek> {
    let carried = (0..=i64::from(i32::MAX), 1i64..=144, 0i64..=8, 0i64..=5, prop::option::of(-14i64..=14), 0i64..=4);
    (any::<[u8; 16]>(), carried).prop_map(|(key_data, (start, period, risk, report_type, onset, variant))| {
        Tek::new(TekFields {
            key_data: &key_data,
            rolling_start: start,
            rolling_period: period,
            transmission_risk: risk,
            report_type: ReportType::try_from(report_type).unwrap(),
            days_since_onset: onset,
            variant_of_concern: variant,
        })
        .unwrap()
    })
}

proptest! {
    #[test]
    fn every_key_comes_back_as_it_went_in(
        mut keys in prop::collection::vec(any_tek(), 1..50),
        mut revised in prop::collection::vec(any_tek(), 0..5),
    ) {
        order(&mut keys);
        order(&mut revised);
        let file = ExportFile::open(&signed_file(&keys, &revised, &["v1"])).unwrap();
        prop_assert_eq!(file.keys(), keys);
        prop_assert_eq!(file.revised_keys(), revised);
        prop_assert!(file.verify(&[known("v1")])[0].verified());
    }

    #[test]
    fn the_bytes_do_not_tell_the_order_of_arrival(
        (mut keys, mut shuffled) in prop::collection::vec(any_tek(), 1..30)
            .prop_flat_map(|keys| (Just(keys.clone()), Just(keys).prop_shuffle()))
    ) {
        order(&mut keys);
        order(&mut shuffled);
        prop_assert_eq!(signed_file(&keys, &[], &["v1"]), signed_file(&shuffled, &[], &["v1"]));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(ExportFile::open(&bytes).is_err());
    }

    #[test]
    fn arbitrary_contents_never_panic(
        bin in prop::collection::vec(any::<u8>(), 0..500),
        sig in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = ExportFile::inspect(&file([bin_of(&[]), bin].concat(), sig));
    }

    /// A file that was tampered with is unreadable, or is read and doesn't verify, or says the same as before.
    #[test]
    fn a_changed_byte_never_panics_and_never_verifies_as_another_file(
        at in any::<prop::sample::Index>(),
        change in 1u8..,
        cut in any::<prop::sample::Index>(),
        cut_it in any::<bool>(),
    ) {
        let good = signed_file(&[tek(1, None), tek(2, Some(-3))], &[tek(3, None)], &["v2", "v1"]);
        let mut changed = good.clone();
        changed[at.index(good.len())] ^= change;
        if cut_it {
            changed.truncate(cut.index(good.len()));
        }
        if let Ok(file) = ExportFile::inspect(&changed) {
            let _ = file.device_rules(Some(0));
            if file.verify(&[known("v1"), known("v2")]).iter().any(SignatureOutcome::verified) {
                prop_assert_eq!(*file.digest(), *ExportFile::open(&good).unwrap().digest());
            }
        }
    }
}
