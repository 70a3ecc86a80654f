use super::*;
use tekport_export_file::{
    DerSignature, FileHeader, KeyId, KeyVersion, Region, ReportType, SignatureInfo, Tek, TekFields, UnsignedExport,
    Window,
};
use tekport_keys::SigningKey;

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let report = VerificationReport::of(b"not a zip", &[], None);
    assert!(!report.accepted && report.verdict == FileVerdict::Refused && report.contents.is_none());
    assert_eq!(report.problem.as_deref(), Some("it is not a zip archive"));
    assert_eq!((report.size_bytes, report.sha256.len()), (9, 64));
}

/// PKCS#8 of a P-256 key, up to the scalar.
const PKCS8_PREFIX: &str = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420";

fn signing_key(scalar: u8) -> SigningKey {
    let der = [hex::decode(PKCS8_PREFIX).unwrap(), vec![scalar; 32]].concat();
    SigningKey::from_pkcs8_der(&der).unwrap()
}

fn info() -> SignatureInfo {
    SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse("v1").unwrap() }
}

fn known(label: &str, key: &SigningKey) -> NamedKey {
    let known = KnownKey { name: Some(info()), key: *key.public_key().verifying_key() };
    NamedKey { label: label.to_owned(), known }
}

/// A file with one key, signed as 310 v1.
fn signed_file(key: &SigningKey) -> Vec<u8> {
    let tek = Tek::new(TekFields {
        key_data: &[7; 16],
        rolling_start: 2_649_888,
        rolling_period: 144,
        transmission_risk: 0,
        report_type: ReportType::ConfirmedTest,
        days_since_onset: None,
        variant_of_concern: 0,
    });
    let window = Window::new(1_590_105_600, 1_590_120_000).unwrap();
    let header = FileHeader::new(window, 0, Region::parse("US").unwrap(), vec![info()]).unwrap();
    let unsigned = UnsignedExport::new(&header, &[tek.unwrap()], &[]).unwrap();
    let signature = key.sign_digest(&unsigned.digest()).unwrap();
    unsigned.finish(&[(info(), DerSignature::from_der(&signature).unwrap())]).unwrap()
}

#[test]
fn a_good_file_is_accepted_and_reported_in_full() {
    let key = signing_key(7);
    let report = VerificationReport::of(&signed_file(&key), &[known("310 v1", &key)], Some(1_590_120_000));
    assert!(report.accepted);
    insta::assert_json_snapshot!(report);
}

#[test]
fn a_file_that_no_given_key_made_is_not_accepted() {
    let zip = signed_file(&signing_key(7));
    let found = |keys: &[NamedKey]| {
        let report = VerificationReport::of(&zip, keys, None);
        assert!(!report.accepted && report.problem.is_none());
        let signature = report.contents.unwrap().signatures.remove(0);
        (report.verdict, signature.outcome, signature.detail)
    };
    let (verdict, outcome, detail) = found(&[known("310 v1", &signing_key(8))]);
    assert_eq!((verdict, outcome), (FileVerdict::Refused, SignatureStanding::Wrong));
    assert!(detail.starts_with("it doesn't verify"), "{detail}");
    let (verdict, outcome, detail) = found(&[]);
    assert_eq!((verdict, outcome), (FileVerdict::Unverified, SignatureStanding::UnknownKey));
    assert!(detail.starts_with("no public key"), "{detail}");
}

#[test]
fn what_no_key_can_tell_is_left_open_only_where_nothing_else_speaks_against_the_file() {
    use SignatureStanding::{Malformed, UnknownKey, Verified, Wrong};
    let key = signing_key(7);
    let mut contents = VerificationReport::of(&signed_file(&key), &[known("310 v1", &key)], None).contents.unwrap();
    let mut with = |outcomes: &[SignatureStanding]| {
        let signature = contents.signatures.remove(0);
        contents.signatures =
            outcomes.iter().map(|outcome| SignatureReport { outcome: *outcome, ..signature.clone() }).collect();
        contents.verdict()
    };
    assert_eq!(with(&[UnknownKey, Verified]), FileVerdict::Accepted);
    assert_eq!(with(&[UnknownKey, Malformed]), FileVerdict::Unverified);
    assert_eq!(with(&[UnknownKey, Wrong]), FileVerdict::Refused);
    assert_eq!(with(&[Malformed]), FileVerdict::Refused);
    assert_eq!(with(&[UnknownKey]), FileVerdict::Unverified);
    contents.rules[0].required = true;
    contents.rules[0].verdict = RuleVerdict::Fail;
    assert_eq!(contents.verdict(), FileVerdict::Refused);
}

/// A signature that verifies doesn't make up for a rule that phones insist on.
#[test]
fn a_file_that_phones_refuse_is_not_accepted_though_it_verifies() {
    let key = signing_key(7);
    let mut contents = VerificationReport::of(&signed_file(&key), &[known("310 v1", &key)], None).contents.unwrap();
    assert_eq!(contents.verdict(), FileVerdict::Accepted);
    let rule = |name: &str| contents.rules.iter().position(|rule| rule.rule == name).unwrap();
    let (advice, required) = (rule("key-order"), rule("key-count"));
    contents.rules[advice].verdict = RuleVerdict::Fail;
    assert_eq!(contents.verdict(), FileVerdict::Accepted);
    contents.rules[required].verdict = RuleVerdict::Fail;
    assert_eq!(contents.verdict(), FileVerdict::Refused);
}

#[test]
fn text_of_a_file_cannot_steer_a_terminal() {
    assert_eq!(shown("US\u{1b}[2J\u{202e}"), "US\\u{1b}[2J\\u{202e}");
    assert_eq!(shown(&"x".repeat(1_000)).len(), MAX_SHOWN_CHARS);
}
