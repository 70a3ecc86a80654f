//! A bare `export.bin`: read before it is signed, kept, and finished into the same zip later.

use crate::crafted::*;
use p256::ecdsa::Signature;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use proptest::prelude::*;
use tekport_export_file::*;

fn finished(unsigned: UnsignedExport, versions: &[&str]) -> Vec<u8> {
    let sign = |version: &&str| {
        let signature: Signature = signing_key(version).sign_prehash(&unsigned.digest()).unwrap();
        (info(version), signature.into())
    };
    let signatures: Vec<_> = versions.iter().map(sign).collect();
    unsigned.finish(&signatures).unwrap()
}

fn keys(count: u8) -> Vec<Tek> {
    let mut keys: Vec<_> = (1..=count).map(|key| tek(key, Some(i64::from(key % 15)))).collect();
    order(&mut keys);
    keys
}

/// The error of `export.bin` with one signer and one key, before the fields that are given.
fn refusal(fields: &[Vec<u8>]) -> String {
    ExportBin::open(&bin(fields)).unwrap_err().to_string()
}

#[test]
fn a_kept_export_bin_is_finished_into_the_same_zip() {
    let (keys, revised) = (keys(200), [tek(201, None)]);
    for versions in [&["v1"][..], &["v3", "v2", "v1"]] {
        let kept = unsigned(&keys, &revised, versions).export_bin().unwrap();
        let taken_up = UnsignedExport::from_bin(&kept).unwrap();
        assert_eq!(taken_up.counts(), (200, 1));
        assert_eq!(finished(taken_up, versions), signed_file(&keys, &revised, versions));
    }
}

#[test]
fn what_is_read_from_it_is_what_went_in() {
    let (keys, revised) = (keys(20), [tek(201, None)]);
    let made = unsigned(&keys, &revised, &["v2", "v1"]);
    let kept = made.export_bin().unwrap();
    let read = ExportBin::open(&kept).unwrap();
    assert_eq!((read.keys(), read.revised_keys()), (keys.as_slice(), revised.as_slice()));
    assert_eq!((*read.digest(), read.bytes()), (made.digest(), kept.len() as u64));
    let header = read.file_header().unwrap();
    assert_eq!((header.start(), header.end(), header.region().as_str()), (WINDOW_START, WINDOW_END, "US"));
    assert_eq!(header.signature_infos(), made.signature_infos());
    let zip = ExportFile::open(&signed_file(&keys, &revised, &["v2", "v1"])).unwrap();
    assert_eq!(zip.bin().digest(), read.digest());
}

#[test]
fn the_rules_that_need_no_signature_are_told() {
    let kept = unsigned(&keys(3), &[], &["v2", "v1"]).export_bin().unwrap();
    let told: Vec<_> = ExportBin::open(&kept)
        .unwrap()
        .device_rules(Some(WINDOW_END))
        .into_iter()
        .map(|outcome| (outcome.rule.name(), outcome.result))
        .collect();
    let passed = [
        "key-count",
        "signature-algorithm",
        "key-ids",
        "batch-numbers",
        "key-ranges",
        "signature-maximum",
        "timestamps",
        "region",
        "keys-unique",
        "key-order",
        "embargo",
        "key-age",
    ];
    assert_eq!(told, passed.map(|rule| (rule, RuleResult::Pass)));
    let early = ExportBin::open(&kept).unwrap().device_rules(Some(tek(1, None).releasable_at_seconds() - 1));
    let embargo = early.into_iter().find(|outcome| outcome.rule == Rule::Embargo).unwrap();
    assert_eq!(embargo.result, RuleResult::Fail);
}

#[test]
fn bytes_that_are_no_export_bin_are_refused() {
    let kept = unsigned(&keys(3), &[], &["v1"]).export_bin().unwrap();
    let error = |bytes: &[u8]| ExportBin::inspect(bytes).unwrap_err();
    assert_eq!(error(&[]), OpenError::Magic);
    assert_eq!(error(b"EK Export v1   "), OpenError::Magic);
    assert_eq!(error(&signed_file(&keys(3), &[], &["v1"])), OpenError::Magic);
    assert!(matches!(error(&kept[..kept.len() - 1]), OpenError::Truncated { .. }));
    let large = vec![0; usize::try_from(MAX_READ_BIN_BYTES).unwrap() + 1];
    assert_eq!(error(&large), OpenError::BinTooLarge(large.len()));
}

/// Whoever signs has to know all that is signed.
#[test]
fn only_what_tekport_writes_is_opened() {
    let form = "export.bin is not written as Tekport writes it: fields that are unknown, repeated or in another form";
    let hidden = bytes(30, b"not shown to whoever signs");
    assert_eq!(refusal(&[hidden]), form);
    assert_eq!(refusal(&[bytes(3, b"US")]), form, "a second region");
    assert_eq!(refusal(&[int(4, 2)]), form, "a batch number that replaces the first");
    assert_eq!(refusal(&[bytes(7, &key_message(&[bytes(1, &[9; 16]), int(4, 144)]))]), form, "a default spelt out");
    let lower = refusal(&[bytes(3, b"u s")]);
    assert!(lower.starts_with("the region \"u s\" of export.bin: "), "{lower}");
    let doubled = refusal(&[bytes(6, &good_info())]);
    assert_eq!(doubled, "the header of export.bin: the signing key 310-v1 is given twice");
    let unordered = refusal(&[bytes(7, &key_message(&[bytes(1, &[9; 16])])), bytes(7, &key_message(&[]))]);
    assert_eq!(unordered, "the keys of export.bin are not in the file's order, so that arrival or persons may show");
    assert_eq!(refusal(&[bytes(7, &key_message(&[int(4, 145)]))]).split(':').next(), Some("key 2 is out of range"));
    let foreign = refusal(&[bytes(6, &info_message("310", "v2", "ES256"))]);
    assert!(foreign.starts_with("signature 2 in export.bin has the algorithm \"ES256\""), "{foreign}");
    let nobody = ExportBin::open(&bin_of(&[bytes(7, &key_message(&[]))])).unwrap_err().to_string();
    assert!(nobody.starts_with("the header of export.bin: no signing key is given"), "{nobody}");
    let empty = UnsignedExport::from_bin(&bin_of(&[bytes(6, &good_info())])).unwrap_err();
    assert!(matches!(empty, BinError::Make(MakeError::NoKeys)), "{empty}");
}

proptest! {
    #[test]
    fn arbitrary_contents_never_panic(contents in prop::collection::vec(any::<u8>(), 0..500)) {
        prop_assert!(ExportBin::open(&contents).is_err());
        let _ = ExportBin::inspect(&[bin_of(&[]), contents].concat());
    }

    /// Every byte of it counts: there is no second form of the same contents.
    #[test]
    fn a_changed_byte_is_refused_or_is_another_file(at in any::<prop::sample::Index>(), change in 1u8..) {
        let good = unsigned(&keys(3), &[tek(9, None)], &["v2", "v1"]).export_bin().unwrap();
        let mut changed = good.clone();
        changed[at.index(good.len())] ^= change;
        if let Ok(read) = ExportBin::open(&changed) {
            let again = UnsignedExport::from_bin(&changed).unwrap();
            prop_assert_eq!(again.export_bin().unwrap(), changed);
            prop_assert_ne!(*read.digest(), *ExportBin::open(&good).unwrap().digest());
        }
    }
}
