//! Export files that are the same on every run, to verify and to import.

use tekport_export_file::{
    DerSignature, FileHeader, KeyId, KeyVersion, Region, ReportType, SignatureInfo, Tek, TekFields, UnsignedExport,
    Window, order,
};
use tekport_keys::SigningKey;

/// 2025-09-01T00:00:00Z: old enough that no rule about time depends on when the test runs.
pub(crate) const START: i64 = 1_756_684_800;
pub(crate) const PERIOD: i64 = 14_400;

/// The same key on every run: the signatures are deterministic, so the files are too.
pub(crate) fn signing_key() -> SigningKey {
    use p256::pkcs8::EncodePrivateKey;
    let secret = p256::SecretKey::from_slice(&[7; 32]).unwrap();
    SigningKey::from_pkcs8_der(secret.to_pkcs8_der().unwrap().as_bytes()).unwrap()
}

/// A signed file of the `n`th window, with three keys.
pub(crate) fn window(n: i64) -> Vec<u8> {
    file(START + n * PERIOD, START + (n + 1) * PERIOD, n)
}

pub(crate) fn file(start: i64, end: i64, seed: i64) -> Vec<u8> {
    let key = signing_key();
    let info = SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse("v1").unwrap() };
    let day = (start - 3 * 86_400) / 86_400 * 144;
    let mut keys: Vec<Tek> = (0_u8..3).map(|i| tek(day, i, u8::try_from(seed).unwrap())).collect();
    order(&mut keys);
    let header =
        FileHeader::new(Window::new(start, end).unwrap(), 0, Region::parse("MAG").unwrap(), vec![info.clone()])
            .unwrap();
    let unsigned = UnsignedExport::new(&header, &keys, &[]).unwrap();
    let signature = DerSignature::from_der(&key.sign_digest(&unsigned.digest()).unwrap()).unwrap();
    unsigned.finish(&[(info, signature)]).unwrap()
}

fn tek(rolling_start: i64, i: u8, seed: u8) -> Tek {
    let fields = TekFields {
        key_data: &[i * 16 + seed; 16],
        rolling_start,
        rolling_period: 144,
        transmission_risk: 4,
        report_type: ReportType::ConfirmedTest,
        days_since_onset: Some(-2),
        variant_of_concern: 0,
    };
    Tek::new(fields).unwrap()
}
