//! What a draft would publish a day, from the keys of the last 14 days.

use crate::admin::AdminState;
use crate::problem::Refusal;
use crate::store::teks::receipts::{self, Receipts};
use crate::store::{StoreError, files, region_sets};
use sqlx::SqliteConnection;
use std::sync::{Mutex, PoisonError};
use tekport_api::UtcTime;
use tekport_api::export_config::{ExportConfigSpec, LoadEstimate, SmallBatchPolicy};

const DAY_SECONDS: i64 = 86_400;
const DAYS: i64 = 14;
/// A preview comes with every change in the form; the keys of two weeks are counted at most this often.
const COUNTED_EVERY: i64 = 300;
/// A key's share of a zip (EXPORT-FORMAT, devices), in tenths of a byte; used until enough files say it better.
const TENTHS_A_KEY: u64 = 209;
/// From so many keys in files on, their own size a key is used.
const KEYS_THAT_TELL: u64 = 10_000;
/// What a zip holds beside its keys: names, header and two signatures.
const BYTES_A_FILE: u64 = 700;

/// The counts of the last days, kept for [`COUNTED_EVERY`] seconds.
#[derive(Debug, Default)]
pub(in crate::admin) struct CountedReceipts(Mutex<Option<Counted>>);

#[derive(Debug, Clone)]
struct Counted {
    at: UtcTime,
    receipts: Vec<Receipts>,
    /// A key's share of a zip, in tenths of a byte.
    tenths_a_key: u64,
}

/// Estimates what the draft would publish a day; `None` where no key came in for 14 days.
pub(super) async fn estimate(
    db: &mut SqliteConnection,
    state: &AdminState,
    spec: &ExportConfigSpec,
) -> Result<Option<LoadEstimate>, Refusal> {
    let counted = counted(db, state).await?;
    let Some(first) = counted.receipts.iter().map(|receipts| receipts.first_at).min() else { return Ok(None) };
    let sets = region_sets::all(db).await?;
    let taken = crate::exporter::rules::Rules::resolve(spec, &sets);
    let keys: u64 = counted
        .receipts
        .iter()
        .filter(|receipts| taken.takes(receipts.region_set, receipts.traveler))
        .map(|receipts| receipts.keys)
        .sum();
    let seconds = counted.at.unix_seconds().saturating_sub(first.unix_seconds());
    let days = u64::try_from(seconds.div_euclid(DAY_SECONDS) + 1).unwrap_or(1).clamp(1, DAYS.unsigned_abs());
    Ok(Some(load(keys, days, counted.tenths_a_key, spec)))
}

fn load(keys: u64, days: u64, tenths_a_key: u64, spec: &ExportConfigSpec) -> LoadEstimate {
    let windows = u64::from(spec.period.windows_a_day());
    let a_day = keys.div_ceil(days.max(1));
    let generated = match spec.small_batch {
        SmallBatchPolicy::Pad { minimum, jitter } if a_day > 0 => {
            let missing = u64::from(minimum).saturating_sub(a_day.div_ceil(windows));
            // Half the jitter, on average, and only where a window is padded at all.
            if missing == 0 { 0 } else { windows * (missing + u64::from(jitter) / 2) }
        }
        _ => 0,
    };
    let a_window = (a_day + generated).div_ceil(windows.max(1));
    let files = windows * a_window.div_ceil(u64::from(spec.max_records_per_file).max(1));
    let bytes = ((a_day + generated) * tenths_a_key).div_ceil(10) + files * BYTES_A_FILE;
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    LoadEstimate {
        days: count(days),
        keys_a_day: count(a_day),
        generated_a_day: count(generated),
        files_a_day: count(files),
        bytes_a_day: count(bytes),
    }
}

async fn counted(db: &mut SqliteConnection, state: &AdminState) -> Result<Counted, StoreError> {
    let now = state.now();
    let kept = state.counted_receipts.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(kept) = kept.filter(|kept| now.unix_seconds() - kept.at.unix_seconds() < COUNTED_EVERY) {
        return Ok(kept);
    }
    let from = UtcTime::saturating(now.unix_seconds() - DAYS * DAY_SECONDS);
    let sizes = files::sizes_since(&mut *db, from).await?;
    let told = (sizes.keys >= KEYS_THAT_TELL)
        .then(|| sizes.bytes.saturating_sub(sizes.files * BYTES_A_FILE).saturating_mul(10).checked_div(sizes.keys))
        .flatten();
    let fresh =
        Counted { at: now, receipts: receipts::since(db, from).await?, tenths_a_key: told.unwrap_or(TENTHS_A_KEY) };
    *state.counted_receipts.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::export_config::{ExportConfigDraft, Travelers};

    fn spec(small_batch: SmallBatchPolicy) -> ExportConfigSpec {
        let draft = ExportConfigDraft {
            output_region: "US".into(),
            input_regions: vec![],
            excluded_regions: vec![],
            travelers: Travelers::Ignore,
            storage_target: "local".into(),
            path_prefix: "us".into(),
            period_minutes: 240,
            valid_from: UtcTime::saturating(0),
            valid_through: None,
            signing_key_ids: vec![uuid::Uuid::nil().to_string()],
            max_records_per_file: 10_000,
            small_batch,
        };
        draft.validate().unwrap()
    }

    #[test]
    fn keys_files_and_padding_add_up_to_bytes() {
        let release = load(28_000, 14, 209, &spec(SmallBatchPolicy::Release));
        assert_eq!((release.days, release.keys_a_day, release.generated_a_day), (14, 2_000, 0));
        assert_eq!((release.files_a_day, release.bytes_a_day), (6, 2_000 * 209 / 10 + 6 * 700));
        // 334 keys a window of the 1,000 wanted: 666 are missing in each of six, and half of 100 come by jitter.
        let padded = load(28_000, 14, 209, &spec(SmallBatchPolicy::Pad { minimum: 1_000, jitter: 100 }));
        assert_eq!(padded.generated_a_day, 6 * (666 + 50));
        let enough = load(28_000, 14, 209, &spec(SmallBatchPolicy::Pad { minimum: 300, jitter: 100 }));
        assert_eq!(enough.generated_a_day, 0);
    }

    #[test]
    fn windows_over_the_maximum_count_with_all_their_files() {
        let small_files =
            |max_records_per_file| ExportConfigSpec { max_records_per_file, ..spec(SmallBatchPolicy::Release) };
        let split = load(14 * 60_000, 14, 209, &small_files(1_000));
        assert_eq!((split.keys_a_day, split.files_a_day), (60_000, 60), "ten files in each of six windows");
        assert_eq!(split.bytes_a_day, 60_000 * 209 / 10 + 60 * 700);
        assert_eq!(load(14 * 60_000, 14, 209, &small_files(9_999)).files_a_day, 12, "one key too many for one file");
        // What padding adds counts as well: 1,100 keys a window.
        let padded = ExportConfigSpec {
            max_records_per_file: 1_000,
            ..spec(SmallBatchPolicy::Pad { minimum: 1_000, jitter: 200 })
        };
        assert_eq!(load(14 * 600, 14, 209, &padded).files_a_day, 12);
    }

    #[test]
    fn without_keys_nothing_is_padded_or_published() {
        let none = load(0, 3, 209, &spec(SmallBatchPolicy::Pad { minimum: 1_000, jitter: 100 }));
        assert_eq!((none.keys_a_day, none.generated_a_day, none.bytes_a_day), (0, 0, 0));
        assert_eq!(none.files_a_day, 0);
    }
}
