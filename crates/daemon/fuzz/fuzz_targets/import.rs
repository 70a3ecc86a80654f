//! The readers of imports take any bytes in any shape, and account for every key they read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekport_api::UtcTime;
use tekportd::ingest::{ImportOptions, Shape, read};

fuzz_target!(|bytes: &[u8]| {
    let received_at = UtcTime::saturating(1_790_000_000);
    for shape in [None, Some(Shape::Publish), Some(Shape::Ndjson), Some(Shape::ExportFile)] {
        let options = ImportOptions { shape, ..ImportOptions::default() };
        if let Ok(reading) = read(bytes, &options, received_at) {
            assert!(reading.read as usize >= reading.keys.len() + reading.refusals.len());
            for (_, key) in reading.keys {
                assert!(!key.regions.is_empty());
                assert!(i64::from(key.tek.rolling_start()) * 600 <= received_at.unix_seconds());
            }
        }
    }
});
