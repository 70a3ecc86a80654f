//! Files that other implementations made. They stand beside the workspace; where they are missing, each test
//! says so and returns.
use crate::crafted::signed_file;
use p256::ecdsa::VerifyingKey;
use p256::pkcs8::DecodePublicKey;
use std::path::Path;
use tekport_export_file::*;

/// The contents of a fixture, or `None` with a notice where the fixtures aren't there.
fn fixture(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let read = std::fs::read(folder.join(name));
    if read.is_err() {
        println!("skipped: the fixture {name} is not there");
    }
    read.ok()
}

fn verdicts(file: &ExportFile, pem: Vec<u8>) -> Vec<Verdict> {
    let key = VerifyingKey::from_public_key_pem(&String::from_utf8(pem).unwrap()).unwrap();
    file.verify(&[KnownKey { name: None, key }]).into_iter().map(|outcome| outcome.verdict).collect()
}

fn broken_rules(file: &ExportFile) -> Vec<&'static str> {
    let rules = file.device_rules(None);
    rules.iter().filter(|outcome| outcome.result == RuleResult::Fail).map(|outcome| outcome.rule.name()).collect()
}

#[test]
fn the_reference_export_opens_and_verifies() {
    let Some((zip, pem)) = fixture("reference-export/export.zip").zip(fixture("reference-export/public.pem")) else {
        return;
    };
    let file = ExportFile::open(&zip).unwrap();
    assert_eq!(verdicts(&file, pem), [Verdict::VerifiedBy(0)]);
    assert_eq!(broken_rules(&file), Vec::<&str>::new());
    let carried: Vec<_> = file
        .keys()
        .iter()
        .map(|tek| (tek.rolling_start(), tek.rolling_period(), tek.transmission_risk(), tek.days_since_onset()))
        .collect();
    assert_eq!(carried, [(2_649_980, 1, 8, None), (2_649_866, 114, 1, None)]);
}

#[test]
fn the_device_sample_opens_and_verifies() {
    let Some((zip, pem)) = fixture("device-sample/export.zip").zip(fixture("device-sample/public.pem")) else { return };
    let file = ExportFile::open(&zip).unwrap();
    assert_eq!(verdicts(&file, pem), [Verdict::VerifiedBy(0)]);
    assert_eq!(broken_rules(&file), Vec::<&str>::new());
    assert_eq!((file.keys().len(), file.revised_keys().len()), (140, 0));
    assert!(file.keys().iter().all(|tek| tek.rolling_period() == 144));
}

#[test]
fn an_unsigned_file_is_read_and_refused() {
    let Some(zip) = fixture("unsigned.zip") else { return };
    assert_eq!(ExportFile::open(&zip).unwrap_err(), Flaw::NoSignature.into());
    let file = ExportFile::inspect(&zip).unwrap();
    assert_eq!(file.keys().len(), 50);
    assert!(broken_rules(&file).contains(&"signature-count"));
}

/// Keys of other implementations come through our own file unchanged.
#[test]
fn the_keys_of_others_come_through_a_file_of_ours() {
    for name in ["reference-export/export.zip", "device-sample/export.zip", "unsigned.zip"] {
        let Some(zip) = fixture(name) else { return };
        let theirs = ExportFile::inspect(&zip).unwrap();
        let mut keys = theirs.keys().to_vec();
        order(&mut keys);
        let ours = ExportFile::open(&signed_file(&keys, &[], &["v1"])).unwrap();
        assert_eq!(ours.keys(), keys, "{name}");
        // Both write the same fields, so that what phones read from theirs they read from ours.
        assert_eq!(bytes_of_keys(&ours), bytes_of_keys(&theirs), "{name}");
    }
}

/// How many bytes the keys take in `export.bin`.
fn bytes_of_keys(file: &ExportFile) -> u64 {
    let header = file.header();
    let infos: usize = header
        .signature_infos
        .iter()
        // Tag and length of the message, and of each of its three strings.
        .map(|info| 2 + 6 + info.key_id.len() + info.key_version.len() + info.algorithm.len())
        .sum();
    // The magic, two times with their tags, the region, two batch numbers.
    file.bin_bytes() - (16 + 18 + 2 + header.region.len() + 4 + infos) as u64
}
