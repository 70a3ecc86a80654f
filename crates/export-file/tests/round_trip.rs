//! A file is made, opened, verified and held against the device rules.
#![expect(clippy::unwrap_used, reason = "tests of what must not fail")]

use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use tekport_export_file::*;

fn info(version: &str) -> SignatureInfo {
    SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse(version).unwrap() }
}

fn signing_key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn tek(key: u8, onset: Option<i64>) -> Tek {
    Tek::new(TekFields {
        key_data: &[key; 16],
        rolling_start: 2_649_888,
        rolling_period: 144,
        transmission_risk: 2,
        report_type: ReportType::ConfirmedTest,
        days_since_onset: onset,
        variant_of_concern: 0,
    })
    .unwrap()
}

#[test]
fn what_is_made_opens_verifies_and_keeps_every_rule() {
    let window = Window::new(1_590_105_600, 1_590_120_000).unwrap();
    let infos = vec![info("v2"), info("v1")];
    let header = FileHeader::new(window, 1, Region::parse("US").unwrap(), infos).unwrap();
    let mut keys = [tek(9, None), tek(3, Some(-14)), tek(4, Some(14))];
    order(&mut keys);
    let unsigned = UnsignedExport::new(&header, &keys, &[tek(1, Some(0))]).unwrap();
    let signatures: Vec<_> = [(info("v2"), 2), (info("v1"), 1)]
        .into_iter()
        .map(|(info, seed)| {
            let signature: Signature = signing_key(seed).sign_prehash(&unsigned.digest()).unwrap();
            (info, DerSignature::from(signature))
        })
        .collect();
    let digest = unsigned.digest();
    let zip = unsigned.finish(&signatures).unwrap();

    let file = ExportFile::open(&zip).unwrap();
    assert_eq!(file.keys(), keys);
    assert_eq!(file.revised_keys(), [tek(1, Some(0))]);
    assert_eq!((file.header().start, file.header().end), (1_590_105_600, 1_590_120_001));
    assert_eq!(file.digest(), &digest);

    let known = [
        KnownKey { name: Some(info("v1")), key: VerifyingKey::from(&signing_key(1)) },
        KnownKey { name: None, key: VerifyingKey::from(&signing_key(2)) },
    ];
    let verdicts: Vec<_> = file.verify(&known).into_iter().map(|outcome| outcome.verdict).collect();
    assert_eq!(verdicts, [Verdict::VerifiedBy(1), Verdict::VerifiedBy(0)]);
    for outcome in file.device_rules(Some(1_590_120_000)) {
        assert_eq!(outcome.result, RuleResult::Pass, "{outcome:?}");
    }
}
