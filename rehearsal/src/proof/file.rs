//! One export file, looked at with foreign tools only.

use super::foreign::{self, HEADER};
use super::textproto::Message;
use crate::checks::Checks;
use crate::teks::Tek;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// ECDSA with SHA-256.
const OID: &str = "1.2.840.10045.4.3.2";

/// Who a file should be from, and the tools' own files.
pub(crate) struct Expected<'a> {
    /// The project's `export.proto`.
    pub(crate) proto: &'a Path,
    /// The signing key's public half, PEM.
    pub(crate) public_pem: &'a Path,
    pub(crate) key_id: &'a str,
    pub(crate) key_version: &'a str,
    pub(crate) region: &'a str,
}

/// What the tools read in a file.
pub(crate) struct Decoded {
    /// Window start, seconds since 1970.
    pub(crate) start: i64,
    /// Window end.
    pub(crate) end: i64,
    /// The keys in their order.
    pub(crate) keys: Vec<Tek>,
}

/// Checks the archive, the message and the signature, and returns what is in it.
///
/// # Errors
/// When a tool can't read the file at all.
pub(crate) fn check(zip: &Path, expected: &Expected<'_>, checks: &mut Checks) -> Result<Decoded> {
    let entries = checks.step("unzip reads the archive", foreign::entries(zip))?;
    checks.note("it holds export.bin and export.sig and nothing else", Ok(entries == ["export.bin", "export.sig"]));
    let scratch = tempfile::tempdir()?;
    let (bin, sig) = foreign::extract(zip, &scratch.path().join("zip"))?;
    let bytes = fs::read(&bin).context("export.bin can't be read")?;
    let body = bytes.strip_prefix(HEADER);
    checks.note("export.bin begins with the header", Ok(body.is_some()));
    let body_file = scratch.path().join("body.pb");
    fs::write(&body_file, body.context("export.bin has another header")?)?;
    let decoded = foreign::decode(expected.proto, "TemporaryExposureKeyExport", &body_file);
    let export = checks.step("protoc decodes export.bin", decoded)?;
    let signatures =
        checks.step("protoc decodes export.sig", foreign::decode(expected.proto, "TEKSignatureList", &sig))?;
    checks.note("it says batch 1 of 1 and the output region", says_what_it_is(&export, expected));
    checks.note("both name the signing key and the OID", names_the_key(&export, &signatures, expected));
    checks.note("openssl verifies the signature", verifies(&signatures, expected, &bin, scratch.path()));
    checks.note(
        "openssl refuses it once a byte is changed",
        refuses_a_change(&signatures, expected, &bytes, scratch.path()),
    );
    let keys: Vec<Tek> = checks.step("every key is whole", export.messages("keys").map(tek).collect())?;
    let mut ordered = keys.clone();
    ordered.sort();
    checks.note("keys stand in the order of what they carry", Ok(keys == ordered));
    checks.note("no key is there twice", Ok(keys.iter().map(|k| &k.key).collect::<BTreeSet<_>>().len() == keys.len()));
    Ok(Decoded { start: export.number("start_timestamp")?, end: export.number("end_timestamp")?, keys })
}

fn says_what_it_is(export: &Message, expected: &Expected<'_>) -> Result<bool> {
    Ok(export.number("batch_num")? == 1
        && export.number("batch_size")? == 1
        && export.bytes("region")? == expected.region.as_bytes())
}

fn names_the_key(export: &Message, signatures: &Message, expected: &Expected<'_>) -> Result<bool> {
    let inside: Vec<&Message> = export.messages("signature_infos").collect();
    let beside: Vec<&Message> = signatures.messages("signatures").flat_map(|s| s.messages("signature_info")).collect();
    ensure!(inside.len() == 1 && beside.len() == 1, "{} and {} signature infos, not 1", inside.len(), beside.len());
    inside.into_iter().chain(beside).try_fold(true, |all, info| {
        Ok(all
            && info.bytes("verification_key_id")? == expected.key_id.as_bytes()
            && info.bytes("verification_key_version")? == expected.key_version.as_bytes()
            && info.bytes("signature_algorithm")? == OID.as_bytes())
    })
}

fn verifies(signatures: &Message, expected: &Expected<'_>, bin: &Path, scratch: &Path) -> Result<bool> {
    let signature = signatures.messages("signatures").next().context("export.sig holds no signature")?;
    let der = scratch.join("signature.der");
    fs::write(&der, signature.bytes("signature")?)?;
    foreign::openssl_verifies(expected.public_pem, &der, bin)
}

/// Without this, a tool that says yes to anything would pass.
fn refuses_a_change(signatures: &Message, expected: &Expected<'_>, bytes: &[u8], scratch: &Path) -> Result<bool> {
    let mut changed = bytes.to_vec();
    *changed.last_mut().context("export.bin is empty")? ^= 1;
    let file = scratch.join("changed.bin");
    fs::write(&file, changed)?;
    Ok(!verifies(signatures, expected, &file, scratch)?)
}

fn tek(message: &Message) -> Result<Tek> {
    let or = |field: &str, default: i64| {
        if message.scalar(field).is_ok() { message.number(field) } else { Ok(default) }
    };
    let key = message.bytes("key_data")?;
    ensure!(key.len() == 16, "a key has {} bytes", key.len());
    Ok(Tek {
        rolling_start: message.number("rolling_start_interval_number")?,
        rolling_period: or("rolling_period", 144)?,
        report_type: or("report_type", 0)?,
        transmission_risk: or("transmission_risk_level", 0)?,
        days_since_onset: or("days_since_onset_of_symptoms", 0)?,
        key,
    })
}
