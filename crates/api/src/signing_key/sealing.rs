//! Handing private halves to the daemon, sealed, and taking them back.

use crate::UtcTime;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use tekport_keys::sealing::{Sealed, SealingError, SealingPublicKey};

/// `PUT /admin/v1/signing-keys/{id}/sealed`: hands the private half to the daemon.
///
/// HPKE (RFC 9180) base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SealedKeyUpload {
    /// Fingerprint of the daemon's sealing key that it was sealed to, lower-case hex.
    pub sealed_to: String,
    /// The encapsulated key, base64.
    pub encapsulated_key: String,
    /// The sealed PKCS#8, base64.
    pub ciphertext: String,
}

impl SealedKeyUpload {
    /// Puts a sealed key into the form in which it travels.
    #[must_use]
    pub fn new(sealed: &Sealed, sealed_to: &SealingPublicKey) -> Self {
        Self {
            sealed_to: sealed_to.fingerprint(),
            encapsulated_key: STANDARD.encode(&sealed.encapsulated_key),
            ciphertext: STANDARD.encode(&sealed.ciphertext),
        }
    }

    /// Reads the sealed key back; `sealed_to` is for the daemon to compare with its own.
    ///
    /// # Errors
    /// When one of the parts is not base64.
    pub fn to_sealed(&self) -> Result<Sealed, SealingError> {
        Sealed::from_base64(&self.encapsulated_key, &self.ciphertext)
    }
}

/// `GET /admin/v1/sealing-key`: the daemon's present sealing key, vouched for by its CA, so that a console that pinned
/// an earlier one can tell a rotation from a stranger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealingKeyStatement {
    /// The public sealing key: an uncompressed P-256 point, base64.
    pub public_key: String,
    /// SHA-256 of the point, lower-case hex.
    pub fingerprint: String,
    /// When it was made.
    pub created_at: UtcTime,
    /// The CA's ECDSA signature over [`signed_text`](Self::signed_text), DER in base64.
    pub signature: String,
}

impl SealingKeyStatement {
    /// What the CA signs: nothing else that it signs (certificates) begins like this.
    #[must_use]
    pub fn signed_text(public_key: &str, created_at: UtcTime) -> String {
        format!("tekport sealing key v1\n{public_key}\n{created_at}\n")
    }
}

/// The last copy of a private half that the daemon destroyed: taken back, erased by a revocation, or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemovedCopy {
    /// SHA-256 of the destroyed ciphertext, lower-case hex.
    pub ciphertext_sha256: String,
    /// When it was destroyed.
    pub removed_at: UtcTime,
    /// When a search of the database's files last found nothing of it, nor of the key's earlier copies; absent where none
    /// has, so that it is asked for again.
    pub shown_gone_at: Option<UtcTime>,
}

/// The answer of `DELETE /admin/v1/signing-keys/{id}/sealed`: the daemon's copy of a private half is gone, and how
/// the daemon made sure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unprovisioned {
    /// The key.
    pub key: super::SigningKey,
    /// SHA-256 of the ciphertext that was destroyed last, lower-case hex; also in the audit log.
    pub ciphertext_sha256: String,
    /// The database's files that were searched for the ciphertext afterwards.
    pub files_searched: u32,
    /// How many kilobytes (1,000 bytes) they hold.
    pub kilobytes_searched: u32,
    /// How often the ciphertext was found in them: 0, or the request fails.
    pub found: u32,
}
