//! Keys as phones upload them: whole runs of 14 days, onset at most 14 days away, two report types, and a
//! transmission risk that follows from the onset. The same count gives the same keys.
#![expect(clippy::unwrap_used, reason = "every field is in range")]

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tekport_export_file::{ReportType, Tek, TekFields};

/// 2026-11-01 in 10-minute intervals.
const FIRST_DAY: i64 = 2_990_880;
const DAYS: i64 = 14;

/// Makes `count` keys, person after person: the order in which they arrive.
#[must_use]
pub(crate) fn keys(count: usize) -> Vec<Tek> {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut keys = Vec::with_capacity(count);
    while keys.len() < count {
        let onset_day = rng.random_range(0..DAYS);
        let report_type =
            if rng.random_bool(0.8) { ReportType::ConfirmedTest } else { ReportType::ConfirmedClinicalDiagnosis };
        for day in (0..DAYS).take(count - keys.len()) {
            let days_since_onset = day - onset_day;
            let mut key_data = [0; 16];
            rng.fill_bytes(&mut key_data);
            keys.push(
                Tek::new(TekFields {
                    key_data: &key_data,
                    rolling_start: FIRST_DAY + day * 144,
                    rolling_period: 144,
                    transmission_risk: (8 - days_since_onset.abs()).max(1),
                    report_type,
                    days_since_onset: Some(days_since_onset),
                    variant_of_concern: 0,
                })
                .unwrap(),
            );
        }
    }
    keys
}
