//! The reader of a bare `export.bin` takes any bytes, and what it opens is what this crate would have written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekport_export_file::{ExportBin, UnsignedExport};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(bin) = ExportBin::inspect(bytes) {
        bin.device_rules(Some(0));
    }
    if let Ok(bin) = ExportBin::open(bytes) {
        assert!(bin.flaws().next().is_none());
        if let Ok(unsigned) = UnsignedExport::from_bin(bytes) {
            assert_eq!(unsigned.export_bin().ok().as_deref(), Some(bytes));
        }
    }
});
