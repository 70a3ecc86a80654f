//! The proof of possession: a text that names the key, signed with its private half.

use super::Subject;

pub(super) const NAME: &str = "challenge.txt";
pub(super) const SIGNATURE_NAME: &str = "challenge.sig";

/// The text that is signed. Its first line says what it is for: an `export.bin` begins with `EK Export`, a
/// certificate with the byte 30 (hex), so a signature over one of the three is none over another.
pub(super) fn text(subject: &Subject<'_>, made_at: &str) -> String {
    format!(
        "tekport proof of possession v1\n\
         Whoever signed this text holds the private half of the key below.\n\
         authority: {}\n\
         verification_key_id: {}\n\
         verification_key_version: {}\n\
         sha256 of the public key: {}\n\
         time: {made_at}\n",
        subject.authority.name,
        subject.key_id,
        subject.key_version,
        subject.public_key.fingerprint(),
    )
}
