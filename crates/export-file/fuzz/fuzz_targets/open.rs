//! The reader of export files takes any bytes, and what it opens has no flaw.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekport_export_file::ExportFile;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = ExportFile::inspect(bytes) {
        assert_eq!(ExportFile::open(bytes).is_ok(), file.flaws().next().is_none());
        let outcomes = file.device_rules(Some(0));
        assert!(file.flaws().next().is_none() || outcomes.iter().any(|outcome| outcome.refuses()));
        assert!(file.verify(&[]).iter().all(|outcome| !outcome.verified()));
    }
});
