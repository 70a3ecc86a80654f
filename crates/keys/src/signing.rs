//! The private half of a signing key.

use crate::{NoRandomness, PublicKey};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{DerSignature, SigningKey as EcdsaKey};
use p256::elliptic_curve::Generate;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use std::fmt;
use zeroize::Zeroizing;

/// Why bytes or a text are not a signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// It is not the PKCS#8 of a P-256 key: another curve or algorithm, encrypted, or damaged.
    #[error("it is not an unencrypted P-256 private key in PKCS#8")]
    NotP256Pkcs8,
    /// The key can't be written or used, which no valid key does.
    #[error("the private key can't be used")]
    Unusable,
}

/// A P-256 private key that signs export files. Wiped when it is dropped; prints as `<redacted>`.
#[derive(Clone)]
pub struct SigningKey(EcdsaKey);

impl SigningKey {
    /// Makes a new key from the operating system's random generator.
    ///
    /// # Errors
    /// When the generator gives no bytes.
    pub fn generate() -> Result<Self, NoRandomness> {
        EcdsaKey::try_generate().map(Self).map_err(|_| NoRandomness)
    }

    pub(crate) fn from_secret(secret: p256::SecretKey) -> Self {
        Self(secret.into())
    }

    /// Reads a PKCS#8 `PrivateKeyInfo` in DER (RFC 5958).
    ///
    /// # Errors
    /// When the bytes are anything but an unencrypted P-256 key.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, SigningKeyError> {
        EcdsaKey::from_pkcs8_der(der).map(Self).map_err(|_| SigningKeyError::NotP256Pkcs8)
    }

    /// Writes the key as PKCS#8 in DER, 138 bytes, in memory that wipes itself.
    ///
    /// # Errors
    /// Never for a key that was generated or read.
    pub fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>, SigningKeyError> {
        self.0.to_pkcs8_der().map(|document| document.to_bytes()).map_err(|_| SigningKeyError::Unusable)
    }

    /// Reads a PKCS#8 key in PEM (`-----BEGIN PRIVATE KEY-----`).
    ///
    /// # Errors
    /// When the text is anything but an unencrypted P-256 key.
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, SigningKeyError> {
        EcdsaKey::from_pkcs8_pem(pem.trim()).map(Self).map_err(|_| SigningKeyError::NotP256Pkcs8)
    }

    /// Writes the key as PKCS#8 in PEM with `\n` line ends, in memory that wipes itself.
    ///
    /// # Errors
    /// Never for a key that was generated or read.
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, SigningKeyError> {
        self.0.to_pkcs8_pem(LineEnding::LF).map_err(|_| SigningKeyError::Unusable)
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from(*self.0.verifying_key())
    }

    /// Signs a SHA-256 digest and returns the ECDSA signature in DER (70 to 72 bytes, seldom shorter).
    ///
    /// Deterministic (RFC 6979): the same key and digest always give the same bytes.
    ///
    /// # Errors
    /// Never for a key that was generated or read.
    pub fn sign_digest(&self, digest: &[u8; 32]) -> Result<Vec<u8>, SigningKeyError> {
        let signature: DerSignature = self.0.sign_prehash(digest).map_err(|_| SigningKeyError::Unusable)?;
        Ok(signature.as_bytes().to_vec())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::Signature;
    use p256::ecdsa::signature::hazmat::PrehashVerifier;
    use sha2::{Digest, Sha256};

    /// The key of RFC 6979, A.2.5.
    fn rfc_6979_key() -> SigningKey {
        let bytes = hex::decode("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721").unwrap();
        SigningKey(EcdsaKey::from_slice(&bytes).unwrap())
    }

    /// What RFC 6979 gives for SHA-256, the one hash that export files are signed with.
    #[test]
    fn signatures_are_those_of_rfc_6979() {
        let point = rfc_6979_key().public_key().verifying_key().to_sec1_point(false);
        let u = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6\
                 7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
        assert_eq!(hex::encode(point.as_bytes()), format!("04{u}"));
        for (message, r_and_s) in [
            (
                "sample",
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
                 f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
            ),
            (
                "test",
                "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367\
                 019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
            ),
        ] {
            let der = rfc_6979_key().sign_digest(&Sha256::digest(message).into()).unwrap();
            let signature = Signature::from_der(&der).unwrap();
            assert_eq!(hex::encode(signature.to_bytes()), r_and_s, "{message}");
            // Each of the four numbers above begins with a set bit or not: DER puts a zero before those that do.
            let zeros = usize::from(signature.to_bytes()[0] >> 7) + usize::from(signature.to_bytes()[32] >> 7);
            assert_eq!(der.len(), 70 + zeros, "{message}");
        }
    }

    #[test]
    fn the_public_half_verifies_what_the_key_signed() {
        let key = SigningKey::generate().unwrap();
        let digest: [u8; 32] = Sha256::digest("an export").into();
        let signature = Signature::from_der(&key.sign_digest(&digest).unwrap()).unwrap();
        key.public_key().verifying_key().verify_prehash(&digest, &signature).unwrap();
    }

    #[test]
    fn pkcs8_survives_the_round_trip_in_der_and_pem() {
        let key = SigningKey::generate().unwrap();
        let der = key.to_pkcs8_der().unwrap();
        assert_eq!(der.len(), 138);
        assert_eq!(SigningKey::from_pkcs8_der(&der).unwrap().public_key(), key.public_key());
        let pem = key.to_pkcs8_pem().unwrap();
        assert_eq!(SigningKey::from_pkcs8_pem(&format!("\n{}\n", *pem)).unwrap().public_key(), key.public_key());
    }

    #[test]
    fn anything_but_a_p256_key_is_refused() {
        let ed25519 = hex::decode(
            "302e020100300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842",
        )
        .unwrap();
        for bytes in [b"".as_slice(), b"not a key", &ed25519] {
            assert_eq!(SigningKey::from_pkcs8_der(bytes).unwrap_err(), SigningKeyError::NotP256Pkcs8);
        }
        assert_eq!(SigningKey::from_pkcs8_pem("").unwrap_err(), SigningKeyError::NotP256Pkcs8);
    }

    #[test]
    fn printing_a_key_shows_nothing_of_it() {
        let key = SigningKey::generate().unwrap();
        assert_eq!(format!("{key:?} {key:#?}"), "SigningKey(<redacted>) SigningKey(<redacted>)");
    }
}
