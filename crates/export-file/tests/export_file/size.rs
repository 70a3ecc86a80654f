//! What a key costs in the zip.

use crate::crafted::signed_file;
use crate::realistic;
use tekport_export_file::{ExportFile, order};

#[test]
fn a_hundred_thousand_keys_cost_at_most_17_4_bytes_each() {
    let mut keys = realistic::keys(100_000);
    order(&mut keys);
    let zip = signed_file(&keys, &[], &["v1"]);
    let bytes = zip.len() as f64 / keys.len() as f64;
    assert!(bytes <= 17.4, "{bytes:.3} bytes a key");
    assert_eq!(ExportFile::open(&zip).unwrap().keys(), keys);
}
