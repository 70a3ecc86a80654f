//! Key pairs in a token, and their encodings in PKCS#11.

use p256::ecdsa::{Signature, VerifyingKey};
use std::fmt;
use tekport_export_file::DerSignature;
use tekport_keys::PublicKey;

/// `CKA_EC_PARAMS` of P-256: the object identifier 1.2.840.10045.3.1.7 in DER (RFC 5480, section 2.1.1.1).
pub(super) const P256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// An uncompressed point of P-256 is 65 bytes long (SEC 1, section 2.3.3).
const POINT_BYTES: usize = 65;
const OCTET_STRING: u8 = 0x04;

/// `CKA_ID` of a key pair: 1 to 255 bytes, which name it in its token. Written in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenKeyId(Vec<u8>);

/// Why a text is no [`TokenKeyId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not 1 to 255 bytes in hexadecimal digits")]
pub struct NotATokenKeyId;

impl TokenKeyId {
    /// Takes bytes that a token names a key with, or random ones for a new key.
    ///
    /// # Errors
    /// When there are none, or more than 255.
    pub fn new(bytes: Vec<u8>) -> Result<Self, NotATokenKeyId> {
        if (1..=255).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(NotATokenKeyId) }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::str::FromStr for TokenKeyId {
    type Err = NotATokenKeyId;

    fn from_str(text: &str) -> Result<Self, NotATokenKeyId> {
        Self::new(hex::decode(text).map_err(|_| NotATokenKeyId)?)
    }
}

impl fmt::Display for TokenKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

/// A key pair in the token with which export files can be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenKeyPair {
    /// What names it in the token.
    pub id: TokenKeyId,
    /// `CKA_LABEL`.
    pub label: String,
    /// Its public half.
    pub public_key: PublicKey,
    /// Whether its private half can be read out of the token (`CKA_EXTRACTABLE`).
    pub extractable: bool,
}

/// Why a key of a token is not on P-256, by its `CKA_EC_PARAMS`; `None` where it is.
pub(super) fn other_curve(parameters: &[u8]) -> Option<&'static str> {
    const CURVES: [(&[u8], &str); 6] = [
        (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22], "it is on the curve P-384"),
        (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23], "it is on the curve P-521"),
        (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x21], "it is on the curve P-224"),
        (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a], "it is on the curve secp256k1"),
        (&[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01], "it is on the curve P-192"),
        (&[0x06, 0x09, 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07], "it is on the curve brainpoolP256r1"),
    ];
    if parameters == P256 {
        return None;
    }
    let known = CURVES.iter().find(|(curve, _)| *curve == parameters);
    Some(known.map_or("it is on a curve other than P-256", |(_, name)| name))
}

/// Reads `CKA_EC_POINT` of a P-256 key: the point in a DER octet string as PKCS#11 2.40 has it, or bare as some tokens
/// do.
pub(super) fn public_key(point: &[u8]) -> Option<PublicKey> {
    let bare = match point {
        [OCTET_STRING, length, rest @ ..] if usize::from(*length) == POINT_BYTES && rest.len() == POINT_BYTES => rest,
        bare => bare,
    };
    VerifyingKey::from_sec1_bytes(bare).ok().filter(|_| bare.len() == POINT_BYTES).map(PublicKey::from)
}

/// Reads what `CKM_ECDSA` makes on P-256: r and s side by side, 32 bytes each (PKCS#11 3.1, section 6.3.1).
pub(super) fn signature(raw: &[u8]) -> Option<DerSignature> {
    Signature::from_slice(raw).ok().map(DerSignature::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tekport_keys::SigningKey;

    fn point(key: &SigningKey) -> Vec<u8> {
        key.public_key().verifying_key().to_sec1_point(false).as_bytes().to_vec()
    }

    #[test]
    fn a_point_is_read_wrapped_or_bare() {
        let key = SigningKey::generate().unwrap();
        let bare = point(&key);
        let wrapped = [&[0x04, 65], bare.as_slice()].concat();
        for bytes in [&bare, &wrapped] {
            assert_eq!(public_key(bytes), Some(key.public_key()));
        }
        for bytes in [&bare[1..], &bare[..64], &[0x04; 65], &[wrapped.as_slice(), &[0]].concat(), &[]] {
            assert_eq!(public_key(bytes), None, "{bytes:02x?}");
        }
    }

    #[test]
    fn a_signature_is_r_and_s_side_by_side() {
        let key = SigningKey::generate().unwrap();
        let der = DerSignature::from_der(&key.sign_digest(&[7; 32]).unwrap()).unwrap();
        let raw = der.signature().to_bytes();
        assert_eq!(signature(&raw), Some(der));
        for bytes in [&raw[..63], &[0; 64], &[0xff; 64], &der.to_vec(), &[]] {
            assert_eq!(signature(bytes), None);
        }
    }

    #[test]
    fn other_curves_are_named() {
        assert_eq!(other_curve(&P256), None);
        assert_eq!(other_curve(&hex::decode("06052b81040022").unwrap()), Some("it is on the curve P-384"));
        assert_eq!(other_curve(&[]), Some("it is on a curve other than P-256"));
    }

    proptest! {
        #[test]
        fn an_id_is_written_as_it_was_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let text = hex::encode(&bytes);
            match text.parse::<TokenKeyId>() {
                Ok(id) => prop_assert_eq!(id.to_string(), text),
                Err(NotATokenKeyId) => prop_assert!(bytes.is_empty() || bytes.len() > 255),
            }
        }

        #[test]
        fn any_point_is_a_key_or_none(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Some(key) = public_key(&bytes) {
                prop_assert!(bytes.ends_with(key.verifying_key().to_sec1_point(false).as_bytes()));
            }
        }
    }
}
