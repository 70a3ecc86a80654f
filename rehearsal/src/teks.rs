//! TEKs as phones upload them: a few hundred people, each with a run of days.

use base64::{Engine, engine::general_purpose::STANDARD};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use tekport_api::UtcTime;

/// The seconds of a rolling interval.
const INTERVAL: i64 = 600;
/// The intervals of a day.
const DAY: i64 = 144;
/// A key comes out this long after its validity ended (EXPORT-FORMAT, devices).
const EMBARGO: i64 = 2 * 3600;

/// A TEK with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tek {
    pub(crate) rolling_start: i64,
    pub(crate) rolling_period: i64,
    pub(crate) report_type: i64,
    pub(crate) transmission_risk: i64,
    pub(crate) days_since_onset: i64,
    pub(crate) key: Vec<u8>,
}

impl Tek {
    /// When a key that came in at `received_at` may be released, by the format's own rule.
    pub(crate) fn release_at(&self, received_at: UtcTime) -> i64 {
        let end = (self.rolling_start + self.rolling_period) * INTERVAL;
        received_at.unix_seconds().max(end + EMBARGO)
    }

    /// The key as phones and servers write it.
    pub(crate) fn base64(&self) -> String {
        STANDARD.encode(&self.key)
    }

    fn to_json(&self) -> Value {
        json!({
            "key": self.base64(),
            "rollingStartNumber": self.rolling_start,
            "rollingPeriod": self.rolling_period,
            "transmissionRisk": self.transmission_risk,
            "reportType": self.report_type,
            "daysSinceOnsetOfSymptoms": self.days_since_onset,
        })
    }
}

/// What came in at one time.
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    pub(crate) received_at: UtcTime,
    pub(crate) teks: Vec<Tek>,
}

impl Lot {
    /// Makes the uploads of `people` who all reported at `received_at`. The same seed gives the same keys.
    pub(crate) fn of_people(people: u32, received_at: UtcTime, seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let today = received_at.unix_seconds() / (DAY * INTERVAL);
        let mut teks = Vec::new();
        for _ in 0..people {
            upload(&mut rng, today, &mut teks);
        }
        Self { received_at, teks }
    }

    /// One key a line.
    pub(crate) fn to_ndjson(&self) -> String {
        self.teks.iter().fold(String::new(), |text, tek| text + &tek.to_json().to_string() + "\n")
    }

    /// The reference publish JSON.
    pub(crate) fn to_publish_json(&self) -> String {
        let keys: Vec<Value> = self.teks.iter().map(Tek::to_json).collect();
        json!({ "temporaryExposureKeys": keys }).to_string()
    }
}

/// Adds one person's upload: a key a day for up to two weeks, back from yesterday. One in five sends the key
/// of the day as well, which is still valid and so has to wait.
fn upload(rng: &mut impl Rng, today: i64, teks: &mut Vec<Tek>) {
    let days = rng.random_range(6..=13);
    let onset = rng.random_range(0..=5);
    let report_type = if rng.random_bool(0.85) { 1 } else { 3 };
    let newest = if rng.random_bool(0.2) { 0 } else { 1 };
    for ago in newest..=days {
        let days_since_onset = onset - ago;
        let mut key = vec![0; 16];
        rng.fill_bytes(&mut key);
        teks.push(Tek {
            rolling_start: (today - ago) * DAY,
            rolling_period: DAY,
            report_type,
            transmission_risk: if days_since_onset.abs() <= 2 { 6 } else { 3 },
            days_since_onset,
            key,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot() -> Lot {
        Lot::of_people(40, UtcTime::from_unix_seconds(1_790_000_000).unwrap(), 7)
    }

    #[test]
    fn every_key_is_one_that_phones_take() {
        for tek in lot().teks {
            assert_eq!(tek.key.len(), 16);
            assert!((1..=144).contains(&tek.rolling_period) && (-14..=14).contains(&tek.days_since_onset));
        }
    }

    #[test]
    fn the_key_of_the_day_waits_and_the_others_do_not() {
        let lot = lot();
        let at = lot.received_at.unix_seconds();
        let waiting = lot.teks.iter().filter(|tek| tek.release_at(lot.received_at) > at).count();
        assert!(waiting > 0 && waiting < 40, "{waiting}");
    }

    #[test]
    fn the_same_seed_gives_the_same_keys() {
        assert_eq!(lot().teks, lot().teks);
    }
}
