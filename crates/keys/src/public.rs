//! The public half of a signing key.

use p256::ecdsa::VerifyingKey;
use p256::pkcs8::{DecodePublicKey, EncodePublicKey, LineEnding};
use sha2::{Digest, Sha256};

/// Why a text is not a public key that phones could use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    /// It is not a SubjectPublicKeyInfo of a P-256 key.
    #[error("it is not a P-256 public key in PEM")]
    NotP256Pem,
}

/// A P-256 public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self(key)
    }
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo in PEM (`-----BEGIN PUBLIC KEY-----`).
    ///
    /// # Errors
    /// When the text is anything else, another curve or algorithm included.
    pub fn from_pem(pem: &str) -> Result<Self, PublicKeyError> {
        VerifyingKey::from_public_key_pem(pem.trim()).map(Self).map_err(|_| PublicKeyError::NotP256Pem)
    }

    /// Writes the key as a SubjectPublicKeyInfo in PEM with `\n` line ends.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.0.to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Writes the key as a SubjectPublicKeyInfo in DER (91 bytes).
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        self.0.to_public_key_der().map(|der| der.into_vec()).unwrap_or_default()
    }

    /// Writes the key as an uncompressed SEC1 point (65 bytes).
    #[cfg(feature = "package")]
    pub(crate) fn to_point(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }

    /// SHA-256 of the SubjectPublicKeyInfo in DER, lower-case hex (64 characters).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(self.to_der()))
    }

    /// The key for `p256`'s own verification.
    #[must_use]
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.0
    }
}
